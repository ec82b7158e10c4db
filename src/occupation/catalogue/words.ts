import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the public catalogue. */
export const catalogueWords = {
  occupations: { fa: 'رشته‌ها', en: 'Occupations' },
  title: { fa: 'فهرست رشته‌های مشاغل خانگی', en: 'Catalogue of home-based occupations' },
  lead: {
    fa: 'هر رشته با دستگاهی که مجوز آن را امضا می‌کند، تأیید دیگری که می‌خواهد، و اینکه در استان شما برای وام باز است یا نه.',
    en: 'Each occupation with the agency that signs its licence, the further approval it needs, and whether it is open for loans in your province.',
  },
  search: { fa: 'نام رشته', en: 'Occupation' },
  category: { fa: 'رسته', en: 'Category' },
  every: { fa: 'همهٔ رسته‌ها', en: 'All categories' },
  province: { fa: 'استان', en: 'Province' },
  noProvince: { fa: 'بی‌استان', en: 'No province' },
  look: { fa: 'جست‌وجو', en: 'Search' },
  occupation: { fa: 'رشته', en: 'Occupation' },
  agency: { fa: 'امضای نخست مجوز', en: 'First signature' },
  unknown: { fa: 'هنوز روشن نیست', en: 'not confirmed yet' },
  extra: { fa: 'تأیید دیگر', en: 'Further approval' },
  noExtra: { fa: 'نمی‌خواهد', en: 'none' },
  loans: { fa: 'وام در سال', en: 'Loans in' },
  open: { fa: 'باز', en: 'open' },
  closed: { fa: 'بسته', en: 'closed' },
  none: {
    fa: 'رشته‌ای پیدا نشد؛ واژهٔ دیگری بنویسید یا همهٔ رسته‌ها را برگزینید.',
    en: 'No occupation was found; write another word or choose all categories.',
  },
  count: { fa: 'رشته', en: 'occupations' },
  more: { fa: 'رشته‌های بعدی', en: 'The next ones' },
  first: { fa: 'از آغاز', en: 'From the beginning' },
} as const satisfies Record<string, Bilingual>;
