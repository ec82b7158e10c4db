import type { Bilingual } from '#kernel/indicator.ts';

/** Texts that only the counter has; what it shares with the desk is called as there. */
export const counterLabels = {
  older: { fa: 'پرونده‌های قدیمی‌تر', en: 'Older cases' },
  begin: { fa: 'درخواست مجوز', en: 'Ask for a licence' },
  empty: {
    fa: 'درخواست خود را از همین‌جا بفرستید؛ رسید و شمارهٔ رهگیری می‌گیرید و هر گام آن همین‌جا گفته می‌شود.',
    en: 'Send your request from here: you get a receipt with a tracking number, and each step is told here.',
  },
  yours: { fa: 'چه کاری با شماست', en: 'What is yours to do' },
  nothing: { fa: 'اکنون لازم نیست کاری کنید.', en: 'You need do nothing now.' },
  onDesk: {
    fa: 'این کار در میز کار انجام می‌شود که جاوااسکریپت می‌خواهد؛ یا از ادارهٔ شهرستان بخواهید:',
    en: 'This is done on the desk, which needs JavaScript; or ask the county office:',
  },
  done: { fa: 'آنچه تا کنون شده است', en: 'What was done so far' },
  papers: { fa: 'مدرک‌ها', en: 'Papers' },
  noPapers: { fa: 'هنوز مدرکی پیوست نشده است.', en: 'No paper is attached yet.' },
  paper: { fa: 'عکس یا فایل مدرک', en: 'Picture or file of a paper' },
  paperHelp: {
    fa: 'با دوربین عکس بگیرید، یا عکس یا فایلی را برگزینید: JPEG، PNG یا PDF تا ده مگابایت. برای هر مدرک یک بار بفرستید.',
    en: 'Take a picture, or choose a picture or a file: JPEG, PNG or PDF, up to ten megabytes. Send once for each paper.',
  },
  attach: { fa: 'پیوست مدرک', en: 'Attach the paper' },
  erased: { fa: 'پاک شده', en: 'erased' },
  confirm: { fa: 'آیا مطمئن هستید؟', en: 'Are you sure?' },
  givesUp: {
    fa: 'با این کار پرونده بسته می‌شود و برنمی‌گردد؛ برای ادامه باید از نو درخواست بدهید.',
    en: 'This closes the case for good; to go on you would have to ask anew.',
  },
  notNow: {
    fa: 'این کار اکنون روی این پرونده شدنی نیست. پرونده را ببینید: شاید در این میان پیش رفته است.',
    en: 'This cannot be done on the case now. Look at the case: it may have moved on.',
  },
  noCase: {
    fa: 'چنین پرونده‌ای میان پرونده‌های شما نیست. آن را از فهرست پرونده‌های خود باز کنید.',
    en: 'There is no such case among yours. Open it from the list of your cases.',
  },
  back: { fa: 'بازگشت به پرونده', en: 'Back to the case' },
  attachNow: {
    fa: 'اگر مدرکی دارید که باید دیده شود، اکنون عکس آن را پیوست کنید.',
    en: 'If you have a paper that should be seen, attach its picture now.',
  },
} as const satisfies Record<string, Bilingual>;
