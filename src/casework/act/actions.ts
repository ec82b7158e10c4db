import { hash } from 'node:crypto';
import type { Role } from '#kernel/actor.ts';
import { dayOfInstant, type Day } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Refused, type Result, ok, refused } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Tx } from '#platform/db.ts';
import { canonical, type Doing } from '#platform/once.ts';
import { act, caseOf, choicesFor, choicesOn, timelineOf } from '../actions.ts';
import {
  toldAfter,
  type Act,
  type Acted,
  type ActOrder,
  type Aftermath,
  type CaseRefusal,
  type CaseWords,
  type StateWords,
} from '../contract.ts';
import { type CaseId, lockCase } from '../queries.ts';
import { findHold } from '../task/queries.ts';
import type { ActForm, ActRefusal, BulkForm, HoldForm } from './contract.ts';
import { findNaming, insertHold, setHolder, tryRow } from './queries.ts';

/** Does an act with what it brings about elsewhere, e.g. its transfers, in the transaction it is given. */
export type CaseDeed = (doing: Doing, order: ActOrder) => Promise<Result<Acted, ActRefusal>>;

export type CasesAbout = (
  tx: Tx,
  asked: { readonly provinceId: number; readonly caseIds: readonly Id[] },
) => Promise<ReadonlyMap<Id, Bilingual>>;

/** A kind of case as the inbox and the page of a case know it; `app.ts` collects those of all rooms. */
export type CaseDesk = {
  readonly kind: CaseKind;
  readonly words: CaseWords;
  /** The page of its own that a case of the kind has, under /desk; `slug` is that of its province. */
  readonly page?: (at: { readonly slug: string; readonly caseId: Id }) => string;
  /**
   * How its acts are done from the page of the case and in bulk: `plain` where an act is nothing but an act, a deed
   * of the room where it brings something about. Without one, acts are done on the page of its own only.
   */
  readonly deed?: CaseDeed | 'plain';
  /** Acts that need more than a reason, though there is a deed: they are done on the page of its own only. */
  readonly ownPageActs?: readonly string[];
  /**
   * Whoever has its number is told its stage though the case is about nobody: it was opened by somebody unnamed.
   * `with_reason`: once it is closed, they are told the reason too, for nobody else can tell it to them.
   */
  readonly followed?: boolean | 'with_reason';
  /** The screen of the desk on which those who may open a case of the kind begin one. */
  readonly begin?: string;
  /** What each case asks for, e.g. the occupation of a licence, so that two of one kind are told apart. */
  readonly about?: CasesAbout;
  /**
   * What became of a closed case outside of it, e.g. of a licence that was issued and has ended since; undefined
   * while its state says it all. Whoever reads the case is told, so that it may widen its scope: it is asked last.
   */
  readonly aftermath?: (tx: Tx, asked: CaseId & { readonly today: Day }) => Promise<Aftermath | undefined>;
};

/** What a case is told to be: the words of its state, or of what became of it since. */
export async function toldOf(
  tx: Tx,
  desk: CaseDesk,
  asked: CaseId & { readonly state: string; readonly act: string | null; readonly today: Day },
): Promise<{ readonly words: StateWords | undefined; readonly on: Day | null }> {
  const stood = desk.words.states[asked.state];
  const words = stood && { title: stood.title, told: toldAfter(stood, asked.act) };
  const say = desk.words.aftermath;
  if (say === undefined || !desk.kind.closed.includes(asked.state)) return { words, on: null };
  const since = await desk.aftermath?.(tx, asked);
  return since === undefined ? { words, on: null } : { words: say(since), on: since.on };
}

export const deskOf = (desks: readonly CaseDesk[], kind: string): CaseDesk | undefined =>
  desks.find((desk) => desk.kind.kind === kind);

/** True where an act is done on the page that the kind has of its own, and nowhere else. */
export const isElsewhere = ({ deed, ownPageActs = [] }: CaseDesk, name: string): boolean =>
  deed === undefined || ownPageActs.includes(name);

/** Does one act on a case of whatever kind, as its desk says. */
export async function actOnCase(
  doing: Doing,
  desks: readonly CaseDesk[],
  { caseId, form }: { readonly caseId: Id; readonly form: ActForm },
): Promise<Result<Acted, ActRefusal>> {
  const { tx, clock, provinceId, by } = doing;
  const file = await caseOf(tx, { provinceId, caseId });
  const desk = file && deskOf(desks, file.kind);
  if (desk === undefined) return refused({ kind: 'CaseMissing', caseId });
  const order: ActOrder = {
    id: id(form.id),
    caseId,
    act: form.act,
    seenVersion: form.seenVersion,
    facts: {},
    reason: form.reason === '' ? null : form.reason,
    happenedOn: dayOfInstant(clock.now().getTime()),
  };
  if (!Object.hasOwn(desk.kind.may, form.act))
    return refused({ kind: 'ActUnknown', act: form.act, field: 'act', rule: 'known' });
  if (desk.deed === undefined || isElsewhere(desk, form.act))
    return refused({ kind: 'ActElsewhere', act: form.act });
  if (desk.deed !== 'plain') return desk.deed(doing, order);
  return act(tx, desk.kind, { provinceId, order, by, clock });
}

/** Who may is asked before anything is looked up. */
export function decideRole(kind: CaseKind, name: string, role: string): Result<undefined, CaseRefusal> {
  const { act: opening, state, may } = kind.start;
  if (name === opening)
    return may.includes(role) ? ok() : refused({ kind: 'ActNotYours', act: name, role, may });
  const because = choicesFor(kind, state, role).find((choice) => choice.act === name)?.because;
  return because?.kind === 'ActNotYours' ? refused(because) : ok();
}

