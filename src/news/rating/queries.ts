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

type Reader = Pick<RatingRow, 'provinceId' | 'itemId' | 'readerHash'>;

/** Which of these readers have rated the item before; their hashes in base64. */
export async function findReaders(tx: Tx, readers: readonly Reader[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ readerHash: Buffer }>`
    select r.reader_hash as "readerHash"
    from unnest(
        ${readers.map(({ provinceId }) => provinceId)}::smallint[],
        ${readers.map(({ itemId }) => itemId)}::uuid[],
        ${readers.map(({ readerHash }) => readerHash)}::bytea[]
      ) as asked (province_id, item_id, reader_hash)
      join news.rating r on r.province_id = asked.province_id and r.item_id = asked.item_id
        and r.reader_hash = asked.reader_hash
  `.execute(tx);
  return new Set(rows.map(({ readerHash }) => readerHash.toString('base64')));
}

/** Each reader of an item once; whoever had rated it before has changed the stars. */
export async function upsertRatings(tx: Tx, ratings: readonly RatingRow[]): Promise<void> {
  if (ratings.length === 0) return;
  await sql`
    insert into news.rating (province_id, item_id, reader_hash, stars, rated_at)
    select given.province_id, given.item_id, given.reader_hash, given.stars, given.rated_at
    from unnest(
      ${ratings.map(({ provinceId }) => provinceId)}::smallint[],
      ${ratings.map(({ itemId }) => itemId)}::uuid[],
      ${ratings.map(({ readerHash }) => readerHash)}::bytea[],
      ${ratings.map(({ stars }) => stars)}::smallint[],
      ${ratings.map(({ ratedAt }) => ratedAt)}::timestamptz[]
    ) as given (province_id, item_id, reader_hash, stars, rated_at)
    order by given.item_id, given.reader_hash
    on conflict (province_id, item_id, reader_hash)
      do update set stars = excluded.stars, rated_at = excluded.rated_at
  `.execute(tx);
}
