import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseRefusalStatus } from '#casework/contract.ts';
import type { Actor, Role } from '#kernel/actor.ts';
import { dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { normalise } from '#kernel/persian.ts';
import { byKind, ok, refused, type Result } from '#kernel/result.ts';
import { personRefusalStatus } from '#party/person/contract.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { read, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { commandIn } from '#platform/once.ts';
import { answer, languageOf, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn, type Place } from '#platform/session.ts';
import { sheetMedia, writeSheet } from '#platform/sheet.ts';
import { openSignIn } from '#platform/signin.ts';
import {
  actOnSupporter,
  actOnWire,
  actsOf,
  choicesOf,
  enterSupporter,
  heldBy,
  type AnyRefusal,
} from '../actions.ts';
import {
  provinceAddress,
  supporterActForm,
  supporterAddress,
  supporterFilter,
  supporterForm,
  supporterPageShape,
  supporterRefusalStatus,
  supporterShape,
  type Capacity,
  type CapacityStand,
  type Supporter,
  type SupporterAct,
  type SupporterFilter,
  type SupporterPage,
} from '../contract.ts';
import {
  findDoers,
  listCapacities,
  listSupporters,
  listUse,
  type CapacityRow,
  type NamedSupporter,
  type UseRow,
} from '../queries.ts';
import { capacityOn, decideOnSupporter, freeFrom } from '../rules.ts';
import {
  allRefusalWords,
  supporterKindWords,
  supporterLabels as labels,
  supporterStateWords,
} from '../words.ts';

/** Who reads of supporters; an agency reads the contracts that lie with it. */
export const readers = [
  'director',
  'deputy',
  'county_office',
  'auditor',
  'ministry',
] as const satisfies readonly Role[];
const status = { ...supporterRefusalStatus, ...caseRefusalStatus, ...personRefusalStatus };
export const doneShape = z.object({ id: z.uuid() });
/** As many as a province has at most; a sheet is the whole list. */
const mostOfSheet = 20_000;

export const todayOf = ({ clock }: Pick<House, 'clock'>): Day => dayOfInstant(clock.now().getTime());

export const supporterRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(registerRoutes(house));
    await app.register(deedRoutes(house));
  };

const registerRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/supporters',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'Supporters and drivers within the reader’s scope, by search, filter and order',
          params: provinceAddress,
          querystring: pageQuery.extend(supporterFilter.shape),
          response: { 200: pageShape(supporterShape), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { cursor, limit, ...filter } = request.query;
        const rows = await read(house.db, scopeIn(actor, provinceId), (tx) =>
          listSupporters(tx, {
            provinceId,
            filter: soughtBy(filter),
            today: todayOf(house),
            after: decodeCursor(cursor, [sortValue.text, sortValue.id]),
            limit: limit + 1,
          }),
        );
        return reply.send(
          pageOf(rows, limit, { item: supporterOf, position: (row) => [row.sortKey, row.supporterId] }),
        );
      },
    );

    app.get(
      '/api/provinces/:province/supporters/sheet.xlsx',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'The same list as a sheet',
          params: provinceAddress,
          querystring: supporterFilter,
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const filter = soughtBy(request.query);
        const asked = { provinceId, filter, today: todayOf(house), limit: mostOfSheet };
        const rows = await read(house.db, scopeIn(actor, provinceId), (tx) => listSupporters(tx, asked));
        return reply
          .type(sheetMedia.xlsx)
          .header('content-disposition', 'attachment; filename="supporters.xlsx"')
          .send(await sheetOf(rows.map(supporterOf), languageOf(request)));
      },
    );

    app.get(
      '/api/provinces/:province/supporters/:supporter',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'A supporter: capacity and what is taken of it, versions, acts and what may be done now',
          params: supporterAddress,
          response: { 200: supporterPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { supporter: supporterId } = request.params;
        const asked = { actor, provinceId, supporterId, today: todayOf(house) };
        const found = await read(house.db, scopeIn(actor, provinceId), (tx) => findPage(tx, asked));
        return answer(reply, found, status, allRefusalWords);
      },
    );
  };

