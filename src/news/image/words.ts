import type { Bilingual } from '#kernel/indicator.ts';
import type { ImageRefusal } from './contract.ts';

export const imageRefusalWords = {
  ImageBroken: () => ({
    fa: 'محتوای این پرونده تصویر JPEG یا PNG نیست، هر نامی که داشته باشد؛ تصویر را دوباره ذخیره کنید و بفرستید.',
    en: 'The content is no JPEG or PNG picture, whatever its name; save the picture again and send it.',
  }),
  ImageTooWide: () => ({
    fa: 'این تصویر بیش از ۲۵ میلیون نقطه دارد؛ آن را کوچک‌تر ذخیره کنید و بفرستید.',
    en: 'The picture has more than 25 million pixels; save it smaller and send it.',
  }),
  ImageMissing: () => ({
    fa: 'این‌جا چنین تصویری نیست؛ نشانی آن را از خبر بردارید.',
    en: 'There is no such picture here; take its address from the item.',
  }),
} as const satisfies {
  [Kind in ImageRefusal['kind']]: (refusal: Extract<ImageRefusal, { kind: Kind }>) => Bilingual;
};
