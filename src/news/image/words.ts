import type { Bilingual } from '#kernel/indicator.ts';
import type { ImageRefusal } from './contract.ts';

export const imageRefusalWords = {
  ImageMissing: () => ({
    fa: 'این‌جا چنین تصویری نیست؛ نشانی آن را از خبر بردارید.',
    en: 'There is no such picture here; take its address from the item.',
  }),
} as const satisfies {
  [Kind in ImageRefusal['kind']]: (refusal: Extract<ImageRefusal, { kind: Kind }>) => Bilingual;
};
