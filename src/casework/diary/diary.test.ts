import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { encodeCursor, pageShape } from '#platform/cursor.ts';
import { problemShape } from '#platform/problem.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { openPetitions } from '#testing/cases.ts';
import { openHouse } from '#testing/house.ts';
import { appointmentRowShape } from '../appointment/contract.ts';
import { instantOf } from '../appointment/rules.ts';

const house = await openHouse();
const { actBy, filed, get, post, kindOf } = await openPetitions(house);
type Who = Parameters<typeof post>[0];
const newId = (): Id => must(freshIds(1)[0], 'an id');
const saturday = '2024-09-07';
const sunday = '2024-09-08';

/** Somebody is called in a case; `wishes` asks for another time, `cancel` takes it back. */
async function called({ county = '0501', on = saturday, time = '10:30' } = {}) {
  // Thursday noon; Friday is off, Saturday is not.
  house.clock.set(instantOf(day('1403-06-15'), '12:00').toISOString());
  const caseId = await filed(county);
  const id = newId();
  const set = { id, on, time, place: 'کرج، خیابان یکم', purpose: 'بازبینی قرارداد', bring: '' };
  expect((await post('deputy', `/${caseId}/appointments`, set)).statusCode).toBe(201);
  const follow = async (who: Who, deed: string, seen: number, body: object): Promise<void> => {
    const path = `/${caseId}/appointments/${id}/${deed}`;
    expect((await post(who, path, { id: newId(), seen, ...body })).statusCode).toBe(201);
  };
  return {
    caseId,
    follow,
    wish: () => follow('applicant', 'wishes', 1, { reason: 'آن روز در سفرم' }),
    move: (seen: number, other = on) =>
      follow('deputy', 'moves', seen, { ...set, id: newId(), on: other, time: '12:00' }),
    cancel: (seen: number) => follow('deputy', 'outcomes', seen, { end: 'cancelled', reason: 'تعطیل است' }),
  };
}

const shape = pageShape(appointmentRowShape);
// The helper asks under `/cases`; this list stands beside it.
const ask = (who: Who, query = '') => get(who, `/../appointments${query}`);
const listed = async (who: Who, query = '') => {
  const response = await ask(who, query);
  return response.statusCode === 200
    ? shape.parse(response.json()).items.map(({ caseId }) => caseId)
    : kindOf(response);
};

/** Every row, as one who presses for the next page until there is none; each page but the last is full. */
async function paged(who: Who, query: string, limit: number) {
  const rows = [];
  let cursor = '';
  do {
    const page = shape.parse((await ask(who, `?limit=${limit}${query}${cursor}`)).json());
    if (page.next !== null) expect(page.items).toHaveLength(limit);
    rows.push(...page.items);
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '');
  return rows;
}

