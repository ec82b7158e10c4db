import { isCountable, isMeasured } from './measure.ts';
import { type Decimal, isLess, plain } from './decimal.ts';
import { type Draft, draft } from './draft.ts';
import type { Label } from './label.ts';
import { readNumber } from './number.ts';
import type { Token } from './token.ts';

type Tokens = readonly Token[];

/** One unit of a reference with its numbers: «تبصره‌های ۱۶ و ۱۸». */
type Part = { readonly label: Label; readonly numbers: readonly Decimal[]; readonly upper: Decimal | null };

const OPENINGS = new Set(['«', '»', '(', ')', '"', '”', '“', '[', ']', '-', 'های', 'ها', 'شماره', '‹', '›']);
const JOINTS = new Set(['از', 'ذیل', 'الحاقی', 'به', 'موضوع', '،', '(', ')', '»', '«', '/']);
const LETTERS = new Set('الف ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن ی ه'.split(' '));

/** «جزء ۲ بند «ب» تبصره ۱۵»: the whole chain from `at`, valued by its last main unit. */
export function readLegal(tokens: Tokens, at: number): Draft | undefined {
  const parts: Part[] = [];
  let next = at;
  let end = at;
  for (let unit = 0; unit < 6; unit += 1) {
    const label = tokens[next]?.entry?.label;
    if (label?.kind !== 'legal') break;
    const numbers = readNumbers(tokens, next + 1);
    if (numbers.numbers.length > 0) {
      parts.push({ label, numbers: numbers.numbers, upper: numbers.upper });
      end = closed(tokens, numbers.next);
    }
    next = skipLetters(tokens, numbers.next);
    if (numbers.numbers.length === 0 && next === numbers.next) break;
    if (tokens[next]?.entry?.label?.kind !== 'legal' && JOINTS.has(tokens[next]?.text ?? '')) next += 1;
  }
  const last = parts.findLast(({ label }) => label.strong) ?? parts.at(-1);
  const value = last?.numbers[0];
  if (last === undefined || value === undefined) return undefined;
  const also = parts.flatMap(({ numbers }) => numbers).filter((number) => number !== value);
  return draft({
    from: at,
    next: end,
    kind: last.upper === null ? 'legal_reference' : 'range',
    baseKind: last.upper === null ? null : 'legal_reference',
    value,
    upper: last.upper,
    noun: last.label.noun,
    also: also.map(plain),
    isQuantity: false,
  });
}

/** «ماده (۲۵)» ends with what closes it. */
const closed = (tokens: Tokens, at: number): number => (CLOSINGS.has(tokens[at]?.text ?? '') ? at + 1 : at);
const CLOSINGS = new Set([')', '»', '”', '"', ']']);

/** The quoted letter of a paragraph, which is no figure: «بند «ب»»، «بند الف». */
function skipLetters(tokens: Tokens, at: number): number {
  let next = at;
  while (next < at + 8) {
    const text = tokens[next]?.text ?? '';
    const joins = text === 'و' && LETTERS.has(tokens[next + 1]?.text ?? '');
    if (!OPENINGS.has(text) && !LETTERS.has(text) && !joins) break;
    next += 1;
  }
  return next;
}

function readNumbers(
  tokens: Tokens,
  at: number,
): { numbers: Decimal[]; upper: Decimal | null; next: number } {
  const plural = tokens[at]?.text === 'های' || tokens[at]?.text === 'ها' || isPlural(tokens[at - 1]);
  let from = at;
  while (OPENINGS.has(tokens[from]?.text ?? '') && from < at + 3) from += 1;
  const first = oneNumber(tokens, from);
  if (first === undefined) return { numbers: [], upper: null, next: at };
  const numbers = [first.value];
  let next = first.next;
  for (;;) {
    const link = tokens[next];
    const to = link?.entry?.link === 'to';
    if (!to && link?.entry?.link !== 'and' && link?.text !== '،') break;
    const more = oneNumber(tokens, next + 1);
    if (more === undefined || (!plural && !to && !isReference(tokens, more.next))) break;
    if (to) return { numbers, upper: more.value, next: more.next };
    numbers.push(more.value);
    next = more.next;
  }
  return { numbers, upper: null, next };
}

const isPlural = (token: Token | undefined): boolean =>
  token !== undefined && (token.text.endsWith('های') || token.text === 'مواد' || token.text === 'اصول');

/** After «ماده ۱۰ و ۱۲» the law goes on; after «تبصره ۱۸ و ۲۵ کارگاه» a count does. */
const isReference = (tokens: Tokens, at: number): boolean => {
  const after = tokens[at];
  if (after === undefined || after.kind !== 'word') return true;
  return after.entry?.stop === true || REFERRED.has(after.text) || after.entry?.label?.kind === 'legal';
};

const REFERRED = new Set(
  'قانون آییننامه اییننامه بودجه برنامه دستورالعمل اساسی کار اساسنامه مصوبه بخشنامه ضوابط'.split(' '),
);

function oneNumber(tokens: Tokens, at: number): { value: Decimal; next: number } | undefined {
  const read = readNumber(tokens, at);
  if (read === undefined || read.power > 0 || read.ordinal === 'before' || read.fraction !== null)
    return undefined;
  if (read.literal?.date !== undefined || read.literal?.grouped === true) return undefined;
  if (isLess({ digits: 2000n, places: 0 }, read.value)) return undefined;
  const after = tokens[read.next];
  if (isMeasured(tokens, read.next) && after?.text !== 'در') return undefined;
  // «در این بند ۲۵ کارگاه»: a noun that is counted takes the number, unless it begins the law's name.
  if (
    isCountable(tokens, read.next) &&
    after?.entry?.label?.kind !== 'legal' &&
    !REFERRED.has(after?.text ?? '')
  ) {
    return undefined;
  }
  return { value: read.value, next: read.next };
}
