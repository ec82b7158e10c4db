import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { codeAnswerShape } from '#access/join/contract.ts';
import { desktop, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { confirmationLabels as labels } from './words.ts';

const { address, visit } = await openStage();

test('a county office sees an account apart, confirms the identity, and the page says what stays', async () => {
  const { page, faults } = await visit('county-office-alborz');
  const nationalId = nationalIdOf(876_543_210);
  const person = { nationalId, firstName: 'گلاویژ', lastName: 'نمونه‌راد' };
  const post = (path: string, data: object) =>
    page.request.post(`${address}/api/${path}`, { headers: { 'idempotency-key': randomUUID() }, data });
  const stranger = { ...person, provinceId: 15, phone: '09350000001' };
  const { code } = codeAnswerShape.parse(await (await post('access/join-codes', stranger)).json());
  const joined = await post('access/applicants', { ...stranger, code, password: 'a-long-new-password' });
  expect(joined.status()).toBe(201);
  const id = randomUUID();
  const kept = await post('provinces/alborz/persons', {
    ...person,
    id,
    form: 'natural',
    fatherName: null,
    bornOn: null,
    gender: null,
    countyCode: '3001',
    settlement: null,
    phone: '09350000002',
  });
  expect(kept.status()).toBe(201);

  await page.goto(`${address}/desk/persons/alborz/${id}`);
  await page.getByText(labels.apartTitle.fa).waitFor();
  await expectSound(page);
  await screenshot(page, 'identity-apart-1440');
  await page.setViewportSize(phone);
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await screenshot(page, 'identity-apart-390');
  await page.getByRole('button', { name: labels.confirm.fa, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(labels.willStay.fa).waitFor();
  await expectSound(page);
  await screenshot(page, 'identity-confirm-390');
  const confirm = dialog.getByRole('button', { name: labels.confirm.fa, exact: true });
  await dialog.locator('input[name="cardSeen"]').check();
  await dialog.locator('[name="reason"]').fill('با کارت ملی به اداره آمد');
  await confirm.click();
  await page.getByText(labels.confirmed.fa).waitFor();
  await page.getByText(labels.apartTitle.fa).waitFor({ state: 'detached' });
  await expectSound(page);
  await screenshot(page, 'identity-confirmed-390');
  await page.setViewportSize(desktop);
  await page.goto(`${address}/desk/persons/alborz/${id}?lang=en`);
  await page.getByText(labels.confirmed.en).waitFor();
  await expectSound(page);
  await screenshot(page, 'identity-confirmed-1440-en');
  expect(faults).toEqual([]);
}, 120_000);
