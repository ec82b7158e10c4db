import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { nationalIdOf } from '#testing/identities.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { problemOf } from '#testing/people.ts';
import { addressesOf } from '../person/actions.ts';
import { personPageShape } from '../person/contract.ts';
import { partyRoutes } from '../routes.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { id } from '#kernel/id.ts';
import { ok } from '#kernel/result.ts';

const house = await openHouse();
const desk = await openDesk(house, { rooms: [partyRoutes(house)] });
const director = await desk.as('director-alborz');
const persons = '/api/provinces/alborz/persons';
const personId = randomUUID();
const otherId = randomUUID();
const sample = {
  form: 'natural',
  firstName: 'مریم',
  lastName: 'صادقی',
  fatherName: null,
  bornOn: '1985-04-21',
  gender: 'woman',
  countyCode: '3001',
  settlement: null,
  phone: '09120000001',
};
await director.post(persons, { ...sample, id: personId, nationalId: nationalIdOf(500_000_901) });
await director.post(persons, { ...sample, id: otherId, nationalId: nationalIdOf(500_000_902) });
const told = { kind: 'email', sinceOn: '2024-08-01', source: 'declared', inquiredOn: null };
const record = (value: string, rest: object = {}) =>
  director.post(`${persons}/${personId}/facts`, { id: randomUUID(), value, ...told, ...rest });
const page = async () => personPageShape.parse((await director.get(`${persons}/${personId}`)).body);
const addresses = async () => {
  const found = await inTransaction(house.db, { ...noScope, province: 30 }, async (tx) =>
    ok(await addressesOf(tx, { provinceId: 30, personIds: [id(personId)] })),
  );
  return found.ok ? found.value.get(id(personId)) : undefined;
};

test('an e-mail address is dated and sourced, the later one in force', async () => {
  expect(await addresses()).toEqual({ phone: '09120000001', email: null });
  expect((await record('Maryam@Example.ir')).status).toBe(201);
  expect((await record('old@example.ir', { sinceOn: '2023-08-01' })).status).toBe(201);
  const { person, facts } = await page();
  expect(person.email).toBe('Maryam@example.ir');
  expect(facts.filter(({ kind }) => kind === 'email')).toMatchObject([
    { value: 'Maryam@example.ir', sinceOn: '2024-08-01', source: 'declared', inForce: true },
    { value: 'old@example.ir', inForce: false },
  ]);
  expect(await addresses()).toEqual({ phone: '09120000001', email: 'Maryam@example.ir' });
});

test('one that is no address is refused in both languages, and nothing is kept of it', async () => {
  const refusal = problemOf(await record('maryam@example'));
  expect(refusal).toMatchObject({ status: 422, kind: 'FactUnreadable', field: 'value' });
  expect(refusal.fa).toContain('نشانی رایانامه با حروف لاتین');
  expect(refusal.en).toContain('name@example.ir');
  expect((await page()).facts.filter(({ kind }) => kind === 'email')).toHaveLength(2);
});

test('one id is one fact: of two persons who race for it one has it, and the other is refused', async () => {
  const fact = { id: randomUUID(), ...told, value: 'one@example.ir' };
  const raced = await Promise.all(
    [personId, otherId].map((whose) => director.post(`${persons}/${whose}/facts`, fact)),
  );
  expect(raced.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  const late = raced.find(({ status }) => status === 409);
  expect(late && problemOf(late).kind).toBe('FactOtherContent');
});

test('an erasure takes it away, and nothing is sent to it any more', async () => {
  const letter = { id: randomUUID(), reason: 'حکم دادگاه', reference: '۱۴۰۳/۱۲' };
  expect((await director.post(`${persons}/${personId}/erasure`, letter)).status).toBe(201);
  const { person, facts } = await page();
  expect([person.email, facts.some(({ value }) => value !== null)]).toEqual([null, false]);
  expect(await addresses()).toEqual({ phone: null, email: null });
});
