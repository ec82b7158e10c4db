import { expect, test } from 'vitest';
import { roleWords } from '#access/words.ts';
import type { Id } from '#kernel/id.ts';
import { openPetitions, petition, petitionMatter, petitionWords } from '#testing/cases.ts';
import { openHouse } from '#testing/house.ts';
import { receiptShape } from './contract.ts';

const house = await openHouse();
const desk = await openPetitions(house);
const { get, filed, actBy, kindOf, look } = desk;

const receiptOf = async (who: Parameters<typeof get>[0], caseId: Id) => {
  const response = await get(who, `/${caseId}/receipt`);
  expect(response.statusCode, response.body).toBe(200);
  return receiptShape.parse(response.json());
};

test('a receipt says what was recorded, by whom, when, what comes next and by when', async () => {
  const caseId = await filed('0501', '1403-06-10');
  const page = await desk.pageOf('clerk', caseId);
  const receipt = await receiptOf('applicant', caseId);
  expect(receipt).toMatchObject({
    id: caseId,
    number: page.number,
    kind: petitionWords.title,
    about: petitionMatter,
    byRole: roleWords.county_office,
    county: page.county,
    recordedAt: page.openedAt,
    // 10 Shahrivar 1403; it was recorded later, and the limit runs from the day of the deed.
    happenedOn: '2024-08-31',
    next: petitionWords.states['filed']?.told,
    due: { on: page.deadline?.dueOn, basis: petition.waits.filed.limit.basis, foreseen: false },
  });
  expect(receipt.province?.fa).toBeTruthy();
  expect(receipt.waitsFor).toHaveLength(petition.waits.filed.on.length);
});

test('its number opens the public page', async () => {
  const { track } = await receiptOf('applicant', await filed());
  const followed = await look(`/track?number=${track ?? ''}`);
  expect(followed.statusCode).toBe(200);
  expect(followed.body).toContain(petitionWords.states['filed']?.told.fa);
});

test('it says the same however far the case has come', async () => {
  const caseId = await filed();
  const before = await receiptOf('applicant', caseId);
  await actBy('clerk', caseId, 'send_back', 1, 'نامه کم است');
  await actBy('applicant', caseId, 'resubmit', 2);
  await actBy('deputy', caseId, 'decide', 3);
  expect(await receiptOf('applicant', caseId)).toEqual(before);
  expect(await receiptOf('clerk', caseId)).toEqual(before);
});

test('another applicant, another county and whoever is not signed in get none', async () => {
  const caseId = await filed('0501');
  for (const who of ['stranger', 'neighbour'] as const) {
    const refused = await get(who, `/${caseId}/receipt`);
    expect([refused.statusCode, kindOf(refused)]).toEqual([404, 'CaseMissing']);
  }
  expect((await get('nobody', `/${caseId}/receipt`)).statusCode).toBe(401);
});
