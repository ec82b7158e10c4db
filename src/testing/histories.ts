import * as fc from 'fast-check';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import type { TransferOrder, TransferPhase } from '#ledger/contract.ts';
import { freshIds, rials } from './arbitraries.ts';
import { fixedClock } from './clock.ts';

/** How many accounts a history plays with. The first stands outside the programme and may go below zero. */
export const playedAccounts = 4;

/** The ids of one run: its accounts, its transfers and what they refer to. */
export type Pool = {
  readonly accountIds: readonly Id[];
  readonly transferIds: readonly Id[];
  /** An id of no account. */
  readonly strangerId: Id;
  readonly referenceId: Id;
  /** The instant from which expiries of the history count. */
  readonly beganAt: Date;
};

const transferCount = 30;

export function freshPool(beganAt: Date = fixedClock().now()): Pool {
  const ids = freshIds(playedAccounts + transferCount + 2);
  return {
    accountIds: ids.slice(0, playedAccounts),
    transferIds: ids.slice(playedAccounts, playedAccounts + transferCount),
    strangerId: must(ids.at(-1), 'an id'),
    referenceId: must(ids.at(-2), 'an id'),
    beganAt,
  };
}

/** What a client asks for, by places in a pool: the same history can be played with other ids. */
export type Asked = {
  readonly own: number;
  readonly phase: TransferPhase;
  readonly debit: number;
  readonly credit: number;
  readonly amount: bigint;
  readonly target: number;
  readonly reverses: boolean;
  readonly mirrors: boolean;
  readonly again: boolean;
  /** In so many milliseconds after the beginning it runs out; null: never. */
  readonly expires: number | null;
};

/** Orders as careless as clients are: ids come again, targets are wrong, amounts are nothing, ends are swapped. */
const asked: fc.Arbitrary<Asked> = fc.record({
  own: fc.integer({ min: 0, max: transferCount - 1 }),
  phase: fc.constantFrom('post', 'post', 'pend', 'confirm', 'void'),
  debit: fc.integer({ min: 0, max: playedAccounts }),
  credit: fc.integer({ min: 0, max: playedAccounts - 1 }),
  amount: rials({ min: 0n, max: 200n }),
  target: fc.integer({ min: 0, max: transferCount - 1 }),
  reverses: fc.boolean(),
  mirrors: fc.boolean(),
  again: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
  expires: fc.option(fc.integer({ min: -2, max: 60 }), { freq: 2 }),
});

/** What comes often enough to be accepted: an ending repeats its pending, a reversal mirrors its original. */
function orderOf(pool: Pool, want: Asked, before: readonly TransferOrder[]): TransferOrder {
  const targetId = must(pool.transferIds[want.target], 'a transfer of the pool');
  const target = before.find(({ id }) => id === targetId);
  if (want.again && target !== undefined) return target;
  const ending = want.phase === 'confirm' || want.phase === 'void';
  const reverses = want.reverses && want.mirrors && !ending && target !== undefined;
  const repeats = ending && want.mirrors && target !== undefined;
  // Now and then on an order that cannot run out.
  const expires = want.phase === 'pend' || want.amount === 7n ? want.expires : null;
  const from = pool.accountIds[want.debit] ?? pool.strangerId;
  const to = must(pool.accountIds[want.credit], 'an account of the pool');
  return {
    id: must(pool.transferIds[want.own], 'a transfer of the pool'),
    phase: want.phase,
    pendingId: ending ? targetId : null,
    debitAccountId: repeats ? target.debitAccountId : reverses ? target.creditAccountId : from,
    creditAccountId: repeats ? target.creditAccountId : reverses ? target.debitAccountId : to,
    amount: repeats ? target.amount : rial(want.amount),
    kind: 'move',
    referenceId: pool.referenceId,
    reversesId: repeats ? target.reversesId : reverses ? target.id : null,
    happenedOn: day('1403-06-15'),
    expiresAt: expires === null ? null : new Date(pool.beganAt.getTime() + expires),
  };
}

export function ordersOf(pool: Pool, list: readonly Asked[]): TransferOrder[] {
  const orders: TransferOrder[] = [];
  for (const want of list) orders.push(orderOf(pool, want, orders));
  return orders;
}

const asText = (order: TransferOrder): string =>
  Object.entries(order)
    .map(([field, value]) => `${field}=${value instanceof Date ? value.toISOString() : String(value)}`)
    .sort()
    .join();

/**
 * The ledger as a child would keep it: a list of what was accepted, and every question answered by going
 * through the whole list again. Shares no code with the rules but the names of the refusals.
 */
