import type { z } from 'zod';
import { act, openCase } from '#casework/actions.ts';
import { type Day, dayFromIso } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import { must, ok, refused } from '#kernel/result.ts';
import {
  type Doing,
  type Done,
  accountsBy,
  accountsFor,
  decideRole,
  doneBefore,
  lineDays,
  lineIsOpen,
  move,
  numberOf,
  opening,
  stepsOf,
  today,
} from '../actions.ts';
import type { ShareSums } from '../contract.ts';
import { type NamedSlice, listAccountSums, listSlices, lockSlice, raiseJobTarget } from '../queries.ts';
import { freeOf } from '../reallocation/actions.ts';
import type { transferApprovalShape, transferWithdrawalShape } from '../reallocation/contract.ts';
import { decideDay, decideNotified } from '../rules.ts';
import { standingsOf } from '../standing.ts';
import type { PartChange, RedivisionOrder } from './contract.ts';
import {
  findRedivisionRow,
  insertChanges,
  insertRedivision,
  insertRedivisionApproval,
  listChanges,
} from './queries.ts';
import { type Part, decideRedivision, redivide, redivisionKind } from './rules.ts';

export type DividedSlice = {
  readonly slice: NamedSlice;
  /** Undivided and not awarded. */
  readonly rest: ShareSums;
  readonly parts: readonly (Part & { readonly slice: NamedSlice })[];
};

/** A slice with its parts as they stand; undefined when there is none in the reader's scope. */
export async function dividedSlice(
  { tx, provinceId }: Pick<Doing, 'tx' | 'provinceId'>,
  sliceId: string,
): Promise<DividedSlice | undefined> {
  const slice = (await listSlices(tx, { provinceId, lineId: null, id: sliceId }))[0];
  if (slice === undefined) return undefined;
  const { lineId } = slice;
  const slices = await listSlices(tx, { provinceId, lineId, id: null });
  const sums = await listAccountSums(tx, { provinceId, lineId, id: null });
  const standings = standingsOf(slices, sums, []);
  const free = (ownerId: string) => freeOf(sums.filter((sum) => sum.sliceId === ownerId));
  const parts = slices
    .filter((one) => one.parentId === slice.id)
    .map((one) => ({
      id: one.id,
      slice: one,
      name: one,
      amount: rial(must(standings.get(one.id), 'a standing for each slice').amount),
      free: free(one.id),
      jobTarget: one.jobTarget,
    }));
  return { slice, rest: free(slice.id), parts };
}

/** As above, and nobody divides, awards or moves out of these slices before this transaction ends. */
async function lockedDivided(
  doing: Doing,
  sliceId: string,
  changed: readonly string[],
): Promise<DividedSlice | undefined> {
  const { tx, provinceId } = doing;
  if (!(await lockSlice(tx, { provinceId, id: sliceId }))) return undefined;
  // A slice that is no part of this one is told by the rules, not by the lock.
  for (const part of [...new Set(changed)].toSorted()) await lockSlice(tx, { provinceId, id: part });
  return dividedSlice(doing, sliceId);
}

/** Proposes new sums for the parts of a divided slice; another person must approve them (L6). */
export async function proposeRedivision(
  doing: Doing,
  { sliceId, order }: { readonly sliceId: string; readonly order: RedivisionOrder },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const changed = order.parts.map((part) => part.sliceId);
  const divided = await lockedDivided(doing, sliceId, changed);
  if (divided === undefined) return refused({ kind: 'SliceMissing', sliceId });
  const { slice, rest, parts } = divided;
  const redivisionId = id(order.id);
  const opened = await openCase(tx, redivisionKind, {
    opening: await opening(doing, redivisionId, slice.countyCode, { dividedId: slice.id, ...order }),
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: redivisionId });
  const open = await lineIsOpen(doing, slice.lineId);
  if (!open.ok) return open;
  const stands = new Map(parts.map((part) => [part.id, part]));
  const changes: PartChange[] = [];
  for (const part of order.parts) {
    const now = stands.get(id(part.sliceId));
    if (now === undefined) return refused({ kind: 'PartNotOfSlice', sliceId: part.sliceId });
    changes.push({
      sliceId: now.id,
      before: now.amount,
      after: rial(part.amount),
      jobsBefore: now.jobTarget,
      jobsAfter: part.jobTarget,
    });
  }
  const lawful = decideRedivision(parts, rest, changes);
  if (!lawful.ok) return lawful;
  const row = { provinceId, id: redivisionId, countyCode: slice.countyCode };
  await insertRedivision(tx, {
    ...row,
    lineId: slice.lineId,
    sliceId: slice.id,
    reason: order.reason,
    proposedByPerson: by.personId,
    proposedByUser: by.userId,
  });
  await insertChanges(tx, { ...row, changes });
  return ok({ id: redivisionId });
}

