import { createHash } from 'node:crypto';
import { nationwide, type Actor } from '#kernel/actor.ts';
import type { Id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, type Database, type Tx } from '#platform/db.ts';
import type { Log } from '#platform/log.ts';
import { openSignIn, type SignIn } from '#platform/signin.ts';
import {
  addGrant,
  approveGrant,
  checkGrant,
  idAt,
  installation,
  isLast,
  note,
  provinceOf,
  recordEvent,
  todayOf,
  type Desk,
} from '../actions.ts';
import type { AccessRefusal, FirstAdministrator, NewGrant, NewUser } from '../contract.ts';
import { demonstrationUsers } from '../demonstration/user.ts';
import { powerfulRoles } from '../scope.ts';
import { listAdministrators, listGrants, type GrantRow } from '../queries.ts';
import { isInForce, readNationalId } from '../rules.ts';
import {
  closeLinks,
  confirmLink,
  endSessions,
  enterPerson,
  findAccount,
  findIdentity,
  findLink,
  findWaitingLink,
  insertAccount,
  insertLink,
  setLock,
  takeUse,
  upsertPassword,
  type LinkRow,
} from './queries.ts';

export type MadeUser = { readonly userId: Id; readonly link: LinkRow };

/**
 * Makes an account with its first role, and the address under which its holder sets a password. The national
 * id tells persons apart and is not stored; two accounts of one person count as one person (L6).
 */
export async function makeUser(
  desk: Desk,
  asked: NewUser,
  keys: { readonly keyedHash: SignIn['keyedHash'] },
): Promise<Result<MadeUser, AccessRefusal>> {
  const checked = await checkGrant(desk, asked.grant, 'grant.provinceId');
  if (!checked.ok) return checked;
  const nationalId = readNationalId(asked.nationalId);
  if (nationalId === null) return refused({ kind: 'NationalIdWrong', field: 'nationalId' });
  const account = await openAccount(desk, {
    username: asked.username,
    name: asked.name,
    identityHash: await identityOf(keys.keyedHash, nationalId),
  });
  if (!account.ok) return account;
  await addGrant(desk, account.value, checked.value);
  const link = await makeLink(desk, account.value, { keyedHash: keys.keyedHash, needsConfirmation: false });
  return ok({ userId: account.value.userId, link });
}

/** The hash under which a person is told apart in every room; `party` computes the same. */
export const identityOf = (keyedHash: SignIn['keyedHash'], nationalId: string): Promise<Buffer> =>
  keyedHash(`national-id:${nationalId}`);

/** The keyed hash of the national id of a person behind an account. */
export const identityBehind = findIdentity;

/** The hash under which a phone in one writing is compared; the phone itself is not kept here. */
export const phoneHashOf = (keyedHash: SignIn['keyedHash'], phone: string): Promise<Buffer> =>
  keyedHash(`phone:${phone}`);

/**
 * Whether a person behind an account is the one whose national id this is. A sample applicant is made up without a
 * national id and asks under any; what is unreadable is refused where it is read.
 */
export async function bearsNationalId(
  tx: Tx,
  keyedHash: SignIn['keyedHash'],
  asked: { readonly personId: Id; readonly nationalId: string },
): Promise<boolean> {
  const nationalId = readNationalId(asked.nationalId);
  const kept = await findIdentity(tx, asked.personId);
  if (nationalId === null || kept === undefined) return true;
  if (kept.equals(await identityOf(keyedHash, nationalId))) return true;
  for (const { username } of demonstrationUsers)
    if (kept.equals(await sampleIdentityOf(keyedHash, username))) return true;
  return false;
}

export const sampleIdentityOf = (keyedHash: SignIn['keyedHash'], username: string): Promise<Buffer> =>
  keyedHash(`demonstration:${username}`);

type NewAccount = { readonly username: string; readonly name: string; readonly identityHash: Buffer };
export type Holder = { readonly userId: Id; readonly personId: Id };

/** Opens an account of a person, who is entered when unknown. */
export async function openAccount(
  { tx, clock }: Pick<Desk, 'tx' | 'clock'>,
  { username, name, identityHash }: NewAccount,
): Promise<Result<Holder, AccessRefusal>> {
  const at = clock.now();
  const personId = await enterPerson(tx, { personId: idAt(clock), identityHash, name, at });
  const userId = idAt(clock);
  const made = await insertAccount(tx, { userId, username, name, personId, at });
  return made ? ok({ userId, personId }) : refused({ kind: 'UsernameTaken', username, field: 'username' });
}

