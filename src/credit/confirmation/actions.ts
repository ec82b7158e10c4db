import { actOnAll, lockAll } from '#casework/batch/actions.ts';
import type { ActOrder } from '#casework/contract.ts';
import { type Day, dayFromIso } from '#kernel/day.ts';
import { type Id, newId } from '#kernel/id.ts';
import { type Rial, minus, plus, rial, zero } from '#kernel/rial.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { postTransfers } from '#ledger/actions.ts';
import type { TransferOrder } from '#ledger/contract.ts';
import { type AnyRefusal, type Doing, numberOf, today } from '../actions.ts';
import { leftOf } from '../award/rules.ts';
import { type Tell, beginAct, findList } from '../banklist/actions.ts';
import type { BankListRefusal, ConfirmationOrder, Tally } from '../banklist/contract.ts';
import {
  type ListHeadRow,
  type ReportRow,
  insertConfirmation,
  listAwardStandings,
  listFamily,
  listReports,
} from '../banklist/queries.ts';
import { bankListKind, isOwnList } from '../banklist/rules.ts';
import { lockLine } from '../queries.ts';
import { awardKind, decideDay } from '../rules.ts';

type Done<Value> = Promise<Result<Value, AnyRefusal | BankListRefusal>>;

/** What of the payments of a list and those that mend it stands, declined ones left out: one row, one payment. */
export function signedTally(reports: readonly ReportRow[]): Tally {
  const standing = reports.filter(({ ended }) => ended !== 'void');
  return {
    count: new Set(standing.map(({ entryId }) => entryId)).size,
    sum: standing.reduce((sum, { amount }) => plus(sum, amount), zero),
  };
}

type Signed = { readonly signedCount: number; readonly signedSum: Rial; readonly signedDay: Day };

/** Whether a signed list says what was reported, and could have been signed on its day. */
function decideSigned(
  reports: readonly ReportRow[],
  { signedCount, signedSum, signedDay }: Signed,
): Result<undefined, BankListRefusal> {
  const { count, sum } = signedTally(reports);
  if (count !== signedCount || sum !== signedSum)
    return refused({ kind: 'SignedTotalDiffers', count, sum, signedCount, signedSum });
  const lastDay = reports
    .filter(({ ended }) => ended !== 'void')
    .map(({ happenedOn }) => happenedOn)
    .toSorted()
    .at(-1);
  return lastDay !== undefined && signedDay < lastDay
    ? refused({ kind: 'SignedBeforePayment', field: 'signedDay', lastDay })
    : ok();
}

/**
 * Confirms what a list reported, by the bank's signed list whose count and sum agree to the rial; another person
 * than who brought the list (L6, L11). Lists that mend this one are confirmed with it.
 */
export async function confirmList(
  doing: Doing,
  {
    listId,
    order,
    tell,
  }: { readonly listId: string; readonly order: ConfirmationOrder; readonly tell: Tell },
): Done<{ id: Id; state: string }> {
  const { tx, clock, provinceId, by } = doing;
  const signedDay = dayFromIso(order.signedDay);
  const timely = decideDay(signedDay, today(doing));
  if (!timely.ok) return timely;
  const signedNumber = numberOf(order.signedNumber);
  const facts = {
    signedNumber,
    signedDay: order.signedDay,
    signedCount: String(order.signedCount),
    signedSum: String(rial(order.signedSum)),
  };
  const begun = await beginAct(doing, { listId, order, name: 'confirm', facts });
  if (!begun.ok) return begun;
  const { list, state, replayed } = begun.value;
  if (replayed) return ok({ id: list.id, state });
  if (list.mendsId !== null) return refused({ kind: 'NotTheFirstList', mendsId: list.mendsId });
  await lockLine(tx, { provinceId, id: list.lineId });
  const listIds = await listFamily(tx, { provinceId, id: list.id });
  const before = await listReports(tx, { provinceId, listIds });
  await lockAll(tx, { provinceId, caseIds: [...new Set(before.flatMap(({ awardId }) => awardId ?? []))] });
  const reports = await listReports(tx, { provinceId, listIds });
  const [signedCount, signedSum] = [order.signedCount, rial(order.signedSum)];
  const agrees = decideSigned(reports, { signedCount, signedSum, signedDay });
  if (!agrees.ok) return agrees;
  const mending = await closeMending(doing, { list, listIds });
  if (!mending.ok) return mending;
  await insertConfirmation(tx, {
    provinceId,
    listId: list.id,
    uploadedByPerson: list.uploadedByPerson,
    confirmedByPerson: by.personId,
    confirmedByUser: by.userId,
    signedNumber,
    signedDay,
    signedCount,
    signedSum,
  });
  const waiting = reports.filter(({ ended }) => ended === null);
  tell('acts', 0, waiting.length);
  const acted = await actOnAll(tx, awardKind, {
    provinceId,
    orders: await confirmingActs(doing, waiting, { signedNumber, signedDay }),
    by,
    clock,
  });
  if (!acted.ok) return acted;
  tell('transfers', 0, waiting.length);
  const orders = waiting.map((one): TransferOrder => ({
    id: newId(clock.now().getTime()),
    phase: 'confirm',
    pendingId: one.transferId,
    debitAccountId: one.debitAccountId,
    creditAccountId: one.creditAccountId,
    amount: one.amount,
    kind: one.kind,
    referenceId: one.referenceId,
    reversesId: null,
    happenedOn: one.happenedOn,
  }));
  const posted = await postTransfers(tx, { provinceId, orders, mode: 'linked', clock });
  return posted.ok ? ok({ id: list.id, state }) : posted;
}

/** The lists that mend this one are confirmed by the same letter; who brought or recorded one is not its confirmer either. */
async function closeMending(
  doing: Doing,
  { list, listIds }: { readonly list: ListHeadRow; readonly listIds: readonly Id[] },
): Done<undefined> {
  const { tx, clock, provinceId, by } = doing;
  const others = listIds.filter((one) => one !== list.id);
  for (const other of others) {
    const found = await findList(doing, other);
    if (found.ok && isOwnList(found.value, by.personId)) return refused({ kind: 'OwnList', listId: other });
  }
  const orders = others.map((caseId): ActOrder => ({
    id: newId(clock.now().getTime()),
    caseId,
    act: 'confirm',
    seenVersion: null,
    facts: { with: list.id },
    reason: null,
    happenedOn: today(doing),
  }));
  const acted = await actOnAll(tx, bankListKind, { provinceId, orders, by, clock });
  return acted.ok ? ok() : acted;
}

/** The last payment of an award closes it; a part payment leaves the rest contracted. */
async function confirmingActs(
  { tx, clock, provinceId }: Doing,
  waiting: readonly ReportRow[],
  { signedNumber, signedDay }: { readonly signedNumber: string; readonly signedDay: Day },
): Promise<ActOrder[]> {
  const pays = waiting.filter(({ kind, awardId }) => kind === 'pay' && awardId !== null);
  const ids = [...new Set(pays.flatMap(({ awardId }) => awardId ?? []))];
  const standings = new Map(
    (await listAwardStandings(tx, { provinceId, ids })).map((award) => [award.id, award]),
  );
  return pays.map(({ awardId, amount }) => {
    const award = must(standings.get(must(awardId, 'an award')), 'the award of a report');
    const left = minus(leftOf(award), amount);
    return {
      id: newId(clock.now().getTime()),
      caseId: award.id,
      act: left === 0n ? 'confirm_last_payment' : 'confirm_part_payment',
      seenVersion: null,
      facts: { signedNumber, signedSum: amount.toString() },
      reason: null,
      happenedOn: signedDay,
    };
  });
}
