import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { desktop, phone, screenshot } from '#testing/browser.ts';
import { drawPdf, keepSheet, readPdf } from '#testing/paper.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { receiptLabels } from '../receipt/words.ts';
import { statusWords } from '../status/words.ts';
import { caseLabels } from '../words.ts';
import { ownLabels } from './words.ts';

const { address, visit } = await openStage();

const heading = (page: Page, text: string) =>
  page.getByRole('heading', { name: text, exact: true }).first().waitFor();

async function pagesOf(pdf: Uint8Array): Promise<number> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  const count = document.getPageCount();
  document.destroy();
  library.destroy();
  return count;
}

for (const size of [phone, desktop])
  test(`an applicant lands on their own cases and prints a receipt at ${size.width}`, async () => {
    const { page, faults } = await visit('applicant-alborz', size);
    await page.goto(`${address}/desk/`);
    await page.waitForURL(/\/desk\/cases$/);
    await heading(page, ownLabels.mine.fa);
    const card = page.locator('.k-card').first();
    await card.waitFor();
    // Nothing of an officer's inbox.
    const text = (await page.locator('main').textContent()) ?? '';
    for (const { fa } of [caseLabels.keys, caseLabels.views, caseLabels.mine, caseLabels.role])
      expect(text).not.toContain(fa);
    expect(text).toMatch(/[۰-۹]{4}-[۰-۹]{4}-[۰-۹]/);
    if (size === phone) await page.locator('.s-top button').first().click();
    await page.getByRole('navigation').getByRole('link', { name: ownLabels.mine.fa }).first().waitFor();
    if (size === phone) await page.keyboard.press('Escape');
    await expectSound(page);
    await screenshot(page, `own-cases-${size.width}`);

    await card.getByRole('link', { name: receiptLabels.short.fa, exact: true }).click();
    await page.waitForURL(/\/receipt$/);
    await heading(page, receiptLabels.next.fa);
    for (const { fa } of [receiptLabels.who, receiptLabels.about, receiptLabels.byWhen])
      await page.locator('.k-card dt').getByText(fa, { exact: true }).waitFor();
    await expectSound(page);
    await screenshot(page, `receipt-${size.width}`);

    await page.emulateMedia({ media: 'print' });
    for (const part of ['.s-side', '.s-top', '.k-head', '.k-button'])
      for (const one of await page.locator(part).all()) expect(await one.isVisible(), part).toBe(false);
    expect(await page.locator('.k-card').isVisible()).toBe(true);
    await screenshot(page, `receipt-print-${size.width}`);
    for (const format of ['A5', 'A4']) {
      const pdf = await page.pdf({ format });
      keepSheet(await drawPdf(pdf), `receipt-${format}-${size.width}`);
      expect(await pagesOf(pdf), format).toBe(1);
      expect(await readPdf(pdf)).toContain('track');
    }
    await page.emulateMedia({ media: 'screen' });

    const link = page.locator('.k-card a[href*="/track"]');
    const public_ = must((await link.getAttribute('href')) ?? undefined, 'an address');
    await page.goto(public_);
    await page.getByText(statusWords.stage.fa, { exact: true }).waitFor();
    expect(faults).toEqual([]);
  }, 90_000);

test('the case and the receipt are read in English, and an officer keeps the inbox', async () => {
  const { page } = await visit('applicant-alborz', phone);
  await page.goto(`${address}/desk/cases?lang=en`);
  await heading(page, ownLabels.mine.en);
  await page.locator('.k-card').first().waitFor();
  await screenshot(page, 'own-cases-390-en');
  await page
    .locator('.k-card')
    .first()
    .getByRole('link', { name: receiptLabels.short.en, exact: true })
    .click();
  await heading(page, receiptLabels.next.en);
  await screenshot(page, 'receipt-390-en');

  const officer = await visit('county-office-alborz');
  await officer.page.goto(`${address}/desk/cases`);
  await heading(officer.page, caseLabels.inbox.fa);
  await officer.page.locator('.k-table tbody th a').first().click();
  await officer.page.getByRole('link', { name: receiptLabels.short.fa, exact: true }).click();
  await heading(officer.page, receiptLabels.next.fa);
  await screenshot(officer.page, 'receipt-officer-1440');
}, 90_000);

test('whoever is not signed in is led to the door', async () => {
  const { page } = await visit('applicant-alborz');
  await page.context().clearCookies();
  await page.goto(`${address}/desk/cases`);
  await page.waitForURL(/\/sign-in/);
});
