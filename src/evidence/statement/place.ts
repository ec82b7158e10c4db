import type { Reading, Run } from './clause.ts';
import type { Reach } from './reach.ts';
import type { Found } from './token.ts';
import type { PlaceMention, PlaceSaid, Vocabulary } from './vocabulary.ts';

/** Where a figure may be meant. More than one means that the sentence leaves it open. */
export type Places =
  | { readonly kind: 'one_of'; readonly options: readonly PlaceSaid[] }
  | { readonly kind: 'several'; readonly places: readonly string[] };

/** What the text has said of places before a figure. */
export type PlacesBefore = {
  /** The province or county of the official who speaks. */
  readonly speaker: PlaceSaid;
  /** Named before the figures of an earlier clause of the same sentence, and so its topic. */
  readonly topic: PlaceSaid | undefined;
  /** Named at all in this sentence or the last few. */
  readonly near: PlaceSaid | undefined;
};

export const noPlaces: PlacesBefore = { speaker: null, topic: undefined, near: undefined };

export type PlaceOrder = {
  readonly reading: Reading;
  readonly vocabulary: Vocabulary;
  readonly reach: Reach;
  readonly index: number;
  readonly before: PlacesBefore;
};

export function placesOf(order: PlaceOrder): Places {
  const { reach, before } = order;
  const own = placesIn(order, reach.own);
  const shared = placesIn(order, reach.lead);
  const trailing = reach.trail === null ? [] : placesIn(order, reach.trail);
  const inTurn = inOrder(order, [shared, trailing, own]);
  if (inTurn !== undefined) return { kind: 'one_of', options: [inTurn] };
  if (own.length > 0) return chosen(own, before);
  const led = shared.length > 0 ? chosen(shared, before) : undefined;
  if (led !== undefined) return led;
  const base = before.speaker;
  if (trailing.length > 0) {
    const after = chosen(trailing, before);
    return after.kind === 'several' ? after : { kind: 'one_of', options: distinct([...after.options, base]) };
  }
  if (before.topic !== undefined) return { kind: 'one_of', options: [before.topic] };
  return { kind: 'one_of', options: distinct(before.near === undefined ? [base] : [base, before.near]) };
}

export function placesIn(
  { reading: { tokens }, vocabulary }: Pick<PlaceOrder, 'reading' | 'vocabulary'>,
  run: Run,
): PlaceMention[] {
  return vocabulary.places
    .all(tokens, run.from, run.until)
    .filter((found) => !isCrowd(tokens, found) || isNation({ tokens, vocabulary }, found))
    .map((found) => (isCrowd(tokens, found) ? { kind: 'nation', name: 'استان‌ها' } : found.meaning));
}

/** «شهرستان‌ها» are all of them and narrow nothing. */
const isCrowd = (tokens: Reading['tokens'], found: Found<PlaceMention>): boolean =>
  (found.meaning.kind === 'county_here' || found.meaning.kind === 'here') &&
  (tokens[found.from]?.plural ?? false);

/** «به استان‌ها»: all the provinces of the country, unless they are named («استان‌های البرز و تهران»). */
const isNation = (
  { tokens, vocabulary }: { readonly tokens: Reading['tokens']; readonly vocabulary: Vocabulary },
  { meaning, until }: Found<PlaceMention>,
): boolean => meaning.kind === 'here' && vocabulary.places.at(tokens, until)?.meaning.kind !== 'province';

/** «به کرج و فردیس به ترتیب ۵ و ۳ میلیارد»: as many places as figures. */
function inOrder({ reach, index }: PlaceOrder, all: readonly PlaceMention[][]): PlaceSaid | undefined {
  if (!reach.inOrder || reach.list.length < 2) return undefined;
  const list = all.find((places) => places.length === reach.list.length);
  const place = list?.[reach.list.indexOf(index)];
  return place === undefined || place.kind === 'here' || place.kind === 'county_here' ? undefined : place;
}

/** The narrowest place of those named together: a county of its province; «استان» alone is the speaker's. */
function chosen(places: readonly PlaceMention[], before: PlacesBefore): Places {
  const nation = places.find((place) => place.kind === 'nation');
  if (nation !== undefined) return { kind: 'one_of', options: [nation] };
  const counties = distinct(
    places.flatMap((place): PlaceSaid[] => {
      if (place.kind === 'county') return [place];
      const here = before.topic ?? before.near ?? before.speaker;
      return place.kind === 'county_here' && here?.kind === 'county' ? [here] : [];
    }),
  );
  const provinces = distinct(places.flatMap((place) => (place.kind === 'province' ? [place] : [])));
  const names = [...counties, ...provinces].flatMap((place) => (place === null ? [] : [place.name]));
  const county = counties[0];
  const province = provinces[0];
  if (counties.length > 1 || provinces.length > 1) return { kind: 'several', places: names };
  if (county != null && province != null && county.kind === 'county' && province.kind === 'province')
    return county.provinceId === province.provinceId
      ? { kind: 'one_of', options: [county] }
      : { kind: 'several', places: names };
  if (county !== undefined) return { kind: 'one_of', options: [county] };
  if (province !== undefined) return { kind: 'one_of', options: [province] };
  if (places.some((place) => place.kind === 'county_here')) return { kind: 'several', places: ['شهرستان'] };
  return { kind: 'one_of', options: [provinceOf(before.speaker)] };
}

/** «استان» in the mouth of a county's official is the province that the county lies in. */
const provinceOf = (speaker: PlaceSaid): PlaceSaid => (speaker?.kind === 'county' ? null : speaker);

const nameOf = (place: PlaceSaid): string => (place === null ? '' : `${place.kind} ${place.name}`);

const distinct = (places: readonly PlaceSaid[]): PlaceSaid[] => [
  ...new Map(places.map((place) => [nameOf(place), place])).values(),
];
