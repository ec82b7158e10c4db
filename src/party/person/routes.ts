import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Actor, Role } from '#kernel/actor.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { latinDigits, normalise } from '#kernel/persian.ts';
import { ok, refused, type Refused, type Result } from '#kernel/result.ts';
import { placeRefusalStatus } from '#place/contract.ts';
import { placeRefusalWords } from '#place/words.ts';
import { decodeCursor, pageOf, pageQuery, pageShape } from '#platform/cursor.ts';
import { noScope, read, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses, type RefusalWords } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { openSignIn } from '#platform/signin.ts';
import { findProvinceId } from '../queries.ts';
import { enterPerson, erasePerson, reachPerson, recordFact, type Doing, type KeyedHash } from './actions.ts';
import {
  doneShape,
  enteredShape,
  erasureShape,
  newFactShape,
  newPersonShape,
  personAddress,
  personFilter,
  personPageShape,
  personRefusalStatus,
  personShape,
  provinceAddress,
  reachShape,
  type Person,
  type PersonFilter,
  type PersonPage,
  type PersonRefusal,
} from './contract.ts';
import { askedWords } from './name.ts';
import {
  countElsewhere,
  findErasure,
  findPerson,
  isoOrNull,
  listFacts,
  listKin,
  listMerged,
  listPersons,
  listReaches,
  openFacts,
  type FactRow,
  type PersonRow,
  type Search,
} from './queries.ts';
import { factsInForce, readPhone } from './rules.ts';
import { personRefusalWords } from './words.ts';

/** Who reads persons at all, each within their scope; and who adds to what is known of them. */
export const readersOfPersons: readonly Role[] = [
  'director',
  'deputy',
  'county_office',
  'agency',
  'bank',
  'auditor',
  'ministry',
];
export const keepersOfPersons: readonly Role[] = ['director', 'deputy', 'county_office'];
const mayReach: readonly Role[] = ['director', 'deputy'];
const mayErase: readonly Role[] = ['director'];

/** Where and as whom a request stands: one province, within the actor's scope. */
export type Place = { readonly actor: Actor; readonly provinceId: number };

export async function placeOf(
  { db }: House,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
): Promise<Place> {
  const actor = await actingOf(request);
  const found = await read(db, noScope, (tx) => findProvinceId(tx, slug));
  const known = found === undefined ? refused({ kind: 'ProvinceUnknown', slug } as const) : ok(found);
  const provinceId = answer(reply, known, placeRefusalStatus, placeRefusalWords);
  scopeIn(actor, provinceId);
  return { actor, provinceId };
}

export const readAt = <Found>(house: House, place: Place, work: (tx: Tx) => Promise<Found>): Promise<Found> =>
  read(house.db, scopeIn(place.actor, place.provinceId), work);

export type Deed<Value, Refusal extends Refused> = (doing: Doing) => Promise<Result<Value, Refusal>>;

export type Answering<Refusal extends Refused> = {
  readonly status: Readonly<Record<Refusal['kind'], number>>;
  readonly words: RefusalWords<Refusal>;
};

/** Does a deed once (L5), in the actor's scope of the province that the address names. */
export const doer =
  <Refusal extends Refused>(house: House, keyedHash: KeyedHash, { status, words }: Answering<Refusal>) =>
  async <Value>(
    at: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly route: string },
    province: string,
    deed: Deed<Value, Refusal>,
  ): Promise<Value> => {
    const { actor, provinceId } = await placeOf(house, at.request, at.reply, province);
    const asked = { scope: scopeIn(actor, provinceId), route: at.route, body: at.request.body };
    const done = await command(house, at.request, asked, (tx) =>
      deed({ tx, clock: house.clock, provinceId, by: actor, keyedHash }),
    );
    return answer(at.reply, done, status, words, 201);
  };

export const personRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(house));
    await app.register(tellingRoutes(house));
    await app.register(rightsRoutes(house));
  };

const personDoer = (house: House) =>
  doer<PersonRefusal>(house, openSignIn(house).keyedHash, {
    status: personRefusalStatus,
    words: personRefusalWords,
  });

const post = '/api/provinces/:province/persons';

const readingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/persons',
      {
        preHandler: requireActor(...readersOfPersons),
        schema: {
          summary: 'Persons and enterprises that the reader may see, by search and filter',
          params: provinceAddress,
          querystring: pageQuery.extend(personFilter.shape),
          response: { 200: pageShape(personShape), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(house, request, reply, request.params.province);
        return readAt(house, place, (tx) => findPersons(tx, place, request.query));
      },
    );

    app.get(
      '/api/provinces/:province/persons/:person',
      {
        preHandler: requireActor(...readersOfPersons),
        schema: {
          summary: 'A person with every dated fact, the household and what was merged',
          params: personAddress,
          response: { 200: personPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, person } = request.params;
        const place = await placeOf(house, request, reply, province);
        const today = dayOfInstant(house.clock.now().getTime());
        const found = await readAt(house, place, (tx) => findPage(tx, place, { personId: person, today }));
        return answer(reply, found, personRefusalStatus, personRefusalWords);
      },
    );
  };

/** What is told of persons. */
const tellingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const once = personDoer(house);
    app.post(
      post,
      {
        preHandler: requireActor(...keepersOfPersons),
        schema: {
          summary: 'Enters a person or an enterprise, or opens a known one to the county that presents them',
          params: provinceAddress,
          body: newPersonShape,
          response: { 201: enteredShape, ...problemResponses },
        },
      },
      (request, reply) =>
        once({ request, reply, route: `POST ${post}` }, request.params.province, (doing) =>
          enterPerson(doing, request.body),
        ),
    );

    app.post(
      `${post}/:person/facts`,
      {
        preHandler: requireActor(...keepersOfPersons),
        schema: {
          summary: 'Adds one dated fact to a person',
          params: personAddress,
          body: newFactShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      (request, reply) =>
        once({ request, reply, route: `POST ${post}/facts` }, request.params.province, (doing) =>
          recordFact(doing, { personId: request.params.person, order: request.body }),
        ),
    );
  };

/** Who may read of a person, and that nobody may any more. */
const rightsRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const once = personDoer(house);
    app.post(
      `${post}/:person/reach`,
      {
        preHandler: requireActor(...mayReach),
        schema: {
          summary: 'Opens a person to one more county, office or branch',
          params: personAddress,
          body: reachShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      (request, reply) =>
        once({ request, reply, route: `POST ${post}/reach` }, request.params.province, (doing) =>
          reachPerson(doing, { personId: request.params.person, order: request.body }),
        ),
    );

    app.post(
      `${post}/:person/erasure`,
      {
        preHandler: requireActor(...mayErase),
        schema: {
          summary: 'Erases the facts of a person under a letter that orders it',
          params: personAddress,
          body: erasureShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      (request, reply) =>
        once({ request, reply, route: `POST ${post}/erasure` }, request.params.province, (doing) =>
          erasePerson(doing, { personId: request.params.person, order: request.body }),
        ),
    );
  };

/** What was typed into the one search field: an id in digits of any script, a phone, or words of a name. */
export function readSearch(typed: string | undefined, isOffice: boolean): Search {
  const text = typed?.trim() ?? '';
  if (text === '') return { by: 'nothing' };
  const digits = latinDigits(text).replace(/[\s\u200c+-]/g, '');
  if (/^\d{4,}$/.test(digits)) {
    const phone = /^(?:0?9\d{9}|0\d{10}|98\d{10}|0098\d{10})$/.test(digits) ? readPhone(digits) : null;
    if (phone !== null) return { by: 'phone', phone };
    // Eight and nine digits are a whole id whose first zeros a spreadsheet dropped; others are a beginning.
    const begun = digits.length === 8 || digits.length === 9 ? digits.padStart(10, '0') : digits;
    return { by: 'identity', from: begun, until: `${begun}~` };
  }
  if (isOffice) return { by: 'text', parts: normalise(text).split(' ').slice(0, 4) };
  const words = askedWords(text);
  return words.length === 0 ? { by: 'identity', from: '~', until: '~' } : { by: 'words', words };
}

type ListAsked = PersonFilter & { readonly cursor?: string | undefined; readonly limit: number };

export async function findPersons(tx: Tx, { actor, provinceId }: Place, asked: ListAsked) {
  const { cursor, limit, ...filter } = asked;
  const [sortKey = '', personId = ''] = decodeCursor(cursor, 2) ?? [];
  const rows = await listPersons(tx, {
    provinceId,
    filter,
    countyCode: actor.scope.office === null ? actor.scope.county : null,
    search: readSearch(filter.search, actor.scope.office !== null),
    after: cursor === undefined ? null : { sortKey, personId },
    limit: limit + 1,
  });
  return pageOf(rows, limit, { item: personOf, position: (row) => [row.sortKey, row.personId] });
}

export const personOf = (row: PersonRow): Person => {
  const { sortKey: _, countyFa, countyEn, erasureId, ...rest } = row;
  return {
    ...rest,
    bornOn: isoOrNull(row.bornOn),
    countyName: { fa: countyFa, en: countyEn },
    enteredAt: row.enteredAt.toISOString(),
    erased: erasureId !== null,
  };
};

const mostOfHousehold = 30;

async function findPage(
  tx: Tx,
  { actor, provinceId }: Place,
  { personId, today }: { readonly personId: string; readonly today: ReturnType<typeof dayOfInstant> },
): Promise<Result<PersonPage, PersonRefusal>> {
  const person = await findPerson(tx, { provinceId, personId });
  if (person === undefined) return refused({ kind: 'PersonMissing' });
  const at = { provinceId, personId };
  await openFacts(tx, at);
  const facts = await listFacts(tx, { provinceId, personIds: [personId] });
  const inForce = factsInForce(facts, today);
  const household = await listKin(tx, { ...at, household: person.household, limit: mostOfHousehold });
  const erasure = await findErasure(tx, at);
  const may = (roles: readonly Role[]): boolean => roles.includes(actor.role) && person.erasureId === null;
  return ok({
    person: personOf(person),
    facts: facts.map((fact) => factOf(fact, inForce.get(fact.kind)?.factId === fact.factId)),
    household: household.map(personOf),
    merged: (await listMerged(tx, at)).map(personOf),
    otherProvinces: await countElsewhere(tx, at),
    reaches: (await listReaches(tx, at)).map((reach) => ({ ...reach, givenAt: reach.givenAt.toISOString() })),
    erasure: erasure === undefined ? null : { ...erasure, erasedAt: erasure.erasedAt.toISOString() },
    may: {
      change: may(keepersOfPersons) && person.mergedInto === null,
      erase: may(mayErase),
      reach: may(mayReach) && person.mergedInto === null,
    },
  });
}

const factOf = (fact: FactRow, inForce: boolean): PersonPage['facts'][number] => ({
  ...fact,
  sinceOn: isoOrNull(fact.sinceOn) ?? '',
  inquiredOn: isoOrNull(fact.inquiredOn),
  recordedAt: fact.recordedAt.toISOString(),
  inForce: inForce && fact.value !== null,
});
