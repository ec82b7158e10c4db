import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { loadCatalogue as loadCalendar, syncTransitions } from '#casework/actions.ts';
import { id, type Id } from '#kernel/id.ts';
import { day } from '#kernel/day.ts';
import { must, ok } from '#kernel/result.ts';
import { importHistory } from '#licence/actions.ts';
import { loadCatalogue as loadOccupations } from '#occupation/actions.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { enterPerson } from '#party/person/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { openSignIn } from '#platform/signin.ts';
import { caseKinds } from '#support/three-party-contract/actions.ts';
import {
  contractPageShape,
  type ContractAct,
  type ContractPage,
} from '#support/three-party-contract/contract.ts';
import { supporterPageShape, type SupporterAct, type SupporterPage } from '#support/contract.ts';
import { licenceRoutes } from '#licence/routes.ts';
import { contractReader } from '#support/three-party-contract/routes.ts';
import { supportRoutes } from '#support/routes.ts';
import { openDesk, type Answer } from './desk.ts';
import type { House } from './house.ts';
import { legalIdOf } from './identities.ts';
import { alborz, freshId, kindOf, openOne, tailoring } from './licences.ts';
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
    rooms: [supportRoutes(house), licenceRoutes(house, [contractReader(house)])],
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
          email: null,
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
  /** So many tailors of a county with a licence in force, known to its office; each with the licence's id. */
  const workers = async (
    count: number,
    { issuedOn = '1403-03-01', countyCode = '3001' }: { issuedOn?: string; countyCode?: string } = {},
  ): Promise<Worker[]> => {
    const ids = await persons(count, { countyCode });
    const rows = ids.map((personId) => ({
      personId,
      countyCode,
      issuedOn: day(issuedOn),
      occupationId: tailoring,
      categoryKey: 'clothing',
      agencyKey: 'industry',
    }));
    const found = await inTransaction(house.db, scope, async (tx) => {
      await importHistory(
        { tx, clock: house.clock, provinceId: alborz },
        { rows, sourceKey: 'demonstration' },
      );
      return ok(
        (
          await sql<Worker>`
            select person_id as "workerId", basis_id as "basisId" from licence.read_holder
            where province_id = ${alborz} and person_id = any(${ids}::uuid[])
          `.execute(tx)
        ).rows,
      );
    });
    return must(found.ok ? found.value : undefined, 'licences');
  };
  /** A licence of one person for another occupation; the id on which a contract builds. */
  const holding = async (personId: Id, of: { categoryKey: string; agencyKey: string }): Promise<Id> => {
    const row = { personId, countyCode: '3001', issuedOn: day('1403-03-01'), occupationId: 30, ...of };
    const found = await inTransaction(house.db, scope, async (tx) => {
      await importHistory(
        { tx, clock: house.clock, provinceId: alborz },
        { rows: [row], sourceKey: 'demonstration' },
      );
      const { rows } = await sql<Worker>`
        select person_id as "workerId", basis_id as "basisId" from licence.read_holder
        where province_id = ${alborz} and person_id = ${personId}
      `.execute(tx);
      return ok(must(rows[0], 'a licence').basisId);
    });
    return must(found.ok ? found.value : undefined, 'a licence');
  };
  const contractPage = async (contractId: string, who = 'director'): Promise<ContractPage> =>
    contractPageShape.parse((await get(who, `support-contracts/${contractId}`)).body);
  const sign = async (who: string, contractId: string, name: ContractAct, change: object = {}) => {
    const seen = 'seenVersion' in change ? 1 : (await contractPage(contractId)).contract.version;
    return post(who, `support-contracts/${contractId}/acts`, {
      id: freshId(),
      act: name,
      seenVersion: seen,
      reason: 'به دلیل آزمایش',
      ...change,
    });
  };
  /** A contract of a supporter with a worker, led through these acts. */
  const drafted = async (
    { supporterId, worker }: { readonly supporterId: string; readonly worker: Worker | undefined },
    acts: readonly ContractAct[] = [],
    change: object = {},
  ) => {
    const sent = { id: freshId(), supporterId, ...must(worker, 'a worker'), orders: '10', ...change };
    const answer = await post('county-office', 'support-contracts', sent);
    if (kindOf(answer) !== 'ok') throw new Error(`not drafted: ${JSON.stringify(answer.body)}`);
    for (const name of acts) {
      const done = await sign(signers[name], sent.id, name);
      if (kindOf(done) !== 'ok') throw new Error(`${name} was refused: ${JSON.stringify(done.body)}`);
    }
    return { id: sent.id, sent };
  };
  return { desk, post, get, persons, page, act, entered, workers, holding, contractPage, sign, drafted };
}

export type Worker = { readonly workerId: Id; readonly basisId: Id };

/** Who takes part in a contract: three signatures, three persons. */
export const signers: Readonly<Record<ContractAct, string>> = {
  sign_supporter: 'county-office',
  sign_worker: 'deputy',
  sign_agency: 'agency',
  decline: 'agency',
  cancel: 'county-office',
  end: 'director',
};
export const threeSignatures = ['sign_supporter', 'sign_worker', 'sign_agency'] as const;

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
