import { type Day, dayFromIso, isoOf } from '#kernel/day.ts';
import type { Condition, Measure, YearMeant } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';

/** A record of a view as a statement needs it: place, time, and the columns that figures look at, as text. */
export type SlimRecord = {
  readonly countyCode: string | null;
  readonly budgetYear: number;
  /** ISO. */
  readonly happenedOn: string;
  readonly values: Readonly<Record<string, string | null>>;
};

type Counted = Exclude<Measure, { kind: 'ratio' }>;

/** A record that a measure looks at, with what it adds to it. */
export type MeasuredRecord = SlimRecord & { readonly amount: bigint; readonly counted: string | null };

/** The records that a measure looks at, whatever a question narrows them by: what has no name is counted by none. */
export function measuredIn(records: readonly SlimRecord[], measure: Counted): MeasuredRecord[] {
  const where = Object.entries(measure.where);
  const distinct = measure.kind === 'count' ? measure.distinct : null;
  return records
    .filter(({ values }) => where.every(([column, wanted]) => wanted.includes(values[column] ?? '')))
    .filter(({ values }) => distinct === null || (values[distinct] ?? null) !== null)
    .map((one) => ({
      ...one,
      amount: BigInt(must(one.values[measure.column] ?? undefined, `a ${measure.column}`)),
      counted: distinct === null ? null : (one.values[distinct] ?? null),
    }));
}

/** Which records of a province are meant. All fields narrow; null does not. */
type Narrowed = {
  readonly countyCode: string | null;
  readonly budgetYear: number | null;
  readonly from: Day | null;
  readonly until: Day | null;
  readonly only: Condition;
  readonly without: Condition;
};

/** The records of a selection: the condition that `queries.ts` writes in SQL. */
function selectedIn(records: readonly MeasuredRecord[], selection: Narrowed): readonly MeasuredRecord[] {
  const { countyCode, budgetYear, from, until } = selection;
  const tests: ((record: SlimRecord) => boolean)[] = [];
  if (countyCode !== null) tests.push((one) => one.countyCode === countyCode);
  if (budgetYear !== null) tests.push((one) => one.budgetYear === budgetYear);
  const [first, last] = [isoOrNull(from), isoOrNull(until)];
  if (first !== null) tests.push(({ happenedOn }) => happenedOn >= first);
  if (last !== null) tests.push(({ happenedOn }) => happenedOn <= last);
  for (const [column, values] of Object.entries(selection.only))
    tests.push(({ values: own }) => values.includes(own[column] ?? ''));
  for (const [column, values] of Object.entries(selection.without))
    tests.push(({ values: own }) => !values.includes(own[column] ?? ''));
  return records.filter((record) => tests.every((test) => test(record)));
}

const isoOrNull = (given: Day | null): string | null => (given === null ? null : isoOf(given));

/** The value of a measure over its records in a selection, and how many stand behind it. */
export function sumIn(
  records: readonly MeasuredRecord[],
  { measure, selection }: { readonly measure: Counted; readonly selection: Narrowed },
): { readonly value: bigint; readonly records: number; readonly by: 'scan' } {
  const found = selectedIn(records, selection);
  if (measure.kind === 'sum')
    return { value: found.reduce((sum, one) => sum + one.amount, 0n), records: found.length, by: 'scan' };
  const kept = new Map<string | null, bigint>();
  for (const { counted, amount } of found) kept.set(counted, (kept.get(counted) ?? 0n) + amount);
  return {
    value: BigInt([...kept.values()].filter((sum) => sum > 0n).length),
    records: found.length,
    by: 'scan',
  };
}

/** The newest budget year, or the newest day, of the records of a measure. */
export function newestIn(
  records: readonly MeasuredRecord[],
  { selection, year }: { readonly selection: Narrowed; readonly year: YearMeant },
): { readonly budgetYear: number | null; readonly day: Day | null } {
  let budgetYear: number | null = null;
  let last: string | null = null;
  for (const one of selectedIn(records, selection)) {
    if (budgetYear === null || one.budgetYear > budgetYear) budgetYear = one.budgetYear;
    if (last === null || one.happenedOn > last) last = one.happenedOn;
  }
  return year === 'budget_year'
    ? { budgetYear, day: null }
    : { budgetYear: null, day: last === null ? null : dayFromIso(last) };
}

/** Which values of a column the records of a measure have. */
export function presentIn(
  records: readonly MeasuredRecord[],
  { selection, column }: { readonly selection: Narrowed; readonly column: string },
): string[] {
  const found = selectedIn(records, selection).map(({ values }) => values[column] ?? null);
  return [...new Set(found)].filter((value) => value !== null);
}
