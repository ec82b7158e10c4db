import { randomUUID } from 'node:crypto';
import { loadCatalogue as loadCalendar, syncTransitions } from '#casework/actions.ts';
import { caseKinds } from '#placement/actions.ts';
import { agencyPageShape, type AgencyAct, type AgencyPage } from '#placement/contract.ts';
import { placementRoutes } from '#placement/routes.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { openDesk, type Answer } from './desk.ts';
import type { House } from './house.ts';
import { alborz, freshId, kindOf, openOne } from './licences.ts';

let entries = 0;

/** The days and words of an agency of Karaj that is open today, the fifth of September 2024. */
export const correction = (change: object = {}) => ({
  name: `کاریابی آزمون ${(entries += 1)}`,
  kind: 'domestic',
  channel: 'office',
  permitNumber: `A-${entries}`,
  validFrom: '2024-01-01',
  validUntil: '2026-01-01',
  address: 'کرج، خیابان آزمون، شمارهٔ ۱',
  phone: '02632200000',
  listed: true,
  ...change,
});
export const form = (change: object = {}) => ({
  id: freshId(),
  countyCode: '3001',
  ...correction(),
  ...change,
});

/** What each act brings. */
const bringing = (name: AgencyAct): object => {
  if (name === 'resubmit') return { correction: correction() };
  if (name === 'change_contact')
    return { contact: { address: 'کرج، خیابان دیگر، شمارهٔ ۲', phone: '۰۲۶۳۲۲۱۱۱۱۱', listed: true } };
  return name === 'propose_renewal' ? { permit: { validFrom: '2026-01-02', validUntil: '2028-01-01' } } : {};
};

/** Who does an act. */
export const doers: Readonly<Record<AgencyAct, string>> = {
  approve: 'director',
  return: 'deputy',
  resubmit: 'county-office',
  refuse: 'director',
  withdraw: 'county-office',
  change_contact: 'county-office',
  propose_renewal: 'county-office',
  accept_renewal: 'deputy',
  reject_renewal: 'director',
  suspend: 'director',
  resume: 'director',
  annul: 'director',
  end: 'director',
};

/** A house in which placement agencies of Alborz are entered and approved over HTTP by the demonstration's users. */
export async function openAgencies(house: House) {
  await loadPlaces(house.owner, readCsv);
  await loadCalendar(house.owner, readCsv);
  await loadParties(house.owner, readCsv);
  await syncTransitions(house.owner, caseKinds);
  const agency = await openOne(house, 'industry');
  const desk = await openDesk(house, {
    offices: [{ provinceId: alborz, agency, bank: freshId() }],
    rooms: [placementRoutes(house)],
  });
  const base = '/api/provinces/alborz';
  const post = async (who: string, path: string, body: object): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).post(`${base}/${path}`, body, randomUUID());
  const get = async (who: string, path: string): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).get(`${base}/${path}`);
  const page = async (agencyId: string, who = 'director'): Promise<AgencyPage> =>
    agencyPageShape.parse((await get(who, `placement-agencies/${agencyId}`)).body);
  const act = async (who: string, agencyId: string, name: AgencyAct, change: object = {}) => {
    const seenVersion = 'seenVersion' in change ? 1 : (await page(agencyId)).agency.version;
    return post(who, `placement-agencies/${agencyId}/acts`, {
      id: freshId(),
      act: name,
      seenVersion,
      reason: 'به دلیل آزمایش',
      ...bringing(name),
      ...change,
    });
  };
  /** An agency entered by the county office and led through these acts, each by who may. */
  const entered = async (acts: readonly AgencyAct[] = [], change: object = {}) => {
    const sent = form(change);
    const answer = await post('county-office', 'placement-agencies', sent);
    if (kindOf(answer) !== 'ok') throw new Error(`not entered: ${JSON.stringify(answer.body)}`);
    for (const name of acts) {
      const done = await act(doers[name], sent.id, name);
      if (kindOf(done) !== 'ok') throw new Error(`${name} was refused: ${JSON.stringify(done.body)}`);
    }
    return { id: sent.id, sent };
  };
  return { desk, post, get, page, act, entered };
}
