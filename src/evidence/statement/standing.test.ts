import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { loadCatalogue as loadOccupations } from '#occupation/actions.ts';
import { loadDemonstration } from '#occupation/demonstration/actions.ts';
import { caseKinds } from '#occupation/edition/actions.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { noScope, read } from '#platform/db.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { catalogue } from '#app.ts';
import { syncTransitions } from '#casework/actions.ts';
import { checkStatement } from '../actions.ts';
import { listRecords } from '../queries.ts';
import { selectionAsked, valueOf } from '../records/actions.ts';

const house = await openHouse();
const alborz = 30;
const scope = { ...noScope, province: alborz };
// Its users are those of the demonstration.
await openDesk(house, { rooms: [] });
await loadParties(house.owner, readCsv);
await loadOccupations(house.owner, readCsv);
await syncTransitions(house.owner, caseKinds);
const plan: unknown = JSON.parse(readFileSync('data/demonstration/occupation.json', 'utf8'));
await loadDemonstration(house.db, plan, readCsv('demonstration/occupations.csv'));

const indicator = must(
  catalogue.indicators.find(({ id }) => id === 'occupation.listed'),
  'a declared indicator',
);

test('what the list names at the end of a year is the records until then, added up (L8)', async () => {
  for (const [year, listed] of [
    [1396, null],
    [1397, 320n],
    [1399, 320n],
    [1400, 521n],
    [1402, 521n],
    [1403, 655n],
  ] as const) {
    const asked = await read(house.db, scope, (tx) =>
      selectionAsked(tx, { catalogue, provinceId: alborz, query: { year } }, indicator),
    );
    if (!asked.ok || indicator.measure.kind === 'ratio') throw new Error('a selection of records');
    const { measure } = indicator;
    const selection = asked.value;
    const [value, records] = await read(house.db, scope, async (tx) => [
      await valueOf(tx, catalogue, { indicator, selection }),
      await listRecords(tx, measure, { selection, details: [], before: null, limit: 5_000 }),
    ]);
    expect(value?.numerator ?? null, String(year)).toBe(listed);
    expect(records.reduce((sum, { amount }) => sum + amount, 0n)).toBe(listed ?? 0n);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
  }
});

const check = async (text: string, published: string | null) => {
  const order = { text, provinceId: alborz, published: published === null ? null : day(published) };
  const told = await read(house.db, scope, (tx) => checkStatement(tx, catalogue, order));
  return told.map(({ verdict, actual }) => [verdict, actual]);
};

test('a statement needs no deed to tell what there is, and means its own day', async () => {
  const now = 'مشاغل خانگی هم‌اکنون بیش از پانصد رشته دارد.';
  expect(await check(now, '1402-02-10')).toEqual([['supported', '521']]);
  expect(await check(now, '1399-02-10')).toEqual([['contradicted', '320']]);
  // Undated, it is of the newest year with records: true, but far.
  expect(await check(now, null)).toEqual([['ambiguous', '655']]);
  const listed = (count: string) => check(`در پایان سال ۱۴۰۲ فهرست مشاغل خانگی ${count} رشته دارد.`, null);
  expect((await listed('۵۲۱')).at(-1)).toEqual(['supported', '521']);
  expect((await listed('۵۲۰')).at(-1)).toEqual(['contradicted', '521']);
  const others = 'راه‌اندازی شد، ایجاد شد، حمایت شد، رونق گرفت، فعال است، فعال شد، حذف شد، اضافه شد'.split(
    '، ',
  );
  for (const said of others)
    for (const start of ['از مشاغل خانگی', 'در سال ۱۴۰۲ در البرز از مشاغل خانگی'])
      expect(await check(`${start} ۵۲۱ رشته ${said}.`, '1402-02-10'), said).not.toContainEqual([
        'supported',
        '521',
      ]);
  for (const said of ['دارد', 'رسید', 'قرار دارد', 'جای دارد'])
    expect(await check(`فهرست مشاغل خانگی به ۵۲۱ رشته ${said}.`, '1402-02-10'), said).toEqual([
      ['supported', '521'],
    ]);
});

const text = (year: string) => `در سال ${year} فهرست مشاغل خانگی ۵۲۱ رشته دارد.`;

test('of a year that has not come there is nothing to tell', async () => {
  expect((await check(text('۱۴۰۲'), '1402-12-28')).at(-1)).toEqual(['supported', '521']);
  for (const year of ['۱۴۰۳', '۱۴۱۰'])
    expect((await check(text(year), '1402-12-28')).at(-1), year).toEqual(['no_record', null]);
  const undated = { text: text('۱۴۱۰'), provinceId: alborz, published: null, today: day('1402-12-28') };
  const told = await read(house.db, scope, (tx) => checkStatement(tx, catalogue, undated));
  expect(told.at(-1)?.verdict).toBe('no_record');
});
