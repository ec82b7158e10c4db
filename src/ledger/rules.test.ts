import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { minus, rial, zero } from '#kernel/rial.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { NaiveLedger, askedHistories, freshPool, ordersOf, playedAccounts } from '#testing/histories.ts';
import type { Account, TransferKinds, TransferOrder } from './contract.ts';
import { balance, contentOf, decideInstant, decidePosting, drawable, emptyBalance } from './rules.ts';
import type { Posting, PostingFacts } from './rules.ts';
import { ledgerRefusalWords } from './words.ts';

const ids = freshIds(300);
const idAt = (index: number): Id => must(ids[index], 'an id of the pool');
const pool = { ...freshPool(), accountIds: ids.slice(0, playedAccounts) };
const { accountIds } = pool;

const accounts = (): Account[] =>
  accountIds.map((id, index) => ({
    ...emptyBalance,
    id,
    provinceId: 5,
    ownerId: idAt(4),
    kind: `kind ${index}`,
    share: 'open',
    countyCode: null,
    bounded: index > 0,
  }));

const empty = (orders: readonly TransferOrder[]): PostingFacts => ({
  accounts: accounts(),
  orders,
  existing: [],
  pendings: [],
  originals: [],
  at: pool.beganAt,
  kinds: null,
});

const outcomes = (posting: Posting): string[] =>
  posting.answers.map((answer) => (answer.outcome === 'refused' ? answer.refusal.kind : answer.outcome));

const after = (posting: Posting, id: Id): Account =>
  must(
    [...posting.accounts, ...accounts()].find((account) => account.id === id),
    'an account of the pool',
  );

const histories = askedHistories().map((asked) => ordersOf(pool, asked));

describe('a batch of orders', () => {
  test('is answered as a naive ledger answers it, order by order, and leaves the same sums', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(histories, (orders) => {
        const naive = new NaiveLedger(pool);
        const wanted = orders.map((order) => naive.answer(order));
        const posting = decidePosting(empty(orders), 'unlinked');
        expect(outcomes(posting)).toEqual(wanted);
        for (const id of accountIds) {
          const { posted, held } = naive.sums(id);
          expect(balance(after(posting, id))).toBe(posted);
          expect(drawable(after(posting, id))).toBe(posted - held);
        }
        wanted.forEach((outcome) => met.add(outcome));
      }),
      { numRuns: 2_000 },
    );
    // The generator must reach every answer, or the comparison proves less than it says.
    expect([...met].sort()).toEqual(
      [
        'AccountMissing',
        'AmountNotPositive',
        'ExpiryMisplaced',
        'NotPending',
        'OtherContent',
        'Overdraft',
        'PendingDiffers',
        'PendingExpired',
        'ReversalDiffers',
        'ReversalExceeds',
        'SameAccount',
        'posted',
        'replayed',
      ].sort(),
    );
  });

  test('conserves money, keeps every bounded account at zero or above and numbers versions without a gap', () => {
    fc.assert(
      fc.property(histories, (orders) => {
        const posting = decidePosting(empty(orders), 'unlinked');
        const all = accountIds.map((id) => after(posting, id));
        expect(all.reduce((sum, account) => sum + balance(account), 0n)).toBe(0n);
        for (const account of all) {
          if (account.bounded) expect(drawable(account)).toBeGreaterThanOrEqual(zero);
          const versions = posting.transfers.flatMap((transfer) => [
            ...(transfer.debitAccountId === account.id ? [transfer.debitVersion] : []),
            ...(transfer.creditAccountId === account.id ? [transfer.creditVersion] : []),
          ]);
          expect(versions).toEqual(versions.map((_, index) => BigInt(index + 1)));
          expect(account.version).toBe(BigInt(versions.length));
        }
      }),
    );
  });

  test('is all or none when linked: one refusal stores nothing and names its cause', () => {
    fc.assert(
      fc.property(histories, (orders) => {
        const single = decidePosting(empty(orders), 'unlinked');
        const linked = decidePosting(empty(orders), 'linked');
        const first = outcomes(single).find((outcome) => outcome !== 'posted' && outcome !== 'replayed');
        if (first === undefined) {
          expect(linked).toEqual(single);
          return;
        }
        expect(linked.transfers).toEqual([]);
        expect(linked.accounts).toEqual([]);
        expect(linked.answers.every(({ outcome }) => outcome === 'refused')).toBe(true);
        expect(outcomes(linked).filter((kind) => kind !== 'LinkedFailed')).toContain(first);
      }),
    );
  });
});

const post = (change: Partial<TransferOrder>): TransferOrder => ({
  id: idAt(200),
  phase: 'post',
  pendingId: null,
  debitAccountId: idAt(0),
  creditAccountId: idAt(1),
  amount: rial(100n),
  kind: 'notify',
  referenceId: idAt(5),
  reversesId: null,
  happenedOn: day('1403-06-15'),
  ...change,
});

