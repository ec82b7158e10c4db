import type { CaseKind, CaseTable } from '#kernel/state.ts';
import { type Rial, minus, plus, rial, shareOut, total, zero } from '#kernel/rial.ts';
import { type No, type Ok, must, ok, refused } from '#kernel/result.ts';
import type { NamedPart } from '../contract.ts';
import type { ReallocationRefusal } from './contract.ts';
import type { Forecast } from '../lapse/rules.ts';

const states = ['proposed', 'approved', 'withdrawn'] as const;
const acts = ['approve_transfer', 'withdraw_transfer'] as const;

/** A transfer between the slices of one parent: one person proposes it, another approves it. */
export const reallocationKind = {
  kind: 'reallocation',
  start: { act: 'propose_transfer', state: 'proposed', may: ['director', 'deputy'] },
  table: {
    proposed: { approve_transfer: 'approved', withdraw_transfer: 'withdrawn' },
    approved: { approve_transfer: 'refused', withdraw_transfer: 'refused' },
    withdrawn: { approve_transfer: 'refused', withdraw_transfer: 'refused' },
  } as const satisfies CaseTable<(typeof states)[number], (typeof acts)[number]>,
  may: { approve_transfer: ['director', 'deputy'], withdraw_transfer: ['director', 'deputy'] },
  closed: ['approved', 'withdrawn'],
} as const satisfies CaseKind<(typeof states)[number], (typeof acts)[number]>;

/** A slice among those of its parent, with all that decides what it may give and take. */
export type Sibling = {
  readonly id: string;
  readonly name: NamedPart;
  /** All it holds, in every stage and in its own parts. */
  readonly amount: Rial;
  /** Not reserved yet, its parts included. */
  readonly available: Rial;
  /** Not reserved yet and in none of its parts: awards and parts are never touched. */
  readonly left: Rial;
  /** By the formula in force; zero and null where there is none. */
  readonly floor: Rial;
  readonly cap: Rial | null;
  readonly forecast: Forecast;
};

export type Move = { readonly fromSliceId: string; readonly toSliceId: string; readonly amount: Rial };

const sumBy = (moves: readonly Move[], end: 'fromSliceId' | 'toSliceId', id: string): Rial =>
  total(moves.filter((move) => move[end] === id).map(({ amount }) => amount));

const leastOf = (sums: readonly Rial[]): Rial =>
  sums.reduce((least, sum) => (sum < least ? sum : least), must(sums[0], 'a sum'));
const notBelowZero = (sum: Rial): Rial => (sum < 0n ? zero : sum);

/** What a slice may give at most: what is not committed, and down to its floor. */
export const mayGive = ({ left, amount, floor }: Sibling): Rial =>
  notBelowZero(leastOf([left, minus(amount, floor)]));

/** What a slice may take at most; null where no cap holds it. */
export const mayTake = ({ cap, amount }: Sibling): Rial | null =>
  cap === null ? null : notBelowZero(minus(cap, amount));

/** Whether the moves keep every rule: within what is free, between floor and cap, none both giving and taking. */
export function decideMoves(
  siblings: readonly Sibling[],
  moves: readonly Move[],
): Ok<undefined> | No<ReallocationRefusal> {
  const known = new Map(siblings.map((one) => [one.id, one]));
  for (const { fromSliceId, toSliceId } of moves) {
    const stranger = [fromSliceId, toSliceId].find((id) => !known.has(id));
    if (stranger !== undefined) return refused({ kind: 'NotSiblings', sliceId: stranger });
    const { name } = must(known.get(fromSliceId), 'a sibling');
    if (fromSliceId === toSliceId) return refused({ kind: 'MoveToItself', name });
  }
  for (const sibling of siblings) {
    const fits = decideSibling(sibling, moves);
    if (!fits.ok) return fits;
  }
  return ok();
}

function decideSibling(sibling: Sibling, moves: readonly Move[]): Ok<undefined> | No<ReallocationRefusal> {
  const { id, name, amount, left, floor, cap } = sibling;
  const given = sumBy(moves, 'fromSliceId', id);
  const taken = sumBy(moves, 'toSliceId', id);
  if (given > 0n && taken > 0n) return refused({ kind: 'GivesAndTakes', name });
  if (given > left) return refused({ kind: 'GiverShort', name, left, asked: given });
  if (given > 0n && minus(amount, given) < floor)
    return refused({ kind: 'BelowFloor', name, floor, most: mayGive(sibling) });
  if (taken > 0n && cap !== null && plus(amount, taken) > cap)
    return refused({ kind: 'AboveCap', name, cap, most: mayTake(sibling) ?? zero });
  return ok();
}

