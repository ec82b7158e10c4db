import { must } from '#kernel/result.ts';
import type { Figure } from '../figure/figure.ts';
import type { Clause, Reading, Run } from './clause.ts';
import {
  comparisons,
  conditions,
  exclusions,
  growth,
  looseTimes,
  moneyHeads,
  narrowingPrepositions,
  neutral,
  openLists,
  partsOfYear,
  promises,
  relativeYears,
  unknownNarrowings,
  verbs,
  type PartOfYear,
} from './lexicon.ts';
import type { Found, Token } from './token.ts';
import type { Deed, Mention, PlaceMention, Vocabulary } from './vocabulary.ts';

/** Which year a claim is about: said outright, said by its place, or not said at all. */
export type YearSaid =
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'relative'; readonly to: 'now' | 'before' | 'next' }
  | { readonly kind: 'none' };

/**
 * One figure as the statement claims it: the deed, what narrows it, place and time, and how it is said.
 * Everything that a word of the statement changes about the meaning stands here; binding only looks it up.
 */
export type Claim = {
  readonly figure: Figure;
  readonly mood: 'fact' | 'promise' | 'denied' | 'condition';
  /** The deed that stands with the figure; undefined when no known deed does. */
  readonly deed: Deed | undefined;
  /** Set where the figure is a change of another one («۸۰ درصد رشد»), not a level. */
  readonly change: 'rise' | 'fall' | null;
  /** The figure before it in the same sentence whose change it is. */
  readonly changeOf: number | null;
  readonly mentions: readonly Mention[];
  /** Values left out («به غیر از دام»), in the order in which they are named. */
  readonly excluded: readonly Mention[];
  /** Whether the list of what is named goes on («و بخش‌های دیگر»), so that it names examples. */
  readonly openList: boolean;
  readonly places: readonly PlaceMention[];
  readonly year: YearSaid;
  /** The year compared with («نسبت به سال ۹۲»). */
  readonly base: YearSaid;
  readonly part: PartOfYear | null;
  /** A word that narrows the figure in a way that the records do not know. */
  readonly unknown: string | null;
};

/** What a statement has said so far and means until it says another. */
type Carried = { readonly mentions: readonly Mention[]; readonly year: YearSaid };

const nothing: Carried = { mentions: [], year: { kind: 'none' } };

/** The claims of a statement, one for each figure that is a quantity, in the order of the figures. */
export function claimsOf(reading: Reading, vocabulary: Vocabulary): Map<number, Claim> {
  const claims = new Map<number, Claim>();
  let carried = nothing;
  for (const sentence of reading.sentences) {
    for (const clause of sentence.clauses) {
      const inside = reading.places
        .map((run, index) => ({ run, index }))
        .filter(({ run }) => run.from >= clause.from && run.from < clause.until);
      for (const { index } of inside) {
        if (!must(reading.figures[index], 'a figure').isQuantity) continue;
        claims.set(index, claimOf({ reading, vocabulary, sentence, clause, index, carried }));
      }
      carried = carry(reading, vocabulary, clause, carried);
    }
  }
  return claims;
}

type Setting = {
  readonly reading: Reading;
  readonly vocabulary: Vocabulary;
  readonly sentence: Run;
  readonly clause: Clause;
  readonly index: number;
  readonly carried: Carried;
};

function carry(reading: Reading, vocabulary: Vocabulary, clause: Run, before: Carried): Carried {
  const { tokens } = reading;
  const said = vocabulary.mentions
    .all(tokens, clause.from, clause.until)
    .flatMap((found) => found.meaning.filter((mention) => mention.carried));
  const year = yearsIn(reading, clause).level;
  return {
    mentions: said.length > 0 ? said : before.mentions,
    year: year.kind === 'none' ? before.year : year,
  };
}

function claimOf(setting: Setting): Claim {
  const { reading, vocabulary, clause, index, carried } = setting;
  const figure = must(reading.figures[index], 'a figure');
  const { tokens } = reading;
  const scope = scopeOf(setting);
  const outside = excludedIn(setting, scope);
  const own = mentionsIn(setting, scope).filter(({ from }) => !outside.some((run) => within(from, run)));
  const years = yearsIn(reading, clause);
  const change = changeOf(setting);
  const kept = own.flatMap((found) => found.meaning);
  return {
    figure,
    mood: moodOf(setting),
    deed: deedOf(setting, scope),
    change,
    changeOf: change === null ? null : levelBefore(setting),
    mentions: [
      ...kept,
      ...carried.mentions.filter((mention) => !kept.some((said) => said.dimension === mention.dimension)),
    ],
    excluded: outside.flatMap((run) => mentionsWithin(vocabulary, tokens, run)),
    openList: openLists.all(tokens, scope.from, scope.until).length > 0,
    places: vocabulary.places.all(tokens, scope.from, scope.until).map((found) => found.meaning),
    year: years.level.kind === 'none' ? carried.year : years.level,
    base: years.base,
    part: partsOfYear.all(tokens, clause.from, clause.until)[0]?.meaning ?? null,
    unknown: unknownIn(setting, scope),
  };
}

