import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { root } from '#platform/config.ts';
import { signingKey } from '#platform/signature.ts';
import { booksOf, order, provinceId } from '#testing/books.ts';
import { openBrowser, openContext } from '#testing/browser.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { beginSealing, sealRecorded } from './actions.ts';
import { transferSource } from './contract.ts';
import { sealRoutes } from './routes.ts';

// The auditor's page as it is used: saved to a disk, without a server, in a real browser.

const house = await openHouse();
const desk = await openDesk(house, { rooms: [sealRoutes(house, [transferSource])] });
const browser = await openBrowser();
const box = mkdtempSync(join(tmpdir(), 'karsaz-verifier-'));
afterAll(async () => {
  await browser.close();
  rmSync(box, { recursive: true, force: true });
});

let whole = '';
beforeAll(async () => {
  const { openSet, post } = booksOf(house);
  const key = signingKey(generateKeyPairSync('ed25519').privateKey);
  const [notifier, a, b] = await openSet();
  for (let run = 0; run < 3; run += 1) {
    await post([order(notifier, a, { kind: 'گرفتن\tو \\ خط\n' }), order(a, b)]);
    house.clock.advance(3_000);
    await sealRecorded({ ...house, key, sources: [transferSource] }, beginSealing());
  }
  const { cookie } = await desk.as('auditor');
  const url = `/api/seals/export?province=${provinceId}`;
  whole = (await desk.app.inject({ url, headers: { cookie } })).body;
  copyFileSync(join(root, 'src', 'web', 'verifier.html'), join(box, 'page.html'));
});

/** What the page says of an export, opened from the disk. */
async function said(
  text: string,
  heads?: string,
): Promise<{ readonly kind: string | null; readonly text: string }> {
  const context = await openContext(browser);
  try {
    const page = await context.newPage();
    await page.goto(`file://${join(box, 'page.html')}`);
    if (heads !== undefined) {
      writeFileSync(join(box, 'heads.jsonl'), heads);
      await page.setInputFiles('#heads', join(box, 'heads.jsonl'));
    }
    writeFileSync(join(box, 'export.jsonl'), text);
    await page.setInputFiles('#export', join(box, 'export.jsonl'));
    await page.waitForSelector('output.right, output.wrong');
    const answer = page.locator('#answer');
    return { kind: await answer.getAttribute('class'), text: (await answer.textContent()) ?? '' };
  } finally {
    await context.close();
  }
}

const lines = (): string[] => whole.trimEnd().split('\n');

test('finds an export right, its signatures too', async () => {
  const answer = await said(whole);
  expect(answer).toMatchObject({ kind: 'right' });
  expect(answer.text).toContain('Right: 6 rows in 3 seals, province 5. The signatures are right too.');
});

test('names the seal with an altered row, a missing row, a swapped pair, another signature', async () => {
  const row = 5;
  const flipped = lines().with(row, must(lines()[row], 'a row').replace('"post"', '"pend"'));
  expect((await said(flipped.join('\n'))).text).toContain('seal 2: one of its rows was altered');
  const missing = lines().toSpliced(-1, 1);
  expect((await said(missing.join('\n'))).text).toContain('seal 3: the count of its rows differs');
  const [one = '', two = ''] = lines().slice(row, row + 2);
  const swapped = lines()
    .with(row, two)
    .with(row + 1, one);
  expect((await said(swapped.join('\n'))).text).toContain('seal 2: one of its rows was altered');
  const signed = whole.replaceAll(/"signature":"(..)/g, '"signature":"00');
  expect((await said(signed)).text).toContain('seal 1: its signature is wrong');
  const cut = lines().toSpliced(4, 3);
  expect((await said(cut.join('\n'))).text).toContain('its number does not follow');
});

test('holds an export against heads that were kept', async () => {
  const heads = (await desk.app.inject({ url: `/api/seals/heads?province=${provinceId}` })).body;
  expect((await said(whole, heads)).kind).toBe('right');
  const other = heads.replaceAll(/"head":"[0-9a-f]{64}"/g, `"head":"${'0'.repeat(64)}"`);
  expect((await said(whole, other)).text).toContain('is not the one that you kept');
  const shorter = lines().slice(0, 7).join('\n');
  expect((await said(shorter, heads)).text).toContain('seal 3, which you kept, is not in this export');
  expect((await said('{"a":1}')).text).toContain('no export of seals');
});
