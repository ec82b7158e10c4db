import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { InquiryAnswer, InquiryKind, RequestState } from '../contract.ts';

/** The second fence beside the policies (L9). */
const requestInScope = sql`
  (platform.scope_county() is null or request.county_code = platform.scope_county())
  and (
    platform.scope_office() is null or request.office_id::text = platform.scope_office()
    or request.review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or request.subject_id::text = platform.scope_person())
`;
export type RequestRow = {
  readonly provinceId: number;
  readonly requestId: Id;
  readonly personId: Id;
  readonly subjectId: Id;
  readonly countyCode: string;
  readonly occupationId: number;
  readonly categoryKey: string;
  readonly agencyKey: string;
  readonly officeId: Id;
  readonly extraCheck: string | null;
  readonly reviewOfficeId: Id | null;
  readonly renewsLicenceId: Id | null;
  readonly selfService: boolean;
  readonly submittedOn: Day;
  readonly promisedOn: Day;
  readonly state: RequestState;
  readonly version: number;
  readonly movedAt: Date;
};
export type NamedRequest = RequestRow & {
  readonly holderName: string | null;
  readonly titleFa: string;
  readonly titleEn: string;
  readonly countyFa: string;
  readonly countyEn: string;
  readonly licenceId: Id | null;
  readonly licenceNumber: string | null;
  readonly licencesHeld: number;
};

export async function insertRequest(tx: Tx, row: RequestRow): Promise<void> {
  await sql`
    insert into licence.request (
      province_id, request_id, person_id, subject_id, county_code, occupation_id, category_key, agency_key,
      office_id, extra_check, review_office_id, renews_licence_id, self_service, submitted_on, promised_on, state,
      version, moved_at
    ) values (
      ${row.provinceId}, ${row.requestId}, ${row.personId}, ${row.subjectId}, ${row.countyCode},
      ${row.occupationId}, ${row.categoryKey}, ${row.agencyKey}, ${row.officeId}, ${row.extraCheck},
      ${row.reviewOfficeId}, ${row.renewsLicenceId}, ${row.selfService}, ${isoOf(row.submittedOn)},
      ${isoOf(row.promisedOn)}, ${row.state}, ${row.version}, ${row.movedAt}
    )
  `.execute(tx);
}

export type RequestMove = Pick<RequestRow, 'provinceId' | 'requestId' | 'state' | 'version' | 'movedAt'> & {
  /** Of a request that came back mended: the promise runs anew from that day. */
  readonly again: { readonly submittedOn: Day; readonly promisedOn: Day } | null;
};

export async function updateRequest(tx: Tx, row: RequestMove): Promise<void> {
  const { again } = row;
  await sql`
    update licence.request set
      state = ${row.state},
      version = ${row.version},
      moved_at = ${row.movedAt},
      submitted_on = coalesce(${again === null ? null : isoOf(again.submittedOn)}::date, submitted_on),
      promised_on = coalesce(${again === null ? null : isoOf(again.promisedOn)}::date, promised_on)
    where province_id = ${row.provinceId} and request_id = ${row.requestId}
  `.execute(tx);
}

export type RequestsAsked = {
  readonly provinceId: number;
  readonly personId?: string;
  readonly requestId: string | null;
  readonly state: string | null;
  readonly countyCode: string | null;
  readonly agencyKey: string | null;
  readonly limit: number;
};

