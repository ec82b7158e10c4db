import type { z } from 'zod';
import { act } from '#casework/actions.ts';
import { type Day, dayFromIso } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { comparable } from '#kernel/persian.ts';
import { type Rial, minus, rial, total, zero } from '#kernel/rial.ts';
import { assert, must, ok, refused } from '#kernel/result.ts';
import {
  type Doing,
  type Done,
  type Step,
  accountsBy,
  decideRole,
  move,
  numberOf,
  stepsOf,
  today,
} from '../actions.ts';
import type { AccountSum, ShareSums } from '../contract.ts';
import { findLocked } from '../line/actions.ts';
import { type LinePage, listAccountSums, listLetters, listSlices, updateLine } from '../queries.ts';
import { decideDay, decideNotified, lineKind } from '../rules.ts';
import { type Reserve, addShares, lockedIn, sumOf } from '../share.ts';
import { listShareRules } from '../share/queries.ts';
import { reservesOf, rulesOn } from '../share/rules.ts';
import type { RevisionAct, closingShape, cutShape, extensionShape } from './contract.ts';
import { insertRevision, listCutByShare, listRevisions, lockSlices, updateDeadline } from './queries.ts';
import { type Purse, ascentsOf, decideClosing, decideCut, decideDeadline, takenFrom } from './rules.ts';

type Order<Shape extends z.ZodType> = { readonly lineId: string; readonly order: z.infer<Shape> };

/** Puts the deadline of an open line off; it may be put off again. */
export async function extendLine(
  doing: Doing,
  { lineId, order }: Order<typeof extensionShape>,
): Done<{ id: Id }> {
  const deadline = dayFromIso(order.deadline);
  const begun = await begin(doing, { lineId, act: 'extend', order, facts: { deadline: order.deadline } });
  if (!begun.ok || begun.value === 'replayed') return begun.ok ? ok({ id: id(lineId) }) : begun;
  const { line, letter } = begun.value;
  const later = decideDeadline(deadline, line.deadline);
  if (!later.ok) return later;
  await updateDeadline(doing.tx, { ...line, deadline });
  return keep(doing, line, { ...letter, ...noMoney, deadlineBefore: line.deadline, deadline });
}

/**
 * Takes back what a letter of the notifier asks for: out of what is available, the reserve in its share (L3). It
 * goes up through the slices it stood in, so that each is smaller by it, and from the root to the notifier.
 */
export async function cutLine(doing: Doing, { lineId, order }: Order<typeof cutShape>): Done<{ id: Id }> {
  const begun = await begin(doing, { lineId, act: 'cut', order, facts: { amount: order.amount } });
  if (!begun.ok || begun.value === 'replayed') return begun.ok ? ok({ id: id(lineId) }) : begun;
  const { line, letter } = begun.value;
  const { purses, sums } = await lockedPurses(doing, line.id);
  const amount = rial(order.amount);
  const cut = decideCut({
    amount,
    net: await netOf(doing, line.id, sums),
    reserves: await reservesFor(doing, line, letter.letterDay),
    available: availableIn(purses),
  });
  if (!cut.ok) return cut;
  const cause = { referenceId: letter.id, happenedOn: letter.letterDay };
  const up: Step[] = [];
  for (const { sums: risen, from, to } of ascentsOf(purses, takenOf(purses, cut.value)))
    up.push(...stepsOf(risen, await accountsBy(doing, id(from)), await accountsBy(doing, id(to))));
  const risen = await move(doing, up, { ...cause, kind: 'unslice' });
  if (!risen.ok) return risen;
  const root = must(purses[0], 'the root of a notified line').sliceId;
  const posted = await move(doing, await stepsBack(doing, root, cut.value), { ...cause, kind: 'cut' });
  if (!posted.ok) return posted;
  return keep(doing, line, { ...letter, ...noDeadline, amount, locked: lockedIn(cut.value) });
}

/** What a cut takes of each purse, share by share. */
function takenOf(purses: readonly Purse[], cut: ShareSums): ShareSums[] {
  const taken = purses.map(() => new Map<string, Rial>());
  for (const [share, amount] of cut) {
    const parts = takenFrom(
      amount,
      purses.map((purse) => purse.available.get(share) ?? zero),
    );
    for (const [place, sums] of taken.entries()) sums.set(share, must(parts[place], 'a part of each purse'));
  }
  return taken;
}

const availableIn = (purses: readonly Purse[]): ShareSums =>
  purses.map((purse) => purse.available).reduce(addShares, new Map());

/** Closes a line: what nobody was awarded goes back, what is at the bank stays there and is paid from there. */
export async function closeLine(
  doing: Doing,
  { lineId, order }: Order<typeof closingShape>,
): Done<{ id: Id }> {
  const begun = await begin(doing, { lineId, act: 'close', order, facts: {} });
  if (!begun.ok || begun.value === 'replayed') return begun.ok ? ok({ id: id(lineId) }) : begun;
  const { line, letter } = begun.value;
  const { purses, sums } = await lockedPurses(doing, line.id);
  const reserved = total(sums.filter((sum) => sum.stage === 'reserved').map((sum) => sum.balance));
  const settled = decideClosing(reserved);
  if (!settled.ok) return settled;
  const steps: Step[] = [];
  for (const { sliceId, available } of purses) steps.push(...(await stepsBack(doing, sliceId, available)));
  const cause = { kind: 'hand_back', referenceId: letter.id, happenedOn: letter.letterDay };
  const posted = await move(doing, steps, cause);
  if (!posted.ok) return posted;
  const back = availableIn(purses);
  return keep(doing, line, { ...letter, ...noDeadline, amount: sumOf(back), locked: lockedIn(back) });
}

