import type { Condition, Indicator } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Figure } from '../figure/figure.ts';
import type { Claim } from './claim.ts';
import type { PartOfYear } from './lexicon.ts';
import type { YearSaid } from './period.ts';
import { counts } from './reach.ts';
import type { Mention, PlaceSaid, Vocabulary } from './vocabulary.ts';

/** What is asked of the records: one indicator, narrowed, at one place, in one year or part of it. */
export type Question = {
  readonly indicator: string;
  readonly narrow: Condition;
  /** Values that must not be counted («به غیر از دام»). */
  readonly without: Condition;
  /** Values that must be among the records though they do not narrow them. */
  readonly among: Condition;
  readonly provinceId: number;
  readonly countyCode: string | null;
  /** `latest` asks for the newest year that has records, since nothing says which year is meant. */
  readonly year: number | 'latest';
  /** The latest is no later than this year. */
  readonly notAfter?: number;
  readonly part: PartOfYear | null;
};

/** A change asks twice: the level and its base. */
export type Reading =
  | { readonly kind: 'level'; readonly question: Question }
  | {
      /** In percent points, in the unit of the indicator, or as a multiple of the base. */
      readonly kind: 'growth' | 'difference' | 'multiple';
      readonly direction: 'rise' | 'fall';
      readonly question: Question;
      /** The base year; null is the year before the question's. */
      readonly baseYear: number | null;
    };

/** Why nothing could be asked of the records. */
export type Unbound =
  | { readonly kind: 'NotAQuantity' }
  | { readonly kind: 'NoDeed' }
  | { readonly kind: 'NoIndicator' }
  | { readonly kind: 'OtherPlace'; readonly place: string }
  | { readonly kind: 'SeveralPlaces'; readonly places: readonly string[] }
  | { readonly kind: 'NextYear' };

export type Bound =
  | {
      readonly ok: true;
      readonly readings: readonly Reading[];
      readonly indicator: Indicator;
      /** A place that may be meant as well, of which no figure of this deed is kept; null where there is none. */
      readonly openPlace: string | null;
    }
  | { readonly ok: false; readonly why: Unbound };

/** The year in which the statement was made; null when it is undated. */
export type Dated = {
  readonly publishedYear: number | null;
  readonly saysThisYear: boolean;
  /** The last year of which there can be records; null where the day is not known. */
  readonly lastYear: number | null;
};

type Setting = {
  readonly claim: Claim;
  readonly vocabulary: Vocabulary;
  readonly home: number;
  readonly dated: Dated;
  /** What the figure beside it was bound to, where this one is its growth. */
  readonly levelBefore: Bound | undefined;
};

const no = (why: Unbound): Bound => ({ ok: false, why });

/**
 * Binds a claim to the records it speaks of. Conservative: every word that narrows must be answered for by the
 * indicator, or nothing is bound; and where the text leaves place, year or deed open, all that it may mean is
 * asked. A figure wrongly called supported is the worst error there is.
 */
export function bind(setting: Setting): Bound {
  const { claim, home } = setting;
  if (claim.change !== null) return bindChange(setting);
  if (claim.deeds.length === 0) return no({ kind: saysMoney(claim) ? 'NoDeed' : 'NoIndicator' });
  if (claim.places.kind === 'several') return no({ kind: 'SeveralPlaces', places: claim.places.places });
  const nation = claim.places.options.find((place) => place?.kind === 'nation');
  if (nation != null) return no({ kind: 'OtherPlace', place: nation.name });
  const readings: Reading[] = [];
  const indicators: Indicator[] = [];
  let openPlace: string | null = null;
  for (const time of claim.times) {
    const year = yearOf(time.year, setting.dated);
    if (year === 'next') return no({ kind: 'NextYear' });
    for (const place of claim.places.options) {
      const ofDeeds = claim.deeds.map((deed) =>
        candidates(setting, deed.indicators, place?.kind === 'county'),
      );
      // Every deed that is claimed must be answered for.
      if (ofDeeds.some((fits) => fits.length === 0)) {
        openPlace = place?.name ?? '';
        continue;
      }
      for (const indicator of ofDeeds.flat()) {
        indicators.push(indicator);
        const asked = {
          indicator: indicator.id,
          ...conditionsOf(claim, indicator),
          ...whereOf(place, home),
          year,
          part: time.part,
          ...(year === 'latest' ? notAfterOf(time.year) : inForce(indicator, time.year, year)),
        };
        if (!readings.some(({ question }) => JSON.stringify(question) === JSON.stringify(asked)))
          readings.push({ kind: 'level', question: asked });
      }
    }
  }
  const [indicator] = indicators;
  return indicator === undefined ? no({ kind: 'NoIndicator' }) : { ok: true, readings, indicator, openPlace };
}

