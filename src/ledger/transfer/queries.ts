import { sql } from 'kysely';
import { isoOf } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type {
  Account,
  NewTransfer,
  OriginalFact,
  PendingFact,
  Transfer,
  TransferPhase,
} from '../contract.ts';
import { transferInScope } from '../queries.ts';
import type { Ids } from '../queries.ts';

export type TransferRow = {
  province_id: number;
  id: Id;
  phase: TransferPhase;
  kind: string;
  debit_account_id: Id;
  credit_account_id: Id;
  debit_version: bigint;
  credit_version: bigint;
  debit_county_code: string | null;
  credit_county_code: string | null;
  amount: Rial;
  reference_id: Id;
  pending_id: Id | null;
  reverses_id: Id | null;
  happened_on: Day;
  expires_at: Date | null;
  recorded_at: Date;
};

export const transferColumns = sql`
  province_id, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
  debit_county_code, credit_county_code, amount, reference_id, pending_id, reverses_id, happened_on,
  expires_at, recorded_at
`;

export const transferOf = (row: TransferRow): Transfer => ({
  provinceId: row.province_id,
  id: row.id,
  phase: row.phase,
  kind: row.kind,
  debitAccountId: row.debit_account_id,
  creditAccountId: row.credit_account_id,
  debitVersion: row.debit_version,
  creditVersion: row.credit_version,
  debitCountyCode: row.debit_county_code,
  creditCountyCode: row.credit_county_code,
  amount: row.amount,
  referenceId: row.reference_id,
  pendingId: row.pending_id,
  reversesId: row.reverses_id,
  happenedOn: row.happened_on,
  expiresAt: row.expires_at,
  recordedAt: row.recorded_at,
});

/** The transfers that bear one of the ids, and the newest announced instant: what is recorded now comes after. */
export async function findTaken(
  tx: Tx,
  { provinceId, ids }: Ids,
): Promise<{ transfers: Transfer[]; announcedAt: Date | null }> {
  const { rows } = await sql<{ announced_at: Date | null } & (TransferRow | { id: null })>`
    select announced_at, ${transferColumns}
    from (
      select max(announced_at) as announced_at from ledger.watermark where province_id = ${provinceId}
    ) as watermark
    left join (
      select ${transferColumns}
      from ledger.transfer
      where province_id = ${provinceId} and id = any(${ids}::uuid[]) and ${transferInScope}
    ) as taken on true
  `.execute(tx);
  return {
    transfers: rows.flatMap((row) => (row.id === null ? [] : [transferOf(row)])),
    announcedAt: must(rows[0], 'an aggregate has one row').announced_at,
  };
}

export async function findTransfers(tx: Tx, { provinceId, ids }: Ids): Promise<Transfer[]> {
  const { rows } = await sql<TransferRow>`
    select ${transferColumns}
    from ledger.transfer
    where province_id = ${provinceId} and id = any(${ids}::uuid[]) and ${transferInScope}
  `.execute(tx);
  return rows.map(transferOf);
}

export async function findPendings(tx: Tx, { provinceId, ids }: Ids): Promise<PendingFact[]> {
  const { rows } = await sql<TransferRow & { ended: boolean }>`
    select ${transferColumns}, exists (
      select from ledger.transfer as ending
      where ending.province_id = ${provinceId} and ending.pending_id = pending.id
    ) as ended
    from ledger.transfer as pending
    where province_id = ${provinceId} and id = any(${ids}::uuid[]) and ${transferInScope}
  `.execute(tx);
  return rows.map((row) => ({ transfer: transferOf(row), ended: row.ended }));
}

/** Transfers with the sum of their reversals: posted and held ones count, dropped ones do not. */
export async function findOriginals(tx: Tx, { provinceId, ids }: Ids): Promise<OriginalFact[]> {
  const { rows } = await sql<TransferRow & { reversed: Rial }>`
    select ${transferColumns}, coalesce((
      select sum(case reversal.phase when 'void' then -reversal.amount else reversal.amount end)
      from ledger.transfer as reversal
      where reversal.province_id = ${provinceId}
        and reversal.reverses_id = original.id
        and reversal.phase <> 'confirm'
    ), 0)::bigint as reversed
    from ledger.transfer as original
    where province_id = ${provinceId} and id = any(${ids}::uuid[]) and ${transferInScope}
  `.execute(tx);
  return rows.map((row) => ({ transfer: transferOf(row), reversed: row.reversed }));
}

export type PostingToStore = {
  readonly provinceId: number;
  readonly transfers: readonly (NewTransfer & { readonly contentHash: Buffer })[];
  /** The accounts that moved, with their new sums; this transaction holds them locked. */
  readonly accounts: readonly Account[];
  readonly recordedAt: Date;
};

const text = (sum: bigint): string => sum.toString();

/**
 * Stores a batch and the new sums in one statement. Gives back the ids that were there already, which were left
 * out: then the sums are wrong and the caller must roll back.
 */
