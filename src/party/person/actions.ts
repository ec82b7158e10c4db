import { recordEvent } from '#access/actions.ts';
import type { Actor } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import { id, newId, type Id } from '#kernel/id.ts';
import { normalise } from '#kernel/persian.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { noScope, read as readAt, type Database, type Tx } from '#platform/db.ts';
import type { Address } from '#platform/posting.ts';
import {
  deleteWords,
  insertFacts,
  insertPersons,
  insertWords,
  refreshInForce,
  refreshReaders,
  updateSortKey,
  type FactEntry,
  type PersonEntry,
  type Worded,
} from '../fact/queries.ts';
import { hasCounty } from '../queries.ts';
import type {
  Entered,
  ErasureOrder,
  FactKind,
  NewFact,
  NewPerson,
  PersonForm,
  PersonRefusal,
  ReachOrder,
} from './contract.ts';
import { nameWords, nearlyEqual, sortKey, type Named } from './name.ts';
import {
  eraseFacts,
  findByIdentity,
  findPerson,
  findReached,
  hasOffice,
  insertReach,
  isFactKept,
  isoOrNull,
  listAddresses,
  listFacts,
  lockFactId,
  lockPerson,
  widenToProvince,
  type FactRow,
  type PersonRow,
  type ReachedRow,
} from './queries.ts';
import { decideFact, decideKnown, readIdOf, readLegalId } from './rules.ts';

/** In which transaction, province and name a deed is done, and how ids become hashes. */
export type Doing = {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly provinceId: number;
  readonly by: Actor;
  readonly keyedHash: KeyedHash;
};

export type KeyedHash = (fact: string) => Promise<Buffer>;
export type Done<Value> = Promise<Result<Value, PersonRefusal>>;

/** Where these persons are reached by a message. */
export async function addressesOf(
  tx: Tx,
  asked: { readonly provinceId: number; readonly personIds: readonly Id[] },
): Promise<ReadonlyMap<Id, Address>> {
  const rows = await listAddresses(tx, asked);
  return new Map(rows.map(({ personId, phone, email }) => [personId, { phone, email }]));
}

/** Whom a province keeps under an identity, at which phone they are reached and whose word it is: for whoever asks before signing in. */
export const findKnownPerson = (
  db: Database,
  asked: { readonly provinceId: number; readonly identityHash: Buffer },
): Promise<ReachedRow | undefined> =>
  readAt(db, { ...noScope, province: asked.provinceId }, (tx) => findReached(tx, asked));

export const todayAt = (clock: Clock): Day => dayOfInstant(clock.now().getTime());
export const freshId = (clock: Clock): Id => newId(clock.now().getTime());
const recorder = ({ by, clock }: Doing) => ({ userId: by.userId, personId: by.personId, at: clock.now() });

/** The hash under which `access` keeps the same person's account: one person, one hash, in every room. */
export const identityOf = (keyedHash: KeyedHash, form: PersonForm, nationalId: string): Promise<Buffer> =>
  keyedHash(`${form === 'natural' ? 'national-id' : 'legal-id'}:${nationalId}`);

/** The national id of a legal person in eleven Latin digits, or null. */
export const readLegalNumber = readLegalId;

/** Adds to the trail: ids and kinds only (L4). */
export const noteDeed = (
  { tx, clock, provinceId, by }: Doing,
  event: `party.${string}`,
  personId: string,
  facts: Readonly<Record<string, string | number | boolean | null>> = {},
): Promise<void> =>
  recordEvent(tx, clock, { provinceId, event, by, subject: 'person', subjectId: personId, facts });

/** When somebody was born, as far as the province was told. */
export const birthOf = async (
  tx: Tx,
  kept: { readonly provinceId: number; readonly personId: Id },
): Promise<Day | null> => (await findPerson(tx, kept))?.bornOn ?? null;

/** Whether a county is one of the province, and of the doer's own scope. */
async function decideCounty(
  { tx, provinceId, by }: Doing,
  countyCode: string,
  field: string,
): Done<undefined> {
  const own = by.scope.county === null || by.scope.county === countyCode;
  return own && (await hasCounty(tx, { provinceId, countyCode }))
    ? ok()
    : refused({ kind: 'CountyElsewhere', countyCode, field });
}

/**
 * Enters a person, or opens a known one to an office that shows it knows them. The same order twice enters once
 * (L5). Who is seen already is refused with the way to the record; who is not seen is not described (L9).
 */
