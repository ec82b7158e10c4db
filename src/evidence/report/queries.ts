import { sql } from 'kysely';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Tx } from '#platform/db.ts';

export type ProvinceNamed = { readonly provinceId: number; readonly slug: string; readonly name: Bilingual };
export type CountyNamed = { readonly countyCode: string; readonly name: Bilingual };

type Named = { readonly fa: string; readonly en: string };

export async function listNamedProvinces(tx: Tx): Promise<ProvinceNamed[]> {
  const { rows } = await sql<Omit<ProvinceNamed, 'name'> & Named>`
    select province_id as "provinceId", slug, name_fa as fa, name_en as en from place.read_province
    order by province_id
  `.execute(tx);
  return rows.map(({ fa, en, ...province }) => ({ ...province, name: { fa, en } }));
}

/** The newest budget year in which a tallied figure has records, in the reader's scope. */
export async function findNewestYear(
  tx: Tx,
  { view, measure }: { readonly view: string; readonly measure: string },
): Promise<number | null> {
  const { rows } = await sql<{ year: number | null }>`
    select max(budget_year)::int as year from evidence.tally
    where province_id = any(array(select province_id from place.read_province))
      and view = ${view} and measure = ${measure} and grain = 'month'
  `.execute(tx);
  return rows[0]?.year ?? null;
}

/** The counties of a province, those of the reader's own scope alone. */
export async function listNamedCounties(tx: Tx, provinceId: number): Promise<CountyNamed[]> {
  const { rows } = await sql<Omit<CountyNamed, 'name'> & Named>`
    select county_code as "countyCode", name_fa as fa, name_en as en from place.read_county
    where province_id = ${provinceId}
      and (platform.scope_county() is null or county_code = platform.scope_county())
    order by county_code
  `.execute(tx);
  return rows.map(({ fa, en, ...county }) => ({ ...county, name: { fa, en } }));
}
