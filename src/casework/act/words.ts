import { type ByKind, byKind } from '#kernel/result.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { caseworkRefusalWords, namesOf } from '../words.ts';
import type { CaseWords } from '../contract.ts';
import type { ActRefusal } from './contract.ts';

const noNames: CaseWords = { title: { fa: '', en: '' }, states: {}, acts: {} };

/** The sentences of what is refused on a case of a kind; without one, of a case that nobody found. */
export const actRefusalWords = (words: CaseWords = noNames) =>
  ({
    ...caseworkRefusalWords(namesOf(words)),
    DeedRefused: ({ words: said }) => said,
    ActUnknown: ({ act }) => ({
      fa: `این نوع پرونده کاری به نام «${act}» ندارد؛ یکی از این‌ها را بنویسید: ${Object.values(words.acts)
        .map(({ fa }) => fa)
        .join('، ')}.`,
      en: `A case of this kind knows no act "${act}"; name one of these: ${Object.keys(words.acts).join(', ')}.`,
    }),
    ActElsewhere: ({ act }) => ({
      fa: `«${words.acts[act]?.fa ?? act}» بیش از یک گام پرونده است و در صفحهٔ خودش انجام می‌شود؛ آن صفحه را باز کنید.`,
      en: `"${words.acts[act]?.en ?? act}" is more than a step of the case and is done on its own page; open that page.`,
    }),
    CaseHeld: ({ holder }) => ({
      fa: `این پرونده در دست ${holder ?? 'همکار دیگری'} است؛ از او بخواهید آن را بازپس دهد.`,
      en: `The case is in the hands of ${holder ?? 'a colleague'}; ask them to give it back.`,
    }),
  }) satisfies ByKind<ActRefusal, Bilingual>;

export const sayRefusal = (refusal: ActRefusal, words?: CaseWords): Bilingual =>
  byKind(refusal, actRefusalWords(words));
