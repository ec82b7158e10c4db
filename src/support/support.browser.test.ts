import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { furnish } from '#app.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import { systemClock } from '#platform/clock.ts';
import { phone, screenshot } from '#testing/browser.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { openSupporters } from '#testing/supporters.ts';
import { contractActWords, contractLabels, contractStateWords } from './three-party-contract/words.ts';
import { supporterActWords, supporterLabels as labels, supporterStateWords } from './words.ts';

// A deputy enters a supporter, who may not approve it; the director does. A contract is drafted, three people take its
// three signatures, and the home worker is counted.

const { address, ...stage } = await openStage(async (house) => {
  const { persons, workers } = await openSupporters(house);
  await furnish(house.owner);
  await persons(1, { form: 'legal' });
  await workers(3, { issuedOn: addDays(dayOfInstant(systemClock.now().getTime()), -100) });
});

const visit = async (
  username: string,
  path: string,
  size?: { width: number; height: number },
): Promise<Page> => {
  const { page } = await stage.visit(username, size);
  await page.goto(`${address}/desk${path}`);
  return page;
};

async function choose(page: Page, label: string, option: RegExp | string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(label) })
    .first()
    .click();
  await page
    .getByRole('option', { name: option, exact: typeof option === 'string' })
    .first()
    .click();
}

async function doAct(page: Page, act: string, becomes: string): Promise<void> {
  await page.getByRole('button', { name: act, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: act, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(becomes, { exact: true }).first().waitFor();
}

async function enter(page: Page): Promise<void> {
  await page.getByRole('link', { name: labels.add.fa }).click();
  await page.waitForLoadState('networkidle');
  await page.locator('input[name="person"]').fill('تعاونی');
  await page
    .getByRole('button', { name: /تعاونی نمونه/ })
    .first()
    .click();
  await choose(page, labels.county.fa, 'کرج');
  await page.locator('input[name="recordYears"]').fill('۳');
  const category = page.getByRole('combobox', { name: new RegExp(labels.category.fa) });
  // A list closes when the page behind it is scrolled: first the place, then the words.
  await category.scrollIntoViewIfNeeded();
  await category.pressSequentially('پوشاک');
  await page.getByRole('option').first().waitFor();
  await category.press('ArrowDown');
  await category.press('Enter');
  expect(await category.inputValue()).toBe('پوشاک');
  await page.locator('input[name="jobs-0"]').fill('۲');
  await page.locator('input[name="orders-0"]').fill('۵۰۰');
  await expectSound(page);
  await screenshot(page, 'supporter-new-1440');
  await page.getByRole('button', { name: labels.add.fa, exact: true }).click();
  await page.waitForURL(/\/supporters\/[0-9a-f-]{36}/);
  await page.getByText(supporterStateWords.entered.fa, { exact: true }).first().waitFor();
}

test('a supporter is entered, approved by another, and linked to a home worker by three signatures', async () => {
  const deputy = await visit('deputy-alborz', '/supporters');
  await enter(deputy);
  await deputy.locator('details.p-acts-refused > summary').click();
  expect(
    await deputy.getByRole('button', { name: supporterActWords.approve.fa, exact: true }).isDisabled(),
  ).toBe(true);
  const at = new URL(deputy.url()).pathname.replace('/desk', '');
  const director = await visit('director-alborz', at);
  await doAct(director, supporterActWords.approve.fa, supporterStateWords.active.fa);

  const office = await visit('county-office-alborz', at);
  await office.getByRole('button', { name: contractLabels.draft.fa, exact: true }).click();
  const dialog = office.getByRole('dialog');
  await dialog
    .getByRole('button', { name: /زهرا نمونه‌پور/ })
    .first()
    .click();
  await dialog.locator('input[name="orders"]').fill('۵۰');
  await screenshot(office, 'contract-draft-1440');
  await dialog.getByRole('button', { name: contractLabels.draft.fa, exact: true }).click();
  await office.waitForURL(/\/supporters\/contracts\/[0-9a-f-]{36}/);
  await doAct(office, contractActWords.sign_supporter.fa, contractStateWords.supporter_signed.fa);
  await office.locator('details.p-acts-refused > summary').click();
  expect(
    await office.getByRole('button', { name: contractActWords.sign_worker.fa, exact: true }).isDisabled(),
  ).toBe(true);
  const contract = new URL(office.url()).pathname.replace('/desk', '');
  const agency = await visit('agency-alborz', '/supporters');
  await agency.locator('.k-table a[href*="/supporters/contracts/"]').first().click();
  await doAct(agency, contractActWords.sign_agency.fa, contractStateWords.worker_missing.fa);
  const other = await visit('deputy-alborz', contract);
  await doAct(other, contractActWords.sign_worker.fa, contractStateWords.in_force.fa);
  await expectSound(other);
  await screenshot(other, 'contract-1440');

  await director.reload();
  await director.getByText(contractStateWords.in_force.fa, { exact: true }).first().waitFor();
  await expectSound(director);
  await screenshot(director, 'supporter-1440');
  const links = director.locator('.k-figure', { hasText: labels.links.fa }).first();
  expect(await links.locator('.k-figure-value').textContent()).toContain('۱');

  await director.goto(`${address}/desk/supporters`);
  await director.locator('.k-table a[href*="/supporters/"]').first().waitFor();
  await expectSound(director);
  await screenshot(director, 'supporters-1440');
  await director.getByRole('button', { name: 'English', exact: true }).click();
  await director.getByRole('heading', { name: labels.supporters.en }).waitFor();
  await screenshot(director, 'supporters-1440-en');
  await director.goto(`${address}/desk${at}`);
  await director.getByText(contractStateWords.in_force.en, { exact: true }).first().waitFor();
  await screenshot(director, 'supporter-1440-en');

  // Two registers on one page, each with what it is filtered by under names of its own.
  const both = await visit('director-alborz', '/supporters?state=suspended&contractState=in_force');
  await both.getByText(labels.noSupportersHelp.fa).waitFor();
  await both.getByRole('tab', { name: contractLabels.contracts.fa }).click();
  await both.locator('.k-table a[href*="/supporters/contracts/"]').first().waitFor();
  await choose(both, contractLabels.state.fa, contractStateWords.ended.fa);
  await both.getByText(contractLabels.noContractsHelp.fa).waitFor();
  expect(new URL(both.url()).search).toBe('?state=suspended&contractState=ended');

  const small = await visit('director-alborz', at, phone);
  await small.getByText(contractStateWords.in_force.fa, { exact: true }).first().waitFor();
  await expectSound(small);
  await screenshot(small, 'supporter-390');
  await small.goto(`${address}/desk${contract}`);
  await small.getByText(contractStateWords.in_force.fa, { exact: true }).first().waitFor();
  await expectSound(small);
  await screenshot(small, 'contract-390');
}, 120_000);