/** Requests within the reader's scope, the oldest promise first. */
export async function listRequests(tx: Tx, asked: RequestsAsked): Promise<NamedRequest[]> {
  const { rows } = await sql<NamedRequest>`
    select
      request.province_id as "provinceId", request.request_id as "requestId", request.person_id as "personId",
      request.subject_id as "subjectId", request.county_code as "countyCode",
      request.occupation_id as "occupationId", request.category_key as "categoryKey",
      request.agency_key as "agencyKey", request.office_id as "officeId", request.extra_check as "extraCheck",
      request.review_office_id as "reviewOfficeId", request.renews_licence_id as "renewsLicenceId",
      request.self_service as "selfService", request.submitted_on as "submittedOn",
      request.promised_on as "promisedOn", request.state, request.version, request.moved_at as "movedAt",
      nullif(concat_ws(' ', person.first_name, person.last_name), '') as "holderName",
      listed.title_fa as "titleFa", listed.title_en as "titleEn", county.name_fa as "countyFa",
      county.name_en as "countyEn", licence.licence_id as "licenceId", licence.number as "licenceNumber",
      (
        select count(*)::integer from licence.licence held
        where held.province_id = request.province_id and held.person_id = request.person_id
          and not exists (
            select 1 from licence.ending
            where ending.province_id = held.province_id and ending.licence_id = held.licence_id
          )
      ) as "licencesHeld"
    from licence.request request
    join occupation.read_occupation listed on listed.occupation_id = request.occupation_id
    join place.read_county county
      on county.province_id = request.province_id and county.county_code = request.county_code
    left join party.read_person person
      on person.province_id = request.province_id and person.person_id = request.person_id
    left join licence.licence licence
      on licence.province_id = request.province_id and licence.request_id = request.request_id
    where request.province_id = ${asked.provinceId}
      and ${requestInScope}
      and (${asked.requestId}::uuid is null or request.request_id = ${asked.requestId}::uuid)
      and (${asked.personId ?? null}::uuid is null or request.person_id = ${asked.personId ?? null}::uuid)
      and (${asked.state}::text is null or request.state = ${asked.state})
      and (${asked.countyCode}::text is null or request.county_code = ${asked.countyCode})
      and (${asked.agencyKey}::text is null or request.agency_key = ${asked.agencyKey})
    order by request.promised_on, request.request_id
    limit ${asked.limit}
  `.execute(tx);
  return rows;
}

/** What requests are for, within the reader's scope. */
export async function listOccupationsAsked(
  tx: Tx,
  { provinceId, requestIds }: { readonly provinceId: number; readonly requestIds: readonly string[] },
): Promise<{ readonly requestId: Id; readonly titleFa: string; readonly titleEn: string }[]> {
  const { rows } = await sql<{ requestId: Id; titleFa: string; titleEn: string }>`
    select request.request_id as "requestId", listed.title_fa as "titleFa", listed.title_en as "titleEn"
    from licence.request request
    join occupation.read_occupation listed on listed.occupation_id = request.occupation_id
    where request.province_id = ${provinceId} and ${requestInScope}
      and request.request_id = any(${requestIds}::uuid[])
  `.execute(tx);
  return rows;
}

/** The open request of a person for an occupation, whoever it lies with: to be asked in the width of the province. */
export async function findOpenRequest(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly personId: string;
    readonly occupationId: number;
    /** The request that is looked past: is there another one? */
    readonly except?: string;
  },
): Promise<{ readonly submittedOn: Day } | undefined> {
  const { rows } = await sql<{ submittedOn: Day }>`
    select submitted_on as "submittedOn" from licence.request
    where province_id = ${asked.provinceId}
      and person_id = ${asked.personId}::uuid
      and occupation_id = ${asked.occupationId}
      and state not in ('issued', 'turned_down', 'upheld', 'withdrawn')
      and (${asked.except ?? null}::uuid is null or request_id <> ${asked.except ?? null}::uuid)
    limit 1
  `.execute(tx);
  return rows[0];
}

