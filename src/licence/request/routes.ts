import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { actsOf, choicesOf, lapsed, requestNumberOf, type AnyRefusal } from '../actions.ts';
import { z } from 'zod';
import { caseRefusalStatus, showTrackingNumber, type Act } from '#casework/contract.ts';
import type { Actor, Role } from '#kernel/actor.ts';
import { dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { byKind, must, ok, refused, type Result } from '#kernel/result.ts';
import { personRefusalStatus } from '#party/person/contract.ts';
import { read, type Tx } from '#platform/db.ts';
import type { Clock } from '#platform/clock.ts';
import type { House } from '#platform/http.ts';
import { commandIn } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn } from '#platform/session.ts';
import { openSignIn } from '#platform/signin.ts';
import {
  endingForm,
  latenessShape,
  licenceAddress,
  licenceRefusalStatus,
  provinceAddress,
  requestActForm,
  requestAddress,
  requestFilter,
  requestForm,
  requestPageShape,
  requestShape,
  type Lateness,
  type LicenceRequest,
  type RequestPage,
  type RequestState,
} from '../contract.ts';
import { endLicence } from '../ending/actions.ts';
import { findNames, listLicences, widenToProvince, withHolders, type NamedLicence } from '../queries.ts';
import { joinedAs } from '../holder/actions.ts';
import { actOnRequest, submitRequest } from './actions.ts';
import { type LatenessRow, type NamedRequest, listInquiries, listLateness, listRequests } from './queries.ts';
import { mostLicences, renewableFrom, requestKind } from '../rules.ts';
import { allRefusalWords, lapseWords, licenceStateWords, requestStateWords } from '../words.ts';

/** Who reads of licences, each within their scope: whoever has a hand in them, their holders, and who oversees them. */
export const readers = [
  'director',
  'deputy',
  'county_office',
  'agency',
  'applicant',
  'auditor',
  'ministry',
] as const satisfies readonly Role[];

export const status = { ...licenceRefusalStatus, ...caseRefusalStatus, ...personRefusalStatus };
const doneShape = z.object({ id: z.uuid() });
/** What one answer holds of a list; the page says when there are more. */
export const most = 5000;

export const todayOf = ({ clock }: Pick<House, 'clock'>): Day => dayOfInstant(clock.now().getTime());

/** Requests and what is done with them; lists and deeds within the scope of who asks. */
export const licenceRequestRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(requestRoutes(house));
    await app.register(deedRoutes(house));
  };

const requestRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/licence-requests',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'Requests for a licence within the reader’s scope, the oldest promise first',
          params: provinceAddress,
          querystring: requestFilter,
          response: { 200: z.object({ items: z.array(requestShape) }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { county, agency, state, late } = request.query;
        const asked = {
          provinceId,
          requestId: null,
          state: state ?? null,
          countyCode: county ?? null,
          agencyKey: agency ?? null,
          limit: most,
        };
        const rows = await read(house.db, scopeIn(actor, provinceId), async (tx) =>
          withHolders(tx, provinceId, await listRequests(tx, asked)),
        );
        const items = rows.map((row) => requestOf(row, todayOf(house)));
        return reply.send({ items: late === undefined ? items : items.filter((one) => one.late) });
      },
    );

    app.get(
      '/api/provinces/:province/licence-requests/:request',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'A request with its acts, inquiries and what may be done now',
          params: requestAddress,
          response: { 200: requestPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const asked = { actor, provinceId, requestId: request.params.request, clock: house.clock };
        const found = await read(house.db, scopeIn(actor, provinceId), (tx) => findRequestPage(tx, asked));
        return answer(reply, found, status, allRefusalWords);
      },
    );

    app.get(
      '/api/provinces/:province/licence-lateness',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'Of each agency: requests, those under way and those past the promised day',
          params: provinceAddress,
          response: { 200: z.object({ agencies: z.array(latenessShape) }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const rows = await read(house.db, scopeIn(actor, provinceId), (tx) =>
          listLateness(tx, { provinceId, today: todayOf(house) }),
        );
        return reply.send({ agencies: rows.map(latenessOf) });
      },
    );
  };

const latenessOf = (row: LatenessRow): Lateness => ({
  ...row,
  lateHundredths: Math.floor((row.late * 10_000) / Math.max(row.requests, 1)),
});

const deedRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const { keyedHash } = openSignIn(house);
    app.post(
      '/api/provinces/:province/licence-requests',
      {
        schema: {
          summary: 'Asks for a licence or its renewal: the applicant, or an office for who stands before it',
          params: provinceAddress,
          body: requestForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const at = { province: request.params.province, route: 'POST licence-requests' };
        const done = await commandIn(house, request, at, (doing) =>
          submitRequest({ ...doing, keyedHash }, request.body),
        );
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );

    app.post(
      '/api/provinces/:province/licence-requests/:request/acts',
      {
        schema: {
          summary: 'Does an act on a request; the second signature issues the licence',
          params: requestAddress,
          body: requestActForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, request: requestId } = request.params;
        const at = { province, route: 'POST licence-requests/acts' };
        const done = await commandIn(house, request, at, async (doing) => {
          const acted = await actOnRequest(doing, { requestId, order: request.body });
          return acted.ok ? ok({ id: acted.value.case.id }) : acted;
        });
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );

    app.post(
      '/api/provinces/:province/licences/:licence/ending',
      {
        schema: {
          summary: 'Cancels a licence, or annuls it, which bars its holder for two years',
          params: licenceAddress,
          body: endingForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, licence: licenceId } = request.params;
        const at = { province, route: 'POST licences/ending' };
        const done = await commandIn(house, request, at, (doing) =>
          endLicence({ ...doing, keyedHash }, { licenceId, order: request.body }),
        );
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );
  };

const closed: readonly string[] = [...requestKind.closed, 'turned_down'];

/** Nothing more is to be decided, unless an objection comes. */
export const isUnderWay = (state: RequestState): boolean => !closed.includes(state);

export function requestOf(row: NamedRequest, today: Day): LicenceRequest {
  return {
    requestId: row.requestId,
    holderName: row.holderName,
    occupationId: row.occupationId,
    titleFa: row.titleFa,
    titleEn: row.titleEn,
    categoryKey: row.categoryKey,
    agencyKey: row.agencyKey,
    extraCheck: row.extraCheck,
    countyCode: row.countyCode,
    countyName: { fa: row.countyFa, en: row.countyEn },
    submittedOn: isoOf(row.submittedOn),
    promisedOn: isoOf(row.promisedOn),
    state: row.state,
    stateName: requestStateWords[row.state],
    version: row.version,
    movedAt: row.movedAt.toISOString(),
    selfService: row.selfService,
    late: isUnderWay(row.state) && today > row.promisedOn,
    licenceNumber: row.licenceNumber,
    licencesHeld: row.licencesHeld,
    flagged: row.licencesHeld > mostLicences,
  };
}

type PageAsked = {
  readonly actor: Actor;
  readonly provinceId: number;
  readonly requestId: string;
  readonly clock: Clock;
};

async function findRequestPage(tx: Tx, asked: PageAsked): Promise<Result<RequestPage, AnyRefusal>> {
  const { actor, provinceId, requestId, clock } = asked;
  const today = todayOf(asked);
  const all = { provinceId, requestId, state: null, countyCode: null, agencyKey: null, limit: 1 };
  const [row] = await withHolders(tx, provinceId, await listRequests(tx, all));
  if (row === undefined) return refused({ kind: 'RequestMissing' });
  const choices = await choicesOf({ tx, clock, provinceId, by: actor }, row.requestId);
  // A name of whoever acted may be one of another office.
  await widenToProvince(tx);
  const acts = await actsOf(tx, { provinceId, caseId: row.requestId });
  const names = await findNames(
    tx,
    acts.map(({ by }) => by.personId),
  );
  const number = must(
    await requestNumberOf(tx, { provinceId, caseId: row.requestId }),
    'a case has its number',
  );
  const [licence] =
    row.licenceId === null ? [] : await listLicences(tx, { provinceId, licenceId: row.licenceId, limit: 1 });
  return ok({
    request: requestOf(row, today),
    joinedAs: actor.role === 'applicant' ? null : await joinedAs(tx, row),
    tracking: showTrackingNumber(number),
    acts: acts.map((done) => actOnWire(done, names)),
    choices: choices.map(({ act, lawful, because }) => ({
      act,
      lawful,
      because: because === null ? null : byKind(because, allRefusalWords),
    })),
    inquiries: await listInquiries(tx, { provinceId, requestId }),
    licence: licence === undefined ? null : licenceOnPage(licence, today),
  });
}

/** The licence that was issued, and from which day it may be renewed unless it ended or was renewed. */
const licenceOnPage = (licence: NamedLicence, today: Day): RequestPage['licence'] => {
  const { licenceId, number, expiresOn, ending, renewedByNumber } = licence;
  const lapse = lapsed(licence, today);
  return {
    licenceId,
    number,
    expiresOn: isoOf(expiresOn),
    lapse: lapse === null ? null : { title: licenceStateWords[lapse.state], told: lapseWords(lapse) },
    renewal:
      ending !== null || renewedByNumber !== null
        ? null
        : { from: isoOf(renewableFrom(expiresOn)), lawful: today >= renewableFrom(expiresOn) },
  };
};

const actOnWire = (done: Act, names: ReadonlyMap<Id, string>): RequestPage['acts'][number] => ({
  id: done.id,
  seq: done.seq,
  act: done.act,
  fromState: done.fromState,
  toState: done.toState,
  byRole: done.by.role,
  byName: names.get(done.by.personId) ?? null,
  happenedOn: isoOf(done.happenedOn),
  at: done.recordedAt.toISOString(),
  facts: { ...done.facts },
  reason: done.reason,
});
