import jsqr from 'jsqr';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { furnish } from '#app.ts';
import { receiptLabels } from '#casework/receipt/words.ts';
import { persianDigits } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import { ownRecordShape } from '#party/own/contract.ts';
import { partyRoutes } from '#party/routes.ts';
import { personShape } from '#party/person/contract.ts';
import { pageShape } from '#platform/cursor.ts';
import { placeRoutes } from '#place/routes.ts';
import { desktop, openContext, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { words as shell } from '#web/words.ts';
import { openStage } from '#testing/stage.ts';
import { openLicences } from '#testing/licences.ts';
import { nationalId } from '#testing/people.ts';
import { pdf as pdfOf } from '#testing/pictures.ts';
import { drawPdf, keepSheet } from '#testing/paper.ts';
import { caseLabels } from '#casework/words.ts';
import { documentLabels } from '#document/words.ts';
import { checkWords } from './certificate/words.ts';
import { holdingLabels } from './holding/words.ts';
import { dayWords } from '#web/typed-day.ts';
import { plainWords, requestLabels as labels } from './request/words.ts';
import { answerWords, inquiryWords, licenceStateWords, requestActWords, requestStateWords } from './words.ts';

// The way of a licence as four people walk it: asked for on a phone, inquired into by the county, signed by the
// agency and by the director, printed, and checked by anybody.

let licences: Awaited<ReturnType<typeof openLicences>> | undefined;
const { address, browser, ...stage } = await openStage(async (house) => {
  licences = await openLicences(house, [partyRoutes(house), placeRoutes(house)]);
  await furnish(house.owner);
});

const visit = async (username: string, size?: { width: number; height: number }): Promise<Page> =>
  (await stage.visit(username, size)).page;

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(label) })
    .last()
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Opens the request from the list of its officer, and does an act whose state is told afterwards. */
async function doAct(page: Page, act: keyof typeof requestActWords, becomes: string): Promise<void> {
  const name = requestActWords[act].fa;
  await page.goto(`${address}/desk/licences`);
  await page.locator('.k-table a[href*="/licences/requests/"]').first().click();
  // In the digits of the page, as the case page and the public one have it.
  await page.getByText(/^[۰-۹]{4}-[۰-۹]{4}-[۰-۹]$/).waitFor();
  await page.getByRole('button', { name, exact: true }).click();
  if (act === 'pass_inquiry')
    for (const inquiry of Object.values(inquiryWords)) await choose(page, inquiry.fa, answerWords.clear.fa);
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await page.getByText(becomes, { exact: true }).first().waitFor();
}

async function chooseWork(page: Page, work: string): Promise<void> {
  await page.goto(`${address}/desk/licences`);
  await page.getByRole('link', { name: labels.ask.fa }).click();
  await page.locator('input[name="occupation"]').fill(work);
  await page.getByRole('button', { name: work, exact: true }).click();
  await page.getByRole('button', { name: labels.next.fa, exact: true }).click();
}

async function ask(page: Page): Promise<void> {
  await chooseWork(page, 'خیاطی');
  await page.locator('input[name="nationalId"]').fill(nationalId());
  await page.locator('input[name="firstName"]').fill('مریم');
  await page.locator('input[name="lastName"]').fill('نمونه‌پور');
  await choose(page, labels.county.fa, 'کرج');
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await screenshot(page, 'licence-who-390');
  await page.getByRole('button', { name: labels.next.fa, exact: true }).click();
  await page.getByRole('button', { name: labels.send.fa, exact: true }).click();
  await page.waitForURL(/\/licences\/requests\/[0-9a-f-]{36}/);
  await page.getByText(plainWords.submitted.fa).waitFor();
  await page.getByText(receiptLabels.sent.fa).waitFor();
  await screenshot(page, 'licence-sent-390');
  await page.getByRole('link', { name: receiptLabels.receipt.fa, exact: true }).click();
  await page.getByRole('heading', { name: receiptLabels.next.fa }).waitFor();
  await page.goBack();
  await page.getByText(plainWords.submitted.fa).waitFor();
}

/** What the public page says of the text of a code. */
async function verdictOf(page: Page, payload: string): Promise<string> {
  await page.goto(`${address}/licences/verify`);
  await page.locator('textarea[name="code"]').fill(payload);
  await page.getByRole('button', { name: checkWords.look.fa, exact: true }).click();
  return (await page.locator('p.note strong').first().textContent()) ?? '';
}

