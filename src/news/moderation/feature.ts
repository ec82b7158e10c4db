import type { CommentRule, Hint, Remark } from './contract.ts';
import { contentOf } from './field.ts';
import { type Folded, collapse, fold, stemOf, tokensOf } from './folding.ts';
import { type Spoken, fieldsUnder, spokenUnder } from './topic.ts';

/** A stretch of the comment that weighs on the judgement, as the model counts it: its bucket and its place. */
export type Trait = { readonly bucket: number; readonly from: number; readonly to: number };

/** What the model sees of a comment: its traits, and what the rules found, as numbers below 2. */
export type Seen = { readonly traits: readonly Trait[]; readonly told: readonly number[] };

export const buckets = 32_768;
export const judgedRules = ['finglish', 'advertising', 'insult', 'off_topic'] as const;

/** FNV-1a over units: the same on every machine. */
function bucketOf(kind: string, text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < kind.length; at += 1) hash = Math.imul(hash ^ kind.charCodeAt(at), 0x01000193);
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % buckets;
}

/** Words, pairs of them and runs of three to five letters; what the item says too is counted apart. */
export function seenOf(remark: Remark, hints: readonly Hint[]): Seen {
  const folded = collapse(fold(remark.comment));
  const masked = folded.text.replace(/[0-9]/g, '0');
  const article = articleOf(remark.article);
  const traits = new Map<number, Trait>();
  const add = (kind: string, text: string, from: number, to: number): void => {
    const bucket = bucketOf(kind, text);
    if (!traits.has(bucket)) traits.set(bucket, { bucket, from, to });
  };
  const words = tokensOf(folded);
  const fields = fieldsUnder(remark.article);
  words.forEach(({ word, from, to }, at) => {
    const shown = /^[0-9]/.test(word) ? `0${word.length}` : word;
    const stem = stemOf(shown);
    add('w', shown, from, to);
    add(article.stems.has(stem) ? 'in' : 'out', stem, from, to);
    if (!/^[0-9]/.test(word)) for (const field of fields) add('f', `${field} ${stem}`, from, to);
    const next = words[at + 1];
    if (next !== undefined) add('p', `${shown} ${next.word}`, from, next.to);
    const around = ` ${word} `;
    if (!/^[0-9]/.test(word))
      for (let length = 3; length <= 5; length += 1)
        for (let start = 0; start + length <= around.length; start += 1)
          add('c', around.slice(start, start + length), from, to);
  });
  for (const match of masked.matchAll(/[^\p{L}\s]+/gu))
    add('s', match[0], match.index, match.index + match[0].length);
  return { traits: [...traits.values()], told: toldOf({ remark, hints, article, folded }) };
}

type Article = { readonly stems: ReadonlySet<string>; readonly runs: ReadonlySet<string> };
const articles = new Map<string, Article>();
const mostArticles = 50;

function articleOf(text: string): Article {
  const known = articles.get(text);
  if (known !== undefined) return known;
  const words = tokensOf(collapse(fold(text))).map(({ word }) => word);
  const article = { stems: new Set(words.map(stemOf)), runs: new Set(words.flatMap(runsOf)) };
  if (articles.size >= mostArticles) articles.clear();
  articles.set(text, article);
  return article;
}

const runsOf = (word: string): string[] =>
  Array.from({ length: Math.max(0, word.length - 3) }, (_, at) => word.slice(at, at + 4));

const steps = (value: number, bounds: readonly number[]): number[] =>
  bounds.map((bound) => (value >= bound ? 1 : 0));

const share = (part: number, whole: number): number => (whole === 0 ? 50 : Math.floor((100 * part) / whole));

type Looked = {
  readonly remark: Remark;
  readonly hints: readonly Hint[];
  readonly article: Article;
  readonly folded: Folded;
};

/** What the rules found and how much is shared with the item, each as steps that are reached or not. */
function toldOf({ remark, hints, article, folded }: Looked): number[] {
  const { comment } = remark;
  const count = (rule: CommentRule, clear: boolean): number =>
    hints.filter((hint) => hint.rule === rule && hint.clear === clear).length;
  const content = contentOf(folded).map(({ word }) => word);
  const runs = content.flatMap(runsOf);
  const spoken: Spoken = spokenUnder(remark);
  return [
    1,
    ...judgedRules.flatMap((rule) => [
      ...steps(count(rule, true), [1, 2]),
      ...steps(count(rule, false), [1, 2]),
    ]),
    ...steps(
      share(content.filter((word) => article.stems.has(stemOf(word))).length, content.length),
      [1, 10, 20, 30, 45, 60],
    ),
    ...steps(share(runs.filter((run) => article.runs.has(run)).length, runs.length), [1, 10, 20, 30, 45, 60]),
    ...steps(spoken.shared, [1, 2, 4, 7]),
    ...steps(spoken.apart, [1, 2, 4, 8]),
    ...steps(spoken.apart - spoken.shared, [-4, -1, 0, 1, 3, 6]),
    ...steps(spoken.foreign, [1, 2, 3]),
    ...steps(spoken.certain, [1, 2]),
    ...steps(content.length, [3, 6, 12, 20]),
    ...steps((comment.match(/[A-Za-z]/g) ?? []).length, [1, 8, 20]),
    ...steps((folded.text.match(/[0-9]/g) ?? []).length, [1, 4, 8]),
    ...steps((comment.match(/[!]/g) ?? []).length, [1, 3]),
    ...steps((comment.match(/[؟?]/g) ?? []).length, [1, 2]),
    /[«"“]/.test(comment) ? 1 : 0,
    /(?<!\p{L})(?:شما|تو|شماها|خودت|خودتون|برو|بمیر|ای)(?!\p{L})/u.test(folded.text) ? 1 : 0,
  ];
}
