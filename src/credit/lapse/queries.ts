import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';

export type DrawRow = { readonly sliceId: string; readonly happenedOn: Day; readonly amount: Rial };

/** What was reserved less what was released, by slice and day, over a whole line. */
export async function listDraws(
  tx: Tx,
  { provinceId, lineId }: { readonly provinceId: number; readonly lineId: string },
): Promise<DrawRow[]> {
  const { rows } = await sql<DrawRow>`
    select slice_id as "sliceId", happened_on as "happenedOn", sum(amount)::bigint as amount
    from credit.read_movement
    where province_id = ${provinceId} and line_id = ${lineId}::uuid and stage = 'reserved'
      and (platform.scope_county() is null or county_code = platform.scope_county())
    group by slice_id, happened_on
    order by happened_on, slice_id
  `.execute(tx);
  return rows;
}
