import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseRefusalStatus, type Act } from '#casework/contract.ts';
import { roles, type Actor } from '#kernel/actor.ts';
import { dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { normalise } from '#kernel/persian.ts';
import { byKind, ok, refused, type Result } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { noScope, read, type Tx } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { commandIn } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn, type Place } from '#platform/session.ts';
import { servePage } from '#platform/site.ts';
import { actOnAgency, actsOf, choicesOf, enterAgency, factsOf, type AnyRefusal } from './actions.ts';
import {
  agencyActForm,
  agencyActs,
  agencyAddress,
  agencyFilter,
  agencyForm,
  agencyPageShape,
  agencyShape,
  directoryQuery,
  placementRefusalStatus,
  provinceAddress,
  type Agency,
  type AgencyAct,
  type AgencyFilter,
  type AgencyPage,
  type Permit,
} from './contract.ts';
import { directoryPage, type Listed } from './public.ts';
import {
  findDoers,
  listAgencies,
  listCounties,
  listPermits,
  listProvinces,
  type NamedAgency,
  type PermitRow,
} from './queries.ts';
import { decideOnAgency } from './rules.ts';
import { agencyStandingWords, allRefusalWords } from './words.ts';

/** Every desk that has to do with seekers of work reads of placement agencies; who has not, has the public page. */
const readers = roles.filter((role) => !['applicant', 'administrator', 'editor'].includes(role));
const status = { ...placementRefusalStatus, ...caseRefusalStatus };
const doneShape = z.object({ id: z.uuid() });

const todayOf = ({ clock }: Pick<House, 'clock'>): Day => dayOfInstant(clock.now().getTime());

/** As names are kept: one spelling of ی and ک. */
const soughtBy = ({ search, ...filter }: AgencyFilter): AgencyFilter =>
  search === undefined || search === '' ? filter : { ...filter, search: normalise(search) };

export const placementRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(registerRoutes(house));
    await app.register(deedRoutes(house));
    await app.register(directoryRoutes(house));
  };

const registerRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/placement-agencies',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'Placement agencies within the reader’s scope, by search, filter and order',
          params: provinceAddress,
          querystring: pageQuery.extend(agencyFilter.shape),
          response: { 200: pageShape(agencyShape), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { cursor, limit, ...filter } = request.query;
        const rows = await read(house.db, scopeIn(actor, provinceId), (tx) =>
          listAgencies(tx, {
            provinceId,
            filter: soughtBy(filter),
            today: todayOf(house),
            after: decodeCursor(cursor, [sortValue.text, sortValue.id]),
            limit: limit + 1,
          }),
        );
        return reply.send(
          pageOf(rows, limit, { item: agencyOf, position: (row) => [row.sortKey, row.agencyId] }),
        );
      },
    );

    app.get(
      '/api/provinces/:province/placement-agencies/:agency',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'A placement agency: its permits, acts and what may be done now',
          params: agencyAddress,
          response: { 200: agencyPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { agency: agencyId } = request.params;
        const asked = { actor, provinceId, agencyId, today: todayOf(house) };
        const found = await read(house.db, scopeIn(actor, provinceId), (tx) => findPage(tx, asked));
        return answer(reply, found, status, allRefusalWords);
      },
    );
  };

const deedRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/placement-agencies',
      {
        preHandler: requireActor(),
        schema: {
          summary: 'Enters a placement agency with its permit',
          params: provinceAddress,
          body: agencyForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const at = { province: request.params.province, route: 'POST placement-agencies' };
        const done = await commandIn(house, request, at, (doing) => enterAgency(doing, request.body));
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );

    app.post(
      '/api/provinces/:province/placement-agencies/:agency/acts',
      {
        preHandler: requireActor(),
        schema: {
          summary: 'Does an act on a placement agency, with the correction, address or permit that it brings',
          params: agencyAddress,
          body: agencyActForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, agency: agencyId } = request.params;
        const at = { province, route: `POST placement-agencies/${agencyId}/acts` };
        const done = await commandIn(house, request, at, (doing) =>
          actOnAgency(doing, { agencyId, order: request.body }),
        );
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );
  };

const mostPerMinute = 120;
const pageLength = 50;

/** The public directory: made on the server, without sign-in and without JavaScript. */
const directoryRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    servePage(
      site,
      '/placement-agencies',
      async ({ query }, language) => {
        const { search, county, kind, province, cursor } = directoryQuery.parse(query);
        const provinces = await read(house.db, noScope, listProvinces);
        const chosen = provinces.find(({ slug }) => slug === province);
        const after = decodeCursor(cursor, [sortValue.text, sortValue.id]);
        const asked = { search, county: county ?? '', kind: kind ?? '', isFirst: after === null };
        if (chosen === undefined)
          return directoryPage({ asked, provinces, chosen, counties: [], items: [], next: null }, language);
        const { provinceId } = chosen;
        const { counties, rows } = await read(house.db, { ...noScope, province: provinceId }, async (tx) => ({
          counties: await listCounties(tx, provinceId),
          rows: await listAgencies(tx, {
            provinceId,
            isPublic: true,
            filter: { search: normalise(search), county, kind },
            today: todayOf(house),
            after,
            limit: pageLength + 1,
          }),
        }));
        const page = pageOf(rows, pageLength, {
          item: listedOf,
          position: (row) => [row.sortKey, row.agencyId],
        });
        return directoryPage({ asked, provinces, chosen, counties, ...page }, language);
      },
      mostPerMinute,
    );
  };

