import type { FastifyRequest } from 'fastify';
import { nationwide, type Actor } from '#kernel/actor.ts';
import type { Id } from '#kernel/id.ts';
import { assert, ok, refused, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, read, type Database, type Scope } from '#platform/db.ts';
import type { FindActor } from '#platform/session.ts';
import type { SignIn } from '#platform/signin.ts';
import { installation, recordEvent, todayOf } from '../actions.ts';
import type { AccessRefusal } from '../contract.ts';
import { listGrants, type GrantRow } from '../queries.ts';
import { isInForce, mostTries, scopeUnder, tryWindowSeconds, waitSeconds } from '../rules.ts';
import type { Account } from '../user/queries.ts';
import { countTry, forgetTries, returnTry } from './queries.ts';

const everywhere: Scope = { province: 'all', county: null, office: null, person: null };

type Watch = { readonly db: Database; readonly clock: Clock; readonly signIn: SignIn };

/** Every grant of an account, whatever its province: read before it is known under which scope it acts. */
export const grantsOf = (db: Database, userId: Id): Promise<GrantRow[]> =>
  read(db, everywhere, (tx) => listGrants(tx, [userId]));

/** The grant that a session acts under: the chosen one while it is in force, else the first in force. */
export function actingGrant(
  grants: readonly GrantRow[],
  chosenGrantId: Id | null,
  clock: Clock,
): GrantRow | undefined {
  const inForce = grants.filter((grant) => isInForce(grant, todayOf(clock)));
  return inForce.find(({ grantId }) => grantId === chosenGrantId) ?? inForce.at(-1);
}

/** For `buildServer`: the actor of a request out of its session cookie. */
export function actorFinder({ db, clock, signIn }: Watch): FindActor {
  return async (request: FastifyRequest): Promise<Actor | null> => {
    const session = await signIn.find(request);
    if (session === null || session.locked) return null;
    const grant = actingGrant(await grantsOf(db, session.userId), session.chosenGrantId, clock);
    if (grant === undefined) return null;
    return {
      userId: session.userId,
      personId: grant.personId,
      role: grant.role,
      name: session.name,
      scope: scopeUnder(grant, grant.personId),
    };
  };
}

const windowStartAt = (clock: Clock): Date => new Date(clock.now().getTime() - tryWindowSeconds * 1000);
const nameAtAddress = (username: string, address: string): string => `name-at-address ${username} ${address}`;
const atName = (username: string): string => `name ${username}`;
const atAddress = (address: string): string => `address ${address}`;

type Try = { readonly username: string; readonly address: string };

/**
 * Counts a try to sign in before the password is looked at: by name and address, then by name, then by
 * address. A try that one count refuses is not counted by the next, or one guesser could shut a clerk out
 * everywhere. The counts stay when the try is refused.
 */
export async function allowTry(
  db: Database,
  clock: Clock,
  { username, address }: Try,
): Promise<Result<undefined, AccessRefusal>> {
  const now = clock.now();
  const counts = [
    { key: nameAtAddress(username, address), most: mostTries.nameAtAddress },
    { key: atName(username), most: mostTries.name },
    { key: atAddress(address), most: mostTries.address },
  ];
  const waited = await inTransaction<number | null, never>(db, installation, async (tx) => {
    for (const { key, most } of counts) {
      const { tries, since } = await countTry(tx, { key, now, windowStart: windowStartAt(clock) });
      const wait = waitSeconds({ tries, most, sinceMs: since.getTime(), nowMs: now.getTime() });
      if (wait !== null) return ok(wait);
    }
    return ok(null);
  });
  assert(waited.ok, 'a count is never refused');
  return waited.value === null ? ok() : refused({ kind: 'TooManyTries', waitSeconds: waited.value });
}

/** Notes that somebody signed in or was refused; after a success the account's own count begins anew. */
export async function noteSignIn(
  parts: { readonly db: Database; readonly clock: Clock },
  { username, address }: Try,
  outcome: {
    readonly account: Account | undefined;
    readonly event: 'signed_in' | 'sign_in_refused' | 'signed_out';
  },
): Promise<void> {
  const { db, clock } = parts;
  const { account, event } = outcome;
  await inTransaction<undefined, never>(db, installation, async (tx) => {
    if (event === 'signed_in') {
      await forgetTries(tx, nameAtAddress(username, address), windowStartAt(clock));
      // An office of some hundred clerks signs in by one address in a morning.
      await returnTry(tx, atName(username));
      await returnTry(tx, atAddress(address));
    }
    await recordEvent(tx, clock, {
      provinceId: nationwide,
      event: `access.${event}`,
      by: account === undefined ? null : { userId: account.userId, personId: account.personId, role: null },
      subject: 'user',
      subjectId: account?.userId ?? null,
      facts: {},
      outcome: event === 'sign_in_refused' ? 'refused' : 'did',
    });
    return ok();
  });
}
