import { isNumeric } from './measure.ts';
import { PAIRS } from './noun.ts';
import type { Token } from './token.ts';

type Tokens = readonly Token[];

/** A noun phrase after a number: the tokens it takes and its head in normal spelling. */
export type Subject = { readonly noun: string | null; readonly next: number };

const MOST_WORDS = 3;

const VERBS = new Set(
  'کرد کردند کردیم کرده کند کنند شد شدند شده شود شوند گردید گردیده میشود میکند'.split(' '),
);

/** Words that open a clause or qualify the number; never the noun itself. */
const NO_NOUN = new Set(
  'های ها ی ای هم نیز دیگر اول نخست دوم سوم کل بالغ اخیر آینده گذشته جدید فعال مستقل قابل حدود بیش بالغبر مربوط مورد محل میانگین مجموع کلیه بیشترین شامل کسب شدن شده بودن'.split(
    ' ',
  ),
);

/** True for a word that may stand in the noun phrase of a number. */
export function isNominal(token: Token | undefined): token is Token {
  if (token?.kind !== 'word' || token.text === '') return false;
  if (token.entry?.stop === true || token.entry?.link !== undefined) return false;
  if (token.text.includes('سال') || token.entry?.month !== undefined) return false;
  return token.entry?.change === undefined && !isNumeric(token);
}

/** Up to three words after a number, the first of them its noun. */
export function subjectAfter(tokens: Tokens, at: number): Subject {
  // «عنوان کرد» after a sum is the verb of the sentence.
  const verb = VERBS.has(tokens[at + 1]?.text ?? '') && tokens[at]?.entry?.mass === undefined;
  let next = at;
  let words = verb ? MOST_WORDS : 0;
  while (words < MOST_WORDS) {
    const token = tokens[next];
    if (!isNominal(token)) break;
    if (token.entry?.label !== undefined && words > 0) break;
    if (!token.joined || next === at) words += 1;
    next += 1;
    while (tokens[next]?.joined && isNominal(tokens[next])) next += 1;
  }
  const head = tokens[at];
  const noun = next === at || head === undefined || NO_NOUN.has(head.text) ? null : headNoun(tokens, at);
  return { noun, next };
}

/** The noun at `at` in normal spelling, as a pair where two words are one term. */
export function headNoun(tokens: Tokens, at: number): string | null {
  const head = tokens[at];
  if (head?.kind !== 'word' || head.text === '') return null;
  const second = tokens[at + 1];
  const pair =
    second?.kind === 'word'
      ? (PAIRS.get(`${stem(head)} ${second.text}`) ?? PAIRS.get(`${stem(head)} ${stem(second)}`))
      : undefined;
  if (pair !== undefined) return pair;
  const known = head.entry?.noun ?? head.entry?.mass;
  if (known !== undefined) return known;
  return second?.joined && second.kind === 'word' && !PLURAL.has(second.text)
    ? `${spelt(head.text)}\u200c${second.text}`
    : spelt(head.text);
}

const PLURAL = new Set(['ها', 'های', 'هایی', 'ی', 'ای']);
const stem = (token: Token): string =>
  (token.entry?.noun ?? token.text).replace(/\u200c/g, '').replace(/أ/g, 'ا');

/** A plural whose half-space was lost gets it back: «بنگاههای» is بنگاه‌های. */
function spelt(word: string): string {
  const plural = /^(.{3,})(ها|های|هایی)$/.exec(word);
  if (plural?.[1] !== undefined && !/[او]$/.test(plural[1])) return `${plural[1]}\u200c${plural[2]}`;
  return /[او]ی$/.test(word) && word.length > 4 ? word.slice(0, -1) : word;
}

const LOOK_BACK = 12;

/** What a share or a sum is of when nothing after it says so: the nearest measured noun before it. */
export function subjectBefore(tokens: Tokens, at: number, counted: boolean): string | null {
  for (let place = at - 1; place >= Math.max(0, at - LOOK_BACK); place -= 1) {
    const token = tokens[place];
    if (token === undefined || token.kind === 'break' || token.text === '.' || token.text === '؛')
      return null;
    if (token.entry?.mass === 'بیکاری' && tokens[place - 1]?.text === 'نرخ') return 'نرخ بیکاری';
    if (token.entry?.mass !== undefined) return token.entry.mass;
    if (counted && token.entry?.noun !== undefined && place >= at - 3) return token.entry.noun;
  }
  return null;
}
