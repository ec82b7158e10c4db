import * as fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { day, dayFromIso, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { openPetitions, petition } from '#testing/cases.ts';
import { openHouse } from '#testing/house.ts';
import { bulkDoneShape } from '../act/contract.ts';
import { act, timelineOf } from '../actions.ts';
import { listTasks } from '../task/queries.ts';
import { isTrackingNumber, readTrackingNumber } from '../tracking.ts';
import { caseListShape, countsShape, viewsShape } from './contract.ts';

const house = await openHouse();
const desk = await openPetitions(house);
const { provinceId, whole, applicantId, sought, get, send, post, filed, replayed, actBy, pageOf, kindOf } =
  desk;
type Who = keyof typeof desk.people;
const newId = (): Id => must(freshIds(1)[0], 'an id');

const listed = async (who: Who, query: string) => {
  const response = await get(who, `?${query}`);
  expect(response.statusCode, response.body).toBe(200);
  return caseListShape.parse(response.json());
};
const isListed = async (who: Who, query: string, caseId: Id): Promise<boolean> => {
  for (let cursor = ''; ;) {
    const { items, next } = await listed(who, `${query}&limit=200${cursor}`);
    if (items.some(({ id }) => id === caseId)) return true;
    if (next === null) return false;
    cursor = `&cursor=${next}`;
  }
};

const views = async (who: Who) => viewsShape.parse((await get(who, '/views')).json()).views;

describe('the inbox', () => {
  test('shows the cases about one person, closed ones too, in the scope of who reads', async () => {
    const caseId = await filed();
    const query = `tab=all&subject=${applicantId}`;
    for (const who of ['clerk', 'deputy', 'applicant'] as const)
      expect(await isListed(who, query, caseId), who).toBe(true);
    expect(await isListed('neighbour', query, caseId)).toBe(false);
    expect((await listed('deputy', `tab=all&subject=${newId()}`)).items).toEqual([]);
    expect((await actBy('deputy', caseId, 'decide', 1)).statusCode).toBe(201);
    expect(await isListed('deputy', query, caseId)).toBe(true);
  });

  test('shows a case to the roles it waits for and in its place, and to nobody else', async () => {
    const caseId = await filed();
    const where = async (query: string) => {
      const seen: Partial<Record<Who, boolean>> = {};
      for (const who of ['clerk', 'neighbour', 'deputy', 'director', 'applicant'] as const)
        seen[who] = await isListed(who, query, caseId);
      return seen;
    };
    expect(await where('tab=role')).toEqual({
      clerk: true,
      neighbour: false,
      deputy: true,
      director: false,
      applicant: false,
    });
    const open = { clerk: true, neighbour: false, deputy: true, director: true, applicant: true };
    expect(await where('tab=open')).toEqual(open);
    expect(await where('tab=all')).toEqual(open);
    expect((await actBy('deputy', caseId, 'decide', 1)).statusCode).toBe(201);
    expect(await where('tab=role')).toMatchObject({ clerk: false, deputy: false, applicant: true });
    expect((await get('nobody', '')).statusCode).toBe(401);
  });

  test('pages without a gap or a repetition, what is due soonest first', async () => {
    for (const since of ['1403-06-12', '1403-05-01', '1403-06-01', '1403-06-01', '1403-04-20'])
      await filed('0501', since);
    const ids: string[] = [];
    const dues: string[] = [];
    for (let cursor = ''; ;) {
      const { items, next } = await listed('clerk', `tab=role&limit=2${cursor}`);
      ids.push(...items.map(({ id }) => id));
      dues.push(...items.map(({ deadline }) => must(deadline, 'a deadline').dueOn));
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(dues).toEqual(dues.toSorted());
    const counts = countsShape.parse((await get('clerk', '/counts')).json());
    expect(counts.role).toEqual({ count: ids.length, more: false });
    const late = await listed('clerk', 'tab=late&limit=200');
    expect(counts.late.count).toBe(late.items.length);
    expect(late.items.every(({ deadline }) => deadline?.late)).toBe(true);
    expect(late.items.length).toBeGreaterThan(0);
  });

  test('finds a case by its number in any digits and by the person it is about, closed ones too', async () => {
    const caseId = await filed();
    const { number } = await pageOf('clerk', caseId);
    expect(isTrackingNumber(readTrackingNumber(number))).toBe(true);
    expect((await actBy('clerk', caseId, 'withdraw', 1)).statusCode).toBe(201);
    const persian = number.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number.parseInt(digit, 10)));
    for (const typed of [number, persian, number.replaceAll('-', '')]) {
      const found = await listed('clerk', `search=${encodeURIComponent(typed)}`);
      expect(found.items.map(({ id }) => id)).toEqual([caseId]);
    }
    expect((await listed('neighbour', `search=${number}`)).items).toEqual([]);
    sought.splice(0, sought.length, applicantId);
    expect(await isListed('clerk', 'search=x', caseId)).toBe(true);
    sought.splice(0, sought.length, newId());
    expect((await listed('clerk', 'search=x')).items).toEqual([]);
  });

  test('takes no note without ink, and keeps one without the signs that turn it around', async () => {
    const caseId = await filed();
    const noted = (body: string) => post('clerk', `/${caseId}/notes`, { id: newId(), body });
    const empty = await noted('\u202e\u200f');
    expect(empty.statusCode).toBe(422);
    expect(empty.json()).toMatchObject({ kind: 'InvalidInput', field: 'body', rule: 'required' });
    expect((await noted('مزاحمت \u202eمعکوس')).statusCode).toBe(201);
    const { notes } = await pageOf('clerk', caseId);
    expect(notes.map(({ body }) => body)).toEqual(['مزاحمت معکوس']);
  });

  test('is not asked for by a kind that there is none of', async () => {
    const response = await get('clerk', '?kind=nope');
    expect(response.statusCode).toBe(422);
    const problem = problemShape.parse(response.json());
    expect(problem).toMatchObject({ kind: 'KindUnknown', field: 'kind', rule: 'known' });
    expect((await get('clerk', `?kind=${petition.kind}`)).statusCode).toBe(200);
  });

  test('keeps filters under a name, each reader for themselves', async () => {
    const view = { id: newId(), name: 'دیرکردهای ما', query: 'tab=late' };
    expect((await post('clerk', '/views', view)).statusCode).toBe(201);
    expect((await post('clerk', '/views', { ...view, id: newId(), query: 'tab=open' })).statusCode).toBe(201);
    expect(await views('clerk')).toEqual([{ ...view, query: 'tab=open' }]);
    expect(await views('colleague')).toEqual([]);
    expect(kindOf(await post('auditor', '/views', view))).toBe('ReadOnly');
    const unseen = await post('clerk', '/views', { ...view, id: newId(), name: '\u202e\u202e' });
    expect(unseen.json()).toMatchObject({ kind: 'InvalidInput', field: 'name', rule: 'required' });
    const dropped = await send('DELETE', 'clerk', `/views/${view.id}`, {});
    expect(dropped.statusCode).toBe(200);
    expect(await views('clerk')).toEqual([]);
  });
});

