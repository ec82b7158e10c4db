import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { Axis, Named } from '../contract.ts';
import { type RowId, coordinatesOf } from '../queries.ts';

/** The kinds of the transfers of an opening, and of taking it back. */
export const openingTransfer = 'pay_opening';
export const takebackTransfer = 'take_back_opening';

export type OpeningHead = {
  readonly id: Id;
  readonly lineId: Id;
  readonly paidUntil: Day;
  readonly sourceNumber: string;
  readonly sourceDay: Day;
  readonly sourceTitle: string;
  readonly statedLoans: number;
  readonly statedSum: Rial;
  readonly proposedByPerson: Id;
};
type Proposer = { readonly proposedByPerson: Id; readonly proposedByUser: string };

export async function insertOpening(
  tx: Tx,
  row: OpeningHead & Proposer & { readonly provinceId: number },
): Promise<void> {
  await sql`
    insert into credit.opening (
      province_id, id, line_id, paid_until, source_number, source_day, source_title, stated_loans, stated_sum,
      proposed_by_person, proposed_by_user
    ) values (
      ${row.provinceId}, ${row.id}, ${row.lineId}, ${isoOf(row.paidUntil)}, ${row.sourceNumber},
      ${isoOf(row.sourceDay)}, ${row.sourceTitle}, ${row.statedLoans}, ${row.statedSum},
      ${row.proposedByPerson}, ${row.proposedByUser}
    )
  `.execute(tx);
}

export type PaidRow = {
  readonly sliceId: string;
  readonly share: string;
  readonly amount: Rial;
  readonly loans: number;
  readonly jobs: number;
};

export async function insertOpeningRows(
  tx: Tx,
  given: { readonly provinceId: number; readonly openingId: Id; readonly rows: readonly PaidRow[] },
): Promise<void> {
  const { provinceId, openingId, rows } = given;
  await sql`
    insert into credit.opening_row (province_id, opening_id, slice_id, share, amount, loans, jobs)
    select ${provinceId}, ${openingId}, row.slice_id, row.share, row.amount, row.loans, row.jobs
    from unnest(
      ${rows.map(({ sliceId }) => sliceId)}::uuid[], ${rows.map(({ share }) => share)}::text[],
      ${rows.map(({ amount }) => amount.toString())}::bigint[], ${rows.map(({ loans }) => loans)}::integer[],
      ${rows.map(({ jobs }) => jobs)}::integer[]
    ) as row (slice_id, share, amount, loans, jobs)
  `.execute(tx);
}

type Approver = {
  readonly provinceId: number;
  readonly openingId: Id;
  readonly proposedByPerson: Id;
  readonly approvedByPerson: Id;
  readonly approvedByUser: string;
  readonly resolutionNumber: string;
  readonly resolutionDay: Day;
};

export async function insertOpeningApproval(tx: Tx, row: Approver): Promise<void> {
  await sql`
    insert into credit.opening_approval (
      province_id, opening_id, proposed_by_person, approved_by_person, approved_by_user, resolution_number,
      resolution_day
    ) values (
      ${row.provinceId}, ${row.openingId}, ${row.proposedByPerson}, ${row.approvedByPerson},
      ${row.approvedByUser}, ${row.resolutionNumber}, ${isoOf(row.resolutionDay)}
    )
  `.execute(tx);
}

export async function insertTakeback(
  tx: Tx,
  row: RowId & Proposer & { readonly openingId: Id; readonly reason: string },
): Promise<void> {
  await sql`
    insert into credit.takeback (province_id, id, opening_id, reason, proposed_by_person, proposed_by_user)
    values (
      ${row.provinceId}, ${row.id}, ${row.openingId}, ${row.reason}, ${row.proposedByPerson}, ${row.proposedByUser}
    )
  `.execute(tx);
}

