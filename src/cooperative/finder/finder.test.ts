import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { addDays, day, dayOfInstant, type Day } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { openCooperatives } from '#testing/cooperatives.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf, tailoring } from '#testing/licences.ts';
import { invitationTopic, proposalsShape, type Bound, type Holding, type Proposals } from './contract.ts';
import { findClusters } from './rules.ts';
import { sayInvitation } from './words.ts';

const house = await openHouse();
const cooperatives = await openCooperatives(house);
const { get, post, persons, license } = cooperatives;

const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const holding: fc.Arbitrary<Holding> = fc.record({
  personId: fc.constantFrom(...people),
  occupationId: fc.integer({ min: 1, max: 3 }),
  countyCode: fc.constantFrom('3001', '3002'),
});
const bound: fc.Arbitrary<Bound> = fc.record({
  personId: fc.constantFrom(...people),
  occupationId: fc.option(fc.integer({ min: 1, max: 3 })),
});

/**
 * Every subset of the people of a district is tried in each occupation and county: one that is large enough, all of
 * whose members hold the licence there and are free, could form a cooperative; the largest is what is proposed.
 */
function triedOneByOne(holdings: readonly Holding[], taken: readonly Bound[], least: number): string[] {
  const found: string[] = [];
  for (const countyCode of ['3001', '3002'])
    for (const occupationId of [1, 2, 3]) {
      let largest: readonly string[] = [];
      for (let mask = 0; mask < 2 ** people.length; mask += 1) {
        const group = people.filter((_, at) => ((mask >> at) & 1) === 1);
        const could =
          group.length >= least &&
          group.every(
            (personId) =>
              holdings.some(
                (one) =>
                  one.personId === personId &&
                  one.occupationId === occupationId &&
                  one.countyCode === countyCode,
              ) && !taken.some((one) => one.personId === personId && one.occupationId === occupationId),
          );
        if (could && group.length > largest.length) largest = group;
      }
      if (largest.length > 0) found.push(`${countyCode} ${occupationId}: ${largest.join(' ')}`);
    }
  return found.sort();
}

