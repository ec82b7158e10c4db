import { type Day, dayNumber, dayOfNumber, fiscalYear } from '#kernel/day.ts';
import { assert } from '#kernel/result.ts';
import type { Limit } from '#kernel/state.ts';
import type { Calendar, Deadline } from './contract.ts';

/** Of a day by its number: Monday is 1, Friday 5. The first of January 1970 was a Thursday. */
const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const isWorking = ({ holidays, weekends }: Calendar, day: number): boolean =>
  !holidays.has(day) &&
  !weekends.some(
    (weekend) =>
      weekend.weekday === weekday(day) &&
      weekend.first <= day &&
      (weekend.last === null || day <= weekend.last),
  );

/** Whether offices work on a day: no official holiday and no day of the week that was off at that time. */
export const isWorkingDay = (calendar: Calendar, day: Day): boolean => isWorking(calendar, dayNumber(day));

function workingFrom(calendar: Calendar, day: number): number {
  let on = day;
  while (!isWorking(calendar, on)) on += 1;
  return on;
}

/** The `count`-th working day after `day`, which itself never counts (Civil Procedure, art. 445). */
export function addWorkingDays(calendar: Calendar, day: Day, count: number): Day {
  assert(Number.isInteger(count) && count > 0 && count < 1000, `not a number of working days: ${count}`);
  let on = dayNumber(day);
  for (let left = count; left > 0; left -= 1) on = workingFrom(calendar, on + 1);
  return dayOfNumber(on);
}

/** The last day of a limit that runs since a day. */
export const lastDayOf = (limit: Limit, since: Day, calendar: Calendar): Day =>
  limit.of === 'working_days'
    ? addWorkingDays(calendar, since, limit.days)
    : dayOfNumber(workingFrom(calendar, dayNumber(since) + limit.days));

/** Past this a case is simply late by years; nobody counts on. */
const mostCounted = 999;

/** Working days after `from` up to and with `until`; below zero when `until` lies before `from`. */
export function workingDaysBetween(calendar: Calendar, from: Day, until: Day): number {
  if (until < from) return -workingDaysBetween(calendar, until, from);
  const last = dayNumber(until);
  let count = 0;
  for (let on = dayNumber(from) + 1; on <= last && count < mostCounted; on += 1)
    if (isWorking(calendar, on)) count += 1;
  return count;
}

/** A running deadline as it is today: computed, never typed. */
export const deadlineOf = (dueOn: Day, today: Day, calendar: Calendar): Deadline => ({
  dueOn,
  workingDaysLeft: workingDaysBetween(calendar, today, dueOn),
  late: dueOn < today,
  // Past the last year of the list only weekends are known.
  foreseen: fiscalYear(dueOn) > calendar.knownUntil,
});
