import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the front page for everybody. */
export const frontWords = {
  front: { fa: 'اعتبار اشتغال، با سند هر رقم', en: 'Employment credit, each figure with its records' },
  lead: {
    fa: 'اعتبار مشاغل خانگی، تعاونی‌ها و بنگاه‌ها از ابلاغ وزارت تا پرداخت بانک؛ هر رقمی که منتشر می‌شود، سندهایش پشت آن است و هر کس می‌تواند آن را بسنجد.',
    en: 'Credit for home-based jobs, cooperatives and enterprises, from the notification of the ministry to the payment of the bank. Behind every published figure stand its records, and anybody may check it.',
  },
  ask: { fa: 'پرونده یا مجوز خود را ببینید', en: 'See your case or licence' },
  latest: { fa: 'تازه‌ترین خبرها', en: 'Latest news' },
  desk: { fa: 'میز کار', en: 'Desk' },
  deskHelp: {
    fa: 'برای کارکنان ادارهٔ کل، دستگاه‌ها و بانک‌ها و برای متقاضیان، با نام کاربری.',
    en: 'For the staff of directorate, agencies and banks, and for applicants, with a username.',
  },
  sections: { fa: 'آنچه این‌جا هست', en: 'What is here' },
} as const satisfies Record<string, Bilingual>;
