import { comparable } from '#kernel/persian.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { Told } from '../contract.ts';
import type { Phrase, ReviewOrder, ReviewRefusal } from './contract.ts';

/** A full stop inside a number, or of an abbreviation, is followed by no space. */
const ends = /[.!?؟؛]\s|\n/gu;
/** So much of a sentence is kept; of a longer one, what stands around the figure. */
const longest = 1_000;

type Place = { readonly start: number; readonly end: number };

/**
 * The sentence that each figure stands in, spelt as two writers would spell it alike: by it a review is found again
 * in another text. Places count Unicode code points, as the check gives them.
 */
export function phrasesOf(text: string, figures: readonly Place[]): Phrase[] {
  const units: number[] = [];
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) units.push(at);
  const unitAt = (point: number): number => units[point] ?? text.length;
  const breaks = [...text.matchAll(ends)].map((found) => ({
    stop: found.index,
    next: found.index + found[0].length,
  }));
  return figures.map(({ start, end }) => {
    const [from, until] = [unitAt(start), unitAt(end)];
    const begins = breaks.findLast(({ next }) => next <= from)?.next ?? 0;
    const stops = breaks.find(({ stop }) => stop >= until)?.stop;
    const head = comparable(text.slice(begins, from)).slice(-longest / 2);
    const tail = comparable(text.slice(from, stops));
    return { text: `${head} ${tail}`.trim().slice(0, longest), at: head.length };
  });
}

/** Whether a review can be kept, before what it is bound to is looked up. */
export function decideReview(
  { decision, bound, reason, start, end }: ReviewOrder,
  told: readonly Told[],
): Result<Told, ReviewRefusal> {
  const found = told.find((one) => one.start === start && one.end === end);
  if (found === undefined) return refused({ kind: 'FigureMissing' });
  if (reason === null && decision !== 'accepted') return refused({ kind: 'ReasonMissing', decision });
  if (decision === 'corrected' && bound === null) return refused({ kind: 'BindingMissing' });
  if (decision !== 'corrected' && bound !== null) return refused({ kind: 'BindingUncalled' });
  return ok(found);
}
