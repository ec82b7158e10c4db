import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { nationwide, type Actor } from '#kernel/actor.ts';
import { id, isId, type Id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { noScope, read, type Scope, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { waitAgain } from '#platform/outbox.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { showTrackingNumber } from '../contract.ts';
import {
  againFormShape,
  messageRefusalStatus,
  sendingShape,
  undeliveredShape,
  type MessageRefusal,
  type Undelivered,
} from './contract.ts';
import { findMessageStanding, listUndelivered, type UndeliveredRow } from './queries.ts';
import { messageRefusalWords, reasonWords } from './words.ts';

const province = z.coerce.number().int().min(0).max(99).meta({
  fa: 'کد استان',
  en: 'Province code',
  description: 'Number of the province, e.g. 30; /api/provinces lists them',
});
const provinceAddress = z.object({ province });
const messageAddress = z.object({ province, id: z.uuid().refine(isId).meta({ fa: 'پیام', en: 'Message' }) });
const doneShape = z.object({ id: z.uuid() });
const administrators = { preHandler: requireActor('administrator') };

const isOfInstallation = ({ scope }: Actor): boolean => scope.province === nationwide;

/**
 * An administrator of the installation sees no province's rows (L9); of messages they see here how the sending went,
 * and neither case nor person.
 */
const scopeOver = (by: Actor, provinceId: number): Scope =>
  isOfInstallation(by) ? { ...noScope, province: provinceId } : scopeIn(by, provinceId);

/** What could not be delivered, and sending it again: for administrators. */
export const messageRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(sendingRoutes(house));
    app.get(
      '/api/messages',
      {
        ...administrators,
        schema: {
          summary: 'Messages that were refused or given up, with their reasons, the latest first',
          querystring: pageQuery,
          response: { 200: pageShape(undeliveredShape), ...problemResponses },
        },
      },
      (request) => findUndelivered(house, request, request.query),
    );

    app.post(
      '/api/provinces/:province/messages/:id/sending',
      {
        ...administrators,
        schema: {
          summary: 'Lets a message that was refused or given up wait again to be sent',
          params: messageAddress,
          body: againFormShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const asked = {
          scope: scopeOver(by, params.province),
          route: `POST messages/sending ${params.id}`,
          body,
        };
        const at = { provinceId: params.province, messageId: id(params.id) };
        const done = await command(house, request, asked, (tx) => sendAgain(tx, at, house.clock.now()));
        return answer(reply, done, messageRefusalStatus, messageRefusalWords, 201);
      },
    );
  };

/** Sends again what a province could not deliver, all of it: once an operator is back there may be thousands. */
const sendingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/messages/sending',
      {
        ...administrators,
        schema: {
          summary: 'Lets all messages of a province that were refused or given up wait again to be sent',
          params: provinceAddress,
          body: againFormShape,
          response: { 201: sendingShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { province: provinceId } = request.params;
        const asked = {
          scope: scopeOver(by, provinceId),
          route: 'POST messages/sending',
          body: request.body,
        };
        const done = await command(house, request, asked, async (tx) =>
          ok({ count: await waitAgain(tx, { provinceId, messageId: 'all', at: house.clock.now() }) }),
        );
        return answer(reply, done, {}, {}, 201);
      },
    );
  };

async function findUndelivered(
  { db }: House,
  request: FastifyRequest,
  { cursor, limit }: z.output<typeof pageQuery>,
) {
  const by = await actingOf(request);
  const after = decodeCursor(cursor, [sortValue.instant, sortValue.id]);
  const everywhere = isOfInstallation(by);
  const scope = everywhere ? ({ ...noScope, province: 'all' } as const) : by.scope;
  const provinceId = typeof scope.province === 'number' ? scope.province : null;
  const rows = await read(db, scope, (tx) => listUndelivered(tx, { provinceId, after, limit: limit + 1 }));
  return pageOf(rows, limit, {
    item: (row) => onTheWire(row, { everywhere }),
    position: ({ triedAt, messageId }) => [triedAt.toISOString(), messageId],
  });
}

async function sendAgain(
  tx: Tx,
  at: { readonly provinceId: number; readonly messageId: Id },
  now: Date,
): Promise<Result<{ id: Id }, MessageRefusal>> {
  if ((await waitAgain(tx, { ...at, at: now })) === 1) return ok({ id: at.messageId });
  const state = await findMessageStanding(tx, at);
  return state === 'waiting' || state === 'sent'
    ? refused({ kind: 'MessageNotUndelivered', state })
    : refused({ kind: 'MessageMissing', messageId: at.messageId });
}

function onTheWire(row: UndeliveredRow, { everywhere }: { readonly everywhere: boolean }): Undelivered {
  const { provinceFa, provinceEn, madeAt, triedAt, reason, caseId, number, ...rest } = row;
  return {
    ...rest,
    provinceName: { fa: provinceFa, en: provinceEn },
    madeAt: madeAt.toISOString(),
    triedAt: triedAt.toISOString(),
    reason: reasonWords[reason],
    about: everywhere || number === null ? null : { caseId, number: showTrackingNumber(number) },
  };
}
