import * as fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Id, id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { balanceOf } from '#ledger/actions.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import {
  actOrder,
  alborz,
  approvalOrder,
  awardOrder,
  byCategories,
  byCounties,
  done,
  freshId,
  letterOrder,
  lineOrder,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import type { AwardAct, BeneficiaryKind } from './contract.ts';
import { listAccountSums, listLines, listSlices, listTurnovers } from './queries.ts';
import { listParts } from './slicing/queries.ts';
import { standingsOf } from './standing.ts';

const house = await openHouse();
const credits = await openCredits(house);
const scope = { ...noScope, province: alborz };

// ---- a naive model: a tree of purses, every question answered by adding up

type Purse = Map<string, bigint>;
type Node = {
  id: string;
  parent: Node | null;
  axis: string;
  place: string;
  purse: Purse;
  received: Map<string, bigint>;
};
type Proposal = {
  id: string;
  node: Node;
  axis: string;
  amount: bigint;
  parts: [string, bigint][];
  state: string;
};
type Award = {
  id: string;
  node: Node;
  share: string;
  amount: bigint;
  paid: bigint;
  reported: bigint | null;
  state: string;
  version: number;
};

const put = (purse: Purse, key: string, amount: bigint): void => {
  purse.set(key, (purse.get(key) ?? 0n) + amount);
};
const has = (node: Node, key: string): bigint => node.purse.get(key) ?? 0n;
const rest = (node: Node): bigint => has(node, 'available open') + has(node, 'available cooperative');

/** Cuts `whole` by weights, each part rounded down, and what is left one by one to the greatest remainders. */
function cut(whole: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  const parts = weights.map((weight) => (whole * weight) / sum);
  const order = weights
    .map((weight, place) => ({ place, over: (whole * weight) % sum }))
    .sort((a, b) => (a.over === b.over ? a.place - b.place : a.over > b.over ? -1 : 1));
  let left = whole - parts.reduce((a, b) => a + b, 0n);
  for (const { place } of order) {
    if (left === 0n) break;
    parts[place] = must(parts[place], 'a part') + 1n;
    left -= 1n;
  }
  return parts;
}

class Model {
  nodes: Node[] = [];
  proposals: Proposal[] = [];
  awards: Award[] = [];
  notified = 0n;
  lockedAtRoot = 0n;
  readonly percent: bigint;

  constructor(percent: bigint) {
    this.percent = percent;
  }

  children = (node: Node): Node[] => this.nodes.filter(({ parent }) => parent === node);

  notify(amount: bigint, rootId: string): void {
    const root = this.nodes[0] ?? this.add({ id: rootId, parent: null, axis: 'province', place: '' });
    const locked = (amount * this.percent + 99n) / 100n;
    this.receive(root, amount - locked, locked);
    this.notified += amount;
    this.lockedAtRoot += locked;
  }

  add(node: Pick<Node, 'id' | 'parent' | 'axis' | 'place'>): Node {
    const added = { ...node, purse: new Map(), received: new Map() };
    this.nodes.push(added);
    return added;
  }

  receive(node: Node, open: bigint, locked: bigint): void {
    for (const [share, amount] of [['open', open] as const, ['cooperative', locked] as const]) {
      put(node.purse, `available ${share}`, amount);
      put(node.received, share, amount);
    }
  }

  axisFits(node: Node, axis: string): boolean {
    const there = this.children(node)[0]?.axis;
    if (there !== undefined) return there === axis;
    return axis === 'county' ? node.axis === 'province' : node.axis !== 'category';
  }

  approval(proposal: Proposal): string {
    if (proposal.state !== 'proposed') return 'CaseMovedOn';
    if (!this.axisFits(proposal.node, proposal.axis)) return 'AxisNotHere';
    return proposal.amount > rest(proposal.node) ? 'RestTooSmall' : 'ok';
  }

