import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';
import type { Option } from '#platform/form.ts';

/** The provinces in which somebody can be an applicant. */
export async function listProvinces(tx: Tx): Promise<Option[]> {
  const { rows } = await sql<Option>`
    select province_id::text as key, name_fa as fa, name_en as en from place.read_province
    where province_id >= 0
  `.execute(tx);
  return rows;
}
