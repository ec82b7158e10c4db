import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Ratio, type Rial, rial, toman, total } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { naiveShares, naiveSlices } from '../../bench/slice.reference.ts';
import { type Division, divideByFilter, divideExactly } from './division.ts';
import {
  type CountyExplanation,
  type FormulaInput,
  type FormulaLine,
  prepareIndicators,
  runFormula,
  sliceLine,
} from './formula.ts';

// ---- arbitrary formulas

const values = () =>
  fc.oneof(
    fc.nat({ max: 3 }).map(String),
    fc.nat({ max: 2_000_000 }).map(String),
    fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 999 })).map(([a, b]) => `${a}.${String(b).padStart(3, '0')}`),
    fc.record({ numerator: fc.bigInt(0n, 1000n), denominator: fc.bigInt(1n, 60n) }),
  );

/** Small amounts make ties and bounds meet; large ones leave the doubles behind. */
const amounts = () =>
  fc.oneof(
    fc.bigInt(0n, 60n),
    fc.bigInt(0n, 10n ** 6n).map((millions) => millions * 1_000_000n),
    fc.bigInt(0n, 10n ** 12n),
    fc.bigInt(2n ** 51n, 2n ** 54n),
    fc.bigInt(0n, 10n ** 18n),
  );

const percents = () => fc.nat({ max: 300 });

/** Bounds and adjustments are percentages of an even share, so that many of them bind. */
const inputs = (): fc.Arbitrary<FormulaInput> =>
  fc
    .record({ counties: fc.integer({ min: 1, max: 9 }), indicators: fc.integer({ min: 1, max: 4 }) })
    .chain(({ counties, indicators }) =>
      fc.record({
        amount: amounts(),
        unit: fc.constantFrom(1n, 3n, 10n, 1_000_000n),
        rows: fc.array(
          fc.record({
            values: fc.array(values(), { minLength: indicators, maxLength: indicators }),
            floor: fc.option(percents()),
            room: fc.option(percents(), { freq: 3 }),
            adjustment: fc.option(fc.integer({ min: -100, max: 100 }), { freq: 1 }),
          }),
          { minLength: counties, maxLength: counties },
        ),
        weights: fc.array(fc.bigInt(0n, 10_000n), { minLength: indicators, maxLength: indicators }),
      }),
    )
    .map(({ amount, unit, rows, weights }) => {
      const even = amount / BigInt(rows.length);
      const percent = (part: number) => rial((even * BigInt(part)) / 100n);
      const coded = rows.map((row, place) => ({ ...row, countyCode: `30${String(place).padStart(2, '0')}` }));
      return {
        amount: rial(amount),
        unit: rial(unit),
        countyCodes: coded.map((row) => row.countyCode),
        columns: weights.map((_, place) => ({
          indicator: `indicator_${place}`,
          values: new Map(coded.map((row) => [row.countyCode, must(row.values[place], 'a value')])),
        })),
        weights: weights.map((weight, place) => ({ indicator: `indicator_${place}`, weight })),
        bounds: coded.map(({ countyCode, floor, room }) => ({
          countyCode,
          floor: floor === null ? null : percent(floor % 120),
          cap: room === null ? null : percent(((floor ?? 0) % 120) + room),
        })),
        adjustments: coded.flatMap(({ countyCode, adjustment }) =>
          adjustment === null ? [] : [{ countyCode, amount: percent(adjustment), reason: 'مصوبه کارگروه' }],
        ),
      };
    });

const shuffled = (input: FormulaInput) =>
  fc.record({
    amount: fc.constant(input.amount),
    unit: fc.constant(input.unit),
    countyCodes: fc.shuffledSubarray([...input.countyCodes], { minLength: input.countyCodes.length }),
    columns: fc.shuffledSubarray([...input.columns], { minLength: input.columns.length }),
    weights: fc.shuffledSubarray([...input.weights], { minLength: input.weights.length }),
    bounds: fc.shuffledSubarray([...input.bounds], { minLength: input.bounds.length }),
    adjustments: fc.shuffledSubarray([...input.adjustments], { minLength: input.adjustments.length }),
  });

