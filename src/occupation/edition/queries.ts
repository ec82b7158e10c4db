import { sql } from 'kysely';
import { nationwide, type ActorScope } from '#kernel/actor.ts';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { recordset } from '#platform/csv.ts';
import type { Tx } from '#platform/db.ts';
import type { EditionEntry, Known, KnownBody, KnownCategory, NewEdition } from './contract.ts';

/** The installation itself: where the list of the whole country is kept. */
export const country: ActorScope = { province: nationwide, county: null, office: null, person: null };

export type EditionRow = {
  readonly editionId: Id;
  readonly nameFa: string;
  readonly nameEn: string | null;
  readonly decisionNumber: string;
  readonly inForceFrom: Day;
  readonly proposedByPerson: Id;
  readonly published: boolean;
  readonly occupations: number;
  /** Of its case; null outside the scope of the installation. */
  readonly state: string | null;
  readonly version: number | null;
};

/** Every edition, the newest first. What waits is for the administrators: others see no case of it. */
export async function listEditions(tx: Tx, editionId: string | null): Promise<EditionRow[]> {
  const { rows } = await sql<EditionRow>`
    select
      edition.edition_id as "editionId",
      edition.name_fa as "nameFa",
      edition.name_en as "nameEn",
      edition.decision_number as "decisionNumber",
      edition.in_force_from as "inForceFrom",
      edition.proposed_by_person as "proposedByPerson",
      publication.edition_id is not null as published,
      (
        select count(*)::integer from occupation.edition_entry entry
        where entry.province_id = edition.province_id and entry.edition_id = edition.edition_id
      ) as occupations,
      file.state,
      file.version
    from occupation.edition edition
    left join occupation.edition_publication publication
      on publication.province_id = edition.province_id and publication.edition_id = edition.edition_id
    left join casework.read_case file
      on file.province_id = edition.province_id and file.id = edition.edition_id
    where edition.province_id = ${nationwide} and (${editionId}::uuid is null or edition.edition_id = ${editionId})
    order by edition.in_force_from desc, edition.edition_id desc
  `.execute(tx);
  return rows;
}

/** The edition in force on a day; undefined where no list was ever published. */
export async function findEditionInForce(
  tx: Tx,
  on: Day,
): Promise<{ readonly editionId: Id; readonly inForceFrom: Day } | undefined> {
  const { rows } = await sql<{ editionId: Id; inForceFrom: Day }>`
    select edition_id as "editionId", in_force_from as "inForceFrom"
    from occupation.edition_publication
    where province_id = ${nationwide} and in_force_from <= ${isoOf(on)}
    order by in_force_from desc
    limit 1
  `.execute(tx);
  return rows[0];
}

export async function isPublished(tx: Tx, editionId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from occupation.edition_publication
    where province_id = ${nationwide} and edition_id = ${editionId}
  `.execute(tx);
  return rows.length > 0;
}

export async function listEntries(tx: Tx, editionId: string): Promise<EditionEntry[]> {
  const { rows } = await sql<EditionEntry>`
    select
      occupation_id as "occupationId",
      title_fa as "titleFa",
      title_en as "titleEn",
      category_key as "categoryKey",
      agency_key as "agencyKey",
      extra_check as "extraCheck"
    from occupation.edition_entry
    where province_id = ${nationwide} and edition_id = ${editionId}
    order by title_fa
  `.execute(tx);
  return rows;
}

export async function findKnown(tx: Tx): Promise<Known> {
  const occupations = await sql<Known['occupations'][number]>`
    select
      occupation_id as "occupationId", title_fa as "titleFa", title_en as "titleEn",
      category_key as "categoryKey"
    from occupation.occupation
  `.execute(tx);
  const categories = await sql<KnownCategory>`
    select
      category_key as "categoryKey", name_fa as "nameFa", name_en as "nameEn", agency_key as "agencyKey",
      extra_check as "extraCheck"
    from occupation.category
  `.execute(tx);
  const bodies = await sql<KnownBody>`
    select agency_key as "agencyKey", array[name_fa, name_en, short_fa, short_en] as names from party.read_agency
  `.execute(tx);
  return { occupations: occupations.rows, categories: categories.rows, bodies: bodies.rows };
}

export type StoredEdition = NewEdition & {
  readonly contentHash: string;
  readonly proposedByPerson: Id;
  readonly proposedByUser: Id;
};

export async function insertEdition(tx: Tx, row: StoredEdition): Promise<void> {
  await sql`
    insert into occupation.edition (
      province_id, edition_id, name_fa, name_en, decision_number, in_force_from, source_key, content_hash,
      proposed_by_person, proposed_by_user
    ) values (
      ${nationwide}, ${row.editionId}, ${row.nameFa}, ${row.nameEn}, ${row.decisionNumber},
      ${isoOf(row.inForceFrom)}, ${row.sourceKey}, ${row.contentHash}, ${row.proposedByPerson},
      ${row.proposedByUser}
    )
  `.execute(tx);
}

/** An entry with its titles as the search compares them. */
export type StoredEntry = EditionEntry & { readonly searchText: string };

export async function insertEntries(tx: Tx, editionId: Id, rows: readonly StoredEntry[]): Promise<void> {
  await sql`
    insert into occupation.edition_entry (
      province_id, edition_id, occupation_id, title_fa, title_en, search_text, category_key, agency_key,
      extra_check
    )
    select
      ${nationwide}::smallint, ${editionId}::uuid, "occupationId", "titleFa", "titleEn", "searchText",
      "categoryKey", "agencyKey", "extraCheck"
    from json_to_recordset(${JSON.stringify(rows)}::json) as list (
      "occupationId" smallint, "titleFa" text, "titleEn" text, "searchText" text, "categoryKey" text,
      "agencyKey" text, "extraCheck" text
    )
  `.execute(tx);
}

/**
 * Gives ids to occupations that nobody knew. Two lists that are entered at once cannot take the same: the lock
 * is the installation's and ends with the transaction.
 */
export async function nextOccupationId(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('occupation.occupation_id'))`.execute(tx);
  const { rows } = await sql<{ next: number }>`
    select greatest(max(occupation_id), ${lastOfOurFiles}) + 1 as next from occupation.occupation
  `.execute(tx);
  return rows[0]?.next ?? lastOfOurFiles + 1;
}
/** Data files of later releases keep the ids below this one. */
const lastOfOurFiles = 5000;

