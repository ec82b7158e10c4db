import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { root } from './config.ts';
import { buildPagesWhenStale } from './pages.ts';

const box = mkdtempSync(join(tmpdir(), 'karsaz-pages-'));
afterAll(() => rmSync(box, { recursive: true }));

let tree = '';
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
};
const scripts = (): string =>
  readdirSync(join(tree, 'dist', 'desk', 'assets'))
    .map((name) => readFileSync(join(tree, 'dist', 'desk', 'assets', name), 'utf8'))
    .join('\n');

beforeEach(() => {
  tree = mkdtempSync(join(box, 'tree-'));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  write(
    'vite.config.ts',
    `export default { root: ${JSON.stringify(join(tree, 'src', 'web'))}, logLevel: 'error' };`,
  );
  write('package-lock.json', '{}');
  write('src/web/index.html', '<script type="module" src="../app.web.tsx"></script>');
  write('src/app.web.tsx', `document.title = 'first words';`);
  write('src/credit/queries.ts', '');
});

test('builds once, and again only when what a page is made of has changed', async () => {
  expect(await buildPagesWhenStale(tree)).toBe('built');
  expect(scripts()).toContain('first words');
  expect(await buildPagesWhenStale(tree)).toBe('fresh');
  write('src/credit/queries.ts', 'export const changed = 1;');
  write('src/app.test.ts', '');
  expect(await buildPagesWhenStale(tree)).toBe('fresh');
  write('src/app.web.tsx', `document.title = 'second words';`);
  expect(await buildPagesWhenStale(tree)).toBe('built');
  expect(scripts()).toContain('second words');
  expect(scripts()).not.toContain('first words');
});

test('leaves the pages of before in place when a build fails, and tries again', async () => {
  await buildPagesWhenStale(tree);
  write('src/app.web.tsx', `import './missing.ts';`);
  await expect(buildPagesWhenStale(tree)).rejects.toThrow('The web pages could not be built');
  expect(scripts()).toContain('first words');
  expect(readdirSync(join(tree, 'dist'))).toEqual(['desk']);
  write('src/missing.ts', `document.title = 'third words';`);
  expect(await buildPagesWhenStale(tree)).toBe('built');
  expect(scripts()).toContain('third words');
});

test('says that there are no pages where there are none', async () => {
  rmSync(join(tree, 'vite.config.ts'));
  expect(await buildPagesWhenStale(tree)).toBe('none');
  expect(existsSync(join(tree, 'dist'))).toBe(false);
});