const runs = { numRuns: 600 };

/** The run, or undefined where the formula says no. */
const runOf = (input: FormulaInput) => {
  const run = runFormula(input);
  return run.ok ? run.value : undefined;
};

const slicesOf = (input: FormulaInput): ReadonlyMap<string, Rial> | undefined => {
  const run = runOf(input);
  return run && new Map(run.counties.map(({ countyCode, amount }) => [countyCode, amount]));
};

const fraction = (text: string): Ratio => {
  const [numerator = '', denominator = '1'] = text.split('/');
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
};
const add = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});
const isWhole = (sum: Ratio, whole: bigint) => sum.numerator === whole * sum.denominator;
const sumOf = (texts: readonly string[]) =>
  texts.map(fraction).reduce(add, { numerator: 0n, denominator: 1n });

/** The lines below the terms, in the order of the page. */
const rest = (county: CountyExplanation) => [
  county.levelling,
  county.adjustment,
  county.bound,
  county.rounding,
];

/** The share before rounding: all lines but the last. */
const exactShare = (county: CountyExplanation) =>
  sumOf([county.proportional, ...rest(county).slice(0, -1)].map((line) => line.exact));

// ---- properties

describe('the slices', () => {
  it('add up to the amount and keep within floors and caps', () => {
    let sliced = 0;
    fc.assert(
      fc.property(inputs(), (input) => {
        const slices = slicesOf(input);
        if (!slices) return;
        sliced += 1;
        expect(total([...slices.values()])).toBe(input.amount);
        for (const { countyCode, floor, cap } of input.bounds) {
          expect(slices.get(countyCode)).toBeGreaterThanOrEqual(floor ?? 0n);
          expect(slices.get(countyCode)).toBeLessThanOrEqual(cap ?? input.amount);
        }
      }),
      runs,
    );
    // The other inputs are refused; were most of them, these properties would say little.
    expect(sliced).toBeGreaterThan(runs.numRuns / 3);
  });

  it('equal the naive reference to the rial, with and without explanation', () => {
    fc.assert(
      fc.property(inputs(), (input) => {
        const slices = slicesOf(input);
        if (!slices) return;
        expect(slices).toEqual(naiveSlices(input, naiveShares(input)));
        const table = prepareIndicators(input.countyCodes, input.columns);
        const bulk = table.ok ? sliceLine(table.value, input) : table;
        expect(bulk.ok && new Map(bulk.value.map((slice) => [slice.countyCode, slice.amount]))).toEqual(
          slices,
        );
      }),
      runs,
    );
  });

  it('do not depend on the order of anything given', () => {
    const pairs = inputs().chain((input) => fc.tuple(fc.constant(input), shuffled(input)));
    fc.assert(
      fc.property(pairs, ([input, other]) => {
        expect(slicesOf(other)).toEqual(slicesOf(input));
      }),
      runs,
    );
  });

  it('are the same for weights and indicators in another scale', () => {
    fc.assert(
      fc.property(inputs(), fc.bigInt(1n, 10n ** 9n), (input, times) => {
        const scaled = {
          ...input,
          weights: input.weights.map((one) => ({ ...one, weight: one.weight * times })),
          columns: input.columns.map((column) => ({
            ...column,
            values: new Map(
              [...column.values].map(([code, value]) => {
                const { numerator, denominator } =
                  typeof value === 'string'
                    ? fraction(value.replace('.', '') + `/1${'0'.repeat(value.split('.')[1]?.length ?? 0)}`)
                    : value;
                return [code, { numerator: numerator * times, denominator }] as const;
              }),
            ),
          })),
        };
        expect(slicesOf(scaled)).toEqual(slicesOf(input));
      }),
      runs,
    );
  });

  it('before rounding never shrink when the amount grows; rounded, by one unit at most', () => {
    fc.assert(
      fc.property(inputs(), fc.bigInt(1n, 10n ** 7n), (input, more) => {
        const before = runOf(input);
        const after = runOf({ ...input, amount: rial(input.amount + more) });
        if (!before || !after) return;
        for (const [place, county] of before.counties.entries()) {
          const later = must(after.counties[place], 'the same county');
          const [small, large] = [exactShare(county), exactShare(later)];
          expect(large.numerator * small.denominator).toBeGreaterThanOrEqual(
            small.numerator * large.denominator,
          );
          expect(later.amount).toBeGreaterThanOrEqual(county.amount - input.unit);
        }
      }),
      runs,
    );
  });

  it('lie less than a unit from the exact share, and on it at a floor or cap', () => {
    fc.assert(
      fc.property(inputs(), (input) => {
        for (const county of runOf(input)?.counties ?? []) {
          const { numerator, denominator } = fraction(county.rounding.exact);
          expect(numerator < input.unit * denominator && -numerator < input.unit * denominator).toBe(true);
          if (county.bound.held !== 'none') expect(numerator).toBe(0n);
        }
      }),
      runs,
    );
  });

  it('are whole units when the amount and all bounds are', () => {
    fc.assert(
      fc.property(inputs(), (input) => {
        const units = (sum: Rial | null) => (sum === null ? null : rial((sum / input.unit) * input.unit));
        const even = {
          ...input,
          amount: rial((input.amount / input.unit) * input.unit),
          bounds: input.bounds.map((one) => ({ ...one, floor: units(one.floor), cap: units(one.cap) })),
        };
        for (const amount of slicesOf(even)?.values() ?? []) expect(amount % input.unit).toBe(0n);
      }),
      runs,
    );
  });
});