/** One deed at a time on the licences of a person; ends with the transaction. */
export async function lockHolder(tx: Tx, provinceId: number, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`licence ${provinceId} ${personId}`}))`.execute(tx);
}

/** The office of an agency for a county, or for the whole province; its names where there is none. */
export async function findOfficeOf(
  tx: Tx,
  asked: { readonly provinceId: number; readonly agencyKey: string; readonly countyCode: string },
): Promise<{ readonly officeId: Id | null; readonly shortFa: string; readonly shortEn: string } | undefined> {
  const { rows } = await sql<{ officeId: Id | null; shortFa: string; shortEn: string }>`
    select office.office_id as "officeId", agency.short_fa as "shortFa", agency.short_en as "shortEn"
    from party.read_agency agency
    left join party.read_agency_office office
      on office.province_id = ${asked.provinceId}
      and office.agency_key = agency.agency_key
    where agency.agency_key = ${asked.agencyKey}
    order by office.county_code is distinct from ${asked.countyCode}, office.county_code is not null
    limit 1
  `.execute(tx);
  return rows[0];
}

export async function insertInquiries(
  tx: Tx,
  request: RequestRow,
  asked: {
    readonly inquiryId: Id;
    readonly at: Date;
    readonly answers: Readonly<Record<InquiryKind, InquiryAnswer>>;
  },
): Promise<void> {
  for (const [kind, answer] of Object.entries(asked.answers))
    await sql`
      insert into licence.inquiry (
        province_id, inquiry_id, request_id, subject_id, county_code, office_id, kind, answer, asked_at
      ) values (
        ${request.provinceId}, ${asked.inquiryId}, ${request.requestId}, ${request.subjectId},
        ${request.countyCode}, ${request.officeId}, ${kind}, ${answer}, ${asked.at}
      )
    `.execute(tx);
}

export async function listInquiries(
  tx: Tx,
  { provinceId, requestId }: { readonly provinceId: number; readonly requestId: string },
): Promise<{ readonly kind: InquiryKind; readonly answer: InquiryAnswer }[]> {
  const { rows } = await sql<{ kind: InquiryKind; answer: InquiryAnswer }>`
    select distinct on (kind) kind, answer from licence.inquiry
    where province_id = ${provinceId} and request_id = ${requestId}::uuid
    order by kind, asked_at desc
  `.execute(tx);
  return rows;
}

export type FirstSignature = { readonly firstSignatureId: Id; readonly signedByPerson: Id };

export async function insertFirstSignature(
  tx: Tx,
  request: RequestRow,
  signed: FirstSignature & { readonly signedByUser: Id; readonly at: Date },
): Promise<void> {
  await sql`
    insert into licence.first_signature (
      province_id, first_signature_id, request_id, subject_id, county_code, office_id, signed_by_person,
      signed_by_user, signed_at
    ) values (
      ${request.provinceId}, ${signed.firstSignatureId}, ${request.requestId}, ${request.subjectId},
      ${request.countyCode}, ${request.officeId}, ${signed.signedByPerson}, ${signed.signedByUser}, ${signed.at}
    )
  `.execute(tx);
}

/** The latest first signature of a request: one that was returned may be signed again. */
export async function findFirstSignature(
  tx: Tx,
  { provinceId, requestId }: { readonly provinceId: number; readonly requestId: string },
): Promise<FirstSignature | undefined> {
  const { rows } = await sql<FirstSignature>`
    select first_signature_id as "firstSignatureId", signed_by_person as "signedByPerson"
    from licence.first_signature
    where province_id = ${provinceId} and request_id = ${requestId}::uuid
    order by signed_at desc, first_signature_id desc
    limit 1
  `.execute(tx);
  return rows[0];
}

export type LatenessRow = {
  readonly agencyKey: string;
  readonly requests: number;
  readonly open: number;
  readonly late: number;
};

/** Of each agency: its requests, those under way, and those that passed their promise, done or not. */
export async function listLateness(
  tx: Tx,
  asked: { readonly provinceId: number; readonly today: Day },
): Promise<LatenessRow[]> {
  const { rows } = await sql<LatenessRow>`
    select
      request.agency_key as "agencyKey",
      count(*)::integer as requests,
      count(*) filter (where request.state not in ('issued', 'turned_down', 'upheld', 'withdrawn'))::integer as open,
      count(*) filter (
        where request.state <> 'withdrawn'
          and coalesce(licence.issued_on, ${isoOf(asked.today)}::date) > request.promised_on
          and (licence.issued_on is not null or request.state not in ('turned_down', 'upheld'))
      )::integer as late
    from licence.request request
    left join licence.licence licence
      on licence.province_id = request.province_id and licence.request_id = request.request_id
    where request.province_id = ${asked.provinceId} and ${requestInScope}
    group by request.agency_key
    order by late desc, request.agency_key
  `.execute(tx);
  return rows;
}
