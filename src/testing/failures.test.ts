import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#platform/config.ts';

type Row = { readonly failure: string; readonly file: string; readonly name: string };

const rows: readonly Row[] = readFileSync(join(root, 'docs', 'failures.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| T\d+ \|/.test(line))
  .map((line) => {
    const [, failure = '', , file = '', name = ''] = line.split('|').map((cell) => cell.trim());
    return { failure, file, name };
  });

test('every failure of docs/failures.md names a test that stands in its file', () => {
  const known = new Set(rows.map(({ failure }) => failure));
  const waiting = new Set(['T11', 'T13']);
  for (let number = 1; number <= 18; number += 1)
    expect(known.has(`T${number}`), `T${number}`).toBe(!waiting.has(`T${number}`));
  const missing = rows.filter(({ file, name }) => {
    const path = join(root, file);
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(`'${name}'`);
  });
  expect(missing).toEqual([]);
});
