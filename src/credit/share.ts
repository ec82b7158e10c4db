import {
  type Ratio,
  type Rial,
  least,
  minus,
  most,
  plus,
  shareOut,
  shareUp,
  total,
  zero,
} from '#kernel/rial.ts';
import { assert, must } from '#kernel/result.ts';
import { type ShareSums, openShare } from './contract.ts';

/**
 * The arithmetic of reserves (L3): how much of each slice is locked, and under which share. All sums in rials.
 * The root of a credit line locks each share rounded up to the rial; below it the locked sums are only ever
 * divided, never computed anew, so that the parts of every level add up to what the root locked. A child's own
 * locked sum can therefore differ by less than a rial from the share of its amount.
 *
 * A share is the way down to its reserve: `cooperative`, and `cooperative/rural` for a part of that reserve. The
 * account of a reserve holds what is left of it when the reserves inside it have theirs.
 */

/** A reserve: its share, and which part it is of the line, or of the reserve around it. */
export type Reserve = { readonly share: string; readonly ratio: Ratio };

/** The reserve around a share; undefined at the top. */
export const shareAround = (share: string): string | undefined =>
  share.includes('/') ? share.slice(0, share.lastIndexOf('/')) : undefined;

/** What a reserve of `ratio` locks of a whole: never less than the share, never above the amount. */
function lockedOf(amount: Rial, ratio: Ratio): Rial {
  assert(ratio.numerator <= ratio.denominator, 'a reserve of more than the whole');
  return shareUp(amount, ratio);
}

/** A letter that notifies a line, tops it up or cuts it (below zero), with the reserves in force on its day. */
export type Letter = { readonly amount: Rial; readonly reserves: readonly Reserve[] };

/**
 * What each letter of a line brings into each share, letters in the order of their recording. What a reserve
 * holds stays the share of everything notified, rounded up once and not letter by letter; a new value binds the
 * letters from its day. Reserves that are the whole together cannot all be rounded up: the later by name is then
 * short by less than a rial each, until a letter has room for it. A cut brings nothing: after it the line stands as
 * if it had been notified smaller.
 */
export function lockLetters(letters: readonly Letter[]): ShareSums[] {
  const come = new Map<string, Rial>();
  const owed = new Map<string, Rial>();
  return letters.map((letter) => {
    const { reserves } = letter;
    const isCut = letter.amount < 0n;
    const amount = isCut ? plus(come.get(openShare) ?? zero, letter.amount) : letter.amount;
    if (isCut) {
      come.clear();
      owed.clear();
    }
    const sums = new Map<string, Rial>();
    const enter = (share: string | undefined, increment: Rial): void => {
      const name = share ?? openShare;
      const before = come.get(name) ?? zero;
      let left = increment;
      for (const inner of reserves.filter((one) => shareAround(one.share) === share).toSorted(byShare)) {
        const due = minus(lockedOf(plus(before, increment), inner.ratio), lockedOf(before, inner.ratio));
        const wanted = plus(due, owed.get(inner.share) ?? zero);
        const given = least(wanted, left);
        owed.set(inner.share, minus(wanted, given));
        left = minus(left, given);
        enter(inner.share, given);
      }
      come.set(name, plus(before, increment));
      sums.set(name, left);
    };
    enter(undefined, amount);
    return isCut ? new Map() : sums;
  });
}

const byShare = (one: Reserve, other: Reserve): number => (one.share < other.share ? -1 : 1);

export const sumOf = (sums: ShareSums): Rial => total([...sums.values()]);

export type SharesDivided = {
  /** In the order of the parts. */
  readonly parts: readonly ShareSums[];
  /** What stays in the undivided rest. */
  readonly rest: ShareSums;
};

/**
 * Divides what a slice holds, share by share, over the parts cut out of it and the rest that stays, each share in
 * proportion to what the parts have room for, by the largest remainder (an equal one: the earlier part, the rest
 * last). Every share is divided to the rial, and every part gets its amount. The parts must fit into what there
 * is; too much is refused before.
 */
export function divideShares(held: ShareSums, amounts: readonly Rial[]): SharesDivided {
  const rest = minus(sumOf(held), total(amounts));
  assert(rest >= 0n, 'the parts are more than there is');
  const parts = [...amounts, rest].map(() => new Map<string, Rial>());
  let room: readonly Rial[] = [...amounts, rest];
  for (const share of inOrder(held)) {
    const sum = held.get(share) ?? zero;
    assert(sum >= 0n, 'less than nothing is held');
    // No part can pass its room: its exact share is at most that, and only one with a fraction is rounded up.
    const cut = share === openShare ? room : shareOut(sum, room);
    for (const [place, part] of parts.entries()) part.set(share, must(cut[place], 'a part'));
    room = room.map((one, place) => minus(one, must(cut[place], 'a part')));
  }
  return { parts: parts.slice(0, -1), rest: must(parts.at(-1), 'the rest') };
}

/** Reserves by name; the open part last, which takes what room is left. */
const inOrder = (held: ShareSums): string[] => [
  ...[...held.keys()].filter((share) => share !== openShare).toSorted(),
  openShare,
];

/** What goes along when `amount` of a slice is taken back: each share in proportion, none freed and none enlarged. */
export const takeShares = (held: ShareSums, amount: Rial): ShareSums =>
  must(divideShares(held, [amount]).parts[0], 'what is taken');

const by = (sums: ShareSums, share: string): Rial => sums.get(share) ?? zero;

/**
 * What a cut takes of each share (L3): each reserve of what stays is its share again, rounded up once, as if the line
 * had been notified smaller. Where a share holds something else than its rule says, since the rule was changed or a
 * part of it released, each shrinks in proportion.
 */
export function takenByCut(held: ShareSums, amount: Rial, reserves: readonly Reserve[]): ShareSums {
  const asNotified = (sum: Rial): ShareSums =>
    must(lockLetters([{ amount: sum, reserves }])[0], 'one letter');
  const whole = sumOf(held);
  const today = asNotified(whole);
  const isByRule = [...new Set([...held.keys(), ...today.keys()])].every(
    (share) => by(held, share) === by(today, share),
  );
  if (!isByRule) return divideShares(held, [minus(whole, amount)]).rest;
  const staying = asNotified(minus(whole, amount));
  const shares = [...held.keys()];
  // Where reserves are rounded against one another, one may stay a rial larger than it was: it gives nothing then.
  const over = shares.map((share) => most(zero, minus(by(held, share), by(staying, share))));
  const taken = shareOut(amount, over);
  return new Map(shares.map((share, place) => [share, must(taken[place], 'a part of each share')]));
}

export function addShares(one: ShareSums, other: ShareSums): ShareSums {
  const sums = new Map(one);
  for (const [share, sum] of other) sums.set(share, plus(sums.get(share) ?? zero, sum));
  return sums;
}

/** All that reserves lock. */
export const lockedIn = (sums: ShareSums): Rial => minus(sumOf(sums), sums.get(openShare) ?? zero);
