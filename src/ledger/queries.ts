import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { Account, AccountKey, NewAccount } from './contract.ts';

/** Rows of one province by their ids. */
export type Ids = { readonly provinceId: number; readonly ids: readonly Id[] };

/** An account as it stands, with the instant of its latest transfer. */
export type LockedAccount = Account & { readonly movedAt: Date | null };

/**
 * The second fences beside the policies (L9): on a Citus cluster a policy on anything but the province has been
 * reported to be ignored.
 */
export const accountInScope = sql`(platform.scope_county() is null or county_code = platform.scope_county())`;
export const transferInScope = sql`(
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

/**
 * Locks one after another in the order of ids, so that two batches over the same accounts wait for each other
 * and never stick. Each is looked up by its key, however many accounts the province has.
 */
export async function lockAccounts(tx: Tx, { provinceId, ids }: Ids): Promise<LockedAccount[]> {
  const { rows } = await sql<AccountRow>`
    select ${accountColumns}
    from unnest(${ids.toSorted()}::uuid[]) as asked (asked_id)
    cross join lateral (
      select ${accountColumns}
      from ledger.account
      where province_id = ${provinceId} and id = asked_id and ${accountInScope}
      for update
    ) as locked
  `.execute(tx);
  return rows.map(accountOf);
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
