import type { z } from 'zod';
import { act, openCase } from '#casework/actions.ts';
import { type Day, dayFromIso } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { type Rial, minus, rial } from '#kernel/rial.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { postTransfers } from '#ledger/actions.ts';
import {
  type Doing,
  type Done,
  type Step,
  accountsBy,
  decideRole,
  doneBefore,
  fresh,
  lineDays,
  lineIsOpen,
  move,
  numberOf,
  opening,
  today,
} from '../actions.ts';
import { type NamedSlice, listAccountSums, listSlices, lockLine } from '../queries.ts';
import { lockTree } from '../revision/actions.ts';
import { decideDay, decideNotified } from '../rules.ts';
import type { OpeningOrder, OpeningRefusal, openingApprovalShape, openingReasonShape } from './contract.ts';
import {
  type OpeningPage,
  type PaidRow,
  findTakeback,
  insertOpening,
  insertOpeningApproval,
  insertOpeningRows,
  insertTakeback,
  insertTakebackApproval,
  listOpened,
  listOpeningRows,
  listOpenings,
  openingTransfer,
  takebackTransfer,
} from './queries.ts';
import { type OpeningFacts, decideRows, decideTotal, judgeOpening, openingKind, stands } from './rules.ts';

type Leaf = NamedSlice & { readonly shares: ReadonlyMap<string, Rial> };

/** The slices of a line that have no parts, with what each share of them has available. */
export async function leavesOf(
  { tx, provinceId }: Pick<Doing, 'tx' | 'provinceId'>,
  lineId: string,
): Promise<Leaf[]> {
  const asked = { provinceId, lineId, id: null };
  const slices = await listSlices(tx, asked);
  const divided = new Set<string | null>(slices.map(({ parentId }) => parentId));
  const sums = (await listAccountSums(tx, asked)).filter(({ stage }) => stage === 'available');
  const bySlice = Map.groupBy(sums, (sum): string => sum.sliceId);
  return slices
    .filter((slice) => !divided.has(slice.id))
    .map((slice) => ({
      ...slice,
      shares: new Map(
        (bySlice.get(slice.id) ?? []).map((sum): [string, Rial] => [
          sum.share,
          minus(sum.balance, sum.pending),
        ]),
      ),
    }));
}

export const factsOf = (leaves: readonly Leaf[]): OpeningFacts =>
  new Map(leaves.map(({ id: sliceId, shares }) => [sliceId, shares]));

/** Whether all rows can be paid out of the slices as they stand now. */
async function fits(
  doing: Doing,
  lineId: string,
  rows: readonly PaidRow[],
): Promise<Result<undefined, OpeningRefusal>> {
  const numbered = rows.map((row, at) => ({ ...row, line: at + 1, faults: [] }));
  return decideRows(judgeOpening(numbered, factsOf(await leavesOf(doing, lineId))));
}

/** Proposes what banks had paid of a line before the beginning; nothing moves before another person approves (L6). */
export async function proposeOpening(
  doing: Doing,
  { lineId: given, order }: { readonly lineId: string; readonly order: OpeningOrder },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(openingKind, 'withdraw_opening', by.role);
  if (!mine.ok) return mine;
  if (!(await lockLine(tx, { provinceId, id: given })))
    return refused({ kind: 'LineMissing', lineId: given });
  const lineId = id(given);
  const openingId = id(order.id);
  const opened = await openCase(tx, openingKind, {
    opening: await opening(doing, openingId, null, { lineId, ...order }),
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: openingId });
  const open = await lineIsOpen(doing, lineId);
  if (!open.ok) return open;
  const paidUntil = dayFromIso(order.paidUntil);
  const sourceDay = dayFromIso(order.sourceDay);
  const timely = await decideDays(doing, lineId, [paidUntil, sourceDay]);
  if (!timely.ok) return timely;
  const standing = (await listOpenings(tx, { provinceId, id: null, lineId })).find(({ state }) =>
    stands(state),
  );
  if (standing !== undefined)
    return refused({ kind: 'OpeningStands', openingId: standing.id, state: standing.state });
  const rows = order.rows.map((row) => ({ ...row, amount: rial(row.amount) }));
  const statedSum = rial(order.statedSum);
  const whole = decideTotal(rows, { statedLoans: order.statedLoans, statedSum });
  if (!whole.ok) return whole;
  const lawful = await fits(doing, lineId, rows);
  if (!lawful.ok) return lawful;
  await insertOpening(tx, {
    provinceId,
    id: openingId,
    lineId,
    paidUntil,
    sourceNumber: numberOf(order.sourceNumber),
    sourceDay,
    sourceTitle: order.sourceTitle,
    statedLoans: order.statedLoans,
    statedSum,
    proposedByPerson: by.personId,
    proposedByUser: by.userId,
  });
  await insertOpeningRows(tx, { provinceId, openingId, rows });
  return ok({ id: openingId });
}

