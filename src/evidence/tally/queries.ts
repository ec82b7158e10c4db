import { type RawBuilder, sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Tx } from '#platform/db.ts';
import { lookUp, scan } from '../queries.ts';
import type { Cover, TalliedView } from './contract.ts';

type OfView = { readonly provinceId: number; readonly view: string };
export type Mark = { readonly columns: readonly string[]; readonly readUntil: Date };

/** Up to where the tallies of a view are; undefined where none are kept yet, or out of the reader's scope. */
export async function findMark(tx: Tx, { provinceId, view }: OfView): Promise<Mark | undefined> {
  const { rows } = await sql<Mark>`
    select columns, read_until as "readUntil" from evidence.tally_mark
    where province_id = ${provinceId} and view = ${view}
  `.execute(tx);
  return rows[0];
}

/** The same, held until the transaction ends: one job at a time adds to the tallies of a view. */
export async function lockMark(tx: Tx, { provinceId, view }: OfView): Promise<Mark | undefined> {
  const { rows } = await sql<Mark>`
    select columns, read_until as "readUntil" from evidence.tally_mark
    where province_id = ${provinceId} and view = ${view} for update
  `.execute(tx);
  return rows[0];
}

/** Begins the tallies of a view with nothing read; one that begins at the same time is waited for. */
export async function beginMark(tx: Tx, { provinceId, view }: OfView): Promise<void> {
  await sql`
    insert into evidence.tally_mark (province_id, view, columns, read_until)
    values (${provinceId}, ${view}, '{}', '-infinity') on conflict do nothing
  `.execute(tx);
}

export async function moveMark(
  tx: Tx,
  { provinceId, view, columns, readUntil }: OfView & Mark,
): Promise<void> {
  await sql`
    update evidence.tally_mark set columns = ${columns}::text[], read_until = ${readUntil}
    where province_id = ${provinceId} and view = ${view}
  `.execute(tx);
}

export async function dropTallies(tx: Tx, { provinceId, view }: OfView): Promise<void> {
  await sql`delete from evidence.tally where province_id = ${provinceId} and view = ${view}`.execute(tx);
}

