import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { Explanation } from '../contract.ts';
import type { NamedSlice, RowId } from '../queries.ts';

export type SlicingRow = {
  readonly provinceId: number;
  readonly id: Id;
  readonly sliceId: Id;
  readonly axis: 'county' | 'category';
  readonly amount: Rial;
  readonly formula: string | null;
  readonly proposedByPerson: Id;
  readonly proposedByUser: string;
};

export async function insertSlicing(tx: Tx, row: SlicingRow): Promise<void> {
  await sql`
    insert into credit.slicing (
      province_id, id, slice_id, axis, amount, formula, proposed_by_person, proposed_by_user
    ) values (
      ${row.provinceId}, ${row.id}, ${row.sliceId}, ${row.axis}, ${row.amount}, ${row.formula}::jsonb,
      ${row.proposedByPerson}, ${row.proposedByUser}
    )
  `.execute(tx);
}

export type PartRow = {
  readonly countyCode: string | null;
  readonly categoryKey: string | null;
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
  }: { readonly provinceId: number; readonly slicingId: Id; readonly parts: readonly PartRow[] },
): Promise<void> {
  const rows = parts.map((part, index) => ({ ...part, amount: part.amount.toString(), part: index + 1 }));
  await sql`
    insert into credit.slicing_part (
      province_id, slicing_id, part_number, county_code, category_key, amount, job_target, explanation
    )
    select ${provinceId}, ${slicingId}, part, "countyCode", "categoryKey", amount::bigint, "jobTarget", explanation
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      part smallint, "countyCode" text, "categoryKey" text, amount text, "jobTarget" integer, explanation jsonb
    )
  `.execute(tx);
}

export type SlicingPage = {
  readonly id: Id;
  readonly sliceId: Id;
  readonly lineId: Id;
  readonly axis: 'county' | 'category';
  readonly amount: Rial;
  readonly formula: unknown;
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
    select g.id, g.slice_id as "sliceId", s.line_id as "lineId", g.axis, g.amount, g.formula,
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
    order by g.id desc
  `.execute(tx);
  return rows;
}

export type NamedPart = PartRow & Pick<NamedSlice, 'countyFa' | 'countyEn' | 'categoryFa' | 'categoryEn'>;

export async function listParts(tx: Tx, { provinceId, id }: RowId): Promise<NamedPart[]> {
  const { rows } = await sql<NamedPart>`
    select p.county_code as "countyCode", p.category_key as "categoryKey", p.amount, p.job_target as "jobTarget",
      p.explanation, c.name_fa as "countyFa", c.name_en as "countyEn",
      k.name_fa as "categoryFa", k.name_en as "categoryEn"
    from credit.slicing_part p
    left join place.read_county c on c.province_id = p.province_id and c.county_code = p.county_code
    left join occupation.read_category k on k.category_key = p.category_key
    where p.province_id = ${provinceId} and p.slicing_id = ${id}
    order by p.part_number
  `.execute(tx);
  return rows;
}

/** The part of the latest approved division that made a slice, with its explanation. */
export async function findPartOf(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly parentId: string;
    readonly countyCode: string | null;
    readonly categoryKey: string | null;
  },
): Promise<{ slicingId: Id; explanation: Explanation | null; formula: unknown } | undefined> {
  const { rows } = await sql<{ slicingId: Id; explanation: Explanation | null; formula: unknown }>`
    select p.slicing_id as "slicingId", p.explanation, g.formula
    from credit.slicing_part p
    join credit.slicing g on g.province_id = p.province_id and g.id = p.slicing_id
    join credit.slicing_approval a on a.province_id = p.province_id and a.slicing_id = p.slicing_id
    where p.province_id = ${asked.provinceId} and g.slice_id = ${asked.parentId}
      and p.county_code is not distinct from ${asked.countyCode}
      and p.category_key is not distinct from ${asked.categoryKey}
    order by p.slicing_id desc limit 1
  `.execute(tx);
  return rows[0];
}

export async function insertApproval(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly slicingId: Id;
    readonly proposedByPerson: Id;
    readonly approvedByPerson: Id;
    readonly approvedByUser: string;
    readonly resolutionNumber: string;
    readonly resolutionDay: Day;
  },
): Promise<void> {
  await sql`
    insert into credit.slicing_approval (
      province_id, slicing_id, proposed_by_person, approved_by_person, approved_by_user, resolution_number,
      resolution_day
    ) values (
      ${row.provinceId}, ${row.slicingId}, ${row.proposedByPerson}, ${row.approvedByPerson}, ${row.approvedByUser},
      ${row.resolutionNumber}, ${isoOf(row.resolutionDay)}
    )
  `.execute(tx);
}
