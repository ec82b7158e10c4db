import { type Day, addDays } from '#kernel/day.ts';

export type Span = { readonly from: Day | null; readonly until: Day | null };

/** In a large province the newest page stands in a few days; in a small one each further span is longer. */
const firstSpan = 4;
const growth = 2;
const longestSpan = 600;

/**
 * The days of a period in spans from the newest back to the oldest, each day in one of them. The first has no end
 * where the period has none: what is dated ahead of today is in it too.
 */
export function spansBack({ from, until }: Span, today: Day): Span[] {
  const spans: Span[] = [];
  let last = until;
  for (let length = firstSpan; length < longestSpan; length *= growth) {
    const end = last === null || (spans.length === 0 && last > today) ? today : last;
    const first = addDays(end, 1 - length);
    if (from !== null && first <= from) break;
    spans.push({ from: first, until: last });
    last = addDays(first, -1);
  }
  return [...spans, { from, until: last }];
}

/** Together so many more are looked at as would fill the page, if the rest is as dense as what was looked at. */
const mostTogether = 3;

/** How many transfers to look at together next: a sparse list in few large steps, a dense one in none too large. */
export function togetherNext(seen: {
  readonly looked: number;
  readonly found: number;
  readonly limit: number;
  readonly first: number;
}): number {
  const { looked, found, limit, first } = seen;
  const wanted = found === 0 ? Infinity : Math.ceil((6 * (limit - found) * looked) / (5 * found));
  return Math.min(Math.max(first, wanted), mostTogether * first);
}
