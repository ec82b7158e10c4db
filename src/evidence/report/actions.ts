import { type Day, isoOf, partsOf } from '#kernel/day.ts';
import type { Bilingual, Condition, Indicator } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Ratio } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import { type Catalogue, conditionText } from '../actions.ts';
import { type Selection, firstDay } from '../queries.ts';
import { listsOf } from '../records/actions.ts';
import { decimalOf, textOf, wholeRatio } from '../statement/judgement.ts';
import { sumsOf } from '../tally/actions.ts';
import { measureKey } from '../tally/rules.ts';
import type { Report, ReportCell, ReportRow, ReportTable, ReportWords } from './contract.ts';
import { type CountyNamed, type ProvinceNamed, findNewestYear } from './queries.ts';
import {
  type Period,
  changeOf,
  hundredthsOf,
  isOf,
  periodOf,
  pointsOf,
  turned,
  wholeYear,
  yearBefore,
} from './rules.ts';

export type Place = {
  readonly provinceId: number;
  readonly slug: string;
  readonly countyCode: string | null;
};
export type Asked = {
  readonly indicator: Indicator;
  readonly place: Place;
  readonly period: Period;
  /** What narrows the records; nothing where it is left out. */
  readonly only?: Condition;
};
/** `undefined` where there are no records. */
export type Valued = Asked & { readonly value: Ratio | undefined };

export const selectionOf = ({ indicator, place, period, only = {} }: Asked): Selection => {
  const byBudget = indicator.year === 'budget_year';
  const { provinceId, countyCode } = place;
  return {
    provinceId,
    countyCode,
    budgetYear: byBudget ? period.year : null,
    from: byBudget ? null : firstDay(indicator, period),
    // Of a budget year that is over, what was done with it afterwards belongs to it too.
    until: byBudget && period.isOver ? null : period.until,
    only,
    without: {},
  };
};

/** Many values by as few statements as there are provinces and kinds of records. */
export async function valuesOf(tx: Tx, catalogue: Catalogue, asked: readonly Asked[]): Promise<Valued[]> {
  const lists = asked.map((one) => listsOf(catalogue, one.indicator, selectionOf(one)));
  const sums = (await sumsOf(tx, lists.flat())).values();
  return asked.map((one, at) => {
    const [top, below] = must(lists[at], 'the lists of a value').map(() => must(sums.next().value, 'a sum'));
    if (top === undefined || top.records === 0) return { ...one, value: undefined };
    if (below === undefined) return { ...one, value: wholeRatio(top.value) };
    const value = below.value <= 0n ? undefined : { numerator: top.value * 100n, denominator: below.value };
    return { ...one, value };
  });
}

/** The list behind a cell, as the desk opens it: it adds up to the cell (L8). */
export function recordsOf({ indicator, place, period, only = {} }: Asked): string {
  const query = new URLSearchParams({ province: place.slug, year: String(period.year) });
  if (place.countyCode !== null) query.set('county', place.countyCode);
  if (!period.isOver) query.set('until', isoOf(period.until));
  if (Object.keys(only).length > 0) query.set('only', conditionText(only));
  return `/desk/evidence/records/${indicator.id}?${query.toString()}`;
}

const cellOf = (one: Valued): ReportCell => ({
  value: one.value === undefined ? null : textOf(one.value, one.indicator.unit),
  unit: one.indicator.unit,
  records: one.value === undefined ? null : recordsOf(one),
});

const reckoned = (value: Ratio | null, unit: 'percent' | 'points'): ReportCell => ({
  value: value === null ? null : decimalOf(value, 2),
  unit,
  records: null,
});

/**
 * The figures whose two periods are of other programmes: their difference says nothing of either. What is counted
 * anew for each question (receivers, each once) is judged by the sums of the same records.
 */
export async function mixedIn(
  tx: Tx,
  { indicators: all, dimensions }: Catalogue,
  order: {
    readonly indicators: readonly Indicator[];
    readonly place: Place;
    readonly periods: readonly Period[];
  },
): Promise<ReadonlySet<string>> {
  const dimension = dimensions.find(({ id }) => id === 'programme');
  if (dimension === undefined) return new Set();
  const { place, periods } = order;
  const told = order.indicators.filter(({ narrowedBy }) => narrowedBy.includes(dimension.id));
  const summed = told.filter(({ measure }) => measure.kind !== 'count');
  const asked = summed.flatMap((indicator) =>
    dimension.values.flatMap(({ value }) =>
      periods.map((period) => ({ indicator, place, period, only: { [dimension.column]: [value] } })),
    ),
  );
  const values = await valuesOf(tx, { indicators: all, dimensions }, asked);
  const mixed = new Set<string>();
  for (let at = 0; at < values.length; at += periods.length) {
    const row = values.slice(at, at + periods.length);
    const some = row.filter(({ value }) => value !== undefined).length;
    if (some > 0 && some < row.length) mixed.add(must(row[0], 'a value').indicator.id);
  }
  const views = new Set(
    told.flatMap(({ id, measure }) => (measure.kind === 'sum' && mixed.has(id) ? [measure.view] : [])),
  );
  for (const { id, measure } of told) if (measure.kind === 'count' && views.has(measure.view)) mixed.add(id);
  return mixed;
}

