import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseRefusalStatus, type Act } from '#casework/contract.ts';
import type { Actor } from '#kernel/actor.ts';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { minus, type Rial } from '#kernel/rial.ts';
import { byKind, ok, refused, type Result } from '#kernel/result.ts';
import { noScope, read, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { commandIn } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn } from '#platform/session.ts';
import {
  actOnCooperative,
  actsOf,
  choicesOf,
  foundCooperative,
  locksIn,
  type AnyRefusal,
} from './actions.ts';
import {
  cooperativeActForm,
  cooperativeAddress,
  cooperativePageShape,
  cooperativeRefusalStatus,
  cooperativeShape,
  foundingForm,
  provinceAddress,
  ruleShape,
  type Cooperative,
  type CooperativePage,
} from './contract.ts';
import { registrationRoutes } from './registration/routes.ts';
import { reservesOf } from './finder/actions.ts';
import { finderRoutes, readers, todayOf } from './finder/routes.ts';
import {
  findDoers,
  findPersonNames,
  listBoard,
  listCooperatives,
  listMembers,
  listRules,
  type NamedCooperative,
} from './queries.ts';
import { heldPrice, leastMembers, neededToPay } from './rules.ts';
import { stakeRoutes } from './stake/routes.ts';
import { allRefusalWords, cooperativeStateWords } from './words.ts';

const status = { ...cooperativeRefusalStatus, ...caseRefusalStatus };
const doneShape = z.object({ id: z.uuid() });
const most = 5000;

export const cooperativeRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(registerRoutes(house));
    await app.register(deedRoutes(house));
    await app.register(finderRoutes(house));
    await app.register(registrationRoutes(house));
    await app.register(stakeRoutes(house, cooperativeOf));
  };

const registerRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/cooperative-rules',
      {
        schema: {
          summary: 'The dated rules of cooperatives with their sources',
          response: { 200: z.object({ rules: z.array(ruleShape) }), ...problemResponses },
        },
      },
      async (_request, reply) => {
        const rules = await read(house.db, noScope, listRules);
        return reply.send({
          rules: rules.map((rule) => ({
            ...rule,
            validFrom: isoOf(rule.validFrom),
            validUntil: rule.validUntil === null ? null : isoOf(rule.validUntil),
            sourceKeys: [...rule.sourceKeys],
          })),
        });
      },
    );

    app.get(
      '/api/provinces/:province/cooperatives',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'Cooperatives and those being formed within the reader’s scope, the newest first',
          params: provinceAddress,
          response: { 200: z.object({ items: z.array(cooperativeShape) }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const asked = { provinceId, limit: most };
        const rows = await read(house.db, scopeIn(actor, provinceId), (tx) => listCooperatives(tx, asked));
        return reply.send({ items: rows.map(cooperativeOf) });
      },
    );

    app.get(
      '/api/provinces/:province/cooperatives/:cooperative',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary:
            'A cooperative: members, shares, board, what it may draw on, acts and what may be done now',
          params: cooperativeAddress,
          response: { 200: cooperativePageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { cooperative: cooperativeId } = request.params;
        const asked = { actor, provinceId, cooperativeId, today: todayOf(house) };
        const found = await read(house.db, scopeIn(actor, provinceId), (tx) => findPage(tx, asked));
        return answer(reply, found, status, allRefusalWords);
      },
    );
  };

const deedRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/cooperatives',
      {
        preHandler: requireActor(),
        schema: {
          summary: 'Enters the request of founders for a cooperative',
          params: provinceAddress,
          body: foundingForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const at = { province: request.params.province, route: 'POST cooperatives' };
        const done = await commandIn(house, request, at, (doing) => foundCooperative(doing, request.body));
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );

    app.post(
      '/api/provinces/:province/cooperatives/:cooperative/acts',
      {
        preHandler: requireActor(),
        schema: {
          summary: 'Does an act on a cooperative, with the payments, board or number that it brings',
          params: cooperativeAddress,
          body: cooperativeActForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, cooperative: cooperativeId } = request.params;
        const at = { province, route: `POST cooperatives/${cooperativeId}/acts` };
        const done = await commandIn(house, request, at, (doing) =>
          actOnCooperative(doing, { cooperativeId, order: request.body }),
        );
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );
  };

function cooperativeOf(row: NamedCooperative): Cooperative {
  return {
    cooperativeId: row.cooperativeId,
    name: row.name,
    kind: row.kind,
    membership: row.membership,
    countyCode: row.countyCode,
    countyName: { fa: row.countyFa, en: row.countyEn },
    occupation: row.titleFa === null || row.titleEn === null ? null : { fa: row.titleFa, en: row.titleEn },
    state: row.state,
    stateName: cooperativeStateWords[row.state],
    version: row.version,
    foundedOn: isoOf(row.foundedOn),
    sharePrice: row.sharePrice.toString(),
    members: row.members,
    shares: row.shares,
    capital: heldPrice(row.shares, row.sharePrice)?.toString() ?? null,
    paid: row.paid.toString(),
    registryNumber: row.registryNumber,
    legalId: row.legalId,
    boardUntil: row.boardUntil === null ? null : isoOf(row.boardUntil),
  };
}

const dueOf = (price: Rial | null, paid: Rial): string | null =>
  price === null ? null : minus(price, paid).toString();

type PageAsked = {
  readonly actor: Actor;
  readonly provinceId: number;
  readonly cooperativeId: string;
  readonly today: Day;
};

async function findPage(tx: Tx, asked: PageAsked): Promise<Result<CooperativePage, AnyRefusal>> {
  const { actor, provinceId, cooperativeId, today } = asked;
  const [row] = await listCooperatives(tx, { provinceId, cooperativeId, limit: 1 });
  if (row === undefined) return refused({ kind: 'CooperativeMissing' });
  const rules = await listRules(tx);
  const members = await listMembers(tx, { provinceId, cooperativeId });
  const board = await listBoard(tx, { provinceId, cooperativeId });
  const personIds = [...members, ...board].map(({ personId }) => personId);
  const names = await findPersonNames(tx, { provinceId, personIds });
  const acts = await actsOf(tx, { provinceId, caseId: row.cooperativeId });
  const doers = await findDoers(
    tx,
    acts.map(({ by }) => by.personId),
  );
  const locks = await locksIn(tx, { provinceId, countyCode: row.countyCode, today });
  const capital = heldPrice(row.shares, row.sharePrice);
  return ok({
    cooperative: cooperativeOf(row),
    leastMembers: leastMembers(rules, row.membership, today),
    neededToPay: capital === null ? null : neededToPay(rules, capital, today).toString(),
    members: members.map(({ personId, shares, paid }) => ({
      personId,
      name: names.get(personId) ?? null,
      shares,
      paid: paid.toString(),
      due: dueOf(heldPrice(shares, row.sharePrice), paid),
    })),
    board: board.map(({ personId, office, fromOn, untilOn }) => ({
      personId,
      name: names.get(personId) ?? null,
      office,
      from: isoOf(fromOn),
      until: isoOf(untilOn),
      over: today > untilOn,
    })),
    reserves: reservesOf(locks, row.members),
    acts: acts.map((done) => actOnWire(done, doers)),
    choices: choicesOf(row.state, actor.role).map(({ act, lawful, because }) => ({
      act,
      lawful,
      because: because === null ? null : byKind(because, allRefusalWords),
    })),
  });
}

const actOnWire = (done: Act, names: ReadonlyMap<Id, string>): CooperativePage['acts'][number] => ({
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
