import { id } from '#kernel/id.ts';
import { type Rial, minus, rial, total } from '#kernel/rial.ts';
import { coordinatesOf } from '../axis.ts';
import { type Award, type Slice, type SliceFacts, type Standing, openShare } from '../contract.ts';

/** What of a slice is available and stands in none of its parts: what may still be divided. */
export function restOf(
  slice: Standing,
  parts: readonly Standing[],
): { readonly open: Rial; readonly locked: Rial; readonly all: Rial } {
  const own = (stage: 'open' | 'locked'): Rial =>
    minus(rial(slice[stage]), total(parts.map((part) => rial(part[stage]))));
  const open = own('open');
  const locked = own('locked');
  return { open, locked, all: total([open, locked]) };
}

/** A slice of the wire as the decisions see it. */
export function factsOf(slice: Slice, lineId: string, children: number): SliceFacts {
  return {
    // No decision of the form asks for the province; the server puts its own in.
    provinceId: 0,
    id: id(slice.id),
    lineId: id(lineId),
    parentId: slice.parentId === null ? null : id(slice.parentId),
    axis: slice.axis,
    ...coordinatesOf(slice),
    children,
    available: new Map([
      [openShare, rial(slice.standing.open)],
      ...slice.locks.map((lock): [string, Rial] => [lock.share, rial(lock.available)]),
    ]),
    open: rial(slice.standing.open),
    locked: rial(slice.standing.locked),
  };
}

export const leftOf = (award: Award): Rial => minus(rial(award.amount), rial(award.paid));

function eachSum(of: (name: keyof Standing) => Rial): Standing {
  const sum = (name: keyof Standing): string => of(name).toString();
  return {
    amount: sum('amount'),
    reserve: sum('reserve'),
    available: sum('available'),
    open: sum('open'),
    locked: sum('locked'),
    reserved: sum('reserved'),
    referred: sum('referred'),
    contracted: sum('contracted'),
    paid: sum('paid'),
    repaid: sum('repaid'),
    handedBack: sum('handedBack'),
    sliced: sum('sliced'),
    referredSoFar: sum('referredSoFar'),
    contractedSoFar: sum('contractedSoFar'),
    paidSoFar: sum('paidSoFar'),
    reportedNotConfirmed: sum('reportedNotConfirmed'),
  };
}

/** Sums of several slices side by side added up. */
export const standingOfAll = (standings: readonly Standing[]): Standing =>
  eachSum((name) => total(standings.map((standing) => rial(standing[name]))));

/** What of a slice stands in none of its parts, stage by stage: its rows and this one add up to it. */
export const standingOfRest = (slice: Standing, parts: readonly Standing[]): Standing =>
  eachSum((name) => minus(rial(slice[name]), total(parts.map((part) => rial(part[name])))));