export async function enterPerson(doing: Doing, order: NewPerson): Done<Entered> {
  const { tx, provinceId, keyedHash } = doing;
  const read = readOrder(order, todayAt(doing.clock));
  if (!read.ok) return read;
  const county = await decideCounty(doing, order.countyCode, 'countyCode');
  if (!county.ok) return county;
  const { nationalId, facts, named } = read.value;
  const identityHash = await identityOf(keyedHash, order.form, nationalId);
  const seen = await findByIdentity(tx, { provinceId, identityHash });
  if (seen !== undefined)
    return seen.personId === order.id && isNamedSo(seen, named) ? entered(seen.personId) : decideSeen(seen);
  await widenToProvince(tx);
  // Under the id of the order somebody with another national id is kept already.
  const taken = await findPerson(tx, { provinceId, personId: id(order.id) });
  if (taken !== undefined) return decideSeen(taken);
  const entry: PersonEntry = {
    personId: id(order.id),
    form: order.form,
    identityHash: identityHash.toString('hex'),
    nationalId,
    ...named,
    fatherName: order.fatherName === null ? null : normalise(order.fatherName),
    bornOn: order.bornOn,
    gender: order.gender,
    sortKey: sortKey(named),
    words: nameWords(named),
    countyCode: order.countyCode,
    inForce: Object.fromEntries(facts.map(({ kind, value }) => [kind, value])),
  };
  const made = await insertPersons(tx, provinceId, { entries: [entry], at: doing.clock.now() });
  if (!made.has(order.id)) {
    const kept = must(await findByIdentity(tx, { provinceId, identityHash }), 'the id is taken by a person');
    return openKnown(doing, kept, { ...named, bornOn: order.bornOn });
  }
  await insertFacts(tx, provinceId, {
    entries: facts.map((fact) => factEntry(doing, entry.personId, fact)),
    by: recorder(doing),
  });
  await noteDeed(doing, 'party.person_entered', order.id, { form: order.form });
  return entered(entry.personId);
}

const isNamedSo = ({ firstName, lastName }: PersonRow, given: Named): boolean =>
  nearlyEqual({ firstName, lastName: lastName ?? '' }, given);

/** Whether two whole names are one, spellings aside. */
export const isOneName = (one: string, other: string): boolean =>
  nearlyEqual({ firstName: null, lastName: one }, { firstName: null, lastName: other });

/** Whether a kept person is called so, spellings aside. The transaction must see the person. */
export async function isCalled(
  tx: Tx,
  at: { readonly provinceId: number; readonly personId: Id },
  given: Named,
): Promise<boolean> {
  const kept = await findPerson(tx, at);
  return kept !== undefined && isNamedSo(kept, given);
}

const entered = (personId: Id) => ok<Entered>({ id: personId, outcome: 'entered' });

const decideSeen = (seen: PersonRow) =>
  seen.erasureId === null
    ? refused({ kind: 'PersonKnown', personId: seen.personId })
    : refused({ kind: 'PersonErased' });

type FirstFact = { readonly kind: FactKind; readonly value: string };
type ReadOrder = {
  readonly nationalId: string;
  readonly named: { readonly firstName: string | null; readonly lastName: string };
  readonly facts: readonly FirstFact[];
};

function readOrder(order: NewPerson, today: Day): Result<ReadOrder, PersonRefusal> {
  const { form } = order;
  const nationalId = readIdOf(form, order.nationalId);
  if (nationalId === null)
    return refused({ kind: form === 'natural' ? 'NationalIdWrong' : 'LegalIdWrong', field: 'nationalId' });
  if (form === 'natural' && order.firstName === null)
    return refused({ kind: 'FirstNameNeeded', field: 'firstName' });
  if (order.bornOn !== null && dayFromIso(order.bornOn) > today)
    return refused({ kind: 'FactInFuture', field: 'bornOn' });
  const told = {
    county_code: order.countyCode,
    settlement: order.settlement,
    phone: order.phone,
    email: order.email,
  } as const;
  const facts: FirstFact[] = [];
  for (const [kind, field] of [
    ['county_code', 'countyCode'],
    ['settlement', 'settlement'],
    ['phone', 'phone'],
    ['email', 'email'],
  ] as const) {
    const value = told[kind];
    if (value === null) continue;
    const decided = decideFact({ form, kind, value, sinceOn: today, inquiredOn: null, bornOn: null, today });
    if (!decided.ok)
      return decided.refusal.kind === 'FactUnreadable' ? refused({ ...decided.refusal, field }) : decided;
    facts.push({ kind, value: decided.value });
  }
  const firstName = form === 'legal' || order.firstName === null ? null : normalise(order.firstName);
  return ok({ nationalId, facts, named: { firstName, lastName: normalise(order.lastName) } });
}

