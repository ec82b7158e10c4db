import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';

export type StakeRow = { readonly cooperativeId: Id; readonly shares: number; readonly paid: Rial };

/** What one person holds, cooperative by cooperative, the latest joined first; the policies keep to the reader's scope. */
export async function listStakes(
  tx: Tx,
  asked: { readonly provinceId: number; readonly personId: string; readonly limit: number },
): Promise<StakeRow[]> {
  const { rows } = await sql<StakeRow>`
    select cooperative_id as "cooperativeId", sum(shares)::integer as shares, sum(paid)::bigint as paid
    from cooperative.share_entry
    where province_id = ${asked.provinceId} and person_id = ${asked.personId}::uuid
      and (platform.scope_county() is null or county_code = platform.scope_county())
    group by cooperative_id
    order by min(happened_on) desc, cooperative_id desc
    limit ${asked.limit}
  `.execute(tx);
  return rows;
}
