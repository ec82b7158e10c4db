import { assert } from './result.ts';

/**
 * Persian letters, digits and numbers: one spelling for what people type, and the notations in which an
 * office prints a number. Pure and without floats: a number is a bigint or a plain decimal string
 * («-?\d+(\.\d+)?»). Runs in the browser as it runs on the server.
 */

const ARABIC_ZERO = 0x0660;
const PERSIAN_ZERO = 0x06f0;
const PERSIAN_DIGITS = '۰۱۲۳۴۵۶۷۸۹';

/** The digit 0–9 that a UTF-16 unit writes in Latin, Arabic or Persian script, or -1. */
export function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  if (unit >= PERSIAN_ZERO && unit <= PERSIAN_ZERO + 9) return unit - PERSIAN_ZERO;
  if (unit >= ARABIC_ZERO && unit <= ARABIC_ZERO + 9) return unit - ARABIC_ZERO;
  return -1;
}

/** The same text with every digit of the three scripts in Latin script, as it stands on the wire. */
export const latinDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String(digitOf(digit.charCodeAt(0))));

/** A number that is a name (of a person, a phone) as it was typed, in Latin digits and without blanks and hyphens. */
export const typedDigits = (given: string): string => latinDigits(given).replace(/[\s\u200c-]/g, '');

/** Dashes of every kind, and what some write for one, between the groups of a number. */
const BETWEEN_GROUPS = /[\s\p{Pd}\u2212_./\u00b7]/gu;

/**
 * A number of a paper as it was typed, in Latin digits and without what stands between its groups: the pad of digits
 * of many phones has no hyphen.
 */
export const typedNumberName = (given: string): string =>
  latinDigits(normalise(given))
    .replace(/\u200c/g, '')
    .replace(BETWEEN_GROUPS, '');

