import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type {
  CapacityVersion,
  OrderPeriod,
  OrderUnit,
  SupporterFilter,
  SupporterKind,
  SupporterState,
} from './contract.ts';

/** Lets a deed that was decided under the narrow scope of its doer read and write what spans it; the province stays. */
export async function widenToProvince(tx: Tx): Promise<void> {
  await sql`
    select set_config('app.county', '', true), set_config('app.office', '', true),
      set_config('app.person', '', true)
  `.execute(tx);
}

export type ProvinceRow = {
  readonly provinceId: number;
  readonly slug: string;
  readonly name: { readonly fa: string; readonly en: string };
};

export async function listProvinces(tx: Tx): Promise<ProvinceRow[]> {
  const { rows } = await sql<ProvinceRow>`
    select province_id as "provinceId", slug, json_build_object('fa', name_fa, 'en', name_en) as name
    from place.read_province order by name_fa
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

export type PersonFound = { readonly form: 'natural' | 'legal' };

/** A person as `party` shows them to the reader; none that was merged into another. */
export async function findPerson(
  tx: Tx,
  { provinceId, personId }: { readonly provinceId: number; readonly personId: string },
): Promise<PersonFound | undefined> {
  const { rows } = await sql<PersonFound>`
    select form from party.read_person
    where province_id = ${provinceId} and person_id = ${personId}::uuid and merged_into is null
      and last_name is not null
  `.execute(tx);
  return rows[0];
}

export async function listCountyCodes(tx: Tx, provinceId: number): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ countyCode: string }>`
    select county_code as "countyCode" from place.read_county where province_id = ${provinceId}
  `.execute(tx);
  return new Set(rows.map(({ countyCode }) => countyCode));
}

export async function listCategoryKeys(tx: Tx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ categoryKey: string }>`
    select category_key as "categoryKey" from occupation.read_category
  `.execute(tx);
  return new Set(rows.map(({ categoryKey }) => categoryKey));
}

export type SupporterRow = {
  readonly provinceId: number;
  readonly supporterId: Id;
  readonly personId: Id;
  readonly kind: SupporterKind;
  readonly countyCode: string;
  readonly counties: readonly string[];
  readonly recordYears: number;
  readonly ordersUnit: OrderUnit;
  readonly ordersPeriod: OrderPeriod;
  readonly listed: boolean;
  readonly openedByPerson: Id;
  readonly enteredOn: Day;
  readonly proposalId: Id;
  readonly proposedByPerson: Id;
  readonly state: SupporterState;
  readonly version: number;
  readonly movedAt: Date;
};

export async function insertSupporter(tx: Tx, row: SupporterRow): Promise<void> {
  await sql`
    insert into support.supporter (
      province_id, supporter_id, person_id, kind, county_code, counties, record_years, orders_unit, orders_period,
      listed, opened_by_person, entered_on, proposal_id, proposed_by_person, state, version, moved_at
    ) values (
      ${row.provinceId}, ${row.supporterId}, ${row.personId}, ${row.kind}, ${row.countyCode}, ${row.counties}::text[],
      ${row.recordYears}, ${row.ordersUnit}, ${row.ordersPeriod}, ${row.listed}, ${row.openedByPerson},
      ${isoOf(row.enteredOn)}, ${row.proposalId}, ${row.proposedByPerson}, ${row.state}, ${row.version}, ${row.movedAt}
    )
  `.execute(tx);
}

type Of = { readonly provinceId: number; readonly supporterId: string };
export type Ended = { readonly on: Day; readonly year: number; readonly at: Date; readonly actId: Id };
export type Move = Pick<
  SupporterRow,
  'provinceId' | 'supporterId' | 'state' | 'version' | 'movedAt' | 'listed' | 'counties'
> & {
  readonly proposal: { readonly id: Id; readonly byPerson: Id } | null;
  readonly ended: Ended | null;
};

export async function moveSupporter(tx: Tx, row: Move): Promise<void> {
  const { proposal, ended } = row;
  await sql`
    update support.supporter set
      state = ${row.state}, version = ${row.version}, moved_at = ${row.movedAt}, listed = ${row.listed},
      counties = ${row.counties}::text[],
      proposal_id = coalesce(${proposal?.id ?? null}::uuid, proposal_id),
      proposed_by_person = coalesce(${proposal?.byPerson ?? null}::uuid, proposed_by_person),
      ended_on = ${ended === null ? null : isoOf(ended.on)}::date, ended_year = ${ended?.year ?? null}::smallint,
      ended_at = ${ended?.at ?? null}::timestamptz, ended_act = ${ended?.actId ?? null}::uuid
    where province_id = ${row.provinceId} and supporter_id = ${row.supporterId}
  `.execute(tx);
}

/** Everything that decides over a supporter's places waits here for one another. */
export async function lockSupporter(tx: Tx, { provinceId, supporterId }: Of): Promise<void> {
  await sql`
    select 1 from support.supporter
    where province_id = ${provinceId} and supporter_id = ${supporterId}::uuid for update
  `.execute(tx);
}

/** The file of a person as a supporter that is not closed, whatever county keeps it. */
export async function findStanding(
  tx: Tx,
  { provinceId, personId }: { readonly provinceId: number; readonly personId: string },
): Promise<{ readonly enteredOn: Day } | undefined> {
  const { rows } = await sql<{ enteredOn: Day }>`
    select entered_on as "enteredOn" from support.supporter
    where province_id = ${provinceId} and person_id = ${personId}::uuid
      and state not in ('ended', 'turned_down', 'withdrawn')
  `.execute(tx);
  return rows[0];
}

export type NamedSupporter = SupporterRow & {
  readonly name: string | null;
  readonly countyFa: string;
  readonly countyEn: string;
  readonly endedOn: Day | null;
  readonly jobs: number;
  readonly links: number;
  readonly sortKey: string;
};

export type SupportersAsked = {
  readonly provinceId: number;
  readonly supporterId?: string;
  readonly personId?: string;
  /** Only who is shown to everybody, and active. */
  readonly isListed?: boolean;
  readonly filter?: SupporterFilter;
  readonly today: Day;
  readonly after?: readonly [sortKey: string, supporterId: string] | null;
  readonly limit: number;
};

const sortKeys = {
  name: sql`concat_ws(' ', person.last_name, person.first_name) collate "C"`,
  newest: sql`to_char(supporter.entered_on, 'YYYYMMDD') collate "C"`,
  links: sql`lpad(tied.links::text, 9, '0') collate "C"`,
} as const;

/** Supporters within the reader's scope, with the places in force and the links that the reader may see. */
export async function listSupporters(tx: Tx, asked: SupportersAsked): Promise<NamedSupporter[]> {
  const { provinceId, filter, after = null, supporterId = null, personId = null } = asked;
  const sort = filter?.sort ?? 'name';
  const [than, order] = sort === 'name' ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  const { rows } = await sql<NamedSupporter>`
    select
      supporter.province_id as "provinceId", supporter.supporter_id as "supporterId",
      supporter.person_id as "personId", supporter.kind, supporter.county_code as "countyCode",
      supporter.counties, supporter.record_years as "recordYears", supporter.orders_unit as "ordersUnit",
      supporter.orders_period as "ordersPeriod", supporter.listed,
      supporter.opened_by_person as "openedByPerson", supporter.entered_on as "enteredOn",
      supporter.proposal_id as "proposalId", supporter.proposed_by_person as "proposedByPerson",
      supporter.ended_on as "endedOn", supporter.state, supporter.version, supporter.moved_at as "movedAt",
      nullif(concat_ws(' ', person.first_name, person.last_name), '') as name,
      county.name_fa as "countyFa", county.name_en as "countyEn",
      case when supporter.state = 'ended' then 0 else held.jobs end as jobs, tied.links,
      ${sortKeys[sort]} as "sortKey"
    from support.supporter supporter
    join place.read_county county
      on county.province_id = supporter.province_id and county.county_code = supporter.county_code
    left join party.read_person person
      on person.province_id = supporter.province_id and person.person_id = supporter.person_id
    cross join lateral (
      select coalesce(sum(now.jobs), 0)::integer as jobs
      from (
        select distinct on (approval.category_key, approval.county_code) approval.jobs
        from support.capacity_approval approval
        where approval.province_id = supporter.province_id and approval.supporter_id = supporter.supporter_id
          and approval.from_on <= ${isoOf(asked.today)}::date
        order by approval.category_key, approval.county_code, approval.from_on desc, approval.recorded_at desc,
          approval.capacity_id desc
      ) now
    ) held
    cross join lateral (
      select count(*)::integer as links from support.link link
      where link.province_id = supporter.province_id and link.supporter_id = supporter.supporter_id
        and link.ended_on is null
    ) tied
    where supporter.province_id = ${provinceId}
      and (platform.scope_county() is null or supporter.counties @> array[platform.scope_county()])
      and platform.scope_office() is null
      and (platform.scope_person() is null or supporter.person_id::text = platform.scope_person())
      and (${supporterId}::uuid is null or supporter.supporter_id = ${supporterId}::uuid)
      and (
        ${asked.isListed !== true} or (supporter.listed and supporter.state in ('active', 'capacity_proposed'))
      )
      and (${personId}::uuid is null or supporter.person_id = ${personId}::uuid)
      and (${filter?.state ?? null}::text is null or supporter.state = ${filter?.state ?? null})
      and (${filter?.kind ?? null}::text is null or supporter.kind = ${filter?.kind ?? null})
      and (${filter?.county ?? null}::text is null or supporter.counties @> array[${filter?.county ?? null}::text])
      and (
        ${filter?.search ?? null}::text is null
        or position(lower(${filter?.search ?? null}) in lower(concat_ws(' ', person.first_name, person.last_name))) > 0
      )
      and (
        ${after === null} or (${sortKeys[sort]}, supporter.supporter_id)
          ${than} (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid)
      )
    order by ${sortKeys[sort]} ${order}, supporter.supporter_id ${order}
    limit ${asked.limit}
  `.execute(tx);
  return rows;
}

export type ApprovalRow = {
  readonly provinceId: number;
  readonly supporterId: Id;
  readonly approvalId: Id;
  readonly countyCode: string;
  readonly counties: readonly string[];
  readonly kind: SupporterKind;
  readonly openedByPerson: Id;
  readonly approvedByPerson: Id;
  readonly on: Day;
  readonly year: number;
  readonly recordedAt: Date;
};

export async function insertApproval(tx: Tx, row: ApprovalRow): Promise<void> {
  await sql`
    insert into support.approval (
      province_id, supporter_id, approval_id, county_code, counties, kind, opened_by_person, approved_by_person,
      approved_on, approved_year, recorded_at
    ) values (
      ${row.provinceId}, ${row.supporterId}, ${row.approvalId}, ${row.countyCode}, ${row.counties}::text[],
      ${row.kind}, ${row.openedByPerson}, ${row.approvedByPerson}, ${isoOf(row.on)}, ${row.year}, ${row.recordedAt}
    )
  `.execute(tx);
}

export type CapacityProposal = {
  readonly capacityId: string;
  readonly closingId: Id;
  readonly categoryKey: string;
  readonly countyCode: string;
  readonly jobs: number;
  readonly orders: string | null;
  /** ISO. */
  readonly fromOn: string;
};

export async function insertCapacities(
  tx: Tx,
  of: Of & { readonly proposalId: Id; readonly byPerson: Id; readonly on: Day },
  rows: readonly CapacityProposal[],
): Promise<void> {
  await sql`
    insert into support.capacity (
      province_id, supporter_id, category_key, county_code, capacity_id, closing_id, proposal_id, jobs, orders,
      from_on, proposed_by_person, proposed_on
    )
    select ${of.provinceId}::smallint, ${of.supporterId}::uuid, "categoryKey", "countyCode", "capacityId",
      "closingId", ${of.proposalId}::uuid, jobs, orders, "fromOn", ${of.byPerson}::uuid, ${isoOf(of.on)}::date
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      "categoryKey" text, "countyCode" text, "capacityId" uuid, "closingId" uuid, jobs integer, orders bigint,
      "fromOn" date
    )
  `.execute(tx);
}

export type CapacityRow = CapacityVersion & {
  readonly capacityId: Id;
  readonly proposalId: Id;
  readonly categoryKey: string;
  readonly countyCode: string;
  readonly categoryFa: string;
  readonly categoryEn: string;
  readonly countyFa: string;
  readonly countyEn: string;
  readonly proposedByPerson: Id;
  readonly approvedByPerson: Id | null;
  readonly approved: boolean;
};

/** Every version, proposed or approved, in the order in which approved ones take over; `fromOn` as it holds. */
export async function listCapacities(tx: Tx, { provinceId, supporterId }: Of): Promise<CapacityRow[]> {
  const { rows } = await sql<CapacityRow>`
    select
      capacity.capacity_id as "capacityId", capacity.proposal_id as "proposalId",
      capacity.category_key as "categoryKey", capacity.county_code as "countyCode",
      category.name_fa as "categoryFa", category.name_en as "categoryEn", county.name_fa as "countyFa",
      county.name_en as "countyEn", capacity.jobs, capacity.orders,
      coalesce(approval.from_on, capacity.from_on) as "fromOn",
      capacity.proposed_by_person as "proposedByPerson", approval.approved_by_person as "approvedByPerson",
      approval.capacity_id is not null as approved
    from support.capacity capacity
    join occupation.read_category category on category.category_key = capacity.category_key
    join place.read_county county
      on county.province_id = capacity.province_id and county.county_code = capacity.county_code
    left join support.capacity_approval approval
      on approval.province_id = capacity.province_id and approval.supporter_id = capacity.supporter_id
      and approval.category_key = capacity.category_key and approval.county_code = capacity.county_code
      and approval.capacity_id = capacity.capacity_id
    where capacity.province_id = ${provinceId} and capacity.supporter_id = ${supporterId}::uuid
      and (platform.scope_county() is null or capacity.county_code = platform.scope_county())
    order by county.name_fa, category.name_fa, coalesce(approval.from_on, capacity.from_on),
      approval.recorded_at, capacity.proposed_on, capacity.capacity_id
  `.execute(tx);
  return rows;
}

export type CapacityApproval = {
  readonly categoryKey: string;
  readonly countyCode: string;
  readonly capacityId: Id;
  readonly jobs: number;
  readonly change: number;
  /** ISO. */
  readonly fromOn: string;
  readonly fromYear: number;
  readonly proposedByPerson: Id;
};

export async function insertCapacityApprovals(
  tx: Tx,
  of: Of & { readonly byPerson: Id; readonly at: Date },
  rows: readonly CapacityApproval[],
): Promise<void> {
  await sql`
    insert into support.capacity_approval (
      province_id, supporter_id, category_key, county_code, capacity_id, jobs, change, from_on, from_year,
      proposed_by_person, approved_by_person, recorded_at
    )
    select ${of.provinceId}::smallint, ${of.supporterId}::uuid, "categoryKey", "countyCode", "capacityId", jobs,
      change, "fromOn", "fromYear", "proposedByPerson", ${of.byPerson}::uuid, ${of.at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      "categoryKey" text, "countyCode" text, "capacityId" uuid, jobs integer, change integer, "fromOn" date,
      "fromYear" smallint, "proposedByPerson" uuid
    )
  `.execute(tx);
}

export type UseRow = {
  readonly categoryKey: string;
  readonly countyCode: string;
  readonly links: number;
  readonly orders: bigint;
  readonly taken: readonly number[];
};

/** What links in force take of each category and county. */
export async function listUse(tx: Tx, { provinceId, supporterId }: Of): Promise<UseRow[]> {
  const { rows } = await sql<UseRow>`
    select category_key as "categoryKey", county_code as "countyCode", count(*)::integer as links,
      sum(orders)::bigint as orders, array_agg(place_number order by place_number) as taken
    from support.link
    where province_id = ${provinceId} and supporter_id = ${supporterId}::uuid and ended_on is null
      and (platform.scope_county() is null or county_code = platform.scope_county())
    group by category_key, county_code
  `.execute(tx);
  return rows;
}

export type OfferedRow = { readonly supporterId: Id; readonly nameFa: string; readonly nameEn: string };

/** In which categories those who are shown to everybody have a capacity. */
export async function listOffered(tx: Tx, provinceId: number): Promise<OfferedRow[]> {
  const { rows } = await sql<OfferedRow>`
    select distinct approval.supporter_id as "supporterId", category.name_fa as "nameFa", category.name_en as "nameEn"
    from support.capacity_approval approval
    join support.supporter supporter
      on supporter.province_id = approval.province_id and supporter.supporter_id = approval.supporter_id
      and supporter.listed
    join occupation.read_category category on category.category_key = approval.category_key
    where approval.province_id = ${provinceId}
    order by category.name_fa
  `.execute(tx);
  return rows;
}
