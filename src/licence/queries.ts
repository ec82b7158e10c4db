import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { recordset, type CatalogueRow } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';

export async function upsertConditions(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into licence.condition as kept (
      condition_number, text_fa, text_en, in_force_from, in_force_until, source_keys
    )
    select condition_number, text_fa, text_en, in_force_from, in_force_until, string_to_array(source_keys, ';')
    from json_to_recordset(${recordset(rows)}::json) as file (
      condition_number text, text_fa text, text_en text, in_force_from date, in_force_until date,
      source_keys text
    )
    on conflict (condition_number) do update set
      text_fa = excluded.text_fa,
      text_en = excluded.text_en,
      in_force_from = excluded.in_force_from,
      in_force_until = excluded.in_force_until,
      source_keys = excluded.source_keys
    where (kept.text_fa, kept.text_en, kept.in_force_from, kept.in_force_until, kept.source_keys)
      is distinct from (
        excluded.text_fa, excluded.text_en, excluded.in_force_from, excluded.in_force_until, excluded.source_keys
      )
  `.execute(db);
}

export type ConditionRow = {
  readonly conditionNumber: string;
  readonly textFa: string;
  readonly textEn: string;
  readonly inForceFrom: Day;
  readonly inForceUntil: Day | null;
  readonly sourceKeys: string[];
};

export async function listConditions(db: Database): Promise<ConditionRow[]> {
  const { rows } = await sql<ConditionRow>`
    select
      condition_number as "conditionNumber", text_fa as "textFa", text_en as "textEn",
      in_force_from as "inForceFrom", in_force_until as "inForceUntil", source_keys as "sourceKeys"
    from licence.condition
    order by length(condition_number), condition_number
  `.execute(db);
  return rows;
}

/** Lets a deed that was decided under the narrow scope of its doer write what spans offices; the province stays. */
export async function widenToProvince(tx: Tx): Promise<void> {
  await sql`
    select set_config('app.county', '', true), set_config('app.office', '', true),
      set_config('app.person', '', true)
  `.execute(tx);
}

/** The second fence beside the policies (L9). */
const licenceInScope = sql`
  (platform.scope_county() is null or licence.county_code = platform.scope_county())
  and (platform.scope_office() is null or licence.office_id::text = platform.scope_office())
  and (platform.scope_person() is null or licence.subject_id::text = platform.scope_person())
`;

/** Takes `count` serial numbers of a province and year, and gives the first of them. */
export async function takeSerials(
  tx: Tx,
  asked: { readonly provinceId: number; readonly year: number; readonly count: number },
): Promise<number> {
  const { rows } = await sql<{ first: number }>`
    insert into licence.numbering as kept (province_id, year, last)
    values (${asked.provinceId}, ${asked.year}, ${asked.count})
    on conflict (province_id, year) do update set last = kept.last + excluded.last
    returning last - ${asked.count}::integer + 1 as first
  `.execute(tx);
  return rows[0]?.first ?? 1;
}

export type LicenceRow = {
  readonly licenceId: Id;
  readonly number: string;
  readonly origin: 'signed' | 'history';
  readonly requestId: Id | null;
  readonly personId: Id | null;
  readonly subjectId: Id | null;
  readonly countyCode: string;
  readonly officeId: Id | null;
  readonly occupationId: number;
  readonly categoryKey: string;
  readonly agencyKey: string;
  readonly issueYear: number;
  readonly issuedOn: Day;
  readonly validFrom: Day;
  readonly expiresOn: Day;
  readonly firstSignatureId: Id | null;
  readonly firstSignedByPerson: Id | null;
  readonly secondSignedByPerson: Id | null;
  readonly secondSignedByUser: Id | null;
  readonly renewsLicenceId: Id | null;
  readonly renewsExpiresOn: Day | null;
  readonly sourceKey: string;
  readonly recordedAt: Date;
};

/** Many at once: the register of an earlier system has thousands. */
export async function insertLicences(tx: Tx, provinceId: number, rows: readonly LicenceRow[]): Promise<void> {
  const given = rows.map((row) => ({
    ...row,
    issuedOn: isoOf(row.issuedOn),
    validFrom: isoOf(row.validFrom),
    expiresOn: isoOf(row.expiresOn),
    renewsExpiresOn: row.renewsExpiresOn === null ? null : isoOf(row.renewsExpiresOn),
  }));
  await sql`
    insert into licence.licence (
      province_id, licence_id, number, origin, request_id, person_id, subject_id, county_code, office_id,
      occupation_id, category_key, agency_key, issue_year, issued_on, valid_from, expires_on, first_signature_id,
      first_signed_by_person, second_signed_by_person, second_signed_by_user, renews_licence_id,
      renews_expires_on, source_key, recorded_at
    )
    select
      ${provinceId}::smallint, "licenceId", number, origin, "requestId", "personId", "subjectId", "countyCode",
      "officeId", "occupationId", "categoryKey", "agencyKey", "issueYear", "issuedOn", "validFrom", "expiresOn",
      "firstSignatureId", "firstSignedByPerson", "secondSignedByPerson", "secondSignedByUser", "renewsLicenceId",
      "renewsExpiresOn", "sourceKey", "recordedAt"
    from json_to_recordset(${JSON.stringify(given)}::json) as given (
      "licenceId" uuid, number text, origin text, "requestId" uuid, "personId" uuid, "subjectId" uuid,
      "countyCode" text, "officeId" uuid, "occupationId" smallint, "categoryKey" text, "agencyKey" text,
      "issueYear" smallint, "issuedOn" date, "validFrom" date, "expiresOn" date, "firstSignatureId" uuid,
      "firstSignedByPerson" uuid, "secondSignedByPerson" uuid, "secondSignedByUser" uuid, "renewsLicenceId" uuid,
      "renewsExpiresOn" date, "sourceKey" text, "recordedAt" timestamptz
    )
  `.execute(tx);
}

export type NamedLicence = Omit<LicenceRow, 'secondSignedByUser' | 'renewsExpiresOn' | 'firstSignatureId'> & {
  readonly provinceId: number;
  readonly provinceFa: string;
  readonly provinceEn: string;
  readonly holderName: string | null;
  readonly titleFa: string;
  readonly titleEn: string;
  readonly countyFa: string;
  readonly countyEn: string;
  readonly renewsNumber: string | null;
  readonly renewedByNumber: string | null;
  readonly ending: 'cancelled' | 'annulled' | null;
  readonly endedOn: Day | null;
  readonly barredUntil: Day | null;
};

export type LicencesAsked = {
  readonly provinceId: number;
  readonly licenceId?: string | null;
  readonly requestId?: string | null;
  readonly number?: string | null;
  readonly personId?: string | null;
  readonly countyCode?: string | null;
  readonly agencyKey?: string | null;
  readonly year?: number | null;
  readonly limit: number;
};

/** Licences within the reader's scope, the newest first. */
export async function listLicences(tx: Tx, asked: LicencesAsked): Promise<NamedLicence[]> {
  const { rows } = await sql<NamedLicence>`
    select
      licence.province_id as "provinceId", province.name_fa as "provinceFa", province.name_en as "provinceEn",
      licence.licence_id as "licenceId", licence.number, licence.origin, licence.request_id as "requestId",
      licence.person_id as "personId", licence.subject_id as "subjectId", licence.county_code as "countyCode",
      licence.office_id as "officeId", licence.occupation_id as "occupationId",
      licence.category_key as "categoryKey", licence.agency_key as "agencyKey",
      licence.issue_year as "issueYear", licence.issued_on as "issuedOn", licence.valid_from as "validFrom",
      licence.expires_on as "expiresOn", licence.first_signed_by_person as "firstSignedByPerson",
      licence.second_signed_by_person as "secondSignedByPerson",
      licence.renews_licence_id as "renewsLicenceId", licence.source_key as "sourceKey",
      licence.recorded_at as "recordedAt",
      nullif(concat_ws(' ', person.first_name, person.last_name), '') as "holderName",
      listed.title_fa as "titleFa", listed.title_en as "titleEn", county.name_fa as "countyFa",
      county.name_en as "countyEn", before.number as "renewsNumber", after.number as "renewedByNumber",
      ending.kind as ending, ending.ended_on as "endedOn", ending.barred_until as "barredUntil"
    from licence.licence licence
    join place.read_province province on province.province_id = licence.province_id
    join place.read_county county
      on county.province_id = licence.province_id and county.county_code = licence.county_code
    join occupation.read_occupation listed on listed.occupation_id = licence.occupation_id
    left join party.read_person person
      on person.province_id = licence.province_id and person.person_id = licence.person_id
    left join licence.licence before
      on before.province_id = licence.province_id and before.licence_id = licence.renews_licence_id
    left join licence.licence after
      on after.province_id = licence.province_id and after.renews_licence_id = licence.licence_id
    left join licence.ending ending
      on ending.province_id = licence.province_id and ending.licence_id = licence.licence_id
    where licence.province_id = ${asked.provinceId}
      and ${licenceInScope}
      and (${asked.licenceId ?? null}::uuid is null or licence.licence_id = ${asked.licenceId ?? null}::uuid)
      and (${asked.requestId ?? null}::uuid is null or licence.request_id = ${asked.requestId ?? null}::uuid)
      and (${asked.number ?? null}::text is null or licence.number = ${asked.number ?? null})
      and (${asked.personId ?? null}::uuid is null or licence.person_id = ${asked.personId ?? null}::uuid)
      and (${asked.countyCode ?? null}::text is null or licence.county_code = ${asked.countyCode ?? null})
      and (${asked.agencyKey ?? null}::text is null or licence.agency_key = ${asked.agencyKey ?? null})
      and (${asked.year ?? null}::smallint is null or licence.issue_year = ${asked.year ?? null})
    order by licence.issued_on desc, licence.number desc
    limit ${asked.limit}
  `.execute(tx);
  return rows;
}

type Held = { readonly personId: Id | null; readonly holderName: string | null };

/**
 * The same rows with the names of their holders: who sees a licence or a request may read whose it is, also the
 * applicant, who is no reader of `party`. Called last in a reading, since it widens its scope.
 */
export async function withHolders<Row extends Held>(
  tx: Tx,
  provinceId: number,
  rows: readonly Row[],
): Promise<Row[]> {
  const nameless = rows.flatMap(({ personId, holderName }) =>
    personId === null || holderName !== null ? [] : [personId],
  );
  if (nameless.length === 0) return [...rows];
  await widenToProvince(tx);
  const found = await sql<{ personId: Id; name: string }>`
    select person_id as "personId", concat_ws(' ', first_name, last_name) as name from party.read_person
    where province_id = ${provinceId} and person_id = any(${nameless}::uuid[])
  `.execute(tx);
  const names = new Map(found.rows.map(({ personId, name }) => [personId, name]));
  return rows.map((row) => ({
    ...row,
    holderName: row.holderName ?? (row.personId === null ? null : (names.get(row.personId) ?? null)),
  }));
}

export type HolderRow = {
  readonly personId: Id;
  readonly occupationId: number;
  readonly countyCode: string;
};

/** Who holds a licence on a day, within the reader's scope; none that was ended, whoever issued it. */
export async function listHolders(
  tx: Tx,
  { provinceId, on }: { readonly provinceId: number; readonly on: Day },
): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select distinct licence.person_id as "personId", licence.occupation_id as "occupationId",
      licence.county_code as "countyCode"
    from licence.licence licence
    where licence.province_id = ${provinceId}
      and licence.person_id is not null
      and ${licenceInScope}
      and ${isoOf(on)}::date between licence.valid_from and licence.expires_on
      and not exists (
        select 1 from licence.ending
        where ending.province_id = licence.province_id and ending.licence_id = licence.licence_id
      )
  `.execute(tx);
  return rows;
}