export async function insertTakebackApproval(
  tx: Tx,
  row: Approver & { readonly id: Id; readonly takebackId: Id },
): Promise<void> {
  await sql`
    insert into credit.takeback_approval (
      province_id, takeback_id, opening_id, id, proposed_by_person, approved_by_person, approved_by_user,
      resolution_number, resolution_day
    ) values (
      ${row.provinceId}, ${row.takebackId}, ${row.openingId}, ${row.id}, ${row.proposedByPerson},
      ${row.approvedByPerson}, ${row.approvedByUser}, ${row.resolutionNumber}, ${isoOf(row.resolutionDay)}
    )
  `.execute(tx);
}

export type OpeningPage = OpeningHead & {
  readonly proposedBy: string | null;
  readonly proposedOn: Day;
  readonly approvedBy: string | null;
  readonly resolutionNumber: string | null;
  readonly resolutionDay: Day | null;
  readonly state: string;
  readonly version: number;
};

/** The openings of a line, the newest first; one by its id. No county office sees any. */
export async function listOpenings(
  tx: Tx,
  asked: { readonly provinceId: number; readonly id: string | null; readonly lineId: string | null },
): Promise<OpeningPage[]> {
  const { rows } = await sql<OpeningPage>`
    select o.id, o.line_id as "lineId", o.paid_until as "paidUntil", o.source_number as "sourceNumber",
      o.source_day as "sourceDay", o.source_title as "sourceTitle", o.stated_loans as "statedLoans",
      o.stated_sum as "statedSum", o.proposed_by_person as "proposedByPerson", p.name as "proposedBy",
      (select t.happened_on from casework.read_act t
        where t.province_id = o.province_id and t.case_id = o.id and t.seq = 1) as "proposedOn",
      q.name as "approvedBy", a.resolution_number as "resolutionNumber", a.resolution_day as "resolutionDay",
      c.state, c.version
    from credit.opening o
    join casework.read_case c on c.province_id = o.province_id and c.id = o.id
    left join credit.opening_approval a on a.province_id = o.province_id and a.opening_id = o.id
    left join access.read_user p on p.user_id = o.proposed_by_user
    left join access.read_user q on q.user_id = a.approved_by_user
    where o.province_id = ${asked.provinceId}
      and (${asked.id}::uuid is null or o.id = ${asked.id}::uuid)
      and (${asked.lineId}::uuid is null or o.line_id = ${asked.lineId}::uuid)
      and platform.scope_county() is null
    order by o.id desc
  `.execute(tx);
  return rows;
}

export type OpeningRowPage = PaidRow & Named & { readonly axis: Axis };

export async function listOpeningRows(tx: Tx, { provinceId, id }: RowId): Promise<OpeningRowPage[]> {
  const { rows } = await sql<OpeningRowPage>`
    select r.slice_id as "sliceId", s.axis, r.share, r.amount, r.loans, r.jobs, ${coordinatesOf('s')}
    from credit.opening_row r
    join credit.read_slice s on s.province_id = r.province_id and s.slice_id = r.slice_id
    where r.province_id = ${provinceId} and r.opening_id = ${id}::uuid and platform.scope_county() is null
    order by s.county_code nulls first, s.agency_key nulls first, s.bank_code nulls first,
      s.beneficiary_kind nulls first, s.category_key nulls first, s.round_number nulls first, r.slice_id, r.share
  `.execute(tx);
  return rows;
}

export type TakebackRow = {
  readonly id: Id;
  readonly reason: string;
  readonly proposedByPerson: Id;
  readonly proposedBy: string | null;
  readonly approvedBy: string | null;
  readonly resolutionNumber: string | null;
};

