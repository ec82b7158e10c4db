import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '#app.ts';
import { addDays, day, dayFromIso, partsOf } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { type Name, freshId } from '#testing/credits.ts';
import { kindOf, serveEvidence } from '#testing/evidence.ts';
import { openHouse } from '#testing/house.ts';
import { dice, playProvince, takeBack } from '#testing/statements.ts';
import { reportShape } from '../report/contract.ts';
import { reportWords } from '../report/words.ts';
import { deliverReports } from './actions.ts';
import { type Deliveries, deliveredShape, deliveriesShape } from './contract.ts';
import { listDue } from './queries.ts';
import { dueUntil } from './rules.ts';

const house = await openHouse();
const province = await playProvince(house, dice(1_411));
const { get, send } = await serveEvidence(house, province.credits);

const path = '/api/provinces/alborz/report-subscriptions';
const subscribe = (by: Name, body: object, key = freshId()) => send(by, { url: path, body, key });
const end = (by: Name, id: string) => send(by, { url: `${path}/${id}`, body: {}, method: 'DELETE' });
const mine = async (by: Name): Promise<Deliveries> => deliveriesShape.parse((await get(by, path)).json());
const deliver = () => deliverReports({ ...house, catalogue, words: reportWords });

describe('the days on which a report is due', () => {
  const days = fc.integer({ min: 0, max: 3_000 }).map((more) => addDays(day('1400-01-01'), more));

  test('are the Saturdays, and the first days of months; the last of them is never ahead', () => {
    // 1402-06-04 was a Saturday.
    expect(dueUntil('week', day('1402-06-10'))).toBe('1402-06-04');
    expect(dueUntil('week', day('1402-06-11'))).toBe('1402-06-11');
    expect(dueUntil('month', day('1402-06-10'))).toBe('1402-06-01');
    fc.assert(
      fc.property(days, (today) => {
        const [week, month] = [dueUntil('week', today), dueUntil('month', today)];
        expect(week <= today && addDays(week, 7) > today).toBe(true);
        expect(dueUntil('week', addDays(week, 7))).toBe(addDays(week, 7));
        expect([partsOf(month).dayOfMonth, month.slice(0, 7)]).toEqual([1, today.slice(0, 7)]);
      }),
    );
  });
});

describe('a scheduled report', () => {
  const id = freshId();
  const order = { id, county: null, rhythm: 'month' };

  test('is ordered once of a place, however often it is sent', async () => {
    house.clock.set('2024-09-05T08:30:00Z');
    const key = freshId();
    const answers = await Promise.all([1, 2, 3].map(() => subscribe('director', order, key)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
    const again = await subscribe('director', { ...order, id: freshId() });
    expect(kindOf(again)).toBe('SubscriptionStands');
    const { subscriptions, deliveries } = await mine('director');
    expect(subscriptions.map(({ rhythm, begunOn }) => [rhythm, begunOn])).toEqual([['month', '2024-09-06']]);
    expect(deliveries).toEqual([]);
  });

  test('is not given of a day before it was ordered, then once, and stays as it stood', async () => {
    expect(await deliver()).toBe(0);
    // The first of Mehr 1403.
    house.clock.set('2024-09-22T08:30:00Z');
    expect(await Promise.all([deliver(), deliver()]).then(([a, b]) => (a ?? 0) + (b ?? 0))).toBe(1);
    expect(await deliver()).toBe(0);
    const [given] = (await mine('director')).deliveries;
    const { dueOn } = must(given, 'a report given');
    expect(dueOn).toBe('2024-09-22');
    const now = async () =>
      reportShape.parse(
        (await get('director', '/api/provinces/alborz/reports/performance?year=1402')).json(),
      );
    const stood = async () =>
      deliveredShape.parse((await get('director', `${path}/${id}/${dueOn}`)).json()).report;
    const first = await stood();
    expect(first.until).toBe('2024-09-21');
    expect([first.year, first.title.fa]).toEqual([
      1403,
      reportWords.performanceTitle(first.place ?? { fa: '', en: '' }, 1403).fa,
    ]);
    const before = await now();
    await takeBack(house, province, 'person');
    expect(await now()).not.toEqual(before);
    expect(await stood()).toEqual(first);
    const pdf = await get('director', `${path}/${id}/${dueOn}/export?format=pdf`);
    expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
  });

  test('of what fell due while nothing ran only the last is given', async () => {
    house.clock.set('2025-01-10T08:30:00Z');
    expect(await deliver()).toBe(1);
    expect((await mine('director')).deliveries.map(({ dueOn }) => dueOn)).toEqual([
      '2024-12-21',
      '2024-09-22',
    ]);
  });

  test('of a county office is of its county; nobody reads what was given to another', async () => {
    const own = freshId();
    const ordered = await subscribe('karajOffice', { id: own, county: null, rhythm: 'week' });
    expect(ordered.statusCode, ordered.body).toBe(201);
    expect((await mine('karajOffice')).subscriptions[0]?.county?.fa).toBe('کرج');
    const other = { id: freshId(), county: '3006', rhythm: 'week' };
    expect(kindOf(await subscribe('karajOffice', other))).toBe('CountyNotYours');
    expect(kindOf(await subscribe('director', { ...other, county: '1503' }))).toBe('CountyNotYours');
    house.clock.set('2025-01-18T08:30:00Z');
    expect(await deliver()).toBe(1);
    const [given] = (await mine('karajOffice')).deliveries;
    expect(given?.title.fa).toContain('کرج');
    const address = `${path}/${own}/${given?.dueOn ?? ''}`;
    expect((await get('karajOffice', address)).statusCode).toBe(200);
    for (const by of ['director', 'deputy'] as const)
      expect(kindOf(await get(by, address)), by).toBe('DeliveryMissing');
    expect(kindOf(await end('director', own))).toBe('SubscriptionMissing');
  });

  test('is ended by whoever ordered it; what was given stays', async () => {
    const before = (await mine('director')).deliveries;
    expect((await end('director', id)).statusCode).toBe(200);
    expect(kindOf(await end('director', id))).toBe('SubscriptionMissing');
    house.clock.set('2025-02-25T08:30:00Z');
    const due = dueUntil('month', dayFromIso('2025-02-25'));
    const scope = { ...noScope, province: 30 };
    expect(
      await read(house.db, scope, (tx) => listDue(tx, { provinceId: 30, rhythm: 'month', due })),
    ).toEqual([]);
    expect(await mine('director')).toEqual({ subscriptions: [], deliveries: before });
  });

  test('is ordered by nobody who sees only a part of the place', async () => {
    for (const by of ['bank', 'agency', 'applicant', 'editor', 'ministry'] as const)
      expect((await subscribe(by, { ...order, id: freshId() })).statusCode, by).toBe(403);
    expect((await get('', path)).statusCode).toBe(401);
    const wrong = await subscribe('director', { ...order, rhythm: 'hour' });
    expect(wrong.statusCode).toBe(422);
  });
});
