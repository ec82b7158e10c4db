import { z } from 'zod';
import { isId, type Id } from '#kernel/id.ts';
import { seenText } from '#kernel/persian.ts';
import { writtenText } from '#place/contract.ts';

/** Two mebibytes: a photograph for the web has a tenth of it. Pictures are not made smaller here. */
export const mostImageBytes = 2 * 1024 * 1024;
/** More pixels than any screen shows would only be a way to exhaust the reader's memory. */
export const mostPixels = 25_000_000;

const described = z.string().overwrite(seenText).pipe(writtenText(3, 300));

export const imageFieldsShape = z.object({
  id: z.uuid().refine(isId).meta({ fa: 'شناسهٔ تصویر', en: 'Id of the picture' }),
  altFa: described.meta({ fa: 'شرح تصویر', en: 'Description' }),
  altEn: described.meta({ fa: 'شرح انگلیسی تصویر', en: 'English description' }),
});
export type ImageFields = z.infer<typeof imageFieldsShape>;

export const imageShape = z.object({
  id: z.uuid(),
  altFa: z.string(),
  altEn: z.string(),
  width: z.int(),
  height: z.int(),
});
export const imageListShape = z.object({ images: z.array(imageShape) });
export type ImageAnswer = z.infer<typeof imageShape>;

export type Image = {
  readonly media: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  readonly provinceId: number;
  readonly imageId: Id;
  readonly itemId: Id;
  readonly altFa: string;
  readonly altEn: string;
};

export type ImageRefusal = { readonly kind: 'ImageMissing'; readonly imageId: string };

export const imageRefusalStatus = {
  ImageMissing: 404,
} as const satisfies Record<ImageRefusal['kind'], number>;
