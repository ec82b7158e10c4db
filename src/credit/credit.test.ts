import * as fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { balanceOf } from '#ledger/actions.ts';
import { noScope, read } from '#platform/db.ts';
import {
  actOrder,
  alborz,
  awardOrder,
  byCategories,
  byCounties,
  done,
  letterOrder,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { type NaiveAward, NaiveLine, type NaiveSlice, cut, has, put, rest } from '#testing/slicetree.ts';
import type { AwardAct, BeneficiaryKind } from './contract.ts';
import { listAccountSums, listLines, listSlices, listTurnovers } from './queries.ts';
import { listParts } from './slicing/queries.ts';
import { standingsOf } from './standing.ts';

const house = await openHouse();
const credits = await openCredits(house);
const scope = { ...noScope, province: alborz };

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
const sums = fc.oneof(fc.bigInt(1n, 40n), fc.bigInt(10n ** 6n, 10n ** 12n), fc.bigInt(10n ** 9n, 10n ** 15n));

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
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), at: some }) },
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
      acts: fc.array(
        fc.record({
          act: fc.constantFrom(...acts),
          /** Mostly an act that is lawful now, found by going round from `act`. */
          lawful: fc.integer({ min: 0, max: 4 }).map((die) => die > 0),
          part: fc.constantFrom(300, 500, 500, 1000, 1200),
        }),
        { minLength: 1, maxLength: 8, size: 'max' },
      ),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** What came about at least once, so that a random play that never gets anywhere is noticed. */
const seen = new Set<string>();
const same = (what: string, told: string, wanted: string): void => {
  expect(`${what}: ${told}`).toBe(`${what}: ${wanted}`);
  seen.add(`${what}: ${told}`);
};

const cutUp = { do: 'propose' as const, part: 700, weights: [2, 1], slip: false };
/** How every line begins, so that each has a tree: counties with categories, or categories. */
const beginnings: Readonly<Record<'counties' | 'categories', readonly Step[]>> = {
  counties: [
    { ...cutUp, at: 0, county: true },
    { do: 'approve', at: 1 },
    { ...cutUp, at: 4, county: false },
    { do: 'approve', at: 1 },
  ],
  categories: [
    { ...cutUp, at: 0, county: false },
    { do: 'approve', at: 1 },
  ],
};

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

/** Mostly one that waits, now and then one that was settled. */
function proposalAt(model: NaiveLine, at: number) {
  const waiting = model.proposals.filter(({ state }) => state === 'proposed');
  return pick(at % 7 === 0 ? model.proposals : waiting, at);
}

async function play(model: NaiveLine, lineId: Id, one: Step): Promise<void> {
  switch (one.do) {
    case 'notify': {
      done(await credits.notify(lineId, letterOrder(one.sum)));
      model.notify(one.sum, must((await slicesOf(lineId))[0], 'a root').id);
      return;
    }
    case 'propose':
      return playProposal(model, one);
    case 'approve': {
      const proposal = proposalAt(model, one.at);
      if (proposal === undefined) return;
      const wanted = model.approval(proposal);
      same(
        `approve ${proposal.axis} under ${proposal.node.axis}`,
        outcome(await credits.approve(proposal.id)),
        wanted,
      );
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
      const proposal = proposalAt(model, one.at);
      if (proposal === undefined) return;
      const wanted = proposal.state === 'proposed' ? 'ok' : 'CaseMovedOn';
      same('withdraw', outcome(await credits.withdraw(proposal.id)), wanted);
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
      same('reserve', outcome(await credits.reserve(node.id, order)), refusal);
      if (refusal !== 'ok') return;
      put(node.purse, `available ${share}`, -amount);
      put(node.purse, `reserved ${share}`, amount);
      const award = { id: order.id, node, share, amount, paid: 0n, reported: null };
      model.awards.push({ ...award, state: 'reserved', version: 1 });
      return;
    }
    case 'act': {
      const award = pick(model.awards, one.at);
      if (award !== undefined) for (const each of one.acts) await playAct(model, award, each);
    }
  }
}

async function playProposal(model: NaiveLine, one: Extract<Step, { do: 'propose' }>): Promise<void> {
  const node = must(pick(one.at % 3 === 0 ? model.nodes.slice(0, 1) : model.nodes, one.at), 'a slice');
  // Mostly an axis that fits, so that trees grow.
  const county = node.axis === 'province' ? one.county : one.at % 5 === 0;
  const axis = county ? 'county' : 'category';
  const amount = partOf(rest(node), one.part);
  const weights = one.weights.map(BigInt);
  const parts = cut(amount, weights).map((sum, index) => [categoryKeys[index] ?? '', sum] as const);
  if (!county && parts.some(([, sum]) => sum === 0n)) return;
  const categories = byCategories(Object.fromEntries(parts));
  const slip = one.slip && !county;
  const order = county ? byCounties(amount) : { ...categories, amount: String(slip ? amount + 1n : amount) };
  const tooMuch = (slip ? amount + 1n : amount) > rest(node);
  const wanted = !model.axisFits(node, axis)
    ? 'AxisNotHere'
    : tooMuch
      ? 'RestTooSmall'
      : slip
        ? 'PartsDoNotAddUp'
        : 'ok';
  // The parts of a division that does not fit are compared before its rest, by whichever rule; both are told.
  same('propose', outcome(await credits.propose(node.id, order)), wanted);
  if (wanted !== 'ok') return;
  const stored = await inProvince((tx) => listParts(tx, { provinceId: alborz, id: order.id }));
  expect(stored.reduce((sum, part) => sum + part.amount, 0n)).toBe(amount);
  const places = stored.map((part): [string, bigint] => [
    must(county ? part.countyCode : part.categoryKey, 'a place'),
    part.amount,
  ]);
  model.proposals.push({ id: order.id, node, axis, amount, parts: places, state: 'proposed' });
}

