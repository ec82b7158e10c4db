import type { Claim } from './claim.ts';
import { type Clause, type Reading, type Run, within } from './clause.ts';
import { aheadNotes, doubts, headingWords, nationalTitles, titles, unknownNarrowings } from './lexicon.ts';
import { type TimeSaid, type YearSaid, phraseIn, timesIn } from './period.ts';
import { type PlacesBefore, noPlaces, placesIn } from './place.ts';
import { type Narrowed, narrowingsIn, unknownIn } from './remark.ts';
import type { Mention, PlaceSaid, Vocabulary } from './vocabulary.ts';

/** What a statement has said so far and means until it says another. */
export type Said = {
  /** The programme, while the text stays with it. */
  readonly mentions: readonly Mention[];
  /** Sentences since it was named. */
  readonly age: number;
  readonly time: TimeSaid | null;
  /** 0 while still in the sentence that named it. */
  readonly timeAge: number;
  /** The newest year that was named so far. */
  readonly namedYear: number | null;
  readonly places: PlacesBefore;
  readonly nearAge: number;
  /** The last sum or count, to which «آن» and «این مبلغ» point back. */
  readonly level: Claim | null;
  readonly levelAge: number;
  /** A body other than the directorate that speaks («مدیرکل کمیته امداد گفت»): its sums are not ours. */
  readonly speakerDoubt: string | null;
  /** Of what the figures under a heading are, as far as a heading says it. */
  readonly heading: readonly Narrowed[];
  readonly headingAge: number;
};

export const nothingSaid: Said = {
  mentions: [],
  age: 0,
  time: null,
  timeAge: 0,
  namedYear: null,
  places: noPlaces,
  nearAge: 0,
  level: null,
  levelAge: 0,
  speakerDoubt: null,
  heading: [],
  headingAge: 0,
};

/** A programme is carried over so many sentences that do not name it. */
const longestCarry = 3;

type Heard = {
  readonly reading: Reading;
  readonly vocabulary: Vocabulary;
  readonly clause: Clause;
  readonly claims: readonly Claim[];
};

export function afterClause(heard: Heard, before: Said): Said {
  const { reading, vocabulary, clause, claims } = heard;
  if (clause.role === 'dateline') return afterDateline(heard, before);
  if (clause.role === 'heading') return afterHeading(heard, before);
  const named = vocabulary.mentions
    .all(reading.tokens, clause.from, clause.until)
    .flatMap((found) => found.meaning.filter((mention) => mention.carried));
  const times = timesIn(reading, clause);
  const year = times.years[0];
  const ahead = aheadNotes.all(reading.tokens, clause.from, clause.until)[0];
  const taken = ahead === undefined ? undefined : doubts.all(reading.tokens, ahead.until, clause.until)[0];
  const spoke = clause.role === 'speaker' ? speakerIn(heard, before) : {};
  const level = claims.findLast((claim) => claim.change === null && claim.figure.unit !== 'کسر');
  // A figure about something else ends the topic: what follows is no longer of the programme.
  const isElsewhere =
    named.length === 0 &&
    claims.length > 0 &&
    claims.every((claim) => claim.deeds.length === 0 && !claim.isOfCredit && claim.mood !== 'promise');
  return {
    ...before,
    ...spoke,
    ...(taken === undefined ? {} : { speakerDoubt: phraseIn(reading.tokens, taken) }),
    mentions: named.length > 0 ? named : isElsewhere ? [] : before.mentions,
    age: named.length > 0 ? 0 : before.age,
    namedYear: newest(before.namedYear, times.years),
    ...(year === undefined || times.years.length > 1
      ? times.part === null
        ? {}
        : { time: { year: before.time?.year ?? { kind: 'none' as const }, part: times.part }, timeAge: 0 }
      : { time: { year, part: times.part }, timeAge: 0 }),
    ...(clause.role === 'speaker' ? {} : placesAfter(heard, before)),
    ...(level === undefined ? {} : { level, levelAge: 0 }),
    // Whoever speaks from now on speaks of their own place, wherever the news came from.
    ...(spoke.places === undefined
      ? {}
      : { places: spoke.places, heading: before.heading.filter(({ isPlace }) => !isPlace) }),
  };
}

/**
 * «تعاونی‌ها:» and «کرج:» narrow what follows in their sentence. Of what comes later, and of a heading that says
 * more than a name, it is not sure how far it reaches: that is a doubt which only a figure's own words take away.
 */
function afterHeading({ reading, vocabulary, clause }: Heard, before: Said): Said {
  const { tokens } = reading;
  const times = timesIn(reading, clause);
  const mentions = vocabulary.mentions.all(tokens, clause.from, clause.until);
  const places = placesIn({ reading, vocabulary }, clause);
  const isBare = tokens[clause.until - 1]?.stem === ':' && isOnlyNames({ reading, vocabulary, clause });
  const meant = mentions.flatMap(({ meaning }) => meaning.filter(({ carried }) => isBare || carried));
  const year = times.years[0];
  const place = lastNamed(places);
  // «تعاونی‌های تازه و تسهیلات بنگاه‌ها»: a title tells of what the news is, and not of what each figure is.
  const isTitle = wordsOf({ reading, clause }).length > longestLabel || mentions.length > 1;
  return {
    ...before,
    ...(meant.length === 0 ? {} : { mentions: meant, age: 0 }),
    ...(times.years.length > 1 || (year === undefined && times.part === null)
      ? {}
      : { time: { year: year ?? { kind: 'none' as const }, part: times.part }, timeAge: 0 }),
    namedYear: newest(before.namedYear, times.years),
    ...(place === undefined || !isBare ? {} : { places: { ...before.places, topic: place, near: place } }),
    nearAge: 0,
    heading: [
      ...narrowingsIn({ reading, vocabulary }, clause).filter(
        ({ kind, isValue }) => kind !== 'carried' && !(isValue && isTitle),
      ),
      ...unknownHeading({ reading, vocabulary, clause }),
    ],
    headingAge: isBare ? -1 : 0,
  };
}

