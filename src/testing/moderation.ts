import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CommentRule, Hint, Remark } from '#news/moderation/contract.ts';
import { type Seen, buckets, judgedRules, seenOf } from '#news/moderation/feature.ts';
import { type Weighing, scored, unit } from '#news/moderation/model.ts';
import { hintsOf, moderate, standingOf } from '#news/moderation/rules.ts';
import { root } from '#platform/config.ts';

// How the weights of the moderation are learnt: logistic regression by AdaGrad, in an order drawn from a fixed seed.

const shape = z.object({ article: z.string(), comment: z.string(), labels: z.array(z.string()) });

export type Labelled = Remark & { readonly labels: readonly string[] };

export const labelledIn = (path: string): Labelled[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => shape.parse(JSON.parse(line)));

export type Example = {
  readonly labelled: Labelled;
  readonly found: readonly Hint[];
  readonly seen: Seen;
};

export const exampleOf = (labelled: Labelled): Example => {
  const found = hintsOf(labelled);
  return { labelled, found, seen: seenOf(labelled, found) };
};

const passes = 20;
const pace = 0.1;
const decay = 1e-4;

/** Places of the features of an example in the vector that is learnt, with their values. */
function featuresOf({ traits, told }: Seen): (readonly [number, number])[] {
  const value = 4 / Math.sqrt(Math.max(1, traits.length));
  return [
    ...traits.map(({ bucket }) => [bucket, value] as const),
    ...told.flatMap((step, at) => (step === 0 ? [] : [[buckets + at, step] as const])),
  ];
}

/** A generator of whole numbers below a bound, from a fixed seed. */
function drawing(): (bound: number) => number {
  let state = 7;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * bound);
  };
}

export function learn(rule: CommentRule, examples: readonly Example[]): Weighing {
  const draw = drawing();
  const width = buckets + (examples[0]?.seen.told.length ?? 0);
  const learnt = new Float64Array(width);
  const squares = new Float64Array(width).fill(0.01);
  const rows = examples.map(({ seen, labelled }) => ({
    features: featuresOf(seen),
    truth: labelled.labels.includes(rule) ? 1 : 0,
  }));
  const order = rows.slice();
  for (let pass = 0; pass < passes; pass += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = draw(at + 1);
      const [one, two] = [order[at], order[other]];
      if (one !== undefined && two !== undefined) [order[at], order[other]] = [two, one];
    }
    for (const { features, truth } of order) {
      const logit = features.reduce((sum, [at, value]) => sum + (learnt[at] ?? 0) * value, 0);
      const error = 1 / (1 + Math.exp(-logit)) - truth;
      for (const [at, value] of features) {
        const slope = error * value + decay * (learnt[at] ?? 0);
        const square = (squares[at] ?? 0) + slope * slope;
        squares[at] = square;
        learnt[at] = (learnt[at] ?? 0) - (pace * slope) / Math.sqrt(square);
      }
    }
  }
  return {
    traits: Int8Array.from(learnt.subarray(0, buckets), (weight) =>
      Math.max(-127, Math.min(127, Math.round(weight * 32))),
    ),
    told: Array.from(learnt.subarray(buckets), (weight) => Math.round(weight * unit)),
  };
}

export type Crossed = Example & { readonly scores: Readonly<Record<CommentRule, number>> };

/** Each example scored by weights that were learnt without any comment under its item. */
export function crossed(examples: readonly Example[], parts = 5): Crossed[] {
  const items = [...new Set(examples.map(({ labelled }) => labelled.article))];
  const partOf = new Map(items.map((item, at) => [item, at % parts]));
  return Array.from({ length: parts }, (_, part) => part).flatMap((part) => {
    const known = examples.filter(({ labelled }) => partOf.get(labelled.article) !== part);
    const left = examples.filter(({ labelled }) => partOf.get(labelled.article) === part);
    const weighings = judgedRules.map((rule) => [rule, learn(rule, known)] as const);
    return left.map((example) => {
      const scores = { finglish: 0, advertising: 0, insult: 0, off_topic: 0 };
      for (const [rule, weighing] of weighings) scores[rule] = scored(weighing, example.seen);
      return { ...example, scores };
    });
  });
}

