import { type RawBuilder, sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Bilingual, Condition, Dimension, Indicator, Measure, YearMeant } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';

/** Which records of a view are meant. All fields narrow; null does not. */
export type Selection = {
  readonly provinceId: number;
  readonly countyCode: string | null;
  readonly budgetYear: number | null;
  readonly from: Day | null;
  readonly until: Day | null;
  readonly only: Condition;
  readonly without: Condition;
  /** Only what was recorded at or before a closed instant, as of which the figure is asked (L12). */
  readonly recordedUntil?: Date;
  /** Only what was recorded after an instant: what tallies do not hold yet. */
  readonly recordedAfter?: Date;
};

/** The first day whose records a period means; null for all before its end, which a standing figure is of. */
export const firstDay = (
  { year }: Pick<Indicator, 'year'>,
  period: { readonly from: Day } | null,
): Day | null => (year === 'standing' ? null : (period?.from ?? null));

/** A measure that reads records; a ratio is two of these. */
export type Counted = Exclude<Measure, { kind: 'ratio' }>;

export function conditions(measure: Counted, selection: Selection): RawBuilder<unknown> {
  return sql`province_id = ${selection.provinceId} and ${narrowing(measure, selection)}`;
}

/** All that narrows the records of a province. */
function narrowing(measure: Counted, selection: Selection): RawBuilder<unknown> {
  const { countyCode, budgetYear, from, until } = selection;
  // What has no name is counted by none: a payment from before the beginning has no receiver.
  const parts = [measure.kind === 'count' ? sql`${sql.ref(measure.distinct)} is not null` : sql`true`];
  if (countyCode !== null) parts.push(sql`county_code = ${countyCode}`);
  if (budgetYear !== null) parts.push(sql`budget_year = ${budgetYear}`);
  if (from !== null) parts.push(sql`happened_on >= ${isoOf(from)}`);
  if (until !== null) parts.push(sql`happened_on <= ${isoOf(until)}`);
  if (selection.recordedAfter !== undefined) parts.push(sql`recorded_at > ${selection.recordedAfter}`);
  if (selection.recordedUntil !== undefined) parts.push(sql`recorded_at <= ${selection.recordedUntil}`);
  for (const [column, values] of [...Object.entries(measure.where), ...Object.entries(selection.only)])
    parts.push(sql`${sql.ref(column)} = any(${values})`);
  if (measure.kinds !== undefined) parts.push(sql`transfer_kind = any(${measure.kinds})`);
  for (const [column, values] of Object.entries(selection.without))
    parts.push(sql`(${sql.ref(column)} is null or not ${sql.ref(column)} = any(${values}))`);
  return sql.join(parts, sql` and `);
}

export type Sum = {
  readonly value: bigint;
  readonly records: number;
  /** Whether it stood in tallies, but for what was recorded since their mark, or every record was read. */
  readonly by: 'tally' | 'scan';
};

export type Request = { readonly measure: Counted; readonly selection: Selection };

/** So many values in one statement: each binds up to thirty parameters, of which there may be 65,535. */
const most = 400;

type SumRow = { readonly sums: readonly bigint[]; readonly counts: readonly bigint[] };

/**
 * Many sums by one pass over the records of each province and view: asked one by one, each would walk the same
 * transfers again (a long statement asks two hundred).
 */
export async function scannedSums(tx: Tx, requests: readonly Request[]): Promise<Sum[]> {
  const sums: Sum[] = [];
  for (const group of groupsOf(requests, ({ measure, selection }) => {
    const distinct = measure.kind === 'count' ? measure.distinct : '';
    return `${selection.provinceId} ${measure.view} ${measure.column} ${distinct}`;
  })) {
    const { measure, selection } = must(group[0], 'a group has a member').one;
    const row = await sumRow(tx, measure, {
      wheres: group.map(({ one }) => narrowing(one.measure, one.selection)),
      all: sql`province_id = ${selection.provinceId} and ${envelope(group.map(({ one }) => one))}`,
    });
    for (const [at, { index }] of group.entries())
      sums[index] = {
        value: must(row.sums[at], 'a sum'),
        records: Number.parseInt(must(row.counts[at], 'a count').toString(), 10),
        by: 'scan',
      };
  }
  return sums;
}

const list = (values: readonly RawBuilder<unknown>[]) => sql`array[${sql.join(values)}]`;

