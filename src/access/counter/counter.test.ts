import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { must } from '#kernel/result.ts';
import { counterWith } from '#testing/counter.ts';
import { openHouse } from '#testing/house.ts';
import { openJoining, otherThan } from '#testing/joins.ts';
import { newPassword as password } from '#testing/people.ts';
import { joinRefusalWords, joinWords } from '../join/words.ts';
import { accessRefusalWords } from '../words.ts';
import { counterWords } from './words.ts';

const house = await openHouse();
const joining = await openJoining(house);
const { desk, messagesTo } = joining;
const nobody = counterWith(desk.app);

const fieldsOf = ({ provinceId, ...who }: ReturnType<typeof joining.applicant>) => ({
  ...who,
  provinceId: String(provinceId),
});
/** Asks for a code ten minutes later, so that a test does not meet the counts of another one. */
async function codeFor(order: ReturnType<typeof joining.applicant>, path = '/apply/code') {
  house.clock.advance(10 * 60_000);
  const answer = await nobody.post(path, { fields: fieldsOf(order) });
  const message = await vi.waitFor(() => must(messagesTo(order.phone).at(-1), 'an SMS'));
  return { answer, text: message.text, code: must(/\d{6}/.exec(message.text)?.[0], 'a code') };
}

test('an applicant joins by the code that came, is signed in at once, and signs out', async () => {
  const order = joining.applicant();
  const { answer, code } = await codeFor(order);
  expect(answer.status).toBe(200);
  expect(answer.body).toContain(joinWords.stepTwo.fa);
  expect(answer.body).toContain(`name="nationalId" value="${order.nationalId}"`);
  expect(answer.body).not.toContain(code);
  const wrong = await nobody.post('/apply/account', {
    fields: { ...fieldsOf(order), code: otherThan(code), password },
  });
  expect(wrong.status).toBe(422);
  expect(wrong.body).toContain(
    joinRefusalWords.CodeWrong({ kind: 'CodeWrong', triesLeft: 4, field: 'code' }).fa,
  );
  expect(wrong.body).not.toContain(password);
  expect(wrong.cookies).toBe('');
  const done = await nobody.post('/apply/account', { fields: { ...fieldsOf(order), code, password } });
  expect(done).toMatchObject({ status: 303, to: '/apply/cases' });
  const inside = counterWith(desk.app, done.cookies);
  expect(await inside.look('/apply')).toMatchObject({ status: 303, to: '/apply/cases' });
  expect(await inside.post('/apply/sign-out', { fields: {} })).toMatchObject({ status: 303, to: '/apply' });
  expect((await inside.look('/apply')).body).toContain(counterWords.haveAccount.fa);
  const again = await nobody.post('/en/apply/sign-in', { fields: { username: order.phone, password } });
  expect(again).toMatchObject({ status: 303, to: '/en/apply' });
  const back = counterWith(desk.app, again.cookies);
  expect(await back.look('/en/apply')).toMatchObject({ status: 303, to: '/en/apply/cases' });
});

test('the code goes out in the language of the page', async () => {
  const { text } = await codeFor(joining.applicant(), '/en/apply/code');
  expect(text).toContain('Karsaz code');
});

test('what is wrong in step one comes back by its field with every word that was typed', async () => {
  const order = fieldsOf(joining.applicant());
  for (const [field, value] of [
    ['nationalId', '1234567890'],
    ['phone', '02634567890'],
    ['provinceId', ''],
    ['provinceId', '77'],
    ['firstName', '12'],
    ['lastName', ''],
  ] as const) {
    const answer = await nobody.post('/apply/code', { fields: { ...order, [field]: value } });
    expect([field, answer.status]).toEqual([field, 422]);
    expect(answer.body).toContain(`href="#who-${field}"`);
    if (field !== 'phone') expect(answer.body).toContain(`value="${order.phone}"`);
  }
  const keyless = await nobody.post('/apply/code', { fields: order, key: null });
  expect([keyless.status, keyless.body.includes('Idempotency-Key')]).toEqual([400, true]);
});

test('codes are counted as on the desk, and a form of another site is not done', async () => {
  house.clock.advance(10 * 60_000);
  const fields = fieldsOf(joining.applicant());
  for (let time = 0; time < 3; time += 1)
    expect((await nobody.post('/apply/code', { fields })).status).toBe(200);
  const fourth = await nobody.post('/apply/code', { fields });
  expect([fourth.status, fourth.body.includes('role="alert"')]).toEqual([429, true]);
  const other = { 'sec-fetch-site': 'cross-site' };
  for (const path of ['/apply/code', '/apply/sign-in', '/apply/account', '/apply/sign-out'])
    expect((await nobody.post(path, { fields }, other)).status).toBe(403);
});

test('a code that is none, and a short password, are said to be', async () => {
  const fields = fieldsOf(joining.applicant());
  const unreadable = await nobody.post('/apply/account', { fields: { ...fields, code: 'abcdef', password } });
  expect([unreadable.status, unreadable.body.includes(joinRefusalWords.CodeUnreadable().fa)]).toEqual([
    422,
    true,
  ]);
  const short = await nobody.post('/apply/account', {
    fields: { ...fields, code: '123456', password: 'short' },
  });
  expect([short.status, short.body.includes('href="#code-password"')]).toEqual([422, true]);
  const unusable = await nobody.post('/apply/account', { fields: { ...fields, code: '123456', password } });
  expect([unusable.status, unusable.body.includes(joinRefusalWords.CodeUnusable().fa)]).toEqual([410, true]);
});

test('a wrong password is refused as on the desk, until one has to wait', async () => {
  const fields = { username: `nobody-${randomUUID().slice(0, 8)}`, password: 'wrong-password' };
  const refused = await nobody.post('/apply/sign-in', { fields });
  expect(refused.status).toBe(401);
  expect(refused.body).toContain(accessRefusalWords.WrongPassword().fa);
  expect(refused.body).toContain(`value="${fields.username}"`);
  expect(refused.body).not.toContain(fields.password);
  expect(refused.cookies).toBe('');
  let last = refused;
  for (let time = 0; time < 12 && last.status !== 429; time += 1)
    last = await nobody.post('/apply/sign-in', { fields });
  expect([last.status, last.body.includes('role="alert"')]).toEqual([429, true]);
  expect((await nobody.post('/apply/sign-in', { fields: { username: '' } })).status).toBe(422);
});

test('who is signed in under another role is told where they work', async () => {
  const clerk = counterWith(desk.app, (await desk.as('county-office-alborz')).cookie);
  expect((await clerk.look('/apply')).body).toContain(counterWords.otherRole.fa);
  const fields = { username: 'county-office-alborz', password: 'karsaz-demo' };
  expect(await nobody.post('/apply/sign-in', { fields })).toMatchObject({ status: 303, to: '/apply' });
});
