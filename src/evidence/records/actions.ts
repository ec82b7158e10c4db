import { type Day, dayFromIso, yearPeriod } from '#kernel/day.ts';
import type { Condition, Indicator, Measure } from '#kernel/indicator.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import type { Ratio } from '#kernel/rial.ts';
import type { InstantRefusal } from '#ledger/contract.ts';
import { closedInstant } from '#ledger/watermark/actions.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Scope, Tx } from '#platform/db.ts';
import type { Catalogue } from '../actions.ts';
import { type EvidenceRefusal, type RecordsQuery, missingCounty } from '../contract.ts';
import {
  type Counted,
  type ListAsked,
  type Position,
  type RecordRow,
  type Selection,
  firstDay,
  listCounties,
  listNames,
  listRecords,
} from '../queries.ts';
import { withoutOwn } from '../statement/actions.ts';
import { wholeRatio } from '../statement/judgement.ts';
import { newestDay, sumOf } from '../tally/actions.ts';
import { newestTransfers } from './queries.ts';
import { spansBack, togetherNext } from './rules.ts';

/** Records as their address asks for them. */
export type RecordsAsked = {
  readonly catalogue: Catalogue;
  readonly provinceId: number;
  readonly query: Omit<RecordsQuery, 'province'>;
};

/** The records of an indicator that an address means, or why it means none. */
export async function selectionAsked(
  tx: Tx,
  { catalogue, provinceId, query }: RecordsAsked,
  indicator: Indicator,
): Promise<Result<Selection, EvidenceRefusal>> {
  const only = await conditionOf(tx, catalogue, { field: 'only', text: query.only });
  if (!only.ok) return only;
  const without = await conditionOf(tx, catalogue, { field: 'without', text: query.without });
  if (!without.ok) return without;
  const { county } = query;
  if (county !== undefined && !(await isCountyOf(tx, { provinceId, county })))
    return refused(missingCounty(county));
  const other = Object.keys({ ...only.value, ...without.value }).find(
    (column) => !columnsOf(catalogue, indicator).has(column),
  );
  if (other !== undefined) {
    const field = other in only.value ? 'only' : 'without';
    return refused({ kind: 'ConditionOfAnother', field, rule: 'told_apart', column: other });
  }
  if (query.from !== undefined && query.until !== undefined && query.until < query.from)
    return refused({ kind: 'PeriodReversed', field: 'until', rule: 'in_order' });
  const byBudget = indicator.year === 'budget_year';
  const period = query.year === undefined || byBudget ? null : yearPeriod(query.year);
  return ok({
    provinceId,
    countyCode: query.county ?? null,
    budgetYear: byBudget ? (query.year ?? null) : null,
    from: query.from === undefined ? firstDay(indicator, period) : dayFromIso(query.from),
    until: query.until === undefined ? (period?.until ?? null) : dayFromIso(query.until),
    only: only.value,
    without: without.value,
  });
}

/** By which columns the records of an indicator may be narrowed. */
const columnsOf = ({ dimensions }: Catalogue, { narrowedBy, needs, measure }: Indicator): Set<string> => {
  const own = measure.kind === 'ratio' ? [] : Object.keys(measure.where);
  const known = dimensions.filter(({ id }) => narrowedBy.includes(id) || id in needs);
  return new Set([...known.map(({ column }) => column), ...own]);
};

/** The closed instant that an address names (L12). */
export const instantAsked = (
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  { provinceId, scope, asOf }: { readonly provinceId: number; readonly scope: Scope; readonly asOf: string },
): Promise<Result<Date, InstantRefusal>> =>
  closedInstant(db, { provinceId, scope, clock, instant: new Date(asOf) });

const isCountyOf = async (
  tx: Tx,
  { provinceId, county }: { readonly provinceId: number; readonly county: string },
): Promise<boolean> =>
  (await listCounties(tx)).some((one) => one.provinceId === provinceId && one.countyCode === county);

/**
 * Reads `column:value,value;column:value`: columns that a room declares as dimensions, with values that they can
 * have. Of any other value there would be no record, which reads as if nothing had been done.
 */
async function conditionOf(
  tx: Tx,
  { dimensions }: Catalogue,
  { field, text }: { readonly field: 'only' | 'without'; readonly text: string | undefined },
): Promise<Result<Condition, EvidenceRefusal>> {
  const condition: Record<string, string[]> = {};
  for (const part of (text ?? '').split(';').filter((one) => one !== '')) {
    const [column = '', list = ''] = part.split(':');
    const values = list.split(',');
    const known = new Set<string>();
    for (const { values: named, unnamed = [], catalogue } of dimensions.filter(
      (one) => one.column === column,
    )) {
      for (const value of [...named.map((one) => one.value), ...unnamed]) known.add(value);
      if (catalogue !== undefined && !values.every((value) => known.has(value)))
        for (const { key } of await listNames(tx, catalogue)) known.add(key);
    }
    if (!values.every((value) => known.has(value)))
      return refused({ kind: 'ConditionUnknown', field, rule: 'known', condition: part });
    condition[column] = values;
  }
  return ok(condition);
}

