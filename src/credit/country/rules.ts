import { type Rial, minus, rial, total } from '#kernel/rial.ts';
import { type Result, must, ok } from '#kernel/result.ts';
import { indicatorKeys } from '../division/rules.ts';
import { type CountySlice, type FormulaRefusal, type Weight, sliceLine } from '../formula.ts';
import { type CountyFigure, columnsOf } from '../slicing/rules.ts';
import { type IndicatorTable, type TableRefusal, prepareIndicators } from '../value.ts';

/**
 * One sum divided over the provinces of the country and in each province over its counties, by one set of
 * weights: what a ministry tries before it notifies. The provinces' parts add up to the sum and the counties'
 * parts to their province's, to the rial.
 */
export type CountryTable = {
  /** The provinces by slug, each with the sum of its counties' figures. */
  readonly provinces: IndicatorTable;
  /** In the order of `provinces`. */
  readonly counties: readonly IndicatorTable[];
};

export type ProvinceCounties = { readonly slug: string; readonly countyCodes: readonly string[] };

/** Reads all figures once. A county without a figure counts as zero, for the reason given. */
export function readCountry(
  provinces: readonly ProvinceCounties[],
  figures: readonly CountyFigure[],
  reason: string,
): Result<CountryTable, TableRefusal> {
  const known = new Map(
    figures.map(({ countyCode, indicator, value }) => [`${countyCode} ${indicator}`, value]),
  );
  const sums: CountyFigure[] = [];
  const tables: IndicatorTable[] = [];
  const sorted = provinces.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  for (const { slug, countyCodes } of sorted) {
    const own = countyCodes.flatMap((countyCode) =>
      indicatorKeys.map((indicator) => ({
        countyCode,
        indicator,
        value: known.get(`${countyCode} ${indicator}`) ?? '0',
      })),
    );
    const zeros = countyCodes.map((countyCode) => ({ countyCode, reason }));
    const table = prepareIndicators(countyCodes, columnsOf(indicatorKeys, own, zeros));
    if (!table.ok) return table;
    tables.push(table.value);
    for (const indicator of indicatorKeys) {
      const { total: sum, denominator } = must(
        table.value.columns.get(indicator),
        'a column for each indicator',
      );
      // Figures that are summed are counts of people: whole, so that the sum is written without a fraction.
      sums.push({ countyCode: slug, indicator, value: (sum / denominator).toString() });
    }
  }
  const table = prepareIndicators(
    sorted.map(({ slug }) => slug),
    columnsOf(indicatorKeys, sums, []),
  );
  return table.ok ? ok({ provinces: table.value, counties: tables }) : table;
}

export type CountryOrder = {
  readonly amount: Rial;
  readonly unit: Rial;
  readonly weights: readonly Weight[];
  readonly floor: Rial;
  readonly cap: Rial | null;
};

export type ProvincePart = {
  readonly slug: string;
  readonly amount: Rial;
  /** Refused where the floors or caps of its counties do not leave room for the province's part. */
  readonly counties: Result<readonly CountySlice[], FormulaRefusal>;
};

export function divideCountry(
  table: CountryTable,
  order: CountryOrder,
): Result<readonly ProvincePart[], FormulaRefusal> {
  const { amount, unit, weights, floor, cap } = order;
  const over = sliceLine(table.provinces, { amount, unit, weights, bounds: [], adjustments: [] });
  if (!over.ok) return over;
  return ok(
    over.value.map((part, place) => {
      const counties = must(table.counties[place], 'the counties of each province');
      const bounds = counties.countyCodes.map((countyCode) => ({ countyCode, floor, cap }));
      const line = { amount: part.amount, unit, weights, bounds, adjustments: [] };
      return { slug: part.countyCode, amount: part.amount, counties: sliceLine(counties, line) };
    }),
  );
}

/** What each province gains or loses against another division of the same sum; the changes add up to nothing. */
export function changesOf(
  parts: readonly ProvincePart[],
  before: readonly ProvincePart[],
): ReadonlyMap<string, Rial> {
  const amounts = new Map(before.map(({ slug, amount }) => [slug, amount]));
  return new Map(parts.map(({ slug, amount }) => [slug, minus(amount, amounts.get(slug) ?? rial(0n))]));
}

/** The sum of the counties that could be divided: that of their province, or nothing where it was refused. */
export const countiesTotal = ({ counties }: ProvincePart): Rial =>
  counties.ok ? total(counties.value.map(({ amount }) => amount)) : rial(0n);
