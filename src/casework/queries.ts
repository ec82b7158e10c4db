import { sql } from 'kysely';
import { day as jalaliDay, isoOf } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Transition } from '#kernel/state.ts';
import { type CatalogueRow, recordset } from '#platform/csv.ts';
import type { Tx } from '#platform/db.ts';
import type { Act, ActFacts, Case, CaseStand } from './contract.ts';

export type CaseId = { readonly provinceId: number; readonly caseId: Id };

/** A case as it stands, with the instants of its first and latest act and what its limit is counted by. */
export type CaseFile = Omit<CaseStand, 'today'> & {
  readonly file: Case;
  readonly openedAt: Date;
  readonly movedAt: Date;
};

/**
 * The second fence beside the policies (L9): on a Citus cluster a policy on anything but the province has been
 * reported to be ignored.
 */
export const inScope = sql`
  (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
`;

type CaseRow = {
  province_id: number;
  id: Id;
  kind: string;
  state: string;
  version: number;
  county_code: string | null;
  office_id: Id | null;
  review_office_id: Id | null;
  subject_id: Id | null;
  moved_at: Date;
  opener_id: Id;
  opened_at: Date;
  since_on: Day;
  due_on: Day | null;
};

const caseColumns = sql`
  province_id, id, kind, state, version, county_code, office_id, review_office_id, subject_id, moved_at, opener_id,
  opened_at, since_on, due_on
`;

const caseOf = (row: CaseRow): CaseFile => ({
  file: {
    provinceId: row.province_id,
    id: row.id,
    kind: row.kind,
    state: row.state,
    version: row.version,
    countyCode: row.county_code,
    officeId: row.office_id,
    reviewOfficeId: row.review_office_id,
    subjectId: row.subject_id,
  },
  movedAt: row.moved_at,
  openedAt: row.opened_at,
  openerId: row.opener_id,
  sinceOn: row.since_on,
  dueOn: row.due_on,
});

type ActRow = {
  province_id: number;
  id: Id;
  case_id: Id;
  kind: string;
  seq: number;
  act: string;
  from_state: string;
  to_state: string;
  by_user: Id;
  by_person: Id;
  by_role: string;
  county_code: string | null;
  office_id: Id | null;
  review_office_id: Id | null;
  subject_id: Id | null;
  facts: ActFacts;
  reason: string | null;
  happened_on: Day;
  recorded_at: Date;
};

const actColumns = sql`
  province_id, id, case_id, kind, seq, act, from_state, to_state, by_user, by_person, by_role, county_code,
  office_id, review_office_id, subject_id, facts, reason, happened_on, recorded_at
`;

const actOf = (row: ActRow): Act => ({
  provinceId: row.province_id,
  id: row.id,
  caseId: row.case_id,
  kind: row.kind,
  seq: row.seq,
  act: row.act,
  fromState: row.from_state,
  toState: row.to_state,
  by: { userId: row.by_user, personId: row.by_person, role: row.by_role },
  countyCode: row.county_code,
  officeId: row.office_id,
  reviewOfficeId: row.review_office_id,
  subjectId: row.subject_id,
  facts: row.facts,
  reason: row.reason,
  happenedOn: row.happened_on,
  recordedAt: row.recorded_at,
});

export async function findCase(tx: Tx, { provinceId, caseId }: CaseId): Promise<CaseFile | undefined> {
  const { rows } = await sql<CaseRow>`
    select ${caseColumns} from casework.case_file
    where province_id = ${provinceId} and id = ${caseId} and ${inScope}
  `.execute(tx);
  return rows.map(caseOf)[0];
}

export async function lockCase(tx: Tx, { provinceId, caseId }: CaseId): Promise<CaseFile | undefined> {
  const { rows } = await sql<CaseRow>`
    select ${caseColumns} from casework.case_file
    where province_id = ${provinceId} and id = ${caseId} and ${inScope}
    for update
  `.execute(tx);
  return rows.map(caseOf)[0];
}

const isoOrNull = (value: Day | null): string | null => (value === null ? null : isoOf(value));

/** Adds a case in its first state. False when a case with this id is there already. */
export async function insertCase(tx: Tx, stood: CaseFile): Promise<boolean> {
  const { file } = stood;
  const { rows } = await sql<{ id: Id }>`
    insert into casework.case_file (
      province_id, id, kind, state, version, county_code, office_id, review_office_id, subject_id, moved_at,
      opener_id, opened_at, since_on, due_on
    ) values (
      ${file.provinceId}, ${file.id}, ${file.kind}, ${file.state}, ${file.version}, ${file.countyCode},
      ${file.officeId}, ${file.reviewOfficeId}, ${file.subjectId}, ${stood.movedAt}, ${stood.openerId},
      ${stood.openedAt}, ${isoOf(stood.sinceOn)}, ${isoOrNull(stood.dueOn)}
    )
    on conflict do nothing
    returning id
  `.execute(tx);
  return rows.length === 1;
}

/** Moves the projection to where the latest act left the case. */
export async function updateCase(tx: Tx, { file, movedAt, sinceOn, dueOn }: CaseFile): Promise<void> {
  await sql`
    update casework.case_file
    set state = ${file.state}, version = ${file.version}, moved_at = ${movedAt}, since_on = ${isoOf(sinceOn)},
      due_on = ${isoOrNull(dueOn)}
    where province_id = ${file.provinceId} and id = ${file.id}
  `.execute(tx);
}

