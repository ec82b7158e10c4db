import type { z } from 'zod';
import { act, openCase } from '#casework/actions.ts';
import { dayFromIso } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { type Rial, minus, plus, rial, total, zero } from '#kernel/rial.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import {
  type Doing,
  type Done,
  type Step,
  accountsBy,
  accountsFor,
  decideRole,
  doneBefore,
  lineDays,
  lineIsOpen,
  move,
  numberOf,
  opening,
  today,
} from '../actions.ts';
import type { AccountSum } from '../contract.ts';
import { type DayDraw, drawsBelow, forecastOf, weeksOf } from '../lapse/rules.ts';
import { listDraws } from '../lapse/queries.ts';
import { type NamedSlice, listAccountSums, listSlices, lockSlice } from '../queries.ts';
import { decideDay, decideLineDay } from '../rules.ts';
import { formulaInForce } from '../scenario/actions.ts';
import { standingsOf } from '../standing.ts';
import type {
  ReallocationOrder,
  ReallocationRefusal,
  transferApprovalShape,
  transferWithdrawalShape,
} from './contract.ts';
import {
  type MoveRow,
  type ReallocationPage,
  insertMoves,
  insertReallocation,
  insertTransferApproval,
  listMoves,
  listReallocations,
} from './queries.ts';
import { type Draft, type Sibling, decideMoves, draftMoves, reallocationKind, sharesOf } from './rules.ts';

/** A million tomans: what an office writes in a proposal. */
const unit = rial(10_000_000n);

export type Family = { readonly parent: NamedSlice; readonly siblings: readonly Sibling[] };

/** The slices of one parent with what each holds, may give and take, and is forecast to draw. */
export async function familyOf(doing: Doing, parentId: string): Promise<Family | undefined> {
  const { tx, provinceId } = doing;
  const parent = (await listSlices(tx, { provinceId, lineId: null, id: parentId }))[0];
  if (parent === undefined) return undefined;
  const { lineId } = parent;
  const slices = await listSlices(tx, { provinceId, lineId, id: null });
  const sums = await listAccountSums(tx, { provinceId, lineId, id: null });
  const standings = standingsOf(slices, sums, []);
  const draws = drawsBelow(slices, await listDraws(tx, { provinceId, lineId }));
  const { notifiedOn, deadline } = await lineDays(doing, lineId);
  const bounds = await boundsOf(doing, parent);
  const children = slices.filter((slice) => slice.parentId === parent.id);
  const siblings = children.map((slice): Sibling => {
    const standing = must(standings.get(slice.id), 'a standing for each slice');
    const own = sums.filter((sum) => sum.sliceId === slice.id);
    const [amount, available] = [rial(standing.amount), rial(standing.available)];
    return {
      id: slice.id,
      name: slice,
      amount,
      available,
      left: total([...freeOf(own).values()]),
      ...(slice.axis === 'county' ? bounds : { floor: zero, cap: null }),
      forecast: forecastOf({
        amount,
        available,
        weeks: weeksOf(draws.get(slice.id) ?? noDraws, { from: notifiedOn, today: today(doing) }),
        today: today(doing),
        deadline,
        seed: slice.id,
      }),
    };
  });
  return { parent, siblings };
}

const noDraws: readonly DayDraw[] = [];

/** Floor and cap of the formula in force. */
async function boundsOf(
  { tx, provinceId }: Doing,
  parent: NamedSlice,
): Promise<{ readonly floor: Rial; readonly cap: Rial | null }> {
  const formula = await formulaInForce(tx, { provinceId, lineId: parent.lineId, sliceId: parent.id });
  return {
    floor: formula === null ? zero : rial(formula.floor),
    cap: formula?.cap == null ? null : rial(formula.cap),
  };
}

/** What of a slice's own accounts is available, by share; what a branch reported is held and not free. */
export function freeOf(own: readonly AccountSum[]): Map<string, Rial> {
  const free = new Map<string, Rial>();
  for (const { stage, share, balance, pending } of own)
    if (stage === 'available') free.set(share, plus(free.get(share) ?? zero, minus(balance, pending)));
  return free;
}

