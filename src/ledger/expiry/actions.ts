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
import { type Due, findDue } from './queries.ts';

/** The kind of transfer by which the ledger itself ends what nobody confirmed in time. */
const expiryKind = 'expire';

/**
 * The pending transfers of a province that ran out and stand, the longest due first: for a room that has to write
 * something beside their end, and locks what it writes it on before it calls `expirePending` with their ids.
 */
export async function listDue(tx: Tx, due: Due): Promise<Transfer[]> {
  const ids = await findDue(tx, due);
  return ids.length === 0 ? [] : findTransfers(tx, { provinceId: due.provinceId, ids });
}

/**
 * Voids the pending transfers of a province that ran out, the longest due first, each by a transfer of its own
 * of the kind `expire`; at most `most` of them, and only of `among` where that is given. Gives back which were ended: what somebody else ended at the
 * same moment is left out, and less than `most` means that nothing else was due. Whether it has run or not, what
 * ran out is confirmed no more; running it gives the held sums back.
 */
export async function expirePending(
  tx: Tx,
  due: Omit<Due, 'at'> & { readonly clock: Clock },
): Promise<Result<readonly Id[], TransferRefusal>> {
  const { provinceId, clock } = due;
  const at = clock.now();
  const pendings = await listDue(tx, { ...due, at });
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
