import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { pictureOf } from '#platform/picture.ts';
import { must } from '#kernel/result.ts';
import { text as itemText } from '#testing/newsroom.ts';
import { desktop, phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { openStage } from '#testing/stage.ts';
import { mostPixels } from '../image/contract.ts';
import { deskLabels, itemActWords, itemLabels } from '../item/words.ts';
import { words as webWords } from '#web/words.ts';
import { queueLabels } from './words.ts';

/** The newsroom at its desk: the queue by keys alone, and an item while it is written. */
const { address, ...stage } = await openStage();

const visit = async (username: string, size: { width: number; height: number }): Promise<Page> =>
  (await stage.visit(username, size)).page;

const topOf = async (what: Locator): Promise<number> => must(await what.boundingBox(), 'a box').y;

test('a moderator walks through the queue and decides by keys, and it is not there any more', async () => {
  const page = await visit('editor-alborz', desktop);
  await page.goto(`${address}/desk/moderation`);
  const comments = page.locator('[data-comment]');
  await comments.first().waitFor();
  await screenshot(page, 'desk-moderation-1440');
  const before = await comments.count();
  const text = await comments.first().locator('p').nth(1).innerText();
  const middles = await page.evaluate<number[]>(
    "[...document.querySelectorAll('form[role=search] :is(.k-input, .k-button)')].map((one) => one.getBoundingClientRect()).filter(({ height }) => height > 0).map(({ top, bottom }) => (top + bottom) / 2)",
  );
  expect(middles.length).toBeGreaterThan(2);
  expect(Math.max(...middles) - Math.min(...middles)).toBeLessThan(20);
  expect(await topOf(comments.first())).toBeLessThan(desktop.height / 2);
  await page.locator('h1').click();
  await page.keyboard.press('p');
  await page.getByText(queueLabels.chosenFirst.fa).waitFor();
  expect(await comments.count()).toBe(before);
  expect(
    await page.evaluate<boolean>("document.activeElement === document.querySelector('[data-comment]')"),
  ).toBe(true);
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
  await small.locator('[data-comment]').first().waitFor();
  await screenshot(small, 'desk-moderation-390');
  expect(await topOf(small.locator('[data-comment]').first())).toBeLessThan((phone.height * 3) / 4);
  await small.getByText(queueLabels.narrow.fa).click();
  await small.locator('[name=search]').waitFor();
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
  const small = await visit('deputy-alborz', phone);
  await small.goto(page.url());
  const approve = small.getByRole('button', { name: itemActWords.approve.fa });
  await approve.waitFor();
  await screenshot(small, 'desk-item-390');
  expect(await topOf(approve)).toBeLessThan(phone.height / 2);
  const publish = small.getByRole('button', { name: itemActWords.publish.fa, exact: true });
  expect(await publish.isVisible()).toBe(false);
  await small.getByText(webWords.actsNotNow.fa).click();
  expect(await publish.isDisabled()).toBe(true);
  await small.context().close();
  await page.context().close();
}, 60_000);

/** A key as a Persian keyboard sends it: another letter from the same place. */
async function pressPersian(page: Page, key: string, code: string): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  for (const type of ['keyDown', 'keyUp'] as const)
    await browser.send('Input.dispatchKeyEvent', {
      type,
      key,
      code,
      ...(type === 'keyDown' ? { text: key } : {}),
    });
}

