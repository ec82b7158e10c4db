import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';
import type { BranchMove } from './contract.ts';

/**
 * What the awards of a line turned over as contracted and as paid, by branch and day. An award names no branch: it is
 * at the one in whose list of the bank it stands last, and one that is in no list is in no row here.
 */
export async function listBranchDraws(
  tx: Tx,
  { provinceId, lineId }: { readonly provinceId: number; readonly lineId: string },
): Promise<BranchMove[]> {
  const { rows } = await sql<BranchMove>`
    with placed as (
      select distinct on (award_id) award_id, bank_code, branch_code
      from credit.bank_list_entry
      where province_id = ${provinceId} and line_id = ${lineId}::uuid and award_id is not null
        and (platform.scope_county() is null or county_code = platform.scope_county())
      order by award_id, happened_on desc, id desc
    ), turned as (
      select p.bank_code, p.branch_code, m.stage, m.happened_on, sum(m.amount)::bigint as amount
      from placed p
      join credit.read_movement m on m.province_id = ${provinceId} and m.line_id = ${lineId}::uuid
        and m.award_id = p.award_id and m.stage in ('contracted', 'paid')
      group by p.bank_code, p.branch_code, m.stage, m.happened_on
    )
    select t.bank_code as "bankCode", t.branch_code as "branchCode", k.name_fa as "bankFa", k.name_en as "bankEn",
      b.name_fa as "branchFa", b.name_en as "branchEn", t.stage, t.happened_on as "happenedOn", t.amount
    from turned t
    join party.read_bank k on k.bank_code = t.bank_code
    join party.read_branch b on b.province_id = ${provinceId} and b.bank_code = t.bank_code
      and b.branch_code = t.branch_code
    order by t.bank_code, t.branch_code, t.happened_on
  `.execute(tx);
  return rows;
}
