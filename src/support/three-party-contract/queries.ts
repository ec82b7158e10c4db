import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Contract, ContractState, Holding, Party } from './contract.ts';

export type HoldingRow = Holding & {
  readonly basis: Contract['basis'];
  readonly basisId: Id;
  readonly personId: Id;
  readonly countyCode: string;
  readonly officeId: Id | null;
  readonly occupationId: number;
  readonly categoryKey: string;
  readonly agencyKey: string;
};

/** The licence or request on which a worker builds, where the reader may see both it and the person. */
export async function findHolding(
  tx: Tx,
  asked: { readonly provinceId: number; readonly basisId: string; readonly personId: string },
): Promise<HoldingRow | undefined> {
  const { rows } = await sql<HoldingRow>`
    select
      holder.basis, holder.basis_id as "basisId", holder.person_id as "personId",
      holder.county_code as "countyCode", holder.office_id as "officeId",
      holder.occupation_id as "occupationId", holder.category_key as "categoryKey",
      holder.agency_key as "agencyKey", holder.valid_from as "validFrom", holder.expires_on as "expiresOn",
      holder.ended_on as "endedOn"
    from licence.read_holder holder
    join party.read_person person
      on person.province_id = holder.province_id and person.person_id = holder.person_id
      and person.merged_into is null
    where holder.province_id = ${asked.provinceId} and holder.basis_id = ${asked.basisId}::uuid
      and holder.person_id = ${asked.personId}::uuid
  `.execute(tx);
  return rows[0];
}

export type CandidateRow = {
  readonly personId: Id;
  readonly name: string | null;
  readonly titleFa: string;
  readonly titleEn: string;
  readonly basis: Contract['basis'];
  readonly basisId: Id;
  readonly expiresOn: Day | null;
};

/** Who holds or asks for a licence in a category and county today and is tied to nobody in its occupation. */
export async function listCandidates(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly supporterPersonId: Id;
    readonly categoryKey: string;
    readonly countyCode: string;
    readonly search: string | null;
    readonly today: Day;
    readonly limit: number;
  },
): Promise<CandidateRow[]> {
  const { rows } = await sql<CandidateRow>`
    select
      holder.person_id as "personId", nullif(concat_ws(' ', person.first_name, person.last_name), '') as name,
      listed.title_fa as "titleFa", listed.title_en as "titleEn", holder.basis, holder.basis_id as "basisId",
      holder.expires_on as "expiresOn"
    from licence.read_holder holder
    join party.read_person person
      on person.province_id = holder.province_id and person.person_id = holder.person_id
      and person.merged_into is null
    join occupation.read_occupation listed on listed.occupation_id = holder.occupation_id
    where holder.province_id = ${asked.provinceId} and holder.category_key = ${asked.categoryKey}
      and holder.county_code = ${asked.countyCode} and holder.person_id <> ${asked.supporterPersonId}
      -- A granted request stands in the list as the licence that came of it.
      and (holder.basis = 'licence' or holder.expires_on is null)
      and holder.valid_from <= ${isoOf(asked.today)}::date and holder.ended_on is null
      and (holder.expires_on is null or holder.expires_on >= ${isoOf(asked.today)}::date)
      and (
        ${asked.search}::text is null
        or position(lower(${asked.search}) in lower(concat_ws(' ', person.first_name, person.last_name))) > 0
      )
      and not exists (
        select 1 from support.contract contract
        where contract.province_id = holder.province_id and contract.worker_id = holder.person_id
          and contract.occupation_id = holder.occupation_id
          and contract.state not in ('declined', 'cancelled', 'ended')
      )
    order by person.last_name, person.first_name, holder.basis_id
    limit ${asked.limit}
  `.execute(tx);
  return rows;
}

/** The office of an agency that a county's contracts lie with: its own, or the one of the whole province. */
export async function findOffice(
  tx: Tx,
  asked: { readonly provinceId: number; readonly agencyKey: string; readonly countyCode: string },
): Promise<
  { readonly officeId: Id | null; readonly agencyFa: string; readonly agencyEn: string } | undefined
> {
  const { rows } = await sql<{ officeId: Id | null; agencyFa: string; agencyEn: string }>`
    select office.office_id as "officeId", agency.short_fa as "agencyFa", agency.short_en as "agencyEn"
    from party.read_agency agency
    left join party.read_agency_office office
      on office.agency_key = agency.agency_key and office.province_id = ${asked.provinceId}
      and (office.county_code is null or office.county_code = ${asked.countyCode})
    where agency.agency_key = ${asked.agencyKey}
    order by office.county_code nulls last, office.office_id
    limit 1
  `.execute(tx);
  return rows[0];
}

/** A contract of a worker for an occupation that is not closed, whatever county keeps it. */
export async function findOpenContract(
  tx: Tx,
  asked: { readonly provinceId: number; readonly workerId: string; readonly occupationId: number },
): Promise<{ readonly draftedOn: Day } | undefined> {
  const { rows } = await sql<{ draftedOn: Day }>`
    select drafted_on as "draftedOn" from support.contract
    where province_id = ${asked.provinceId} and worker_id = ${asked.workerId}::uuid
      and occupation_id = ${asked.occupationId} and state not in ('declined', 'cancelled', 'ended')
  `.execute(tx);
  return rows[0];
}

