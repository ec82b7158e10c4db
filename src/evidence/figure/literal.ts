import { pad, yearOf } from './month.ts';

/**
 * A number printed in digits. `digits` are the ones before the decimal mark, `part` those after it, in
 * Latin script; `date` is set when the print can only be a day, a month or a time of day.
 */
export type Literal = {
  readonly digits: string;
  readonly part: string;
  /** The decimal mark, or '' without one. */
  readonly mark: string;
  /** True when thousands are separated in print: such a number is never a year or a code. */
  readonly grouped: boolean;
  readonly date: PrintedDate | undefined;
};

/** `value` is the year, or the hour of a time of day. */
export type PrintedDate = { readonly value: string; readonly iso: string };

/** A literal and the groups it is made of. */
export type Reading = { readonly first: number; readonly last: number; readonly literal: Literal };

const THOUSANDS = new Set([',', '،', '٬', "'", '’']);
const DECIMAL = new Set(['.', '/', '٫', '⁄']);
const DASHES = new Set(['-', '–', '—', '−']);

const simple = (digits: string): Literal => ({ digits, part: '', mark: '', grouped: false, date: undefined });

/** How groups of touching digits read: as one number or date where they can, otherwise one by one. */
export function literalsOf(groups: readonly string[], separators: readonly string[]): Reading[] {
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) return [{ first: 0, last: 0, literal: simple(only) }];
  const literal = dateOf(groups, separators) ?? clockOf(groups, separators) ?? numberOf(groups, separators);
  if (literal !== undefined) return [{ first: 0, last: groups.length - 1, literal }];
  return inParts(groups, separators);
}

/** The longest readings from the left: «۹۲،80» is two numbers, «12/5-14/7» is two decimals. */
function inParts(groups: readonly string[], separators: readonly string[]): Reading[] {
  const readings: Reading[] = [];
  let first = 0;
  while (first < groups.length) {
    let last = first;
    let literal = simple(groups[first] ?? '0');
    for (let end = Math.min(groups.length - 1, first + 6); end > first; end -= 1) {
      const found = numberOf(groups.slice(first, end + 1), separators.slice(first, end));
      if (found !== undefined) {
        literal = found;
        last = end;
        break;
      }
    }
    readings.push({ first, last, literal });
    first = last + 1;
  }
  return readings;
}

function dateOf(groups: readonly string[], separators: readonly string[]): Literal | undefined {
  const [a = '', b = '', c = ''] = groups;
  const [mark = ''] = separators;
  if (groups.length === 2 && (mark === '/' || DASHES.has(mark))) {
    return yearOf(a) !== undefined && a.length === 4 && b.length <= 2 && mark === '/' && isMonth(b)
      ? dated(a, `${a}-${pad(Number(b))}`)
      : undefined;
  }
  if (groups.length !== 3 || separators[1] !== mark) return undefined;
  if (mark !== '/' && mark !== '.' && !DASHES.has(mark)) return undefined;
  if (isMonth(b) && isDay(c) && (a.length === 4 || (a.length === 2 && mark === '/'))) {
    const year = yearOf(a);
    if (year !== undefined) return dated(String(year), `${year}-${pad(Number(b))}-${pad(Number(c))}`);
  }
  if (isMonth(b) && isDay(a) && c.length === 4) {
    const year = yearOf(c);
    if (year !== undefined) return dated(String(year), `${year}-${pad(Number(b))}-${pad(Number(a))}`);
  }
  // «۲۵/۹/۹۸»: what can be no day is the year.
  if (mark === '/' && isMonth(b) && isDay(a) && c.length === 2 && Number(c) > 31) {
    const year = 1300 + Number(c);
    return dated(String(year), `${year}-${pad(Number(b))}-${pad(Number(a))}`);
  }
  return undefined;
}

const dated = (value: string, iso: string): Literal => ({ ...simple(value), date: { value, iso } });

const isMonth = (digits: string): boolean =>
  digits.length <= 2 && Number(digits) >= 1 && Number(digits) <= 12;
const isDay = (digits: string): boolean => digits.length <= 2 && Number(digits) >= 1 && Number(digits) <= 31;

function clockOf(groups: readonly string[], separators: readonly string[]): Literal | undefined {
  if (groups.length > 3 || separators.some((mark) => mark !== ':')) return undefined;
  const [hour = '', minute = ''] = groups;
  if (hour.length > 2 || minute.length !== 2 || Number(hour) > 24 || Number(minute) > 59) return undefined;
  return {
    ...simple(String(Number(hour))),
    date: { value: String(Number(hour)), iso: `T${pad(Number(hour))}:${minute}` },
  };
}

function numberOf(groups: readonly string[], separators: readonly string[]): Literal | undefined {
  const marks = [...separators];
  const parts = [...groups];
  let part = '';
  let mark = '';
  const lastMark = marks.at(-1) ?? '';
  const lastPart = parts.at(-1) ?? '';
  // «12,5» is a decimal of a Latin keyboard; «۹۲،۵» is a list.
  const westernDecimal = lastMark === ',' && lastPart.length < 3 && marks.length === 1;
  const dotted = lastMark === '.' && marks.length > 1 && marks.every((each) => each === '.');
  if ((DECIMAL.has(lastMark) || westernDecimal) && !dotted) {
    part = lastPart;
    mark = lastMark;
    marks.pop();
    parts.pop();
  }
  const [first = ''] = parts;
  const isGrouped =
    marks.every((each) => (dotted ? each === '.' : THOUSANDS.has(each))) &&
    parts.slice(1).every((group) => group.length === 3) &&
    (marks.length === 0 || first.length <= 3);
  // «۱۴۰۲/۱۴۰۳» is a span of years.
  if (!isGrouped || isYearPair(parts, part)) return undefined;
  return { digits: parts.join(''), part, mark, grouped: marks.length > 0, date: undefined };
}

const isYearPair = (parts: readonly string[], part: string): boolean =>
  parts.length === 1 &&
  part.length === 4 &&
  parts[0]?.length === 4 &&
  yearOf(part) !== undefined &&
  yearOf(parts[0]) !== undefined;
