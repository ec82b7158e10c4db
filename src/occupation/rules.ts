import type { Day } from '#kernel/day.ts';
import { comparable } from '#kernel/persian.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { OccupationRefusal } from './contract.ts';

/**
 * The text as the search compares it: one form of each letter, lower case, and nothing but letters and digits,
 * so that «قالی‌بافی»، «قالی بافی» and «قاليبافي» are one.
 */
export const searchText = (text: string): string =>
  comparable(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The words of a search, each of which must occur; a half-space joins, a space parts. */
export const searchWords = (search: string): string[] =>
  search
    .split(/\s+/)
    .map(searchText)
    .filter((word) => word !== '');

/** How many letters of a word may be missing, added or wrong: none in a short one, which would fit everything. */
const forgiven = (word: string): number => (word.length < 4 ? 0 : word.length < 7 ? 1 : 2);

/**
 * The fewest letters by which `word` differs from some part of `text`; Infinity when they are more than are
 * forgiven. Both folded by `searchText`.
 */
export function slipsOf(word: string, text: string): number {
  if (text.includes(word)) return 0;
  if (forgiven(word) === 0) return Infinity;
  // Distance of the word's first letters to the parts of the text that end at each letter; a part may begin
  // anywhere, so the row before the first letter is all nought.
  let above: number[] = Array.from({ length: text.length + 1 }, () => 0);
  for (let at = 0; at < word.length; at += 1) {
    const row = [at + 1];
    for (let column = 1; column <= text.length; column += 1) {
      const change = (above[column - 1] ?? 0) + (text.charAt(column - 1) === word.charAt(at) ? 0 : 1);
      row.push(Math.min(change, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
    above = row;
  }
  const fewest = Math.min(...above);
  return fewest <= forgiven(word) ? fewest : Infinity;
}

/**
 * Those that hold every word of the search, in any order; where none does, those that miss it by the fewest
 * letters. Without words, all.
 */
export function searched<Item>(
  items: readonly Item[],
  words: readonly string[],
  textOf: (item: Item) => string,
): Item[] {
  const slips = items.map((item) =>
    words.reduce((sum, word) => (sum === Infinity ? sum : sum + slipsOf(word, textOf(item))), 0),
  );
  const fewest = Math.min(Infinity, ...slips);
  return items.filter((_, index) => slips[index] === fewest && fewest !== Infinity);
}

export type LoanWord = { readonly open: boolean; readonly reasonFa: string; readonly inForceFrom: Day };

/** Whether an occupation is open for loans: the word on itself goes before the word on its category. */
export const loanWordOf = (
  onOccupation: LoanWord | undefined,
  onCategory: LoanWord | undefined,
): LoanWord | undefined => onOccupation ?? onCategory;

export type OpeningFacts = {
  readonly categoryKey: string;
  readonly categoryKnown: boolean;
  readonly reasonFa: string;
};

export function decideOpening(facts: OpeningFacts): Result<undefined, OccupationRefusal> {
  if (!facts.categoryKnown) return refused({ kind: 'CategoryUnknown', categoryKey: facts.categoryKey });
  if (facts.reasonFa.trim() === '') return refused({ kind: 'OpeningNeedsReason' });
  return ok();
}