test('the keys of the queue are where they are on a Persian keyboard, and none of them acts in a field', async () => {
  const page = await visit('editor-alborz', desktop);
  await page.goto(`${address}/desk/moderation`);
  const comments = page.locator('[data-comment]');
  await comments.first().waitFor();
  const before = await comments.count();
  expect(before).toBeGreaterThan(1);
  const at = (): Promise<number> =>
    page.evaluate<number>(
      "[...document.querySelectorAll('[data-comment]')].findIndex((one) => one.contains(document.activeElement))",
    );
  await page.locator('h1').click();
  for (const [key, code, place] of [
    ['ت', 'KeyJ', 0],
    ['ت', 'KeyJ', 1],
    ['ن', 'KeyK', 0],
  ] as const) {
    await pressPersian(page, key, code);
    expect(await at()).toBe(place);
  }
  await comments.first().locator('[name=note]').fill('');
  for (const [key, code] of [
    ['ح', 'KeyP'],
    ['۲', 'Digit2'],
  ] as const)
    await pressPersian(page, key, code);
  expect(await comments.first().locator('[name=note]').inputValue()).toBe('ح۲');
  expect(await comments.count()).toBe(before);
  await comments.first().focus();
  const said = await comments.first().locator('p').nth(1).innerText();
  await pressPersian(page, 'ح', 'KeyP');
  await page.getByText(said).waitFor({ state: 'detached' });
  expect(await comments.count()).toBe(before - 1);
  await page.context().close();
}, 60_000);

/** What a signed-in person sends by hand. */
async function send(page: Page, path: string, data: object): Promise<string> {
  const headers = { 'idempotency-key': randomUUID(), origin: address };
  const answer = await page.request.post(`${address}/api/provinces/alborz/news${path}`, { headers, data });
  const { id }: { id?: string } = await answer.json();
  return must(id, await answer.text());
}

const ownId = () => newId(Date.now());

test('words without an end make no screen wider than it is, and what was searched for stands in the address', async () => {
  const editor = await visit('editor-alborz', desktop);
  const deputy = await visit('deputy-alborz', phone);
  const endless = { titleFa: 'الف'.repeat(66), summaryFa: 'بپت'.repeat(160), bodyFa: 'جچح'.repeat(500) };
  const item = await send(editor, '', { ...itemText(endless), id: ownId() });
  const acts = `/${item}/acts`;
  await send(deputy, `${acts}/approve`, { id: ownId(), seenVersion: 1, reason: null });
  await send(editor, `${acts}/publish`, { id: ownId(), seenVersion: 2, reason: null });
  const body = 'سپاس'.repeat(375);
  for (const penName of ['خ'.repeat(60), 'مریم']) {
    const form = { idempotency_key: randomUUID(), id: ownId(), penName, body };
    const sent = await fetch(`${address}/news/${item}/comments`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(form),
    });
    expect(sent.status).toBe(303);
  }
  for (const [page, name] of [
    [editor, '1440'],
    [deputy, '390'],
  ] as const) {
    for (const path of [
      `/desk/moderation?item=${item}`,
      '/desk/news',
      `/desk/news/alborz/${item}`,
      `/news/${item}`,
      '/news',
      `/api/provinces/alborz/news/${item}/preview`,
    ]) {
      await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
      await page.getByText(endless.titleFa).first().waitFor();
      expect(await sidewaysOverflow(page), `${path} ${name}`).toBeLessThanOrEqual(0);
      if (path.startsWith('/desk/moderation')) await screenshot(page, `desk-moderation-endless-${name}`);
    }
  }
  await editor.goto(`${address}/desk/moderation`);
  await editor.locator('[name=search]').fill('مریم');
  await editor.locator('[name=search]').press('Enter');
  await editor.waitForURL(/search=/);
  const found = editor.locator('[data-comment]').filter({ hasText: body.slice(0, 40) });
  await found.first().waitFor();
  expect(await found.count()).toBe(1);
  await editor.reload();
  await found.first().waitFor();
  expect(await editor.locator('[name=search]').inputValue()).toBe('مریم');
  await editor.context().close();
  await deputy.context().close();
}, 90_000);

/** A picture of 120 points is drawn on a page, and not only named there. */
const expectDrawn = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate<boolean>(
          "[...document.querySelectorAll('main img')].some((one) => one.naturalWidth === 120)",
        ),
      { timeout: 10_000 },
    )
    .toBe(true);

