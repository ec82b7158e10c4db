import { afterAll, describe, expect, test } from 'vitest';
import {
  exampleOf,
  heldOutPath,
  judgedAcross,
  learn,
  learntComments,
  printedTotals,
  totalsIn,
  totalsOf,
} from '#testing/moderation.ts';
import type { CommentRule } from './contract.ts';
import { judgedRules } from './feature.ts';
import { weights } from './weights.ts';

// Comments labelled by 23 writers who had not seen the rules' code. Each is judged by weights that were learnt
// without any comment under its item; the words of the rules, and the bounds, were chosen with all of them in sight.
const labelled = learntComments();
const totals = totalsOf(judgedAcross(labelled));

const heldOut = totalsIn(heldOutPath);

afterAll(() => {
  process.stdout.write(`\nacross items:\n${printedTotals(totals)}\n\nheld out:\n${printedTotals(heldOut)}\n`);
});

/**
 * What was reached when it was last measured, a little below. The aim is 0.95 of each. Twelve of the writers were asked
 * for words far from the item in what is clean and for no plain word in what is not: theirs are harder than the others.
 */
const floors = {
  finglish: { precision: 0.98, recall: 0.98 },
  advertising: { precision: 0.99, recall: 0.98 },
  insult: { precision: 0.9, recall: 0.89 },
  off_topic: { precision: 0.9, recall: 0.76 },
} as const satisfies Record<CommentRule, { readonly precision: number; readonly recall: number }>;

describe('under items that the weights were not learnt from', () => {
  test.each(judgedRules)('%s keeps what it reached', (rule) => {
    const { precision, recall } = totals.rules[rule];
    expect(precision).toBeGreaterThanOrEqual(floors[rule].precision);
    expect(recall).toBeGreaterThanOrEqual(floors[rule].recall);
  });

  test('clean comments are seldom held and never given back', () => {
    const { count, held, rejected } = totals.clean;
    expect(held / count).toBeLessThanOrEqual(0.13);
    expect(rejected).toBe(0);
  });
});

/** What was reached on comments that nothing was chosen by, a little below. The aim is 0.95 of each. */
const heldOutFloors = {
  finglish: { precision: 0.98, recall: 0.98 },
  advertising: { precision: 0.98, recall: 0.94 },
  insult: { precision: 0.95, recall: 0.94 },
  off_topic: { precision: 0.9, recall: 0.78 },
} as const satisfies Record<CommentRule, { readonly precision: number; readonly recall: number }>;

describe('held out', () => {
  test.each(judgedRules)('%s keeps what it reached', (rule) => {
    const { precision, recall } = heldOut.rules[rule];
    expect(precision).toBeGreaterThanOrEqual(heldOutFloors[rule].precision);
    expect(recall).toBeGreaterThanOrEqual(heldOutFloors[rule].recall);
  });

  test('of clean comments at most eight in a hundred are held, and none is given back', () => {
    const { count, held, rejected } = heldOut.clean;
    expect(held / count).toBeLessThanOrEqual(0.08);
    expect(rejected).toBe(0);
  });
});

test('the weights are those that the recipe gives', () => {
  const examples = labelled.map(exampleOf);
  for (const rule of judgedRules) {
    const { traits, told } = learn(rule, examples);
    expect(Buffer.from(traits).toString('base64') === weights[rule].traits).toBe(true);
    expect(told).toEqual(weights[rule].told);
  }
}, 180_000);
