import { readClock, readHour } from './clock.ts';
import { isLess, whole } from './decimal.ts';
import { type Draft, dated } from './draft.ts';
import { NAMED_PLACES } from './label.ts';
import { type Month, pad } from './month.ts';
import { type NumberRead, readNumber } from './number.ts';
import type { Token } from './token.ts';
import { readBareYear, readDecade, readYears, yearAfter } from './year.ts';

type Tokens = readonly Token[];

/** Days, months, years and times of day that begin at `at`; several when years are listed. */
export function readDate(tokens: Tokens, at: number): Draft[] | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.literal?.date !== undefined) return [printedDate(tokens, at)];
  if (token.text === 'ساعت') {
    const printed = tokens[at + 1]?.literal?.date?.iso.startsWith('T') ?? false;
    return printed ? [printedDate(tokens, at + 1)] : readClock(tokens, at);
  }
  if (token.text === 'دهه') return readDecade(tokens, at);
  if (token.entry?.month !== undefined && token.entry.numeral === undefined) return readMonthYear(tokens, at);
  if (token.entry?.yearCue === true) return readYears(tokens, at);
  return readDay(tokens, at) ?? readHour(tokens, at) ?? readBareYear(tokens, at);
}

function printedDate(tokens: Tokens, at: number): Draft {
  const printed = tokens[at]?.literal?.date;
  const clock = printed?.iso.startsWith('T') === true;
  const from = clock && tokens[at - 1]?.text === 'ساعت' ? at - 1 : weekdayBefore(tokens, at);
  return dated({
    from,
    next: at + 1,
    value: Number(printed?.value ?? '0'),
    iso: printed?.iso ?? null,
    noun: clock ? 'ساعت' : 'تاریخ',
  });
}

/** «سه‌شنبه هفتم آذر» begins at its weekday, of which «سه شنبه» is two words. */
function weekdayBefore(tokens: Tokens, at: number): number {
  const skipped = tokens[at - 1]?.text === '،' || tokens[at - 1]?.text === 'مورخ' ? at - 2 : at - 1;
  const day = tokens[skipped];
  if (day?.entry?.weekday !== true) return at;
  const split = day.text === 'شنبه' && tokens[skipped - 1]?.entry?.numeral !== undefined;
  return split ? skipped - 1 : skipped;
}

/** «۲۴ اردیبهشت ۱۳۹۷»، «هفتم آذر»، «اول مهرماه». */
function readDay(tokens: Tokens, at: number): Draft[] | undefined {
  const token = tokens[at];
  if (token?.kind !== 'number' && token?.entry?.numeral === undefined && token?.entry?.ordinal === undefined)
    return undefined;
  if (token.literal !== undefined && token.literal.digits.length > 2) return undefined;
  const day = readNumber(tokens, at);
  if (day === undefined || day.power > 0 || day.value.places > 0 || day.ordinal === 'before')
    return undefined;
  // «اول ماه مه».
  const saysMonth = tokens[day.next]?.text === 'ماه' && tokens[day.next + 1]?.entry?.month !== undefined;
  const monthAt = saysMonth ? day.next + 1 : day.next;
  const month = tokens[monthAt]?.entry?.month;
  if (month === undefined || day.value.digits < 1n || isLess(whole(31n), day.value)) return undefined;
  if (!isMonthHere(tokens, monthAt)) return undefined;
  const dayNumber = Number(day.value.digits);
  const afterMonth = tokens[monthAt + 1]?.text === 'ماه' ? monthAt + 2 : monthAt + 1;
  const year = yearAfter(tokens, afterMonth, month);
  const from = weekdayBefore(tokens, at);
  const next = year?.next ?? afterMonth;
  const found = dated({
    from,
    next,
    value: year?.value ?? dayNumber,
    iso: isoOf(month, dayNumber, year?.value),
  });
  const named = year === undefined && NAMED_PLACES.has(tokens[from - 1]?.text ?? '');
  return [
    named
      ? {
          ...found,
          kind: 'other',
          from: from - 1,
          date: null,
          label: 'name',
          noun: tokens[from - 1]?.text ?? null,
        }
      : found,
  ];
}

/** «مه» and «می» are also parts of verbs («می‌شود»), and «مهر» a housing scheme. */
function isMonthHere(tokens: Tokens, at: number): boolean {
  const after = tokens[at + 1];
  return !(after?.kind === 'word' && after.joined && after.text !== 'ماه');
}

function isoOf(month: Month, day: number, year: number | undefined): string | null {
  if (month.calendar === 'lunar') return null;
  const monthDay = `${pad(month.number)}-${pad(day)}`;
  return year === undefined ? `--${monthDay}` : `${year}-${monthDay}`;
}

/** «خرداد ۹۸»، «مهرماه سال ۱۴۰۲». */
function readMonthYear(tokens: Tokens, at: number): Draft[] | undefined {
  const month = tokens[at]?.entry?.month;
  if (month === undefined || tokens[at - 1]?.text === 'مسکن') return undefined;
  const afterMonth = tokens[at + 1]?.text === 'ماه' ? at + 2 : at + 1;
  const year = yearAfter(tokens, afterMonth, month);
  if (year === undefined || (month.calendar === 'jalali' && year.value < 1300)) return undefined;
  return [dated({ from: at, next: year.next, value: year.value, iso: `${year.value}-${pad(month.number)}` })];
}

/** A day that shares the month of the date after it («۱۴ و ۱۵ مهر»), as a date of its own. */
export function dayOf(read: NumberRead, iso: string): { date: string } | undefined {
  const monthDay = /^(.*-)\d\d$/.exec(iso);
  if (monthDay === null || read.power > 0 || read.value.places > 0) return undefined;
  return read.value.digits >= 1n && read.value.digits <= 31n
    ? { date: `${monthDay[1]}${pad(Number(read.value.digits))}` }
    : undefined;
}
