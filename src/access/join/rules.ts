import type { Role } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { latinDigits, readPhone, typedDigits } from '#kernel/persian.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { JoinRefusal } from './contract.ts';

export const codeSeconds = 5 * 60;
export const mostTries = 5;
/** Codes within one window of time; behind one address may sit a whole village office. */
export const codeWindowSeconds = 10 * 60;
export const mostCodes = { phone: 3, identity: 3, address: 30 } as const;

/** A mobile phone as `09…`, or null: an SMS reaches no other. */
export function readMobile(given: string): string | null {
  const phone = readPhone(given);
  return phone?.startsWith('09') === true ? phone : null;
}

/** The six digits of a code in Latin script, or null. */
export function readCode(given: string): string | null {
  const digits = typedDigits(given);
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** The name of an account is its phone; where another person has that, a number follows it. */
export const usernameOf = (phone: string, turn: number): string => (turn === 1 ? phone : `${phone}-${turn}`);

/**
 * A user name as accounts bear it. One that is a mobile phone may be typed as phones are, in the digits of the
 * keyboard: it is the same name, and tries under any spelling of it are counted as one.
 */
export function typedUsername(given: string): string {
  const whole = readMobile(given);
  if (whole !== null) return whole;
  const [, phone = '', turn = ''] = /^(.+)[-\u2010-\u2015]\s*(\d+)$/.exec(latinDigits(given).trim()) ?? [];
  const numbered = readMobile(phone);
  return numbered === null ? given.toLowerCase() : `${numbered}-${turn}`;
}

/** The phone by which an account was opened; undefined for one that an administrator named. */
export const phoneOf = (username: string): string | undefined => /^(09\d{9})(?:-\d+)?$/.exec(username)?.[1];

export type PhoneFacts = {
  readonly typed: string;
  /** The phone that the province keeps of the person; null where it keeps none. */
  readonly kept: string | null;
  /** Whether the kept phone is what they typed in a form of their own, where nobody proves it. */
  readonly isOwnWord: boolean;
  /** Whether it is the phone at which an office saw the person with their card; null where none did. */
  readonly isSeen: boolean | null;
  /** The names of the accounts that the person has. */
  readonly usernames: readonly string[];
};

/**
 * Whether a code may go to the phone that was typed. A known phone is the only one, unless it is the word of somebody
 * signed in: a form moves no code away from the phone that proved itself by one. Of an account that stands, and of
 * whose holder the province knows no phone, it is the one that it was opened with. Nobody takes an account over by
 * knowing a national id; and where an office has seen who the person is, nobody opens one at another phone.
 */
export function isPhoneTheirs({ typed, kept, isOwnWord, isSeen, usernames }: PhoneFacts): boolean {
  if (kept !== null && !(isOwnWord && usernames.length > 0)) return kept === typed;
  if (isSeen === true) return true;
  return (
    (usernames.length === 0 && isSeen === null) || usernames.some((username) => phoneOf(username) === typed)
  );
}

export type HeldGrant = {
  readonly role: Role;
  readonly provinceId: number;
  readonly standing: 'proposed' | 'granted' | 'ended';
  readonly endsOn: Day | null;
};
export type HeldAccount = { readonly lockedAt: Date | null; readonly grants: readonly HeldGrant[] };

export type AccountFacts<Account extends HeldAccount> = {
  readonly accounts: readonly Account[];
  readonly provinceId: number;
  readonly today: Day;
};
type Decided<Account> = { readonly account: Account | null; readonly needsGrant: boolean };

/**
 * Which of a person's accounts a code opens; null where they have none. An account with any other role than an
 * applicant's is opened by an administrator, and so is one whose role in the province was taken back: a code undoes no
 * decision.
 */
export function decideAccount<Account extends HeldAccount>({
  accounts,
  provinceId,
  today,
}: AccountFacts<Account>): Result<Decided<Account>, JoinRefusal> {
  if (accounts.length === 0) return ok({ account: null, needsGrant: true });
  const account = accounts.find(({ grants }) =>
    grants.every(({ role, standing }) => role === 'applicant' || standing === 'ended'),
  );
  if (account === undefined) return refused({ kind: 'AdministratorOpens' });
  if (account.lockedAt !== null) return refused({ kind: 'AccountClosed' });
  const here = account.grants.filter(
    (grant) => grant.role === 'applicant' && grant.provinceId === provinceId,
  );
  const stands = here.some(
    ({ standing, endsOn }) => standing !== 'ended' && (endsOn === null || today <= endsOn),
  );
  if (here.length > 0 && !stands) return refused({ kind: 'AdministratorOpens' });
  return ok({ account, needsGrant: !stands });
}
