import { randomUUID } from 'node:crypto';
import { loadCatalogue as loadCalendar, syncTransitions } from '#casework/actions.ts';
import { caseKinds, loadCatalogue as loadRules } from '#cooperative/actions.ts';
import { cooperativePageShape, type CooperativeAct, type CooperativePage } from '#cooperative/contract.ts';
import { cooperativeRoutes } from '#cooperative/routes.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { importHistory, type HistoryRow } from '#licence/actions.ts';
import { loadCatalogue as loadOccupations } from '#occupation/actions.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { enterPerson } from '#party/person/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { openSignIn } from '#platform/signin.ts';
import { openDesk, type Answer } from './desk.ts';
import type { House } from './house.ts';
import { legalIdOf } from './identities.ts';
import { alborz, freshId, kindOf, tailoring } from './licences.ts';
import { nationalId } from './people.ts';

const scope = { ...noScope, province: alborz };
const by = {
  userId: freshId(),
  personId: freshId(),
  role: 'director',
  name: 'test',
  scope: { province: alborz, county: null, office: null, person: null },
} as const;

/** A house in which cooperatives of Alborz are formed over HTTP by the demonstration's users. */
export async function openCooperatives(house: House) {
  await loadPlaces(house.owner, readCsv);
  await loadParties(house.owner, readCsv);
  await loadOccupations(house.owner, readCsv);
  await loadCalendar(house.owner, readCsv);
  await loadRules(house.owner, readCsv);
  await syncTransitions(house.owner, caseKinds);
  const desk = await openDesk(house, {
    offices: [
      { provinceId: alborz, agency: freshId(), bank: freshId(), agriculture: freshId(), health: freshId() },
    ],
    rooms: [cooperativeRoutes(house)],
  });
  const { keyedHash } = openSignIn(house);
  const base = '/api/provinces/alborz';
  const post = async (who: string, path: string, body: object): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).post(`${base}/${path}`, body, randomUUID());
  const get = async (who: string, path: string): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).get(`${base}/${path}`);

  /** So many persons of a county, known to its office. */
  const persons = async (count: number, countyCode = '3001'): Promise<Id[]> => {
    const ids = Array.from({ length: count }, freshId);
    await inTransaction(house.db, scope, async (tx) => {
      for (const id of ids) {
        const order = {
          id,
          form: 'natural' as const,
          nationalId: nationalId(),
          firstName: 'زهرا',
          lastName: 'نمونه‌پور',
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

  /** Licences of one year out of an earlier register that names their holders. */
  const license = (
    rows: readonly (Pick<HistoryRow, 'issuedOn' | 'countyCode' | 'occupationId'> & { personId: Id })[],
  ) =>
    inTransaction(house.db, scope, async (tx) => {
      const named = rows.map((row) => ({ ...row, categoryKey: 'clothing', agencyKey: 'industry' }));
      await importHistory(
        { tx, clock: house.clock, provinceId: alborz },
        { rows: named, sourceKey: 'demonstration' },
      );
      return ok();
    });

  const page = async (cooperativeId: string): Promise<CooperativePage> =>
    cooperativePageShape.parse((await get('director', `cooperatives/${cooperativeId}`)).body);
  const act = async (who: string, cooperativeId: string, name: CooperativeAct, change: object = {}) => {
    const seen = 'seenVersion' in change ? 1 : (await page(cooperativeId)).cooperative.version;
    return post(who, `cooperatives/${cooperativeId}/acts`, {
      id: freshId(),
      act: name,
      seenVersion: seen,
      reason: 'به دلیل آزمایش',
      ...change,
    });
  };
  let registered = 0;
  /** What each act brings when its cooperative has these members. */
  const bringing = (name: CooperativeAct, members: readonly string[]): object => {
    if (name === 'pay') return { entries: members.map((personId) => ({ personId, paid: '1000000' })) };
    if (name === 'change_capital') return { entries: [{ personId: members[0], shares: 1, paid: '1000000' }] };
    if (name === 'constitute' || name === 'elect_board')
      return {
        board: {
          heldOn: '2024-09-05',
          seats: [
            { personId: members[0], office: 'chair' },
            { personId: members[1], office: 'member' },
            { personId: members[2], office: 'member' },
            { personId: members[3], office: 'inspector' },
          ],
        },
      };
    if (name !== 'register') return {};
    registered += 1;
    return { registration: { number: String(registered), legalId: legalIdOf(1_000_000 + registered) } };
  };
  /** A cooperative of seven that was led through these acts, each by who may. */
  const founded = async (acts: readonly CooperativeAct[] = []) => {
    const founders = await persons(7);
    const sent = form(founders);
    const answer = await post('county-office', 'cooperatives', sent);
    if (kindOf(answer) !== 'ok') throw new Error(`not founded: ${JSON.stringify(answer.body)}`);
    for (const name of acts) {
      const done = await act(doers[name], sent.id, name, bringing(name, founders));
      if (kindOf(done) !== 'ok') throw new Error(`${name} was refused: ${JSON.stringify(done.body)}`);
    }
    return { id: sent.id, founders, sent };
  };
  return { desk, post, get, persons, license, form, page, act, bringing, founded };
}

/** The request of these founders for a cooperative of tailors in Karaj. */
const form = (founders: readonly Id[], change: object = {}) => ({
  id: freshId(),
  name: 'تعاونی نمونهٔ خیاطان',
  kind: 'producer',
  membership: 'special',
  countyCode: '3001',
  occupationId: tailoring,
  sharePrice: '1000000',
  founders: founders.map((personId) => ({ personId, shares: 3 })),
  ...change,
});

/** Who does an act in the demonstration. */
export const doers: Readonly<Record<CooperativeAct, string>> = {
  agree: 'director',
  return: 'deputy',
  resubmit: 'county-office',
  refuse: 'director',
  pay: 'county-office',
  constitute: 'county-office',
  register: 'deputy',
  start: 'county-office',
  change_capital: 'county-office',
  elect_board: 'county-office',
  stagnate: 'deputy',
  revive: 'director',
  dissolve: 'director',
  withdraw: 'county-office',
};

export const toActive = ['agree', 'pay', 'constitute', 'register', 'start'] as const;
