import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';

export type CountryFigure = {
  readonly countyCode: string;
  readonly indicator: string;
  readonly value: string;
};

/** The figures of a whole year of all counties of the country, chosen as those of one province are. */
export async function listCountryFigures(
  tx: Tx,
  asked: { readonly indicators: readonly string[]; readonly year: number },
): Promise<CountryFigure[]> {
  const { rows } = await sql<CountryFigure>`
    select distinct on (v.county_code, v.indicator) v.county_code as "countyCode", v.indicator,
      v.value::text as value
    from place.read_indicator_value v
    where v.county_code is not null and v.year = ${asked.year} and v.sex = 'all'
      and v.period in ('census', 'year') and v.indicator = any(${asked.indicators})
    order by v.county_code, v.indicator, v.source_key
  `.execute(tx);
  return rows;
}

export type CountryCounty = {
  readonly slug: string;
  readonly provinceFa: string;
  readonly provinceEn: string;
  readonly countyCode: string;
  readonly nameFa: string;
  readonly nameEn: string;
};

export async function listCountryCounties(tx: Tx): Promise<CountryCounty[]> {
  const { rows } = await sql<CountryCounty>`
    select p.slug, p.name_fa as "provinceFa", p.name_en as "provinceEn", c.county_code as "countyCode",
      c.name_fa as "nameFa", c.name_en as "nameEn"
    from place.read_county c
    join place.read_province p on p.province_id = c.province_id
    order by p.name_fa, c.county_code
  `.execute(tx);
  return rows;
}
