import type { z } from 'zod';
import { act, openCase } from '#casework/actions.ts';
import { dayFromIso } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import {
  type Doing,
  type Done,
  accountsFor,
  decideRole,
  doneBefore,
  lineDays,
  lineIsOpen,
  lockedFactsOf,
  move,
  numberOf,
  opening,
  today,
} from '../actions.ts';
import { openShare } from '../contract.ts';
import { decideDay, decideLineDay } from '../rules.ts';
import type {
  ReleaseRefusal,
  releaseApprovalShape,
  releaseShape,
  releaseWithdrawalShape,
} from './contract.ts';
import {
  type ReleasePage,
  insertRelease,
  insertReleaseApproval,
  listReleases,
  releaseTransfer,
} from './queries.ts';
import { decideRelease, releaseKind } from './rules.ts';

/** Proposes to give a part of a reserve of one slice up to its open part; another person must approve it (L3, L6). */
export async function proposeRelease(
  doing: Doing,
  { sliceId, order }: { readonly sliceId: string; readonly order: z.infer<typeof releaseShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(releaseKind, 'approve_release', by.role);
  if (!mine.ok) return mine;
  const found = await lockedFactsOf(doing, sliceId);
  if (found === undefined) return refused({ kind: 'SliceMissing', sliceId });
  const { facts } = found;
  const releaseId = id(order.id);
  const opened = await openCase(tx, releaseKind, {
    opening: await opening(doing, releaseId, facts.countyCode, { sliceId, ...order }),
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: releaseId });
  const open = await lineIsOpen(doing, facts.lineId);
  if (!open.ok) return open;
  const amount = rial(order.amount);
  const lawful = decideRelease({ available: facts.available, share: order.share, amount });
  if (!lawful.ok) return lawful;
  await insertRelease(tx, {
    provinceId,
    id: releaseId,
    lineId: facts.lineId,
    sliceId: facts.id,
    countyCode: facts.countyCode,
    share: order.share,
    amount,
    reason: order.reason,
    proposedByPerson: by.personId,
    proposedByUser: by.userId,
  });
  return ok({ id: releaseId });
}

async function findRelease(
  { tx, provinceId }: Doing,
  releaseId: string,
): Promise<Result<ReleasePage, ReleaseRefusal>> {
  const found = (await listReleases(tx, { provinceId, id: releaseId, lineId: null }))[0];
  return found === undefined ? refused({ kind: 'ReleaseMissing', releaseId }) : ok(found);
}

/**
 * Approves a release under a resolution, as another person than its proposer. What the slice holds is asked again:
 * an award, a division or another release may have taken it since.
 */
export async function approveRelease(
  doing: Doing,
  { releaseId, order }: { readonly releaseId: string; readonly order: z.infer<typeof releaseApprovalShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(releaseKind, 'approve_release', by.role);
  if (!mine.ok) return mine;
  const found = await findRelease(doing, releaseId);
  if (!found.ok) return found;
  const release = found.value;
  if (release.proposedByPerson === by.personId) return refused({ kind: 'OwnRelease', releaseId: release.id });
  const resolutionDay = dayFromIso(order.resolutionDay);
  const timely = decideDay(resolutionDay, today(doing));
  if (!timely.ok) return timely;
  const resolutionNumber = numberOf(order.resolutionNumber);
  const acted = await act(tx, releaseKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: release.id,
      act: 'approve_release',
      seenVersion: order.seenVersion,
      facts: { resolutionNumber },
      reason: null,
      happenedOn: resolutionDay,
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok({ id: release.id });
  const open = await lineIsOpen(doing, release.lineId);
  if (!open.ok) return open;
  const inTime = decideLineDay(resolutionDay, await lineDays(doing, release.lineId));
  if (!inTime.ok) return inTime;
  const { facts } = must(await lockedFactsOf(doing, release.sliceId), 'the slice of a release');
  const lawful = decideRelease({ ...release, available: facts.available });
  if (!lawful.ok) return lawful;
  await insertReleaseApproval(tx, {
    provinceId,
    releaseId: release.id,
    countyCode: release.countyCode,
    proposedByPerson: release.proposedByPerson,
    approvedByPerson: by.personId,
    approvedByUser: by.userId,
    resolutionNumber,
    resolutionDay,
  });
  // A slice that is all reserve never had an open part.
  const account = await accountsFor(doing, facts, new Map([[release.share, release.amount]]));
  const step = {
    from: account('available', release.share),
    to: account('available', openShare),
    amount: release.amount,
  };
  const cause = { kind: releaseTransfer, referenceId: release.id, happenedOn: resolutionDay };
  const moved = await move(doing, [step], cause);
  return moved.ok ? ok({ id: release.id }) : moved;
}

export async function withdrawRelease(
  doing: Doing,
  {
    releaseId,
    order,
  }: { readonly releaseId: string; readonly order: z.infer<typeof releaseWithdrawalShape> },
): Done<{ id: Id }> {
  const mine = decideRole(releaseKind, 'withdraw_release', doing.by.role);
  if (!mine.ok) return mine;
  const found = await findRelease(doing, releaseId);
  if (!found.ok) return found;
  const before = await doneBefore(doing, found.value.id, order.id);
  const acted = await act(doing.tx, releaseKind, {
    provinceId: doing.provinceId,
    by: doing.by,
    clock: doing.clock,
    order: {
      id: id(order.id),
      caseId: found.value.id,
      act: 'withdraw_release',
      seenVersion: order.seenVersion,
      facts: {},
      reason: order.reason,
      happenedOn: before?.happenedOn ?? today(doing),
    },
  });
  return acted.ok ? ok({ id: found.value.id }) : acted;
}