/** The latest proposal to take an opening back. */
export async function findTakeback(tx: Tx, { provinceId, id }: RowId): Promise<TakebackRow | undefined> {
  const { rows } = await sql<TakebackRow>`
    select k.id, k.reason, k.proposed_by_person as "proposedByPerson", p.name as "proposedBy",
      q.name as "approvedBy", a.resolution_number as "resolutionNumber"
    from credit.takeback k
    join casework.read_act t on t.province_id = k.province_id and t.case_id = k.opening_id and t.id = k.id
    left join credit.takeback_approval a on a.province_id = k.province_id and a.takeback_id = k.id
    left join access.read_user p on p.user_id = k.proposed_by_user
    left join access.read_user q on q.user_id = a.approved_by_user
    where k.province_id = ${provinceId} and k.opening_id = ${id}::uuid and platform.scope_county() is null
    order by t.seq desc limit 1
  `.execute(tx);
  return rows[0];
}

export type OpenedRow = {
  readonly id: Id;
  readonly debitAccountId: Id;
  readonly creditAccountId: Id;
  readonly amount: Rial;
};

/** The transfers of an opening. */
export async function listOpened(tx: Tx, { provinceId, id }: RowId): Promise<OpenedRow[]> {
  const { rows } = await sql<OpenedRow>`
    select id, debit_account_id as "debitAccountId", credit_account_id as "creditAccountId", amount
    from ledger.read_transfer
    where province_id = ${provinceId} and reference_id = ${id}::uuid and kind = ${openingTransfer}
    order by id
  `.execute(tx);
  return rows;
}

/** L1: openings whose transfers, or those that took them back, differ from their rows in any share of any slice. */
export async function listOpeningsApart(
  tx: Tx,
  provinceId: number,
): Promise<{ readonly id: string; readonly due: string; readonly found: string }[]> {
  const { rows } = await sql<{ id: string; due: string; found: string }>`
    with signed as (
      select r.opening_id as id, r.slice_id, r.share, way.kind, r.amount
      from credit.opening_row r
      join credit.opening_approval a on a.province_id = r.province_id and a.opening_id = r.opening_id
        and a.approved_by_person <> a.proposed_by_person
      left join credit.takeback_approval b on b.province_id = r.province_id and b.opening_id = r.opening_id
        and b.approved_by_person <> b.proposed_by_person
      cross join (values (${openingTransfer}), (${takebackTransfer})) as way (kind)
      where r.province_id = ${provinceId} and (way.kind = ${openingTransfer} or b.opening_id is not null)
    ), moved as (
      select t.reference_id as id, d.owner_id as slice_id, d.share, t.kind, sum(t.amount) as amount,
        bool_and(d.owner_id = f.owner_id and d.share = f.share and d.kind || ' ' || f.kind = case t.kind
          when ${openingTransfer} then 'available paid' else 'paid available' end) as lawful
      from ledger.read_transfer t
      join ledger.read_account d on d.province_id = t.province_id and d.id = t.debit_account_id
      join ledger.read_account f on f.province_id = t.province_id and f.id = t.credit_account_id
      where t.province_id = ${provinceId} and t.kind in (${openingTransfer}, ${takebackTransfer})
      group by t.reference_id, d.owner_id, d.share, t.kind
    )
    select coalesce(signed.id, moved.id)::text as id, sum(coalesce(signed.amount, 0))::text as due,
      sum(coalesce(moved.amount, 0))::text as found
    from signed
    full join moved on moved.id = signed.id and moved.slice_id = signed.slice_id and moved.share = signed.share
      and moved.kind = signed.kind
    group by 1
    having bool_or(signed.amount is distinct from moved.amount or not moved.lawful)
    order by 1
  `.execute(tx);
  return rows;
}

/** Lines of which more than one opening is in force. */
export async function listOpenedTwice(tx: Tx, provinceId: number): Promise<{ readonly id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select o.line_id::text as id
    from credit.opening o
    join credit.opening_approval a on a.province_id = o.province_id and a.opening_id = o.id
    left join credit.takeback_approval b on b.province_id = o.province_id and b.opening_id = o.id
    where o.province_id = ${provinceId} and b.opening_id is null
    group by o.line_id having count(*) > 1 order by 1
  `.execute(tx);
  return rows;
}
