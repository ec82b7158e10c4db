import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Image } from './contract.ts';

const columns = sql`
  m.province_id as "provinceId", m.image_id as "imageId", m.item_id as "itemId", m.alt_fa as "altFa",
  m.alt_en as "altEn", m.media_type as media, m.width, m.height
`;

export async function listImages(
  tx: Tx,
  { provinceId, itemId }: { readonly provinceId: number; readonly itemId: Id },
): Promise<Image[]> {
  const { rows } = await sql<Image>`
    select ${columns} from news.image m
    where m.province_id = ${provinceId} and m.item_id = ${itemId} order by m.added_at, m.image_id
  `.execute(tx);
  return rows;
}

/** A picture of an item, whether or not anything of it is public. */
export async function findImage(
  tx: Tx,
  asked: { readonly provinceId: number; readonly itemId: string; readonly imageId: string },
): Promise<Image | undefined> {
  const { rows } = await sql<Image>`
    select ${columns} from news.image m
    where m.province_id = ${asked.provinceId} and m.item_id = ${asked.itemId} and m.image_id = ${asked.imageId}
  `.execute(tx);
  return rows[0];
}

/** A picture that stands in the public text of its item; one of a draft is nobody's to see. */
export async function findPublicImage(
  tx: Tx,
  { itemId, imageId }: { readonly itemId: string; readonly imageId: string },
): Promise<Image | undefined> {
  const { rows } = await sql<Image>`
    select ${columns} from news.image m
    join news.item i on i.province_id = m.province_id and i.item_id = m.item_id
    join news.item_text t on t.province_id = i.province_id and t.item_id = i.item_id and t.number = i.public_number
    where m.item_id = ${itemId} and m.image_id = ${imageId}
      and position(${`![](${imageId})`} in t.body_fa || coalesce(t.body_en, '')) > 0
  `.execute(tx);
  return rows[0];
}

/** False when the id stands already. */
export async function insertImage(tx: Tx, image: Image, addedAt: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into news.image (province_id, image_id, item_id, alt_fa, alt_en, media_type, width, height, added_at)
    values (${image.provinceId}, ${image.imageId}, ${image.itemId}, ${image.altFa}, ${image.altEn}, ${image.media},
      ${image.width}, ${image.height}, ${addedAt})
    on conflict (province_id, image_id) do nothing returning image_id
  `.execute(tx);
  return rows.length === 1;
}
