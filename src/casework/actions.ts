import { hash } from 'node:crypto';
import { z } from 'zod';
import type { DocumentSubject } from '#document/actions.ts';
import type { Actor } from '#kernel/actor.ts';
import { dayFromIso, dayNumber, dayOfInstant, fiscalYear } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { assert, must, ok, refused } from '#kernel/result.ts';
import type { No, Result } from '#kernel/result.ts';
import { transitionsOf, unborn } from '#kernel/state.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Clock } from '#platform/clock.ts';
import type { ReadCsv } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import { type NewMessage, writeMessage } from '#platform/outbox.ts';
import { caseTopic } from './contract.ts';
import type {
  Act,
  ActBy,
  ActChoice,
  Acted,
  ActOrder,
  Calendar,
  Case,
  CaseRefusal,
  Doer,
  Opening,
} from './contract.ts';
import {
  findAct,
  findCase,
  findNames,
  insertAct,
  insertCase,
  listActs,
  lockCase,
  readCalendar,
  replaceTransitions,
  updateCase,
  upsertHolidays,
  upsertWeekends,
} from './queries.ts';
import type { CaseFile, CaseId } from './queries.ts';
import {
  caseAfter,
  choicesOf,
  decideAct,
  decideOpening,
  dueIn,
  faultsOf,
  isSameAct,
  officesIn,
  replayCase,
  sinceOf,
  waitIn,
} from './rules.ts';
import { trackingNumberOf } from './tracking.ts';
import { findHold, findTracking, insertTracking, replaceTasks } from './task/queries.ts';

/**
 * Writes the lawful steps of all kinds of case into the reference table to which every act is tied. Run after
 * each migration, as the owner, with the kinds of all rooms: a step that is not among them is withdrawn.
 */
export async function syncTransitions(ownerDb: Database, kinds: readonly CaseKind[]): Promise<void> {
  const names = kinds.map(({ kind }) => kind);
  assert(new Set(names).size === names.length, `two kinds of case bear one name: ${names.join(', ')}`);
  const faults = kinds.flatMap(faultsOf);
  assert(faults.length === 0, faults.join('; '));
  await ownerDb.transaction().execute((tx) => replaceTransitions(tx, kinds.flatMap(transitionsOf)));
}

/** Brings the calendar of offices; a second load writes nothing. `owner` is the database as `karsaz_owner`. */
export async function loadCatalogue(owner: Database, readCsv: ReadCsv): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    await upsertHolidays(tx, readCsv('holidays.csv'));
    await upsertWeekends(tx, readCsv('weekends.csv'));
  });
}

/** The last calendar that was asked for, beside the text it was made of: a list needs it, and its days are slow to make. */
let made: { readonly text: string; readonly calendar: Calendar } | null = null;

/** The calendar of offices as it is known now. */
export async function calendarOf(tx: Tx): Promise<Calendar> {
  const text = await readCalendar(tx);
  if (made?.text !== text) made = { text, calendar: calendarIn(text) };
  return made.calendar;
}

const calendarRow = z.object({
  holidays: z.array(z.iso.date()),
  weekends: z.array(z.object({ weekday: z.int(), firstDay: z.iso.date(), lastDay: z.iso.date().nullable() })),
});

function calendarIn(text: string): Calendar {
  const { holidays, weekends } = calendarRow.parse(JSON.parse(text));
  const days = holidays.map(dayFromIso);
  return {
    holidays: new Set(days.map(dayNumber)),
    weekends: weekends.map(({ weekday, firstDay, lastDay }) => ({
      weekday,
      first: dayNumber(dayFromIso(firstDay)),
      last: lastDay === null ? null : dayNumber(dayFromIso(lastDay)),
    })),
    knownUntil: Math.max(0, ...days.map(fiscalYear)),
  };
}

/** An actor carries more (a name, a scope) than an act may keep. */
const doerOf = ({ userId, personId, role }: ActBy): ActBy => ({ userId, personId, role });

