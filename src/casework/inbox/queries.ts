import { sql, type RawBuilder } from 'kysely';
import { isoOf } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { SavedView, Tab } from './contract.ts';

/** Whose list: the second fence beside the policies, and what makes a query walk the index of one place. */
export type ListPlace = {
  readonly provinceId: number;
  readonly countyCode: string | null;
  readonly officeId: string | null;
  readonly personId: string | null;
  readonly role: string;
  readonly holderId: string;
  readonly today: Day;
  /** Of these kinds only; null for all. */
  readonly kinds: readonly string[] | null;
};

export type ListAsked = ListPlace & {
  readonly tab: Tab;
  readonly kind: string | null;
  readonly state: string | null;
  /** Of these persons only. */
  readonly subjectIds: readonly string[] | null;
  readonly number: string | null;
  /** The due day (far for none) and the id of the last row; for all cases the instant of the last act. */
  readonly after: readonly [place: string, id: string] | null;
  readonly limit: number;
};

export type CaseListRow = {
  readonly id: Id;
  readonly number: string;
  readonly kind: string;
  readonly state: string;
  readonly version: number;
  readonly countyFa: string | null;
  readonly countyEn: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly openedAt: Date;
  readonly movedAt: Date;
  readonly dueOn: Day | null;
  readonly holderId: Id | null;
  readonly holderName: string | null;
  /** The position in the order of the list. */
  readonly place: string;
};

const far = sql`date '2999-12-31'`;
const and = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join([...parts], sql` and `);

const officeColumns = { own: sql.ref('office_id'), review: sql.ref('review_office_id') } as const;

function ofPlace(
  { provinceId, countyCode, officeId, personId, kinds }: ListPlace,
  office: keyof typeof officeColumns = 'own',
): RawBuilder<unknown>[] {
  return [
    sql`province_id = ${provinceId}`,
    ...(countyCode === null ? [] : [sql`county_code = ${countyCode}`]),
    ...(officeId === null ? [] : [sql`${officeColumns[office]} = ${officeId}::uuid`]),
    ...(personId === null ? [] : [sql`subject_id = ${personId}::uuid`]),
    ...(kinds === null ? [] : [sql`kind = any(${kinds}::text[])`]),
  ];
}

function ofTab(tab: Tab, { holderId, role, today }: ListPlace): RawBuilder<unknown>[] {
  if (tab === 'mine') return [sql`holder_id = ${holderId}::uuid`, sql`leads`];
  if (tab === 'role') return [sql`role = ${role}`];
  return tab === 'late' ? [sql`leads`, sql`coalesce(due_on, ${far}) < ${isoOf(today)}::date`] : [sql`leads`];
}

const ofFilter = ({ kind, state }: ListAsked): RawBuilder<unknown>[] => [
  ...(kind === null ? [] : [sql`kind = ${kind}`]),
  ...(state === null ? [] : [sql`state = ${state}`]),
];

/**
 * For the rest of the transaction lists walk the index of their order and stop at the end of the page. The policies
 * make the planner expect a single row, and it would rather collect and sort everything that a county has, with
 * workers whose start takes longer than the page.
 */
export async function walkIndexes(tx: Tx): Promise<void> {
  await sql`
    select set_config('enable_bitmapscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)
  `.execute(tx);
}

/** A page of what waits, what is due soonest first. Only the rows of the page meet names and numbers. */
export const listTasksPage = (tx: Tx, asked: ListAsked): Promise<CaseListRow[]> =>
  withNames(
    tx,
    asked,
    sql`
      select waiting.place, waiting.due_on, waiting.holder_id, ${ofFile}
      from (
        select case_id, coalesce(due_on, ${far})::text as place, due_on, holder_id
        from casework.task
        where ${and([...ofPlace(asked), ...ofTab(asked.tab, asked), ...ofFilter(asked), afterTask(asked)])}
        order by coalesce(due_on, ${far}), case_id
        limit ${asked.limit}
      ) waiting
      join casework.case_file file on file.province_id = ${asked.provinceId} and file.id = waiting.case_id
    `,
    sql`page.place, page.id`,
  );

const afterTask = ({ after }: ListAsked): RawBuilder<unknown> =>
  after === null
    ? sql`true`
    : sql`(coalesce(due_on, ${far}), case_id) > (${after[0]}::date, ${after[1]}::uuid)`;

