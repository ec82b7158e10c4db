import { isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { assert, must, ok, refused } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import { isPositive, minus, plus, rial, zero } from '#kernel/rial.ts';
import type { Rial } from '#kernel/rial.ts';
import type {
  Account,
  Balance,
  BatchMode,
  InstantRefusal,
  NewTransfer,
  OriginalFact,
  PendingFact,
  StatementLine,
  Sums,
  Transfer,
  TransferAnswer,
  TransferKinds,
  TransferOrder,
  TransferPhase,
  TransferRefusal,
} from './contract.ts';

/** What must be known to answer a batch. Whatever is not among the facts does not exist. */
export type PostingFacts = {
  readonly accounts: readonly Account[];
  readonly orders: readonly TransferOrder[];
  /** The stored transfers that bear the id of one of the orders. */
  readonly existing: readonly TransferOrder[];
  readonly pendings: readonly PendingFact[];
  readonly originals: readonly OriginalFact[];
  /** The instant at which the batch will be recorded. */
  readonly at: Date;
  /** What the caller's room declares of its transfers; null where it declares nothing. */
  readonly kinds: TransferKinds | null;
};

export type Posting = {
  readonly transfers: readonly NewTransfer[];
  /** The accounts that moved, as they stand after the batch. */
  readonly accounts: readonly Account[];
  /** One answer for each order, in the order of the batch. */
  readonly answers: readonly TransferAnswer[];
};

/** How each phase moves the posted and the pending sum of both accounts, in multiples of the amount. */
const effects = {
  post: { posted: 1n, pending: 0n },
  pend: { posted: 0n, pending: 1n },
  confirm: { posted: 1n, pending: -1n },
  void: { posted: 0n, pending: -1n },
} as const satisfies Record<TransferPhase, { posted: bigint; pending: bigint }>;

const ends = (phase: TransferPhase): boolean => phase === 'confirm' || phase === 'void';

export const emptyBalance: Balance = {
  debitsPosted: zero,
  debitsPending: zero,
  creditsPosted: zero,
  creditsPending: zero,
  version: 0n,
};

/** What the account holds: what came in less what went out; pending sums do not count. */
export const balance = (of: Balance): Rial => minus(of.creditsPosted, of.debitsPosted);

/** What may still leave a bounded account: the balance less what is held for pending debits (L2). */
export const drawable = (of: Balance): Rial => minus(balance(of), of.debitsPending);

/**
 * The content of an order, in one canonical text: two orders are the same command exactly when these are
 * equal (L5). Its SHA-256 is stored with the transfer, so that a changed row no longer agrees with itself.
 */
export const contentOf = (provinceId: number, order: TransferOrder): string =>
  JSON.stringify([
    provinceId,
    order.id,
    order.phase,
    order.pendingId,
    order.debitAccountId,
    order.creditAccountId,
    order.amount.toString(),
    order.kind,
    order.referenceId,
    order.reversesId,
    isoOf(order.happenedOn),
    ...(order.expiresAt ? [order.expiresAt.toISOString()] : []),
  ]);

/** Throws when an order is none: a field that is missing or cannot be written, an ending without its pending. */
export function assertForm(provinceId: number, order: TransferOrder): void {
  contentOf(provinceId, order);
  assertEnding(order);
}

const assertEnding = (order: TransferOrder): void =>
  assert(
    ends(order.phase) === (order.pendingId !== null),
    `transfer ${order.id}: pendingId and phase disagree`,
  );

/** The account one transfer later. */
export function moved<Of extends Balance>(
  account: Of,
  transfer: Pick<TransferOrder, 'phase' | 'amount'>,
  side: 'debit' | 'credit',
): Of {
  const effect = effects[transfer.phase];
  const posted = rial(transfer.amount * effect.posted);
  const pending = rial(transfer.amount * effect.pending);
  const sums =
    side === 'debit'
      ? {
          debitsPosted: plus(account.debitsPosted, posted),
          debitsPending: plus(account.debitsPending, pending),
        }
      : {
          creditsPosted: plus(account.creditsPosted, posted),
          creditsPending: plus(account.creditsPending, pending),
        };
  return { ...account, ...sums, version: account.version + 1n };
}

/**
 * The history of one account, replayed from zero or from what it held at a version: `transfers` are all that
 * followed, in the order of its versions. Throws when a version is missing or twice there.
 */
export function replay(
  accountId: Id,
  transfers: readonly Transfer[],
  from: Balance = emptyBalance,
): StatementLine[] {
  let after = from;
  return transfers.map((transfer) => {
    const side = transfer.debitAccountId === accountId ? 'debit' : 'credit';
    after = moved(after, transfer, side);
    const version = side === 'debit' ? transfer.debitVersion : transfer.creditVersion;
    assert(
      version === after.version,
      `account ${accountId}: version ${version} where ${after.version} is due`,
    );
    return { transfer, side, after };
  });
}

/** The facts, indexed and moving on with every order that is accepted. */
type Books = Pick<PostingFacts, 'at' | 'kinds'> & {
  readonly accounts: Map<Id, Account>;
  readonly moved: Set<Id>;
  readonly known: Map<Id, TransferOrder>;
  readonly pendings: Map<Id, PendingFact>;
  readonly originals: Map<Id, OriginalFact>;
  readonly transfers: NewTransfer[];
};

const openBooks = (facts: PostingFacts): Books => ({
  at: facts.at,
  kinds: facts.kinds,
  accounts: new Map(facts.accounts.map((account) => [account.id, account])),
  moved: new Set(),
  known: new Map(facts.existing.map((transfer) => [transfer.id, transfer])),
  pendings: new Map(facts.pendings.map((pending) => [pending.transfer.id, pending])),
  originals: new Map(facts.originals.map((original) => [original.transfer.id, original])),
  transfers: [],
});

/**
 * Answers a batch of orders, in their order, each seeing what those before it did. Nothing here reads a clock
 * or a table: whoever holds the locks on `accounts` may store exactly what comes back.
 */
export function decidePosting(facts: PostingFacts, mode: BatchMode): Posting {
  const books = openBooks(facts);
  const answers: TransferAnswer[] = [];
  for (const order of facts.orders) {
    assertEnding(order);
    const answer = answerTo(books, order);
    if (mode === 'linked' && answer.outcome === 'refused') return linkedRefusal(facts.orders, answer);
    answers.push(answer);
  }
  return {
    transfers: books.transfers,
    accounts: [...books.moved].map((id) => accountOf(books, id)),
    answers,
  };
}

function linkedRefusal(
  orders: readonly TransferOrder[],
  failed: Extract<TransferAnswer, { outcome: 'refused' }>,
): Posting {
  const because = failed.refusal.kind;
  const answers = orders.map(({ id }): TransferAnswer =>
    id === failed.id
      ? failed
      : { id, outcome: 'refused', refusal: { kind: 'LinkedFailed', transferId: id, because } },
  );
  return { transfers: [], accounts: [], answers };
}

function answerTo(books: Books, order: TransferOrder): TransferAnswer {
  const known = books.known.get(order.id);
  if (known !== undefined) {
    // The province is that of the whole batch, so any constant compares alike.
    const same = contentOf(0, known) === contentOf(0, order);
    if (same) return { id: order.id, outcome: 'replayed' };
    return { id: order.id, outcome: 'refused', refusal: { kind: 'OtherContent', transferId: order.id } };
  }
  const refusal =
    formRefusal(books, order) ??
    kindRefusal(books, order) ??
    expiryRefusal(books, order) ??
    endingRefusal(books, order) ??
    reversalRefusal(books, order) ??
    overdraftRefusal(books, order);
  if (refusal !== undefined) return { id: order.id, outcome: 'refused', refusal };
  record(books, order);
  return { id: order.id, outcome: 'posted' };
}

function formRefusal(books: Books, order: TransferOrder): TransferRefusal | undefined {
  if (!isPositive(order.amount)) return { kind: 'AmountNotPositive', transferId: order.id };
  if (order.debitAccountId === order.creditAccountId) return { kind: 'SameAccount', transferId: order.id };
  const missing = [order.debitAccountId, order.creditAccountId].find((id) => !books.accounts.has(id));
  return missing === undefined ? undefined : { kind: 'AccountMissing', accountId: missing };
}

/** A declared kind says which phases it has and between which kinds of account it moves (T10). */
function kindRefusal(books: Books, order: TransferOrder): TransferRefusal | undefined {
  if (books.kinds === null) return undefined;
  const declared = Object.hasOwn(books.kinds, order.kind) ? books.kinds[order.kind] : undefined;
  const debit = accountOf(books, order.debitAccountId).kind;
  const credit = accountOf(books, order.creditAccountId).kind;
  const [from, to] = order.reversesId === null ? [debit, credit] : [credit, debit];
  const fits =
    declared !== undefined &&
    declared.phases.includes(order.phase) &&
    declared.from.includes(from) &&
    declared.to.includes(to);
  return fits ? undefined : { kind: 'KindDiffers', transferId: order.id, transferKind: order.kind };
}

/** The instant itself belongs to the time after: what expires at noon is not confirmed at noon. */
function expiryRefusal(books: Books, order: TransferOrder): TransferRefusal | undefined {
  const { expiresAt = null } = order;
  if (expiresAt !== null && order.phase !== 'pend') return { kind: 'ExpiryMisplaced', transferId: order.id };
  const ended = order.phase === 'confirm' && order.pendingId !== null ? order.pendingId : null;
  const until = ended === null ? expiresAt : (books.pendings.get(ended)?.transfer.expiresAt ?? null);
  if (until === null || until > books.at) return undefined;
  // Who confirms what was ended before is told that, not the time.
  if (ended !== null && books.pendings.get(ended)?.ended === true) return undefined;
  return { kind: 'PendingExpired', transferId: order.id, expiredAt: until.toISOString() };
}

function endingRefusal(books: Books, order: TransferOrder): TransferRefusal | undefined {
  if (order.pendingId === null) return undefined;
  const pending = books.pendings.get(order.pendingId);
  const names = { transferId: order.id, pendingId: order.pendingId };
  if (pending === undefined || pending.ended || pending.transfer.phase !== 'pend')
    return { kind: 'NotPending', ...names };
  const { transfer } = pending;
  const same =
    transfer.debitAccountId === order.debitAccountId &&
    transfer.creditAccountId === order.creditAccountId &&
    transfer.amount === order.amount &&
    transfer.reversesId === order.reversesId;
  return same ? undefined : { kind: 'PendingDiffers', ...names };
}

/**
 * A reversal is counted when it is posted or held; confirming it changes nothing here, dropping it frees it.
 * Both ends are locked by then, and every reversal of a transfer has the same two: none can race past.
 */
function reversalRefusal(books: Books, order: TransferOrder): TransferRefusal | undefined {
  if (order.reversesId === null || ends(order.phase)) return undefined;
  const original = books.originals.get(order.reversesId);
  const names = { transferId: order.id, reversesId: order.reversesId };
  const moneyMoved = original?.transfer.phase === 'post' || original?.transfer.phase === 'confirm';
  if (original === undefined || !moneyMoved) return { kind: 'ReversalDiffers', ...names };
  const opposite =
    original.transfer.debitAccountId === order.creditAccountId &&
    original.transfer.creditAccountId === order.debitAccountId;
  if (!opposite) return { kind: 'ReversalDiffers', ...names };
  const left = minus(original.transfer.amount, original.reversed);
  return order.amount > left ? { kind: 'ReversalExceeds', ...names, left } : undefined;
}

function overdraftRefusal(books: Books, order: TransferOrder): TransferRefusal | undefined {
  const account = accountOf(books, order.debitAccountId);
  if (!account.bounded || drawable(moved(account, order, 'debit')) >= zero) return undefined;
  return { kind: 'Overdraft', transferId: order.id, accountId: account.id, left: drawable(account) };
}

const accountOf = (books: Books, id: Id): Account => must(books.accounts.get(id), `account ${id} not loaded`);

function record(books: Books, order: TransferOrder): void {
  const debit = moved(accountOf(books, order.debitAccountId), order, 'debit');
  const credit = moved(accountOf(books, order.creditAccountId), order, 'credit');
  for (const account of [debit, credit]) {
    books.accounts.set(account.id, account);
    books.moved.add(account.id);
  }
  books.known.set(order.id, order);
  books.originals.set(order.id, { transfer: order, reversed: zero });
  if (order.phase === 'pend') books.pendings.set(order.id, { transfer: order, ended: false });
  if (order.pendingId !== null) endPending(books, order.pendingId);
  if (order.reversesId !== null) countReversal(books, order.reversesId, order);
  books.transfers.push({
    ...order,
    debitVersion: debit.version,
    creditVersion: credit.version,
    debitCountyCode: debit.countyCode,
    creditCountyCode: credit.countyCode,
    debitAfter: sumsOf(debit),
    creditAfter: sumsOf(credit),
  });
}

const sumsOf = ({ debitsPosted, debitsPending, creditsPosted, creditsPending }: Sums): Sums => ({
  debitsPosted,
  debitsPending,
  creditsPosted,
  creditsPending,
});

function endPending(books: Books, pendingId: Id): void {
  const pending = must(books.pendings.get(pendingId), `pending ${pendingId} not loaded`);
  books.pendings.set(pendingId, { ...pending, ended: true });
}

function countReversal(books: Books, reversesId: Id, order: TransferOrder): void {
  const original = must(books.originals.get(reversesId), `original ${reversesId} not loaded`);
  const change = { post: order.amount, pend: order.amount, confirm: zero, void: minus(zero, order.amount) }[
    order.phase
  ];
  books.originals.set(reversesId, { ...original, reversed: plus(original.reversed, change) });
}

/** An instant of the past may be asked about once it is closed: up to `newest` nothing is recorded any more. */
export const decideInstant = (asked: Date, newest: Date | null): Result<Date, InstantRefusal> =>
  newest !== null && asked <= newest
    ? ok(asked)
    : refused({ kind: 'InstantOpen', newest: newest?.toISOString() ?? null });
