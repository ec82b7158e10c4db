import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { Coordinates, Explanation, Named, PartAxis } from '../contract.ts';
import type { RowId } from '../queries.ts';

export type SlicingRow = {
  readonly provinceId: number;
  readonly id: Id;
  readonly sliceId: Id;
  /** The county of the slice that is divided; null is a matter of the province. */
  readonly countyCode: string | null;
  readonly axis: PartAxis;
  readonly amount: Rial;
  readonly proposedByPerson: Id;
  readonly proposedByUser: string;
};

export async function insertSlicing(tx: Tx, row: SlicingRow): Promise<void> {
  await sql`
    insert into credit.slicing (
      province_id, id, slice_id, county_code, axis, amount, proposed_by_person, proposed_by_user
    ) values (
      ${row.provinceId}, ${row.id}, ${row.sliceId}, ${row.countyCode}, ${row.axis}, ${row.amount},
      ${row.proposedByPerson}, ${row.proposedByUser}
    )
  `.execute(tx);
}

export type PartRow = Coordinates & {
  readonly amount: Rial;
  readonly jobTarget: number;
  readonly explanation: Explanation | null;
};

export async function insertParts(
  tx: Tx,
  {
    provinceId,
    slicingId,
    parts,
    formula,
  }: {
    readonly provinceId: number;
    readonly slicingId: Id;
    readonly parts: readonly PartRow[];
    /** Stored beside each part: a county reads how its own number was made and sees no other part. */
    readonly formula: string | null;
  },
): Promise<void> {
  const rows = parts.map((part, index) => ({ ...part, amount: part.amount.toString(), part: index + 1 }));
  await sql`
    insert into credit.slicing_part (
      province_id, slicing_id, part_number, county_code, agency_key, bank_code, beneficiary_kind, category_key,
      round_number, amount, job_target, formula, explanation
    )
    select ${provinceId}, ${slicingId}, part, "countyCode", "agencyKey", "bankCode", "beneficiaryKind",
      "categoryKey", "roundNumber", amount::bigint, "jobTarget", ${formula}::jsonb, explanation
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      part smallint, "countyCode" text, "agencyKey" text, "bankCode" text, "beneficiaryKind" text,
      "categoryKey" text, "roundNumber" smallint, amount text, "jobTarget" integer, explanation jsonb
    )
  `.execute(tx);
}

export type SlicingPage = {
  readonly id: Id;
  readonly sliceId: Id;
  readonly lineId: Id;
  readonly countyCode: string | null;
  readonly axis: PartAxis;
  readonly amount: Rial;
  readonly proposedByPerson: Id;
  readonly proposedOn: Day;
  readonly proposedBy: string | null;
  readonly approvedBy: string | null;
  readonly state: string;
  readonly version: number;
  readonly resolutionNumber: string | null;
  readonly resolutionDay: Day | null;
};

export async function listSlicings(
  tx: Tx,
  asked: { readonly provinceId: number; readonly id: string | null; readonly lineId: string | null },
): Promise<SlicingPage[]> {
  const { rows } = await sql<SlicingPage>`
    select g.id, g.slice_id as "sliceId", s.line_id as "lineId", g.county_code as "countyCode",
      g.axis, g.amount,
      g.proposed_by_person as "proposedByPerson", c.state, c.version,
      p.name as "proposedBy", q.name as "approvedBy",
      (select t.happened_on from casework.read_act t
        where t.province_id = g.province_id and t.case_id = g.id and t.seq = 1) as "proposedOn",
      a.resolution_number as "resolutionNumber", a.resolution_day as "resolutionDay"
    from credit.slicing g
    join credit.slice s on s.province_id = g.province_id and s.id = g.slice_id
    join casework.read_case c on c.province_id = g.province_id and c.id = g.id
    left join credit.slicing_approval a on a.province_id = g.province_id and a.slicing_id = g.id
    left join access.read_user p on p.user_id = g.proposed_by_user
    left join access.read_user q on q.user_id = a.approved_by_user
    where g.province_id = ${asked.provinceId}
      and (${asked.id}::uuid is null or g.id = ${asked.id}::uuid)
      and (${asked.lineId}::uuid is null or s.line_id = ${asked.lineId}::uuid)
      and (platform.scope_county() is null or g.county_code = platform.scope_county())
    order by "proposedOn" desc, g.id desc
  `.execute(tx);
  return rows;
}

