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
  TransferKinds,
  TransferOrder,
  TransferRefusal,
} from './contract.ts';
import { findSums, findVersion, listTransfers } from './balance/queries.ts';
import type { AccountAsOf } from './balance/queries.ts';
import { deleteExpiries, insertExpiries } from './expiry/queries.ts';
import {
  findAccount,
  findAccountsByKey,
  findAccountsOfOwner,
  insertAccounts,
  lockAccounts,
} from './queries.ts';
import type { LockedAccount } from './queries.ts';
import { contentOf, decidePosting, emptyBalance, replay } from './rules.ts';
import type { Posting, PostingFacts } from './rules.ts';
import { findOriginals, findPendings, findTaken, storePosting } from './transfer/queries.ts';

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
  /** What the caller's room declares of its transfers; an order that does not keep to it is refused. */
  readonly kinds?: TransferKinds;
};

/**
 * Posts one transfer or thousands, by the same path: lock the accounts, read what the orders refer to, decide,
 * store by one statement. The answers stand in the order of the batch.
 *
 * A linked batch with one refusal is refused as a whole, by the first refusal; an unlinked one answers each
 * order for itself. An id that another transaction took for other accounts at the same moment refuses the
 * whole batch (`OtherContent`) in both modes; tried again, that order alone is refused.
 */
export async function postTransfers(
  tx: Tx,
  batch: Batch,
): Promise<Result<readonly TransferAnswer[], TransferRefusal>> {
  const { provinceId, orders, mode } = batch;
  if (orders.length === 0) return ok([]);
  const accountIds = distinct(orders.flatMap((order) => [order.debitAccountId, order.creditAccountId]));
  const accounts = await lockAccounts(tx, { provinceId, ids: accountIds });
  const facts = await loadFacts(tx, batch, accounts);
  const posting = decidePosting(facts, mode);
  const refusal = posting.answers.find((answer) => isFirstCause(answer));
  if (mode === 'linked' && refusal?.outcome === 'refused') return refused(refusal.refusal);
  const taken = await store(tx, { provinceId, posting, recordedAt: facts.at });
  return taken === undefined ? ok(posting.answers) : refused({ kind: 'OtherContent', transferId: taken });
}

const distinct = (ids: readonly (Id | null)[]): Id[] => [...new Set(ids.filter((id) => id !== null))];

const isFirstCause = (answer: TransferAnswer): boolean =>
  answer.outcome === 'refused' && answer.refusal.kind !== 'LinkedFailed';

/**
 * Read only after the accounts are locked: each statement sees what was committed before it began, so whatever
 * another transaction did under the same locks is among the facts.
 */
async function loadFacts(tx: Tx, batch: Batch, accounts: readonly LockedAccount[]): Promise<PostingFacts> {
  const { provinceId, orders, clock, kinds = null } = batch;
  const pendingIds = distinct(orders.map((order) => order.pendingId));
  const originalIds = distinct(orders.map((order) => order.reversesId));
  const { transfers, announcedAt } = await findTaken(tx, {
    provinceId,
    ids: orders.map((order) => order.id),
  });
  const pendings = pendingIds.length === 0 ? [] : await findPendings(tx, { provinceId, ids: pendingIds });
  const originals = originalIds.length === 0 ? [] : await findOriginals(tx, { provinceId, ids: originalIds });
  const at = nextInstant(clock.now(), accounts, announcedAt);
  return { accounts, orders, existing: transfers, pendings, originals, at, kinds };
}

/**
 * Never before the latest transfer of any of the accounts, so that versions and instants agree, and always past
 * what was announced as the next watermark (L12).
 */
function nextInstant(now: Date, accounts: readonly LockedAccount[], announcedAt: Date | null): Date {
  const latest = accounts.map((account) => account.movedAt?.getTime() ?? 0);
  const open = announcedAt === null ? 0 : announcedAt.getTime() + 1;
  return new Date(latest.reduce((a, b) => Math.max(a, b), Math.max(now.getTime(), open)));
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
  const taken = await storePosting(tx, { provinceId, transfers, accounts: posting.accounts, recordedAt });
  if (taken.length > 0) return taken[0];
  const expiring = transfers.filter((transfer) => transfer.expiresAt);
  if (expiring.length > 0) await insertExpiries(tx, { provinceId, pendings: expiring });
  const ended = distinct(transfers.map((transfer) => transfer.pendingId));
  if (ended.length > 0) await deleteExpiries(tx, { provinceId, pendingIds: ended });
  return undefined;
}

/**
 * What an account held at an instant, as its newest transfer up to then says; with `asOf` null, what it holds
 * now. Undefined when there is no such account in the reader's scope. The instant is to be a closed one
 * (`closedInstant` gives it): a transaction that is still open may yet record a transfer before another.
 */
export async function balanceOf(tx: Tx, account: AccountAsOf): Promise<Balance | undefined> {
  if (account.asOf === null) {
    const found = await findAccount(tx, account);
    return found === undefined ? undefined : balanceIn(found);
  }
  const version = await findVersion(tx, account);
  return version === undefined ? undefined : balanceAt(tx, account, version);
}

async function balanceAt(tx: Tx, account: AccountAsOf, version: bigint): Promise<Balance> {
  if (version === 0n) return emptyBalance;
  const sums = await findSums(tx, { ...account, version });
  return { ...must(sums, `account ${account.accountId} has no version ${version}`), version };
}

const balanceIn = (account: Account): Balance => ({
  debitsPosted: account.debitsPosted,
  debitsPending: account.debitsPending,
  creditsPosted: account.creditsPosted,
  creditsPending: account.creditsPending,
  version: account.version,
});

/**
 * The transfers of an account up to an instant, each with what the account held after it; those after the
 * version `after` (none left out by default), at most `most`. Empty when the account is out of scope.
 */
export async function statementOf(
  tx: Tx,
  account: AccountAsOf & { readonly after?: bigint; readonly most?: number },
): Promise<StatementLine[]> {
  const { provinceId, accountId, asOf, after = 0n, most } = account;
  const last = asOf === null ? (await findAccount(tx, account))?.version : await findVersion(tx, account);
  if (last === undefined || after >= last) return [];
  const until = most === undefined || last - after <= BigInt(most) ? last : after + BigInt(most);
  const from = await balanceAt(tx, account, after);
  return replay(accountId, await listTransfers(tx, { provinceId, accountId, after, until }), from);
}