test('a licence goes from a phone to a certificate that anybody verifies, and a forged one fails', async () => {
  const applicant = await visit('applicant-alborz', phone);
  await ask(applicant);
  await doAct(await visit('county-office-alborz'), 'pass_inquiry', requestStateWords.agency_review.fa);
  await doAct(await visit('agency-alborz'), 'sign_first', requestStateWords.first_signed.fa);
  await doAct(await visit('director-alborz'), 'sign_second', requestStateWords.issued.fa);

  await applicant.reload();
  await applicant.getByText(plainWords.issued.fa).waitFor();
  expect(await sidewaysOverflow(applicant)).toBeLessThanOrEqual(0);
  await screenshot(applicant, 'licence-issued-390');
  const link = applicant.getByRole('link', { name: labels.certificate.fa });
  const path = must((await link.getAttribute('href')) ?? undefined, 'an address');
  const pdf = await applicant.request.get(`${address}${path}`);
  expect(pdf.headers()['content-type']).toBe('application/pdf');

  // The printed sheet, and what a scanner reads from it.
  const sheet = await drawPdf(await pdf.body());
  keepSheet(sheet, 'certificate');
  const code = must(jsqr(sheet.pixels, sheet.width, sheet.height), 'a code that scans');
  const payload = Buffer.from(code.binaryData).toString('utf8');
  expect(payload).toMatch(/^KARSAZ1\|30-\d{4}-\d{6}-\d{4}\|مریم نمونه‌پور\|خیاطی\|کرج\|البرز\|/);

  const stranger = await (await openContext(browser, { size: phone })).newPage();
  expect(await verdictOf(stranger, payload)).toContain(checkWords.genuine.fa);
  await stranger.getByRole('link', { name: checkWords.check.fa }).last().click();
  await stranger.getByText(licenceStateWords.valid.fa).waitFor();
  expect(await verdictOf(stranger, payload.replace('مریم', 'مینا'))).toContain(checkWords.forged.fa);
}, 90_000);

test('an applicant who is known reads their own record, types what it lacks, and loses nothing of it', async () => {
  const { form, get, post } = must(licences, 'the house is prepared');
  await post('applicant', 'licence-requests', form());
  const { record } = ownRecordShape.parse((await get('applicant', 'persons/own')).body);
  const page = await visit('applicant-alborz', phone);
  await chooseWork(page, 'گیاهان دارویی');
  const shown = page.locator('.k-facts');
  await shown.getByText(persianDigits(must(record.nationalId, 'an id'))).waitFor();
  expect(await shown.textContent()).toContain(record.firstName);
  for (const field of ['nationalId', 'firstName', 'lastName'])
    expect(await page.locator(`input[name="${field}"]`).count(), field).toBe(0);
  await page.getByRole('button', { name: `کرج ${labels.county.fa}` }).waitFor();
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await screenshot(page, 'licence-own-390');
  const theirs = page.locator('input[name="phone"]');
  await theirs.fill('09125550101');

  // A page that is closed keeps what was typed, and it stands over the record.
  await chooseWork(page, 'گیاهان دارویی');
  await theirs.waitFor();
  expect(await theirs.inputValue()).toBe('09125550101');
  await page.getByRole('button', { name: labels.next.fa, exact: true }).click();
  await page.getByRole('button', { name: labels.send.fa, exact: true }).click();
  await page.waitForURL(/\/licences\/requests\/[0-9a-f-]{36}/);
  const after = ownRecordShape.parse((await get('applicant', 'persons/own')).body);
  expect(after).toMatchObject({ record: { phone: '09125550101' }, mendable: ['bornOn', 'countyCode'] });
}, 90_000);

test('an office fills the empty fields of a known person, and what was typed stays', async () => {
  const { asked } = must(licences, 'the house is prepared');
  const { holder } = await asked();
  const page = await visit('county-office-alborz');
  await chooseWork(page, 'گیاهان دارویی');
  const field = (name: string) => page.locator(`input[name="${name}"]`);
  // The county is the office's own from the start, and nobody is born today.
  await page.getByRole('button', { name: `کرج ${labels.county.fa}` }).waitFor();
  await field('bornOn').waitFor();
  expect(await page.getByRole('button', { name: dayWords.today.fa, exact: true }).count()).toBe(0);
  await field('firstName').fill('مریم‌بانو');
  await field('nationalId').fill(persianDigits(holder.nationalId));
  await page.getByText(`${labels.knownHere.fa}: ${holder.firstName} ${holder.lastName}`).waitFor();
  await screenshot(page, 'licence-known-1440');
  await page.getByRole('button', { name: labels.fillIn.fa, exact: true }).click();
  expect(await field('lastName').inputValue()).toBe(holder.lastName);
  expect(await field('firstName').inputValue()).toBe('مریم‌بانو');
  await page.getByRole('button', { name: `کرج ${labels.county.fa}` }).waitFor();
  expect(await page.getByRole('button', { name: labels.fillIn.fa, exact: true }).count()).toBe(0);
}, 90_000);

