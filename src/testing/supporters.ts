import { randomUUID } from 'node:crypto';
import { loadCatalogue as loadCalendar, syncTransitions } from '#casework/actions.ts';
import { id, type Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { loadCatalogue as loadOccupations } from '#occupation/actions.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { enterPerson } from '#party/person/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { openSignIn } from '#platform/signin.ts';
import { caseKinds } from '#support/actions.ts';
import { supporterPageShape, type SupporterAct, type SupporterPage } from '#support/contract.ts';
import { supportRoutes } from '#support/routes.ts';
import { openDesk, type Answer } from './desk.ts';
import type { House } from './house.ts';
import { legalIdOf } from './identities.ts';
import { alborz, freshId, kindOf, openOne } from './licences.ts';
import { nationalId } from './people.ts';

const scope = { ...noScope, province: alborz };
const by = {
  userId: freshId(),
  personId: freshId(),
  role: 'director',
  name: 'test',
  scope: { province: alborz, county: null, office: null, person: null },
} as const;

let firms = 0;

/** A house in which supporters of Alborz are entered and approved over HTTP by the demonstration's users. */
export async function openSupporters(house: House) {
  await loadPlaces(house.owner, readCsv);
  await loadParties(house.owner, readCsv);
  await loadOccupations(house.owner, readCsv);
  await loadCalendar(house.owner, readCsv);
  await syncTransitions(house.owner, caseKinds);
  const office = await openOne(house, 'industry');
  const desk = await openDesk(house, {
    offices: [
      { provinceId: alborz, agency: office, bank: freshId(), agriculture: freshId(), health: freshId() },
    ],
    rooms: [supportRoutes(house)],
  });
  const { keyedHash } = openSignIn(house);
  const base = '/api/provinces/alborz';
  const post = async (who: string, path: string, body: object): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).post(`${base}/${path}`, body, randomUUID());
  const get = async (who: string, path: string): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).get(`${base}/${path}`);

  /** So many persons or enterprises of a county, known to its office. */
  const persons = async (
    count: number,
    { form = 'natural', countyCode = '3001' }: { form?: 'natural' | 'legal'; countyCode?: string } = {},
  ): Promise<Id[]> => {
    const ids = Array.from({ length: count }, freshId);
    await inTransaction(house.db, scope, async (tx) => {
      for (const personId of ids) {
        const order = {
          id: personId,
          form,
          nationalId: form === 'legal' ? legalIdOf(2_000_000 + (firms += 1)) : nationalId(),
          firstName: form === 'legal' ? null : 'زهرا',
          lastName: form === 'legal' ? `تعاونی نمونهٔ ${firms}` : 'نمونه‌پور',
          fatherName: null,
          bornOn: null,
          gender: null,
          countyCode,
          settlement: null,
          phone: null,
        };
        const entered = await enterPerson(
          { tx, clock: house.clock, provinceId: alborz, by, keyedHash },
          order,
        );
        must(entered.ok ? entered.value : undefined, 'a person');
      }
      return ok();
    });
    return ids;
  };
  const page = async (supporterId: string, who = 'director'): Promise<SupporterPage> =>
    supporterPageShape.parse((await get(who, `supporters/${supporterId}`)).body);
  const act = async (who: string, supporterId: string, name: SupporterAct, change: object = {}) => {
    const seen = 'seenVersion' in change ? 1 : (await page(supporterId)).supporter.version;
    return post(who, `supporters/${supporterId}/acts`, {
      id: freshId(),
      act: name,
      seenVersion: seen,
      reason: 'به دلیل آزمایش',
      ...bringing(name),
      ...change,
    });
  };
  /** A supporter with so many places for clothing in Karaj, led through these acts, each by who may. */
  const entered = async (acts: readonly SupporterAct[] = [], change: object = {}) => {
    const [personId] = await persons(1, { form: 'legal' });
    const sent = form(must(personId, 'a firm'), change);
    const answer = await post('county-office', 'supporters', sent);
    if (kindOf(answer) !== 'ok') throw new Error(`not entered: ${JSON.stringify(answer.body)}`);
    for (const name of acts) {
      const done = await act(doers[name], sent.id, name);
      if (kindOf(done) !== 'ok') throw new Error(`${name} was refused: ${JSON.stringify(done.body)}`);
    }
    return { id: id(sent.id), personId: sent.personId, sent };
  };
  return { desk, post, get, persons, page, act, entered };
}

export const capacity = (change: object = {}) => ({
  id: freshId(),
  categoryKey: 'clothing',
  countyCode: '3001',
  jobs: 5,
  orders: null,
  fromOn: '2024-09-05',
  ...change,
});

/** The entry of a supporter of tailors in Karaj. */
export const form = (personId: string, change: object = {}) => ({
  id: freshId(),
  personId,
  kind: 'supporter',
  countyCode: '3001',
  recordYears: 3,
  ordersUnit: 'piece',
  ordersPeriod: 'month',
  listed: false,
  capacities: [capacity()],
  ...change,
});

/** What each act brings. */
const bringing = (name: SupporterAct): object => {
  if (name === 'propose_capacity' || name === 'resubmit') return { capacities: [capacity({ jobs: 7 })] };
  return name === 'change_listing' ? { listed: true } : {};
};

/** Who does an act. */
export const doers: Readonly<Record<SupporterAct, string>> = {
  approve: 'director',
  return: 'deputy',
  resubmit: 'county-office',
  refuse: 'director',
  withdraw: 'county-office',
  propose_capacity: 'county-office',
  accept_capacity: 'deputy',
  reject_capacity: 'director',
  change_listing: 'county-office',
  suspend: 'director',
  resume: 'director',
  end: 'director',
};
