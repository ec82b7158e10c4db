// What the books of a credit line must say after every deed, by a naive model of it.

import { sql } from 'kysely';
import { expect } from 'vitest';
import { listAccountSums, listSlices, listTurnovers } from '#credit/queries.ts';
import { standingsOf } from '#credit/standing.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { balanceOf } from '#ledger/actions.ts';
import type { Tx } from '#platform/db.ts';
import { alborz } from './credits.ts';
import { type NaiveAward, type NaiveLine, type NaiveSlice, has } from './slicetree.ts';

/** Reads the province of the test. */
export type Look = <Found>(work: (tx: Tx) => Promise<Found>) => Promise<Found>;

const asked = (lineId: string) => ({ provinceId: alborz, lineId, id: null });

type Move = { from: Id; to: Id; phase: string; kind: string; amount: bigint };

async function movesOf(look: Look, lineId: Id): Promise<Move[]> {
  const { rows } = await look((tx) =>
    sql<Move>`
      select distinct t.debit_account_id as "from", t.credit_account_id as "to", t.phase, t.kind, t.amount, t.id
      from ledger.read_transfer t
      join ledger.read_account a on a.province_id = t.province_id
        and a.id in (t.debit_account_id, t.credit_account_id)
      join credit.slice s on s.province_id = a.province_id and s.id = a.owner_id
      where s.province_id = ${alborz} and s.line_id = ${lineId}
    `.execute(tx),
  );
  return rows;
}

export type AccountRow = { id: Id; owner: Id; key: string; balance: bigint; held: bigint };

async function accountsOfLine(look: Look, lineId: Id): Promise<AccountRow[]> {
  const { rows } = await look((tx) =>
    sql<AccountRow>`
      select a.id, a.owner_id as owner, a.kind || ' ' || a.share as key,
        a.credits_posted - a.debits_posted as balance, a.debits_pending as held
      from credit.slice s
      join ledger.read_account a on a.province_id = s.province_id and a.owner_id = s.id
      where s.province_id = ${alborz} and s.line_id = ${lineId}
    `.execute(tx),
  );
  return rows;
}

const sumOf = (list: readonly { amount: bigint }[]): bigint =>
  list.reduce((sum, { amount }) => sum + amount, 0n);

export async function compare(look: Look, model: NaiveLine, lineId: Id): Promise<AccountRow[]> {
  const accounts = await accountsOfLine(look, lineId);
  const moves = await movesOf(look, lineId);
  const posted = moves.filter(({ phase }) => phase === 'post' || phase === 'confirm');
  for (const account of accounts) {
    const node = must(
      model.nodes.find((one) => one.id === account.owner),
      'a slice that the model has',
    );
    // L2, and the model agrees to the rial.
    expect(account.balance - account.held).toBeGreaterThanOrEqual(0n);
    expect(`${node.place} ${account.key} ${account.balance}`).toBe(
      `${node.place} ${account.key} ${has(node, account.key)}`,
    );
    // L1 from the transfers alone.
    const replayed =
      sumOf(posted.filter(({ to }) => to === account.id)) -
      sumOf(posted.filter(({ from }) => from === account.id));
    expect(replayed).toBe(account.balance);
  }
  expect(accounts.reduce((sum, { balance }) => sum + balance, 0n)).toBe(model.notified);
  expect(sumOf(posted.filter(({ kind }) => kind === 'notify'))).toBe(model.notified);
  lockAddsUp(model);
  // L3: what no cut took stands under the reserve in its share, rounded up once, wherever it went since.
  expect(model.lockedNet).toBe(model.shareOfNet());
  await standingsAgree(look, model, lineId);
  return accounts;
}

/** L3: what the root locked is in its own lock, in the awards drawn from it, and in its children's locks. */
function lockAddsUp(model: NaiveLine): void {
  const root = model.nodes[0];
  if (root === undefined) return;
  expect(root.received.get('cooperative')).toBe(model.lockedAtRoot);
  for (const node of model.nodes) {
    for (const share of ['open', 'cooperative']) {
      const own = [...node.purse]
        .filter(([key]) => key.endsWith(` ${share}`))
        .reduce((sum, [, amount]) => sum + amount, 0n);
      const below = model.children(node).reduce((sum, child) => sum + (child.received.get(share) ?? 0n), 0n);
      expect(own + below).toBe(node.received.get(share));
    }
  }
  for (const award of model.awards)
    if (award.share === 'cooperative') expect(award.amount).toBeGreaterThan(0n);
}

/** L1 and L11 as a screen shows them. */
async function standingsAgree(look: Look, model: NaiveLine, lineId: Id): Promise<void> {
  const standings = await look(async (tx) =>
    standingsOf(
      await listSlices(tx, asked(lineId)),
      await listAccountSums(tx, asked(lineId)),
      await listTurnovers(tx, asked(lineId)),
    ),
  );
  for (const node of model.nodes) {
    const standing = must(standings.get(node.id), 'a standing');
    const received = [...node.received.values()].reduce((a, b) => a + b, 0n);
    expect(BigInt(standing.amount)).toBe(received);
    const children = model.children(node).map((child) => must(standings.get(child.id), 'a standing'));
    expect(children.reduce((sum, child) => sum + BigInt(child.amount), 0n)).toBe(BigInt(standing.sliced));
    const under = (one: NaiveSlice | null): boolean => one !== null && (one === node || under(one.parent));
    const awards = model.awards.filter((award) => under(award.node));
    const total = (of: (award: NaiveAward) => bigint) => awards.reduce((sum, award) => sum + of(award), 0n);
    expect(BigInt(standing.paidSoFar)).toBe(total(({ paid }) => paid));
    expect(BigInt(standing.reportedNotConfirmed)).toBe(total(({ reported }) => reported ?? 0n));
    const reached = (...states: string[]) =>
      total(({ state, amount, released }) => (states.includes(state) ? amount - released : 0n));
    const contracted = ['contracted', 'part_paid', 'paid', 'ended'];
    expect(BigInt(standing.contractedSoFar)).toBe(reached(...contracted));
    expect(BigInt(standing.referredSoFar)).toBe(reached('referred', ...contracted));
  }
}

/** L12: what each account held then, added up from its transfers. */
export async function asOf(look: Look, at: Date, accounts: readonly AccountRow[]): Promise<void> {
  for (const account of accounts) {
    const then = await look((tx) => balanceOf(tx, { provinceId: alborz, accountId: account.id, asOf: at }));
    const { creditsPosted, debitsPosted, debitsPending } = must(then, 'an account');
    expect([creditsPosted - debitsPosted, debitsPending]).toEqual([account.balance, account.held]);
  }
}

/** The line's own state and version, which county offices read, are those of its case. */
export async function lineIsItsCase(
  look: Look,
  line: { id: Id; state: string; version: number },
): Promise<void> {
  const { rows } = await look((tx) =>
    sql<{ state: string; version: number }>`
      select state, version from casework.read_case where province_id = ${alborz} and id = ${line.id}
    `.execute(tx),
  );
  expect(rows[0]).toEqual({ state: line.state, version: line.version });
}
