import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
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

export type HolderRow = { readonly workerId: Id; readonly basisId: Id };

/** Who holds a licence in a county that industry signs, in force since the first draft of the story; each person once. */
export async function listHolders(
  tx: Tx,
  {
    provinceId,
    countyCode,
    category,
    since,
    until,
  }: At & { readonly category: string; readonly since: Day; readonly until: Day },
): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select distinct on (person_id) person_id as "workerId", basis_id as "basisId"
    from licence.read_holder
    where province_id = ${provinceId} and county_code = ${countyCode} and basis = 'licence' and ended_on is null
      and agency_key = 'industry' and valid_from <= ${isoOf(since)}::date and expires_on >= ${isoOf(until)}::date
      and category_key = ${category}
    order by person_id, basis_id
  `.execute(tx);
  return rows;
}