type Order = {
  readonly words: ReportWords;
  readonly provinceId: number;
  readonly year: number;
  readonly today: Day;
};

/** The figures of a place in a year beside those of the year before, and its counties side by side. */
export async function performanceOf(
  tx: Tx,
  catalogue: Catalogue,
  order: Order & {
    readonly province: ProvinceNamed;
    /** The counties that the reader sees; one is asked for by its code. */
    readonly counties: readonly CountyNamed[];
    readonly county: CountyNamed | null;
  },
): Promise<Report> {
  const { province, counties, county, year, today, words } = order;
  const period = periodOf(year, today);
  const of = county === null ? 'province' : 'county';
  const place = { provinceId: order.provinceId, slug: province.slug, countyCode: county?.countyCode ?? null };
  const told: Told = { place, period, of, words };
  const tables = [await figuresTable(tx, catalogue, told), await yearsTable(tx, catalogue, told)];
  if (county === null && counties.length > 0)
    tables.push(await countiesTable(tx, catalogue, { place, period, counties, words }));
  const name = county === null ? province.name : county.name;
  return {
    kind: 'performance',
    title: words.performanceTitle(name, year),
    place: name,
    year,
    until: period.isOver ? null : isoOf(period.until),
    tables,
  };
}

type Told = {
  readonly words: ReportWords;
  readonly place: Place;
  readonly period: Period;
  readonly of: 'province' | 'county';
};

/** The year that a report begins with: the newest in which credit was notified, or else the present one. */
export async function newestYearOf(tx: Tx, { indicators }: Catalogue, today: Day): Promise<number> {
  for (const { measure, year } of indicators)
    if (year === 'budget_year' && measure.kind === 'sum' && measure.tallied === true) {
      const tally = { view: measure.view, measure: measureKey(measure) };
      return (await findNewestYear(tx, tally)) ?? partsOf(today).year;
    }
  return partsOf(today).year;
}

/** So many years stand one after another, the year of the report last. */
const trendYears = 6;

/** The figures that reports compare, year after year: a trend. */
async function yearsTable(
  tx: Tx,
  catalogue: Catalogue,
  { place, period, of, words }: Told,
): Promise<ReportTable> {
  const sides = Array.from({ length: trendYears }, (_, at): Side => {
    const year = period.year - trendYears + 1 + at;
    const county = place.countyCode === null ? '' : `&county=${place.countyCode}`;
    return {
      key: String(year),
      name: words.yearTitle(year, 'whole'),
      report: `/desk/evidence/report?province=${place.slug}&year=${year}${county}`,
      place,
      period: year === period.year ? period : wholeYear(year),
    };
  });
  const indicators = catalogue.indicators.filter((one) => one.compared === true && isOf(one, of));
  const { columns, rows } = await sideBySide(tx, catalogue, { sides, indicators });
  const first = rows.findIndex(({ cells }) => cells.some(({ value }) => value !== null));
  return turned({
    key: 'years',
    title: words.labels.years,
    head: words.labels.figure,
    note: null,
    columns,
    rows: rows.slice(Math.max(0, first)),
  });
}

async function figuresTable(
  tx: Tx,
  catalogue: Catalogue,
  { place, period, of, words }: Told,
): Promise<ReportTable> {
  const indicators = catalogue.indicators.filter((one) => isOf(one, of) && one.partOnly !== true);
  const before = yearBefore(period);
  // Of a year that is not over, the same days of the one before and that one as a whole.
  const periods = period.isOver ? [period, before] : [period, before, wholeYear(before.year)];
  const values = await valuesOf(
    tx,
    catalogue,
    indicators.flatMap((indicator) => periods.map((one) => ({ indicator, place, period: one }))),
  );
  const mixed = await mixedIn(tx, catalogue, { indicators, place, periods: [period, before] });
  const rows = indicators.flatMap((indicator, at): ReportRow[] => {
    const own = values.slice(at * periods.length, (at + 1) * periods.length);
    if (own.every(({ value }) => value === undefined)) return [];
    const [now, base] = own;
    const isPercent = indicator.unit === 'percent';
    const change = mixed.has(indicator.id)
      ? null
      : (isPercent ? pointsOf : changeOf)(now?.value, base?.value);
    return [
      {
        key: indicator.id,
        name: indicator.title,
        report: null,
        cells: [...own.map(cellOf), reckoned(change, isPercent ? 'points' : 'percent')],
      },
    ];
  });
  return {
    key: 'figures',
    title: words.labels.figures,
    head: words.labels.figure,
    columns: [
      ...periods.map((one, at) => ({
        key: `period_${at}`,
        title: words.yearTitle(one.year, one.isOver || at === 0 ? 'whole' : 'so_far'),
      })),
      { key: 'change', title: words.labels.change },
    ],
    rows,
    note: words.changeNote(
      period.isOver ? 'whole' : 'so_far',
      rows.some(({ key }) => mixed.has(key)),
    ),
  };
}