test('a picture that a browser drew is taken, shown on the desk and previewed by who approves', async () => {
  const editor = await visit('editor-alborz', desktop);
  const item = await send(editor, '', { ...itemText(), id: ownId() });
  const drawn = await editor.evaluate<string[]>(
    "['image/jpeg', 'image/png'].map((media) => { const canvas = document.createElement('canvas'); canvas.width = 120; canvas.height = 80; const pen = canvas.getContext('2d'); pen.fillStyle = 'teal'; pen.fillRect(9, 9, 60, 60); return canvas.toDataURL(media).split(',')[1]; })",
  );
  const files = drawn.map((one) => Buffer.from(one, 'base64'));
  for (const bytes of files)
    expect(await pictureOf(bytes, { mostPixels, ofCamera: false })).toMatchObject({
      ok: true,
      value: { size: { width: 120, height: 80 } },
    });
  await editor.goto(`${address}/desk/news/alborz/${item}`);
  await editor.locator('[name=altFa]').waitFor();
  expect(
    await editor.locator('label, .k-label').filter({ hasText: deskLabels.altFa.fa }).allInnerTexts(),
  ).toEqual([deskLabels.altFa.fa]);
  expect(
    await editor.locator('label, .k-label').filter({ hasText: itemLabels.category.fa }).allInnerTexts(),
  ).toEqual([itemLabels.category.fa]);
  const [jpeg] = files;
  await editor.locator('[name=altFa]').fill('نمودار آزمایشی');
  await editor.locator('[name=altEn]').fill('A sample chart');
  await editor
    .locator('input[type=file]')
    .setInputFiles({ name: 'chart.jpg', mimeType: 'image/jpeg', buffer: must(jpeg, 'a picture') });
  const thumbnail = editor.locator('li img');
  await thumbnail.waitFor();
  await expectDrawn(editor);
  await editor.getByRole('button', { name: deskLabels.place.fa }).click();
  await Promise.all([
    editor.waitForResponse((answer) => answer.url().endsWith('/texts') && answer.status() === 201),
    editor.getByRole('button', { name: deskLabels.save.fa }).click(),
  ]);
  await screenshot(editor, 'desk-item-picture-1440');
  const deputy = await visit('deputy-alborz', phone);
  await deputy.goto(`${address}/desk/news/alborz/${item}`);
  const [preview] = await Promise.all([
    deputy.context().waitForEvent('page'),
    deputy.getByRole('link', { name: itemLabels.preview.fa }).click(),
  ]);
  await preview.getByText(itemLabels.previewed.fa).waitFor();
  await expectDrawn(preview);
  expect(await sidewaysOverflow(preview)).toBeLessThanOrEqual(0);
  await screenshot(preview, 'desk-item-preview-390');
  await editor.context().close();
  await deputy.context().close();
}, 90_000);

test('a changed text is asked about before it is dropped, and no deed is done on it', async () => {
  const page = await visit('editor-alborz', desktop);
  await page.goto(`${address}/desk/news/alborz/new`);
  await page.locator('[name=titleFa]').fill('خبری که نگه داشته نشده است');
  await page.locator('nav a[href="/desk/moderation"]').first().click();
  await page.getByRole('button', { name: webWords.stayHere.fa }).click();
  expect(await page.locator('[name=titleFa]').inputValue()).toBe('خبری که نگه داشته نشده است');
  await page.locator('nav a[href="/desk/moderation"]').first().click();
  await page.getByRole('button', { name: webWords.dropText.fa }).click();
  await page.waitForURL(/\/desk\/moderation/);
  await page.context().close();
}, 60_000);

test('on paper the figures against the records are unfolded, and addresses are written out', async () => {
  const list = await (await fetch(`${address}/news`)).text();
  const items = [...list.matchAll(/href="(\/news\/[0-9a-f-]{36})"/g)].map((match) => match[1] ?? '');
  const page = await visit('editor-alborz', desktop);
  for (const path of new Set(items)) {
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`${address}${path}`);
    const folded = page.locator('details li').first();
    if ((await folded.count()) === 0) continue;
    expect(await folded.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await folded.isVisible()).toBe(true);
    expect(await page.locator('p.paper').innerText()).toContain(`${address}${path}`);
    return;
  }
  throw new Error('no item of the demonstration has a checked figure');
}, 60_000);
