import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '#app.ts';
import { desktop, openContext, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { drawPdf, keepSheet } from '#testing/paper.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { checkShape } from './contract.ts';
import { deliverReports } from './delivery/actions.ts';
import { deliveryLabels, rhythmWords } from './delivery/words.ts';
import { briefingLabels, briefingTitle } from './briefing/words.ts';
import { performanceTitle, reportLabels, reportWords } from './report/words.ts';
import { decisionWords, reviewLabels } from './review/words.ts';
import { statementLabels } from './statement/words.ts';

/** The desk's evidence and the open data, as a director and a citizen have them. */
const { address, browser, house, visit } = await openStage();

test('a director rejects a verdict, finds the decision again, and takes the notes away on paper', async () => {
  const { page, faults } = await visit('director-alborz');
  await page.goto(`${address}/desk/evidence`);
  await page.getByRole('button', { name: 'البرز', exact: true }).click();
  await page.getByRole('button', { name: statementLabels.run.fa, exact: true }).click();
  const mark = page.locator('.p-mark.is-supported').first();
  await mark.click();
  await page.getByRole('button', { name: reviewLabels.reject.fa, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: reviewLabels.keep.fa, exact: true }).click();
  // Without a reason it is not kept, and what is missing is said.
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel(reviewLabels.reason.fa).fill('رقم از گزارش سال پیش آمده است.');
  await screenshot(page, 'review-1440');
  await dialog.getByRole('button', { name: reviewLabels.keep.fa, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(reviewLabels.sameText.fa).first().waitFor();
  expect(await page.getByText('رقم از گزارش سال پیش آمده است.').count()).toBe(1);
  await expectSound(page);
  await screenshot(page, 'reviewed-1440');
  await page.getByRole('button', { name: statementLabels.export.fa, exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: reviewLabels.savePdf.fa, exact: true }).click();
  const file = await (await download).path();
  keepSheet(await drawPdf(readFileSync(file)), 'annotated-pdf');
  expect(faults).toEqual([]);

  const small = await visit('editor-alborz', phone);
  await small.page.goto(`${address}/desk/evidence`);
  await small.page.getByRole('button', { name: 'البرز', exact: true }).click();
  await small.page.getByRole('button', { name: statementLabels.run.fa, exact: true }).click();
  await small.page.getByText(decisionWords.rejected.fa).first().waitFor();
  await expectSound(small.page);
  await screenshot(small.page, 'reviewed-390');
  expect(small.faults).toEqual([]);
});

test('a deputy reads the report of the province, goes from a county to its own, and takes it along on paper', async () => {
  const { page, faults } = await visit('deputy-alborz');
  await page.goto(`${address}/desk/evidence/report?year=1402`);
  await page.getByText(performanceTitle({ fa: 'البرز', en: 'Alborz' }, 1402).fa).waitFor();
  await expectSound(page);
  await screenshot(page, 'report-1440');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: reportLabels.pdf.fa, exact: true }).click();
  const file = await (await download).path();
  keepSheet(await drawPdf(readFileSync(file)), 'report-pdf');
  await page.getByRole('link', { name: 'کرج', exact: true }).click();
  await page.getByText(performanceTitle({ fa: 'کرج', en: 'Karaj' }, 1402).fa).waitFor();
  expect(new URL(page.url()).searchParams.get('county')).toBe('3001');
  // Two presses at once order it once.
  await page.getByRole('button', { name: deliveryLabels.begin.fa, exact: true }).dblclick();
  await page.getByRole('button', { name: deliveryLabels.end.fa, exact: true }).waitFor();
  expect(await page.getByRole('button', { name: deliveryLabels.end.fa, exact: true }).count()).toBe(1);
  await expectSound(page);
  await page.getByRole('button', { name: deliveryLabels.end.fa, exact: true }).click();
  await page.getByText(deliveryLabels.standing.fa).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);

  const country = await visit('ministry');
  await country.page.goto(`${address}/desk/evidence/report?year=1402`);
  await country.page.getByRole('img', { name: new RegExp(reportLabels.map.fa) }).waitFor();
  await expectSound(country.page);

  const small = await visit('deputy-alborz', phone);
  await small.page.goto(`${address}/desk/evidence/report?year=1402`);
  await small.page.getByText(performanceTitle({ fa: 'البرز', en: 'Alborz' }, 1402).fa).waitFor();
  await expectSound(small.page);
  await screenshot(small.page, 'report-390');
});