describe('the page of a case', () => {
  test('tells acts, facts, deadline, letter, and each act with the reason why not', async () => {
    const caseId = await filed();
    const page = await pageOf('clerk', caseId);
    expect(page).toMatchObject({
      kind: { key: 'petition' },
      state: { key: 'filed' },
      deadline: { dueOn: isoOf(day('1403-06-25')), late: false },
      acts: [{ title: { en: 'File' }, facts: [{ title: { en: 'Letter number' }, value: '12/1403' }] }],
      mayNote: true,
      mayHold: true,
    });
    const choices = Object.fromEntries(page.choices.map((choice) => [choice.act, choice]));
    expect(choices['send_back']).toMatchObject({ lawful: true, needsReason: true });
    expect(choices['decide']).toMatchObject({ lawful: false });
    expect(choices['decide']?.because?.en).toContain('four eyes');
    expect(page.letter.fa).toContain('دادخواست');
    expect(page.letter.en).toContain('An answer is due by 25 Shahrivar 1403');
    const mine = await pageOf('applicant', caseId);
    expect(mine.notes).toEqual([]);
    expect(mine.mayNote).toBe(false);
    expect((await get('neighbour', `/${caseId}`)).statusCode).toBe(404);
  });

  test('is sent back with a reason, sent again, decided, objected to: the letter follows', async () => {
    const caseId = await filed();
    expect(kindOf(await actBy('clerk', caseId, 'send_back', 1))).toBe('ActReasonMissing');
    expect((await actBy('clerk', caseId, 'send_back', 1, 'نشانی کارگاه ناقص است')).statusCode).toBe(201);
    expect((await pageOf('applicant', caseId)).letter.fa).toContain('نشانی کارگاه ناقص است');
    expect((await actBy('applicant', caseId, 'resubmit', 2)).statusCode).toBe(201);
    expect((await actBy('deputy', caseId, 'decide', 3)).statusCode).toBe(201);
    expect((await pageOf('applicant', caseId)).letter.en).toContain('You may object until');
    expect((await actBy('applicant', caseId, 'object', 4, 'رأی مستند نیست')).statusCode).toBe(201);
    expect((await pageOf('clerk', caseId)).state.key).toBe('filed');
  });

  test('knows no act that its kind has not', async () => {
    const caseId = await filed();
    const response = await actBy('clerk', caseId, 'fly', 1);
    expect(response.statusCode).toBe(422);
    const problem = problemShape.parse(response.json());
    expect(problem).toMatchObject({ kind: 'ActUnknown', field: 'act', rule: 'known' });
    const cases = [{ id: newId(), caseId, seenVersion: 1 }];
    const bulk = await post('clerk', '/acts', { act: 'fly', reason: 'پرواز', cases });
    expect(bulkDoneShape.parse(bulk.json()).rows.map(({ refusal }) => refusal?.kind)).toEqual(['ActUnknown']);
    expect((await pageOf('clerk', caseId)).version).toBe(1);
  });

  test('T12: the second officer sees what the first did, and nothing is written', async () => {
    const caseId = await filed();
    expect((await actBy('clerk', caseId, 'send_back', 1, 'پیوست ندارد')).statusCode).toBe(201);
    const refusal = await actBy('deputy', caseId, 'decide', 1);
    expect(refusal.statusCode).toBe(409);
    expect(problemShape.parse(refusal.json())).toMatchObject({
      kind: 'CaseMovedOn',
      facts: {
        seen: 1,
        now: 2,
        meanwhile: [{ act: 'send_back', toState: 'sent_back', byRole: 'county_office' }],
      },
    });
    expect(problemShape.parse(refusal.json()).fa).toContain('برگشت برای اصلاح');
  });

  test('is taken by one officer; a colleague is told in whose hands it is; an act frees it', async () => {
    const caseId = await filed();
    const hold = (who: Who, take: boolean) => post(who, `/${caseId}/hold`, { id: newId(), take });
    expect((await hold('clerk', true)).statusCode).toBe(201);
    expect(kindOf(await hold('colleague', true))).toBe('CaseHeld');
    expect(await isListed('clerk', 'tab=mine', caseId)).toBe(true);
    expect(await isListed('colleague', 'tab=mine', caseId)).toBe(false);
    expect((await hold('clerk', false)).statusCode).toBe(201);
    expect((await hold('colleague', true)).statusCode).toBe(201);
    await replayed(caseId);
    expect((await actBy('clerk', caseId, 'send_back', 1, 'ناقص است')).statusCode).toBe(201);
    expect((await pageOf('colleague', caseId)).holder).toBeNull();
    expect(kindOf(await hold('neighbour', true))).toBe('CaseMissing');
    expect(kindOf(await hold('auditor', true))).toBe('ReadOnly');
  });

  test('holds notes of officers, which a letter may erase by another hand', async () => {
    const caseId = await filed();
    const note = { id: newId(), body: 'با متقاضی تماس گرفته شد' };
    expect((await post('clerk', `/${caseId}/notes`, note)).statusCode).toBe(201);
    expect((await post('clerk', `/${caseId}/notes`, note)).statusCode).toBe(201);
    expect(kindOf(await post('clerk', `/${caseId}/notes`, { ...note, body: 'دیگر' }))).toBe(
      'NoteOtherContent',
    );
    expect(kindOf(await post('applicant', `/${caseId}/notes`, { ...note, id: newId() }))).toBe('RoleMayNot');
    expect(kindOf(await post('neighbour', `/${caseId}/notes`, { ...note, id: newId() }))).toBe('CaseMissing');
    expect((await pageOf('deputy', caseId)).notes).toMatchObject([{ body: note.body }]);
    const erase = (who: Who, id: Id) => post(who, `/${caseId}/notes/${id}/erasure`, { letterNumber: '۹' });
    expect(kindOf(await erase('deputy', note.id))).toBe('RoleMayNot');
    const own = { id: newId(), body: 'یادداشت مدیرکل' };
    expect((await post('director', `/${caseId}/notes`, own)).statusCode).toBe(201);
    expect(kindOf(await erase('director', own.id))).toBe('OwnNote');
    expect((await erase('director', note.id)).statusCode).toBe(201);
    const left = (await pageOf('deputy', caseId)).notes;
    expect(left.find(({ id }) => id === note.id)?.body).toBeNull();
    expect(left.find(({ id }) => id === own.id)?.body).toBe(own.body);
    await expect(
      inTransaction(house.db, whole, async (tx) => {
        await sql`update casework.note set body = 'x' where note_id = ${own.id}`.execute(tx);
        return ok();
      }),
    ).rejects.toThrow(/row-level security/);
  });
});

