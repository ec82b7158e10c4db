import type { Condition, Indicator } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Figure } from '../figure/figure.ts';
import type { Claim, YearSaid } from './claim.ts';
import type { PartOfYear } from './lexicon.ts';
import type { Mention, PlaceMention, Vocabulary } from './vocabulary.ts';

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
  readonly part: PartOfYear | null;
};

/** A change asks twice: the level and its base. */
export type Reading =
  | { readonly kind: 'level'; readonly question: Question }
  | {
      readonly kind: 'growth' | 'difference';
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
  | { readonly ok: true; readonly readings: readonly Reading[]; readonly indicator: Indicator }
  | { readonly ok: false; readonly why: Unbound };

/** The year in which the statement was made; null when it is undated. */
export type Dated = { readonly publishedYear: number | null; readonly saysThisYear: boolean };

type Setting = {
  readonly claim: Claim;
  readonly vocabulary: Vocabulary;
  readonly home: number;
  readonly dated: Dated;
  /** What the figure before it was bound to, where this one is its growth. */
  readonly levelBefore: Reading | undefined;
};

const no = (why: Unbound): Bound => ({ ok: false, why });

/**
 * Binds a claim to the records it speaks of. Conservative: every word that narrows must be answered for by the
 * indicator, or nothing is bound; a figure wrongly called supported is the worst error there is.
 */
export function bind(setting: Setting): Bound {
  const { claim, vocabulary, home } = setting;
  if (claim.change !== null) return bindChange(setting);
  if (claim.deed === undefined) return no({ kind: 'NoDeed' });
  const places = distinct(claim.places);
  if (places.some((place) => place.kind === 'nation')) return no({ kind: 'OtherPlace', place: 'کشور' });
  const named = places.filter((place) => place.kind !== 'nation');
  const counties = named.filter((place) => place.kind === 'county');
  const provinces = named.filter((place) => place.kind === 'province');
  if (counties.length > 1 || provinces.length > 1)
    return no({ kind: 'SeveralPlaces', places: named.map((place) => place.name) });
  const provinceId = counties[0]?.provinceId ?? provinces[0]?.provinceId ?? home;
  const countyCode = counties[0]?.countyCode ?? null;
  const year = yearOf(claim.year, setting.dated);
  if (year === 'next') return no({ kind: 'NextYear' });
  const fits = candidates(claim, vocabulary, countyCode !== null);
  const first = fits[0];
  if (first === undefined) return no({ kind: 'NoIndicator' });
  const readings = fits.map((indicator) => ({
    kind: 'level' as const,
    question: {
      indicator: indicator.id,
      ...conditionsOf(claim, indicator),
      provinceId,
      countyCode,
      year,
      part: claim.part,
    },
  }));
  return { ok: true, readings, indicator: first };
}

/** The year a claim means; `latest` when nothing says it. */
function yearOf(said: YearSaid, { publishedYear, saysThisYear }: Dated): number | 'latest' | 'next' {
  if (said.kind === 'year') return said.year;
  const to = said.kind === 'relative' ? said.to : null;
  if (to === 'next') return 'next';
  if (publishedYear !== null) return to === 'before' ? publishedYear - 1 : publishedYear;
  // An undated text that says both «امسال» and «سال گذشته» cannot mean the latest year by both.
  return to === 'before' && saysThisYear ? 'next' : 'latest';
}

const distinct = (places: readonly PlaceMention[]): PlaceMention[] => [
  ...new Map(places.map((place) => [`${place.kind} ${place.name}`, place])).values(),
];

function unitOf(figure: Figure): Indicator['unit'] | undefined {
  const kind = figure.baseKind ?? figure.kind;
  if (kind === 'money') return 'rial';
  if (kind === 'count') return 'count';
  return kind === 'percent' || figure.unit === 'کسر' ? 'percent' : undefined;
}

/** The indicators that the deed says, of the right unit, and that answer for every narrowing word. */
function candidates(claim: Claim, vocabulary: Vocabulary, ofCounty: boolean): Indicator[] {
  const deeds = claim.deed?.indicators ?? new Set<string>();
  const unit = unitOf(claim.figure);
  return [...deeds]
    .map((id) => must(vocabulary.indicators.get(id), 'a declared indicator'))
    .filter((indicator) => indicator.unit === unit)
    .filter((indicator) => indicator.place === 'either' || (indicator.place === 'county') === ofCounty)
    .filter((indicator) => indicator.nouns.length === 0 || counts(indicator, claim.figure))
    .filter((indicator) => answersFor(indicator, claim.mentions))
    .filter((indicator) => isNeeded(indicator, claim.mentions));
}

/** Whether the indicator counts what the figure counts, by the noun that the reader found. */
function counts(indicator: Indicator, figure: Figure): boolean {
  const noun = (figure.noun ?? figure.unit ?? '').replaceAll('\u200c', ' ');
  const unit = figure.unit ?? '';
  return indicator.nouns.some((name) => {
    const plain = name.replaceAll('\u200c', ' ');
    return noun === plain || noun.startsWith(`${plain} `) || unit === plain;
  });
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
  indicator.needs[mention.dimension]?.includes(mention.value) === true;

/** Growth is of the figure before it in the sentence, or of the deed that stands with it. */
function bindChange(setting: Setting): Bound {
  const { claim, vocabulary, dated } = setting;
  const direction = must(claim.change, 'a change');
  const kind = (claim.figure.baseKind ?? claim.figure.kind) === 'percent' ? 'growth' : 'difference';
  const base = yearOf(claim.base, dated);
  const baseYear = typeof base === 'number' && claim.base.kind !== 'none' ? base : null;
  if (kind === 'growth' && setting.levelBefore?.kind === 'level') {
    const { question } = setting.levelBefore;
    const indicator = must(vocabulary.indicators.get(question.indicator), 'a declared indicator');
    return { ok: true, indicator, readings: [{ kind, direction, question, baseYear }] };
  }
  const level = bind({ ...setting, claim: { ...claim, change: null, figure: asMoney(claim.figure) } });
  if (!level.ok) return level;
  return {
    ...level,
    readings: level.readings.map(({ question }) => ({ kind, direction, question, baseYear })),
  };
}

/** «اعتبار … ۱۱ درصد رشد داشت»: what grew is money, though the figure itself is a percentage. */
const asMoney = (figure: Figure): Figure => ({ ...figure, kind: 'money', baseKind: null });
