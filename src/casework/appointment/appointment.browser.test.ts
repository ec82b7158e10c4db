import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { appointmentLabels as labels, entryWords } from './words.ts';

const { address, house, visit } = await openStage();
const alborz = 30;

/** Cases of the demonstration: those with an appointment, by who set it. */
const called = async (role: string): Promise<string> => {
  const { rows } = await read(house.db, { ...noScope, province: alborz }, (tx) =>
    sql<{
      id: string;
    }>`select case_id as id from casework.appointment where by_role = ${role} limit 1`.execute(tx),
  );
  return `${address}/desk/cases/${alborz}/${must(rows[0], 'an appointment').id}`;
};

const section = (page: Page) =>
  page.locator('section.k-section').filter({
    has: page.getByRole('heading', { name: labels.appointment.fa, exact: true }),
  });
const press = (page: Page, name: string) => section(page).getByRole('button', { name, exact: true }).click();

test('an office moves, cancels and sets an appointment, and lists them', async () => {
  const { page, faults } = await visit('county-office-alborz');
  await page.goto(await called('county_office'));
  await section(page).getByText(entryWords.set.fa).first().waitFor();
  await expectSound(page);
  await screenshot(page, 'appointment-case-1440');

  await press(page, labels.move.fa);
  await section(page).locator('input[name="on"]').fill('۱۴۰۵/۰۱/۰۱');
  await press(page, labels.save.fa);
  await section(page)
    .getByText(/نخستین روز ممکن/)
    .first()
    .waitFor();
  await screenshot(page, 'appointment-refused-1440');
  await press(page, labels.back.fa);

  await press(page, labels.cancel.fa);
  await section(page).locator('textarea[name="reason"]').fill('اداره در آن روز جابه‌جا می‌شود');
  await press(page, labels.cancel.fa);
  await section(page).getByText(entryWords.cancelled.fa).first().waitFor();
  await press(page, labels.setAgain.fa);
  await section(page)
    .getByRole('button', { name: new RegExp(labels.time.fa) })
    .click();
  // The last hour of a day: the day that the form offers has it before it, whenever this runs.
  await page.getByRole('option', { name: '۱۳:۳۰' }).click();
  await section(page).locator('input[name="place"]').fill('کرج، خیابان نمونه، پلاک ۱۲');
  await section(page).locator('input[name="purpose"]').fill('امضای قرارداد');
  await screenshot(page, 'appointment-form-1440');
  await press(page, labels.save.fa);
  await section(page).getByText('امضای قرارداد').waitFor();
  await section(page).getByText(labels.history.fa).click();
  await expectSound(page);
  await screenshot(page, 'appointment-history-1440');

  await page.goto(`${address}/desk/appointments`);
  await page.getByText('امضای قرارداد').first().waitFor();
  await expectSound(page);
  await screenshot(page, 'appointments-1440');
  const paper = await visit('director-alborz', { width: 794, height: 1123 });
  await paper.page.goto(`${address}/desk/appointments`);
  await paper.page.getByText('امضای قرارداد').first().waitFor();
  await paper.page.emulateMedia({ media: 'print' });
  expect(await sidewaysOverflow(paper.page)).toBeLessThanOrEqual(0);
  await screenshot(paper.page, 'appointments-print');
  // A past day was refused above: the browser logs that status, which the form shows.
  expect(faults).toEqual([]);

  const small = await visit('director-alborz', phone);
  await small.page.goto(`${address}/desk/appointments`);
  await small.page.getByText('امضای قرارداد').first().waitFor();
  await expectSound(small.page);
  await screenshot(small.page, 'appointments-390');
}, 120_000);

test('whom it calls sees it on a phone, keeps it in a calendar and asks once for another time', async () => {
  const { page, faults } = await visit('applicant-alborz', phone);
  await page.goto(await called('agency'));
  await section(page).getByText(entryWords.set.fa).first().waitFor();
  await section(page).scrollIntoViewIfNeeded();
  await expectSound(page);
  await screenshot(page, 'appointment-applicant-390');
  const download = page.waitForEvent('download');
  await section(page).getByRole('link', { name: labels.calendarFile.fa }).click();
  expect((await download).suggestedFilename()).toBe('demonstration-karsaz-appointment.ics');
  expect(await section(page).getByRole('button', { name: labels.move.fa, exact: true }).count()).toBe(0);

  await press(page, labels.ask.fa);
  await section(page).locator('textarea[name="reason"]').fill('آن روز در بیمارستان نوبت دارم');
  await press(page, labels.send.fa);
  await section(page).getByText(labels.wished.fa).first().waitFor();
  expect(await section(page).getByRole('button', { name: labels.ask.fa, exact: true }).count()).toBe(0);
  await expectSound(page);
  await screenshot(page, 'appointment-asked-390');
  await page.goto(`${page.url()}?lang=en`);
  await page.getByRole('heading', { name: labels.appointment.en, exact: true }).waitFor();
  await screenshot(page, 'appointment-asked-390-en');
  expect(faults).toEqual([]);
}, 120_000);

test('an office sees at once whom it owes another time, and the address keeps what it chose', async () => {
  const { page, faults } = await visit('director-alborz');
  await page.goto(`${address}/desk/appointments`);
  const rows = page.locator('.k-table tbody tr.is-link');
  await rows.first().waitFor();
  const all = await rows.count();
  expect(all).toBeGreaterThan(1);
  await page.getByRole('button', { name: new RegExp(labels.shown.fa) }).click();
  await page.getByRole('option', { name: labels.asking.fa }).click();
  await page.waitForURL(/\/appointments\?standing=asked$/);
  await page.getByText('آن روز در بیمارستان نوبت دارم').waitFor();
  await expect.poll(() => rows.count()).toBe(1);
  await expectSound(page);
  await screenshot(page, 'appointments-asking-1440');
  const small = await visit('director-alborz', phone);
  await small.page.goto(`${address}/desk/appointments?standing=asked&lang=en`);
  await small.page.getByText(labels.dayHintAsking.en).waitFor();
  await small.page.getByText('آن روز در بیمارستان نوبت دارم').waitFor();
  await expectSound(small.page);
  await screenshot(small.page, 'appointments-asking-390-en');

  await rows.first().getByRole('link').click();
  await section(page).getByText(labels.wished.fa).first().waitFor();
  await page.goBack();
  await page.waitForURL(/\/appointments\?standing=asked$/);
  await page.getByText('آن روز در بیمارستان نوبت دارم').waitFor();

  // A day long after every appointment: nobody asks on it, and the day is kept beside the choice.
  const day = '۱۴۹۹/۰۱/۰۵';
  await page.locator('input[name="on"]').fill(day);
  await page.waitForURL(/standing=asked/);
  await page.waitForURL(/on=2120-03-25/);
  await page.getByText(labels.noneAskTitle.fa).waitFor();
  await page.reload();
  await page.getByText(labels.noneAskTitle.fa).waitFor();
  expect(await page.locator('input[name="on"]').inputValue()).toBe(day);
  await page.getByRole('button', { name: labels.everyDay.fa, exact: true }).click();
  await page.waitForURL(/\/appointments\?standing=asked$/);
  await page.getByText(labels.dayHintAsking.fa).waitFor();
  await page.getByRole('button', { name: new RegExp(labels.shown.fa) }).click();
  await page.getByRole('option', { name: labels.all.fa, exact: true }).click();
  await expect.poll(() => rows.count()).toBe(all);
  expect(new URL(page.url()).search).toBe('');
  expect(faults).toEqual([]);
}, 120_000);
