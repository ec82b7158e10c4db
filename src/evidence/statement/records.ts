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
/** Which records of a province are meant. All fields narrow; null does not. */
type Narrowed = {
  readonly countyCode: string | null;
  readonly budgetYear: number | null;
  readonly from: Day | null;
  readonly until: Day | null;
  readonly only: Condition;
  readonly without: Condition;
};
type Asked = { readonly measure: Counted; readonly selection: Narrowed };

type Test = (record: SlimRecord) => boolean;

/** Whether a record of the province is one of a selection: the condition that `queries.ts` writes in SQL. */
function testOf(measure: Counted, selection: Narrowed): Test {
  const { countyCode, budgetYear, from, until } = selection;
  const tests: Test[] = [];
  if (countyCode !== null) tests.push((one) => one.countyCode === countyCode);
  if (budgetYear !== null) tests.push((one) => one.budgetYear === budgetYear);
  const [first, last] = [isoOrNull(from), isoOrNull(until)];
  if (first !== null) tests.push(({ happenedOn }) => happenedOn >= first);
  if (last !== null) tests.push(({ happenedOn }) => happenedOn <= last);
  for (const [column, values] of [...Object.entries(measure.where), ...Object.entries(selection.only)])
    tests.push(({ values: own }) => values.includes(own[column] ?? ''));
  for (const [column, values] of Object.entries(selection.without))
    tests.push(({ values: own }) => !values.includes(own[column] ?? ''));
  return (record) => tests.every((test) => test(record));
}

const isoOrNull = (given: Day | null): string | null => (given === null ? null : isoOf(given));

const amountOf = (record: SlimRecord, column: string): bigint =>
  BigInt(must(record.values[column] ?? undefined, `a ${column}`));

/** The value of a measure over the records of a province, and how many stand behind it. */
export function sumIn(
  records: readonly SlimRecord[],
  { measure, selection }: Asked,
): { readonly value: bigint; readonly records: number; readonly by: 'scan' } {
  const found = records.filter(testOf(measure, selection));
  if (measure.kind === 'sum')
    return {
      value: found.reduce((sum, one) => sum + amountOf(one, measure.column), 0n),
      records: found.length,
      by: 'scan',
    };
  const kept = new Map<string | null, bigint>();
  for (const one of found) {
    const key = one.values[measure.distinct] ?? null;
    kept.set(key, (kept.get(key) ?? 0n) + amountOf(one, measure.column));
  }
  return {
    value: BigInt([...kept.values()].filter((sum) => sum > 0n).length),
    records: found.length,
    by: 'scan',
  };
}

/** The newest budget year, or the newest day, of the records of a measure. */
export function newestIn(
  records: readonly SlimRecord[],
  { measure, selection, year }: Asked & { readonly year: YearMeant },
): { readonly budgetYear: number | null; readonly day: Day | null } {
  let budgetYear: number | null = null;
  let last: string | null = null;
  const test = testOf(measure, selection);
  for (const one of records) {
    if (!test(one)) continue;
    if (budgetYear === null || one.budgetYear > budgetYear) budgetYear = one.budgetYear;
    if (last === null || one.happenedOn > last) last = one.happenedOn;
  }
  return year === 'budget_year'
    ? { budgetYear, day: null }
    : { budgetYear: null, day: last === null ? null : dayFromIso(last) };
}

/** Which values of a column the records of a measure have. */
export function presentIn(
  records: readonly SlimRecord[],
  { measure, selection, column }: Asked & { readonly column: string },
): string[] {
  const test = testOf(measure, selection);
  const present = new Set<string>();
  for (const one of records) {
    const value = one.values[column];
    if (value !== undefined && value !== null && test(one)) present.add(value);
  }
  return [...present];
}