describe('the finder', () => {
  test('proposes exactly what trying every group of people finds', () => {
    fc.assert(
      fc.property(
        fc.array(holding, { maxLength: 40 }),
        fc.array(bound, { maxLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (holdings, taken, least) => {
          const proposed = findClusters(holdings, { bound: taken, least });
          expect(
            proposed
              .map(
                ({ countyCode, occupationId, personIds }) =>
                  `${countyCode} ${occupationId}: ${personIds.join(' ')}`,
              )
              .sort(),
          ).toEqual(triedOneByOne(holdings, taken, least));
          const sizes = proposed.map(({ personIds }) => personIds.length);
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('does so over HTTP with licences that hold, have run out, or have not begun', async () => {
    const all = await persons(24);
    const today = dayOfInstant(house.clock.now().getTime());
    const issued: fc.Arbitrary<Day> = fc.constantFrom(
      addDays(today, -30),
      addDays(today, -600),
      // Run out: a licence holds for 24 months.
      addDays(today, -900),
      addDays(today, 5),
    );
    const row = fc.record({
      at: fc.nat(all.length - 1),
      issuedOn: issued,
      occupationId: fc.constantFrom(tailoring, 74),
      countyCode: fc.constantFrom('3001', '3002'),
    });
    const held: { person: string; occupationId: number; countyCode: string }[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 12, maxLength: 40 }), async (rows) => {
        for (const { at, ...one } of rows) await license([{ ...one, personId: must(all[at], 'a person') }]);
        held.push(
          ...rows
            .filter(({ issuedOn }) => issuedOn <= today && issuedOn >= addDays(today, -700))
            .map(({ at, occupationId, countyCode }) => ({
              person: must(all[at], 'a person'),
              occupationId,
              countyCode,
            })),
        );
        const wanted = ['3001', '3002'].flatMap((countyCode) =>
          [tailoring, 74].flatMap((occupationId) => {
            const free = all.filter((person) =>
              held.some(
                (one) =>
                  one.person === person && one.occupationId === occupationId && one.countyCode === countyCode,
              ),
            );
            return free.length < 7 ? [] : [`${countyCode} ${occupationId}: ${free.toSorted().join(' ')}`];
          }),
        );
        expect(inWords(await proposals('director')).sort()).toEqual(wanted.sort());
        expect(inWords(await proposals('county-office')).sort()).toEqual(
          wanted.filter((one) => one.startsWith('3001')).sort(),
        );
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  test('leaves out who is founding a cooperative of the occupation', async () => {
    const before = (await proposals('director')).proposals.length;
    const seven = await persons(7);
    const issuedOn = day('1403-05-01');
    await license(seven.map((personId) => ({ personId, issuedOn, countyCode: '3001', occupationId: 78 })));
    expect(holdersOf(await proposals('director'), 78)).toHaveLength(7);
    const sent = cooperatives.form(seven, { occupationId: 78 });
    expect(kindOf(await post('county-office', 'cooperatives', sent))).toBe('ok');
    expect(holdersOf(await proposals('director'), 78)).toEqual([]);
    expect(kindOf(await cooperatives.act('county-office', sent.id, 'withdraw'))).toBe('ok');
    expect(holdersOf(await proposals('director'), 78)).toHaveLength(7);
    expect((await proposals('director')).proposals).toHaveLength(before + 1);
  });
});

describe('an invitation', () => {
  test('reaches each holder once, however often and by however many it is sent', async () => {
    const seven = await persons(7);
    const at = { countyCode: '3001', occupationId: 80 };
    const issuedOn = day('1403-05-01');
    const give = (personIds: readonly (typeof seven)[number][]) =>
      license(personIds.map((personId) => ({ personId, issuedOn, ...at })));
    await give(seven);
    const form = { id: freshId(), ...at };
    const racers = await Promise.all([
      post('county-office', 'cooperative-invitations', form),
      post('county-office', 'cooperative-invitations', form),
      post('deputy', 'cooperative-invitations', { ...form, id: freshId() }),
    ]);
    const kinds = racers.map(kindOf);
    expect(kinds.filter((kind) => kind === 'ok').length).toBeGreaterThan(0);
    expect(await messages()).toBe(7);
    const other = { ...form, occupationId: tailoring };
    expect(kindOf(await post('county-office', 'cooperative-invitations', other))).toBe(
      'InvitationOtherContent',
    );
    expect(kindOf(await post('county-office', 'cooperative-invitations', { ...form, id: freshId() }))).toBe(
      'InvitedAlready',
    );
    await give(await persons(1));
    const more = await post('deputy', 'cooperative-invitations', { ...form, id: freshId() });
    expect(more.body).toMatchObject({ invited: 1 });
    expect(await messages()).toBe(8);
    const shown = (await proposals('director')).proposals.find(({ occupationId }) => occupationId === 80);
    expect(shown?.holders.every(({ invitedOn }) => invitedOn === '2024-09-05')).toBe(true);
    expect(
      sayInvitation({
        kind: invitationTopic,
        occupationFa: 'خیاطی',
        occupationEn: 'Tailoring',
        countyFa: 'کرج',
        countyEn: 'Karaj',
        holders: '8',
      })?.fa,
    ).toContain('در شهرستان کرج ۸ نفر');
    expect(sayInvitation({ kind: 'licence' })).toBeUndefined();
  });

  test('is refused for too few, for another county, and for who has no part in it', async () => {
    const three = await persons(3);
    const issuedOn = day('1403-05-01');
    await license(three.map((personId) => ({ personId, issuedOn, countyCode: '3001', occupationId: 32 })));
    const form = { id: freshId(), countyCode: '3001', occupationId: 32 };
    expect(kindOf(await post('county-office', 'cooperative-invitations', form))).toBe('ClusterGone');
    const elsewhere = { id: freshId(), countyCode: '3002', occupationId: tailoring };
    expect(kindOf(await post('county-office', 'cooperative-invitations', elsewhere))).toBe('ClusterGone');
    for (const who of ['agency', 'bank', 'applicant', 'editor']) {
      expect(kindOf(await get(who, 'cooperative-proposals'))).toBe('RoleMayNot');
      expect(kindOf(await post(who, 'cooperative-invitations', form))).toBe('RoleMayNot');
    }
  });
});

const proposals = async (who: string): Promise<Proposals> =>
  proposalsShape.parse((await get(who, 'cooperative-proposals')).body);
const inWords = ({ proposals: all }: Proposals): string[] =>
  all
    .filter(({ occupationId }) => occupationId === tailoring || occupationId === 74)
    .map(
      ({ countyCode, occupationId, holders }) =>
        `${countyCode} ${occupationId}: ${holders
          .map(({ personId }) => personId)
          .sort()
          .join(' ')}`,
    );
const holdersOf = ({ proposals: all }: Proposals, occupationId: number) =>
  all.find((one) => one.occupationId === occupationId)?.holders ?? [];
const messages = (): Promise<number> =>
  read(house.db, { ...noScope, province: alborz }, async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from platform.message where topic = ${invitationTopic}
    `.execute(tx);
    return rows[0]?.count ?? 0;
  });
