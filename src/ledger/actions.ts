import { hash } from 'node:crypto';
import type { Id } from '#kernel/id.ts';
import { assert, must, ok, refused } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import type {
  Account,
  AccountKey,
  Balance,
  BatchMode,
  NewAccount,
  StatementLine,
  TransferAnswer,
  TransferOrder,
  TransferRefusal,
} from './contract.ts';
import {
  findAccount,
  findAccountsByKey,
  findAccountsOfOwner,
  findOriginals,
  findPendings,
  findTransfers,
  insertAccounts,
  insertTransfers,
  listTransfers,
  lockAccounts,
  sumTransfers,
  updateAccounts,
} from './queries.ts';
import type { AccountAsOf, LockedAccount } from './queries.ts';
import { contentOf, decidePosting, replay } from './rules.ts';
import type { Posting, PostingFacts } from './rules.ts';

const keyOf = ({ ownerId, kind, share }: AccountKey): string => `${ownerId} ${kind} ${share}`;

/**
 * Opens accounts of one province, in the order given. An account whose owner, kind and share exist is given
 * back as it stands, under the id it has: opening twice opens once. Throws when it was opened with another
 * county or limit, which is a bug of the caller.
 */
export async function openAccounts(tx: Tx, accounts: readonly NewAccount[]): Promise<Account[]> {
  const provinceId = accounts[0]?.provinceId;
  if (provinceId === undefined) return [];
  assert(
    accounts.every((account) => account.provinceId === provinceId),
    'accounts of two provinces in one transaction',
  );
  await insertAccounts(tx, accounts);
  const found = new Map(
    (await findAccountsByKey(tx, { provinceId, keys: accounts })).map((account) => [keyOf(account), account]),
  );
  return accounts.map((wanted) => {
    const account = must(found.get(keyOf(wanted)), `account ${keyOf(wanted)} is outside the scope`);
    assert(
      account.bounded === wanted.bounded && account.countyCode === wanted.countyCode,
      `account ${keyOf(wanted)} was opened with another county or limit`,
    );
    return account;
  });
}

/** All accounts of an owner (a slice, a notifier), as they stand now. */
export const accountsOf = (
  tx: Tx,
  owner: { readonly provinceId: number; readonly ownerId: Id },
): Promise<Account[]> => findAccountsOfOwner(tx, owner);

export type Batch = {
  readonly provinceId: number;
  readonly orders: readonly TransferOrder[];
  readonly mode: BatchMode;
  readonly clock: Clock;
};

/**
 * Posts one transfer or thousands, by the same path: lock the accounts, read what the orders refer to, decide,
 * write two statements. The answers stand in the order of the batch.
 *
 * A linked batch with one refusal is refused as a whole, by the first refusal; an unlinked one answers each
 * order for itself. An id that another transaction took for other accounts at the same moment refuses the
 * whole batch (`OtherContent`) in both modes; tried again, that order alone is refused.
 */
export async function postTransfers(
  tx: Tx,
  batch: Batch,
): Promise<Result<readonly TransferAnswer[], TransferRefusal>> {
  const { provinceId, orders, mode, clock } = batch;
  if (orders.length === 0) return ok([]);
  const accountIds = distinct(orders.flatMap((order) => [order.debitAccountId, order.creditAccountId]));
  const accounts = await lockAccounts(tx, { provinceId, ids: accountIds });
  const facts = await loadFacts(tx, { provinceId, orders, accounts });
  const posting = decidePosting(facts, mode);
  const refusal = posting.answers.find((answer) => isFirstCause(answer));
  if (mode === 'linked' && refusal?.outcome === 'refused') return refused(refusal.refusal);
  const taken = await store(tx, { provinceId, posting, recordedAt: nextInstant(clock, accounts) });
  return taken === undefined ? ok(posting.answers) : refused({ kind: 'OtherContent', transferId: taken });
}

const distinct = (ids: readonly (Id | null)[]): Id[] => [...new Set(ids.filter((id) => id !== null))];

const isFirstCause = (answer: TransferAnswer): boolean =>
  answer.outcome === 'refused' && answer.refusal.kind !== 'LinkedFailed';

/**
 * Read only after the accounts are locked: each statement sees what was committed before it began, so whatever
 * another transaction did under the same locks is among the facts.
 */
async function loadFacts(
  tx: Tx,
  given: {
    readonly provinceId: number;
    readonly orders: readonly TransferOrder[];
    readonly accounts: readonly Account[];
  },
): Promise<PostingFacts> {
  const { provinceId, orders, accounts } = given;
  const pendingIds = distinct(orders.map((order) => order.pendingId));
  const originalIds = distinct(orders.map((order) => order.reversesId));
  const existing = await findTransfers(tx, { provinceId, ids: orders.map((order) => order.id) });
  const pendings = pendingIds.length === 0 ? [] : await findPendings(tx, { provinceId, ids: pendingIds });
  const originals = originalIds.length === 0 ? [] : await findOriginals(tx, { provinceId, ids: originalIds });
  return { accounts, orders, existing, pendings, originals };
}

/** Never before the latest transfer of any of the accounts, so that versions and instants agree (L12). */
function nextInstant(clock: Clock, accounts: readonly LockedAccount[]): Date {
  const latest = accounts.map((account) => account.movedAt?.getTime() ?? 0);
  return new Date(latest.reduce((a, b) => Math.max(a, b), clock.now().getTime()));
}

/** Gives back an id that somebody else has taken meanwhile; what was written then must be rolled back. */
async function store(
  tx: Tx,
  given: { readonly provinceId: number; readonly posting: Posting; readonly recordedAt: Date },
): Promise<Id | undefined> {
  const { provinceId, posting, recordedAt } = given;
  if (posting.transfers.length === 0) return undefined;
  const transfers = posting.transfers.map((transfer) => ({
    ...transfer,
    contentHash: hash('sha256', contentOf(provinceId, transfer), 'buffer'),
  }));
  const stored = await insertTransfers(tx, { provinceId, transfers, recordedAt });
  const taken = transfers.find((transfer) => !stored.has(transfer.id));
  if (taken !== undefined) return taken.id;
  await updateAccounts(tx, { provinceId, accounts: posting.accounts, movedAt: recordedAt });
  return undefined;
}

/**
 * What an account held at an instant, added up from its transfers; with `asOf` null, what it holds now.
 * Undefined when there is no such account in the reader's scope. The instant is to be a closed one: a
 * transaction that is still open may yet record a transfer before it.
 */
export async function balanceOf(tx: Tx, account: AccountAsOf): Promise<Balance | undefined> {
  const found = await findAccount(tx, account);
  if (found === undefined) return undefined;
  if (account.asOf === null) return sumsOf(found);
  const sums = await sumTransfers(tx, account);
  return {
    debitsPosted: sums.debits_posted,
    debitsPending: sums.debits_pending,
    creditsPosted: sums.credits_posted,
    creditsPending: sums.credits_pending,
    version: sums.version,
  };
}

const sumsOf = (account: Account): Balance => ({
  debitsPosted: account.debitsPosted,
  debitsPending: account.debitsPending,
  creditsPosted: account.creditsPosted,
  creditsPending: account.creditsPending,
  version: account.version,
});

/** Every transfer of an account up to an instant, each with what the account held after it. */
export async function statementOf(tx: Tx, account: AccountAsOf): Promise<StatementLine[]> {
  return replay(account.accountId, await listTransfers(tx, account));
}
