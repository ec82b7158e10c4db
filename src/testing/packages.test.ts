import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#platform/config.ts';

type Package = { readonly optionalDependencies?: Readonly<Record<string, string>> };

/**
 * npm 11 refuses `npm ci` when the lock file lacks the optional packages of other platforms, and writes such a
 * lock file itself where the registry does not carry them. npm 10 takes both.
 */
test('the lock file names the optional packages of every platform', () => {
  const lock: { packages: Readonly<Record<string, Package>> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter(
        (name) =>
          !(`node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages),
      )
      .map((name) => `${name}, wanted by ${path}`),
  );
  expect(missing).toEqual([]);
});
