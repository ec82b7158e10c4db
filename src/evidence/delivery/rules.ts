import { type Day, addDays, dayNumber, partsOf } from '#kernel/day.ts';
import type { Rhythm } from './contract.ts';

/** Days since a Saturday, the first day of the week: day number 0 is a Thursday. */
const sinceSaturday = (on: Day): number => (((dayNumber(on) + 5) % 7) + 7) % 7;

/** The last day on or before a day on which a report is due: a Saturday, or the first of a month. */
export function dueUntil(rhythm: Rhythm, today: Day): Day {
  return rhythm === 'week'
    ? addDays(today, -sinceSaturday(today))
    : addDays(today, 1 - partsOf(today).dayOfMonth);
}

/** A report tells what was until the evening before it is due. */
export const lastDayOf = (due: Day): Day => addDays(due, -1);
