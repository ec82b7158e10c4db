import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';
import type { Seal } from '../seal/contract.ts';
import { sealColumns, sealOf, type SealRow } from '../seal/queries.ts';

const columns = sql.raw(sealColumns);

/**
 * The last seal of each day in Tehran that has one, the newest day first. From one day it is stepped to the next by
 * the index: a province seals once a second, and nobody waits for years of that to be sorted.
 */
export async function listDayHeads(
  tx: Tx,
  asked: { readonly provinceId: number; readonly before: Date | null; readonly most: number },
): Promise<Seal[]> {
  const { provinceId, before, most } = asked;
  const { rows } = await sql<SealRow>`
    with recursive daily as (
      (
        select ${columns} from ledger.seal
        where province_id = ${provinceId} and (${before}::timestamptz is null or sealed_at < ${before}::timestamptz)
        order by sealed_at desc, number desc
        limit 1
      )
      union all
      select ${sql.raw(sealColumns.replace(/\b(?=[a-z])/g, 'earlier.'))} from daily cross join lateral (
        select ${columns} from ledger.seal
        where province_id = ${provinceId}
          and sealed_at < date_trunc('day', daily.sealed_at, 'Asia/Tehran')
        order by sealed_at desc, number desc
        limit 1
      ) as earlier
    )
    select ${columns} from daily limit ${most}
  `.execute(tx);
  return rows.map(sealOf);
}
