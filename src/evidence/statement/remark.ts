import { must } from '#kernel/result.ts';
import type { Clause, Reading, Run, Sentence } from './clause.ts';
import {
  anaphora,
  doubts,
  exclusions,
  partsOfYear,
  pointers,
  reservations,
  restrictions,
  spans,
  unknownNarrowings,
} from './lexicon.ts';
import { isSame, phraseIn, timesIn } from './period.ts';
import type { TimeSaid } from './period.ts';
import type { Lexicon } from './token.ts';
import type { Deed, Vocabulary } from './vocabulary.ts';

/** A phrase that narrows whatever it is said of; `carried` ones stay with the text until another is said. */
export type Narrowed = {
  readonly phrase: string;
  readonly isPlace: boolean;
  /** Whether it is a value that the records know. */
  readonly isValue?: true;
  readonly kind: 'word' | 'carried' | 'time';
};

type Asked = { readonly reading: Reading; readonly vocabulary: Vocabulary };

/** All that narrows in a run of words: values, places, groups that no record knows, what is left out, odd times. */
export function narrowingsIn({ reading, vocabulary }: Asked, run: Run): Narrowed[] {
  const { tokens } = reading;
  const { from, until } = run;
  const phraseOf = (found: Run): string => must(phraseIn(tokens, found), 'a phrase');
  const word = (found: Run): Narrowed => ({ phrase: phraseOf(found), isPlace: false, kind: 'word' });
  const { loose } = timesIn(reading, run);
  return [
    ...unknownNarrowings.all(tokens, from, until).map(word),
    ...exclusions.all(tokens, from, until).map(word),
    ...restrictions.all(tokens, from, until).map(word),
    ...vocabulary.mentions.all(tokens, from, until).map((found): Narrowed => ({
      ...word(found),
      isValue: true,
      kind: found.meaning.some(({ carried }) => carried) ? 'carried' : 'word',
    })),
    ...vocabulary.places
      .all(tokens, from, until)
      .filter(
        ({ meaning }) =>
          meaning.kind === 'county' ||
          meaning.kind === 'nation' ||
          (meaning.kind === 'province' && meaning.provinceId !== vocabulary.home),
      )
      .map((found): Narrowed => ({ ...word(found), isPlace: true })),
    ...partsOfYear.all(tokens, from, until).map((found): Narrowed => ({ ...word(found), kind: 'time' })),
    ...(loose === null ? [] : [{ phrase: loose, isPlace: false, kind: 'time' } as const]),
  ];
}

/** Whether a phrase is said in one of the runs as well, as a value, a place or a deed. */
export function isSaidIn({ reading: { tokens }, vocabulary }: Asked, runs: readonly Run[], phrase: string) {
  return runs.some((run) =>
    [vocabulary.mentions, vocabulary.places, vocabulary.deeds, unknownNarrowings, partsOfYear].some((names) =>
      names.all(tokens, run.from, run.until).some((found) => phraseIn(tokens, found) === phrase),
    ),
  );
}

export type RemarkOrder = Asked & {
  readonly sentence: Sentence;
  /** The sentences after it. */
  readonly later: readonly Sentence[];
  readonly clauseAt: number;
  readonly times: readonly TimeSaid[];
  /** What is claimed of the figure: said again, it narrows nothing. */
  readonly deeds: readonly Deed[];
};

/**
 * What is said of a figure once its clause has ended: «… که مربوط به کرج است», «(به تعاونی‌ها)», «، همگی در کرج»,
 * «این رقم بدون احتساب …». The first word there that narrows it, or takes it back; null where nothing does.
 */
export function remarkOn(order: RemarkOrder, runs: readonly Run[]): string | null {
  const { sentence, later, clauseAt, reading } = order;
  for (const clause of sentence.clauses.slice(clauseAt + 1)) {
    if (tellsMore(reading, clause)) return null;
    const found = narrowedBy(order, clause, runs);
    if (found !== null) return found;
  }
  let goesOn = ['؛', ';'].includes(reading.tokens[sentence.until]?.stem ?? '');
  for (const next of later.slice(0, farthestRemark)) {
    const isRemark = goesOn || pointsBack(reading, next);
    goesOn = false;
    const taken = doubts.all(reading.tokens, next.from, Math.min(next.from + 4, next.until))[0];
    if (taken !== undefined) return phraseIn(reading.tokens, taken);
    for (const clause of next.clauses) {
      if (tellsMore(reading, clause)) return null;
      const found = isRemark ? narrowedBy(order, clause, runs) : null;
      if (found !== null) return found;
    }
  }
  return null;
}

/** A clause with a sum or count of its own is no remark on the figure before it. */
const tellsMore = ({ figures }: Reading, clause: Clause): boolean =>
  clause.figures.some((index) => {
    const figure = must(figures[index], 'a figure');
    return figure.isQuantity && !spans.has(figure.unit ?? '') && figure.unit !== 'کسر';
  });

