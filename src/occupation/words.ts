import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { NoteWords } from '#place/contract.ts';
import type { OccupationRefusal, bases, titleKinds } from './contract.ts';

export const occupationRefusalWords = {
  CategoryUnknown: (refusal) => ({
    fa: `رسته‌ای با شناسهٔ «${refusal.categoryKey}» نداریم. فهرست رسته‌ها را در ‎/api/categories ببینید.`,
    en: `There is no category "${refusal.categoryKey}". See /api/categories for the list.`,
  }),
  OccupationUnknown: (refusal) => ({
    fa: `رشته‌ای با کد «${persianDigits(String(refusal.occupationId))}» در فهرست نیست؛ آن را از صفحهٔ رشته‌ها برگزینید.`,
    en: `There is no occupation ${refusal.occupationId}: choose it on the page of occupations.`,
  }),
  OpeningNeedsReason: () => ({
    fa: 'برای باز یا بسته کردن، دلیل را بنویسید.',
    en: 'Write the reason for opening or closing.',
  }),
  OpeningDecidedThatDay: (refusal) => ({
    fa: `از روز ${persianDigits(refusal.inForceFrom.replaceAll('-', '/'))} تصمیم دیگری ثبت شده است (${refusal.open ? 'باز' : 'بسته'})؛ روز دیگری برگزینید.`,
    en: `Another decision (${refusal.open ? 'open' : 'closed'}) stands from ${refusal.inForceFrom} (Jalali): choose another day.`,
  }),
} as const satisfies {
  [Kind in OccupationRefusal['kind']]: (refusal: Extract<OccupationRefusal, { kind: Kind }>) => Bilingual;
};

export const basisWords = {
  source: { fa: 'به گفتهٔ منبع', en: 'stated by a source' },
  reading: { fa: 'برداشت ما', en: 'our reading' },
} as const satisfies Record<(typeof bases)[number], Bilingual>;

export const titleKindWords = {
  list_item: { fa: 'عنوان فهرست رسمی', en: 'title of an official list' },
  licence_title: { fa: 'عنوان درگاه ملی مجوزها', en: 'title of the National Licence Portal' },
  plan_wording: {
    fa: 'عنوان طرح یا خبر، نه فهرست رسمی',
    en: 'wording of a plan or news item, not of a list',
  },
  demonstration: { fa: 'عنوان نمایشی', en: 'made up for the demonstration' },
} as const satisfies Record<(typeof titleKinds)[number], Bilingual>;

export const occupationNoteWords: NoteWords = {
  year_is_reading: () => ({
    fa: 'منبع تاریخ ندارد؛ سال برداشت ماست.',
    en: 'The source bears no date: the year is our reading.',
  }),
  cut_off_in_source: () => ({ fa: 'عنوان در منبع ناتمام مانده است.', en: 'The source cuts the title off.' }),
  spelling_of_source: () => ({
    fa: 'املای منبع نگه داشته شده است.',
    en: 'The spelling is that of the source.',
  }),
};

/** Texts of the page of occupations. */
export const occupationLabels = {
  occupations: { fa: 'رشته‌ها', en: 'Occupations' },
  lead: {
    fa: 'رشته‌های مشاغل خانگی در فهرست مصوب، دستگاه امضای نخست، تأیید افزون رشته‌های ستاره‌دار و آنچه در استان برای تسهیلات باز است.',
    en: 'The occupations of home-based jobs in the approved list, the agency of the first signature, the further approval of starred ones, and what is open for loans in the province.',
  },
  search: { fa: 'جست‌وجوی رشته', en: 'Search an occupation' },
  searchHint: {
    fa: 'املای دیگر، حرف جاافتاده و ترتیب واژه‌ها مهم نیست.',
    en: 'Another spelling, a missing letter or the order of words do not matter.',
  },
  category: { fa: 'رسته', en: 'Category' },
  agency: { fa: 'دستگاه امضای نخست', en: 'Agency of the first signature' },
  notConfirmed: { fa: 'تأیید نشده', en: 'not confirmed' },
  extraCheck: { fa: 'تأیید افزون', en: 'Further approval' },
  starred: { fa: 'ستاره‌دار', en: 'Starred' },
  notStarred: { fa: 'بدون ستاره', en: 'Not starred' },
  title: { fa: 'عنوان', en: 'Title' },
  titleKind: { fa: 'گونهٔ عنوان', en: 'Kind of title' },
  loans: { fa: 'تسهیلات', en: 'Loans' },
  loansOf: { fa: 'تسهیلات سال', en: 'Loans of' },
  open: { fa: 'باز', en: 'Open' },
  closed: { fa: 'بسته', en: 'Closed' },
  byCategory: { fa: 'برای همهٔ رسته', en: 'for the whole category' },
  edition: { fa: 'ویرایش فهرست', en: 'Edition of the list' },
  noEdition: {
    fa: 'هنوز فهرست رسمی بارگذاری نشده است؛ این عنوان‌ها از منابع عمومی‌اند.',
    en: 'No official list is loaded yet: these titles are from public sources.',
  },
  all: { fa: 'همه', en: 'All' },
  inForce: { fa: 'برقرار امروز', en: 'In force today' },
  budgetYear: { fa: 'سال بودجه', en: 'Budget year' },
  province: { fa: 'استان', en: 'Province' },
  none: { fa: 'رشته‌ای با این ویژگی‌ها نیست', en: 'No occupation matches' },
  noneHelp: {
    fa: 'واژهٔ دیگری بنویسید یا صافی‌ها را بردارید.',
    en: 'Write another word or take the filters off.',
  },
  editions: { fa: 'ویرایش‌های فهرست', en: 'Editions of the list' },
  decide: { fa: 'بازکردن یا بستن برای تسهیلات', en: 'Open or close for loans' },
  decideHelp: {
    fa: 'تصمیم از روزی که می‌نویسید برقرار است و آنچه پیش‌تر گفته شده می‌ماند.',
    en: 'The decision holds from the day you write; what was said before stays.',
  },
  occupation: { fa: 'رشته', en: 'Occupation' },
  inForceFrom: { fa: 'از روز', en: 'From' },
  reason: { fa: 'دلیل', en: 'Reason' },
  whole: { fa: 'همهٔ رسته', en: 'The whole category' },
  save: { fa: 'ثبت تصمیم', en: 'Record the decision' },
  code: { fa: 'کد', en: 'Code' },
} as const satisfies Record<string, Bilingual>;