/** The act that bears this id, when it was done already: sent again on a later day, it is still that act. */
export const doneBefore = async (
  { tx, provinceId }: Pick<Doing, 'tx' | 'provinceId'>,
  caseId: Id,
  actId: string,
): Promise<Act | undefined> => (await timelineOf(tx, { provinceId, caseId })).find((one) => one.id === actId);

/** Tells another order under the same id from the same order sent again (L5), without keeping what stood in it. */
export const hashOf = (order: object): string => hash('sha256', canonical(order), 'hex');

/** A record of a room that stands and falls with its case. */
type CaseRecord = { readonly version: number };

export type RecordAct<Found extends CaseRecord, Refusal extends Refused> = {
  readonly kind: CaseKind;
  /** The act as the room's form has it, with whatever it brings. */
  readonly order: Pick<ActForm, 'id' | 'act' | 'reason'> & { readonly seenVersion: number };
  /** Waits for whoever changes the record, and finds it as it stands then; or why there is none for this reader. */
  readonly find: () => Promise<Result<Found, Refusal>>;
  readonly caseIdOf: (record: Found) => Id;
  /** What the room asks of the act beside state, role and person. */
  readonly decide: (record: Found) => Promise<Result<undefined, Refusal>>;
  /** What the act brings about beside the case. */
  readonly follow: (record: Found, acted: Acted) => Promise<Result<undefined, Refusal>>;
};

/**
 * Does an act on a record of a room with what it brings about. What state and person forbid is told before what the
 * act lacks; an act that is sent again is answered as it was and brings nothing about.
 */
export async function actOnRecord<Found extends CaseRecord, Refusal extends Refused>(
  doing: Doing,
  { kind, order, find, caseIdOf, decide, follow }: RecordAct<Found, Refusal>,
): Promise<Result<{ id: Id }, Refusal | CaseRefusal>> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(kind, order.act, by.role);
  if (!mine.ok) return mine;
  const found = await find();
  if (!found.ok) return found;
  const record = found.value;
  const caseId = caseIdOf(record);
  const before = await doneBefore(doing, caseId, order.id);
  if (before === undefined && order.seenVersion === record.version) {
    const choices = await choicesOn(tx, kind, { provinceId, caseId, by, clock });
    const decided = choices.some((one) => one.act === order.act && one.lawful) ? await decide(record) : ok();
    if (!decided.ok) return decided;
  }
  const acted = await act(tx, kind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId,
      act: order.act,
      seenVersion: order.seenVersion,
      facts: { order: hashOf(order) },
      reason: order.reason === '' ? null : order.reason,
      happenedOn: before?.happenedOn ?? dayOfInstant(clock.now().getTime()),
    },
  });
  if (!acted.ok) return acted;
  const followed = acted.value.outcome === 'acted' ? await follow(record, acted.value) : ok();
  return followed.ok ? ok({ id: caseId }) : followed;
}

export type BulkRow = {
  readonly caseId: Id;
  readonly result: Result<Acted, ActRefusal>;
  readonly ok: boolean;
};

/** The same act on many cases: each row by itself, so that one refusal takes nothing from the others. */
export async function actOnCases(
  doing: Doing,
  desks: readonly CaseDesk[],
  { act: name, reason, cases }: BulkForm,
): Promise<BulkRow[]> {
  const rows = new Map<string, BulkRow>();
  // In one order for everybody, so that two who act on the same cases wait for one another and never in a ring.
  for (const one of cases.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1))) {
    const caseId = id(one.caseId);
    const form = { id: one.id, act: name, seenVersion: one.seenVersion, reason };
    const row = await tryRow(doing.tx, async () => {
      const result = await actOnCase(doing, desks, { caseId, form });
      return { caseId, result, ok: result.ok };
    });
    rows.set(one.id, row);
  }
  return cases.flatMap((one) => rows.get(one.id) ?? []);
}

/** The kinds of case that a role reads; null where it reads all. An editor has to do with the news alone. */
export const kindsFor = (desks: readonly CaseDesk[], role: Role): readonly string[] | null =>
  role === 'editor'
    ? desks.filter(({ kind }) => Object.values(kind.may).flat().includes(role)).map(({ kind }) => kind.kind)
    : null;

/** Takes a case upon oneself, or gives it back; another's is not taken away. */
export async function holdCase(
  { tx, clock, by }: Doing,
  at: CaseId,
  form: HoldForm,
): Promise<Result<undefined, ActRefusal>> {
  const found = await lockCase(tx, at);
  if (found === undefined) return refused({ kind: 'CaseMissing', caseId: at.caseId });
  const { file } = found;
  const last = await findHold(tx, { ...at, version: file.version });
  const holder = last?.holderId ?? null;
  if (holder !== null && holder !== by.personId)
    return refused({ kind: 'CaseHeld', holder: (await findNaming(tx, file))?.holderName ?? null });
  const holderId = form.take ? by.personId : null;
  // One after the other, whatever the clock says: the case is locked.
  const heldAt = new Date(Math.max(clock.now().getTime(), (last?.heldAt.getTime() ?? 0) + 1));
  if (await insertHold(tx, file, { id: form.id, holderId, by, at: heldAt }))
    await setHolder(tx, at, holderId);
  return ok();
}
