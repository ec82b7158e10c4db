import {
  type UnitRead,
  isCountable,
  isMeasured,
  isNumeric,
  leadsToNumber,
  readUnit,
  signBefore,
} from './measure.ts';
import { cueAfter, cueBefore } from './cue.ts';
import { readDate } from './date.ts';
import { type Decimal, isLess, isWhole, plus, shift } from './decimal.ts';
import { type Draft, draft } from './draft.ts';
import type { FigureKind } from './figure.ts';
import { type NumberRead, negative, readNumber, sharedScale } from './number.ts';
import { isNominal, subjectAfter, subjectBefore } from './subject.ts';
import type { Token } from './token.ts';
import { FRACTION, type Unit } from './unit.ts';

type Tokens = readonly Token[];

/** Second halves of words that no number word counts: «سه‌گانه», «چندجانبه», «دو رقمی», «چهار محال». */
const NOT_COUNTED = new Set(
  'گانه گانهی جانبه طرفه بعدی رقمی سویه قلو قلوها گوش گوشه وجهی ضلعی راه راهی راهه محال پاره البته چندان چندانی لایه زبانه دست دستی سره جا جوره همسر تنه تپه سین گل شهری‌ها'.split(
    ' ',
  ),
);

/** After «یک» these are named, not counted: «یک برنامه جامع». */
const ARTICLE = new Set(
  'برنامه موضوع کشور محور مسیر اقدام هدف مشکل صنعت خدمت نیرو فرد شاخص نهاد گام عنوان مانع سند عملیات فعالیت گرایش پیام'.split(
    ' ',
  ),
);

/** A count, a sum, a share, a duration or a range that begins at `at`; `floor` is the first free token. */
export function readQuantity(tokens: Tokens, at: number, read: NumberRead, floor: number): Draft | undefined {
  if (!isFigure(tokens, at, read)) return undefined;
  const sign = signBefore(tokens, at);
  const own =
    readUnit(tokens, read.next) ?? (sign === undefined ? undefined : { unit: sign, next: read.next });
  const minus = minusBefore(tokens, at, own?.unit);
  const ranged = readRange(tokens, at, { read, own }) ?? single(tokens, at, { read, own });
  const from = sign === undefined ? at : at - 1;
  const signed = minus === undefined ? ranged : { ...ranged, value: negative(ranged.value), from: minus };
  return withCue(
    tokens,
    withSubject(tokens, { ...signed, from: minus ?? from, numberFrom: minus ?? from }),
    floor,
  );
}

/** Whether a number word is a number here, and not an article, a «no», or half of another word. */
function isFigure(tokens: Tokens, at: number, read: NumberRead): boolean {
  const before = tokens[at - 1];
  const after = tokens[read.next];
  if (before?.text === 'چند' || before?.text === 'چندین') return false;
  if (
    after?.joined &&
    after.kind === 'word' &&
    (after.text === 'ها' || after.text === 'های' || after.text === 'هایی')
  ) {
    return false;
  }
  if (tokens[at]?.kind === 'number') return !isListMark(tokens, at, read);
  if (isPartOfWord(tokens, at, read)) return false;
  if (read.word === null) return true;
  return isLoneWordCounted(tokens, at, read);
}

/** «هفت‌تپه» and «صنعت‌سه»: a half-space ties the number word to a word that is no number's company. */
function isPartOfWord(tokens: Tokens, at: number, read: NumberRead): boolean {
  const first = tokens[at];
  const before = tokens[at - 1];
  const after = tokens[read.next];
  if (first?.joined && before?.kind === 'word' && before.entry === undefined) return true;
  if (after?.kind !== 'word') return false;
  if (NOT_COUNTED.has(after.text) && read.power === 0) return true;
  return after.joined && (after.entry === undefined || after.entry.numeral !== undefined);
}