/** Takes the next number of a province and year. */
export async function takeNumber(
  tx: Tx,
  { provinceId, year }: { readonly provinceId: number; readonly year: number },
): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into support.numbering as kept (province_id, year, last) values (${provinceId}, ${year}, 1)
    on conflict (province_id, year) do update set last = kept.last + excluded.last
    returning last
  `.execute(tx);
  return rows[0]?.last ?? 1;
}

export type ContractRow = {
  readonly provinceId: number;
  readonly contractId: Id;
  readonly number: string;
  readonly supporterId: Id;
  readonly supporterPersonId: Id;
  readonly workerId: Id;
  readonly basis: Contract['basis'];
  readonly basisId: Id;
  readonly occupationId: number;
  readonly categoryKey: string;
  readonly countyCode: string;
  readonly agencyKey: string;
  readonly officeId: Id;
  readonly orders: bigint;
  readonly draftedByPerson: Id;
  readonly draftedOn: Day;
  readonly state: ContractState;
  readonly version: number;
  readonly movedAt: Date;
};

/** False when another contract of the worker and occupation was there first. */
export async function insertContract(tx: Tx, row: ContractRow): Promise<boolean> {
  const { rows } = await sql`
    insert into support.contract (
      province_id, contract_id, number, supporter_id, supporter_person_id, worker_id, basis, basis_id,
      occupation_id, category_key, county_code, agency_key, office_id, orders, drafted_by_person, drafted_on,
      state, version, moved_at
    ) values (
      ${row.provinceId}, ${row.contractId}, ${row.number}, ${row.supporterId}, ${row.supporterPersonId},
      ${row.workerId}, ${row.basis}, ${row.basisId}, ${row.occupationId}, ${row.categoryKey}, ${row.countyCode},
      ${row.agencyKey}, ${row.officeId}, ${row.orders}, ${row.draftedByPerson}, ${isoOf(row.draftedOn)},
      ${row.state}, ${row.version}, ${row.movedAt}
    )
    on conflict (province_id, worker_id, occupation_id) where state not in ('declined', 'cancelled', 'ended')
    do nothing
    returning contract_id
  `.execute(tx);
  return rows.length === 1;
}

export async function moveContract(
  tx: Tx,
  row: Pick<ContractRow, 'provinceId' | 'contractId' | 'state' | 'version' | 'movedAt'>,
): Promise<void> {
  await sql`
    update support.contract set state = ${row.state}, version = ${row.version}, moved_at = ${row.movedAt}
    where province_id = ${row.provinceId} and contract_id = ${row.contractId}
  `.execute(tx);
}

export type NamedContract = ContractRow & {
  readonly supporterName: string | null;
  readonly workerName: string | null;
  readonly titleFa: string;
  readonly titleEn: string;
  readonly countyFa: string;
  readonly countyEn: string;
  readonly agencyFa: string;
  readonly agencyEn: string;
  readonly provinceFa: string;
  readonly holdsUntil: Day | null;
  readonly linkedOn: Day | null;
  readonly endedOn: Day | null;
};

export type ContractsAsked = {
  readonly provinceId: number;
  readonly contractId?: string;
  readonly number?: string;
  readonly supporterId?: string | null;
  readonly personId?: string;
  readonly state?: ContractState | null;
  readonly search?: string | null;
  readonly after?: readonly [draftedOn: string, contractId: string] | null;
  readonly limit: number;
};

/** Contracts within the reader's scope, the newest first. */
export async function listContracts(tx: Tx, asked: ContractsAsked): Promise<NamedContract[]> {
  const { provinceId, after = null, search = null, state = null } = asked;
  const { contractId = null, number = null, supporterId = null, personId = null } = asked;
  const { rows } = await sql<NamedContract>`
    select
      contract.province_id as "provinceId", contract.contract_id as "contractId", contract.number,
      contract.supporter_id as "supporterId", contract.supporter_person_id as "supporterPersonId",
      contract.worker_id as "workerId", contract.basis, contract.basis_id as "basisId",
      contract.occupation_id as "occupationId", contract.category_key as "categoryKey",
      contract.county_code as "countyCode", contract.agency_key as "agencyKey",
      contract.office_id as "officeId", contract.orders, contract.drafted_by_person as "draftedByPerson",
      contract.drafted_on as "draftedOn", contract.state, contract.version, contract.moved_at as "movedAt",
      nullif(concat_ws(' ', backer.first_name, backer.last_name), '') as "supporterName",
      nullif(concat_ws(' ', worker.first_name, worker.last_name), '') as "workerName",
      listed.title_fa as "titleFa", listed.title_en as "titleEn", county.name_fa as "countyFa",
      county.name_en as "countyEn", agency.short_fa as "agencyFa", agency.short_en as "agencyEn",
      province.name_fa as "provinceFa",
      case when holder.ended_on is null then holder.expires_on end as "holdsUntil",
      link.linked_on as "linkedOn", link.ended_on as "endedOn"
    from support.contract contract
    join place.read_province province on province.province_id = contract.province_id
    join place.read_county county
      on county.province_id = contract.province_id and county.county_code = contract.county_code
    join occupation.read_occupation listed on listed.occupation_id = contract.occupation_id
    join party.read_agency agency on agency.agency_key = contract.agency_key
    left join party.read_person backer
      on backer.province_id = contract.province_id and backer.person_id = contract.supporter_person_id
    left join party.read_person worker
      on worker.province_id = contract.province_id and worker.person_id = contract.worker_id
    left join licence.read_holder holder
      on holder.province_id = contract.province_id and holder.basis_id = contract.basis_id
      and holder.basis = contract.basis
    left join support.link link
      on link.province_id = contract.province_id and link.contract_id = contract.contract_id
    where contract.province_id = ${provinceId}
      and (platform.scope_county() is null or contract.county_code = platform.scope_county())
      and (platform.scope_office() is null or contract.office_id::text = platform.scope_office())
      and (
        platform.scope_person() is null or contract.worker_id::text = platform.scope_person()
        or contract.supporter_person_id::text = platform.scope_person()
      )
      and (${contractId}::uuid is null or contract.contract_id = ${contractId}::uuid)
      and (${number}::text is null or contract.number = ${number})
      and (${supporterId}::uuid is null or contract.supporter_id = ${supporterId}::uuid)
      and (${personId}::uuid is null or contract.worker_id = ${personId}::uuid)
      and (${state}::text is null or contract.state = ${state})
      and (
        ${search}::text is null or contract.number = ${search}
        or position(lower(${search}) in lower(concat_ws(' ', backer.first_name, backer.last_name))) > 0
        or position(lower(${search}) in lower(concat_ws(' ', worker.first_name, worker.last_name))) > 0
      )
      and (
        ${after === null} or (contract.drafted_on, contract.contract_id)
          < (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid)
      )
    order by contract.drafted_on desc, contract.contract_id desc
    limit ${asked.limit}
  `.execute(tx);
  return rows;
}

type Of = { readonly provinceId: number; readonly contractId: Id };
export type SignatureRow = { readonly party: Party; readonly byPerson: Id; readonly at: Date };

export async function listSignatures(tx: Tx, { provinceId, contractId }: Of): Promise<SignatureRow[]> {
  const { rows } = await sql<SignatureRow>`
    select party, signed_by_person as "byPerson", signed_at as at from support.signature
    where province_id = ${provinceId} and contract_id = ${contractId}
    order by signed_at
  `.execute(tx);
  return rows;
}

export async function insertSignature(
  tx: Tx,
  contract: ContractRow,
  signed: {
    readonly party: Party;
    readonly signatureId: Id;
    readonly byPerson: Id;
    readonly byUser: Id;
    readonly at: Date;
  },
): Promise<void> {
  await sql`
    insert into support.signature (
      province_id, contract_id, party, signature_id, supporter_person_id, worker_id, county_code, office_id,
      signed_by_person, signed_by_user, signed_at
    ) values (
      ${contract.provinceId}, ${contract.contractId}, ${signed.party}, ${signed.signatureId},
      ${contract.supporterPersonId}, ${contract.workerId}, ${contract.countyCode}, ${contract.officeId},
      ${signed.byPerson}, ${signed.byUser}, ${signed.at}
    )
  `.execute(tx);
}

export type NewLink = {
  readonly linkId: Id;
  readonly placeNumber: number;
  readonly capacityId: Id;
  readonly capacityJobs: number;
  readonly on: Day;
  readonly year: number;
  readonly at: Date;
};

export async function insertLink(tx: Tx, contract: ContractRow, link: NewLink): Promise<void> {
  await sql`
    insert into support.link (
      province_id, link_id, contract_id, supporter_id, worker_id, occupation_id, category_key, county_code,
      agency_key, office_id, orders, place_number, capacity_id, capacity_jobs, first_party, second_party,
      third_party, linked_on, linked_year, recorded_at
    ) values (
      ${contract.provinceId}, ${link.linkId}, ${contract.contractId}, ${contract.supporterId},
      ${contract.workerId}, ${contract.occupationId}, ${contract.categoryKey}, ${contract.countyCode},
      ${contract.agencyKey}, ${contract.officeId}, ${contract.orders}, ${link.placeNumber}, ${link.capacityId},
      ${link.capacityJobs}, 'supporter', 'worker', 'agency', ${isoOf(link.on)}, ${link.year}, ${link.at}
    )
  `.execute(tx);
}

export async function endLink(
  tx: Tx,
  { provinceId, contractId }: Of,
  ended: { readonly on: Day; readonly year: number; readonly at: Date; readonly actId: Id },
): Promise<void> {
  await sql`
    update support.link set
      ended_on = ${isoOf(ended.on)}, ended_year = ${ended.year}, ended_at = ${ended.at}, ended_act = ${ended.actId}
    where province_id = ${provinceId} and contract_id = ${contractId} and ended_on is null
  `.execute(tx);
}
