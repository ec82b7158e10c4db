import { type Ratio, gcd, nearestDouble, readRatio } from '#kernel/rial.ts';
import { type Result, ok, refused } from '#kernel/result.ts';

/**
 * The table of indicators that a formula weighs: values of the counties taking part, exact, brought to one
 * denominator once and used for any number of credit lines.
 */

/** An exact value: a decimal string (`44.25`) or a fraction. */
export type IndicatorValue = string | Ratio;

export type IndicatorColumn = {
  readonly indicator: string;
  /** By county code. Values of counties that do not take part are left aside. */
  readonly values: ReadonlyMap<string, IndicatorValue>;
  /** Counties whose missing value counts as zero, with the reason. Any other missing value is refused. */
  readonly zeroBecause?: ReadonlyMap<string, string>;
};

export type TableRefusal =
  | { readonly kind: 'NoCounty' }
  | { readonly kind: 'CountyTwice'; readonly countyCode: string }
  | { readonly kind: 'IndicatorTwice'; readonly indicator: string }
  | { readonly kind: 'ValueMalformed'; readonly countyCode: string; readonly indicator: string }
  | { readonly kind: 'ValueNegative'; readonly countyCode: string; readonly indicator: string };

export type Column = {
  readonly indicator: string;
  /** Why a missing value counts as zero. */
  readonly zeroBecause: ReadonlyMap<string, string>;
  readonly missing: readonly string[];
  /** Values in the order of the table's counties, all over `denominator`. */
  readonly whole: readonly bigint[];
  readonly denominator: bigint;
  readonly total: bigint;
  /** value ÷ total: exactly, over the table's common denominator, and in doubles. */
  readonly exact: readonly bigint[];
  readonly near: Float64Array;
};

/** Indicators over the counties taking part, made once and used for any number of lines. */
export type IndicatorTable = {
  /** Sorted. */
  readonly countyCodes: readonly string[];
  readonly placeOf: ReadonlyMap<string, number>;
  readonly columns: ReadonlyMap<string, Column>;
  /** Over which all `exact` shares stand. */
  readonly denominator: bigint;
  /** Whether all totals are small enough that no share is lost under the smallest double. */
  readonly fitsDoubles: boolean;
};

type Read = Omit<Column, 'exact' | 'near'>;

const lcm = (a: bigint, b: bigint): bigint => (a / gcd(a, b)) * b;

function readColumn(column: IndicatorColumn, countyCodes: readonly string[]): Result<Read, TableRefusal> {
  const { indicator } = column;
  const zeroBecause = new Map<string, string>();
  const missing: string[] = [];
  const ratios: Ratio[] = [];
  for (const countyCode of countyCodes) {
    const value = column.values.get(countyCode);
    const reason = value === undefined ? (column.zeroBecause?.get(countyCode)?.trim() ?? '') : '';
    if (reason !== '') zeroBecause.set(countyCode, reason);
    else if (value === undefined) missing.push(countyCode);
    const ratio =
      typeof value === 'string' ? readRatio(value) : (value ?? { numerator: 0n, denominator: 1n });
    if (ratio === undefined || ratio.denominator <= 0n)
      return refused({ kind: 'ValueMalformed', countyCode, indicator });
    if (ratio.numerator < 0n) return refused({ kind: 'ValueNegative', countyCode, indicator });
    ratios.push(ratio);
  }
  const denominator = ratios.reduce((common, ratio) => lcm(common, ratio.denominator), 1n);
  const whole = ratios.map((ratio) => ratio.numerator * (denominator / ratio.denominator));
  const total = whole.reduce((sum, value) => sum + value, 0n);
  return ok({ indicator, zeroBecause, missing, whole, denominator, total });
}

/** Reads the indicators of the counties taking part and brings them to one denominator. */
export function prepareIndicators(
  given: readonly string[],
  columns: readonly IndicatorColumn[],
): Result<IndicatorTable, TableRefusal> {
  if (given.length === 0) return refused({ kind: 'NoCounty' });
  const countyCodes = given.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const placeOf = new Map<string, number>();
  for (const [place, countyCode] of countyCodes.entries()) {
    if (placeOf.has(countyCode)) return refused({ kind: 'CountyTwice', countyCode });
    placeOf.set(countyCode, place);
  }
  const reads = new Map<string, Read>();
  for (const column of columns) {
    if (reads.has(column.indicator)) return refused({ kind: 'IndicatorTwice', indicator: column.indicator });
    const read = readColumn(column, countyCodes);
    if (!read.ok) return read;
    reads.set(column.indicator, read.value);
  }
  const totals = [...reads.values()].map((read) => read.total).filter((total) => total > 0n);
  const denominator = totals.reduce(lcm, 1n);
  const ready = [...reads.values()].map((read): [string, Column] => {
    const times = read.total > 0n ? denominator / read.total : 0n;
    const all = nearestDouble(read.total);
    const near = Float64Array.from(read.whole, (value) => (value === 0n ? 0 : nearestDouble(value) / all));
    return [read.indicator, { ...read, exact: read.whole.map((value) => value * times), near }];
  });
  const fitsDoubles = totals.every((total) => total < 1n << 500n);
  return ok({ countyCodes, placeOf, columns: new Map(ready), denominator, fitsDoubles });
}
