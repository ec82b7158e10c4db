import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the form that drafts a credit line. */
export const draftLabels = {
  title: { fa: 'خط اعتباری تازه', en: 'New credit line' },
  lead: {
    fa: 'پیش‌نویس پولی جابه‌جا نمی‌کند: مبلغ با نامهٔ ابلاغ می‌آید و پس از باز شدن خط می‌توان آن را برش زد.',
    en: 'A draft moves no money: the sum comes with the letter of notification, and once the line is open it can be divided.',
  },
  whatFor: { fa: 'برای چه', en: 'What for' },
  legal: { fa: 'مستند قانونی', en: 'Legal reference' },
  terms: { fa: 'شرایط تسهیلات', en: 'Terms of the loans' },
  yearHelp: {
    fa: 'سالی که اعتبار از آنِ آن است، مانند ۱۴۰۲.',
    en: 'The Jalali year whose credit it is, such as 1402.',
  },
  note: { fa: 'تبصره یا قانون', en: 'Note or law' },
  noteHelp: {
    fa: 'شمارهٔ تبصرهٔ قانون بودجه، یا نام کوتاه تفاهم‌نامه یا قانون.',
    en: 'The number of the note of the budget law, or the short name of the memorandum or law.',
  },
  paragraph: { fa: 'بند', en: 'Paragraph' },
  item: { fa: 'جزء', en: 'Item' },
  rateKind: { fa: 'نوع نرخ', en: 'Kind of rate' },
  rate: { fa: 'نرخ (درصد)', en: 'Rate (percent)' },
  rateHelp: { fa: 'تا دو رقم پس از ممیز، مانند ۴ یا ۲٫۵.', en: 'Up to two decimals, such as 4 or 2.5.' },
  grace: { fa: 'دورهٔ تنفس', en: 'Grace period' },
  term: { fa: 'دورهٔ بازپرداخت', en: 'Repayment period' },
  deadlineHelp: {
    fa: 'آخرین روز رزرو از این خط؛ اگر نامه روزی نگفته باشد، پایان سال بودجه.',
    en: 'The last day for reserving from the line; the end of the budget year unless the letter says otherwise.',
  },
  share: { fa: 'سهم محفوظ تعاونی‌ها', en: 'Share reserved for cooperatives' },
  shareHelp: {
    fa: 'درصدی از هر نامه که تنها تعاونی‌ها از آن برمی‌دارند. اگر قانون سهمی نگفته است، خالی بگذارید.',
    en: 'The percentage of each letter that only cooperatives draw on. Leave it empty where the law names none.',
  },
  reference: { fa: 'مستند این سهم', en: 'Legal reference of this share' },
  referenceHelp: {
    fa: 'مادهٔ قانون یا شمارهٔ مصوبه؛ بی‌مستند چیزی قفل نمی‌شود.',
    en: 'The article or the resolution; nothing is locked without it.',
  },
  percent: { fa: 'درصد', en: 'percent' },
  save: { fa: 'ثبت پیش‌نویس', en: 'Save the draft' },
  twin: {
    fa: 'خطی با همین سال، برنامه، منبع و مستند هست؛ اگر همان است، نامهٔ تازه را در همان خط ثبت کنید.',
    en: 'A line of this year, programme, pot and legal reference is there already; if it is the same, record the new letter on it.',
  },
  toTwin: { fa: 'دیدن آن خط', en: 'See that line' },
  over: {
    fa: 'این مهلت گذشته است: از این خط دیگر چیزی رزرو نمی‌شود، تنها سابقهٔ آن ثبت می‌شود.',
    en: 'This deadline has passed: nothing more is reserved from the line, only its history is recorded.',
  },
  unfinished: {
    fa: 'جاهای نشان‌شده را کامل کنید؛ چیزی از نوشته‌هایتان پاک نشده است.',
    en: 'Complete the marked fields; nothing of what you typed is lost.',
  },
} as const satisfies Record<string, Bilingual>;

/** What is wrong with a field, and what would do. */
export const gapWords = {
  missing: { fa: 'این را بنویسید.', en: 'Fill this in.' },
  year: { fa: 'سالی از ۱۳۸۰ تا ۱۵۰۰ بنویسید.', en: 'Give a year from 1380 to 1500.' },
  percent: {
    fa: 'درصدی از ۰ تا ۱۰۰ بنویسید، مانند ۴ یا ۲٫۵.',
    en: 'Give a percentage from 0 to 100, such as 4 or 2.5.',
  },
  share: { fa: 'درصد درستی از ۰ تا ۱۰۰، بی‌ممیز، بنویسید.', en: 'Give a whole percentage from 0 to 100.' },
  grace: { fa: 'شمار ماه‌ها از ۰ تا ۱۲۰ است.', en: 'Give 0 to 120 months.' },
  term: { fa: 'شمار ماه‌ها از ۱ تا ۳۶۰ است.', en: 'Give 1 to 360 months.' },
  early: {
    fa: 'مهلت پیش از آغاز سال بودجه است؛ روز یا سال را درست کنید.',
    en: 'The deadline lies before the budget year; correct the day or the year.',
  },
  reference: {
    fa: 'سهم تعاونی‌ها مستند می‌خواهد؛ مادهٔ قانون یا مصوبه را بنویسید، یا سهم را خالی کنید.',
    en: 'The share needs its legal reference; give the article or resolution, or empty the share.',
  },
} as const satisfies Record<string, Bilingual>;
