import * as fc from 'fast-check';
import { sql } from 'kysely';
import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, read } from '#platform/db.ts';
import { at, booksOf, newAccount, order, outcomes, provinceId, scopeOf } from '#testing/books.ts';
import { NaiveLedger, askedHistories, freshPool, ordersOf } from '#testing/histories.ts';
import type { Pool } from '#testing/histories.ts';
import { openHouse } from '#testing/house.ts';
import { balanceOf, statementOf } from './actions.ts';
import { expirePending } from './expiry/actions.ts';
import { openGathering } from './gather/actions.ts';
import type { TransferOrder } from './contract.ts';
import { balance, contentOf, drawable } from './rules.ts';

const house = await openHouse();
const { account, open, openSet, post } = booksOf(house);
const scope = scopeOf(provinceId);

async function openPool(pool: Pool): Promise<void> {
  const ownerId = pool.referenceId;
  await open(
    pool.accountIds.map((id, index) =>
      newAccount({ id, ownerId, kind: `kind ${index}`, bounded: index > 0 }),
    ),
  );
}

/** Cuts a history into batches of one to eight orders, as the sizes say. */
function batchesOf(orders: readonly TransferOrder[], sizes: readonly number[]): TransferOrder[][] {
  const batches: TransferOrder[][] = [];
  let from = 0;
  for (let turn = 0; from < orders.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    batches.push(orders.slice(from, from + size));
    from += size;
  }
  return batches;
}

const gathering = openGathering(house);

/** Which transfers of this history ran out; those that an earlier one left open are ended along with them. */
async function expire(pool: Pool): Promise<Id[]> {
  const expired = await inTransaction(house.db, scope, (tx) =>
    expirePending(tx, { provinceId, clock: house.clock, most: 100 }),
  );
  return must(expired.ok ? expired.value : undefined, 'nothing refuses an expiry').filter((id) =>
    pool.transferIds.includes(id),
  );
}

/** The projection of what is still open and runs out, against the transfers themselves. */
async function checkExpiries(naive: NaiveLedger): Promise<void> {
  const waiting = naive.accepted.filter(
    ({ id, phase, expiresAt }) =>
      phase === 'pend' && expiresAt && !naive.accepted.some(({ pendingId }) => pendingId === id),
  );
  const { rows } = await read(house.db, scope, (tx) =>
    sql<{ pending_id: Id; expires_at: Date }>`
      select pending_id, expires_at from ledger.expiry where province_id = ${provinceId}
        and pending_id = any(${naive.accepted.map(({ id }) => id)}::uuid[])
    `.execute(tx),
  );
  expect(new Map(rows.map((row) => [row.pending_id, row.expires_at]))).toEqual(
    new Map(waiting.map((pending) => [pending.id, pending.expiresAt])),
  );
}

async function checkAccounts(pool: Pool, naive: NaiveLedger): Promise<void> {
  let sum = 0n;
  for (const [index, id] of pool.accountIds.entries()) {
    const stored = must(await account(id), 'an account');
    const { posted, held } = naive.sums(id);
    expect(balance(stored)).toBe(posted);
    expect(drawable(stored)).toBe(posted - held);
    if (index > 0) expect(drawable(stored)).toBeGreaterThanOrEqual(0n);
    sum += balance(stored);
    // Throws when a version is missing or twice there.
    const lines = await read(house.db, scope, (tx) =>
      statementOf(tx, { provinceId, accountId: id, asOf: null }),
    );
    expect(stored).toMatchObject(lines.at(-1)?.after ?? { version: 0n, creditsPosted: 0n });
    expect(lines.length).toBe(
      naive.accepted.filter((each) => [each.debitAccountId, each.creditAccountId].includes(id)).length,
    );
  }
  expect(sum).toBe(0n);
}

async function checkInstants(
  pool: Pool,
  known: readonly { at: Date; sums: { posted: bigint; held: bigint }[] }[],
): Promise<void> {
  const last = new Map(known.map((moment) => [moment.at.getTime(), moment]));
  await read(house.db, scope, async (tx) => {
    for (const moment of last.values())
      for (const [index, id] of pool.accountIds.entries()) {
        const then = await balanceOf(tx, { provinceId, accountId: id, asOf: moment.at });
        const { posted, held } = must(moment.sums[index], 'sums');
        expect(balance(must(then, 'a balance'))).toBe(posted);
        expect(drawable(must(then, 'a balance'))).toBe(posted - held);
      }
  });
}

// A walk that comes back to itself needs no chance: the same on every machine.
const step = (turn: number, most: number): number => (turn * 7_919 + 13) % most;

