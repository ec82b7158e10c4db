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

/** Persons of a county, as they came in the sample list. */
export async function listPersons(
  tx: Tx,
  { provinceId, countyCode }: { readonly provinceId: number; readonly countyCode: string },
): Promise<Id[]> {
  const { rows } = await sql<{ personId: Id }>`
    select person_id as "personId" from party.read_person
    where province_id = ${provinceId} and county_code = ${countyCode} and form = 'natural' and merged_into is null
    order by person_id
  `.execute(tx);
  return rows.map(({ personId }) => personId);
}

export type OccupationRow = { readonly categoryKey: string; readonly agencyKey: string };

/** The category of an occupation and the agency that signs; industry where none is stated. */
export async function findOccupation(tx: Tx, occupationId: number): Promise<OccupationRow | undefined> {
  const { rows } = await sql<OccupationRow>`
    select listed.category_key as "categoryKey",
      coalesce(listed.agency_key, its.agency_key, 'industry') as "agencyKey"
    from occupation.read_occupation listed
    join occupation.read_category its on its.category_key = listed.category_key
    where listed.occupation_id = ${occupationId}
  `.execute(tx);
  return rows[0];
}

export async function listCounties(tx: Tx, provinceId: number): Promise<string[]> {
  const { rows } = await sql<{ countyCode: string }>`
    select county_code as "countyCode" from place.read_county where province_id = ${provinceId}
    order by county_code
  `.execute(tx);
  return rows.map(({ countyCode }) => countyCode);
}