/** A page of all cases, closed ones too, the last moved first. */
export const listCasesPage = (tx: Tx, asked: ListAsked): Promise<CaseListRow[]> =>
  withNames(
    tx,
    asked,
    sql`
      select
        to_char(file.moved_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as place,
        file.due_on, null::uuid as holder_id, ${ofFile}
      from ${filesOf(asked)} file
      order by file.moved_at desc, file.id desc
      limit ${asked.limit}
    `,
    sql`page.place desc, page.id desc`,
  );

/** An office walks the index of what lies with it, and that of what it reviews. */
function filesOf(asked: ListAsked): RawBuilder<unknown> {
  const page = (office: keyof typeof officeColumns): RawBuilder<unknown> => sql`(
    select due_on, ${ofFile}
    from casework.case_file file
    where ${and([...ofPlace(asked, office), ...ofFilter(asked), ...ofSearch(asked), afterCase(asked)])}
    order by file.moved_at desc, file.id desc
    limit ${asked.limit}
  )`;
  return asked.officeId === null ? page('own') : sql`(${page('own')} union all ${page('review')})`;
}

function ofSearch({ provinceId, number, subjectIds }: ListAsked): RawBuilder<unknown>[] {
  if (number !== null)
    return [
      sql`id in (
        select case_id from casework.tracking where province_id = ${provinceId} and number = ${number}
      )`,
    ];
  return subjectIds === null ? [] : [sql`subject_id = any(${subjectIds}::uuid[])`];
}

const afterCase = ({ after }: ListAsked): RawBuilder<unknown> =>
  after === null ? sql`true` : sql`(file.moved_at, file.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;

const ofFile = sql`
  file.id, file.kind, file.state, file.version, file.county_code, file.subject_id, file.opened_at, file.moved_at
`;

async function withNames(
  tx: Tx,
  { provinceId }: ListAsked,
  page: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<CaseListRow[]> {
  const { rows } = await sql<CaseListRow>`
    with page as materialized (${page})
    select
      page.id, tracking.number, page.kind, page.state, page.version, county.name_fa as "countyFa",
      county.name_en as "countyEn", person.first_name as "firstName", person.last_name as "lastName",
      page.opened_at as "openedAt", page.moved_at as "movedAt", page.due_on as "dueOn",
      page.holder_id as "holderId", holder.name as "holderName", page.place
    from page
    join casework.tracking tracking on tracking.province_id = ${provinceId} and tracking.case_id = page.id
    left join place.read_county county
      on county.province_id = ${provinceId} and county.county_code = page.county_code
    left join party.read_person person
      on person.province_id = ${provinceId} and person.person_id = page.subject_id
    left join lateral (
      select account.name
      from casework.hold
      join access.read_user account on account.user_id = hold.by_user
      where page.holder_id is not null and hold.province_id = ${provinceId} and hold.case_id = page.id
        and hold.version = page.version
      order by hold.held_at desc, hold.hold_id desc
      limit 1
    ) holder on true
    order by ${order}
  `.execute(tx);
  return rows;
}

/** How far a count goes: nobody works through more in a day, and a million rows must not be counted for a number. */
const mostCounted = 100;

export async function countTasks(
  tx: Tx,
  place: ListPlace,
  tab: Exclude<Tab, 'all'>,
): Promise<{ count: number; more: boolean }> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from casework.task where ${and([...ofPlace(place), ...ofTab(tab, place)])} limit ${mostCounted}
    ) counted
  `.execute(tx);
  const count = rows[0]?.count ?? 0;
  return { count: Math.min(count, mostCounted - 1), more: count === mostCounted };
}

type Viewer = { readonly provinceId: number; readonly userId: Id };

export async function listViews(tx: Tx, { provinceId, userId }: Viewer): Promise<SavedView[]> {
  const { rows } = await sql<SavedView>`
    select view_id as id, name, query from casework.saved_view
    where province_id = ${provinceId} and user_id = ${userId}
    order by name
  `.execute(tx);
  return rows;
}

/** Keeps a view under its name; the same name again keeps the newer filters. */
export async function keepView(
  tx: Tx,
  { provinceId, userId }: Viewer,
  view: SavedView,
  at: Date,
): Promise<void> {
  await sql`
    insert into casework.saved_view as kept (province_id, user_id, view_id, name, query, saved_at)
    values (${provinceId}, ${userId}, ${view.id}, ${view.name}, ${view.query}, ${at})
    on conflict (province_id, user_id, name) do update set query = excluded.query, saved_at = excluded.saved_at
  `.execute(tx);
}

export async function dropView(tx: Tx, { provinceId, userId }: Viewer, viewId: string): Promise<void> {
  await sql`
    delete from casework.saved_view
    where province_id = ${provinceId} and user_id = ${userId} and view_id = ${viewId}::uuid
  `.execute(tx);
}
