import { assert, must, ok, refused } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import { unborn } from '#kernel/state.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Act, ActBy, ActChoice, ActOrder, Case, CaseRefusal } from './contract.ts';

/** The next state, or undefined when the table refuses the act or knows no such state or act. */
function nextState(kind: CaseKind, state: string, act: string): string | undefined {
  const acts = Object.hasOwn(kind.table, state) ? kind.table[state] : undefined;
  const to = acts !== undefined && Object.hasOwn(acts, act) ? acts[act] : undefined;
  return to === 'refused' ? undefined : to;
}

const roleMay = (kind: CaseKind, act: string, role: string): boolean =>
  Object.hasOwn(kind.may, act) && must(kind.may[act], act).includes(role);

const lawfulIn = (kind: CaseKind, act: string): string[] =>
  Object.keys(kind.table).filter((state) => nextState(kind, state, act) !== undefined);

type Judged = {
  readonly kind: CaseKind;
  readonly state: string;
  readonly act: string;
  readonly role: string;
};

/**
 * Who may is asked before what is lawful: a role that has no business with an act learns nothing of the case.
 */
function actRefusal({ kind, state, act, role }: Judged): ActChoice['because'] {
  const known = Object.hasOwn(kind.may, act);
  if (known && !roleMay(kind, act, role))
    return { kind: 'ActNotYours', act, role, may: must(kind.may[act], act) };
  if (nextState(kind, state, act) !== undefined) return null;
  return { kind: 'ActUnlawful', state, act, lawfulIn: lawfulIn(kind, act) };
}

/** Whether the role may bring a case of this kind into being. */
export function decideOpening({ kind, by }: { kind: CaseKind; by: ActBy }): Result<string, CaseRefusal> {
  const { act, state, may } = kind.start;
  if (!may.includes(by.role)) return refused({ kind: 'ActNotYours', act, role: by.role, may });
  return ok(state);
}

export type ActFactsToJudge = {
  readonly kind: CaseKind;
  readonly file: Case;
  readonly order: ActOrder;
  readonly by: ActBy;
};

/** The state to which an act leads, or why it may not be done now by this officer. */
export function decideAct({ kind, file, order, by }: ActFactsToJudge): Result<string, CaseRefusal> {
  assert(file.kind === kind.kind, `case ${file.id} is of kind ${file.kind}, not ${kind.kind}`);
  const refusal = actRefusal({ kind, state: file.state, act: order.act, role: by.role });
  if (refusal?.kind === 'ActNotYours') return refused(refusal);
  // A case that moved on explains more than the act that has become unlawful by it.
  if (order.seenVersion !== null && order.seenVersion !== file.version)
    return refused({ kind: 'CaseMovedOn', seen: order.seenVersion, now: file.version });
  if (refusal !== null) return refused(refusal);
  return ok(must(nextState(kind, file.state, order.act), 'a lawful act leads somewhere'));
}

/** Every act of the kind with whether the role may do it in this state: the buttons under the case line. */
export const choicesOf = (kind: CaseKind, state: string, role: string): ActChoice[] =>
  Object.keys(kind.may).map((act) => {
    const because = actRefusal({ kind, state, act, role });
    return { act, lawful: because === null, because };
  });

type AskedAct = Omit<ActOrder, 'seenVersion'>;

const contentOf = (order: AskedAct, by: ActBy): string =>
  JSON.stringify([
    order.id,
    order.caseId,
    order.act,
    Object.entries(order.facts).sort(([a], [b]) => (a < b ? -1 : 1)),
    order.reason,
    order.happenedOn,
    by.userId,
    by.personId,
    by.role,
  ]);

/** Whether a stored act is the one that is asked for again (L5); who asks belongs to it. */
export const isSameAct = (stored: Act, order: AskedAct, by: ActBy): boolean =>
  contentOf(stored, stored.by) === contentOf(order, by);

/** The case right after an act. */
export const caseAfter = (act: Act): Case => ({
  provinceId: act.provinceId,
  id: act.caseId,
  kind: act.kind,
  state: act.toState,
  version: act.seq,
  countyCode: act.countyCode,
  officeId: act.officeId,
  subjectId: act.subjectId,
});

/** A case from its acts, in their order. Throws when they do not follow on one another from the first. */
export function replayCase(acts: readonly Act[]): Case {
  let state: string = unborn;
  acts.forEach((act, index) => {
    assert(act.seq === index + 1, `case ${act.caseId}: act ${act.seq} where ${index + 1} is due`);
    assert(act.fromState === state, `case ${act.caseId}: act ${act.seq} does not start from ${state}`);
    state = act.toState;
  });
  return caseAfter(must(acts.at(-1), 'a case has at least the act that opened it'));
}
