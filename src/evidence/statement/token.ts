import { foldWord, latinDigits } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';

/**
 * A word or mark of a statement. `start` and `end` count Unicode code points. `stem` is what is looked up:
 * one spelling, without the plural ending, which the press writes apart, joined or with a half-space.
 */
export type Token = {
  readonly start: number;
  readonly end: number;
  readonly stem: string;
  /** Whether a plural ending was taken off: «سال‌های گذشته» is not «سال گذشته». */
  readonly plural: boolean;
  readonly mark: boolean;
};

const letter = /[\p{L}\p{M}\p{N}\u0640]/u;
const halfSpace = /[\u200b\u200c\u00ac]/u;
const plural = /(?:های|هایی|ها|هایش)$/u;
// Words that only look like plurals.
const singular = new Set(['تنها', 'انتها', 'بها', 'رها', 'مها', 'آنها', 'اینها']);
const endings = new Set(['ها', 'های', 'هایی', 'هایش', 'ای', 'ی']);

function stemOf(word: string): { readonly stem: string; readonly plural: boolean } {
  const folded = latinDigits(foldWord(word));
  if (singular.has(folded)) return { stem: folded, plural: false };
  const stem = folded.replace(plural, '');
  return stem.length >= 2 ? { stem, plural: stem !== folded } : { stem: folded, plural: false };
}

/** The words and marks of a text in order; white space and half-spaces only part them. Linear time. */
export function tokensOf(codePoints: readonly string[]): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < codePoints.length) {
    const start = at;
    const first = must(codePoints[at], 'a code point');
    at += 1;
    if (!letter.test(first)) {
      if (!/\s/u.test(first) && !halfSpace.test(first))
        tokens.push({ start, end: at, stem: first, plural: false, mark: true });
      else if (first === '\n') tokens.push({ start, end: at, stem: '\n', plural: false, mark: true });
      continue;
    }
    while (at < codePoints.length && letter.test(must(codePoints[at], 'a code point'))) at += 1;
    push(tokens, { start, end: at, ...stemOf(codePoints.slice(start, at).join('')), mark: false });
  }
  return tokens;
}

/** A plural ending that stands apart belongs to the word before it. */
function push(tokens: Token[], token: Token): void {
  const before = tokens.at(-1);
  const apart = endings.has(token.stem) || token.stem === '';
  if (apart && before !== undefined && !before.mark)
    tokens[tokens.length - 1] = { ...before, end: token.end, plural: true };
  else if (token.stem !== '') tokens.push(token);
}

/** A phrase found in a run of tokens: from token `from` up to but without token `until`. */
export type Found<Meaning> = {
  readonly from: number;
  readonly until: number;
  readonly meaning: Meaning;
};

/** Phrases with a meaning each; spelled with or without half-spaces, they are found alike. */
export class Lexicon<Meaning> {
  readonly #entries = new Map<string, Meaning>();
  readonly #phrases: [string, Meaning][] = [];
  /** The first two letters of every phrase: most words of a text begin none. */
  readonly #starts = new Set<string>();
  /** What was found at each token of a text: every figure of it asks again. */
  readonly #known = new WeakMap<readonly Token[], (Found<Meaning> | null)[]>();
  #longest = 1;

  add(phrase: string, meaning: Meaning): this {
    const key = keyOf(phrase);
    // A phrase of two words may be printed as four («می‌شود»، «تفاهم نامه»), so look a little further.
    this.#longest = Math.max(this.#longest, Math.min(phrase.split(/[\s\u200c]+/u).length + 2, 8));
    if (this.#entries.has(key)) return this;
    this.#entries.set(key, meaning);
    this.#starts.add(key.slice(0, 2));
    this.#phrases.push([phrase, meaning]);
    return this;
  }

  /** The phrases as they were added, the first of each spelling. */
  entries(): readonly (readonly [string, Meaning])[] {
    return this.#phrases;
  }

  /** The longest phrase that starts at token `at`. */
  at(tokens: readonly Token[], at: number): Found<Meaning> | undefined {
    if (at < 0) return undefined;
    let known = this.#known.get(tokens);
    if (known === undefined) this.#known.set(tokens, (known = []));
    const before = known[at];
    if (before !== undefined) return before ?? undefined;
    const found = this.#look(tokens, at);
    known[at] = found ?? null;
    return found;
  }

  #look(tokens: readonly Token[], at: number): Found<Meaning> | undefined {
    const first = tokens[at]?.stem ?? '';
    if (first.length > 1 && !this.#starts.has(first.slice(0, 2))) return undefined;
    let key = '';
    let found: Found<Meaning> | undefined;
    for (let until = at; until < Math.min(tokens.length, at + this.#longest); until++) {
      const token = must(tokens[until], 'a token');
      if (token.mark) break;
      key += token.stem;
      const meaning = this.#entries.get(key);
      if (meaning !== undefined) found = { from: at, until: until + 1, meaning };
    }
    return found;
  }

  /** All phrases of a run, the longest at each place, none overlapping. */
  all(tokens: readonly Token[], from = 0, until = tokens.length): Found<Meaning>[] {
    const found: Found<Meaning>[] = [];
    let at = from;
    while (at < until) {
      const here = this.at(tokens, at);
      if (here !== undefined && here.until <= until) {
        found.push(here);
        at = here.until;
      } else at += 1;
    }
    return found;
  }
}

export const lexiconOf = <Meaning>(entries: Iterable<readonly [string, Meaning]>): Lexicon<Meaning> => {
  const lexicon = new Lexicon<Meaning>();
  for (const [phrase, meaning] of entries) lexicon.add(phrase, meaning);
  return lexicon;
};

const keyOf = (phrase: string): string =>
  tokensOf(Array.from(phrase))
    .map((token) => token.stem)
    .join('');