export type OpeningOrder = { readonly opening: Opening; readonly by: ActBy; readonly clock: Clock };

/** Brings a case into being by its first act. The same opening twice opens once and answers the same (L5). */
export async function openCase(
  tx: Tx,
  kind: CaseKind,
  { opening, by, clock }: OpeningOrder,
): Promise<Result<Acted, CaseRefusal>> {
  const order = { ...opening, act: kind.start.act };
  const before = await answerBefore(tx, { provinceId: opening.provinceId, order, by });
  if (before !== undefined) return before;
  const decision = decideOpening({ kind, by });
  if (!decision.ok) return decision;
  const birth: Act = {
    ...opening,
    reviewOfficeId: opening.reviewOfficeId ?? null,
    kind: kind.kind,
    seq: 1,
    act: kind.start.act,
    fromState: unborn,
    toState: decision.value,
    by: doerOf(by),
    recordedAt: clock.now(),
  };
  const stood = await standAfter(tx, kind, birth);
  // The insert waits for a double click that came first; its act is seen right after.
  if (await insertCase(tx, stood)) {
    await giveTracking(tx, stood.file);
    return append(tx, { kind, done: birth, stood, clock });
  }
  const meanwhile = await answerBefore(tx, { provinceId: opening.provinceId, order, by });
  return meanwhile ?? refused({ kind: 'ActOtherContent', actId: opening.id });
}

/** How often another number is drawn: at ten million cases in a province one in ten is taken. */
const mostDraws = 40;

/** Gives a new case the number by which people speak of it. */
async function giveTracking(tx: Tx, file: Case): Promise<void> {
  for (let drawn = 0; drawn < mostDraws; drawn += 1)
    if (await insertTracking(tx, file, trackingNumberOf(draw(file.id, drawn)))) return;
  throw new Error(`no tracking number is free for case ${file.id}`);
}

/** Eight digits out of the id, so that the same case draws the same numbers in the same order. */
const draw = (caseId: Id, count: number): string =>
  String(hash('sha256', `${caseId} ${count}`, 'buffer').readUInt32BE() % 100_000_000).padStart(8, '0');

export type ActCommand = {
  readonly provinceId: number;
  readonly order: ActOrder;
  readonly by: Doer;
  readonly clock: Clock;
};

/**
 * Does one act on a case: lock it, see whether this very act was done before, decide, append, move the
 * projection. The caller's transaction carries what the act brings about elsewhere, e.g. its transfers.
 */
export async function act(
  tx: Tx,
  kind: CaseKind,
  { provinceId, order, by, clock }: ActCommand,
): Promise<Result<Acted, CaseRefusal>> {
  const found = await lockCase(tx, { provinceId, caseId: order.caseId });
  if (found === undefined) return refused({ kind: 'CaseMissing', caseId: order.caseId });
  const before = await answerBefore(tx, { provinceId, order, by });
  if (before !== undefined) return before;
  const { file, movedAt } = found;
  const now = clock.now();
  const stand = { ...found, today: dayOfInstant(now.getTime()) };
  const decision = decideAct({ kind, file, order, by, stand });
  if (!decision.ok) return explained(tx, decision, { provinceId, caseId: file.id });
  const done: Act = {
    provinceId,
    id: order.id,
    caseId: file.id,
    kind: file.kind,
    seq: file.version + 1,
    act: order.act,
    fromState: file.state,
    toState: decision.value,
    by: doerOf(by),
    countyCode: file.countyCode,
    officeId: file.officeId,
    reviewOfficeId: file.reviewOfficeId,
    subjectId: file.subjectId,
    facts: order.facts,
    reason: order.reason,
    happenedOn: order.happenedOn,
    // Never before the act it follows, whatever the clocks of two machines say (L12).
    recordedAt: new Date(Math.max(now.getTime(), movedAt.getTime())),
  };
  return append(tx, { kind, done, stood: await standAfter(tx, kind, done, found), clock });
}

