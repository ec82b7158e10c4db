import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import { recordset, type CatalogueRow } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import type {
  Agency,
  AgencyOffice,
  AgentBank,
  Bank,
  BankStatus,
  Branch,
  NewAgencyOffice,
  NewAgentBank,
  NewBranch,
  agencyRoles,
} from './contract.ts';

export async function upsertAgencies(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into party.agency as kept (agency_key, name_fa, name_en, short_fa, short_en, source_keys)
    select agency_key, name_fa, name_en, short_fa, short_en, string_to_array(source_keys, ';')
    from json_to_recordset(${recordset(rows)}::json) as file (
      agency_key text, name_fa text, name_en text, short_fa text, short_en text, source_keys text
    )
    on conflict (agency_key) do update set
      name_fa = excluded.name_fa,
      name_en = excluded.name_en,
      short_fa = excluded.short_fa,
      short_en = excluded.short_en,
      source_keys = excluded.source_keys
    where (kept.name_fa, kept.name_en, kept.short_fa, kept.short_en, kept.source_keys) is distinct from (
      excluded.name_fa, excluded.name_en, excluded.short_fa, excluded.short_en, excluded.source_keys
    )
  `.execute(db);
}

export async function insertAgencyRoles(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into party.agency_role (agency_key, role)
    select agency_key, unnest(string_to_array(roles, ';'))
    from json_to_recordset(${recordset(rows)}::json) as file (agency_key text, roles text)
    on conflict (agency_key, role) do nothing
  `.execute(db);
}

