import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Rial, rial, total } from '#kernel/rial.ts';
import { nowhere } from '../axis.ts';
import type { NamedPart } from '../contract.ts';
import type { Forecast } from '../lapse/rules.ts';
import { type Move, type Sibling, decideMoves, draftMoves, mayGive, mayTake, sharesOf } from './rules.ts';

const bands = (most: bigint) =>
  fc.tuple(fc.bigInt(0n, most), fc.bigInt(0n, most), fc.bigInt(0n, most)).map(([a, b, c]) => {
    const [low = 0n, median = 0n, high = 0n] = [a, b, c].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
    return { low: rial(low), median: rial(median), high: rial(high) };
  });

const named = (name: string): NamedPart => ({
  axis: 'county',
  ...nowhere,
  countyFa: name,
  countyEn: name,
  agencyFa: null,
  agencyEn: null,
  bankFa: null,
  bankEn: null,
  categoryFa: null,
  categoryEn: null,
});

const leftOf = (available: bigint, drawn: bigint): Rial => rial(available > drawn ? available - drawn : 0n);

const forecasts = (available: bigint): fc.Arbitrary<Forecast> =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: bands(3n * 10n ** 9n).map((wanted): Forecast => {
        return {
          kind: 'forecast',
          perWeek: rial(wanted.median / 10n),
          weeks: 12,
          daysLeft: 70,
          wanted,
          unspent: {
            low: leftOf(available, wanted.high),
            median: leftOf(available, wanted.median),
            high: leftOf(available, wanted.low),
          },
        };
      }),
    },
    { weight: 1, arbitrary: fc.constant<Forecast>({ kind: 'too_short', weeks: 1, daysLeft: 70 }) },
  );

/** The slices of a parent; some below their floor already, some at their cap, some with money in their parts. */
const siblings = (): fc.Arbitrary<Sibling[]> =>
  fc
    .array(
      fc.tuple(
        fc.bigInt(0n, 10n ** 9n),
        fc.bigInt(0n, 10n ** 9n),
        fc.bigInt(0n, 10n ** 9n),
        fc.nat(120),
        fc.option(fc.nat(150)),
      ),
      { minLength: 1, maxLength: 9 },
    )
    .chain((rows) =>
      fc.tuple(
        ...rows.map(([spent, below, left, floor, room], place) => {
          const amount = spent + below + left;
          return forecasts(below + left).map((forecast): Sibling => ({
            id: `s${place}`,
            name: named(`s${place}`),
            amount: rial(amount),
            available: rial(below + left),
            left: rial(left),
            floor: rial((amount * BigInt(floor)) / 100n),
            cap: room === null ? null : rial((amount * BigInt(90 + room)) / 100n),
            forecast,
          }));
        }),
      ),
    );

const movesOf = (all: readonly Sibling[]): fc.Arbitrary<Move[]> =>
  fc.array(
    fc.record({
      fromSliceId: fc.constantFrom(...all.map(({ id }) => id)),
      toSliceId: fc.constantFrom(...all.map(({ id }) => id)),
      amount: fc.bigInt(1n, 10n ** 9n).map(rial),
    }),
    { minLength: 1, maxLength: 5 },
  );

const after = (one: Sibling, moves: readonly Move[]): bigint =>
  moves.reduce(
    (sum, { fromSliceId, toSliceId, amount }) =>
      sum + (toSliceId === one.id ? amount : 0n) - (fromSliceId === one.id ? amount : 0n),
    one.amount as bigint,
  );

/** By adding up alone: what must hold of lawful moves. */
function keepsEveryRule(all: readonly Sibling[], moves: readonly Move[]): boolean {
  return all.every((one) => {
    const given = moves.filter(({ fromSliceId }) => fromSliceId === one.id);
    const taken = moves.filter(({ toSliceId }) => toSliceId === one.id);
    const held = after(one, moves);
    if (given.some(({ toSliceId }) => toSliceId === one.id)) return false;
    if (given.length > 0 && taken.length > 0) return false;
    if (given.length > 0) return total(given.map(({ amount }) => amount)) <= one.left && held >= one.floor;
    return taken.length === 0 || one.cap === null || held <= one.cap;
  });
}

test('moves are lawful exactly when every slice keeps its rules, and conserve the whole', () => {
  let lawful = 0;
  fc.assert(
    fc.property(
      siblings().chain((all) => fc.tuple(fc.constant(all), movesOf(all))),
      ([all, moves]) => {
        const decided = decideMoves(all, moves);
        expect(decided.ok).toBe(keepsEveryRule(all, moves));
        if (!decided.ok) return;
        lawful += 1;
        const sum = all.reduce((whole, one) => whole + after(one, moves), 0n);
        expect(sum).toBe(total(all.map(({ amount }) => amount)));
      },
    ),
    { seed: 3, numRuns: 2000 },
  );
  expect(lawful).toBeGreaterThan(50);
});

