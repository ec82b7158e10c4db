import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { nationwide } from '#kernel/actor.ts';
import { id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { read, type Tx } from '#platform/db.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor } from '#platform/session.ts';
import { hashPassword } from '#platform/signin.ts';
import { installation, type AccessHouse } from './actions.ts';
import {
  accessRefusalStatus,
  doneShape,
  enteredShape,
  firstAdministratorShape,
  linkFactsShape,
  newPasswordShape,
  waitingLinkShape,
  type AccessRefusal,
  type LinkFacts,
} from './contract.ts';
import { backupRoutes } from './backup/routes.ts';
import { counterRoutes } from './counter/routes.ts';
import { joinRoutes } from './join/routes.ts';
import { sessionRoutes } from './session/routes.ts';
import { trailRoutes } from './trail/routes.ts';
import { confirmReset, createFirstAdministrators, setPassword, tokenHash } from './user/actions.ts';
import { findAccount, findLink, listWaitingLinks } from './user/queries.ts';
import { atDesk, done, roleRoutes } from './role/routes.ts';
import { userRoutes } from './user/routes.ts';
import { accessRefusalWords } from './words.ts';

/** Signing in and out, applicants who join, the first administrators, users and their roles, one-time addresses, the trail. */
export const accessRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(sessionRoutes(house));
    await app.register(roleRoutes(house));
    await app.register(userRoutes(house));
    await app.register(linkRoutes(house));
    await app.register(joinRoutes(house));
    await app.register(counterRoutes(house));
    await app.register(trailRoutes(house));
    await app.register(backupRoutes(house));
  };

const tokenAddress = z.object({ token: z.string().regex(/^[\w-]{43}$/) });
const linkAddress = z.object({ linkId: z.uuid() });

/** One-time addresses: a new password, and the first two administrators. Open to whoever has the token. */
const linkRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(confirmingRoutes(house));
    app.get(
      '/api/access/one-time/:token',
      {
        schema: {
          summary: 'What a one-time address opens',
          params: tokenAddress,
          response: { 200: linkFactsShape, ...problemResponses },
        },
      },
      async (request, reply) =>
        answer(
          reply,
          await describeLink(house, request.params.token),
          accessRefusalStatus,
          accessRefusalWords,
        ),
    );

    app.post(
      '/api/access/passwords',
      {
        schema: {
          summary: 'Set the password of the account that a one-time address names',
          body: newPasswordShape,
          response: { 200: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { token, password } = request.body;
        const passwordHash = await hashPassword(password);
        const result = await byToken(house, request, { route: 'POST /api/access/passwords', token }, (tx) =>
          done(setPassword({ tx, clock: house.clock }, { token, passwordHash })),
        );
        return answer(reply, result, accessRefusalStatus, accessRefusalWords);
      },
    );

    app.post(
      '/api/access/first-administrators',
      {
        schema: {
          summary: 'Enter one of the first two administrators',
          body: firstAdministratorShape,
          response: { 201: enteredShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { password, ...given } = request.body;
        const passwordHash = await hashPassword(password);
        const asked = {
          route: 'POST /api/access/first-administrators',
          token: given.token,
          username: given.username,
        };
        const result = await byToken(house, request, asked, (tx) =>
          createFirstAdministrators({ tx, clock: house.clock }, { ...given, passwordHash }, house.signIn),
        );
        return answer(reply, result, accessRefusalStatus, accessRefusalWords, 201);
      },
    );
  };

/** Resets that wait for a second administrator. */
const confirmingRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/access/password-resets',
      {
        preHandler: requireActor('administrator'),
        schema: {
          summary: 'Password resets that wait for a second administrator',
          response: { 200: z.object({ items: z.array(waitingLinkShape) }), ...problemResponses },
        },
      },
      (request) => findWaitingResets(house, request),
    );

    app.post(
      '/api/access/password-resets/:linkId/confirmation',
      {
        preHandler: requireActor('administrator'),
        schema: {
          summary: 'Confirm a reset as the second administrator',
          params: linkAddress,
          response: { 200: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const linkId = id(request.params.linkId);
        const result = await atDesk(
          house,
          request,
          'POST /api/access/password-resets/:linkId/confirmation',
          (desk) => done(confirmReset(desk, linkId)),
        );
        return answer(reply, result, accessRefusalStatus, accessRefusalWords);
      },
    );
  };

async function findWaitingResets(house: AccessHouse, request: FastifyRequest) {
  const { scope, personId } = await actingOf(request);
  const ofInstallation = scope.province === nationwide;
  const rows = ofInstallation
    ? await read(house.db, scope, (tx) => listWaitingLinks(tx, house.clock.now()))
    : [];
  return {
    items: rows.map(({ makerPersonId, madeAt, ...row }) => ({
      ...row,
      madeAt: madeAt.toISOString(),
      yours: makerPersonId === personId,
    })),
  };
}

type TokenAsked = { readonly route: string; readonly token: string; readonly username?: string };

/**
 * A command of somebody who is not signed in yet but holds a token. The hash of its body leaves the password
 * and the national id out: stored without salt, they could be guessed.
 */
function byToken<Value>(
  house: AccessHouse,
  request: FastifyRequest,
  { route, token, username }: TokenAsked,
  work: (tx: Tx) => Promise<Result<Value, AccessRefusal>>,
): Promise<Result<Value, AccessRefusal>> {
  const asked = {
    scope: installation,
    route,
    body: { username },
    by: `token:${tokenHash(token).toString('hex')}`,
  };
  return command<Value, AccessRefusal>(house, request, asked, work);
}

function describeLink(house: AccessHouse, token: string): Promise<Result<LinkFacts, AccessRefusal>> {
  return read(house.db, installation, async (tx) => {
    const link = await findLink(tx, tokenHash(token), house.clock.now());
    if (link === undefined) return refused({ kind: 'LinkUnusable' });
    const account = link.userId === null ? undefined : await findAccount(tx, link.userId);
    return ok({
      purpose: link.purpose,
      username: account?.username ?? null,
      name: account?.name ?? null,
      usesLeft: link.usesLeft,
      needsConfirmation: link.needsConfirmation && link.confirmerPersonId === null,
      expiresAt: link.expiresAt.toISOString(),
    });
  });
}
