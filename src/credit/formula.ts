import { type Ratio, type Rial, nearestDouble, rial, writeRatio, zero } from '#kernel/rial.ts';
import { type No, type Result, assert, must, ok, refused } from '#kernel/result.ts';
import { type Division, type Scores, divideByFilter, divideExactly, reachOf } from './division.ts';
import {
  type Column,
  type IndicatorColumn,
  type IndicatorTable,
  type TableRefusal,
  prepareIndicators,
} from './value.ts';

/**
 * The formula of slicing: an amount is divided over counties by named indicators with weights.
 *
 * - The score of a county is the sum over the indicators of weight × value ÷ total of the values of the
 *   counties taking part; so all scores add up to the sum of the weights.
 * - A county's exact share is score × level + its manual adjustment, held between its floor and its cap. The
 *   level is the same for all: the one at which the shares add up to the amount. Floors and caps bind the
 *   figure with its adjustment; an adjustment moves the others, never the amount.
 * - A county at its floor or cap gets it to the rial; the others are rounded to the unit as `division.ts`
 *   says. The slices add up to the amount to the rial.
 *
 * Exact and independent of the order of what is given: counties are taken in the order of their codes, and an
 * equal remainder goes to the smaller code. When the amount grows and all else stays, no exact share shrinks;
 * a rounded slice can shrink, by one unit at most.
 */

export type CountyBounds = {
  readonly countyCode: string;
  /** Null is no floor: zero. */
  readonly floor: Rial | null;
  /** Null is no cap. */
  readonly cap: Rial | null;
};

export type Adjustment = { readonly countyCode: string; readonly amount: Rial; readonly reason: string };

export type Weight = { readonly indicator: string; readonly weight: bigint };

/** What may differ from credit line to credit line over one table of indicators. */
export type FormulaLine = {
  readonly amount: Rial;
  readonly unit: Rial;
  /** Whole numbers, e.g. per ten thousand; only their ratio counts. An indicator without weight is not used. */
  readonly weights: readonly Weight[];
  readonly bounds: readonly CountyBounds[];
  readonly adjustments: readonly Adjustment[];
};

export type FormulaInput = FormulaLine & {
  readonly countyCodes: readonly string[];
  readonly columns: readonly IndicatorColumn[];
};

/** `by` is the nearest change: the least sum by which amount, floors, caps or adjustments must give way. */
export type LineRefusal =
  | { readonly kind: 'AmountNegative'; readonly amount: Rial }
  | { readonly kind: 'UnitNotPositive'; readonly unit: Rial }
  | { readonly kind: 'IndicatorUnknown'; readonly indicator: string }
  | { readonly kind: 'IndicatorTwice'; readonly indicator: string }
  | { readonly kind: 'WeightNegative'; readonly indicator: string }
  | { readonly kind: 'NoWeight' }
  | {
      readonly kind: 'ValueMissing';
      readonly missing: readonly { readonly countyCode: string; readonly indicator: string }[];
    }
  | { readonly kind: 'IndicatorAllZero'; readonly indicator: string }
  | { readonly kind: 'CountyUnknown'; readonly countyCode: string }
  | { readonly kind: 'CountyTwice'; readonly countyCode: string }
  | { readonly kind: 'FloorNegative'; readonly countyCode: string }
  | { readonly kind: 'FloorAboveCap'; readonly countyCode: string; readonly floor: Rial; readonly cap: Rial }
  | { readonly kind: 'AdjustmentWithoutReason'; readonly countyCode: string }
  | { readonly kind: 'AdjustmentAboveAmount'; readonly countyCode: string; readonly by: Rial }
  | { readonly kind: 'FloorsAboveAmount'; readonly floors: Rial; readonly amount: Rial; readonly by: Rial }
  | { readonly kind: 'CapsBelowAmount'; readonly caps: Rial; readonly amount: Rial; readonly by: Rial }
  | {
      /** Already without any share by score, floors and adjustments together take more than the amount. */
      readonly kind: 'AdjustmentsAboveAmount';
      readonly taken: Rial;
      readonly amount: Rial;
      readonly by: Rial;
    }
  | {
      /** The counties that have a score are all at their caps, and the others cannot take the rest. */
      readonly kind: 'ScoresDoNotReach';
      readonly reached: Rial;
      readonly amount: Rial;
      readonly by: Rial;
      readonly withoutScore: readonly string[];
    };

export type FormulaRefusal = TableRefusal | LineRefusal;

export type CountySlice = { readonly countyCode: string; readonly amount: Rial };

// ---- one line