/** The last paid day and the day of the source have come, and nothing was paid before the line's first letter. */
async function decideDays(doing: Doing, lineId: Id, days: readonly [Day, Day]): Done<undefined> {
  for (const one of days) {
    const come = decideDay(one, today(doing));
    if (!come.ok) return come;
  }
  return decideNotified(days[0], await lineDays(doing, lineId));
}

/** An opening whose line nobody closes, cuts or opens again before this transaction ends. */
async function lockedOpening({ tx, provinceId }: Doing, openingId: string): Done<OpeningPage> {
  const find = async () => (await listOpenings(tx, { provinceId, id: openingId, lineId: null }))[0];
  const seen = await find();
  if (seen === undefined) return refused({ kind: 'OpeningMissing', openingId });
  await lockLine(tx, { provinceId, id: seen.lineId });
  return ok(must(await find(), 'the opening of a locked line'));
}

type Act = keyof typeof openingKind.may;
type Acting = {
  readonly id: string;
  readonly seenVersion: number;
  readonly name: Act;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, string>>;
  readonly happenedOn?: Day;
};

async function actOnCase(doing: Doing, found: OpeningPage, order: Acting) {
  const { tx, clock, provinceId, by } = doing;
  const before = await doneBefore(doing, found.id, order.id);
  return act(tx, openingKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: found.id,
      act: order.name,
      seenVersion: order.seenVersion,
      facts: order.facts,
      reason: order.reason,
      happenedOn: order.happenedOn ?? before?.happenedOn ?? today(doing),
    },
  });
}

export type OpeningApproval = {
  readonly openingId: string;
  readonly order: z.infer<typeof openingApprovalShape>;
};
export type OpeningReason = {
  readonly openingId: string;
  readonly order: z.infer<typeof openingReasonShape>;
};

/** An approval under a resolution: whose it is, when, and the act itself. */
async function actUnderResolution(
  doing: Doing,
  found: OpeningPage,
  { name, order }: { readonly name: Act; readonly order: OpeningApproval['order'] },
) {
  const resolutionDay = dayFromIso(order.resolutionDay);
  const timely = decideDay(resolutionDay, today(doing));
  if (!timely.ok) return timely;
  const resolutionNumber = numberOf(order.resolutionNumber);
  const asked = { ...order, name, reason: null, facts: { resolutionNumber }, happenedOn: resolutionDay };
  const acted = await actOnCase(doing, found, asked);
  return acted.ok ? ok({ ...acted.value, resolutionNumber, resolutionDay }) : acted;
}

/**
 * Approves an opening under a resolution, as another person than its proposer, and posts all of it as one batch. What
 * the slices have is asked again: an award, a division or a cut may have taken it since.
 */
export async function approveOpening(doing: Doing, { openingId, order }: OpeningApproval): Done<{ id: Id }> {
  const { tx, provinceId, by } = doing;
  const mine = decideRole(openingKind, 'approve_opening', by.role);
  if (!mine.ok) return mine;
  const locked = await lockedOpening(doing, openingId);
  if (!locked.ok) return locked;
  const found = locked.value;
  if (found.proposedByPerson === by.personId) return refused({ kind: 'OwnOpening', openingId: found.id });
  const acted = await actUnderResolution(doing, found, { name: 'approve_opening', order });
  if (!acted.ok) return acted;
  const { outcome, resolutionNumber, resolutionDay } = acted.value;
  if (outcome === 'replayed') return ok({ id: found.id });
  const open = await lineIsOpen(doing, found.lineId);
  if (!open.ok) return open;
  await lockTree(doing, found.lineId);
  const rows = await listOpeningRows(tx, { provinceId, id: found.id });
  const lawful = await fits(doing, found.lineId, rows);
  if (!lawful.ok) return lawful;
  await insertOpeningApproval(tx, {
    provinceId,
    openingId: found.id,
    proposedByPerson: found.proposedByPerson,
    approvedByPerson: by.personId,
    approvedByUser: by.userId,
    resolutionNumber,
    resolutionDay,
  });
  const steps: Step[] = [];
  for (const [sliceId, shares] of Map.groupBy(rows, (row) => row.sliceId)) {
    const account = await accountsBy(doing, id(sliceId));
    for (const { share, amount } of shares)
      steps.push({ from: account('available', share), to: account('paid', share), amount });
  }
  const cause = { kind: openingTransfer, referenceId: found.id, happenedOn: found.paidUntil };
  const moved = await move(doing, steps, cause);
  return moved.ok ? ok({ id: found.id }) : moved;
}

