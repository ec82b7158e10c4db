import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { root } from '#platform/config.ts';
import type { CommentRule } from './contract.ts';
import { moderate } from './rules.ts';

// 687 comments under twenty invented items, labelled by somebody who had not seen the rules' code. Words and
// thresholds were chosen on the lines of even number; what is measured here are the others.

const shape = z.object({ article: z.string(), comment: z.string(), labels: z.array(z.string()) });
const held = readFileSync(join(root, 'src', 'testing', 'comments.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => shape.parse(JSON.parse(line)))
  .filter((_, at) => at % 2 === 1);

/** What was reached when it was last measured, a little below. The aim is 0.95 of each. */
const floors = {
  finglish: { precision: 0.95, recall: 0.95 },
  advertising: { precision: 0.94, recall: 0.92 },
  insult: { precision: 0.88, recall: 0.82 },
  off_topic: { precision: 0.82, recall: 0.8 },
} as const satisfies Record<CommentRule, { readonly precision: number; readonly recall: number }>;

const table: string[] = [];
afterAll(() => void process.stdout.write(`\n${table.join('\n')}\n`));

function countsOf(rule: CommentRule) {
  const counts = { right: 0, wrong: 0, missed: 0 };
  for (const { labels, ...remark } of held) {
    const said = moderate(remark).hints.some((hint) => hint.rule === rule);
    if (said && labels.includes(rule)) counts.right += 1;
    else if (said) counts.wrong += 1;
    else if (labels.includes(rule)) counts.missed += 1;
  }
  return counts;
}

describe('on comments that no rule was fitted to', () => {
  test.each(['finglish', 'advertising', 'insult', 'off_topic'] as const)(
    '%s keeps what it reached',
    (rule) => {
      const { right, wrong, missed } = countsOf(rule);
      const precision = right / (right + wrong);
      const recall = right / (right + missed);
      table.push(
        `${rule}: right ${right}, wrong ${wrong}, missed ${missed}; precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
      );
      expect(precision).toBeGreaterThanOrEqual(floors[rule].precision);
      expect(recall).toBeGreaterThanOrEqual(floors[rule].recall);
    },
  );

  test('clean ones are seldom held and hardly ever rejected', () => {
    const clean = held.filter(({ labels }) => labels.length === 0);
    const decided = clean.map((remark) => moderate(remark).decision);
    const rejected = decided.filter((decision) => decision === 'reject').length;
    const heldBack = decided.filter((decision) => decision === 'hold').length;
    table.push(`clean: ${clean.length}, held ${heldBack}, rejected ${rejected}`);
    expect(heldBack / clean.length).toBeLessThanOrEqual(0.12);
    expect(rejected).toBeLessThanOrEqual(1);
  });
});
