import type { Bilingual } from '#kernel/indicator.ts';
import type { NoteRefusal } from './contract.ts';

export const noteRefusalWords = {
  CaseMissing: () => ({
    fa: 'چنین پرونده‌ای در محدودهٔ شما نیست. آن را از کارتابل برگزینید.',
    en: 'There is no such case within your scope. Choose it from the inbox.',
  }),
  NoteMissing: () => ({
    fa: 'چنین یادداشتی در این پرونده نیست.',
    en: 'There is no such note on this case.',
  }),
  NoteOtherContent: () => ({
    fa: 'این شناسه پیش‌تر برای یادداشت دیگری به کار رفته است؛ چیزی نوشته نشد.',
    en: 'This id was used for another note before; nothing was written.',
  }),
  OwnNote: () => ({
    fa: 'یادداشت را کسی که نوشته است امحا نمی‌کند؛ امحا با شخص دیگری است.',
    en: 'Whoever wrote a note does not erase it; another person has to.',
  }),
} as const satisfies {
  [Kind in NoteRefusal['kind']]: (refusal: Extract<NoteRefusal, { kind: Kind }>) => Bilingual;
};