describe('an example from the office', () => {
  test('a payment that the branch reported holds its sum until the signed list confirms or drops it', () => {
    const pay = { debitAccountId: idAt(1), creditAccountId: idAt(2), amount: rial(80n) };
    const posting = decidePosting(
      empty([
        post({}),
        post({ ...pay, id: idAt(201), phase: 'pend' }),
        post({ ...pay, id: idAt(202), amount: rial(30n) }),
        post({ ...pay, id: idAt(203), phase: 'void', pendingId: idAt(201) }),
        post({ ...pay, id: idAt(204), amount: rial(30n) }),
        post({ ...pay, id: idAt(205), phase: 'confirm', pendingId: idAt(201) }),
      ]),
      'unlinked',
    );
    expect(outcomes(posting)).toEqual(['posted', 'posted', 'Overdraft', 'posted', 'posted', 'NotPending']);
    expect(posting.answers[2]).toMatchObject({ refusal: { left: 20n } });
    expect(balance(after(posting, idAt(1)))).toBe(minus(rial(100n), rial(30n)));
  });

  test('the content of an order changes with every one of its fields and with the province', () => {
    const changes: Partial<TransferOrder>[] = [
      { id: idAt(201) },
      { phase: 'pend' },
      { pendingId: idAt(202) },
      { debitAccountId: idAt(2) },
      { creditAccountId: idAt(3) },
      { amount: rial(101n) },
      { kind: 'refer' },
      { referenceId: idAt(6) },
      { reversesId: idAt(203) },
      { happenedOn: day('1403-06-16') },
      { expiresAt: new Date('2024-09-06T08:30:00Z') },
    ];
    const texts = [contentOf(5, post({})), contentOf(6, post({}))];
    expect(changes.map((change) => Object.keys(change)[0])).toEqual([...Object.keys(post({})), 'expiresAt']);
    expect(new Set([...texts, ...changes.map((change) => contentOf(5, post(change)))]).size).toBe(13);
  });

  test('a kind that is declared moves between its accounts, in its phases, and back by a reversal', () => {
    const kinds: TransferKinds = { refer: { from: ['kind 1'], to: ['kind 2'], phases: ['post'] } };
    const refer = { kind: 'refer', debitAccountId: idAt(1), creditAccountId: idAt(2), amount: rial(10n) };
    const asked = [
      post({ ...refer, id: idAt(210) }),
      post({ ...refer, id: idAt(211), creditAccountId: idAt(3) }),
      post({ ...refer, id: idAt(212), phase: 'pend' }),
      post({ ...refer, id: idAt(213), kind: 'toString' }),
      post({ ...refer, id: idAt(214), debitAccountId: idAt(2), creditAccountId: idAt(1) }),
      post({
        ...refer,
        id: idAt(215),
        debitAccountId: idAt(2),
        creditAccountId: idAt(1),
        reversesId: idAt(210),
      }),
    ];
    const rich = accounts().map((account) => ({ ...account, creditsPosted: rial(100n) }));
    const facts = { ...empty(asked), accounts: rich };
    const declared = decidePosting({ ...facts, kinds }, 'unlinked');
    const refusal = 'KindDiffers';
    expect(outcomes(declared)).toEqual(['posted', refusal, refusal, refusal, refusal, 'posted']);
    expect(outcomes(decidePosting(facts, 'unlinked')).filter((outcome) => outcome === refusal)).toEqual([]);
  });

  test('what ran out is confirmed no more, to the millisecond, but may still be dropped', () => {
    const pay = { debitAccountId: idAt(1), creditAccountId: idAt(2), amount: rial(80n) };
    const until = new Date(pool.beganAt.getTime() + 1);
    const pending = post({ ...pay, id: idAt(201), phase: 'pend', expiresAt: until });
    const confirm = post({ ...pay, id: idAt(202), phase: 'confirm', pendingId: pending.id });
    const drop = post({ ...pay, id: idAt(203), phase: 'void', pendingId: pending.id });
    const facts = { ...empty([]), pendings: [{ transfer: pending, ended: false }] };
    const held = accounts().map((account) => ({
      ...account,
      creditsPosted: rial(100n),
      debitsPending: account.id === idAt(1) ? rial(80n) : zero,
    }));
    const at = (instant: Date, orders: readonly TransferOrder[]): string[] =>
      outcomes(decidePosting({ ...facts, accounts: held, orders, at: instant }, 'unlinked'));
    expect(at(pool.beganAt, [confirm])).toEqual(['posted']);
    expect(at(until, [confirm, drop, confirm])).toEqual(['PendingExpired', 'posted', 'NotPending']);
  });

  test('an instant past the newest closed one is refused with that one', () => {
    const newest = pool.beganAt;
    const later = new Date(newest.getTime() + 1);
    expect(decideInstant(newest, newest)).toEqual({ ok: true, value: newest });
    expect(decideInstant(later, newest)).toEqual({
      ok: false,
      refusal: { kind: 'InstantOpen', newest: newest.toISOString() },
    });
    expect(decideInstant(later, null)).toMatchObject({ ok: false, refusal: { newest: null } });
    expect(ledgerRefusalWords.InstantOpen({ kind: 'InstantOpen', newest: newest.toISOString() }).fa).toMatch(
      /۱۴۰۳\/۰۶\/۱۵ ساعت ۱۲:۰۰/,
    );
  });
});