describe('random histories on the database', () => {
  test('are answered as a naive ledger answers them, and every past instant equals the replay from zero', async () => {
    await fc.assert(
      fc.asyncProperty(
        askedHistories(50),
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(
          fc.record({
            linked: fc.boolean(),
            gathered: fc.boolean(),
            expires: fc.boolean(),
            wait: fc.integer({ min: 0, max: 9 }),
          }),
        ),
        async (asked, sizes, turns) => {
          const pool = freshPool(house.clock.now());
          await openPool(pool);
          const naive = new NaiveLedger(pool);
          const known: { at: Date; sums: { posted: bigint; held: bigint }[] }[] = [];
          for (const batch of batchesOf(ordersOf(pool, asked), sizes)) {
            const { linked, wait, expires, gathered } = turns.next().value;
            house.clock.advance(wait);
            naive.now = house.clock.now();
            if (expires) expect((await expire(pool)).toSorted()).toEqual(naive.expire().toSorted());
            if (gathered) {
              const answers = await Promise.all(
                batch.map((each) => gathering.post({ provinceId, scope, order: each })),
              );
              expect(answers.map((answer) => (answer.ok ? answer.value : answer.refusal.kind))).toEqual(
                batch.map((each) => naive.answer(each)),
              );
              known.push({ at: house.clock.now(), sums: pool.accountIds.map((id) => naive.sums(id)) });
              continue;
            }
            const posted = await post(batch, { mode: linked ? 'linked' : 'unlinked' });
            if (linked) {
              const refusal = naive.answerLinked(batch);
              expect(posted.ok ? undefined : posted.refusal.kind).toBe(refusal);
            } else expect(outcomes(posted)).toEqual(batch.map((each) => naive.answer(each)));
            known.push({ at: house.clock.now(), sums: pool.accountIds.map((id) => naive.sums(id)) });
          }
          await checkAccounts(pool, naive);
          await checkExpiries(naive);
          await checkInstants(pool, known);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  test('T17: balances as of 1,000 random instants equal the replay from zero', async () => {
    const accounts = await openSet();
    const began = house.clock.now().getTime();
    for (let turn = 0; turn < 250; turn += 1) {
      house.clock.advance(step(turn, 5));
      const from = at(accounts, turn % 3 === 0 ? 0 : 1 + step(turn, 3));
      const to = at(accounts, 1 + step(turn + 5, 3));
      if (from !== to) await post([order(from, to, { amount: rial(BigInt(1 + step(turn, 90))) })]);
    }
    const id = at(accounts, 1);
    const lines = await read(house.db, scope, (tx) =>
      statementOf(tx, { provinceId, accountId: id, asOf: null }),
    );
    expect(lines.length).toBeGreaterThan(50);
    const span = house.clock.now().getTime() - began;
    await read(house.db, scope, async (tx) => {
      for (let turn = 0; turn < 1_000; turn += 1) {
        const asOf = new Date(began + step(turn * 31, span + 1));
        const then = must(await balanceOf(tx, { provinceId, accountId: id, asOf }), 'a balance');
        const until = lines.filter(({ transfer }) => transfer.recordedAt <= asOf);
        const sum = until.reduce(
          (held, { side, transfer }) => (side === 'credit' ? held + transfer.amount : held - transfer.amount),
          0n,
        );
        expect(balance(then)).toBe(sum);
        expect(then.version).toBe(BigInt(until.length));
      }
    });
  });

  test('a clock that falls back never records a transfer before the one it follows', async () => {
    const [notifier, slice] = await openSet();
    const late: Clock = { now: () => new Date('2030-01-01T00:00:00Z') };
    const early: Clock = { now: () => new Date('2020-01-01T00:00:00Z') };
    for (const clock of [late, early, late])
      await post([order(must(notifier, 'id'), must(slice, 'id'))], { clock });
    const lines = await read(house.db, scope, (tx) =>
      statementOf(tx, { provinceId, accountId: must(slice, 'id'), asOf: late.now() }),
    );
    expect(lines.map(({ transfer }) => transfer.recordedAt)).toEqual([late.now(), late.now(), late.now()]);
  });

  test('every stored row agrees with the hash of its content', async () => {
    const [notifier, slice, bank] = await openSet();
    const pending = order(slice, bank, { phase: 'pend', amount: rial(40n) });
    const paid = order(slice, bank, { amount: rial(10n) });
    await post([
      order(notifier, slice),
      pending,
      paid,
      order(slice, bank, { phase: 'confirm', pendingId: pending.id, amount: rial(40n) }),
      order(bank, slice, { reversesId: paid.id, amount: rial(5n) }),
    ]);
    await read(house.db, scope, async (tx) => {
      const lines = await statementOf(tx, { provinceId, accountId: slice, asOf: null });
      expect(lines).toHaveLength(5);
      for (const { transfer } of lines) {
        const { rows } = await sql<{ content_hash: Buffer }>`
          select content_hash from ledger.read_transfer where province_id = ${provinceId} and id = ${transfer.id}
        `.execute(tx);
        expect(rows[0]?.content_hash).toEqual(hash('sha256', contentOf(provinceId, transfer), 'buffer'));
      }
    });
  });
});