describe('the explanation', () => {
  it('adds up to the slice, in exact fractions and in whole rials', () => {
    fc.assert(
      fc.property(inputs(), (input) => {
        for (const county of runOf(input)?.counties ?? []) {
          const lines = [...county.terms, ...rest(county)];
          expect(isWhole(sumOf(lines.map((line) => line.exact)), county.amount)).toBe(true);
          expect(total(lines.map((line) => line.rials))).toBe(county.amount);
          expect(total(county.terms.map((line) => line.rials))).toBe(county.proportional.rials);
          expect(
            isWhole(
              sumOf([county.proportional.exact, ...rest(county).map((line) => line.exact)]),
              county.amount,
            ),
          ).toBe(true);
          for (const line of lines) {
            const { numerator, denominator } = fraction(line.exact);
            const apart = line.rials * denominator - numerator;
            expect(apart < denominator && apart > -denominator).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  it('states each share of an indicator so that all counties make one', () => {
    fc.assert(
      fc.property(inputs(), (input) => {
        const run = runOf(input);
        if (!run) return;
        for (const { indicator } of must(run.counties[0], 'a county').terms) {
          const shares = run.counties.flatMap(({ terms }) =>
            terms.filter((term) => term.indicator === indicator).map((term) => term.share),
          );
          expect(isWhole(sumOf(shares), 1n)).toBe(true);
        }
        expect(isWhole(sumOf(run.counties.map((county) => county.proportional.exact)), input.amount)).toBe(
          true,
        );
        expect(run.adjusted).toBe(total(input.adjustments.map((one) => one.amount)));
      }),
      runs,
    );
  });
});

const clamp = (low: bigint, value: bigint, high: bigint) => (value < low ? low : value > high ? high : value);

describe('a refusal', () => {
  it('comes exactly when no level can lead to the amount, and names the sums', () => {
    fc.assert(
      fc.property(inputs(), (input) => {
        const run = runFormula(input);
        const weighted = input.weights.filter(({ weight }) => weight > 0n).map(({ indicator }) => indicator);
        const shares = naiveShares(input);
        const hasScore = (code: string) =>
          weighted.some((indicator) => shares.get(indicator)?.get(code)?.n !== 0n);
        const rows = input.bounds.map(({ countyCode, floor, cap }) => {
          const moved = input.adjustments.find((one) => one.countyCode === countyCode)?.amount ?? 0n;
          const [low, high] = [floor ?? 0n, cap ?? input.amount];
          const start = clamp(low, moved, high);
          return { low, high, start, most: hasScore(countyCode) ? high : start };
        });
        const sum = (key: 'low' | 'high' | 'start' | 'most') => rows.reduce((a, row) => a + row[key], 0n);
        const empty = weighted.some((indicator) =>
          input.countyCodes.every((code) => shares.get(indicator)?.get(code)?.n === 0n),
        );
        const tooMuch = input.adjustments.some((one) => one.amount > input.amount);
        if (weighted.length === 0) expect(run).toMatchObject({ refusal: { kind: 'NoWeight' } });
        else if (empty) expect(run).toMatchObject({ refusal: { kind: 'IndicatorAllZero' } });
        else if (tooMuch) expect(run).toMatchObject({ refusal: { kind: 'AdjustmentAboveAmount' } });
        else if (sum('low') > input.amount)
          expect(run).toMatchObject({
            refusal: { kind: 'FloorsAboveAmount', floors: sum('low'), by: sum('low') - input.amount },
          });
        else if (sum('high') < input.amount)
          expect(run).toMatchObject({
            refusal: { kind: 'CapsBelowAmount', caps: sum('high'), by: input.amount - sum('high') },
          });
        else if (sum('start') > input.amount)
          expect(run).toMatchObject({ refusal: { kind: 'AdjustmentsAboveAmount', taken: sum('start') } });
        else if (sum('most') < input.amount)
          expect(run).toMatchObject({ refusal: { kind: 'ScoresDoNotReach', reached: sum('most') } });
        else expect(run.ok).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});

// ---- the filter

const many = (seed: number): Division => {
  let state = seed;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const exact = Array.from({ length: 200 }, () => BigInt(10 ** random(6) + random(1000)));
  const amount = BigInt(random(1_000_000)) * 1_000_000n + BigInt(random(999_983));
  const even = amount / 200n;
  return {
    amount,
    unit: random(2) === 0 ? 1n : 1_000_000n,
    scores: {
      exact: (part) => exact[part] ?? 0n,
      near: Float64Array.from(exact, (score) => Number(score) / 7),
      roundings: 2,
    },
    floors: exact.map(() => (even * BigInt(random(90))) / 100n),
    caps: exact.map(() => (even * BigInt(150 + random(2000))) / 100n),
    adjustments: exact.map(() => (random(10) === 0 ? BigInt(random(2000) - 1000) : 0n)),
  };
};

describe('the filter', () => {
  it('answers as the whole numbers do, and nearly always answers', () => {
    let answered = 0;
    for (let seed = 1; seed <= 150; seed += 1) {
      const division = many(seed);
      const parts = divideByFilter(division);
      if (parts === undefined) continue;
      answered += 1;
      expect(parts).toEqual(divideExactly(division).parts);
    }
    expect(answered).toBeGreaterThan(135);
  });

  it('asks the whole numbers where doubles cannot tell', () => {
    // 2/3 and 2/3 + 10⁻²⁵ differ in no double: the remainder decides, and the larger is not the earlier.
    const exact = [2n * 10n ** 25n, 2n * 10n ** 25n + 3n, 2n * 10n ** 25n - 3n];
    const division: Division = {
      amount: 2n,
      unit: 1n,
      scores: { exact: (part) => exact[part] ?? 0n, near: Float64Array.from([2, 2, 2]), roundings: 1 },
      floors: [0n, 0n, 0n],
      caps: [2n, 2n, 2n],
      adjustments: [0n, 0n, 0n],
    };
    expect(divideByFilter(division)).toEqual([1n, 1n, 0n]);
    expect(divideExactly(division).parts).toEqual([1n, 1n, 0n]);
    expect(divideByFilter({ ...division, amount: 1n, caps: [1n, 1n, 1n] })).toEqual([0n, 1n, 0n]);
  });

  const off = 2 ** -51;

  it('does not take a part for free that stands on its cap', () => {
    // The shares are 15 and 17; the doubles put the first a hair below its cap of 15.
    const exact = [15n, 17n];
    const division: Division = {
      amount: 32n,
      unit: 10n,
      scores: {
        exact: (part) => exact[part] ?? 0n,
        near: Float64Array.from([15 * (1 - off), 17 * (1 + off)]),
        roundings: 4,
      },
      floors: [0n, 0n],
      caps: [15n, 32n],
      adjustments: [0n, 0n],
    };
    expect(divideByFilter(division)).toBeUndefined();
    expect(divideExactly(division).parts).toEqual([15n, 17n]);
  });

  it('does not round up what lies a third of a rial below a unit', () => {
    const third = 2n ** 50n;
    const division: Division = {
      amount: third * 3n - 1n,
      unit: 2n ** 20n,
      scores: { exact: () => 1n, near: Float64Array.from([1, 1 - off, 1 + off]), roundings: 4 },
      floors: [0n, 0n, 0n],
      caps: [third * 2n, third * 2n, third * 2n],
      adjustments: [0n, 0n, 0n],
    };
    expect(divideByFilter(division)).toEqual([third, third, third - 1n]);
    expect(divideExactly(division).parts).toEqual([third, third, third - 1n]);
  });
});

// ---- examples

const line = (over: Partial<FormulaInput>): FormulaInput => ({
  amount: rial(100n),
  unit: rial(1n),
  countyCodes: ['a', 'b', 'c'],
  columns: [
    {
      indicator: 'people',
      values: new Map([
        ['a', '1'],
        ['b', '1'],
        ['c', '1'],
      ]),
    },
  ],
  weights: [{ indicator: 'people', weight: 1n }],
  bounds: [],
  adjustments: [],
  ...over,
});
const people = (...all: string[]) => [
  { indicator: 'people', values: new Map(all.map((value, place) => [must('abc'[place], 'a code'), value])) },
];
const amountsOf = (input: FormulaInput) => runOf(input)?.counties.map(({ amount }) => amount);
const bound = (countyCode: string, floor: bigint | null, cap: bigint | null) => ({
  countyCode,
  floor: floor === null ? null : rial(floor),
  cap: cap === null ? null : rial(cap),
});

describe('plain cases', () => {
  test('equal counties: the odd rial goes to the smaller code', () => {
    expect(amountsOf(line({}))).toEqual([34n, 33n, 33n]);
  });

  test('one county gets all', () => {
    const only = line({ countyCodes: ['a'], columns: people('7') });
    expect(amountsOf(only)).toEqual([100n]);
  });

  test('a county without score gets its floor', () => {
    expect(amountsOf(line({ columns: people('0', '1', '3'), bounds: [bound('a', 4n, null)] }))).toEqual([
      4n,
      24n,
      72n,
    ]);
  });

  test('caps that equal floors leave nothing to the score', () => {
    const fixed = line({ bounds: [bound('a', 10n, 10n), bound('b', 20n, 20n), bound('c', 70n, 70n)] });
    expect(amountsOf(fixed)).toEqual([10n, 20n, 70n]);
  });

  test('an amount of nothing', () => {
    expect(amountsOf(line({ amount: rial(0n) }))).toEqual([0n, 0n, 0n]);
  });

  test('a cap sends the rest to the others by their scores', () => {
    expect(amountsOf(line({ columns: people('8', '1', '1'), bounds: [bound('a', null, 60n)] }))).toEqual([
      60n,
      20n,
      20n,
    ]);
  });

  test('an adjustment comes out of the others, not on top of the amount', () => {
    const adjustments = [{ countyCode: 'a', amount: rial(10n), reason: 'جبران سال گذشته' }];
    const run = runOf(line({ adjustments }));
    expect(run?.counties.map(({ amount }) => amount)).toEqual([40n, 30n, 30n]);
    expect(run?.adjusted).toBe(10n);
    expect(run?.counties[0]?.adjustment).toEqual({ exact: '10', rials: 10n, reason: 'جبران سال گذشته' });
    expect(run?.factor).toBe('9/10');
  });

  test('less than a unit left over goes to the next largest remainder', () => {
    expect(amountsOf(line({ amount: rial(1007n), unit: rial(100n) }))).toEqual([400n, 307n, 300n]);
  });
});

const kind = (input: FormulaInput) => {
  const run = runFormula(input);
  return run.ok ? undefined : run.refusal;
};

describe('what is refused', () => {
  test('a missing value, naming county and indicator; unless it counts as zero for a reason', () => {
    const columns = [
      {
        indicator: 'people',
        values: new Map([
          ['a', '1'],
          ['c', '1'],
        ]),
      },
    ];
    const missing = [{ countyCode: 'b', indicator: 'people' }];
    expect(kind(line({ columns }))).toEqual({ kind: 'ValueMissing', missing });
    const zeroBecause = new Map([['b', 'شهرستان پس از سرشماری تأسیس شده است']]);
    const run = runOf(line({ columns: columns.map((column) => ({ ...column, zeroBecause })) }));
    expect(run?.counties.map(({ amount }) => amount)).toEqual([50n, 0n, 50n]);
    expect(run?.counties[1]?.terms[0]?.zeroBecause).toBe(zeroBecause.get('b'));
    expect(run?.counties[0]?.terms[0]?.zeroBecause).toBeNull();
    const blank = columns.map((column) => ({ ...column, zeroBecause: new Map([['b', ' ']]) }));
    expect(kind(line({ columns: blank }))).toEqual({ kind: 'ValueMissing', missing });
  });

  test('a missing value of an indicator without weight does not matter', () => {
    const columns = [...people('1', '1', '2'), { indicator: 'rural', values: new Map<string, string>() }];
    expect(amountsOf(line({ columns }))).toEqual([25n, 25n, 50n]);
  });

  const faults: [string, Partial<FormulaInput>][] = [
    ['AmountNegative', { amount: rial(-1n) }],
    ['UnitNotPositive', { unit: rial(0n) }],
    ['NoCounty', { countyCodes: [] }],
    ['CountyTwice', { countyCodes: ['a', 'b', 'a'] }],
    ['IndicatorTwice', { columns: [...people('1', '1', '1'), ...people('1', '1', '1')] }],
    ['ValueMalformed', { columns: people('1', 'many', '1') }],
    ['ValueNegative', { columns: people('1', '-1', '1') }],
    ['IndicatorUnknown', { weights: [{ indicator: 'cattle', weight: 1n }] }],
    ['WeightNegative', { weights: [{ indicator: 'people', weight: -1n }] }],
    ['NoWeight', { weights: [{ indicator: 'people', weight: 0n }] }],
    ['IndicatorAllZero', { columns: people('0', '0', '0') }],
    ['CountyUnknown', { bounds: [bound('z', 1n, null)] }],
    ['CountyTwice', { bounds: [bound('a', 1n, null), bound('a', 2n, null)] }],
    ['FloorNegative', { bounds: [bound('a', -1n, null)] }],
    ['FloorAboveCap', { bounds: [bound('a', 3n, 2n)] }],
    ['AdjustmentWithoutReason', { adjustments: [{ countyCode: 'a', amount: rial(1n), reason: ' ' }] }],
    ['AdjustmentAboveAmount', { adjustments: [{ countyCode: 'a', amount: rial(101n), reason: 'r' }] }],
    ['FloorsAboveAmount', { bounds: [bound('a', 60n, null), bound('b', 41n, null)] }],
    ['CapsBelowAmount', { bounds: [bound('a', null, 33n), bound('b', null, 33n), bound('c', null, 33n)] }],
  ];
  test.each(faults)('%s', (expected, over) => {
    expect(kind(line(over))?.kind).toBe(expected);
  });

  test('floors above the amount: both sums, and by how much they must give way', () => {
    expect(kind(line({ bounds: [bound('a', 60n, null), bound('b', 45n, null)] }))).toEqual({
      kind: 'FloorsAboveAmount',
      floors: 105n,
      amount: 100n,
      by: 5n,
    });
  });

  test('the counties with a score are full, and the others cannot take the rest', () => {
    const bounds = [bound('a', null, 50n)];
    expect(kind(line({ columns: people('1', '0', '0'), bounds }))).toEqual({
      kind: 'ScoresDoNotReach',
      reached: 50n,
      amount: 100n,
      by: 50n,
      withoutScore: ['b', 'c'],
    });
  });
});

const billion = (tomans: bigint) => toman(tomans * 1_000_000_000n);

describe('Alborz', () => {
  // Census 1395 of the Statistical Centre of Iran: population from table 1, unemployed of 15 and over from
  // table 5 of each county's workbook, as in data/county_indicators.csv (sci1395_t1, sci1395_t5).
  const counties = [
    ['3001', 'کرج', 1_973_470, 97_818],
    ['3002', 'ساوجبلاغ', 259_973, 8_570],
    ['3003', 'نظرآباد', 152_437, 5_764],
    ['3004', 'طالقان', 16_815, 448],
    ['3005', 'اشتهارد', 37_876, 778],
    ['3006', 'فردیس', 271_829, 13_346],
  ] as const;
  const input: FormulaInput = {
    amount: billion(90n),
    unit: rial(10_000_000n),
    countyCodes: counties.map(([code]) => code),
    columns: [
      {
        indicator: 'population',
        values: new Map(counties.map(([code, , living]) => [code, String(living)])),
      },
      { indicator: 'unemployed', values: new Map(counties.map(([code, , , idle]) => [code, String(idle)])) },
    ],
    weights: [
      { indicator: 'population', weight: 4000n },
      { indicator: 'unemployed', weight: 6000n },
    ],
    // No county under two billion toman, and none above half of the whole.
    bounds: counties.map(([countyCode]) => ({ countyCode, floor: billion(2n), cap: billion(45n) })),
    adjustments: [{ countyCode: '3004', amount: toman(500_000_000n), reason: 'راه کوهستانی، مصوبه کارگروه' }],
  };

  test('Karaj ends at the cap, Taleqan and Eshtehard at the floor, the others share the rest', () => {
    const run = must(runOf(input), 'the line can be sliced');
    expect(run.counties.map(({ bound: { held } }) => held)).toEqual([
      'cap',
      'none',
      'none',
      'floor',
      'floor',
      'none',
    ]);
    expect(total(run.counties.map(({ amount }) => amount))).toBe(billion(90n));
    // Reckoned apart: 13,948.45, 8,797.15 and 18,254.40 units of ten million rials; one unit is left over.
    expect(run.counties.map(({ amount }) => amount / 10_000_000n)).toEqual([
      45_000n,
      13_949n,
      8_797n,
      2_000n,
      2_000n,
      18_254n,
    ]);
  });

  test("Karaj's number term by term, before floors, caps and adjustments", () => {
    const plain = must(runOf({ ...input, bounds: [], adjustments: [] }), 'the line can be sliced');
    const karaj = must(plain.counties[0], 'Karaj');
    // 900 billion rial × 0.4 × 1,973,470 ÷ 2,712,400 and × 0.6 × 97,818 ÷ 126,724.
    expect(
      karaj.terms.map(({ indicator, value, total: all, weight, rials }) => [
        indicator,
        value,
        all,
        weight,
        rials,
      ]),
    ).toEqual([
      ['population', '1973470', '2712400', 4000n, 261_926_412_033n],
      ['unemployed', '97818', '126724', 6000n, 416_824_910_830n],
    ]);
    expect(plain.factor).toBe('1');
    expect(karaj.levelling.rials).toBe(0n);
  });
});

test('many lines over one table, weights changing', () => {
  const table = prepareIndicators(['a', 'b', 'c'], [...people('1', '2', '3')]);
  const lines: FormulaLine[] = [1n, 7n, 10_000n].map((weight) =>
    line({ weights: [{ indicator: 'people', weight }] }),
  );
  const all = lines.map((one) => (table.ok ? sliceLine(table.value, one) : table));
  for (const slices of all)
    expect(slices.ok && slices.value.map(({ amount }) => amount)).toEqual([17n, 33n, 50n]);
});
