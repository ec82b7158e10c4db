import { attachDocument, contentOf } from '#document/actions.ts';
import type { DocumentRefusal } from '#document/contract.ts';
import { type Id, id } from '#kernel/id.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { Editing } from '../item/actions.ts';
import type { ItemRefusal } from '../item/contract.ts';
import { listItems } from '../item/queries.ts';
import type { ImageFields, ImageMedia, ImageRefusal } from './contract.ts';
import { findPublicImage, insertImage } from './queries.ts';
import { sizeOf } from './rules.ts';

type Sent = { readonly fields: ImageFields; readonly name: string; readonly bytes: Uint8Array };

/** Keeps a picture of an item as a document, once its content was looked at. The same again is the same (L5). */
export async function addImage(
  { tx, clock, provinceId, by }: Omit<Editing, 'catalogue'>,
  { itemId: asked, sent }: { readonly itemId: string; readonly sent: Sent },
): Promise<Result<{ readonly id: Id }, ImageRefusal | DocumentRefusal | ItemRefusal>> {
  const [item] = await listItems(tx, { provinceId, itemId: asked });
  if (item === undefined) return refused({ kind: 'ItemMissing', itemId: asked });
  const { fields, name, bytes } = sent;
  const size = sizeOf(bytes);
  if (!size.ok) return size;
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
      bytes,
    },
    { by, clock },
  );
  if (!attached.ok) return attached;
  const { altFa, altEn } = fields;
  await insertImage(
    tx,
    { provinceId, imageId, itemId: item.itemId, altFa, altEn, ...size.value },
    clock.now(),
  );
  return ok({ id: imageId });
}

type Shown = { readonly media: ImageMedia; readonly bytes: Buffer };

/** The bytes of a picture that stands in what is published. */
export async function publicImage(
  tx: Tx,
  asked: { readonly itemId: string; readonly imageId: string },
): Promise<Result<Shown, ImageRefusal | DocumentRefusal>> {
  const image = await findPublicImage(tx, asked);
  if (image === undefined) return refused({ kind: 'ImageMissing', imageId: asked.imageId });
  const content = await contentOf(tx, { provinceId: image.provinceId, documentId: image.imageId });
  return content.ok ? ok({ media: image.media, bytes: content.value.bytes }) : content;
}