type Weighted = { readonly column: Column; readonly weight: bigint };

function weigh(table: IndicatorTable, weights: readonly Weight[]): Result<Weighted[], LineRefusal> {
  const seen = new Set<string>();
  const weighted: Weighted[] = [];
  for (const { indicator, weight } of weights) {
    const column = table.columns.get(indicator);
    if (column === undefined) return refused({ kind: 'IndicatorUnknown', indicator });
    if (seen.has(indicator)) return refused({ kind: 'IndicatorTwice', indicator });
    if (weight < 0n) return refused({ kind: 'WeightNegative', indicator });
    seen.add(indicator);
    if (weight > 0n) weighted.push({ column, weight });
  }
  if (weighted.length === 0) return refused({ kind: 'NoWeight' });
  const missing = weighted.flatMap(({ column: { indicator, missing: counties } }) =>
    counties.map((countyCode) => ({ countyCode, indicator })),
  );
  if (missing.length > 0) return refused({ kind: 'ValueMissing', missing });
  const empty = weighted.find(({ column }) => column.total === 0n);
  if (empty) return refused({ kind: 'IndicatorAllZero', indicator: empty.column.indicator });
  // In the order of the names, so that not even the roundings of the filter depend on the order given.
  return ok(weighted.sort((a, b) => (a.column.indicator < b.column.indicator ? -1 : 1)));
}

function scoresOf(table: IndicatorTable, weighted: readonly Weighted[]): Scores {
  const size = table.countyCodes.length;
  const known: (bigint | undefined)[] = [];
  const exact = (place: number): bigint => {
    let score = known[place];
    if (score !== undefined) return score;
    score = 0n;
    for (const { column, weight } of weighted)
      score += weight * must(column.exact[place], 'a county of the table');
    known[place] = score;
    return score;
  };
  // Two conversions, a division, a weight and its product make five roundings, each further term one more.
  const roundings = 5 + weighted.length;
  if (!table.fitsDoubles || weighted.some(({ weight }) => weight > 1n << 100n))
    return { exact, near: undefined, roundings };
  const near = new Float64Array(size);
  for (const { column, weight } of weighted) {
    const factor = nearestDouble(weight);
    for (let place = 0; place < size; place += 1)
      near[place] = (near[place] ?? 0) + factor * (column.near[place] ?? 0);
  }
  return { exact, near, roundings };
}

type Bounds = Pick<Division, 'floors' | 'caps'>;

function boundsOf(table: IndicatorTable, line: FormulaLine): Result<Bounds, LineRefusal> {
  const floors = table.countyCodes.map(() => 0n);
  const caps = table.countyCodes.map((): bigint => line.amount);
  const seen = new Uint8Array(floors.length);
  for (const { countyCode, floor, cap } of line.bounds) {
    const place = table.placeOf.get(countyCode);
    if (place === undefined) return refused({ kind: 'CountyUnknown', countyCode });
    if (seen[place] === 1) return refused({ kind: 'CountyTwice', countyCode });
    if (floor !== null && floor < 0n) return refused({ kind: 'FloorNegative', countyCode });
    if (cap !== null && cap < (floor ?? 0n))
      return refused({ kind: 'FloorAboveCap', countyCode, floor: floor ?? zero, cap });
    seen[place] = 1;
    if (floor !== null) floors[place] = floor;
    if (cap !== null && cap < line.amount) caps[place] = cap;
  }
  return ok({ floors, caps });
}

function adjustmentsOf(table: IndicatorTable, line: FormulaLine): Result<bigint[], LineRefusal> {
  const adjustments = table.countyCodes.map(() => 0n);
  const seen = new Set<number>();
  for (const { countyCode, amount, reason } of line.adjustments) {
    const place = table.placeOf.get(countyCode);
    if (place === undefined) return refused({ kind: 'CountyUnknown', countyCode });
    if (seen.has(place)) return refused({ kind: 'CountyTwice', countyCode });
    if (reason.trim() === '') return refused({ kind: 'AdjustmentWithoutReason', countyCode });
    if (amount > line.amount)
      return refused({ kind: 'AdjustmentAboveAmount', countyCode, by: rial(amount - line.amount) });
    seen.add(place);
    adjustments[place] = amount;
  }
  return ok(adjustments);
}

type Prepared = { readonly division: Division; readonly weighted: readonly Weighted[] };

