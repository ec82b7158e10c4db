import { dayOfInstant } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { Id } from '#kernel/id.ts';
import { ok } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { postTransfers } from '../actions.ts';
import type { Transfer, TransferOrder, TransferRefusal } from '../contract.ts';
import { findTransfers } from '../transfer/queries.ts';
import { findDue } from './queries.ts';

/** The kind of transfer by which the ledger itself ends what nobody confirmed in time. */
const expiryKind = 'expire';

/**
 * Voids the pending transfers of a province that ran out, the longest due first, each by a transfer of its own
 * of the kind `expire`; at most `most` of them. Gives back which were ended: what somebody else ended at the
 * same moment is left out, and less than `most` means that nothing else was due. Whether it has run or not, what
 * ran out is confirmed no more; running it gives the held sums back.
 */
export async function expirePending(
  tx: Tx,
  due: { readonly provinceId: number; readonly clock: Clock; readonly most: number },
): Promise<Result<readonly Id[], TransferRefusal>> {
  const { provinceId, clock, most } = due;
  const at = clock.now();
  const ids = await findDue(tx, { provinceId, at, most });
  if (ids.length === 0) return ok([]);
  const pendings = await findTransfers(tx, { provinceId, ids });
  const orders = pendings.map((pending) => endingOf(pending, at));
  const posted = await postTransfers(tx, { provinceId, orders, mode: 'unlinked', clock });
  if (!posted.ok) return posted;
  return ok(
    pendings.filter((_, index) => posted.value[index]?.outcome === 'posted').map((pending) => pending.id),
  );
}

const endingOf = (pending: Transfer, at: Date): TransferOrder => ({
  id: newId(at.getTime()),
  phase: 'void',
  pendingId: pending.id,
  debitAccountId: pending.debitAccountId,
  creditAccountId: pending.creditAccountId,
  amount: pending.amount,
  kind: expiryKind,
  referenceId: pending.referenceId,
  reversesId: pending.reversesId,
  happenedOn: dayOfInstant(pending.expiresAt?.getTime() ?? at.getTime()),
});
