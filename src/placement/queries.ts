import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { latinDigits } from '#kernel/persian.ts';
import type { Tx } from '#platform/db.ts';
import type { AgencyChannel, AgencyFilter, AgencyKind, AgencyStanding, AgencyState } from './contract.ts';

/** Lets a deed that was decided under the narrow scope of its doer ask what spans the province; the province stays. */
export async function widenToProvince(tx: Tx): Promise<void> {
  await sql`
    select set_config('app.county', '', true), set_config('app.office', '', true),
      set_config('app.person', '', true)
  `.execute(tx);
}

export type ProvinceRow = { readonly provinceId: number; readonly slug: string; readonly name: Bilingual };

export async function listProvinces(tx: Tx): Promise<ProvinceRow[]> {
  const { rows } = await sql<ProvinceRow>`
    select province_id as "provinceId", slug, json_build_object('fa', name_fa, 'en', name_en) as name
    from place.read_province order by name_fa
  `.execute(tx);
  return rows;
}

export type CountyRow = { readonly countyCode: string; readonly name: Bilingual };

export async function listCounties(tx: Tx, provinceId: number): Promise<CountyRow[]> {
  const { rows } = await sql<CountyRow>`
    select county_code as "countyCode", json_build_object('fa', name_fa, 'en', name_en) as name
    from place.read_county where province_id = ${provinceId} order by name_fa
  `.execute(tx);
  return rows;
}

/** The names under which persons sign in: of those who acted. */
export async function findDoers(tx: Tx, personIds: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const { rows } = await sql<{ personId: Id; name: string }>`
    select person_id as "personId", min(name) as name from access.read_user
    where person_id = any(${personIds}::uuid[])
    group by person_id
  `.execute(tx);
  return new Map(rows.map(({ personId, name }) => [personId, name]));
}

/** Two entries of one number wait here for one another. */
export async function lockNumber(tx: Tx, { provinceId, permitNumber }: NumberAsked): Promise<void> {
  const key = `placement ${provinceId} ${permitNumber}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}

export type NumberAsked = {
  readonly provinceId: number;
  readonly permitNumber: string;
  readonly agencyId: string;
};

/** Whether another agency that is not closed has the number of a permit. */
export async function isNumberTaken(
  tx: Tx,
  { provinceId, permitNumber, agencyId }: NumberAsked,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from placement.agency
    where province_id = ${provinceId} and permit_number = ${permitNumber} and agency_id <> ${agencyId}::uuid
      and state not in ('ended', 'annulled', 'turned_down', 'withdrawn')
  `.execute(tx);
  return rows.length > 0;
}

type Of = { readonly provinceId: number; readonly agencyId: string };

/** What stands of an agency and may be corrected or changed. */
export type AgencyFacts = {
  readonly name: string;
  readonly kind: AgencyKind;
  readonly channel: AgencyChannel;
  readonly permitNumber: string;
  readonly address: string | null;
  readonly phone: string;
  readonly listed: boolean;
};

export type AgencyRow = AgencyFacts & {
  readonly provinceId: number;
  readonly agencyId: Id;
  readonly countyCode: string;
  readonly openedByPerson: Id;
  readonly enteredOn: Day;
  readonly permitId: Id;
  readonly permitProposedBy: Id;
  readonly state: AgencyState;
  readonly version: number;
  readonly movedAt: Date;
};

export async function insertAgency(tx: Tx, row: AgencyRow): Promise<void> {
  await sql`
    insert into placement.agency (
      province_id, agency_id, county_code, name, kind, channel, permit_number, address, phone, listed,
      opened_by_person, entered_on, permit_id, permit_proposed_by, state, version, moved_at
    ) values (
      ${row.provinceId}, ${row.agencyId}, ${row.countyCode}, ${row.name}, ${row.kind}, ${row.channel},
      ${row.permitNumber}, ${row.address}, ${row.phone}, ${row.listed}, ${row.openedByPerson},
      ${isoOf(row.enteredOn)}, ${row.permitId}, ${row.permitProposedBy}, ${row.state}, ${row.version}, ${row.movedAt}
    )
  `.execute(tx);
}

export type Move = AgencyFacts &
  Pick<
    AgencyRow,
    'provinceId' | 'agencyId' | 'permitId' | 'permitProposedBy' | 'state' | 'version' | 'movedAt'
  > & {
    readonly endedOn: Day | null;
  };

