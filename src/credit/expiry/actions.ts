import { actOnAll, lockAll } from '#casework/batch/actions.ts';
import { type ActOrder, clockBy } from '#casework/contract.ts';
import { provincesOf } from '#casework/escalation/actions.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { assert, must, ok } from '#kernel/result.ts';
import { expirePending, listDue } from '#ledger/expiry/actions.ts';
import type { Transfer } from '#ledger/contract.ts';
import type { Clock } from '#platform/clock.ts';
import { type Database, inTransaction, noScope, read } from '#platform/db.ts';
import type { Job } from '#platform/jobs.ts';
import type { Doing, Done } from '../actions.ts';
import { awardKind } from '../rules.ts';

export type Watch = { readonly db: Database; readonly clock: Clock };

/** Looks every minute for reports whose time has passed. */
export const expiryJob = (watch: Watch): Job => ({
  name: 'expire-reports',
  every: 60_000,
  run: (signal) => expireReports(watch, signal),
});

/** So many at once that one transaction holds the accounts of busy slices for a moment only. */
const batch = 200;

/**
 * Ends what branches reported and nobody confirmed or declined in time, province by province: the sum is free again
 * and the case of the award says why, both in one transaction. Cut off anywhere, the next look goes on; what
 * another machine ended meanwhile is left alone. Gives back how many it ended.
 */
export async function expireReports({ db, clock }: Watch, signal?: AbortSignal): Promise<number> {
  const isOver = (): boolean => signal?.aborted ?? false;
  let ended = 0;
  for (const provinceId of await provincesOf(db)) {
    const scope = { ...noScope, province: provinceId };
    for (let more = true; more && !isOver();) {
      const asked = { provinceId, at: clock.now(), most: batch };
      const due = await read(db, scope, (tx) => listDue(tx, asked));
      if (due.length === 0) break;
      const told = await inTransaction(db, scope, async (tx) => {
        // Whoever confirms or declines a report holds its case: what is still due after this stays so.
        await lockAll(tx, {
          provinceId,
          caseIds: [...new Set(reportsIn(due).map((one) => one.referenceId))],
        });
        const among = due.map(({ id }) => id);
        return endAll({ tx, clock, provinceId }, await listDue(tx, { ...asked, among }));
      });
      ended += must(told.ok ? told.value : undefined, 'nothing refuses an expiry');
      more = due.length === batch;
    }
  }
  return ended;
}

const reportsIn = (due: readonly Transfer[]): Transfer[] => due.filter(({ kind }) => kind === 'pay');

async function endAll(
  { tx, clock, provinceId }: Pick<Doing, 'tx' | 'clock' | 'provinceId'>,
  due: readonly Transfer[],
): Done<number> {
  const orders = reportsIn(due).map((report): ActOrder => ({
    id: newId(clock.now().getTime()),
    caseId: report.referenceId,
    act: 'expire_report',
    seenVersion: null,
    facts: { amount: report.amount.toString() },
    reason: null,
    happenedOn: dayOfInstant(must(report.expiresAt ?? undefined, 'the end of a report').getTime()),
  }));
  const acted = await actOnAll(tx, awardKind, { provinceId, orders, by: clockBy, clock });
  if (!acted.ok) return acted;
  const among = due.map(({ id }) => id);
  const ended = await expirePending(tx, { provinceId, clock, most: among.length, among });
  if (!ended.ok) return ended;
  assert(
    ended.value.length === among.length,
    'a report that was due under the lock of its case ended otherwise',
  );
  return ok(among.length);
}
