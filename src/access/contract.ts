import { z } from 'zod';
import { roles, type Role } from '#kernel/actor.ts';
import type { Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { countyCode, isoDay, nameText, provinceId, writtenText } from '#place/contract.ts';

// ---- what is sent

const label = (fa: string, en: string): Bilingual => ({ fa, en });

export const usernameShape = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/)
  .meta(label('نام کاربری', 'Username'));
const nameShape = nameText(2, 80).meta(label('نام و نام خانوادگی', 'Name'));
/** Digits of any script; the checksum is a rule. */
const nationalIdShape = z.string().trim().min(8).max(12).meta(label('کد ملی', 'National id'));
const passwordShape = z.string().min(10).max(128).meta(label('گذرواژه', 'Password'));
const tokenShape = z
  .string()
  .regex(/^[\w-]{43}$/)
  .meta(label('نشانی یک‌بارمصرف', 'One-time address'));
const reasonShape = writtenText(1, 500).meta(label('دلیل', 'Reason'));

export const signInShape = z.strictObject({
  username: z.string().trim().min(1).max(80).meta(label('نام کاربری', 'Username')),
  password: z.string().min(1).max(128).meta(label('گذرواژه', 'Password')),
});

export const newGrantShape = z.strictObject({
  role: z.enum(roles).meta(label('نقش', 'Role')),
  provinceId: provinceId.nullable().meta(label('استان', 'Province')),
  countyCode: countyCode.nullable().meta(label('شهرستان', 'County')),
  officeId: z.uuid().nullable().meta(label('اداره یا شعبه', 'Office or branch')),
  startsOn: isoDay.nullable().meta(label('از روز', 'From')),
  endsOn: isoDay.nullable().meta(label('تا روز', 'Until')),
});
export type NewGrant = z.infer<typeof newGrantShape>;

export const newUserShape = z.strictObject({
  username: usernameShape,
  name: nameShape,
  nationalId: nationalIdShape,
  grant: newGrantShape,
});
export type NewUser = z.infer<typeof newUserShape>;

export const endGrantShape = z.strictObject({ reason: reasonShape });
export const chooseRoleShape = z.strictObject({ grantId: z.uuid() });
export const newPasswordShape = z.strictObject({ token: tokenShape, password: passwordShape });
export const firstAdministratorShape = z.strictObject({
  token: tokenShape,
  username: usernameShape,
  name: nameShape,
  nationalId: nationalIdShape,
  password: passwordShape,
});
export type FirstAdministrator = z.infer<typeof firstAdministratorShape>;

export const userQuery = z.object({
  search: z.string().trim().max(80).optional().meta(label('جست‌وجو', 'Search')),
  role: z.enum(roles).optional().meta(label('نقش', 'Role')),
  provinceId: z.coerce.number().int().min(-1).max(99).optional().meta(label('استان', 'Province')),
});

// ---- what is answered

export const grantStandings = ['proposed', 'granted', 'ended'] as const;

export const grantShape = z.object({
  grantId: z.uuid(),
  role: z.enum(roles),
  provinceId: z.int().nullable(),
  provinceName: z.object({ fa: z.string(), en: z.string() }).nullable(),
  provinceSlug: z.string().nullable(),
  countyCode: z.string().nullable(),
  countyName: z.object({ fa: z.string(), en: z.string() }).nullable(),
  officeId: z.uuid().nullable(),
  startsOn: z.iso.date(),
  endsOn: z.iso.date().nullable(),
  standing: z.enum(grantStandings),
  /** Granted, begun and not over: what a session can choose. */
  inForce: z.boolean(),
  needsApproval: z.boolean(),
  /** Why the reader may not give the second signature; null when they may. */
  approvalRefused: z.enum(['OwnProposal', 'OwnGrant']).nullable(),
  proposedBy: z.string(),
  proposedAt: z.iso.datetime(),
  approvedBy: z.string().nullable(),
  approvedAt: z.iso.datetime().nullable(),
});
export type Grant = z.infer<typeof grantShape>;

export const userShape = z.object({
  userId: z.uuid(),
  username: z.string(),
  name: z.string(),
  lockedAt: z.iso.datetime().nullable(),
  hasPassword: z.boolean(),
  grants: z.array(grantShape),
});
export type User = z.infer<typeof userShape>;

export const actorShape = z.object({
  userId: z.uuid(),
  personId: z.uuid(),
  role: z.enum(roles),
  name: z.string(),
  /** `province` is the code, `all` for readers of all, or -1 for an administrator of the installation. */
  scope: z.object({
    province: z.union([z.int(), z.literal('all')]),
    county: z.string().nullable(),
    office: z.string().nullable(),
    person: z.string().nullable(),
  }),
});

export const sessionShape = z.object({
  user: z.object({ userId: z.uuid(), username: z.string(), name: z.string() }).nullable(),
  /** Null when nobody is signed in, and when no grant of the user is in force. */
  actor: actorShape.nullable(),
  grantId: z.uuid().nullable(),
  grants: z.array(grantShape),
});
export type SessionAnswer = z.infer<typeof sessionShape>;

export const installationShape = z.object({
  demonstration: z.boolean(),
  version: z.string(),
  languages: z.array(z.enum(['fa', 'en'])),
  /** For the buttons of the sign-in page; empty outside a demonstration. */
  demonstrationUsers: z.array(z.object({ username: z.string(), name: z.string(), role: z.enum(roles) })),
  /** Of the newest backup whose restored copy was found right; null where none was made by us. */
  lastBackupAt: z.iso.datetime().nullable(),
  /** False where DATABASE_URL is backed up by the tools of its own server. */
  backsUpItself: z.boolean(),
});
export type InstallationAnswer = z.infer<typeof installationShape>;

