import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { Sums, Transfer } from '../contract.ts';
import { accountInScope, transferInScope } from '../queries.ts';
import { transferColumns, transferOf } from '../transfer/queries.ts';
import type { TransferRow } from '../transfer/queries.ts';

export type AccountAsOf = { readonly provinceId: number; readonly accountId: Id; readonly asOf: Date | null };

/**
 * The version of an account at an instant: that of its newest transfer at or before it. Instants never fall as
 * versions rise, so the version is found by halving, on the two unique indexes that are there anyway; an index
 * on the instant would cost each transfer two more entries. Undefined when there is no such account in scope.
 */
export async function findVersion(
  tx: Tx,
  { provinceId, accountId, asOf }: AccountAsOf,
): Promise<bigint | undefined> {
  const { rows } = await sql<{ version: bigint }>`
    with recursive search (low, high) as (
      select 0::bigint, version
      from ledger.account
      where province_id = ${provinceId} and id = ${accountId} and ${accountInScope}
      union all
      select
        case when middle.recorded_at <= ${asOf}::timestamptz then middle.version else low end,
        case when middle.recorded_at <= ${asOf}::timestamptz then high else middle.version - 1 end
      from search
      cross join lateral (
        select debit_version as version, recorded_at
        from ledger.transfer
        where province_id = ${provinceId} and debit_account_id = ${accountId}
          and debit_version = (low + high + 1) / 2 and ${transferInScope}
        union all
        select credit_version as version, recorded_at
        from ledger.transfer
        where province_id = ${provinceId} and credit_account_id = ${accountId}
          and credit_version = (low + high + 1) / 2 and ${transferInScope}
      ) as middle
      where low < high
    )
    select low as version from search where low = high
  `.execute(tx);
  return rows[0]?.version;
}

type SumsRow = {
  debits_posted: Rial;
  debits_pending: Rial;
  credits_posted: Rial;
  credits_pending: Rial;
};

/** What an account held after the transfer that bears this version; undefined when there is none in scope. */
export async function findSums(
  tx: Tx,
  { provinceId, accountId, version }: { provinceId: number; accountId: Id; version: bigint },
): Promise<Sums | undefined> {
  const { rows } = await sql<SumsRow>`
    select
      debit_debits_posted as debits_posted, debit_debits_pending as debits_pending,
      debit_credits_posted as credits_posted, debit_credits_pending as credits_pending
    from ledger.transfer
    where province_id = ${provinceId} and debit_account_id = ${accountId}
      and debit_version = ${version} and ${transferInScope}
    union all
    select
      credit_debits_posted, credit_debits_pending, credit_credits_posted, credit_credits_pending
    from ledger.transfer
    where province_id = ${provinceId} and credit_account_id = ${accountId}
      and credit_version = ${version} and ${transferInScope}
  `.execute(tx);
  const [row] = rows;
  return row === undefined
    ? undefined
    : {
        debitsPosted: row.debits_posted,
        debitsPending: row.debits_pending,
        creditsPosted: row.credits_posted,
        creditsPending: row.credits_pending,
      };
}

export type Stretch = {
  readonly provinceId: number;
  readonly accountId: Id;
  /** Versions above this one … */
  readonly after: bigint;
  /** … and up to this one. */
  readonly until: bigint;
};

/** The transfers of an account in a stretch of its versions, in their order. */
export async function listTransfers(tx: Tx, stretch: Stretch): Promise<Transfer[]> {
  const { provinceId, accountId, after, until } = stretch;
  const { rows } = await sql<TransferRow>`
    select ${transferColumns}
    from (
      select ${transferColumns}, debit_version as version
      from ledger.transfer
      where province_id = ${provinceId} and debit_account_id = ${accountId}
        and debit_version > ${after} and debit_version <= ${until} and ${transferInScope}
      union all
      select ${transferColumns}, credit_version as version
      from ledger.transfer
      where province_id = ${provinceId} and credit_account_id = ${accountId}
        and credit_version > ${after} and credit_version <= ${until} and ${transferInScope}
    ) as touching
    order by version
  `.execute(tx);
  return rows.map(transferOf);
}
