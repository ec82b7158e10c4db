import { attachDocument, contentOf } from '#document/actions.ts';
import type { DocumentRefusal } from '#document/contract.ts';
import { type Id, id } from '#kernel/id.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import { type Picture, cleaned } from '#platform/picture.ts';
import type { Editing } from '../item/actions.ts';
import type { ItemRefusal } from '../item/contract.ts';
import { listItems } from '../item/queries.ts';
import type { Image, ImageFields, ImageRefusal } from './contract.ts';
import { findImage, findPublicImage, insertImage } from './queries.ts';

type Sent = {
  readonly fields: ImageFields;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly picture: Picture;
};

/** Keeps a picture of an item as a document, without what does not show. The same again is the same (L5). */
export async function addImage(
  { tx, clock, provinceId, by }: Omit<Editing, 'catalogue'>,
  { itemId: asked, sent }: { readonly itemId: string; readonly sent: Sent },
): Promise<Result<{ readonly id: Id }, ImageRefusal | DocumentRefusal | ItemRefusal>> {
  const [item] = await listItems(tx, { provinceId, itemId: asked });
  if (item === undefined) return refused({ kind: 'ItemMissing', itemId: asked });
  const { fields, name, bytes, picture } = sent;
  const imageId = id(fields.id);
  const attached = await attachDocument(
    tx,
    {
      provinceId,
      documentId: imageId,
      subjectKind: 'news_item',
      subjectId: item.itemId,
      countyCode: null,
      officeId: null,
      personId: null,
      name,
      retention: 'lasting',
      bytes: cleaned(bytes, picture),
    },
    { by, clock },
  );
  if (!attached.ok) return attached;
  const { altFa, altEn } = fields;
  await insertImage(
    tx,
    { provinceId, imageId, itemId: item.itemId, altFa, altEn, ...picture.size },
    clock.now(),
  );
  return ok({ id: imageId });
}

type Shown = { readonly media: Image['media']; readonly bytes: Buffer };

/** The bytes of a picture that stands in what is published. */
export async function publicImage(
  tx: Tx,
  asked: { readonly itemId: string; readonly imageId: string },
): Promise<Result<Shown, ImageRefusal | DocumentRefusal>> {
  return shownOf(tx, await findPublicImage(tx, asked), asked.imageId);
}

/** The bytes of a picture for those who may read the draft in which it stands, or is about to. */
export async function draftImage(
  tx: Tx,
  asked: { readonly provinceId: number; readonly itemId: string; readonly imageId: string },
): Promise<Result<Shown, ImageRefusal | DocumentRefusal>> {
  return shownOf(tx, await findImage(tx, asked), asked.imageId);
}

async function shownOf(
  tx: Tx,
  image: Image | undefined,
  imageId: string,
): Promise<Result<Shown, ImageRefusal | DocumentRefusal>> {
  if (image === undefined) return refused({ kind: 'ImageMissing', imageId });
  const content = await contentOf(tx, { provinceId: image.provinceId, documentId: image.imageId });
  return content.ok ? ok({ media: image.media, bytes: content.value.bytes }) : content;
}
