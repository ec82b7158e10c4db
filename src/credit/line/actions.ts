import type { z } from 'zod';
import { act, openCase } from '#casework/actions.ts';
import { type Day, dayFromIso, yearPeriod } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { comparable } from '#kernel/persian.ts';
import { minus, rial, zero } from '#kernel/rial.ts';
import { assert, must, ok, refused } from '#kernel/result.ts';
import { openAccounts } from '#ledger/actions.ts';
import {
  type Doing,
  type Done,
  accountsFor,
  decideRole,
  doneBefore,
  fresh,
  move,
  numberOf,
  openSlice,
  opening,
  today,
} from '../actions.ts';
import { nowhere } from '../axis.ts';
import {
  type ShareSums,
  type newLineShape,
  type notificationShape,
  cooperativeShare,
  openShare,
} from '../contract.ts';
import {
  type LinePage,
  type SliceRow,
  insertLine,
  insertNotification,
  listLetters,
  listLines,
  lockLine,
  lockSlice,
  updateLine,
} from '../queries.ts';
import { listRevisions, listVersions } from '../revision/queries.ts';
import { decideDay, lineKind } from '../rules.ts';
import { lockLetters } from '../share.ts';
import { insertShareRule, listShareRules } from '../share/queries.ts';
import { reservesOf, rulesOn } from '../share/rules.ts';

/** Drafts a line with its reserve; nothing is locked before it is notified. */
export async function draftLine(doing: Doing, order: z.infer<typeof newLineShape>): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const { cooperativeReserve, reserveReference } = order;
  if (cooperativeReserve !== null && reserveReference === null)
    return refused({ kind: 'ReserveWithoutReference' });
  const deadline = dayFromIso(order.deadline);
  const { from: first } = yearPeriod(order.budgetYear);
  if (deadline < first) return refused({ kind: 'DeadlineBeforeYear', field: 'deadline', first });
  const lineId = id(order.id);
  const draft = await opening(doing, lineId, null, order);
  const opened = await openCase(tx, lineKind, {
    opening: { ...draft, facts: { ...draft.facts, deadline: order.deadline } },
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: lineId });
  const { state, version } = opened.value.case;
  await insertLine(tx, { ...order, provinceId, id: lineId, deadline, state, version });
  if (cooperativeReserve !== null && reserveReference !== null)
    await insertShareRule(tx, {
      provinceId,
      lineId,
      share: cooperativeShare,
      type: 'reserve',
      numerator: cooperativeReserve,
      denominator: 100,
      validFrom: first,
      lastDay: null,
      legalReference: reserveReference,
      proposalId: null,
    });
  return ok({ id: lineId });
}

/**
 * Notifies a line, or tops it up: the sum enters its root slice, and what each reserve locks of it goes straight
 * to its locked account, so that the root locks the share of all letters, rounded up once (L3).
 */
