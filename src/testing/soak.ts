import { setTimeout as pause } from 'node:timers/promises';
import { day } from '#kernel/day.ts';
import { newId, type Id } from '#kernel/id.ts';
import { assert, must, ok } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { balanceOf, openAccounts, postTransfers, statementOf } from '#ledger/actions.ts';
import type { Balance, BatchMode, TransferOrder, TransferPhase } from '#ledger/contract.ts';
import { expirePending } from '#ledger/expiry/actions.ts';
import { openGathering, type Gathering } from '#ledger/gather/actions.ts';
import { balance, contentOf, drawable } from '#ledger/rules.ts';
import { closeInstant } from '#ledger/watermark/actions.ts';
import { systemClock as clock } from '#platform/clock.ts';
import { inTransaction, noScope, openDatabase, read, type Database, type Scope } from '#platform/db.ts';
import { appRole } from '#platform/installation.ts';
import { onSocket } from '#platform/postgres.ts';
import { openFaulty, type Cut, type Faulty } from './faults.ts';
import { openTrial, template, type Trial } from './trial.ts';

// The ledger under faults (L5, L15): clients that ask carelessly and ask again when they were not answered,
// connections that are cut before and after a commit, a server that is killed and started again. What was asked
// and which faults befell comes from a seed; in which order things met does not, that is the point of it.

const provinceId = 5;
const scope: Scope = { ...noScope, province: provinceId };
const accountCount = 8;

export type SoakOptions = { readonly clients: number; readonly commands: number };

