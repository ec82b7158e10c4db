import * as fc from 'fast-check';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { openDesk, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { legalIdOf, nationalIdOf } from '#testing/identities.ts';
import { problemKind } from '#testing/people.ts';
import { loadCatalogue } from '../actions.ts';
import { personPageShape, type NewPerson } from '../person/contract.ts';
import { partyRoutes } from '../routes.ts';
import { simulatedProviders, workInquiries, type Providers } from './actions.ts';
import { inquiriesShape, inquiryKinds, type InquiryKind, type Question } from './contract.ts';
import { isExpired, mostTries, pauseAfter, readReply, validDays, validUntil } from './rules.ts';
import { simulatedReply, wrongReplies } from './simulation.ts';

const house = await openHouse();
await loadPlaces(house.owner, readCsv);
await loadCatalogue(house.owner, readCsv);

/** What the register under test does with a question; each test sets it. */
let register: (question: Question, signal: AbortSignal) => Promise<unknown> = (question) =>
  Promise.resolve(simulatedReply(question));
const asked: string[] = [];
const provider = {
  name: 'register',
  simulated: false,
  ask: (question: Question, signal: AbortSignal) => {
    asked.push(question.inquiryId);
    return register(question, signal);
  },
};
let providers: Providers = Object.fromEntries(inquiryKinds.map((kind) => [kind, provider]));
const findProviders = () => Promise.resolve(providers);
const offices = [30, 15].map((provinceId, at) => ({
  provinceId,
  agency: newId(2 * at + 1),
  bank: newId(2 * at + 2),
}));
const desk = await openDesk(house, { rooms: [partyRoutes(house, findProviders)], offices });
const director = await desk.as('director-alborz');
const county = await desk.as('county-office-alborz');
const work = () =>
  workInquiries({ ...house, providers: findProviders, patience: 50 }, new AbortController().signal);

let count = 0;
const enter = async (rest: Partial<NewPerson> = {}): Promise<string> => {
  count += 1;
  const order = {
    id: randomUUID(),
    form: 'natural',
    nationalId: nationalIdOf(910_000_000 + count * 37),
    firstName: 'مریم',
    lastName: 'صادقی',
    fatherName: null,
    bornOn: '1985-04-21',
    gender: null,
    countyCode: '3001',
    settlement: null,
    phone: null,
    email: null,
    ...rest,
  };
  expect((await director.post('/api/provinces/alborz/persons', order)).status).toBe(201);
  return order.id;
};
const at = (personId: string, province = 'alborz') =>
  `/api/provinces/${province}/persons/${personId}/inquiries`;
const ask = (clerk: Clerk, personId: string, kind: InquiryKind = 'decile', key?: string) =>
  clerk.post(at(personId), { id: randomUUID(), kind }, key);
const shown = async (personId: string, clerk = director) =>
  inquiriesShape.parse((await clerk.get(at(personId))).body);
const waitingOf = async (personId: string) =>
  (await shown(personId)).lines.find(({ kind }) => kind === 'decile')?.waiting;
const decilesOf = async (personId: string) =>
  personPageShape
    .parse((await director.get(`/api/provinces/alborz/persons/${personId}`)).body)
    .facts.filter(({ kind }) => kind === 'decile');
const answering =
  (answer: unknown) =>
  (question: Question): Promise<unknown> =>
    Promise.resolve({ ...simulatedReply(question), answer });

const question: fc.Arbitrary<Question> = fc.record({
  inquiryId: fc.uuid({ version: 7 }),
  kind: fc.constantFrom(...inquiryKinds),
  nationalId: fc.integer({ min: 1, max: 900_000_000 }).map(nationalIdOf),
  firstName: fc.constant('مریم'),
  lastName: fc.constant('صادقی'),
  bornOn: fc.constant(null),
});

describe('the rules', () => {
  test('a reply is believed when it answers this question, and the same question is answered the same', () => {
    fc.assert(
      fc.property(question, (one) => {
        expect(readReply(one, simulatedReply(one))).toMatchObject({ kind: one.kind });
        expect(simulatedReply(one)).toEqual(simulatedReply(one));
        for (const wrong of wrongReplies(one)) expect(readReply(one, wrong)).toBeNull();
      }),
    );
  });

  test('nothing that is not of the shape of a reply is ever believed', () => {
    fc.assert(fc.property(question, fc.anything(), (one, sent) => readReply(one, sent) === null));
    fc.assert(
      fc.property(question, fc.anything(), (one, answer) => {
        const believed = readReply(one, { ...simulatedReply(one), answer });
        if (believed?.kind === 'decile')
          expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).toContain(believed.answer.decile);
      }),
    );
  });

  test('an answer is good to the end of its last day', () => {
    const last = validUntil('decile', day('1403-06-15'));
    expect(isExpired(last, last)).toBe(false);
    expect(isExpired(last, day('1403-09-16'))).toBe(true);
    expect(isExpired(null, last)).toBe(false);
  });

  test('debts, cheques and loans stand against, nothing of them is clear', () => {
    const one = { inquiryId: randomUUID(), nationalId: '1', firstName: null, lastName: '', bornOn: null };
    const verdict = (kind: InquiryKind, answer: unknown) => {
      const told = { ...one, kind };
      return readReply(told, { ...simulatedReply(told), answer })?.verdict;
    };
    expect(verdict('tax', { debt: '0' })).toBe('clear');
    expect(verdict('tax', { debt: '1' })).toBe('conflict');
    expect(verdict('tax', { debt: '01' })).toBeUndefined();
    expect(verdict('bounced_cheque', { count: 0, amount: '5' })).toBeUndefined();
    expect(verdict('bounced_cheque', { count: 1, amount: '5' })).toBe('conflict');
    expect(verdict('civil_registry', { alive: false, agrees: true })).toBe('conflict');
    expect(verdict('other_loan', { loans: [] })).toBe('clear');
    expect(
      verdict('other_loan', { loans: [{ body: 'امید', amount: '5', grantedOn: '2023-02-30' }] }),
    ).toBeUndefined();
  });
});

