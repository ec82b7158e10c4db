import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';

export type AccountApart = { readonly id: string; readonly due: string; readonly found: string };

/** L1: accounts that hold another sum than their own posted transfers come to. */
export async function listAccountsApart(tx: Tx, provinceId: number): Promise<AccountApart[]> {
  const { rows } = await sql<AccountApart>`
    with leg as (
      select credit_account_id as id, amount from ledger.read_transfer
      where province_id = ${provinceId} and phase in ('post', 'confirm')
      union all
      select debit_account_id, -amount from ledger.read_transfer
      where province_id = ${provinceId} and phase in ('post', 'confirm')
    ), moved as (
      select id, sum(amount) as amount from leg group by id
    )
    select a.id, coalesce(moved.amount, 0)::text as due, (a.credits_posted - a.debits_posted)::text as found
    from ledger.read_account a
    left join moved on moved.id = a.id
    where a.province_id = ${provinceId} and a.credits_posted - a.debits_posted <> coalesce(moved.amount, 0)
    order by a.id
  `.execute(tx);
  return rows;
}

/** L1: what all accounts of the province hold together; a transfer takes from one what it gives another. */
export async function sumOfAccounts(tx: Tx, provinceId: number): Promise<string> {
  const { rows } = await sql<{ sum: string }>`
    select coalesce(sum(credits_posted - debits_posted), 0)::text as sum
    from ledger.read_account where province_id = ${provinceId}
  `.execute(tx);
  return rows[0]?.sum ?? '0';
}
