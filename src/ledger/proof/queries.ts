import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';
import type { Seal } from '../seal/contract.ts';
import { sealColumns, sealOf, type SealRow } from '../seal/queries.ts';

export type SealWithEntries = { readonly seal: Seal; readonly entries: Buffer };

/** The seal of a source that holds a row recorded at an instant: the first that reaches so far, or a later one. */
export async function findSealOf(
  tx: Tx,
  asked: { readonly provinceId: number; readonly source: string; readonly id: Buffer; readonly at: Date },
): Promise<SealWithEntries | undefined> {
  const { provinceId, source, id, at } = asked;
  const { rows } = await sql<SealRow & { entries: Buffer }>`
    select ${sql.raw(sealColumns)}, entries
    from ledger.seal
    where province_id = ${provinceId} and source = ${source} and through_at >= ${at}::timestamptz
      and position(${id} in entries) > 0
    order by through_at, number
    limit 1
  `.execute(tx);
  return rows.map(({ entries, ...row }) => ({ seal: sealOf(row), entries }))[0];
}