/** Closes an account, or opens it again. Its sessions end at once. */
export async function lockAccount(
  desk: Desk,
  asked: { readonly userId: Id; readonly locked: boolean },
): Promise<Result<undefined, AccessRefusal>> {
  const { tx, clock, by } = desk;
  const { userId, locked } = asked;
  const account = await findAccount(tx, userId);
  if (account === undefined) return refused({ kind: 'UserMissing' });
  if (userId === by.userId) return refused({ kind: 'OwnAccount' });
  if (locked && isLast(await listAdministrators(tx), clock, (other) => other.userId !== userId)) {
    return refused({ kind: 'LastAdministrator' });
  }
  await setLock(tx, userId, { at: clock.now(), locked });
  if (locked) await endSessions(tx, userId);
  const event = locked ? 'access.account_locked' : 'access.account_unlocked';
  await note(desk, { provinceId: provinceOf(by), event, subject: 'user', subjectId: userId, facts: {} });
  return ok();
}

/**
 * Whether an administrator may touch an account as a whole (lock it, open it to a new password): one of a
 * province only when every grant of the account is of that province, or a reset would lend it a wider power.
 */
export const coversAccount = (by: Actor, grants: readonly GrantRow[]): boolean =>
  by.scope.province === nationwide ||
  (grants.length > 0 && grants.every((grant) => grant.provinceId === by.scope.province));

const linkHours = { first_administrators: 24, password: 72 } as const;

/** Nobody keeps a token: it is computed of the link's id under the installation's secret, only its hash is stored. */
export const tokenOf = async (keyedHash: SignIn['keyedHash'], linkId: Id): Promise<string> =>
  (await keyedHash(`one-time-address:${linkId}`)).toString('base64url');

export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

type LinkOrder = { readonly keyedHash: SignIn['keyedHash']; readonly needsConfirmation: boolean };

async function makeLink({ tx, clock, by }: Desk, holder: Holder, order: LinkOrder): Promise<LinkRow> {
  const linkId = idAt(clock);
  const madeAt = clock.now();
  const link: LinkRow = {
    linkId,
    purpose: 'password',
    userId: holder.userId,
    personId: holder.personId,
    makerPersonId: by.personId,
    needsConfirmation: order.needsConfirmation,
    confirmerPersonId: null,
    usesLeft: 1,
    madeAt,
    expiresAt: new Date(madeAt.getTime() + linkHours.password * 3_600_000),
  };
  await closeLinks(tx, 'password', holder.userId);
  await insertLink(tx, { ...link, tokenHash: tokenHash(await tokenOf(order.keyedHash, linkId)) });
  return link;
}

/**
 * Opens an account to a new password. That of an administrator or director waits for a second administrator:
 * whoever could reset it alone could act as that person, and four eyes would be two.
 */
export async function resetPassword(
  desk: Desk,
  userId: Id,
  keys: { readonly keyedHash: SignIn['keyedHash'] },
): Promise<Result<LinkRow, AccessRefusal>> {
  const account = await findAccount(desk.tx, userId);
  if (account === undefined) return refused({ kind: 'UserMissing' });
  if (userId === desk.by.userId) return refused({ kind: 'OwnAccount' });
  const grants = await listGrants(desk.tx, [userId]);
  const powerful = grants.some(
    ({ role, standing }) => standing === 'granted' && powerfulRoles.includes(role),
  );
  const link = await makeLink(desk, account, { ...keys, needsConfirmation: powerful });
  await note(desk, {
    provinceId: provinceOf(desk.by),
    event: 'access.password_reset_opened',
    subject: 'user',
    subjectId: userId,
    facts: { link: link.linkId, needsConfirmation: powerful },
  });
  return ok(link);
}

export async function confirmReset(desk: Desk, linkId: Id): Promise<Result<undefined, AccessRefusal>> {
  const { tx, clock, by } = desk;
  const link = await findWaitingLink(tx, linkId, clock.now());
  if (link === undefined) return refused({ kind: 'LinkUnusable' });
  if (link.makerPersonId === by.personId) return refused({ kind: 'OwnProposal' });
  if (link.personId === by.personId) return refused({ kind: 'OwnAccount' });
  if (!(await confirmLink(tx, linkId, { personId: by.personId, now: clock.now() })))
    return refused({ kind: 'LinkUnusable' });
  await note(desk, {
    provinceId: provinceOf(by),
    event: 'access.password_reset_confirmed',
    subject: 'user',
    subjectId: link.userId,
    facts: { link: linkId },
  });
  return ok();
}