/** The newest transfer of a province; its instant tells whether tallies lag behind. */
export async function newestTransfer(tx: Tx, provinceId: number): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(moved_at) as at from ledger.read_account where province_id = ${provinceId}
  `.execute(tx);
  return rows[0]?.at ?? null;
}

/** The provinces whose tallies of a view lag behind the ledger, or are told apart by other columns. */
export async function listLagging(
  tx: Tx,
  { view, columns }: { readonly view: string; readonly columns: readonly string[] },
): Promise<number[]> {
  const { rows } = await sql<{ provinceId: number }>`
    with moved as (select province_id, max(moved_at) as at from ledger.read_account group by province_id)
    select moved.province_id as "provinceId"
    from moved
    left join evidence.tally_mark m on m.province_id = moved.province_id and m.view = ${view}
    where moved.at is not null
      and (m.read_until is null or m.read_until < moved.at or m.columns <> ${columns}::text[])
    order by 1
  `.execute(tx);
  return rows.map(({ provinceId }) => provinceId);
}

type Reading = {
  readonly provinceId: number;
  readonly tallied: TalliedView;
  readonly after: Date | null;
  readonly until: Date;
  /** The first day of every month, in order, ISO. */
  readonly months: readonly string[];
};

const sumOf = (column: string) => sql.ref(`sum_of_${column}`);

/**
 * The records of an interval as cells: for each figure they belong to, by day and by month. What is alike in all that
 * figures look at is added up first, since each figure reads it again: a second of work is a handful of such rows.
 */
function cells(
  { provinceId, tallied, months }: Pick<Reading, 'provinceId' | 'tallied' | 'months'>,
  these: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { view, columns, measures } = tallied;
  const looked = [...new Set([...columns, ...measures.flatMap(({ where }) => Object.keys(where))])];
  const summed = [...new Set(measures.map(({ column }) => column))];
  const names = sql.join(looked.map((column) => sql.ref(column)));
  const sums = sql.join(summed.map((column) => sql`sum(${sql.ref(column)})::bigint as ${sumOf(column)}`));
  const parts = sql`array[${sql.join(columns.map((column) => sql`coalesce(${sql.ref(column)}::text, '')`))}]::text[]`;
  const entries = measures.map((measure) => {
    const where = Object.entries(measure.where).map(
      ([column, values]) => sql`${sql.ref(column)} = any(${values}::text[])`,
    );
    return sql`
      select ${measure.key}::text as measure, county, budget_year, day, month, parts,
        ${sumOf(measure.column)} as amount, records
      from dated where ${sql.join([sql`true`, ...where], sql` and `)}`;
  });
  const starts = sql`${months}::date[]`;
  return sql`
    with fresh as (
      select coalesce(county_code, '') as county, budget_year, happened_on::date as day, ${names},
        ${sums}, count(*) as records
      from ${sql.table(view)}
      where province_id = ${provinceId} and ${these}
      group by 1, 2, 3, ${names}
    ), dated as materialized (
      select county, budget_year, day, (${starts})[width_bucket(day, ${starts})] as month, ${parts} as parts,
        ${names}, ${sql.join(summed.map(sumOf))}, records
      from fresh
    ), entry as (${sql.join(entries, sql` union all `)}),
    cell as (
      select measure, 'day' as grain, day as starts_on, county, budget_year, parts, amount, records from entry
      union all
      select measure, 'month', month, county, budget_year, parts, amount, records from entry
    )
    select measure, grain, starts_on, county as county_code, budget_year, parts,
      sum(amount)::bigint as amount, sum(records)::integer as records
    from cell group by 1, 2, 3, 4, 5, 6`;
}

/** Conditions by themselves, so that the index on the instant is used. */
const recordedIn = ({ after, until }: Pick<Reading, 'after' | 'until'>): RawBuilder<unknown> =>
  after === null ? sql`recorded_at <= ${until}` : sql`recorded_at <= ${until} and recorded_at > ${after}`;

/** So many records are looked up one by one; of more, all tables are read once. */
const fewRecords = 5_000;

/** The transfers that were recorded in an interval; undefined where there are more than a few. */
async function freshTransfers(tx: Tx, reading: Reading): Promise<string[] | undefined> {
  if (reading.after === null) return undefined;
  const { rows } = await sql<{ id: string }>`
    select id from ledger.read_transfer where province_id = ${reading.provinceId} and ${recordedIn(reading)}
    limit ${fewRecords + 1}
  `.execute(tx);
  return rows.length > fewRecords ? undefined : rows.map(({ id }) => id);
}

/** Adds the records of an interval to their tallies; tallies are kept of transfers only. */
export async function addRecords(tx: Tx, reading: Reading): Promise<void> {
  const { provinceId, tallied } = reading;
  const fresh = await freshTransfers(tx, reading);
  const these =
    fresh === undefined ? recordedIn(reading) : sql`record_id = any(array(select unnest(${fresh}::uuid[])))`;
  await (fresh === undefined ? scan : lookUp)(
    tx,
    sql`
    insert into evidence.tally (
      province_id, view, measure, grain, starts_on, county_code, budget_year, parts, amount, records
    )
    select ${provinceId}, ${tallied.view}, measure, grain, starts_on, county_code, budget_year, parts, amount, records
    from (${cells(reading, these)}) as cell
    on conflict (province_id, view, measure, grain, starts_on, county_code, budget_year, parts) do update
    set amount = tally.amount + excluded.amount, records = tally.records + excluded.records
  `,
  );
}

export type Apart = { readonly id: string; readonly due: string; readonly found: string };

/** Tallies that are not what the records up to their mark come to, and records that stand in none. */
export async function listApart(tx: Tx, reading: Omit<Reading, 'after'>): Promise<Apart[]> {
  const { provinceId, tallied } = reading;
  const { rows } = await sql<Apart>`
    select coalesce(again.measure, kept.measure) || ' ' || coalesce(again.starts_on, kept.starts_on)::text as id,
      coalesce(again.amount, 0)::text as due, coalesce(kept.amount, 0)::text as found
    from (${cells(reading, recordedIn({ after: null, until: reading.until }))}) as again
    full join (
      select measure, grain, starts_on, county_code, budget_year, parts, amount, records
      from evidence.tally where province_id = ${provinceId} and view = ${tallied.view}
    ) as kept
      on kept.measure = again.measure and kept.grain = again.grain and kept.starts_on = again.starts_on
      and kept.county_code = again.county_code and kept.budget_year = again.budget_year and kept.parts = again.parts
    where kept.amount is distinct from again.amount or kept.records is distinct from again.records
    order by 1 limit 100
  `.execute(tx);
  return rows;
}

export type TallyRequest = {
  readonly view: string;
  readonly key: string;
  readonly cover: Cover;
  readonly selection: {
    readonly provinceId: number;
    readonly countyCode: string | null;
    readonly budgetYear: number | null;
    readonly only: Readonly<Record<string, readonly string[]>>;
    readonly without: Readonly<Record<string, readonly string[]>>;
  };
  readonly columns: readonly string[];
};

const isoOrNull = (given: Day | null): string | null => (given === null ? null : isoOf(given));

function during({ months, days }: Cover): RawBuilder<unknown> {
  const spans = [
    ...(months === null ? [] : [{ grain: 'month', ...months }]),
    ...days.map((span) => ({ grain: 'day', ...span })),
  ];
  const each = spans.map(({ grain, from, until }) => {
    const parts = [sql`grain = ${grain}`];
    if (from !== null) parts.push(sql`starts_on >= ${isoOrNull(from)}`);
    if (until !== null) parts.push(sql`starts_on <= ${isoOrNull(until)}`);
    return sql`(${sql.join(parts, sql` and `)})`;
  });
  return sql`(${sql.join(each, sql` or `)})`;
}

/** The cells of a request, of whatever days. */
function narrowed({ view, key, selection, columns }: Omit<TallyRequest, 'cover'>): RawBuilder<unknown> {
  const { provinceId, countyCode, budgetYear, only, without } = selection;
  const parts = [sql`province_id = ${provinceId} and view = ${view} and measure = ${key}`];
  if (countyCode !== null) parts.push(sql`county_code = ${countyCode}`);
  if (budgetYear !== null) parts.push(sql`budget_year = ${budgetYear}`);
  const part = (column: string) => sql`parts[${sql.lit(columns.indexOf(column) + 1)}]`;
  for (const [column, values] of Object.entries(only))
    parts.push(sql`${part(column)} = any(${values}::text[])`);
  for (const [column, values] of Object.entries(without))
    parts.push(sql`not ${part(column)} = any(${values}::text[])`);
  return sql.join(parts, sql` and `);
}

const tallySum = (request: TallyRequest): RawBuilder<unknown> => sql`
  select coalesce(sum(amount), 0)::bigint as value, coalesce(sum(records), 0)::bigint as records
  from evidence.tally where ${narrowed(request)} and ${during(request.cover)}`;

/** The newest month up to a day in which a request has records; undefined where it has none. */
export async function findNewestMonth(
  tx: Tx,
  request: Omit<TallyRequest, 'cover'>,
  until: Day | null,
): Promise<Day | undefined> {
  const { rows } = await sql<{ month: Day }>`
    select starts_on::date as month from evidence.tally
    where ${narrowed(request)} and grain = 'month' and ${until === null ? sql`true` : sql`starts_on <= ${isoOf(until)}`}
    order by starts_on desc limit 1
  `.execute(tx);
  return rows[0]?.month;
}

/** So many sums in one statement. */
const most = 200;

/** What the tallies of each request come to, up to their marks. */
export async function tallySums(
  tx: Tx,
  requests: readonly TallyRequest[],
): Promise<{ readonly value: bigint; readonly records: number }[]> {
  const sums: { value: bigint; records: number }[] = [];
  for (let at = 0; at < requests.length; at += most) {
    const group = requests
      .slice(at, at + most)
      .map(
        (request, place) =>
          sql`select ${sql.lit(place)}::integer as place, one.value, one.records from (${tallySum(request)}) as one`,
      );
    const { rows } = await sql<{ place: number; value: bigint; records: bigint }>`
      ${sql.join(group, sql` union all `)} order by place
    `.execute(tx);
    for (const { value, records } of rows)
      sums.push({ value, records: Number.parseInt(records.toString(), 10) });
  }
  return sums;
}