const row = (id: Id, caseId: Id) => ({ id, caseId, seenVersion: 1 });

describe('the same act on many cases', () => {
  test('T4: is answered row by row: one refusal takes nothing from the others, and twice acts once', async () => {
    const [one, two, elsewhere] = [await filed(), await filed(), await filed('0502')];
    await actBy('clerk', two, 'send_back', 1, 'ناقص است');
    const form = {
      act: 'send_back',
      reason: 'مدارک ناقص است',
      cases: [one, two, elsewhere].map((caseId) => ({ id: newId(), caseId, seenVersion: 1 })),
    };
    const key = newId();
    for (const _ of [1, 2]) {
      const { rows } = bulkDoneShape.parse((await post('clerk', '/acts', form, key)).json());
      expect(rows.map(({ done, refusal }) => (done ? 'done' : refusal?.kind))).toEqual([
        'done',
        'CaseMovedOn',
        'CaseMissing',
      ]);
    }
    expect((await pageOf('clerk', one)).version).toBe(2);
  });

  test('is refused whole where one act id or one case stands in two rows', async () => {
    const [one, two] = [await filed(), await filed()];
    const same = newId();
    for (const [rule, cases] of [
      ['act_once', [row(same, one), row(same, two)]],
      ['act_once', [row(same, one), { ...row(same, two), id: same.toUpperCase() }]],
      ['case_once', [row(newId(), one), row(newId(), one)]],
    ] as const) {
      const answer = await post('clerk', '/acts', { act: 'send_back', reason: 'ناقص است', cases });
      expect(answer.statusCode).toBe(422);
      expect(problemShape.parse(answer.json())).toMatchObject({ field: 'cases', rule });
    }
    for (const caseId of [one, two]) expect((await pageOf('clerk', caseId)).version).toBe(1);
  });
});

