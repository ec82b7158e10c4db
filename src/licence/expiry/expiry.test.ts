import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseTopic } from '#casework/contract.ts';
import { findCase } from '#casework/queries.ts';
import { listTasks } from '#casework/task/queries.ts';
import { addDays, dayFromIso, isoOf, startOfDay } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { noScope, read, type Tx } from '#platform/db.ts';
import { listMessages } from '#platform/outbox.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf, openLicences, toIssue } from '#testing/licences.ts';
import { renewalDays } from '../rules.ts';
import { requestStateWords } from '../words.ts';
import { closeUnobjected, tellExpiring } from './actions.ts';
import { sayExpiry } from './words.ts';

const house = await openHouse();
const { act, asked, form, page, post } = await openLicences(house);
const watch = { db: house.db, clock: house.clock };

/** A licence that was issued today. */
async function issued() {
  const sent = await asked(toIssue);
  const licence = must((await page(sent.id)).licence ?? undefined, 'a licence');
  return { sent, licenceId: licence.licenceId, expiresOn: dayFromIso(licence.expiresOn) };
}
/** Messages beside that of the issue. */
const told = async (licenceId: string): Promise<number> => {
  const about = { provinceId: alborz, topic: caseTopic, subjectId: licenceId };
  const all = await read(house.db, { ...noScope, province: alborz }, (tx) => listMessages(tx, about));
  return all.length - 1;
};
const goTo = (day: ReturnType<typeof dayFromIso>): void =>
  house.clock.set(new Date(startOfDay(day) + 9 * 3_600_000).toISOString());

describe('word of the end of a licence', () => {
  test('goes out once, from the first day of its renewal, whoever looks how often', async () => {
    const { licenceId, expiresOn } = await issued();
    goTo(addDays(expiresOn, -renewalDays - 1));
    await tellExpiring(watch);
    expect(await told(licenceId)).toBe(0);
    goTo(addDays(expiresOn, -renewalDays));
    const counts = await Promise.all([tellExpiring(watch), tellExpiring(watch), tellExpiring(watch)]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }), async (days) => {
        for (const count of days) {
          house.clock.advance(count * 3_600_000);
          await tellExpiring(watch);
        }
        expect(await told(licenceId)).toBe(1);
      }),
      { numRuns: 10 },
    );
    expect(sayExpiry({ kind: 'licence', state: 'near_expiry', expiresOn })?.fa).toContain('تمدید');
    expect(sayExpiry({ kind: 'licence', state: 'standing' })).toBeUndefined();
  });

  test('does not go out for a licence that was cancelled, or whose renewal is under way', async () => {
    const [first, second] = [await issued(), await issued()];
    goTo(addDays(first.expiresOn, -renewalDays));
    const ending = { id: freshId(), kind: 'cancelled', reason: 'درخواست دارنده' };
    expect(kindOf(await post('director', `licences/${first.licenceId}/ending`, ending))).toBe('ok');
    const renewal = form({ renews: second.licenceId, holder: second.sent.holder });
    expect(kindOf(await post('county-office', 'licence-requests', renewal))).toBe('ok');
    await tellExpiring(watch);
    // Of the cancelled one the holder heard by its act.
    expect([await told(first.licenceId), await told(second.licenceId)]).toEqual([1, 0]);
    expect((await page(second.sent.id)).licence?.renewal).toEqual({
      from: isoOf(addDays(second.expiresOn, -renewalDays)),
      lawful: true,
    });
  });
});

const refused = () => asked([['county-office', 'refuse']]);
const reading = <Found>(work: (tx: Tx) => Promise<Found>) =>
  read(house.db, { ...noScope, province: alborz }, work);
const caseOf = async (caseId: Id) =>
  must(await reading((tx) => findCase(tx, { provinceId: alborz, caseId })), 'a case');
/** The roles whose turn it is. */
const waiting = async (caseId: Id) =>
  (await reading((tx) => listTasks(tx, { provinceId: alborz, caseId }))).map(({ role }) => role).sort();

describe('a refusal to which nobody objects', () => {
  test('becomes final by the clock on the day after the limit, once, and waits for nobody any more', async () => {
    const { id } = await refused();
    const last = must((await caseOf(id)).dueOn ?? undefined, 'a limit');
    expect(await waiting(id)).toEqual(['applicant', 'county_office']);
    goTo(last);
    await closeUnobjected(watch);
    expect((await page(id)).request.state).toBe('turned_down');
    goTo(addDays(last, 1));
    // Before the clock has looked, whoever objects is told of the limit.
    const late = await act('county-office', id, 'object');
    expect(late.body).toMatchObject({ kind: 'LimitPassed' });
    const counts = await Promise.all([
      closeUnobjected(watch),
      closeUnobjected(watch),
      closeUnobjected(watch),
    ]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    const { request, acts } = await page(id);
    expect([request.state, request.version, acts.length]).toEqual(['upheld', 3, 3]);
    expect(acts.at(-1)).toMatchObject({ act: 'close_unobjected' });
    expect(await caseOf(id)).toMatchObject({ dueOn: null, file: { state: 'upheld', version: 3 } });
    expect(await waiting(id)).toEqual([]);
    const after = await act('county-office', id, 'object');
    expect(after.body).toMatchObject({ kind: 'ActUnlawful' });
    expect(Object(after.body).fa).toContain(requestStateWords.turned_down.fa);
  });

  test('is left alone where somebody objected in time, and nobody makes it final by hand', async () => {
    const { id } = await refused();
    expect(kindOf(await act('county-office', id, 'object'))).toBe('ok');
    const other = await refused();
    for (const who of ['director', 'deputy', 'county-office'])
      expect(kindOf(await act(who, other.id, 'close_unobjected'))).toBe('ActNotYours');
    house.clock.advance(90 * 86_400_000);
    expect(await closeUnobjected(watch)).toBe(1);
    expect((await page(id)).request.state).toBe('objected');
    expect((await page(other.id)).request.state).toBe('upheld');
  });
});