  approve(proposal: Proposal, idOf: (parent: Node, place: string) => string): void {
    const { node } = proposal;
    const parts = proposal.parts.filter(([, amount]) => amount > 0n);
    const left = rest(node) - proposal.amount;
    const locked = cut(has(node, 'available cooperative'), [...parts.map(([, amount]) => amount), left]);
    for (const [index, [place, amount]] of parts.entries()) {
      const child =
        this.children(node).find((one) => one.place === place) ??
        this.add({ id: idOf(node, place), parent: node, axis: proposal.axis, place });
      const part = must(locked[index], 'a locked part');
      put(node.purse, 'available open', part - amount);
      put(node.purse, 'available cooperative', -part);
      this.receive(child, amount - part, part);
    }
    proposal.state = 'approved';
  }

  awardShare(node: Node, amount: bigint, kind: BeneficiaryKind): string {
    if (this.children(node).length > 0) return 'SliceNotLeaf';
    if (kind === 'cooperative' && has(node, 'available cooperative') >= amount) return 'cooperative';
    return has(node, 'available open') >= amount ? 'open' : 'SliceExhausted';
  }

  /** What an act leads to: a new state, or a refusal. */
  act(award: Award, act: AwardAct, amount: bigint | null): string {
    const { state, reported } = award;
    const left = award.amount - award.paid;
    const paying = state === 'contracted' || state === 'part_paid';
    const unlawful =
      (act === 'refer' && state !== 'reserved') ||
      (act === 'contract' && state !== 'referred') ||
      (act === 'release' && !['reserved', 'referred', 'contracted'].includes(state)) ||
      (!['refer', 'contract', 'release'].includes(act) && !paying);
    if (unlawful) return 'ActUnlawful';
    if (act === 'report_payment') {
      if (reported !== null) return 'ReportOpen';
      return must(amount, 'a sum') > left ? 'ReportBeyondContract' : state;
    }
    if (act === 'refer') return 'referred';
    if (act === 'contract') return 'contracted';
    if (act === 'release') return reported === null ? 'released' : 'ReportOpen';
    if (reported === null) return 'ReportMissing';
    if (act === 'decline_report') return state;
    if (act === 'confirm_part_payment') return reported === left ? 'NothingLeft' : 'part_paid';
    return reported === left ? 'paid' : 'NotTheLast';
  }

  doAct(award: Award, act: AwardAct, amount: bigint | null, state: string): void {
    const go = (from: string, to: string, sum: bigint): void => {
      put(award.node.purse, `${from} ${award.share}`, -sum);
      put(award.node.purse, `${to} ${award.share}`, sum);
    };
    if (act === 'refer') go('reserved', 'referred', award.amount);
    if (act === 'contract') go('referred', 'contracted', award.amount);
    if (act === 'release') go(award.state, 'available', award.amount);
    if (act === 'report_payment') award.reported = amount;
    if (act.startsWith('confirm')) {
      const paid = must(award.reported, 'a report');
      go('contracted', 'paid', paid);
      award.paid += paid;
    }
    if (act.startsWith('confirm') || act === 'decline_report') award.reported = null;
    award.state = state;
    award.version += 1;
  }
}

// ---- random deeds

const acts: readonly AwardAct[] = [
  'refer',
  'contract',
  'report_payment',
  'decline_report',
  'confirm_part_payment',
  'confirm_last_payment',
  'release',
];
const kinds: readonly BeneficiaryKind[] = ['cooperative', 'cooperative', 'person', 'supporter', 'enterprise'];
const some = fc.nat({ max: 1000 });
const sums = fc.oneof(fc.bigInt(1n, 40n), fc.bigInt(1n, 10n ** 12n), fc.bigInt(1n, 10n ** 15n));

const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('notify' as const), sum: sums }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('propose' as const),
      at: some,
      county: fc.boolean(),
      /** In thousandths of the rest; above that it is too much. */
      part: fc.integer({ min: 1, max: 1050 }),
      weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
      slip: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('approve' as const), at: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), at: some }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('reserve' as const),
      at: some,
      part: fc.integer({ min: 1, max: 1100 }),
      kind: fc.constantFrom(...kinds),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      at: some,
      act: fc.constantFrom(...acts),
      /** Mostly an act that is lawful now, found by going round from `act`. */
      lawful: fc.integer({ min: 0, max: 4 }).map((die) => die > 0),
      part: fc.constantFrom(300, 500, 1000, 1000, 1200),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const pick = <One>(list: readonly One[], at: number): One | undefined => list[at % Math.max(1, list.length)];
