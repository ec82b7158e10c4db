import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';
import type { RowId } from '../queries.ts';

/** Whether a letter of a line, or the source of its opening, stands within the reader's scope; no county office sees one. */
export async function isLetterSeen(tx: Tx, { provinceId, id }: RowId): Promise<boolean> {
  const { rows } = await sql`
    select from credit.notification where province_id = ${provinceId} and id = ${id}::uuid
    union all
    select from credit.revision where province_id = ${provinceId} and id = ${id}::uuid
    union all
    select from credit.opening where province_id = ${provinceId} and id = ${id}::uuid
  `.execute(tx);
  return rows.length > 0;
}

/** The resolution of an approved division, transfer or opening, with the county it is a matter of. */
export async function findResolution(
  tx: Tx,
  { provinceId, id }: RowId,
): Promise<{ readonly countyCode: string | null } | undefined> {
  const { rows } = await sql<{ countyCode: string | null }>`
    select county_code as "countyCode" from credit.slicing_approval
    where province_id = ${provinceId} and slicing_id = ${id}::uuid
      and (platform.scope_county() is null or county_code = platform.scope_county())
    union all
    select county_code from credit.reallocation_approval
    where province_id = ${provinceId} and reallocation_id = ${id}::uuid
      and (platform.scope_county() is null or county_code = platform.scope_county())
    union all
    select null from credit.opening_approval
    where province_id = ${provinceId} and opening_id = ${id}::uuid and platform.scope_county() is null
  `.execute(tx);
  return rows[0];
}
