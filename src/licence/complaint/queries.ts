import { sql } from 'kysely';
import type { ActorScope } from '#kernel/actor.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Language } from '#platform/site.ts';
import type { ComplaintState, Offence } from './contract.ts';

/** The second fence beside the policies (L9). */
const inScope = sql`
  (platform.scope_county() is null or complaint.county_code = platform.scope_county())
  and (platform.scope_office() is null or complaint.office_id::text = platform.scope_office())
  and platform.scope_person() is null
`;

/** Gives a deed that was widened to the province its narrow scope back, for what comes after it. */
export async function narrowAgain(tx: Tx, { county, office, person }: ActorScope): Promise<void> {
  await sql`
    select set_config('app.county', ${county ?? ''}, true), set_config('app.office', ${office ?? ''}, true),
      set_config('app.person', ${person ?? ''}, true)
  `.execute(tx);
}

export type NewComplaint = {
  readonly provinceId: number;
  readonly complaintId: Id;
  readonly number: string;
  readonly offence: Offence;
  readonly countyCode: string;
  readonly agencyKey: string;
  readonly licenceId: Id | null;
  readonly body: string;
  /** Of the page on which it was lodged; its decision is told in it. */
  readonly language: Language;
  readonly lodgedAt: Date;
  readonly state: ComplaintState;
  readonly version: number;
};

export async function insertComplaint(tx: Tx, row: NewComplaint): Promise<void> {
  await sql`
    insert into licence.complaint (
      province_id, complaint_id, number, offence, county_code, agency_key, licence_id, body, language,
      lodged_at, state, version, moved_at
    ) values (
      ${row.provinceId}, ${row.complaintId}, ${row.number}, ${row.offence}, ${row.countyCode}, ${row.agencyKey},
      ${row.licenceId}, ${row.body}, ${row.language},
      ${row.lodgedAt}, ${row.state}, ${row.version}, ${row.lodgedAt}
    )
  `.execute(tx);
}

export async function insertPhone(
  tx: Tx,
  { provinceId, complaintId, countyCode }: NewComplaint,
  phone: string,
): Promise<void> {
  await sql`
    insert into licence.complaint_phone (province_id, complaint_id, county_code, phone)
    values (${provinceId}, ${complaintId}, ${countyCode}, ${phone})
  `.execute(tx);
}

type Reached = Pick<NewComplaint, 'complaintId' | 'language'> & { readonly phone: string };

/** The numbers that were left with these complaints and not erased since. */
export async function listPhones(
  tx: Tx,
  asked: { readonly provinceId: number; readonly complaintIds: readonly string[] },
): Promise<Reached[]> {
  const { rows } = await sql<Reached>`
    select phone.complaint_id as "complaintId", phone.phone, complaint.language
    from licence.complaint_phone phone
    join licence.complaint complaint
      on complaint.province_id = phone.province_id and complaint.complaint_id = phone.complaint_id
    where phone.province_id = ${asked.provinceId} and phone.complaint_id = any(${asked.complaintIds}::uuid[])
      and phone.phone is not null
  `.execute(tx);
  return rows;
}

export type ComplaintRow = Omit<NewComplaint, 'body'> & {
  readonly body: string | null;
  readonly phone: string | null;
  readonly movedAt: Date;
  readonly officeId: Id | null;
  readonly answerId: Id | null;
  readonly countyFa: string;
  readonly countyEn: string;
  readonly agencyFa: string;
  readonly agencyEn: string;
  readonly licenceNumber: string | null;
};

export type ComplaintsAsked = {
  readonly provinceId: number;
  /** The complaint, or the case in which an office answers it. */
  readonly caseId?: string;
  readonly state?: ComplaintState | undefined;
  readonly offence?: Offence | undefined;
  readonly countyCode?: string | undefined;
  readonly search?: string | undefined;
  /** The instant and the id of the last row of the page before. */
  readonly after?: readonly [at: string, id: string] | null;
  readonly limit: number;
};

