import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { NoteWords } from '#place/contract.ts';
import type { OccupationRefusal, bases, titleKinds } from './contract.ts';

export const occupationRefusalWords = {
  CategoryUnknown: (refusal) => ({
    fa: `رسته‌ای با شناسهٔ «${refusal.categoryKey}» نداریم. فهرست رسته‌ها را در ‎/api/categories ببینید.`,
    en: `There is no category "${refusal.categoryKey}". See /api/categories for the list.`,
  }),
  OpeningNeedsReason: () => ({
    fa: 'برای باز یا بسته کردن یک رسته، دلیل را بنویسید.',
    en: 'Write the reason for opening or closing a category.',
  }),
  OpeningDecidedThatDay: (refusal) => ({
    fa: `از روز ${persianDigits(refusal.inForceFrom.replaceAll('-', '/'))} برای این رسته تصمیم دیگری ثبت شده است (${refusal.open ? 'باز' : 'بسته'})؛ روز دیگری برگزینید.`,
    en: `Another decision (${refusal.open ? 'open' : 'closed'}) stands for this category from ${refusal.inForceFrom} (Jalali): choose another day.`,
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
