import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from '#app.ts';
import { must } from '#kernel/result.ts';
import { buildServer } from '#platform/http.ts';
import { openHouse } from '#testing/house.ts';
import { playLicences } from '#testing/mutations.ts';
import { dice, playProvince } from '#testing/statements.ts';
import { digits, largestUnit, moneyAbout } from '#web/format.ts';
import { tiledProvinces } from '../report/tile.ts';
import { type Cell, type DatasetRow, datasetShape, least } from './contract.ts';
import { evidenceRoutes } from '../routes.ts';
import { freshFor } from './actions.ts';
import { foldedSums, isOpen } from './rules.ts';

const open = catalogue.indicators.filter(isOpen);

const house = await openHouse();
const roller = dice(Number.parseInt(process.env['KARSAZ_SEED'] ?? '17', 10));
const { credits } = await playProvince(house, roller);
await playLicences(house, roller);
const app = await buildServer(house, {
  version: 'test',
  mostRequestsPerMinute: 100_000,
  findActor: ({ headers }) =>
    Promise.resolve(headers['x-actor'] === undefined ? null : credits.actor('ministry')),
});
await app.register(evidenceRoutes(house, catalogue));
await app.ready();
afterAll(() => app.close());

const file = (indicator: string, ending: 'csv' | 'json', headers: Record<string, string> = {}) =>
  app.inject({ url: `/data/${indicator}/values.${ending}`, headers });

/** The rows of the CSV as a stranger's program reads them. */
async function rowsOf(indicator: string): Promise<Record<string, string>[]> {
  const answer = await file(indicator, 'csv');
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  return parse(answer.body, { columns: true, bom: true });
}

const page = z.object({ value: z.string(), count: z.int(), parts: z.array(z.object({ value: z.string() })) });
async function valueOf(indicator: string, query: Record<string, string>) {
  const asked = new URLSearchParams({ province: 'alborz', ...query });
  const answer = await app.inject({
    url: `/api/values/${indicator}?${asked.toString()}`,
    headers: { 'x-actor': 'ministry' },
  });
  return page.parse(JSON.parse(answer.body));
}

const total = (rows: readonly Record<string, string>[]): bigint =>
  rows.reduce((sum, { value }) => sum + BigInt(value ?? ''), 0n);

const written = (row: DatasetRow): (string | null)[] => [row.countyCode, String(row.year), row.value];
const keyOf = (one: Pick<Cell, 'provinceId' | 'county' | 'year'>): string =>
  `${one.provinceId} ${one.year} ${one.county}`;