const saysMoney = (claim: Claim): boolean =>
  claim.isOfCredit && (claim.figure.baseKind ?? claim.figure.kind) === 'money';

const whereOf = (place: PlaceSaid, home: number) =>
  place === null || place.kind === 'nation'
    ? { provinceId: home, countyCode: null }
    : { provinceId: place.provinceId, countyCode: place.kind === 'county' ? place.countyCode : null };

const notAfterOf = (said: YearSaid): Pick<Question, 'notAfter'> =>
  said.kind === 'none' && said.notAfter !== undefined ? { notAfter: said.notAfter } : {};

/** A rate stays until another is set: without a year it is the newest one up to the day of the statement. */
const inForce = (indicator: Indicator, said: YearSaid, year: number): Partial<Question> =>
  indicator.rateWords !== undefined && said.kind === 'none' ? { year: 'latest', notAfter: year } : {};

/** The year a claim means; `latest` when nothing says it. */
function yearOf(said: YearSaid, dated: Dated): number | 'latest' | 'next' {
  const { publishedYear, saysThisYear, lastYear } = dated;
  if (said.kind === 'year') return lastYear !== null && said.year > lastYear ? 'next' : said.year;
  const to = said.kind === 'relative' ? said.to : null;
  if (to === 'next') return 'next';
  if (publishedYear !== null) return to === 'before' ? publishedYear - 1 : publishedYear;
  // An undated text that says both «امسال» and «سال گذشته» cannot mean the latest year by both.
  return to === 'before' && saysThisYear ? 'next' : 'latest';
}

/** What was bound to the latest year is of this one. */
export function inYear(bound: Bound, year: number): Bound {
  if (!bound.ok) return bound;
  const readings = bound.readings.map((reading) =>
    reading.question.year === 'latest' ? { ...reading, question: { ...reading.question, year } } : reading,
  );
  return { ...bound, readings };
}

function unitOf(figure: Figure): Indicator['unit'] | undefined {
  const kind = figure.baseKind ?? figure.kind;
  if (kind === 'money') return 'rial';
  if (kind === 'count') return 'count';
  return kind === 'percent' || figure.unit === 'کسر' ? 'percent' : undefined;
}

/** The indicators that the deed says, of the right unit, and that answer for every narrowing word. */
function candidates(
  { claim, vocabulary }: Setting,
  deeds: ReadonlySet<string>,
  ofCounty: boolean,
): Indicator[] {
  const unit = unitOf(claim.figure);
  return [...deeds]
    .map((id) => must(vocabulary.indicators.get(id), 'a declared indicator'))
    .filter((indicator) => indicator.unit === unit)
    .filter((indicator) => indicator.place === 'either' || (indicator.place === 'county') === ofCounty)
    .filter((indicator) => indicator.nouns.length === 0 || counts(indicator.nouns, claim.figure))
    .filter((indicator) => answersFor(indicator, claim.mentions))
    .filter((indicator) => groupsOf(claim.mentions).every((group) => isCounted(indicator, group)))
    .filter((indicator) => isNeeded(indicator, claim.mentions));
}

