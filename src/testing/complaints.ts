import { randomUUID } from 'node:crypto';
import type { CaseDesk } from '#casework/act/actions.ts';
import { casePageShape } from '#casework/act/contract.ts';
import { caseworkRoutes } from '#casework/routes.ts';
import { day } from '#kernel/day.ts';
import { must, ok } from '#kernel/result.ts';
import { caseKinds, importHistory } from '#licence/actions.ts';
import { complaintDeed } from '#licence/complaint/actions.ts';
import { answerKind, complaintKind } from '#licence/complaint/rules.ts';
import { complaintCaseWords, complaintRefusalWords } from '#licence/complaint/words.ts';
import { licenceRoutes } from '#licence/routes.ts';
import { syncTransitions } from '#casework/actions.ts';
import { loadCatalogue as loadOccupations } from '#occupation/actions.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { openDesk, type Answer } from './desk.ts';
import type { House } from './house.ts';
import { alborz, freshId, openOne, tailoring } from './licences.ts';

const deed = complaintDeed(complaintRefusalWords);
const desks: readonly CaseDesk[] = [
  { kind: complaintKind, words: complaintCaseWords.complaint, deed, followed: 'with_reason' },
  { kind: answerKind, words: complaintCaseWords.complaint_answer, deed },
];

/** A house in which anybody complains in Alborz, and its officers deal with it over HTTP. */
export async function openComplaints(house: House) {
  await loadPlaces(house.owner, readCsv);
  await loadParties(house.owner, readCsv);
  await loadOccupations(house.owner, readCsv);
  await syncTransitions(house.owner, caseKinds);
  const offices = {
    provinceId: alborz,
    agency: await openOne(house, 'industry'),
    bank: freshId(),
    agriculture: await openOne(house, 'agriculture'),
    health: await openOne(house, 'health'),
  };
  const desk = await openDesk(house, {
    offices: [offices],
    rooms: [
      licenceRoutes(house),
      caseworkRoutes(house, desks, () => Promise.resolve({ personIds: [], more: false })),
    ],
  });
  /** The number of a licence of Alborz that stands. */
  const licence = async (): Promise<string> => {
    const done = await inTransaction<undefined, never>(
      house.db,
      { ...noScope, province: alborz },
      async (tx) => {
        const row = {
          issuedOn: day('1403-02-01'),
          countyCode: '3001',
          occupationId: tailoring,
          categoryKey: 'clothing',
          agencyKey: 'industry',
        };
        await importHistory(
          { tx, clock: house.clock, provinceId: alborz },
          { rows: [row], sourceKey: 'demonstration' },
        );
        return ok();
      },
    );
    must(done.ok ? true : undefined, 'a licence');
    const { body } = await get('director', 'alborz/licences');
    const [found]: readonly { readonly number: string }[] = Object(body).items;
    return must(found, 'the licence').number;
  };
  const typed = {
    offence: 'extra_fee',
    countyCode: '3001',
    agencyKey: 'industry',
    licenceNumber: '',
    body: 'برای امضای مجوز خیاطی گفتند باید پول جداگانه بدهم.',
    phone: '',
  };
  let readers = 0;
  /** Another reader's address each time: one address may ask only so much in a minute. */
  const address = (): string => `10.0.${Math.floor((readers += 1) / 250)}.${readers % 250}`;
  /** Sends the public form as a browser without JavaScript does; each call is a form of its own. */
  const lodge = (change: object = {}, { prefix = '', key = '', from = address() } = {}) =>
    desk.app.inject({
      remoteAddress: from,
      method: 'POST',
      url: `${prefix}/complaints/alborz`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      payload: new URLSearchParams({
        ...typed,
        ...Object.fromEntries(Object.entries(change).map(([name, value]) => [name, String(value)])),
        idempotency_key: key === '' ? randomUUID() : key,
      }).toString(),
    });
  const look = async (url: string) => {
    const { statusCode, body } = await desk.app.inject({
      url,
      remoteAddress: address(),
      headers: { accept: 'text/html' },
    });
    return { statusCode, body };
  };
  const get = async (who: string, path: string): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).get(`/api/provinces/${path}`);
  const post = async (who: string, path: string, body: object): Promise<Answer> =>
    (await desk.as(`${who}-alborz`)).post(`/api/provinces/${path}`, body, randomUUID());
  const page = async (who: string, caseId: string) =>
    casePageShape.parse((await get(who, `${alborz}/cases/${caseId}`)).body);
  const act = async (who: string, caseId: string, name: string, change: object = {}): Promise<Answer> => {
    const seenVersion = 'seenVersion' in change ? 1 : (await page(who, caseId)).version;
    const order = { id: freshId(), act: name, seenVersion, reason: 'به دلیل آزمایش', ...change };
    return post(who, `${alborz}/cases/${caseId}/acts`, order);
  };
  /** A complaint that was lodged: the number on its receipt, and its case. */
  const lodged = async (change: object = {}, prefix = '') => {
    const { headers } = await lodge(change, { prefix });
    const number = must(/number=([\d-]+)$/.exec(String(headers.location))?.[1], 'a receipt');
    const { body } = await get('director', `alborz/complaints?search=${number}`);
    const [found]: readonly { readonly complaintId: string }[] = Object(body).items;
    return { number, caseId: must(found, 'the complaint in the register').complaintId };
  };
  /** The case in which the office answers, as its officer finds it in the register. */
  const answerCase = async (number: string, who = 'agency'): Promise<string> => {
    const { body } = await get(who, `alborz/complaints?search=${number}`);
    const [found]: readonly { readonly caseId: string }[] = Object(body).items;
    return must(found, 'a complaint that was sent here').caseId;
  };
  return { desk, licence, typed, lodge, lodged, look, get, post, page, act, answerCase };
}