describe('the appointments of an office', () => {
  test('are those within its scope, of a day or from today on; cancelled ones are left out', async () => {
    const { caseId, cancel } = await called();
    const { caseId: later } = await called({ county: '0502', on: sunday });
    expect(await listed('clerk')).toContain(caseId);
    expect(await listed('clerk')).not.toContain(later);
    expect(await listed('neighbour')).toEqual([later]);
    expect(await listed('director', `?on=${saturday}`)).toContain(caseId);
    expect(await listed('director', `?on=${saturday}`)).not.toContain(later);
    expect(await listed('director', `?on=${sunday}`)).toContain(later);
    expect(await listed('applicant')).toBe('RoleMayNot');
    expect(await listed('auditor')).toBe('RoleMayNot');
    await cancel(1);
    expect(await listed('clerk')).not.toContain(caseId);
  });

  test('come page by page, each once and the earliest first, also where many are called for one hour', async () => {
    const made: Id[] = [];
    for (const time of ['13:00', '09:00', '11:00', '11:00', '11:00', '08:30', '11:00'])
      made.push((await called({ county: '0503', on: '2024-09-09', time })).caseId);
    const rows = await paged('director', '&on=2024-09-09', 2);
    expect(rows.map(({ time }) => time)).toEqual([
      '08:30',
      '09:00',
      '11:00',
      '11:00',
      '11:00',
      '11:00',
      '13:00',
    ]);
    expect(rows.map(({ caseId }) => caseId).toSorted()).toEqual(made.toSorted());
    const all = await listed('director', '?limit=200');
    expect((await paged('director', '', 2)).map(({ caseId }) => caseId)).toEqual(all);
    expect(all.length).toBeGreaterThan(rows.length);
  });

  test('may be those alone who ask for another time, until they are given one', async () => {
    const asking = await called();
    const moved = await called({ time: '09:00' });
    const later = await called({ on: sunday });
    const untouched = await called();
    for (const one of [asking, moved, later]) await one.wish();
    await moved.move(2);
    const asked = '?standing=asked';
    expect(await listed('clerk', asked)).toEqual([asking.caseId, later.caseId]);
    expect(await listed('clerk', `${asked}&on=${saturday}`)).toEqual([asking.caseId]);
    expect(await listed('neighbour', asked)).toEqual([]);
    expect(await listed('clerk')).toEqual(expect.arrayContaining([moved.caseId, untouched.caseId]));
    const rows = await paged('clerk', '&standing=asked', 1);
    expect(rows.map(({ caseId, standing }) => [caseId, standing])).toEqual([
      [asking.caseId, 'asked'],
      [later.caseId, 'asked'],
    ]);
    await asking.cancel(2);
    expect(await listed('clerk', asked)).toEqual([later.caseId]);
  });

  test('are owed another time when their day has passed too, until it is dealt with; and none in a closed case', async () => {
    const past = await called();
    const given = await called({ time: '09:00' });
    const came = await called({ time: '08:00' });
    const closed = await called({ on: sunday });
    for (const one of [past, given, came, closed]) await one.wish();
    // The case is given up while the appointment in it is still open.
    expect((await actBy('clerk', closed.caseId, 'withdraw', 1)).statusCode).toBe(201);
    const owed = async (query = '') =>
      shape
        .parse((await ask('director', `?standing=asked&limit=200${query}`)).json())
        .items.filter(({ caseId }) => [past, given, came, closed].some((one) => one.caseId === caseId))
        .map(({ caseId, hasBegun }) => [caseId, hasBegun]);
    const both = [came, given, past].map(({ caseId }) => [caseId, false]);
    expect(await owed()).toEqual(both);
    expect(await owed(`&on=${sunday}`)).toEqual([]);

    house.clock.set(instantOf(day('1403-06-20'), '09:00').toISOString());
    expect(await owed()).toEqual([came, given, past].map(({ caseId }) => [caseId, true]));
    expect(await listed('director')).not.toContain(past.caseId);
    await given.move(2, '2024-09-14');
    await came.follow('deputy', 'outcomes', 2, { end: 'came', reason: null });
    expect(await owed()).toEqual([[past.caseId, true]]);
    expect(await owed(`&on=${saturday}`)).toEqual([[past.caseId, true]]);
    expect(await listed('clerk', '?standing=asked&limit=200')).toContain(past.caseId);
    expect(await listed('neighbour', '?standing=asked')).not.toContain(past.caseId);
  });

  test.each([
    ['nonsense', 'BadCursor', 'cursor'],
    [encodeCursor(['2024-09-07T07:00:00.000Z', newId()]), 'BadCursor', 'cursor'],
    [encodeCursor(['tomorrow', newId(), newId()]), 'BadCursor', 'cursor'],
    [encodeCursor(['0000-01-01T00:00:00.000Z', newId(), newId()]), 'BadCursor', 'cursor'],
    [encodeCursor(['2024-09-07T07:00:00.000Z', 'a', newId()]), 'BadCursor', 'cursor'],
    ['&standing=came', 'InvalidInput', 'standing'],
    ['&on=2024-13-01', 'InvalidInput', 'on'],
  ])('are refused for %s', async (given, kind, field) => {
    const response = await ask('clerk', `?${given.startsWith('&') ? given.slice(1) : `cursor=${given}`}`);
    const problem = problemShape.parse(response.json());
    expect([response.statusCode, problem.kind, problem.field]).toEqual([400, kind, field]);
    expect(problem.fa).toMatch(/[آ-ی]/);
  });
});
