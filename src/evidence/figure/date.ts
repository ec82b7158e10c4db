import { isAmount, isCountable } from './after.ts';
import { isLess, whole } from './decimal.ts';
import { type Draft, draft } from './draft.ts';
import { NAMED_PLACES } from './label.ts';
import { type Month, FOUR_DIGIT_CUES, isGregorian, isJalali, pad, yearOf } from './month.ts';
import { type NumberRead, readNumber } from './number.ts';
import type { Token } from './token.ts';

type Tokens = readonly Token[];

const FOUR_DIGITS = new Set(FOUR_DIGIT_CUES);

/** Days, months, years and times of day that begin at `at`; several when years are listed. */
export function readDate(tokens: Tokens, at: number): Draft[] | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.literal?.date !== undefined) return [printedDate(tokens, at)];
  if (token.text === 'ساعت') return readClock(tokens, at);
  if (token.text === 'دهه') return readDecade(tokens, at);
  if (token.entry?.month !== undefined && token.entry.numeral === undefined) return readMonthYear(tokens, at);
  if (token.entry?.yearCue === true) return readYears(tokens, at);
  return readDay(tokens, at) ?? readBareYear(tokens, at);
}

const date = (part: {
  from: number;
  next: number;
  value: number;
  iso: string | null;
  noun?: string;
}): Draft =>
  draft({
    from: part.from,
    next: part.next,
    kind: 'date_year',
    value: whole(BigInt(part.value)),
    noun: part.noun ?? 'تاریخ',
    date: part.iso,
    isQuantity: false,
  });

