import { type RawBuilder, sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Condition, Measure, YearMeant } from '#kernel/indicator.ts';
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
};

/** A measure that reads records; a ratio is two of these. */
export type Counted = Exclude<Measure, { kind: 'ratio' }>;

function conditions(measure: Counted, selection: Selection): RawBuilder<unknown> {
  const { countyCode, budgetYear, from, until } = selection;
  const parts = [sql`province_id = ${selection.provinceId}`];
  if (countyCode !== null) parts.push(sql`county_code = ${countyCode}`);
  if (budgetYear !== null) parts.push(sql`budget_year = ${budgetYear}`);
  if (from !== null) parts.push(sql`happened_on >= ${isoOf(from)}`);
  if (until !== null) parts.push(sql`happened_on <= ${isoOf(until)}`);
  for (const [column, values] of [...Object.entries(measure.where), ...Object.entries(selection.only)])
    parts.push(sql`${sql.ref(column)} = any(${values})`);
  for (const [column, values] of Object.entries(selection.without))
    parts.push(sql`(${sql.ref(column)} is null or not ${sql.ref(column)} = any(${values}))`);
  return sql.join(parts, sql` and `);
}

export type Sum = { readonly value: bigint; readonly records: number };

/** The value of a measure and how many records stand behind it. */
export async function sumOf(tx: Tx, measure: Counted, selection: Selection): Promise<Sum> {
  const where = conditions(measure, selection);
  const view = sql.table(measure.view);
  const statement =
    measure.kind === 'sum'
      ? sql<Sum>`
          select coalesce(sum(${sql.ref(measure.column)}), 0)::bigint as value, count(*)::integer as records
          from ${view} where ${where}`
      : sql<Sum>`
          select count(*) filter (where kept > 0) as value, coalesce(sum(rows), 0)::integer as records
          from (
            select sum(${sql.ref(measure.column)}) as kept, count(*) as rows
            from ${view} where ${where} group by ${sql.ref(measure.distinct)}
          ) as each`;
  return must((await statement.execute(tx)).rows[0], 'a sum has a row');
}

/** The newest budget year, or the newest day, of the records of a measure; null when there are none. */
export async function newest(
  tx: Tx,
  measure: Counted,
  { selection, year }: { readonly selection: Selection; readonly year: YearMeant },
): Promise<{ readonly budgetYear: number | null; readonly day: Day | null }> {
  const column = year === 'budget_year' ? 'budget_year' : 'happened_on';
  const { rows } = await sql<{ newest: number | Day | null }>`
    select max(${sql.ref(column)}) as newest from ${sql.table(measure.view)} where ${conditions(measure, selection)}
  `.execute(tx);
  const found = rows[0]?.newest ?? null;
  return {
    budgetYear: typeof found === 'number' ? found : null,
    day: typeof found === 'string' ? found : null,
  };
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

/** The records behind a value, the newest first, after the record `before`. */
export async function listRecords(
  tx: Tx,
  measure: Counted,
  asked: {
    readonly selection: Selection;
    readonly details: readonly string[];
    readonly before: { readonly happenedOn: string; readonly id: string } | null;
    readonly limit: number;
  },
): Promise<RecordRow[]> {
  const { before, details } = asked;
  const after =
    before === null ? sql`true` : sql`(happened_on, record_id) < (${before.happenedOn}, ${before.id}::uuid)`;
  const pairs = details.flatMap((column) => [sql`${column}::text`, sql`${sql.ref(column)}::text`]);
  const { rows } = await sql<RecordRow>`
    select v.record_id as id, v.happened_on as "happenedOn", v.budget_year as "budgetYear",
      v.county_code as "countyCode", c.name_fa as "countyFa", c.name_en as "countyEn",
      v.measured as amount, v.counted, v.details
    from (
      select record_id, happened_on, budget_year, county_code, province_id,
        ${sql.ref(measure.column)} as measured,
        ${measure.kind === 'count' ? sql`${sql.ref(measure.distinct)}::text` : sql`null::text`} as counted,
        json_build_object(${sql.join(pairs)}) as details
      from ${sql.table(measure.view)}
      where ${conditions(measure, asked.selection)} and ${after}
      order by happened_on desc, record_id desc limit ${asked.limit}
    ) as v
    left join place.read_county c on c.province_id = v.province_id and c.county_code = v.county_code
    order by v.happened_on desc, v.record_id desc
  `.execute(tx);
  return rows;
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

/** The Persian names of a catalogue, by key. */
export async function listNames(
  tx: Tx,
  { view, key, name }: { readonly view: string; readonly key: string; readonly name: string },
): Promise<{ readonly key: string; readonly name: string }[]> {
  const { rows } = await sql<{ key: string; name: string }>`
    select ${sql.ref(key)} as key, ${sql.ref(name)} as name from ${sql.table(view)} order by 1
  `.execute(tx);
  return rows;
}
