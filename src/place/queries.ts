import { sql } from 'kysely';
import type { Database } from '#platform/db.ts';
import { recordset, type CatalogueRow } from '#platform/csv.ts';
import type { IndicatorValue, Province, Source } from './contract.ts';

export async function upsertSources(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into place.source as kept (source_key, publisher, publisher_fa, address, licence, used_for)
    select source_key, publisher, publisher_fa, address, licence, used_for
    from json_to_recordset(${recordset(rows)}::json)
      as file (source_key text, publisher text, publisher_fa text, address text, licence text, used_for text)
    on conflict (source_key) do update set
      publisher = excluded.publisher,
      publisher_fa = excluded.publisher_fa,
      address = excluded.address,
      licence = excluded.licence,
      used_for = excluded.used_for
    where (kept.publisher, kept.publisher_fa, kept.address, kept.licence, kept.used_for) is distinct from
      (excluded.publisher, excluded.publisher_fa, excluded.address, excluded.licence, excluded.used_for)
  `.execute(db);
}

export async function upsertProvinces(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into place.province as kept (province_id, slug, name_fa, name_en, iso_code)
    select province_id, slug, name_fa, name_en, iso_code
    from json_to_recordset(${recordset(rows)}::json)
      as file (province_id smallint, slug text, name_fa text, name_en text, iso_code text)
    on conflict (province_id) do update set
      slug = excluded.slug,
      name_fa = excluded.name_fa,
      name_en = excluded.name_en,
      iso_code = excluded.iso_code
    where (kept.slug, kept.name_fa, kept.name_en, kept.iso_code)
      is distinct from (excluded.slug, excluded.name_fa, excluded.name_en, excluded.iso_code)
  `.execute(db);
}

export async function upsertCounties(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into place.county as kept (
      province_id, county_code, name_fa, name_en, sci_code, listed_year, cut_from, name_1395, note, source_keys
    )
    select
      province_id, county_code, name_fa, name_en, sci_code, listed_year, cut_from, name_1395,
      coalesce(string_to_array(note, ';'), '{}'), string_to_array(source_keys, ';')
    from json_to_recordset(${recordset(rows)}::json) as file (
      province_id smallint, county_code text, name_fa text, name_en text, sci_code text, listed_year smallint,
      cut_from text, name_1395 text, note text, source_keys text
    )
    on conflict (province_id, county_code) do update set
      name_fa = excluded.name_fa,
      name_en = excluded.name_en,
      sci_code = excluded.sci_code,
      listed_year = excluded.listed_year,
      cut_from = excluded.cut_from,
      name_1395 = excluded.name_1395,
      note = excluded.note,
      source_keys = excluded.source_keys
    where (
      kept.name_fa, kept.name_en, kept.sci_code, kept.listed_year, kept.cut_from, kept.name_1395, kept.note,
      kept.source_keys
    ) is distinct from (
      excluded.name_fa, excluded.name_en, excluded.sci_code, excluded.listed_year, excluded.cut_from,
      excluded.name_1395, excluded.note, excluded.source_keys
    )
  `.execute(db);
}

/** The areas are the country and what the two tables above hold; they follow from them. */
export async function fillAreas(db: Database): Promise<void> {
  await sql`
    insert into place.area (area_code, province_id, county_code)
    select 'IR', null::smallint, null::text
    union all
    select 'IR-' || lpad(province_id::text, 2, '0'), province_id, null from place.province
    union all
    select county_code, province_id, county_code from place.county
    on conflict (area_code) do nothing
  `.execute(db);
}

export async function upsertIndicators(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into place.indicator as kept (indicator, unit, name_fa, name_en, definition_fa, definition_en)
    select indicator, unit, name_fa, name_en, definition_fa, definition_en
    from json_to_recordset(${recordset(rows)}::json) as file (
      indicator text, unit text, name_fa text, name_en text, definition_fa text, definition_en text
    )
    on conflict (indicator) do update set
      unit = excluded.unit,
      name_fa = excluded.name_fa,
      name_en = excluded.name_en,
      definition_fa = excluded.definition_fa,
      definition_en = excluded.definition_en
    where (kept.unit, kept.name_fa, kept.name_en, kept.definition_fa, kept.definition_en) is distinct from (
      excluded.unit, excluded.name_fa, excluded.name_en, excluded.definition_fa, excluded.definition_en
    )
  `.execute(db);
}

