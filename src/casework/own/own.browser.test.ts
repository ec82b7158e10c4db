import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Id, id, newId } from '#kernel/id.ts';
import { persianDigits } from '#kernel/persian.ts';
import { must, ok } from '#kernel/result.ts';
import { requestKind } from '#licence/rules.ts';
import { licenceCaseWords } from '#licence/request/words.ts';
import { requestActWords } from '#licence/words.ts';
import { systemClock } from '#platform/clock.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { desktop, phone, screenshot } from '#testing/browser.ts';
import { drawPdf, keepSheet, readPdf } from '#testing/paper.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { act, openCase, timelineOf } from '../actions.ts';
import { receiptLabels } from '../receipt/words.ts';
import { statusWords } from '../status/words.ts';
import { caseLabels } from '../words.ts';
import { ownCasesShape } from './contract.ts';
import { ownLabels } from './words.ts';

const { address, house, visit } = await openStage();
const alborz = 30;
const whole = { ...noScope, province: alborz };

const heading = (page: Page, text: string) =>
  page.getByRole('heading', { name: text, exact: true }).first().waitFor();

/** The facts of a case as its page tells them to the applicant: what it is about, whose turn it is, and no dash. */
async function factsOf(page: Page, language: 'fa' | 'en'): Promise<Readonly<Record<string, string>>> {
  await heading(page, caseLabels.facts[language]);
  const facts = page.locator('dl', { has: page.getByText(ownLabels.request[language], { exact: true }) });
  const names = await facts.locator('dt').allTextContents();
  const values = await facts.locator('dd').allTextContents();
  for (const nothing of ['', '–', caseLabels.nobody[language]]) expect(values).not.toContain(nothing);
  for (const ofOfficers of [caseLabels.letterHint, caseLabels.subject])
    expect(await page.locator('main').textContent()).not.toContain(ofOfficers[language]);
  for (const ofOfficers of [caseLabels.subjectColumn, caseLabels.holder])
    expect(names).not.toContain(ofOfficers[language]);
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
}

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
    const called = (await card.locator('h3').textContent()) ?? '';
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

    await page.locator('.k-path').getByRole('link', { name: caseLabels.case.fa, exact: true }).click();
    await heading(page, caseLabels.letter.fa);
    await page.locator('.k-path').getByRole('link', { name: ownLabels.mine.fa, exact: true }).waitFor();
    const facts = await factsOf(page, 'fa');
    expect(facts[ownLabels.request.fa]).toBe(called);
    await expectSound(page);
    await screenshot(page, `own-case-${size.width}`);
    await page.goto(`${page.url()}?lang=en`);
    expect((await factsOf(page, 'en'))[ownLabels.request.en]).toContain(
      licenceCaseWords.licence_request.title.en,
    );
    await expectSound(page);
    await screenshot(page, `own-case-${size.width}-en`);
    await page.goto(page.url().replace('lang=en', 'lang=fa'));
    await heading(page, caseLabels.letter.fa);
    await page.getByRole('link', { name: receiptLabels.short.fa, exact: true }).click();
    const link = page.locator('.k-card a[href*="/track"]');
    const public_ = must((await link.getAttribute('href')) ?? undefined, 'an address');
    await page.goto(public_);
    await page.getByText(statusWords.stage.fa, { exact: true }).waitFor();
    expect(faults).toEqual([]);
  }, 90_000);

test('an applicant without a case is told what to do, and may begin', async () => {
  const { page, faults } = await visit('applicant-lorestan', phone);
  await page.goto(`${address}/desk/cases`);
  await page.getByText(ownLabels.empty.fa).waitFor();
  await expectSound(page);
  await screenshot(page, 'own-empty-390');
  await page.locator('.k-empty a').first().click();
  await page.waitForURL(/\/licences\/new$/);
  expect(faults).toEqual([]);
});

/** Requests that were sent back to the applicant of the demonstration, as many as make them hard to find. */
async function sendBack(caseId: Id, count: number): Promise<void> {
  const done = await inTransaction(house.db, whole, async (tx) => {
    const first = must((await timelineOf(tx, { provinceId: alborz, caseId }))[0], 'a first act');
    for (let made = 0; made < count; made += 1) {
      const ids = { id: newId(Date.now()), caseId: newId(Date.now()) };
      const opening = { ...first, ...ids, facts: {}, reason: null, officeId: null, reviewOfficeId: null };
      const opened = await openCase(tx, requestKind, { opening, by: first.by, clock: systemClock });
      if (!opened.ok) return opened;
      const order = {
        id: newId(Date.now()),
        caseId: ids.caseId,
        act: 'return',
        seenVersion: 1,
        facts: {},
        reason: 'نشانی کارگاه ناقص است.',
        happenedOn: first.happenedOn,
      };
      const by = { ...first.by, role: 'county_office' };
      const returned = await act(tx, requestKind, { provinceId: alborz, order, by, clock: systemClock });
      if (!returned.ok) return returned;
    }
    return ok();
  });
  expect(done).toMatchObject({ ok: true });
}

test('one who has many cases searches among them, and their turn stands out', async () => {
  const { page, faults } = await visit('applicant-alborz', phone);
  const before = await page.request.get(`${address}/api/provinces/${alborz}/cases/own`);
  const [known] = ownCasesShape.parse(await before.json()).items;
  await page.goto(`${address}/desk/cases`);
  await page.locator('.k-card').first().waitFor();
  expect(await page.locator('input[name="search"]').count()).toBe(0);
  await sendBack(id(must(known, 'a case').id), 8);
  await page.reload();
  await page.getByText(ownLabels.turn.fa).first().waitFor();
  expect(await page.locator('.k-card').count()).toBe(9);
  await expectSound(page);
  await screenshot(page, 'own-many-390');
  const number = must(known, 'a case').number;
  await page.locator('input[name="search"]').fill(persianDigits(number.replaceAll('-', '')));
  await page.locator('.k-card').nth(1).waitFor({ state: 'detached' });
  expect(await page.locator('.k-card').textContent()).toContain(persianDigits(number));
  await page.locator('input[name="search"]').fill('هیچ');
  await page.getByText(ownLabels.emptySearch.fa).waitFor();
  await page.locator('input[name="search"]').fill('');
  const step = page.locator('.k-card.is-yours a.is-primary').first();
  expect(await step.textContent()).toContain(requestActWords.resubmit.fa);
  expect(await step.getAttribute('href')).toMatch(/\/desk\/cases\/30\/[0-9a-f-]{36}$/);
  expect(faults).toEqual([]);
}, 60_000);

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
