import type { Dimension, Indicator } from '#kernel/indicator.ts';
import {
  anaphora,
  comparisons,
  exclusions,
  growth,
  laterTimes,
  moneyHeads,
  narrowingPrepositions,
  nation,
  neutral,
  nowWords,
  openLists,
  otherDeeds,
  partsOfYear,
  promises,
  relativeYears,
  respectively,
  titles,
  verbs,
} from './lexicon.ts';
import { Lexicon, lexiconOf } from './token.ts';

/** A value of a dimension that a statement names; one name may belong to several dimensions. */
export type Mention = {
  readonly dimension: string;
  readonly column: string;
  readonly value: string;
  readonly carried: boolean;
};

/** The indicators whose deed a word says; none, when the word is a deed that no indicator answers for. */
export type Deed = { readonly indicators: ReadonlySet<string> };

type NamedPlace =
  | { readonly kind: 'province'; readonly provinceId: number; readonly name: string }
  | {
      readonly kind: 'county';
      readonly provinceId: number;
      readonly countyCode: string;
      readonly name: string;
    }
  | { readonly kind: 'nation'; readonly name: string };

/** «استان» and «این شهرستان» without a name are the ones spoken of. */
export type PlaceMention = NamedPlace | { readonly kind: 'here' } | { readonly kind: 'county_here' };

/** One place of a figure: null is the province that speaks. */
export type PlaceSaid = NamedPlace | null;

/** Everything by whose name a statement can speak of records, as lexicons. Made once for a province. */
export type Vocabulary = {
  /** The province that speaks. */
  readonly home: number;
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly deeds: Lexicon<Deed>;
  readonly heads: Lexicon<Deed>;
  /** Words right beside a percentage by which it is a rate that an indicator answers for. */
  readonly rates: Lexicon<Deed>;
  /** What there is by itself: counts of it need no deed. */
  readonly standing: Deed & { readonly nouns: readonly string[] };
  readonly mentions: Lexicon<readonly Mention[]>;
  readonly places: Lexicon<PlaceMention>;
  /** Every phrase that is answered for, or narrows nothing. */
  readonly known: Known;
  /** The indicators of an allocation: what «اعتبار» by itself says. */
  readonly allocation: ReadonlySet<string>;
  /** The indicators of a payment: what «تسهیلات … گرفتند» says. */
  readonly payment: ReadonlySet<string>;
  /** The address of each province by its code. */
  readonly slugs: ReadonlyMap<number, string>;
  /** The column of each dimension. */
  readonly columns: ReadonlyMap<string, string>;
};

export type Places = {
  readonly provinces: readonly {
    readonly provinceId: number;
    readonly slug: string;
    readonly name: string;
  }[];
  readonly counties: readonly {
    readonly provinceId: number;
    readonly countyCode: string;
    readonly name: string;
  }[];
};

// Names of places that are common words too: they count only after «استان» or «شهرستان».
const commonWords = new Set(
  'مرکزی فارس گلستان سلسله نور مهر خمام سرخه بهار رزن دنا پارس گلوگاه دیر امیدیه آزادشهر سامان کیار باوی هویزه میانه کلات زاوه مرند جم انار رابر ماکو قدس ری نیر گتوند کوثر پیشوا سرباز گلشن فردوس صحنه رستم مبارکه ایوان خاتم مهران فیروزه پردیس بهارستان نیمروز میامی اوز بافت سیمرغ مانه سراب هامون گرمی بن لالی دشتی درمیان خوشاب جوین کوار هریس شفت بدره طارم لیلان بیضا تفت'.split(
    ' ',
  ),
);

/** Phrases that are all answered for, looked up in one go. */
export type Known = Pick<Lexicon<true>, 'at'>;

// What is known in every installation; the names that rooms declare come on top.
const everywhere = new Lexicon<true>();
for (const lexicon of [
  neutral,
  verbs,
  relativeYears,
  partsOfYear,
  comparisons,
  growth,
  exclusions,
  promises,
  openLists,
  anaphora,
  nowWords,
  laterTimes,
  respectively,
  titles,
  moneyHeads,
  narrowingPrepositions,
])
  for (const [phrase] of lexicon.entries()) everywhere.add(phrase, true);

