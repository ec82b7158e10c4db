import type { Clock } from '#platform/clock.ts';

/** A clock that stands still until it is set: two runs of a test see the same instants. */
export type FixedClock = Clock & {
  readonly set: (iso: string) => void;
  readonly advance: (milliseconds: number) => void;
};

/** Noon in Tehran on 1403-06-15. Nothing in the rules is tied to it. */
const usualInstant = '2024-09-05T08:30:00.000Z';

export function fixedClock(iso: string = usualInstant): FixedClock {
  let instant = Date.parse(iso);
  return {
    now: () => new Date(instant),
    set: (next) => (instant = Date.parse(next)),
    advance: (milliseconds) => (instant += milliseconds),
  };
}
