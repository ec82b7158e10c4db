import type { Figure } from '../figure/figure.ts';
import { must } from '#kernel/result.ts';
import { offices, participles, verbalNouns, verbs } from './lexicon.ts';
import { type Token, lexiconOf, tokensOf } from './token.ts';

/** A run of tokens, `until` exclusive. */
export type Run = { readonly from: number; readonly until: number };

export type Mood = 'done' | 'will' | 'not' | 'is';

/** A clause ends with its finite verb; `mood` is that verb's, or null in a headline or a list. */
export type Clause = Run & { readonly mood: Mood | null };

/** A statement cut into sentences and clauses; figures are placed by their tokens. */
export type Reading = {
  readonly tokens: readonly Token[];
  readonly sentences: readonly (Run & { readonly clauses: readonly Clause[] })[];
  readonly figures: readonly Figure[];
  /** The run of tokens of each figure, in the order of `figures`: its number and unit, not its noun. */
  readonly places: readonly Run[];
};

const sentenceEnds = new Set(['.', '!', '؟', '?', '؛', '\n', '…']);
// After a finite verb one of these begins another clause; after a participle inside a phrase none stands.
const openers = new Set([
  'و',
  'که',
  'تا',
  'اما',
  'ولی',
  'لیکن',
  'همچنین',
  'ضمن',
  'بطوریکه',
  'طوری',
  'چون',
  'زیرا',
  'لذا',
]);
const officeNames = lexiconOf(offices.map((name): [string, true] => [name, true]));

/** Reads the build of a statement. Linear in its length. */
export function readingOf(text: string, figures: readonly Figure[]): Reading {
  const tokens = withoutOffices(tokensOf(Array.from(text)));
  const places = placesOf(tokens, figures);
  const sentences = sentencesOf(tokens, places).map((sentence) => ({
    ...sentence,
    clauses: clausesOf(tokens, sentence, places),
  }));
  return { tokens, sentences, figures, places };
}

/** The name of the directorate holds a comma and a word that elsewhere narrows a figure: it is left out. */
function withoutOffices(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const until = officeAt(tokens, at);
    if (until === undefined) {
      kept.push(must(tokens[at], 'a token'));
      at += 1;
    } else at = until;
  }
  return kept;
}

function officeAt(tokens: readonly Token[], at: number): number | undefined {
  if (tokens[at]?.mark !== false) return undefined;
  const run = tokens.slice(at, at + 8);
  const bare = run.filter((token) => token.stem !== '،');
  const found = officeNames.at(bare, 0);
  if (found === undefined) return undefined;
  const last = must(bare[found.until - 1], 'the last word of the name');
  return at + run.indexOf(last) + 1;
}

function placesOf(tokens: readonly Token[], figures: readonly Figure[]): Run[] {
  let at = 0;
  return figures.map((figure) => {
    while (at < tokens.length && must(tokens[at], 'a token').end <= figure.number.start) at += 1;
    let until = at;
    while (until < tokens.length && must(tokens[until], 'a token').start < figure.number.end) until += 1;
    return { from: at, until: Math.max(until, at) };
  });
}

function sentencesOf(tokens: readonly Token[], places: readonly Run[]): Run[] {
  const inside = new Set(places.flatMap((run) => numbersOf(run)));
  const sentences: Run[] = [];
  let from = 0;
  for (const [at, token] of tokens.entries()) {
    if (!token.mark || inside.has(at) || !sentenceEnds.has(token.stem)) continue;
    if (at > from) sentences.push({ from, until: at });
    from = at + 1;
  }
  if (from < tokens.length) sentences.push({ from, until: tokens.length });
  return sentences;
}

const numbersOf = (run: Run): number[] =>
  Array.from({ length: run.until - run.from }, (_, i) => run.from + i);

function clausesOf(tokens: readonly Token[], sentence: Run, places: readonly Run[]): Clause[] {
  const clauses: Clause[] = [];
  let from = sentence.from;
  let at = from;
  const close = (until: number, mood: Mood | null) => {
    if (until > from) clauses.push({ from, until, mood });
    from = until;
  };
  while (at < sentence.until) {
    const token = must(tokens[at], 'a token');
    if (token.mark && token.stem === ':') close(at + 1, null);
    const inFigure = places.some((run) => run.from <= at && at < run.until);
    const verb = inFigure ? undefined : verbs.at(tokens, at);
    if (verb !== undefined && isFinite(tokens, verb) && endsClause(tokens, verb.until, sentence.until)) {
      close(verb.until, verb.meaning);
      at = verb.until;
    } else at += 1;
  }
  close(sentence.until, null);
  return clauses;
}

/** A bare participle is finite only after the noun of its deed. */
function isFinite(tokens: readonly Token[], verb: Run): boolean {
  const word = must(tokens[verb.from], 'a token').stem;
  if (verb.until - verb.from > 1 || !participles.has(word)) return true;
  const from = Math.max(0, verb.from - 3);
  return verbalNouns.all(tokens, from, verb.from).some((noun) => noun.until === verb.from);
}

function endsClause(tokens: readonly Token[], next: number, end: number): boolean {
  if (next >= end) return true;
  const token = must(tokens[next], 'a token');
  return token.mark || openers.has(token.stem);
}
