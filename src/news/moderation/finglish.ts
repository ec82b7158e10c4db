import type { Hint } from './contract.ts';
import { type Folded, fold, placeOf } from './folding.ts';
import { englishWords, finglishWords } from './lexicon.ts';

/**
 * Persian written in Latin letters, also mixed into Persian text. English words, names, units and addresses are none.
 * A word that stands in neither list is judged by its runs of three letters, and by the words beside it.
 */
export function finglish(comment: string): Hint[] {
  const folded = fold(comment);
  const stretches = stretchesOf(folded, comment);
  return stretches.flatMap((stretch) => judged(folded, stretch));
}

type Word = {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly isName: boolean;
  /** Whether the word goes on in Persian letters: «sooزن‌دوزی». */
  readonly isMixed: boolean;
};

const address = /\S*(?:@|:\/\/|www\.|\.(?:com|ir|net|org|me|io|info|shop|co)\b|\/)\S*/g;

/** Latin words that follow one another with nothing but spaces and signs between them; addresses belong to none. */
function stretchesOf(folded: Folded, comment: string): Word[][] {
  const points = Array.from(comment);
  const text = folded.text.replace(address, (found) => ' '.repeat(found.length));
  const stretches: Word[][] = [];
  let end = -1;
  for (const match of text.matchAll(/[a-z]+(?:['’][a-z]+)*/g)) {
    const from = match.index;
    const to = from + match[0].length;
    const typed = points.slice(folded.starts[from], folded.ends[to - 1]).join('');
    // «iPhone», «PDF», «3d»: what bears capitals inside or touches a digit is a code or a brand.
    const isName =
      /^(?:[A-Z]{2,5}|[a-z]+[A-Z].*|[A-Z][a-z]+[A-Z].*)$/.test(typed) ||
      /[0-9]/.test(text.charAt(from - 1) + text.charAt(to));
    const isMixed = /\p{L}/u.test(text.charAt(from - 1) + text.charAt(to)) && match[0].length > 1;
    const word = { text: match[0].replace(/['’]/g, ''), from, to, isName, isMixed };
    const last = stretches.at(-1);
    if (last === undefined || /[\p{L}\n]/u.test(text.slice(end, from))) stretches.push([word]);
    else last.push(word);
    end = to;
  }
  return stretches;
}

const squeeze = (word: string): string => word.replace(/(.)\1+/g, '$1');
const persian = new Set(finglishWords.map(squeeze));
const persianAsTyped = new Set(finglishWords);
const english = new Set(englishWords);
const englishSqueezed = new Set(englishWords.map(squeeze));

/** How often each run of three letters stands in a list, for words that stand in none. */
function runsOf(words: readonly string[]): {
  readonly count: ReadonlyMap<string, number>;
  readonly total: number;
} {
  const count = new Map<string, number>();
  let total = 0;
  for (const word of words)
    for (const run of runs(word)) {
      count.set(run, (count.get(run) ?? 0) + 1);
      total += 1;
    }
  return { count, total };
}

const runs = (word: string): string[] => {
  const edged = `^${word}$`;
  return Array.from(edged)
    .slice(0, -2)
    .map((_letter, at) => edged.slice(at, at + 3));
};

const persianRuns = runsOf(finglishWords);
const englishRuns = runsOf(englishWords);

const chance = ({ count, total }: typeof persianRuns, run: string): number =>
  Math.log(((count.get(run) ?? 0) + 0.3) / (total + 600));

/** Above nought the letters follow one another as in Persian, below as in English. */
function likeness(word: string): number {
  const all = runs(word);
  return all.reduce((sum, run) => sum + chance(persianRuns, run) - chance(englishRuns, run), 0) / all.length;
}

/** 1 is Persian for certain, -1 is no Persian for certain. */
function weigh({ text, isName, isMixed }: Word): number {
  const squeezed = squeeze(text);
  if ((isMixed || persianAsTyped.has(text)) && !isName && !english.has(text)) return 1;
  const isEnglish = english.has(text) || (text !== squeezed && englishSqueezed.has(squeezed));
  if (persian.has(squeezed) && !isEnglish) return 1;
  if (persian.has(squeezed) && isEnglish) return 0;
  if (isEnglish || isName) return -1;
  if (text.length < 3) return 0;
  return Math.max(-0.9, Math.min(0.9, likeness(text)));
}

/** One stretch of Latin words: clear when several of them are Persian for certain and they outweigh the rest. */
function judged(folded: Folded, words: readonly Word[]): Hint[] {
  const weights = words.map(weigh);
  const certain = weights.filter((weight) => weight === 1).length;
  const likely = weights.filter((weight) => weight > 0.35).length;
  const against = weights.filter((weight) => weight < -0.35).length;
  const sum = weights.reduce((one, other) => one + other, 0);
  const isPersian = sum > 0 && (certain >= 1 ? likely >= against : likely > 2 * against);
  if (!isPersian) return [];
  const first = words[weights.findIndex((weight) => weight > 0)];
  const last = words[weights.findLastIndex((weight) => weight > 0)];
  if (first === undefined || last === undefined) return [];
  const clear = certain >= 2 || (certain === 1 && likely >= 2);
  return [{ rule: 'finglish', ...placeOf(folded, first.from, last.to), clear }];
}
