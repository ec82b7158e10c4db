import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { personLabels } from '../person/words.ts';
import { simulatedProviders, workInquiries } from './actions.ts';
import { inquiryKinds } from './contract.ts';
import type { Simulation } from './simulation.ts';
import { failureWords, inquiryKindWords, inquiryLabels as labels } from './words.ts';

const { address, house, visit } = await openStage();

/** What the background does, with a register that behaves as `how` says. */
const work = (how: Simulation, patience = 5_000) =>
  workInquiries(
    { db: house.db, clock: systemClock, providers: () => Promise.resolve(simulatedProviders(how)), patience },
    new AbortController().signal,
  );
const line = (page: Page, kind: keyof typeof inquiryKindWords) =>
  page.locator('tr', { hasText: inquiryKindWords[kind].fa }).first();
const press = (page: Page, kind: keyof typeof inquiryKindWords, name: string) =>
  line(page, kind).getByRole('button', { name, exact: true }).click();

test('a county asks registers about a person, sees that they are down, simulated and answered, and asks again', async () => {
  const { page, faults } = await visit('county-office-alborz');
  await page.goto(`${address}/desk/persons`);
  await page.locator('.k-table a[href*="/persons/alborz/"]').first().click();
  await page.getByText(labels.simulatedTitle.fa, { exact: true }).waitFor();
  await press(page, 'decile', labels.ask.fa);
  await line(page, 'decile').getByText(labels.asking.fa).first().waitFor();
  await press(page, 'tax', labels.ask.fa);
  await line(page, 'tax').getByText(labels.asking.fa).first().waitFor();
  await work('simulated-down');
  await line(page, 'decile').getByText(failureWords.down.fa).waitFor();
  await expectSound(page);
  await screenshot(page, 'inquiry-down-1440');
  const before = await page.locator('tr', { hasText: labels.simulated.fa }).count();
  for (const kind of inquiryKinds.filter((one) => one !== 'decile' && one !== 'tax'))
    await press(page, kind, labels.ask.fa);
  await line(page, 'other_loan').getByText(labels.asking.fa).first().waitFor();
  await work('simulated');
  for (const kind of ['civil_registry', 'bounced_cheque', 'other_loan'] as const)
    await line(page, kind).getByText(labels.simulated.fa).waitFor();
  expect(await page.locator('tr', { hasText: labels.simulated.fa }).count()).toBeGreaterThan(before);
  await press(page, 'bounced_cheque', labels.askAgain.fa);
  await line(page, 'bounced_cheque').getByText(labels.asking.fa).first().waitFor();
  await work('simulated');
  await page.locator('summary', { hasText: labels.earlier.fa }).click();
  await expectSound(page);
  await screenshot(page, 'inquiry-1440');
  const url = page.url();
  expect(faults).toEqual([]);

  const small = await visit('director-alborz', phone);
  await small.page.goto(url);
  await small.page.getByText(labels.simulatedTitle.fa, { exact: true }).waitFor();
  await expectSound(small.page);
  await screenshot(small.page, 'inquiry-390');
  await small.page.goto(`${url}?lang=en`);
  await small.page.getByText(labels.simulatedTitle.en, { exact: true }).waitFor();
  await screenshot(small.page, 'inquiry-390-en');
  expect(await sidewaysOverflow(small.page)).toBeLessThanOrEqual(0);
  // An agency sees the person and nothing of what registers said.
  const agency = await visit('agency-alborz');
  await agency.page.goto(`${address}/desk/persons`);
  await agency.page.locator('.k-table a[href*="/persons/alborz/"]').first().click();
  await agency.page.getByText(personLabels.inForce.fa).waitFor();
  expect(await agency.page.getByText(labels.title.fa, { exact: true }).count()).toBe(0);
  expect(agency.faults).toEqual([]);
}, 120_000);
