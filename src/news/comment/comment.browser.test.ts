import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { desktop, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { openStage } from '#testing/stage.ts';
import { deskLabels } from '../item/words.ts';
import { queueLabels } from './words.ts';

/** The newsroom at its desk: the queue by keys alone, and an item while it is written. */
const { address, ...stage } = await openStage();

const visit = async (username: string, size: { width: number; height: number }): Promise<Page> =>
  (await stage.visit(username, size)).page;

test('a moderator walks through the queue and decides by keys, and it is not there any more', async () => {
  const page = await visit('editor-alborz', desktop);
  await page.goto(`${address}/desk/moderation`);
  const comments = page.locator('[data-comment]');
  await comments.first().waitFor();
  await screenshot(page, 'desk-moderation-1440');
  const before = await comments.count();
  const text = await comments.first().locator('p').nth(1).innerText();
  await page.locator('h1').click();
  await page.keyboard.press('j');
  await page.keyboard.press('p');
  await page.getByText(text).waitFor({ state: 'detached' });
  expect(await comments.count()).toBe(before - 1);
  const next = await comments.first().locator('p').nth(1).innerText();
  await page.keyboard.press('j');
  await page.keyboard.press('2');
  await page.getByText(next).waitFor({ state: 'detached' });
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await page.context().close();
  const small = await visit('deputy-alborz', phone);
  await small.goto(`${address}/desk/moderation`);
  await small.getByText(queueLabels.afterLook.fa).waitFor();
  expect(await sidewaysOverflow(small)).toBeLessThanOrEqual(0);
  await screenshot(small, 'desk-moderation-390');
  await small.context().close();
}, 60_000);

test('an item is written with its figures checked, kept, and waits for another person', async () => {
  const page = await visit('editor-alborz', desktop);
  await page.goto(`${address}/desk/news`);
  await page.locator('.k-table a').first().waitFor();
  await screenshot(page, 'desk-news-1440');
  await page.getByRole('link', { name: deskLabels.write.fa }).click();
  await page.locator('[name=titleFa]').fill('خبر آزمایشی');
  await page.locator('[name=summaryFa]').fill('چکیدهٔ خبر آزمایشی');
  await page
    .locator('[name=bodyFa]')
    .fill('در سال ۱۴۰۲ بیش از ۹۹۹۹ میلیارد تومان اعتبار مشاغل خانگی به استان البرز ابلاغ شد.');
  await page.locator('.is-contradicted').first().waitFor();
  await screenshot(page, 'desk-item-new-1440');
  await page.getByRole('button', { name: deskLabels.save.fa }).click();
  await page.waitForURL(/\/desk\/news\/alborz\/[0-9a-f-]{36}$/);
  await page.locator('[name=reason]').waitFor();
  await screenshot(page, 'desk-item-1440');
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  const english = (await page.locator('main').innerText())
    .split('\n')
    .filter((line) => /[A-Za-z]{3,}/.test(line) && !/JPEG|PNG|CSV/.test(line));
  expect(english).toEqual([]);
  await page.context().close();
}, 60_000);