const isState = (word: string): boolean =>
  ['reserved', 'referred', 'contracted', 'part_paid', 'paid', 'released'].includes(word);

type Act = Extract<Step, { do: 'act' }>['acts'][number];

async function playAct(model: NaiveLine, award: NaiveAward, one: Act): Promise<void> {
  const reported = partOf(award.amount - award.paid, one.part);
  const sumFor = (act: AwardAct) => (act === 'report_payment' ? reported : null);
  const start = acts.indexOf(one.act);
  // A release ends the way of an award, so it is done only where it was drawn.
  const round = [...acts.slice(start), ...acts.slice(0, start)].filter(
    (act, place) => act !== 'release' || place === 0,
  );
  const fitting = round.find((other) => isState(model.act(award, other, sumFor(other))));
  const act = one.lawful ? (fitting ?? one.act) : one.act;
  const sum = sumFor(act);
  const wanted = model.act(award, act, sum);
  const order = actOrder(act, award.version, { amount: sum === null ? null : String(sum) });
  same(act, outcome(await credits.actOn(award.id, order)), isState(wanted) ? 'ok' : wanted);
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

const sumOf = (list: readonly { amount: bigint }[]): bigint =>
  list.reduce((sum, { amount }) => sum + amount, 0n);

async function compare(model: NaiveLine, lineId: Id): Promise<AccountRow[]> {
  const accounts = await accountsOfLine(lineId);
  const moves = await movesOf(lineId);
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
  await standingsAgree(model, lineId);
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
async function standingsAgree(model: NaiveLine, lineId: Id): Promise<void> {
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
    const under = (one: NaiveSlice | null): boolean => one !== null && (one === node || under(one.parent));
    const awards = model.awards.filter((award) => under(award.node));
    const total = (of: (award: NaiveAward) => bigint) => awards.reduce((sum, award) => sum + of(award), 0n);
    expect(BigInt(standing.paidSoFar)).toBe(total(({ paid }) => paid));
    expect(BigInt(standing.reportedNotConfirmed)).toBe(total(({ reported }) => reported ?? 0n));
    const reached = (...states: string[]) =>
      total(({ state, amount }) => (states.includes(state) ? amount : 0n));
    expect(BigInt(standing.contractedSoFar)).toBe(reached('contracted', 'part_paid', 'paid'));
    expect(BigInt(standing.referredSoFar)).toBe(reached('referred', 'contracted', 'part_paid', 'paid'));
  }
}

const seed = Number.parseInt(process.env['KARSAZ_SEED'] ?? '1402', 10);

describe('a credit line, from its letter to the last payment', () => {
  test(
    'stands as a naive model says after every deed, and at every past instant',
    { timeout: 240_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            percent: fc.constantFrom(0, 0, 25, 25, 33, 100, null),
            first: sums,
            begins: fc.constantFrom('counties' as const, 'categories' as const),
            steps: fc.array(step, { minLength: 12, maxLength: 30, size: 'max' }),
          }),
          async ({ percent, first, begins, steps }) => {
            const reserveReference = percent === null ? null : 'مادهٔ ۵';
            const lineId = await credits.openedLine(first, { cooperativeReserve: percent, reserveReference });
            const model = new NaiveLine(BigInt(percent ?? 0));
            model.notify(first, must((await slicesOf(lineId))[0], 'a root').id);
            const past: { at: Date; accounts: AccountRow[] }[] = [];
            for (const one of [...beginnings[begins], ...steps]) {
              house.clock.advance(1000);
              await play(model, lineId, one);
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
        // The usual seed is known to reach every act; KARSAZ_SEED=n plays other lines.
        { numRuns: 16, seed },
      );
      const divisions = ['county under province', 'category under province', 'category under county'];
      const approvals = divisions.map((division) => `approve ${division}`);
      const everyDeed = [...approvals, 'propose', 'withdraw', 'reserve', ...acts].map(
        (deed) => `${deed}: ok`,
      );
      if (process.env['KARSAZ_SEED'] === undefined)
        expect([...seen]).toEqual(
          expect.arrayContaining([...everyDeed, 'reserve: SliceExhausted', 'propose: RestTooSmall']),
        );
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
