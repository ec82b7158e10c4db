import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Bound } from './contract.ts';

/** Who holds shares of a cooperative that stands or is being formed. */
export async function listBound(
  tx: Tx,
  { provinceId, closed }: { readonly provinceId: number; readonly closed: readonly string[] },
): Promise<Bound[]> {
  const { rows } = await sql<Bound>`
    select entry.person_id as "personId", cooperative.occupation_id as "occupationId"
    from cooperative.share_entry entry
    join cooperative.cooperative cooperative
      on cooperative.province_id = entry.province_id and cooperative.cooperative_id = entry.cooperative_id
    where entry.province_id = ${provinceId} and cooperative.state <> all(${closed}::text[])
    group by entry.cooperative_id, entry.person_id, cooperative.occupation_id
    having sum(entry.shares) > 0
  `.execute(tx);
  return rows;
}

export type PlaceName = {
  readonly occupationId: number;
  readonly countyCode: string;
  readonly titleFa: string;
  readonly titleEn: string;
  readonly countyFa: string;
  readonly countyEn: string;
};

/** The names of the occupations and counties of clusters. */
export async function listPlaceNames(
  tx: Tx,
  {
    provinceId,
    places,
  }: {
    readonly provinceId: number;
    readonly places: readonly { readonly occupationId: number; readonly countyCode: string }[];
  },
): Promise<PlaceName[]> {
  const given = places.map(({ occupationId, countyCode }) => ({ occupationId, countyCode }));
  const { rows } = await sql<PlaceName>`
    select given."occupationId", given."countyCode", listed.title_fa as "titleFa", listed.title_en as "titleEn",
      county.name_fa as "countyFa", county.name_en as "countyEn"
    from json_to_recordset(${JSON.stringify(given)}::json) as given ("occupationId" smallint, "countyCode" text)
    join occupation.read_occupation listed on listed.occupation_id = given."occupationId"
    join place.read_county county
      on county.province_id = ${provinceId} and county.county_code = given."countyCode"
  `.execute(tx);
  return rows;
}

export type InvitedRow = {
  readonly occupationId: number;
  readonly countyCode: string;
  readonly personId: string;
  readonly invitedOn: Day;
};

export async function listInvited(tx: Tx, provinceId: number): Promise<InvitedRow[]> {
  const { rows } = await sql<InvitedRow>`
    select occupation_id as "occupationId", county_code as "countyCode", person_id as "personId",
      invited_on as "invitedOn"
    from cooperative.invitation
    where province_id = ${provinceId}
      and (platform.scope_county() is null or county_code = platform.scope_county())
  `.execute(tx);
  return rows;
}

/** Writes down who is invited now, and gives back those who were not before: two at once invite nobody twice. */
export async function insertInvited(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly invitationId: Id;
    readonly countyCode: string;
    readonly occupationId: number;
    readonly byPerson: Id;
    readonly on: Day;
    readonly personIds: readonly string[];
  },
): Promise<Id[]> {
  const { rows } = await sql<{ personId: Id }>`
    insert into cooperative.invitation (
      province_id, county_code, occupation_id, person_id, invitation_id, invited_by_person, invited_on
    )
    select ${row.provinceId}::smallint, ${row.countyCode}::text, ${row.occupationId}::smallint, person,
      ${row.invitationId}::uuid, ${row.byPerson}::uuid, ${isoOf(row.on)}::date
    from unnest(${row.personIds}::uuid[]) as person
    order by person
    on conflict (province_id, county_code, occupation_id, person_id) do nothing
    returning person_id as "personId"
  `.execute(tx);
  return rows.map(({ personId }) => personId);
}

/** Whom this invitation invited already, and how many: sent again, it answers the same (L5). */
export async function findInvited(
  tx: Tx,
  { provinceId, invitationId }: { readonly provinceId: number; readonly invitationId: string },
): Promise<
  { readonly occupationId: number; readonly countyCode: string; readonly invited: number } | undefined
> {
  const { rows } = await sql<{ occupationId: number; countyCode: string; invited: number }>`
    select occupation_id as "occupationId", county_code as "countyCode", count(*)::integer as invited
    from cooperative.invitation
    where province_id = ${provinceId} and invitation_id = ${invitationId}::uuid
    group by occupation_id, county_code
  `.execute(tx);
  return rows[0];
}