/** What stands between the digits of a phone, and the direction marks that come along from a list of contacts. */
const AROUND_DIGITS = /[\u2010-\u2015().\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A phone as `09…` or `0` with the code of its place, or null. */
export function readPhone(given: string): string | null {
  const digits = typedDigits(given)
    .replace(AROUND_DIGITS, '')
    .replace(/^(?:\+98|0098|98(?=9\d{9}$))/, '0')
    .replace(/^9(?=\d{9}$)/, '09');
  return /^0\d{10}$/.test(digits) ? digits : null;
}

/** The same text with every digit of the three scripts in Persian script, as it stands on a page. */
export const persianDigits = (text: string): string =>
  text.replace(/[0-9٠-٩]/g, (digit) => PERSIAN_DIGITS.charAt(digitOf(digit.charCodeAt(0))));

// Letters that keyboards and old encodings confuse: the left one is never right in Persian.
const SPELLING: ReadonlyMap<string, string> = new Map([
  ['ي', 'ی'],
  ['ى', 'ی'],
  ['ې', 'ی'],
  ['ۍ', 'ی'],
  ['ك', 'ک'],
  ['ڪ', 'ک'],
  ['ة', 'ه'],
  ['ۀ', 'ه'],
  ['ۂ', 'ه'],
  ['ہ', 'ه'],
  ['ھ', 'ه'],
  ['ە', 'ه'],
  ['إ', 'ا'],
  ['ٱ', 'ا'],
]);

// Letters that are right with and without their hamza («رأی»، «رای»), so two spellings must compare equal.
const HAMZA: ReadonlyMap<string, string> = new Map([
  ['أ', 'ا'],
  ['ؤ', 'و'],
  ['ئ', 'ی'],
  ['ء', ''],
]);

const MARKS =
  /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g;
const PRESENTED = /[\ufb50-\ufdff\ufe70-\ufefc]+/g;
const MISSPELT = /[يىېۍكڪةۀۂہھەإٱ]/g;
const HALF_SPACE = /[\u200b\u200c\u00ac]+/g;

// Texts that stand in their one spelling already, which is nearly all of what is read back and most of what is typed:
// seven replacements that find nothing cost more than all else that is done to a cell of a list.
const SPELT = /^(?:[!-~ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی۰-۹،؛؟«»٪٫٬]+(?: (?!$)|$))*$/;
const FOLDED = /^(?:[!-~آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی،؛؟«»٪٫٬]+(?: (?!$)|$))*$/;

/**
 * One spelling for storing and showing: Persian letters for their Arabic look-alikes, no tatweel,
 * diacritics, direction marks or presentation forms, Persian digits for Arabic ones (Latin ones stay, they
 * may be a code), single spaces and single half-spaces. Line breaks stay.
 */
export function normalise(text: string): string {
  if (SPELT.test(text)) return text;
  return text
    .replace(PRESENTED, (form) => form.normalize('NFKC'))
    .replace(MARKS, '')
    .replace(MISSPELT, (letter) => SPELLING.get(letter) ?? letter)
    .replace(/[٠-٩]/g, (digit) => PERSIAN_DIGITS.charAt(digitOf(digit.charCodeAt(0))))
    .replace(HALF_SPACE, '\u200c')
    .replace(/(?<![\p{L}\p{N}])\u200c|\u200c(?![\p{L}\p{N}])/gu, '')
    .replace(/[^\S\r\n]+/g, ' ')
    .replace(/^ | $/g, '');
}

/**
 * The form in which two spellings of one thing compare equal: normalised, hamza folded, no half-spaces,
 * Latin digits. Never shown and never stored as the text itself.
 */
export function comparable(text: string): string {
  if (FOLDED.test(text)) return text;
  const folded = normalise(text).replace(/[أؤئء]/g, (letter) => HAMZA.get(letter) ?? letter);
  // Once more, because a lone hamza that is gone may leave a space at an end.
  return latinDigits(normalise(folded)).replace(/\u200c/g, '');
}

/** One word, folded for looking up: as `comparable`, without the cost of what one word cannot hold. */
export function foldWord(word: string): string {
  let folded = '';
  for (const letter of PRESENTED.test(word) ? word.normalize('NFKC') : word) {
    folded += SPELLING.get(letter) ?? HAMZA.get(letter) ?? letter;
  }
  PRESENTED.lastIndex = 0;
  return folded.replace(MARKS, '');
}

// Signs that turn the text behind them around; the two marks (U+200E, U+200F) turn nothing but themselves.
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
// What takes no ink: signs of format, fillers that count as letters, the blank pattern of Braille.
const NO_INK = /[\p{C}\p{Z}\s\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** A text as it may stand in a sentence of ours: it turns nothing around, and without ink it is empty. */
export function plainText(text: string): string {
  const plain = text.replace(TURNS, '');
  return plain.replace(NO_INK, '') === '' ? '' : plain;
}

// However a line was ended, it is ended.
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const EMPTY_LINES = /\n[\t\p{Zs}\p{Cf}]*\n(?:[\t\p{Zs}\p{Cf}]*\n)+/gu;
// No letter that is written here bears more marks; piled up they run over the lines around.
const PILED_MARKS = /(\p{M}(?:\p{Cf}*\p{M}){2})(?:\p{Cf}*\p{M})+/gu;

/** A text of anybody as it may stand under one of ours: it turns nothing around and takes no more room than it needs. */
export const calmText = (text: string): string =>
  plainText(text.replace(LINE_ENDS, '\n').replace(PILED_MARKS, '$1').replace(EMPTY_LINES, '\n\n'));

/** Whether a text says anything: it has a letter or a digit that is seen; signs and pictures alone are no words. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(normalise(text).replace(NO_INK, ''));

// Half-space and joiner shape letters, and the two marks order a line: they are seen by what they do. Nothing else is.
const HIDDEN = /(?![\u200c-\u200f\t\n\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const SHAPED_DIGITS = /(?<=\p{Nd})[\u200c-\u200f]+(?=\p{Nd})/gu;
const DRESSED_DIGITS = /[\uff10-\uff19\u{1d7ce}-\u{1d7ff}\u{1fbf0}-\u{1fbf9}]/gu;

/**
 * A text as an eye has it: no sign that is not seen parts a word or a number, and a digit in another dress is that
 * digit. Whoever checks such a text has read what everybody reads.
 */
export const seenText = (text: string): string =>
  plainText(
    text
      .replace(HIDDEN, '')
      .replace(SHAPED_DIGITS, '')
      .replace(/[\u2028\u2029]/g, ' ')
      .replace(DRESSED_DIGITS, (digit) => digit.normalize('NFKC')),
  );

/** Whether somebody or something can be called so: a name has a letter that is seen. */
export const isName = (text: string): boolean => /\p{L}/u.test(normalise(text).replace(NO_INK, ''));

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;

/** «۱٬۲۳۴٬۵۶۷٫۵»: Persian digits with thousands separators, from a bigint or a plain decimal string. */
export function groupedDigits(value: bigint | string): string {
  const parts = PLAIN.exec(String(value));
  assert(parts !== null, `not a plain decimal: ${String(value).slice(0, 40)}`);
  const [, sign, whole = '', part] = parts;
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, '٬');
  // The sign stands before the number in reading order; the mark keeps it there in a right-to-left line.
  return persianDigits(`${sign === '-' ? '\u200e-' : ''}${grouped}${part === undefined ? '' : `٫${part}`}`);
}

/** What a person typed as a number («۱٬۲۳۴٫۵»، «1,234.5»، «١٢٣٤») as a plain decimal string, or undefined. */
export function typedNumber(text: string): string | undefined {
  const plain = latinDigits(text.trim().replace(MARKS, ''))
    .replace(/[−–]/g, '-')
    .replace(/(?<=\d)[٬,،'](?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\d)[٫/](?=\d)/g, '.');
  const parts = PLAIN.exec(plain);
  if (parts === null) return undefined;
  const [, sign, whole = '', part = ''] = parts;
  const fraction = part.replace(/0+$/, '');
  const digits = whole.replace(/^0+(?=\d)/, '');
  const nothing = digits === '0' && fraction === '';
  return `${sign === '-' && !nothing ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}`;
}

const UNITS = ['', 'یک', 'دو', 'سه', 'چهار', 'پنج', 'شش', 'هفت', 'هشت', 'نه'];
const TEENS = ['ده', 'یازده', 'دوازده', 'سیزده', 'چهارده', 'پانزده', 'شانزده', 'هفده', 'هجده', 'نوزده'];
const TENS = ['', '', 'بیست', 'سی', 'چهل', 'پنجاه', 'شصت', 'هفتاد', 'هشتاد', 'نود'];
const HUNDREDS = ['', 'صد', 'دویست', 'سیصد', 'چهارصد', 'پانصد', 'ششصد', 'هفتصد', 'هشتصد', 'نهصد'];
const AND = ' و ';
const LIMIT = 10n ** 18n;

function below1000(count: number): string {
  const rest = count % 100;
  const words = [HUNDREDS[(count - rest) / 100] ?? ''];
  if (rest >= 10 && rest < 20) words.push(TEENS[rest - 10] ?? '');
  else words.push(TENS[(rest - (rest % 10)) / 10] ?? '', UNITS[rest % 10] ?? '');
  return words.filter((word) => word !== '').join(AND);
}

const inDigits = (count: number): string => persianDigits(String(count));

/** The number below 10^18 in groups of the Persian press, each group below 1000 written by `write`. */
function inGroups(value: bigint, write: (count: number) => string): string {
  const group = (power: number): number => Number((value / 10n ** BigInt(power)) % 1000n);
  const thousands = (thousand: number, rest: number): string[] => [
    ...(thousand === 0 ? [] : [thousand === 1 ? 'هزار' : `${write(thousand)} هزار`]),
    ...(rest === 0 ? [] : [write(rest)]),
  ];
  const named: string[] = [];
  // 10^12 is «هزار میلیارد» in the press and in the budget; 10^15 follows it as «میلیون میلیارد».
  if (group(15) > 0) named.push(`${write(group(15))} میلیون میلیارد`);
  const billions = thousands(group(12), group(9));
  if (billions.length > 0) named.push(`${billions.join(AND)} میلیارد`);
  if (group(6) > 0) named.push(`${write(group(6))} میلیون`);
  return [...named, ...thousands(group(3), group(0))].join(AND);
}

function signed(value: bigint, zero: string, write: (positive: bigint) => string): string {
  const size = value < 0n ? -value : value;
  assert(size < LIMIT, 'a number of 10^18 or more has no words here');
  if (size === 0n) return zero;
  return value < 0n ? `منفی ${write(size)}` : write(size);
}

/** «هزار و دویست و شصت و چهار»: cardinal words of a whole number, |value| < 10^18. */
export const cardinalWords = (value: bigint): string =>
  signed(value, 'صفر', (positive) => inGroups(positive, below1000));

/** «هزار و ۶۷۷ میلیارد»، «۲ هزار و ۳۵۷»: digits with scale words, as the press mixes them; |value| < 10^18. */
export const mixedNumber = (value: bigint): string =>
  signed(value, '۰', (positive) => inGroups(positive, inDigits));

/**
 * Ordinal words of a whole number 1 ≤ value < 10^18: «بیست و یکم», or «بیست و یکمین» when it stands before
 * its noun (`before`). The first is «اول» and «اولین».
 */
export function ordinalWords(value: bigint, place: 'after' | 'before' = 'after'): string {
  assert(value > 0n, 'an ordinal is at least one');
  if (value === 1n) return place === 'before' ? 'اولین' : 'اول';
  const words = cardinalWords(value);
  const suffixed = words.endsWith('سی')
    ? `${words}\u200cام`
    : words.endsWith('سه')
      ? `${words.slice(0, -2)}سوم`
      : `${words}م`;
  return place === 'before' ? `${suffixed}ین` : suffixed;
}

const SCALES: readonly (readonly [bigint, string])[] = [
  [10n ** 12n, 'هزار میلیارد'],
  [10n ** 9n, 'میلیارد'],
  [10n ** 6n, 'میلیون'],
  [10n ** 3n, 'هزار'],
];

/**
 * Money for people: «۹۷٫۴ میلیارد تومان» from whole rials. Rounded half away from zero to `decimals`
 * places (default 1) of the largest scale it reaches, so it is a reading aid: the exact sum belongs beside
 * it. Sums below ten thousand rials that are no whole tomans are given in rials.
 */
export function moneyForPeople(rials: bigint, decimals: 0 | 1 | 2 | 3 = 1): string {
  const size = rials < 0n ? -rials : rials;
  if (size < 10_000n && size % 10n !== 0n) return `${groupedDigits(rials)} ریال`;
  const fine = 10n ** BigInt(decimals);
  const roundedTo = (unit: bigint): bigint => (size * fine * 2n + unit * 10n) / (unit * 20n);
  const reached = SCALES.findIndex(([scale]) => size >= scale * 10n);
  const at = reached === -1 ? SCALES.length : reached;
  // A sum that rounds up to a thousand of its scale is told in the next one: ۱ میلیارد, not ۱٬۰۰۰ میلیون.
  const full = at > 0 && roundedTo(SCALES[at]?.[0] ?? 1n) >= 1000n * fine;
  const [unit, name] = SCALES[full ? at - 1 : at] ?? [1n, ''];
  const rounded = unit === 1n ? ((size + 5n) / 10n) * fine : roundedTo(unit);
  const part = (rounded % fine).toString().padStart(decimals, '0').replace(/0+$/, '');
  const plain = `${rials < 0n ? '-' : ''}${rounded / fine}${part === '' || decimals === 0 ? '' : `.${part}`}`;
  return [groupedDigits(plain), name, 'تومان'].filter((word) => word !== '').join(' ');
}

/** The name of a cooperative bears this word, and that of no other enterprise. */
export const cooperativeWord = 'تعاونی';

/** Money in a sentence that compares sums: in whole rials, as every sum can be told, and beside them as one says it. */
export const moneyCompared = (rials: bigint): string => {
  const whole = `${groupedDigits(rials)} ریال`;
  return rials % 10n === 0n && rials >= 10_000n ? `${whole} (${moneyExactly(rials)})` : whole;
};

/** Money to the last rial in the mixed notation: «۹۷ میلیارد و ۴۳۰ میلیون تومان», in rials if it must be. */
export const moneyExactly = (rials: bigint): string =>
  rials % 10n === 0n ? `${mixedNumber(rials / 10n)} تومان` : `${mixedNumber(rials)} ریال`;
