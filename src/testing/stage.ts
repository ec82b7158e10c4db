import type { Browser, Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { accessWords } from '#access/words.ts';
import { systemClock } from '#platform/clock.ts';
import { markDemonstration } from '#platform/installation.ts';
import { buildPagesWhenStale } from '#platform/pages.ts';
import { buildApp, furnish, loadDemonstration } from '#app.ts';
import { desktop, openBrowser, openContext, sidewaysOverflow } from './browser.ts';
import { openFurnishedHouse, openHouse, type House } from './house.ts';

/** Everything a browser test stands on: a house with the demonstration, served, and a browser before it. */
export type Stage = {
  readonly house: House;
  readonly address: string;
  readonly browser: Browser;
  /** Signs in as a sample user of the demonstration. */
  readonly visit: (username: string, size?: { width: number; height: number }) => Promise<Visitor>;
};

/** What `page` is seen to do wrong stands in `faults`, which a test expects to be empty. */
export type Visitor = { readonly page: Page; readonly faults: string[] };

async function demonstrate(house: House): Promise<void> {
  await furnish(house.owner);
  await loadDemonstration({ ...house, clock: systemClock }, () => {});
  await markDemonstration(house.owner, systemClock, 'loaded');
}

/**
 * Call it once, at the top level of a browser test: `const stage = await openStage();`. With `prepare` the house holds
 * what that brings in instead of the demonstration.
 */
export async function openStage(prepare?: (house: House) => Promise<void>): Promise<Stage> {
  const house = await (prepare === undefined
    ? openFurnishedHouse('demonstration', demonstrate)
    : openHouse());
  await prepare?.(house);
  await buildPagesWhenStale(house.config.root);
  const app = await buildApp({ ...house, clock: systemClock });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const browser = await openBrowser();
  // Before the house itself is closed: hooks run in the reverse of their order.
  afterAll(async () => {
    await browser.close();
    await app.close();
  });
  return {
    house,
    address,
    browser,
    visit: async (username, size = desktop) => {
      const context = await openContext(browser, { size });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      // A refused preview (422) or file (415) is an answer that the form shows; the browser logs every such status.
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 4(?:15|22)/.test(message.text()))
          faults.push(message.text());
      });
      await page.goto(`${address}/desk/sign-in`);
      await signIn(page, username);
      return { page, faults };
    },
  };
}

export async function signIn(page: Page, username: string): Promise<void> {
  await page.getByLabel(accessWords.username.fa, { exact: true }).fill(username);
  await page.getByLabel(accessWords.password.fa, { exact: true }).fill('karsaz-demo');
  await page.getByRole('button', { name: accessWords.signIn.fa, exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

const english = /[A-Za-z]{3,}/;

/** Words of the page that are English though the page is Persian; codes and the language switch are not. */
async function leftovers(page: Page): Promise<string[]> {
  const text = await page.evaluate<string>(
    "[...document.querySelectorAll('main *')].filter((one) => !one.closest('bdi, code, pre, textarea, [lang=en]') && one.children.length === 0).map((one) => one.textContent).join('\\n')",
  );
  return text.split('\n').filter((line) => english.test(line) && !/CSV|JSON|PDF/.test(line));
}

/** Nothing is wider than the screen, and no English is left on a Persian page. */
export async function expectSound(page: Page): Promise<void> {
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  expect(await leftovers(page)).toEqual([]);
}
