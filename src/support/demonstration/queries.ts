import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';

export type UserRow = {
  readonly username: string;
  readonly userId: Id;
  readonly personId: Id;
  readonly name: string;
};

/** The users of the demonstration. */
export async function listUsers(tx: Tx): Promise<UserRow[]> {
  const { rows } = await sql<UserRow>`
    select username, user_id as "userId", person_id as "personId", name from access.read_user
  `.execute(tx);
  return rows;
}

export type At = { readonly provinceId: number; readonly countyCode: string };

/** The office of industry in which the sample officer of the agency works. */
export async function findOffice(tx: Tx, { provinceId, countyCode }: At): Promise<Id | undefined> {
  const { rows } = await sql<{ officeId: Id }>`
    select office_id as "officeId" from party.read_agency_office
    where province_id = ${provinceId} and agency_key = 'industry'
      and (county_code is null or county_code = ${countyCode})
    order by county_code nulls last limit 1
  `.execute(tx);
  return rows[0]?.officeId;
}

/** Enterprises of a county, as they came in the sample list. */
export async function listFirms(tx: Tx, { provinceId, countyCode }: At): Promise<Id[]> {
  const { rows } = await sql<{ personId: Id }>`
    select person_id as "personId" from party.read_person
    where province_id = ${provinceId} and county_code = ${countyCode} and form = 'legal' and merged_into is null
    order by person_id
  `.execute(tx);
  return rows.map(({ personId }) => personId);
}

export type HolderRow = {
  readonly workerId: Id;
  readonly basisId: Id;
  readonly occupationId: number;
  readonly categoryKey: string;
};

/** Who holds a licence in a county that industry signs, in force for some time. */
export async function listHolders(tx: Tx, { provinceId, countyCode }: At): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select person_id as "workerId", basis_id as "basisId", occupation_id as "occupationId",
      category_key as "categoryKey"
    from licence.read_holder
    where province_id = ${provinceId} and county_code = ${countyCode} and basis = 'licence' and ended_on is null
      and agency_key = 'industry'
    order by basis_id
  `.execute(tx);
  return rows;
}