/** Sets the password of the address's account and ends its sessions. The address is used up by it. */
export async function setPassword(
  { tx, clock }: Pick<Desk, 'tx' | 'clock'>,
  given: { readonly token: string; readonly passwordHash: string },
): Promise<Result<undefined, AccessRefusal>> {
  const hash = tokenHash(given.token);
  const known = await findLink(tx, hash, clock.now());
  if (known?.purpose !== 'password') return refused({ kind: 'LinkUnusable' });
  if (known.needsConfirmation && known.confirmerPersonId === null)
    return refused({ kind: 'LinkUnconfirmed' });
  const link = await takeUse(tx, hash, clock.now());
  if (link?.userId === undefined || link.userId === null || link.personId === null)
    return refused({ kind: 'LinkUnusable' });
  const { userId, personId } = link;
  await upsertPassword(tx, { credentialId: idAt(clock), userId, hash: given.passwordHash, at: clock.now() });
  await endSessions(tx, userId);
  await recordEvent(tx, clock, {
    provinceId: nationwide,
    event: 'access.password_set',
    by: { userId, personId, role: null },
    subject: 'user',
    subjectId: userId,
    facts: { link: link.linkId },
  });
  return ok();
}

export const administratorsNeeded = 2;

export type Founding = { readonly db: Database; readonly clock: Clock; readonly log: Log };

/**
 * For a start without the demonstration: the path under which the first two administrators enter themselves
 * as two persons, or null when there are two. An earlier address is closed by a newer one.
 */
export async function openFirstAdministrators({ db, clock, log }: Founding): Promise<string | null> {
  const { keyedHash } = openSignIn({ db, clock, log });
  const linkId = idAt(clock);
  const token = await tokenOf(keyedHash, linkId);
  const opened = await inTransaction<boolean, never>(db, installation, async (tx) => {
    const inForce = (await listAdministrators(tx)).filter((grant) => isInForce(grant, todayOf(clock)));
    if (new Set(inForce.map(({ personId }) => personId)).size >= administratorsNeeded) return ok(false);
    await closeLinks(tx, 'first_administrators', null);
    const madeAt = clock.now();
    await insertLink(tx, {
      linkId,
      purpose: 'first_administrators',
      userId: null,
      personId: null,
      makerPersonId: null,
      needsConfirmation: false,
      usesLeft: administratorsNeeded,
      madeAt,
      expiresAt: new Date(madeAt.getTime() + linkHours.first_administrators * 3_600_000),
      tokenHash: tokenHash(token),
    });
    return ok(true);
  });
  return opened.ok && opened.value ? `/desk/setup/${token}` : null;
}

/**
 * Enters one administrator under the address. Each proposes their own role and approves that of those who came
 * before: the first is in force when the second has entered, and the second when the first approves on the
 * desk. So no administrator stands on one signature, not even here (L6).
 */
export async function createFirstAdministrators(
  parts: Pick<Desk, 'tx' | 'clock'>,
  given: Omit<FirstAdministrator, 'password'> & { readonly passwordHash: string },
  keys: { readonly keyedHash: SignIn['keyedHash'] },
): Promise<Result<{ readonly userId: Id; readonly usesLeft: number }, AccessRefusal>> {
  const { tx, clock } = parts;
  const nationalId = readNationalId(given.nationalId);
  if (nationalId === null) return refused({ kind: 'NationalIdWrong', field: 'nationalId' });
  const link = await takeUse(tx, tokenHash(given.token), clock.now());
  if (link?.purpose !== 'first_administrators') return refused({ kind: 'LinkUnusable' });
  const identityHash = await identityOf(keys.keyedHash, nationalId);
  const account = await openAccount(parts, { username: given.username, name: given.name, identityHash });
  if (!account.ok) return account;
  const { userId, personId } = account.value;
  const before = await listAdministrators(tx);
  if (before.some((grant) => grant.personId === personId)) return refused({ kind: 'SamePerson' });
  await upsertPassword(tx, { credentialId: idAt(clock), userId, hash: given.passwordHash, at: clock.now() });
  const by: Actor = {
    userId,
    personId,
    role: 'administrator',
    name: given.name,
    scope: installation,
  };
  const desk = { tx, clock, by };
  await addGrant(desk, account.value, { ...ofInstallation, inProvince: nationwide });
  for (const { grantId } of before.filter(({ standing }) => standing === 'proposed')) {
    await approveGrant(desk, nationwide, grantId);
  }
  return ok({ userId, usesLeft: link.usesLeft });
}

/** The grant of an administrator of the installation. */
export const ofInstallation: NewGrant = {
  role: 'administrator',
  provinceId: null,
  countyCode: null,
  officeId: null,
  startsOn: null,
  endsOn: null,
};