const within = (at: number, run: Run): boolean => run.from <= at && at < run.until;

const kindOf = (figure: Figure): string => figure.baseKind ?? figure.kind;

/** The figures of the same kind nearest before and after in the clause. */
function neighbours({ reading, clause, index }: Setting): { before: number | null; after: number | null } {
  const kind = kindOf(must(reading.figures[index], 'a figure'));
  const alike = (other: number): boolean => {
    const figure = reading.figures[other];
    const run = reading.places[other];
    return figure !== undefined && run !== undefined && kindOf(figure) === kind && within(run.from, clause);
  };
  return { before: alike(index - 1) ? index - 1 : null, after: alike(index + 1) ? index + 1 : null };
}

/**
 * The words that speak of this figure: its clause, but not beyond another figure of its kind. «از الف، ب»
 * and «الف و ب پرداخت شد» are told apart by the word before and between them.
 */
function scopeOf(setting: Setting): Run {
  const { reading, clause, index } = setting;
  const { before, after } = neighbours(setting);
  const place = must(reading.places[index], 'a place');
  const listed = after !== null && isList(reading, index, after);
  const from =
    before === null || isList(reading, before, index)
      ? clause.from
      : must(reading.places[before], 'a place').until;
  const until = after === null || listed ? clause.until : must(reading.places[after], 'a place').from;
  return { from: Math.min(from, place.from), until: Math.max(until, place.until) };
}

/** Two figures joined by «و» with one verb for both. */
function isList(reading: Reading, first: number, second: number): boolean {
  const [a, b] = [must(reading.places[first], 'a place'), must(reading.places[second], 'a place')];
  const between = reading.tokens.slice(a.until, b.from).map((token) => token.stem);
  const word = reading.tokens[a.from - 1]?.stem;
  return word !== 'از' && between.includes('و') && verbs.all(reading.tokens, a.until, b.from).length === 0;
}

/** The deed nearest to the end of the clause, since the verb ends it; otherwise the one before the figure. */
function deedOf(setting: Setting, scope: Run): Deed | undefined {
  const { reading, vocabulary, sentence, index } = setting;
  const place = must(reading.places[index], 'a place');
  const { tokens } = reading;
  const after = vocabulary.deeds.all(tokens, place.until, scope.until).at(-1);
  if (after !== undefined) return after.meaning;
  const before = vocabulary.deeds.all(tokens, scope.from, place.from).at(-1);
  if (before !== undefined) return before.meaning;
  const earlier = reading.places
    .slice(0, index)
    .filter((run) => run.from >= sentence.from)
    .at(-1);
  return (
    vocabulary.deeds.all(tokens, earlier?.until ?? sentence.from, scope.from).at(-1)?.meaning ??
    headOf(setting, scope)
  );
}

/** «اعتبار … ۹۷ میلیارد تومان است»: credit by itself is a lending quota, so the sentence says an allocation. */
function headOf({ reading, vocabulary, clause, index }: Setting, scope: Run): Deed | undefined {
  if (clause.mood !== 'is') return undefined;
  const place = must(reading.places[index], 'a place');
  return vocabulary.heads.all(reading.tokens, scope.from, place.from).at(-1)?.meaning;
}

function mentionsIn({ reading, vocabulary }: Setting, scope: Run): Found<readonly Mention[]>[] {
  return vocabulary.mentions.all(reading.tokens, scope.from, scope.until);
}

const mentionsWithin = (vocabulary: Vocabulary, tokens: readonly Token[], run: Run): Mention[] =>
  vocabulary.mentions.all(tokens, run.from, run.until).flatMap((found) => [...found.meaning]);

/** What stands after «به غیر از», up to the deed or the end. */
function excludedIn({ reading, vocabulary }: Setting, scope: Run): Run[] {
  return exclusions.all(reading.tokens, scope.from, scope.until).map(({ until }) => ({
    from: until,
    until: vocabulary.deeds.all(reading.tokens, until, scope.until)[0]?.from ?? scope.until,
  }));
}

function moodOf({ reading, clause, sentence, index }: Setting): Claim['mood'] {
  const { tokens } = reading;
  const place = must(reading.places[index], 'a place');
  if (conditions.all(tokens, sentence.from, clause.until).length > 0) return 'condition';
  if (clause.mood === 'not') return 'denied';
  if (clause.mood === 'will' || promises.all(tokens, clause.from, clause.until).length > 0) return 'promise';
  // A headline or a phrase without its own verb takes the mood of the verb that follows in the sentence.
  if (clause.mood === null && verbs.all(tokens, place.until, clause.until).at(-1)?.meaning === 'will')
    return 'promise';
  return 'fact';
}