/** Adds an act. False when an act with this id is there already, on this case or another. */
export async function insertAct(tx: Tx, act: Act): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into casework.act (
      province_id, id, case_id, kind, seq, prev_seq, act, from_state, to_state, by_user, by_person, by_role,
      county_code, office_id, review_office_id, subject_id, facts, reason, happened_on, recorded_at
    ) values (
      ${act.provinceId}, ${act.id}, ${act.caseId}, ${act.kind}, ${act.seq},
      ${act.seq === 1 ? null : act.seq - 1}, ${act.act}, ${act.fromState}, ${act.toState}, ${act.by.userId},
      ${act.by.personId}, ${act.by.role}, ${act.countyCode}, ${act.officeId}, ${act.reviewOfficeId}, ${act.subjectId},
      ${JSON.stringify(act.facts)}::jsonb, ${act.reason}, ${isoOf(act.happenedOn)}, ${act.recordedAt}
    )
    on conflict (province_id, id) do nothing
    returning id
  `.execute(tx);
  return rows.length === 1;
}

export async function findAct(
  tx: Tx,
  { provinceId, actId }: { readonly provinceId: number; readonly actId: Id },
): Promise<Act | undefined> {
  const { rows } = await sql<ActRow>`
    select ${actColumns} from casework.act
    where province_id = ${provinceId} and id = ${actId} and ${inScope}
  `.execute(tx);
  return rows.map(actOf)[0];
}

/** The acts of a case in their order. */
export async function listActs(tx: Tx, { provinceId, caseId }: CaseId): Promise<Act[]> {
  const { rows } = await sql<ActRow>`
    select ${actColumns} from casework.act
    where province_id = ${provinceId} and case_id = ${caseId} and ${inScope}
    order by seq
  `.execute(tx);
  return rows.map(actOf);
}

/** The names of accounts; one that is gone is left out. */
export async function findNames(tx: Tx, userIds: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const { rows } = await sql<{ user_id: Id; name: string }>`
    select user_id, name from access.read_user where user_id = any(${userIds}::uuid[])
  `.execute(tx);
  return new Map(rows.map((row) => [row.user_id, row.name]));
}

/** Writes the declared steps and marks those that are no longer declared. Only the owner may. */
export async function replaceTransitions(tx: Tx, transitions: readonly Transition[]): Promise<void> {
  await sql`update casework.transition set withdrawn = true`.execute(tx);
  await sql`
    insert into casework.transition (kind, from_state, act, to_state)
    select kind, from_state, act, to_state
    from unnest(
      ${transitions.map((step) => step.kind)}::text[],
      ${transitions.map((step) => step.from)}::text[],
      ${transitions.map((step) => step.act)}::text[],
      ${transitions.map((step) => step.to)}::text[]
    ) as declared (kind, from_state, act, to_state)
    on conflict (kind, from_state, act, to_state) do update set withdrawn = false
  `.execute(tx);
}

/** The calendar of offices as one text: JSON with its ISO days, the same as long as no day of it changes. */
export async function readCalendar(tx: Tx): Promise<string> {
  const { rows } = await sql<{ calendar: string }>`
    select json_build_object(
      'holidays', (select coalesce(json_agg(distinct day), '[]') from casework.holiday),
      'weekends', (
        select coalesce(json_agg(json_build_object('weekday', weekday, 'firstDay', first_day, 'lastDay', last_day)
          order by weekday, first_day), '[]')
        from casework.weekend
      )
    )::text as calendar
  `.execute(tx);
  return must(rows[0], 'a calendar').calendar;
}

export async function upsertHolidays(tx: Tx, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into casework.holiday as kept (day, title_fa, kind, certainty, note, source_keys)
    select gregorian_date, title_fa, kind, certainty, coalesce(string_to_array(note, ';'), '{}'),
      string_to_array(source_keys, ';')
    from json_to_recordset(${recordset(rows)}::json) as file (
      gregorian_date date, title_fa text, kind text, certainty text, note text, source_keys text
    )
    on conflict (day, title_fa) do update set
      kind = excluded.kind,
      certainty = excluded.certainty,
      note = excluded.note,
      source_keys = excluded.source_keys
    where (kept.kind, kept.certainty, kept.note, kept.source_keys)
      is distinct from (excluded.kind, excluded.certainty, excluded.note, excluded.source_keys)
  `.execute(tx);
}

export async function upsertWeekends(tx: Tx, rows: readonly CatalogueRow[]): Promise<void> {
  const iso = rows.map((row) => ({
    ...row,
    first_day: isoOfCell(row['first_day']) ?? '',
    last_day: isoOfCell(row['last_day']) ?? '',
  }));
  await sql`
    insert into casework.weekend as kept (weekday, first_day, last_day, basis, certainty, source_keys)
    select weekday, first_day, last_day, basis, certainty, string_to_array(source_keys, ';')
    from json_to_recordset(${recordset(iso)}::json) as file (
      weekday smallint, first_day date, last_day date, basis text, certainty text, source_keys text
    )
    on conflict (weekday, first_day) do update set
      last_day = excluded.last_day,
      basis = excluded.basis,
      certainty = excluded.certainty,
      source_keys = excluded.source_keys
    where (kept.last_day, kept.basis, kept.certainty, kept.source_keys)
      is distinct from (excluded.last_day, excluded.basis, excluded.certainty, excluded.source_keys)
  `.execute(tx);
}

const isoOfCell = (cell: string | undefined): string | null =>
  cell === undefined || cell === '' ? null : isoOf(jalaliDay(cell));