/** What every record of a group of requests is within: the days of all of them, and the values that each names. */
function envelope(group: readonly Request[]): RawBuilder<unknown> {
  const parts = [sql`true`];
  const ends = <End>(of: (request: Request) => End | null): End[] =>
    group.flatMap((request) => of(request) ?? []);
  const [froms, untils] = [ends((one) => one.selection.from), ends((one) => one.selection.until)];
  const [afters, upTo] = [
    ends((one) => one.selection.recordedAfter ?? null),
    ends((one) => one.selection.recordedUntil ?? null),
  ];
  if (afters.length === group.length)
    parts.push(sql`recorded_at > ${new Date(Math.min(...afters.map(Number)))}`);
  if (upTo.length === group.length)
    parts.push(sql`recorded_at <= ${new Date(Math.max(...upTo.map(Number)))}`);
  const [first] = froms.toSorted();
  const last = untils.toSorted().at(-1);
  if (first !== undefined && froms.length === group.length) parts.push(sql`happened_on >= ${isoOf(first)}`);
  if (last !== undefined && untils.length === group.length) parts.push(sql`happened_on <= ${isoOf(last)}`);
  for (const column of Object.keys(group[0]?.measure.where ?? {})) {
    const named = group.map(({ measure }) => measure.where[column]);
    if (named.every((values) => values !== undefined))
      parts.push(sql`${sql.ref(column)} = any(${[...new Set(named.flat())]})`);
  }
  const kinds = group.map(({ measure }) => measure.kinds);
  if (kinds.every((own) => own !== undefined))
    parts.push(sql`transfer_kind = any(${[...new Set(kinds.flat())]})`);
  return sql.join(parts, sql` and `);
}

/**
 * A statement that reads thousands of records. The planner guesses one row of each table behind a policy, and would walk
 * from the lines over their slices and accounts to each transfer of the province; a hash of each is many times faster.
 * Workers beside it would take the processors of other readers, and on two of them make it slower.
 */
export async function scan<Row>(tx: Tx, statement: RawBuilder<Row>): Promise<Row[]> {
  await sql`
    select set_config('enable_nestloop', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)
  `.execute(tx);
  const { rows } = await statement.execute(tx);
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx);
  return rows;
}

/**
 * A statement that reads a few records whose ids it knows, in the order in which the view joins: from any other table
 * than that of the records the planner would walk all transfers of the province.
 */
export async function lookUp<Row>(tx: Tx, statement: RawBuilder<Row>): Promise<Row[]> {
  await sql`select set_config('join_collapse_limit', '1', true)`.execute(tx);
  const { rows } = await statement.execute(tx);
  await sql`select set_config('join_collapse_limit', '8', true)`.execute(tx);
  return rows;
}

/** One pass over the records. */
async function sumRow(
  tx: Tx,
  measure: Counted,
  { wheres, all }: { readonly wheres: readonly RawBuilder<unknown>[]; readonly all: RawBuilder<unknown> },
): Promise<SumRow> {
  const column = sql.ref(measure.column);
  const each = list(wheres.map((where) => sql`coalesce(sum(${column}) filter (where ${where}), 0)::bigint`));
  const rows = list(wheres.map((where) => sql`count(*) filter (where ${where})`));
  const from = sql`from ${sql.table(measure.view)} where ${all}`;
  const statement =
    measure.kind === 'sum'
      ? sql<SumRow>`select ${each} as sums, ${rows} as counts ${from}`
      : sql<SumRow>`
          select ${list(wheres.map((_, at) => sql`count(*) filter (where kept[${sql.lit(at + 1)}] > 0)`))} as sums,
            ${list(wheres.map((_, at) => sql`coalesce(sum(rows[${sql.lit(at + 1)}]), 0)::bigint`))} as counts
          from (
            select ${each} as kept, ${rows} as rows ${from} group by ${sql.ref(measure.distinct)}
          ) as each`;
  return must((await scan(tx, statement))[0], 'an aggregate has a row');
}

type Placed<One> = { readonly one: One; readonly index: number };

/** Members of one kind together, each with its place in the list, in groups that one statement can hold. */
function groupsOf<One>(all: readonly One[], kindOf: (one: One) => string): Placed<One>[][] {
  const groups = new Map<string, Placed<One>[]>();
  for (const [index, one] of all.entries()) {
    const key = kindOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ one, index }]);
    else group.push({ one, index });
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / most) }, (_, part) =>
      group.slice(part * most, (part + 1) * most),
    ),
  );
}

