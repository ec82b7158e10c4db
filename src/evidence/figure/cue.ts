import type { Approximation } from './figure.ts';
import type { Token } from './token.ts';

type Tokens = readonly Token[];
type Cue = { readonly approx: Approximation; readonly from: number; readonly next: number };

const before: Record<Exclude<Approximation, 'exact'>, string> = {
  about:
    'حدود;حدودا;در حدود;نزدیک به;نزدیک;نزدیکبه;تقریبا;قریب به;قریب;حوالی;بهطور تقریبی;به طور تقریبی;به طور متوسط حدود;چیزی حدود;به تقریب',
  at_least:
    'بیش از;بیشاز;بیشتر از;بیشتراز;بالغ بر;بالغبر;افزون بر;افزونبر;حداقل;بالای;بالاتر از;دست کم;دستکم;لااقل;متجاوز از;مازاد بر;فراتر از;کمینه;دست کم از;زیادتر از;افزون از',
  at_most:
    'کمتر از;کمتراز;زیر;حداکثر;تا;تا سقف;سقف;پایینتر از;پایین تر از;کم تر از;نهایتا;حداکثر تا;نهایت;بیشینه;تا مرز',
};

/** Words that may stand between a cue and its number: «بیش از مبلغ ۲۰۰ میلیون». */
const FILLERS = new Set(['مبلغ', 'تعداد', 'رقم', 'رقمی', 'حجم', 'میزان', 'معادل', 'جمعا', 'فردی']);

const CUES: ReadonlyMap<string, readonly (readonly [readonly string[], Approximation])[]> = cues();

function cues(): Map<string, (readonly [readonly string[], Approximation])[]> {
  const found = new Map<string, (readonly [readonly string[], Approximation])[]>();
  for (const approx of ['about', 'at_least', 'at_most'] as const) {
    for (const phrase of before[approx].split(';')) {
      const words = phrase.split(' ').toReversed();
      const [last = ''] = words;
      found.set(last, [...(found.get(last) ?? []), [words, approx]]);
    }
  }
  for (const list of found.values()) list.sort(([a], [b]) => b.length - a.length);
  return found;
}

/** The cue that ends just before `at`, not reaching back past `floor`. */
export function cueBefore(tokens: Tokens, at: number, floor: number): Cue | undefined {
  const direct = cueEnding(tokens, at, floor);
  if (direct !== undefined) return direct;
  const filler = tokens[at - 1];
  if (filler === undefined || !FILLERS.has(filler.text)) return undefined;
  return cueEnding(tokens, at - 1, floor);
}

function cueEnding(tokens: Tokens, at: number, floor: number): Cue | undefined {
  const last = tokens[at - 1];
  if (last?.kind !== 'word') return undefined;
  for (const [words, approx] of CUES.get(last.text) ?? []) {
    const from = at - words.length;
    if (from < floor || !words.every((word, index) => tokens[at - 1 - index]?.text === word)) continue;
    // «سقف تسهیلات ۲۰۰ میلیون» is the ceiling itself; only «تا سقف» leaves room below it.
    if (words.length === 1 && last.text === 'سقف') return undefined;
    return { approx, from, next: at };
  }
  return undefined;
}

const AFTER: readonly (readonly [readonly string[], Approximation])[] = [
  [['به', 'بالا'], 'at_least'],
  [['و', 'بالاتر'], 'at_least'],
  [['و', 'بیشتر'], 'at_least'],
  [['یا', 'بیشتر'], 'at_least'],
  [['و', 'بالا'], 'at_least'],
  [['به', 'پایین'], 'at_most'],
  [['و', 'کمتر'], 'at_most'],
  [['یا', 'کمتر'], 'at_most'],
  [['و', 'پایینتر'], 'at_most'],
];

/** «۵۰ نفر به بالا»: the cue that begins at `at`. */
export function cueAfter(tokens: Tokens, at: number): Cue | undefined {
  const link = tokens[at]?.entry?.link;
  if (link === undefined) return undefined;
  for (const [words, approx] of AFTER) {
    if (words.every((word, index) => tokens[at + index]?.text === word)) {
      return { approx, from: at, next: at + words.length };
    }
  }
  return undefined;
}