const partOf = (whole: bigint, thousandths: number): bigint => {
  const part = (whole * BigInt(thousandths)) / 1000n;
  return part > 0n ? part : 1n;
};
const categoryKeys = ['clothing', 'leather', 'wood'] as const;

const inProvince = <Found>(work: Parameters<typeof read<Found>>[2]): Promise<Found> =>
  read(house.db, scope, work);
const asked = (lineId: string) => ({ provinceId: alborz, lineId, id: null });
const slicesOf = (lineId: string) => inProvince((tx) => listSlices(tx, asked(lineId)));

async function play(model: Model, lineId: Id, one: Step): Promise<void> {
  switch (one.do) {
    case 'notify': {
      done(await credits.notify(lineId, letterOrder(one.sum)));
      model.notify(one.sum, must((await slicesOf(lineId))[0], 'a root').id);
      return;
    }
    case 'propose':
      return playProposal(model, one);
    case 'approve': {
      const proposal = pick(model.proposals, one.at);
      if (proposal === undefined) return;
      const wanted = model.approval(proposal);
      expect(outcome(await credits.approve(proposal.id))).toBe(wanted);
      if (wanted !== 'ok') return;
      const slices = await slicesOf(lineId);
      model.approve(proposal, (parent, place) => {
        const made = slices.find(
          (slice) => slice.parentId === parent.id && [slice.countyCode, slice.categoryKey].includes(place),
        );
        return must(made, `a slice for ${place}`).id;
      });
      return;
    }
    case 'withdraw': {
      const proposal = pick(model.proposals, one.at);
      if (proposal === undefined) return;
      const wanted = proposal.state === 'proposed' ? 'ok' : 'CaseMovedOn';
      expect(outcome(await credits.withdraw(proposal.id))).toBe(wanted);
      if (wanted === 'ok') proposal.state = 'withdrawn';
      return;
    }
    case 'reserve': {
      const leaves = model.nodes.filter((node) => model.children(node).length === 0);
      const node = must(pick(one.at % 10 === 0 ? model.nodes : leaves, one.at), 'a slice');
      const amount = partOf(rest(node) / 2n, one.part);
      const order = awardOrder(amount, one.kind);
      const share = model.awardShare(node, amount, one.kind);
      const refusal = share === 'open' || share === 'cooperative' ? 'ok' : share;
      expect(outcome(await credits.reserve(node.id, order))).toBe(refusal);
      if (refusal !== 'ok') return;
      put(node.purse, `available ${share}`, -amount);
      put(node.purse, `reserved ${share}`, amount);
      const award = { id: order.id, node, share, amount, paid: 0n, reported: null };
      model.awards.push({ ...award, state: 'reserved', version: 1 });
      return;
    }
    case 'act':
      return playAct(model, one);
  }
}