/** So many sentences later a remark is still on the last figure. */
const farthestRemark = 2;

/** «همه از بانوان», «لازم به ذکر است این رقم …»: it is about the figure before. */
const pointsBack = (reading: Reading, clause: Run): boolean =>
  opensWith(reading, clause, pointers) ||
  anaphora.all(reading.tokens, clause.from, Math.min(clause.from + 8, clause.until)).length > 0;

const opensWith = <Meaning>(
  { tokens }: Reading,
  { from }: Run,
  lexicon: Lexicon<Meaning>,
  meant?: Meaning,
): boolean =>
  [0, 1, 2].some((at) => {
    const found = lexicon.at(tokens, from + at);
    return found !== undefined && (meant === undefined || found.meaning === meant);
  });

function narrowedBy(order: RemarkOrder, clause: Clause, runs: readonly Run[]): string | null {
  const { reading, times } = order;
  const { tokens } = reading;
  if (clause.mood === 'will') return null;
  const first = tokens.slice(clause.from, clause.from + 3);
  const denied = first.find(({ stem }) => reservations.has(stem));
  if (denied !== undefined && (clause.mood === 'not' || pointsBack(reading, clause))) return denied.stem;
  const also = alsoDone(order, clause, runs);
  if (also !== null) return also;
  const isAttached =
    clause.mood === null ||
    denied !== undefined ||
    first.some(({ stem }) => stem === 'که' || stem === '(') ||
    pointsBack(reading, clause) ||
    opensWith(reading, clause, exclusions);
  if (!isAttached) return null;
  const taken = doubts.all(tokens, clause.from, clause.until)[0];
  if (taken !== undefined) return phraseIn(tokens, taken);
  // «… بود که به طور کامل پرداخت شد»: another deed is said of the same sum.
  const said = [
    ...narrowingsIn(order, clause).map(({ phrase }) => phrase),
    ...furtherDeeds(order, clause).map((found) => must(phraseIn(reading.tokens, found), 'a phrase')),
  ];
  const named = said.find((phrase) => !isSaidIn(order, runs, phrase)) ?? otherTime(reading, clause, times);
  if (named !== null) return named;
  // «که همگی خبرنگار بودند»: a word that nobody knows may narrow as well.
  const isOfAll = clause.mood !== 'done' || opensWith(reading, clause, pointers, 'figure');
  return isOfAll && (clause.mood === null || pointsBack(reading, clause)) ? unknownIn(order, clause) : null;
}

/** «… ابلاغ شد و به متقاضیان رسید»: in one breath a further deed is told of the same sum. */
function alsoDone(order: RemarkOrder, clause: Clause, runs: readonly Run[]): string | null {
  const { tokens } = order.reading;
  const last = must(tokens[clause.until - 1], 'a token').stem;
  const isOfSum = clause.mood === 'done' && tokens[clause.from]?.stem === 'و' && !last.endsWith('ند');
  // «و برش‌های استانی صورت گرفته» tells what else was done: a deed of the sum stands right before the verb.
  const deed = isOfSum
    ? furtherDeeds(order, clause).find(({ until }) => until >= clause.until - 1)
    : undefined;
  const phrase = phraseIn(tokens, deed);
  return phrase === null || isSaidIn(order, runs, phrase) ? null : phrase;
}

/** The deeds of a run that are not claimed of the figure anyway. */
const furtherDeeds = ({ reading: { tokens }, vocabulary, deeds }: RemarkOrder, { from, until }: Run): Run[] =>
  vocabulary.deeds.all(tokens, from, until).filter(({ meaning: { indicators } }) => {
    const isClaimed = deeds.some((deed) => [...indicators].some((id) => deed.indicators.has(id)));
    return indicators.size > 0 && !isClaimed;
  });

/** The first word of a run that nothing explains. */
export function unknownIn({ reading: { tokens, figureAt }, vocabulary }: Asked, run: Run): string | null {
  for (let at = run.from; at < run.until;) {
    const token = must(tokens[at], 'a token');
    const known = vocabulary.known.at(tokens, at) ?? pointers.at(tokens, at) ?? anaphora.at(tokens, at);
    if (token.mark || figureAt[at] !== -1) at += 1;
    else if (known === undefined) return token.stem;
    else at = known.until;
  }
  return null;
}

/** «… پرداخت شد (۱۴۰۱)»: a year or part of one that the figure itself was not said to be of. */
function otherTime(reading: Reading, clause: Clause, times: readonly TimeSaid[]): string | null {
  const { years, part } = timesIn(reading, clause);
  const isOther =
    years.some((year) => !times.some((one) => isSame(one.year, year))) ||
    (part !== null && !times.some((one) => JSON.stringify(one.part) === JSON.stringify(part)));
  return isOther ? phraseIn(reading.tokens, clause) : null;
}
