import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Act, Case } from '../contract.ts';
import { type CaseFile, inScope } from '../queries.ts';

type Row = Case & Omit<CaseFile, 'file'>;

/** The cases of these ids within the scope, locked in the order of their ids so that two batches never wait crosswise. */
export async function lockCases(
  tx: Tx,
  { provinceId, caseIds }: { readonly provinceId: number; readonly caseIds: readonly Id[] },
): Promise<CaseFile[]> {
  const { rows } = await sql<Row>`
    select province_id as "provinceId", id, kind, state, version, county_code as "countyCode",
      office_id as "officeId", review_office_id as "reviewOfficeId", subject_id as "subjectId", moved_at as "movedAt", opened_at as "openedAt",
      opener_id as "openerId", since_on as "sinceOn", due_on as "dueOn"
    from casework.case_file
    where province_id = ${provinceId} and id = any(${[...caseIds]}::uuid[])
      and ${inScope}
    order by id
    for update
  `.execute(tx);
  return rows.map(({ movedAt, openedAt, openerId, sinceOn, dueOn, ...file }) => ({
    file,
    movedAt,
    openedAt,
    openerId,
    sinceOn,
    dueOn,
  }));
}

/** Adds the acts of a batch by one statement; each follows on the one before it of its case. */
export async function insertActs(tx: Tx, acts: readonly Act[]): Promise<void> {
  const rows = acts.map((act) => ({
    province_id: act.provinceId,
    id: act.id,
    case_id: act.caseId,
    kind: act.kind,
    seq: act.seq,
    prev_seq: act.seq === 1 ? null : act.seq - 1,
    act: act.act,
    from_state: act.fromState,
    to_state: act.toState,
    by_user: act.by.userId,
    by_person: act.by.personId,
    by_role: act.by.role,
    county_code: act.countyCode,
    office_id: act.officeId,
    review_office_id: act.reviewOfficeId,
    subject_id: act.subjectId,
    facts: act.facts,
    reason: act.reason,
    happened_on: isoOf(act.happenedOn),
    recorded_at: act.recordedAt.toISOString(),
  }));
  await sql`
    insert into casework.act (
      province_id, id, case_id, kind, seq, prev_seq, act, from_state, to_state, by_user, by_person, by_role,
      county_code, office_id, review_office_id, subject_id, facts, reason, happened_on, recorded_at
    )
    select province_id, id, case_id, kind, seq, prev_seq, act, from_state, to_state, by_user, by_person, by_role,
      county_code, office_id, review_office_id, subject_id, facts, reason, happened_on, recorded_at
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      province_id smallint, id uuid, case_id uuid, kind text, seq integer, prev_seq integer, act text,
      from_state text, to_state text, by_user uuid, by_person uuid, by_role text, county_code text,
      office_id uuid, review_office_id uuid, subject_id uuid, facts jsonb, reason text, happened_on date,
      recorded_at timestamptz
    )
  `.execute(tx);
}

const isoOrNull = (value: Day | null): string | null => (value === null ? null : isoOf(value));

/**
 * Moves each case to where its last act of the batch left it: the place of its id among the ids, which are sorted,
 * leads to its place in the values. A join in its stead is planned for the one case that the planner takes the
 * policies to let through, and then compares every case with every other: 72 seconds for 6,266 cases.
 */
export async function updateCases(tx: Tx, provinceId: number, cases: readonly CaseFile[]): Promise<void> {
  const sorted = cases.toSorted((a, b) => (a.file.id < b.file.id ? -1 : 1));
  const ids = sorted.map(({ file }) => file.id);
  const place = sql`width_bucket(id, ${ids}::uuid[])`;
  await sql`
    update casework.case_file
    set state = (${sorted.map(({ file }) => file.state)}::text[])[${place}],
      version = (${sorted.map(({ file }) => file.version)}::integer[])[${place}],
      moved_at = (${sorted.map(({ movedAt }) => movedAt.toISOString())}::timestamptz[])[${place}],
      since_on = (${sorted.map(({ sinceOn }) => isoOf(sinceOn))}::date[])[${place}],
      due_on = (${sorted.map(({ dueOn }) => isoOrNull(dueOn))}::date[])[${place}]
    where province_id = ${provinceId} and id = any(${ids}::uuid[])
  `.execute(tx);
}

export type Waiting = {
  readonly stood: CaseFile;
  readonly on: readonly string[];
  readonly officeId: Id | null;
  readonly otherOfficeId: Id | null;
};

/** For whom each case waits after the batch; what it waited for before is dropped, and nobody holds it any more. */
export async function replaceTasksOfAll(
  tx: Tx,
  provinceId: number,
  cases: readonly Waiting[],
): Promise<void> {
  await sql`
    delete from casework.task
    where province_id = ${provinceId} and case_id = any(${cases.map(({ stood }) => stood.file.id)}::uuid[])
  `.execute(tx);
  const rows = cases.flatMap(({ stood: { file, movedAt, dueOn }, on, officeId, otherOfficeId }) =>
    [...new Set(on)].map((role) => ({
      case_id: file.id,
      role,
      leads: role === on[0],
      kind: file.kind,
      state: file.state,
      version: file.version,
      county_code: file.countyCode,
      office_id: officeId,
      other_office_id: otherOfficeId,
      subject_id: file.subjectId,
      since: movedAt.toISOString(),
      due_on: isoOrNull(dueOn),
    })),
  );
  await sql`
    insert into casework.task (
      province_id, case_id, role, leads, kind, state, version, county_code, office_id, other_office_id, subject_id,
      since, due_on
    )
    select ${provinceId}::smallint, case_id, role, leads, kind, state, version, county_code, office_id,
      other_office_id, subject_id, since, due_on
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      case_id uuid, role text, leads boolean, kind text, state text, version integer, county_code text,
      office_id uuid, other_office_id uuid, subject_id uuid, since timestamptz, due_on date
    )
  `.execute(tx);
}