/** An officer whose case moved on is told by whom and how, and so loses nothing of either's work. */
async function explained(
  tx: Tx,
  decision: No<CaseRefusal>,
  asked: CaseId,
): Promise<Result<Acted, CaseRefusal>> {
  const { refusal } = decision;
  if (refusal.kind !== 'CaseMovedOn') return decision;
  const acts = (await listActs(tx, asked)).filter(({ seq }) => seq > refusal.seen);
  const names = await findNames(
    tx,
    acts.map(({ by }) => by.userId),
  );
  const meanwhile = acts.map(({ act: done, toState, by, recordedAt }) => ({
    act: done,
    toState,
    byRole: by.role,
    byName: names.get(by.userId) ?? null,
    at: recordedAt.toISOString(),
  }));
  return refused({ ...refusal, meanwhile });
}

/** Where the case stands after an act: a limit begins when a state is entered, not when an act stays in it. */
async function standAfter(tx: Tx, kind: CaseKind, done: Act, before?: CaseFile): Promise<CaseFile> {
  const stays = before !== undefined && done.fromState === done.toState;
  const sinceOn = stays ? before.sinceOn : done.happenedOn;
  return {
    file: caseAfter(done),
    openedAt: before?.openedAt ?? done.recordedAt,
    movedAt: done.recordedAt,
    openerId: before?.openerId ?? done.by.personId,
    sinceOn,
    dueOn: await dueOnOf(tx, kind, { state: done.toState, sinceOn }),
  };
}

/** The last day of a state's limit; the calendar is asked for only where there is one. */
async function dueOnOf(
  tx: Tx,
  kind: CaseKind,
  { state, sinceOn }: { readonly state: string; readonly sinceOn: Day },
): Promise<Day | null> {
  if (waitIn(kind, state)?.limit === undefined) return null;
  return dueIn(kind, state, { sinceOn, calendar: await calendarOf(tx) });
}

/** What was answered when this act was done already; undefined when it is new. */
async function answerBefore(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly order: Omit<ActOrder, 'seenVersion'>;
    readonly by: ActBy;
  },
): Promise<Result<Acted, CaseRefusal> | undefined> {
  const stored = await findAct(tx, { provinceId: asked.provinceId, actId: asked.order.id });
  if (stored === undefined) return undefined;
  if (!isSameAct(stored, asked.order, asked.by))
    return refused({ kind: 'ActOtherContent', actId: asked.order.id });
  return ok({ case: caseAfter(stored), act: stored, outcome: 'replayed' });
}

type Appending = {
  readonly kind: CaseKind;
  readonly done: Act;
  readonly stood: CaseFile;
  readonly clock: Clock;
};

/**
 * Adds the act, and with it what follows from it: where the case stands, for whom it waits, and what its subject is
 * told. An id that somebody else took for another case meanwhile is refused; the caller's transaction rolls back.
 */
async function append(tx: Tx, { kind, done, stood, clock }: Appending): Promise<Result<Acted, CaseRefusal>> {
  if (!(await insertAct(tx, done))) return refused({ kind: 'ActOtherContent', actId: done.id });
  if (done.seq > 1) await updateCase(tx, stood);
  await replaceTasks(tx, {
    stood,
    on: waitIn(kind, done.toState)?.on ?? [],
    ...officesIn(kind, done.toState, stood.file),
    holderId: null,
    isNew: done.seq === 1,
  });
  const message = messageOf(kind, done);
  if (message !== undefined) await writeMessage(tx, message, clock);
  return ok({ case: stood.file, act: done, outcome: 'acted' });
}