function printedDate(tokens: Tokens, at: number): Draft {
  const printed = tokens[at]?.literal?.date;
  const clock = printed?.iso.startsWith('T') === true;
  const from = clock && tokens[at - 1]?.text === 'ساعت' ? at - 1 : weekdayBefore(tokens, at);
  return date({
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
  const month = tokens[day.next]?.entry?.month;
  if (month === undefined || day.value.digits < 1n || isLess(whole(31n), day.value)) return undefined;
  if (!isMonthHere(tokens, day.next)) return undefined;
  const dayNumber = Number(day.value.digits);
  const afterMonth = tokens[day.next + 1]?.text === 'ماه' ? day.next + 2 : day.next + 1;
  const year = yearAfter(tokens, afterMonth);
  const from = weekdayBefore(tokens, at);
  const next = year?.next ?? afterMonth;
  const found = date({
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

/** The year after a month, with or without «سال»; two digits only where they can count nothing. */
function yearAfter(tokens: Tokens, at: number): { value: number; next: number } | undefined {
  const named = tokens[at]?.text === 'سال';
  const token = tokens[named ? at + 1 : at];
  const next = named ? at + 2 : at + 1;
  const value = printedYear(token);
  if (token === undefined || value === undefined) {
    const words = yearInWords(tokens, named ? at + 1 : at);
    return words === undefined ? undefined : { value: words.year, next: words.next };
  }
  const thousand = tokens[next]?.text === 'هزار';
  const counts =
    named || token.literal?.digits.length === 4
      ? isAmount(tokens, next) && !thousand
      : isCountable(tokens, next);
  return counts ? undefined : { value, next };
}

function printedYear(token: Token | undefined): number | undefined {
  const literal = token?.literal;
  if (literal === undefined || literal.grouped || literal.part !== '' || literal.date !== undefined)
    return undefined;
  return yearOf(literal.digits);
}

/** «خرداد ۹۸»، «مهرماه سال ۱۴۰۲». */
function readMonthYear(tokens: Tokens, at: number): Draft[] | undefined {
  const month = tokens[at]?.entry?.month;
  if (month === undefined || tokens[at - 1]?.text === 'مسکن') return undefined;
  const afterMonth = tokens[at + 1]?.text === 'ماه' ? at + 2 : at + 1;
  const year = yearAfter(tokens, afterMonth);
  if (year === undefined || (month.calendar === 'jalali' && year.value < 1300)) return undefined;
  return [date({ from: at, next: year.next, value: year.value, iso: `${year.value}-${pad(month.number)}` })];
}

const clockHours = new Set(['صبح', 'عصر', 'شب', 'ظهر', 'بعدازظهر', 'بامداد']);

/** «ساعت ۲۰:۰۹»، «ساعت ۹ صبح»، «ساعت ۱۰ و ۳۰ دقیقه». */
function readClock(tokens: Tokens, at: number): Draft[] | undefined {
  if (tokens[at + 1]?.literal?.date?.iso.startsWith('T') === true) return [printedDate(tokens, at + 1)];
  const hour = readNumber(tokens, at + 1);
  if (hour === undefined || hour.power > 0 || hour.value.places > 0 || hour.ordinal !== 'no')
    return undefined;
  const value = Number(hour.value.digits);
  if (value > 24) return undefined;
  const minutes = tokens[hour.next]?.entry?.link === 'and' ? readNumber(tokens, hour.next + 1) : undefined;
  if (minutes !== undefined && tokens[minutes.next]?.text === 'دقیقه' && minutes.value.digits < 60n) {
    const iso = `T${pad(value)}:${pad(Number(minutes.value.digits))}`;
    return [date({ from: at, next: minutes.next + 1, value, iso, noun: 'ساعت' })];
  }
  if (isCountable(tokens, hour.next) && !clockHours.has(tokens[hour.next]?.text ?? '')) return undefined;
  const to = tokens[hour.next]?.entry?.link === 'to' ? readNumber(tokens, hour.next + 1) : undefined;
  const found = date({ from: at, next: hour.next, value, iso: `T${pad(value)}`, noun: 'ساعت' });
  if (to === undefined || to.power > 0 || to.value.digits > 24n || isCountable(tokens, to.next))
    return [found];
  return [
    { ...found, kind: 'range', baseKind: 'date_year', upper: to.value, next: to.next, numberNext: to.next },
  ];
}

/** «دهه ۹۰»، «دهه هفتاد». */
function readDecade(tokens: Tokens, at: number): Draft[] | undefined {
  const read = readNumber(tokens, at + 1);
  if (read === undefined || read.power > 0 || read.ordinal !== 'no' || isCountable(tokens, read.next))
    return undefined;
  const tens = read.value.digits;
  if (read.value.places > 0 || tens % 10n !== 0n || tens < 20n || tens > 90n) return undefined;
  const value = 1300 + Number(tens);
  return [date({ from: at, next: read.next, value, iso: String(value), noun: 'دهه' })];
}

/** «سال ۹۳»، «سال‌های ۹۶ و ۹۷»، «سال‌های ۱۳۹۸ تا ۱۴۰۱»، «بودجه ۱۴۰۴». */
function readYears(tokens: Tokens, at: number): Draft[] | undefined {
  let first = at + 1;
  while (first < at + 4 && isBetween(tokens[first])) first += 1;
  const cue = tokens[at]?.text ?? '';
  const isYear = cue.includes('سال') || cue === 'سنه';
  const aside = isYear ? yearAside(tokens, at) : undefined;
  if (aside !== undefined) return [aside];
  const value = cuedYear(tokens, first, isYear);
  if (value === undefined) return undefined;
  const noun = 'سال';
  const found = [date({ from: at, next: value.next, value: value.year, iso: String(value.year), noun })];
  for (;;) {
    const last = found.at(-1);
    const more = last === undefined ? undefined : nextYear(tokens, last.next);
    if (last === undefined || more === undefined) return found;
    if (more.closes && found.length === 1) {
      const iso = `${value.year}/${more.year}`;
      const upper = whole(BigInt(more.year));
      return [
        {
          ...last,
          next: more.next,
          numberNext: more.next,
          kind: 'range',
          baseKind: 'date_year',
          upper,
          date: iso,
        },
      ];
    }
    found.push(
      date({ from: last.next + 1, next: more.next, value: more.year, iso: String(more.year), noun }),
    );
  }
}

const RELATIVE = new Set(['قبل', 'گذشته', 'جاری', 'پیش']);

/** «سال قبل (۹۷)». */
function yearAside(tokens: Tokens, at: number): Draft | undefined {
  if (
    !RELATIVE.has(tokens[at + 1]?.text ?? '') ||
    tokens[at + 2]?.text !== '(' ||
    tokens[at + 4]?.text !== ')'
  ) {
    return undefined;
  }
  const year = printedYear(tokens[at + 3]);
  return year === undefined
    ? undefined
    : date({ from: at, next: at + 5, value: year, iso: String(year), noun: 'سال' });
}

const BETWEEN_YEARS = new Set([
  'های',
  'ها',
  'مالی',
  'زراعی',
  'تحصیلی',
  'شمسی',
  'خورشیدی',
  'میلادی',
  ':',
  'آبی',
]);
const isBetween = (token: Token | undefined): boolean => token !== undefined && BETWEEN_YEARS.has(token.text);

function cuedYear(tokens: Tokens, at: number, isYear: boolean): { year: number; next: number } | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const year = printedYear(token);
  const next = at + 1;
  if (year === undefined) return isYear ? yearInWords(tokens, at) : undefined;
  const follows = tokens[next];
  const thousand = follows?.text === 'هزار';
  if (token.literal?.digits.length === 4) {
    return isAmount(tokens, next) && !(thousand && isYear) ? undefined : { year, next };
  }
  const recent = year >= 1370 && year < 1410;
  if (isYear && recent) return isAmount(tokens, next) && !thousand ? undefined : { year, next };
  if (isYear || recent) return isCountable(tokens, next) ? undefined : { year, next };
  return undefined;
}

/** «سال هزار و سیصد و نود و هشت». */
function yearInWords(tokens: Tokens, at: number): { year: number; next: number } | undefined {
  const read = readNumber(tokens, at);
  if (read === undefined || read.value.places > 0 || read.ordinal !== 'no' || read.power !== 3)
    return undefined;
  const year = Number(read.value.digits);
  return year >= 1300 && year < 1450 && !isCountable(tokens, read.next)
    ? { year, next: read.next }
    : undefined;
}

/** A further year of the list, or the end of the span of years. */
function nextYear(tokens: Tokens, at: number): { year: number; next: number; closes: boolean } | undefined {
  const link = tokens[at];
  const token = tokens[at + 1];
  if (link === undefined || token === undefined) return undefined;
  const closes = link.entry?.link === 'to' || (link.kind === 'mark' && '-–/'.includes(link.text));
  if (!closes && link.entry?.link !== 'and' && link.text !== '،' && link.text !== 'یا') return undefined;
  const year = printedYear(token);
  if (year === undefined || isCountable(tokens, at + 2)) return undefined;
  const likely = token.literal?.digits.length === 4 || (year >= 1370 && year < 1410);
  return likely ? { year, next: at + 2, closes } : undefined;
}

/** Four bare digits that name a year: «در ۱۴۰۲»، «قانون ۱۴۰۴», never «۱۴۰۰ خانوار». */
function readBareYear(tokens: Tokens, at: number): Draft[] | undefined {
  const token = tokens[at];
  if (token?.literal?.digits.length !== 4 || isCountable(tokens, at + 1)) return undefined;
  const year = printedYear(token);
  if (year === undefined || !isLikely(year)) return undefined;
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  const cued = before !== undefined && (FOUR_DIGITS.has(before.text) || before.entry?.month !== undefined);
  const alone = after === undefined || after.kind !== 'word' || after.entry?.stop === true;
  if (before?.kind === 'mark' && (before.text === ':' || before.text === '#')) return undefined;
  if (!cued && (!alone || before?.text === 'تعداد' || before?.entry?.label !== undefined)) return undefined;
  const from = cued && before.entry?.stop !== true && before.kind === 'word' ? at - 1 : at;
  return [date({ from, next: at + 1, value: year, iso: String(year), noun: 'سال' })];
}

const isLikely = (year: number): boolean =>
  (isJalali(year) && year >= 1370 && year < 1420) || (isGregorian(year) && year >= 2000 && year < 2050);

/** A day that shares the month of the date after it («۱۴ و ۱۵ مهر»), as a date of its own. */
export function dayOf(read: NumberRead, iso: string): { date: string } | undefined {
  const monthDay = /^(.*-)\d\d$/.exec(iso);
  if (monthDay === null || read.power > 0 || read.value.places > 0) return undefined;
  return read.value.digits >= 1n && read.value.digits <= 31n
    ? { date: `${monthDay[1]}${pad(Number(read.value.digits))}` }
    : undefined;
}
