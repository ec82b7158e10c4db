import { nationwide, type Actor } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant, type Day } from '#kernel/day.ts';
import { newId, type Id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Scope, Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import type { Messengers } from '#platform/messenger.ts';
import type { SignIn } from '#platform/signin.ts';
import type { AccessRefusal, AuditEvent, NewGrant, Office, OfficesAsked } from './contract.ts';
import type { KnownPerson } from './join/contract.ts';
import {
  findGrant,
  insertApproval,
  insertEnd,
  insertEvent,
  insertGrant,
  isPlaceKnown,
  listAdministrators,
  listGrants,
  type GrantRow,
} from './queries.ts';
import { findAccount } from './user/queries.ts';
import { decideApproval, decideScope, isInForce, isPowerful, mayGrantIn } from './rules.ts';

/** What this room needs of the house beside the usual. */
export type AccessHouse = House & {
  readonly signIn: SignIn;
  readonly version: string;
  /** Whether the folder is marked as a demonstration; asked at each request, for a start may still be loading. */
  readonly isDemonstration: () => Promise<boolean>;
  /** The offices of agencies and the branches of banks in a province: `party` knows them, which is built later. */
  readonly listOffices: (asked: OfficesAsked, scope: Scope) => Promise<readonly Office[]>;
  /** Whom a province keeps under an identity, and their phone: `party` knows that too. */
  readonly findKnownPerson: (asked: IdentityAsked) => Promise<KnownPerson | undefined>;
  /** Who carries an SMS now. */
  readonly messengers: () => Promise<Messengers>;
};

export type IdentityAsked = { readonly provinceId: number; readonly identityHash: Buffer };

/** Where a deed of this room is done. */
export type Desk = { readonly tx: Tx; readonly clock: Clock; readonly by: Actor };

/** The installation itself: what of the room is of no province. */
export const installation = {
  province: nationwide,
  county: null,
  office: null,
  person: null,
} as const satisfies Scope;

export const idAt = (clock: Clock): Id => newId(clock.now().getTime());
export const todayOf = (clock: Clock): Day => dayOfInstant(clock.now().getTime());

/** Adds to the trail, in the transaction of what it tells of. Later rooms use it too. */
export async function recordEvent(tx: Tx, clock: Clock, event: AuditEvent): Promise<void> {
  await insertEvent(tx, { ...event, eventId: idAt(clock), at: clock.now() });
}

/** Adds what the actor of the desk has done. */
export const note = ({ tx, clock, by }: Desk, event: Omit<AuditEvent, 'by'>): Promise<void> =>
  recordEvent(tx, clock, { ...event, by });

export type ScopedGrant = NewGrant & { readonly inProvince: number };

/** Where a form asks for the province of a grant. */
export type ProvinceField = 'provinceId' | 'grant.provinceId';

/** Whether the actor may grant this, and where. */
export async function checkGrant(
  desk: Desk,
  asked: NewGrant,
  field: ProvinceField = 'provinceId',
): Promise<Result<ScopedGrant, AccessRefusal>> {
  const inProvince = asked.provinceId ?? nationwide;
  const scope = decideScope(asked.role, asked);
  if (!scope.ok) return scope;
  if (!mayGrantIn(desk.by, inProvince)) return refused({ kind: 'OutsideYourScope', field });
  if (inProvince !== nationwide && !(await isPlaceKnown(desk.tx, inProvince, asked.countyCode))) {
    return refused({ kind: 'PlaceUnknown' });
  }
  if (asked.endsOn !== null && asked.endsOn < (asked.startsOn ?? asked.endsOn))
    return refused({ kind: 'DaysOutOfOrder' });
  return ok({ ...asked, inProvince });
}

const isSameSeat = (grant: GrantRow, asked: ScopedGrant): boolean =>
  grant.standing !== 'ended' &&
  grant.role === asked.role &&
  grant.provinceId === asked.inProvince &&
  grant.countyCode === asked.countyCode &&
  grant.officeId === asked.officeId;

export type MadeGrant = { readonly grantId: Id; readonly standing: 'proposed' | 'granted' };

/** Grants a role, or proposes it where a second administrator must approve. */
export async function grantRole(
  desk: Desk,
  userId: Id,
  asked: NewGrant,
): Promise<Result<MadeGrant, AccessRefusal>> {
  const checked = await checkGrant(desk, asked);
  if (!checked.ok) return checked;
  const account = await findAccount(desk.tx, userId);
  if (account === undefined) return refused({ kind: 'UserMissing' });
  const held = (await listGrants(desk.tx, [userId])).find((grant) => isSameSeat(grant, checked.value));
  if (held !== undefined && held.standing !== 'ended')
    return refused({ kind: 'AlreadyGranted', standing: held.standing });
  return ok(await addGrant(desk, account, checked.value));
}

/** Enters a grant that was checked. */
export async function addGrant(
  desk: Desk,
  account: { userId: Id; personId: Id },
  asked: ScopedGrant,
): Promise<MadeGrant> {
  const { tx, clock, by } = desk;
  const grantId = idAt(clock);
  const needsApproval = isPowerful(asked.role);
  await insertGrant(tx, {
    provinceId: asked.inProvince,
    grantId,
    holder: { userId: account.userId, personId: account.personId },
    role: asked.role,
    countyCode: asked.countyCode,
    officeId: asked.officeId,
    startsOn: asked.startsOn === null ? todayOf(clock) : dayFromIso(asked.startsOn),
    endsOn: asked.endsOn === null ? null : dayFromIso(asked.endsOn),
    needsApproval,
    proposer: { userId: by.userId, personId: by.personId },
    at: clock.now(),
  });
  await note(desk, {
    provinceId: asked.inProvince,
    event: needsApproval ? 'access.grant_proposed' : 'access.role_granted',
    subject: 'user',
    subjectId: account.userId,
    facts: { grant: grantId, role: asked.role, county: asked.countyCode, office: asked.officeId },
  });
  return { grantId, standing: needsApproval ? 'proposed' : 'granted' };
}

/** The second signature under a proposed grant, by another person than its proposer and its holder. */
export async function approveGrant(
  desk: Desk,
  provinceId: number,
  grantId: Id,
): Promise<Result<MadeGrant, AccessRefusal>> {
  const { tx, clock, by } = desk;
  const grant = await findGrant(tx, provinceId, grantId);
  if (grant === undefined) return refused({ kind: 'GrantMissing' });
  const decided = decideApproval({
    approverPersonId: by.personId,
    proposerPersonId: grant.proposerPersonId,
    holderPersonId: grant.personId,
    standing: grant.standing,
  });
  if (!decided.ok) return decided;
  const first = await insertApproval(tx, grant, {
    userId: by.userId,
    personId: by.personId,
    at: clock.now(),
  });
  if (!first) return refused({ kind: 'GrantNotWaiting', standing: 'granted' });
  await note(desk, {
    provinceId,
    event: 'access.grant_approved',
    subject: 'user',
    subjectId: grant.userId,
    facts: { grant: grantId, role: grant.role },
  });
  return ok({ grantId, standing: 'granted' });
}

/** Takes a role back at once, or declines a proposal. The last administrator of the installation stays. */
export async function endGrant(
  desk: Desk,
  asked: { readonly provinceId: number; readonly grantId: Id; readonly reason: string },
): Promise<Result<undefined, AccessRefusal>> {
  const { tx, clock, by } = desk;
  const grant = await findGrant(tx, asked.provinceId, asked.grantId);
  if (grant === undefined) return refused({ kind: 'GrantMissing' });
  if (grant.standing === 'ended') return refused({ kind: 'GrantEnded' });
  if (isLast(await listAdministrators(tx), clock, (other) => other.grantId !== grant.grantId)) {
    return refused({ kind: 'LastAdministrator' });
  }
  const end = { userId: by.userId, personId: by.personId, at: clock.now(), reason: asked.reason };
  if (!(await insertEnd(tx, grant, end))) return refused({ kind: 'GrantEnded' });
  await note(desk, {
    provinceId: asked.provinceId,
    event: 'access.grant_ended',
    subject: 'user',
    subjectId: grant.userId,
    facts: { grant: grant.grantId, role: grant.role },
  });
  return ok();
}

/** Whether nobody administers the installation any more when only those who `stay` are counted. */
export function isLast(
  administrators: readonly GrantRow[],
  clock: Clock,
  stay: (grant: GrantRow) => boolean,
): boolean {
  const inForce = administrators.filter((grant) => isInForce(grant, todayOf(clock)));
  return inForce.length > 0 && !inForce.some(stay);
}

/** The province in which an actor's deeds are noted. */
export const provinceOf = ({ scope }: Actor): number =>
  scope.province === 'all' ? nationwide : scope.province;
