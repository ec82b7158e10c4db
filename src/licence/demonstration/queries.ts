import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';

export type DemonstrationUserRow = {
  readonly username: string;
  readonly userId: Id;
  readonly personId: Id;
  readonly name: string;
};

/** The users of the demonstration. */
export async function listUsers(tx: Tx): Promise<DemonstrationUserRow[]> {
  const { rows } = await sql<DemonstrationUserRow>`
    select username, user_id as "userId", person_id as "personId", name from access.read_user
  `.execute(tx);
  return rows;
}

export async function listOffices(
  tx: Tx,
  provinceId: number,
): Promise<{ readonly officeId: Id; readonly agencyKey: string }[]> {
  const { rows } = await sql<{ officeId: Id; agencyKey: string }>`
    select office_id as "officeId", agency_key as "agencyKey" from party.read_agency_office
    where province_id = ${provinceId}
  `.execute(tx);
  return rows;
}

export async function listCounties(tx: Tx, provinceId: number): Promise<string[]> {
  const { rows } = await sql<{ countyCode: string }>`
    select county_code as "countyCode" from place.read_county where province_id = ${provinceId}
    order by county_code
  `.execute(tx);
  return rows.map(({ countyCode }) => countyCode);
}

/** Occupations of which a history is made up: those whose agency is known. */
export async function listOccupations(
  tx: Tx,
): Promise<{ readonly occupationId: number; readonly categoryKey: string; readonly agencyKey: string }[]> {
  const { rows } = await sql<{ occupationId: number; categoryKey: string; agencyKey: string }>`
    select
      listed.occupation_id as "occupationId", listed.category_key as "categoryKey",
      coalesce(listed.agency_key, its.agency_key) as "agencyKey"
    from occupation.read_occupation listed
    join occupation.read_category its on its.category_key = listed.category_key
    where coalesce(listed.agency_key, its.agency_key) is not null and listed.occupation_id < 1000
    order by listed.occupation_id
  `.execute(tx);
  return rows;
}