async function playProposal(model: Model, one: Extract<Step, { do: 'propose' }>): Promise<void> {
  const node = must(pick(one.at % 3 === 0 ? model.nodes.slice(0, 1) : model.nodes, one.at), 'a slice');
  const axis = one.county ? 'county' : 'category';
  const amount = partOf(rest(node), one.part);
  const weights = one.weights.map(BigInt);
  const parts = cut(amount, weights).map((sum, index) => [categoryKeys[index] ?? '', sum] as const);
  if (!one.county && parts.some(([, sum]) => sum === 0n)) return;
  const categories = byCategories(Object.fromEntries(parts));
  const slip = one.slip && !one.county;
  const order = one.county
    ? byCounties(amount)
    : { ...categories, amount: String(slip ? amount + 1n : amount) };
  const tooMuch = (slip ? amount + 1n : amount) > rest(node);
  const wanted = !model.axisFits(node, axis)
    ? 'AxisNotHere'
    : tooMuch
      ? 'RestTooSmall'
      : slip
        ? 'PartsDoNotAddUp'
        : 'ok';
  // The parts of a division that does not fit are compared before its rest, by whichever rule; both are told.
  expect(outcome(await credits.propose(node.id, order))).toBe(wanted);
  if (wanted !== 'ok') return;
  const stored = await inProvince((tx) => listParts(tx, { provinceId: alborz, id: order.id }));
  expect(stored.reduce((sum, part) => sum + part.amount, 0n)).toBe(amount);
  const places = stored.map((part): [string, bigint] => [
    must(one.county ? part.countyCode : part.categoryKey, 'a place'),
    part.amount,
  ]);
  model.proposals.push({ id: order.id, node, axis, amount, parts: places, state: 'proposed' });
}

const isState = (word: string): boolean =>
  ['reserved', 'referred', 'contracted', 'part_paid', 'paid', 'released'].includes(word);

async function playAct(model: Model, one: Extract<Step, { do: 'act' }>): Promise<void> {
  const award = pick(model.awards, one.at);
  if (award === undefined) return;
  const reported = partOf(award.amount - award.paid, one.part);
  const sumFor = (act: AwardAct) => (act === 'report_payment' ? reported : null);
  const start = acts.indexOf(one.act);
  const round = [...acts.slice(start), ...acts.slice(0, start)];
  const act = one.lawful
    ? (round.find((other) => isState(model.act(award, other, sumFor(other)))) ?? one.act)
    : one.act;
  const sum = sumFor(act);
  const wanted = model.act(award, act, sum);
  const order = actOrder(act, award.version, { amount: sum === null ? null : String(sum) });
  expect(`${act}: ${outcome(await credits.actOn(award.id, order))}`).toBe(
    `${act}: ${isState(wanted) ? 'ok' : wanted}`,
  );
  if (isState(wanted)) model.doAct(award, act, sum, wanted);
}

// ---- what is compared after every step

type Move = { from: Id; to: Id; phase: string; kind: string; amount: bigint };

async function movesOf(lineId: Id): Promise<Move[]> {
  const { rows } = await inProvince((tx) =>
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

type AccountRow = { id: Id; owner: Id; key: string; balance: bigint; held: bigint };

async function accountsOfLine(lineId: Id): Promise<AccountRow[]> {
  const { rows } = await inProvince((tx) =>
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

async function compare(model: Model, lineId: Id): Promise<AccountRow[]> {
  const accounts = await accountsOfLine(lineId);
  const moves = await movesOf(lineId);
  const posted = moves.filter(({ phase }) => phase === 'post' || phase === 'confirm');
  const sumOf = (list: readonly { amount: bigint }[]) => list.reduce((sum, { amount }) => sum + amount, 0n);
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
  await standingsAgree(model, lineId);
  return accounts;
}

/** L3: what the root locked is in its own lock, in the awards drawn from it, and in its children's locks. */
function lockAddsUp(model: Model): void {
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
async function standingsAgree(model: Model, lineId: Id): Promise<void> {
  const standings = await inProvince(async (tx) =>
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
    const under = (one: Node | null): boolean => one !== null && (one === node || under(one.parent));
    const awards = model.awards.filter((award) => under(award.node));
    const total = (of: (award: Award) => bigint) => awards.reduce((sum, award) => sum + of(award), 0n);
    expect(BigInt(standing.paidSoFar)).toBe(total(({ paid }) => paid));
    expect(BigInt(standing.reportedNotConfirmed)).toBe(total(({ reported }) => reported ?? 0n));
    const reached = (...states: string[]) =>
      total(({ state, amount }) => (states.includes(state) ? amount : 0n));
    expect(BigInt(standing.contractedSoFar)).toBe(reached('contracted', 'part_paid', 'paid'));
    expect(BigInt(standing.referredSoFar)).toBe(reached('referred', 'contracted', 'part_paid', 'paid'));
  }
}

describe('a credit line, from its letter to the last payment', () => {
  test(
    'stands as a naive model says after every deed, and at every past instant',
    { timeout: 240_000 },
    async () => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            percent: fc.constantFrom(0, 0, 25, 25, 33, 100, null),
            first: sums,
            steps: fc.array(step, { minLength: 10, maxLength: 35, size: 'max' }),
          }),
          async ({ percent, first, steps }) => {
            const reserveReference = percent === null ? null : 'مادهٔ ۵';
            const lineId = await credits.openedLine(first, { cooperativeReserve: percent, reserveReference });
            const model = new Model(BigInt(percent ?? 0));
            model.notify(first, must((await slicesOf(lineId))[0], 'a root').id);
            const past: { at: Date; accounts: AccountRow[] }[] = [];
            for (const one of steps) {
              house.clock.advance(1000);
              await play(model, lineId, one);
              seen.add(one.do);
              past.push({ at: house.clock.now(), accounts: await compare(model, lineId) });
            }
            const line = must(
              (await inProvince((tx) => listLines(tx, { provinceId: alborz, id: lineId })))[0],
              'it',
            );
            await lineIsItsCase(line);
            for (const { at, accounts } of past.filter((_, index) => index % 7 === 3))
              await asOf(at, accounts);
          },
        ),
        { numRuns: 14 },
      );
      expect([...seen].sort()).toEqual(['act', 'approve', 'notify', 'propose', 'reserve', 'withdraw']);
    },
  );
});

