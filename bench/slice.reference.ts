import type { FormulaInput } from '#credit/formula.ts';
import type { IndicatorValue } from '#credit/value.ts';

/**
 * The formula of slicing as one would first write it down, without thought of speed: reduced fractions, and
 * rounds that fix at its bound whoever has left it (Bitran and Hax 1981). It answers only where there is an
 * answer, and shares no code with `src/credit`.
 */
type Fraction = { readonly n: bigint; readonly d: bigint };

function fraction(n: bigint, d: bigint): Fraction {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? { n: 0n, d: 1n } : { n: n / a, d: d / a };
}

const whole = (n: bigint): Fraction => ({ n, d: 1n });
const add = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
const subtract = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
const smaller = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b);
const larger = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b);
const sum = (all: readonly Fraction[]): Fraction => all.reduce(add, whole(0n));

function read(value: IndicatorValue | undefined): Fraction {
  if (value === undefined) return whole(0n);
  if (typeof value !== 'string') return fraction(value.numerator, value.denominator);
  const [integer = '', decimals = ''] = value.split('.');
  return fraction(BigInt(integer + decimals), 10n ** BigInt(decimals.length));
}

type County = {
  readonly code: string;
  readonly score: Fraction;
  readonly floor: Fraction;
  readonly cap: Fraction;
  readonly adjustment: Fraction;
};

type Prepared = ReadonlyMap<string, ReadonlyMap<string, Fraction>>;

/** Each indicator's value over its total, by indicator and county: the part that all lines share. */
export function naiveShares(input: Pick<FormulaInput, 'countyCodes' | 'columns'>): Prepared {
  return new Map(
    input.columns.map(({ indicator, values }) => {
      const rows = input.countyCodes.map((code) => [code, read(values.get(code))] as const);
      const total = sum(rows.map(([, value]) => value));
      return [
        indicator,
        new Map(rows.map(([code, value]) => [code, total.n === 0n ? total : divide(value, total)])),
      ];
    }),
  );
}

function countiesOf(input: Omit<FormulaInput, 'columns'>, shares: Prepared): County[] {
  const bounds = new Map(input.bounds.map((one) => [one.countyCode, one]));
  const adjustments = new Map(input.adjustments.map((one) => [one.countyCode, one.amount]));
  return input.countyCodes
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((code) => ({
      code,
      score: sum(
        input.weights
          .filter(({ weight }) => weight > 0n)
          .map(({ indicator, weight }) =>
            multiply(whole(weight), shares.get(indicator)?.get(code) ?? whole(0n)),
          ),
      ),
      floor: whole(bounds.get(code)?.floor ?? 0n),
      cap: whole(bounds.get(code)?.cap ?? input.amount),
      adjustment: whole(adjustments.get(code) ?? 0n),
    }));
}

/** The exact shares, held between the bounds. */
function fill(counties: readonly County[], amount: bigint): ReadonlyMap<string, Fraction> {
  const fixed = new Map<string, Fraction>();
  for (;;) {
    const free = counties.filter(({ code }) => !fixed.has(code));
    const rest = subtract(
      whole(amount),
      add(sum([...fixed.values()]), sum(free.map((one) => one.adjustment))),
    );
    const scores = sum(free.map(({ score }) => score));
    const level = scores.n === 0n ? whole(0n) : divide(rest, scores);
    const shares = free.map((one) => ({ one, share: add(one.adjustment, multiply(level, one.score)) }));
    const low = shares.filter(({ one, share }) => compare(share, one.floor) < 0);
    const high = shares.filter(({ one, share }) => compare(share, one.cap) > 0);
    const lack = sum(low.map(({ one, share }) => subtract(one.floor, share)));
    const excess = sum(high.map(({ one, share }) => subtract(share, one.cap)));
    if (scores.n === 0n || compare(lack, excess) === 0) {
      for (const { one, share } of shares) fixed.set(one.code, larger(one.floor, smaller(one.cap, share)));
      return fixed;
    }
    if (compare(lack, excess) > 0) for (const { one } of low) fixed.set(one.code, one.floor);
    else for (const { one } of high) fixed.set(one.code, one.cap);
  }
}

function round(
  counties: readonly County[],
  shares: ReadonlyMap<string, Fraction>,
  amount: bigint,
  unit: bigint,
) {
  const rows = counties.map((one) => {
    const share = shares.get(one.code) ?? whole(0n);
    if (compare(share, one.floor) <= 0)
      return { code: one.code, part: one.floor.n, step: 0n, remainder: whole(0n) };
    if (compare(share, one.cap) >= 0)
      return { code: one.code, part: one.cap.n, step: 0n, remainder: whole(0n) };
    const grid = (share.n / (share.d * unit)) * unit;
    const part = larger(one.floor, whole(grid)).n;
    const step = smaller(one.cap, whole(grid + unit)).n - part;
    return { code: one.code, part, step, remainder: subtract(share, whole(part)) };
  });
  let left = rows.reduce((rest, row) => rest - row.part, amount);
  const given = new Map(rows.map(({ code, part }) => [code, part]));
  for (const row of rows.toSorted(
    (a, b) => compare(b.remainder, a.remainder) || (a.code < b.code ? -1 : 1),
  )) {
    const step = left < row.step ? left : row.step;
    given.set(row.code, row.part + step);
    left -= step;
  }
  return given;
}

/** The slices by county code; the line must have an answer. */
export function naiveSlices(
  input: Omit<FormulaInput, 'columns'>,
  shares: Prepared,
): ReadonlyMap<string, bigint> {
  const counties = countiesOf(input, shares);
  return round(counties, fill(counties, input.amount), input.amount, input.unit);
}
