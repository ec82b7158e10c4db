import { must } from '#kernel/result.ts';
import type { Figure } from '../figure/figure.ts';
import {
  type VerbMood,
  agencies,
  datelines,
  introductions,
  participles,
  spans,
  speeches,
  titles,
  verbalNouns,
  verbs,
} from './lexicon.ts';
import { type Lexicon, type Token, lexiconOf, tokensOf } from './token.ts';

/** A run of tokens, `until` exclusive. */
export type Run = { readonly from: number; readonly until: number };

/**
 * A clause ends with its finite verb; `mood` is that verb's, or null in a headline or a list. `role` tells a
 * clause that only introduces: who speaks («مدیرکل … گفت:»), from where a news item comes, or of what the figures
 * after it are («تعاونی‌ها:», a line of its own).
 */
export type Clause = Run & {
  readonly mood: VerbMood | null;
  readonly verb: Run | null;
  readonly role: 'claim' | 'speaker' | 'dateline' | 'heading';
  /** The figures inside, in order. */
  readonly figures: readonly number[];
};

export type Sentence = Run & { readonly clauses: readonly Clause[]; readonly isQuestion: boolean };

/** A statement cut into sentences and clauses; figures are placed by their tokens. */
export type Reading = {
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
  readonly figures: readonly Figure[];
  /** The run of tokens of each figure, in the order of `figures`: its number and unit, not its noun. */
  readonly places: readonly Run[];
  /** Where each figure begins with its cue («بیش از»). */
  readonly cues: readonly number[];
  /** The figure that each token belongs to, or -1. */
  readonly figureAt: readonly number[];
};

export const within = (at: number, run: Run): boolean => run.from <= at && at < run.until;

const sentenceEnds = new Set(['.', '!', '؟', '?', '؛', ';', '\n', '•', '|']);
// After a finite verb one of these begins another clause; after a participle inside a phrase none stands.
const openers = new Set(
  'و که تا اما ولی لیکن بلکه همچنین ضمن بطوریکه طوری چون زیرا لذا یعنی سپس وی همینطور'.split(' '),
);
/** The name of the directorate holds a comma and the word for cooperatives; it narrows nothing. */
const offices = [
  'تعاون، کار و رفاه اجتماعی',
  'تعاون ، کار و رفاه اجتماعی',
  'تعاون کار و رفاه اجتماعی',
  'تعاون، کار و رفاه',
  'تعاون کار و رفاه',
  'اتاق تعاون',
  'معاون تعاون',
] as const;
const officeNames = lexiconOf(offices.map((name): [string, true] => [name, true]));

/** Reads the build of a statement. Linear in its length. */
export function readingOf(text: string, figures: readonly Figure[]): Reading {
  const tokens = withoutOffices(tokensOf(Array.from(text)));
  const { places, cues } = placesOf(tokens, figures);
  const figureAt = Array.from({ length: tokens.length }, () => -1);
  for (const [index, run] of places.entries())
    for (let at = run.from; at < run.until; at++) figureAt[at] = index;
  const cutting = { tokens, figures, figureAt, places, next: 0 };
  const sentences = sentencesOf(tokens, figureAt).map((sentence) => ({
    ...sentence,
    isQuestion: tokens[sentence.until]?.stem === '؟' || tokens[sentence.until]?.stem === '?',
    clauses: withHeading(cutting, sentence, clausesOf(cutting, sentence)),
  }));
  return { tokens, sentences, figures, places, cues, figureAt };
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
  if (tokens[at]?.mark ?? true) return undefined;
  const run = tokens.slice(at, at + 8);
  const bare = run.filter((token) => token.stem !== '،');
  const found = officeNames.at(bare, 0);
  if (found === undefined) return undefined;
  const last = must(bare[found.until - 1], 'the last word of the name');
  return at + run.indexOf(last) + 1;
}

