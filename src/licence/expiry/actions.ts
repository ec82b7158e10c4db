import { lockAll } from '#casework/batch/actions.ts';
import { caseTopic } from '#casework/contract.ts';
import { provincesOf } from '#casework/escalation/actions.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import { ok } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, noScope, read, type Database, type Tx } from '#platform/db.ts';
import type { Job } from '#platform/jobs.ts';
import { writeMessages } from '#platform/outbox.ts';
import { licenceKind, renewalDays } from '../rules.ts';
import { nearExpiry } from './contract.ts';
import { listExpiring, type ExpiringAsked } from './queries.ts';

export type Watch = { readonly db: Database; readonly clock: Clock };

/** Looks every hour for licences that may be renewed from today on. */
export const expiryJob = (watch: Watch): Job => ({
  name: 'licence-expiry',
  every: 3_600_000,
  run: (signal) => tellExpiring(watch, signal),
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
