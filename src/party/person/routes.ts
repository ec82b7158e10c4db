import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Role } from '#kernel/actor.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { latinDigits, normalise, readPhone } from '#kernel/persian.ts';
import { ok, refused, type Refused, type Result } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { read, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses, type RefusalWords } from '#platform/problem.ts';
import { type Place, placeOf, requireActor, scopeIn } from '#platform/session.ts';
import { openSignIn } from '#platform/signin.ts';
import { listWorkplaces } from '../queries.ts';
import {
  enterPerson,
  erasePerson,
  identityOf,
  reachPerson,
  recordFact,
  type Doing,
  type KeyedHash,
} from './actions.ts';
import {
  doneShape,
  enteredShape,
  erasureShape,
  newFactShape,
  newPersonShape,
  personAddress,
  personFilter,
  personForms,
  personPageShape,
  personRefusalStatus,
  personShape,
  provinceAddress,
  reachShape,
  workplacesShape,
  type Person,
  type PersonFilter,
  type PersonForm,
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
  listReaches,
  openFacts,
  type FactRow,
  type PersonRow,
} from './queries.ts';
import { listPersonIds } from '../registry/actions.ts';
import { listPersons, type Search } from '../registry/queries.ts';
import { factsInForce, readIdOf } from './rules.ts';
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

export const readAt = <Found>(house: House, place: Place, work: (tx: Tx) => Promise<Found>): Promise<Found> =>
  read(house.db, scopeIn(place.actor, place.provinceId), work);

export type Deed<Value, Refusal extends Refused> = (doing: Doing) => Promise<Result<Value, Refusal>>;

export type Answering<Refusal extends Refused> = {
  readonly status: Readonly<Record<Refusal['kind'], number>>;
  readonly words: RefusalWords<Refusal>;
};

type Asking = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly route: string;
  /** What was sent, where it was no JSON. */
  readonly body?: unknown;
};

/** Does a deed once (L5), in the actor's scope of the province that the address names. */
export const doer =
  <Refusal extends Refused>(house: House, keyedHash: KeyedHash, { status, words }: Answering<Refusal>) =>
  async <Value>(at: Asking, province: string, deed: Deed<Value, Refusal>): Promise<Value> => {
    const { actor, provinceId } = await placeOf(at.request, province);
    const asked = { scope: scopeIn(actor, provinceId), route: at.route, body: at.body ?? at.request.body };
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
    const { keyedHash } = openSignIn(house);
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
      async (request, _reply) => {
        const place = await placeOf(request, request.params.province);
        return findPersons(house, { ...place, keyedHash }, request.query);
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
        const place = await placeOf(request, province);
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
    app.get(
      '/api/provinces/:province/workplaces',
      {
        preHandler: requireActor(...readersOfPersons),
        schema: {
          summary: 'The offices and branches of a province to which a person can be handed over',
          params: provinceAddress,
          response: { 200: workplacesShape, ...problemResponses },
        },
      },
      async (request, _reply) => {
        const place = await placeOf(request, request.params.province);
        const { provinceId } = place;
        return readAt(house, place, async (tx) => ({
          offices: [
            ...(await listWorkplaces(tx, { provinceId, of: 'agency' })),
            ...(await listWorkplaces(tx, { provinceId, of: 'bank' })),
          ],
        }));
      },
    );

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
async function readSearch(
  typed: string | undefined,
  {
    keyedHash,
    form,
    isOffice,
  }: { readonly keyedHash: KeyedHash; readonly form: PersonForm; readonly isOffice: boolean },
): Promise<Search> {
  const text = typed?.trim() ?? '';
  if (text === '') return { by: 'nothing' };
  if (/^[\d+\s-]+$/.test(latinDigits(text))) {
    const nationalId = readIdOf(form, text);
    if (nationalId !== null) return { by: 'identity', hash: await identityOf(keyedHash, form, nationalId) };
    const phone = readPhone(text);
    return phone === null ? { by: 'nobody' } : { by: 'phone', phone };
  }
  if (isOffice) return { by: 'text', parts: normalise(text).split(' ').slice(0, 4) };
  const words = askedWords(text);
  return words.length === 0 ? { by: 'nobody' } : { by: 'words', words };
}

type ListAsked = PersonFilter & { readonly cursor?: string | undefined; readonly limit: number };

/** Persons by what was typed, within the reader's scope. */
async function findPersons(house: House, place: Place & { readonly keyedHash: KeyedHash }, asked: ListAsked) {
  const { actor, provinceId, keyedHash } = place;
  const { cursor, limit, ...filter } = asked;
  const search = await readSearch(filter.search, {
    keyedHash,
    form: filter.form,
    isOffice: actor.scope.office !== null,
  });
  const after = decodeCursor(cursor, [sortValue.text, sortValue.id]);
  const rows = await readAt(house, place, (tx) =>
    listPersons(tx, {
      provinceId,
      filter,
      countyCode: actor.scope.office === null ? actor.scope.county : null,
      isOffice: actor.scope.office !== null,
      search,
      after,
      limit: limit + 1,
    }),
  );
  return pageOf(rows, limit, { item: personOf, position: (row) => [row.sortKey, row.personId] });
}

/** Only who they are, of both forms: the inbox finds cases by them. `more` when there are more than so many of a form. */
export async function findPersonIds(
  house: House,
  place: Place & { readonly keyedHash: KeyedHash },
  { typed, most }: { readonly typed: string; readonly most: number },
): Promise<{ personIds: Id[]; more: boolean }> {
  const { actor, provinceId, keyedHash } = place;
  const isOffice = actor.scope.office !== null;
  const searches = await Promise.all(
    personForms.map(async (form) => ({
      form,
      search: await readSearch(typed, { keyedHash, form, isOffice }),
    })),
  );
  const found = await readAt(house, place, async (tx) => {
    const lists: Id[][] = [];
    for (const { form, search } of searches)
      lists.push(
        await listPersonIds(tx, {
          provinceId,
          filter: { form, sort: 'name' },
          countyCode: isOffice ? null : actor.scope.county,
          isOffice,
          search,
          after: null,
          limit: most + 1,
        }),
      );
    return lists;
  });
  return {
    personIds: found.flatMap((ids) => ids.slice(0, most)),
    more: found.some((ids) => ids.length > most),
  };
}

export const personOf = (row: PersonRow): Person => {
  const { sortKey: _key, readers: _readers, countyFa, countyEn, erasureId, ...rest } = row;
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
