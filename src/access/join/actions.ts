import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import type { Id } from '#kernel/id.ts';
import { normalise } from '#kernel/persian.ts';
import { assert, ok, refused, type Result } from '#kernel/result.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Letter } from '#platform/messenger.ts';
import { addGrant, idAt, installation, recordEvent, todayOf, type AccessHouse } from '../actions.ts';
import { isPlaceKnown, listGrants } from '../queries.ts';
import { readNationalId, waitSeconds } from '../rules.ts';
import { findSeenPhone } from '../confirmation/queries.ts';
import { countTry } from '../session/queries.ts';
import { identityOf, openAccount, phoneHashOf, type Holder } from '../user/actions.ts';
import { endSessions, enterPerson, findAccount, upsertPassword } from '../user/queries.ts';
import type { CodeOrder, JoinOrder, Joined, JoinRefusal, KnownPerson } from './contract.ts';
import {
  isAnothers,
  listAccountsBy,
  listAccountsOf,
  sweepCodes,
  takeCode,
  takeTry,
  upsertCode,
  type AccountRow,
  type CodeKey,
} from './queries.ts';
import {
  codeSeconds,
  codeWindowSeconds,
  decideAccount,
  isPhoneTheirs,
  mostCodes,
  mostTries,
  phoneOf,
  readMobile,
  usernameOf,
} from './rules.ts';

/** Who asks, as they were read: the phone in the clear only as long as the request. */
export type Applicant = CodeKey & { readonly phone: string };

/** Reads what was typed in step one; each refusal names its field. */
export async function readApplicant(
  { db, signIn }: AccessHouse,
  given: CodeOrder,
): Promise<Result<Applicant, JoinRefusal>> {
  const { provinceId } = given;
  const nationalId = readNationalId(given.nationalId);
  if (nationalId === null) return refused({ kind: 'NationalIdWrong', field: 'nationalId' });
  const phone = readMobile(given.phone);
  if (phone === null) return refused({ kind: 'MobileWrong', field: 'phone' });
  const known = await inTransaction<boolean, never>(db, installation, async (tx) =>
    ok(await isPlaceKnown(tx, provinceId, null)),
  );
  if (!known.ok || !known.value) return refused({ kind: 'ProvinceUnknown', field: 'provinceId' });
  return ok({
    provinceId,
    phone,
    identityHash: await identityOf(signIn.keyedHash, nationalId),
    phoneHash: await phoneHashOf(signIn.keyedHash, phone),
  });
}

/** Counts a code before it is made, by phone, by person and by address; the counts stay when it is refused. */
export async function allowCode(
  { db, clock }: AccessHouse,
  { phoneHash, identityHash }: CodeKey,
  address: string,
): Promise<Result<undefined, JoinRefusal>> {
  const now = clock.now();
  const windowStart = new Date(now.getTime() - codeWindowSeconds * 1000);
  const counts = [
    { key: `code-phone ${phoneHash.toString('hex')}`, most: mostCodes.phone },
    { key: `code-identity ${identityHash.toString('hex')}`, most: mostCodes.identity },
    { key: `code-address ${address}`, most: mostCodes.address },
  ];
  const waited = await inTransaction<number | null, never>(db, installation, async (tx) => {
    for (const { key, most } of counts) {
      const { tries, since } = await countTry(tx, { key, now, windowStart });
      const asked = { tries, most, sinceMs: since.getTime(), nowMs: now.getTime() };
      const wait = waitSeconds({ ...asked, windowSeconds: codeWindowSeconds });
      if (wait !== null) return ok(wait);
    }
    return ok(null);
  });
  assert(waited.ok, 'a count is never refused');
  return waited.value === null ? ok() : refused({ kind: 'TooManyCodes', waitSeconds: waited.value });
}

export type DrawnCode = { readonly codeId: Id; readonly digits: string };

export const drawCode = ({ clock }: Pick<AccessHouse, 'clock'>): DrawnCode => ({
  codeId: idAt(clock),
  digits: String(randomInt(1_000_000)).padStart(6, '0'),
});

const codeHashOf = ({ signIn }: Pick<AccessHouse, 'signIn'>, codeId: Id, digits: string): Promise<Buffer> =>
  signIn.keyedHash(`join-code:${codeId}:${digits}`);

export type CodeToKeep = {
  readonly applicant: Applicant;
  readonly drawn: DrawnCode;
  readonly known: KnownPerson | undefined;
};

/**
 * Keeps a code, and says whether it may go out. Where it may not, one that nobody knows is kept in its place: the
 * next step answers as if a code were on its way, so that no one learns whether a person or a phone is known.
 */
