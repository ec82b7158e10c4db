import type { Actor, Role } from '#kernel/actor.ts';
import { dayOfInstant, type Day } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { act, caseOf } from '../actions.ts';
import {
  toldAfter,
  type Acted,
  type ActOrder,
  type Aftermath,
  type CaseWords,
  type StateWords,
} from '../contract.ts';
import { type CaseId, lockCase } from '../queries.ts';
import { findHold } from '../task/queries.ts';
import type { ActForm, ActRefusal, BulkForm, HoldForm } from './contract.ts';
import { findNaming, insertHold, setHolder, tryRow } from './queries.ts';

export type ActDoing = {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly provinceId: number;
  readonly by: Actor;
};

/** Does an act with what it brings about elsewhere, e.g. its transfers, in the transaction it is given. */
export type CaseDeed = (doing: ActDoing, order: ActOrder) => Promise<Result<Acted, ActRefusal>>;

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
  doing: ActDoing,
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

export type BulkRow = {
  readonly caseId: Id;
  readonly result: Result<Acted, ActRefusal>;
  readonly ok: boolean;
};

/** The same act on many cases: each row by itself, so that one refusal takes nothing from the others. */
export async function actOnCases(
  doing: ActDoing,
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
  { tx, clock, by }: ActDoing,
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
