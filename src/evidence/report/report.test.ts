import { describe, expect, test } from 'vitest';
import { catalogue } from '#app.ts';
import { dayFromIso } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { readSheet } from '#platform/sheet.ts';
import type { Name } from '#testing/credits.ts';
import { kindOf, serveEvidence } from '#testing/evidence.ts';
import { openHouse } from '#testing/house.ts';
import { playCooperatives, playLicences } from '#testing/mutations.ts';
import { drawPdf, keepSheet } from '#testing/paper.ts';
import { dice, playProvince } from '#testing/statements.ts';
import { recordsPageShape } from '../contract.ts';
import { keepTallies } from '../tally/actions.ts';
import { type Report, newestYearShape, reportShape } from './contract.ts';
import { printedCell, reportText } from './public.ts';
import { changeOf, periodOf, pointsOf, turned, yearBefore } from './rules.ts';

const house = await openHouse();
const roller = dice(1_407);
const province = await playProvince(house, roller);
await playLicences(house, roller);
await playCooperatives(house, roller);
const { get } = await serveEvidence(house, province.credits);

const performance = async (by: Name, query: string): Promise<Report> =>
  reportShape.parse((await get(by, `/api/provinces/alborz/reports/performance?${query}`)).json());

/** Every cell with a list is what the list adds up to, as the same reader gets it. */
async function cellsHold(by: Name, report: Report): Promise<number> {
  let held = 0;
  for (const { rows } of report.tables)
    for (const { key, cells } of rows)
      for (const { value, unit, records } of cells) {
        if (records === null) continue;
        const url = records.replace('/desk/evidence/records/', '/api/values/');
        const page = recordsPageShape.parse((await get(by, url)).json());
        const [top, below] = page.parts.map((part) => BigInt(part.value));
        if (unit === 'percent' && top !== undefined && below !== undefined)
          expect(Math.abs(Number(value) - Number((top * 10_000n) / below) / 100), key).toBeLessThan(0.011);
        else expect(page.value, `${key} ${url}`).toBe(value);
        held += 1;
      }
  return held;
}