/** An act that needs no more than its reason. */
async function actForReason(
  doing: Doing,
  { openingId, order, name }: OpeningReason & { readonly name: Act },
): Done<{ found: OpeningPage; replayed: boolean }> {
  const mine = decideRole(openingKind, name, doing.by.role);
  if (!mine.ok) return mine;
  const locked = await lockedOpening(doing, openingId);
  if (!locked.ok) return locked;
  const acted = await actOnCase(doing, locked.value, { ...order, name, facts: {} });
  return acted.ok ? ok({ found: locked.value, replayed: acted.value.outcome === 'replayed' }) : acted;
}

export async function withdrawOpening(doing: Doing, given: OpeningReason): Done<{ id: Id }> {
  const acted = await actForReason(doing, { ...given, name: 'withdraw_opening' });
  return acted.ok ? ok({ id: acted.value.found.id }) : acted;
}

/** Proposes to take a mistaken opening back; nothing moves before another person approves. */
export async function proposeTakeback(doing: Doing, given: OpeningReason): Done<{ id: Id }> {
  const { tx, provinceId, by } = doing;
  const acted = await actForReason(doing, { ...given, name: 'propose_takeback' });
  if (!acted.ok) return acted;
  const { found, replayed } = acted.value;
  if (replayed) return ok({ id: found.id });
  await insertTakeback(tx, {
    provinceId,
    id: id(given.order.id),
    openingId: found.id,
    reason: given.order.reason,
    proposedByPerson: by.personId,
    proposedByUser: by.userId,
  });
  return ok({ id: found.id });
}

export async function withdrawTakeback(doing: Doing, given: OpeningReason): Done<{ id: Id }> {
  const acted = await actForReason(doing, { ...given, name: 'withdraw_takeback' });
  return acted.ok ? ok({ id: acted.value.found.id }) : acted;
}

/** Takes an opening back as another person than who proposed that: every transfer of it is reversed, on its own day. */
export async function approveTakeback(doing: Doing, { openingId, order }: OpeningApproval): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(openingKind, 'approve_takeback', by.role);
  if (!mine.ok) return mine;
  const locked = await lockedOpening(doing, openingId);
  if (!locked.ok) return locked;
  const found = locked.value;
  const takeback = await findTakeback(tx, { provinceId, id: found.id });
  if (takeback?.proposedByPerson === by.personId)
    return refused({ kind: 'OwnTakeback', openingId: found.id });
  const acted = await actUnderResolution(doing, found, { name: 'approve_takeback', order });
  if (!acted.ok) return acted;
  const { outcome, resolutionNumber, resolutionDay, act: done } = acted.value;
  if (outcome === 'replayed') return ok({ id: found.id });
  const open = await lineIsOpen(doing, found.lineId);
  if (!open.ok) return open;
  const { id: takebackId, proposedByPerson } = must(takeback, 'the proposal to take an opening back');
  await insertTakebackApproval(tx, {
    provinceId,
    id: done.id,
    takebackId,
    openingId: found.id,
    proposedByPerson,
    approvedByPerson: by.personId,
    approvedByUser: by.userId,
    resolutionNumber,
    resolutionDay,
  });
  const opened = await listOpened(tx, { provinceId, id: found.id });
  const orders = opened.map((paid) => ({
    id: fresh(doing),
    kind: takebackTransfer,
    phase: 'post' as const,
    pendingId: null,
    referenceId: found.id,
    happenedOn: found.paidUntil,
    debitAccountId: paid.creditAccountId,
    creditAccountId: paid.debitAccountId,
    amount: paid.amount,
    reversesId: paid.id,
  }));
  const posted = await postTransfers(tx, { provinceId, orders, mode: 'linked', clock });
  return posted.ok ? ok({ id: found.id }) : posted;
}
