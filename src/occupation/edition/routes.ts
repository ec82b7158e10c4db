import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseRefusalStatus } from '#casework/contract.ts';
import { caseworkRefusalWords } from '#casework/words.ts';
import type { Actor } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { ownSource } from '#place/contract.ts';
import { noScope, read, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, actorOf, requireActor } from '#platform/session.ts';
import {
  previewEdition,
  proposeEdition,
  publishEdition,
  withdrawEdition,
  type FoundFault,
} from './actions.ts';
import {
  changesShape,
  editionActForm,
  editionForm,
  editionList,
  editionRefusalStatus,
  editionStates,
  previewForm,
  previewShape,
  type Changes,
  type Edition,
  type EditionRefusal,
  type Fault,
} from './contract.ts';
import { country, findEditionInForce, listEditions, listEntries, type EditionRow } from './queries.ts';
import { changesBetween } from './rules.ts';
import { editionActWords, editionRefusalWords, editionStateWords, faultWords } from './words.ts';

const status = { ...editionRefusalStatus, ...caseRefusalStatus };
const words = {
  ...caseworkRefusalWords({ states: editionStateWords, acts: editionActWords, roles: {} }),
  ...editionRefusalWords,
};
const editionAddress = z.object({ edition: z.uuid() });
const doneShape = z.object({ id: z.uuid() });
const administrators = requireActor('administrator');

/** The published list is open to all; a list that waits is seen and entered by administrators. */
export const editionRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(house));
    await app.register(enteringRoutes(house));
  };

const todayOf = ({ clock }: House): Day => dayOfInstant(clock.now().getTime());

const readingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/occupation-editions',
      {
        schema: {
          summary: 'The editions of the list of occupations, the newest first',
          response: { 200: editionList, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actorOf(request);
        const found = await read(house.db, scopeOf(actor), (tx) => findEditions(tx, actor, todayOf(house)));
        return reply.send({ editions: found });
      },
    );

    app.get(
      '/api/occupation-editions/:edition/changes',
      {
        schema: {
          summary: 'What an edition changed against another: added, removed, renamed, recategorised',
          params: editionAddress,
          querystring: z.object({ since: z.uuid().meta({ fa: 'ویرایش پیشین', en: 'Earlier edition' }) }),
          response: { 200: changesShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actorOf(request);
        const asked = { newer: request.params.edition, older: request.query.since };
        const found = await read(house.db, scopeOf(actor), (tx) => findChanges(tx, actor, asked));
        return answer(reply, found, status, words);
      },
    );

    app.post(
      '/api/occupation-editions/preview',
      {
        preHandler: administrators,
        schema: {
          summary: 'Reads a list and says row by row what is wrong, or what it would change; writes nothing',
          body: previewForm,
          response: { 200: previewShape, ...problemResponses },
        },
      },
      async ({ body }) => {
        const asked = { file: body.file, on: dayFromIso(body.inForceFrom) };
        const found = await read(house.db, country, (tx) => previewEdition(tx, asked));
        return { ...found, faults: found.faults.map(said) };
      },
    );
  };

const enteringRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/occupation-editions',
      {
        preHandler: administrators,
        schema: {
          summary: 'Proposes an edition out of a file; it waits for a second person',
          body: editionForm,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const asked = { scope: country, route: 'POST occupation-editions', body: request.body };
        const done = await command(house, request, asked, (tx) =>
          proposeEdition({ tx, clock: house.clock, by }, request.body, ownSource),
        );
        return answer(reply, done, status, words, 201);
      },
    );

    for (const [path, deed, summary] of [
      ['publication', publishEdition, 'Publishes an edition that another person proposed'],
      ['withdrawal', withdrawEdition, 'Takes back an edition that waits'],
    ] as const)
      app.post(
        `/api/occupation-editions/:edition/${path}`,
        {
          preHandler: administrators,
          schema: {
            summary,
            params: editionAddress,
            body: editionActForm,
            response: { 200: doneShape, ...problemResponses },
          },
        },
        async (request, reply) => {
          const by = await actingOf(request);
          const { id: actId, seenVersion } = request.body;
          const order = { editionId: request.params.edition, actId, seenVersion };
          const asked = { scope: country, route: `POST occupation-editions/${path}`, body: request.body };
          const done = await command(house, request, asked, (tx) =>
            deed({ tx, clock: house.clock, by }, order),
          );
          return answer(reply, done, status, words);
        },
      );
  };

const said = (fault: FoundFault): Fault =>
  'fa' in fault ? fault : { ...fault, ...faultWords[fault.kind](fault) };

const enters = (actor: Actor | null): boolean => actor?.role === 'administrator';
const scopeOf = (actor: Actor | null) => (enters(actor) ? country : noScope);

async function findEditions(tx: Tx, actor: Actor | null, today: Day): Promise<Edition[]> {
  const inForce = await findEditionInForce(tx, today);
  return (await listEditions(tx, null))
    .filter(({ published }) => published || enters(actor))
    .map((row) => ({
      editionId: row.editionId,
      nameFa: row.nameFa,
      nameEn: row.nameEn,
      decisionNumber: row.decisionNumber,
      inForceFrom: isoOf(row.inForceFrom),
      occupations: row.occupations,
      published: row.published,
      inForce: row.editionId === inForce?.editionId,
      waiting: waitingOf(row, actor),
    }));
}

function waitingOf(row: EditionRow, actor: Actor | null): Edition['waiting'] {
  const state = editionStates.find((known) => known === row.state);
  if (!enters(actor) || state === undefined || row.version === null) return null;
  return { state, version: row.version, proposedByYou: row.proposedByPerson === actor?.personId };
}

type Compared = { readonly newer: string; readonly older: string };

async function findChanges(
  tx: Tx,
  actor: Actor | null,
  { newer, older }: Compared,
): Promise<Result<Changes, EditionRefusal>> {
  for (const editionId of [newer, older]) {
    const found = (await listEditions(tx, editionId))[0];
    if (found === undefined || (!found.published && !enters(actor)))
      return refused({ kind: 'EditionMissing', editionId });
  }
  return ok(changesBetween(await listEntries(tx, older), await listEntries(tx, newer)));
}
