import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { HeldAward } from './contract.ts';

export type HeldAwardRow = Omit<HeldAward, 'amount' | 'paid'> & {
  readonly amount: Rial;
  readonly paid: Rial;
};

/** The awards of one beneficiary within the reader's scope, the newest first. */
export async function listHeldAwards(
  tx: Tx,
  asked: { readonly provinceId: number; readonly beneficiaryId: Id },
): Promise<HeldAwardRow[]> {
  const { rows } = await sql<HeldAwardRow>`
    select a.id, a.slice_id as "sliceId", l.programme, l.budget_year as "budgetYear", a.amount, a.jobs, c.state,
      (select coalesce(sum(case t.kind when 'pay' then t.amount else -t.amount end), 0)::bigint from ledger.read_transfer t
        where t.province_id = a.province_id and t.reference_id = a.id and t.kind in ('pay', 'correct')
          and t.phase in ('post', 'confirm')) as paid
    from credit.award a
    join credit.line l on l.province_id = a.province_id and l.id = a.line_id
    join casework.read_case c on c.province_id = a.province_id and c.id = a.id
    where a.province_id = ${asked.provinceId} and a.beneficiary_id = ${asked.beneficiaryId}
      and (platform.scope_county() is null or a.county_code = platform.scope_county())
    order by a.id desc limit 50
  `.execute(tx);
  return rows;
}
