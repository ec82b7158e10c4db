import type { DocumentSubject } from '#document/actions.ts';
import type { Id } from '#kernel/id.ts';
import { assert, ok, refused } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import { transitionsOf, unborn } from '#kernel/state.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Tx } from '#platform/db.ts';
import type { Act, ActBy, ActChoice, Acted, ActOrder, Case, CaseRefusal, Opening } from './contract.ts';
import {
  findAct,
  findCase,
  insertAct,
  insertCase,
  listActs,
  lockCase,
  replaceTransitions,
  updateCase,
} from './queries.ts';
import type { CaseId } from './queries.ts';
import { caseAfter, choicesOf, decideAct, decideOpening, isSameAct, replayCase } from './rules.ts';

/**
 * Writes the lawful steps of all kinds of case into the reference table to which every act is tied. Run after
 * each migration, as the owner, with the kinds of all rooms: a step that is not among them is withdrawn.
 */
export async function syncTransitions(ownerDb: Database, kinds: readonly CaseKind[]): Promise<void> {
  const names = kinds.map(({ kind }) => kind);
  assert(new Set(names).size === names.length, `two kinds of case bear one name: ${names.join(', ')}`);
  await ownerDb.transaction().execute((tx) => replaceTransitions(tx, kinds.flatMap(transitionsOf)));
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
    kind: kind.kind,
    seq: 1,
    act: kind.start.act,
    fromState: unborn,
    toState: decision.value,
    by: doerOf(by),
    recordedAt: clock.now(),
  };
  const file = caseAfter(birth);
  // The insert waits for a double click that came first; its act is seen right after.
  if (await insertCase(tx, { file, movedAt: birth.recordedAt })) return append(tx, birth, file);
  const meanwhile = await answerBefore(tx, { provinceId: opening.provinceId, order, by });
  return meanwhile ?? refused({ kind: 'ActOtherContent', actId: opening.id });
}

export type ActCommand = {
  readonly provinceId: number;
  readonly order: ActOrder;
  readonly by: ActBy;
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
  const decision = decideAct({ kind, file, order, by });
  if (!decision.ok) return decision;
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
    subjectId: file.subjectId,
    facts: order.facts,
    reason: order.reason,
    happenedOn: order.happenedOn,
    // Never before the act it follows, whatever the clocks of two machines say (L12).
    recordedAt: new Date(Math.max(clock.now().getTime(), movedAt.getTime())),
  };
  const answer = await append(tx, done, caseAfter(done));
  if (answer.ok) await updateCase(tx, { file: answer.value.case, movedAt: done.recordedAt });
  return answer;
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

/** An id that somebody else took for another case meanwhile is refused; the caller's transaction rolls back. */
async function append(tx: Tx, done: Act, file: Case): Promise<Result<Acted, CaseRefusal>> {
  const stored = await insertAct(tx, done);
  if (!stored) return refused({ kind: 'ActOtherContent', actId: done.id });
  return ok({ case: file, act: done, outcome: 'acted' });
}

/** The case as it stands; undefined when there is none in the reader's scope. */
export const caseOf = async (tx: Tx, id: CaseId): Promise<Case | undefined> => (await findCase(tx, id))?.file;

/** Every act of a case in its order; empty when there is no such case in the reader's scope. */
export const timelineOf = (tx: Tx, id: CaseId): Promise<Act[]> => listActs(tx, id);

/** The acts of a case up to an instant, and so the case as it stood then; undefined when it was not born. */
export async function caseAsOf(tx: Tx, id: CaseId, asOf: Date): Promise<Case | undefined> {
  const acts = (await listActs(tx, id)).filter((done) => done.recordedAt <= asOf);
  return acts.length === 0 ? undefined : replayCase(acts);
}

/** Writes the projection of a case anew from its acts, and gives it back. Throws when there is no such case. */
export async function rebuild(
  tx: Tx,
  { provinceId, caseId }: { readonly provinceId: number; readonly caseId: Id },
): Promise<Case> {
  await lockCase(tx, { provinceId, caseId });
  const acts = await listActs(tx, { provinceId, caseId });
  const file = replayCase(acts);
  const latest = acts.reduce((a, { recordedAt }) => (recordedAt > a ? recordedAt : a), new Date(0));
  await updateCase(tx, { file, movedAt: latest });
  return file;
}

/** The buttons under the case line: every act of the kind, lawful now or with the reason why not (L10). */
export const choicesFor = (kind: CaseKind, state: string, role: string): ActChoice[] =>
  choicesOf(kind, state, role);

/** Files on any case lie where the case lies, and are about whom it is about. */
export const caseSubject: DocumentSubject = {
  kind: 'case',
  attach: ['director', 'deputy', 'county_office', 'agency', 'bank', 'applicant'],
  findPlace: async (tx, { provinceId, subjectId }) => {
    const file = await caseOf(tx, { provinceId, caseId: subjectId });
    return file && { countyCode: file.countyCode, officeId: file.officeId, personId: file.subjectId };
  },
};
