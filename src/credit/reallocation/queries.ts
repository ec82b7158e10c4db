import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { RowId } from '../queries.ts';

export type ReallocationRow = {
  readonly provinceId: number;
  readonly id: Id;
  readonly lineId: Id;
  readonly parentId: Id;
  readonly countyCode: string | null;
  readonly reason: string;
  readonly proposedByPerson: Id;
  readonly proposedByUser: string;
};

export async function insertReallocation(tx: Tx, row: ReallocationRow): Promise<void> {
  await sql`
    insert into credit.reallocation (
      province_id, id, line_id, parent_id, county_code, reason, proposed_by_person, proposed_by_user
    ) values (
      ${row.provinceId}, ${row.id}, ${row.lineId}, ${row.parentId}, ${row.countyCode}, ${row.reason},
      ${row.proposedByPerson}, ${row.proposedByUser}
    )
  `.execute(tx);
}

export type MoveRow = {
  readonly fromSliceId: string;
  readonly toSliceId: string;
  readonly amount: Rial;
};

export async function insertMoves(
  tx: Tx,
  of: Pick<ReallocationRow, 'provinceId' | 'id' | 'parentId' | 'countyCode'> & {
    readonly moves: readonly MoveRow[];
  },
): Promise<void> {
  const rows = of.moves.map((move, index) => ({
    ...move,
    amount: move.amount.toString(),
    number: index + 1,
  }));
  await sql`
    insert into credit.reallocation_move (
      province_id, reallocation_id, move_number, parent_id, county_code, from_slice_id, to_slice_id, amount
    )
    select ${of.provinceId}, ${of.id}, number, ${of.parentId}, ${of.countyCode}, "fromSliceId", "toSliceId",
      amount::bigint
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      number smallint, "fromSliceId" uuid, "toSliceId" uuid, amount text
    )
  `.execute(tx);
}

export async function listMoves(tx: Tx, { provinceId, id }: RowId): Promise<MoveRow[]> {
  const { rows } = await sql<MoveRow>`
    select from_slice_id as "fromSliceId", to_slice_id as "toSliceId", amount
    from credit.reallocation_move
    where province_id = ${provinceId} and reallocation_id = ${id}::uuid
      and (platform.scope_county() is null or county_code = platform.scope_county())
    order by move_number
  `.execute(tx);
  return rows;
}

export type ReallocationPage = {
  readonly id: Id;
  readonly lineId: Id;
  readonly parentId: Id;
  readonly countyCode: string | null;
  readonly reason: string;
  readonly amount: Rial;
  readonly proposedByPerson: Id;
  readonly proposedBy: string | null;
  readonly proposedOn: Day;
  readonly approvedBy: string | null;
  readonly resolutionNumber: string | null;
  readonly resolutionDay: Day | null;
  readonly state: string;
  readonly version: number;
};

/** The proposals of a line, the newest first; one by its id. */
export async function listReallocations(
  tx: Tx,
  asked: { readonly provinceId: number; readonly id: string | null; readonly lineId: string | null },
): Promise<ReallocationPage[]> {
  const { rows } = await sql<ReallocationPage>`
    select r.id, r.line_id as "lineId", r.parent_id as "parentId", r.county_code as "countyCode", r.reason,
      (select sum(m.amount)::bigint from credit.reallocation_move m
        where m.province_id = r.province_id and m.reallocation_id = r.id) as amount,
      r.proposed_by_person as "proposedByPerson", p.name as "proposedBy",
      (select t.happened_on from casework.read_act t
        where t.province_id = r.province_id and t.case_id = r.id and t.seq = 1) as "proposedOn",
      q.name as "approvedBy", a.resolution_number as "resolutionNumber", a.resolution_day as "resolutionDay",
      c.state, c.version
    from credit.reallocation r
    join casework.read_case c on c.province_id = r.province_id and c.id = r.id
    left join credit.reallocation_approval a on a.province_id = r.province_id and a.reallocation_id = r.id
    left join access.read_user p on p.user_id = r.proposed_by_user
    left join access.read_user q on q.user_id = a.approved_by_user
    where r.province_id = ${asked.provinceId}
      and (${asked.id}::uuid is null or r.id = ${asked.id}::uuid)
      and (${asked.lineId}::uuid is null or r.line_id = ${asked.lineId}::uuid)
      and (platform.scope_county() is null or r.county_code = platform.scope_county())
    order by r.id desc
  `.execute(tx);
  return rows;
}

export async function insertTransferApproval(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly reallocationId: Id;
    readonly countyCode: string | null;
    readonly proposedByPerson: Id;
    readonly approvedByPerson: Id;
    readonly approvedByUser: string;
    readonly resolutionNumber: string;
    readonly resolutionDay: Day;
  },
): Promise<void> {
  await sql`
    insert into credit.reallocation_approval (
      province_id, reallocation_id, county_code, proposed_by_person, approved_by_person, approved_by_user,
      resolution_number, resolution_day
    ) values (
      ${row.provinceId}, ${row.reallocationId}, ${row.countyCode}, ${row.proposedByPerson},
      ${row.approvedByPerson}, ${row.approvedByUser}, ${row.resolutionNumber}, ${isoOf(row.resolutionDay)}
    )
  `.execute(tx);
}
