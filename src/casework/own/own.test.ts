import { expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import type { Id } from '#kernel/id.ts';
import { problemShape } from '#platform/problem.ts';
import { openPetitions, petition, petitionMatter, petitionWords } from '#testing/cases.ts';
import { openHouse } from '#testing/house.ts';
import { caseLabels } from '../words.ts';
import { ownCasesShape, promises } from './contract.ts';
import { promiseOf } from './rules.ts';
import { promiseWords } from './words.ts';

const house = await openHouse();
const desk = await openPetitions(house);
const { get, filed, actBy, pageOf, provinceId } = desk;

const ownOf = async (who: Parameters<typeof get>[0], query = '') => {
  const response = await get(who, `/own${query}`);
  expect(response.statusCode, response.body).toBe(200);
  return ownCasesShape.parse(response.json());
};
const cardOf = async (caseId: Id) =>
  must(
    (await ownOf('applicant')).items.find(({ id }) => id === caseId),
    'a card of the case',
  );

test('an applicant who has no case is told what they may begin', async () => {
  expect(await ownOf('applicant')).toEqual({
    items: [],
    next: null,
    begins: [{ kind: 'petition', title: petitionWords.title, href: '/petitions/new' }],
  });
});

test('a card says in plain words where the case stands, until when, and what is theirs to do', async () => {
  const caseId = await filed();
  const waiting = await cardOf(caseId);
  expect(waiting).toMatchObject({
    state: { key: 'filed', told: petitionWords.states['filed']?.told },
    about: petitionMatter,
    ended: false,
    turn: false,
    acts: [],
    page: `/cases/${provinceId}/${caseId}`,
    deadline: { basis: petition.waits.filed.limit.basis },
  });
  expect(waiting.deadline?.promise).toBe(waiting.deadline?.late === true ? 'answer_late' : 'answer');
  expect((await actBy('clerk', caseId, 'send_back', 1, 'نامه کم است')).statusCode).toBe(201);
  // Withdrawing is for who opened it: the clerk did.
  expect(await cardOf(caseId)).toMatchObject({
    state: { key: 'sent_back' },
    reason: 'نامه کم است',
    turn: true,
    deadline: null,
    acts: [
      {
        act: 'resubmit',
        title: petitionWords.acts['resubmit'],
        href: `/cases/${provinceId}/${caseId}`,
        givesUp: false,
      },
    ],
  });
});

test('the page of a case tells what it is about, as the card does, and whose turn it is', async () => {
  const caseId = await filed();
  expect(await pageOf('applicant', caseId)).toMatchObject({ about: petitionMatter, turn: false });
  expect(await pageOf('clerk', caseId)).toMatchObject({ about: petitionMatter, turn: true });
  await actBy('deputy', caseId, 'decide', 1);
  expect(await pageOf('applicant', caseId)).toMatchObject({ turn: true });
  expect(await pageOf('clerk', caseId)).toMatchObject({ turn: false });
});

test('a message to whom the case is about went to you, as they read it', async () => {
  const caseId = await filed();
  await actBy('deputy', caseId, 'decide', 1);
  const toldTo = async (who: 'applicant' | 'clerk') => {
    const { messages } = await pageOf(who, caseId);
    expect(messages.length).toBeGreaterThan(0);
    return messages.map(({ to }) => to);
  };
  expect(new Set((await toldTo('applicant')).map(({ en }) => en))).toEqual(new Set([caseLabels.you.en]));
  expect(await toldTo('clerk')).toContainEqual(caseLabels.subject);
  expect(await toldTo('clerk')).not.toContainEqual(caseLabels.you);
});

test('a decision says until when one may object', async () => {
  const caseId = await filed();
  await actBy('deputy', caseId, 'decide', 1);
  const decided = await cardOf(caseId);
  expect(decided).toMatchObject({ turn: true, deadline: { promise: 'objection', late: false } });
  expect(decided.acts.map(({ act }) => act)).toEqual(['object']);
});

test('open cases stand before ended ones, and pages have no gap and no repetition', async () => {
  const ended = await filed();
  expect((await actBy('clerk', ended, 'withdraw', 1)).statusCode).toBe(201);
  await filed();
  const whole = (await ownOf('applicant')).items;
  const firstEnded = whole.findIndex((one) => one.ended);
  expect(whole.slice(firstEnded).every((one) => one.ended)).toBe(true);
  expect(whole.at(-1)).toMatchObject({ id: ended, ended: true, turn: false, deadline: null, acts: [] });
  const walked: string[] = [];
  for (let cursor = ''; ;) {
    const { items, next } = await ownOf('applicant', `?limit=1${cursor}`);
    walked.push(...items.map(({ id }) => id));
    if (next === null) break;
    cursor = `&cursor=${next}`;
  }
  expect(walked).toEqual(whole.map(({ id }) => id));
});

test('another applicant sees none of it, and nobody who is no applicant is answered', async () => {
  const caseId = await filed();
  expect((await ownOf('applicant')).items.map(({ id }) => id)).toContain(caseId);
  expect((await ownOf('stranger')).items).toEqual([]);
  expect((await get('nobody', '/own')).statusCode).toBe(401);
  const officer = await get('clerk', '/own');
  expect(officer.statusCode).toBe(403);
  expect(problemShape.parse(officer.json())).toMatchObject({ kind: 'RoleMayNot', rule: 'role' });
  const wrong = await get('applicant', '/own?cursor=x');
  expect(wrong.statusCode).toBe(400);
  expect(problemShape.parse(wrong.json())).toMatchObject({ field: 'cursor', rule: 'cursor' });
});

test('a limit means to object where they may, to act where it is their turn, and an answer otherwise', () => {
  const said = [true, false].flatMap((mayObject) =>
    [true, false].flatMap((turn) => [true, false].map((late) => promiseOf({ mayObject, turn, late }))),
  );
  expect(said).toEqual([
    'objection_ended',
    'objection',
    'objection_ended',
    'objection',
    'turn_late',
    'turn',
    'answer_late',
    'answer',
  ]);
  expect(Object.keys(promiseWords).toSorted()).toEqual([...promises].toSorted());
});