export function vocabularyOf(order: {
  readonly indicators: readonly Indicator[];
  readonly dimensions: readonly Dimension[];
  readonly places: Places;
  /** The province that speaks; its own counties win over others of the same name. */
  readonly home: number;
}): Vocabulary {
  const deedLexicon = deedsBy(order.indicators, (one) => one.verbs);
  for (const [phrase] of otherDeeds.entries()) deedLexicon.add(phrase, { indicators: new Set() });
  const standing = order.indicators.filter(({ year }) => year === 'standing');
  const places = placeLexicon(order.places, order.home);
  const mentions = mentionLexicon(order.dimensions);
  const words = lexiconOf<true>(
    order.indicators.flatMap((one) =>
      [...one.verbs, ...one.nouns, ...(one.rateWords ?? [])].map((word): [string, true] => [word, true]),
    ),
  );
  const saidBy = (verb: string): ReadonlySet<string> =>
    new Set(order.indicators.filter((one) => one.verbs.includes(verb)).map((indicator) => indicator.id));
  const allocation = saidBy('اختصاص');
  return {
    home: order.home,
    indicators: new Map(order.indicators.map((indicator) => [indicator.id, indicator])),
    deeds: deedLexicon,
    heads: lexiconOf<Deed>(['اعتبار', 'اعتبارات', 'سهمیه'].map((head) => [head, { indicators: allocation }])),
    rates: deedsBy(order.indicators, ({ rateWords = [] }) => rateWords),
    standing: {
      indicators: new Set(standing.map(({ id }) => id)),
      nouns: standing.flatMap(({ nouns }) => nouns),
    },
    mentions,
    places,
    known: {
      at: (tokens, at) => {
        let longest: ReturnType<Known['at']>;
        for (const lexicon of [everywhere, words, mentions, places]) {
          const found = lexicon.at(tokens, at);
          if (found !== undefined && found.until > (longest?.until ?? at))
            longest = { from: at, until: found.until, meaning: true };
        }
        return longest;
      },
    },
    allocation,
    payment: saidBy('تسهیلات گرفتند'),
    columns: new Map(order.dimensions.map(({ id, column }) => [id, column])),
    slugs: new Map(order.places.provinces.map(({ provinceId, slug }) => [provinceId, slug])),
  };
}

/** The indicators by the words that say them. */
function deedsBy(
  indicators: readonly Indicator[],
  wordsOf: (indicator: Indicator) => readonly string[],
): Lexicon<Deed> {
  const ids = new Map<string, Set<string>>();
  for (const indicator of indicators)
    for (const word of wordsOf(indicator)) ids.set(word, (ids.get(word) ?? new Set()).add(indicator.id));
  return lexiconOf([...ids].map(([word, found]) => [word, { indicators: found }]));
}

function mentionLexicon(dimensions: readonly Dimension[]): Lexicon<readonly Mention[]> {
  const byName = new Map<string, Mention[]>();
  for (const { id, column, carried, values } of dimensions)
    for (const { value, names } of values)
      for (const name of names)
        byName.set(name, [...(byName.get(name) ?? []), { dimension: id, column, value, carried }]);
  return lexiconOf<readonly Mention[]>(byName);
}

function placeLexicon(places: Places, home: number): Lexicon<PlaceMention> {
  const lexicon = lexiconOf<PlaceMention>([]);
  for (const { provinceId, name } of places.provinces) {
    lexicon.add(`استان ${name}`, { kind: 'province', provinceId, name });
    if (!commonWords.has(name)) {
      lexicon.add(name, { kind: 'province', provinceId, name });
      lexicon.add(`${name}ی`, { kind: 'province', provinceId, name });
    }
  }
  const ownFirst = places.counties.toSorted(
    (a, b) => (a.provinceId === home ? 0 : 1) - (b.provinceId === home ? 0 : 1),
  );
  for (const { provinceId, countyCode, name } of ownFirst) {
    const place = { kind: 'county', provinceId, countyCode, name } as const;
    lexicon.add(`شهرستان ${name}`, place);
    if (!commonWords.has(name)) lexicon.add(name, place);
  }
  lexicon.add('استان', { kind: 'here' });
  lexicon.add('این استان', { kind: 'here' });
  lexicon.add('شهرستان', { kind: 'county_here' });
  lexicon.add('این شهرستان', { kind: 'county_here' });
  for (const [phrase] of nation.entries()) lexicon.add(phrase, { kind: 'nation', name: phrase });
  return lexicon;
}