/** Complaints within the reader's scope, the newest first. */
export async function listComplaints(tx: Tx, asked: ComplaintsAsked): Promise<ComplaintRow[]> {
  const { provinceId, caseId, state, offence, countyCode, search, after, limit } = asked;
  const digits = search?.replace(/\D/g, '') ?? '';
  const conditions = [
    sql`complaint.province_id = ${provinceId}`,
    inScope,
    ...(caseId === undefined
      ? []
      : [sql`(complaint.complaint_id = ${caseId}::uuid or complaint.answer_id = ${caseId}::uuid)`]),
    ...(state === undefined ? [] : [sql`complaint.state = ${state}`]),
    ...(offence === undefined ? [] : [sql`complaint.offence = ${offence}`]),
    ...(countyCode === undefined ? [] : [sql`complaint.county_code = ${countyCode}`]),
    ...(search === undefined || search === ''
      ? []
      : [
          sql`${digits} <> '' and (
            position(${digits} in complaint.number) > 0
            or position(${digits} in replace(licence.number, '-', '')) > 0
          )`,
        ]),
    ...(after == null
      ? []
      : [sql`(complaint.lodged_at, complaint.complaint_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`]),
  ];
  const { rows } = await sql<ComplaintRow>`
    select
      complaint.province_id as "provinceId", complaint.complaint_id as "complaintId", complaint.number,
      complaint.offence, complaint.county_code as "countyCode", complaint.agency_key as "agencyKey",
      complaint.licence_id as "licenceId", complaint.body, complaint.language, complaint.lodged_at as "lodgedAt",
      complaint.state, complaint.version, complaint.moved_at as "movedAt", complaint.office_id as "officeId",
      complaint.answer_id as "answerId", phone.phone, county.name_fa as "countyFa", county.name_en as "countyEn",
      agency.short_fa as "agencyFa", agency.short_en as "agencyEn", licence.number as "licenceNumber"
    from licence.complaint complaint
    join place.read_county county
      on county.province_id = complaint.province_id and county.county_code = complaint.county_code
    join party.read_agency agency on agency.agency_key = complaint.agency_key
    left join licence.complaint_phone phone
      on phone.province_id = complaint.province_id and phone.complaint_id = complaint.complaint_id
    left join licence.licence licence
      on licence.province_id = complaint.province_id and licence.licence_id = complaint.licence_id
    where ${sql.join(conditions, sql` and `)}
    order by complaint.lodged_at desc, complaint.complaint_id desc
    limit ${limit}
  `.execute(tx);
  return rows;
}

export type Moved = Pick<NewComplaint, 'provinceId' | 'complaintId' | 'version'> & {
  readonly state: string;
  readonly movedAt: Date;
};

export async function moveComplaint(tx: Tx, row: Moved): Promise<void> {
  await sql`
    update licence.complaint set state = ${row.state}, version = ${row.version}, moved_at = ${row.movedAt}
    where province_id = ${row.provinceId} and complaint_id = ${row.complaintId}
  `.execute(tx);
}

export async function setAnswer(
  tx: Tx,
  at: Pick<NewComplaint, 'provinceId' | 'complaintId'>,
  asked: { readonly officeId: Id; readonly answerId: Id },
): Promise<void> {
  await sql`
    update licence.complaint set office_id = ${asked.officeId}, answer_id = ${asked.answerId}
    where province_id = ${at.provinceId} and complaint_id = ${at.complaintId}
  `.execute(tx);
}

/** Text and telephone number go; false when they were gone before. */
export async function eraseWords(
  tx: Tx,
  at: Pick<NewComplaint, 'provinceId' | 'complaintId'>,
  erased: {
    readonly by: { readonly userId: Id; readonly personId: Id };
    readonly at: Date;
    readonly under: string;
  },
): Promise<boolean> {
  const { rows } = await sql`
    update licence.complaint
    set body = null, erased_at = ${erased.at}, erased_by_user = ${erased.by.userId},
      erased_by_person = ${erased.by.personId}, erased_under = ${erased.under}
    where province_id = ${at.provinceId} and complaint_id = ${at.complaintId} and body is not null
    returning complaint_id
  `.execute(tx);
  await sql`
    update licence.complaint_phone set phone = null
    where province_id = ${at.provinceId} and complaint_id = ${at.complaintId} and phone is not null
  `.execute(tx);
  return rows.length === 1;
}

export type Named = { readonly key: string; readonly fa: string; readonly en: string };

export async function listProvinces(tx: Tx): Promise<(Named & { readonly provinceId: number })[]> {
  const { rows } = await sql<Named & { provinceId: number }>`
    select slug as key, name_fa as fa, name_en as en, province_id as "provinceId" from place.read_province
    where province_id >= 0
    order by province_id
  `.execute(tx);
  return rows;
}

export async function listCountyNames(tx: Tx, provinceId: number): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select county_code as key, name_fa as fa, name_en as en from place.read_county
    where province_id = ${provinceId}
    order by county_code
  `.execute(tx);
  return rows;
}

/** The agencies that sign or approve licences, and the directorate itself. */
export async function listAgencies(tx: Tx, directorateKey: string): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select agency.agency_key as key, agency.name_fa as fa, agency.name_en as en
    from party.read_agency agency
    where agency.agency_key = ${directorateKey}
      or exists (
        select 1 from party.read_agency_role role
        where role.agency_key = agency.agency_key and role.role in ('first_signature', 'extra_check')
      )
    order by agency.agency_key = ${directorateKey}, agency.agency_key
  `.execute(tx);
  return rows;
}

export async function findLicenceId(
  tx: Tx,
  { provinceId, number }: { readonly provinceId: number; readonly number: string },
): Promise<Id | undefined> {
  const { rows } = await sql<{ licenceId: Id }>`
    select licence_id as "licenceId" from licence.licence
    where province_id = ${provinceId} and number = ${number}
  `.execute(tx);
  return rows[0]?.licenceId;
}

/** Whether a complaint in any province bears this tracking number. */
export async function isReceived(tx: Tx, number: string): Promise<boolean> {
  const { rows } = await sql`select 1 from licence.complaint where number = ${number} limit 1`.execute(tx);
  return rows.length > 0;
}
