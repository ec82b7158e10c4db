import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayFromIso, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import {
  actOrder,
  alborz,
  awardOrder,
  byCounties,
  byKeys,
  closingOrder,
  cutOrder,
  extensionOrder,
  letterOrder,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { type AccountRow, asOf, compare, lineIsItsCase } from '#testing/linebooks.ts';
import { type NaiveAward, NaiveLine, cut, put, rest } from '#testing/slicetree.ts';
import { coordinateOf } from './axis.ts';
import { type AwardAct, type BeneficiaryKind, type PartAxis, partAxes } from './contract.ts';
import { findBreaches } from './law/actions.ts';
import { listLines, listSlices } from './queries.ts';
import { listParts } from './slicing/queries.ts';

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
      do: fc.constant('cut' as const),
      /** In thousandths of what is available; above that it is too much. */
      part: fc.integer({ min: 1, max: 1050 }),
      /** A rial more or less, so that the edge is met too. */
      edge: fc.integer({ min: -1, max: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('extend' as const), days: fc.integer({ min: -3, max: 60 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('propose' as const),
      at: some,
      axis: fc.constantFrom(...partAxes),
      /** In thousandths of the rest; above that it is too much. */
      part: fc.integer({ min: 1, max: 1200 }),
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
type Close = { readonly do: 'close' };
type Step = (typeof step extends fc.Arbitrary<infer One> ? One : never) | Close;

/** What came about at least once, so that a random play that never gets anywhere is noticed. */
const seen = new Set<string>();
const same = (what: string, told: string, wanted: string): void => {
  expect(`${what}: ${told}`).toBe(`${what}: ${wanted}`);
  seen.add(`${what}: ${told}`);
};

const cutUp = { do: 'propose' as const, part: 700, weights: [2, 1], slip: false };
/** How every line begins, so that each has a tree: counties or others, with parts below. */
const beginning = (first: PartAxis, second: PartAxis): readonly Step[] => [
  { ...cutUp, at: 0, axis: first },
  { do: 'approve', at: 1 },
  { ...cutUp, at: 4, axis: second },
  { do: 'approve', at: 1 },
];

const pick = <One>(list: readonly One[], at: number): One | undefined => list[at % Math.max(1, list.length)];
const partOf = (whole: bigint, thousandths: number): bigint => {
  const part = (whole * BigInt(thousandths)) / 1000n;
  return part > 0n ? part : 1n;
};
const keys: Readonly<Record<Exclude<PartAxis, 'county'>, readonly string[]>> = {
  agency: ['industry', 'heritage', 'agriculture'],
  bank: ['017', '019', '012'],
  beneficiary_kind: ['cooperative', 'person', 'supporter'],
  category: ['clothing', 'leather', 'wood'],
  round: ['1', '2', '3'],
};

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
      const order = letterOrder(one.sum);
      const wanted = model.state === 'closed' ? 'ActUnlawful' : 'ok';
      same('notify', outcome(await credits.notify(lineId, order)), wanted);
      if (wanted !== 'ok') return;
      model.version += 1;
      model.notify(one.sum, must((await slicesOf(lineId))[0], 'a root').id);
      return;
    }
    case 'cut':
    case 'extend':
    case 'close':
      return playRevision(model, lineId, one);
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
          (slice) => slice.parentId === parent.id && coordinateOf(slice, proposal.axis) === place,
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
      const drawn = share === 'open' || share === 'cooperative' ? 'ok' : share;
      const refusal = model.state === 'closed' ? 'LineNotOpen' : drawn;
      same('reserve', outcome(await credits.reserve(node.id, order)), refusal);
      if (refusal !== 'ok') return;
      put(node.purse, `available ${share}`, -amount);
      put(node.purse, `reserved ${share}`, amount);
      const award = { id: order.id, node, share, amount, released: 0n, paid: 0n, reported: null };
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
  const start = partAxes.indexOf(one.axis);
  const round = [...partAxes.slice(start), ...partAxes.slice(0, start)];
  const axis = one.at % 5 === 0 ? one.axis : (round.find((other) => model.axisFits(node, other)) ?? one.axis);
  const amount = partOf(rest(node), one.part);
  const weights = one.weights.map(BigInt);
  const slip = one.slip && axis !== 'county';
  const stated = String(slip ? amount + 1n : amount);
  let order: ReturnType<typeof byCounties> | ReturnType<typeof byKeys> = byCounties(amount);
  if (axis !== 'county') {
    const parts = cut(amount, weights).map((sum, index) => [keys[axis][index] ?? '', sum] as const);
    if (parts.some(([, sum]) => sum === 0n)) return;
    order = byKeys(axis, parts, { amount: stated });
  }
  const tooMuch = (slip ? amount + 1n : amount) > rest(node);
  const wanted = !model.axisFits(node, axis)
    ? 'AxisNotHere'
    : model.state === 'closed'
      ? 'LineNotOpen'
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
    must(coordinateOf(part, axis) ?? undefined, 'a place'),
    part.amount,
  ]);
  model.proposals.push({ id: order.id, node, axis, amount, parts: places, state: 'proposed' });
}

const told = async (deed: () => Promise<Parameters<typeof outcome>[0]>): Promise<string> => {
  const first = await deed();
  expect(outcome(await deed())).toBe(outcome(first));
  return outcome(first);
};

/** The later letters of a line; each is sent twice and acts once (L5). */
async function playRevision(
  model: NaiveLine,
  lineId: Id,
  one: Extract<Step, { do: 'cut' | 'extend' | 'close' }>,
): Promise<void> {
  const closed = model.state === 'closed';
  if (one.do === 'close') {
    const order = closingOrder(model.version);
    const waiting = model.all('reserved open') + model.all('reserved cooperative') > 0n;
    const wanted = closed ? 'ActUnlawful' : waiting ? 'AwardsNotReferred' : 'ok';
    same('close', await told(() => credits.close(lineId, order)), wanted);
    if (wanted === 'ok') model.close();
    if (wanted === 'ok') model.version += 1;
    return;
  }
  if (one.do === 'extend') {
    const deadline = isoOf(addDays(dayFromIso(model.deadline), one.days));
    const order = extensionOrder(model.version, deadline);
    const wanted = closed ? 'ActUnlawful' : one.days > 0 ? 'ok' : 'DeadlineNotLater';
    same('extend', await told(() => credits.extend(lineId, order)), wanted);
    if (wanted !== 'ok') return;
    model.deadline = deadline;
    model.version += 1;
    return;
  }
  const available = model.all('available open') + model.all('available cooperative');
  const part = partOf(available, one.part) + BigInt(one.edge);
  const amount = part > 0n ? part : 1n;
  const order = cutOrder(model.version, amount);
  const fits = model.partsOfCut(amount) !== undefined;
  const wanted = closed ? 'ActUnlawful' : fits ? 'ok' : 'CutBelowCommitted';
  same('cut', await told(() => credits.cut(lineId, order)), wanted);
  if (wanted === 'CutBelowCommitted') await nearestCut(model, lineId, amount);
  if (wanted !== 'ok') return;
  model.takeBack(amount);
  model.version += 1;
}

/** The largest cut that a refusal names would be done, and one rial more would not. */
async function nearestCut(model: NaiveLine, lineId: Id, amount: bigint): Promise<void> {
  const refused = await credits.cut(lineId, cutOrder(model.version, amount));
  const most = !refused.ok && refused.refusal.kind === 'CutBelowCommitted' ? refused.refusal.most : -1n;
  expect(most).toBeGreaterThanOrEqual(0n);
  expect(model.partsOfCut(most)).toBeDefined();
  expect(model.partsOfCut(most + 1n)).toBeUndefined();
}

/** Every line ends by its close, whatever came before: afterwards banks still pay, and give back to the notifier. */
async function playEnding(model: NaiveLine, lineId: Id): Promise<void> {
  house.clock.advance(1000);
  const doIt = (award: NaiveAward, act: AwardAct): Promise<void> =>
    playAct(model, award, { act, lawful: false, part: 500 });
  await playRevision(model, lineId, { do: 'close' });
  for (const award of model.awards) if (award.state === 'reserved') await doIt(award, 'refer');
  await playRevision(model, lineId, { do: 'close' });
  await play(model, lineId, { do: 'notify', sum: 5n });
  await play(model, lineId, { do: 'cut', part: 500, edge: 0 });
  await play(model, lineId, { do: 'reserve', at: 1, part: 500, kind: 'person' });
  for (const [index, award] of model.awards.entries()) {
    if (award.state === 'referred') await doIt(award, index % 2 === 0 ? 'release' : 'contract');
    if (award.state !== 'contracted') continue;
    await doIt(award, 'report_payment');
    await doIt(award, 'confirm_part_payment');
    if (index % 3 === 0) await doIt(award, 'release');
  }
}

const isState = (word: string): boolean =>
  ['reserved', 'referred', 'contracted', 'part_paid', 'paid', 'ended', 'released'].includes(word);

type Act = Extract<Step, { do: 'act' }>['acts'][number];

async function playAct(model: NaiveLine, award: NaiveAward, one: Act): Promise<void> {
  const reported = partOf(award.amount - award.released - award.paid, one.part);
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

const seed = Number.parseInt(process.env['KARSAZ_SEED'] ?? '7', 10);

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
            begins: fc.tuple(fc.constantFrom(...partAxes), fc.constantFrom(...partAxes)),
            steps: fc.array(step, { minLength: 12, maxLength: 30, size: 'max' }),
          }),
          async ({ percent, first, begins, steps }) => {
            const reserveReference = percent === null ? null : 'مادهٔ ۵';
            const lineId = await credits.openedLine(first, { cooperativeReserve: percent, reserveReference });
            const model = new NaiveLine(BigInt(percent ?? 0));
            model.notify(first, must((await slicesOf(lineId))[0], 'a root').id);
            const past: { at: Date; accounts: AccountRow[] }[] = [];
            for (const one of [...beginning(...begins), ...steps]) {
              house.clock.advance(1000);
              await play(model, lineId, one);
              past.push({ at: house.clock.now(), accounts: await compare(inProvince, model, lineId) });
            }
            await playEnding(model, lineId);
            past.push({ at: house.clock.now(), accounts: await compare(inProvince, model, lineId) });
            const line = must(
              (await inProvince((tx) => listLines(tx, { provinceId: alborz, id: lineId })))[0],
              'it',
            );
            await lineIsItsCase(inProvince, line);
            expect([line.state === 'closed', isoOf(line.deadline)]).toEqual([
              model.state === 'closed',
              model.deadline,
            ]);
            expect(await inProvince((tx) => findBreaches(tx, alborz))).toEqual([]);
            for (const { at, accounts } of past.filter((_, index) => index % 7 === 3))
              await asOf(inProvince, at, accounts);
          },
        ),
        // The usual seed is known to reach every act; KARSAZ_SEED=n plays other lines.
        {
          numRuns: 17,
          seed,
          examples: [[{ percent: 25, first: 10n ** 12n, begins: ['round', 'category'], steps: [] }]],
        },
      );
      const approvals = partAxes.map((axis) => `approve ${axis} under province`);
      const everyDeed = [
        ...approvals,
        'propose',
        'withdraw',
        'reserve',
        'cut',
        'extend',
        'close',
        ...acts,
      ].map((deed) => `${deed}: ok`);
      if (process.env['KARSAZ_SEED'] === undefined)
        expect([...seen]).toEqual(
          expect.arrayContaining([
            ...everyDeed,
            'reserve: SliceExhausted',
            'reserve: AwardNotOfSlice',
            'propose: RestTooSmall',
            'cut: CutBelowCommitted',
            'close: AwardsNotReferred',
            'reserve: LineNotOpen',
          ]),
        );
    },
  );
});