/**
 * The part of each share that goes with a sum: in proportion to what of each is free, so that a reserve is neither
 * freed nor enlarged by moving money (L3). The parts add up to the sum, and none passes what its share holds.
 */
export function sharesOf(free: ReadonlyMap<string, Rial>, amount: Rial): ReadonlyMap<string, Rial> {
  const shares = [...free].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const parts = shareOut(
    amount,
    shares.map(([, sum]) => sum),
  );
  return new Map(shares.map(([share], place) => [share, must(parts[place], 'a part for each share')]));
}

// ---- the draft

export type DraftStep = Move & {
  readonly why: {
    /** What the giver could spare before this step, and what of it stays unspent even if draws stay high. */
    readonly spare: Rial;
    readonly unspent: Rial;
    readonly giverPerWeek: Rial;
    /** What the taker lacked before this step: what it would draw till the deadline less what it has. */
    readonly need: Rial;
    readonly wanted: Rial;
    readonly available: Rial;
    readonly takerPerWeek: Rial;
    readonly ends: 'spare' | 'need';
  };
};

export type Draft = {
  readonly steps: readonly DraftStep[];
  /** What is lacking after the draft, and what could still be spared. */
  readonly unmet: Rial;
  readonly unused: Rial;
};

type Side = { readonly sibling: Sibling; readonly forecast: Known; rest: Rial };
const restOf = (sides: readonly Side[]): Rial => total(sides.map(({ rest }) => rest));

type Known = Extract<Forecast, { kind: 'forecast' }>;

/**
 * A greedy pass: whoever will lack most for its size is served first, out of whoever will keep most for its size.
 * A giver spares only what stays unspent even if its draws stay high (the low end of its band); a taker is served
 * up to the middle of its own. Sums are whole units. It only drafts: a person proposes, another approves.
 */
export function draftMoves(siblings: readonly Sibling[], unit: Rial): Draft {
  const givers = sidesOf(siblings, unit, ({ sibling, forecast }) =>
    leastOf([mayGive(sibling), forecast.unspent.low]),
  );
  const takers = sidesOf(siblings, unit, ({ sibling, forecast }) => {
    const lacking = notBelowZero(minus(forecast.wanted.median, sibling.available));
    return leastOf([lacking, mayTake(sibling) ?? lacking]);
  }).filter((taker) => !givers.some(({ sibling }) => sibling.id === taker.sibling.id));
  const steps: DraftStep[] = [];
  for (const taker of takers)
    for (const giver of givers) {
      const amount = leastOf([taker.rest, giver.rest]);
      if (amount <= 0n) continue;
      steps.push({
        fromSliceId: giver.sibling.id,
        toSliceId: taker.sibling.id,
        amount,
        why: {
          spare: giver.rest,
          unspent: giver.forecast.unspent.low,
          giverPerWeek: giver.forecast.perWeek,
          need: taker.rest,
          wanted: taker.forecast.wanted.median,
          available: taker.sibling.available,
          takerPerWeek: taker.forecast.perWeek,
          ends: giver.rest < taker.rest ? 'spare' : 'need',
        },
      });
      giver.rest = minus(giver.rest, amount);
      taker.rest = minus(taker.rest, amount);
    }
  return { steps, unmet: restOf(takers), unused: restOf(givers) };
}

/** Those that have something to give or take, in whole units, the largest part of their own amount first. */
function sidesOf(
  siblings: readonly Sibling[],
  unit: Rial,
  sumOf: (one: { readonly sibling: Sibling; readonly forecast: Known }) => Rial,
): Side[] {
  return siblings
    .flatMap((sibling): Side[] => {
      const { forecast } = sibling;
      if (forecast.kind !== 'forecast') return [];
      const sum = sumOf({ sibling, forecast });
      const rest = rial(sum - (sum % unit));
      return rest > 0n ? [{ sibling, forecast, rest }] : [];
    })
    .sort((a, b) => {
      const [left, right] = [a.rest * b.sibling.amount, b.rest * a.sibling.amount];
      return left > right ? -1 : left < right ? 1 : a.sibling.id < b.sibling.id ? -1 : 1;
    });
}