describe('an inquiry', () => {
  test('of the decile becomes a dated fact with its source, and expires by the clock', async () => {
    const person = await enter();
    register = answering({ decile: 3 });
    expect((await ask(county, person)).status).toBe(201);
    await work();
    const [result] = (await shown(person)).results;
    expect(result).toMatchObject({
      verdict: 'told',
      answer: { decile: 3 },
      provider: 'register',
      simulated: false,
      expired: false,
      validUntil: '2024-12-04',
    });
    expect(await decilesOf(person)).toMatchObject([
      {
        factId: result?.factId,
        value: '3',
        source: 'inquiry',
        sinceOn: '2024-09-05',
        inquiredOn: '2024-09-05',
        inForce: true,
      },
    ]);
    const before = house.clock.now().toISOString();
    house.clock.advance((validDays.decile + 1) * 86_400_000);
    expect((await shown(person)).results).toMatchObject([{ expired: true, verdict: 'told' }]);
    // Asked again it is another answer; the first one stays.
    register = answering({ decile: 5 });
    expect((await ask(county, person)).status).toBe(201);
    await work();
    expect((await shown(person)).results).toMatchObject([
      { answer: { decile: 5 }, expired: false },
      { answer: { decile: 3 }, expired: true },
    ]);
    expect((await decilesOf(person)).map(({ value, inForce }) => [value, inForce])).toEqual([
      ['5', true],
      ['3', false],
    ]);
    house.clock.set(before);
  });

  test('that is answered by nonsense becomes no fact and ends unknown', async () => {
    const person = await enter();
    let sent = 0;
    register = (one) => {
      const replies = wrongReplies(one);
      sent += 1;
      return Promise.resolve(replies[sent % replies.length]);
    };
    expect((await ask(director, person)).status).toBe(201);
    for (let tries = 1; tries < mostTries; tries += 1) {
      await work();
      expect(await waitingOf(person)).toMatchObject({ tries, failure: 'malformed' });
      // Before its pause is over nothing is asked.
      await work();
      expect(sent).toBe(tries);
      house.clock.advance(pauseAfter(tries));
    }
    await work();
    const { results, lines } = await shown(person);
    expect(results).toMatchObject([
      {
        verdict: 'unknown',
        failure: 'malformed',
        answer: null,
        validUntil: null,
        factId: null,
        tries: mostTries,
      },
    ]);
    expect(lines.every(({ waiting }) => waiting === null)).toBe(true);
    expect(await decilesOf(person)).toEqual([]);
  });

  test('of a register that is down, then slow, then up is answered in the end', async () => {
    const person = await enter();
    register = () => Promise.reject(new Error('connection refused'));
    expect((await ask(director, person)).status).toBe(201);
    await work();
    expect(await waitingOf(person)).toMatchObject({ tries: 1, failure: 'down' });
    house.clock.advance(pauseAfter(1));
    register = () => new Promise(() => {});
    await work();
    expect(await waitingOf(person)).toMatchObject({ tries: 2, failure: 'slow' });
    house.clock.advance(pauseAfter(2));
    register = answering({ decile: 2 });
    await work();
    expect((await shown(person)).results).toMatchObject([
      { answer: { decile: 2 }, tries: 3, verdict: 'told' },
    ]);
  });

  test('is asked once, by a double click, by two tabs and by two jobs', async () => {
    const person = await enter();
    register = answering({ decile: 4 });
    const key = randomUUID();
    const order = { id: randomUUID(), kind: 'decile' };
    const twice = await Promise.all([1, 2].map(() => county.post(at(person), order, key)));
    expect(twice.map(({ status }) => status)).toEqual([201, 201]);
    expect(problemKind(await ask(director, person))).toBe('InquiryWaits');
    const before = asked.length;
    await Promise.all([work(), work()]);
    await work();
    expect(asked.length).toBe(before + 1);
    expect((await shown(person)).results).toHaveLength(1);
    expect(await decilesOf(person)).toHaveLength(1);
  });

  test('after a kill between question and answer is asked again, and stored once', async () => {
    const person = await enter();
    register = answering({ decile: 4 });
    expect((await ask(director, person)).status).toBe(201);
    const ending = new AbortController();
    register = () => {
      ending.abort();
      return new Promise(() => {});
    };
    await workInquiries({ ...house, providers: findProviders, patience: 5_000 }, ending.signal);
    expect(await waitingOf(person)).toMatchObject({ tries: 1, failure: null });
    register = answering({ decile: 4 });
    await work();
    expect(await waitingOf(person)).not.toBeNull();
    house.clock.advance(60_000);
    await work();
    expect((await shown(person)).results).toHaveLength(1);
  });

  test('whose register was changed meanwhile is never answered under the name of the one that was asked', async () => {
    const person = await enter();
    expect((await ask(director, person)).status).toBe(201);
    const real = providers;
    providers = simulatedProviders('simulated');
    await work();
    providers = real;
    expect(await waitingOf(person)).toMatchObject({ failure: 'down' });
  });

  test('of a simulated register says so in the question, the answer and the fact', async () => {
    const person = await enter();
    const real = providers;
    providers = simulatedProviders('simulated');
    expect((await ask(director, person)).status).toBe(201);
    await workInquiries({ ...house, providers: findProviders }, new AbortController().signal);
    providers = real;
    expect((await shown(person)).results).toMatchObject([{ simulated: true, provider: 'simulated' }]);
    expect(await decilesOf(person)).toMatchObject([{ source: 'simulated' }]);
    // And nobody can type such a fact, or one of no known source.
    const typed = {
      id: randomUUID(),
      kind: 'decile',
      value: '1',
      sinceOn: '2024-09-01',
      source: 'simulated',
      inquiredOn: null,
    };
    expect((await director.post(`/api/provinces/alborz/persons/${person}/facts`, typed)).status).toBe(422);
  });

  test('goes with a lawful erasure: the answer is emptied and nothing is asked any more', async () => {
    const person = await enter();
    register = answering({ decile: 6 });
    await ask(director, person);
    await work();
    await ask(director, person, 'tax');
    const erasure = { id: randomUUID(), reason: 'حکم', reference: '۱۲' };
    expect((await director.post(`/api/provinces/alborz/persons/${person}/erasure`, erasure)).status).toBe(
      201,
    );
    expect((await shown(person)).results).toMatchObject([{ answer: null, reference: null, verdict: 'told' }]);
    const before = asked.length;
    await work();
    expect(asked.length).toBe(before);
    expect(problemKind(await ask(director, person))).toBe('PersonErased');
  });
});