/** As names are kept: one spelling of ی and ک. */
const soughtBy = ({ search, ...filter }: SupporterFilter): SupporterFilter =>
  search === undefined || search === '' ? filter : { ...filter, search: normalise(search) };

const sheetColumns = [
  { key: 'name', title: labels.name, kind: 'text' },
  { key: 'kind', title: labels.kind, kind: 'text' },
  { key: 'county', title: labels.county, kind: 'text' },
  { key: 'state', title: labels.state, kind: 'text' },
  { key: 'jobs', title: labels.jobs, kind: 'count' },
  { key: 'links', title: labels.links, kind: 'count' },
  { key: 'enteredOn', title: labels.enteredOn, kind: 'day' },
] as const;

const sheetOf = (items: readonly Supporter[], language: 'fa' | 'en'): Promise<Buffer> =>
  writeSheet({
    format: 'xlsx',
    name: labels.supporters,
    language,
    columns: sheetColumns,
    rows: items.map((row) => ({
      name: row.name,
      kind: supporterKindWords[row.kind][language],
      county: row.countyName[language],
      state: row.stateName[language],
      jobs: String(row.jobs),
      links: String(row.links),
      enteredOn: row.enteredOn,
    })),
  });

const deedRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const { keyedHash } = openSignIn(house);
    app.post(
      '/api/provinces/:province/supporters',
      {
        preHandler: requireActor(),
        schema: {
          summary: 'Enters a supporter or driver with its capacity',
          params: provinceAddress,
          body: supporterForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const at = { province: request.params.province, route: 'POST supporters' };
        const done = await commandIn(house, request, at, (doing) =>
          enterSupporter({ ...doing, keyedHash }, request.body),
        );
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );

    app.post(
      '/api/provinces/:province/supporters/:supporter/acts',
      {
        preHandler: requireActor(),
        schema: {
          summary: 'Does an act on a supporter, with the capacity that it brings',
          params: supporterAddress,
          body: supporterActForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, supporter: supporterId } = request.params;
        const at = { province, route: `POST supporters/${supporterId}/acts` };
        const done = await commandIn(house, request, at, (doing) =>
          actOnSupporter({ ...doing, keyedHash }, { supporterId, order: request.body }),
        );
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );
  };

export const supporterOf = (row: NamedSupporter): Supporter => ({
  supporterId: row.supporterId,
  personId: row.personId,
  name: row.name,
  kind: row.kind,
  countyCode: row.countyCode,
  countyName: { fa: row.countyFa, en: row.countyEn },
  recordYears: row.recordYears,
  ordersUnit: row.ordersUnit,
  ordersPeriod: row.ordersPeriod,
  listed: row.listed,
  enteredOn: isoOf(row.enteredOn),
  endedOn: row.endedOn === null ? null : isoOf(row.endedOn),
  state: row.state,
  stateName: supporterStateWords[row.state],
  version: row.version,
  jobs: row.jobs,
  links: row.links,
});

type PageAsked = Place & { readonly supporterId: string; readonly today: Day };

async function findPage(tx: Tx, asked: PageAsked): Promise<Result<SupporterPage, AnyRefusal>> {
  const { actor, provinceId, supporterId, today } = asked;
  const [row] = await listSupporters(tx, { provinceId, supporterId, today, limit: 1 });
  if (row === undefined) return refused({ kind: 'SupporterMissing' });
  const capacities = await listCapacities(tx, { provinceId, supporterId });
  const used = await listUse(tx, { provinceId, supporterId });
  const acts = await actsOf(tx, { provinceId, caseId: row.supporterId });
  const names = await findDoers(tx, [
    ...acts.map(({ by }) => by.personId),
    ...capacities.flatMap(({ proposedByPerson, approvedByPerson }) =>
      approvedByPerson === null ? [proposedByPerson] : [proposedByPerson, approvedByPerson],
    ),
  ]);
  return ok({
    supporter: supporterOf(row),
    stands: standsOf(capacities, used, today),
    capacities: capacities.map((one) => capacityOf(one, { row, capacities, names, today })),
    acts: acts.map((done) => actOnWire(done, names)),
    choices: choicesIn(row, actor),
  });
}

/** What may be done, and of the rest why not: also what only this person may not do. */
function choicesIn(row: NamedSupporter, { role, personId }: Actor): SupporterPage['choices'] {
  return choicesOf(row.state, role).map(({ act, lawful, because }) => {
    const hindrance = lawful ? hindranceOf(row, act, personId) : because;
    return {
      act,
      lawful: hindrance === null,
      because: hindrance === null ? null : byKind(hindrance, allRefusalWords),
    };
  });
}

function hindranceOf(row: NamedSupporter, act: string, byPerson: Id): AnyRefusal | null {
  if (act === 'approve' && byPerson === row.openedByPerson) return { kind: 'ActNotOfOpener', act };
  const decided = decideOnSupporter({
    act: actNamed(act),
    listed: true,
    byPerson,
    supporter: row,
    links: row.links,
  });
  return decided.ok ? null : decided.refusal;
}
const actNamed = (name: string): SupporterAct =>
  supporterActForm.shape.act.options.find((known) => known === name) ?? 'withdraw';

const placeKey = ({ categoryKey, countyCode }: CapacityRow): string => `${categoryKey} ${countyCode}`;

function standsOf(capacities: readonly CapacityRow[], used: readonly UseRow[], today: Day): CapacityStand[] {
  const held = heldBy(capacities, used);
  const places = new Map(capacities.map((row) => [placeKey(row), row]));
  return [...places.values()].flatMap((place) => {
    const versions = held.versionsOf(place);
    if (versions.length === 0) return [];
    const use = held.useOf(place);
    const now = capacityOn(versions, today);
    return [
      {
        categoryKey: place.categoryKey,
        categoryName: { fa: place.categoryFa, en: place.categoryEn },
        countyCode: place.countyCode,
        countyName: { fa: place.countyFa, en: place.countyEn },
        jobs: now?.jobs ?? 0,
        links: use.links,
        free: freeFrom(versions, use, today),
        orders: now?.orders?.toString() ?? null,
        promised: use.orders.toString(),
      },
    ];
  });
}

type CapacityFrame = {
  readonly row: NamedSupporter;
  readonly capacities: readonly CapacityRow[];
  readonly names: ReadonlyMap<Id, string>;
  readonly today: Day;
};

const capacityOf = (one: CapacityRow, frame: CapacityFrame): Capacity => ({
  capacityId: one.capacityId,
  categoryKey: one.categoryKey,
  categoryName: { fa: one.categoryFa, en: one.categoryEn },
  countyCode: one.countyCode,
  countyName: { fa: one.countyFa, en: one.countyEn },
  jobs: one.jobs,
  orders: one.orders?.toString() ?? null,
  fromOn: isoOf(one.fromOn),
  standing: standingOf(one, frame),
  proposedBy: frame.names.get(one.proposedByPerson) ?? null,
  approvedBy: one.approvedByPerson === null ? null : (frame.names.get(one.approvedByPerson) ?? null),
});

const waiting: readonly string[] = ['entered', 'returned', 'capacity_proposed'];

function standingOf(one: CapacityRow, { row, capacities, today }: CapacityFrame): Capacity['standing'] {
  if (!one.approved)
    return one.proposalId === row.proposalId && waiting.includes(row.state) ? 'proposed' : 'rejected';
  if (one.fromOn > today) return 'coming';
  const versions = capacities.filter((other) => other.approved && placeKey(other) === placeKey(one));
  return capacityOn(versions, today)?.capacityId === one.capacityId ? 'in_force' : 'held';
}
