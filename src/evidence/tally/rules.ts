import { type Day, addDays, addMonths, day, isoOf, partsOf } from '#kernel/day.ts';
import type { Condition, Dimension, Indicator } from '#kernel/indicator.ts';
import type { Cover, Span, Summed, TalliedMeasure, TalliedView } from './contract.ts';

/** The conditions of a figure as the text under which its tallies stand. */
export const measureKey = ({ column, where }: Summed): string =>
  [
    column,
    ...Object.entries(where)
      .map(([name, values]) => `${name}=${values.toSorted().join(',')}`)
      .toSorted(),
  ].join(';');

export function talliedViews(
  indicators: readonly Indicator[],
  dimensions: readonly Dimension[],
): TalliedView[] {
  const views = new Map<string, { columns: Set<string>; measures: Map<string, TalliedMeasure> }>();
  for (const { measure, narrowedBy } of indicators) {
    if (measure.kind !== 'sum' || measure.tallied !== true) continue;
    const own = views.get(measure.view) ?? { columns: new Set(), measures: new Map() };
    views.set(measure.view, own);
    const { column: summed, where } = measure;
    const key = measureKey(measure);
    own.measures.set(key, { key, column: summed, where });
    for (const { id, column } of dimensions) if (narrowedBy.includes(id)) own.columns.add(column);
  }
  return [...views].map(([view, { columns, measures }]) => ({
    view,
    columns: [...columns].toSorted(),
    measures: [...measures.values()],
  }));
}

/** Whether tallies that are told apart by these columns can be narrowed so. */
export const canNarrow = (
  columns: readonly string[],
  { only, without }: { readonly only: Condition; readonly without: Condition },
): boolean => [...Object.keys(only), ...Object.keys(without)].every((column) => columns.includes(column));

const monthOf = (value: Day): Day => {
  const { year, month } = partsOf(value);
  return day(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`);
};

/** Whole months, and the single days before and after them, each day of the period once. */
export function coverOf({ from, until }: Span): Cover {
  const starts = from === null ? null : monthOf(from) === from ? from : addMonths(monthOf(from), 1);
  const ends =
    until === null
      ? null
      : monthOf(addDays(until, 1)) === addDays(until, 1)
        ? monthOf(until)
        : addMonths(monthOf(until), -1);
  if (starts !== null && ends !== null && starts > ends) return { months: null, days: [{ from, until }] };
  const days: Span[] = [];
  if (from !== null && starts !== null && from < starts) days.push({ from, until: addDays(starts, -1) });
  if (until !== null && ends !== null && addMonths(ends, 1) <= until)
    days.push({ from: addMonths(ends, 1), until });
  return { months: { from: starts, until: ends }, days };
}

/** The first day of every month in which anything can happen, as the database knows days. */
export function monthStarts(): readonly string[] {
  months ??= Array.from({ length: 12 * 150 }, (_, month) => isoOf(addMonths(day('1350-01-01'), month)));
  return months;
}
let months: readonly string[] | undefined;
