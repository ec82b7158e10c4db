import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { openDesk, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { problemKind } from '#testing/people.ts';
import { loadCatalogue } from '../actions.ts';
import { personPageShape, type NewPerson } from '../person/contract.ts';
import { partyRoutes } from '../routes.ts';
import { duplicatesShape } from './contract.ts';
import { likenessOf, type Likened } from './rules.ts';

const house = await openHouse();
await loadPlaces(house.owner, readCsv);
await loadCatalogue(house.owner, readCsv);
const offices = [30, 15].map((provinceId, at) => ({
  provinceId,
  agency: newId(2 * at + 1),
  bank: newId(2 * at + 2),
}));
const desk = await openDesk(house, { rooms: [partyRoutes(house)], offices });
const director = await desk.as('director-alborz');
const county = await desk.as('county-office-alborz');

const at = '/api/provinces/alborz';
let count = 0;
const enter = async (rest: Partial<NewPerson> = {}) => {
  count += 1;
  const order = {
    id: randomUUID(),
    form: 'natural',
    nationalId: nationalIdOf(800_000_000 + count * 37),
    firstName: 'مریم',
    lastName: 'صادقی',
    fatherName: null,
    bornOn: '1985-04-21',
    gender: 'woman',
    countyCode: '3001',
    settlement: null,
    phone: null,
    email: null,
    ...rest,
  };
  expect((await director.post(`${at}/persons`, order)).status).toBe(201);
  return order.id;
};
const listed = async (clerk: Clerk) => duplicatesShape.parse((await clerk.get(`${at}/duplicates`)).body);
const pairsOf = async (clerk: Clerk) =>
  (await listed(clerk)).proposals.map(({ first, second }) =>
    [first.personId, second.personId].toSorted().join(' '),
  );
const pair = (a: string, b: string) => [a, b].toSorted().join(' ');
const decide = (clerk: Clerk, a: string, b: string, verdict: string, keptId: string | null = null) =>
  clerk.post(`${at}/duplicates`, { id: randomUUID(), firstId: a, secondId: b, verdict, keptId });

const likened: fc.Arbitrary<Likened> = fc.record({
  form: fc.constantFrom('natural' as const, 'legal' as const),
  nationalId: fc.option(fc.constantFrom('0012345679', '1234567900', '0012345670')),
  firstName: fc.constantFrom('مریم', 'زهرا'),
  lastName: fc.option(fc.constantFrom('صادقی', 'سادقی', 'کریمی')),
  bornOn: fc.option(fc.constantFrom('1985-04-21', '1985-04-22')),
  phone: fc.option(fc.constantFrom('1', '2')),
  household: fc.option(fc.constantFrom('1', '2')),
  account: fc.option(fc.constantFrom('1', '2')),
});

test('likeness is the same both ways, and a phone, a household or a birth day alone is none', () => {
  fc.assert(
    fc.property(likened, likened, (one, other) => {
      const reasons = likenessOf(one, other);
      expect(likenessOf(other, one)).toEqual(reasons);
      if (reasons.length > 0) expect(reasons.length).toBeGreaterThanOrEqual(2);
      if (one.form !== other.form) expect(reasons).toEqual([]);
    }),
  );
});

describe('two records of one person', () => {
  test('are proposed with reasons, and a decision of a person stays however often it is computed', async () => {
    const one = await enter({ lastName: 'طباطبایی' });
    const other = await enter({ lastName: 'تباتبایی' });
    const stranger = await enter({ lastName: 'طباطبایی', firstName: 'قدرت', bornOn: '1960-01-01' });
    const { proposals } = await listed(director);
    expect(
      proposals.filter(({ first }) => first.lastName?.endsWith('بایی')).map(({ reasons }) => reasons),
    ).toEqual([['name', 'birth']]);
    expect(await pairsOf(director)).not.toContain(pair(one, stranger));
    expect((await decide(director, one, other, 'different')).status).toBe(201);
    for (let again = 0; again < 3; again += 1)
      expect(await pairsOf(director)).not.toContain(pair(one, other));
  });

  test('are merged by a person, found as one, and parted again', async () => {
    const one = await enter({ lastName: 'غفوریان', phone: '09351000001' });
    const other = await enter({ lastName: 'قفوریان', phone: '09351000001' });
    expect(await pairsOf(director)).toContain(pair(one, other));
    expect((await decide(director, one, other, 'same', one)).status).toBe(201);
    expect(await pairsOf(director)).not.toContain(pair(one, other));
    const search = async () => (await director.get(`${at}/persons?search=غفوریان`)).body;
    expect(await search()).toMatchObject({ items: [{ personId: one }] });
    const page = personPageShape.parse((await director.get(`${at}/persons/${other}`)).body);
    expect(page.person.mergedInto).toBe(one);
    const fact = {
      id: randomUUID(),
      kind: 'decile',
      value: '3',
      sinceOn: '2024-01-01',
      source: 'document',
      inquiredOn: null,
    };
    expect(problemKind(await director.post(`${at}/persons/${other}/facts`, fact))).toBe('PersonMerged');
    expect(problemKind(await decide(director, one, other, 'same', one))).toBe('PairMerged');
    house.clock.advance(1_000);
    expect((await decide(director, one, other, 'undone')).status).toBe(201);
    expect(problemKind(await decide(director, one, other, 'undone'))).toBe('PairNotMerged');
    expect(await pairsOf(director)).toContain(pair(one, other));
    expect(
      personPageShape.parse((await director.get(`${at}/persons/${other}`)).body).person.mergedInto,
    ).toBeNull();
  });

  test('merged by many at once are merged once', async () => {
    const [one, other] = [await enter({ lastName: 'ژرفایی' }), await enter({ lastName: 'ژرفایی' })];
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, turn) =>
        decide(director, one, other, 'same', turn % 2 === 0 ? one : other),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('of which one is elsewhere are for the directorate to decide; the county is told of neither', async () => {
    const here = await enter({ lastName: 'هژبری' });
    const there = await enter({ lastName: 'هژبری', countyCode: '3006' });
    expect(await pairsOf(county)).not.toContain(pair(here, there));
    expect(problemKind(await decide(county, here, there, 'same', here))).toBe('PairMissing');
    expect(await pairsOf(director)).toContain(pair(here, there));
    expect((await decide(director, here, there, 'same', there)).status).toBe(201);
    // The county that worked with the record that went finds the one that stays.
    expect((await county.get(`${at}/persons/${there}`)).status).toBe(200);
  });

  test('are refused by name: one kept, no two forms, nothing held', async () => {
    const [a, b, c] = [await enter(), await enter(), await enter()];
    expect(problemKind(await decide(director, a, b, 'same', c))).toBe('KeptMissing');
    expect((await decide(director, a, b, 'same', a)).status).toBe(201);
    expect(problemKind(await decide(director, a, c, 'same', c))).toBe('HoldsMerged');
    expect(problemKind(await decide(director, a, randomUUID(), 'same', a))).toBe('PairMissing');
    expect(
      (await director.post(`${at}/persons/${c}/erasure`, { id: randomUUID(), reason: 'x', reference: 'y' }))
        .status,
    ).toBe(201);
    expect(problemKind(await decide(director, a, c, 'same', a))).toBe('PairErased');
  });
});

describe('duplicates', () => {
  test.each([
    ['director', true, true],
    ['deputy', true, true],
    ['county-office', true, true],
    ['agency', false, false],
    ['bank', false, false],
    ['editor', false, false],
    ['applicant', false, false],
    ['auditor', true, false],
    ['ministry', true, false],
  ] as const)('%s reads: %s, decides: %s', async (role, reads, decides) => {
    const clerk = await desk.as(['auditor', 'ministry'].includes(role) ? role : `${role}-alborz`);
    expect((await clerk.get(`${at}/duplicates`)).status).toBe(reads ? 200 : 403);
    expect((await decide(clerk, randomUUID(), randomUUID(), 'different')).status).toBe(decides ? 404 : 403);
  });
});