const noMoney = { amount: null, locked: null } as const;
const noDeadline = { deadlineBefore: null, deadline: null } as const;

type Begun = {
  readonly line: LinePage;
  readonly letter: {
    readonly id: Id;
    readonly act: RevisionAct;
    readonly letterNumber: string;
    readonly letterDay: Day;
    readonly reason: string;
  };
};

/** Moves the case of a line on by one of its later letters, with the line locked; what the letter does follows. */
async function begin(
  doing: Doing,
  asked: Order<typeof closingShape> & {
    readonly act: RevisionAct;
    readonly facts: Readonly<Record<string, string>>;
  },
): Done<Begun | 'replayed'> {
  const { tx, clock, provinceId, by } = doing;
  const { lineId, order } = asked;
  const mine = decideRole(lineKind, asked.act, by.role);
  if (!mine.ok) return mine;
  const line = await findLocked(doing, lineId);
  if (line === undefined) return refused({ kind: 'LineMissing', lineId });
  const letterDay = dayFromIso(order.letterDay);
  const timely = decideDay(letterDay, today(doing));
  if (!timely.ok) return timely;
  const letterNumber = numberOf(order.letterNumber);
  const acted = await act(tx, lineKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: line.id,
      act: asked.act,
      seenVersion: order.seenVersion,
      facts: { ...asked.facts, letterNumber },
      reason: order.reason,
      happenedOn: letterDay,
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok('replayed');
  const { notifiedOn, deadline } = line;
  const notified = decideNotified(letterDay, {
    notifiedOn: must(notifiedOn, 'a letter of notification'),
    deadline,
  });
  if (!notified.ok) return notified;
  const letters = [
    ...(await listLetters(tx, { provinceId, lineId: line.id })),
    ...(await revisionsOf(doing, line.id)),
  ];
  if (letters.some((one) => comparable(one.letterNumber) === comparable(letterNumber)))
    return refused({ kind: 'LetterTwice', letterNumber });
  const { state, version } = acted.value.case;
  await updateLine(tx, { provinceId, id: line.id, state, version, letterDay: null });
  const letter = { id: id(order.id), act: asked.act, letterNumber, letterDay, reason: order.reason };
  return ok({ line, letter });
}

const revisionsOf = ({ tx, provinceId }: Doing, lineId: Id) => listRevisions(tx, { provinceId, lineId });

async function keep(
  { tx, provinceId }: Doing,
  line: LinePage,
  row: Omit<Parameters<typeof insertRevision>[1], 'provinceId' | 'lineId'>,
): Done<{ id: Id }> {
  const kept = await insertRevision(tx, { ...row, provinceId, lineId: line.id });
  return kept ? ok({ id: line.id }) : refused({ kind: 'LetterTwice', letterNumber: row.letterNumber });
}

/**
 * Nobody divides a slice of the line or awards out of one before this transaction ends. A slice that was made while
 * its parent was waited for is locked in the next round; with all parents locked none is made.
 */
export async function lockTree({ tx, provinceId }: Doing, lineId: Id): Promise<void> {
  let locked = 0;
  for (;;) {
    const now = await lockSlices(tx, { provinceId, lineId });
    if (now === locked) return;
    locked = now;
  }
}

/** What every slice of a line still has, and nobody draws on any of them. */
async function lockedPurses(
  doing: Doing,
  lineId: Id,
): Promise<{ readonly purses: Purse[]; readonly sums: readonly AccountSum[] }> {
  const { tx, provinceId } = doing;
  await lockTree(doing, lineId);
  const asked = { provinceId, lineId, id: null };
  const sums = await listAccountSums(tx, asked);
  const available = Map.groupBy(
    sums.filter((sum) => sum.stage === 'available'),
    (sum): string => sum.sliceId,
  );
  const slices = await listSlices(tx, asked);
  assert(slices[0]?.parentId === null, 'the root stands first');
  const purses = slices.map(({ id: sliceId, parentId }) => ({
    sliceId,
    parentId,
    available: byShare(available.get(sliceId) ?? []),
  }));
  return { purses, sums };
}

const byShare = (sums: readonly { readonly share: string; readonly balance: Rial }[]): ShareSums =>
  sums.map(({ share, balance }): ShareSums => new Map([[share, balance]])).reduce(addShares, new Map());

/** All letters less all cuts, by the share that they stand under, wherever they stand by now. */
async function netOf({ tx, provinceId }: Doing, lineId: Id, sums: readonly AccountSum[]): Promise<ShareSums> {
  const cut = await listCutByShare(tx, { provinceId, lineId });
  return addShares(byShare(sums), new Map(cut.map(({ share, amount }) => [share, minus(zero, amount)])));
}

async function reservesFor({ tx, provinceId }: Doing, line: LinePage, on: Day): Promise<Reserve[]> {
  const rules = await listShareRules(tx, { provinceId, lineId: line.id });
  return reservesOf(rulesOn(rules, on, line.budgetYear));
}

/** The steps from what is available in a slice to what it hands back. */
async function stepsBack(doing: Doing, sliceId: string, sums: ShareSums): Promise<Step[]> {
  const account = await accountsBy(doing, id(sliceId));
  return stepsOf(sums, account, (_, share) => account('handed_back', share));
}
