import { actOnAll, lockAll } from '#casework/batch/actions.ts';
import { caseTopic, clockBy, type CaseRefusal } from '#casework/contract.ts';
import { provincesOf } from '#casework/escalation/actions.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { must, ok, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, noScope, read, type Database, type Tx } from '#platform/db.ts';
import type { Job } from '#platform/jobs.ts';
import { writeMessages } from '#platform/outbox.ts';
import { updateRequest } from '../request/queries.ts';
import { licenceKind, renewalDays, requestKind } from '../rules.ts';
import { nearExpiry } from './contract.ts';
import { listExpiring, listUnobjected, type ExpiringAsked, type UnobjectedAsked } from './queries.ts';

export type Watch = { readonly db: Database; readonly clock: Clock };

/** Looks every hour for licences that may be renewed from today on, and for refusals to which nobody objected in time. */
export const expiryJob = (watch: Watch): Job => ({
  name: 'licence-expiry',
  every: 3_600_000,
  run: async (signal) => {
    await tellExpiring(watch, signal);
    await closeUnobjected(watch, signal);
  },
});

const batch = 100;

/**
 * Tells each holder once that a licence comes to its end, from the day on which it may be renewed. Gives back how
 * many were told. Cut off anywhere, the next look goes on.
 */
export async function tellExpiring({ db, clock }: Watch, signal?: AbortSignal): Promise<number> {
  const isOver = (): boolean => signal?.aborted ?? false;
  let told = 0;
  for (const provinceId of await provincesOf(db)) {
    const scope = { ...noScope, province: provinceId };
    const today = dayOfInstant(clock.now().getTime());
    const asked = { provinceId, today, until: addDays(today, renewalDays), limit: batch };
    for (let more = true; more && !isOver();) {
      const due = await read(db, scope, (tx) => listExpiring(tx, asked));
      if (due.length > 0)
        await inTransaction(db, scope, async (tx) => {
          const among = due.map(({ licenceId }) => licenceId);
          told += await tellAll(tx, clock, { ...asked, among });
          return ok();
        });
      more = due.length === batch;
    }
  }
  return told;
}

async function tellAll(
  tx: Tx,
  clock: Clock,
  asked: ExpiringAsked & { readonly among: NonNullable<ExpiringAsked['among']> },
): Promise<number> {
  const { provinceId, among } = asked;
  // Another machine that tells, and whoever ends the licence, holds its case: what is left after this is ours to tell.
  await lockAll(tx, { provinceId, caseIds: among });
  const left = await listExpiring(tx, asked);
  await writeMessages(
    tx,
    left.map(({ licenceId, subjectId, countyCode, officeId, expiresOn }) => ({
      provinceId,
      channel: 'sms',
      personId: subjectId,
      role: null,
      countyCode,
      officeId,
      topic: caseTopic,
      subjectId: licenceId,
      facts: { kind: licenceKind.kind, act: null, state: nearExpiry, expiresOn },
    })),
    clock,
  );
  return left.length;
}

/**
 * Closes requests that were turned down and to which nobody objected within the limit: until then they wait for the
 * applicant and the county office. Gives back how many were closed. Cut off anywhere, the next look goes on.
 */
export async function closeUnobjected({ db, clock }: Watch, signal?: AbortSignal): Promise<number> {
  const isOver = (): boolean => signal?.aborted ?? false;
  let closed = 0;
  for (const provinceId of await provincesOf(db)) {
    const scope = { ...noScope, province: provinceId };
    const asked = { provinceId, today: dayOfInstant(clock.now().getTime()), limit: batch };
    for (let more = true; more && !isOver();) {
      const due = await read(db, scope, (tx) => listUnobjected(tx, asked));
      if (due.length > 0) {
        const done = await inTransaction(db, scope, async (tx) =>
          closeAll(tx, clock, { ...asked, among: due }),
        );
        closed += must(
          done.ok ? done.value : undefined,
          'nothing refuses the clock under the lock of the case',
        );
      }
      more = due.length === batch;
    }
  }
  return closed;
}

async function closeAll(
  tx: Tx,
  clock: Clock,
  asked: UnobjectedAsked & { readonly among: NonNullable<UnobjectedAsked['among']> },
): Promise<Result<number, CaseRefusal>> {
  const { provinceId, among, today } = asked;
  // Whoever objects holds the case: what is still turned down after this is ours to close.
  await lockAll(tx, { provinceId, caseIds: among });
  const left = await listUnobjected(tx, asked);
  const acted = await actOnAll(tx, requestKind, {
    provinceId,
    orders: left.map((caseId) => ({
      id: newId(clock.now().getTime()),
      caseId,
      act: 'close_unobjected',
      seenVersion: null,
      facts: {},
      reason: null,
      happenedOn: today,
    })),
    by: clockBy,
    clock,
  });
  if (!acted.ok) return acted;
  for (const { caseId, seq, recordedAt } of acted.value)
    await updateRequest(tx, {
      provinceId,
      requestId: caseId,
      state: 'upheld',
      version: seq,
      movedAt: recordedAt,
      again: null,
    });
  return ok(left.length);
}
