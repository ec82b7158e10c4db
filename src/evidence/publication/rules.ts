import { type Day, addDays, partsOf, yearPeriod } from '#kernel/day.ts';
import type { Condition } from '#kernel/indicator.ts';
import { comparable, latinDigits } from '#kernel/persian.ts';
import type { Contact, OrderField, PublicationState } from './contract.ts';

/** What a list of records comes to: its sum or count, what a ratio divides by, and the records themselves. */
export type Reckoned = {
  readonly value: bigint;
  readonly below: bigint | null;
  readonly records: number;
  /** SHA-256 over the records in the order of their ids, as hex. */
  readonly hash: string;
};

const isSame = (one: Reckoned, other: Reckoned): boolean =>
  one.value === other.value &&
  one.below === other.below &&
  one.records === other.records &&
  one.hash === other.hash;

/** What has become of a figure: as of its instant it must come out as published, and since then it may have moved. */
export function stateOf(figure: {
  readonly published: Reckoned;
  /** The same list, asked today as of the instant of publication. */
  readonly again: Reckoned;
  readonly now: Reckoned;
  /** Records since then that take an earlier one back. */
  readonly takenBack: number;
}): PublicationState {
  if (!isSame(figure.published, figure.again)) return 'broken';
  if (isSame(figure.again, figure.now)) return 'stands';
  return figure.takenBack > 0 ? 'corrected' : 'grown';
}

type Span = { readonly from: Day | null; readonly until: Day | null };

/** The end of a period that parts a month; the last day may be today. Null where the months are whole. */
export function partedAt({ from, until }: Span, today: Day): 'from' | 'until' | null {
  if (from !== null && partsOf(from).dayOfMonth !== 1) return 'from';
  if (until !== null && until !== today && partsOf(addDays(until, 1)).dayOfMonth !== 1) return 'until';
  return null;
}

type Dated = Span & { readonly budgetYear: number | null };
export type Ahead = {
  readonly field: 'from' | 'until' | 'year';
  readonly rule: 'begun' | 'this_year';
  readonly year: number;
};

/** How a period reaches into the future: it begins after today, or ends after this year. Null where it does not. */
export function aheadOf({ from, until, budgetYear }: Dated, today: Day): Ahead | null {
  const { year } = partsOf(today);
  if (budgetYear !== null && budgetYear > year) return { field: 'year', rule: 'begun', year };
  if (from !== null && from > today) return { field: 'from', rule: 'begun', year };
  if (until !== null && until > yearPeriod(year).until) return { field: 'until', rule: 'this_year', year };
  return null;
}

type Narrowed = { readonly countyCode: string | null; readonly only: Condition; readonly without: Condition };
export type Wider<One> = { readonly field: OrderField; readonly wider: One };

const dropped = (condition: Condition, column: string): Condition =>
  Object.fromEntries(Object.entries(condition).filter(([name]) => name !== column));

/**
 * What a figure can be taken from: the same one with some or all of its conditions left out, and its county too. Each
 * with the field of one that was left out.
 */
export function widerThan<One extends Narrowed>(one: One): Wider<One>[] {
  let found: readonly Wider<One>[] = [];
  const widen = (field: OrderField, wide: (narrow: One) => One): void => {
    const each = found.map((other) => ({ field: other.field, wider: wide(other.wider) }));
    found = [...found, { field, wider: wide(one) }, ...each];
  };
  for (const column of Object.keys(one.only))
    widen('only', (narrow) => ({ ...narrow, only: dropped(narrow.only, column) }));
  for (const column of Object.keys(one.without))
    widen('without', (narrow) => ({ ...narrow, without: dropped(narrow.without, column) }));
  if (one.countyCode !== null) widen('county', (narrow) => ({ ...narrow, countyCode: null }));
  return [...found];
}

type Ordered = Narrowed & Span & { readonly budgetYear: number | null };

/** By which field an order is apart from a figure: what was recorded between their instants, where by nothing else. */
export function fieldApart(one: Ordered, other: Ordered): OrderField {
  if (one.until !== other.until) return 'until';
  if (one.from !== other.from) return 'from';
  if (one.budgetYear !== other.budgetYear) return 'year';
  if (!isSameCondition(one.only, other.only)) return 'only';
  if (!isSameCondition(one.without, other.without)) return 'without';
  return one.countyCode === other.countyCode ? 'asOf' : 'county';
}

/** The same values of the same columns, in whatever order they are written. */
export const isSameCondition = (one: Condition, other: Condition): boolean =>
  conditionText(one) === conditionText(other);

const conditionText = (condition: Condition): string =>
  JSON.stringify(
    Object.entries(condition)
      .map(([column, values]) => [column, [...new Set(values)].toSorted()] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

const daysToAnswer = 10;

/** A doubt is answered in the open within ten days. */
export const dueOn = (raisedOn: Day): Day => addDays(raisedOn, daysToAnswer);

// What nobody sees may stand between two signs of a link or a number.
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const links =
  /h[tx]{2}ps?(?![a-z])\S*|(?<![a-z])www(?![a-z])\S*|(?<![a-z0-9])(?:[a-z0-9][a-z0-9-]*\s?[.。․]\s?)+(?:com|ir|net|org|info|me|io)(?![a-z])\S*|(?<![a-z0-9])(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24}(?![a-z])\S*|[\p{L}\d-]+\.(?:[a-z]{2,24}|ایران)(?!\p{L})\S*/iu;
const between = String.raw`[\s.\-–—_()]{0,3}`;
const more = (count: number): string => String.raw`(?:${between}\d){${String(count)}}`;
const numbers = new RegExp(
  [
    String.raw`\d{10,}`,
    // A mobile; a telephone with the code of its province; a national number with its dashes.
    String.raw`(?<!\d[\-/.]?)(?:(?:\+|00)?98|0)${between}9${more(9)}(?!\d)`,
    String.raw`(?<!\d[\-/.]?)9\d\d${between}\d{3}${between}\d\d${between}\d\d(?!\d)`,
    String.raw`(?<!\d[\-/.]?)(?:(?:\+|00)98|0)${between}[1-8]${more(9)}(?!\d)`,
    String.raw`(?<!\d)\d{3}[\s.\-–—]\d{6}[\s.\-–—]\d(?!\d)`,
  ].join('|'),
);

/** The first link or number of a person in a text; null where there is none. */
export function contactIn(text: string): Contact | null {
  const plain = latinDigits(text.normalize('NFKC').replace(unseen, ''));
  const link = links.exec(plain)?.[0];
  if (link !== undefined) return { rule: 'link', part: link.slice(0, longestPart) };
  const number = numbers.exec(plain)?.[0].trim();
  return number === undefined ? null : { rule: 'number', part: number.slice(0, longestPart) };
}

const longestPart = 60;

/** Two texts that say the same, however their lines and letters are written. */
export const isSameText = (one: string, other: string): boolean => plainText(one) === plainText(other);

const plainText = (text: string): string => comparable(text.replace(/\s+/g, ' ')).trim();

/** The year that two days bound, or null when they bound no whole one. */
export function wholeYear({ from, until }: { readonly from: Day | null; readonly until: Day | null }) {
  if (from === null || until === null) return null;
  const { year } = partsOf(from);
  const period = yearPeriod(year);
  return period.from === from && period.until === until ? year : null;
}
