import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import { isoOf } from '#kernel/day.ts';
import type { Tx } from '#platform/db.ts';
import type { Selection } from '../queries.ts';

export type Address = { readonly id: Id; readonly value: bigint; readonly below: bigint | null };

/** What was published last of exactly these records; undefined where nothing was. */
export async function findAddress(
  tx: Tx,
  { indicator, selection }: { readonly indicator: string; readonly selection: Selection },
): Promise<Address | undefined> {
  const { provinceId, countyCode, budgetYear, from, until, only } = selection;
  const { rows } = await sql<Address>`
    select id, value, below from evidence.publication
    where province_id = ${provinceId} and indicator = ${indicator}
      and county_code is not distinct from ${countyCode}::text
      and budget_year is not distinct from ${budgetYear}::smallint
      and happened_from is not distinct from ${from === null ? null : isoOf(from)}::date
      and happened_until is not distinct from ${until === null ? null : isoOf(until)}::date
      and only_values = ${JSON.stringify(only)}::jsonb and without_values = '{}'::jsonb
    order by published_at desc, id desc limit 1
  `.execute(tx);
  return rows[0];
}