/** Whether the reader sees the person at all. */
export async function hasPerson(tx: Tx, provinceId: number, personId: string): Promise<boolean> {
  const { rows } = await sql`
    select from party.read_person where province_id = ${provinceId} and person_id = ${personId}::uuid
  `.execute(tx);
  return rows.length > 0;
}

/** Until when a person gets no licence, after the latest annulment. */
export async function findBar(tx: Tx, provinceId: number, personId: string): Promise<Day | null> {
  const { rows } = await sql<{ until: Day | null }>`
    select max(barred_until) as until from licence.ending
    where province_id = ${provinceId} and person_id = ${personId}::uuid
  `.execute(tx);
  return rows[0]?.until ?? null;
}

export type NewEnding = {
  readonly provinceId: number;
  readonly licenceId: Id;
  readonly actId: Id;
  readonly kind: 'cancelled' | 'annulled';
  readonly personId: Id | null;
  readonly subjectId: Id | null;
  readonly countyCode: string;
  readonly officeId: Id | null;
  readonly endedOn: Day;
  readonly reasonFa: string;
  readonly barredUntil: Day | null;
  readonly recordedAt: Date;
};

export async function insertEnding(tx: Tx, row: NewEnding): Promise<void> {
  await sql`
    insert into licence.ending (
      province_id, licence_id, act_id, kind, person_id, subject_id, county_code, office_id, ended_on, reason_fa,
      barred_until, recorded_at
    ) values (
      ${row.provinceId}, ${row.licenceId}, ${row.actId}, ${row.kind}, ${row.personId}, ${row.subjectId},
      ${row.countyCode}, ${row.officeId}, ${isoOf(row.endedOn)}, ${row.reasonFa},
      ${row.barredUntil === null ? null : isoOf(row.barredUntil)}, ${row.recordedAt}
    )
  `.execute(tx);
}

/** The names under which persons sign in: of those who signed and acted. */
export async function findNames(tx: Tx, personIds: readonly (Id | null)[]): Promise<ReadonlyMap<Id, string>> {
  const { rows } = await sql<{ personId: Id; name: string }>`
    select person_id as "personId", min(name) as name from access.read_user
    where person_id = any(${personIds.filter((one) => one !== null)}::uuid[])
    group by person_id
  `.execute(tx);
  return new Map(rows.map(({ personId, name }) => [personId, name]));
}