/** A transfer drafted by the forecasts; nothing is written. */
export async function draftReallocation(
  doing: Doing,
  parentId: string,
): Done<Family & { readonly draft: Draft }> {
  const family = await familyOf(doing, parentId);
  if (family === undefined) return refused({ kind: 'SliceMissing', sliceId: parentId });
  return ok({ ...family, draft: draftMoves(family.siblings, unit) });
}

/** Nobody divides, awards or moves out of these slices before this transaction ends: parent first, then by id. */
async function lockFamily(
  { tx, provinceId }: Doing,
  parentId: string,
  moves: readonly MoveRow[],
): Promise<boolean> {
  if (!(await lockSlice(tx, { provinceId, id: parentId }))) return false;
  const ids = new Set(moves.flatMap(({ fromSliceId, toSliceId }) => [fromSliceId, toSliceId]));
  // A slice that is none of this parent's is told by the rules, not by the lock.
  for (const sliceId of [...ids].toSorted()) await lockSlice(tx, { provinceId, id: sliceId });
  return true;
}

/** Proposes a transfer between the slices of one parent; another person must approve it (L6). */
export async function proposeReallocation(
  doing: Doing,
  { parentId, order }: { readonly parentId: string; readonly order: ReallocationOrder },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const moves = order.moves.map((one): MoveRow => ({ ...one, amount: rial(one.amount) }));
  if (!(await lockFamily(doing, parentId, moves)))
    return refused({ kind: 'SliceMissing', sliceId: parentId });
  const family = must(await familyOf(doing, parentId), 'the locked slice');
  const { parent, siblings } = family;
  const reallocationId = id(order.id);
  const opened = await openCase(tx, reallocationKind, {
    opening: await opening(doing, reallocationId, parent.countyCode, { parentId, ...order }),
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: reallocationId });
  const open = await lineIsOpen(doing, parent.lineId);
  if (!open.ok) return open;
  const lawful = decideMoves(siblings, moves);
  if (!lawful.ok) return lawful;
  const { id: parentSliceId, lineId, countyCode } = parent;
  const row = { provinceId, id: reallocationId, parentId: parentSliceId, countyCode };
  await insertReallocation(tx, {
    ...row,
    lineId,
    reason: order.reason,
    proposedByPerson: by.personId,
    proposedByUser: by.userId,
  });
  await insertMoves(tx, { ...row, moves });
  return ok({ id: reallocationId });
}

async function findReallocation(
  { tx, provinceId }: Doing,
  reallocationId: string,
): Promise<Result<ReallocationPage, ReallocationRefusal>> {
  const found = (await listReallocations(tx, { provinceId, id: reallocationId, lineId: null }))[0];
  return found === undefined ? refused({ kind: 'ReallocationMissing', reallocationId }) : ok(found);
}

/**
 * Approves a transfer under a resolution, as another person than its proposer. The rules are asked again of what
 * the slices hold now: an award or another transfer may have taken since what was to be moved.
 */
