import { sql } from 'kysely';
import { nationwide } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { isoOf } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { ownSource } from '#place/contract.ts';
import { recordset, type CatalogueRow } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import type { Category, NewLoanOpening, NewOccupationOpening, Occupation } from './contract.ts';

export async function upsertCategories(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into occupation.category as kept (
      category_key, name_fa, name_en, agency_key, agency_basis, extra_check, in_use_from, in_use_until, note,
      source_keys
    )
    select
      category_key, name_fa, name_en, agency_key, agency_basis, extra_check, in_use_from, in_use_until,
      coalesce(string_to_array(note, ';'), '{}'), string_to_array(source_keys, ';')
    from json_to_recordset(${recordset(rows)}::json) as file (
      category_key text, name_fa text, name_en text, agency_key text, agency_basis text, extra_check text,
      in_use_from smallint, in_use_until smallint, note text, source_keys text
    )
    on conflict (category_key) do update set
      name_fa = excluded.name_fa,
      name_en = excluded.name_en,
      agency_key = excluded.agency_key,
      agency_basis = excluded.agency_basis,
      extra_check = excluded.extra_check,
      in_use_from = excluded.in_use_from,
      in_use_until = excluded.in_use_until,
      note = excluded.note,
      source_keys = excluded.source_keys
    where (
      kept.name_fa, kept.name_en, kept.agency_key, kept.agency_basis, kept.extra_check, kept.in_use_from,
      kept.in_use_until, kept.note, kept.source_keys
    ) is distinct from (
      excluded.name_fa, excluded.name_en, excluded.agency_key, excluded.agency_basis, excluded.extra_check,
      excluded.in_use_from, excluded.in_use_until, excluded.note, excluded.source_keys
    )
  `.execute(db);
}

/** Rows of the data file with `search_text` added. */
export async function upsertOccupations(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into occupation.occupation as kept (
      occupation_id, title_fa, title_en, search_text, category_key, category_basis, agency_key, named_in,
      title_kind, note, source_keys
    )
    select
      occupation_id, title_fa, title_en, search_text, category_key, category_basis, agency_key, named_in,
      title_kind, coalesce(string_to_array(note, ';'), '{}'), string_to_array(source_keys, ';')
    from json_to_recordset(${recordset(rows)}::json) as file (
      occupation_id smallint, title_fa text, title_en text, search_text text, category_key text,
      category_basis text, agency_key text, named_in smallint, title_kind text, note text, source_keys text
    )
    on conflict (occupation_id) do update set
      title_fa = excluded.title_fa,
      title_en = excluded.title_en,
      search_text = excluded.search_text,
      category_key = excluded.category_key,
      category_basis = excluded.category_basis,
      agency_key = excluded.agency_key,
      named_in = excluded.named_in,
      title_kind = excluded.title_kind,
      note = excluded.note,
      source_keys = excluded.source_keys
    where (
      kept.title_fa, kept.title_en, kept.search_text, kept.category_key, kept.category_basis, kept.agency_key,
      kept.named_in, kept.title_kind, kept.note, kept.source_keys
    ) is distinct from (
      excluded.title_fa, excluded.title_en, excluded.search_text, excluded.category_key,
      excluded.category_basis, excluded.agency_key, excluded.named_in, excluded.title_kind, excluded.note,
      excluded.source_keys
    )
  `.execute(db);
}

export type CategoryRow = Omit<Category, 'agencyBasisName' | 'notes' | 'loanOpening'> & {
  readonly note: string[];
};

export async function listCategories(db: Database): Promise<CategoryRow[]> {
  const found = await sql<CategoryRow>`
    select
      category_key as "categoryKey",
      name_fa as "nameFa",
      name_en as "nameEn",
      agency_key as "agencyKey",
      agency_basis as "agencyBasis",
      extra_check as "extraCheck",
      in_use_from as "inUseFrom",
      in_use_until as "inUseUntil",
      note,
      source_keys as "sourceKeys"
    from occupation.category
    order by category_key
  `.execute(db);
  return found.rows;
}

export async function hasCategory(db: Database, categoryKey: string): Promise<boolean> {
  const found = await sql`select 1 from occupation.category where category_key = ${categoryKey}`.execute(db);
  return found.rows.length > 0;
}

export type OpeningRow = {
  readonly loanOpeningId: string;
  readonly categoryKey: string;
  readonly open: boolean;
  readonly inForceFrom: Day;
  readonly reasonFa: string;
  readonly sourceKey: string;
};

export type OpeningsAsked = {
  readonly provinceId: number;
  readonly budgetYear: number;
  readonly on: Day;
};

const openingColumns = sql`
  opening.loan_opening_id as "loanOpeningId",
  opening.category_key as "categoryKey",
  opening.open,
  opening.in_force_from as "inForceFrom",
  opening.reason_fa as "reasonFa",
  opening.source_key as "sourceKey"
`;

/** The word in force on a day for each category that has one. */
export async function listOpenings(tx: Tx, asked: OpeningsAsked): Promise<OpeningRow[]> {
  const found = await sql<OpeningRow>`
    select distinct on (opening.category_key) ${openingColumns}
    from occupation.loan_opening opening
    where opening.province_id = ${asked.provinceId}
      and opening.budget_year = ${asked.budgetYear}
      and opening.in_force_from <= ${isoOf(asked.on)}
    order by opening.category_key, opening.in_force_from desc
  `.execute(tx);
  return found.rows;
}

export type OpeningOfDay = Pick<NewLoanOpening, 'provinceId' | 'budgetYear' | 'categoryKey' | 'inForceFrom'>;