function placesOf(tokens: readonly Token[], figures: readonly Figure[]) {
  let at = 0;
  const places: Run[] = [];
  const cues: number[] = [];
  for (const figure of figures) {
    while (at < tokens.length && must(tokens[at], 'a token').end <= figure.start) at += 1;
    cues.push(at);
    while (at < tokens.length && must(tokens[at], 'a token').end <= figure.number.start) at += 1;
    let until = at;
    while (until < tokens.length && must(tokens[until], 'a token').start < figure.number.end) until += 1;
    places.push({ from: at, until });
  }
  return { places, cues };
}

function sentencesOf(tokens: readonly Token[], figureAt: readonly number[]): Run[] {
  const sentences: Run[] = [];
  let from = 0;
  for (const [at, token] of tokens.entries()) {
    if (!token.mark || figureAt[at] !== -1 || !sentenceEnds.has(token.stem)) continue;
    if (at > from) sentences.push({ from, until: at });
    from = at + 1;
  }
  if (from < tokens.length) sentences.push({ from, until: tokens.length });
  return sentences;
}

type Cutting = {
  readonly tokens: readonly Token[];
  readonly figures: readonly Figure[];
  readonly figureAt: readonly number[];
  readonly places: readonly Run[];
  /** The first figure that no clause has taken yet. */
  next: number;
};

type End = { readonly until: number; readonly mood: VerbMood | null; readonly verb: Run | null };

function clausesOf(cutting: Cutting, sentence: Run): Clause[] {
  const clauses: Clause[] = [];
  let from = sentence.from;
  const dateline = datelineUntil(cutting, sentence);
  if (dateline !== null) {
    const { until, role } = dateline;
    clauses.push(clauseOf(cutting, { from, until }, { until, mood: null, verb: null }, role));
    from = until;
  }
  while (from < sentence.until) {
    const end = endOfClause(cutting, { from, until: sentence.until });
    clauses.push(clauseOf(cutting, { from, until: end.until }, end, roleOf(cutting, from, end)));
    from = end.until;
  }
  return clauses;
}

/** Words before a colon tell who speaks, or of what the figures after it are. */
function roleOf({ tokens }: Cutting, from: number, end: End): Clause['role'] {
  if (end.verb !== null && speeches.at(tokens, end.verb.from) !== undefined) return 'speaker';
  if (tokens[end.until - 1]?.stem !== ':') return 'claim';
  const isSpeaker = end.verb !== null || titles.all(tokens, from, end.until).length > 0;
  return isSpeaker ? 'speaker' : 'heading';
}

const isQuantity = (figures: readonly Figure[], index: number): boolean => {
  const figure = must(figures[index], 'a figure');
  return figure.isQuantity && !spans.has(figure.unit ?? '');
};

const headingEnds = new Set(['\n', '؛', ';', '|', '•']);

/** A line that tells nothing, without a verb and without a sum, is of what the lines after it are. */
function withHeading({ tokens, figures }: Cutting, { until }: Run, clauses: Clause[]): Clause[] {
  const isLine = headingEnds.has(tokens[until]?.stem ?? '');
  const tells = clauses.some(
    (clause) => clause.mood !== null || clause.figures.some((index) => isQuantity(figures, index)),
  );
  if (!isLine || tells) return clauses;
  return clauses.map((clause) => (clause.role === 'claim' ? { ...clause, role: 'heading' } : clause));
}

function clauseOf(cutting: Cutting, run: Run, end: End, role: Clause['role']): Clause {
  const figures: number[] = [];
  while (cutting.next < cutting.places.length) {
    const place = must(cutting.places[cutting.next], 'a place');
    if (place.from >= run.until) break;
    figures.push(cutting.next);
    cutting.next += 1;
  }
  // «از پرداخت ۵۰ میلیارد … خبر داد» tells the figure in the words of the speaker itself.
  const reports = end.verb !== null && introductions.at(cutting.tokens, end.verb.from) !== undefined;
  const own = reports ? figures.length > 0 : figures.some((index) => isQuantity(cutting.figures, index));
  const tells = own && (reports || role === 'heading');
  return { ...run, mood: end.mood, verb: end.verb, role: tells ? 'claim' : role, figures };
}

