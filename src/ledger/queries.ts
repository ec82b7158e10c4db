import { sql } from 'kysely';
import { isoOf } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type {
  Account,
  AccountKey,
  NewAccount,
  NewTransfer,
  OriginalFact,
  PendingFact,
  Transfer,
  TransferPhase,
} from './contract.ts';

/** Rows of one province by their ids. */
export type Ids = { readonly provinceId: number; readonly ids: readonly Id[] };

/** An account as it stands, with the instant of its latest transfer. */
export type LockedAccount = Account & { readonly movedAt: Date | null };

/**
 * The second fences beside the policies (L9): on a Citus cluster a policy on anything but the province has been
 * reported to be ignored.
 */
const accountInScope = sql`(platform.scope_county() is null or county_code = platform.scope_county())`;
const transferInScope = sql`(
  platform.scope_county() is null
  or debit_county_code = platform.scope_county()
  or credit_county_code = platform.scope_county()
)`;

type AccountRow = {
  province_id: number;
  id: Id;
  owner_id: Id;
  kind: string;
  share: string;
  county_code: string | null;
  bounded: boolean;
  debits_posted: Rial;
  debits_pending: Rial;
  credits_posted: Rial;
  credits_pending: Rial;
  version: bigint;
  moved_at: Date | null;
};

const accountColumns = sql`
  province_id, id, owner_id, kind, share, county_code, bounded,
  debits_posted, debits_pending, credits_posted, credits_pending, version, moved_at
`;

const accountOf = (row: AccountRow): LockedAccount => ({
  provinceId: row.province_id,
  id: row.id,
  ownerId: row.owner_id,
  kind: row.kind,
  share: row.share,
  countyCode: row.county_code,
  bounded: row.bounded,
  debitsPosted: row.debits_posted,
  debitsPending: row.debits_pending,
  creditsPosted: row.credits_posted,
  creditsPending: row.credits_pending,
  version: row.version,
  movedAt: row.moved_at,
});

type TransferRow = {
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
  recorded_at: Date;
};

const transferColumns = sql`
  province_id, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
  debit_county_code, credit_county_code, amount, reference_id, pending_id, reverses_id, happened_on,
  recorded_at
`;

const transferOf = (row: TransferRow): Transfer => ({
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
  recordedAt: row.recorded_at,
});

/** Adds the accounts that are not there; those whose owner, kind and share have one already stay as they are. */
export async function insertAccounts(tx: Tx, accounts: readonly NewAccount[]): Promise<void> {
  await sql`
    insert into ledger.account (province_id, id, owner_id, kind, share, county_code, bounded)
    select province_id, id, owner_id, kind, share, county_code, bounded
    from unnest(
      ${accounts.map((account) => account.provinceId)}::smallint[],
      ${accounts.map((account) => account.id)}::uuid[],
      ${accounts.map((account) => account.ownerId)}::uuid[],
      ${accounts.map((account) => account.kind)}::text[],
      ${accounts.map((account) => account.share)}::text[],
      ${accounts.map((account) => account.countyCode)}::text[],
      ${accounts.map((account) => account.bounded)}::boolean[]
    ) as given (province_id, id, owner_id, kind, share, county_code, bounded)
    order by id
    on conflict (province_id, owner_id, kind, share) do nothing
  `.execute(tx);
}

export async function findAccountsByKey(
  tx: Tx,
  { provinceId, keys }: { readonly provinceId: number; readonly keys: readonly AccountKey[] },
): Promise<Account[]> {
  const { rows } = await sql<AccountRow>`
    select ${accountColumns}
    from ledger.account
    where province_id = ${provinceId}
      and ${accountInScope}
      and (owner_id, kind, share) in (
        select owner_id, kind, share
        from unnest(
          ${keys.map((key) => key.ownerId)}::uuid[],
          ${keys.map((key) => key.kind)}::text[],
          ${keys.map((key) => key.share)}::text[]
        ) as given (owner_id, kind, share)
      )
  `.execute(tx);
  return rows.map(accountOf);
}

