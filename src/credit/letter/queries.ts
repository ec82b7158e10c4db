import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db.ts';
import type { RowId } from '../queries.ts';

export type ResolutionRow = { readonly number: string; readonly day: Day };

/** The resolutions by which a slice got its money, the oldest first; those of the province a county does not see. */
export async function listResolutions(tx: Tx, { provinceId, id }: RowId): Promise<ResolutionRow[]> {
  const { rows } = await sql<ResolutionRow>`
    select v.resolution_number as number, v.resolution_day as day
    from credit.slice s
    join credit.slicing g on g.province_id = s.province_id and g.slice_id = s.parent_id
    join credit.slicing_approval v on v.province_id = g.province_id and v.slicing_id = g.id
    where s.province_id = ${provinceId} and s.id = ${id}::uuid
      and (platform.scope_county() is null or s.county_code = platform.scope_county())
      and exists (
        select from credit.slicing_part p
        where p.province_id = g.province_id and p.slicing_id = g.id and p.amount > 0
          and p.county_code is not distinct from s.county_code
          and p.category_key is not distinct from s.category_key
      )
    order by v.resolution_day, v.slicing_id
  `.execute(tx);
  return rows;
}

export type NotificationLetter = { readonly number: string; readonly day: Day };

/** The letters that notified the line; they are the province's, and a county office sees none. */
export async function listNotificationLetters(
  tx: Tx,
  { provinceId, lineId }: { readonly provinceId: number; readonly lineId: string },
): Promise<NotificationLetter[]> {
  const { rows } = await sql<NotificationLetter>`
    select letter_number as number, letter_day as day from credit.notification
    where province_id = ${provinceId} and line_id = ${lineId}::uuid order by letter_day, id
  `.execute(tx);
  return rows;
}
