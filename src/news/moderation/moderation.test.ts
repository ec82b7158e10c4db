import { afterAll, describe, expect, test } from 'vitest';
import {
  commentsPath,
  exampleOf,
  judgedAcross,
  labelledIn,
  learn,
  printedTotals,
  totalsOf,
} from '#testing/moderation.ts';
import type { CommentRule } from './contract.ts';
import { judgedRules } from './feature.ts';
import { weights } from './weights.ts';

// Comments labelled by three writers who had not seen the rules' code. Each is judged by weights that were learnt
// without any comment under its item; the words of the rules, and the bounds, were chosen with all of them in sight.
const labelled = labelledIn(commentsPath);
const totals = totalsOf(judgedAcross(labelled));

afterAll(() => void process.stdout.write(`\n${printedTotals(totals)}\n`));

/** What was reached when it was last measured, a little below. The aim is 0.95 of each. */
const floors = {
  finglish: { precision: 0.96, recall: 0.97 },
  advertising: { precision: 0.98, recall: 0.98 },
  insult: { precision: 0.9, recall: 0.91 },
  off_topic: { precision: 0.91, recall: 0.84 },
} as const satisfies Record<CommentRule, { readonly precision: number; readonly recall: number }>;

describe('under items that the weights were not learnt from', () => {
  test.each(judgedRules)('%s keeps what it reached', (rule) => {
    const { precision, recall } = totals.rules[rule];
    expect(precision).toBeGreaterThanOrEqual(floors[rule].precision);
    expect(recall).toBeGreaterThanOrEqual(floors[rule].recall);
  });

  test('clean comments are seldom held and never given back', () => {
    const { count, held, rejected } = totals.clean;
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
});