export async function keepCode(
  house: Pick<AccessHouse, 'clock' | 'signIn'>,
  tx: Tx,
  { applicant, drawn, known }: CodeToKeep,
): Promise<boolean> {
  const { clock } = house;
  const { provinceId, identityHash, phoneHash } = applicant;
  const madeAt = clock.now();
  const accounts = await listAccountsOf(tx, identityHash);
  const isTheirs = await isReachedAt(tx, { applicant, known, accounts });
  const codeHash = await codeHashOf(house, drawn.codeId, drawn.digits);
  await sweepCodes(tx, { provinceId, now: madeAt });
  await upsertCode(tx, {
    provinceId,
    identityHash,
    phoneHash,
    codeId: drawn.codeId,
    codeHash: isTheirs ? codeHash : randomBytes(32),
    triesLeft: mostTries,
    madeAt,
    expiresAt: new Date(madeAt.getTime() + codeSeconds * 1000),
  });
  await recordEvent(tx, clock, {
    provinceId,
    event: isTheirs ? 'access.code_sent' : 'access.code_refused',
    by: null,
    subject: 'person',
    subjectId: accounts[0]?.personId ?? known?.personId ?? null,
    facts: isTheirs ? { code: drawn.codeId } : { code: drawn.codeId, because: 'phone' },
    outcome: isTheirs ? 'did' : 'refused',
  });
  return isTheirs;
}

/** Whether the phone that was typed is where the person is reached, with what is known of them now. */
async function isReachedAt(
  tx: Tx,
  {
    applicant,
    known,
    accounts,
  }: {
    readonly applicant: Applicant;
    readonly known: KnownPerson | undefined;
    readonly accounts: readonly AccountRow[];
  },
): Promise<boolean> {
  const { identityHash, phoneHash, phone } = applicant;
  const seen = await findSeenPhone(tx, identityHash);
  return isPhoneTheirs({
    typed: phone,
    kept: known?.phone ?? null,
    isOwnWord: known?.isOwnWord ?? false,
    isSeen: seen === undefined ? null : seen.equals(phoneHash),
    usernames: accounts.map(({ username }) => username),
  });
}

const patience = 20_000;

/**
 * Sends a code at once. Nobody waits for it: an answer that came later where something is sent would tell that it was.
 * Where nothing leaves the house, the one who keeps its log can read the code to the applicant.
 */
export async function sendCode(
  { messengers, log }: AccessHouse,
  { codeId, ...letter }: Omit<Letter, 'id'> & { readonly codeId: Id },
): Promise<void> {
  const { sms } = await messengers();
  if (sms.send === null) {
    // At the level that every installation writes: one without an operator has no other way to the code.
    log.warn({ code: codeId }, `${letter.text.fa} | ${letter.text.en}`.replaceAll('\n', ' '));
    return;
  }
  const delivery = await sms.send({ id: codeId, ...letter }, AbortSignal.timeout(patience));
  if (delivery.outcome !== 'sent')
    log.warn({ code: codeId, reason: delivery.reason }, 'the SMS with a code did not go out');
}

/** Counts a try and only then compares. The count stays, whatever becomes of the request. */
export async function tryCode(
  house: AccessHouse,
  applicant: Applicant,
  digits: string,
): Promise<Result<{ readonly codeId: Id }, JoinRefusal>> {
  const tried = await inTransaction(house.db, installation, async (tx) =>
    ok(await takeTry(tx, applicant, house.clock.now())),
  );
  if (!tried.ok || tried.value === undefined) return refused({ kind: 'CodeUnusable', field: 'code' });
  const { codeId, codeHash, triesLeft } = tried.value;
  const right = timingSafeEqual(codeHash, await codeHashOf(house, codeId, digits));
  return right ? ok({ codeId }) : refused({ kind: 'CodeWrong', triesLeft, field: 'code' });
}

/** Notes a refusal of step two; what was typed stays out of it. */
export async function noteRefusal(
  { db, clock }: AccessHouse,
  provinceId: number,
  because: JoinRefusal['kind'],
): Promise<void> {
  await inTransaction<undefined, never>(db, installation, async (tx) => {
    await recordEvent(tx, clock, {
      provinceId,
      event: 'access.code_refused',
      by: null,
      subject: null,
      subjectId: null,
      facts: { because },
      outcome: 'refused',
    });
    return ok();
  });
}

/** The phone by whose code an account was opened, where it was. */
export async function phoneOfAccount(tx: Tx, userId: Id): Promise<string | undefined> {
  const account = await findAccount(tx, userId);
  return account === undefined ? undefined : phoneOf(account.username);
}

export type Joining = { readonly phone: string; readonly name: string };

/** By which phones a person opened accounts with a code, and as whom; empty where they opened none. */
export async function listJoinings(tx: Tx, personId: Id): Promise<Joining[]> {
  return (await listAccountsBy(tx, personId)).flatMap(({ username, name }) => {
    const phone = phoneOf(username);
    return phone === undefined ? [] : [{ phone, name }];
  });
}

