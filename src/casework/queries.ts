import { sql } from 'kysely';
import { isoOf } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Transition } from '#kernel/state.ts';
import type { Tx } from '#platform/db.ts';
import type { Act, ActFacts, Case } from './contract.ts';

export type CaseId = { readonly provinceId: number; readonly caseId: Id };

/** A case as it stands, with the instant of its latest act. */
export type CaseFile = { readonly file: Case; readonly movedAt: Date };

/**
 * The second fence beside the policies (L9): on a Citus cluster a policy on anything but the province has been
 * reported to be ignored.
 */
const inScope = sql`
  (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
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
  subject_id: Id | null;
  moved_at: Date;
};

const caseColumns = sql`province_id, id, kind, state, version, county_code, office_id, subject_id, moved_at`;

const caseOf = (row: CaseRow): CaseFile => ({
  file: {
    provinceId: row.province_id,
    id: row.id,
    kind: row.kind,
    state: row.state,
    version: row.version,
    countyCode: row.county_code,
    officeId: row.office_id,
    subjectId: row.subject_id,
  },
  movedAt: row.moved_at,
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
  subject_id: Id | null;
  facts: ActFacts;
  reason: string | null;
  happened_on: Day;
  recorded_at: Date;
};

const actColumns = sql`
  province_id, id, case_id, kind, seq, act, from_state, to_state, by_user, by_person, by_role, county_code,
  office_id, subject_id, facts, reason, happened_on, recorded_at
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

/** Adds a case in its first state. False when a case with this id is there already. */
export async function insertCase(tx: Tx, { file, movedAt }: CaseFile): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into casework.case_file (
      province_id, id, kind, state, version, county_code, office_id, subject_id, moved_at
    ) values (
      ${file.provinceId}, ${file.id}, ${file.kind}, ${file.state}, ${file.version}, ${file.countyCode},
      ${file.officeId}, ${file.subjectId}, ${movedAt}
    )
    on conflict do nothing
    returning id
  `.execute(tx);
  return rows.length === 1;
}

/** Moves the projection to where the latest act left the case. */
export async function updateCase(tx: Tx, { file, movedAt }: CaseFile): Promise<void> {
  await sql`
    update casework.case_file
    set state = ${file.state}, version = ${file.version}, moved_at = ${movedAt}
    where province_id = ${file.provinceId} and id = ${file.id}
  `.execute(tx);
}

/** Adds an act. False when an act with this id is there already, on this case or another. */
export async function insertAct(tx: Tx, act: Act): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into casework.act (
      province_id, id, case_id, kind, seq, prev_seq, act, from_state, to_state, by_user, by_person, by_role,
      county_code, office_id, subject_id, facts, reason, happened_on, recorded_at
    ) values (
      ${act.provinceId}, ${act.id}, ${act.caseId}, ${act.kind}, ${act.seq},
      ${act.seq === 1 ? null : act.seq - 1}, ${act.act}, ${act.fromState}, ${act.toState}, ${act.by.userId},
      ${act.by.personId}, ${act.by.role}, ${act.countyCode}, ${act.officeId}, ${act.subjectId},
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
