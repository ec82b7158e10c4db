import { must } from '#kernel/result.ts';
import type { Figure } from '../figure/figure.ts';
import { type Reading, type Run, within } from './clause.ts';
import { comparisons, looseTimes, partsOfYear, relativeYears, spans, type PartOfYear } from './lexicon.ts';
import type { Token } from './token.ts';

/** Which year a claim is about: said outright, said by its place, or not said at all. */
export type YearSaid =
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'relative'; readonly to: 'now' | 'before' | 'next' }
  /** Not said. What is told after a year was named is no later than that year. */
  | { readonly kind: 'none'; readonly notAfter?: number };

/** A year or part of it, as it is said. */
export type TimeSaid = { readonly year: YearSaid; readonly part: PartOfYear | null };

export const noTime: TimeSaid = { year: { kind: 'none' }, part: null };
export const timeUntil = (notAfter: number): TimeSaid => ({ year: { kind: 'none', notAfter }, part: null });

/** What a run of words says of time. */
export type Times = {
  /** The years meant, in order, each once; more than one is more than one claim. */
  readonly years: readonly YearSaid[];
  /** The year compared with («نسبت به سال ۹۲»). */
  readonly base: YearSaid;
  readonly part: PartOfYear | null;
  /** Words for a time that no part of the records answers for. */
  readonly loose: string | null;
};

/** `inOrder`: «در سال‌های ۹۲ و ۹۳ به ترتیب» are two years with a figure each, and no span. */
export function timesIn(reading: Reading, run: Run, { inOrder } = { inOrder: false }): Times {
  const { tokens } = reading;
  const bases = comparisons.all(tokens, run.from, run.until);
  const isBase = (at: number): boolean => bases.some(({ from, until }) => at >= from && at - until <= 3);
  const years: YearSaid[] = [];
  let base: YearSaid = { kind: 'none' };
  const parts = partsOfYear.all(tokens, run.from, run.until);
  const isOfPart = (at: number): boolean => parts.some((part) => within(at, part));
  let loose: string | null = phraseIn(
    tokens,
    looseTimes
      .all(tokens, run.from, run.until)
      .find(({ from }) => !isOfPart(from) && !isUntilNow(tokens, from)),
  );
  const keep = (at: number, year: YearSaid) => {
    if (isBase(at)) base = base.kind === 'none' ? year : base;
    else if (!years.some((one) => isSame(one, year))) years.push(year);
  };
  for (const found of relativeYears.all(tokens, run.from, run.until)) {
    if (tokens.slice(found.from, found.until).some((token) => token.plural))
      loose ??= phraseIn(tokens, found);
    else keep(found.from, { kind: 'relative', to: found.meaning });
  }
  for (const index of figuresIn(reading, run)) {
    const figure = must(reading.figures[index], 'a figure');
    const place = must(reading.places[index], 'a place');
    // «طی سه ماه»: some three months, of whatever year.
    if (spans.has(figure.unit ?? '') && !isOfPart(place.from)) loose ??= figure.text;
    if ((figure.baseKind ?? figure.kind) !== 'date_year') continue;
    const said = yearOf(figure);
    if (said === null && isOfPart(place.from)) continue;
    if (said === null || figure.kind === 'range' || (!inOrder && isSpan(reading, place)))
      loose ??= figure.text;
    else keep(place.from, { kind: 'year', year: said.year });
    if (said?.month != null && !parts.some((part) => within(place.from, part)))
      parts.push({ ...place, meaning: { kind: 'month', part: said.month } });
  }
  if (parts.length > 1) loose ??= phraseIn(tokens, parts[1]);
  const part = parts[0] === undefined ? null : untilPart(tokens, parts[0]);
  return { years: years.toSorted((a, b) => rank(a) - rank(b)), base, part, loose };
}

/** «تا امروز» is no day of its own. */
const isUntilNow = (tokens: Reading['tokens'], from: number): boolean =>
  tokens[from]?.stem === 'امروز' && ['تا', 'به'].includes(tokens[from - 1]?.stem ?? '');

/** Outright years before those said by their place: the former are what the text insists on. */
const rank = (year: YearSaid): number => (year.kind === 'year' ? 0 : 1);

export const isSame = (a: YearSaid, b: YearSaid): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The figures that begin in a run, in order. */
export function figuresIn(reading: Reading, run: Run): number[] {
  const found: number[] = [];
  for (let at = run.from; at < run.until; at++) {
    const index = reading.figureAt[at] ?? -1;
    if (index !== -1 && found.at(-1) !== index) found.push(index);
  }
  return found;
}

/** «از سال ۱۳۹۸ تاکنون», «سال‌های ۹۱ و ۹۲»: more than one year. */
function isSpan({ tokens, figures, figureAt }: Reading, place: Run): boolean {
  const before = tokens.slice(Math.max(0, place.from - 3), place.until);
  if (before.some((token) => token.plural && token.stem === 'سال')) return true;
  const opens = before.findLastIndex((token) => token.stem === 'از' || token.stem === 'ابتدای');
  if (opens === -1) return false;
  const after = tokens.slice(place.until, place.until + 4).map((token) => token.stem);
  const next = figures[figureAt[place.until + 1] ?? -1];
  if (after.includes('تاکنون') || after.includes('کنون')) return true;
  // «از ابتدای سال ۱۴۰۲ تا پایان آبان» is within the year.
  const part = partsOfYear.at(tokens, place.until + 1);
  return after[0] === 'تا' && next?.kind !== 'money' && part?.meaning.kind !== 'months';
}

/** «۱۴۰۲» and «آبان ۱۴۰۲»; a day is no time that figures are asked for. */
function yearOf(figure: Figure): { readonly year: number; readonly month: number | null } | null {
  const found = /^(1[34]\d\d)(?:-(\d\d))?$/.exec(figure.date ?? '');
  if (found === null) return null;
  const month = found[2] === undefined ? null : parseInt(found[2], 10);
  return { year: parseInt(must(found[1], 'a year'), 10), month };
}

/** «تا پایان آذرماه» is the year up to then, not the month. */
function untilPart(
  tokens: readonly Token[],
  found: Run & { readonly meaning: PartOfYear },
): PartOfYear | null {
  const words = tokens.slice(Math.max(0, found.from - 2), found.from).map((token) => token.stem);
  const reaches = words.includes('تا') || tokens[found.from]?.stem === 'تا';
  return reaches && found.meaning.kind === 'month'
    ? { kind: 'months', part: found.meaning.part }
    : found.meaning;
}

export const phraseIn = (tokens: readonly Token[], run: Run | undefined): string | null =>
  run === undefined
    ? null
    : tokens
        .slice(run.from, run.until)
        .map((token) => token.stem)
        .join(' ');
