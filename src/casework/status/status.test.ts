import { expect, test } from 'vitest';
import { persianDigits } from '#kernel/persian.ts';
import { openPetitions, petitionWords } from '#testing/cases.ts';
import { openHouse } from '#testing/house.ts';
import { trackingNumberOf } from '../tracking.ts';
import { statusWords } from './words.ts';

const house = await openHouse();
const desk = await openPetitions(house);

test('whoever has the number is told the stage in plain words, and nothing of whom it is about', async () => {
  const caseId = await desk.filed();
  const { number } = await desk.pageOf('clerk', caseId);
  const filed = await desk.look(`/track?number=${encodeURIComponent(persianDigits(number))}`);
  expect(filed.statusCode).toBe(200);
  expect(filed.body).toContain(petitionWords.title.fa);
  expect(filed.body).toContain(petitionWords.states['filed']?.told.fa);
  expect(filed.body).toContain('noindex');
  for (const told of ['12/1403', desk.applicantId, caseId]) expect(filed.body).not.toContain(told);
  await desk.actBy('clerk', caseId, 'send_back', 1, 'نامه کم است');
  const back = await desk.look(`/en/track?number=${number}`);
  expect(back.body).toContain(petitionWords.states['sent_back']?.title.en);
  expect(back.body).not.toContain('نامه کم است');
});

test('a wrong digit, a number of nobody and an empty form are told apart', async () => {
  const { number } = await desk.pageOf('clerk', await desk.filed());
  const digits = number.replaceAll('-', '');
  const other = `${digits.slice(0, 8)}${(Number.parseInt(digits.slice(8), 10) + 1) % 10}`;
  const wrong = await desk.look(`/track?number=${other}`);
  expect([wrong.statusCode, wrong.body.includes(statusWords.wrongNumber.fa)]).toEqual([404, true]);
  const nobody = await desk.look(`/track?number=${trackingNumberOf('00000000')}`);
  expect([nobody.statusCode, nobody.body.includes(statusWords.notFound.fa)]).toEqual([404, true]);
  const form = await desk.look('/track');
  expect([form.statusCode, form.body.includes('role="alert"')]).toEqual([200, false]);
  const typed = await desk.look(`/track?number=${encodeURIComponent('"><script>')}`);
  expect(typed.body).not.toContain('<script>');
});

test('numbers cannot be tried through', async () => {
  const answers = [];
  for (let at = 0; at < 25; at += 1)
    answers.push((await desk.look(`/track?number=${trackingNumberOf(String(10_000_000 + at))}`)).statusCode);
  expect(answers.at(-1)).toBe(429);
});
