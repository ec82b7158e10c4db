import type { Bilingual } from '#kernel/indicator.ts';
import type { ByKind } from '#kernel/result.ts';
import type { ListRefusal } from './contract.ts';

/** The sentences of what a list of cases refuses. */
export const listRefusalWords = {
  KindUnknown: ({ asked }) => ({
    fa: `نوع پرونده‌ای به نام «${asked}» نیست؛ نوع را از فهرست نوع‌ها برگزینید.`,
    en: `There is no kind of case "${asked}"; choose one from the list of kinds.`,
  }),
} satisfies ByKind<ListRefusal, Bilingual>;