export async function notifyLine(
  doing: Doing,
  { lineId, order }: { readonly lineId: string; readonly order: z.infer<typeof notificationShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(lineKind, 'notify', by.role);
  if (!mine.ok) return mine;
  const found = await findLocked(doing, lineId);
  if (found === undefined) return refused({ kind: 'LineMissing', lineId });
  const letterDay = dayFromIso(order.letterDay);
  const timely = decideDay(letterDay, today(doing));
  if (!timely.ok) return timely;
  const { from: first } = yearPeriod(found.budgetYear - 1);
  if (letterDay < first) return refused({ kind: 'LetterBeforeYear', field: 'letterDay', first });
  const amount = rial(order.amount);
  const letterNumber = numberOf(order.letterNumber);
  const before = await doneBefore(doing, found.id, order.id);
  const acted = await act(tx, lineKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: found.id,
      act: before?.act ?? (found.state === 'draft' ? 'notify' : 'top_up'),
      seenVersion: null,
      facts: { amount: order.amount, letterNumber },
      reason: null,
      happenedOn: letterDay,
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok({ id: found.id });
  // The line is locked, so no other letter comes in between.
  const letters = await listLetters(tx, { provinceId, lineId: found.id });
  const revisions = await listRevisions(tx, { provinceId, lineId: found.id });
  if ([...letters, ...revisions].some((one) => comparable(one.letterNumber) === comparable(letterNumber)))
    return refused({ kind: 'LetterTwice', letterNumber });
  const letter = { provinceId, id: id(order.id), lineId: found.id, letterNumber, letterDay, amount };
  if (!(await insertNotification(tx, letter))) return refused({ kind: 'LetterTwice', letterNumber });
  const { state, version } = acted.value.case;
  await updateLine(tx, { provinceId, id: found.id, state, version, letterDay });
  const rootId = found.rootSliceId ?? (await openSlice(doing, rootOf(doing, found.id))).id;
  await receive(doing, { line: found, rootId, letter });
  return ok({ id: found.id });
}

/** A line that nobody else notifies or opens before this transaction ends. */
export async function findLocked({ tx, provinceId }: Doing, lineId: string): Promise<LinePage | undefined> {
  if (!(await lockLine(tx, { provinceId, id: lineId }))) return undefined;
  return (await listLines(tx, { provinceId, id: lineId }))[0];
}

type Receipt = {
  readonly line: LinePage;
  readonly rootId: Id;
  readonly letter: { readonly id: Id; readonly letterDay: Day };
};

async function receive(doing: Doing, { line, rootId, letter }: Receipt): Promise<void> {
  const { tx, provinceId } = doing;
  // A division of the root that is under way reads the rest before or after this letter, never half of it.
  await lockSlice(tx, { provinceId, id: rootId });
  const shares = must((await lockedByLetters(doing, line)).at(-1), 'the shares of this letter');
  const [notifier] = await openAccounts(tx, [
    {
      id: fresh(doing),
      provinceId,
      ownerId: line.id,
      kind: 'notifier',
      share: openShare,
      countyCode: null,
      bounded: false,
    },
  ]);
  const source = must(notifier, 'the notifier of the line').id;
  const into = await accountsFor(doing, { provinceId, id: rootId, countyCode: null }, shares);
  const steps = [...shares]
    .filter(([, amount]) => amount > 0n)
    .map(([share, amount]) => ({ from: source, to: into('available', share), amount }));
  const cause = { kind: 'notify', referenceId: letter.id, happenedOn: letter.letterDay };
  const posted = await move(doing, steps, cause);
  assert(posted.ok, 'a notifier has no bound');
}

/** What each letter of a line that moved its sum brought into each share, cuts among them. */
export async function lockedByLetters(
  { tx, provinceId }: Pick<Doing, 'tx' | 'provinceId'>,
  { id: lineId, budgetYear }: LinePage,
): Promise<readonly ShareSums[]> {
  const rules = await listShareRules(tx, { provinceId, lineId });
  const letters = await listVersions(tx, { provinceId, lineId });
  return lockLetters(
    letters
      .filter(({ act: what }) => what !== 'extend' && what !== 'close')
      .map(({ act: what, amount, letterDay }) => ({
        amount: what === 'cut' ? minus(zero, amount ?? zero) : (amount ?? zero),
        reserves: reservesOf(rulesOn(rules, letterDay, budgetYear)),
      })),
  );
}

const rootOf = (doing: Doing, lineId: Id): SliceRow => ({
  provinceId: doing.provinceId,
  id: fresh(doing),
  lineId,
  parentId: null,
  axis: 'province',
  ...nowhere,
  jobTarget: 0,
});

/** Opens a notified line: from now on it may be sliced and awarded. */
export async function openLine(
  doing: Doing,
  { lineId, actId }: { readonly lineId: string; readonly actId: string },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(lineKind, 'open', by.role);
  if (!mine.ok) return mine;
  const found = await findLocked(doing, lineId);
  if (found === undefined) return refused({ kind: 'LineMissing', lineId });
  const before = await doneBefore(doing, found.id, actId);
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
      happenedOn: before?.happenedOn ?? today(doing),
    },
  });
  if (!acted.ok) return acted;
  const { state, version } = acted.value.case;
  if (acted.value.outcome === 'acted')
    await updateLine(tx, { provinceId, id: found.id, state, version, letterDay: null });
  return ok({ id: found.id });
}