function isLoneWordCounted(tokens: Tokens, at: number, read: NumberRead): boolean {
  const after = tokens[read.next];
  const before = tokens[at - 1];
  const countable = isCountable(tokens, read.next);
  const word = read.word;
  // «نیم سال» is a term of a school.
  if (word === 'نیم') return countable && after?.text !== 'سال';
  // «نه» is also «no», «ده» a village and «سی» a proper name's part.
  if (word === 'نه') return countable || after?.entry?.mass !== undefined;
  if (word === 'یک') {
    if (before?.text === 'هر' && !isMeasured(tokens, read.next)) return false;
    return countable && !ARTICLE.has(after?.text ?? '') && after?.entry?.ordinal === undefined;
  }
  // «دو به دو».
  if (tokens[read.next + 1]?.text === word && after?.text === 'به') return false;
  if (tokens[at - 2]?.text === word && before?.text === 'به') return false;
  if (word === 'دو' && after?.text === 'و' && tokens[read.next + 1]?.text === 'میدانی') return false;
  if (before?.text === 'هر' && (word === 'دو' || word === 'سه' || word === 'چهار'))
    return isMeasured(tokens, read.next);
  // «صفر تا صد» is a turn of phrase.
  if (word === 'صفر' && after?.text === 'تا' && tokens[read.next + 1]?.text === 'صد') return false;
  if (word === 'صد' && before?.text === 'تا' && tokens[at - 2]?.text === 'صفر') return false;
  if (word === 'صد' && before?.text === 'در') return false;
  return true;
}

/** «۱- », «۲) », «۳. » at the head of a line number the line; «[۴]» points to a note. */
function isListMark(tokens: Tokens, at: number, read: NumberRead): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (read.next !== at + 1 || (token?.literal?.digits.length ?? 9) > 2 || token?.literal?.part !== '')
    return false;
  if (before?.text === '[' && after?.text === ']') return true;
  const head = before === undefined || before.kind === 'break' || before.text === '(';
  if (!head || after?.kind !== 'mark' || !'-–—).،:'.includes(after.text)) return false;
  const content = tokens[at + 2];
  return (
    content !== undefined &&
    content.kind !== 'number' &&
    content.kind !== 'break' &&
    !isMeasured(tokens, at + 2)
  );
}

/** «منفی ۲ درصد», and a minus that stands alone before a percentage. */
function minusBefore(tokens: Tokens, at: number, unit: Unit | undefined): number | undefined {
  const before = tokens[at - 1];
  if (before?.text === 'منفی') return at - 1;
  if (before?.kind !== 'mark' || (before.text !== '-' && before.text !== '−')) return undefined;
  const stands = !before.joined && tokens[at]?.joined && tokens[at - 2] !== undefined;
  return stands && tokens[at - 2]?.kind !== 'break' && unit?.kind === 'percent' ? at - 1 : undefined;
}

type Ends = { readonly read: NumberRead; readonly own: UnitRead | undefined };

function single(tokens: Tokens, at: number, { read, own }: Ends): Draft {
  let value = shift(read.value, own?.unit.power ?? 0);
  let next = own?.next ?? read.next;
  let last = read.last + (own?.unit.power ?? 0);
  // «دو سال و نیم»: the half of a unit that is no money.
  const half = tokens[next]?.entry?.link === 'and' && tokens[next + 1]?.entry?.half === true;
  if (half && own !== undefined && isWhole(value) && !isMeasured(tokens, next + 2)) {
    value = plus(value, { digits: 5n, places: 1 });
    next += 2;
    last = -1;
  }
  if (read.fraction !== null && own === undefined && !isMeasured(tokens, next)) {
    return draft({
      from: at,
      next,
      kind: 'other',
      unit: FRACTION,
      value,
      last,
      fraction: read.fraction,
      read,
    });
  }
  const kind = own === undefined ? 'count' : own.unit.kind;
  const literal = read.literal;
  const slashed = own?.unit.kind === 'percent' && literal?.mark === '/' && literal.digits.length === 1;
  return draft({
    from: at,
    next,
    kind,
    unit: own?.unit ?? null,
    value: asCounted(read, own?.unit, value),
    last: Math.max(last, kind === 'count' && read.literal?.part.length === 3 ? 0 : last),
    fraction: read.fraction,
    alternative: slashed ? reversed(literal.digits, literal.part) : null,
    pending: own === undefined,
    read,
  });
}

