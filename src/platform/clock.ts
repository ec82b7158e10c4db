import { type Day, startOfDay } from '#kernel/day.ts';

/**
 * The only source of the present. Whoever needs it is handed a clock, so that a test can fix it and a figure
 * can be asked as of another instant. Milliseconds: what the clock says survives the way to the database and
 * back (`timestamptz(3)`) unchanged.
 */
export type Clock = { readonly now: () => Date };

export const systemClock: Clock = { now: () => new Date() };

const hour = 3_600_000;

/**
 * A clock that stands at nine in the morning of a day, and a second later at each look: for what is played. Of a day
 * that has not come to nine yet it stands earlier: nothing may be recorded after the present, and what is done next
 * to it would inherit that instant.
 */
export function playedClock(on: Day, present: Clock = systemClock): Clock {
  const midnight = startOfDay(on);
  const latest = present.now().getTime() - hour / 6;
  let at = Math.max(midnight, Math.min(midnight + 9 * hour, latest));
  return { now: () => new Date((at += 1000)) };
}
