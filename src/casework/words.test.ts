import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '..');

test('one thing has one word in every room: a tracking number, and a search', () => {
  const texts = globSync(['**/{words,contract}.ts'], { cwd: src });
  expect(texts.length).toBeGreaterThan(50);
  // A bank's own number of a loan is no tracking number of ours, and a heading of the lists that banks send.
  const ours = texts.filter((path) => !path.startsWith(join('credit', 'banklist')));
  for (const path of ours) expect(readFileSync(join(src, path), 'utf8'), path).not.toContain('شمارهٔ پیگیری');
  for (const path of texts) expect(readFileSync(join(src, path), 'utf8'), path).not.toContain('جستجو');
});
