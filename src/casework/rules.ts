import { assert, must, ok, refused } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import { unborn } from '#kernel/state.ts';
import type { CaseKind, Wait } from '#kernel/state.ts';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { lastDayOf } from './calendar.ts';
import { clockBy } from './contract.ts';
import type {
  Act,
  ActBy,
  ActChoice,
  ActHindrance,
  ActOrder,
  Calendar,
  Case,
  CaseRefusal,
  CaseStand,
  Doer,
} from './contract.ts';

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
  /** Who asks and where the case stands; left out where only roles and states are asked about. */
  readonly asking?: {
    readonly personId: string;
    /** The office of who asks; null for whoever belongs to none. */
    readonly officeId: string | null;
    readonly file: Pick<Case, 'officeId' | 'reviewOfficeId'>;
    readonly stand: CaseStand;
  };
};

/** The clock does nothing but let a limit lapse that has passed, and what the kind leaves to it. */
function clockRefusal({ kind, state, act, asking }: Judged): ActHindrance | null {
  if (kind.clocked?.includes(act) ?? false)
    return nextState(kind, state, act) === undefined
      ? { kind: 'ActUnlawful', state, act, lawfulIn: lawfulIn(kind, act) }
      : null;
  if (kind.waits?.[state]?.lapse !== act)
    return { kind: 'ActNotYours', act, role: clockBy.role, may: kind.may[act] ?? [] };
  const dueOn = asking?.stand.dueOn ?? null;
  if (asking !== undefined && dueOn !== null && dueOn < asking.stand.today) return null;
  return { kind: 'LimitRuns', act, dueOn: dueOn === null ? null : isoOf(dueOn) };
}

/**
 * Who may is asked before what is lawful: a role that has no business with an act learns nothing of the case.
 */
function actRefusal(judged: Judged): ActHindrance | null {
  const { kind, state, act, role, asking } = judged;
  if (role === clockBy.role) return clockRefusal(judged);
  const known = Object.hasOwn(kind.may, act);
  if (known && !roleMay(kind, act, role))
    return { kind: 'ActNotYours', act, role, may: must(kind.may[act], act) };
  if (nextState(kind, state, act) === undefined)
    return { kind: 'ActUnlawful', state, act, lawfulIn: lawfulIn(kind, act) };
  if (asking === undefined) return null;
  const { personId, officeId, file, stand } = asking;
  // What lies with the directorate no office sees; a room that acts there for an office answers for it.
  const lies = officeIn(kind, state, file);
  if (officeId !== null && lies !== null && officeId !== lies) return { kind: 'ActOfOtherOffice', act };
  const standing = kind.standing?.[act];
  if (standing === 'opener' && personId !== stand.openerId) return { kind: 'ActOfOpener', act };
  if (standing === 'not_opener' && personId === stand.openerId) return { kind: 'ActNotOfOpener', act };
  if (act === kind.parts?.objection && stand.dueOn !== null && stand.dueOn < stand.today)
    return { kind: 'LimitPassed', act, dueOn: isoOf(stand.dueOn) };
  return null;
}

/** Whether an act is not done without a reason. */
export const needsReason = (kind: CaseKind, act: string): boolean =>
  (kind.reasoned?.includes(act) ?? false) ||
  act === kind.parts?.returns?.act ||
  act === kind.parts?.objection;

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
  readonly by: Doer;
  readonly stand: CaseStand;
};

/** The state to which an act leads, or why it may not be done now by this officer. */
export function decideAct(facts: ActFactsToJudge): Result<string, CaseRefusal> {
  const { kind, file, order, by, stand } = facts;
  assert(file.kind === kind.kind, `case ${file.id} is of kind ${file.kind}, not ${kind.kind}`);
  const asking = { personId: by.personId, officeId: by.scope?.office ?? null, file, stand };
  const refusal = actRefusal({ kind, state: file.state, act: order.act, role: by.role, asking });
  if (refusal?.kind === 'ActNotYours') return refused(refusal);
  // A case that moved on explains more than the act that has become unlawful by it.
  if (order.seenVersion !== null && order.seenVersion !== file.version)
    return refused({ kind: 'CaseMovedOn', seen: order.seenVersion, now: file.version });
  if (refusal !== null) return refused(refusal);
  if (needsReason(kind, order.act) && (order.reason ?? '').trim() === '')
    return refused({ kind: 'ActReasonMissing', act: order.act, field: 'reason' });
  return ok(must(nextState(kind, file.state, order.act), 'a lawful act leads somewhere'));
}

/**
 * Every act of the kind with whether the role may do it in this state: the buttons under the case line. With
 * `asking` also whether this person may, today.
 */