export async function upsertBanks(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into party.bank as kept (
      bank_code, name_fa, name_en, card_prefixes, status, successor, note, source_keys
    )
    select
      bank_code, name_fa, name_en, coalesce(string_to_array(card_prefixes, ';'), '{}'), status, successor,
      coalesce(string_to_array(note, ';'), '{}'), string_to_array(source_keys, ';')
    from json_to_recordset(${recordset(rows)}::json) as file (
      bank_code text, name_fa text, name_en text, card_prefixes text, status text, successor text, note text,
      source_keys text
    )
    on conflict (bank_code) do update set
      name_fa = excluded.name_fa,
      name_en = excluded.name_en,
      card_prefixes = excluded.card_prefixes,
      status = excluded.status,
      successor = excluded.successor,
      note = excluded.note,
      source_keys = excluded.source_keys
    where (
      kept.name_fa, kept.name_en, kept.card_prefixes, kept.status, kept.successor, kept.note, kept.source_keys
    ) is distinct from (
      excluded.name_fa, excluded.name_en, excluded.card_prefixes, excluded.status, excluded.successor,
      excluded.note, excluded.source_keys
    )
  `.execute(db);
}

export type AgentBankRows = { readonly provinceId: number; readonly rows: readonly CatalogueRow[] };

/** The rows of one province, under whose scope `tx` must stand. */
export async function upsertAgentBanks(tx: Tx, { provinceId, rows }: AgentBankRows): Promise<void> {
  await sql`
    insert into party.agent_bank as kept (province_id, budget_year, programme, bank_code, source_key, note)
    select
      ${provinceId}::smallint, budget_year, programme, bank_code, source_key,
      coalesce(string_to_array(note, ';'), '{}')
    from json_to_recordset(${recordset(rows)}::json) as file (
      budget_year smallint, programme text, bank_code text, source_key text, note text
    )
    on conflict (province_id, budget_year, programme, bank_code) do update set
      source_key = excluded.source_key,
      note = excluded.note
    where (kept.source_key, kept.note) is distinct from (excluded.source_key, excluded.note)
  `.execute(tx);
}

export type AgencyRow = Omit<Agency, 'roles'> & { readonly roles: (typeof agencyRoles)[number][] };

export async function listAgencies(db: Database): Promise<AgencyRow[]> {
  const found = await sql<AgencyRow>`
    select
      agency.agency_key as "agencyKey",
      agency.name_fa as "nameFa",
      agency.name_en as "nameEn",
      agency.short_fa as "shortFa",
      agency.short_en as "shortEn",
      array(
        select role from party.agency_role role where role.agency_key = agency.agency_key order by role.role
      ) as roles,
      agency.source_keys as "sourceKeys"
    from party.agency agency
    order by agency.name_fa
  `.execute(db);
  return found.rows;
}

export type BankRow = Omit<Bank, 'offered' | 'statusName' | 'notes'> & { readonly note: string[] };

const bankColumns = sql`
  bank_code as "bankCode",
  name_fa as "nameFa",
  name_en as "nameEn",
  card_prefixes as "cardPrefixes",
  status,
  successor,
  note,
  source_keys as "sourceKeys"
`;

export async function listBanks(db: Database): Promise<BankRow[]> {
  const found = await sql<BankRow>`select ${bankColumns} from party.bank order by bank_code`.execute(db);
  return found.rows;
}

export async function findBank(
  db: Database,
  bankCode: string,
): Promise<{ nameFa: string; nameEn: string; status: BankStatus } | undefined> {
  const found = await sql<{ nameFa: string; nameEn: string; status: BankStatus }>`
    select name_fa as "nameFa", name_en as "nameEn", status from party.bank where bank_code = ${bankCode}
  `.execute(db);
  return found.rows[0];
}

export type CountyAsked = { readonly provinceId: number; readonly countyCode: string };

export async function hasCounty(db: Database, { provinceId, countyCode }: CountyAsked): Promise<boolean> {
  const found = await sql`
    select 1 from place.read_county where province_id = ${provinceId} and county_code = ${countyCode}
  `.execute(db);
  return found.rows.length > 0;
}

const branchColumns = sql`
  branch.branch_id as "branchId",
  branch.province_id as "provinceId",
  branch.bank_code as "bankCode",
  branch.branch_code as "branchCode",
  branch.county_code as "countyCode",
  branch.name_fa as "nameFa",
  branch.name_en as "nameEn",
  branch.source_key as "sourceKey"
`;

export type BranchesAsked = {
  readonly bankCode: string;
  readonly provinceSlug: string | null;
  readonly countyCode: string | null;
  /** The province of the reader's scope; null for those who read all. The second fence beside the policy. */
  readonly scopeProvince: number | null;
  readonly after: readonly [branchCode: string, branchId: string] | null;
  readonly limit: number;
};

/** By branch code; two provinces may have the same code, so the id parts them. */
export async function listBranches(tx: Tx, asked: BranchesAsked): Promise<Branch[]> {
  const found = await sql<Branch>`
    select ${branchColumns}
    from party.branch branch
    join place.read_province province on province.province_id = branch.province_id
    where branch.bank_code = ${asked.bankCode}
      and (${asked.scopeProvince}::smallint is null or branch.province_id = ${asked.scopeProvince})
      and (${asked.provinceSlug}::text is null or province.slug = ${asked.provinceSlug})
      and (${asked.countyCode}::text is null or branch.county_code = ${asked.countyCode})
      and (
        ${asked.after === null}
        or (branch.branch_code, branch.branch_id::text)
          > (${asked.after?.[0] ?? ''}, ${asked.after?.[1] ?? ''})
      )
    order by branch.branch_code, branch.branch_id::text
    limit ${asked.limit}
  `.execute(tx);
  return found.rows;
}

export type BranchByCode = Pick<NewBranch, 'provinceId' | 'bankCode' | 'branchCode'>;

export async function findBranchByCode(tx: Tx, asked: BranchByCode): Promise<Branch | undefined> {
  const found = await sql<Branch>`
    select ${branchColumns}
    from party.branch branch
    where branch.province_id = ${asked.provinceId}
      and branch.bank_code = ${asked.bankCode}
      and branch.branch_code = ${asked.branchCode}
  `.execute(tx);
  return found.rows[0];
}

/** False when a branch of this bank, code and province stands already. */
export async function insertBranch(
  tx: Tx,
  branch: NewBranch & { readonly openedAt: Date },
): Promise<boolean> {
  const found = await sql`
    insert into party.branch (
      province_id, branch_id, bank_code, branch_code, county_code, name_fa, name_en, opened_at, source_key
    ) values (
      ${branch.provinceId}, ${branch.branchId}, ${branch.bankCode}, ${branch.branchCode}, ${branch.countyCode},
      ${branch.nameFa}, ${branch.nameEn}, ${branch.openedAt}, ${branch.sourceKey}
    )
    on conflict (province_id, bank_code, branch_code) do nothing
    returning branch_id
  `.execute(tx);
  return found.rows.length > 0;
}

export type AgentBanksAsked = {
  readonly provinceSlug: string;
  readonly budgetYear: number | null;
  readonly scopeProvince: number | null;
};

export type AgentBankRow = Omit<AgentBank, 'programmeName' | 'notes'> & { readonly note: string[] };

export async function listAgentBanks(tx: Tx, asked: AgentBanksAsked): Promise<AgentBankRow[]> {
  const found = await sql<AgentBankRow>`
    select
      agent.province_id as "provinceId",
      agent.budget_year as "budgetYear",
      agent.programme,
      agent.bank_code as "bankCode",
      bank.name_fa as "bankNameFa",
      bank.name_en as "bankNameEn",
      agent.note,
      agent.source_key as "sourceKey"
    from party.agent_bank agent
    join party.bank bank on bank.bank_code = agent.bank_code
    join place.read_province province on province.province_id = agent.province_id
    where province.slug = ${asked.provinceSlug}
      and (${asked.scopeProvince}::smallint is null or agent.province_id = ${asked.scopeProvince})
      and (${asked.budgetYear}::smallint is null or agent.budget_year = ${asked.budgetYear})
    order by agent.budget_year, agent.programme, agent.bank_code
  `.execute(tx);
  return found.rows;
}

export async function insertAgentBank(tx: Tx, agent: NewAgentBank): Promise<void> {
  await sql`
    insert into party.agent_bank (province_id, budget_year, programme, bank_code, source_key, note)
    values (
      ${agent.provinceId}, ${agent.budgetYear}, ${agent.programme}, ${agent.bankCode}, ${agent.sourceKey}, '{}'
    )
    on conflict (province_id, budget_year, programme, bank_code) do nothing
  `.execute(tx);
}

export async function hasAgency(db: Database, agencyKey: string): Promise<boolean> {
  const found = await sql`select 1 from party.agency where agency_key = ${agencyKey}`.execute(db);
  return found.rows.length > 0;
}

const officeColumns = sql`
  office.office_id as "officeId",
  office.province_id as "provinceId",
  office.agency_key as "agencyKey",
  office.county_code as "countyCode",
  office.name_fa as "nameFa",
  office.name_en as "nameEn",
  office.source_key as "sourceKey"
`;

export type OfficesAsked = {
  readonly agencyKey: string;
  readonly provinceSlug: string | null;
  readonly scopeProvince: number | null;
  readonly after: readonly [nameFa: string, officeId: string] | null;
  readonly limit: number;
};

/** By name; the id parts two of one name. */
export async function listOffices(tx: Tx, asked: OfficesAsked): Promise<AgencyOffice[]> {
  const found = await sql<AgencyOffice>`
    select ${officeColumns}
    from party.agency_office office
    join place.read_province province on province.province_id = office.province_id
    where office.agency_key = ${asked.agencyKey}
      and (${asked.scopeProvince}::smallint is null or office.province_id = ${asked.scopeProvince})
      and (${asked.provinceSlug}::text is null or province.slug = ${asked.provinceSlug})
      and (
        ${asked.after === null}
        or (office.name_fa, office.office_id::text)
          > (${asked.after?.[0] ?? ''}, ${asked.after?.[1] ?? ''})
      )
    order by office.name_fa, office.office_id::text
    limit ${asked.limit}
  `.execute(tx);
  return found.rows;
}

/** The office of a body for a county, or for the whole province when `countyCode` is null. */
export async function findOffice(
  tx: Tx,
  asked: { readonly provinceId: number; readonly agencyKey: string; readonly countyCode: string | null },
): Promise<AgencyOffice | undefined> {
  const found = await sql<AgencyOffice>`
    select ${officeColumns}
    from party.agency_office office
    where office.province_id = ${asked.provinceId}
      and office.agency_key = ${asked.agencyKey}
      and office.county_code is not distinct from ${asked.countyCode}::text
  `.execute(tx);
  return found.rows[0];
}

/** False when this body has such an office already. */
export async function insertOffice(
  tx: Tx,
  office: NewAgencyOffice & { readonly openedAt: Date },
): Promise<boolean> {
  const found = await sql<{ officeId: Id }>`
    insert into party.agency_office (
      province_id, office_id, agency_key, county_code, name_fa, name_en, opened_at, source_key
    ) values (
      ${office.provinceId}, ${office.officeId}, ${office.agencyKey}, ${office.countyCode}, ${office.nameFa},
      ${office.nameEn}, ${office.openedAt}, ${office.sourceKey}
    )
    on conflict (province_id, agency_key, county_code) do nothing
    returning office_id
  `.execute(tx);
  return found.rows.length > 0;
}

export type WorkplaceRow = {
  readonly officeId: string;
  readonly nameFa: string;
  readonly nameEn: string;
  readonly countyCode: string | null;
};

/** Where an officer of an agency, or of a bank, can work in a province: offices or branches, by name. */
export async function listWorkplaces(
  tx: Tx,
  { provinceId, of }: { readonly provinceId: number; readonly of: 'agency' | 'bank' },
): Promise<WorkplaceRow[]> {
  const found =
    of === 'agency'
      ? await sql<WorkplaceRow>`
          select office_id as "officeId", name_fa as "nameFa", name_en as "nameEn", county_code as "countyCode"
          from party.agency_office where province_id = ${provinceId} order by name_fa, office_id`.execute(tx)
      : await sql<WorkplaceRow>`
          select branch.branch_id as "officeId", bank.name_fa || '، ' || branch.name_fa as "nameFa",
            bank.name_en || ', ' || branch.name_en as "nameEn", branch.county_code as "countyCode"
          from party.branch branch join party.bank bank on bank.bank_code = branch.bank_code
          where branch.province_id = ${provinceId} order by 2, 1`.execute(tx);
  return found.rows;
}
