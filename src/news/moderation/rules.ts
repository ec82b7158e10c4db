import { adverts } from './advertising.ts';
import type { Hint, Moderated, Remark } from './contract.ts';
import { finglish } from './finglish.ts';
import { insults } from './insult.ts';
import { strays } from './topic.ts';

/** Looks at a comment under the four rules. Pure: the same comment under the same item is always judged alike. */
export function moderate(remark: Remark): Moderated {
  const hints = hintsOf(remark);
  return {
    decision: hints.some(({ clear }) => clear) ? 'reject' : hints.length > 0 ? 'hold' : 'publish',
    hints: inOrder(hints),
  };
}

function hintsOf(remark: Remark): Hint[] {
  const { comment } = remark;
  const others = [...finglish(comment), ...adverts(comment), ...insults(comment)];
  return [
    ...others,
    ...strays(
      remark,
      others.some(({ rule }) => rule !== 'finglish'),
    ),
  ];
}

/** By place; of several hints of one rule at one place only the longest. */
const inOrder = (hints: readonly Hint[]): Hint[] =>
  hints
    .filter(
      (one, at) =>
        !hints.some(
          (other, place) =>
            other.rule === one.rule &&
            other.start <= one.start &&
            one.end <= other.end &&
            (other.end - other.start > one.end - one.start || place < at),
        ),
    )
    .sort((one, other) => one.start - other.start || one.end - other.end);