/** The year of the claim and the year it is compared with, as far as the clause says them. */
function yearsIn(reading: Reading, clause: Run): { level: YearSaid; base: YearSaid } {
  const { tokens } = reading;
  const bases = comparisons.all(tokens, clause.from, clause.until);
  const said: { at: number; year: YearSaid }[] = [
    ...relativeYears
      .all(tokens, clause.from, clause.until)
      .filter((found) => !isPlural(tokens, found))
      .map(({ from, meaning }) => ({ at: from, year: { kind: 'relative', to: meaning } as const })),
    ...reading.places.flatMap((run, index) => {
      const year = yearOf(must(reading.figures[index], 'a figure'));
      return year !== null && within(run.from, clause)
        ? [{ at: run.from, year: { kind: 'year', year } as const }]
        : [];
    }),
  ].sort((a, b) => a.at - b.at);
  const isBase = (at: number): boolean => bases.some(({ from, until }) => at >= from && at - until <= 2);
  return {
    level: said.find(({ at }) => !isBase(at))?.year ?? { kind: 'none' },
    base: said.find(({ at }) => isBase(at))?.year ?? { kind: 'none' },
  };
}

/** «سال‌های گذشته» are several years, and so a loose time. */
const isPlural = (tokens: readonly Token[], run: Run): boolean =>
  tokens.slice(run.from, run.until).some((token) => token.plural);

function yearOf(figure: Figure): number | null {
  const found = figure.kind === 'date_year' && figure.date !== null ? /^(1[34]\d\d)/.exec(figure.date) : null;
  return found === null ? null : parseInt(must(found[1], 'a year'), 10);
}

/** Whether the figure is a growth or a difference; a level that something has grown *to* is a level. */
function changeOf({ reading, clause, index }: Setting): Claim['change'] {
  const figure = must(reading.figures[index], 'a figure');
  const place = must(reading.places[index], 'a place');
  const found = growth.all(reading.tokens, clause.from, clause.until);
  const word = reading.tokens[place.from - 1]?.stem;
  const cue = reading.tokens.findLast((token) => token.end <= figure.start)?.stem;
  const reached = word === 'به' || cue === 'به';
  if (reached && kindOf(figure) !== 'percent') return null;
  if (found.length > 0 && kindOf(figure) === 'percent') return must(found.at(-1), 'found').meaning;
  if (figure.change === 'none') return null;
  return figure.change === 'increase' ? 'rise' : 'fall';
}

/** The last money or count before this figure in the sentence: «… ۸۱۲ میلیارد … که ۸۰ درصد رشد داشت». */
function levelBefore({ reading, sentence, index }: Setting): number | null {
  for (let other = index - 1; other >= 0; other--) {
    const figure = must(reading.figures[other], 'a figure');
    if (must(reading.places[other], 'a place').from < sentence.from) return null;
    if (figure.isQuantity && (kindOf(figure) === 'money' || kindOf(figure) === 'count')) return other;
  }
  return null;
}

/**
 * A word that narrows the figure and that the records do not know: a group of people, a bank, a purpose, a
 * loose time. Better to say so than to hold another figure against the claim.
 */
function unknownIn(setting: Setting, scope: Run): string | null {
  const { reading, clause } = setting;
  const { tokens } = reading;
  const named = unknownNarrowings.all(tokens, scope.from, scope.until)[0];
  if (named !== undefined) return phraseOf(tokens, named);
  const loose =
    looseTimes.all(tokens, clause.from, clause.until)[0] ??
    relativeYears.all(tokens, clause.from, clause.until).find((found) => isPlural(tokens, found));
  if (loose !== undefined) return phraseOf(tokens, loose);
  const heads = [
    ...moneyHeads.all(tokens, scope.from, scope.until),
    ...narrowingPrepositions.all(tokens, scope.from, scope.until),
  ];
  for (const { until } of heads) {
    const word = unexplained(setting, { from: until, until: scope.until });
    if (word !== null) return word;
  }
  return null;
}

/** The first word right after a head that nothing explains; the phrase ends at the first explained word. */
function unexplained({ reading, vocabulary }: Setting, run: Run): string | null {
  const token = reading.tokens[run.from];
  if (token === undefined || token.mark || run.from >= run.until) return null;
  if (reading.places.some((place) => within(run.from, place))) return null;
  const known = [
    neutral,
    vocabulary.mentions,
    vocabulary.places,
    vocabulary.deeds,
    verbs,
    relativeYears,
    partsOfYear,
    comparisons,
    growth,
    exclusions,
    promises,
  ].some((lexicon) => lexicon.at(reading.tokens, run.from) !== undefined);
  return known ? null : token.stem;
}

const phraseOf = (tokens: readonly Token[], found: Run): string =>
  tokens
    .slice(found.from, found.until)
    .map((token) => token.stem)
    .join(' ');
