import type { z } from 'zod';
import { act, openCase } from '#casework/actions.ts';
import { dayFromIso, yearPeriod } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { minus, rial, zero } from '#kernel/rial.ts';
import { must, ok, refused } from '#kernel/result.ts';
import { openAccounts } from '#ledger/actions.ts';
import { type Doing, type Done, accountsBy, fresh, move, openSlice, opening, today } from '../actions.ts';
import { type newLineShape, type notificationShape, cooperativeShare, openShare } from '../contract.ts';
import {
  type SliceRow,
  findReserve,
  insertLine,
  insertNotification,
  insertShareRule,
  listLines,
} from '../queries.ts';
import { lineKind } from '../rules.ts';
import { lockedAtRoot } from '../share.ts';

/** Drafts a line with its reserve; nothing is locked before it is notified. */
export async function draftLine(doing: Doing, order: z.infer<typeof newLineShape>): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const { cooperativeReserve, reserveReference } = order;
  if (cooperativeReserve !== null && reserveReference === null)
    return refused({ kind: 'ReserveWithoutReference' });
  const lineId = id(order.id);
  const opened = await openCase(tx, lineKind, {
    opening: {
      ...opening(doing, lineId, null),
      facts: { budgetYear: String(order.budgetYear), programme: order.programme },
    },
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: lineId });
  await insertLine(tx, { ...order, provinceId, id: lineId, deadline: dayFromIso(order.deadline) });
  if (cooperativeReserve !== null && reserveReference !== null)
    await insertShareRule(tx, {
      provinceId,
      lineId,
      share: cooperativeShare,
      percent: cooperativeReserve,
      validFrom: yearPeriod(order.budgetYear).from,
      legalReference: reserveReference,
    });
  return ok({ id: lineId });
}

/**
 * Notifies a line, or tops it up: the sum enters its root slice, and the reserve of it, rounded up to the
 * rial, goes straight to the locked account (L3).
 */
export async function notifyLine(
  doing: Doing,
  { lineId, order }: { readonly lineId: string; readonly order: z.infer<typeof notificationShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const found = (await listLines(tx, { provinceId, id: lineId }))[0];
  if (found === undefined) return refused({ kind: 'LineMissing', lineId });
  const letterDay = dayFromIso(order.letterDay);
  const amount = rial(order.amount);
  const acted = await act(tx, lineKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: found.id,
      act: found.state === 'draft' ? 'notify' : 'top_up',
      seenVersion: null,
      facts: { amount: order.amount, letterNumber: order.letterNumber },
      reason: null,
      happenedOn: letterDay,
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok({ id: found.id });
  const letter = {
    provinceId,
    id: id(order.id),
    lineId: found.id,
    letterNumber: order.letterNumber,
    letterDay,
    amount,
  };
  if (!(await insertNotification(tx, letter)))
    return refused({ kind: 'LetterTwice', letterNumber: order.letterNumber });
  const rootId = found.rootSliceId ?? (await openSlice(doing, rootOf(doing, found.id)));
  const reserve = await findReserve(tx, { provinceId, lineId: found.id, on: letterDay });
  const locked =
    reserve === undefined
      ? zero
      : lockedAtRoot(amount, {
          numerator: BigInt(reserve.numerator),
          denominator: BigInt(reserve.denominator),
        });
  const [notifier] = await openAccounts(tx, [
    {
      id: fresh(doing),
      provinceId,
      ownerId: found.id,
      kind: 'notifier',
      share: openShare,
      countyCode: null,
      bounded: false,
    },
  ]);
  const source = must(notifier, 'the notifier of the line').id;
  const into = await accountsBy(doing, rootId);
  const steps = [
    { from: source, to: into('available', openShare), amount: minus(amount, locked) },
    { from: source, to: into('available', cooperativeShare), amount: locked },
  ];
  const posted = await move(doing, steps, { kind: 'notify', referenceId: letter.id, happenedOn: letterDay });
  return posted.ok ? ok({ id: found.id }) : posted;
}

const rootOf = (doing: Doing, lineId: Id): SliceRow => ({
  provinceId: doing.provinceId,
  id: fresh(doing),
  lineId,
  parentId: null,
  axis: 'province',
  countyCode: null,
  categoryKey: null,
  jobTarget: 0,
});

/** Opens a notified line: from now on it may be sliced and awarded. */
export async function openLine(
  doing: Doing,
  { lineId, actId }: { readonly lineId: string; readonly actId: string },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const found = (await listLines(tx, { provinceId, id: lineId }))[0];
  if (found === undefined) return refused({ kind: 'LineMissing', lineId });
  const acted = await act(tx, lineKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(actId),
      caseId: found.id,
      act: 'open',
      seenVersion: null,
      facts: {},
      reason: null,
      happenedOn: today(doing),
    },
  });
  return acted.ok ? ok({ id: found.id }) : acted;
}
