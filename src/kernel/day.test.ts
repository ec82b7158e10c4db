import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type Day,
  addDays,
  addMonths,
  contains,
  day,
  dayFromIso,
  dayOfInstant,
  daysBetween,
  englishDay,
  fiscalYear,
  isoOf,
  partOfYear,
  partsOf,
  startOfDay,
  yearPeriod,
} from './day.ts';
import { dayText } from '#web/format.ts';

const oneDay = 86_400_000;
const first = Date.UTC(1921, 2, 21);
const last = Date.UTC(2122, 2, 20);

/** The day as Intl writes it, from its parts: a second calendar beside Temporal's. */
function intlDay(format: Intl.DateTimeFormat, instant: number): string {
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts['year']}-${parts['month']?.padStart(2, '0')}-${parts['day']?.padStart(2, '0')}`;
}
const jalali = (timeZone: string) =>
  new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });

const allDays: Day[] = [];
for (let at = day('1300-01-01'); at <= '1500-12-29'; at = addDays(at, 1)) allDays.push(at);
const days = () => fc.constantFrom(...allDays);

describe('every day from 1300 to 1500', () => {
  it('is the day that Intl says, and goes to its ISO date and back', () => {
    const utc = jalali('UTC');
    const wrong: string[] = [];
    let count = 0;
    for (let instant = first; instant <= last; instant += oneDay) {
      const iso = new Date(instant).toISOString().slice(0, 10);
      const ours = dayFromIso(iso);
      if (ours !== intlDay(utc, instant) || isoOf(ours) !== iso || ours !== allDays[count]) wrong.push(iso);
      count += 1;
    }
    expect(wrong).toEqual([]);
    expect(count).toBe(allDays.length);
  });

  it('has the leap years of the official calendar', () => {
    const leap = [
      1342, 1346, 1350, 1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408,
    ];
    const found = Array.from({ length: 70 }, (_, index) => 1340 + index).filter((year) =>
      yearPeriod(year).until.endsWith('-30'),
    );
    expect(found).toEqual(leap);
  });

  it('begins where the day before ends, in Tehran', () => {
    const wrong = allDays.filter((at) => {
      const start = startOfDay(at);
      return dayOfInstant(start) !== at || dayOfInstant(start - 1) !== addDays(at, -1);
    });
    expect(wrong).toEqual([]);
  });
});

const hours = (at: string) => (startOfDay(addDays(day(at), 1)) - startOfDay(day(at))) / 3_600_000;

describe('the day of an instant', () => {
  it('is the one that a clock in Tehran shows', () => {
    const tehran = jalali('Asia/Tehran');
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (instant) => {
        expect(dayOfInstant(instant)).toBe(intlDay(tehran, instant));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    // Summer time ran in 1356–1358, 1370–1384 and 1387–1401; the clock was set at midnight.
    ['1370-02-13', 23],
    ['1384-01-02', 23],
    ['1385-01-02', 24],
    ['1401-01-02', 23],
    ['1401-06-30', 25],
    ['1402-01-02', 24],
    ['1402-06-30', 24],
  ])('%s had %i hours', (at, expected) => {
    expect(hours(at)).toBe(expected);
  });

  test('the last hour of 30 Shahrivar 1401 was there twice, and belongs to that day both times', () => {
    expect(dayOfInstant(Date.parse('2022-09-21T19:29:59.999Z'))).toBe('1401-06-30');
    expect(dayOfInstant(Date.parse('2022-09-21T20:29:59.999Z'))).toBe('1401-06-30');
    expect(dayOfInstant(Date.parse('2022-09-21T20:30:00Z'))).toBe('1401-06-31');
  });

  test('midnight in Tehran is half past eight in the evening in UTC since 1402', () => {
    expect(dayOfInstant(Date.parse('2024-03-19T20:29:59.999Z'))).toBe('1402-12-29');
    expect(dayOfInstant(Date.parse('2024-03-19T20:30:00Z'))).toBe('1403-01-01');
    expect(dayOfInstant(Date.parse('2024-03-20T20:30:00Z'))).toBe('1403-01-02');
  });
});

describe('months', () => {
  it('keep the day of the start, or end with the month', () => {
    fc.assert(
      fc.property(days(), fc.integer({ min: -400, max: 400 }), (start, months) => {
        const from = partsOf(start);
        const at = partsOf(addMonths(start, months));
        const counted = from.year * 12 + from.month - 1 + months;
        expect(at.year * 12 + at.month - 1).toBe(counted);
        const nextMonth = addMonths(
          day(`${String(at.year).padStart(4, '0')}-${String(at.month).padStart(2, '0')}-01`),
          1,
        );
        const length = partsOf(addDays(nextMonth, -1)).dayOfMonth;
        expect(at.dayOfMonth).toBe(Math.min(from.dayOfMonth, length));
      }),
    );
  });

  it('never go backwards as they are counted', () => {
    fc.assert(
      fc.property(
        days(),
        fc.nat({ max: 120 }),
        (start, months) => addMonths(start, months) < addMonths(start, months + 1),
      ),
    );
  });

  test('a contract of 31 Shahrivar: instalments on the 31st return in spring', () => {
    const due = Array.from({ length: 8 }, (_, index) => addMonths(day('1402-06-31'), index + 1));
    expect(due).toEqual([
      '1402-07-30',
      '1402-08-30',
      '1402-09-30',
      '1402-10-30',
      '1402-11-30',
      '1402-12-29',
      '1403-01-31',
      '1403-02-31',
    ]);
  });

  test('the last day of a leap year', () => {
    expect(addMonths(day('1403-12-30'), 12)).toBe('1404-12-29');
    expect(addMonths(day('1403-12-30'), 60)).toBe('1408-12-30');
  });
});

describe('days', () => {
  it('are counted there and back', () => {
    fc.assert(
      fc.property(days(), fc.integer({ min: -20_000, max: 20_000 }), (from, count) => {
        const until = addDays(from, count);
        expect(daysBetween(from, until)).toBe(count);
        expect(addDays(until, -count)).toBe(from);
        expect(from < until).toBe(count > 0);
        expect((Date.parse(isoOf(until)) - Date.parse(isoOf(from))) / oneDay).toBe(count);
      }),
    );
  });

  test.each(['1402-12-30', '1402-07-31', '1402-13-01', '1402-00-10', '1402-01-00', '0000-01-01'])(
    '%s is none',
    (text) => {
      expect(() => day(text)).toThrow();
    },
  );

  test.each(['', '1402-1-1', '1402/01/01', '۱۴۰۲-۰۱-۰۱', '1402-01-01 ', '11402-01-01'])(
    '%j is not read',
    (text) => {
      expect(() => day(text)).toThrow('not a Jalali day');
    },
  );

  test.each(['2024-03-20T00:00', '20240320', '2024-03-20[u-ca=persian]', '+012024-03-20', ''])(
    '%j is no ISO date',
    (text) => {
      expect(() => dayFromIso(text)).toThrow('not an ISO date');
    },
  );

  test.each(['2023-02-29', '2024-13-01', '0500-01-01'])('%s is no day', (text) => {
    expect(() => dayFromIso(text)).toThrow();
  });
});

const years = () => fc.integer({ min: 1300, max: 1499 });

describe('years and their parts', () => {
  it('follow one another without a gap: the fiscal year is the Jalali year', () => {
    fc.assert(
      fc.property(years(), (year) => {
        const { from, until } = yearPeriod(year);
        expect([fiscalYear(from), fiscalYear(until)]).toEqual([year, year]);
        expect(addDays(until, 1)).toBe(yearPeriod(year + 1).from);
        expect(fiscalYear(addDays(until, 1))).toBe(year + 1);
      }),
    );
  });

  it('put each day into one half, one season and one month', () => {
    fc.assert(
      fc.property(days(), (at) => {
        const { year, month } = partsOf(at);
        const found = (kind: 'half' | 'season' | 'month', count: number) =>
          Array.from({ length: count }, (_, index) => index + 1).filter((part) =>
            contains(partOfYear(year, kind, part), at),
          );
        expect(found('month', 12)).toEqual([month]);
        expect(found('season', 4)).toEqual([Math.ceil(month / 3)]);
        expect(found('half', 2)).toEqual([Math.ceil(month / 6)]);
        expect(contains(yearPeriod(year), at)).toBe(true);
      }),
    );
  });

  test('the third season of 1403 and its last month', () => {
    expect(partOfYear(1403, 'season', 3)).toEqual({ from: '1403-07-01', until: '1403-09-30' });
    expect(partOfYear(1403, 'month', 12)).toEqual({ from: '1403-12-01', until: '1403-12-30' });
    for (const part of [0, 5, 1.5]) expect(() => partOfYear(1403, 'season', part)).toThrow('no season');
  });
});

test('an English sentence says a day as the English pages write it', () => {
  expect(englishDay(day('1405-09-07'))).toBe('7 Azar 1405');
  fc.assert(
    fc.property(fc.integer({ min: -40_000, max: 40_000 }), (dayOf1970) => {
      const iso = new Date(dayOf1970 * 86_400_000).toISOString().slice(0, 10);
      expect(englishDay(dayFromIso(iso))).toBe(dayText(iso, 'en'));
    }),
  );
});
