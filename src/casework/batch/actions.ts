import { dayOfInstant } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { writeMessages } from '#platform/outbox.ts';
import { calendarOf, messageOf } from '../actions.ts';
import type { Act, ActOrder, Calendar, CaseRefusal, Doer } from '../contract.ts';
import type { CaseFile } from '../queries.ts';
import { caseAfter, decideAct, dueIn, officesIn, waitIn } from '../rules.ts';
import { insertActs, lockCases, replaceTasksOfAll, updateCases } from './queries.ts';

/** Locks the cases of a batch, so that what is decided about them holds until this transaction ends. */
export async function lockAll(
  tx: Tx,
  asked: { readonly provinceId: number; readonly caseIds: readonly Id[] },
): Promise<void> {
  await lockCases(tx, asked);
}

export type Batch = {
  readonly provinceId: number;
  /** In the order in which they are done; a case may be acted on several times. */
  readonly orders: readonly ActOrder[];
  readonly by: Doer;
  readonly clock: Clock;
};

/**
 * Acts on many cases of one kind, all or none, by a handful of statements whatever their number. The acts are judged
 * by the same rule as a single one, and leave behind what a single one leaves. Their ids are made for the batch: that
 * it acts once is its caller's own key (L5).
 */
export async function actOnAll(
  tx: Tx,
  kind: CaseKind,
  { provinceId, orders, by, clock }: Batch,
): Promise<Result<readonly Act[], CaseRefusal>> {
  if (orders.length === 0) return ok([]);
  const caseIds = [...new Set(orders.map(({ caseId }) => caseId))];
  const cases = new Map<Id, CaseFile>(
    (await lockCases(tx, { provinceId, caseIds })).map((one) => [one.file.id, one]),
  );
  const calendar = await calendarOf(tx);
  const now = clock.now();
  const acts: Act[] = [];
  for (const order of orders) {
    const found = cases.get(order.caseId);
    if (found === undefined) return refused({ kind: 'CaseMissing', caseId: order.caseId });
    const { file, movedAt } = found;
    const stand = { ...found, today: dayOfInstant(now.getTime()) };
    const decision = decideAct({ kind, file, order, by, stand });
    if (!decision.ok) return decision;
    const { seenVersion: _seen, ...asked } = order;
    const done: Act = {
      ...asked,
      provinceId,
      kind: file.kind,
      seq: file.version + 1,
      fromState: file.state,
      toState: decision.value,
      by: { userId: by.userId, personId: by.personId, role: by.role },
      countyCode: file.countyCode,
      officeId: file.officeId,
      reviewOfficeId: file.reviewOfficeId,
      subjectId: file.subjectId,
      recordedAt: now > movedAt ? now : movedAt,
    };
    acts.push(done);
    cases.set(order.caseId, standAfter(kind, done, { before: found, calendar }));
  }
  await store(tx, { provinceId, kind, acts, cases: [...cases.values()], clock });
  return ok(acts);
}

/** A limit begins when a state is entered, not when an act stays in it. */
function standAfter(
  kind: CaseKind,
  done: Act,
  { before, calendar }: { readonly before: CaseFile; readonly calendar: Calendar },
): CaseFile {
  const sinceOn = done.fromState === done.toState ? before.sinceOn : done.happenedOn;
  return {
    ...before,
    file: caseAfter(done),
    movedAt: done.recordedAt,
    sinceOn,
    dueOn: dueIn(kind, done.toState, { sinceOn, calendar }),
  };
}

async function store(
  tx: Tx,
  given: {
    readonly provinceId: number;
    readonly kind: CaseKind;
    readonly acts: readonly Act[];
    readonly cases: readonly CaseFile[];
    readonly clock: Clock;
  },
): Promise<void> {
  const { provinceId, kind, acts, cases, clock } = given;
  await insertActs(tx, acts);
  await updateCases(tx, provinceId, cases);
  await replaceTasksOfAll(
    tx,
    provinceId,
    cases.map((stood) => ({
      stood,
      on: waitIn(kind, stood.file.state)?.on ?? [],
      ...officesIn(kind, stood.file.state, stood.file),
    })),
  );
  await writeMessages(
    tx,
    acts.flatMap((done) => messageOf(kind, done) ?? []),
    clock,
  );
}
