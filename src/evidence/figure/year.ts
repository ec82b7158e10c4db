import { whole } from './decimal.ts';
import { type Draft, dated } from './draft.ts';
import { isAmount, isCountable } from './measure.ts';
import { type Month, FOUR_DIGIT_CUES, WEAK_CUES, isGregorian, isJalali, yearOf } from './month.ts';
import { readNumber } from './number.ts';
import type { Token } from './token.ts';

type Tokens = readonly Token[];

const STRONG = new Set(FOUR_DIGIT_CUES);
const WEAK = new Set(WEAK_CUES);

/** The year after a month, with or without «سال»; two digits only where they can count nothing. */
export function yearAfter(
  tokens: Tokens,
  at: number,
  month: Month,
): { value: number; next: number } | undefined {
  if (month.calendar === 'lunar') return undefined;
  const named = tokens[at]?.text === 'سال';
  const token = tokens[named ? at + 1 : at];
  const next = named ? at + 2 : at + 1;
  const value = printedYear(token);
  if (token === undefined || value === undefined) {
    const words = yearInWords(tokens, named ? at + 1 : at);
    return words === undefined ? undefined : { value: words.year, next: words.next };
  }
  if (!named && token.literal?.digits.length === 2 && !isRecent(value)) return undefined;
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

/** «دهه ۹۰»، «دهه هفتاد». */
export function readDecade(tokens: Tokens, at: number): Draft[] | undefined {
  const read = readNumber(tokens, at + 1);
  if (read === undefined || read.power > 0 || read.ordinal !== 'no' || isCountable(tokens, read.next))
    return undefined;
  const tens = read.value.digits;
  if (read.value.places > 0 || tens % 10n !== 0n || tens < 20n || tens > 90n) return undefined;
  const value = yearOf(tens.toString()) ?? 0;
  return [dated({ from: at, next: read.next, value, iso: String(value), noun: 'دهه' })];
}

/** «سال ۹۳»، «سال‌های ۹۶ و ۹۷»، «سال‌های ۱۳۹۸ تا ۱۴۰۱»، «بودجه ۱۴۰۴». */
export function readYears(tokens: Tokens, at: number): Draft[] | undefined {
  let first = at + 1;
  while (first < at + 4 && isBetween(tokens[first])) first += 1;
  const cue = tokens[at]?.text ?? '';
  const isYear = cue.includes('سال') || cue === 'سنه';
  const aside = isYear ? yearAside(tokens, at) : undefined;
  if (aside !== undefined) return [aside];
  const value = cuedYear(tokens, first, isYear);
  if (value === undefined) return undefined;
  const noun = 'سال';
  const found = [dated({ from: at, next: value.next, value: value.year, iso: String(value.year), noun })];
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
      dated({ from: last.next + 1, next: more.next, value: more.year, iso: String(more.year), noun }),
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
    : dated({ from: at, next: at + 5, value: year, iso: String(year), noun: 'سال' });
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
  const recent = isRecent(year);
  if (isYear && recent) return isAmount(tokens, next) && !thousand ? undefined : { year, next };
  if (isYear || recent) return isCountable(tokens, next) ? undefined : { year, next };
  return undefined;
}

/** «سال هزار و سیصد و نود و هشت». */
function yearInWords(tokens: Tokens, at: number): { year: number; next: number } | undefined {
  const read = readNumber(tokens, at);
  if (read === undefined || read.value.places > 0 || read.ordinal !== 'no' || read.power !== 3)
    return undefined;
  const year = yearOf(read.value.digits.toString()) ?? 0;
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
  const likely = token.literal?.digits.length === 4 || isRecent(year);
  return likely ? { year, next: at + 2, closes } : undefined;
}

/** Four bare digits that name a year: «در ۱۴۰۲»، «قانون ۱۴۰۴», never «۱۴۰۰ خانوار». */
export function readBareYear(tokens: Tokens, at: number): Draft[] | undefined {
  const token = tokens[at];
  if (token?.literal?.digits.length !== 4 || isAmount(tokens, at + 1)) return undefined;
  const year = printedYear(token);
  if (year === undefined || !isLikely(year)) return undefined;
  const before = tokens[at - 1];
  const strong = before !== undefined && (STRONG.has(before.text) || before.entry?.month !== undefined);
  if (!strong && (isCountable(tokens, at + 1) || !isAlone(tokens, at))) return undefined;
  const from =
    strong && before.entry?.ordinal === undefined && before.entry?.unit === undefined ? at - 1 : at;
  return [dated({ from, next: at + 1, value: year, iso: String(year), noun: 'سال' })];
}

/** After «در» any word may follow a year; elsewhere only what ends the phrase, and no label before it. */
function isAlone(tokens: Tokens, at: number): boolean {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (before !== undefined && WEAK.has(before.text)) return true;
  if (before?.text === ':' || before?.text === '#' || before?.text === 'تعداد') return false;
  if (before?.entry?.label !== undefined) return false;
  return after === undefined || after.kind !== 'word' || after.entry?.stop === true;
}

const isLikely = (year: number): boolean =>
  (isJalali(year) && year >= 1370 && year < 1420) || (isGregorian(year) && year >= 2000 && year < 2050);

/** Two digits stand for a year of these when nothing but their place says so. */
const isRecent = (year: number): boolean => year >= 1370 && year < 1410;
