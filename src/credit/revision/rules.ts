import { type Day, fiscalYear } from '#kernel/day.ts';
import { type Rial, least, minus, plus, rial, shareOut, total, zero } from '#kernel/rial.ts';
import { type No, type Ok, type Result, must, ok, refused } from '#kernel/result.ts';
import type { ShareSums } from '../contract.ts';
import { type Reserve, addShares, sumOf, takenByCut } from '../share.ts';
import type { RevisionRefusal } from './contract.ts';

type Refusal = No<RevisionRefusal>;

/** What a slice still has, its parts left out. */
export type Purse = {
  readonly sliceId: string;
  readonly parentId: string | null;
  readonly available: ShareSums;
};

export type CutOrder = {
  readonly amount: Rial;
  /** All letters less all cuts, by share. */
  readonly net: ShareSums;
  readonly reserves: readonly Reserve[];
  /** What is still available in the whole tree. */
  readonly available: ShareSums;
};

/** A cut never touches what is committed; one that would is refused with the largest that would not. */
export function decideCut({
  amount,
  net,
  reserves,
  available,
}: CutOrder): Result<ShareSums, RevisionRefusal> {
  const fits = (sum: Rial): boolean =>
    sum <= sumOf(net) &&
    [...takenByCut(net, sum, reserves)].every(([share, part]) => part <= (available.get(share) ?? zero));
  if (fits(amount)) return ok(takenByCut(net, amount, reserves));
  // Every share only grows with the sum, so the largest that fits is found by halving.
  let most = zero;
  let beyond = amount;
  while (beyond - most > 1n) {
    const middle = rial((most + beyond) / 2n);
    if (fits(middle)) most = middle;
    else beyond = middle;
  }
  return refused({ kind: 'CutBelowCommitted', asked: amount, most });
}

/**
 * From where a part of a cut is taken, in the order of the purses: the unsliced rest of the root, which stands
 * first, as far as it goes; then every slice in proportion to what it still has, to the rial.
 */
export function takenFrom(amount: Rial, purses: readonly Rial[]): Rial[] {
  const [root = zero, ...others] = purses;
  const first = least(amount, root);
  return [first, ...shareOut(minus(amount, first), others)];
}

/** What goes up from a slice to its parent: its own part and what came up from below it. */
export type Ascent = { readonly sums: ShareSums; readonly from: string; readonly to: string };

/** The way up of what is taken, the deepest slices first, so that no slice gives what has not reached it. */
export function ascentsOf(purses: readonly Purse[], taken: readonly ShareSums[]): Ascent[] {
  const own = new Map(purses.map((purse, index) => [purse.sliceId, must(taken[index], 'a part of each')]));
  const childrenOf = Map.groupBy(purses, (purse) => purse.parentId);
  const climb = (purse: Purse): { readonly sums: ShareSums; readonly way: Ascent[] } => {
    const below = (childrenOf.get(purse.sliceId) ?? []).map(climb);
    const sums = [must(own.get(purse.sliceId), 'its part'), ...below.map((one) => one.sums)].reduce(
      addShares,
    );
    const way = below.flatMap((one) => one.way);
    if (purse.parentId === null || sumOf(sums) === 0n) return { sums, way };
    return { sums, way: [...way, { sums, from: purse.sliceId, to: purse.parentId }] };
  };
  return (childrenOf.get(null) ?? []).flatMap((root) => climb(root).way);
}

/** A deadline is only ever put off. */
export const decideDeadline = (deadline: Day, current: Day): Ok<undefined> | Refusal =>
  deadline > current ? ok() : refused({ kind: 'DeadlineNotLater', deadline, current });

/** A line is closed when no award waits in the directorate any more: what is at the bank stays payable. */
export const decideClosing = (reserved: Rial): Ok<undefined> | Refusal =>
  reserved === 0n ? ok() : refused({ kind: 'AwardsNotReferred', reserved });

/** A letter as it is stored, in the order in which letters were recorded. */
export type LetterFacts = {
  readonly act: 'notify' | 'top_up' | 'extend' | 'cut' | 'close';
  readonly amount: Rial | null;
  readonly deadlineBefore: Day | null;
  readonly deadline: Day | null;
};

/** What holds after a letter. */
export type Since = { readonly allocated: Rial; readonly handedBack: Rial; readonly deadline: Day };

/** What each letter of a line led to; `deadline` is the one that stands now. */
export function versionsOf<Letter extends LetterFacts>(
  letters: readonly Letter[],
  deadline: Day,
): (Letter & { readonly since: Since })[] {
  const first = letters.find((letter) => letter.deadlineBefore !== null)?.deadlineBefore ?? deadline;
  let since: Since = { allocated: zero, handedBack: zero, deadline: first };
  return letters.map((letter) => {
    since = after(since, letter);
    return { ...letter, since };
  });
}

function after(since: Since, letter: LetterFacts): Since {
  const amount = letter.amount ?? zero;
  switch (letter.act) {
    case 'notify':
    case 'top_up':
      return { ...since, allocated: plus(since.allocated, amount) };
    case 'cut':
      return {
        ...since,
        allocated: minus(since.allocated, amount),
        handedBack: plus(since.handedBack, amount),
      };
    case 'close':
      return { ...since, handedBack: plus(since.handedBack, amount) };
    case 'extend':
      return { ...since, deadline: letter.deadline ?? since.deadline };
  }
}

/** What was paid of a line in each fiscal year, the earliest first; they add up to what is paid so far. */
export function paidByYear(
  paid: readonly { readonly day: Day; readonly amount: Rial }[],
): { readonly year: number; readonly amount: Rial }[] {
  return [...Map.groupBy(paid, ({ day }) => fiscalYear(day))]
    .map(([year, sums]) => ({ year, amount: total(sums.map((sum) => sum.amount)) }))
    .toSorted((a, b) => a.year - b.year);
}