export class NaiveLedger {
  accepted: TransferOrder[] = [];
  now: Date;
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
    this.now = pool.beganAt;
  }

  private ended = (id: Id): boolean => this.accepted.some((transfer) => transfer.pendingId === id);
  private find = (id: Id | null): TransferOrder | undefined =>
    this.accepted.find((transfer) => transfer.id === id);

  sums(account: Id): { posted: bigint; held: bigint } {
    let posted = 0n;
    let held = 0n;
    for (const transfer of this.accepted) {
      const sign = transfer.creditAccountId === account ? 1n : transfer.debitAccountId === account ? -1n : 0n;
      if (transfer.phase === 'post' || transfer.phase === 'confirm') posted += sign * transfer.amount;
      if (transfer.phase === 'pend' && !this.ended(transfer.id) && sign < 0n) held += transfer.amount;
    }
    return { posted, held };
  }

  reversed(id: Id): bigint {
    return this.accepted
      .filter((transfer) => transfer.reversesId === id)
      .filter(({ phase }) => phase === 'post' || phase === 'pend')
      .filter(
        (transfer) =>
          !this.accepted.some((other) => other.phase === 'void' && other.pendingId === transfer.id),
      )
      .reduce((sum, { amount }) => sum + amount, 0n);
  }

  answer(order: TransferOrder): string {
    const known = this.find(order.id);
    if (known !== undefined) return asText(known) === asText(order) ? 'replayed' : 'OtherContent';
    const refusal = this.refusal(order);
    if (refusal !== undefined) return refusal;
    this.accepted.push(order);
    return 'posted';
  }

  /** All or none: the answers one by one, and what was accepted is taken back when one of them is a "no". */
  answerLinked(orders: readonly TransferOrder[]): string | undefined {
    const before = [...this.accepted];
    const refusal = orders
      .map((order) => this.answer(order))
      .find((outcome) => outcome !== 'posted' && outcome !== 'replayed');
    if (refusal !== undefined) this.accepted = before;
    return refusal;
  }

  private ranOut = (order: TransferOrder | undefined): boolean =>
    order?.expiresAt instanceof Date && order.expiresAt <= this.now;

  /** Voids what ran out, and says which. */
  expire(): Id[] {
    const due = this.accepted.filter(
      (transfer) => transfer.phase === 'pend' && !this.ended(transfer.id) && this.ranOut(transfer),
    );
    for (const [index, id] of freshIds(due.length).entries()) {
      const pending = must(due[index], 'a pending transfer');
      this.accepted.push({ ...pending, id, phase: 'void', pendingId: pending.id, expiresAt: null });
    }
    return due.map(({ id }) => id);
  }

  private refusal(order: TransferOrder): string | undefined {
    if (order.amount <= 0n) return 'AmountNotPositive';
    if (order.debitAccountId === order.creditAccountId) return 'SameAccount';
    const known = new Set<Id>(this.pool.accountIds);
    if (!known.has(order.debitAccountId) || !known.has(order.creditAccountId)) return 'AccountMissing';
    if (order.phase !== 'pend' && order.expiresAt) return 'ExpiryMisplaced';
    if (this.ranOut(order)) return 'PendingExpired';
    if (order.phase === 'confirm' || order.phase === 'void') {
      const pending = this.find(order.pendingId);
      const open = pending !== undefined && !this.ended(pending.id);
      if (order.phase === 'confirm' && open && this.ranOut(pending)) return 'PendingExpired';
      if (pending?.phase !== 'pend' || this.ended(pending.id)) return 'NotPending';
      const fields = ['debitAccountId', 'creditAccountId', 'amount', 'reversesId'] as const;
      return fields.every((field) => pending[field] === order[field]) ? undefined : 'PendingDiffers';
    }
    if (order.reversesId !== null) {
      const original = this.find(order.reversesId);
      if (original?.phase !== 'post' && original?.phase !== 'confirm') return 'ReversalDiffers';
      if (original.debitAccountId !== order.creditAccountId) return 'ReversalDiffers';
      if (original.creditAccountId !== order.debitAccountId) return 'ReversalDiffers';
      if (this.reversed(original.id) + order.amount > original.amount) return 'ReversalExceeds';
    }
    const { posted, held } = this.sums(order.debitAccountId);
    const bounded = order.debitAccountId !== this.pool.accountIds[0];
    return bounded && posted - held < order.amount ? 'Overdraft' : undefined;
  }
}

/** Histories of up to `most` orders; long ones are as likely as short ones. */
export const askedHistories = (most = 60): fc.Arbitrary<Asked[]> =>
  fc.array(asked, { maxLength: most, size: 'max' });
