import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assert } from '#kernel/result.ts';
import { desktop, openBrowser, openContext, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';

/**
 * Every piece of the kit in a real browser. The desk is built for this test; its two questions about the
 * installation and the session are answered here, because the web floor knows no server.
 */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** No stricter policy is served: scripts, styles and fonts of ours only, and nothing inline but style attributes. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
].join('; ');

const grant = {
  grantId: '01890000-0000-7000-8000-000000000001',
  role: 'director',
  provinceName: { fa: 'نمونه', en: 'Sample' },
  countyName: null,
  inForce: true,
};
const answers: Readonly<Record<string, unknown>> = {
  '/api/installation': { demonstration: true },
  '/api/session': {
    user: { name: 'مدیر نمونه' },
    actor: { role: 'director', scope: { province: 30, county: null, office: null, person: null } },
    grantId: grant.grantId,
    grants: [grant],
  },
};

const desk = mkdtempSync(join(tmpdir(), 'karsaz-desk-'));
let server: Server;
let browser: Browser;
let origin = '';

/** In development React tells its doubts (twice the same key, a wrong nesting) on the console. */
function buildDesk(folder: string, mode: 'development' | 'production'): void {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const order = [vite, 'build', '--outDir', folder, '--logLevel', 'error'];
  execFileSync(process.execPath, order, { cwd: root, env: { ...process.env, NODE_ENV: mode } });
}

function fileOf(path: string): string {
  const file = join(desk, path.replace(/^\/desk\/?/, ''));
  return extname(file) !== '' && existsSync(file) ? file : join(desk, 'index.html');
}

beforeAll(async () => {
  buildDesk(desk, 'development');
  server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const answer = answers[path];
    if (answer !== undefined) {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      return;
    }
    const file = fileOf(path);
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    response.end(readFileSync(file));
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const address = server.address();
  assert(address !== null && typeof address === 'object', 'the test server listens on a port');
  origin = `http://127.0.0.1:${address.port}`;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(desk, { recursive: true, force: true });
});

const looks = [
  { width: 'desktop', theme: 'light', language: 'fa' },
  { width: 'desktop', theme: 'dark', language: 'en' },
  { width: 'phone', theme: 'dark', language: 'fa' },
  { width: 'phone', theme: 'light', language: 'en' },
] as const;

async function openGallery(look: (typeof looks)[number]): Promise<{ page: Page; faults: string[] }> {
  const context = await openContext(browser, {
    size: look.width === 'phone' ? phone : desktop,
    theme: look.theme,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('blob:')) faults.push(request.url());
  });
  await page.goto(`${origin}/desk/gallery?lang=${look.language}`);
  await page.waitForSelector('.p-case');
  return { page, faults };
}

/** Texts that anybody sees or hears, without names in Latin letters, codes and the other language's own name. */
const spoken = `[...document.querySelectorAll('body *')].flatMap((element) => {
  if (element.closest('.k-code, script, noscript, style, [lang="en"], title')) return [];
  const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent);
  const named = ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? '');
  return [...own, ...named];
}).filter((text) => /[A-Za-z]{2}/.test(text.replaceAll('CSV', '')))`;

describe.each(looks)('the gallery on a $width, $theme, $language', (look) => {
  test('stands without a fault, a foreign host or anything wider than the window', async () => {
    const { page, faults } = await openGallery(look);
    await screenshot(page, `gallery-${look.width}-${look.theme}-${look.language}`);
    expect(faults).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(await page.title()).toContain(look.language === 'fa' ? 'کارساز' : 'Karsaz');
    await page.context().close();
  });

  test('has no fault that axe finds', async () => {
    const { page } = await openGallery(look);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
    expect(found).toEqual([]);
    await page.context().close();
  });
});

test('no English is left over in Persian, not even for a screen reader', async () => {
  const { page } = await openGallery(looks[0]);
  await page.getByRole('combobox').last().click();
  expect(await page.evaluate(spoken)).toEqual([]);
  await page.context().close();
});

test('no Persian is left over in English but the name of the user and of the language', async () => {
  const { page } = await openGallery(looks[1]);
  const persian = `document.body.innerText.match(/[\\u0600-\\u06ff]+/g)`;
  expect(new Set(await page.evaluate<string[]>(persian))).toEqual(new Set(['مدیر', 'نمونه', 'فارسی']));
  await page.context().close();
});

test('a figure in the text and its reason in the margin choose one another, by mouse and by key', async () => {
  const { page } = await openGallery(looks[0]);
  const mark = page.locator('.p-mark.is-contradicted');
  const note = page.locator('.p-note.is-contradicted');
  const distance = async (): Promise<number> =>
    Math.abs(((await mark.boundingBox())?.y ?? 0) - ((await note.boundingBox())?.y ?? 0));
  const before = await distance();
  await mark.click();
  expect(await note.getAttribute('class')).toContain('is-chosen');
  expect(await distance()).toBeLessThanOrEqual(before);
  await page.locator('.p-mark.is-ambiguous').focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('.p-note.is-ambiguous').getAttribute('class')).toContain('is-chosen');
  await page.context().close();
});

test('a sum typed with words is shown in rials, and an unreadable one stays as it was typed', async () => {
  const { page } = await openGallery(looks[0]);
  const field = page.locator('input[name=amount]');
  await field.fill('۲۵۰ میلیون');
  const frame = page.locator('.k-field', { has: field });
  expect(await frame.locator('.k-below').innerText()).toBe('۲۵۰ میلیون تومان · ۲٬۵۰۰٬۰۰۰٬۰۰۰ ریال');
  await field.fill('دویست');
  await page.keyboard.press('Tab');
  expect(await field.inputValue()).toBe('دویست');
  expect(await frame.locator('.k-error').innerText()).toContain('مبلغ خوانده نشد');
  await page.context().close();
});

test('the theme and the language that were chosen are kept', async () => {
  const { page } = await openGallery(looks[0]);
  await page.locator('.s-side .s-tool').first().click();
  await page.getByRole('button', { name: 'Brightness' }).first().click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.goto(`${origin}/desk/gallery`);
  await page.waitForSelector('.p-case');
  expect(
    await page.evaluate('[document.documentElement.dir, document.documentElement.dataset.theme]'),
  ).toEqual(['ltr', 'dark']);
  await page.context().close();
});

test('what is loaded before the first page stays small', () => {
  const built = join(desk, 'production');
  buildDesk(built, 'production');
  const index = readFileSync(join(built, 'index.html'), 'utf8');
  const scripts = [...index.matchAll(/(?:src|href)="\/desk\/([^"]+\.js)"/g)].map(([, path]) => path ?? '');
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts
    .map((path) => gzipSync(readFileSync(join(built, path))).byteLength)
    .reduce((a, b) => a + b, 0);
  expect(bytes).toBeLessThan(190_000);
});
