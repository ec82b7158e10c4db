import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { isoOf } from '#kernel/day.ts';
import { recordset, type CatalogueRow } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import type { Category, NewLoanOpening, Occupation } from './contract.ts';

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

export type OccupationsAsked = {
  /** Each must occur in the title; already folded by `searchText`, which leaves letters and digits only. */
  readonly words: readonly string[];
  readonly categoryKey: string | null;
  /** The title after which the page starts; '' for the first. */
  readonly after: string;
  readonly limit: number;
};

export type OccupationRow = Omit<Occupation, 'titleKindName' | 'notes'> & { readonly note: string[] };

export async function listOccupations(db: Database, asked: OccupationsAsked): Promise<OccupationRow[]> {
  const found = await sql<OccupationRow>`
    select
      occupation.occupation_id as "occupationId",
      occupation.title_fa as "titleFa",
      occupation.title_en as "titleEn",
      occupation.category_key as "categoryKey",
      occupation.category_basis as "categoryBasis",
      occupation.agency_key as "agencyKey",
      category.extra_check is not null as starred,
      occupation.named_in as "namedIn",
      occupation.title_kind as "titleKind",
      occupation.note,
      occupation.source_keys as "sourceKeys"
    from occupation.occupation occupation
    join occupation.category category on category.category_key = occupation.category_key
    where occupation.title_fa > ${asked.after}
      and (${asked.categoryKey}::text is null or occupation.category_key = ${asked.categoryKey})
      and occupation.search_text like all (${asked.words.map((word) => `%${word}%`)}::text[])
    order by occupation.title_fa
    limit ${asked.limit}
  `.execute(db);
  return found.rows;
}