describe('an open dataset', () => {
  test('of a sum adds up to its figure, whatever was folded (L8)', async () => {
    let figures = 0;
    for (const { id, measure } of open) {
      if (measure.kind !== 'sum') continue;
      const rows = (await rowsOf(id)).filter(({ province }) => province === 'alborz');
      const withheld = rows.filter(({ value }) => value === '');
      // What is withheld is a province, year and programme of which all is too little.
      for (const one of withheld) expect([one['county_code'], one['records']], id).toEqual(['', '']);
      const years = new Set(rows.map(({ year }) => year ?? ''));
      for (const year of years) {
        const own = rows.filter((row) => row['year'] === year);
        if (own.some(({ value }) => value === '')) continue;
        expect(total(own).toString(), `${id} ${year}`).toBe((await valueOf(id, { year })).value);
        figures += 1;
      }
    }
    expect(figures).toBeGreaterThan(5);
  });

  test('of a sum stands on a map, each province of the newest year with the sum of its rows', async () => {
    const { rows } = datasetShape.parse(JSON.parse((await file('credit.allocated', 'json')).body));
    const year = Math.max(...rows.map((row) => row.year));
    const sum = rows
      .filter((row) => row.year === year && row.province === 'alborz')
      .reduce((all, { value }) => all + BigInt(value ?? '0'), 0n);
    const { body } = await app.inject({ url: '/data/credit.allocated' });
    expect(body.match(/<text/g)?.length).toBe(2 * tiledProvinces.length);
    const [, map = ''] = /<figure class="tiles">([^]*?)<\/figure>/.exec(body) ?? [];
    expect(map).toContain(digits(year, 'fa'));
    const told = [...map.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    expect(told[told.indexOf('البرز') + 1]).toBe(moneyAbout(sum, largestUnit([sum]), 'fa'));
    const ratio = await app.inject({ url: '/data/credit.paid_percent' });
    expect([ratio.statusCode, ratio.body.includes('class="tiles"')]).toEqual([200, false]);
  });

  test('tells each row as its own list does, and nothing of fewer than five receivers', async () => {
    let compared = 0;
    for (const { id, measure } of open)
      for (const row of (await rowsOf(id)).filter(({ province }) => province === 'alborz')) {
        const { county_code: county = '', year = '', programme = '', value = '' } = row;
        const query = {
          year,
          ...(county === '' ? {} : { county }),
          ...(programme === '' ? {} : { only: `programme:${programme}` }),
        };
        // The rest of a province is no list of its own.
        if (measure.kind === 'sum' && county === '') continue;
        const { value: due, count, parts } = await valueOf(id, query);
        if (measure.kind === 'ratio') {
          const [top, below] = parts.map((part) => BigInt(part.value));
          const points = (must(top, 'a numerator') * 1_000_000n) / must(below, 'a denominator');
          const apart = Math.abs(Number.parseFloat(value) * 10_000 - Number.parseInt(points.toString(), 10));
          if (value !== '') expect(apart, id).toBeLessThanOrEqual(1);
        } else if (value === '') expect(Number.parseInt(due, 10), id).toBeLessThan(least);
        else expect([value, row['records']], `${id} ${JSON.stringify(query)}`).toEqual([due, String(count)]);
        compared += 1;
      }
    expect(compared).toBeGreaterThan(20);
  });

  test('is the same as JSON, follows its records within five minutes, and is kept by caches meanwhile', async () => {
    const answer = await file('credit.paid', 'json');
    const dataset = datasetShape.parse(JSON.parse(answer.body));
    const rows = await rowsOf('credit.paid');
    expect(dataset.rows.map(written)).toEqual(
      rows.map((row) => [row['county_code'] || null, row['year'], row['value'] || null]),
    );
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const tag = String(answer.headers.etag);
    expect((await file('credit.paid', 'json', { 'if-none-match': tag })).statusCode).toBe(304);
    expect(dataset.asOf).toBe(house.clock.now().toISOString());
    house.clock.advance(freshFor);
    const later = datasetShape.parse(JSON.parse((await file('credit.paid', 'json')).body));
    expect(later.asOf).toBe(house.clock.now().toISOString());
    expect(later.rows).toEqual(dataset.rows);
  });

  test('stands in the catalogue with addresses that answer, in both languages and without a sign-in', async () => {
    const answer = await app.inject('/data/catalogue.jsonld');
    expect(answer.headers['content-type']).toContain('application/ld+json');
    const shape = z.object({
      'dcat:dataset': z.array(
        z.object({
          '@id': z.string(),
          'dct:license': z.object({ '@id': z.url() }),
          'dct:title': z
            .array(z.object({ '@language': z.enum(['fa', 'en']), '@value': z.string().min(3) }))
            .length(2),
          'dcat:distribution': z
            .array(z.object({ 'dcat:downloadURL': z.object({ '@id': z.string() }) }))
            .length(2),
        }),
      ),
    });
    const datasets = shape.parse(JSON.parse(answer.body))['dcat:dataset'];
    expect(datasets.map((one) => one['@id'])).toEqual(open.map(({ id }) => `/data/${id}`));
    for (const one of datasets) {
      for (const path of [one['@id'], `/en${one['@id']}`]) {
        const drawn = await app.inject(path);
        expect(drawn.statusCode, path).toBe(200);
        expect(drawn.body).not.toContain('<script');
      }
      for (const { 'dcat:downloadURL': url } of one['dcat:distribution'])
        expect((await app.inject(url['@id'])).statusCode).toBe(200);
    }
    for (const path of ['/data', '/en/data']) expect((await app.inject(path)).body).toContain('CC BY 4.0');
  });

  test('that there is not is a 404 in words', async () => {
    expect((await file('credit.nothing', 'csv')).statusCode).toBe(404);
    const drawn = await app.inject({ url: '/data/credit.nothing', headers: { accept: 'text/html' } });
    expect([drawn.statusCode, drawn.body.includes('credit.nothing')]).toEqual([404, true]);
  });
});

test('folding keeps the sum and shows nobody alone', () => {
  const cell = fc.record({
    provinceId: fc.integer({ min: 1, max: 2 }),
    county: fc.constantFrom('', '01', '02', '03', '04'),
    year: fc.integer({ min: 1401, max: 1402 }),
    programme: fc.constant(null),
    value: fc.bigInt({ min: -100n, max: 1_000n }),
    records: fc.integer({ min: 1, max: 20 }),
    receivers: fc.integer({ min: 0, max: 12 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(cell, { selector: keyOf, maxLength: 12 }), (cells) => {
      const rows = foldedSums(cells, least);
      for (const { provinceId, year } of cells) {
        const own = cells.filter((one) => one.provinceId === provinceId && one.year === year);
        const seen = rows.filter((one) => one.provinceId === provinceId && one.year === year);
        const sum = own.reduce((all, { value }) => all + value, 0n);
        if (seen.some(({ value }) => value === null)) {
          expect(seen).toHaveLength(1);
          expect(own.reduce((all, { receivers }) => all + receivers, 0)).toBeLessThan(least);
        } else expect(seen.reduce((all, { value }) => all + (value ?? 0n), 0n)).toBe(sum);
        for (const row of seen.filter(({ county }) => county !== ''))
          expect(
            must(
              own.find(({ county }) => county === row.county),
              'its cell',
            ).receivers,
          ).toBeGreaterThanOrEqual(least);
      }
      expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
    }),
  );
});
