import type { Bilingual } from '#kernel/indicator.ts';
import type { OwnPromise } from './contract.ts';

/** Texts of the page on which an applicant sees their own cases. */
export const ownLabels = {
  mine: { fa: 'پرونده‌های من', en: 'My cases' },
  lead: {
    fa: 'هر درخواست شما، اینکه اکنون کجاست، تا کی پاسخ می‌گیرد و چه کاری با شماست.',
    en: 'Each of your requests: where it is now, until when it is answered, and what is yours to do.',
  },
  open: { fa: 'پرونده‌های باز', en: 'Open cases' },
  ended: { fa: 'پرونده‌های پایان‌یافته', en: 'Ended cases' },
  number: { fa: 'شمارهٔ رهگیری', en: 'Tracking number' },
  turn: { fa: 'نوبت شماست', en: 'It is your turn' },
  request: { fa: 'موضوع', en: 'What it is about' },
  whoseTurn: { fa: 'نوبت', en: 'Whose turn' },
  you: { fa: 'شما', en: 'Yours' },
  now: { fa: 'اکنون نزد', en: 'Now with' },
  since: { fa: 'در این وضعیت از', en: 'So since' },
  endedOn: { fa: 'پایان', en: 'Ended on' },
  reason: { fa: 'دلیل', en: 'Reason' },
  basis: { fa: 'مبنا', en: 'Basis' },
  page: { fa: 'دیدن پرونده', en: 'See the case' },
  letter: { fa: 'نامهٔ وضعیت', en: 'Letter of status' },
  search: { fa: 'جست‌وجو در پرونده‌های من', en: 'Search my cases' },
  searchHint: { fa: 'شمارهٔ رهگیری، نوع یا وضعیت', en: 'Tracking number, kind or state' },
  emptySearch: { fa: 'پرونده‌ای با این نشانی ندارید', en: 'You have no such case' },
  emptySearchBody: {
    fa: 'بخشی از شماره یا نام درخواست را بنویسید، یا خانهٔ جست‌وجو را خالی کنید تا همه را ببینید.',
    en: 'Type a part of the number or of what it is called, or empty the field to see all.',
  },
  empty: { fa: 'هنوز پرونده‌ای ندارید', en: 'You have no case yet' },
  emptyBody: {
    fa: 'درخواست خود را از همین‌جا بفرستید؛ رسید و شمارهٔ رهگیری می‌گیرید و هر گام آن همین‌جا گفته می‌شود. اگر در اداره درخواست داده‌اید و این‌جا نیست، از ادارهٔ شهرستان بخواهید آن را به نام شما ثبت کند.',
    en: 'Send your request from here: you get a receipt with a tracking number, and each step is told here. If you asked at an office and it is not here, ask the county office to record it under your name.',
  },
  emptyNoBegin: {
    fa: 'برای درخواست تازه به ادارهٔ شهرستان بروید؛ پس از ثبت، هر گام آن همین‌جا گفته می‌شود.',
    en: 'Go to the county office for a new request; once it is recorded, each step is told here.',
  },
} as const satisfies Record<string, Bilingual>;

/** What stands before and after the day of a limit. */
export const promiseWords: Readonly<
  Record<OwnPromise, { readonly before: Bilingual; readonly after: Bilingual }>
> = {
  answer: {
    before: { fa: 'پاسخ این مرحله تا', en: 'This step is answered by' },
    after: { fa: 'داده می‌شود.', en: 'at the latest.' },
  },
  answer_late: {
    before: { fa: 'پاسخ این مرحله باید تا', en: 'This step should have been answered by' },
    after: {
      fa: 'داده می‌شد و دیر شده است. با شمارهٔ رهگیری از ادارهٔ شهرستان بپرسید.',
      en: 'and is late. Ask the county office, with the tracking number.',
    },
  },
  turn: {
    before: { fa: 'تا', en: 'Until' },
    after: { fa: 'منتظر کار شما هستیم.', en: 'we wait for you.' },
  },
  turn_late: {
    before: { fa: 'تا', en: 'We waited for you until' },
    after: {
      fa: 'منتظر کار شما بودیم و این مهلت گذشته است. هرچه زودتر آن را انجام دهید یا از ادارهٔ شهرستان بپرسید.',
      en: 'and that time has passed. Do it as soon as you can, or ask the county office.',
    },
  },
  objection: {
    before: { fa: 'اگر این تصمیم را نمی‌پذیرید، تا', en: 'If you do not accept the decision, until' },
    after: { fa: 'می‌توانید اعتراض کنید.', en: 'you may object.' },
  },
  objection_ended: {
    before: { fa: 'مهلت اعتراض در', en: 'On' },
    after: { fa: 'به پایان رسید.', en: 'the time to object ended.' },
  },
};