/** Whether an account was opened by a code to this phone: its holder was reached there. */
export const wasOpenedBy = async (tx: Tx, userId: Id, phone: string): Promise<boolean> =>
  (await phoneOfAccount(tx, userId)) === phone;

export type JoinFacts = {
  readonly applicant: Applicant;
  readonly codeId: Id;
  readonly known: KnownPerson | undefined;
  readonly name: string;
  readonly passwordHash: string;
};
export type JoinDone = { readonly userId: Id; readonly outcome: Joined['outcome'] };

export const nameOf = ({ firstName, lastName }: Pick<JoinOrder, 'firstName' | 'lastName'>): string =>
  `${normalise(firstName)} ${normalise(lastName)}`;

/**
 * Opens the applicant's account, or sets a new password for the one that stands, with the role in this province. The
 * code is used up by it. Two at once make one account: the second waits for the person that the first enters.
 */
export async function joinApplicant(
  { tx, clock }: { readonly tx: Tx; readonly clock: AccessHouse['clock'] },
  facts: JoinFacts,
): Promise<Result<JoinDone, JoinRefusal>> {
  const { applicant, codeId, known, name, passwordHash } = facts;
  const { provinceId, identityHash, phone } = applicant;
  if (!(await takeCode(tx, applicant, codeId))) return refused({ kind: 'CodeUnusable', field: 'code' });
  if (known !== undefined && (await isAnothers(tx, { personId: known.personId, identityHash })))
    return refused({ kind: 'PersonApart' });
  const at = clock.now();
  const ownId = await enterPerson(tx, { personId: known?.personId ?? idAt(clock), identityHash, name, at });
  const accounts = await listAccountsOf(tx, identityHash);
  // Asked again: an account may have been opened from another phone since the code went out.
  if (!(await isReachedAt(tx, { applicant, known, accounts })))
    return refused({ kind: 'CodeUnusable', field: 'code' });
  const grants = await listGrants(
    tx,
    accounts.map(({ userId }) => userId),
  );
  const held = accounts.map((account) => ({
    ...account,
    grants: grants.filter(({ userId }) => userId === account.userId),
  }));
  const decided = decideAccount({ accounts: held, provinceId, today: todayOf(clock) });
  if (!decided.ok) return decided;
  const { account, needsGrant } = decided.value;
  if (known !== undefined && known.personId !== ownId) return refused({ kind: 'PersonApart' });
  const holder = account ?? (await openNamed({ tx, clock }, { phone, name, identityHash }));
  const { userId, personId } = holder;
  await upsertPassword(tx, { credentialId: idAt(clock), userId, hash: passwordHash, at });
  await endSessions(tx, userId);
  if (needsGrant) await grantOwn({ tx, clock }, { holder, name: account?.name ?? name, provinceId, codeId });
  if (account !== null)
    await recordEvent(tx, clock, {
      provinceId,
      event: 'access.password_set_by_code',
      by: { userId, personId, role: null },
      subject: 'user',
      subjectId: userId,
      facts: { code: codeId },
    });
  return ok({ userId, outcome: account === null ? 'joined' : 'password_set' });
}

type Parts = { readonly tx: Tx; readonly clock: AccessHouse['clock'] };

/** The role is proposed by the account itself; an applicant's needs no second signature. */
async function grantOwn(
  { tx, clock }: Parts,
  asked: {
    readonly holder: Holder;
    readonly name: string;
    readonly provinceId: number;
    readonly codeId: Id;
  },
): Promise<void> {
  const { holder, name, provinceId, codeId } = asked;
  const { userId, personId } = holder;
  const scope = { province: provinceId, county: null, office: null, person: personId };
  const by: Actor = { userId, personId, role: 'applicant', name, scope };
  await addGrant({ tx, clock, by }, holder, {
    role: 'applicant',
    provinceId,
    countyCode: null,
    officeId: null,
    startsOn: null,
    endsOn: null,
    inProvince: provinceId,
  });
  await recordEvent(tx, clock, {
    provinceId,
    event: 'access.applicant_joined',
    by: { userId, personId, role: null },
    subject: 'user',
    subjectId: userId,
    facts: { code: codeId },
  });
}

/** More accounts than this of one phone are no households any more. */
const mostNames = 50;

/** An account named by its phone, or by the phone and the first number that is free. */
async function openNamed(
  parts: Parts,
  {
    phone,
    name,
    identityHash,
  }: { readonly phone: string; readonly name: string; readonly identityHash: Buffer },
): Promise<Holder> {
  for (let turn = 1; turn <= mostNames; turn += 1) {
    const account = await openAccount(parts, { username: usernameOf(phone, turn), name, identityHash });
    if (account.ok) return account.value;
  }
  throw new Error('no name of this phone is free');
}