/** «7/12» printed right to left is 12.7. */
const reversed = (whole: string, part: string): Decimal => ({
  digits: BigInt(part + whole),
  places: whole.length,
});

/** «۲.۳۵۷ نفر» cannot be a part of a person: three digits after a lone mark are thousands there. */
function asCounted(read: NumberRead, unit: Unit | undefined, value: Decimal): Decimal {
  const counts = unit?.isNoun === true || unit?.name === 'مورد' || unit?.name === 'فقره';
  return counts && read.literal?.part.length === 3 && read.power === 0 ? shift(value, 3) : value;
}

/** «سه تا پنج», «۵-۱۰ درصد», «از ۲۰۰ میلیون تا ۵ میلیارد تومان», «بین ۵ و ۱۰». */
function readRange(tokens: Tokens, at: number, lower: Ends): Draft | undefined {
  const counter = lower.own?.unit.name === '';
  const afterUnit = counter ? lower.read.next : (lower.own?.next ?? lower.read.next);
  const noun = lower.own === undefined || counter ? repeatedNoun(tokens, lower.read.next) : undefined;
  const linkAt = tokens[afterUnit]?.entry?.link === undefined && noun !== undefined ? noun : afterUnit;
  const dash = isDash(tokens, linkAt);
  const pair = isPair(tokens, lower);
  if (!dash && !pair && !isRangeLink(tokens, at, linkAt)) return undefined;
  const upperAt = pair ? lower.read.next : skipCue(tokens, linkAt + 1);
  const upper = readNumber(tokens, upperAt);
  if (upper === undefined || upper.ordinal !== 'no' || upper.literal?.date !== undefined) return undefined;
  const day = readDate(tokens, upperAt)?.[0];
  if (day !== undefined) return dayRange(lower, at, day, upper);
  const own = readUnit(tokens, upper.next);
  if (dash && (isLess(upper.value, lower.read.value) || isLikelyNot(lower.read, own))) return undefined;
  if (lower.own !== undefined && !counter && !agrees(lower.own.unit, own?.unit)) return undefined;
  const unit = own?.unit ?? lower.own?.unit ?? null;
  const shared = lower.own === undefined || counter ? sharedScale(lower.read, upper) : 0;
  const base: FigureKind = unit === null ? 'count' : unit.kind;
  const power = unit?.power ?? 0;
  return draft({
    from: at,
    next: own?.next ?? upper.next,
    kind: 'range',
    baseKind: base,
    value: shift(lower.read.value, shared + power),
    upper: shift(upper.value, power),
    last: Math.min(lower.read.last + shared, upper.last) + power,
    unit: unit?.name === '' ? null : unit,
    pending: unit === null,
    read: upper,
  });
}

/** «دو سه نفر», «ده پانزده روز»: two number words side by side, the second the larger. */
function isPair(tokens: Tokens, lower: Ends): boolean {
  const upper = tokens[lower.read.next]?.entry?.numeral;
  const first = tokens[lower.read.next - 1]?.entry?.numeral;
  return (
    lower.own === undefined &&
    lower.read.word !== null &&
    first !== undefined &&
    upper !== undefined &&
    upper.value > first.value
  );
}

function isRangeLink(tokens: Tokens, at: number, linkAt: number): boolean {
  const link = tokens[linkAt]?.entry?.link;
  if (link === 'to') return true;
  return link === 'and' && tokens[at - 1]?.entry?.link === 'between';
}

function isDash(tokens: Tokens, at: number): boolean {
  const dash = tokens[at];
  if (dash?.kind !== 'mark' || !'-–—~'.includes(dash.text)) return false;
  return dash.joined && (tokens[at + 1]?.joined ?? false);
}

/** A dashed pair of long digits is a code or a telephone number. */
const isLikelyNot = (lower: NumberRead, own: UnitRead | undefined): boolean =>
  own === undefined && (lower.literal?.digits.length ?? 0) > 4;

const skipCue = (tokens: Tokens, at: number): number => {
  if (isNumeric(tokens[at]) || !leadsToNumber(tokens, at)) return at;
  return isNumeric(tokens[at + 1]) ? at + 1 : at + 2;
};

