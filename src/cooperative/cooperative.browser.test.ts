import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { furnish } from '#app.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import { systemClock } from '#platform/clock.ts';
import { phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { openStage } from '#testing/stage.ts';
import { openCooperatives } from '#testing/cooperatives.ts';
import { tailoring } from '#testing/licences.ts';
import { finderLabels } from './finder/words.ts';
import { cooperativeActWords, cooperativeLabels as labels, cooperativeStateWords } from './words.ts';

// A county office finds tailors who could form a cooperative, invites them, and enters them as founders; the
// director grants the agreement.

const { address, ...stage } = await openStage(async (house) => {
  const { persons, license } = await openCooperatives(house);
  await furnish(house.owner);
  const issuedOn = addDays(dayOfInstant(systemClock.now().getTime()), -100);
  const eight = await persons(8);
  await license(
    eight.map((personId) => ({ personId, issuedOn, countyCode: '3001', occupationId: tailoring })),
  );
});

async function visit(username: string, size?: { width: number; height: number }): Promise<Page> {
  const { page } = await stage.visit(username, size);
  await page.goto(`${address}/desk/cooperatives`);
  await page.getByRole('tab', { name: finderLabels.clusters.fa }).click();
  return page;
}

test('a cluster becomes the founders of a cooperative, and the director grants the agreement', async () => {
  const office = await visit('county-office-alborz');
  await office.getByRole('button', { name: finderLabels.show.fa }).click();
  const cluster = office.getByRole('dialog');
  await cluster.getByRole('button', { name: finderLabels.invite.fa }).click();
  await cluster.getByText(finderLabels.allInvited.fa).waitFor();
  await cluster.getByRole('link', { name: finderLabels.form.fa }).click();
  await office.locator('input[name="name"]').fill('تعاونی خیاطان کرج');
  // One of the eight stays out: seven are enough.
  await office.getByRole('checkbox').first().uncheck();
  await office.getByRole('button', { name: labels.found.fa }).click();
  await office.getByText(cooperativeStateWords.founding.fa, { exact: true }).first().waitFor();

  const director = await visit('director-alborz');
  await director.getByText(finderLabels.none.fa).waitFor();
  await director.goto(office.url());
  await director.getByRole('button', { name: cooperativeActWords.agree.fa, exact: true }).click();
  await director
    .getByRole('dialog')
    .getByRole('button', { name: cooperativeActWords.agree.fa, exact: true })
    .click();
  await director.getByText(cooperativeStateWords.agreed.fa, { exact: true }).first().waitFor();
  await screenshot(director, 'cooperative-1440');

  const small = await visit('county-office-alborz', phone);
  await small.goto(`${address}/desk/cooperatives`);
  await small.locator('td.is-figure .k-cell').first().waitFor();
  // In a card the figures end at the edge at which every other value ends.
  const edges = await small.locator('.k-table td .k-cell').evaluateAll((cells) =>
    cells
      .filter((cell) => cell.checkVisibility())
      .map((cell) => {
        const text = cell.ownerDocument.createRange();
        text.selectNodeContents(cell);
        return Math.round(text.getBoundingClientRect().left);
      }),
  );
  expect(edges.length).toBeGreaterThan(3);
  expect(Math.max(...edges) - Math.min(...edges)).toBeLessThanOrEqual(1);
  await small.goto(office.url());
  await small.getByText(labels.pooled.fa).waitFor();
  expect(await sidewaysOverflow(small)).toBeLessThanOrEqual(0);
}, 90_000);

test('founders of no cluster are picked one by one, and the clusters stand beside', async () => {
  const { page: office } = await stage.visit('county-office-alborz');
  await office.goto(`${address}/desk/cooperatives`);
  await office.getByRole('link', { name: labels.found.fa }).click();
  await office.getByText(labels.fromPersons.fa).waitFor();
  expect(await office.getByText(finderLabels.gone.fa).count()).toBe(0);
  await office.locator('input[name="name"]').fill('تعاونی سه نماینده');
  await office
    .locator('.k-form')
    .getByRole('button', { name: new RegExp(labels.county.fa) })
    .click();
  await office.getByRole('option', { name: 'کرج', exact: true }).click();
  for (const at of [0, 1, 2]) {
    await office.locator('input[name="founder"]').fill('نمونه‌پور');
    await office
      .getByRole('button', { name: /نمونه‌پور/ })
      .nth(at)
      .click();
    await office.locator(`input[name="shares-${at}"]`).fill('2');
  }
  await screenshot(office, 'cooperative-founders-1440');
  await office.getByRole('button', { name: labels.found.fa }).click();
  await office.getByText(cooperativeStateWords.founding.fa, { exact: true }).first().waitFor();
  await office
    .getByRole('rowheader', { name: /نمونه‌پور/ })
    .first()
    .waitFor();
  expect(await office.getByRole('rowheader', { name: /نمونه‌پور/ }).count()).toBe(3);

  // The whole list is sifted in the page, by what stands in the address: part of a name, however it is spaced.
  const sought = encodeURIComponent('سه‌نماینده');
  await office.goto(`${address}/desk/cooperatives?state=founding&search=${sought}`);
  await office.getByText('تعاونی سه نماینده', { exact: true }).waitFor();
  expect(await office.locator('.k-table tbody tr').count()).toBe(1);
  await office.goto(`${address}/desk/cooperatives?state=dissolved&search=${sought}`);
  await office.getByText(labels.noCooperativesHelp.fa).waitFor();

  const { page: small } = await stage.visit('county-office-alborz', phone);
  await small.goto(`${address}/desk/cooperatives/new?at=3001-1`);
  await small.getByText(finderLabels.gone.fa).waitFor();
  expect(await sidewaysOverflow(small)).toBeLessThanOrEqual(0);
}, 90_000);
