import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { problemKind, problemOf } from '#testing/people.ts';
import { loadCatalogue } from '../actions.ts';
import { partyRoutes } from '../routes.ts';
import type { NewFact, NewPerson } from './contract.ts';

const house = await openHouse();
await loadPlaces(house.owner, readCsv);
await loadCatalogue(house.owner, readCsv);
const desk = await openDesk(house, { rooms: [partyRoutes(house)] });
const director = await desk.as('director-alborz');
const persons = '/api/provinces/alborz/persons';

let count = 0;
const newPerson = (rest: Partial<NewPerson> = {}): NewPerson => {
  count += 1;
  return {
    id: randomUUID(),
    form: 'natural',
    nationalId: nationalIdOf(510_000_000 + count),
    firstName: 'مریم',
    lastName: 'صادقی',
    fatherName: 'حسن',
    bornOn: '1985-04-21',
    gender: 'woman',
    countyCode: '3001',
    settlement: null,
    phone: null,
    email: null,
    ...rest,
  };
};
const newFact = (rest: Partial<NewFact> = {}): NewFact => ({
  id: randomUUID(),
  kind: 'decile',
  value: '3',
  sinceOn: '2024-08-01',
  source: 'inquiry',
  inquiredOn: '2024-08-10',
  ...rest,
});
const enter = async (order: NewPerson) => expect((await director.post(persons, order)).status).toBe(201);

describe('a person', () => {
  test('is refused under a name without a letter, in the form and as a fact', async () => {
    for (const [name, rule] of [
      ['\u202e', 'required'],
      ['\u200c\u200c', 'required'],
      ['123', 'letters'],
      ['...', 'letters'],
    ] as const) {
      for (const field of ['firstName', 'lastName', 'fatherName'])
        expect(problemOf(await director.post(persons, newPerson({ [field]: name })))).toMatchObject({
          kind: 'InvalidInput',
          field,
          rule,
        });
    }
    const order = newPerson();
    await enter(order);
    const fact = newFact({ kind: 'last_name', value: '۱۲۳' });
    expect(problemKind(await director.post(`${persons}/${order.id}/facts`, fact))).toBe('FactUnreadable');
  });

  test('has no fact of a day before their birth', async () => {
    const order = newPerson({ bornOn: '1990-01-01' });
    await enter(order);
    const facts = `${persons}/${order.id}/facts`;
    const fact = newFact({ sinceOn: '1970-01-01' });
    expect(problemOf(await director.post(facts, fact))).toMatchObject({
      kind: 'FactBeforeBirth',
      field: 'sinceOn',
      fa: expect.stringContaining('۱۳۶۸/۱۰/۱۱'),
    });
    expect((await director.post(facts, { ...fact, sinceOn: '1990-01-01' })).status).toBe(201);
    const born = newFact({ kind: 'born_on', value: '1850-01-01', sinceOn: '2024-08-01' });
    expect(problemKind(await director.post(facts, born))).toBe('BirthTooEarly');
  });
});