/** Whole numbers below a bound, the same for the same seed (xorshift32). */
function seeded(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Answer = { readonly order: TransferOrder; readonly outcome: string; readonly tries: number };

type Run = {
  readonly db: Database;
  readonly gathering: Gathering;
  readonly random: (below: number) => number;
  readonly accounts: readonly Id[];
  readonly answers: Answer[];
  /** What was held at closed instants, as it was read then. */
  readonly moments: { readonly at: Date; readonly balances: readonly bigint[] }[];
};

const fresh = (): Id => newId(Date.now());
const pick = <Item>(run: Run, list: readonly Item[]): Item => must(list[run.random(list.length)], 'an item');

/** Asks again under the same ids until there is an answer, as a clerk's screen does. */
async function insist<Done>(work: () => Promise<Done>): Promise<{ done: Done; tries: number }> {
  for (let tries = 1; ; tries += 1) {
    try {
      return { done: await work(), tries };
    } catch (error) {
      if (tries > 400) throw error;
      await pause(5 + Math.min(tries, 20) * 5);
    }
  }
}

function forward(run: Run): TransferOrder {
  const phase: TransferPhase = run.random(4) === 0 ? 'pend' : 'post';
  const from = run.random(accountCount);
  const to = (from + 1 + run.random(accountCount - 1)) % accountCount;
  return {
    id: fresh(),
    phase,
    pendingId: null,
    debitAccountId: must(run.accounts[from], 'an account'),
    creditAccountId: must(run.accounts[to], 'an account'),
    amount: rial(BigInt(1 + run.random(60))),
    kind: 'soak',
    referenceId: must(run.accounts[0], 'an account'),
    reversesId: null,
    happenedOn: day('1403-06-15'),
    expiresAt: phase === 'pend' && run.random(3) === 0 ? new Date(Date.now() + run.random(600)) : null,
  };
}

/** Something new, the end of something pending, a reversal, or an order that was answered before. */
function ask(run: Run): TransferOrder {
  const known = run.answers.filter(({ outcome }) => outcome === 'posted');
  const die = run.random(10);
  if (known.length === 0 || die < 6) return forward(run);
  const { order } = pick(run, known);
  if (die === 6) return order;
  if (order.phase === 'pend')
    return {
      ...order,
      id: fresh(),
      phase: run.random(2) === 0 ? 'confirm' : 'void',
      pendingId: order.id,
      expiresAt: null,
    };
  if (order.phase !== 'post' || order.reversesId !== null) return forward(run);
  return {
    ...order,
    id: fresh(),
    debitAccountId: order.creditAccountId,
    creditAccountId: order.debitAccountId,
    reversesId: order.id,
  };
}

async function postSingle(run: Run): Promise<void> {
  const order = ask(run);
  const { done, tries } = await insist(() => run.gathering.post({ provinceId, scope, order }));
  run.answers.push({ order, outcome: done.ok ? done.value : done.refusal.kind, tries });
}

async function postBatch(run: Run, mode: BatchMode): Promise<void> {
  const orders = Array.from({ length: 2 + run.random(5) }, () => ask(run));
  const { done, tries } = await insist(() =>
    inTransaction(run.db, scope, (tx) => postTransfers(tx, { provinceId, orders, mode, clock })),
  );
  for (const [index, order] of orders.entries()) {
    const answer = done.ok ? must(done.value[index], 'an answer') : undefined;
    const outcome = answer?.outcome ?? 'refused';
    run.answers.push({ order, outcome, tries });
  }
}

async function lookBack(run: Run): Promise<void> {
  const { done: at } = await insist(() => closeInstant(run.db, { provinceId, scope, clock }));
  if (at === null) return;
  const { done: balances } = await insist(() => balancesAt(run, at));
  run.moments.push({ at, balances });
}

const balancesAt = (run: Run, at: Date | null): Promise<bigint[]> =>
  read(run.db, scope, async (tx) => {
    const found: bigint[] = [];
    for (const accountId of run.accounts) {
      const held = must(await balanceOf(tx, { provinceId, accountId, asOf: at }), 'a balance');
      found.push(balance(held), held.debitsPending, held.creditsPending);
    }
    return found;
  });

async function client(run: Run, commands: number): Promise<void> {
  for (let turn = 0; turn < commands; turn += 1) {
    const die = run.random(20);
    if (die < 12) await postSingle(run);
    else if (die < 15) await postBatch(run, 'linked');
    else if (die < 18) await postBatch(run, 'unlinked');
    else if (die < 19) await lookBack(run);
    else
      await insist(() =>
        inTransaction(run.db, scope, (tx) => expirePending(tx, { provinceId, clock, most: 50 })),
      );
  }
}

async function openRun(db: Database, random: Run['random']): Promise<Run> {
  const accounts = Array.from({ length: accountCount }, fresh);
  const ownerId = fresh();
  await insist(() =>
    inTransaction(db, scope, async (tx) =>
      ok(
        await openAccounts(
          tx,
          accounts.map((id, index) => ({
            id,
            provinceId,
            ownerId,
            kind: `account ${index}`,
            share: 'open',
            countyCode: null,
            bounded: index > 0,
          })),
        ),
      ),
    ),
  );
  return { db, gathering: openGathering({ db, clock }), random, accounts, answers: [], moments: [] };
}

/** L1, L2, L5, L12 and L15, from the stored rows. */
async function check(run: Run): Promise<number> {
  const stored = new Map<string, TransferOrder>();
  let sum = 0n;
  for (const [index, accountId] of run.accounts.entries()) {
    const { lines, now } = await read(run.db, scope, async (tx) => ({
      // Replays from zero, and throws at a gap in the versions.
      lines: await statementOf(tx, { provinceId, accountId, asOf: null }),
      now: must(await balanceOf(tx, { provinceId, accountId, asOf: null }), 'a balance'),
    }));
    const last: Balance | undefined = lines.at(-1)?.after;
    for (const field of [
      'debitsPosted',
      'debitsPending',
      'creditsPosted',
      'creditsPending',
      'version',
    ] as const)
      assert((last?.[field] ?? 0n) === now[field], `account ${accountId}: ${field} is not its replay`);
    for (const { transfer, after } of lines) {
      stored.set(transfer.id, transfer);
      assert(index === 0 || drawable(after) >= 0n, `account ${accountId} was below zero (L2)`);
    }
    sum += balance(now);
  }
  assert(sum === 0n, `the accounts add up to ${sum} (L1)`);
  checkAnswers(run, stored);
  for (const { at, balances } of run.moments) {
    const now = await balancesAt(run, at);
    assert(
      now.every((held, place) => held === balances[place]),
      `a balance as of ${at.toISOString()} has changed since (L12)`,
    );
  }
  return stored.size;
}

function checkAnswers(run: Run, stored: ReadonlyMap<string, TransferOrder>): void {
  const acted = new Map<string, number>();
  const known = new Set<string>();
  for (const { order, outcome } of run.answers) {
    known.add(order.id);
    const row = stored.get(order.id);
    if (outcome === 'posted') acted.set(order.id, (acted.get(order.id) ?? 0) + 1);
    if (outcome === 'posted' || outcome === 'replayed')
      assert(
        row !== undefined && contentOf(provinceId, row) === contentOf(provinceId, order),
        `${order.id} was acknowledged and is not in the ledger (L15)`,
      );
  }
  for (const { order, outcome } of run.answers) {
    const elsewhere = run.answers.some(
      (other) => other.order.id === order.id && (other.outcome === 'posted' || other.outcome === 'replayed'),
    );
    const refused = outcome !== 'posted' && outcome !== 'replayed';
    assert(!refused || elsewhere || !stored.has(order.id), `${order.id} was refused and is in the ledger`);
  }
  for (const [id, times] of acted) assert(times === 1, `${id} acted ${times} times (L5)`);
  const ended = [...stored.values()].flatMap(({ pendingId }) => pendingId ?? []);
  assert(new Set(ended).size === ended.length, 'a pending transfer was ended twice');
  const strange = [...stored.values()].find(({ id, kind }) => kind !== 'expire' && !known.has(id));
  assert(strange === undefined, `${strange?.id} is in the ledger and nobody asked for it`);
}

export type SoakReport = {
  readonly seed: number;
  readonly commands: number;
  readonly stored: number;
  readonly repeated: number;
  readonly moments: number;
  readonly cuts: { readonly before: number; readonly after: number; readonly kills: number };
};

/** One run on a server that is there: throws with the law that was broken. */
async function soakOnce(trial: Trial, seed: number, options: SoakOptions): Promise<SoakReport> {
  const random = seeded(seed);
  const faults = seeded(seed + 1_000_003);
  let quiet = false;
  const cutNext = (): Cut => (quiet ? 'none' : (['before', 'after'] as const)[faults(30)]) ?? 'none';
  const faulty: Faulty = await openFaulty(trial, cutNext);
  const connection = onSocket(faulty.socketFolder, appRole, template);
  const db = openDatabase({ connection, role: null, most: 20, name: 'karsaz-soak' });
  try {
    const run = await openRun(db, random);
    const clients = Array.from({ length: options.clients }, () => client(run, options.commands));
    const killer = pause(100 + faults(400)).then(faulty.kill);
    await Promise.all([...clients, killer]);
    quiet = true;
    const again = pick(
      run,
      run.answers.filter(({ outcome }) => outcome === 'posted'),
    ).order;
    const replayed = await insist(() => run.gathering.post({ provinceId, scope, order: again }));
    assert(replayed.done.ok && replayed.done.value === 'replayed', `${again.id} acted again (L5)`);
    return {
      seed,
      commands: run.answers.length,
      stored: await check(run),
      repeated: run.answers.filter(({ tries }) => tries > 1).length,
      moments: run.moments.length,
      cuts: { ...faulty.counts() },
    };
  } finally {
    await db.destroy();
    await faulty.close();
  }
}

/** So many runs, one after another, on a server of their own with fsync. */
export async function* soak(
  seeds: readonly number[],
  options: SoakOptions = { clients: 64, commands: 6 },
): AsyncGenerator<SoakReport> {
  const trial = await openTrial({ durable: true });
  try {
    assert(trial.complaint === null, trial.complaint ?? '');
    for (const seed of seeds)
      try {
        yield await soakOnce(trial, seed, options);
      } catch (error) {
        throw new Error(`the run of seed ${seed} failed`, { cause: error });
      }
  } finally {
    await trial.close();
  }
}
