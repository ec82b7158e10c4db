import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { dictionaryModule } from './persian-aria.ts';

const root = (name: string): string => {
  const entry = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return dirname(entry);
};

test('what the desk uses of React Aria has a Persian sentence for each English one', () => {
  for (const folder of [
    'breadcrumbs',
    'combobox',
    'menu',
    'numberfield',
    'overlays',
    'searchfield',
    'toast',
  ]) {
    const base = join(root('react-aria'), 'dist/private');
    const id = join(base, folder, 'intlStrings.mjs');
    expect(existsSync(id), id).toBe(true);
    const english = readFileSync(join(base, 'intl', folder, 'en-US.mjs'), 'utf8');
    const keys = [...english.matchAll(/^ {4}"([^"]+)":/gm)].map(([, key]) => key ?? '');
    expect(keys.length).toBeGreaterThan(0);
    const stand = dictionaryModule(id) ?? '';
    for (const key of keys) expect(stand).toContain(`${JSON.stringify(key)}:`);
  }
});

test('a file that is no dictionary is left alone', () => {
  expect(dictionaryModule('/x/react-aria/dist/private/combobox/useComboBox.mjs')).toBeUndefined();
});
