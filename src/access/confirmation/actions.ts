import { nationwide } from '#kernel/actor.ts';
import type { Id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { SignIn } from '#platform/signin.ts';
import { idAt, note, type Desk } from '../actions.ts';
import { listAccountsOf, type AccountRow } from '../join/queries.ts';
import { insertEnd, listGrants, type GrantRow } from '../queries.ts';
import { phoneHashOf } from '../user/actions.ts';
import { closeLinks, endSessions, enterPerson, findIdentity, setLock } from '../user/queries.ts';
import type { AccountStanding, IdentityRefusal } from './contract.ts';
import {
  findBearer,
  findSeenPhone,
  giveUpIdentity,
  insertConfirmation,
  listConfirmations,
  standIn,
  type ConfirmationRow,
} from './queries.ts';
import { decideConfirmation, standingOf } from './rules.ts';

/** Whom an office has before it, as `party` keeps them. */
export type SeenPerson = {
  readonly provinceId: number;
  readonly personId: Id;
  readonly name: string;
  readonly identityHash: Buffer;
};

/**
 * An identity and its accounts are of the whole country, and so are the roles that decide whether an office may touch
 * them. The province is the fence again afterwards; what throws in between ends the transaction.
 */
async function inEveryProvince<Value>(
  tx: Tx,
  provinceId: number,
  work: () => Promise<Value>,
): Promise<Value> {
  await standIn(tx, nationwide);
  const value = await work();
  await standIn(tx, provinceId);
  return value;
}

type Borne = {
  readonly bearer: Awaited<ReturnType<typeof findBearer>>;
  readonly accounts: readonly AccountRow[];
  readonly grants: readonly GrantRow[];
  readonly isConfirmed: boolean;
};

async function loadBorne(tx: Tx, identityHash: Buffer): Promise<Borne> {
  const bearer = await findBearer(tx, identityHash);
  const accounts = await listAccountsOf(tx, identityHash);
  const grants = await listGrants(
    tx,
    accounts.map(({ userId }) => userId),
  );
  return { bearer, accounts, grants, isConfirmed: (await findSeenPhone(tx, identityHash)) !== undefined };
}

export type StandingFacts = {
  readonly standing: AccountStanding;
  /** Of an account that stands apart: since when, and in how many provinces it is an applicant's; never in which. */
  readonly since: Date | null;
  readonly provinces: number;
  readonly refusal: IdentityRefusal | null;
  readonly confirmations: readonly ConfirmationRow[];
};

/** How the accounts of a person's identity stand to the person whom the province keeps. */
export async function accountStandingOf(
  { tx, by }: Pick<Desk, 'tx' | 'by'>,
  seen: Pick<SeenPerson, 'provinceId' | 'personId' | 'identityHash'>,
): Promise<StandingFacts> {
  const { provinceId, personId } = seen;
  const borne = await inEveryProvince(tx, provinceId, () => loadBorne(tx, seen.identityHash));
  const standing = standingOf({ personId, bearerId: borne.bearer?.personId });
  const decided = await decide(tx, { seen, borne, doerPersonId: by.personId });
  const isApart = standing === 'apart';
  const live = borne.grants.filter((grant) => grant.standing !== 'ended' && grant.provinceId !== nationwide);
  return {
    standing,
    since: isApart ? (borne.bearer?.enteredAt ?? null) : null,
    provinces: isApart ? new Set(live.map((grant) => grant.provinceId)).size : 0,
    refusal: decided.ok ? null : decided.refusal,
    confirmations: await listConfirmations(tx, { provinceId, personId }),
  };
}

async function decide(
  tx: Tx,
  {
    seen,
    borne,
    doerPersonId,
  }: {
    readonly seen: Pick<SeenPerson, 'personId' | 'identityHash'>;
    readonly borne: Borne;
    readonly doerPersonId: string;
  },
): Promise<Result<undefined, IdentityRefusal>> {
  const kept = await findIdentity(tx, seen.personId);
  return decideConfirmation({
    personId: seen.personId,
    bearerId: borne.bearer?.personId,
    grants: borne.grants,
    isConfirmed: borne.isConfirmed,
    isRecordOfAnother: kept !== undefined && !kept.equals(seen.identityHash),
    doerPersonId,
  });
}

export type ConfirmationOrder = {
  readonly confirmationId: string;
  readonly seen: SeenPerson;
  /** The mobile phone at which the province reaches the person: the only one that a code goes to from now on. */
  readonly phone: string;
  readonly reason: string;
};

/**
 * An office has the person before it: the identity goes to the person whom the province keeps. Accounts that were
 * opened under it are closed, with their sessions, addresses and roles; their person, and what was done under it, stays
 * and is nobody else's.
 */
export async function confirmIdentity(
  desk: Desk & { readonly keyedHash: SignIn['keyedHash'] },
  order: ConfirmationOrder,
): Promise<Result<undefined, IdentityRefusal>> {
  const { tx, clock, by, keyedHash } = desk;
  const { provinceId, personId, identityHash, name } = order.seen;
  const borne = await inEveryProvince(tx, provinceId, () => loadBorne(tx, identityHash));
  const decided = await decide(tx, { seen: order.seen, borne, doerPersonId: by.personId });
  if (!decided.ok) return decided;
  const releasedId = borne.bearer?.personId;
  if (releasedId === undefined) return refused({ kind: 'NothingApart' });
  const instead = await keyedHash(`released:${releasedId}:${idAt(clock)}`);
  // Two offices at once: the second finds nothing to take.
  if (!(await giveUpIdentity(tx, { personId: releasedId, identityHash, instead })))
    return refused({ kind: 'NothingApart' });
  const at = clock.now();
  await enterPerson(tx, { personId, identityHash, name, at });
  await insertConfirmation(tx, {
    provinceId,
    confirmationId: order.confirmationId,
    personId,
    releasedId,
    identityHash,
    phoneHash: await phoneHashOf(keyedHash, order.phone),
    reason: order.reason,
    by: { userId: by.userId, personId: by.personId, at },
  });
  await inEveryProvince(tx, provinceId, () => closeAccounts(desk, borne, order.confirmationId));
  await note(desk, {
    provinceId,
    event: 'access.identity_confirmed',
    subject: 'person',
    subjectId: personId,
    facts: { confirmation: order.confirmationId, released: releasedId },
  });
  return ok();
}

/** Why a role ended. What the office wrote of the person stays in its own province (L9). */
const endReason = 'identity_confirmed';

async function closeAccounts(
  desk: Desk,
  { accounts, grants }: Pick<Borne, 'accounts' | 'grants'>,
  confirmation: string,
): Promise<void> {
  const { tx, clock, by } = desk;
  const at = clock.now();
  for (const { userId } of accounts) {
    await setLock(tx, userId, { at, locked: true });
    await endSessions(tx, userId);
    await closeLinks(tx, 'password', userId);
    await note(desk, {
      provinceId: nationwide,
      event: 'access.account_locked',
      subject: 'user',
      subjectId: userId,
      facts: { confirmation },
    });
  }
  for (const grant of grants) {
    const end = { userId: by.userId, personId: by.personId, at, reason: endReason };
    if (grant.standing === 'ended' || !(await insertEnd(tx, grant, end))) continue;
    await note(desk, {
      provinceId: grant.provinceId,
      event: 'access.grant_ended',
      subject: 'user',
      subjectId: grant.userId,
      facts: { grant: grant.grantId, role: grant.role, confirmation },
    });
  }
}