export type NewOccupation = StoredEntry & { readonly titleKind: 'list_item' | 'demonstration' };

export async function insertOccupations(
  tx: Tx,
  occupations: readonly NewOccupation[],
  sourceKey: string,
): Promise<void> {
  const rows = occupations.map((one) => ({
    occupation_id: String(one.occupationId),
    title_fa: one.titleFa,
    title_en: one.titleEn,
    search_text: one.searchText,
    category_key: one.categoryKey,
    agency_key: one.agencyKey ?? '',
    title_kind: one.titleKind,
  }));
  await sql`
    insert into occupation.occupation (
      occupation_id, title_fa, title_en, search_text, category_key, category_basis, agency_key, title_kind, note,
      source_keys
    )
    select
      occupation_id, title_fa, title_en, search_text, category_key, 'source', agency_key, title_kind, '{}',
      array[${sourceKey}::text]
    from json_to_recordset(${recordset(rows)}::json) as list (
      occupation_id smallint, title_fa text, title_en text, search_text text, category_key text, agency_key text,
      title_kind text
    )
  `.execute(tx);
}

export type NewPublication = {
  readonly editionId: Id;
  readonly inForceFrom: Day;
  readonly proposedByPerson: Id;
  readonly publishedByPerson: Id;
  readonly publishedByUser: Id;
  readonly publishedAt: Date;
};

/** False when another edition is in force from that day or a later one: no past day may come to have another list. */
export async function insertPublication(tx: Tx, row: NewPublication): Promise<boolean> {
  // Of two at once each would not see the other.
  await sql`select pg_advisory_xact_lock(hashtextextended('occupation.edition_publication', 0))`.execute(tx);
  const { rows } = await sql`
    insert into occupation.edition_publication (
      province_id, edition_id, in_force_from, proposed_by_person, published_by_person, published_by_user,
      published_at
    )
    select ${nationwide}, ${row.editionId}::uuid, ${isoOf(row.inForceFrom)}::date, ${row.proposedByPerson}::uuid,
      ${row.publishedByPerson}::uuid, ${row.publishedByUser}::uuid, ${row.publishedAt}::timestamptz
    where not exists (
      select from occupation.edition_publication
      where province_id = ${nationwide} and in_force_from >= ${isoOf(row.inForceFrom)}
    )
    returning edition_id
  `.execute(tx);
  return rows.length === 1;
}

/** What the list in force on a day says of an occupation; without any list, what public sources say of it. */
export async function findEntryOn(tx: Tx, occupationId: number, on: Day): Promise<EditionEntry | undefined> {
  const inForce = await findEditionInForce(tx, on);
  const { rows } = await sql<EditionEntry>`
    select
      occupation.occupation_id as "occupationId",
      coalesce(entry.title_fa, occupation.title_fa) as "titleFa",
      coalesce(entry.title_en, occupation.title_en) as "titleEn",
      category.category_key as "categoryKey",
      coalesce(entry.agency_key, occupation.agency_key, category.agency_key) as "agencyKey",
      case when entry.edition_id is null then category.extra_check else entry.extra_check end as "extraCheck"
    from occupation.occupation occupation
    left join occupation.edition_entry entry
      on entry.province_id = ${nationwide}
      and entry.edition_id = ${inForce?.editionId ?? null}
      and entry.occupation_id = occupation.occupation_id
    join occupation.category category
      on category.category_key = coalesce(entry.category_key, occupation.category_key)
    where occupation.occupation_id = ${occupationId}
      and (${inForce?.editionId ?? null}::uuid is null or entry.edition_id is not null)
  `.execute(tx);
  return rows[0];
}
