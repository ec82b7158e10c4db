import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the public directory. */
export const directoryWords = {
  title: { fa: 'تعاونی‌های ثبت‌شده', en: 'Registered cooperatives' },
  brief: { fa: 'تعاونی‌ها', en: 'Cooperatives' },
  lead: {
    fa: 'تعاونی‌هایی که در مرجع ثبت شرکت‌ها ثبت شده‌اند، استان به استان؛ نام هیچ شخصی در آن نیست.',
    en: 'Cooperatives that the registry of companies entered, province by province; no person is named.',
  },
  province: { fa: 'استان', en: 'Province' },
  search: { fa: 'بخشی از نام', en: 'A part of the name' },
  kind: { fa: 'نوع', en: 'Kind' },
  every: { fa: 'همه', en: 'All' },
  look: { fa: 'نشان بده', en: 'Show' },
  name: { fa: 'تعاونی', en: 'Cooperative' },
  county: { fa: 'شهرستان', en: 'County' },
  registeredOn: { fa: 'روز ثبت', en: 'Registered on' },
  state: { fa: 'وضعیت', en: 'State' },
  earlier: {
    fa: 'از فهرست پیشین؛ وضعیت امروز در اینجا نیست',
    en: 'of an earlier register; its state is not kept here',
  },
  none: {
    fa: 'تعاونی‌ای با این مشخصات ثبت نشده است؛ بخش کوتاه‌تری از نام بنویسید یا نوع را «همه» بگذارید.',
    en: 'No such cooperative is registered: write a shorter part of the name, or choose all kinds.',
  },
  choose: { fa: 'استانی را برگزینید.', en: 'Choose a province.' },
  first: { fa: 'صفحهٔ نخست', en: 'First page' },
  more: { fa: 'صفحهٔ بعد', en: 'Next page' },
} as const satisfies Record<string, Bilingual>;
