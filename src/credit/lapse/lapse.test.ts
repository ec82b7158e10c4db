import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day } from '#kernel/day.ts';
import { type Rial, rial, total } from '#kernel/rial.ts';
import { type Facts, about, drawsBelow, forecastOf, riskOf, weeksOf, weeksWithMoney } from './rules.ts';

const today = day('1402-10-01');
const million = 10_000_000n;

const factsOf = (change: Partial<Facts> = {}): Facts => ({
  amount: rial(1000n * million),
  available: rial(400n * million),
  weeks: Array.from({ length: 12 }, () => rial(20n * million)),
  today,
  deadline: addDays(today, 70),
  seed: 'slice',
  ...change,
});

const weeks = () =>
  fc.array(
    fc.bigInt(-50n, 200n).map((sum) => rial(sum * million)),
    { maxLength: 12 },
  );

test('a deadline in a hundred years is told at once, each far week as the average one', () => {
  const days = 36_500;
  const began = performance.now();
  const told = forecastOf(factsOf({ deadline: addDays(today, days) }));
  expect(performance.now() - began).toBeLessThan(1_000);
  // Twenty million in every week that counts: whatever is drawn by lot, the sum is the same.
  const wanted = rial((20n * million * BigInt(days)) / 7n);
  expect(told).toMatchObject({ kind: 'forecast', daysLeft: days, wanted: { low: wanted, high: wanted } });
});