export async function moveAgency(tx: Tx, row: Move): Promise<void> {
  await sql`
    update placement.agency set
      name = ${row.name}, kind = ${row.kind}, channel = ${row.channel}, permit_number = ${row.permitNumber},
      address = ${row.address}, phone = ${row.phone}, listed = ${row.listed}, permit_id = ${row.permitId},
      permit_proposed_by = ${row.permitProposedBy}, state = ${row.state}, version = ${row.version},
      moved_at = ${row.movedAt}, ended_on = ${row.endedOn === null ? null : isoOf(row.endedOn)}::date
    where province_id = ${row.provinceId} and agency_id = ${row.agencyId}
  `.execute(tx);
}

/** Everything that is decided over an agency waits here for one another. */
export async function lockAgency(tx: Tx, { provinceId, agencyId }: Of): Promise<void> {
  await sql`
    select 1 from placement.agency
    where province_id = ${provinceId} and agency_id = ${agencyId}::uuid for update
  `.execute(tx);
}

export type NamedAgency = AgencyRow & {
  readonly countyName: Bilingual;
  readonly endedOn: Day | null;
  readonly standing: AgencyStanding;
  readonly validFrom: Day;
  readonly validUntil: Day;
  readonly sortKey: string;
};

export type AgenciesAsked = {
  readonly provinceId: number;
  readonly agencyId?: string;
  /** Only who is shown to everybody, and whose permit is valid today. */
  readonly isPublic?: boolean;
  readonly filter?: Omit<AgencyFilter, 'sort'> & Partial<Pick<AgencyFilter, 'sort'>>;
  readonly today: Day;
  readonly after?: readonly [sortKey: string, agencyId: string] | null;
  readonly limit: number;
};

/** Half-spaces, Arabic letters and the hamza of an ezafe: letter by letter what each is looked up as, the last as nothing. */
const spelt = '\u200c\u064a\u0643\u0654';
const folded = ' \u06cc\u06a9';

const sortKeys = {
  name: sql`agency.name collate "C"`,
  newest: sql`to_char(agency.entered_on, 'YYYYMMDD') collate "C"`,
  ending: sql`to_char(held.valid_until, 'YYYYMMDD') collate "C"`,
} as const;

/** Agencies within the reader's scope, each with the permit that holds: of those begun the one that lasts longest. */
export async function listAgencies(tx: Tx, asked: AgenciesAsked): Promise<NamedAgency[]> {
  const { provinceId, filter, after = null, agencyId = null } = asked;
  const sort = filter?.sort ?? 'name';
  const [than, order] = sort === 'newest' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
  const today = sql`${isoOf(asked.today)}::date`;
  const search = filter?.search ?? '';
  const standing = sql`
    case
      when agency.state not in ('valid', 'renewal_proposed') then agency.state
      when held.valid_until < ${today} then 'expired'
      when held.valid_from > ${today} then 'coming'
      else agency.state
    end`;
  const { rows } = await sql<NamedAgency>`
    select
      agency.province_id as "provinceId", agency.agency_id as "agencyId", agency.county_code as "countyCode",
      agency.name, agency.kind, agency.channel, agency.permit_number as "permitNumber", agency.address,
      agency.phone, agency.listed, agency.opened_by_person as "openedByPerson",
      agency.entered_on as "enteredOn", agency.ended_on as "endedOn", agency.permit_id as "permitId",
      agency.permit_proposed_by as "permitProposedBy", agency.state, agency.version, agency.moved_at as "movedAt",
      json_build_object('fa', county.name_fa, 'en', county.name_en) as "countyName",
      held.valid_from as "validFrom", held.valid_until as "validUntil", ${standing} as standing,
      ${sortKeys[sort]} as "sortKey"
    from placement.agency agency
    join place.read_county county
      on county.province_id = agency.province_id and county.county_code = agency.county_code
    cross join lateral (
      select permit.valid_from, permit.valid_until
      from placement.permit permit
      left join placement.permit_approval approval
        on approval.province_id = permit.province_id and approval.agency_id = permit.agency_id
        and approval.permit_id = permit.permit_id
      where permit.province_id = agency.province_id and permit.agency_id = agency.agency_id
        and (approval.permit_id is not null or agency.permit_id = permit.permit_id)
      order by approval.permit_id is not null desc, permit.valid_from <= ${today} desc, permit.valid_until desc,
        permit.permit_id
      limit 1
    ) held
    where agency.province_id = ${provinceId}
      and (platform.scope_county() is null or agency.county_code = platform.scope_county())
      and platform.scope_person() is null
      and (${agencyId}::uuid is null or agency.agency_id = ${agencyId}::uuid)
      and (${asked.isPublic !== true} or (agency.listed and ${standing} in ('valid', 'renewal_proposed')))
      and (${filter?.standing ?? null}::text is null or ${standing} = ${filter?.standing ?? null})
      and (${filter?.kind ?? null}::text is null or agency.kind = ${filter?.kind ?? null})
      and (${filter?.county ?? null}::text is null or agency.county_code = ${filter?.county ?? null})
      and (
        strpos(translate(agency.name, ${spelt}, ${folded}), translate(${search}, ${spelt}, ${folded})) > 0
        or (${asked.isPublic !== true} and agency.permit_number = ${latinDigits(search)})
      )
      and (
        ${after === null} or (${sortKeys[sort]}, agency.agency_id)
          ${than} (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid)
      )
    order by ${sortKeys[sort]} ${order}, agency.agency_id ${order}
    limit ${asked.limit}
  `.execute(tx);
  return rows;
}

