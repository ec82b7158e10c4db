import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { persianDigits } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import { desktop, openContext, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import {
  complaintActWords,
  complaintCaseWords,
  complaintLabels as labels,
  complaintStateWords,
  neededWords,
  offenceWords,
} from './words.ts';

// A complaint as its people walk it: lodged on a phone without JavaScript, taken in by the county, answered by the
// agency, decided by the deputy, and followed by its number.

const { address, browser, ...stage } = await openStage();

const withoutScript = (): Promise<BrowserContext> =>
  browser.newContext({ viewport: phone, javaScriptEnabled: false, locale: 'fa-IR', isMobile: true });

type Said = 'fa' | 'en';

/** Sends the form empty, mends it, and gives back the number on the receipt. */
async function lodge(page: Page, language: Said): Promise<string> {
  const prefix = language === 'fa' ? '' : '/en';
  await page.goto(`${address}${prefix}/complaints`);
  await page.locator('select[name=province]').selectOption('alborz');
  await page.getByRole('button', { name: labels.begin[language], exact: true }).click();
  await page.locator('textarea[name=body]').fill('برای بازدید\nپول خواستند <b>نقد</b>.');
  await page.getByRole('button', { name: labels.send[language] }).click();
  await page.getByRole('alert').getByText(neededWords.offence[language]).waitFor();
  expect(await page.locator('textarea[name=body]').inputValue()).toBe('برای بازدید\nپول خواستند <b>نقد</b>.');
  await screenshot(page, `complaint-mend-${language}-390`);
  await page.getByLabel(offenceWords.extra_fee[language]).check();
  await page.locator('select[name=countyCode]').selectOption('3001');
  await page.locator('select[name=agencyKey]').selectOption('industry');
  await page.locator('input[name=phone]').fill('۰۹۱۲۳۴۵۶۷۸۹');
  await page.getByRole('button', { name: labels.send[language] }).click();
  await page.waitForURL(/\/complaints\/received\?number=/);
  await page.getByText(labels.keep[language]).waitFor();
  await screenshot(page, `complaint-received-${language}-390`);
  const number = must(/number=([\d-]+)$/.exec(page.url())?.[1], 'a number');
  const shown = language === 'fa' ? persianDigits(number) : number;
  expect(await page.locator('p.figure').innerText()).toBe(shown);
  await page.getByRole('link', { name: labels.follow[language] }).click();
  await page.getByText(complaintStateWords.lodged[language]).waitFor();
  return number;
}

test.each(['fa', 'en'] as const)('is lodged on a phone without JavaScript, %s', async (language) => {
  const context = await withoutScript();
  await lodge(await context.newPage(), language);
  await context.close();
});

test('axe finds nothing on the form, new and with what is to be mended, in both widths and languages', async () => {
  for (const [name, size, theme] of [
    ['1440', desktop, 'light'],
    ['390', phone, 'dark'],
  ] as const) {
    const context = await openContext(browser, { size, theme });
    const page = await context.newPage();
    for (const prefix of ['', '/en'])
      for (const [what, path] of [
        ['choose', '/complaints'],
        ['form', '/complaints/alborz'],
      ] as const) {
        await page.goto(`${address}${prefix}${path}`);
        await screenshot(page, `complaint-${what}${prefix.replace('/', '-')}-${name}`);
        if (what === 'form') await page.locator('main button').click();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([]);
        expect(await sidewaysOverflow(page), path).toBeLessThanOrEqual(0);
      }
    await context.close();
  }
}, 60_000);

/** Does an act on the page of a case, with a reason where it asks for one. */
async function act(page: Page, name: string, becomes: string, reason?: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  if (reason !== undefined) await page.locator('textarea[name=reason]').fill(reason);
  await page.locator('form').getByRole('button', { name, exact: true }).click();
  await page.getByText(becomes, { exact: true }).first().waitFor();
}

async function openFromRegister(page: Page, number: string): Promise<void> {
  await page.goto(`${address}/desk/complaints`);
  await page.locator('input[name="search"]').fill(persianDigits(number));
  await page
    .locator('.k-table a')
    .filter({ hasText: persianDigits(number) })
    .click();
  await page.waitForURL(/\/cases\/30\//);
}

test('is read on the desk in English too, on both widths, and axe finds nothing', async () => {
  for (const [name, size] of [
    ['1440', desktop],
    ['390', phone],
  ] as const) {
    const { page } = await stage.visit('deputy-alborz', size);
    await page.evaluate("localStorage.setItem('karsaz.language', 'en')");
    await page.goto(`${address}/desk/complaints`);
    await page.getByRole('heading', { name: labels.complaints.en, exact: true }).waitFor();
    await page.locator('.k-table a').first().waitFor();
    await screenshot(page, `complaint-register-en-${name}`);
    await page.locator('.k-table a').last().click();
    await page.getByRole('heading', { name: labels.text.en, exact: true }).waitFor();
    await screenshot(page, `complaint-case-en-${name}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  }
}, 60_000);

test('goes over the desk from the register to its decision, and its number tells each stage', async () => {
  const context = await withoutScript();
  const reader = await context.newPage();
  const number = await lodge(reader, 'fa');
  const county = await stage.visit('county-office-alborz');
  await county.page.goto(`${address}/desk/complaints`);
  await county.page.locator('.k-table a').first().waitFor();
  await expectSound(county.page);
  await screenshot(county.page, 'complaint-register-1440');
  await openFromRegister(county.page, number);
  await county.page.getByText('پول خواستند <b>نقد</b>').waitFor();
  await act(county.page, complaintActWords.accept.fa, complaintStateWords.under_review.fa);
  await act(county.page, complaintActWords.send_to_agency.fa, complaintStateWords.with_agency.fa);
  await screenshot(county.page, 'complaint-case-1440');

  const agency = await stage.visit('agency-alborz');
  await openFromRegister(agency.page, number);
  await agency.page.getByText('پول خواستند <b>نقد</b>').waitFor();
  expect(await agency.page.getByText(persianDigits('09123456789')).count()).toBe(0);
  const answers = complaintCaseWords.complaint_answer;
  await act(agency.page, answers.acts.answer.fa, answers.states.answered.title.fa, 'پول برگردانده شد');
  await screenshot(agency.page, 'complaint-answer-1440');

  const deputy = await stage.visit('deputy-alborz', phone);
  await openFromRegister(deputy.page, number);
  await deputy.page.getByText(persianDigits('09123456789')).waitFor();
  await deputy.page.getByText('پول برگردانده شد').first().waitFor();
  await expectSound(deputy.page);
  await act(deputy.page, complaintActWords.uphold.fa, complaintStateWords.upheld.fa, 'هزینه‌ای در کار نیست');
  await screenshot(deputy.page, 'complaint-upheld-390');
  await deputy.page.goto(`${address}/desk/complaints`);
  await deputy.page.locator('.k-table a').first().waitFor();
  await expectSound(deputy.page);
  await screenshot(deputy.page, 'complaint-register-390');

  const director = await stage.visit('director-alborz');
  await openFromRegister(director.page, number);
  await director.page.getByRole('button', { name: labels.erase.fa }).click();
  await director.page.locator('input[name=letterNumber]').fill('۱۲/۳۴');
  await screenshot(director.page, 'complaint-erase-1440');
  await director.page.getByRole('dialog').getByRole('button', { name: labels.erase.fa }).click();
  await director.page.getByText(labels.erased.fa, { exact: true }).first().waitFor();

  await reader.reload();
  await reader.getByText(complaintStateWords.upheld.fa, { exact: true }).waitFor();
  await screenshot(reader, 'complaint-track-390');
  for (const { faults } of [county, agency, deputy, director]) expect(faults).toEqual([]);
  await context.close();
}, 90_000);
