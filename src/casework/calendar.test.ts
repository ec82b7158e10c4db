import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, day, dayNumber, dayOfNumber, daysBetween, isoOf } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { readCsv } from '#platform/csv.ts';
import { noScope, read } from '#platform/db.ts';
import { openHouse } from '#testing/house.ts';
import { calendarOf, loadCatalogue } from './actions.ts';
import { addWorkingDays, deadlineOf, isWorkingDay, lastDayOf, workingDaysBetween } from './calendar.ts';
import type { Calendar } from './contract.ts';

const house = await openHouse();
let calendar: Calendar;

beforeAll(async () => {
  await loadCatalogue(house.owner, readCsv);
  calendar = await read(house.db, noScope, calendarOf);
});

const first = dayNumber(day('1402-01-01'));
const days = fc.integer({ min: 0, max: 4 * 365 }).map((after) => dayOfNumber(first + after));
const basis = { fa: '', en: '' };

describe('the calendar of offices', () => {
  test('a day is off on a Friday and on the days of the list, and on no other', () => {
    const listed = new Set(readCsv('holidays.csv').map((row) => must(row['gregorian_date'], 'a day')));
    for (let on = day('1402-01-01'); on <= day('1405-12-29'); on = addDays(on, 1)) {
      const friday = new Date(`${isoOf(on)}T12:00:00Z`).getUTCDay() === 5;
      expect(isWorkingDay(calendar, on), on).toBe(!friday && !listed.has(isoOf(on)));
    }
    expect(calendar.knownUntil).toBe(1405);
  });

  test('a weekday that is off is so between its days only', () => {
    const [from, until] = [dayNumber(day('1403-01-01')), dayNumber(day('1403-06-31'))];
    const thursday = { weekday: 4, first: from, last: until };
    const both = { ...calendar, weekends: [...calendar.weekends, thursday] };
    expect(isWorkingDay(both, day('1402-12-24'))).toBe(true);
    expect(isWorkingDay(both, day('1403-01-16'))).toBe(false);
    expect(isWorkingDay(both, day('1403-07-05'))).toBe(true);
  });

  test('the number of a day and the day of a number are one another', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -900, max: 900 }), (on, more) => {
        expect(dayOfNumber(dayNumber(on))).toBe(on);
        expect(dayNumber(addDays(on, more)) - dayNumber(on)).toBe(more);
        expect(daysBetween(on, dayOfNumber(dayNumber(on) + more))).toBe(more);
      }),
    );
  });
});

describe('a limit in working days', () => {
  test('ends on a working day, with just so many working days after its first', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), (since, count) => {
        const last = addWorkingDays(calendar, since, count);
        expect(isWorkingDay(calendar, last)).toBe(true);
        let counted = 0;
        for (let on = addDays(since, 1); on <= last; on = addDays(on, 1))
          if (isWorkingDay(calendar, on)) counted += 1;
        expect(counted).toBe(count);
        expect(workingDaysBetween(calendar, since, last)).toBe(count);
      }),
    );
  });

  test('never ends later for having begun earlier', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), (since, count) => {
        const next = addWorkingDays(calendar, addDays(since, 1), count);
        expect(addWorkingDays(calendar, since, count) <= next).toBe(true);
      }),
    );
  });

  /** Worked out by hand on the printed calendars of the four years. */
  test.each([
    ['1401-12-28', 10, '1402-01-17', 'over Nowruz 1402'],
    ['1402-03-13', 1, '1402-03-16', 'over 14 and 15 Khordad'],
    ['1402-05-04', 1, '1402-05-07', 'over Ashura and its Friday'],
    ['1402-06-14', 1, '1402-06-16', 'over Arbaeen'],
    ['1402-06-22', 1, '1402-06-26', 'over the end of Safar and a Friday'],
    ['1402-11-21', 2, '1402-11-24', 'over 22 Bahman'],
    ['1402-12-28', 10, '1403-01-18', 'over Nowruz 1403'],
    ['1403-04-24', 1, '1403-04-27', 'over Ashura in the week'],
    ['1403-12-28', 1, '1404-01-05', 'over the leap day and Nowruz 1404'],
    ['1403-12-28', 10, '1404-01-19', 'over Nowruz and Fitr 1404'],
    ['1404-04-12', 1, '1404-04-16', 'over a Friday and Ashura'],
    ['1404-12-28', 10, '1405-01-18', 'over Nowruz 1405'],
  ] as const)('since %s, %i days end on %s: %s', (since, count, last, _why) => {
    expect(addWorkingDays(calendar, day(since), count)).toBe(day(last));
    const limit = { days: count, of: 'working_days', basis } as const;
    expect(lastDayOf(limit, day(since), calendar)).toBe(day(last));
  });
});

describe('a limit in calendar days', () => {
  test.each([
    ['1403-03-01', 15, '1403-03-16', 'a working day'],
    ['1403-02-31', 15, '1403-03-16', 'a holiday, so the next day that is none'],
    ['1402-12-10', 20, '1403-01-05', 'Nowruz, so the first day after it'],
  ] as const)('since %s, %i days end on %s: %s', (since, count, last, _why) => {
    const limit = { days: count, of: 'calendar_days', basis } as const;
    expect(lastDayOf(limit, day(since), calendar)).toBe(day(last));
  });
});

describe('how late a case is', () => {
  test('is computed: days left, the last day, days past, and a year whose holidays are not known', () => {
    const due = day('1403-01-05');
    const at = (today: string) => deadlineOf(due, day(today), calendar);
    expect(at('1402-12-28')).toEqual({ dueOn: due, workingDaysLeft: 1, late: false, foreseen: false });
    expect(at('1403-01-05')).toMatchObject({ workingDaysLeft: 0, late: false });
    expect(at('1403-01-08')).toMatchObject({ workingDaysLeft: -3, late: true });
    expect(deadlineOf(day('1406-02-01'), day('1405-12-20'), calendar)).toMatchObject({ foreseen: true });
  });
});