/** The records that an indicator adds up or counts. */
export type List = { readonly measure: Counted; readonly selection: Selection };

/** The lists behind an indicator: one, or the two of a ratio, numerator first. */
export function listsOf(
  { indicators }: Catalogue,
  { measure }: Indicator,
  selection: Selection,
): readonly List[] {
  if (measure.kind !== 'ratio') return [{ measure, selection }];
  const counted = (key: string): Counted => {
    const found = must(
      indicators.find((one) => one.id === key),
      'a declared indicator',
    ).measure;
    if (found.kind === 'ratio') throw new Error(`${key}: a ratio of ratios`);
    return found;
  };
  const top = counted(measure.numerator);
  return [
    { measure: top, selection },
    {
      measure: counted(measure.denominator),
      selection: { ...selection, only: withoutOwn(selection.only, top) },
    },
  ];
}

/** The value of an indicator as an exact fraction; undefined where it has no records. */
export async function valueOf(
  tx: Tx,
  catalogue: Catalogue,
  { indicator, selection }: { readonly indicator: Indicator; readonly selection: Selection },
): Promise<Ratio | undefined> {
  const sums = [];
  for (const list of listsOf(catalogue, indicator, selection))
    sums.push(await sumOf(tx, list.measure, list.selection));
  const [top, below] = sums;
  if (top === undefined || top.records === 0) return undefined;
  if (below === undefined) return wholeRatio(top.value);
  return below.value <= 0n ? undefined : { numerator: top.value * 100n, denominator: below.value };
}

export type PageOrder = Omit<ListAsked, 'among'> & {
  /** How many records the whole list has. */
  readonly count: number;
  readonly today: Day;
  readonly looking?: Looking;
};

/** How many transfers are looked at first, and how many at most before the whole period is asked at once. */
type Looking = { readonly first: number; readonly most: number };
const usualLooking: Looking = { first: 240, most: 2_400 };

/**
 * The newest records of a list. Where they are transfers, the newest transfers are looked at one by one, from the
 * newest month that has such records back: the first page then takes as long in a province of millions as in one of
 * hundreds. What is too sparse to be found so is asked of the whole period.
 */
export async function newestRecords(
  tx: Tx,
  { indicators }: Catalogue,
  { measure, order }: { readonly measure: Counted; readonly order: PageOrder },
): Promise<RecordRow[]> {
  const { selection, count, today, looking: { first, most } = usualLooking } = order;
  const limit = Math.min(order.limit, count);
  if (limit === 0) return [];
  const rows: RecordRow[] = [];
  let { before } = order;
  if (indicators.some((one) => isOfTransfers(one.measure, measure)) && count > order.limit) {
    const last = before === null ? selection.until : dayFromIso(before.happenedOn);
    const newest = await newestDay(tx, { measure, selection: { ...selection, until: last } });
    const until = newest === null || (last !== null && last < newest) ? last : newest;
    // Of named kinds the index holds each in the order of the list; of all of them only a span of days is in order.
    const whole = { from: selection.from, until };
    const spans = (measure.kinds === undefined ? spansBack(whole, today) : [whole]).values();
    let span = spans.next();
    for (let [looked, together] = [0, first]; looked < most && span.done !== true;) {
      const own = { ...selection, ...span.value };
      const { kinds } = measure;
      const asked = { kinds, selection: own, before, limit: together };
      const places: Position[] = await newestTransfers(tx, asked);
      const among = places.map(({ id }) => id);
      if (among.length > 0)
        rows.push(...(await listRecords(tx, measure, { ...order, before: null, limit, among })));
      if (rows.length >= limit) return rows.slice(0, limit);
      looked += among.length;
      before = places.at(-1) ?? before;
      if (among.length < together) span = spans.next();
      together = togetherNext({ looked, found: rows.length, limit, first });
    }
    if (span.done === true) return rows;
  }
  const rest = await listRecords(tx, measure, { ...order, before, limit: limit - rows.length });
  return [...rows, ...rest];
}

/** Whether the records of a measure are transfers of the ledger: tallies are kept of nothing else. */
const isOfTransfers = (one: Measure, measure: Counted): boolean =>
  one.kind === 'sum' && one.tallied === true && one.view === measure.view;
