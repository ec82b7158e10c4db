import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ratio, type Rial, rial, total } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { naiveShares, naiveSlices } from '../../bench/slice.reference.ts';
import { type CountyExplanation, type FormulaInput, runFormula, sliceLine } from './formula.ts';
import { prepareIndicators } from './value.ts';

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