test('a draft keeps every rule, never takes what may be needed, never gives more than is lacking', () => {
  let drafted = 0;
  fc.assert(
    fc.property(siblings(), fc.constantFrom(1n, 1000n, 10_000_000n), (all, unit) => {
      const { steps, unmet, unused } = draftMoves(all, rial(unit));
      if (steps.length > 0) drafted += 1;
      expect(decideMoves(all, steps)).toEqual({ ok: true, value: undefined });
      expect(keepsEveryRule(all, steps)).toBe(true);
      for (const one of all) {
        const given = total(
          steps.filter(({ fromSliceId }) => fromSliceId === one.id).map(({ amount }) => amount),
        );
        const taken = total(
          steps.filter(({ toSliceId }) => toSliceId === one.id).map(({ amount }) => amount),
        );
        if (one.forecast.kind !== 'forecast') expect(given + taken).toBe(0n);
        else {
          expect(given <= one.forecast.unspent.low).toBe(true);
          const lacking = one.forecast.wanted.median - one.available;
          expect(taken <= (lacking > 0n ? lacking : 0n)).toBe(true);
        }
      }
      for (const { amount, why } of steps) {
        expect(amount > 0n && amount % unit === 0n).toBe(true);
        expect(amount).toBe(why.ends === 'spare' ? why.spare : why.need);
      }
      // Greedy to the end: nothing is spared while something is lacking.
      expect(unmet === 0n || unused === 0n).toBe(true);
    }),
    { seed: 4, numRuns: 1000 },
  );
  expect(drafted).toBeGreaterThan(100);
});

test('shares go in proportion, add up, and none passes what it holds', () => {
  const purses = fc.dictionary(
    fc.constantFrom('open', 'cooperative', 'cooperative/rural'),
    fc.bigInt(0n, 10n ** 12n).map(rial),
    { minKeys: 1 },
  );
  fc.assert(
    fc.property(purses, fc.nat(100), (purse, percent) => {
      const free = new Map(Object.entries(purse));
      const whole = total([...free.values()]);
      const amount = rial((whole * BigInt(percent)) / 100n);
      const parts = sharesOf(free, amount);
      expect(total([...parts.values()])).toBe(amount);
      for (const [share, part] of parts) expect(part <= (free.get(share) ?? 0n)).toBe(true);
    }),
    { seed: 6 },
  );
});

const made = (id: string, change: Partial<Sibling>): Sibling => ({
  id,
  name: named(id),
  amount: rial(1000n),
  available: rial(400n),
  left: rial(400n),
  floor: rial(0n),
  cap: null,
  forecast: { kind: 'too_short', weeks: 0, daysLeft: 70 },
  ...change,
});
const steady = (wanted: bigint, available: bigint): Forecast => {
  const sum = rial(wanted);
  const left = leftOf(available, wanted);
  return {
    kind: 'forecast',
    perWeek: rial(wanted / 10n),
    weeks: 12,
    daysLeft: 70,
    wanted: { low: sum, median: sum, high: sum },
    unspent: { low: left, median: left, high: left },
  };
};

test('a county that draws slowly gives to the one that runs out, and both are told why', () => {
  const slow = made('slow', { forecast: steady(100n, 400n), floor: rial(750n) });
  const fast = made('fast', { available: rial(50n), left: rial(50n), forecast: steady(500n, 50n) });
  expect([mayGive(slow), mayTake(fast)]).toEqual([250n, null]);
  const draft = draftMoves([slow, fast], rial(10n));
  // The floor of 750 stops the giver at 250 though 300 would stay unspent; 450 are lacking.
  expect(draft).toEqual({
    steps: [
      {
        fromSliceId: 'slow',
        toSliceId: 'fast',
        amount: 250n,
        why: {
          spare: 250n,
          unspent: 300n,
          giverPerWeek: 10n,
          need: 450n,
          wanted: 500n,
          available: 50n,
          takerPerWeek: 50n,
          ends: 'spare',
        },
      },
    ],
    unmet: 200n,
    unused: 0n,
  });
  const told = (moves: readonly Move[]) => {
    const decided = decideMoves([slow, fast], moves);
    return decided.ok ? null : decided.refusal;
  };
  expect(told([{ fromSliceId: 'slow', toSliceId: 'fast', amount: rial(260n) }])).toMatchObject({
    kind: 'BelowFloor',
    most: 250n,
  });
  expect(told([{ fromSliceId: 'fast', toSliceId: 'slow', amount: rial(51n) }])).toMatchObject({
    kind: 'GiverShort',
    left: 50n,
  });
});
