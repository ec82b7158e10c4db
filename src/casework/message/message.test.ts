import { describe, expect, test } from 'vitest';
import { trailEventShape } from '#access/trail/contract.ts';
import { z } from 'zod';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { pageShape } from '#platform/cursor.ts';
import { logMessenger } from '#platform/messenger.ts';
import { sendWaiting } from '#platform/posting.ts';
import { smsMessenger } from '#platform/sms.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { openPetitions } from '#testing/cases.ts';
import { openDesk, type Answer, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { openOperator } from '#testing/operator.ts';
import { makePowerful, newUser, problemOf } from '#testing/people.ts';
import { undeliveredShape } from './contract.ts';
import { messageRoutes } from './routes.ts';
import { messageRefusalWords, reasonWords } from './words.ts';

const house = await openHouse();
const operator = await openOperator();
const token = 'a-secret-token-of-the-operator';
const petitions = await openPetitions(house);
const { provinceId } = petitions;
const desk = await openDesk(house, { rooms: [messageRoutes(house)] });
const one = await desk.as('administrator-one');
const two = await desk.as('administrator-two');
const inProvince = async (province: number): Promise<Clerk> => {
  const user = newUser({ role: 'administrator', provinceId: province });
  return (await makePowerful(desk, { one, two, user })).clerk;
};
const administrator = await inProvince(provinceId);
const neighbour = await inProvince(6);

const phone = '09121112233';
const send = () =>
  sendWaiting({
    db: house.db,
    clock: house.clock,
    provinces: () => Promise.resolve([provinceId]),
    say: () => ({ fa: 'دادخواست ثبت شد.', en: 'The petition is filed.' }),
    addressesOf: () => Promise.resolve(new Map([[petitions.applicantId, { phone, email: null }]])),
    messengers: () =>
      Promise.resolve({
        sms: smsMessenger({ url: operator.url, token }),
        email: logMessenger,
        desk: logMessenger,
      }),
  });

/** A case whose message the operator refused; the id of the message is on its page. */
async function refusedCase(): Promise<{ caseId: Id; messageId: string }> {
  operator.answer({ status: 422, body: `no such number ${phone} for ${token}` });
  const caseId = await petitions.filed();
  await send();
  const [message] = (await petitions.pageOf('clerk', caseId)).messages;
  return { caseId, messageId: must(message, 'a message').id };
}
const listed = async (clerk: Clerk, query = '') => {
  const answer = await clerk.get(`/api/messages${query}`);
  expect(answer.status).toBe(200);
  for (const hidden of [token, phone, '9121112233', petitions.applicantId, 'دادخواست'])
    expect(JSON.stringify(answer.body)).not.toContain(hidden);
  return pageShape(undeliveredShape).parse(answer.body);
};
const again = (clerk: Clerk, messageId: string, key?: string): Promise<Answer> =>
  clerk.post(`/api/provinces/${provinceId}/messages/${messageId}/sending`, { id: bodyId }, key);
const allAgain = (by: Clerk): Promise<Answer> =>
  by.post(`/api/provinces/${provinceId}/messages/sending`, { id: must(freshIds(1)[0], 'a key') });
const bodyId = must(freshIds(1)[0], 'an id');

test('an officer sees on the page of the case what did not arrive and why, the applicant without the answer', async () => {
  const { caseId } = await refusedCase();
  const [message] = (await petitions.pageOf('clerk', caseId)).messages;
  expect(message).toMatchObject({
    channel: 'sms',
    state: 'refused',
    carrier: 'sms_http',
    triedAt: house.clock.now().toISOString(),
    reason: reasonWords.refused,
    answer: '422 no such number *** for ***',
    text: { fa: 'دادخواست ثبت شد.' },
  });
  const [mine] = (await petitions.pageOf('applicant', caseId)).messages;
  expect(mine).toMatchObject({ state: 'refused', reason: reasonWords.refused, answer: null });
});

describe('undelivered messages', () => {
  test('are listed for an administrator, those of a province with their case', async () => {
    const { caseId, messageId } = await refusedCase();
    const { number } = await petitions.pageOf('clerk', caseId);
    const [mine] = (await listed(administrator)).items.filter((item) => item.messageId === messageId);
    expect(mine).toMatchObject({
      provinceId,
      state: 'refused',
      carrier: 'sms_http',
      tries: 1,
      reason: reasonWords.refused,
      about: { caseId, number },
    });
    const [theirs] = (await listed(one)).items.filter((item) => item.messageId === messageId);
    expect(theirs).toEqual({ ...mine, about: null });
    expect((await listed(neighbour)).items).toEqual([]);
    const first = await listed(administrator, '?limit=1');
    const next = await listed(administrator, `?limit=1&cursor=${first.next}`);
    expect(first.items).toHaveLength(1);
    expect(next.items[0]?.messageId).not.toBe(first.items[0]?.messageId);
  });

  test('go again once, with a trace of who asked, and are seen as sent', async () => {
    const { caseId, messageId } = await refusedCase();
    operator.answer({ status: 202 });
    const key = must(freshIds(1)[0], 'a key');
    expect((await again(administrator, messageId, key)).status).toBe(201);
    expect((await again(administrator, messageId, key)).status).toBe(201);
    const waiting = problemOf(await again(one, messageId));
    expect(waiting).toMatchObject({ status: 409, kind: 'MessageNotUndelivered' });
    expect(waiting.fa).toBe(
      messageRefusalWords.MessageNotUndelivered({ kind: 'MessageNotUndelivered', state: 'waiting' }).fa,
    );
    await Promise.all([send(), send()]);
    expect(operator.orders).toHaveLength(1);
    expect((await petitions.pageOf('clerk', caseId)).messages[0]).toMatchObject({
      state: 'sent',
      reason: null,
      answer: '202',
    });
    const sent = problemOf(await again(administrator, messageId));
    expect(sent.fa).toBe(
      messageRefusalWords.MessageNotUndelivered({ kind: 'MessageNotUndelivered', state: 'sent' }).fa,
    );
    const auditor = await desk.as('auditor');
    const trail = await auditor.get(`/api/access/events?record=${messageId}&outcome=did`);
    const { items } = z.object({ items: z.array(trailEventShape) }).parse(trail.body);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      byRole: 'administrator',
      route: expect.stringContaining('/messages/:id/sending'),
    });
  });

  test('go again by an administrator of the installation too, and by nobody else', async () => {
    const { messageId } = await refusedCase();
    for (const name of ['director-alborz', 'deputy-alborz', 'auditor', 'ministry', 'applicant-alborz']) {
      const clerk = await desk.as(name);
      expect(problemOf(await clerk.get('/api/messages')).kind).toBe('RoleMayNot');
      expect(problemOf(await again(clerk, messageId)).kind).toBe('RoleMayNot');
    }
    expect(problemOf(await again(desk.nobody, messageId)).kind).toBe('NotSignedIn');
    expect(problemOf(await again(neighbour, messageId)).kind).toBe('OtherProvince');
    const missing = problemOf(await again(administrator, must(freshIds(1)[0], 'an id')));
    expect(missing).toMatchObject({ status: 404, kind: 'MessageMissing' });
    expect((await again(one, messageId)).status).toBe(201);
  });

  test('of a province go again together, and none of another', async () => {
    const messages = [await refusedCase(), await refusedCase()];
    expect(problemOf(await allAgain(neighbour)).kind).toBe('OtherProvince');
    const clerk = await desk.as('director-alborz');
    expect(problemOf(await allAgain(clerk)).kind).toBe('RoleMayNot');
    const before = (await listed(administrator)).items.map(({ messageId }) => messageId);
    expect(before).toEqual(expect.arrayContaining(messages.map(({ messageId }) => messageId)));
    const { status, body } = await allAgain(administrator);
    expect([status, body]).toEqual([201, { count: before.length }]);
    expect((await listed(administrator)).items).toEqual([]);
    expect((await allAgain(one)).body).toEqual({ count: 0 });
  });
});