/** One name may say several dimensions («تعاونی»: whose money, and to whom); one of them must be known. */
function groupsOf(mentions: readonly Mention[]): Mention[][] {
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) groups.set(mention.value, [...(groups.get(mention.value) ?? []), mention]);
  return [...groups.values()];
}

const knownOf = (indicator: Indicator, group: readonly Mention[]): Mention | undefined =>
  group.find((mention) => indicator.narrowedBy.includes(mention.dimension));

const answersFor = (indicator: Indicator, mentions: readonly Mention[]): boolean =>
  groupsOf(mentions).every((group) => knownOf(indicator, group) !== undefined);

/** «۳ بنگاه به تعاونی‌ها»: what counts enterprises counts no cooperative among them. */
function isCounted({ measure, narrowedBy }: Indicator, group: readonly Mention[]): boolean {
  if (measure.kind === 'ratio') return true;
  const known = group.filter(({ dimension }) => narrowedBy.includes(dimension));
  return known.every(({ column, value }) => measure.where[column]?.includes(value) ?? true);
}

const isNeeded = (indicator: Indicator, mentions: readonly Mention[]): boolean =>
  Object.entries(indicator.needs).every(([dimension, values]) =>
    mentions.some((mention) => mention.dimension === dimension && values.includes(mention.value)),
  );

type Conditions = Pick<Question, 'narrow' | 'without' | 'among'>;

/**
 * The conditions under which the records are asked. A list that ends in «و بخش‌های دیگر» names examples: the
 * figure is of all, but each one named must be among the records. Of several things left out («به غیر از دام و
 * نهال و …») only the first is certain; where the list goes on, the records say what belongs to it.
 */
function conditionsOf(claim: Claim, indicator: Indicator): Conditions {
  const narrow: Record<string, string[]> = {};
  const among: Record<string, string[]> = {};
  for (const group of groupsOf(claim.mentions)) {
    const mention = knownOf(indicator, group);
    if (mention === undefined || isImplied(indicator, mention)) continue;
    const into = claim.openList && !mention.carried ? among : narrow;
    into[mention.column] = [...(into[mention.column] ?? []), mention.value];
  }
  const left = claim.excluded.find((mention) => indicator.narrowedBy.includes(mention.dimension));
  return { narrow, among, without: left === undefined ? {} : { [left.column]: [left.value] } };
}

/** What the indicator needs anyway is part of its own conditions. */
const isImplied = (indicator: Indicator, mention: Mention): boolean =>
  indicator.needs[mention.dimension]?.includes(mention.value) ?? false;

/** A change is of the figure beside it in the sentence, or of the deed that stands with it. */
function bindChange(setting: Setting): Bound {
  const { claim, vocabulary } = setting;
  const change = must(claim.change, 'a change');
  const direction = change === 'fall' ? 'fall' : 'rise';
  const isPercent = (claim.figure.baseKind ?? claim.figure.kind) === 'percent';
  const kind = change === 'times' ? 'multiple' : isPercent ? 'growth' : 'difference';
  // «نسبت به سال قبل» is the year before the one spoken of, whichever that is.
  const baseYear = claim.base.kind === 'year' ? claim.base.year : null;
  const ofChange = ({ question }: Reading): Reading => ({ kind, direction, question, baseYear });
  const { levelBefore } = setting;
  if (kind !== 'difference' && levelBefore !== undefined && claim.deeds.length === 0) {
    if (!levelBefore.ok) return levelBefore;
    const [first] = levelBefore.readings;
    if (first?.kind === 'level') return { ...levelBefore, readings: levelBefore.readings.map(ofChange) };
  }
  const level = bind({
    ...setting,
    vocabulary,
    claim: { ...claim, change: null, figure: kind === 'difference' ? claim.figure : asMoney(claim.figure) },
  });
  return level.ok ? { ...level, readings: level.readings.map(ofChange) } : level;
}

/** «اعتبار … ۱۱ درصد رشد داشت»: what grew is money, though the figure itself is a percentage. */
const asMoney = (figure: Figure): Figure => ({ ...figure, kind: 'money', baseKind: null });