/** L12: what each account held then, added up from its transfers. */
async function asOf(at: Date, accounts: readonly AccountRow[]): Promise<void> {
  for (const account of accounts) {
    const then = await inProvince((tx) =>
      balanceOf(tx, { provinceId: alborz, accountId: account.id, asOf: at }),
    );
    const { creditsPosted, debitsPosted, debitsPending } = must(then, 'an account');
    expect([creditsPosted - debitsPosted, debitsPending]).toEqual([account.balance, account.held]);
  }
}

/** The line's own state and version, which county offices read, are those of its case. */
async function lineIsItsCase(line: { id: Id; state: string; version: number }): Promise<void> {
  const { rows } = await inProvince((tx) =>
    sql<{ state: string; version: number }>`
      select state, version from casework.read_case where province_id = ${alborz} and id = ${line.id}
    `.execute(tx),
  );
  expect(rows[0]).toEqual({ state: line.state, version: line.version });
}

describe('a line as a clerk knows it', () => {
  test('97 billion toman, a quarter locked for cooperatives, a county’s part paid in two tranches', async () => {
    const lineId = await credits.openedLine(970_000_000_000n);
    const root = must((await slicesOf(lineId))[0], 'a root');
    await credits.divided(root.id, byCounties(970_000_000_000n));
    const karaj = must(
      (await slicesOf(lineId)).find(({ countyCode }) => countyCode === '3001'),
      'Karaj',
    );
    const award = awardOrder(900_000_000n);
    done(await credits.reserve(karaj.id, award, 'karajOffice'));
    done(await credits.actOn(award.id, actOrder('refer', 1), 'karajOffice'));
    done(await credits.actOn(award.id, actOrder('contract', 2), 'karajOffice'));
    const tranche = (version: number, amount: string) => actOrder('report_payment', version, { amount });
    done(await credits.actOn(award.id, tranche(3, '400000000'), 'karajOffice'));
    done(await credits.actOn(award.id, actOrder('confirm_part_payment', 4)));
    done(await credits.actOn(award.id, tranche(5, '500000000'), 'karajOffice'));
    const standing = async () => {
      const { body } = await credits.http.get('director', `lines/${lineId}`);
      return body;
    };
    expect(await standing()).toMatchObject({
      line: {
        state: 'open',
        standing: {
          amount: '970000000000',
          reserve: '242500000000',
          contracted: '500000000',
          paid: '400000000',
          paidSoFar: '400000000',
          reportedNotConfirmed: '500000000',
        },
      },
    });
    expect(done(await credits.actOn(award.id, actOrder('confirm_last_payment', 6)))).toMatchObject({
      state: 'paid',
    });
    expect(await standing()).toMatchObject({
      line: { standing: { contracted: '0', paidSoFar: '900000000', reportedNotConfirmed: '0' } },
    });
  });

  test('a letter dated before the budget year locks the share too, and one of tomorrow is refused', async () => {
    const order = lineOrder();
    done(await credits.draft(order));
    done(await credits.notify(order.id, letterOrder(101n, { letterDay: '2023-02-01' })));
    const root = must((await slicesOf(order.id))[0], 'a root');
    const sums = await inProvince((tx) => listAccountSums(tx, { ...asked(order.id), id: root.id }));
    expect(sums.find((sum) => sum.stage === 'available' && sum.share === 'cooperative')?.balance).toBe(26n);
    const tomorrow = letterOrder(1n, { letterDay: '2099-01-01' });
    expect(outcome(await credits.notify(order.id, tomorrow))).toBe('DayAhead');
  });

  test('a later stage tops the same slices up, their job targets too', async () => {
    const lineId = await credits.openedLine(1000n);
    const root = must((await slicesOf(lineId))[0], 'a root');
    await credits.divided(root.id, byCounties(700n));
    await credits.divided(root.id, byCounties(300n, { jobTarget: 20 }));
    const slices = (await slicesOf(lineId)).filter(({ axis }) => axis === 'county');
    expect(new Set(slices.map(({ countyCode }) => countyCode)).size).toBe(slices.length);
    expect(slices.reduce((sum, { jobTarget }) => sum + jobTarget, 0)).toBe(120);
  });
});

