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

/**
 * The newest transfers of a province in a span of days, each with its place in the order of a list. The index holds
 * each kind in that order: the newest of each are merged, or all of the span would be sorted for a page.
 */
export async function newestTransfers(tx: Tx, asked: TransfersAsked): Promise<Position[]> {
  const { kinds, limit } = asked;
  const each = (kinds ?? [undefined]).map((kind) => sql`(${newestOf(asked, kind)})`);
  // The planner expects next to nothing behind a policy, and would rather sort it than follow an index.
  await sql`select set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)`.execute(
    tx,
  );
  const { rows } = await sql<Position>`
    select happened_on::text as "happenedOn", id from (${sql.join(each, sql` union all `)}) as newest
    order by happened_on desc, id desc limit ${limit}
  `.execute(tx);
  await sql`select set_config('enable_bitmapscan', 'on', true), set_config('enable_sort', 'on', true)`.execute(
    tx,
  );
  return rows;
}

function newestOf({ selection, before, limit }: TransfersAsked, kind: string | undefined) {
  const { provinceId, from, until, recordedUntil } = selection;
  const parts = [sql`province_id = ${provinceId}`];
  if (kind !== undefined) parts.push(sql`kind = ${kind}`);
  if (from !== null) parts.push(sql`happened_on >= ${isoOf(from)}`);
  if (until !== null) parts.push(sql`happened_on <= ${isoOf(until)}`);
  if (recordedUntil !== undefined) parts.push(sql`recorded_at <= ${recordedUntil}`);
  if (before !== null) parts.push(sql`(happened_on, id) < (${before.happenedOn}, ${before.id}::uuid)`);
  return sql`
    select happened_on, id from ledger.read_transfer
    where ${sql.join(parts, sql` and `)} order by happened_on desc, id desc limit ${limit}`;
}