const listedOf = (row: NamedAgency): Listed => ({
  name: row.name,
  kind: row.kind,
  channel: row.channel,
  county: row.countyName,
  permitNumber: row.permitNumber,
  validUntil: isoOf(row.validUntil),
  address: row.address,
  phone: row.phone,
});

const agencyOf = (row: NamedAgency): Agency => ({
  agencyId: row.agencyId,
  name: row.name,
  kind: row.kind,
  channel: row.channel,
  countyCode: row.countyCode,
  countyName: row.countyName,
  permitNumber: row.permitNumber,
  validFrom: isoOf(row.validFrom),
  validUntil: isoOf(row.validUntil),
  address: row.address,
  phone: row.phone,
  listed: row.listed,
  enteredOn: isoOf(row.enteredOn),
  endedOn: row.endedOn === null ? null : isoOf(row.endedOn),
  state: row.state,
  standing: row.standing,
  standingName: agencyStandingWords[row.standing],
  version: row.version,
});

type PageAsked = Place & { readonly agencyId: string; readonly today: Day };

async function findPage(tx: Tx, asked: PageAsked): Promise<Result<AgencyPage, AnyRefusal>> {
  const { actor, provinceId, agencyId, today } = asked;
  const [row] = await listAgencies(tx, { provinceId, agencyId, today, limit: 1 });
  if (row === undefined) return refused({ kind: 'PlacementAgencyMissing' });
  const permits = await listPermits(tx, { provinceId, agencyId });
  const acts = await actsOf(tx, { provinceId, caseId: row.agencyId });
  const names = await findDoers(tx, [
    ...acts.map(({ by }) => by.personId),
    ...permits.flatMap(({ proposedByPerson: proposer, approvedByPerson: approver }) =>
      approver === null ? [proposer] : [proposer, approver],
    ),
  ]);
  return ok({
    agency: agencyOf(row),
    permits: permits.map((permit) => permitOf(permit, row, names)),
    acts: acts.map((done) => actOnWire(done, names)),
    choices: choicesFor(row, permits, { actor, today }),
  });
}

/** The acts with why each is not lawful now, the person who would act considered too. */
function choicesFor(
  row: NamedAgency,
  permits: readonly PermitRow[],
  { actor, today }: { readonly actor: Actor; readonly today: Day },
): AgencyPage['choices'] {
  return choicesOf(row.state, actor.role).map(({ act, lawful, because }) => {
    const hindrance: AnyRefusal | null = lawful
      ? hindranceOf(row, permits, { act, byPerson: actor.personId, today })
      : because;
    return {
      act,
      lawful: hindrance === null,
      because: hindrance === null ? null : byKind(hindrance, allRefusalWords),
    };
  });
}

type Trying = { readonly act: string; readonly byPerson: Id; readonly today: Day };

/** What stands in the way of an approval; what the others bring is not typed yet. */
function hindranceOf(
  row: NamedAgency,
  permits: readonly PermitRow[],
  { act: name, byPerson, today }: Trying,
): AnyRefusal | null {
  const act = agencyActs.find((known) => known === name);
  if (act === undefined || !approves(act)) return null;
  if (act === 'approve' && byPerson === row.openedByPerson) return { kind: 'ActNotOfOpener', act };
  const decided = decideOnAgency({
    order: { act, correction: null, contact: null, permit: null },
    byPerson,
    agency: factsOf(row, permits),
    isNumberTaken: false,
    today,
  });
  return decided.ok ? null : decided.refusal;
}
const approves = (act: AgencyAct): boolean => act === 'approve' || act === 'accept_renewal';

const waiting: readonly string[] = ['entered', 'returned', 'renewal_proposed'];

function permitOf(permit: PermitRow, row: NamedAgency, names: ReadonlyMap<Id, string>): Permit {
  const { permitId, proposedByPerson, approvedByPerson } = permit;
  const waits = permitId === row.permitId && waiting.includes(row.state);
  return {
    permitId,
    validFrom: isoOf(permit.validFrom),
    validUntil: isoOf(permit.validUntil),
    standing: approvedByPerson !== null ? 'approved' : waits ? 'proposed' : 'not_accepted',
    proposedBy: names.get(proposedByPerson) ?? null,
    approvedBy: approvedByPerson === null ? null : (names.get(approvedByPerson) ?? null),
  };
}

/** An act as the pages show it. */
const actOnWire = (done: Act, names: ReadonlyMap<Id, string>): AgencyPage['acts'][number] => ({
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
