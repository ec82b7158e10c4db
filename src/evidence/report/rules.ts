import { type Day, addMonths, yearPeriod } from '#kernel/day.ts';
import type { Indicator } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Ratio } from '#kernel/rial.ts';
import type { ReportTable } from './contract.ts';

/** Days of a year, as far as it has gone. */
export type Period = {
  readonly year: number;
  readonly from: Day;
  readonly until: Day;
  readonly isOver: boolean;
};

/** A year up to today, or whole where it is over. */
export function periodOf(year: number, today: Day): Period {
  const { from, until } = yearPeriod(year);
  const isOver = until <= today;
  return { year, from, until: isOver ? until : today, isOver };
}

/** The same days of the year before: up to the same day of the same month. */
export function yearBefore({ year, until, isOver }: Period): Period {
  const before = yearPeriod(year - 1);
  return {
    year: year - 1,
    from: before.from,
    until: isOver ? before.until : addMonths(until, -12),
    isOver,
  };
}

/** A year as a whole. */
export function wholeYear(year: number): Period {
  const { from, until } = yearPeriod(year);
  return { year, from, until, isOver: true };
}

/** By how many percent a value has grown over its base; null where there is none to compare with. */
export function changeOf(value: Ratio | undefined, base: Ratio | undefined): Ratio | null {
  if (value === undefined || base === undefined || base.numerator <= 0n) return null;
  return {
    numerator: 100n * (value.numerator * base.denominator - base.numerator * value.denominator),
    denominator: base.numerator * value.denominator,
  };
}

/** A percentage has not grown by percent: its points are subtracted. */
export function pointsOf(value: Ratio | undefined, base: Ratio | undefined): Ratio | null {
  if (value === undefined || base === undefined) return null;
  return {
    numerator: value.numerator * base.denominator - base.numerator * value.denominator,
    denominator: value.denominator * base.denominator,
  };
}

/** Which figures are told of a place. */
export const isOf = ({ place }: Indicator, of: 'province' | 'county'): boolean =>
  place === 'either' || place === of;

/** The table with its rows as columns: the years of a figure beside each other, or one below another for its bars. */
export const turned = (table: ReportTable): ReportTable => ({
  ...table,
  columns: table.rows.map(({ key, name }) => ({ key, title: name })),
  rows: table.columns.map(({ key, title }, at) => ({
    key,
    name: title,
    report: null,
    cells: table.rows.map(({ cells }) => must(cells[at], 'a cell for each column')),
  })),
});

/** Percent points with at most two places as whole hundredths. */
export function hundredthsOf(points: string): bigint {
  const [whole = '0', part = ''] = points.split('.');
  return BigInt(`${whole}${part.padEnd(2, '0')}`);
}
