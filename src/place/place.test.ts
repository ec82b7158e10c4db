import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { dayFromIso, isoOf, day } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { readCsv } from '#platform/csv.ts';
import { buildServer, type Server } from '#platform/http.ts';
import { openHouse } from '#testing/house.ts';
import { loadCatalogue } from './actions.ts';
import {
  countyList,
  demonstrationSource,
  ownSource,
  provinceList,
  provincePage,
  sourceList,
} from './contract.ts';
import { placeRoutes } from './routes.ts';
import { placeNoteWords, sayNotes } from './words.ts';

const house = await openHouse();
let server: Server;

beforeAll(async () => {
  await loadCatalogue(house.owner, readCsv);
  server = await buildServer(house, { findActor: () => Promise.resolve(null), version: 'test' });
  await server.register(placeRoutes(house));
  return () => server.close();
});

const get = (url: string) => server.inject({ method: 'GET', url });

/** Every row of a schema's tables with the transaction that wrote it: a second load must leave it alone. */
async function writers(): Promise<string[]> {
  const found = await sql<{ line: string }>`
    select 'province ' || xmin::text || ctid::text as line from place.province
    union all select 'county ' || xmin::text || ctid::text from place.county
    union all select 'area ' || xmin::text || ctid::text from place.area
    union all select 'indicator ' || xmin::text || ctid::text from place.indicator
    union all select 'value ' || xmin::text || ctid::text from place.indicator_value
    union all select 'source ' || xmin::text || ctid::text from place.source
    order by 1
  `.execute(house.owner);
  return found.rows.map(({ line }) => line);
}

