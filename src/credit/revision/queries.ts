import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { RowId } from '../queries.ts';
import type { RevisionAct } from './contract.ts';

type LineId = { readonly provinceId: number; readonly lineId: Id };

export type RevisionRow = {
  readonly id: Id;
  readonly act: RevisionAct;
  readonly letterNumber: string;
  readonly letterDay: Day;
  readonly reason: string;
  readonly amount: Rial | null;
  readonly locked: Rial | null;
  readonly deadlineBefore: Day | null;
  readonly deadline: Day | null;
};

const isoDay = (value: Day | null): string | null => (value === null ? null : isoOf(value));

/** False when the line has a letter of that number. */
export async function insertRevision(tx: Tx, row: RevisionRow & LineId): Promise<boolean> {
  const { rows } = await sql`
    insert into credit.revision (
      province_id, id, line_id, act, letter_number, letter_day, reason, amount, locked, deadline_before, deadline
    ) values (
      ${row.provinceId}, ${row.id}, ${row.lineId}, ${row.act}, ${row.letterNumber}, ${isoOf(row.letterDay)},
      ${row.reason}, ${row.amount}, ${row.locked}, ${isoDay(row.deadlineBefore)}, ${isoDay(row.deadline)}
    )
    on conflict on constraint revision_letter_once do nothing
    returning id
  `.execute(tx);
  return rows.length === 1;
}

/** The letters that changed a line after its notification. */
export async function listRevisions(tx: Tx, { provinceId, lineId }: LineId): Promise<RevisionRow[]> {
  const { rows } = await sql<RevisionRow>`
    select id, act, letter_number as "letterNumber", letter_day as "letterDay", reason, amount, locked,
      deadline_before as "deadlineBefore", deadline
    from credit.revision
    where province_id = ${provinceId} and line_id = ${lineId} order by id
  `.execute(tx);
  return rows;
}

/** What all cuts of a line took, by the share it stood under; it lies handed back with the root. */
export async function listCutByShare(
  tx: Tx,
  { provinceId, lineId }: LineId,
): Promise<{ readonly share: string; readonly amount: Rial }[]> {
  const { rows } = await sql<{ share: string; amount: Rial }>`
    select a.share, sum(t.amount)::bigint as amount
    from credit.revision r
    join ledger.read_transfer t on t.province_id = r.province_id and t.reference_id = r.id and t.kind = 'cut'
    join ledger.read_account a on a.province_id = t.province_id and a.id = t.credit_account_id
    where r.province_id = ${provinceId} and r.line_id = ${lineId} and r.act = 'cut'
    group by a.share
  `.execute(tx);
  return rows;
}

export async function updateDeadline(
  tx: Tx,
  { provinceId, id, deadline }: RowId & { readonly deadline: Day },
): Promise<void> {
  await sql`
    update credit.line set deadline = ${isoOf(deadline)} where province_id = ${provinceId} and id = ${id}
  `.execute(tx);
}

/** How many slices of a line are locked now, parents before their parts: a part bears one coordinate more. */
export async function lockSlices(tx: Tx, { provinceId, lineId }: LineId): Promise<number> {
  const { rows } = await sql`
    select id from credit.slice where province_id = ${provinceId} and line_id = ${lineId}
    order by num_nonnulls(county_code, agency_key, bank_code, beneficiary_kind, category_key, round_number), id
    for no key update
  `.execute(tx);
  return rows.length;
}

export type LetterRow = Omit<RevisionRow, 'act' | 'reason'> & {
  readonly act: 'notify' | 'top_up' | RevisionAct;
  readonly reason: string | null;
  readonly recordedAt: Date;
  readonly byName: string | null;
};

/** Every letter of a line in the order in which they were recorded. */
export async function listVersions(tx: Tx, { provinceId, lineId }: LineId): Promise<LetterRow[]> {
  const { rows } = await sql<LetterRow>`
    select l.id, t.act, l.letter_number as "letterNumber", l.letter_day as "letterDay", l.reason, l.amount, l.locked,
      l.deadline_before as "deadlineBefore", l.deadline, t.recorded_at as "recordedAt", u.name as "byName"
    from (
      select province_id, line_id, id, letter_number, letter_day, null as reason, amount, null::bigint as locked,
        null::date as deadline_before, null::date as deadline
      from credit.notification
      union all
      select province_id, line_id, id, letter_number, letter_day, reason, amount, locked, deadline_before, deadline
      from credit.revision
    ) l
    join casework.read_act t on t.province_id = l.province_id and t.case_id = l.line_id and t.id = l.id
    left join access.read_user u on u.user_id = t.by_user
    where l.province_id = ${provinceId} and l.line_id = ${lineId}
    order by t.seq
  `.execute(tx);
  return rows;
}

/** What was paid of a line on each day, reversals taken off. */
export async function listPaidByDay(
  tx: Tx,
  { provinceId, lineId }: LineId,
): Promise<{ readonly day: Day; readonly amount: Rial }[]> {
  const { rows } = await sql<{ day: Day; amount: Rial }>`
    select happened_on as day, sum(amount)::bigint as amount from credit.read_movement
    where province_id = ${provinceId} and line_id = ${lineId} and stage = 'paid'
      and (platform.scope_county() is null or county_code = platform.scope_county())
    group by happened_on
  `.execute(tx);
  return rows;
}
