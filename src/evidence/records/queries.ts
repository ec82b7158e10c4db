import { sql } from 'kysely';
import { isoOf } from '#kernel/day.ts';
import type { Tx } from '#platform/db.ts';
import type { Position, Selection } from '../queries.ts';

export type TransfersAsked = {
  /** Of these kinds only; undefined where the measure does not say. */
  readonly kinds: readonly string[] | undefined;
  readonly selection: Selection;
  readonly before: Position | null;
  readonly limit: number;
};

/** The newest transfers of a province in a span of days, each with its place in the order of a list. */
export async function newestTransfers(
  tx: Tx,
  { kinds, selection, before, limit }: TransfersAsked,
): Promise<Position[]> {
  const { provinceId, from, until, recordedUntil } = selection;
  const parts = [sql`province_id = ${provinceId}`];
  if (kinds !== undefined) parts.push(sql`kind = any(${kinds})`);
  if (from !== null) parts.push(sql`happened_on >= ${isoOf(from)}`);
  if (until !== null) parts.push(sql`happened_on <= ${isoOf(until)}`);
  if (recordedUntil !== undefined) parts.push(sql`recorded_at <= ${recordedUntil}`);
  if (before !== null) parts.push(sql`(happened_on, id) < (${before.happenedOn}, ${before.id}::uuid)`);
  const { rows } = await sql<Position>`
    select happened_on::text as "happenedOn", id from ledger.read_transfer
    where ${sql.join(parts, sql` and `)} order by happened_on desc, id desc limit ${limit}
  `.execute(tx);
  return rows;
}
