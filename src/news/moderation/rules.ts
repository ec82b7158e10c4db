import { adverts } from './advertising.ts';
import type { CommentRule, Hint, Moderated, Remark } from './contract.ts';
import { type Seen, judgedRules, seenOf } from './feature.ts';
import { finglish } from './finglish.ts';
import { collapse, fold, placeOf } from './folding.ts';
import { insults } from './insult.ts';
import { bounds, heaviestOf, scoreOf } from './model.ts';
import { strays } from './topic.ts';

/**
 * Looks at a comment under the four rules. The rules say where and why; a linear model weighs the whole comment
 * beside them. Given back is only what a rule finds clear and the model agrees with strongly; a person looks where
 * either sees enough. Pure: the same comment under the same item is always judged alike, on every machine.
 */
export function moderate(remark: Remark): Moderated {
  const found = hintsOf(remark);
  const seen = seenOf(remark, found);
  const hints = judgedRules.flatMap((rule) => weighed(rule, { remark, found, seen }));
  return {
    decision: hints.some(({ clear }) => clear) ? 'reject' : hints.length > 0 ? 'hold' : 'publish',
    hints: inOrder(hints),
  };
}

type Evidence = { readonly remark: Remark; readonly found: readonly Hint[]; readonly seen: Seen };

type Standing = { readonly stands: boolean; readonly isSure: boolean };

/** Whether what a rule found stands beside the score of the model, and whether no person needs to look. */
export function standingOf(rule: CommentRule, found: readonly Hint[], score: number): Standing {
  const { clear, unclear, alone, sure } = bounds[rule];
  const own = found.filter((hint) => hint.rule === rule);
  const isClear = own.some((hint) => hint.clear);
  const least = own.length === 0 ? alone : isClear ? clear : unclear;
  return { stands: score >= least, isSure: isClear && score >= Math.max(sure, least) };
}

/** What stands of one rule's hints beside the score of the model, or the model's own doubt. */
function weighed(rule: CommentRule, { remark, found, seen }: Evidence): Hint[] {
  if (seen.traits.length === 0) return [];
  const { stands, isSure } = standingOf(rule, found, scoreOf(rule, seen));
  if (!stands) return [];
  const own = found.filter((hint) => hint.rule === rule);
  if (own.length === 0) return [{ rule, ...placeIn(remark.comment, rule, seen), clear: false }];
  return own.map((hint) => ({ ...hint, clear: hint.clear && isSure }));
}

/** Where the model's doubt is named: the word that weighs most; of a comment that has strayed, the whole. */
function placeIn(comment: string, rule: CommentRule, seen: Seen): Pick<Hint, 'start' | 'end'> {
  const trait = rule === 'off_topic' ? undefined : heaviestOf(rule, seen);
  if (trait === undefined) return { start: 0, end: Array.from(comment).length };
  return placeOf(collapse(fold(comment)), trait.from, trait.to);
}

/** What the rules find by themselves, before it is weighed. */
export function hintsOf(remark: Remark): Hint[] {
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