/** Rows with `area_code` and the columns of the two indicator files. */
export async function upsertIndicatorValues(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into place.indicator_value as kept (
      area_code, indicator, year, period, sex, source_key, series, value, note
    )
    select
      area_code, indicator, year, period, sex, source_key, series, value,
      coalesce(string_to_array(note, ';'), '{}')
    from json_to_recordset(${recordset(rows)}::json) as file (
      area_code text, indicator text, year smallint, period text, sex text, source_key text, series text,
      value numeric, note text
    )
    on conflict (area_code, indicator, year, period, sex, source_key) do update set
      series = excluded.series,
      value = excluded.value,
      note = excluded.note
    where (kept.series, kept.value, kept.note) is distinct from (excluded.series, excluded.value, excluded.note)
  `.execute(db);
}

const provinceColumns = sql`
  province.province_id as "provinceId",
  province.slug,
  province.name_fa as "nameFa",
  province.name_en as "nameEn",
  province.iso_code as "isoCode",
  (select count(*) from place.county where county.province_id = province.province_id)::int as "countyCount"
`;

export async function listProvinces(db: Database): Promise<Province[]> {
  const found = await sql<Province>`
    select ${provinceColumns} from place.province province order by province.province_id
  `.execute(db);
  return found.rows;
}

export async function findProvince(db: Database, slug: string): Promise<Province | undefined> {
  const found = await sql<Province>`
    select ${provinceColumns} from place.province province where province.slug = ${slug}
  `.execute(db);
  return found.rows[0];
}

export type CountyRow = {
  readonly countyCode: string;
  readonly nameFa: string;
  readonly nameEn: string;
  readonly sciCode: string | null;
  readonly listedYear: number | null;
  readonly cutFrom: string | null;
  readonly name1395: string | null;
  readonly note: string[];
  readonly sourceKeys: string[];
};

export async function listCounties(db: Database, provinceId: number): Promise<CountyRow[]> {
  const found = await sql<CountyRow>`
    select
      county_code as "countyCode",
      name_fa as "nameFa",
      name_en as "nameEn",
      sci_code as "sciCode",
      listed_year as "listedYear",
      cut_from as "cutFrom",
      name_1395 as "name1395",
      note,
      source_keys as "sourceKeys"
    from place.county
    where province_id = ${provinceId}
    order by county_code
  `.execute(db);
  return found.rows;
}

export type IndicatorRow = Omit<IndicatorValue, 'name' | 'notes' | 'caption'> & {
  /** Null for a figure of the whole province. */
  readonly countyCode: string | null;
  readonly nameFa: string;
  readonly nameEn: string;
  readonly note: string[];
};

export type IndicatorsOf = { readonly provinceId: number; readonly of: 'province' | 'counties' };

/** `value` is written without idle zeros («38.1», «471144»), as the sources print it. */
export async function listIndicatorValues(db: Database, asked: IndicatorsOf): Promise<IndicatorRow[]> {
  const found = await sql<IndicatorRow>`
    select
      area.county_code as "countyCode",
      figure.indicator,
      indicator.name_fa as "nameFa",
      indicator.name_en as "nameEn",
      indicator.unit,
      figure.year,
      figure.period,
      figure.sex,
      figure.series,
      trim_scale(figure.value) as value,
      figure.note,
      figure.source_key as "sourceKey"
    from place.indicator_value figure
    join place.area area on area.area_code = figure.area_code
    join place.indicator indicator on indicator.indicator = figure.indicator
    where area.province_id = ${asked.provinceId} and (area.county_code is null) = ${asked.of === 'province'}
    order by area.county_code, figure.indicator, figure.year, figure.period, figure.sex, figure.source_key
  `.execute(db);
  return found.rows;
}

export async function listSources(db: Database): Promise<Source[]> {
  const found = await sql<Source>`
    select source_key as "sourceKey", publisher, publisher_fa as "publisherFa", address, licence, used_for as "usedFor"
    from place.source
    order by source_key
  `.execute(db);
  return found.rows;
}
