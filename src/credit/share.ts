import { type Ratio, type Rial, minus, plus, shareOut, shareUp, total, zero } from '#kernel/rial.ts';
import { assert, must } from '#kernel/result.ts';

/**
 * The arithmetic of a reserve (L3): how much of each slice is locked. All sums in rials. The root of a credit
 * line locks the share rounded up to the rial; below it the locked sum is only ever divided, never computed
 * anew, so that the parts of every level add up to what the root locked. A child's own locked sum can
 * therefore be less than a rial below the share of its amount.
 */

/** A slice's amount and the part of it that a reserve locks; the locked part is within the amount. */
export type Locked = { readonly amount: Rial; readonly locked: Rial };

/** What a reserve of `ratio` locks of a whole credit line: never less than the share, never above the amount. */
export function lockedAtRoot(amount: Rial, ratio: Ratio): Rial {
  assert(ratio.numerator <= ratio.denominator, 'a reserve of more than the whole');
  return shareUp(amount, ratio);
}

/**
 * What a reserve of `ratio` locks of one more letter when `before` was notified already. The root's lock stays
 * the share of everything notified, rounded up once and not letter by letter.
 */
export function lockedOfLetter({
  before,
  amount,
  ratio,
}: {
  readonly before: Rial;
  readonly amount: Rial;
  readonly ratio: Ratio;
}): Rial {
  return minus(lockedAtRoot(plus(before, amount), ratio), lockedAtRoot(before, ratio));
}

export type LockedDivision = {
  /** In the order of the children. */
  readonly children: readonly Rial[];
  /** What stays locked in the unsliced rest. */
  readonly rest: Rial;
};

/**
 * Divides the locked part of a parent over the children cut out of it and the rest that stays, in proportion
 * to their amounts, by the largest remainder (an equal one: the earlier child, the rest last). Children and
 * rest add up to the parent's locked sum, and none locks more than its amount. The children must fit into the
 * parent; a slice too large is refused before (`decideSlicing`).
 */
export function divideLocked(
  parentLocked: Rial,
  parentAmount: Rial,
  childAmounts: readonly Rial[],
): LockedDivision {
  const rest = minus(parentAmount, total(childAmounts));
  assert(rest >= 0n, 'the children are more than the parent');
  assert(parentLocked >= 0n && parentLocked <= parentAmount, 'more locked than there is');
  // No part can pass its amount: an exact share is at most that, and only a share with a fraction is rounded up.
  const parts = shareOut(parentLocked, [...childAmounts, rest]);
  return { children: parts.slice(0, -1), rest: must(parts.at(-1), 'the rest') };
}

/**
 * What comes back into the parent when `amount` of a child is released: the locked part goes with it in
 * proportion, so that the reserve is neither freed nor enlarged by cutting anew.
 */
export function releaseLocked(child: Locked, amount: Rial): Locked {
  const [locked = zero] = divideLocked(child.locked, child.amount, [amount]).children;
  return { amount, locked };
}