const factEntry = (doing: Doing, personId: Id, { kind, value }: FirstFact): FactEntry => ({
  factId: freshId(doing.clock),
  personId,
  kind,
  value,
  sinceOn: isoOf(todayAt(doing.clock)),
  source: 'declared',
  inquiredOn: null,
});

async function openKnown(
  doing: Doing,
  kept: PersonRow,
  given: { readonly firstName: string | null; readonly lastName: string; readonly bornOn: string | null },
): Done<Entered> {
  const { by } = doing;
  if (kept.erasureId !== null) return refused({ kind: 'PersonErased' });
  // Entered at this very moment by somebody whose scope is this one's.
  if (by.scope.county === null) return refused({ kind: 'PersonKnown', personId: kept.personId });
  const bornOn = given.bornOn === null ? null : dayFromIso(given.bornOn);
  const decided = decideKnown(
    { firstName: kept.firstName, lastName: kept.lastName ?? '', bornOn: kept.bornOn },
    { ...given, bornOn },
  );
  if (!decided.ok) return decided;
  await openTo(doing, kept, { reader: by.scope.county, reason: 'presented' });
  return ok({ id: kept.personId, outcome: 'known' });
}

/** Opens a person to one more reader; a second time changes nothing. The transaction must see the whole province. */
export async function openTo(
  doing: Doing,
  kept: PersonRow,
  asked: { readonly reader: string; readonly reason: string },
): Promise<void> {
  const { tx, provinceId } = doing;
  const { personId } = kept;
  if (!(await insertReach(tx, { ...asked, personId, provinceId }, recorder(doing)))) return;
  await rewriteReaders(doing, kept);
  await noteDeed(doing, 'party.person_opened', personId, { reader: asked.reader });
}

/** Under which keys a person is found: the home county first. */
function wordsOf({ personId, form, firstName, lastName, countyCode, readers }: PersonRow): Worded {
  const named = { firstName, lastName: lastName ?? '' };
  const others = readers.filter((reader) => isCounty(reader) && reader !== countyCode);
  return {
    personId,
    form,
    sortKey: sortKey(named),
    words: nameWords(named),
    counties: [countyCode, ...others],
  };
}

/**
 * Readers and words follow what the person is called, where the person lives and to whom they were opened.
 * `before` is the person as the words stand now. The transaction must see the whole province.
 */
export async function rewriteReaders(
  { tx, provinceId }: Pick<Doing, 'tx' | 'provinceId'>,
  before: PersonRow,
): Promise<void> {
  const { personId } = before;
  await refreshReaders(tx, { provinceId, personIds: [personId] });
  const person = must(await findPerson(tx, { provinceId, personId }), 'the person just written');
  const words = wordsOf(person);
  await updateSortKey(tx, { provinceId, personId, sortKey: words.sortKey });
  await deleteWords(tx, provinceId, wordsOf(before));
  await insertWords(tx, provinceId, [words]);
}

const isCounty = (reader: string): boolean => /^\d{2}(?:\d{2}|x\d)$/.test(reader);

type NotChangeable = Extract<PersonRefusal, { kind: 'PersonMissing' | 'PersonErased' | 'PersonMerged' }>;

/** The person within the doer's scope, when facts may still be added. */
export async function findChangeable(
  { tx, provinceId }: Doing,
  personId: string,
): Promise<Result<PersonRow, NotChangeable>> {
  const person = await findPerson(tx, { provinceId, personId });
  if (person === undefined) return refused({ kind: 'PersonMissing' });
  if (person.erasureId !== null) return refused({ kind: 'PersonErased' });
  if (person.mergedInto !== null) return refused({ kind: 'PersonMerged', personId: person.mergedInto });
  return ok(person);
}

/** What a person was entered with: kept as a fact of its own once something else is told. */
const enteredWith = (person: PersonRow): Readonly<Partial<Record<FactKind, string | null>>> => ({
  first_name: person.firstName,
  last_name: person.lastName,
  father_name: person.fatherName,
  born_on: isoOrNull(person.bornOn),
  gender: person.gender,
});