describe('the fences', () => {
  test('another county, another province, an agency and an auditor ask nothing; who reads sees no more than theirs', async () => {
    const here = await enter();
    const there = await enter({ countyCode: '3002' });
    expect(problemKind(await ask(county, there))).toBe('PersonMissing');
    expect((await county.get(at(there))).status).toBe(404);
    const elsewhere = await desk.as('director-lorestan');
    expect((await elsewhere.post(at(here), { id: randomUUID(), kind: 'tax' })).status).toBeGreaterThanOrEqual(
      403,
    );
    for (const who of ['agency-alborz', 'bank-alborz', 'auditor']) {
      expect((await ask(await desk.as(who), here)).status).toBe(403);
    }
    expect((await (await desk.as('bank-alborz')).get(at(here))).status).toBe(403);
    expect((await shown(here, await desk.as('auditor'))).mayAsk).toBe(false);
    expect((await shown(here, county)).mayAsk).toBe(true);
    expect((await ask(desk.nobody, here)).status).toBe(401);
  });

  test('an enterprise has no decile, and a register that is not connected is not asked', async () => {
    const firm = await enter({ form: 'legal', nationalId: legalIdOf(1_234_568), firstName: null });
    expect(problemKind(await ask(director, firm))).toBe('InquiryNotOfForm');
    expect((await shown(firm)).lines.map(({ kind }) => kind)).toEqual([
      'tax',
      'bounced_cheque',
      'other_loan',
    ]);
    const real = providers;
    providers = {};
    expect(problemKind(await ask(director, firm, 'tax'))).toBe('InquiryNotConnected');
    expect((await shown(firm)).lines.every(({ provider: who }) => who === null)).toBe(true);
    providers = real;
  });

  test('what was asked and answered cannot be changed or removed by who serves', async () => {
    for (const statement of [
      sql`update party.inquiry set provider = 'x'`,
      sql`delete from party.inquiry`,
      sql`update party.inquiry_answer set verdict = 'clear'`,
      sql`delete from party.inquiry_answer`,
      sql`truncate party.inquiry_answer`,
    ])
      await expect(statement.execute(house.db)).rejects.toThrow(/permission denied/);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from party.inquiry`.execute(house.db);
    expect(must(rows[0], 'a count').n).toBe(0);
  });
});