/**
 * «خبرنگاران:», «هشتگرد», «آمار هشتگرد»: a short heading of a word that nobody knows may narrow; a long one is a
 * title, and so is one that tells what kind of news it is.
 */
function unknownHeading({ reading, vocabulary, clause }: Omit<Heard, 'claims'>): Narrowed[] {
  const words = wordsOf({ reading, clause });
  const isTitle = words.some(({ stem }, at) => headingWords.has(stem) && !(at === 0 && labelHeads.has(stem)));
  if (words.length > longestLabel || isTitle) return [];
  const from = labelHeads.has(words[0]?.stem ?? '') ? clause.from + 1 : clause.from;
  const phrase = unknownIn({ reading, vocabulary }, { ...clause, from });
  return phrase === null ? [] : [{ phrase, isPlace: false, kind: 'word' }];
}
const longestLabel = 4;
/** What comes after one of these is what the figures are of. */
const labelHeads = new Set(['آمار', 'وضعیت', 'عملکرد']);

const wordsOf = ({ reading, clause }: Pick<Heard, 'reading' | 'clause'>) =>
  reading.tokens.slice(clause.from, clause.until).filter(({ mark }) => !mark);

const namesOnly = new Set(['در', 'به', 'برای', 'شهرستان', 'استان', 'سهم', 'بخش', 'حوزه', 'سال']);

const isOnlyNames = ({ reading, vocabulary, clause }: Omit<Heard, 'claims'>): boolean => {
  const { tokens } = reading;
  const named: Run[] = [
    ...vocabulary.mentions.all(tokens, clause.from, clause.until),
    ...vocabulary.places.all(tokens, clause.from, clause.until),
  ];
  return tokens
    .slice(clause.from, clause.until)
    .every(
      ({ mark, stem }, index) =>
        mark || namesOnly.has(stem) || named.some((found) => within(clause.from + index, found)),
    );
};

function newest(before: number | null, said: readonly YearSaid[]): number | null {
  const years = said.flatMap((one) => (one.kind === 'year' ? [one.year] : []));
  return years.length === 0 ? before : Math.max(before ?? 0, ...years);
}

function placesAfter({ reading, vocabulary, clause }: Heard, before: Said): Partial<Said> {
  const first = clause.figures[0];
  const start = first === undefined ? clause.until : (reading.cues[first] ?? clause.until);
  const lead = lastNamed(
    placesIn({ reading, vocabulary }, { from: clause.from, until: Math.max(start, clause.from) }),
  );
  const any = lastNamed(placesIn({ reading, vocabulary }, clause));
  if (any === undefined) return {};
  const topic = lead ?? before.places.topic;
  return { places: { ...before.places, topic, near: any }, nearAge: 0 };
}

function lastNamed(places: ReturnType<typeof placesIn>): PlaceSaid | undefined {
  for (const place of places.toReversed())
    if (place.kind === 'county' || place.kind === 'province') return place;
  return undefined;
}

/** «به گزارش خبرنگار ما از قزوین»: news of another province speaks of that one; Karaj is where Alborz is told of. */
function afterDateline({ reading, vocabulary, clause }: Heard, before: Said): Said {
  const from = lastNamed(placesIn({ reading, vocabulary }, clause));
  const isElsewhere = from != null && from.kind !== 'nation' && from.provinceId !== vocabulary.home;
  return isElsewhere ? { ...before, places: { ...before.places, speaker: from } } : before;
}

/** «وزیر … گفت», «رئیس مرکز … کشور گفت»: who speaks of the whole country. */
const country = { kind: 'nation', name: 'کشور' } as const;

/** «رئیس اداره … شهرستان کرج گفت»: from here on the place is theirs. «وی افزود» changes nothing. */
function speakerIn({ reading, vocabulary, clause }: Heard, before: Said): Partial<Said> {
  const { tokens } = reading;
  if (titles.all(tokens, clause.from, clause.until).length === 0) return {};
  const places = placesIn({ reading, vocabulary }, clause);
  const isOfCountry =
    places.some(({ kind }) => kind === 'nation') ||
    nationalTitles.all(tokens, clause.from, clause.until).length > 0;
  const speaker = lastNamed(places) ?? (isOfCountry ? country : before.places.speaker);
  const foreign = unknownNarrowings.all(tokens, clause.from, clause.until)[0];
  return {
    places: { speaker, topic: undefined, near: undefined },
    speakerDoubt: phraseIn(tokens, foreign),
  };
}

/** A heading over a list is over all its lines. */
export function afterSentence(said: Said, isLine: boolean): Said {
  const age = said.age + 1;
  const nearAge = said.nearAge + 1;
  const levelAge = said.levelAge + 1;
  return {
    ...said,
    mentions: age > longestCarry ? [] : said.mentions.filter(({ carried }) => carried),
    age,
    timeAge: said.timeAge + 1,
    time: said.timeAge >= 2 ? null : said.time,
    places: { ...said.places, topic: undefined, near: nearAge > 2 ? undefined : said.places.near },
    nearAge,
    level: levelAge > 2 ? null : said.level,
    levelAge,
    heading: said.headingAge > longestCarry ? [] : said.heading,
    headingAge: isLine ? said.headingAge : said.headingAge + 1,
  };
}
