import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
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

/** The stars of one reader; null where the item has none of them. */
export async function starsOf(tx: Tx, { provinceId, itemId, readerHash }: Reader): Promise<number | null> {
  const { rows } = await sql<{ stars: number }>`
    select stars from news.rating
    where province_id = ${provinceId} and item_id = ${itemId} and reader_hash = ${readerHash}
  `.execute(tx);
  return rows[0]?.stars ?? null;
}

/** A heap of networks under one item on one day. */
export type Heap = ItemAddress & { readonly day: Day; readonly heap: number };
type Counted = Pick<Heap, 'itemId' | 'heap'> & { readonly votes: number };

const heapColumns = (heaps: readonly Heap[]) => sql`
  ${heaps.map(({ provinceId }) => provinceId)}::smallint[], ${heaps.map(({ day }) => isoOf(day))}::date[],
  ${heaps.map(({ itemId }) => itemId)}::uuid[], ${heaps.map(({ heap }) => heap)}::smallint[]
`;

/** What was counted on earlier days goes: nothing of it is asked again. */
export async function forgetNetworks(
  tx: Tx,
  { provinceId, day }: Pick<Heap, 'provinceId' | 'day'>,
): Promise<void> {
  await sql`
    delete from news.network_vote where province_id = ${provinceId} and voted_on < ${isoOf(day)}
  `.execute(tx);
}

/** How many new votes each heap has, held until the transaction ends; one without any begins with none. */
export async function holdNetworks(tx: Tx, heaps: readonly Heap[]): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    insert into news.network_vote (province_id, voted_on, item_id, heap, votes)
    select given.province_id, given.voted_on, given.item_id, given.heap, 0
    from unnest(${heapColumns(heaps)}) as given (province_id, voted_on, item_id, heap)
    order by given.item_id, given.heap
    on conflict (province_id, voted_on, item_id, heap) do update set votes = network_vote.votes
    returning item_id as "itemId", heap, votes
  `.execute(tx);
  return rows;
}

/** Adds to heaps that are held. */
export async function addNetworkVotes(
  tx: Tx,
  heaps: readonly (Heap & { readonly votes: number })[],
): Promise<void> {
  if (heaps.length === 0) return;
  await sql`
    update news.network_vote n set votes = n.votes + given.votes
    from unnest(${heapColumns(heaps)}, ${heaps.map(({ votes }) => votes)}::smallint[])
      as given (province_id, voted_on, item_id, heap, votes)
    where n.province_id = given.province_id and n.voted_on = given.voted_on and n.item_id = given.item_id
      and n.heap = given.heap
  `.execute(tx);
}
