import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { username } from 'better-auth/plugins';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { createHmac, randomBytes } from 'node:crypto';
import { id, newId, type Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db.ts';
import type { Log } from './log.ts';

/** A working day and the evening after it; who comes back the next morning signs in again. */
const sessionSeconds = 14 * 60 * 60;

export type OpenSession = {
  readonly sessionId: Id;
  readonly userId: Id;
  readonly username: string;
  readonly name: string;
  readonly locked: boolean;
  readonly chosenGrantId: Id | null;
};

/** Accounts, passwords and session cookies: all that we use of better-auth, behind four verbs. */
export type SignIn = {
  /** Opens a session and sets its cookie; false when name and password do not go together. */
  readonly open: (
    request: FastifyRequest,
    reply: FastifyReply,
    given: { readonly username: string; readonly password: string },
  ) => Promise<boolean>;
  /** The session of the request's cookie, or null. */
  readonly find: (request: FastifyRequest) => Promise<OpenSession | null>;
  /** Ends the session and takes its cookie away. */
  readonly close: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** Keyed SHA-256 of a personal fact: equal facts have equal hashes, and nobody without the key can guess them. */
  readonly keyedHash: (fact: string) => Promise<Buffer>;
};

export const hashPassword = (password: string): Promise<string> => hash(password);

type Parts = { readonly db: Database; readonly clock: Clock; readonly log: Log };

/** Nothing is read before the first use: the tables may not stand yet when this is called. */
export function openSignIn({ db, clock, log }: Parts): SignIn {
  let secret: Promise<string> | undefined;
  const getSecret = (): Promise<string> => (secret ??= readSecret(db, clock));
  // The cookie is `Secure` where the browser came over https, and only there: in an office without a
  // certificate the same installation is reached over http by its name.
  const made = new Map<boolean, Promise<Auth>>();
  const authOf = (request: FastifyRequest): Promise<Auth> => {
    const secure = request.protocol === 'https';
    const known = made.get(secure);
    if (known !== undefined) return known;
    const auth = getSecret().then((value) => openAuth({ db, clock, log, secret: value, secure }));
    made.set(secure, auth);
    return auth;
  };
  return {
    open: async (request, reply, given) => open(await authOf(request), request, reply, given),
    find: async (request) => find(await authOf(request), request),
    close: async (request, reply) => {
      const { api } = await authOf(request);
      const { headers } = await api.signOut({ headers: headersOf(request), returnHeaders: true });
      setCookies(reply, headers);
    },
    keyedHash: async (fact) =>
      createHmac('sha256', await getSecret())
        .update(fact)
        .digest(),
  };
}

async function open(
  auth: Auth,
  request: FastifyRequest,
  reply: FastifyReply,
  given: { readonly username: string; readonly password: string },
): Promise<boolean> {
  try {
    const { headers } = await auth.api.signInUsername({
      body: { username: given.username, password: given.password },
      headers: headersOf(request),
      returnHeaders: true,
    });
    setCookies(reply, headers);
    return true;
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return false;
    throw error;
  }
}

async function find(auth: Auth, request: FastifyRequest): Promise<OpenSession | null> {
  if (request.headers.cookie === undefined) return null;
  const found = await auth.api.getSession({ headers: headersOf(request) });
  if (found === null) return null;
  const { session, user } = found;
  return {
    sessionId: id(session.id),
    userId: id(user.id),
    username: must(user.username, 'every account has a username'),
    name: user.name,
    locked: user.lockedAt !== null && user.lockedAt !== undefined,
    chosenGrantId: session.chosenGrantId ? id(session.chosenGrantId) : null,
  };
}

/** The client's address goes along under a name of our own that no client can set. */
const addressHeader = 'x-karsaz-address';

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers({ [addressHeader]: request.ip });
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}

function setCookies(reply: FastifyReply, headers: Headers): void {
  void reply.header('set-cookie', headers.getSetCookie());
}

/** Made once for an installation and kept with its data, so that a restored backup still opens its sessions. */
async function readSecret(db: Database, clock: Clock): Promise<string> {
  const value = randomBytes(32).toString('base64url');
  await sql`
    insert into auth.secret (value, made_at) values (${value}, ${clock.now()}) on conflict do nothing
  `.execute(db);
  const { rows } = await sql<{ value: string }>`select value from auth.secret`.execute(db);
  return must(rows[0], 'the secret was made').value;
}

type Auth = ReturnType<typeof openAuth>;
type Wiring = Parts & { readonly secret: string; readonly secure: boolean };

const times = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

function openAuth({ db, clock, log, secret, secure }: Wiring) {
  return betterAuth({
    appName: 'Karsaz',
    // No route of better-auth is served: its verbs are called by ours, which bear our problems and limits.
    baseURL: 'http://karsaz.invalid',
    secret,
    database: { db, type: 'postgres', schemaName: 'auth' },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ from: 'better-auth' }, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: { hash: hashPassword, verify: (given) => verify(given.hash, given.password) },
    },
    user: {
      modelName: 'user_account',
      fields: { ...times, emailVerified: 'email_verified' },
      additionalFields: {
        lockedAt: { type: 'date', required: false, input: false, fieldName: 'locked_at' },
      },
    },
    session: {
      modelName: 'session',
      fields: {
        ...times,
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
      },
      additionalFields: {
        chosenGrantId: { type: 'string', required: false, input: false, fieldName: 'chosen_grant_id' },
      },
      expiresIn: sessionSeconds,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'credential',
      fields: {
        ...times,
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { modelName: 'verification', fields: { ...times, expiresAt: 'expires_at' } },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 3,
        maxUsernameLength: 40,
        // The form of a new name is decided by the room; here a name is only looked up.
        usernameValidator: () => true,
        validationOrder: { username: 'post-normalization' },
      }),
    ],
    advanced: {
      cookiePrefix: 'karsaz',
      useSecureCookies: secure,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => newId(clock.now().getTime()), validateSchema: false },
    },
  });
}
