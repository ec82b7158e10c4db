import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { Entered } from './contract.ts';
import type { BeneficiaryKind } from '../contract.ts';

export type AwardRow = {
  readonly provinceId: number;
  readonly id: Id;
  readonly lineId: Id;
  readonly sliceId: Id;
  readonly countyCode: string | null;
  readonly share: string;
  readonly amount: Rial;
  readonly beneficiaryKind: BeneficiaryKind;
  /** Which of the groups that shares are for the beneficiary was found to be of, besides its kind. */
  readonly beneficiaryGroups: readonly string[];
  readonly agencyKey: string | null;
  readonly bankCode: string | null;
  readonly beneficiaryId: Id;
  readonly jobs: number;
};

/** How the registry has whom an award is for; undefined where the reader sees no such person or enterprise. */
export async function findEntered(
  tx: Tx,
  { provinceId, id }: { readonly provinceId: number; readonly id: string },
): Promise<Entered | undefined> {
  const { rows } = await sql<Entered>`
    select form, last_name as name, settlement, decile::integer as decile, nullif(client_of, 'none') as "clientOf"
    from party.read_person
    where province_id = ${provinceId} and person_id = ${id}::uuid
  `.execute(tx);
  return rows[0];
}

export async function insertAward(tx: Tx, award: AwardRow): Promise<void> {
  await sql`
    insert into credit.award (
      province_id, id, line_id, slice_id, county_code, share, amount, beneficiary_kind, beneficiary_groups,
      agency_key, bank_code, beneficiary_id, jobs
    ) values (
      ${award.provinceId}, ${award.id}, ${award.lineId}, ${award.sliceId}, ${award.countyCode}, ${award.share},
      ${award.amount}, ${award.beneficiaryKind}, ${award.beneficiaryGroups}, ${award.agencyKey},
      ${award.bankCode}, ${award.beneficiaryId}, ${award.jobs}
    )
  `.execute(tx);
}

export type AwardPage = AwardRow & {
  readonly state: string;
  readonly version: number;
  readonly released: Rial;
  readonly paid: Rial;
  /** The open report of the branch, if any: its transfer and sum. */
  readonly reportId: Id | null;
  readonly reported: Rial | null;
  /** From when on it is confirmed no more. */
  readonly reportEndsAt: Date | null;
  readonly beneficiaryName: string | null;
  /** Who made the latest report: another person confirms it (L6). */
  readonly reportedByPerson: Id | null;
  /** Who brought the list of the bank that the open report is of. */
  readonly listedByPerson: Id | null;
};

/** Awards of a slice, the newest first, or one by its id; `before` is the id after which the page begins. */
export async function listAwards(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly id: string | null;
    readonly sliceId: string | null;
    readonly before: string | null;
    readonly limit: number;
  },
): Promise<AwardPage[]> {
  const { rows } = await sql<AwardPage>`
    select a.province_id as "provinceId", a.id, a.line_id as "lineId", a.slice_id as "sliceId",
      a.county_code as "countyCode", a.share, a.amount, a.beneficiary_kind as "beneficiaryKind",
      a.beneficiary_groups as "beneficiaryGroups", a.agency_key as "agencyKey", a.bank_code as "bankCode",
      a.beneficiary_id as "beneficiaryId", nullif(concat_ws(' ', p.first_name, p.last_name), '') as "beneficiaryName",
      a.jobs, c.state, c.version,
      (select coalesce(sum(t.amount), 0)::bigint from ledger.read_transfer t
        where t.province_id = a.province_id and t.reference_id = a.id and t.kind = 'release') as released,
      (select coalesce(sum(case t.kind when 'pay' then t.amount else -t.amount end), 0)::bigint from ledger.read_transfer t
        where t.province_id = a.province_id and t.reference_id = a.id and t.kind in ('pay', 'correct')
          and t.phase in ('post', 'confirm')) as paid,
      r.id as "reportId", r.amount as reported, r.expires_at as "reportEndsAt",
      (select x.by_person from casework.read_act x
        where x.province_id = a.province_id and x.case_id = a.id and x.act = 'report_payment'
        order by x.seq desc limit 1) as "reportedByPerson",
      (select b.uploaded_by_person from credit.bank_list_entry e
        join credit.bank_list b on b.province_id = e.province_id and b.id = e.list_id
        where e.province_id = a.province_id and e.part_transfer_id = r.id) as "listedByPerson"
    from credit.award a
    join casework.read_case c on c.province_id = a.province_id and c.id = a.id
    left join party.read_person p on p.province_id = a.province_id and p.person_id = a.beneficiary_id
    left join ledger.read_transfer r on r.province_id = a.province_id and r.reference_id = a.id
      and r.kind = 'pay' and r.phase = 'pend'
      and not exists (select 1 from ledger.read_transfer e
        where e.province_id = r.province_id and e.pending_id = r.id)
    where a.province_id = ${asked.provinceId}
      and (platform.scope_county() is null or a.county_code = platform.scope_county())
      and (platform.scope_person() is null or a.beneficiary_id::text = platform.scope_person())
      and (${asked.id}::uuid is null or a.id = ${asked.id}::uuid)
      and (${asked.sliceId}::uuid is null or a.slice_id = ${asked.sliceId}::uuid)
      and (${asked.before}::uuid is null or a.id < ${asked.before}::uuid)
    order by a.id desc limit ${asked.limit}
  `.execute(tx);
  return rows;
}

/** The first day on which money came into a slice: that of its first resolution, or of the letter for a root. */
export async function findFirstDay(
  tx: Tx,
  { provinceId, sliceId }: { readonly provinceId: number; readonly sliceId: Id },
): Promise<Day> {
  const { rows } = await sql<{ day: Day | null }>`
    select min(t.happened_on) as day
    from ledger.read_account a
    join ledger.read_transfer t on t.province_id = a.province_id and t.credit_account_id = a.id
    where a.province_id = ${provinceId} and a.owner_id = ${sliceId} and a.kind = 'available'
  `.execute(tx);
  return must(rows[0]?.day, 'a slice is made by the first money that comes into it');
}

/** Whether there is such an award within the reader's scope, without what it takes to show it. */
export async function findAwardId(
  tx: Tx,
  { provinceId, awardId }: { readonly provinceId: number; readonly awardId: string },
): Promise<Id | undefined> {
  const { rows } = await sql<{ id: Id }>`
    select id from credit.award
    where province_id = ${provinceId} and id = ${awardId}::uuid
      and (platform.scope_county() is null or county_code = platform.scope_county())
      and (platform.scope_person() is null or beneficiary_id::text = platform.scope_person())
  `.execute(tx);
  return rows[0]?.id;
}
