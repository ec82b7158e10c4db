import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import { openShare } from '../contract.ts';

/** The kind of the transfers of a release. */
export const releaseTransfer = 'release_reserve';

export type ReleaseRow = {
  readonly provinceId: number;
  readonly id: Id;
  readonly lineId: Id;
  readonly sliceId: Id;
  readonly countyCode: string | null;
  readonly share: string;
  readonly amount: Rial;
  readonly reason: string;
  readonly proposedByPerson: Id;
  readonly proposedByUser: string;
};

export async function insertRelease(tx: Tx, row: ReleaseRow): Promise<void> {
  await sql`
    insert into credit.release (
      province_id, id, line_id, slice_id, county_code, share, amount, reason, proposed_by_person, proposed_by_user
    ) values (
      ${row.provinceId}, ${row.id}, ${row.lineId}, ${row.sliceId}, ${row.countyCode}, ${row.share}, ${row.amount},
      ${row.reason}, ${row.proposedByPerson}, ${row.proposedByUser}
    )
  `.execute(tx);
}

export async function insertReleaseApproval(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly releaseId: Id;
    readonly countyCode: string | null;
    readonly proposedByPerson: Id;
    readonly approvedByPerson: Id;
    readonly approvedByUser: string;
    readonly resolutionNumber: string;
    readonly resolutionDay: Day;
  },
): Promise<void> {
  await sql`
    insert into credit.release_approval (
      province_id, release_id, county_code, proposed_by_person, approved_by_person, approved_by_user,
      resolution_number, resolution_day
    ) values (
      ${row.provinceId}, ${row.releaseId}, ${row.countyCode}, ${row.proposedByPerson}, ${row.approvedByPerson},
      ${row.approvedByUser}, ${row.resolutionNumber}, ${isoOf(row.resolutionDay)}
    )
  `.execute(tx);
}

export type ReleasePage = Omit<ReleaseRow, 'provinceId' | 'proposedByUser'> & {
  readonly proposedBy: string | null;
  readonly proposedOn: Day;
  readonly approvedBy: string | null;
  readonly resolutionNumber: string | null;
  readonly resolutionDay: Day | null;
  readonly state: string;
  readonly version: number;
};

/** The releases of a line, the newest first; one by its id. */
export async function listReleases(
  tx: Tx,
  asked: { readonly provinceId: number; readonly id: string | null; readonly lineId: string | null },
): Promise<ReleasePage[]> {
  const { rows } = await sql<ReleasePage>`
    select r.id, r.line_id as "lineId", r.slice_id as "sliceId", r.county_code as "countyCode", r.share, r.amount,
      r.reason, r.proposed_by_person as "proposedByPerson", p.name as "proposedBy",
      (select t.happened_on from casework.read_act t
        where t.province_id = r.province_id and t.case_id = r.id and t.seq = 1) as "proposedOn",
      q.name as "approvedBy", a.resolution_number as "resolutionNumber", a.resolution_day as "resolutionDay",
      c.state, c.version
    from credit.release r
    join casework.read_case c on c.province_id = r.province_id and c.id = r.id
    left join credit.release_approval a on a.province_id = r.province_id and a.release_id = r.id
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

/** What two persons have released of each share of a line: its slices hold so much less of it than its letters locked. */
export async function listReleasedByShare(
  tx: Tx,
  { provinceId, lineId }: { readonly provinceId: number; readonly lineId: string },
): Promise<{ readonly share: string; readonly amount: Rial }[]> {
  const { rows } = await sql<{ share: string; amount: Rial }>`
    select r.share, sum(r.amount)::bigint as amount
    from credit.release r
    join credit.release_approval a on a.province_id = r.province_id and a.release_id = r.id
      and a.approved_by_person <> r.proposed_by_person
    where r.province_id = ${provinceId} and r.line_id = ${lineId}::uuid
    group by r.share
  `.execute(tx);
  return rows;
}

/**
 * Releases that moved another sum than two persons decided, within their slice and out of their share into its open
 * part; of a transfer that no approval bears, nothing was due.
 */
export async function listReleasedApart(
  tx: Tx,
  provinceId: number,
): Promise<{ readonly id: string; readonly due: string; readonly found: string }[]> {
  const { rows } = await sql<{ id: string; due: string; found: string }>`
    with signed as (
      select r.id, r.slice_id, r.share, r.amount
      from credit.release r
      join credit.release_approval a on a.province_id = r.province_id and a.release_id = r.id
        and a.approved_by_person <> r.proposed_by_person
      where r.province_id = ${provinceId}
    ), moved as (
      select t.reference_id as id, t.amount, d.owner_id as slice_id, d.share,
        d.owner_id = f.owner_id and d.kind = 'available' and f.kind = 'available' and f.share = ${openShare} as lawful
      from ledger.read_transfer t
      join ledger.read_account d on d.province_id = t.province_id and d.id = t.debit_account_id
      join ledger.read_account f on f.province_id = t.province_id and f.id = t.credit_account_id
      where t.province_id = ${provinceId} and t.kind = ${releaseTransfer}
    ), summed as (
      select moved.id, sum(moved.amount) as amount, bool_and(
        moved.lawful and moved.slice_id is not distinct from signed.slice_id
        and moved.share is not distinct from signed.share
      ) as lawful
      from moved left join signed on signed.id = moved.id
      group by moved.id
    )
    select coalesce(signed.id, summed.id)::text as id, coalesce(signed.amount, 0)::text as due,
      coalesce(summed.amount, 0)::text as found
    from signed full join summed on summed.id = signed.id
    where signed.amount is distinct from summed.amount or not summed.lawful
    order by 1
  `.execute(tx);
  return rows;
}
