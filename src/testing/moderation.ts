import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CommentRule, Hint, Remark } from '#news/moderation/contract.ts';
import { type Seen, buckets, judgedRules, seenOf } from '#news/moderation/feature.ts';
import { type Weighing, scored, unit } from '#news/moderation/model.ts';
import { hintsOf, moderate, standingOf } from '#news/moderation/rules.ts';
import { root } from '#platform/config.ts';

// How the weights of the moderation are learnt: logistic regression by AdaGrad, in an order drawn from a fixed seed.

const shape = z.object({ article: z.string().optional(), comment: z.string(), labels: z.array(z.string()) });

export type Labelled = Remark & {
  readonly labels: readonly string[];
  /** Of the writers who came later. */
  readonly isFurther: boolean;
};

/** A line without an item stands under that of the line before it. */
export function labelledIn(path: string): Labelled[] {
  const isFurther = path === furtherPath;
  let under = '';
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { article, ...told } = shape.parse(JSON.parse(line));
      under = article ?? under;
      return { article: under, ...told, isFurther };
    });
}

export type Example = {
  readonly labelled: Labelled;
  readonly found: readonly Hint[];
  readonly seen: Seen;
};

export const exampleOf = (labelled: Labelled): Example => {
  const found = hintsOf(labelled);
  return { labelled, found, seen: seenOf(labelled, found) };
};

/**
 * The same short comment led in by words of its item: an insult or an advertisement stays one whatever stands before
 * it, and what is clean stays clean. Without these, words of the item excused what followed them.
 */
function led({ labelled }: Example): Example[] {
  const known = ledExamples.get(labelled);
  if (known !== undefined) return known;
  const words = labelled.comment.split(/\s+/).length;
  const lead = labelled.article
    .split(/[\s،.]+/)
    .slice(0, 3 + (labelled.comment.length % 4))
    .join(' ');
  const found = words > mostLed ? [] : [exampleOf({ ...labelled, comment: `${lead} ${labelled.comment}` })];
  ledExamples.set(labelled, found);
  return found;
}
const mostLed = 12;
const ledExamples = new WeakMap<Labelled, Example[]>();

const passes = 20;
const pace = 0.1;
const decay = 1e-4;

/** Places of the features of an example in the vector that is learnt, with their values: flat, for the many passes. */
function featuresOf({ traits, told }: Seen): { readonly places: Int32Array; readonly values: Float64Array } {
  const steps = told.flatMap((step, at) => (step === 0 ? [] : [{ place: buckets + at, step }]));
  const value = 4 / Math.sqrt(Math.max(1, traits.length));
  return {
    places: Int32Array.from([...traits.map(({ bucket }) => bucket), ...steps.map(({ place }) => place)]),
    values: Float64Array.from([...traits.map(() => value), ...steps.map(({ step }) => step)]),
  };
}

/** A generator of whole numbers below a bound, from a fixed seed. */
function drawing(): (bound: number) => number {
  let state = 7;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * bound);
  };
}

/**
 * How much each bucket tells by itself: the root of the absolute ratio of its shares under both truths, as a logarithm.
 * What is learnt begins from it (after Wang and Manning, Baselines and Bigrams, 2012).
 */
function ratiosOf(rows: readonly { readonly places: Int32Array; readonly truth: number }[]): Float64Array {
  const counts = [new Float64Array(buckets).fill(1), new Float64Array(buckets).fill(1)] as const;
  for (const { places, truth } of rows)
    for (const at of places)
      if (at < buckets) counts[truth === 1 ? 1 : 0][at] = (counts[truth === 1 ? 1 : 0][at] ?? 0) + 1;
  const [no, yes] = counts.map((all) => all.reduce((sum, one) => sum + one, 0));
  return Float64Array.from(counts[1], (count, at) =>
    Math.sqrt(Math.abs(Math.log(((count / (yes ?? 1)) * (no ?? 1)) / (counts[0][at] ?? 1)))),
  );
}

/**
 * The weights of a rule. What strays is read more strictly by the further writers than by the first ones (decision
 * 0128): there stands the mean of what is learnt from the first and of what is learnt from all.
 */
