import { AxeBuilder } from '@axe-core/playwright';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { desktop, openContext, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { openStage } from '#testing/stage.ts';

/** The public side as a reader has it: no JavaScript, a slow phone, both languages, both themes. */
const { address, browser } = await openStage();
const newsPage = await (await fetch(`${address}/news`)).text();
const items = [
  ...new Set([...newsPage.matchAll(/href="(\/news\/[0-9a-f-]{36})"/g)].map((match) => match[1] ?? '')),
];

/** Every kind of public page there is, by a sample of each. */
async function publicPaths(): Promise<string[]> {
  const list = await (await fetch(`${address}/figures`)).text();
  const figure = /href="(\/f\/[0-9a-f-]{36})"/.exec(list)?.[1] ?? '/f/none';
  return [
    '/',
    '/track',
    '/track?number=123456789',
    '/data',
    '/laws',
    '/supporters',
    '/occupations',
    '/cooperatives?province=alborz',
    '/placement-agencies',
    '/placement-agencies?province=alborz',
    '/news',
    ...items,
    '/news?q=nothing-like-this',
    '/comments',
    '/figures',
    figure,
    '/licences/check',
    '/complaints',
    '/complaints/alborz',
    '/complaints/received',
    '/apply',
    '/nowhere',
  ];
}
const inBoth = (path: string): string[] => [path, path === '/' ? '/en' : `/en${path}`];

/** JavaScript stays on only where axe needs it; no page of ours has any. */
const withoutScript = (size: { width: number; height: number } = desktop): Promise<BrowserContext> =>
  browser.newContext({ viewport: size, javaScriptEnabled: false, locale: 'fa-IR' });

test('the demonstration has news: two statements, one corrected, and one with a reason for a contradicted figure', async () => {
  expect(items).toHaveLength(3);
  const pages = await Promise.all(items.map(async (path) => (await fetch(`${address}${path}`)).text()));
  expect(pages.filter((page) => page.includes('این خبر پس از انتشار اصلاح شده است'))).toHaveLength(1);
  expect(pages.filter((page) => page.includes('سندهای سامانه با این رقم‌های خبر نمی‌خوانند'))).toHaveLength(1);
  expect(pages.filter((page) => page.includes('href="/f/'))).toHaveLength(2);
});

const sizeOf = async (path: string): Promise<number> => {
  const answer = await fetch(`${address}${path}`);
  return gzipSync(Buffer.from(await answer.arrayBuffer())).length;
};

test('every public page with its style and font is below 60 kB, from no other host, and without a script', async () => {
  for (const path of (await publicPaths()).flatMap(inBoth)) {
    const markup = await (await fetch(`${address}${path}`, { headers: { accept: 'text/html' } })).text();
    const style = /href="(\/public\/style-[0-9a-f]+\.css)"/.exec(markup)?.[1] ?? '';
    const font = await fetch(`${address}/public/vazirmatn.woff2`);
    // A font is compressed in itself.
    const whole = gzipSync(markup).length + (await sizeOf(style)) + (await font.arrayBuffer()).byteLength;
    expect(whole, path).toBeLessThan(60 * 1024);
    const loaded = [
      ...markup.matchAll(/(?:src|srcset)="([^"]*)"|<link rel="(?:stylesheet|preload|icon)" href="([^"]*)"/g),
    ];
    for (const [, source = '', link = ''] of loaded)
      expect(`${source}${link}`, path).toMatch(/^(?:\/(?!\/)|data:)/);
    expect(markup.match(/<script(?! type="application\/ld\+json")/g), path).toBeNull();
  }
});

describe('axe finds nothing', () => {
  test.each([
    ['light', desktop],
    ['dark', phone],
  ] as const)(
    'on any public page, %s',
    async (theme, size) => {
      const context = await openContext(browser, { size, theme });
      const page = await context.newPage();
      for (const path of (await publicPaths()).flatMap(inBoth)) {
        await page.goto(`${address}${path}`);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([]);
        expect(await sidewaysOverflow(page), path).toBeLessThanOrEqual(0);
      }
      await context.close();
    },
    120_000,
  );

  test('nothing moves while an item is loaded', async () => {
    const context = await openContext(browser, { size: phone });
    const page = await context.newPage();
    await page.addInitScript(
      'window.shifted = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shifted += one.value; }).observe({ type: "layout-shift", buffered: true });',
    );
    for (const path of items) {
      await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
      expect(await page.evaluate<number>('window.shifted'), path).toBeLessThan(0.01);
    }
    await context.close();
  });
});

const english = /[A-Za-z]{3,}/;
async function leftovers(page: Page): Promise<string[]> {
  const text = await page.locator('main').innerText();
  return text.split('\n').filter((line) => english.test(line) && !/Atom|SHA/.test(line));
}

describe('without JavaScript', () => {
  test('a reader finds an item, rates it and changes the stars', async () => {
    const context = await withoutScript(phone);
    const page = await context.newPage();
    await page.goto(`${address}/news`);
    await page.getByRole('searchbox').fill('كارنامه مشاغل');
    await page.getByRole('button', { name: 'جست‌وجو' }).click();
    expect(await page.locator('ul.plain > li').count()).toBe(1);
    await page.getByRole('link', { name: /کارنامهٔ مشاغل خانگی البرز/ }).click();
    const count = async (): Promise<string> => page.locator('#rating strong').innerText();
    expect(await count()).toContain('۱۲ رأی');
    for (const stars of ['۱', '۵']) {
      await page.getByLabel(`${stars} ستاره`).check();
      await page.getByRole('button', { name: 'ثبت امتیاز' }).click();
      await page.getByText('امتیاز شما ثبت شد').waitFor();
      expect(await count()).toContain('۱۳ رأی');
    }
    expect(await leftovers(page)).toEqual([]);
    await context.close();
  });

  test('a comment that breaks a rule comes back with every word, is mended, sent and followed', async () => {
    const context = await withoutScript();
    const page = await context.newPage();
    const corrected = items[0] ?? '';
    await page.goto(`${address}${corrected}`);
    const body = 'برای وام مشاغل خانگی به شماره ۰۹۱۲۳۴۵۶۷۸۹ پیام بدهید';
    await page.locator('input[name=penName]').fill('خواننده');
    await page.locator('textarea[name=body]').fill(body);
    await page.getByRole('button', { name: 'فرستادن دیدگاه' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.locator('mark').first().innerText()).toContain('۰۹۱۲۳۴۵۶۷۸۹');
    expect(await page.locator('textarea[name=body]').inputValue()).toBe(body);
    expect(await page.locator('input[name=penName]').inputValue()).toBe('خواننده');
    await page.locator('textarea[name=body]').fill('وام مشاغل خانگی برای کارگاه‌های کرج هم هست؟');
    await page.getByRole('button', { name: 'فرستادن دیدگاه' }).click();
    await page.waitForURL(/\/comments\/[a-z0-9]{12}\?new=1$/);
    await page.getByText('در انتظار بررسی').waitFor();
    const code = await page.locator('dl code').innerText();
    await page.goto(`${address}/en/comments`);
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText('Waits to be looked at').waitFor();
    await context.close();
  });

  test('a figure of an item is one press away, and a doubt about it is raised there', async () => {
    const context = await withoutScript();
    const page = await context.newPage();
    await page.goto(`${address}/en${items.at(-1) ?? ''}`);
    await page.locator('a.linked').first().click();
    await page.waitForURL(/\/en\/f\//);
    await page.getByRole('textbox').fill('The sum in the letter is another one.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('A doubt was raised').waitFor();
    await context.close();
  });
});

test('on paper an item shows what its figures were held against, and nothing to type into or press', async () => {
  const context = await withoutScript();
  const page = await context.newPage();
  await page.emulateMedia({ media: 'print' });
  for (const path of [
    '/',
    '/news',
    ...(await publicPaths()).filter((one) => one.startsWith('/f/')),
    items.at(-1) ?? '',
  ]) {
    await page.goto(`${address}${path}`);
    expect(await page.locator('input:visible, textarea:visible, button:visible').count(), path).toBe(0);
  }
  expect(await page.locator('details li').first().isVisible()).toBe(true);
  expect(await page.locator('#write').isVisible()).toBe(false);
  await screenshot(page, 'public-item-paper');
  await context.close();
});

test('is looked at in both widths, both languages and both themes', async () => {
  for (const [name, size, theme] of [
    ['1440', desktop, 'light'],
    ['390', phone, 'dark'],
  ] as const) {
    const context = await openContext(browser, { size, theme });
    const page = await context.newPage();
    for (const [what, path] of [
      ['front', '/'],
      ['news', '/news'],
      ['item', items.at(-1) ?? ''],
      ['contradicted', items[1] ?? ''],
      ['follow', '/comments'],
    ] as const)
      for (const language of ['', '/en']) {
        await page.goto(`${address}${language}${path}`);
        await screenshot(page, `public-${what}${language.replace('/', '-')}-${name}`);
      }
    await context.close();
  }
});