/** A one-time address, told once; `path` leads to the page. */
export const linkShape = z.object({
  linkId: z.uuid(),
  path: z.string(),
  expiresAt: z.iso.datetime(),
  /** True while a second administrator has to confirm it. */
  needsConfirmation: z.boolean(),
});
export type Link = z.infer<typeof linkShape>;

export const madeUserShape = z.object({ user: userShape, link: linkShape });
export const madeGrantShape = z.object({ grantId: z.uuid(), standing: z.enum(grantStandings) });
/** After the first of the two has entered, `usesLeft` says that the second is awaited. */
export const enteredShape = z.object({ userId: z.uuid(), usesLeft: z.int() });
export const doneShape = z.object({ done: z.literal(true) });

export const linkFactsShape = z.object({
  purpose: z.enum(['first_administrators', 'password']),
  username: z.string().nullable(),
  name: z.string().nullable(),
  usesLeft: z.int(),
  needsConfirmation: z.boolean(),
  expiresAt: z.iso.datetime(),
});
export type LinkFacts = z.infer<typeof linkFactsShape>;

export const waitingLinkShape = z.object({
  linkId: z.uuid(),
  username: z.string(),
  name: z.string(),
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  /** The reader asked for it, so another has to confirm. */
  yours: z.boolean(),
});

/** An office of an agency or a branch of a bank, in which an officer's role can be granted. */
export const officeShape = z.object({
  officeId: z.uuid(),
  name: z.string(),
  countyCode: z.string().nullable(),
});
export type Office = z.infer<typeof officeShape>;

export const officeQuery = z.object({
  provinceId: z.coerce.number().int().min(0).max(99).meta(label('استان', 'Province')),
  role: z.enum(['agency', 'bank']).meta(label('نقش', 'Role')),
});
export type OfficesAsked = z.infer<typeof officeQuery>;

/** Who did or read what; facts are ids, codes and hashes only (L4). `event` is `room.deed`. */
export type AuditEvent = {
  readonly provinceId: number;
  readonly event: `${string}.${string}`;
  readonly by: { readonly userId: Id; readonly personId: Id; readonly role: string | null } | null;
  readonly subject: string | null;
  readonly subjectId: string | null;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  /** `did` unless it says otherwise. */
  readonly outcome?: 'read' | 'did' | 'refused';
};

// ---- refusals

export type AccessRefusal =
  | { readonly kind: 'WrongPassword' }
  | { readonly kind: 'TooManyTries'; readonly waitSeconds: number }
  | { readonly kind: 'AccountLocked' }
  | { readonly kind: 'UserMissing' }
  | { readonly kind: 'UsernameTaken'; readonly username: string; readonly field: 'username' }
  | { readonly kind: 'NationalIdWrong'; readonly field: 'nationalId' }
  | {
      readonly kind: 'ScopeNotFitting';
      readonly role: Role;
      readonly part: 'province' | 'county' | 'office';
      readonly need: 'none' | 'needed';
    }
  | { readonly kind: 'PlaceUnknown' }
  | { readonly kind: 'OfficeUnknown' }
  | {
      readonly kind: 'OutsideYourScope';
      readonly field: 'provinceId' | 'grant.provinceId' | 'userId';
    }
  | { readonly kind: 'DaysOutOfOrder' }
  | { readonly kind: 'AlreadyGranted'; readonly standing: 'proposed' | 'granted' }
  | { readonly kind: 'GrantMissing' }
  | { readonly kind: 'GrantNotWaiting'; readonly standing: 'granted' | 'ended' }
  | { readonly kind: 'OwnProposal' }
  | { readonly kind: 'OwnGrant' }
  | { readonly kind: 'GrantEnded' }
  | { readonly kind: 'GrantNotInForce' }
  | { readonly kind: 'LastAdministrator' }
  | { readonly kind: 'OwnAccount' }
  | { readonly kind: 'LinkUnusable' }
  | { readonly kind: 'LinkUnconfirmed' }
  | { readonly kind: 'SamePerson' };

export const accessRefusalStatus = {
  WrongPassword: 401,
  TooManyTries: 429,
  AccountLocked: 403,
  UserMissing: 404,
  UsernameTaken: 409,
  NationalIdWrong: 422,
  ScopeNotFitting: 422,
  PlaceUnknown: 422,
  OfficeUnknown: 422,
  OutsideYourScope: 403,
  DaysOutOfOrder: 422,
  AlreadyGranted: 409,
  GrantMissing: 404,
  GrantNotWaiting: 409,
  OwnProposal: 403,
  OwnGrant: 403,
  GrantEnded: 409,
  GrantNotInForce: 409,
  LastAdministrator: 409,
  OwnAccount: 403,
  LinkUnusable: 410,
  LinkUnconfirmed: 403,
  SamePerson: 422,
} as const satisfies Record<AccessRefusal['kind'], number>;

export const backupsShape = z.object({
  /** `daily` where a folder is set for them, `none` where not, `server` where DATABASE_URL is backed up elsewhere. */
  schedule: z.enum(['daily', 'none', 'server']),
  kept: z.int(),
  lastGoodAt: z.iso.datetime().nullable(),
  backups: z.array(
    z.object({
      madeAt: z.iso.datetime(),
      name: z.string(),
      byteCount: z.string(),
      /** When a copy restored from it was found right; null where it was not, or was not looked at. */
      verifiedAt: z.iso.datetime().nullable(),
    }),
  ),
  jobs: z.array(
    z.object({
      name: z.string(),
      startedAt: z.iso.datetime().nullable(),
      doneAt: z.iso.datetime().nullable(),
      failedAt: z.iso.datetime().nullable(),
    }),
  ),
});
export type Backups = z.infer<typeof backupsShape>;