describe('the same order again', () => {
  test('acts once, also under another key, on a later day and after the case has moved on', async () => {
    const draft = lineOrder();
    const letter = letterOrder(1000n);
    const actId = freshId();
    const proposal = byCounties(1000n);
    const approval = approvalOrder();
    const again = async (): Promise<string[]> => {
      const results = [
        await credits.draft(draft),
        await credits.notify(draft.id, letter),
        await credits.open(draft.id, actId),
      ];
      const root = must((await slicesOf(draft.id))[0], 'a root');
      results.push(await credits.propose(root.id, proposal), await credits.approve(proposal.id, approval));
      return results.map(outcome);
    };
    expect(await again()).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    const before = await accountsOfLine(id(draft.id));
    house.clock.advance(48 * 3600 * 1000);
    expect(await again()).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(await accountsOfLine(id(draft.id))).toEqual(before);
  });

  test('the same id with another content is refused', async () => {
    const lineId = await credits.openedLine(1000n);
    const root = must((await slicesOf(lineId))[0], 'a root');
    const award = awardOrder(10n);
    done(await credits.reserve(root.id, award));
    expect(outcome(await credits.reserve(root.id, award))).toBe('ok');
    for (const change of [{ amount: '11' }, { beneficiaryId: freshId() }, { jobs: 2 }])
      expect(outcome(await credits.reserve(root.id, { ...award, ...change }))).toBe('ActOtherContent');
    const proposal = byCounties(100n);
    done(await credits.propose(root.id, proposal));
    expect(outcome(await credits.propose(root.id, { ...proposal, jobTarget: 1 }))).toBe('ActOtherContent');
  });
});

describe('what was written', () => {
  const appended = [
    'notification',
    'share_rule',
    'slicing',
    'slicing_part',
    'slicing_approval',
    'award',
  ] as const;
  test.each(appended)('credit.%s is never changed or taken away by the serving role', async (table) => {
    const name = sql.table(`credit.${table}`);
    const tries = [
      sql`update ${name} set province_id = province_id`,
      sql`delete from ${name}`,
      sql`truncate ${name}`,
    ];
    for (const statement of tries)
      await expect(
        inTransaction(house.db, scope, async (tx) => {
          await statement.execute(tx);
          return { ok: true, value: undefined };
        }),
      ).rejects.toThrow(/permission denied/);
  });
});
