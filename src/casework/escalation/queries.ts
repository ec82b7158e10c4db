import { sql } from 'kysely';
import { isoOf } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Case } from '../contract.ts';

export type LateTask = { readonly caseId: Id; readonly kind: string };

/** Open cases of a province whose limit has passed and of whom nobody was told yet, the oldest first. */
export async function listUntold(
  tx: Tx,
  { provinceId, today, limit }: { readonly provinceId: number; readonly today: Day; readonly limit: number },
): Promise<LateTask[]> {
  const { rows } = await sql<LateTask>`
    select task.case_id as "caseId", task.kind
    from casework.task
    where task.province_id = ${provinceId} and task.leads
      and coalesce(task.due_on, date '2999-12-31') < ${isoOf(today)}::date
      and not exists (
        select 1 from casework.escalation told
        where told.province_id = ${provinceId} and told.case_id = task.case_id
          and told.version = task.version and told.due_on = task.due_on
      )
    order by coalesce(task.due_on, date '2999-12-31'), task.case_id
    limit ${limit}
  `.execute(tx);
  return rows;
}

/** Writes down that somebody was told. False when it was written already. */
export async function insertEscalation(
  tx: Tx,
  file: Case,
  told: { readonly dueOn: Day; readonly roles: readonly string[]; readonly at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ case_id: Id }>`
    insert into casework.escalation (
      province_id, case_id, version, due_on, county_code, office_id, subject_id, roles, escalated_at
    ) values (
      ${file.provinceId}, ${file.id}, ${file.version}, ${isoOf(told.dueOn)}, ${file.countyCode}, ${file.officeId},
      ${file.subjectId}, ${told.roles}::text[], ${told.at}
    )
    on conflict (province_id, case_id, version, due_on) do nothing
    returning case_id
  `.execute(tx);
  return rows.length === 1;
}

export type Counted = {
  readonly kind: string;
  readonly state: string;
  readonly sinceOn: Day;
  readonly dueOn: Day;
};

/** The deadlines of a province as they were counted: each once, however many cases have it. */
export async function listCounted(tx: Tx, provinceId: number): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select distinct kind, state, since_on as "sinceOn", due_on as "dueOn"
    from casework.case_file
    where province_id = ${provinceId} and due_on is not null
  `.execute(tx);
  return rows;
}

/** Moves the deadline of every case that has it. */
export async function moveDue(
  tx: Tx,
  {
    provinceId,
    kind,
    state,
    sinceOn,
    dueOn,
    to,
  }: Counted & { readonly provinceId: number; readonly to: Day },
): Promise<void> {
  await sql`
    update casework.task task set due_on = ${isoOf(to)}
    from casework.case_file file
    where task.province_id = ${provinceId} and file.province_id = ${provinceId} and file.id = task.case_id
      and file.kind = ${kind} and file.state = ${state} and file.since_on = ${isoOf(sinceOn)}
      and file.due_on = ${isoOf(dueOn)}
  `.execute(tx);
  await sql`
    update casework.case_file set due_on = ${isoOf(to)}
    where province_id = ${provinceId} and kind = ${kind} and state = ${state}
      and since_on = ${isoOf(sinceOn)} and due_on = ${isoOf(dueOn)}
  `.execute(tx);
}

export async function listProvinces(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ province_id: number }>`
    select province_id from place.read_province order by province_id
  `.execute(tx);
  return rows.map((row) => row.province_id);
}
