import { sql } from 'kysely';
import { isoOf } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { Case } from '../contract.ts';
import { type CaseFile, type CaseId, inScope } from '../queries.ts';

/** Gives a new case its tracking number. False when another case of the province has it. */
export async function insertTracking(tx: Tx, file: Case, number: string): Promise<boolean> {
  const { rows } = await sql<{ number: string }>`
    insert into casework.tracking (
      province_id, number, case_id, county_code, office_id, review_office_id, subject_id
    ) values (
      ${file.provinceId}, ${number}, ${file.id}, ${file.countyCode}, ${file.officeId}, ${file.reviewOfficeId},
      ${file.subjectId}
    )
    on conflict (province_id, number) do nothing
    returning number
  `.execute(tx);
  return rows.length === 1;
}

/** The tracking number of a case; undefined when there is no such case in the reader's scope. */
export async function findTracking(tx: Tx, { provinceId, caseId }: CaseId): Promise<string | undefined> {
  const { rows } = await sql<{ number: string }>`
    select number from casework.tracking
    where province_id = ${provinceId} and case_id = ${caseId} and ${inScope}
  `.execute(tx);
  return rows[0]?.number;
}

export type TaskOrder = {
  readonly stood: CaseFile;
  /** The roles for which the case waits; none when it waits for nobody. */
  readonly on: readonly string[];
  readonly officeId: Id | null;
  readonly otherOfficeId: Id | null;
  readonly holderId: Id | null;
  /** A new case waited for nobody before. */
  readonly isNew: boolean;
};

/** Writes for whom a case waits, in place of for whom it waited. */
export async function replaceTasks(
  tx: Tx,
  { stood, on, officeId, otherOfficeId, holderId, isNew }: TaskOrder,
): Promise<void> {
  const { file, movedAt, dueOn } = stood;
  if (!isNew)
    await sql`
      delete from casework.task where province_id = ${file.provinceId} and case_id = ${file.id}
    `.execute(tx);
  if (on.length === 0) return;
  await sql`
    insert into casework.task (
      province_id, case_id, role, leads, kind, state, version, county_code, office_id, other_office_id, subject_id,
      since, due_on, holder_id
    )
    select
      ${file.provinceId}, ${file.id}, role, role = ${must(on[0], 'a role')}, ${file.kind}, ${file.state},
      ${file.version}, ${file.countyCode}, ${officeId}::uuid, ${otherOfficeId}::uuid,
      ${file.subjectId}::uuid, ${movedAt}::timestamptz, ${dueOn === null ? null : isoOf(dueOn)}::date, ${holderId}::uuid
    from unnest(${[...new Set(on)]}::text[]) as waits (role)
  `.execute(tx);
}

export type Hold = { readonly holderId: Id | null; readonly heldAt: Date };

/** Who took a case upon themselves last since it stands where it stands, or gave it back. */
export async function findHold(
  tx: Tx,
  { provinceId, caseId, version }: CaseId & { readonly version: number },
): Promise<Hold | undefined> {
  const { rows } = await sql<Hold>`
    select holder_id as "holderId", held_at as "heldAt" from casework.hold
    where province_id = ${provinceId} and case_id = ${caseId} and version = ${version} and ${inScope}
    order by held_at desc
    limit 1
  `.execute(tx);
  return rows[0];
}

export type Task = {
  readonly role: string;
  readonly leads: boolean;
  readonly officeId: Id | null;
  readonly state: string;
  readonly version: number;
  readonly since: Date;
  readonly dueOn: Day | null;
  readonly holderId: Id | null;
};

/** The second fence (L9): the office that looks on sees the task, too. */
const taskInScope = sql`
  (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or other_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
`;

/** For whom a case waits now. */
export async function listTasks(tx: Tx, { provinceId, caseId }: CaseId): Promise<Task[]> {
  const { rows } = await sql<Task>`
    select role, leads, office_id as "officeId", state, version, since, due_on as "dueOn", holder_id as "holderId"
    from casework.task
    where province_id = ${provinceId} and case_id = ${caseId} and ${taskInScope}
    order by leads desc, role
  `.execute(tx);
  return rows;
}