export type Judged = {
  readonly labels: readonly string[];
  readonly rules: ReadonlySet<CommentRule>;
  readonly isRejected: boolean;
};

/** Each labelled comment judged as it would be if no comment under its item had been learnt from. */
export const judgedAcross = (labelled: readonly Labelled[]): Judged[] =>
  crossed(labelled.map(exampleOf)).map(({ labelled: { labels }, found, scores }) => {
    const standings = judgedRules.map((rule) => [rule, standingOf(rule, found, scores[rule])] as const);
    return {
      labels,
      rules: new Set(standings.filter(([, { stands }]) => stands).map(([rule]) => rule)),
      isRejected: standings.some(([, { isSure }]) => isSure),
    };
  });

const judged = (labelled: Labelled): Judged => {
  const { decision, hints } = moderate(labelled);
  return {
    labels: labelled.labels,
    rules: new Set(hints.map(({ rule }) => rule)),
    isRejected: decision === 'reject',
  };
};

export type Totals = {
  readonly rules: Readonly<Record<CommentRule, ReturnType<typeof ruleTotal>>>;
  readonly clean: { readonly count: number; readonly held: number; readonly rejected: number };
};

function ruleTotal(all: readonly Judged[], rule: CommentRule) {
  const count = (said: boolean, meant: boolean): number =>
    all.filter(({ rules, labels }) => rules.has(rule) === said && labels.includes(rule) === meant).length;
  const [right, wrong, missed] = [count(true, true), count(true, false), count(false, true)];
  return { right, wrong, missed, precision: right / (right + wrong), recall: right / (right + missed) };
}

export function totalsOf(all: readonly Judged[]): Totals {
  const clean = all.filter(({ labels }) => labels.length === 0);
  return {
    rules: {
      finglish: ruleTotal(all, 'finglish'),
      advertising: ruleTotal(all, 'advertising'),
      insult: ruleTotal(all, 'insult'),
      off_topic: ruleTotal(all, 'off_topic'),
    },
    clean: {
      count: clean.length,
      held: clean.filter(({ rules, isRejected }) => rules.size > 0 && !isRejected).length,
      rejected: clean.filter(({ isRejected }) => isRejected).length,
    },
  };
}

/** Only totals, so that whoever prints them sees no comment of a set that is held out. */
export const printedTotals = ({ rules, clean }: Totals): string =>
  [
    ...judgedRules.map((rule) => {
      const { right, wrong, missed, precision, recall } = rules[rule];
      return `${rule}: right ${right}, wrong ${wrong}, missed ${missed}; precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`;
    }),
    `clean: ${clean.count}, held ${clean.held}, rejected ${clean.rejected}`,
  ].join('\n');

export const commentsPath = join(root, 'src', 'testing', 'comments.jsonl');

/** Labelled by a writer who saw neither rules nor other labels; whoever works on the moderation reads only its totals. */
export const heldOutPath = join(root, 'src', 'testing', 'held-out.jsonl');

/** The totals of a labelled file as the rules and the weights stand. */
export const totalsIn = (path: string): Totals => totalsOf(labelledIn(path).map(judged));

/** Learns from every labelled comment and writes the weights. */
export function writeWeights(): void {
  const examples = labelledIn(commentsPath).map(exampleOf);
  const rows = judgedRules.map((rule) => {
    const { traits, told } = learn(rule, examples);
    return `  ${rule}: {\n    traits:\n      '${Buffer.from(traits).toString('base64')}',\n    told: [${told.join(', ')}],\n  },`;
  });
  writeFileSync(join(root, 'src', 'news', 'moderation', 'weights.ts'), `${heading}${rows.join('\n')}\n};\n`);
}

const heading = `import type { CommentRule } from './contract.ts';

// Learnt by \`npm run moderation\` from src/testing/comments.jsonl, and from nothing else; written by that command
// and never by hand. The comments were invented for this house and name no real person; they and these weights are
// under the licence of the house, Apache-2.0. Logistic regression, 20 passes of AdaGrad at 0.1 in an order from a
// fixed seed, decay 0.0001; each weight in eighths of a unit within one byte.

export const weights: Readonly<
  Record<CommentRule, { readonly traits: string; readonly told: readonly number[] }>
> = {
`;