describe('tasks and deadlines are what the acts make of them', () => {
  test('after any walk: replay equals projection, and a limit runs from the day its state was entered', async () => {
    const steps = fc.array(
      fc.record({
        name: fc.constantFrom(...Object.keys(petition.may)),
        role: fc.constantFrom('applicant', 'county_office', 'deputy'),
        day: fc.integer({ min: 1, max: 31 }),
      }),
      { maxLength: 9 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (walk) => {
        const caseId = await filed();
        for (const { name, role, day: on } of walk) {
          const order = {
            id: newId(),
            caseId,
            act: name,
            seenVersion: null,
            facts: {},
            reason: 'x',
            happenedOn: day(`1403-06-${String(on).padStart(2, '0')}`),
          };
          const by = { userId: newId(), personId: newId(), role };
          await inTransaction(house.db, whole, (tx) =>
            act(tx, petition, { provinceId, order, by, clock: house.clock }),
          );
        }
        await replayed(caseId);
        const acts = await read(house.db, whole, (tx) => timelineOf(tx, { provinceId, caseId }));
        const entered = must(
          acts.findLast((done) => done.fromState !== done.toState),
          'the first act',
        );
        const page = await pageOf('deputy', caseId);
        expect(dayFromIso(page.sinceOn)).toBe(entered.happenedOn);
        const roles = await read(house.db, whole, (tx) => listTasks(tx, { provinceId, caseId }));
        expect(roles.length === 0).toBe(page.closed);
        expect(roles.filter(({ leads }) => leads)).toHaveLength(page.closed ? 0 : 1);
      }),
      { numRuns: 20 },
    );
  });
});