export async function findOpeningOfDay(tx: Tx, asked: OpeningOfDay): Promise<OpeningRow | undefined> {
  const found = await sql<OpeningRow>`
    select ${openingColumns}
    from occupation.loan_opening opening
    where opening.province_id = ${asked.provinceId}
      and opening.budget_year = ${asked.budgetYear}
      and opening.category_key = ${asked.categoryKey}
      and opening.in_force_from = ${isoOf(asked.inForceFrom)}
  `.execute(tx);
  return found.rows[0];
}

/** False when the province has a word on this category from the same day already. */
export async function insertOpening(tx: Tx, opening: NewLoanOpening): Promise<boolean> {
  const found = await sql`
    insert into occupation.loan_opening (
      province_id, loan_opening_id, budget_year, category_key, open, in_force_from, reason_fa, source_key,
      recorded_at
    ) values (
      ${opening.provinceId}, ${opening.loanOpeningId}, ${opening.budgetYear}, ${opening.categoryKey},
      ${opening.open}, ${isoOf(opening.inForceFrom)}, ${opening.reasonFa}, ${opening.sourceKey},
      ${opening.recordedAt}
    )
    on conflict (province_id, budget_year, category_key, in_force_from) do nothing
    returning loan_opening_id
  `.execute(tx);
  return found.rows.length > 0;
}

export async function findProvinceId(db: Database, slug: string): Promise<number | undefined> {
  const found = await sql<{ provinceId: number }>`
    select province_id as "provinceId" from place.read_province where slug = ${slug}
  `.execute(db);
  return found.rows[0]?.provinceId;
}

export type OccupationRow = Omit<Occupation, 'titleKindName' | 'notes' | 'loan'> & {
  readonly note: string[];
  readonly searchText: string;
};

/**
 * The occupations of an edition by title; without one, the titles that public sources name. The whole list: it
 * has some hundred rows, and a search that forgives slips must look at each.
 */
export async function listOccupations(db: Database, editionId: string | null): Promise<OccupationRow[]> {
  const found = await sql<OccupationRow>`
    select
      occupation.occupation_id as "occupationId",
      coalesce(entry.title_fa, occupation.title_fa) as "titleFa",
      coalesce(entry.title_en, occupation.title_en) as "titleEn",
      coalesce(entry.search_text, occupation.search_text) as "searchText",
      category.category_key as "categoryKey",
      case when entry.category_key <> occupation.category_key then 'source' else occupation.category_basis end
        as "categoryBasis",
      coalesce(entry.agency_key, occupation.agency_key, category.agency_key) as "agencyKey",
      case when entry.edition_id is null then category.extra_check else entry.extra_check end as "extraCheck",
      case when entry.edition_id is null then category.extra_check else entry.extra_check end is not null
        as starred,
      occupation.named_in as "namedIn",
      occupation.title_kind as "titleKind",
      occupation.note,
      occupation.source_keys as "sourceKeys"
    from occupation.occupation occupation
    left join occupation.edition_entry entry
      on entry.province_id = ${nationwide}
      and entry.edition_id = ${editionId}
      and entry.occupation_id = occupation.occupation_id
    join occupation.category category
      on category.category_key = coalesce(entry.category_key, occupation.category_key)
    where entry.edition_id is not null
      or (
        ${editionId}::uuid is null
        and occupation.title_kind <> 'demonstration'
        and occupation.source_keys <> array[${ownSource}::text]
      )
    order by coalesce(entry.title_fa, occupation.title_fa)
  `.execute(db);
  return found.rows;
}

export async function hasOccupation(db: Database, occupationId: number): Promise<boolean> {
  const found = await sql`
    select 1 from occupation.occupation where occupation_id = ${occupationId}
  `.execute(db);
  return found.rows.length > 0;
}

export type OccupationOpeningRow = Omit<OpeningRow, 'loanOpeningId' | 'categoryKey'> & {
  readonly openingId: string;
  readonly occupationId: number;
};

/** The word in force on a day for each occupation that has one. */
export async function listOccupationOpenings(tx: Tx, asked: OpeningsAsked): Promise<OccupationOpeningRow[]> {
  const found = await sql<OccupationOpeningRow>`
    select distinct on (occupation_id)
      occupation_opening_id as "openingId", occupation_id as "occupationId", open,
      in_force_from as "inForceFrom", reason_fa as "reasonFa", source_key as "sourceKey"
    from occupation.occupation_opening
    where province_id = ${asked.provinceId}
      and budget_year = ${asked.budgetYear}
      and in_force_from <= ${isoOf(asked.on)}
    order by occupation_id, in_force_from desc
  `.execute(tx);
  return found.rows;
}

/** Null when it is stored; the word that stands from the same day when one was in the way. */
export async function insertOccupationOpening(
  tx: Tx,
  opening: NewOccupationOpening,
): Promise<OccupationOpeningRow | null> {
  const stored = await sql`
    insert into occupation.occupation_opening (
      province_id, occupation_opening_id, budget_year, occupation_id, open, in_force_from, reason_fa, source_key,
      recorded_at
    ) values (
      ${opening.provinceId}, ${opening.occupationOpeningId}, ${opening.budgetYear}, ${opening.occupationId},
      ${opening.open}, ${isoOf(opening.inForceFrom)}, ${opening.reasonFa}, ${opening.sourceKey},
      ${opening.recordedAt}
    )
    on conflict (province_id, budget_year, occupation_id, in_force_from) do nothing
    returning occupation_opening_id
  `.execute(tx);
  if (stored.rows.length > 0) return null;
  const inTheWay = (await listOccupationOpenings(tx, { ...opening, on: opening.inForceFrom })).find(
    ({ occupationId }) => occupationId === opening.occupationId,
  );
  return must(inTheWay, 'the opening that was in the way');
}
