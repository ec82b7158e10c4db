import { type Rial, plus, zero } from '#kernel/rial.ts';
import type { DivisionState, PartDelta, VersionDeed } from './contract.ts';

export type PartStand = { readonly amount: Rial; readonly locked: Rial; readonly jobTarget: number };
export const nothing: PartStand = { amount: zero, locked: zero, jobTarget: 0 };

const grown = (stand: PartStand, { amount, locked, jobs }: PartDelta): PartStand => ({
  amount: plus(stand.amount, amount),
  locked: plus(stand.locked, locked),
  jobTarget: stand.jobTarget + jobs,
});

/** What each part was given by the first `number` of the deeds. */
export function standOf(
  deedIds: readonly string[],
  deltas: readonly PartDelta[],
  number: number,
): ReadonlyMap<string, PartStand> {
  const counted = new Set(deedIds.slice(0, number));
  const stands = new Map<string, PartStand>();
  for (const delta of deltas)
    if (counted.has(delta.deedId))
      stands.set(delta.sliceId, grown(stands.get(delta.sliceId) ?? nothing, delta));
  return stands;
}

export const totalOf = (stands: Iterable<PartStand>): PartStand =>
  [...stands].reduce(
    (sum, one) => ({
      amount: plus(sum.amount, one.amount),
      locked: plus(sum.locked, one.locked),
      jobTarget: sum.jobTarget + one.jobTarget,
    }),
    nothing,
  );

/** Derived, never stored: a division is closed with its line, and else is what its last deed made of it; a release
 * leaves each part what it was given. */
export function divisionState(deeds: readonly VersionDeed[], lineState: string): DivisionState {
  const dividing = deeds.filter((deed) => deed !== 'release');
  const last = dividing.at(-1);
  if (last === undefined) return 'none';
  if (lineState === 'closed') return 'closed';
  if (last === 'redivision') return 'redivided';
  if (last === 'reallocation') return 'reallocated';
  if (last === 'cut') return 'cut';
  return dividing.length === 1 ? 'divided' : 'topped_up';
}
