import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { findLastBackup } from '#platform/backup.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actorOf } from '#platform/session.ts';
import { installation, todayOf, type AccessHouse } from '../actions.ts';
import {
  accessRefusalStatus,
  chooseRoleShape,
  doneShape,
  installationShape,
  sessionShape,
  signInShape,
  type AccessRefusal,
  type InstallationAnswer,
  type SessionAnswer,
} from '../contract.ts';
import { demonstrationUsers } from '../demonstration/user.ts';
import { typedUsername } from '../join/rules.ts';
import { isInForce } from '../rules.ts';
import { findAccountByName } from '../user/queries.ts';
import { grantAnswer } from '../role/routes.ts';
import { accessRefusalWords } from '../words.ts';
import { actingGrant, allowTry, grantsOf, noteSignIn } from './actions.ts';
import { chooseGrant } from './queries.ts';

/**
 * Signing in changes no record of the programme, so it bears no Idempotency-Key: a stored answer would hand a
 * session out a second time.
 */
export const sessionRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/installation',
      {
        schema: {
          summary: 'What this installation is',
          response: { 200: installationShape, ...problemResponses },
        },
      },
      () => describeInstallation(house),
    );

    app.get(
      '/api/session',
      {
        schema: {
          summary: 'Who is signed in, and as what',
          response: { 200: sessionShape, ...problemResponses },
        },
      },
      (request) => describeSession(house, request),
    );

    app.post(
      '/api/session',
      {
        schema: { summary: 'Sign in', body: signInShape, response: { 200: doneShape, ...problemResponses } },
      },
      async (request, reply) => {
        const opened = await open(house, request, reply, request.body);
        if (!opened.ok) reply.removeHeader('set-cookie');
        return answer(reply, opened, accessRefusalStatus, accessRefusalWords);
      },
    );

    app.delete(
      '/api/session',
      { schema: { summary: 'Sign out', response: { 200: doneShape, ...problemResponses } } },
      async (request, reply) => {
        await close(house, request, reply);
        return { done: true as const };
      },
    );

    app.post(
      '/api/session/role',
      {
        schema: {
          summary: 'Act under another of one’s roles',
          body: chooseRoleShape,
          response: { 200: sessionShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const chosen = await choose(house, request, id(request.body.grantId));
        answer(reply, chosen, accessRefusalStatus, accessRefusalWords);
        request.knownActor = undefined;
        return describeSession(house, request);
      },
    );
  };

type Done = { readonly done: true };

/** Signs in by name and password, at the desk or the counter. */
export async function open(
  house: AccessHouse,
  request: FastifyRequest,
  reply: FastifyReply,
  given: z.infer<typeof signInShape>,
): Promise<Result<Done, AccessRefusal>> {
  const username = await nameOf(house, given.username);
  const tried = { username, address: request.ip };
  const allowed = await allowTry(house.db, house.clock, tried);
  if (!allowed.ok) return allowed;
  const right = await house.signIn.open(request, reply, { ...given, username });
  const account = await read(house.db, noScope, (tx) => findAccountByName(tx, username));
  const locked = account !== undefined && account.lockedAt !== null;
  await noteSignIn(house, tried, { account, event: right && !locked ? 'signed_in' : 'sign_in_refused' });
  if (!right) return refused({ kind: 'WrongPassword' });
  return locked ? refused({ kind: 'AccountLocked' }) : ok({ done: true });
}

/** The name that was meant: an account that bears the very name comes before the phone that it may be read as. */
async function nameOf({ db }: AccessHouse, given: string): Promise<string> {
  const [typed, username] = [given.toLowerCase(), typedUsername(given)];
  if (typed === username) return username;
  const named = await read(db, noScope, (tx) => findAccountByName(tx, typed));
  return named === undefined ? username : typed;
}

/** Signs out, at the desk or the counter. */
export async function close(house: AccessHouse, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const session = await house.signIn.find(request);
  await house.signIn.close(request, reply);
  if (session === null) return;
  const { username } = session;
  const account = await read(house.db, noScope, (tx) => findAccountByName(tx, username));
  await noteSignIn(house, { username, address: request.ip }, { account, event: 'signed_out' });
}

async function choose(
  house: AccessHouse,
  request: FastifyRequest,
  grantId: string,
): Promise<Result<undefined, AccessRefusal>> {
  const session = await house.signIn.find(request);
  if (session === null) return refused({ kind: 'GrantNotInForce' });
  const grant = (await grantsOf(house.db, session.userId)).find((held) => held.grantId === grantId);
  if (grant === undefined || !isInForce(grant, todayOf(house.clock)))
    return refused({ kind: 'GrantNotInForce' });
  return inTransaction(house.db, installation, async (tx) => {
    await chooseGrant(tx, session.sessionId, grant.grantId);
    return ok();
  });
}

async function describeSession(house: AccessHouse, request: FastifyRequest): Promise<SessionAnswer> {
  const session = await house.signIn.find(request);
  if (session === null || session.locked) return { user: null, actor: null, grantId: null, grants: [] };
  const grants = await grantsOf(house.db, session.userId);
  const { userId, username, name } = session;
  return {
    user: { userId, username, name },
    actor: await actorOf(request),
    grantId: actingGrant(grants, session.chosenGrantId, house.clock)?.grantId ?? null,
    grants: grants.filter(({ standing }) => standing !== 'ended').map(grantAnswer(house.clock, null)),
  };
}

async function describeInstallation(house: AccessHouse): Promise<InstallationAnswer> {
  const demonstration = await house.isDemonstration();
  return {
    demonstration,
    version: house.version,
    languages: ['fa', 'en'],
    demonstrationUsers: demonstration
      ? demonstrationUsers.map(({ username, name, role }) => ({ username, name, role }))
      : [],
    lastBackupAt: (await findLastBackup(house.db))?.toISOString() ?? null,
    backsUpItself: house.config.databaseUrl === undefined,
  };
}