function prepareLine(table: IndicatorTable, line: FormulaLine): Result<Prepared, LineRefusal> {
  if (line.amount < 0n) return refused({ kind: 'AmountNegative', amount: line.amount });
  if (line.unit <= 0n) return refused({ kind: 'UnitNotPositive', unit: line.unit });
  const weighted = weigh(table, line.weights);
  if (!weighted.ok) return weighted;
  const bounds = boundsOf(table, line);
  if (!bounds.ok) return bounds;
  const adjustments = adjustmentsOf(table, line);
  if (!adjustments.ok) return adjustments;
  const division = {
    amount: line.amount,
    unit: line.unit,
    scores: scoresOf(table, weighted.value),
    floors: bounds.value.floors,
    caps: bounds.value.caps,
    adjustments: adjustments.value,
  };
  return ok({ division, weighted: weighted.value });
}

const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

/** Why no level leads to the amount; undefined when one does. */
function decideReach(table: IndicatorTable, division: Division): No<LineRefusal> | undefined {
  const amount = rial(division.amount);
  const floors = rial(sumOf(division.floors));
  if (floors > amount)
    return refused({ kind: 'FloorsAboveAmount', floors, amount, by: rial(floors - amount) });
  const caps = rial(sumOf(division.caps));
  if (caps < amount) return refused({ kind: 'CapsBelowAmount', caps, amount, by: rial(amount - caps) });
  const reach = reachOf(division);
  if (reach.least > amount) {
    const taken = rial(reach.least);
    return refused({ kind: 'AdjustmentsAboveAmount', taken, amount, by: rial(taken - amount) });
  }
  if (reach.most >= amount) return undefined;
  const reached = rial(reach.most);
  const withoutScore = table.countyCodes.filter((_, place) => division.scores.exact(place) === 0n);
  return refused({ kind: 'ScoresDoNotReach', reached, amount, by: rial(amount - reached), withoutScore });
}

/** The slices of one line, without explanation: for many lines over one table, and for the what-if. */
export function sliceLine(table: IndicatorTable, line: FormulaLine): Result<CountySlice[], LineRefusal> {
  const prepared = prepareLine(table, line);
  if (!prepared.ok) return prepared;
  const { division } = prepared.value;
  let parts = divideByFilter(division);
  if (parts === undefined) {
    const unreached = decideReach(table, division);
    if (unreached) return unreached;
    ({ parts } = divideExactly(division));
  }
  const proven = parts;
  return ok(
    table.countyCodes.map((countyCode, place) => ({
      countyCode,
      amount: rial(must(proven[place], 'a part')),
    })),
  );
}

// ---- the explanation

/** A line of an explanation: the exact fraction of rials as text, and whole rials that add up down the page. */
export type Explained = { readonly exact: string; readonly rials: Rial };

export type FormulaTerm = Explained & {
  readonly indicator: string;
  readonly value: string;
  /** Why a missing value counts as zero; null when the value is known. */
  readonly zeroBecause: string | null;
  /** Of the counties taking part. */
  readonly total: string;
  /** value ÷ total, in lowest terms. */
  readonly share: string;
  readonly weight: bigint;
};

/**
 * One county's number. The exact fractions of terms, levelling, adjustment, bound and rounding add up to the
 * amount, and so do their whole rials (each is less than one rial from its fraction).
 */
export type CountyExplanation = CountySlice & {
  /** What each indicator would bring with no bounds and adjustments anywhere. */
  readonly terms: readonly FormulaTerm[];
  /** The sum of the terms. */
  readonly proportional: Explained;
  /** What the bounds and adjustments of all counties leave to or take from the share by score. */
  readonly levelling: Explained;
  readonly adjustment: Explained & { readonly reason: string | null };
  /** What the county's own floor adds or its own cap takes. */
  readonly bound: Explained & { readonly held: 'floor' | 'cap' | 'none' };
  readonly rounding: Explained;
};

export type FormulaRun = {
  readonly amount: Rial;
  readonly unit: Rial;
  /** The sum of the manual adjustments. */
  readonly adjusted: Rial;
  /** What the sum of the weights is, i.e. the sum of all scores. */
  readonly weights: bigint;
  /** By how much the share by score is multiplied so that all shares add up; 1 without bounds and adjustments. */
  readonly factor: string;
  /** In the order of the county codes. */
  readonly counties: readonly CountyExplanation[];
};

const add = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});
const subtract = (a: Ratio, b: Ratio): Ratio =>
  add(a, { numerator: -b.numerator, denominator: b.denominator });
const wholeOf = (value: bigint): Ratio => ({ numerator: value, denominator: 1n });

function floorOf({ numerator, denominator }: Ratio): bigint {
  const down = numerator / denominator;
  return numerator < 0n && down * denominator !== numerator ? down - 1n : down;
}

