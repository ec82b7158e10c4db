import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the receipt of a case. */
export const receiptLabels = {
  receipt: { fa: 'رسید ثبت', en: 'Receipt' },
  short: { fa: 'رسید', en: 'Receipt' },
  lead: {
    fa: 'آن را چاپ کنید یا شماره را جایی بنویسید؛ با همین شماره همه‌جا پاسخ می‌گیرید.',
    en: 'Print it, or write the number down: with it you are answered everywhere.',
  },
  office: {
    fa: 'اداره کل تعاون، کار و رفاه اجتماعی استان',
    en: 'General Directorate of Cooperatives, Labour and Social Welfare of',
  },
  number: { fa: 'شمارهٔ رهگیری', en: 'Tracking number' },
  kind: { fa: 'درخواست', en: 'Request' },
  about: { fa: 'برای', en: 'For' },
  who: { fa: 'به نام', en: 'In the name of' },
  by: { fa: 'ثبت به دست', en: 'Recorded by' },
  at: { fa: 'زمان ثبت (به وقت تهران)', en: 'Recorded at (Tehran time)' },
  happenedOn: { fa: 'روز درخواست', en: 'Day of the request' },
  county: { fa: 'شهرستان', en: 'County' },
  wholeProvince: { fa: 'همهٔ استان', en: 'The whole province' },
  next: { fa: 'گام بعدی', en: 'What comes next' },
  with: { fa: 'نزد', en: 'With' },
  byWhen: { fa: 'تا', en: 'By' },
  basis: { fa: 'مبنا', en: 'Basis' },
  noDue: {
    fa: 'برای این گام مهلتی اعلام نشده است.',
    en: 'No time is stated for this step.',
  },
  follow: { fa: 'چگونه پیگیری کنم؟', en: 'How do I follow it?' },
  followPublic: {
    fa: 'در این نشانی شمارهٔ رهگیری را بنویسید؛ ورود نمی‌خواهد:',
    en: 'Type the tracking number at this address; no sign-in is needed:',
  },
  followOffice: {
    fa: 'با این شماره از ادارهٔ شهرستان یا اداره کل بپرسید.',
    en: 'Ask the county office or the directorate with this number.',
  },
  notYet: {
    fa: 'این رسید نشان می‌دهد درخواست ثبت شده است و به معنای پذیرفتن آن نیست.',
    en: 'This receipt shows that the request was recorded; it does not mean that it is granted.',
  },
  sent: { fa: 'درخواست شما ثبت شد', en: 'Your request was recorded' },
  sentBody: {
    fa: 'رسید آن را بردارید: شمارهٔ رهگیری، گام بعدی و مهلت پاسخ در آن است.',
    en: 'Take its receipt: it has the tracking number, the next step and until when you are answered.',
  },
} as const satisfies Record<string, Bilingual>;