type Side = {
  readonly key: string;
  readonly name: Bilingual;
  readonly report: string;
  readonly place: Place;
  readonly period: Period;
};

/** Places or years side by side; a figure that none of them has records of is left out. */
async function sideBySide(
  tx: Tx,
  catalogue: Catalogue,
  { sides, indicators }: { readonly sides: readonly Side[]; readonly indicators: readonly Indicator[] },
): Promise<Pick<ReportTable, 'columns' | 'rows'>> {
  const values = await valuesOf(
    tx,
    catalogue,
    sides.flatMap(({ place, period }) => indicators.map((indicator) => ({ indicator, place, period }))),
  );
  const told = indicators.filter(({ id }) =>
    values.some(({ indicator, value }) => indicator.id === id && value !== undefined),
  );
  return {
    columns: told.map(({ id, title }) => ({ key: id, title })),
    rows: sides.map(({ key, name, report }, at) => ({
      key,
      name,
      report,
      cells: values
        .slice(at * indicators.length, (at + 1) * indicators.length)
        .filter(({ indicator }) => told.includes(indicator))
        .map(cellOf),
    })),
  };
}

async function countiesTable(
  tx: Tx,
  catalogue: Catalogue,
  order: {
    readonly words: ReportWords;
    readonly place: Place;
    readonly period: Period;
    readonly counties: readonly CountyNamed[];
  },
): Promise<ReportTable> {
  const { place, period, counties, words } = order;
  const sides = counties.map(({ countyCode, name }) => ({
    key: countyCode,
    name,
    report: `/desk/evidence/report?province=${place.slug}&year=${period.year}&county=${countyCode}`,
    place: { ...place, countyCode },
    period,
  }));
  const indicators = catalogue.indicators.filter((one) => one.compared === true && isOf(one, 'county'));
  return {
    key: 'counties',
    title: words.labels.counties,
    head: words.labels.county,
    note: null,
    ...(await sideBySide(tx, catalogue, { sides, indicators })),
  };
}

/** All provinces side by side, the one that has drawn the greatest part of its credit first. */
export async function comparisonOf(
  tx: Tx,
  catalogue: Catalogue,
  {
    provinces,
    year,
    today,
    words,
  }: Omit<Order, 'provinceId'> & { readonly provinces: readonly ProvinceNamed[] },
): Promise<Report> {
  const period = periodOf(year, today);
  const sides = provinces.map(({ provinceId, slug, name }) => ({
    key: slug,
    name,
    report: `/desk/evidence/report?province=${slug}&year=${year}`,
    place: { provinceId, slug, countyCode: null },
    period,
  }));
  // What must be counted anew for each province (receivers, each once) is told in its own report.
  const indicators = catalogue.indicators.filter(
    (one) => one.compared === true && isOf(one, 'province') && one.measure.kind !== 'count',
  );
  const { columns, rows } = await sideBySide(tx, catalogue, { sides, indicators });
  const ranked = columns.findIndex(({ key }) => indicators.find(({ id }) => id === key)?.unit === 'percent');
  const part = ({ cells }: ReportRow): bigint => hundredthsOf(cells[ranked]?.value ?? '-1');
  const inOrder = rows.toSorted((a, b) => (part(a) === part(b) ? 0 : part(a) < part(b) ? 1 : -1));
  const rankOf = (row: ReportRow, at: number): ReportCell => ({
    value: part(row) < 0n ? null : String(at + 1),
    unit: 'count',
    records: null,
  });
  return {
    kind: 'comparison',
    title: words.comparisonTitle(year),
    place: null,
    year,
    until: period.isOver ? null : isoOf(period.until),
    tables: [
      {
        key: 'provinces',
        title: words.labels.provinces,
        head: words.labels.province,
        note: null,
        columns: [{ key: 'rank', title: words.labels.rank }, ...columns],
        rows: inOrder.map((row, at) => ({ ...row, cells: [rankOf(row, at), ...row.cells] })),
      },
    ],
  };
}