/** The one whom a case is about hears of every step that moves it, but for the own ones. */
export function messageOf(kind: CaseKind, done: Act): NewMessage | undefined {
  if (done.subjectId === null || done.subjectId === done.by.personId || done.fromState === done.toState)
    return undefined;
  return {
    provinceId: done.provinceId,
    channel: 'sms',
    personId: done.subjectId,
    role: null,
    countyCode: done.countyCode,
    // Of the office that acted: the one for which the case waited.
    officeId: officesIn(kind, done.fromState, done).officeId,
    topic: caseTopic,
    subjectId: done.caseId,
    facts: { kind: done.kind, act: done.act, state: done.toState, actId: done.id },
  };
}

/** The case as it stands; undefined when there is none in the reader's scope. */
export const caseOf = async (tx: Tx, id: CaseId): Promise<Case | undefined> => (await findCase(tx, id))?.file;

/** The number by which people speak of a case; undefined when there is none in the reader's scope. */
export const trackingOf = findTracking;

/** Every act of a case in its order; empty when there is no such case in the reader's scope. */
export const timelineOf = (tx: Tx, id: CaseId): Promise<Act[]> => listActs(tx, id);

/** The acts of a case up to an instant, and so the case as it stood then; undefined when it was not born. */
export async function caseAsOf(tx: Tx, id: CaseId, asOf: Date): Promise<Case | undefined> {
  const acts = (await listActs(tx, id)).filter((done) => done.recordedAt <= asOf);
  return acts.length === 0 ? undefined : replayCase(acts);
}

/**
 * Writes the projections of a case anew from its acts, the calendar and who holds it. Throws when there is no such
 * case.
 */
export async function rebuild(tx: Tx, kind: CaseKind, { provinceId, caseId }: CaseId): Promise<Case> {
  await lockCase(tx, { provinceId, caseId });
  const acts = await listActs(tx, { provinceId, caseId });
  const file = replayCase(acts);
  const first = must(acts[0], 'a case has its first act');
  const sinceOn = sinceOf(acts);
  const stood: CaseFile = {
    file,
    openedAt: first.recordedAt,
    movedAt: acts.reduce((a, { recordedAt }) => (recordedAt > a ? recordedAt : a), new Date(0)),
    openerId: first.by.personId,
    sinceOn,
    dueOn: await dueOnOf(tx, kind, { state: file.state, sinceOn }),
  };
  await updateCase(tx, stood);
  const hold = await findHold(tx, { provinceId, caseId, version: file.version });
  await replaceTasks(tx, {
    stood,
    on: waitIn(kind, file.state)?.on ?? [],
    ...officesIn(kind, file.state, file),
    holderId: hold?.holderId ?? null,
    isNew: false,
  });
  return file;
}

/** The buttons under the case line: every act of the kind, lawful now or with the reason why not (L10). */
export const choicesFor = (kind: CaseKind, state: string, role: string): ActChoice[] =>
  choicesOf(kind, state, role);

/** The same of one case as it stands, for this actor, today; none where they do not see it. */
export async function choicesOn(
  tx: Tx,
  kind: CaseKind,
  { by, clock, ...at }: CaseId & { readonly by: Actor; readonly clock: Clock },
): Promise<ActChoice[]> {
  const found = await findCase(tx, at);
  if (found === undefined) return [];
  const stand = { ...found, today: dayOfInstant(clock.now().getTime()) };
  const asking = { personId: by.personId, officeId: by.scope.office, file: found.file, stand };
  return choicesOf(kind, found.file.state, by.role, asking);
}

/** Files on any case lie where the case lies, and are about whom it is about. */
export const caseSubject: DocumentSubject = {
  kind: 'case',
  attach: ['director', 'deputy', 'county_office', 'agency', 'bank', 'applicant'],
  findPlace: async (tx, { provinceId, subjectId }) => {
    const file = await caseOf(tx, { provinceId, caseId: subjectId });
    if (file === undefined) return undefined;
    const { countyCode, officeId, reviewOfficeId, subjectId: personId } = file;
    return { countyCode, officeId, reviewOfficeId, personId };
  },
};