/** Where the clause that begins a run ends: after its finite verb, a colon, or words that open another. */
function endOfClause({ tokens, figureAt }: Cutting, run: Run): End {
  let hasFigure = false;
  for (let at = run.from; at < run.until;) {
    const token = must(tokens[at], 'a token');
    if (figureAt[at] !== -1) {
      hasFigure = true;
      at += 1;
      continue;
    }
    if (token.stem === ':') return { until: at + 1, mood: null, verb: null };
    const opening = introductions.at(tokens, at);
    if (opening?.meaning === 'opens') return { until: opening.until, mood: null, verb: null };
    const verb = verbs.at(tokens, at);
    const ends =
      verb !== undefined && verb.until <= run.until && isFinite(tokens, verb)
        ? endsClause(tokens, verb.until, run.until) || !hasFigure || isSpeech(tokens, verb)
        : false;
    if (verb !== undefined && ends && !isInsideDeed(tokens, verb, run.until))
      return { until: verb.until, mood: verb.meaning, verb };
    at += 1;
  }
  return { until: run.until, mood: null, verb: null };
}

const isSpeech = (tokens: readonly Token[], verb: Run): boolean =>
  speeches.at(tokens, verb.from) !== undefined && tokens[verb.until]?.stem === ':';

/** «شده» right before a noun only describes it, unless a verb of its own follows. */
const isInsideDeed = (tokens: readonly Token[], verb: Run, end: number): boolean =>
  verb.until - verb.from === 1 &&
  participles.has(must(tokens[verb.from], 'a token').stem) &&
  !endsClause(tokens, verb.until, end);

/** A bare participle is finite only after the noun of its deed. */
function isFinite(tokens: readonly Token[], verb: Run): boolean {
  const word = must(tokens[verb.from], 'a token').stem;
  if (verb.until - verb.from > 1 || !participles.has(word)) return true;
  return endsWith(verbalNouns, tokens, verb.from);
}

function endsWith(lexicon: Lexicon<unknown>, tokens: readonly Token[], until: number): boolean {
  return lexicon.all(tokens, Math.max(0, until - 3), until).some((found) => found.until === until);
}

function endsClause(tokens: readonly Token[], next: number, end: number): boolean {
  if (next >= end) return true;
  const token = must(tokens[next], 'a token');
  return token.mark || openers.has(token.stem);
}

const dashes = new Set(['-', '–', '—', 'ـ', '/']);

/** «- به کرج …»: one line of a list. */
export const isItem = (tokens: readonly Token[], { from }: Run): boolean =>
  dashes.has(tokens[from]?.stem ?? '') || ['•', '*'].includes(tokens[from - 1]?.stem ?? '');

/**
 * «به گزارش … از خرم‌آباد،» and «کرج - ایرنا -» say where the news comes from; before a dash without an agency
 * stands of what it is.
 */
function datelineUntil(
  { tokens, figureAt }: Cutting,
  sentence: Run,
): { readonly until: number; readonly role: 'dateline' | 'heading' } | null {
  const begins = datelines.at(tokens, sentence.from);
  if (begins !== undefined) {
    for (let at = begins.until; at < Math.min(sentence.until, begins.until + 16); at++) {
      const { stem } = must(tokens[at], 'a token');
      if (stem === '،' || stem === ':' || stem === ',') return { until: at + 1, role: 'dateline' };
    }
    return null;
  }
  let last: number | null = null;
  const start = sentence.from + (isItem(tokens, sentence) ? 1 : 0);
  for (let at = start; at < Math.min(sentence.until, start + 8); at++)
    if (figureAt[at] === -1 && dashes.has(must(tokens[at], 'a token').stem)) last = at + 1;
  if (last === null) return null;
  return { until: last, role: agencies.all(tokens, sentence.from, last).length > 0 ? 'dateline' : 'heading' };
}
