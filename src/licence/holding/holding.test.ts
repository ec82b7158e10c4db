import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { dayFromIso } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { alborz, freshId, kindOf, openLicences, tailoring, toIssue } from '#testing/licences.ts';
import { openHouse } from '#testing/house.ts';
import { nationalId } from '#testing/people.ts';
import { importHistory } from '../actions.ts';
import { holdingShape, type Holding } from './contract.ts';

const house = await openHouse();
const { get, post, page, asked, form } = await openLicences(house);

const scope = { ...noScope, province: alborz };

async function personOf(requestId: string): Promise<Id> {
  const { rows } = await read(house.db, scope, (tx) =>
    sql<{ id: Id }>`select person_id as id from licence.request where request_id = ${requestId}`.execute(tx),
  );
  return must(rows[0], 'a request').id;
}

const holdingOf = async (who: string, personId: string): Promise<Holding> =>
  holdingShape.parse((await get(who, `persons/${personId}/licences`)).body);

const holder = (countyCode = '3001') => ({
  nationalId: nationalId(),
  firstName: 'مریم',
  lastName: 'نمونه‌پور',
  bornOn: null,
  countyCode,
  phone: null,
});

test('the page of a person tells licences with their state, requests under way and the bar', async () => {
  const who = holder();
  const issued = await asked(toIssue, { holder: who });
  const personId = await personOf(issued.id);
  const open = await asked([], { holder: who, occupationId: 15 });
  const before = await holdingOf('county-office', personId);
  expect(before).toMatchObject({ held: 1, flagged: false, barredUntil: null });
  expect(before.licences.map(({ state, requestId }) => [state, requestId])).toEqual([['valid', issued.id]]);
  expect(before.requests.map(({ requestId }) => requestId)).toEqual([open.id]);

  const licence = must((await page(issued.id)).licence ?? undefined, 'a licence');
  const ending = { id: freshId(), kind: 'annulled', reason: 'به دلیل آزمایش' };
  expect(kindOf(await post('director', `licences/${licence.licenceId}/ending`, ending))).toBe('ok');
  for (const reader of ['county-office', 'deputy', 'agency'])
    expect(await holdingOf(reader, personId), reader).toMatchObject({
      held: 0,
      barredUntil: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      licences: [{ state: 'annulled', endedOn: before.licences[0]?.issuedOn }],
    });
});

test('more than ten licences that hold are flagged', async () => {
  const who = holder();
  const first = await asked(toIssue, { holder: who });
  const personId = await personOf(first.id);
  const day = must((await holdingOf('director', personId)).licences[0], 'a licence').issuedOn;
  const one = {
    issuedOn: dayFromIso(day),
    countyCode: '3001',
    occupationId: tailoring,
    categoryKey: 'clothing',
    agencyKey: 'industry',
    personId,
  };
  await inTransaction(house.db, scope, async (tx) => {
    await importHistory(
      { tx, clock: house.clock, provinceId: alborz },
      { rows: Array.from({ length: 10 }, () => one), sourceKey: 'demonstration' },
    );
    return ok();
  });
  const all = await holdingOf('director', personId);
  expect(all).toMatchObject({ held: 11, flagged: true });
  const { licence: signed } = await page(first.id);
  const taken = must(
    all.licences.find(({ licenceId }) => licenceId !== signed?.licenceId),
    'a licence that was taken over',
  );
  expect(await get('director', `licences/${taken.licenceId}/certificate.pdf`)).toMatchObject({
    status: 409,
    body: { kind: 'CertificateNotSigned', field: 'licence', rule: 'signed_here' },
  });
});

test('a person outside the reader’s scope has no licences to read, and roles without persons read none', async () => {
  const { id: requestId } = await asked();
  const personId = await personOf(requestId);
  expect(await holdingOf('county-office', personId)).toMatchObject({ held: 0, licences: [] });
  const path = `persons/${personId}/licences`;
  for (const who of ['bank', 'editor', 'applicant']) expect((await get(who, path)).status, who).toBe(403);
  const elsewhere = form({ holder: holder('3002') });
  expect(kindOf(await post('deputy', 'licence-requests', elsewhere))).toBe('ok');
  const other = await personOf(elsewhere.id);
  expect((await holdingOf('director', other)).requests).toHaveLength(1);
  const missing = await get('county-office', `persons/${other}/licences`);
  expect([missing.status, kindOf(missing)]).toEqual([404, 'PersonMissing']);
});