/**
 * Approves new sums under a resolution, as another person than their proposer. They are decided again on what the
 * parts hold now: whatever moved a part's sum since the proposal refuses it, rather than being undone unseen.
 */
export async function approveRedivision(
  doing: Doing,
  order: { readonly redivisionId: string; readonly order: z.infer<typeof transferApprovalShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(redivisionKind, 'approve_redivision', by.role);
  if (!mine.ok) return mine;
  const { redivisionId } = order;
  const proposal = await findRedivisionRow(tx, { provinceId, id: redivisionId });
  if (proposal === undefined) return refused({ kind: 'RedivisionMissing', redivisionId });
  if (proposal.proposedByPerson === by.personId) return refused({ kind: 'OwnRedivision', redivisionId });
  const resolutionDay = dayFromIso(order.order.resolutionDay);
  const timely = decideDay(resolutionDay, today(doing));
  if (!timely.ok) return timely;
  const resolutionNumber = numberOf(order.order.resolutionNumber);
  const acted = await act(tx, redivisionKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.order.id),
      caseId: proposal.id,
      act: 'approve_redivision',
      seenVersion: order.order.seenVersion,
      facts: { resolutionNumber },
      reason: null,
      happenedOn: resolutionDay,
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok({ id: proposal.id });
  const open = await lineIsOpen(doing, proposal.lineId);
  if (!open.ok) return open;
  const notified = decideNotified(resolutionDay, await lineDays(doing, proposal.lineId));
  if (!notified.ok) return notified;
  await insertRedivisionApproval(tx, {
    provinceId,
    redivisionId: proposal.id,
    countyCode: proposal.countyCode,
    proposedByPerson: proposal.proposedByPerson,
    approvedByPerson: by.personId,
    approvedByUser: by.userId,
    resolutionNumber,
    resolutionDay,
  });
  const changes = await listChanges(tx, { provinceId, id: proposal.id });
  const posted = await carryOut(doing, { ...proposal, changes, happenedOn: resolutionDay });
  return posted.ok ? ok({ id: proposal.id }) : posted;
}

/** Takes back from the parts that shrink, gives to those that grow, and sets the job targets. */
async function carryOut(
  doing: Doing,
  order: {
    readonly id: Id;
    readonly sliceId: Id;
    readonly changes: readonly PartChange[];
    readonly happenedOn: Day;
  },
): Done<undefined> {
  const { changes } = order;
  const changed = changes.map(({ sliceId }) => sliceId);
  const { rest, parts } = must(await lockedDivided(doing, order.sliceId, changed), 'the slice of a proposal');
  const lawful = decideRedivision(parts, rest, changes);
  if (!lawful.ok) return lawful;
  const { back, given } = redivide(parts, rest, changes);
  const slices = new Map(parts.map((part) => [part.id, part.slice]));
  const above = await accountsBy(doing, order.sliceId);
  const cause = { referenceId: order.id, happenedOn: order.happenedOn };
  const backSteps = [];
  for (const { sliceId, sums } of back)
    backSteps.push(...stepsOf(sums, await accountsBy(doing, id(sliceId)), above));
  const returned = await move(doing, backSteps, { ...cause, kind: 'redivide_back' });
  if (!returned.ok) return returned;
  const steps = [];
  for (const { sliceId, sums } of given) {
    const into = await accountsFor(doing, must(slices.get(id(sliceId)), 'a part that grows'), sums);
    steps.push(...stepsOf(sums, above, into));
  }
  const moved = await move(doing, steps, { ...cause, kind: 'redivide' });
  if (!moved.ok) return moved;
  const { tx, provinceId } = doing;
  for (const { sliceId, jobsBefore, jobsAfter } of changes)
    await raiseJobTarget(tx, { provinceId, id: id(sliceId), by: jobsAfter - jobsBefore });
  return ok();
}

export async function withdrawRedivision(
  doing: Doing,
  order: { readonly redivisionId: string; readonly order: z.infer<typeof transferWithdrawalShape> },
): Done<{ id: Id }> {
  const mine = decideRole(redivisionKind, 'withdraw_redivision', doing.by.role);
  if (!mine.ok) return mine;
  const { tx, provinceId } = doing;
  const found = await findRedivisionRow(tx, { provinceId, id: order.redivisionId });
  if (found === undefined) return refused({ kind: 'RedivisionMissing', redivisionId: order.redivisionId });
  const before = await doneBefore(doing, found.id, order.order.id);
  const acted = await act(tx, redivisionKind, {
    provinceId,
    by: doing.by,
    clock: doing.clock,
    order: {
      id: id(order.order.id),
      caseId: found.id,
      act: 'withdraw_redivision',
      seenVersion: order.order.seenVersion,
      facts: {},
      reason: order.order.reason,
      happenedOn: before?.happenedOn ?? today(doing),
    },
  });
  return acted.ok ? ok({ id: found.id }) : acted;
}
