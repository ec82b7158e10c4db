import type { z } from 'zod';
import { act } from '#casework/actions.ts';
import { lockAll } from '#casework/batch/actions.ts';
import { type Id, id } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import { must, ok, refused } from '#kernel/result.ts';
import { postTransfers } from '#ledger/actions.ts';
import type { TransferOrder } from '#ledger/contract.ts';
import { type Doing, type Done, decideRole, doneBefore, fresh, today } from '../actions.ts';
import { type AwardPage, findAwardId, listAwards } from '../award/queries.ts';
import { awardKind } from '../rules.ts';
import type { CorrectionAct, correctionApprovalShape, correctionShape } from './contract.ts';
import {
  type CorrectionRow,
  type PaymentRow,
  insertCorrection,
  insertCorrectionApproval,
  listCorrections,
  listPayments,
} from './queries.ts';
import { actOf, decideApproval, decideCorrection } from './rules.ts';

/** An award on which nobody else acts before this transaction ends, so what was paid of it stays what is read. */
async function lockedAward({ tx, provinceId }: Doing, awardId: string): Done<AwardPage> {
  const caseId = await findAwardId(tx, { provinceId, awardId });
  if (caseId === undefined) return refused({ kind: 'AwardMissing', awardId });
  await lockAll(tx, { provinceId, caseIds: [caseId] });
  const [award] = await listAwards(tx, { provinceId, id: caseId, sliceId: null, before: null, limit: 1 });
  return ok(must(award, 'the locked award'));
}

type Correcting = {
  readonly id: string;
  readonly seenVersion: number;
  readonly name: CorrectionAct;
  readonly facts: Readonly<Record<string, string>>;
  readonly reason: string | null;
};

async function actOnCase(doing: Doing, award: AwardPage, order: Correcting) {
  const { tx, clock, provinceId, by } = doing;
  const actId = id(order.id);
  return act(tx, awardKind, {
    provinceId,
    by,
    clock,
    order: {
      id: actId,
      caseId: award.id,
      act: order.name,
      seenVersion: order.seenVersion,
      facts: order.facts,
      reason: order.reason,
      happenedOn: (await doneBefore(doing, award.id, actId))?.happenedOn ?? today(doing),
    },
  });
}

/** Proposes what of a confirmed payment is right; no rial moves before another person confirms it (L6). */
export async function proposeCorrection(
  doing: Doing,
  { awardId, order }: { readonly awardId: string; readonly order: z.infer<typeof correctionShape> },
): Done<{ id: Id; state: string }> {
  const { tx, provinceId, by } = doing;
  const mine = decideRole(awardKind, 'propose_correction', by.role);
  if (!mine.ok) return mine;
  const found = await lockedAward(doing, awardId);
  if (!found.ok) return found;
  const award = found.value;
  const { paymentId, reason } = order;
  const acted = await actOnCase(doing, award, {
    ...order,
    name: 'propose_correction',
    facts: { payment: paymentId, amount: String(rial(order.amount)) },
  });
  if (!acted.ok) return acted;
  const done = { id: award.id, state: acted.value.case.state };
  if (acted.value.outcome === 'replayed') return ok(done);
  const payments = await listPayments(tx, { provinceId, awardId: award.id });
  const payment = payments.find((one) => one.id === paymentId);
  const amount = rial(order.amount);
  const decision = decideCorrection({ payment, paymentId, amount, reason });
  if (!decision.ok) return decision;
  const { id: standingId, amount: paid } = must(payment, 'a standing payment');
  await insertCorrection(tx, {
    provinceId,
    id: id(order.id),
    awardId: award.id,
    countyCode: award.countyCode,
    paymentId: standingId,
    paid,
    amount,
    reason,
    proposedByPerson: by.personId,
    proposedByUser: by.userId,
  });
  return ok(done);
}

type Approval = {
  readonly awardId: string;
  readonly correctionId: string;
  readonly order: z.infer<typeof correctionApprovalShape>;
};

/** Confirms a correction as another person than who proposed it: the payment is reversed, what is right paid again. */
export async function approveCorrection(
  doing: Doing,
  { awardId, correctionId, order }: Approval,
): Done<{ id: Id; state: string }> {
  const { tx, provinceId, by } = doing;
  const mine = decideRole(awardKind, 'correct_in_part', by.role);
  if (!mine.ok) return mine;
  const found = await lockedAward(doing, awardId);
  if (!found.ok) return found;
  const award = found.value;
  const corrections = await listCorrections(tx, { provinceId, awardId: award.id });
  const correction = corrections.find((one) => one.id === correctionId);
  if (correction === undefined) return refused({ kind: 'CorrectionMissing', correctionId });
  if (correction.approvalId === order.id && correction.approvedByPerson === by.personId) {
    const before = must(await doneBefore(doing, award.id, correction.approvalId), 'the act of an approval');
    return ok({ id: award.id, state: before.toState });
  }
  const newestId = must(corrections[0], 'the newest correction').id;
  const lawful = decideApproval({ correction, newestId, personId: by.personId });
  if (!lawful.ok) return lawful;
  const payments = await listPayments(tx, { provinceId, awardId: award.id });
  const payment = must(
    payments.find((one) => one.id === correction.paymentId && one.stands),
    'the payment of the newest correction stands',
  );
  const { amount, reason } = correction;
  const acted = await actOnCase(doing, award, {
    ...order,
    name: actOf({ paid: award.paid, payment: payment.amount, amount }),
    facts: { correction: correction.id, payment: payment.id, amount: amount.toString() },
    reason,
  });
  if (!acted.ok) return acted;
  await insertCorrectionApproval(tx, {
    provinceId,
    correctionId: correction.id,
    id: acted.value.act.id,
    countyCode: award.countyCode,
    proposedByPerson: correction.proposedByPerson,
    approvedByPerson: by.personId,
    approvedByUser: by.userId,
  });
  const posted = await reverseAndPay(doing, award.id, { payment, correction });
  return posted.ok ? ok({ id: award.id, state: acted.value.case.state }) : posted;
}

/** Both on the day of the payment: the books of that day and year are what they should have been. */
async function reverseAndPay(
  doing: Doing,
  referenceId: Id,
  { payment, correction }: { readonly payment: PaymentRow; readonly correction: CorrectionRow },
): Done<undefined> {
  const { tx, clock, provinceId } = doing;
  const { happenedOn, debitAccountId, creditAccountId } = payment;
  const common = { phase: 'post', pendingId: null, referenceId, happenedOn } as const;
  const reversal: TransferOrder = {
    ...common,
    id: fresh(doing),
    kind: 'correct',
    debitAccountId: creditAccountId,
    creditAccountId: debitAccountId,
    amount: payment.amount,
    reversesId: payment.id,
  };
  const { amount } = correction;
  const right: TransferOrder = {
    ...common,
    id: fresh(doing),
    kind: 'pay',
    debitAccountId,
    creditAccountId,
    amount,
    reversesId: null,
  };
  const orders = amount > 0n ? [reversal, right] : [reversal];
  const posted = await postTransfers(tx, { provinceId, orders, mode: 'linked', clock });
  return posted.ok ? ok() : posted;
}