export async function storePosting(tx: Tx, posting: PostingToStore): Promise<Id[]> {
  const { provinceId, transfers, accounts, recordedAt } = posting;
  const days = new Map<Day, string>();
  const isoDay = (day: Day): string => {
    const iso = days.get(day) ?? isoOf(day);
    days.set(day, iso);
    return iso;
  };
  const { rows } = await sql<{ id: Id }>`
    with given (
      id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
      debit_county_code, credit_county_code, amount, reference_id, pending_id, reverses_id, happened_on,
      expires_at, debit_debits_posted, debit_debits_pending, debit_credits_posted, debit_credits_pending,
      credit_debits_posted, credit_debits_pending, credit_credits_posted, credit_credits_pending,
      content_hash
    ) as (
      select
        unnest(${transfers.map((transfer) => transfer.id)}::uuid[]),
        unnest(${transfers.map((transfer) => transfer.phase)}::text[]),
        unnest(${transfers.map((transfer) => transfer.kind)}::text[]),
        unnest(${transfers.map((transfer) => transfer.debitAccountId)}::uuid[]),
        unnest(${transfers.map((transfer) => transfer.creditAccountId)}::uuid[]),
        unnest(${transfers.map((transfer) => text(transfer.debitVersion))}::bigint[]),
        unnest(${transfers.map((transfer) => text(transfer.creditVersion))}::bigint[]),
        unnest(${transfers.map((transfer) => transfer.debitCountyCode)}::text[]),
        unnest(${transfers.map((transfer) => transfer.creditCountyCode)}::text[]),
        unnest(${transfers.map((transfer) => text(transfer.amount))}::bigint[]),
        unnest(${transfers.map((transfer) => transfer.referenceId)}::uuid[]),
        unnest(${transfers.map((transfer) => transfer.pendingId)}::uuid[]),
        unnest(${transfers.map((transfer) => transfer.reversesId)}::uuid[]),
        unnest(${transfers.map((transfer) => isoDay(transfer.happenedOn))}::date[]),
        unnest(${transfers.map((transfer) => transfer.expiresAt ?? null)}::timestamptz[]),
        unnest(${transfers.map((transfer) => text(transfer.debitAfter.debitsPosted))}::bigint[]),
        unnest(${transfers.map((transfer) => text(transfer.debitAfter.debitsPending))}::bigint[]),
        unnest(${transfers.map((transfer) => text(transfer.debitAfter.creditsPosted))}::bigint[]),
        unnest(${transfers.map((transfer) => text(transfer.debitAfter.creditsPending))}::bigint[]),
        unnest(${transfers.map((transfer) => text(transfer.creditAfter.debitsPosted))}::bigint[]),
        unnest(${transfers.map((transfer) => text(transfer.creditAfter.debitsPending))}::bigint[]),
        unnest(${transfers.map((transfer) => text(transfer.creditAfter.creditsPosted))}::bigint[]),
        unnest(${transfers.map((transfer) => text(transfer.creditAfter.creditsPending))}::bigint[]),
        unnest(${transfers.map((transfer) => transfer.contentHash)}::bytea[])
    ), stored as (
      insert into ledger.transfer (
        province_id, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
        debit_county_code, credit_county_code, amount, reference_id, pending_id, reverses_id, happened_on,
        expires_at, recorded_at,
        debit_debits_posted, debit_debits_pending, debit_credits_posted, debit_credits_pending,
        credit_debits_posted, credit_debits_pending, credit_credits_posted, credit_credits_pending,
        content_hash
      )
      select
        ${provinceId}, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
        debit_county_code, credit_county_code, amount, reference_id, pending_id, reverses_id, happened_on,
        expires_at, ${recordedAt}::timestamptz,
        debit_debits_posted, debit_debits_pending, debit_credits_posted, debit_credits_pending,
        credit_debits_posted, credit_debits_pending, credit_credits_posted, credit_credits_pending,
        content_hash
      from given
      on conflict (province_id, id) do nothing
      returning id
    ), moved as (
      update ledger.account as account set
        debits_posted = sums.debits_posted,
        debits_pending = sums.debits_pending,
        credits_posted = sums.credits_posted,
        credits_pending = sums.credits_pending,
        version = sums.version,
        moved_at = ${recordedAt}::timestamptz
      from unnest(
        ${accounts.map((account) => account.id)}::uuid[],
        ${accounts.map((account) => text(account.debitsPosted))}::bigint[],
        ${accounts.map((account) => text(account.debitsPending))}::bigint[],
        ${accounts.map((account) => text(account.creditsPosted))}::bigint[],
        ${accounts.map((account) => text(account.creditsPending))}::bigint[],
        ${accounts.map((account) => text(account.version))}::bigint[]
      ) as sums (id, debits_posted, debits_pending, credits_posted, credits_pending, version)
      where account.province_id = ${provinceId} and account.id = sums.id
    )
    select id from given
    where (select count(*) from stored) < ${transfers.length}
    except
    select id from stored
  `.execute(tx);
  return rows.map(({ id }) => id);
}