describe('a report', () => {
  test('says of each figure what its list adds up to: of a province, of a county, to whoever reads it (L8)', async () => {
    expect(await cellsHold('director', await performance('director', 'year=1402'))).toBeGreaterThan(40);
    expect(
      await cellsHold('karajOffice', await performance('karajOffice', 'year=1402&county=3001')),
    ).toBeGreaterThan(5);
    const country = reportShape.parse((await get('ministry', '/api/reports/comparison?year=1402')).json());
    expect(await cellsHold('ministry', country)).toBeGreaterThan(5);
  });

  test('puts the same days of the year before beside a year that is not over, and that year as a whole', async () => {
    house.clock.set('2023-12-05T08:30:00Z');
    const { tables, until } = await performance('director', 'year=1402');
    const figures = must(tables[0], 'the figures');
    expect(until).toBe('2023-12-05');
    expect(figures.columns.map(({ title }) => title.fa)).toEqual([
      'سال ۱۴۰۲',
      '۱۴۰۱ تا همین روز',
      'سال ۱۴۰۱',
      'تغییر',
    ]);
    const paid = must(
      figures.rows.find(({ key }) => key === 'credit.paid'),
      'what was paid',
    );
    const [now, base, whole, change] = paid.cells.map(({ value }) => value);
    expect(Number(must(whole ?? undefined, 'a year'))).toBeGreaterThanOrEqual(
      Number(must(base ?? undefined, 'part of it')),
    );
    // Of 1401 there is one programme, of 1402 there are two: that is no growth.
    expect([now === null, change, figures.note?.fa.includes('همهٔ برنامه‌ها')]).toEqual([false, null, true]);
    house.clock.set('2024-09-05T08:30:00Z');
  });

  test('shows a trend from the first year that has records on, the years beside each other', async () => {
    const { tables } = await performance('director', 'year=1403');
    const years = must(
      tables.find(({ key }) => key === 'years'),
      'the trend',
    );
    const first = years.columns.map(({ key }) => key);
    expect(first.at(-1)).toBe('1403');
    expect(first.length).toBeLessThan(6);
    expect(years.rows.some(({ cells }) => cells[0]?.value !== null)).toBe(true);
    const down = turned(years);
    expect(down.rows.map(({ key }) => key)).toEqual(first);
    expect(turned(down)).toEqual({ ...years, rows: years.rows.map((row) => ({ ...row, report: null })) });
  });

  test('begins with the newest year of which credit was notified, as far as the reader sees it', async () => {
    const { clock } = house;
    await keepTallies({ db: house.db, clock, catalogue });
    const newest = async (by: Name): Promise<number> =>
      newestYearShape.parse((await get(by, '/api/reports/newest-year')).json()).year;
    const listed = await get('director', '/api/records/credit.allocated?province=alborz&limit=200');
    const { items } = recordsPageShape.parse(listed.json());
    expect(await newest('director')).toBe(Math.max(...items.map(({ budgetYear }) => budgetYear)));
  });

  test('is the same on the page, in the spreadsheet and on paper', async () => {
    const report = await performance('director', 'year=1402');
    const path = '/api/provinces/alborz/reports/performance/export?year=1402&language=en';
    for (const { key, columns, rows, head } of report.tables)
      for (const format of ['csv', 'xlsx']) {
        const answer = await get('director', `${path}&format=${format}&table=${key}`);
        expect(answer.statusCode).toBe(200);
        const read = await readSheet(answer.rawPayload, {
          columns: [
            { key: 'name', title: head, kind: 'text' },
            ...columns.map((column) => ({ key: column.key, title: column.title, kind: 'code' as const })),
          ],
        });
        expect(read.map(({ cells }) => cells)).toEqual(
          rows.map(({ name, cells }) => ({
            name: name.en,
            ...Object.fromEntries(columns.map((column, at) => [column.key, cells[at]?.value ?? null])),
          })),
        );
      }
    const pdf = await get('director', `${path}&format=pdf`);
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    keepSheet(await drawPdf(pdf.rawPayload), 'report');
    const { blocks } = reportText({ report, seal: null, language: 'en', today: '2024-09-05' });
    const cells = blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []));
    expect(cells.length).toBeGreaterThan(50);
    for (const { rows } of report.tables)
      for (const { cells: own } of rows)
        for (const cell of own) expect(cells).toContain(printedCell(cell, 'en'));
  });

  test('is refused to whoever does not see all that it adds up', async () => {
    const url = '/api/provinces/alborz/reports/performance?year=1402';
    for (const name of ['karajOffice', 'bank', 'agency', 'applicant'] as const)
      expect(kindOf(await get(name, url)), name).toBe('OutsideYourScope');
    expect(kindOf(await get('karajOffice', `${url}&county=3006`))).toBe('OutsideYourScope');
    expect(kindOf(await get('director', `${url}&county=9999`))).toBe('CountyMissing');
    expect((await get('lorestanDirector', url)).statusCode).toBe(403);
    expect(kindOf(await get('director', '/api/reports/comparison?year=1402'))).toBe('ReportNotYours');
    expect(kindOf(await get('director', `${url.replace('?', '/export?')}&table=gold`))).toBe('TableMissing');
    expect(await get('director', url.replace('1402', '14')).then(({ statusCode }) => statusCode)).toBe(400);
  });
});

const ratio = (numerator: bigint, denominator = 1n) => ({ numerator, denominator });

describe('the year before', () => {
  test('ends on the same day of the same month, and where the year is over with the year', () => {
    const leap = periodOf(1404, dayFromIso('2026-03-20'));
    expect([leap.until, yearBefore(leap).until]).toEqual(['1404-12-29', '1403-12-30']);
    const open = periodOf(1404, dayFromIso('2025-12-05'));
    expect([open.isOver, open.until, yearBefore(open).until]).toEqual([false, '1404-09-14', '1403-09-14']);
    expect(periodOf(1402, dayFromIso('2025-12-05'))).toMatchObject({ isOver: true, until: '1402-12-29' });
  });

  test('without records is nothing to have grown over', () => {
    expect(changeOf(ratio(5n), undefined)).toBeNull();
    expect(changeOf(ratio(5n), ratio(0n))).toBeNull();
    expect(changeOf(ratio(6n), ratio(4n))).toEqual(ratio(200n, 4n));
    expect(pointsOf(ratio(60n, 4n), ratio(10n))).toEqual(ratio(20n, 4n));
  });
});