export async function findAccountsOfOwner(
  tx: Tx,
  { provinceId, ownerId }: { readonly provinceId: number; readonly ownerId: Id },
): Promise<Account[]> {
  const { rows } = await sql<AccountRow>`
    select ${accountColumns}
    from ledger.account
    where province_id = ${provinceId} and owner_id = ${ownerId} and ${accountInScope}
    order by kind, share
  `.execute(tx);
  return rows.map(accountOf);
}

/** Locks in the order of ids, so that two batches over the same accounts wait for each other and never stick. */
export async function lockAccounts(tx: Tx, { provinceId, ids }: Ids): Promise<LockedAccount[]> {
  const { rows } = await sql<AccountRow>`
    select ${accountColumns}
    from ledger.account
    where province_id = ${provinceId} and id = any(${ids}::uuid[]) and ${accountInScope}
    order by id
    for update
  `.execute(tx);
  return rows.map(accountOf);
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

export type TransfersToStore = {
  readonly provinceId: number;
  readonly transfers: readonly (NewTransfer & { readonly contentHash: Buffer })[];
  readonly recordedAt: Date;
};

/** Stores a batch in one statement. Gives back the ids that were stored: an id already there is left out. */
export async function insertTransfers(
  tx: Tx,
  { provinceId, transfers, recordedAt }: TransfersToStore,
): Promise<ReadonlySet<Id>> {
  const days = new Map<Day, string>();
  const isoDay = (day: Day): string => {
    const iso = days.get(day) ?? isoOf(day);
    days.set(day, iso);
    return iso;
  };
  const { rows } = await sql<{ id: Id }>`
    insert into ledger.transfer (
      province_id, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
      debit_county_code, credit_county_code, amount, reference_id, pending_id, reverses_id, happened_on,
      recorded_at, content_hash
    )
    select
      ${provinceId}, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
      debit_county_code, credit_county_code, amount, reference_id, pending_id, reverses_id, happened_on,
      ${recordedAt}::timestamptz, content_hash
    from unnest(
      ${transfers.map((transfer) => transfer.id)}::uuid[],
      ${transfers.map((transfer) => transfer.phase)}::text[],
      ${transfers.map((transfer) => transfer.kind)}::text[],
      ${transfers.map((transfer) => transfer.debitAccountId)}::uuid[],
      ${transfers.map((transfer) => transfer.creditAccountId)}::uuid[],
      ${transfers.map((transfer) => transfer.debitVersion.toString())}::bigint[],
      ${transfers.map((transfer) => transfer.creditVersion.toString())}::bigint[],
      ${transfers.map((transfer) => transfer.debitCountyCode)}::text[],
      ${transfers.map((transfer) => transfer.creditCountyCode)}::text[],
      ${transfers.map((transfer) => transfer.amount.toString())}::bigint[],
      ${transfers.map((transfer) => transfer.referenceId)}::uuid[],
      ${transfers.map((transfer) => transfer.pendingId)}::uuid[],
      ${transfers.map((transfer) => transfer.reversesId)}::uuid[],
      ${transfers.map((transfer) => isoDay(transfer.happenedOn))}::date[],
      ${transfers.map((transfer) => transfer.contentHash)}::bytea[]
    ) as given (
      id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
      debit_county_code, credit_county_code, amount, reference_id, pending_id, reverses_id, happened_on,
      content_hash
    )
    on conflict (province_id, id) do nothing
    returning id
  `.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

export type AccountsToMove = {
  readonly provinceId: number;
  readonly accounts: readonly Account[];
  readonly movedAt: Date;
};

/** Writes the new sums of accounts that this transaction holds locked. */
export async function updateAccounts(
  tx: Tx,
  { provinceId, accounts, movedAt }: AccountsToMove,
): Promise<void> {
  await sql`
    update ledger.account as account set
      debits_posted = given.debits_posted,
      debits_pending = given.debits_pending,
      credits_posted = given.credits_posted,
      credits_pending = given.credits_pending,
      version = given.version,
      moved_at = ${movedAt}::timestamptz
    from unnest(
      ${accounts.map((account) => account.id)}::uuid[],
      ${accounts.map((account) => account.debitsPosted.toString())}::bigint[],
      ${accounts.map((account) => account.debitsPending.toString())}::bigint[],
      ${accounts.map((account) => account.creditsPosted.toString())}::bigint[],
      ${accounts.map((account) => account.creditsPending.toString())}::bigint[],
      ${accounts.map((account) => account.version.toString())}::bigint[]
    ) as given (id, debits_posted, debits_pending, credits_posted, credits_pending, version)
    where account.province_id = ${provinceId} and account.id = given.id
  `.execute(tx);
}

export type AccountAsOf = { readonly provinceId: number; readonly accountId: Id; readonly asOf: Date | null };

type SumsRow = {
  debits_posted: Rial;
  debits_pending: Rial;
  credits_posted: Rial;
  credits_pending: Rial;
  version: bigint;
};

/** The sums of an account's transfers up to an instant, added up from zero. */
export async function sumTransfers(tx: Tx, { provinceId, accountId, asOf }: AccountAsOf): Promise<SumsRow> {
  const { rows } = await sql<SumsRow>`
    select
      coalesce(sum(posted) filter (where side = 'debit'), 0)::bigint as debits_posted,
      coalesce(sum(pending) filter (where side = 'debit'), 0)::bigint as debits_pending,
      coalesce(sum(posted) filter (where side = 'credit'), 0)::bigint as credits_posted,
      coalesce(sum(pending) filter (where side = 'credit'), 0)::bigint as credits_pending,
      count(*) as version
    from (
      select
        side,
        case when phase in ('post', 'confirm') then amount else 0 end as posted,
        case phase when 'post' then 0 when 'pend' then amount else -amount end as pending
      from (
        select 'debit' as side, phase, amount
        from ledger.transfer
        where province_id = ${provinceId} and debit_account_id = ${accountId} and ${transferInScope}
          and (${asOf}::timestamptz is null or recorded_at <= ${asOf}::timestamptz)
        union all
        select 'credit' as side, phase, amount
        from ledger.transfer
        where province_id = ${provinceId} and credit_account_id = ${accountId} and ${transferInScope}
          and (${asOf}::timestamptz is null or recorded_at <= ${asOf}::timestamptz)
      ) as touching
    ) as effect
  `.execute(tx);
  return must(rows[0], 'a sum has one row');
}

/** The transfers of an account up to an instant, in the order of its versions. */
export async function listTransfers(
  tx: Tx,
  { provinceId, accountId, asOf }: AccountAsOf,
): Promise<Transfer[]> {
  const { rows } = await sql<TransferRow>`
    select ${transferColumns}
    from (
      select ${transferColumns}, debit_version as version
      from ledger.transfer
      where province_id = ${provinceId} and debit_account_id = ${accountId} and ${transferInScope}
      union all
      select ${transferColumns}, credit_version as version
      from ledger.transfer
      where province_id = ${provinceId} and credit_account_id = ${accountId} and ${transferInScope}
    ) as touching
    where ${asOf}::timestamptz is null or recorded_at <= ${asOf}::timestamptz
    order by version
  `.execute(tx);
  return rows.map(transferOf);
}

export async function findAccount(
  tx: Tx,
  { provinceId, accountId }: { readonly provinceId: number; readonly accountId: Id },
): Promise<Account | undefined> {
  const { rows } = await sql<AccountRow>`
    select ${accountColumns}
    from ledger.account
    where province_id = ${provinceId} and id = ${accountId} and ${accountInScope}
  `.execute(tx);
  return rows.map(accountOf)[0];
}
