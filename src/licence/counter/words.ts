import type { Bilingual } from '#kernel/indicator.ts';

/** Texts that only the counter has; what it asks is called as on the desk. */
export const counterLabels = {
  lead: {
    fa: 'دو گام کوتاه: نخست کار خود را برگزینید، سپس مشخصات خود را بنویسید. عکس مدرک‌ها پس از ثبت پیوست می‌شود.',
    en: 'Two short steps: choose your work, then tell who you are. Pictures of papers are attached once it is recorded.',
  },
  find: { fa: 'جست‌وجو', en: 'Search' },
  found: { fa: 'یکی را برگزینید', en: 'Choose one' },
  other: { fa: 'رشتهٔ دیگر', en: 'Another occupation' },
  gone: {
    fa: 'این رشته در فهرست امروز نیست؛ رشتهٔ دیگری بجویید.',
    en: 'This occupation is not in the list of today: look for another.',
  },
  carried: {
    fa: 'درخواست هنوز ثبت نشده است. آنچه نوشتید پس از برگزیدن رشته دوباره در فرم می‌آید.',
    en: 'The request is not recorded yet. What you wrote stands in the form again once you have chosen an occupation.',
  },
  dayHint: { fa: 'مانند ۱۳۶۵/۰۴/۱۲', en: 'Such as 1365/04/12, or 1986-07-03' },
} as const satisfies Record<string, Bilingual>;