export type Newest = { readonly budgetYear: number | null; readonly day: Day | null };

/** The newest budget year, or the newest day, of the records of each measure; null when there are none. */
export async function newestOf(
  tx: Tx,
  requests: readonly (Request & { readonly year: YearMeant })[],
): Promise<Newest[]> {
  const newest: Newest[] = [];
  const groups = groupsOf(requests, ({ measure, selection }) => `${selection.provinceId} ${measure.view}`);
  for (const group of groups) {
    const { measure, selection } = must(group[0], 'a group has a member').one;
    const wheres = group.map(({ one }) => narrowing(one.measure, one.selection));
    const { rows } = await sql<{ years: readonly (bigint | null)[]; days: readonly (Day | null)[] }>`
      select array[${sql.join(wheres.map((where) => sql`(max(budget_year) filter (where ${where}))::bigint`))}] as years,
        array[${sql.join(wheres.map((where) => sql`(max(happened_on) filter (where ${where}))::date`))}] as days
      from ${sql.table(measure.view)} where province_id = ${selection.provinceId}
    `.execute(tx);
    const row = must(rows[0], 'an aggregate has a row');
    for (const [at, { one, index }] of group.entries()) {
      const year = row.years[at] ?? null;
      newest[index] =
        one.year === 'budget_year'
          ? { budgetYear: year === null ? null : Number.parseInt(year.toString(), 10), day: null }
          : { budgetYear: null, day: row.days[at] ?? null };
    }
  }
  return newest;
}

/** Which of the named values of a column have records. */
export async function presentValues(
  tx: Tx,
  measure: Counted,
  asked: { readonly selection: Selection; readonly column: string },
): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`
    select distinct ${sql.ref(asked.column)} as value from ${sql.table(measure.view)}
    where ${conditions(measure, asked.selection)}
  `.execute(tx);
  return rows.map((row) => row.value);
}

/**
 * How the transaction joins from here on. Where all rows of a view are read and known to be few, joins are hashed in
 * the order in which they are written: row-level security hides from the planner how many rows there are, it takes
 * one, loops over loops, and thinks about it as long as the reading takes.
 */
export async function joinBy(tx: Tx, joins: 'hashes' | 'plan'): Promise<void> {
  const [loops, together] = joins === 'hashes' ? ['off', '1'] : ['on', '8'];
  await sql`
    select set_config('enable_nestloop', ${loops}, true), set_config('join_collapse_limit', ${together}, true),
      set_config('from_collapse_limit', ${together}, true)
  `.execute(tx);
}

export type SlimRow = {
  readonly countyCode: string | null;
  readonly budgetYear: number;
  readonly happenedOn: string;
  readonly values: Record<string, string | null>;
};

/** All records of a province in a view, with these columns; undefined where there are more than `most`. */
export async function listSlim(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly view: string;
    readonly columns: readonly string[];
    readonly most: number;
  },
): Promise<SlimRow[] | undefined> {
  const { provinceId, view, columns, most: limit } = asked;
  // A column each: an array of them would be taken apart letter by letter.
  const named = columns.map((column, at) => [column, `value_${at}`] as const);
  const each = sql.join(named.map(([column, name]) => sql`${sql.ref(column)}::text as ${sql.ref(name)}`));
  const { rows } = await sql<Record<string, string | null> & Omit<SlimRow, 'values'>>`
    select county_code as "countyCode", budget_year as "budgetYear", happened_on::text as "happenedOn", ${each}
    from ${sql.table(view)} where province_id = ${provinceId} limit ${limit + 1}
  `.execute(tx);
  if (rows.length > limit) return undefined;
  return rows.map((row) => ({
    countyCode: row.countyCode,
    budgetYear: row.budgetYear,
    happenedOn: row.happenedOn,
    values: Object.fromEntries(named.map(([column, name]) => [column, row[name] ?? null])),
  }));
}

export type RecordRow = {
  readonly id: string;
  readonly happenedOn: Day;
  readonly budgetYear: number;
  readonly countyCode: string | null;
  readonly countyFa: string | null;
  readonly countyEn: string | null;
  readonly amount: bigint;
  readonly counted: string | null;
  readonly details: Record<string, string | null>;
};

/** Where a record stands in a list: the newest day first, then by id. */
export type Position = { readonly happenedOn: string; readonly id: string };