/** «از ۵ کارگاه تا ۱۰ کارگاه»: the place after the noun when the upper end repeats it. */
function repeatedNoun(tokens: Tokens, at: number): number | undefined {
  const noun = tokens[at];
  if (!isNominal(noun) || tokens[at + 1]?.entry?.link !== 'to') return undefined;
  const upper = readNumber(tokens, at + 2);
  return upper !== undefined && tokens[upper.next]?.text === noun.text ? at + 1 : undefined;
}

const agrees = (a: Unit, b: Unit | undefined): boolean =>
  b !== undefined && a.kind === b.kind && a.name === b.name;

/** «۱۵ تا ۲۰ مهر»: two days of one month. */
function dayRange(lower: Ends, at: number, day: Draft, upper: NumberRead): Draft | undefined {
  const iso = /^(.*-)(\d\d)$/.exec(day.date ?? '');
  if (lower.own !== undefined || iso === null || lower.read.power > 0 || upper.literal?.grouped === true)
    return undefined;
  const days = `${iso[1]}${String(lower.read.value.digits).padStart(2, '0')}/${day.date}`;
  return {
    ...day,
    from: at,
    numberFrom: at,
    kind: 'range',
    baseKind: 'date_year',
    value: lower.read.value,
    upper: upper.value,
    date: days,
  };
}

/** The noun of a quantity: its unit's, the words after it, or for sums and shares the words before it. */
function withSubject(tokens: Tokens, found: Draft): Draft {
  if (found.kind === 'date_year' || found.baseKind === 'date_year') return found;
  const numberNext = found.next;
  const of = tokens[found.next]?.text === 'از' && found.unit?.kind === 'percent' ? 1 : 0;
  const subject = subjectAfter(tokens, found.next + of);
  const said = subject.noun !== null;
  const next = said || of === 0 ? Math.max(subject.next, found.next) : found.next;
  const noun = nounOf(tokens, found, subject.noun);
  return { ...found, numberNext, next: absorbed(tokens, next), noun, pending: found.pending && !said };
}

function nounOf(tokens: Tokens, found: Draft, said: string | null): string | null {
  const base = found.kind === 'range' ? found.baseKind : found.kind;
  if (base === 'other' && found.unit?.name !== 'برابر' && found.unit !== FRACTION) return 'مدت';
  const after = usable(found, said);
  if (after !== null) return after;
  // Persons are their own noun; a sum or a share is of what was named last.
  if (found.unit?.isNoun === true) return found.unit.name;
  return said === null || base === 'count'
    ? subjectBefore(tokens, found.from, base === 'count' || base === 'percent')
    : null;
}

/** After «نفر» only a counted noun or a mass is what is counted («نفر جمعیت»); other words qualify persons. */
function usable(found: Draft, noun: string | null): string | null {
  return found.unit?.isNoun === true && noun !== 'جمعیت' ? null : noun;
}

/** «سه ماهه نخست», «پنج دهک اول»: the ordinal belongs to the noun phrase. */
function absorbed(tokens: Tokens, at: number): number {
  const ordinal = tokens[at]?.entry?.ordinal;
  if (tokens[at - 3]?.text === 'برنامه') return at;
  if (ordinal === undefined || ordinal.before || tokens[at]?.joined) return at;
  return tokens[at + 1]?.entry?.month === undefined ? at + 1 : at;
}

function withCue(tokens: Tokens, found: Draft, floor: number): Draft {
  if (found.kind === 'date_year' || found.baseKind === 'date_year') return found;
  const direct = cueBefore(tokens, found.from, floor);
  const between = tokens[found.from - 1]?.entry?.link;
  const opened =
    found.kind === 'range' && (between === 'between' || between === 'from') && found.from - 1 >= floor;
  const from = opened && direct === undefined ? found.from - 1 : found.from;
  const cue = direct ?? cueBefore(tokens, from, floor);
  if (cue !== undefined) return { ...found, from: cue.from, approx: cue.approx, cue };
  const after = cueAfter(tokens, found.numberNext) ?? cueAfter(tokens, found.next);
  if (after !== undefined) {
    return { ...found, from, approx: after.approx, cue: after, next: Math.max(found.next, after.next) };
  }
  return { ...found, from };
}
