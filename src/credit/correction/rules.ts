import { normalise } from '#kernel/persian.ts';
import { type Rial, minus, plus } from '#kernel/rial.ts';
import { type No, type Ok, ok, refused } from '#kernel/result.ts';
import { type CorrectionAct, type CorrectionRefusal, correctionActs } from './contract.ts';

type Refusal = No<CorrectionRefusal>;

/** A confirmed payment; one that was taken back stands no more. */
export type Payment = { readonly id: string; readonly amount: Rial; readonly stands: boolean };

/** A correction takes something of a standing payment back. More than it is no correction: it is another payment. */
export function decideCorrection(order: {
  readonly payment: Payment | undefined;
  readonly paymentId: string;
  readonly amount: Rial;
  readonly reason: string;
}): Ok<undefined> | Refusal {
  const { payment, paymentId, amount, reason } = order;
  if (normalise(reason) === '') return refused({ kind: 'CorrectionUnreasoned' });
  if (payment === undefined) return refused({ kind: 'PaymentMissing', paymentId });
  if (!payment.stands) return refused({ kind: 'PaymentTakenBack', paymentId });
  return amount < payment.amount
    ? ok()
    : refused({ kind: 'CorrectionNotLess', paid: payment.amount, asked: amount });
}

export type ProposedCorrection = {
  readonly id: string;
  readonly proposedByPerson: string;
  /** The act that confirmed it, if any. */
  readonly approvalId: string | null;
};

/** Whether this person may confirm a correction: another one's, the newest of its award, not yet confirmed (L6). */
export function decideApproval(order: {
  readonly correction: ProposedCorrection;
  readonly newestId: string;
  readonly personId: string;
}): Ok<undefined> | Refusal {
  const { correction, newestId, personId } = order;
  if (correction.proposedByPerson === personId)
    return refused({ kind: 'OwnCorrection', correctionId: correction.id });
  if (correction.approvalId !== null) return refused({ kind: 'CorrectionDone', correctionId: correction.id });
  return newestId === correction.id ? ok() : refused({ kind: 'CorrectionSuperseded', newerId: newestId });
}

/** Which act a confirmed correction is on its award: with nothing left paid the award is contracted again. */
export const actOf = (order: {
  readonly paid: Rial;
  readonly payment: Rial;
  readonly amount: Rial;
}): CorrectionAct =>
  plus(minus(order.paid, order.payment), order.amount) === 0n ? 'correct_in_whole' : 'correct_in_part';

/** A correction is done after the deeds it mends, so what it follows says nothing of the day of the next payment. */
export const isCorrection = (act: string): boolean => correctionActs.some((name) => name === act);