export async function approveReallocation(
  doing: Doing,
  order: { readonly reallocationId: string; readonly order: z.infer<typeof transferApprovalShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(reallocationKind, 'approve_transfer', by.role);
  if (!mine.ok) return mine;
  const found = await findReallocation(doing, order.reallocationId);
  if (!found.ok) return found;
  const proposal = found.value;
  if (proposal.proposedByPerson === by.personId)
    return refused({ kind: 'OwnTransfer', reallocationId: proposal.id });
  const resolutionDay = dayFromIso(order.order.resolutionDay);
  const timely = decideDay(resolutionDay, today(doing));
  if (!timely.ok) return timely;
  const resolutionNumber = numberOf(order.order.resolutionNumber);
  const acted = await act(tx, reallocationKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.order.id),
      caseId: proposal.id,
      act: 'approve_transfer',
      seenVersion: order.order.seenVersion,
      facts: { resolutionNumber },
      reason: null,
      happenedOn: resolutionDay,
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok({ id: proposal.id });
  const inTime = decideLineDay(resolutionDay, await lineDays(doing, proposal.lineId));
  if (!inTime.ok) return inTime;
  await insertTransferApproval(tx, {
    provinceId,
    reallocationId: proposal.id,
    countyCode: proposal.countyCode,
    proposedByPerson: proposal.proposedByPerson,
    approvedByPerson: by.personId,
    approvedByUser: by.userId,
    resolutionNumber,
    resolutionDay,
  });
  const moves = await listMoves(tx, { provinceId, id: proposal.id });
  await lockFamily(doing, proposal.parentId, moves);
  const { siblings } = must(await familyOf(doing, proposal.parentId), 'the parent of a proposal');
  const lawful = decideMoves(siblings, moves);
  if (!lawful.ok) return lawful;
  const cause = { referenceId: proposal.id, happenedOn: resolutionDay };
  const { out, into } = await stepsOf(doing, proposal.parentId, moves);
  const given = await move(doing, out, { ...cause, kind: 'reallocate_out' });
  if (!given.ok) return given;
  const taken = await move(doing, into, { ...cause, kind: 'reallocate_in' });
  return taken.ok ? ok({ id: proposal.id }) : taken;
}

/**
 * The money goes by the parent: out of one slice and into another are two turnovers, each of its own slice. Every
 * share goes in proportion to what of it is free, so the locks of the siblings add up to what they were.
 */
async function stepsOf(
  doing: Doing,
  parentId: Id,
  moves: readonly MoveRow[],
): Promise<{ readonly out: Step[]; readonly into: Step[] }> {
  const { tx, provinceId } = doing;
  const parent = await accountsBy(doing, parentId);
  const free = new Map<string, Map<string, Rial>>();
  const out: Step[] = [];
  const into: Step[] = [];
  for (const { fromSliceId, toSliceId, amount } of moves) {
    const own =
      free.get(fromSliceId) ??
      freeOf(await listAccountSums(tx, { provinceId, lineId: null, id: fromSliceId }));
    const from = await accountsBy(doing, id(fromSliceId));
    const parts = sharesOf(own, amount);
    const [target] = await listSlices(tx, { provinceId, lineId: null, id: toSliceId });
    // Whoever gets may not have had every share of whoever gives.
    const to = await accountsFor(doing, must(target, 'the slice that gets'), parts);
    for (const [share, part] of parts) {
      // A share that is used up gives nothing, and whoever gets may have no account of it.
      if (part === zero) continue;
      own.set(share, minus(own.get(share) ?? zero, part));
      out.push({ from: from('available', share), to: parent('available', share), amount: part });
      into.push({ from: parent('available', share), to: to('available', share), amount: part });
    }
    free.set(fromSliceId, own);
  }
  return { out, into };
}

export async function withdrawReallocation(
  doing: Doing,
  order: { readonly reallocationId: string; readonly order: z.infer<typeof transferWithdrawalShape> },
): Done<{ id: Id }> {
  const mine = decideRole(reallocationKind, 'withdraw_transfer', doing.by.role);
  if (!mine.ok) return mine;
  const found = await findReallocation(doing, order.reallocationId);
  if (!found.ok) return found;
  const before = await doneBefore(doing, found.value.id, order.order.id);
  const acted = await act(doing.tx, reallocationKind, {
    provinceId: doing.provinceId,
    by: doing.by,
    clock: doing.clock,
    order: {
      id: id(order.order.id),
      caseId: found.value.id,
      act: 'withdraw_transfer',
      seenVersion: order.order.seenVersion,
      facts: {},
      reason: order.order.reason,
      happenedOn: before?.happenedOn ?? today(doing),
    },
  });
  return acted.ok ? ok({ id: found.value.id }) : acted;
}