test('a deputy takes a briefing sheet along: figures, how each is said, what may not be said', async () => {
  const { page, faults } = await visit('deputy-alborz');
  const title = briefingTitle({ fa: 'البرز', en: 'Alborz' }, 1402).fa;
  await page.goto(`${address}/desk/evidence/briefing?year=1402&programme=home_jobs`);
  await page.getByRole('heading', { name: title }).waitFor();
  await page.getByText(briefingLabels.unsaid.fa).first().waitFor();
  await expectSound(page);
  await screenshot(page, 'briefing-1440');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: reportLabels.pdf.fa, exact: true }).click();
  keepSheet(await drawPdf(readFileSync(await (await download).path())), 'briefing-pdf');
  expect(faults).toEqual([]);
  const small = await visit('deputy-alborz', phone);
  await small.page.goto(`${address}/desk/evidence/briefing?year=1402&figures=credit.paid`);
  await small.page.getByRole('heading', { name: title }).waitFor();
  await expectSound(small.page);
});

test('what the statement of Alborz says is locked is held against the reserve, with the slip of its unit', async () => {
  const { page } = await visit('editor-alborz');
  const text = readFileSync(join(house.config.root, 'data', 'demonstration', 'statement-alborz.txt'), 'utf8');
  const said = await page.request.post(`${address}/api/provinces/alborz/statement-check`, {
    data: { text, published: null },
  });
  const { figures } = checkShape.parse(await said.json());
  expect(figures.find((one) => one.text === '۲۴۳٫۵ میلیارد تومان')).toMatchObject({
    verdict: 'contradicted',
    indicator: 'credit.cooperative_reserve',
    actual: '243500000000',
  });
});

test('open data is read without JavaScript, in both languages, on a desk and on a phone', async () => {
  for (const [size, name] of [
    [desktop, '1440'],
    [phone, '390'],
  ] as const)
    for (const prefix of ['', '/en']) {
      const context = await openContext(browser, { size });
      const page = await context.newPage();
      for (const path of ['/data', '/data/credit.paid']) {
        await page.goto(`${address}${prefix}${path}`);
        expect(await sidewaysOverflow(page), `${prefix}${path}`).toBe(0);
        await screenshot(page, `${path.slice(1).replaceAll('/', '-')}${prefix.replace('/', '-')}-${name}`);
      }
      await context.close();
    }
});

test('what was ordered for every week stands among the reports a week later, as it stood on its day', async () => {
  const ordering = await visit('director-alborz');
  await ordering.page.goto(`${address}/desk/evidence/report`);
  await ordering.page.getByLabel(deliveryLabels.rhythm.fa).first().click();
  await ordering.page.getByRole('option', { name: rhythmWords.week.fa, exact: true }).click();
  await ordering.page.getByRole('button', { name: deliveryLabels.begin.fa, exact: true }).click();
  await ordering.page.getByText(deliveryLabels.standing.fa).waitFor();
  const clock = { now: () => new Date(Date.now() + 8 * 86_400_000) };
  expect(await deliverReports({ ...house, clock, catalogue, words: reportWords })).toBe(1);
  for (const [size, name] of [
    [desktop, 'delivered-1440'],
    [phone, 'delivered-390'],
  ] as const) {
    const { page, faults } = await visit('director-alborz', size);
    await page.goto(`${address}/desk/evidence/report`);
    await page.getByRole('link', { name: /البرز/ }).last().click();
    await page.getByText(deliveryLabels.asItStood.fa).waitFor();
    await screenshot(page, name);
    await expectSound(page);
    expect(faults).toEqual([]);
  }
});