export function learn(rule: CommentRule, examples: readonly Example[]): Weighing {
  const sets =
    rule === 'off_topic'
      ? [examples.filter(({ labelled }) => !labelled.isFurther), examples]
      : [[...examples, ...examples.flatMap(led)]];
  const learnt = sets.map((set) => learntFrom(rule, set));
  const mean = Float64Array.from(
    learnt[0] ?? [],
    (_, at) => learnt.reduce((sum, one) => sum + (one[at] ?? 0), 0) / learnt.length,
  );
  return {
    traits: Int8Array.from(mean.subarray(0, buckets), (weight) =>
      Math.max(-127, Math.min(127, Math.round(weight * 32))),
    ),
    // No zero below zero.
    told: Array.from(mean.subarray(buckets), (weight) => Math.round(weight * unit) + 0),
  };
}

function learntFrom(rule: CommentRule, examples: readonly Example[]): Float64Array {
  const draw = drawing();
  const width = buckets + (examples[0]?.seen.told.length ?? 0);
  const learnt = new Float64Array(width);
  const squares = new Float64Array(width).fill(0.01);
  const rows = examples.map(({ seen, labelled }) => ({
    ...featuresOf(seen),
    truth: labelled.labels.includes(rule) ? 1 : 0,
  }));
  const ratio = ratiosOf(rows);
  for (const { places, values } of rows)
    for (let one = 0; one < places.length; one += 1)
      values[one] = (values[one] ?? 0) * (ratio[places[one] ?? 0] ?? 1);
  const order = rows.slice();
  for (let pass = 0; pass < passes; pass += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = draw(at + 1);
      const [one, two] = [order[at], order[other]];
      if (one !== undefined && two !== undefined) [order[at], order[other]] = [two, one];
    }
    for (const { places, values, truth } of order) {
      let logit = 0;
      for (let one = 0; one < places.length; one += 1)
        logit += (learnt[places[one] ?? 0] ?? 0) * (values[one] ?? 0);
      const error = 1 / (1 + Math.exp(-logit)) - truth;
      for (let one = 0; one < places.length; one += 1) {
        const at = places[one] ?? 0;
        const weight = learnt[at] ?? 0;
        const slope = error * (values[one] ?? 0) + decay * weight;
        const square = (squares[at] ?? 0) + slope * slope;
        squares[at] = square;
        learnt[at] = weight - (pace * slope) / Math.sqrt(square);
      }
    }
  }
  return learnt.map((weight, at) => weight * (ratio[at] ?? 1));
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

const commentsPath = join(root, 'src', 'testing', 'comments.jsonl');
const furtherPath = join(root, 'src', 'testing', 'further.jsonl');

/** All that is learnt from: of three writers, and of forty who came later. */
export const learntComments = (): Labelled[] => [commentsPath, furtherPath].flatMap(labelledIn);

/** Labelled by a writer who saw neither rules nor other labels; whoever works on the moderation reads only its totals. */
export const heldOutPath = join(root, 'src', 'testing', 'held-out.jsonl');

/** The totals of a labelled file as the rules and the weights stand. */
export const totalsIn = (path: string): Totals => totalsOf(labelledIn(path).map(judged));

/** Learns from every labelled comment and writes the weights. */
export function writeWeights(): void {
  const examples = learntComments().map(exampleOf);
  const rows = judgedRules.map((rule) => {
    const { traits, told } = learn(rule, examples);
    return `  ${rule}: {\n    traits:\n      '${Buffer.from(traits).toString('base64')}',\n    told: [${told.join(', ')}],\n  },`;
  });
  writeFileSync(join(root, 'src', 'news', 'moderation', 'weights.ts'), `${heading}${rows.join('\n')}\n};\n`);
}

const heading = `import type { CommentRule } from './contract.ts';

// Learnt by \`npm run moderation\` from src/testing/comments.jsonl and further.jsonl, and from nothing else; written by
// that command and never by hand. The comments were invented for this house and name no real person; they and these
// weights are under the licence of the house, Apache-2.0. Logistic regression, ${passes} passes of AdaGrad at ${pace}
// in an order from a fixed seed, decay ${decay}; each weight in eighths of a unit within one byte.

export const weights: Readonly<
  Record<CommentRule, { readonly traits: string; readonly told: readonly number[] }>
> = {
`;