/** Writes lines one under the other; their whole rials are the steps of the running sum, rounded down. */
function runningPage(): (exact: Ratio) => Explained {
  let sum: Ratio = wholeOf(0n);
  let rounded = 0n;
  return (exact) => {
    sum = add(sum, exact);
    const now = floorOf(sum);
    const rials = rial(now - rounded);
    rounded = now;
    return { exact: writeRatio(exact), rials };
  };
}

type Explaining = {
  readonly table: IndicatorTable;
  readonly line: FormulaLine;
  readonly weighted: readonly Weighted[];
  readonly division: Division;
  readonly level: Ratio;
  readonly weights: bigint;
};

function termsOf(context: Explaining, place: number, write: (exact: Ratio) => Explained): FormulaTerm[] {
  const { table, line, weights } = context;
  const countyCode = must(table.countyCodes[place], 'a county of the table');
  return context.weighted.map(({ column, weight }) => {
    const whole = must(column.whole[place], 'a value for each county');
    const term = { numerator: line.amount * weight * whole, denominator: weights * column.total };
    return {
      ...write(term),
      indicator: column.indicator,
      value: writeRatio({ numerator: whole, denominator: column.denominator }),
      zeroBecause: column.zeroBecause.get(countyCode) ?? null,
      total: writeRatio({ numerator: column.total, denominator: column.denominator }),
      share: writeRatio({ numerator: whole, denominator: column.total }),
      weight,
    };
  });
}

function explainCounty(context: Explaining, place: number, amount: Rial): CountyExplanation {
  const { table, line, division, level, weights } = context;
  const countyCode = must(table.countyCodes[place], 'a county of the table');
  const score = division.scores.exact(place);
  const floor = must(division.floors[place], 'a floor');
  const cap = must(division.caps[place], 'a cap');
  const adjusted = must(division.adjustments[place], 'an adjustment');
  const proportional = { numerator: line.amount * score, denominator: weights * table.denominator };
  const levelled = { numerator: level.numerator * score, denominator: level.denominator };
  const open = add(levelled, wholeOf(adjusted));
  const held = floorOf(subtract(open, wholeOf(floor))) < 0n ? 'floor' : exceeds(open, cap) ? 'cap' : 'none';
  const bounded = held === 'floor' ? wholeOf(floor) : held === 'cap' ? wholeOf(cap) : open;
  const write = runningPage();
  const terms = termsOf(context, place, write);
  const sum = terms.reduce((a, term) => a + term.rials, 0n);
  return {
    countyCode,
    amount,
    terms,
    proportional: { exact: writeRatio(proportional), rials: rial(sum) },
    levelling: write(subtract(levelled, proportional)),
    adjustment: {
      ...write(wholeOf(adjusted)),
      reason: line.adjustments.find((one) => one.countyCode === countyCode)?.reason ?? null,
    },
    bound: { ...write(subtract(bounded, open)), held },
    rounding: write(subtract(wholeOf(amount), bounded)),
  };
}

const exceeds = (value: Ratio, bound: bigint): boolean => value.numerator > bound * value.denominator;

/** Runs the formula for one line and explains each county's number, term by term. */
export function runFormula(input: FormulaInput): Result<FormulaRun, FormulaRefusal> {
  const table = prepareIndicators(input.countyCodes, input.columns);
  return table.ok ? explainLine(table.value, input) : table;
}

/** As `sliceLine`, with the explanation. */
export function explainLine(table: IndicatorTable, line: FormulaLine): Result<FormulaRun, LineRefusal> {
  const prepared = prepareLine(table, line);
  if (!prepared.ok) return prepared;
  const { division, weighted } = prepared.value;
  const unreached = decideReach(table, division);
  if (unreached) return unreached;
  const { level, parts } = divideExactly(division);
  const filtered = divideByFilter(division);
  assert(
    filtered === undefined || filtered.every((part, place) => part === parts[place]),
    'the filter and the exact division differ',
  );
  const weights = sumOf(weighted.map(({ weight }) => weight));
  const context = { table, line, weighted, division, level, weights };
  const factor = {
    numerator: level.numerator * weights * table.denominator,
    denominator: level.denominator * line.amount,
  };
  return ok({
    amount: line.amount,
    unit: line.unit,
    adjusted: rial(sumOf(division.adjustments)),
    weights,
    factor: line.amount === 0n ? '1' : writeRatio(factor),
    counties: parts.map((part, place) => explainCounty(context, place, rial(part))),
  });
}
