import type { Hint } from '../moderation/contract.ts';

/** A stretch of a comment, and whether a hint speaks of it. */
export type Stretch = { readonly text: string; readonly hinted: boolean };

/** A text cut at the places that hints speak of; places that overlap become one, and no letter is lost. */
export function stretchesOf(text: string, hints: readonly Pick<Hint, 'start' | 'end'>[]): Stretch[] {
  const points = Array.from(text);
  const stretches: Stretch[] = [];
  let from = 0;
  const add = (to: number, hinted: boolean): void => {
    if (to > from) stretches.push({ text: points.slice(from, to).join(''), hinted });
    from = Math.max(from, to);
  };
  for (const { start, end } of hints.toSorted((one, other) => one.start - other.start)) {
    if (end <= Math.max(start, from)) continue;
    add(start, false);
    add(end, true);
  }
  add(points.length, false);
  return stretches;
}

/** The words of a comment that a hint speaks of. */
export const hintedText = (text: string, { start, end }: Pick<Hint, 'start' | 'end'>): string =>
  Array.from(text).slice(start, end).join('').trim();
