import { assert } from './result.ts';

declare const dayBrand: unique symbol;

/**
 * A day of the Iranian calendar, kept as `YYYY-MM-DD` in Jalali numbers: it sorts as text and reads as it
 * is spoken. On the wire and in the database a day is its ISO date; only `dayFromIso` and `isoOf` cross.
 */
export type Day = string & { readonly [dayBrand]: true };

/** The clock of every office: the day of an instant is its day in Tehran. */
const zone = 'Asia/Tehran';

const two = (n: number): string => String(n).padStart(2, '0');
/** Both calendars must keep to four digits of year, or days would not sort as text. */
function write(date: Temporal.PlainDate): Day {
  assert(date.year >= 1 && date.year <= 9000, `no day of the Iranian calendar in use: year ${date.year}`);
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}` as Day;
}

function dateOf(value: Day): Temporal.PlainDate {
  const { year, month, dayOfMonth } = partsOf(value);
  return Temporal.PlainDate.from(
    { calendar: 'persian', year, month, day: dayOfMonth },
    { overflow: 'reject' },
  );
}

/** A Jalali day from its own notation, `1402-05-31`. Throws when the calendar has no such day. */
export function day(value: string): Day {
  assert(/^\d{4}-\d{2}-\d{2}$/.test(value), `not a Jalali day: ${value.slice(0, 20)}`);
  return write(dateOf(value as Day));
}

/** A day from its ISO date, `2023-08-22`, and nothing more: no time, no zone, no other calendar. */
export function dayFromIso(iso: string): Day {
  assert(/^\d{4}-\d{2}-\d{2}$/.test(iso), `not an ISO date: ${iso.slice(0, 20)}`);
  return write(Temporal.PlainDate.from(iso).withCalendar('persian'));
}

export const isoOf = (value: Day): string => dateOf(value).withCalendar('iso8601').toString();

/** The day in Tehran at an instant given as milliseconds since 1970 in UTC. */
export const dayOfInstant = (epochMilliseconds: number): Day =>
  write(
    Temporal.Instant.fromEpochMilliseconds(epochMilliseconds)
      .toZonedDateTimeISO(zone)
      .toPlainDate()
      .withCalendar('persian'),
  );

const englishMonths = [
  'Farvardin',
  'Ordibehesht',
  'Khordad',
  'Tir',
  'Mordad',
  'Shahrivar',
  'Mehr',
  'Aban',
  'Azar',
  'Dey',
  'Bahman',
  'Esfand',
] as const;

/** A day as an English sentence says it, «7 Azar 1405»: the calendar of the papers in letters that can be read. */
export function englishDay(value: Day): string {
  const { year, month, dayOfMonth } = partsOf(value);
  return `${dayOfMonth} ${englishMonths[month - 1]} ${year}`;
}

/** The first instant of a day in Tehran, in milliseconds since 1970 in UTC. */
export const startOfDay = (value: Day): number =>
  dateOf(value).withCalendar('iso8601').toZonedDateTime(zone).epochMilliseconds;

export type DayParts = { readonly year: number; readonly month: number; readonly dayOfMonth: number };

export function partsOf(value: Day): DayParts {
  return {
    year: parseInt(value.slice(0, 4), 10),
    month: parseInt(value.slice(5, 7), 10),
    dayOfMonth: parseInt(value.slice(8, 10), 10),
  };
}

const epoch = Temporal.PlainDate.from('1970-01-01');

/** Days since the first of January 1970, for counting over many days: a step is then no conversion of calendars. */
export const dayNumber = (value: Day): number =>
  epoch.until(dateOf(value).withCalendar('iso8601'), { largestUnit: 'days' }).days;

export const dayOfNumber = (days: number): Day => write(epoch.add({ days }).withCalendar('persian'));

export const addDays = (value: Day, days: number): Day => write(dateOf(value).add({ days }));

/**
 * The same day `months` later, or the last day of that month when it is shorter. Always counted from the
 * start day: chained, the 31st would be lost at the first month of thirty days.
 */
export const addMonths = (start: Day, months: number): Day => write(dateOf(start).add({ months }));

export const daysBetween = (from: Day, until: Day): number =>
  dateOf(from).until(dateOf(until), { largestUnit: 'days' }).days;

/** The fiscal year of the budget law runs from 1 Farvardin to the last day of Esfand (Public Accounting Act). */
export const fiscalYear = (value: Day): number => partsOf(value).year;

/** A period between two days, both included. */
export type Period = { readonly from: Day; readonly until: Day };

export function yearPeriod(year: number): Period {
  const from = day(`${String(year).padStart(4, '0')}-01-01`);
  return { from, until: addDays(addMonths(from, 12), -1) };
}

/** Half-years, seasons and months of a Jalali year: `part` counts from 1. */
export function partOfYear(year: number, kind: 'half' | 'season' | 'month', part: number): Period {
  const months = { half: 6, season: 3, month: 1 }[kind];
  assert(Number.isInteger(part) && part >= 1 && part * months <= 12, `no ${kind} ${part} in a year`);
  const start = yearPeriod(year).from;
  return { from: addMonths(start, (part - 1) * months), until: addDays(addMonths(start, part * months), -1) };
}

export const contains = (period: Period, value: Day): boolean =>
  period.from <= value && value <= period.until;
