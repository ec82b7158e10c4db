import { isShebaValid, verifyIranianLegalId, verifyIranianNationalId } from '@persian-tools/persian-tools';
import type { Day } from '#kernel/day.ts';
import { dayFromIso } from '#kernel/day.ts';
import { isName, latinDigits, normalise, readPhone, typedDigits } from '#kernel/persian.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { firstIsoDay } from '#place/contract.ts';
import {
  factChoices,
  legalKinds,
  naturalKinds,
  type FactKind,
  type PersonForm,
  type PersonRefusal,
} from './contract.ts';
import { nearlyEqual, type Named } from './name.ts';

/**
 * The national id in ten Latin digits, or null when its check digit does not agree. A spreadsheet drops the zeros
 * at the beginning, so forms of eight and nine digits are padded. The first three digits are not looked up: no
 * list of the registry's codes is published in full, and a real person must not be refused.
 */
export function readNationalId(given: string): string | null {
  const digits = typedDigits(given);
  if (!/^\d{8,10}$/.test(digits)) return null;
  const padded = digits.padStart(10, '0');
  return verifyIranianNationalId(padded, { checkPrefix: false }) ? padded : null;
}

/** The national id of a legal person in eleven Latin digits, or null. */
export function readLegalId(given: string): string | null {
  const digits = typedDigits(given);
  return /^\d{11}$/.test(digits) && !/^(\d)\1+$/.test(digits) && verifyIranianLegalId(digits) === true
    ? digits
    : null;
}

export const readIdOf = (form: PersonForm, given: string): string | null =>
  form === 'natural' ? readNationalId(given) : readLegalId(given);

/** An e-mail address with its domain in small letters, or null; only letters that every mail server takes. */
export function readEmail(given: string): string | null {
  const written = latinDigits(given)
    .replace(/[\u200b-\u200f\u202a-\u202e]/g, '')
    .trim();
  const at = written.lastIndexOf('@');
  const address = written.slice(0, at) + written.slice(at).toLowerCase();
  const isAddress =
    /^[\w%+'-]+(?:\.[\w%+'-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}$/i.test(address) &&
    at <= 64 &&
    address.length <= 254;
  return isAddress ? address : null;
}

/** An account by its Sheba, in one writing, or null. */
export function readAccount(given: string): string | null {
  const compact = typedDigits(given).toUpperCase();
  const sheba = /^\d{24}$/.test(compact) ? `IR${compact}` : compact;
  return isShebaValid(sheba) ? sheba : null;
}

const readDay = (given: string): string | null => {
  try {
    dayFromIso(given);
    return given;
  } catch {
    return null;
  }
};

const readText =
  (most: number) =>
  (given: string): string | null => {
    const written = normalise(given);
    return written === '' || written.length > most ? null : written;
  };

const readName =
  (most: number) =>
  (given: string): string | null =>
    isName(given) ? readText(most)(given) : null;

const oneOf =
  (choices: readonly string[]) =>
  (given: string): string | null =>
    choices.includes(given) ? given : null;

/** How the value of each kind of fact is read; null when it is none. */
export const readers: Readonly<Record<FactKind, (given: string) => string | null>> = {
  first_name: readName(80),
  last_name: readName(160),
  father_name: readName(80),
  born_on: readDay,
  gender: oneOf(factChoices.gender),
  county_code: (given) => (/^\d{2}(?:\d{2}|x\d)$/.test(given) ? given : null),
  settlement: oneOf(factChoices.settlement),
  decile: (given) => oneOf(factChoices.decile)(typedDigits(given)),
  woman_head: oneOf(factChoices.woman_head),
  disability: oneOf(factChoices.disability),
  veteran: oneOf(factChoices.veteran),
  employment: oneOf(factChoices.employment),
  client_of: oneOf(factChoices.client_of),
  household: (given) => {
    const digits = typedDigits(given);
    return /^\d{1,20}$/.test(digits) ? digits : null;
  },
  address: readText(500),
  phone: readPhone,
  email: readEmail,
  account: readAccount,
  activity: readText(160),
};

export type FactFacts = {
  readonly form: PersonForm;
  readonly kind: FactKind;
  readonly value: string;
  readonly sinceOn: Day;
  readonly inquiredOn: Day | null;
  /** Of a natural person, as it is kept; null where nobody told it, and for an enterprise. */
  readonly bornOn: Day | null;
  readonly today: Day;
};

/** The value of a fact in its one writing, or why it cannot be recorded. */
export function decideFact(facts: FactFacts): Result<string, PersonRefusal> {
  const { form, kind, value, sinceOn, inquiredOn, today } = facts;
  const kinds = form === 'natural' ? naturalKinds : legalKinds;
  if (!kinds.includes(kind)) return refused({ kind: 'FactNotOfForm', factKind: kind, field: 'kind' });
  if (sinceOn > today) return refused({ kind: 'FactInFuture', field: 'sinceOn' });
  if (inquiredOn !== null && inquiredOn > today)
    return refused({ kind: 'FactInFuture', field: 'inquiredOn' });
  const read = readers[kind](value);
  if (read === null) return refused({ kind: 'FactUnreadable', factKind: kind, field: 'value' });
  if (kind === 'born_on' && dayFromIso(read) > today)
    return refused({ kind: 'FactInFuture', field: 'value' });
  if (kind === 'born_on' && read < firstIsoDay) return refused({ kind: 'BirthTooEarly', field: 'value' });
  return decideLife({ ...facts, bornOn: kind === 'born_on' ? dayFromIso(read) : facts.bornOn }, read);
}

/** Nothing holds of a person, and nobody asked about them, before they were born. An enterprise may work unregistered. */
function decideLife(
  { form, sinceOn, inquiredOn, bornOn }: FactFacts,
  value: string,
): Result<string, PersonRefusal> {
  if (form === 'legal' || bornOn === null) return ok(value);
  if (sinceOn < bornOn) return refused({ kind: 'FactBeforeBirth', bornOn, field: 'sinceOn' });
  return inquiredOn !== null && inquiredOn < bornOn
    ? refused({ kind: 'FactBeforeBirth', bornOn, field: 'inquiredOn' })
    : ok(value);
}

export type DatedFact = {
  readonly kind: FactKind;
  readonly value: string | null;
  readonly sinceOn: Day;
  /** UUIDv7: of two facts of one day the one recorded later is greater. */
  readonly factId: string;
};

/** The facts in force on a day: of each kind the latest that had begun, of two the one recorded later. */
export function factsInForce<Dated extends DatedFact>(
  facts: readonly Dated[],
  on: Day,
): Map<FactKind, Dated> {
  const found = new Map<FactKind, Dated>();
  for (const fact of facts) {
    const before = found.get(fact.kind);
    if (fact.sinceOn > on) continue;
    if (
      before === undefined ||
      before.sinceOn < fact.sinceOn ||
      (before.sinceOn === fact.sinceOn && before.factId < fact.factId)
    )
      found.set(fact.kind, fact);
  }
  return found;
}

export type KeptPerson = Named & { readonly bornOn: Day | null };

/**
 * Whether who presents a person that stands here already may be let in to the record: they must know the name and
 * the birth day of whom they speak. Where that does not agree, nothing of the record is said (L9).
 */
export function decideKnown(kept: KeptPerson, given: KeptPerson): Result<undefined, PersonRefusal> {
  const agrees = nearlyEqual(kept, given) && (kept.bornOn === null || kept.bornOn === given.bornOn);
  return agrees ? ok() : refused({ kind: 'PersonNotAsKept', field: 'lastName' });
}
