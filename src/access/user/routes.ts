import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { nationwide, type Actor } from '#kernel/actor.ts';
import { id, type Id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { read } from '#platform/db.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor } from '#platform/session.ts';
import type { AccessHouse } from '../actions.ts';
import {
  accessRefusalStatus,
  doneShape,
  linkShape,
  madeUserShape,
  newUserShape,
  userQuery,
  userShape,
  type AccessRefusal,
  type Link,
  type NewUser,
  type User,
} from '../contract.ts';
import { listGrants, type GrantRow } from '../queries.ts';
import { atDesk, checkOffice, done, grantAnswer } from '../role/routes.ts';
import { grantsOf } from '../session/actions.ts';
import { accessRefusalWords } from '../words.ts';
import { coversAccount, lockAccount, makeUser, resetPassword, tokenOf } from './actions.ts';
import { findAccount, listAccounts, type Account, type LinkRow } from './queries.ts';

const userAddress = z.object({ userId: z.uuid() });
const usersAsked = pageQuery.extend(userQuery.shape);
const administrators = { preHandler: requireActor('administrator') };

/** Users, their roles, locks and password resets: for administrators, each in their own scope. */
export const userRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(house));
    await app.register(accountRoutes(house));
    await app.register(lockRoutes(house));
  };

const readingRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/access/users',
      {
        ...administrators,
        schema: {
          summary: 'Users by username, with their roles',
          querystring: usersAsked,
          response: { 200: pageShape(userShape), ...problemResponses },
        },
      },
      (request) => findUsers(house, request, request.query),
    );

    app.get(
      '/api/access/users/:userId',
      {
        ...administrators,
        schema: {
          summary: 'A user and all their roles in the scope of the asker',
          params: userAddress,
          response: { 200: userShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const found = await findUser(house, actor, id(request.params.userId));
        return answer(reply, found, accessRefusalStatus, accessRefusalWords);
      },
    );
  };

const accountRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/access/users',
      {
        ...administrators,
        schema: {
          summary: 'Make an account with its first role; answers the address for its password',
          body: newUserShape,
          response: { 201: madeUserShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const actor = await actingOf(request);
        const made = await makeOnce(house, request, body);
        return answer(
          reply,
          made.ok ? await madeUserAnswer(house, actor, made.value) : made,
          accessRefusalStatus,
          accessRefusalWords,
          201,
        );
      },
    );

    app.post(
      '/api/access/users/:userId/password-reset',
      {
        ...administrators,
        schema: {
          summary: 'Open an account to a new password; answers the one-time address',
          params: userAddress,
          response: { 201: linkShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const userId = id(request.params.userId);
        const covered = await checkCovered(house, request, userId);
        const opened = covered.ok
          ? await atDesk(house, request, 'POST /api/access/users/:userId/password-reset', async (desk) => {
              const link = await resetPassword(desk, userId, house.signIn);
              return link.ok ? ok(storedLink(link.value)) : link;
            })
          : covered;
        return answer(
          reply,
          opened.ok ? ok(await linkAnswer(house, opened.value)) : opened,
          accessRefusalStatus,
          accessRefusalWords,
          201,
        );
      },
    );
  };

const lockRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    for (const locked of [true, false]) {
      const deed = locked ? 'lock' : 'unlock';
      app.post(
        `/api/access/users/:userId/${deed}`,
        {
          ...administrators,
          schema: {
            summary: locked ? 'Close an account and end its sessions' : 'Open a closed account',
            params: userAddress,
            response: { 200: doneShape, ...problemResponses },
          },
        },
        async (request, reply) => {
          const userId = id(request.params.userId);
          const covered = await checkCovered(house, request, userId);
          const result = covered.ok
            ? await atDesk(house, request, `POST /api/access/users/:userId/${deed}`, (desk) =>
                done(lockAccount(desk, { userId, locked })),
              )
            : covered;
          return answer(reply, result, accessRefusalStatus, accessRefusalWords);
        },
      );
    }
  };

type Made = { readonly userId: Id; readonly link: StoredLink };

async function makeOnce(
  house: AccessHouse,
  request: FastifyRequest,
  body: NewUser,
): Promise<Result<Made, AccessRefusal>> {
  const known = await checkOffice(house, request, body.grant, 'grant.provinceId');
  if (!known.ok) return known;
  // The hash of a body must not be a way to try out national ids: ten digits are guessed in an hour.
  const nationalId = (await house.signIn.keyedHash(body.nationalId)).toString('hex');
  const asked = { route: 'POST /api/access/users', body: { ...body, nationalId } };
  return atDesk(house, request, asked, async (desk) => {
    const user = await makeUser(desk, body, house.signIn);
    return user.ok ? ok({ userId: user.value.userId, link: storedLink(user.value.link) }) : user;
  });
}

/**
 * Refuses an administrator of a province whose reach the account exceeds. Asked before the command and outside
 * its transaction, because it must see the grants of every province.
 */
async function checkCovered(
  house: AccessHouse,
  request: FastifyRequest,
  userId: Id,
): Promise<Result<undefined, AccessRefusal>> {
  const covered = coversAccount(await actingOf(request), await grantsOf(house.db, userId));
  return covered ? ok() : refused({ kind: 'OutsideYourScope', field: 'userId' });
}

type UsersAsked = z.infer<typeof usersAsked>;

async function findUsers(house: AccessHouse, request: FastifyRequest, asked: UsersAsked) {
  const { cursor, limit, search, role, provinceId } = asked;
  const [after] = decodeCursor(cursor, [sortValue.text]) ?? [null];
  const actor = await actingOf(request);
  const { scope } = actor;
  const within = typeof scope.province === 'number' && scope.province !== nationwide ? scope.province : null;
  return read(house.db, scope, async (tx) => {
    const accounts = await listAccounts(tx, { search, role, provinceId, within, after, limit: limit + 1 });
    const userIds = accounts.map(({ userId }) => userId);
    const grants = await listGrants(tx, userIds);
    return pageOf(accounts, limit, {
      item: userAnswer(grants, house.clock, actor),
      position: ({ username }) => [username],
    });
  });
}

async function findUser(house: AccessHouse, actor: Actor, userId: Id): Promise<Result<User, AccessRefusal>> {
  return read(house.db, actor.scope, async (tx) => {
    const account = await findAccount(tx, userId);
    const grants = await listGrants(tx, [userId]);
    const seen = actor.scope.province === nationwide || grants.length > 0;
    return account !== undefined && seen
      ? ok(userAnswer(grants, house.clock, actor)(account))
      : refused({ kind: 'UserMissing' });
  });
}

type StoredLink = Pick<LinkRow, 'linkId' | 'needsConfirmation'> & { readonly expiresAt: string };

/** What of an address is stored with the command's answer: never its token. */
const storedLink = ({ linkId, needsConfirmation, expiresAt }: LinkRow): StoredLink => ({
  linkId,
  needsConfirmation,
  expiresAt: expiresAt.toISOString(),
});

/** The address to be told once. Its token is computed, here as in a replay. */
async function linkAnswer(house: AccessHouse, link: StoredLink): Promise<Link> {
  const token = await tokenOf(house.signIn.keyedHash, link.linkId);
  return { ...link, path: `/desk/password/${token}` };
}

async function madeUserAnswer(
  house: AccessHouse,
  actor: Actor,
  made: Made,
): Promise<Result<{ user: User; link: Link }, AccessRefusal>> {
  const user = await findUser(house, actor, made.userId);
  return user.ok ? ok({ user: user.value, link: await linkAnswer(house, made.link) }) : user;
}

const userAnswer =
  (grants: readonly GrantRow[], clock: Clock, viewer: Actor) =>
  ({ userId, username, name, lockedAt, hasPassword }: Account): User => ({
    userId,
    username,
    name,
    lockedAt: lockedAt === null ? null : lockedAt.toISOString(),
    hasPassword,
    grants: grants.filter((grant) => grant.userId === userId).map(grantAnswer(clock, viewer)),
  });
