import type { Bilingual } from '#kernel/indicator.ts';

export const holdingLabels = {
  title: { fa: 'مجوزها', en: 'Licences' },
  licences: { fa: 'مجوزهای شخص', en: 'Licences of the person' },
  none: { fa: 'مجوزی نیست', en: 'No licence' },
  noneHelp: {
    fa: 'در دامنهٔ دید شما مجوز خانگی به نام این شخص صادر نشده است.',
    en: 'Within your scope no licence of a home job was issued to this person.',
  },
  requests: { fa: 'درخواست‌های در جریان', en: 'Requests under way' },
  noRequests: { fa: 'درخواستی در جریان نیست', en: 'No request is under way' },
  noRequestsHelp: {
    fa: 'درخواست‌های پایان‌یافته در «پرونده‌ها»ی همین صفحه است.',
    en: 'Requests that ended stand among the cases on this page.',
  },
  held: { fa: 'مجوز برقرار امروز', en: 'Licences that hold today' },
  flagged: {
    fa: 'بیش از ده مجوز برقرار به نام این شخص است؛ درخواست تازه را با دقت بیشتر ببینید.',
    en: 'More than ten licences of this person hold: look at a new request with more care.',
  },
  barred: {
    fa: 'مجوزی ابطال شده است و مجوز تازه داده نمی‌شود (شرط ۷)؛ درخواست دوباره از',
    en: 'A licence was annulled and none is given (condition 7); a request is possible again from',
  },
  number: { fa: 'شماره', en: 'Number' },
  occupation: { fa: 'رشته', en: 'Occupation' },
  county: { fa: 'شهرستان', en: 'County' },
  expiresOn: { fa: 'پایان اعتبار', en: 'Valid until' },
  state: { fa: 'وضعیت', en: 'State' },
  submittedOn: { fa: 'روز درخواست', en: 'Asked on' },
  promisedOn: { fa: 'وعدهٔ پاسخ', en: 'Promised by' },
} as const satisfies Record<string, Bilingual>;