describe('the weeks that count', () => {
  test('hold every draw since the first whole week once', () => {
    const draws = fc.array(fc.record({ back: fc.nat({ max: 120 }), amount: fc.bigInt(-1000n, 10n ** 9n) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(draws, fc.nat({ max: 120 }), (all, age) => {
        const dated = all.map(({ back, amount }) => ({
          happenedOn: addDays(today, -back),
          amount: rial(amount),
        }));
        const found = weeksOf(dated, { from: addDays(today, -age), today });
        expect(found.length).toBe(Math.min(12, Math.floor((age + 1) / 7)));
        const within = all.filter(({ back }) => back < 7 * found.length);
        expect(total(found)).toBe(within.reduce((sum, { amount }) => sum + amount, 0n));
      }),
      { seed: 12 },
    );
  });

  test('leave out those in which there was nothing to draw on', () => {
    // Spent out after the third week: the zeros that follow say nothing about need.
    const spent = [5n, 5n, 5n, 0n, 0n].map((sum) => rial(sum * million));
    expect(weeksWithMoney(spent, { available: rial(0n), amount: rial(15n * million) })).toEqual(
      spent.slice(0, 3),
    );
    expect(weeksWithMoney(spent, { available: rial(30n * million), amount: rial(45n * million) })).toEqual(
      spent,
    );
  });
});

describe('the forecast', () => {
  test('is a band in order, never more than there is, the same for the same records', () => {
    fc.assert(
      fc.property(weeks(), fc.nat({ max: 200 }), fc.bigInt(0n, 1000n), (history, days, left) => {
        const facts = factsOf({
          weeks: history,
          deadline: addDays(today, days),
          available: rial(left * million),
        });
        const one = forecastOf(facts);
        expect(forecastOf(facts)).toEqual(one);
        if (one.kind !== 'forecast') return;
        const { low, median, high } = one.unspent;
        expect(low >= 0n && low <= median && median <= high && high <= facts.available).toBe(true);
        expect(one.wanted.low <= one.wanted.median && one.wanted.median <= one.wanted.high).toBe(true);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  test('of a slice that draws the same every week is that line drawn on', () => {
    const forecast = forecastOf(factsOf());
    const left = rial(200n * million);
    expect(forecast).toMatchObject({ perWeek: 20n * million, weeks: 12, daysLeft: 70 });
    expect(forecast.kind === 'forecast' && forecast.unspent).toEqual({ low: left, median: left, high: left });
  });

  test('is none under four weeks, and after the deadline what stands there has lapsed', () => {
    expect(forecastOf(factsOf({ weeks: factsOf().weeks.slice(0, 3) }))).toEqual({
      kind: 'too_short',
      weeks: 3,
      daysLeft: 70,
    });
    expect(forecastOf(factsOf({ deadline: addDays(today, -1) }))).toEqual({
      kind: 'past',
      lapsed: 400n * million,
    });
    // The last day still counts: one may reserve on it.
    expect(forecastOf(factsOf({ deadline: today })).kind).toBe('forecast');
  });
});

/** Seeded chance of the test alone. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Sampler = (random: () => number) => bigint;
const offices: Readonly<Record<string, Sampler>> = {
  'even draws': (random) => 20n + BigInt(Math.floor(random() * 20)),
  'many small, few large': (random) =>
    BigInt(Math.floor(8 * Math.exp(1.2 * (random() + random() + random() - 1.5) * 2))),
  'idle weeks between': (random) => (random() < 0.5 ? 0n : 30n + BigInt(Math.floor(random() * 40))),
  'releases now and then': (random) => (random() < 0.15 ? -20n : 25n + BigInt(Math.floor(random() * 15))),
};

describe('the band keeps its word on made-up histories', () => {
  test.each(Object.entries(offices))(
    '%s: about four in five of what really comes lies in it',
    (name, sample) => {
      const random = chance(1402);
      let inside = 0;
      const runs = 300;
      for (let run = 0; run < runs; run += 1) {
        const history = Array.from({ length: 12 }, () => rial(sample(random) * million));
        const really = Array.from({ length: 10 }, () => sample(random) * million).reduce((a, b) => a + b, 0n);
        const available = rial(10_000n * million);
        const forecast = forecastOf(
          factsOf({ weeks: history, available, amount: available, seed: `${name} ${run}` }),
        );
        if (forecast.kind !== 'forecast') throw new Error('twelve weeks are enough');
        const left = available - (really < 0n ? 0n : really);
        if (left >= forecast.unspent.low && left <= forecast.unspent.high) inside += 1;
      }
      // Eighty in a hundred are promised; three standard errors of 300 runs are seven.
      expect(inside / runs).toBeGreaterThan(0.7);
      expect(inside / runs).toBeLessThan(0.93);
    },
  );
});

const band = (low: bigint, high: bigint) => ({
  kind: 'forecast' as const,
  perWeek: rial(0n),
  weeks: 12,
  daysLeft: 70,
  wanted: { low: rial(0n), median: rial(0n), high: rial(0n) },
  unspent: { low: rial(low), median: rial(low), high: rial(high) },
});

describe('the risk', () => {
  const amount: Rial = rial(100n);

  test('is told by the band: five in a hundred may stay', () => {
    expect(riskOf(band(0n, 5n), amount)).toBe('on_time');
    expect(riskOf(band(5n, 6n), amount)).toBe('lapse_near');
    expect(riskOf(band(6n, 90n), amount)).toBe('lapsing');
    expect(riskOf({ kind: 'past', lapsed: rial(1n) }, amount)).toBe('lapsed');
    expect(riskOf({ kind: 'past', lapsed: rial(0n) }, amount)).toBe('on_time');
    expect(riskOf({ kind: 'too_short', weeks: 2, daysLeft: 9 }, amount)).toBe('unknown');
  });

  test('sums are told to two digits', () => {
    expect(about(rial(123_456n))).toBe(120_000n);
    expect(about(rial(125_456n))).toBe(130_000n);
    expect(about(rial(99n))).toBe(99n);
    expect(about(rial(0n))).toBe(0n);
  });
});

const draw = (sliceId: string, amount: bigint) => ({ sliceId, happenedOn: today, amount: rial(amount) });

test('a slice draws what the slices below it draw', () => {
  const nodes = [
    { id: 'root', parentId: null },
    { id: 'a', parentId: 'root' },
    { id: 'a1', parentId: 'a' },
    { id: 'b', parentId: 'root' },
  ];
  const found = drawsBelow(nodes, [draw('a1', 3n), draw('b', 4n), draw('a', 1n)]);
  const sum = (id: string) => total((found.get(id) ?? []).map(({ amount }) => amount));
  expect([sum('root'), sum('a'), sum('a1'), sum('b')]).toEqual([8n, 4n, 3n, 4n]);
});