export const choicesOf = (
  kind: CaseKind,
  state: string,
  role: string,
  asking?: Judged['asking'],
): ActChoice[] =>
  Object.keys(kind.may).map((act) => {
    const because = actRefusal({ kind, state, act, role, ...(asking === undefined ? {} : { asking }) });
    return { act, lawful: because === null, because };
  });

/** For whom a case waits in a state; undefined when for nobody. */
export function waitIn(kind: CaseKind, state: string): Wait | undefined {
  if (kind.closed.includes(state)) return undefined;
  const declared =
    kind.waits !== undefined && Object.hasOwn(kind.waits, state) ? kind.waits[state] : undefined;
  if (declared === null) return undefined;
  if (declared !== undefined) return declared;
  const acts = Object.keys(kind.may).filter((act) => nextState(kind, state, act) !== undefined);
  const on = [...new Set(acts.flatMap((act) => must(kind.may[act], act)))];
  return on.length === 0 ? undefined : { on };
}

/** The office with which a case lies in a state: the reviewing one where its approval is awaited. */
const officeIn = (
  kind: CaseKind,
  state: string,
  { officeId, reviewOfficeId }: Pick<Case, 'officeId' | 'reviewOfficeId'>,
): Id | null => (waitIn(kind, state)?.at === 'review_office' ? reviewOfficeId : officeId);

/** The two offices of a case: the one for which it waits in a state, and the one that looks on. */
export function officesIn(
  kind: CaseKind,
  state: string,
  file: Pick<Case, 'officeId' | 'reviewOfficeId'>,
): { readonly officeId: Id | null; readonly otherOfficeId: Id | null } {
  const officeId = officeIn(kind, state, file);
  return { officeId, otherOfficeId: officeId === file.officeId ? file.reviewOfficeId : file.officeId };
}

/** The last day of the limit that runs in a state, if one does. */
export function dueIn(
  kind: CaseKind,
  state: string,
  { sinceOn, calendar }: { readonly sinceOn: Day; readonly calendar: Calendar },
): Day | null {
  const limit = waitIn(kind, state)?.limit;
  return limit === undefined ? null : lastDayOf(limit, sinceOn, calendar);
}

/** Since which day a case is in the state in which it is: an act that leads nowhere else starts no limit anew. */
export function sinceOf(acts: readonly Act[]): Day {
  const entered = acts.findLast((act) => act.fromState !== act.toState);
  return must(entered, 'the first act leads out of nothing').happenedOn;
}

/** What is wrong in the declaration of a kind beyond what the compiler sees; empty when nothing is. */
export function faultsOf(kind: CaseKind): string[] {
  const faults: string[] = [];
  const states = Object.keys(kind.table);
  const isAct = (act: string): boolean => Object.hasOwn(kind.may, act);
  const lawful = (act: string): string[] => lawfulIn(kind, act);
  const expect = (right: boolean, fault: string): void =>
    void (right || faults.push(`${kind.kind}: ${fault}`));
  for (const state of kind.closed)
    expect(
      !Object.keys(kind.may).some((act) => lawful(act).includes(state)),
      `${state} is closed, not so its acts`,
    );
  for (const [state, wait] of Object.entries(kind.waits ?? {})) {
    expect(states.includes(state), `waits in ${state}, which is no state`);
    if (wait?.lapse !== undefined) {
      expect(wait.limit !== undefined, `${state} lapses without a limit`);
      expect(
        lawful(wait.lapse).includes(state),
        `${wait.lapse} is not lawful in ${state}, which lapses by it`,
      );
    }
  }
  for (const act of [...(kind.reasoned ?? []), ...(kind.clocked ?? []), ...Object.keys(kind.standing ?? {})])
    expect(isAct(act), `${act} is no act`);
  const { returns, withdrawal, objection } = kind.parts ?? {};
  for (const state of returns === undefined ? [] : lawful(returns.act))
    expect(
      lawful(returns?.resubmit ?? '').includes(nextState(kind, state, returns?.act ?? '') ?? ''),
      `${returns?.act} leads where ${returns?.resubmit} is not lawful`,
    );
  for (const state of withdrawal === undefined ? [] : lawful(withdrawal))
    expect(
      kind.closed.includes(nextState(kind, state, withdrawal ?? '') ?? ''),
      `${withdrawal} leaves it open`,
    );
  for (const state of objection === undefined ? [] : lawful(objection))
    expect(waitIn(kind, state)?.limit !== undefined, `${objection} has no limit in ${state}`);
  for (const part of [returns?.act, withdrawal, objection])
    expect(part === undefined || lawful(part).length > 0, `${part} is lawful nowhere`);
  return faults;
}

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
  reviewOfficeId: act.reviewOfficeId,
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
