import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTree } from '#tidy.ts';
import { wordsOfEvent } from './words.ts';

test('every address of the interface has its words in the trail', () => {
  const sources = readTree(join(import.meta.dirname, '..', '..')).filter(({ path }) =>
    path.endsWith('routes.ts'),
  );
  const routes = sources.flatMap(({ text }) => text.match(/(?<=')\/api\/[\w/:.-]+(?=')/g) ?? []);
  expect(routes.length).toBeGreaterThan(150);
  const unnamed = routes.filter((route) =>
    /[A-Za-z]/.test(wordsOfEvent({ event: '', route: `GET ${route}` }).fa),
  );
  expect(unnamed).toEqual([]);
});