export type NamedPart = PartRow & Named & { readonly formula: unknown };

export async function listParts(tx: Tx, { provinceId, id }: RowId): Promise<NamedPart[]> {
  const { rows } = await sql<NamedPart>`
    select p.county_code as "countyCode", c.name_fa as "countyFa", c.name_en as "countyEn",
      p.agency_key as "agencyKey", a.short_fa as "agencyFa", a.short_en as "agencyEn",
      p.bank_code as "bankCode", b.name_fa as "bankFa", b.name_en as "bankEn",
      p.beneficiary_kind as "beneficiaryKind", p.category_key as "categoryKey",
      k.name_fa as "categoryFa", k.name_en as "categoryEn", p.round_number as "roundNumber",
      p.amount, p.job_target as "jobTarget", p.formula, p.explanation
    from credit.slicing_part p
    left join place.read_county c on c.province_id = p.province_id and c.county_code = p.county_code
    left join party.read_agency a on a.agency_key = p.agency_key
    left join party.read_bank b on b.bank_code = p.bank_code
    left join occupation.read_category k on k.category_key = p.category_key
    where p.province_id = ${provinceId} and p.slicing_id = ${id}::uuid
      and (platform.scope_county() is null or p.county_code = platform.scope_county())
    order by p.part_number
  `.execute(tx);
  return rows;
}

export type PartOf = {
  readonly id: Id;
  readonly happenedOn: Day;
  readonly amount: Rial;
  readonly explanation: Explanation | null;
  readonly formula: unknown;
};

/**
 * What each division brought into a slice, with its explanation, the newest first: found by the transfers that
 * brought the money, which whoever sees the slice may see.
 */
export async function listPartsOf(tx: Tx, { provinceId, id }: RowId): Promise<PartOf[]> {
  const { rows } = await sql<PartOf>`
    with brought as (
      select distinct on (t.reference_id) t.reference_id, t.happened_on, t.recorded_at
      from ledger.read_account a
      join ledger.read_transfer t on t.province_id = a.province_id and t.credit_account_id = a.id
        and t.kind = 'slice'
      where a.province_id = ${provinceId} and a.owner_id = ${id}::uuid and a.kind = 'available'
      order by t.reference_id, t.recorded_at
    )
    select p.slicing_id as id, b.happened_on as "happenedOn", p.amount, p.explanation, p.formula
    from credit.slice s
    cross join brought b
    join credit.slicing_part p on p.province_id = s.province_id and p.slicing_id = b.reference_id
      and (p.county_code, p.agency_key, p.bank_code, p.beneficiary_kind, p.category_key, p.round_number)
        is not distinct from
        (s.county_code, s.agency_key, s.bank_code, s.beneficiary_kind, s.category_key, s.round_number)
    where s.province_id = ${provinceId} and s.id = ${id}::uuid
    order by b.recorded_at desc, p.slicing_id desc
  `.execute(tx);
  return rows;
}

export async function insertApproval(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly slicingId: Id;
    readonly countyCode: string | null;
    readonly proposedByPerson: Id;
    readonly approvedByPerson: Id;
    readonly approvedByUser: string;
    readonly resolutionNumber: string;
    readonly resolutionDay: Day;
  },
): Promise<void> {
  await sql`
    insert into credit.slicing_approval (
      province_id, slicing_id, county_code, proposed_by_person, approved_by_person, approved_by_user,
      resolution_number, resolution_day
    ) values (
      ${row.provinceId}, ${row.slicingId}, ${row.countyCode}, ${row.proposedByPerson}, ${row.approvedByPerson}, ${row.approvedByUser},
      ${row.resolutionNumber}, ${isoOf(row.resolutionDay)}
    )
  `.execute(tx);
}
