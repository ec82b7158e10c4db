import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseRefusalStatus } from '#casework/contract.ts';
import { dayFromIso, isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { normalise, persianDigits } from '#kernel/persian.ts';
import { byKind, must, ok, refused, type Result } from '#kernel/result.ts';
import type { CodeReader } from '#licence/certificate/contract.ts';
import { verifyPath } from '#licence/certificate/words.ts';
import { personRefusalStatus } from '#party/person/contract.ts';
import type { Clock } from '#platform/clock.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { noScope, read, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { commandIn } from '#platform/once.ts';
import { originOf } from '#platform/origin.ts';
import { sendPdf } from '#platform/pdf.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn, type Place } from '#platform/session.ts';
import { openSigningKey } from '#platform/signature.ts';
import { openSignIn } from '#platform/signin.ts';
import { actOnWire, actsOf } from '../actions.ts';
import { provinceAddress, supporterRefusalStatus } from '../contract.ts';
import { findDoers, listSupporters, widenToProvince } from '../queries.ts';
import { doneShape, readers, supporterOf, todayOf } from '../supporter/routes.ts';
import {
  actOnContract,
  choicesOf,
  draftContract,
  findHindrance,
  pictureOf,
  printedHead,
  type AnyRefusal,
  readContract,
  signContract,
} from './actions.ts';
import {
  candidateAddress,
  candidateQuery,
  candidateShape,
  contractActForm,
  contractAddress,
  contractFilter,
  contractForm,
  contractPageShape,
  contractRefusalStatus,
  contractShape,
  parties,
  personAddress,
  personSupportShape,
  type Contract,
  type ContractAct,
  type ContractPage,
} from './contract.ts';
import { contractText } from './public.ts';
import {
  listCandidates,
  listContracts,
  listSignatures,
  type NamedContract,
  type SignatureRow,
} from './queries.ts';
import { allRefusalWords, contractLabels as labels, contractStateWords } from './words.ts';

const status = {
  ...supporterRefusalStatus,
  ...caseRefusalStatus,
  ...personRefusalStatus,
  ...contractRefusalStatus,
};
const contractReaders = [...readers, 'agency'] as const;
const mostCandidates = 30;
const mostOfPerson = 50;

/** Three-party contracts and the home workers linked by them. */
export const contractRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(listRoutes(house));
    await app.register(workerRoutes(house));
    await app.register(pageRoutes(house));
    await app.register(deedRoutes(house));
  };

const soughtBy = (search: string | undefined): string | null =>
  search === undefined || search === '' ? null : normalise(search);

const listRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/support-contracts',
      {
        preHandler: requireActor(...contractReaders),
        schema: {
          summary: 'Three-party contracts within the reader’s scope, the newest first',
          params: provinceAddress,
          querystring: pageQuery.extend(contractFilter.shape),
          response: { 200: pageShape(contractShape), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { cursor, limit, supporter, state, search } = request.query;
        const rows = await read(house.db, scopeIn(actor, provinceId), (tx) =>
          listContracts(tx, {
            provinceId,
            supporterId: supporter ?? null,
            state: state ?? null,
            search: soughtBy(search),
            after: decodeCursor(cursor, [sortValue.day, sortValue.id]),
            limit: limit + 1,
          }),
        );
        return reply.send(
          pageOf(rows, limit, {
            item: contractOf,
            position: (row) => [isoOf(row.draftedOn), row.contractId],
          }),
        );
      },
    );
  };

/** Whom contracts are made with, and what the page of a person shows of them. */
const workerRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/supporters/:supporter/candidates',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'Who could be linked to a supporter in a category and county',
          params: candidateAddress,
          querystring: candidateQuery,
          response: { 200: z.object({ items: z.array(candidateShape) }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { supporter: supporterId } = request.params;
        const { category: categoryKey, county: countyCode, search } = request.query;
        const on = todayOf(house);
        const found = await read(house.db, scopeIn(actor, provinceId), async (tx) => {
          const [supporter] = await listSupporters(tx, { provinceId, supporterId, today: on, limit: 1 });
          if (supporter === undefined) return refused({ kind: 'SupporterMissing' } as const);
          const rows = await listCandidates(tx, {
            provinceId,
            supporterPersonId: supporter.personId,
            categoryKey,
            countyCode,
            search: soughtBy(search),
            today: on,
            limit: mostCandidates,
          });
          const items = rows.map(({ titleFa, titleEn, expiresOn, ...row }) => ({
            ...row,
            occupation: { fa: titleFa, en: titleEn },
            holdsUntil: expiresOn === null ? null : isoOf(expiresOn),
          }));
          return ok({ items });
        });
        return answer(reply, found, status, allRefusalWords);
      },
    );

    app.get(
      '/api/provinces/:province/persons/:person/support',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'The file of a person as a supporter, and their contracts as a home worker',
          params: personAddress,
          response: { 200: personSupportShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const asked = { provinceId, personId: request.params.person, limit: mostOfPerson };
        return reply.send(
          await read(house.db, scopeIn(actor, provinceId), async (tx) => ({
            supporters: (await listSupporters(tx, { ...asked, today: todayOf(house) })).map(supporterOf),
            contracts: (await listContracts(tx, asked)).map(contractOf),
          })),
        );
      },
    );
  };

const pageRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/support-contracts/:contract',
      {
        preHandler: requireActor(...contractReaders),
        schema: {
          summary: 'A three-party contract: parties, signatures, acts and what may be done now',
          params: contractAddress,
          response: { 200: contractPageShape, ...problemResponses },
        },
      },
      async (request, reply) => (await pageAt(house, { request, reply, at: request.params })).found.page,
    );

    app.get(
      '/api/provinces/:province/support-contracts/:contract/contract.pdf',
      {
        preHandler: requireActor(...contractReaders),
        schema: {
          summary: 'The contract as PDF, with a signed code once it is in force',
          params: contractAddress,
        },
      },
      async (request, reply) => {
        const { place, found } = await pageAt(house, { request, reply, at: request.params });
        const { page, row } = found;
        void reply.header('content-disposition', `inline; filename="contract-${row.number}.pdf"`);
        return sendPdf(
          reply,
          contractText({
            page,
            province: row.provinceFa,
            draftedOn: printed(row.draftedOn),
            linkedOn: row.linkedOn === null ? null : printed(row.linkedOn),
            today: printed(todayOf(house)),
            seal: await printedHead(house.db, place.provinceId),
            code: row.state === 'in_force' ? await codeOf(house, row) : null,
            verifyAddress: `${originOf(request)}${verifyPath}`,
          }),
        );
      },
    );
  };

type Asking = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly at: { readonly province: string; readonly contract: string };
};

/** The page of a contract as who asks may see it. */
async function pageAt(
  house: House,
  { request, reply, at }: Asking,
): Promise<{ readonly place: Place; readonly found: Found }> {
  const place = await placeOf(request, at.province);
  const asked = { ...place, contractId: at.contract, clock: house.clock };
  const found = await read(house.db, scopeIn(place.actor, place.provinceId), (tx) => findPage(tx, asked));
  return { place, found: answer(reply, found, status, allRefusalWords) };
}

const printed = (day: Day): string => persianDigits(day.replaceAll('-', '/'));

async function codeOf(
  { config }: House,
  row: NamedContract,
): Promise<{ readonly svg: string; readonly keyId: string }> {
  const key = openSigningKey(config);
  return { svg: await pictureOf(signContract(row, key)), keyId: key.keyId };
}

/** Reads the code of a contract, and how the contract stands today, for the page that verifies every code. */
export const contractReader =
  ({ config, db }: House): CodeReader =>
  async (payload) => {
    const said = readContract(payload, openSigningKey(config).publicKey);
    if (said === undefined || typeof said === 'string') return said;
    const { number } = said;
    const provinceId = Number.parseInt(number, 10);
    const [row] = await read(db, { ...noScope, province: provinceId }, (tx) =>
      listContracts(tx, { provinceId, number, limit: 1 }),
    );
    const named = (['supporter', 'worker', 'occupation', 'county'] as const).map(
      (field) => [labels[field], said[field]] as const,
    );
    const from = printed(dayFromIso(said.from));
    return {
      facts: [[labels.number, persianDigits(number)], ...named, [labels.linkedOn, from]],
      state: row === undefined ? labels.notKept : contractStateWords[row.state],
      isInForce: row?.state === 'in_force',
    };
  };

const deedRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const { keyedHash } = openSignIn(house);
    app.post(
      '/api/provinces/:province/support-contracts',
      {
        preHandler: requireActor(),
        schema: {
          summary: 'Drafts a three-party contract of a supporter with a home worker',
          params: provinceAddress,
          body: contractForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const at = { province: request.params.province, route: 'POST support-contracts' };
        const done = await commandIn(house, request, at, (doing) =>
          draftContract({ ...doing, keyedHash }, request.body),
        );
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );

    app.post(
      '/api/provinces/:province/support-contracts/:contract/acts',
      {
        preHandler: requireActor(),
        schema: {
          summary: 'Signs, refuses, cancels or ends a three-party contract',
          params: contractAddress,
          body: contractActForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, contract: contractId } = request.params;
        const at = { province, route: `POST support-contracts/${contractId}/acts` };
        const done = await commandIn(house, request, at, (doing) =>
          actOnContract({ ...doing, keyedHash }, { contractId, order: request.body }),
        );
        return answer(reply, done, status, allRefusalWords, 201);
      },
    );
  };

const isoOrNull = (day: Day | null): string | null => (day === null ? null : isoOf(day));

const contractOf = (row: NamedContract): Contract => ({
  contractId: row.contractId,
  number: row.number,
  supporterId: row.supporterId,
  supporterPersonId: row.supporterPersonId,
  supporterName: row.supporterName,
  workerId: row.workerId,
  workerName: row.workerName,
  occupation: { fa: row.titleFa, en: row.titleEn },
  countyName: { fa: row.countyFa, en: row.countyEn },
  agencyName: { fa: row.agencyFa, en: row.agencyEn },
  basis: row.basis,
  holdsUntil: isoOrNull(row.holdsUntil),
  draftedOn: isoOf(row.draftedOn),
  linkedOn: isoOrNull(row.linkedOn),
  endedOn: isoOrNull(row.endedOn),
  state: row.state,
  stateName: contractStateWords[row.state],
  version: row.version,
});

type PageAsked = Place & { readonly contractId: string; readonly clock: Clock };
type Found = { readonly page: ContractPage; readonly row: NamedContract };

async function findPage(tx: Tx, asked: PageAsked): Promise<Result<Found, AnyRefusal>> {
  const { provinceId, contractId } = asked;
  const [row] = await listContracts(tx, { provinceId, contractId, limit: 1 });
  if (row === undefined) return refused({ kind: 'ContractMissing' });
  const acts = await actsOf(tx, { provinceId, caseId: row.contractId });
  const signed = await listSignatures(tx, row);
  const names = await findDoers(tx, [
    ...acts.map(({ by }) => by.personId),
    ...signed.map(({ byPerson }) => byPerson),
  ]);
  // Last: orders and places are the supporter's, which an agency does not see; it sees what they mean for this contract.
  await widenToProvince(tx);
  const { supporterId } = row;
  const today = todayOf(asked);
  const [found] = await listSupporters(tx, { provinceId, supporterId, today, limit: 1 });
  const supporter = must(found, 'a contract has its supporter');
  return ok({
    row,
    page: {
      contract: contractOf(row),
      kind: supporter.kind,
      orders: {
        value: row.orders.toString(),
        ordersUnit: supporter.ordersUnit,
        ordersPeriod: supporter.ordersPeriod,
      },
      signatures: parties.map((party) => signatureOf(party, signed, names)),
      acts: acts.map((done) => actOnWire(done, names)),
      choices: await choicesIn(tx, asked, row),
    },
  });
}

function signatureOf(
  party: (typeof parties)[number],
  signed: readonly SignatureRow[],
  names: ReadonlyMap<Id, string>,
): ContractPage['signatures'][number] {
  const found = signed.find((one) => one.party === party);
  return {
    party,
    by: found === undefined ? null : (names.get(found.byPerson) ?? null),
    at: found?.at.toISOString() ?? null,
  };
}

/** What may be done, and of the rest why not: signatures of one's own, and places that are full. */
async function choicesIn(
  tx: Tx,
  { provinceId, actor, clock }: PageAsked,
  contract: NamedContract,
): Promise<ContractPage['choices']> {
  const choices: ContractPage['choices'] = [];
  for (const { act, lawful, because } of choicesOf(contract.state, actor.role)) {
    const asked = { provinceId, clock, by: actor, contract, act: actNamed(act) };
    const hindrance = lawful ? await findHindrance(tx, asked) : because;
    choices.push({
      act,
      lawful: hindrance === null,
      because: hindrance === null ? null : byKind(hindrance, allRefusalWords),
    });
  }
  return choices;
}

const actNamed = (name: string): ContractAct =>
  must(
    contractActForm.shape.act.options.find((known) => known === name),
    'an act of the table',
  );
