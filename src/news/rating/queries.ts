import { sql } from 'kysely';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { ItemAddress } from '../item/queries.ts';
import type { Rating } from './contract.ts';

export async function sumOfRatings(tx: Tx, { provinceId, itemId }: ItemAddress): Promise<Rating> {
  const { rows } = await sql<Rating>`
    select count(*)::integer as count, coalesce(sum(stars), 0)::integer as sum
    from news.rating where province_id = ${provinceId} and item_id = ${itemId}
  `.execute(tx);
  return must(rows[0], 'an aggregate has a row');
}

export type RatingRow = ItemAddress & {
  readonly readerHash: Buffer;
  readonly stars: number;
  readonly ratedAt: Date;
};

/** False when the reader had rated the item before and has changed the stars now. */
export async function upsertRating(tx: Tx, row: RatingRow): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    insert into news.rating (province_id, item_id, reader_hash, stars, rated_at)
    values (${row.provinceId}, ${row.itemId}, ${row.readerHash}, ${row.stars}, ${row.ratedAt})
    on conflict (province_id, item_id, reader_hash)
      do update set stars = excluded.stars, rated_at = excluded.rated_at
    returning xmax = 0 as fresh
  `.execute(tx);
  return must(rows[0], 'an upsert returns its row').fresh;
}
