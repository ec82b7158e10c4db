import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import { openShare } from '../contract.ts';

export type OwnedAccount = {
  readonly id: Id;
  readonly ownerId: Id;
  readonly kind: string;
  readonly share: string;
};

export async function listAccounts(
  tx: Tx,
  { provinceId, ownerIds }: { readonly provinceId: number; readonly ownerIds: readonly Id[] },
): Promise<OwnedAccount[]> {
  const { rows } = await sql<OwnedAccount>`
    select id, owner_id as "ownerId", kind, share from ledger.read_account
    where province_id = ${provinceId} and owner_id = any(${[...ownerIds]}::uuid[])
  `.execute(tx);
  return rows;
}

export type NewExcess = {
  readonly id: Id;
  readonly lineId: Id;
  readonly sliceId: Id;
  readonly bankCode: string;
  readonly countyCode: string | null;
};

/** Those that stand already stay as they are; all asked for are given back. */
export async function openExcesses(
  tx: Tx,
  { provinceId, wanted }: { readonly provinceId: number; readonly wanted: readonly NewExcess[] },
): Promise<NewExcess[]> {
  if (wanted.length === 0) return [];
  const given = wanted.map((one) => ({
    id: one.id,
    line_id: one.lineId,
    slice_id: one.sliceId,
    bank_code: one.bankCode,
    county_code: one.countyCode,
  }));
  await sql`
    insert into credit.excess (province_id, id, line_id, slice_id, bank_code, county_code)
    select ${provinceId}::smallint, id, line_id, slice_id, bank_code, county_code
    from json_to_recordset(${JSON.stringify(given)}::json)
      as given (id uuid, line_id uuid, slice_id uuid, bank_code text, county_code text)
    on conflict on constraint excess_once do nothing
  `.execute(tx);
  const { rows } = await sql<NewExcess>`
    select id, line_id as "lineId", slice_id as "sliceId", bank_code as "bankCode", county_code as "countyCode"
    from credit.excess
    where province_id = ${provinceId} and slice_id = any(${wanted.map(({ sliceId }) => sliceId)}::uuid[])
      and bank_code = any(${wanted.map(({ bankCode }) => bankCode)}::text[])
  `.execute(tx);
  return rows;
}

export type ExcessRow = {
  readonly id: Id;
  readonly lineId: Id;
  readonly sliceId: Id;
  readonly bankCode: string;
  readonly bankFa: string;
  readonly bankEn: string;
  readonly countyCode: string | null;
  readonly countyFa: string | null;
  readonly countyEn: string | null;
  readonly categoryFa: string | null;
  readonly categoryEn: string | null;
  readonly confirmed: Rial;
  readonly reported: Rial;
  readonly room: Rial;
};

/** What banks reported beyond slices: of a province, one slice, or one by its id. */
export async function listExcesses(
  tx: Tx,
  asked: { readonly provinceId: number; readonly id: string | null; readonly sliceId: string | null },
): Promise<ExcessRow[]> {
  const { rows } = await sql<ExcessRow>`
    select x.id, x.line_id as "lineId", x.slice_id as "sliceId", x.bank_code as "bankCode",
      k.name_fa as "bankFa", k.name_en as "bankEn", x.county_code as "countyCode",
      c.name_fa as "countyFa", c.name_en as "countyEn", g.name_fa as "categoryFa", g.name_en as "categoryEn",
      b.credits_posted - b.debits_posted as confirmed, b.credits_pending as reported,
      coalesce(v.credits_posted - v.debits_posted - v.debits_pending, 0)::bigint as room
    from credit.excess x
    join credit.slice s on s.province_id = x.province_id and s.id = x.slice_id
    join party.read_bank k on k.bank_code = x.bank_code
    join ledger.read_account b on b.province_id = x.province_id and b.owner_id = x.id and b.kind = 'beyond_slice'
    left join ledger.read_account v on v.province_id = x.province_id and v.owner_id = x.slice_id
      and v.kind = 'available' and v.share = ${openShare}
    left join place.read_county c on c.province_id = x.province_id and c.county_code = x.county_code
    left join occupation.read_category g on g.category_key = s.category_key
    where x.province_id = ${asked.provinceId}
      and (platform.scope_county() is null or x.county_code = platform.scope_county())
      and (${asked.id}::uuid is null or x.id = ${asked.id}::uuid)
      and (${asked.sliceId}::uuid is null or x.slice_id = ${asked.sliceId}::uuid)
    order by x.id desc
  `.execute(tx);
  return rows;
}

/** False when an intake with this id stands already. */
export async function insertIntake(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly id: Id;
    readonly excessId: Id;
    readonly countyCode: string | null;
    readonly amount: Rial;
    readonly resolutionNumber: string;
    readonly resolutionDay: Day;
    readonly byPerson: Id;
    readonly byUser: Id;
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into credit.intake (
      province_id, id, excess_id, county_code, amount, resolution_number, resolution_day, by_person, by_user
    ) values (
      ${row.provinceId}, ${row.id}, ${row.excessId}, ${row.countyCode}, ${row.amount}, ${row.resolutionNumber},
      ${isoOf(row.resolutionDay)}, ${row.byPerson}, ${row.byUser}
    )
    on conflict on constraint intake_pk do nothing
    returning id
  `.execute(tx);
  return rows.length === 1;
}
