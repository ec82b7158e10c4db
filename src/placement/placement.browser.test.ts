import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { furnish } from '#app.ts';
import { openAgencies } from '#testing/agencies.ts';
import { desktop, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import {
  agencyActWords as acts,
  agencyLabels as labels,
  agencyStandingWords,
  directoryWords,
} from './words.ts';

// A deputy enters an agency, whose permit they may not approve; the director does. Then everybody finds it, without
// JavaScript, until its permit is suspended.

const { address, browser, ...stage } = await openStage(async (house) => {
  await openAgencies(house);
  await furnish(house.owner);
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

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(label) })
    .first()
    .click();
  await page.getByRole('option', { name: option, exact: true }).first().click();
}

async function doAct(page: Page, act: string, becomes: string): Promise<void> {
  await page.getByRole('button', { name: act, exact: true }).click();
  const dialog = page.getByRole('dialog');
  const reason = dialog.locator('textarea[name="reason"]');
  if ((await reason.count()) > 0) await reason.fill('به دلیل آزمایش');
  await dialog.getByRole('button', { name: act, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(becomes, { exact: true }).first().waitFor();
}

const name = 'کاریابی نمونه مرورگر';

async function enter(page: Page): Promise<void> {
  await page.getByRole('link', { name: labels.add.fa }).click();
  await page.waitForLoadState('networkidle');
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="permitNumber"]').fill('۳۰-۱۲۳');
  await choose(page, labels.county.fa, 'کرج');
  await page.locator('input[name="validFrom"]').fill('۱۴۰۳/۰۱/۰۱');
  await page.locator('input[name="validUntil"]').fill('۱۴۰۲/۰۱/۰۱');
  await page.locator('[name="address"]').fill('کرج، خیابان نمونه، شمارهٔ ۱');
  await page.locator('input[name="phone"]').fill('۰۲۶۰۰۰۰۰۰۱۱');
  await choose(page, labels.listed.fa, labels.yes.fa);
  await page.getByRole('button', { name: labels.add.fa, exact: true }).click();
  await page.getByText('پایان اعتبار پیش از آغاز آن', { exact: false }).first().waitFor();
  expect(await page.locator('input[name="name"]').inputValue()).toBe(name);
  await screenshot(page, 'placement-refused-1440');
  await page.locator('input[name="validUntil"]').fill('۱۴۹۰/۰۱/۰۱');
  await page.getByRole('button', { name: labels.add.fa, exact: true }).click();
  await page.waitForURL(/\/placement-agencies\/[0-9a-f-]{36}/);
  await page.getByText(agencyStandingWords.entered.fa, { exact: true }).first().waitFor();
}

async function looksPublic(size: { width: number; height: number }, shot: string): Promise<void> {
  const context = await browser.newContext({ viewport: size, javaScriptEnabled: false, locale: 'fa-IR' });
  const page = await context.newPage();
  await page.goto(`${address}/`);
  await page.locator('a[href="/placement-agencies"]').first().waitFor({ state: 'attached' });
  await page.goto(`${address}/placement-agencies`);
  await page.locator('select[name="province"]').selectOption('alborz');
  await page.getByRole('button', { name: directoryWords.look.fa }).click();
  await page.locator('select[name="county"]').selectOption('3001');
  await page.locator('input[name="search"]').fill('مرورگر');
  await page.getByRole('button', { name: directoryWords.look.fa }).click();
  await page.getByText(name, { exact: true }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(1);
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await screenshot(page, `placement-public-${shot}`);
  await page.goto(`${address}/en/placement-agencies?province=alborz`);
  await page.getByText('Karaj', { exact: true }).last().waitFor();
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await screenshot(page, `placement-public-${shot}-en`);
  await context.close();
}

test('an agency is entered, approved by another, found by everybody, and gone once it is suspended', async () => {
  const deputy = await visit('deputy-alborz', '/placement-agencies');
  await enter(deputy);
  await deputy.locator('details.p-acts-refused > summary').click();
  expect(await deputy.getByRole('button', { name: acts.approve.fa, exact: true }).isDisabled()).toBe(true);
  const at = new URL(deputy.url()).pathname.replace('/desk', '');
  const director = await visit('director-alborz', at);
  await doAct(director, acts.approve.fa, agencyStandingWords.valid.fa);
  await expectSound(director);
  await screenshot(director, 'placement-agency-1440');

  await looksPublic(desktop, '1440');
  await looksPublic(phone, '390');

  await deputy.reload();
  await deputy.getByRole('button', { name: acts.change_contact.fa, exact: true }).click();
  await deputy.getByRole('dialog').locator('input[name="phone"]').waitFor();
  await screenshot(deputy, 'placement-contact-1440');

  await director.goto(`${address}/desk/placement-agencies`);
  await director.locator('.k-table a[href*="/placement-agencies/"]').first().waitFor();
  await expectSound(director);
  await screenshot(director, 'placement-agencies-1440');
  await director.getByRole('button', { name: 'English', exact: true }).click();
  await director.getByRole('heading', { name: labels.agencies.en }).waitFor();
  await screenshot(director, 'placement-agencies-1440-en');

  const small = await visit('director-alborz', at, phone);
  await small.getByText(agencyStandingWords.valid.fa, { exact: true }).first().waitFor();
  await expectSound(small);
  await screenshot(small, 'placement-agency-390');
  await doAct(small, acts.suspend.fa, agencyStandingWords.suspended.fa);
  const gone = await (await fetch(`${address}/placement-agencies?province=alborz`)).text();
  expect(gone).not.toContain(name);
  await small.goto(`${address}/desk/placement-agencies`);
  await small.getByText(name, { exact: true }).first().waitFor();
  await expectSound(small);
  await screenshot(small, 'placement-agencies-390');
}, 120_000);

test('a filtered register is sent on by its address, and stands again after a look at an agency', async () => {
  const country = await visit('ministry', '/placement-agencies');
  await country.getByText(labels.noAgencies.fa).waitFor();
  await choose(country, directoryWords.province.fa, 'البرز');
  const row = country.locator('.k-table a[href*="/placement-agencies/"]');
  await row.first().waitFor();
  await choose(country, labels.standing.fa, agencyStandingWords.suspended.fa);
  await choose(country, labels.county.fa, 'کرج');
  await country.locator('input[name="search"]').pressSequentially('کاریابی نمونه مر', { delay: 5 });
  await country.waitForURL((url) => url.searchParams.get('search') === 'کاریابی نمونه مر');
  expect(await country.locator('input[name="search"]').inputValue()).toBe('کاریابی نمونه مر');
  expect(new URL(country.url()).searchParams.toString()).toBe(
    new URLSearchParams({
      of: 'alborz',
      standing: 'suspended',
      county: '3001',
      search: 'کاریابی نمونه مر',
    }).toString(),
  );
  await row.first().click();
  await country.getByText(agencyStandingWords.suspended.fa, { exact: true }).first().waitFor();
  await country.goBack();
  await country.getByText(name, { exact: true }).waitFor();
  expect(await country.locator('input[name="search"]').inputValue()).toBe('کاریابی نمونه مر');

  const query = new URL(country.url()).search;
  const other = await visit('auditor', `/placement-agencies${query}`);
  await other.getByText(name, { exact: true }).waitFor();
  await choose(other, labels.standing.fa, agencyStandingWords.valid.fa);
  await other.getByText(labels.noAgenciesHelp.fa).waitFor();
  // A choice that there is not counts for none, and an address without its filter shows all again.
  await other.goto(`${address}/desk/placement-agencies?of=alborz&standing=nonsense`);
  await other.getByText(name, { exact: true }).waitFor();
  expect(await other.getByText(labels.all.fa, { exact: true }).first().isVisible()).toBe(true);
  await expectSound(other);
}, 90_000);