export type PermitRow = {
  readonly permitId: Id;
  readonly validFrom: Day;
  readonly validUntil: Day;
  readonly proposedByPerson: Id;
  readonly approvedByPerson: Id | null;
};

/** Every permit of an agency, in the order in which they were proposed. */
export async function listPermits(tx: Tx, { provinceId, agencyId }: Of): Promise<PermitRow[]> {
  const { rows } = await sql<PermitRow>`
    select
      permit.permit_id as "permitId", permit.valid_from as "validFrom", permit.valid_until as "validUntil",
      permit.proposed_by_person as "proposedByPerson", approval.approved_by_person as "approvedByPerson"
    from placement.permit permit
    left join placement.permit_approval approval
      on approval.province_id = permit.province_id and approval.agency_id = permit.agency_id
      and approval.permit_id = permit.permit_id
    where permit.province_id = ${provinceId} and permit.agency_id = ${agencyId}::uuid
    order by permit.seq
  `.execute(tx);
  return rows;
}

export type NewPermit = {
  readonly provinceId: number;
  readonly agencyId: Id;
  readonly permitId: Id;
  readonly countyCode: string;
  /** Of the act by which it is proposed. */
  readonly seq: number;
  /** ISO, as the days that follow. */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly byPerson: Id;
  readonly on: Day;
};

export async function insertPermit(tx: Tx, row: NewPermit): Promise<void> {
  await sql`
    insert into placement.permit (
      province_id, agency_id, permit_id, county_code, seq, valid_from, valid_until, proposed_by_person, proposed_on
    ) values (
      ${row.provinceId}, ${row.agencyId}, ${row.permitId}, ${row.countyCode}, ${row.seq}, ${row.validFrom}, ${row.validUntil},
      ${row.byPerson}, ${isoOf(row.on)}
    )
  `.execute(tx);
}

export type NewApproval = {
  readonly agency: Pick<
    AgencyRow,
    'provinceId' | 'agencyId' | 'countyCode' | 'permitId' | 'permitProposedBy'
  >;
  /** Of the first permit; null at a renewal. */
  readonly openedByPerson: Id | null;
  readonly byPerson: Id;
  readonly on: Day;
  readonly at: Date;
};

export async function insertApproval(tx: Tx, { agency, ...row }: NewApproval): Promise<void> {
  await sql`
    insert into placement.permit_approval (
      province_id, agency_id, permit_id, county_code, opened_by_person, proposed_by_person, approved_by_person,
      approved_on, recorded_at
    ) values (
      ${agency.provinceId}, ${agency.agencyId}, ${agency.permitId}, ${agency.countyCode}, ${row.openedByPerson},
      ${agency.permitProposedBy}, ${row.byPerson}, ${isoOf(row.on)}, ${row.at}
    )
  `.execute(tx);
}
