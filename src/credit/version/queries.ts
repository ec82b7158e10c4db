import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db.ts';
import { releaseTransfer } from '../release/queries.ts';
import type { PartDelta, VersionDeed } from './contract.ts';

type Asked = { readonly provinceId: number; readonly sliceId: string };

const coordinates = [
  'county_code',
  'agency_key',
  'bank_code',
  'beneficiary_kind',
  'category_key',
  'round_number',
];
const columns = sql.raw(coordinates.map((name) => `s.${name}`).join(', '));
const samePlace = sql.raw(
  coordinates.map((name) => `s.${name} is not distinct from p.${name}`).join(' and '),
);

/** What each deed changed of each part of a slice, as the ledger and the approved proposals have it. */
export async function listDeltas(tx: Tx, { provinceId, sliceId }: Asked): Promise<PartDelta[]> {
  const { rows } = await sql<PartDelta>`
    with part as materialized (
      select s.id, ${columns} from credit.slice s
      where s.province_id = ${provinceId} and s.parent_id = ${sliceId}::uuid
        and (platform.scope_county() is null or s.county_code = platform.scope_county())
    ), moved as (
      select m.reference_id as deed_id, m.slice_id, sum(m.amount) as amount,
        sum(m.amount) filter (where m.share <> 'open') as locked
      from credit.read_movement m
      where m.province_id = ${provinceId} and m.stage = 'sliced' and m.slice_id = any(array(select id from part))
      group by m.reference_id, m.slice_id
      union all
      -- A release moves within its part: its sum stays, less of it is locked.
      select r.id, r.slice_id, 0, -r.amount
      from credit.release r
      join credit.release_approval v on v.province_id = r.province_id and v.release_id = r.id
      where r.province_id = ${provinceId} and r.slice_id = any(array(select id from part))
    ), aimed as (
      select g.id as deed_id, s.id as slice_id, p.job_target as jobs
      from credit.slicing g
      join credit.slicing_approval v on v.province_id = g.province_id and v.slicing_id = g.id
      join credit.slicing_part p on p.province_id = g.province_id and p.slicing_id = g.id and p.amount > 0
      join part s on ${samePlace}
      where g.province_id = ${provinceId} and g.slice_id = ${sliceId}::uuid
      union all
      select r.id, p.slice_id, p.jobs_after - p.jobs_before
      from credit.redivision r
      join credit.redivision_approval v on v.province_id = r.province_id and v.redivision_id = r.id
      join credit.redivision_part p on p.province_id = r.province_id and p.redivision_id = r.id
      where r.province_id = ${provinceId} and r.slice_id = ${sliceId}::uuid
    )
    select deed_id as "deedId", slice_id as "sliceId", coalesce(m.amount, 0)::bigint as amount,
      coalesce(m.locked, 0)::bigint as locked, coalesce(a.jobs, 0) as jobs
    from moved m full join aimed a using (deed_id, slice_id)
  `.execute(tx);
  return rows;
}

export type DeedRow = {
  readonly deedId: string;
  readonly deed: VersionDeed;
  readonly day: Day;
  readonly proposedBy: string | null;
  readonly approvedBy: string | null;
  readonly documentNumber: string | null;
};

/** The deeds that changed what the parts of a slice hold or have locked, in the order in which they were recorded. */
export async function listDeeds(tx: Tx, { provinceId, sliceId }: Asked): Promise<DeedRow[]> {
  const { rows } = await sql<DeedRow>`
    with part as materialized (
      select s.id from credit.slice s where s.province_id = ${provinceId} and s.parent_id = ${sliceId}::uuid
        and (platform.scope_county() is null or s.county_code = platform.scope_county())
    ), moved as (
      select m.reference_id as deed_id, min(m.recorded_at) as recorded_at, min(m.record_id::text) as first_id,
        max(m.happened_on::text)::platform.day as day
      from credit.read_movement m
      where m.province_id = ${provinceId} and m.stage = 'sliced' and m.slice_id = any(array(select id from part))
      group by m.reference_id
      union all
      select r.id, t.recorded_at, t.id::text, t.happened_on
      from credit.release r
      join ledger.read_transfer t on t.province_id = r.province_id and t.reference_id = r.id
        and t.kind = ${releaseTransfer}
      where r.province_id = ${provinceId} and r.slice_id = any(array(select id from part))
    )
    select m.deed_id as "deedId", m.day,
      case when g.id is not null then 'division' when r.id is not null then 'redivision'
        when t.id is not null then 'reallocation' when c.id is not null then 'cut'
        when f.id is not null then 'release' else 'other' end as deed,
      (select u.name from access.read_user u
        where u.user_id = coalesce(g.proposed_by_user, r.proposed_by_user, t.proposed_by_user,
          f.proposed_by_user)) as "proposedBy",
      (select u.name from access.read_user u
        where u.user_id = coalesce(ga.approved_by_user, ra.approved_by_user, ta.approved_by_user,
          fa.approved_by_user)) as "approvedBy",
      coalesce(ga.resolution_number, ra.resolution_number, ta.resolution_number,
        fa.resolution_number, c.letter_number) as "documentNumber"
    from moved m
    left join credit.slicing g on g.province_id = ${provinceId} and g.id = m.deed_id
    left join credit.slicing_approval ga on ga.province_id = ${provinceId} and ga.slicing_id = m.deed_id
    left join credit.redivision r on r.province_id = ${provinceId} and r.id = m.deed_id
    left join credit.redivision_approval ra on ra.province_id = ${provinceId} and ra.redivision_id = m.deed_id
    left join credit.reallocation t on t.province_id = ${provinceId} and t.id = m.deed_id
    left join credit.reallocation_approval ta on ta.province_id = ${provinceId} and ta.reallocation_id = m.deed_id
    left join credit.release f on f.province_id = ${provinceId} and f.id = m.deed_id
    left join credit.release_approval fa on fa.province_id = ${provinceId} and fa.release_id = m.deed_id
    left join credit.revision c on c.province_id = ${provinceId} and c.id = m.deed_id
    -- Within one millisecond the accounts above the parts know which came first.
    order by m.recorded_at, (
      select min(case when a.id = x.debit_account_id then x.debit_version else x.credit_version end)
      from ledger.read_transfer x
      join ledger.read_account a on a.province_id = x.province_id and a.owner_id = ${sliceId}::uuid
        and a.id in (x.debit_account_id, x.credit_account_id)
      where x.province_id = ${provinceId} and x.reference_id = m.deed_id
    ), m.first_id
  `.execute(tx);
  return rows;
}