/** Adds one dated fact. What is in force, who may see the person and how they are found follow from it. */
export async function recordFact(
  doing: Doing,
  { personId, order }: { readonly personId: string; readonly order: NewFact },
): Done<{ id: Id }> {
  const { tx, clock, provinceId } = doing;
  const found = await findChangeable(doing, personId);
  if (!found.ok) return found;
  const person = found.value;
  const today = todayAt(clock);
  const sinceOn = dayFromIso(order.sinceOn);
  const inquiredOn = order.inquiredOn === null ? null : dayFromIso(order.inquiredOn);
  const { kind } = order;
  const { form, bornOn } = person;
  const value = decideFact({ ...order, form, bornOn, sinceOn, inquiredOn, today });
  if (!value.ok) return value;
  if (kind === 'county_code' && !(await hasCounty(tx, { provinceId, countyCode: value.value })))
    return refused({ kind: 'CountyElsewhere', countyCode: value.value, field: 'value' });
  await widenToProvince(tx);
  await lockPerson(tx, { provinceId, personId });
  const before = enteredWith(person)[kind];
  const told = await listFacts(tx, { provinceId, personIds: [personId] });
  const same = told.find(({ factId }) => factId === order.id);
  if (same !== undefined)
    return isSameFact(same, { ...order, value: value.value, sinceOn, inquiredOn })
      ? ok({ id: same.factId })
      : refused({ kind: 'FactOtherContent', field: 'id' });
  // The key of a fact begins with its person, so that the same id under another person would stand beside it.
  await lockFactId(tx, provinceId, order.id);
  if (await isFactKept(tx, { provinceId, factId: order.id }))
    return refused({ kind: 'FactOtherContent', field: 'id' });
  const isFirst = before != null && !told.some((fact) => fact.kind === kind);
  const added: FactEntry = {
    factId: id(order.id),
    personId: person.personId,
    kind,
    value: value.value,
    sinceOn: order.sinceOn,
    source: order.source,
    inquiredOn: order.inquiredOn,
  };
  const entries = isFirst
    ? [
        {
          ...factEntry(doing, person.personId, { kind, value: before }),
          sinceOn: isoOf(dayOfInstant(person.enteredAt.getTime())),
        },
        added,
      ]
    : [added];
  await insertFacts(tx, provinceId, { entries, by: recorder(doing) });
  await refreshInForce(tx, { provinceId, personIds: [personId], today });
  if (kind === 'county_code' || kind === 'first_name' || kind === 'last_name')
    await rewriteReaders(doing, person);
  await noteDeed(doing, 'party.fact_recorded', personId, { fact: order.id, kind, source: order.source });
  return ok({ id: id(order.id) });
}

type ToldFact = Pick<FactRow, 'kind' | 'value' | 'sinceOn' | 'source' | 'inquiredOn'>;

const isSameFact = (kept: ToldFact, given: ToldFact): boolean =>
  kept.kind === given.kind &&
  kept.value === given.value &&
  kept.sinceOn === given.sinceOn &&
  kept.source === given.source &&
  kept.inquiredOn === given.inquiredOn;

/** Hands a person over to a county that has a case of theirs, or to an office or branch. */
export async function reachPerson(
  doing: Doing,
  { personId, order }: { readonly personId: string; readonly order: ReachOrder },
): Done<{ id: Id }> {
  const { tx, provinceId } = doing;
  const found = await findChangeable(doing, personId);
  if (!found.ok) return found;
  const { countyCode, officeId } = order;
  const reader = countyCode ?? officeId;
  if (reader === null || (countyCode !== null && officeId !== null))
    return refused({ kind: 'ReachNeedsOne', field: 'officeId' });
  if (countyCode !== null && !(await hasCounty(tx, { provinceId, countyCode })))
    return refused({ kind: 'CountyElsewhere', countyCode, field: 'countyCode' });
  if (officeId !== null && !(await hasOffice(tx, { provinceId, officeId })))
    return refused({ kind: 'OfficeUnknown', field: 'officeId' });
  await openTo(doing, found.value, { reader, reason: order.reason });
  return ok({ id: found.value.personId });
}

/** Erases what is told of a person under a letter that orders it. The act stays, and the keyed hash (L4). */
export async function erasePerson(
  doing: Doing,
  { personId, order }: { readonly personId: string; readonly order: ErasureOrder },
): Done<{ id: Id }> {
  const { tx, provinceId } = doing;
  const person = await findPerson(tx, { provinceId, personId });
  if (person === undefined) return refused({ kind: 'PersonMissing' });
  if (person.erasureId !== null) return refused({ kind: 'PersonErased' });
  await lockPerson(tx, { provinceId, personId });
  await deleteWords(tx, provinceId, wordsOf(person));
  await eraseFacts(tx, { provinceId, personId, order, by: recorder(doing) });
  await noteDeed(doing, 'party.person_erased', personId, { erasure: order.id });
  return ok({ id: id(order.id) });
}