test('the page of a person shows licences, requests, cases and documents, and says where there are none', async () => {
  const { asked, get } = must(licences, 'the house is prepared');
  const { id: requestId, holder } = await asked();
  const found = pageShape(personShape).parse(
    (await get('director', `persons?search=${holder.nationalId}`)).body,
  );
  const { personId } = must(found.items[0], 'a person');
  for (const size of [undefined, phone]) {
    const page = await visit('county-office-alborz', size);
    await page.goto(`${address}/desk/persons/alborz/${personId}`);
    await page.getByText(holdingLabels.none.fa, { exact: true }).waitFor();
    await page.getByText(documentLabels.none.fa, { exact: true }).waitFor();
    const links = page.locator(`.k-table a[href$="/cases/30/${requestId}"]`);
    await page.getByRole('heading', { name: caseLabels.ofPerson.fa, exact: true }).waitFor();
    await links.nth(1).waitFor();
    expect(await links.count()).toBe(2);
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    await screenshot(page, `person-rooms-${size === undefined ? 1440 : 390}`);
    await links.first().click();
    await page.waitForURL(/\/cases\/30\//);
  }
}, 90_000);

test('the director signs from the page of the case, where nothing is said to come once it is closed', async () => {
  const { asked } = must(licences, 'the house is prepared');
  const { id } = await asked([
    ['county-office', 'pass_inquiry'],
    ['agency', 'sign_first'],
  ]);
  const page = await visit('director-alborz');
  const box = page.getByRole('row').filter({ has: page.locator(`a[href$="/cases/30/${id}"]`) });
  await page.goto(`${address}/desk/cases?kind=licence_request`);
  await box.getByRole('checkbox').waitFor();
  await page.goto(`${address}/desk/cases/30/${id}`);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const refused = page.locator('details.p-acts-refused');
  await refused.waitFor();
  expect(await button(requestActWords.sign_first.fa).count()).toBe(0);
  await refused.locator('summary').click();
  expect(await button(requestActWords.sign_first.fa).isDisabled()).toBe(true);
  await button(requestActWords.sign_second.fa).click();
  await button(requestActWords.sign_second.fa).last().click();
  await page.getByText(shell.caseClosed.fa).waitFor();
  expect(await refused.count()).toBe(0);
  expect(await page.getByText(shell.notYet.fa).count()).toBe(0);
  await page.goto(`${address}/desk/cases?kind=licence_request&tab=all&state=issued`);
  await box.waitFor();
  expect(await page.getByRole('checkbox').count()).toBe(0);
  await page.goto(`${address}/desk/licences/requests/${id}`);
  await page.getByText(shell.caseClosed.fa).waitFor();
}, 90_000);

test('what needs more than a reason leads from the case to the page of the request', async () => {
  const { asked } = must(licences, 'the house is prepared');
  const { id } = await asked();
  const page = await visit('county-office-alborz');
  await page.goto(`${address}/desk/cases/30/${id}`);
  await page.getByRole('button', { name: new RegExp(`^${requestActWords.pass_inquiry.fa}`) }).click();
  await page.waitForURL((url) => url.pathname === `/desk/licences/requests/${id}`);
}, 90_000);

test('a paper with a name as long as one may be wraps on the page of its case', async () => {
  const { asked } = must(licences, 'the house is prepared');
  const { id } = await asked();
  for (const size of [desktop, phone]) {
    const page = await visit('county-office-alborz', size);
    await page.goto(`${address}/desk/cases/30/${id}`);
    const name = `${'n'.repeat(196)}.pdf`;
    const file = { name, mimeType: 'application/pdf', buffer: pdfOf('plan') };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByRole('link', { name }).first().waitFor();
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  }
}, 90_000);

const widthOf = async (what: Locator): Promise<number> =>
  Math.round(must(await what.boundingBox(), 'a box').width);

test('on a phone the first step says what is missing, and which offices see the chosen occupation', async () => {
  const page = await visit('applicant-alborz', phone);
  await page.goto(`${address}/desk/licences/new`);
  await page.getByText(labels.chooseFirst.fa).waitFor();
  const search = page.locator('input[name="occupation"]');
  await search.fill('سمنو');
  const found = page.locator('.k-button.is-wide').first();
  await found.waitFor();
  expect(await widthOf(search)).toBe(await widthOf(found));
  await found.click();
  await page.getByText(labels.seenBy.fa).waitFor();
  const chosen = (await page.locator('.k-notice.is-green').textContent()) ?? '';
  for (const told of [labels.starredNote.fa, 'جهاد کشاورزی', 'بهداشت']) expect(chosen).toContain(told);
  expect(await page.getByText(labels.chooseFirst.fa).count()).toBe(0);
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await screenshot(page, 'licence-work-390');
  await search.fill('خیاطی');
  await page.getByRole('button', { name: 'خیاطی', exact: true }).click();
  await page.getByText(labels.starredNote.fa).waitFor({ state: 'detached' });
}, 60_000);
