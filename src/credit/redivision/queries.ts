import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { RowId } from '../queries.ts';
import type { PartChange } from './contract.ts';

export type RedivisionRow = {
  readonly provinceId: number;
  readonly id: Id;
  readonly lineId: Id;
  readonly sliceId: Id;
  readonly countyCode: string | null;
  readonly reason: string;
  readonly proposedByPerson: Id;
  readonly proposedByUser: string;
};

export async function insertRedivision(tx: Tx, row: RedivisionRow): Promise<void> {
  await sql`
    insert into credit.redivision (
      province_id, id, line_id, slice_id, county_code, reason, proposed_by_person, proposed_by_user
    ) values (
      ${row.provinceId}, ${row.id}, ${row.lineId}, ${row.sliceId}, ${row.countyCode}, ${row.reason},
      ${row.proposedByPerson}, ${row.proposedByUser}
    )
  `.execute(tx);
}

export async function insertChanges(
  tx: Tx,
  of: Pick<RedivisionRow, 'provinceId' | 'id' | 'countyCode'> & { readonly changes: readonly PartChange[] },
): Promise<void> {
  const rows = of.changes.map((one) => ({
    ...one,
    before: one.before.toString(),
    after: one.after.toString(),
  }));
  await sql`
    insert into credit.redivision_part (
      province_id, redivision_id, slice_id, county_code, amount_before, amount_after, jobs_before, jobs_after
    )
    select ${of.provinceId}, ${of.id}, "sliceId", ${of.countyCode}, before::bigint, after::bigint, "jobsBefore",
      "jobsAfter"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      "sliceId" uuid, before text, after text, "jobsBefore" integer, "jobsAfter" integer
    )
  `.execute(tx);
}

export async function listChanges(tx: Tx, { provinceId, id }: RowId): Promise<PartChange[]> {
  const { rows } = await sql<PartChange>`
    select slice_id as "sliceId", amount_before as before, amount_after as after, jobs_before as "jobsBefore",
      jobs_after as "jobsAfter"
    from credit.redivision_part
    where province_id = ${provinceId} and redivision_id = ${id}::uuid
      and (platform.scope_county() is null or county_code = platform.scope_county())
    order by slice_id
  `.execute(tx);
  return rows;
}

export type RedivisionPage = Omit<RedivisionRow, 'provinceId' | 'proposedByUser'> & {
  readonly proposedBy: string | null;
  readonly proposedOn: Day;
  readonly approvedBy: string | null;
  readonly resolutionNumber: string | null;
  readonly resolutionDay: Day | null;
  readonly state: string;
  readonly version: number;
};

export async function findRedivisionRow(
  tx: Tx,
  { provinceId, id }: { readonly provinceId: number; readonly id: string },
): Promise<RedivisionPage | undefined> {
  const { rows } = await sql<RedivisionPage>`
    select r.id, r.line_id as "lineId", r.slice_id as "sliceId", r.county_code as "countyCode", r.reason,
      r.proposed_by_person as "proposedByPerson", p.name as "proposedBy",
      (select t.happened_on from casework.read_act t
        where t.province_id = r.province_id and t.case_id = r.id and t.seq = 1) as "proposedOn",
      q.name as "approvedBy", a.resolution_number as "resolutionNumber", a.resolution_day as "resolutionDay",
      c.state, c.version
    from credit.redivision r
    join casework.read_case c on c.province_id = r.province_id and c.id = r.id
    left join credit.redivision_approval a on a.province_id = r.province_id and a.redivision_id = r.id
    left join access.read_user p on p.user_id = r.proposed_by_user
    left join access.read_user q on q.user_id = a.approved_by_user
    where r.province_id = ${provinceId} and r.id = ${id}::uuid
      and (platform.scope_county() is null or r.county_code = platform.scope_county())
  `.execute(tx);
  return rows[0];
}

export async function insertRedivisionApproval(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly redivisionId: Id;
    readonly countyCode: string | null;
    readonly proposedByPerson: Id;
    readonly approvedByPerson: Id;
    readonly approvedByUser: string;
    readonly resolutionNumber: string;
    readonly resolutionDay: Day;
  },
): Promise<void> {
  await sql`
    insert into credit.redivision_approval (
      province_id, redivision_id, county_code, proposed_by_person, approved_by_person, approved_by_user,
      resolution_number, resolution_day
    ) values (
      ${row.provinceId}, ${row.redivisionId}, ${row.countyCode}, ${row.proposedByPerson},
      ${row.approvedByPerson}, ${row.approvedByUser}, ${row.resolutionNumber}, ${isoOf(row.resolutionDay)}
    )
  `.execute(tx);
}