export type ListAsked = {
  readonly selection: Selection;
  readonly details: readonly string[];
  readonly before: Position | null;
  readonly limit: number;
  /** The records to choose from, where they are known. */
  readonly among?: readonly string[];
};

/** The records behind a value, the newest first, after the record `before`. */
export async function listRecords(tx: Tx, measure: Counted, asked: ListAsked): Promise<RecordRow[]> {
  const { before, details, among } = asked;
  const { provinceId } = asked.selection;
  const after =
    before === null ? sql`true` : sql`(happened_on, record_id) < (${before.happenedOn}, ${before.id}::uuid)`;
  const pairs = details.flatMap((column) => [sql`${column}::text`, sql`${sql.ref(column)}::text`]);
  const found = sql`
    select record_id, happened_on, budget_year, county_code, province_id,
      ${sql.ref(measure.column)} as measured,
      ${measure.kind === 'count' ? sql`${sql.ref(measure.distinct)}::text` : sql`null::text`} as counted,
      json_build_object(${sql.join(pairs)}) as details
    from ${sql.table(measure.view)}
    where ${conditions(measure, asked.selection)} and ${after}`;
  const each =
    among === undefined ? found : sql`${found} and record_id = any(array(select unnest(${among}::uuid[])))`;
  const page = sql<RecordRow>`
    select v.record_id as id, v.happened_on as "happenedOn", v.budget_year as "budgetYear",
      v.county_code as "countyCode", c.name_fa as "countyFa", c.name_en as "countyEn",
      v.measured as amount, v.counted, v.details
    from (${each} order by happened_on desc, record_id desc limit ${asked.limit}) as v
    left join place.read_county c on c.province_id = ${provinceId} and c.county_code = v.county_code
    order by v.happened_on desc, v.record_id desc
  `;
  return among === undefined ? (await page.execute(tx)).rows : lookUp(tx, page);
}

/** What the transaction may see, as row-level security reads it; `all` provinces, or null for none. */
export type ReaderScope = {
  readonly province: string | null;
  readonly county: string | null;
  readonly office: string | null;
  readonly person: string | null;
};

export async function readerScope(tx: Tx): Promise<ReaderScope> {
  const { rows } = await sql<ReaderScope>`
    select nullif(current_setting('app.province', true), '') as province,
      nullif(current_setting('app.county', true), '') as county,
      nullif(current_setting('app.office', true), '') as office,
      nullif(current_setting('app.person', true), '') as person
  `.execute(tx);
  return must(rows[0], 'a statement without a table has a row');
}

/**
 * What the transaction sees, as a text: while two are equal nothing was committed between them, so all that both read
 * is the same. Null where that does not hold: in a transaction that writes or sees later commits, and on a cluster of
 * Citus, whose other nodes commit by themselves.
 */
export async function snapshotOf(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ snapshot: string | null }>`
    select case when current_setting('transaction_read_only') = 'on'
      and current_setting('transaction_isolation') = 'repeatable read'
      and not exists (select from pg_extension where extname = 'citus')
      then concat_ws(' ', current_database(), pg_postmaster_start_time(), pg_current_snapshot()) end as snapshot
  `.execute(tx);
  return must(rows[0], 'a statement without a table has a row').snapshot;
}

export type ProvinceRow = { readonly provinceId: number; readonly slug: string; readonly name: string };

export async function listProvinces(tx: Tx): Promise<ProvinceRow[]> {
  const { rows } = await sql<ProvinceRow>`
    select province_id as "provinceId", slug, name_fa as name from place.read_province order by province_id
  `.execute(tx);
  return rows;
}

export type CountyRow = { readonly provinceId: number; readonly countyCode: string; readonly name: string };

export async function listCounties(tx: Tx): Promise<CountyRow[]> {
  const { rows } = await sql<CountyRow>`
    select province_id as "provinceId", county_code as "countyCode", name_fa as name
    from place.read_county order by province_id, county_code
  `.execute(tx);
  return rows;
}

/** The names of a catalogue, by key. */
export async function listNames(
  tx: Tx,
  { view, key, nameFa, nameEn }: NonNullable<Dimension['catalogue']>,
): Promise<({ readonly key: string } & Bilingual)[]> {
  const { rows } = await sql<{ key: string } & Bilingual>`
    select ${sql.ref(key)} as key, ${sql.ref(nameFa)} as fa, ${sql.ref(nameEn)} as en
    from ${sql.table(view)} order by 1
  `.execute(tx);
  return rows;
}
