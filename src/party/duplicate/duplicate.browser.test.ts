import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { desktop, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { ok } from '#kernel/result.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { words } from '#web/words.ts';
import { personLabels } from '../person/words.ts';
import { duplicateLabels as labels, likenessWords } from './words.ts';

const { address, house, visit } = await openStage();

test('a record whose name shows nothing has its link', async () => {
  const { page } = await visit('director-alborz', desktop);
  const ids = [randomUUID(), randomUUID()];
  for (const [at, id] of ids.entries()) {
    const answer = await page.request.post(`${address}/api/provinces/alborz/persons`, {
      headers: { 'idempotency-key': randomUUID() },
      data: {
        id,
        form: 'natural',
        nationalId: nationalIdOf(871_123_456 + at * 41),
        firstName: 'گلچهره',
        lastName: 'بی‌نشان',
        fatherName: null,
        bornOn: '1986-04-21',
        gender: null,
        countyCode: '3001',
        settlement: null,
        phone: null,
      },
    });
    expect(answer.status()).toBe(201);
  }
  const blanked = await inTransaction(house.db, { ...noScope, province: 30 }, async (tx) =>
    ok(
      (
        await sql`update party.person set first_name = '', last_name = ''
          where province_id = 30 and person_id = any(${ids}::uuid[])`.execute(tx)
      ).numAffectedRows,
    ),
  );
  expect(blanked).toEqual(ok(2n));
  await page.goto(`${address}/desk/persons/alborz/duplicates`);
  const links = page.getByRole('link', { name: personLabels.nameless.fa, exact: true });
  await links.first().waitFor();
  expect(await links.count()).toBe(2);
});

test('two records of one person are made one on a phone, lead to each other, and are parted again', async () => {
  const { page, faults } = await visit('director-alborz', phone);
  for (const [at, lastName] of ['کوشامهر', 'کوشا مهر'].entries()) {
    const answer = await page.request.post(`${address}/api/provinces/alborz/persons`, {
      headers: { 'idempotency-key': randomUUID() },
      data: {
        id: randomUUID(),
        form: 'natural',
        nationalId: nationalIdOf(870_123_456 + at * 41),
        firstName: 'پریوش',
        lastName,
        fatherName: null,
        bornOn: '1985-04-21',
        gender: null,
        countyCode: '3001',
        settlement: null,
        phone: null,
      },
    });
    expect(answer.status()).toBe(201);
  }
  const list = `${address}/desk/persons/alborz/duplicates`;
  await page.goto(list);
  const pair = page.locator('tr', { hasText: 'پریوش' });
  await pair.getByText(likenessWords.birth.fa).first().waitFor();
  // Nothing hangs at the end of a line: what stands under a name is told apart by room.
  for (const told of await pair.locator('small').allInnerTexts()) expect(told).not.toContain('·');
  await expectSound(page);
  await screenshot(page, 'duplicates-390');
  await pair.getByRole('button', { name: labels.keepFirst.fa, exact: true }).click();
  const undo = pair.getByRole('button', { name: labels.undo.fa, exact: true });
  await undo.waitFor();
  await expectSound(page);
  await screenshot(page, 'duplicates-merged-390');
  await pair.getByRole('link').last().click();
  await page.getByText(personLabels.mergedInto.fa).waitFor();
  await screenshot(page, 'person-merged-390');
  await page.getByRole('link', { name: personLabels.openOther.fa }).click();
  await page.getByRole('heading', { name: personLabels.merged.fa, exact: true }).waitFor();
  await expectSound(page);
  await screenshot(page, 'person-holds-390');
  await page.setViewportSize(desktop);
  await page.goto(`${list}?lang=en`);
  await page.getByText(labels.merged.en, { exact: true }).first().waitFor();
  await screenshot(page, 'duplicates-1440-en');
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await pair.getByRole('button', { name: labels.undo.en, exact: true }).click();
  await pair.getByRole('button', { name: labels.different.en, exact: true }).click();
  await pair.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
}, 120_000);

test('a registry longer than a page shows its next rows when they are asked for, and says so when they do not come', async () => {
  const { page, faults } = await visit('director-alborz');
  await page.goto(`${address}/desk/persons`);
  // Rows of the skeleton lead nowhere.
  const rows = page.locator('.k-table tbody tr.is-link');
  await rows.first().waitFor();
  const before = await rows.count();
  const more = page.getByRole('button', { name: words.more.fa, exact: true });
  // A line that is cut leaves what is there, says why under it, and is asked again by one press.
  const nextPage = /\/persons\?.*cursor=/;
  await page.route(nextPage, (route) => route.abort());
  await more.click();
  await page.getByText(words.network.fa).waitFor();
  expect(await rows.count()).toBe(before);
  await screenshot(page, 'registry-cut-1440');
  const cut = faults.splice(0);
  expect(cut.length).toBeGreaterThan(0);
  for (const fault of cut) expect(fault).toContain('net::ERR_FAILED');
  await page.unroute(nextPage);
  await page.getByRole('button', { name: words.retry.fa, exact: true }).click();
  await rows.nth(before).waitFor();
  expect(await page.getByText(words.network.fa).count()).toBe(0);
  const addresses = await page
    .locator('.k-table tbody th a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(faults).toEqual([]);
}, 60_000);
