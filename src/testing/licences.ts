import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { randomUUID } from 'node:crypto';
import { caseSubject, syncTransitions } from '#casework/actions.ts';
import type { CaseDesk } from '#casework/act/actions.ts';
import { caseworkRoutes } from '#casework/routes.ts';
import { loadCatalogue as loadRetentions } from '#document/actions.ts';
import { documentRoutes } from '#document/routes.ts';
import { id, newId, type Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { caseKinds, lapses, loadCatalogue as loadConditions } from '#licence/actions.ts';
import { requestPageShape, type RequestAct, type RequestPage } from '#licence/contract.ts';
import { licenceRoutes } from '#licence/routes.ts';
import { licenceKind, requestKind } from '#licence/rules.ts';
import { requestDesk } from '#licence/request/actions.ts';
import { licenceCaseWords } from '#licence/request/words.ts';
import { allRefusalWords } from '#licence/words.ts';
import { loadCatalogue as loadOccupations } from '#occupation/actions.ts';
import { loadCatalogue as loadParties, openOffice } from '#party/actions.ts';
import { findKnownPerson } from '#party/person/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { openDesk, type Answer } from './desk.ts';
import { freshIds } from './arbitraries.ts';
import type { House } from './house.ts';
import { nationalId, problemKind } from './people.ts';

export const alborz = 30;
export const freshId = (): Id => must(freshIds(1)[0], 'an id');
/** Tailoring: industry signs it. Samanu: agriculture signs it, health approves before. */
export const tailoring = 54;
export const samanu = 15;

const desks: readonly CaseDesk[] = [
  { kind: requestKind, words: licenceCaseWords.licence_request, ...requestDesk(allRefusalWords) },
  { kind: licenceKind, words: licenceCaseWords.licence, aftermath: lapses.licence },
];

export const kindOf = (answer: Answer): string => (answer.status < 300 ? 'ok' : problemKind(answer));

/** A house in which licences of Alborz are asked for and issued over HTTP, by the demonstration's users. */
export async function openLicences(house: House, rooms: readonly FastifyPluginAsyncZod[] = []) {
  await loadPlaces(house.owner, readCsv);
  await loadParties(house.owner, readCsv);
  await loadOccupations(house.owner, readCsv);
  await loadConditions(house.owner, readCsv);
  await loadRetentions(house.owner, readCsv);
  await syncTransitions(house.owner, caseKinds);
  const office = (agencyKey: string): Promise<Id> => openOne(house, agencyKey);
  const offices = {
    provinceId: alborz,
    agency: await office('industry'),
    bank: freshId(),
    agriculture: await office('agriculture'),
    health: await office('health'),
  };
  const desk = await openDesk(house, {
    offices: [offices],
    rooms: [
      licenceRoutes(house),
      caseworkRoutes(house, desks, () => Promise.resolve({ personIds: [], more: false })),
      documentRoutes(house, [caseSubject]),
      ...rooms,
    ],
    parts: { findKnownPerson: (asked) => findKnownPerson(house.db, asked) },
  });
  const base = '/api/provinces/alborz';
  const post = async (who: string, path: string, body: object): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).post(`${base}/${path}`, body, randomUUID());
  const get = async (who: string, path: string): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).get(`${base}/${path}`);
  const form = (change: object = {}) => ({
    id: freshId(),
    occupationId: tailoring,
    renews: null,
    holder: {
      nationalId: nationalId(),
      firstName: 'مریم',
      lastName: 'نمونه‌پور',
      bornOn: null,
      countyCode: '3001',
      phone: null,
    },
    ...change,
  });
  const page = async (requestId: string, who = 'director'): Promise<RequestPage> =>
    requestPageShape.parse((await get(who, `licence-requests/${requestId}`)).body);
  const act = async (
    who: string,
    requestId: string,
    name: RequestAct,
    change: object = {},
  ): Promise<Answer> => {
    const seen = 'seenVersion' in change ? 0 : (await page(requestId)).request.version;
    return post(who, `licence-requests/${requestId}/acts`, {
      id: freshId(),
      act: name,
      seenVersion: seen,
      reason: 'به دلیل آزمایش',
      conditionNumber: '6',
      inquiry: { identity: 'clear', government_employment: 'clear' },
      ...change,
    });
  };
  /** A request that is asked for at the county's desk and led through these acts. */
  const asked = async (steps: readonly (readonly [string, RequestAct])[] = [], change: object = {}) => {
    const sent = form(change);
    const answer = await post('county-office', 'licence-requests', sent);
    if (kindOf(answer) !== 'ok') throw new Error(`not asked: ${JSON.stringify(answer.body)}`);
    for (const [who, name] of steps) {
      const done = await act(who, sent.id, name);
      if (kindOf(done) !== 'ok') throw new Error(`${name} was refused: ${JSON.stringify(done.body)}`);
    }
    return sent;
  };
  return { desk, offices, post, get, form, page, act, asked };
}

export const toIssue = [
  ['county-office', 'pass_inquiry'],
  ['agency', 'sign_first'],
  ['director', 'sign_second'],
] as const;
export const toIssueStarred = [
  ['county-office', 'pass_inquiry'],
  ['agriculture', 'send_to_review'],
  ['health', 'confirm_review'],
  ['agriculture', 'sign_first'],
  ['director', 'sign_second'],
] as const;

/** Opens the office of an agency for the whole province. */
export async function openOne(house: House, agencyKey: string): Promise<Id> {
  const opened = await inTransaction<Id, never>(house.db, { ...noScope, province: alborz }, async (tx) => {
    const office = await openOffice(tx, {
      officeId: newId(house.clock.now().getTime()),
      provinceId: alborz,
      agencyKey,
      countyCode: null,
      nameFa: `دفتر ${agencyKey}`,
      nameEn: agencyKey,
      sourceKey: 'demonstration',
      openedAt: house.clock.now(),
    });
    return ok(id(must(office.ok ? office.value : undefined, 'an office').officeId));
  });
  return must(opened.ok ? opened.value : undefined, 'opened');
}