describe('the catalogue of places', () => {
  test('holds 31 provinces and 484 counties, each county in exactly one province', async () => {
    const { rows } = await sql<{ provinces: number; counties: number; codes: number }>`
      select
        (select count(*)::int from place.province) as provinces,
        (select count(*)::int from place.county) as counties,
        (select count(distinct county_code)::int from place.county) as codes
    `.execute(house.db);
    expect(rows[0]).toEqual({ provinces: 31, counties: 484, codes: 484 });
  });

  test('refuses a county under another province than its code says', async () => {
    const wrong = sql`
      insert into place.county (province_id, county_code, name_fa, name_en, note, source_keys)
      values (15, '3009', 'نمونه', 'Sample', '{}', '{demonstration}')
    `.execute(house.owner);
    await expect(wrong).rejects.toThrow(/county_code_names_province/);
  });

  test('adds up to the published census of 1395', async () => {
    const { rows } = await sql<{ indicator: string; total: string }>`
      select indicator, sum(value)::bigint::text as total
      from place.read_indicator_value
      where county_code is not null and year = 1395 and indicator like 'population%' and sex = 'all'
        and indicator <> 'population_15plus'
      group by indicator order by indicator
    `.execute(house.db);
    expect(rows).toEqual([
      { indicator: 'population', total: '79926270' },
      { indicator: 'population_rural', total: '20730625' },
      { indicator: 'population_unsettled', total: '48798' },
      { indicator: 'population_urban', total: '59146847' },
    ]);
  });

  test('has the figures of a province and of the country equal to the sum of the counties', async () => {
    const { rows } = await sql<{ differences: number; compared: number }>`
      with counties as (
        select coalesce(province_id, -1) as area, indicator, sex, sum(value) as total
        from place.read_indicator_value
        where county_code is not null and year = 1395
        group by grouping sets ((province_id, indicator, sex), (indicator, sex))
      ),
      whole as (
        select coalesce(province_id, -1) as area, indicator, sex, value as total
        from place.read_indicator_value
        where county_code is null and year = 1395 and 'summed_from_counties' = any (note)
      )
      select
        count(*) filter (where counties.total is distinct from whole.total)::int as differences,
        count(*)::int as compared
      from whole left join counties using (area, indicator, sex)
    `.execute(house.db);
    expect(rows[0]).toEqual({ differences: 0, compared: 512 });
  });

  test('has active = employed + unemployed and both sexes = all in every county', async () => {
    const { rows } = await sql<{ wrong: number; counties: number }>`
      with counts as (
        select
          county_code,
          sum(value) filter (where indicator = 'active_15plus' and sex = 'all') as active,
          sum(value) filter (where indicator = 'active_15plus' and sex <> 'all') as by_sex,
          sum(value) filter (
            where indicator in ('employed_15plus', 'unemployed_15plus') and sex = 'all'
          ) as parts
        from place.read_indicator_value
        where county_code is not null and series = 'census'
        group by county_code
      )
      select
        count(*) filter (where active is distinct from by_sex or active is distinct from parts)::int as wrong,
        count(active)::int as counties
      from counts
    `.execute(house.db);
    expect(rows[0]).toEqual({ wrong: 0, counties: 429 });
  });

  test('leaves a county formed after 1395 without a figure, and says why', async () => {
    const { counties } = countyList.parse((await get('/api/provinces/alborz/counties')).json());
    const chaharbagh = must(
      counties.find(({ countyCode }) => countyCode === '3007'),
      'Chaharbagh',
    );
    expect(chaharbagh.indicators).toEqual([]);
    expect(chaharbagh.cutFrom).toBe('3002');
    expect(chaharbagh.notes.map(({ en }) => en).join(' ')).toContain('Cut from county 3002');
  });

  test('gives every figure a known source and every note words', async () => {
    const sources = new Set(readCsv('sources.csv').map((row) => row['source_key']));
    const files = ['counties', 'banks', 'categories', 'occupations', 'agencies', 'holidays'];
    for (const file of files) {
      for (const row of readCsv(`${file}.csv`)) {
        for (const key of must(row['source_keys'], 'source_keys').split(';')) expect(sources).toContain(key);
      }
    }
    const { rows } = await sql<{ note: string }>`
      select distinct unnest(note) as note from place.indicator_value
      union select distinct unnest(note) from place.county
    `.execute(house.db);
    expect(rows.length).toBeGreaterThan(20);
    for (const { note } of rows) expect(sayNotes(placeNoteWords, [note])[0]?.fa).toBeTruthy();
  });

  test('loads a second time without writing anything', async () => {
    const before = await writers();
    await loadCatalogue(house.owner, readCsv);
    expect(await writers()).toEqual(before);
  });

  test('cannot be written by the serving role', async () => {
    for (const table of ['source', 'province', 'county', 'area', 'indicator', 'indicator_value']) {
      const name = sql.table(`place.${table}`);
      await expect(sql`delete from ${name}`.execute(house.db)).rejects.toThrow(/permission denied/);
      await expect(sql`truncate ${name}`.execute(house.db)).rejects.toThrow(/permission denied/);
      await expect(sql`insert into ${name} default values`.execute(house.db)).rejects.toThrow(
        /permission denied/,
      );
    }
    await expect(sql`update place.province set slug = 'x'`.execute(house.db)).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('the routes of places', () => {
  test('list the provinces for everybody', async () => {
    const answer = await get('/api/provinces');
    expect(answer.statusCode).toBe(200);
    const { provinces } = provinceList.parse(answer.json());
    expect(provinces).toHaveLength(31);
    const alborz = must(
      provinces.find(({ slug }) => slug === 'alborz'),
      'Alborz',
    );
    expect(alborz).toMatchObject({ provinceId: 30, nameFa: 'البرز', isoCode: 'IR-30', countyCount: 7 });
  });

  test('show a county with its figures, units and sources', async () => {
    const { province, counties } = countyList.parse((await get('/api/provinces/lorestan/counties')).json());
    expect(province.slug).toBe('lorestan');
    expect(counties).toHaveLength(12);
    const khorramabad = must(
      counties.find(({ nameFa }) => nameFa === 'خرم‌آباد'),
      'Khorramabad',
    );
    expect(khorramabad.indicators).toContainEqual({
      indicator: 'population',
      name: { fa: 'جمعیت', en: 'Population' },
      unit: 'person',
      year: 1395,
      period: 'census',
      sex: 'all',
      series: 'census',
      value: '506471',
      caption: { fa: 'سرشماری ۱۳۹۵، نفر', en: 'census 1395, persons' },
      notes: [],
      sourceKey: 'sci1395_t1',
    });
    expect(khorramabad.indicators.every(({ sex }) => sex === 'all')).toBe(true);
  });

  test('show the yearly figures of a province, two sources of one season side by side', async () => {
    const { indicators } = provincePage.parse((await get('/api/provinces/lorestan')).json());
    const households = indicators.find(({ indicator }) => indicator === 'households');
    expect(households).toMatchObject({ value: '509025', sourceKey: 'lorestan_press' });
    expect(households?.notes[0]?.en).toContain('second hand');
    const spring = indicators.filter(
      ({ indicator, year, period }) =>
        indicator === 'unemployment_rate' && year === 1400 && period === 'spring',
    );
    expect(spring[0]?.caption.fa).toBe('بهار ۱۴۰۰، آمارگیری نیروی کار، ۱۵ ساله و بیشتر، درصد');
    const women = provincePage.parse((await get('/api/provinces/lorestan?sex=female')).json());
    expect(women.indicators.length).toBeGreaterThan(0);
    expect(women.indicators.every(({ sex }) => sex === 'female')).toBe(true);
  });

  test('name the sources with their licence', async () => {
    const { sources } = sourceList.parse((await get('/api/sources')).json());
    expect(sources.find(({ sourceKey }) => sourceKey === 'osm_en')?.licence).toBe('ODbL 1.0');
    for (const { publisherFa } of sources) expect(publisherFa).toMatch(/[آ-ی]|^[\w ]+$/);
    const keys = sources.map(({ sourceKey }) => sourceKey);
    expect(keys).toEqual(expect.arrayContaining([demonstrationSource, ownSource]));
  });

  test('refuse an unknown province in both languages', async () => {
    const answer = await get('/api/provinces/atlantis/counties');
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ kind: 'ProvinceUnknown', status: 404 });
    expect(answer.json().fa).toContain('استان');
    expect(answer.json().en).toContain('no province');
  });
});

describe('the holidays kept for later', () => {
  test('give one and the same day in both calendars', () => {
    const holidays = readCsv('holidays.csv');
    expect(holidays).toHaveLength(167);
    for (const { jalali_date: jalali, gregorian_date: iso } of holidays) {
      expect(isoOf(day(must(jalali, 'jalali_date')))).toBe(iso);
      expect(dayFromIso(must(iso, 'gregorian_date'))).toBe(jalali);
    }
  });
});
