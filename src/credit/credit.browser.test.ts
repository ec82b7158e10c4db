import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { type Id, id } from '#kernel/id.ts';
import { persianDigits } from '#kernel/persian.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { manyAwards, openTestBranch, sheetOf, sumOf, type SheetRow } from '#testing/banklists.ts';
import { phone, screenshot } from '#testing/browser.ts';
import { typedToman } from '#web/format.ts';
import { pdf } from '#testing/pictures.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { alborz, karaj } from '#testing/credits.ts';
import { personLabels } from '#party/person/words.ts';
import { awardLabels } from './award/words.ts';
import { axisWords, divideLabels } from './axis/words.ts';
import { bankListLabels, bankListNames, groupWords } from './banklist/words.ts';
import { draftLabels, gapWords } from './draft/words.ts';
import { findBreaches } from './law/actions.ts';
import { lineLabels } from './line/words.ts';
import { redivisionActWords, redivisionLabels } from './redivision/words.ts';
import { revisionLabels } from './revision/words.ts';
import { scanLabels } from './scan/words.ts';
import { scenarioLabels } from './scenario/words.ts';
import { slicingLabels } from './slicing/words.ts';
import { versionLabels } from './version/words.ts';
import { creditLabels, creditNames } from './words.ts';

const { house, address, visit } = await openStage();
const scope = { ...noScope, province: alborz };

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function openLine(page: Page): Promise<void> {
  await page.goto(`${address}/desk/credit/alborz`);
  await page.locator('.k-table a[href*="/credit/alborz/lines/"]').first().click();
  await page.getByText(creditLabels.wayOfRial.fa).first().waitFor();
}

/** Approves what stands on the page under a resolution; gives back what the server said to the same by direct request. */
async function approve(page: Page, name: string): Promise<void> {
  await button(page, name).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(creditLabels.resolutionNumber.fa).fill('۱۲/۳۴');
  await dialog.getByRole('button', { name, exact: true }).click();
  await page.getByText(creditNames.states.approved.fa).first().waitFor();
}

const slicesShape = z.array(
  z.object({
    id: z.string(),
    parentId: z.string().nullable(),
    standing: z.object({ open: z.string() }),
  }),
);

/** A slice without parts that has something left. */
const leafOf = (slices: z.infer<typeof slicesShape>): string =>
  must(
    slices.find(
      ({ id: own, standing }) =>
        slices.every(({ parentId }) => parentId !== own) && BigInt(standing.open) > 10n ** 10n,
    ),
    'a slice without parts',
  ).id;

/** The line that the list shows first, its slices, and among them that of the whole province. */
async function firstLine(page: Page) {
  await openLine(page);
  const lineId = must(/lines\/([0-9a-f-]{36})/.exec(page.url())?.[1], 'the line in the address');
  const said: unknown = await (
    await page.request.get(`${address}/api/provinces/alborz/credit/lines/${lineId}`)
  ).json();
  const { slices } = z.object({ slices: slicesShape }).parse(said);
  return {
    lineId,
    slices,
    rootId: must(
      slices.find(({ parentId }) => parentId === null),
      'a root',
    ).id,
  };
}

describe('a working group over the division of a credit', () => {
  test('moves a weight, sees the parts at once, proposes them; the proposer cannot approve, another can', async () => {
    const { page, faults } = await visit('deputy-alborz');
    await openLine(page);
    await page.getByRole('link', { name: scenarioLabels.title.fa, exact: true }).first().click();
    await page.getByRole('slider').first().waitFor();
    await expectSound(page);
    await screenshot(page, 'scenario-1440');
    await page.goto(`${page.url().split('?')[0] ?? ''}?mode=rest`);
    const slider = page.getByRole('slider').first();
    await slider.waitFor();
    const zeros = button(page, slicingLabels.countAllAsZero.fa);
    if ((await zeros.count()) > 0) await zeros.click();
    await page.getByText(scenarioLabels.agrees.fa).waitFor();
    const parts = (): Promise<string> => page.locator('.k-table').first().innerText();
    const before = await parts();
    await slider.press('PageUp');
    expect(await parts()).not.toBe(before);
    await page.getByText(scenarioLabels.agrees.fa).waitFor();
    await button(page, scenarioLabels.undo.fa).click();
    expect(await parts()).toBe(before);
    await button(page, scenarioLabels.redo.fa).click();
    await page.getByText(scenarioLabels.agrees.fa).waitFor();
    await screenshot(page, 'scenario-moved-1440');
    await button(page, creditLabels.propose.fa).dblclick();
    await page.waitForURL(/\/slicings\//);
    await page.getByText(creditNames.states.proposed.fa).first().waitFor();
    const own = button(page, creditLabels.approve.fa).first();
    expect(await own.isDisabled()).toBe(true);
    const proposal = page.url();
    expect(faults).toEqual([]);
    await page.context().close();

    const other = await visit('director-alborz');
    await other.page.goto(proposal);
    await approve(other.page, creditLabels.approve.fa);
    expect(other.faults).toEqual([]);
    await other.page.context().close();
  });

  test('redivides, and compares the version before with the one after, side by side', async () => {
    const { page, faults } = await visit('deputy-alborz');
    await openLine(page);
    const { rootId } = await firstLine(page);
    await page.goto(`${address}/desk/credit/alborz/slices/${rootId}/versions`);
    await page.getByRole('table', { name: versionLabels.compare.fa }).waitFor();
    await expectSound(page);
    await screenshot(page, 'versions-1440');
    await page.getByRole('link', { name: redivisionLabels.title.fa, exact: true }).click();
    const table = page.getByRole('table', { name: redivisionLabels.parts.fa });
    await table.waitFor();
    await screenshot(page, 'redivide-1440');
    const sums = page.locator('.k-table input[name^="amount "]');
    await page.getByLabel(redivisionLabels.reason.fa).fill('تغییر نیاز شهرستان‌ها');
    await button(page, redivisionActWords.propose_redivision.fa).click();
    await page.getByText(redivisionLabels.nothing.fa).waitFor();
    const karajSum = must(typedToman(await sums.nth(0).inputValue()), 'a sum');
    await sums.nth(0).fill('۱');
    await page.getByText(redivisionLabels.belowCommitted.fa).waitFor();
    await expectSound(page);
    await screenshot(page, 'redivide-refused-1440');
    await sums.nth(0).fill(String(karajSum / 10n - 1_000_000_000n));
    await button(page, redivisionActWords.propose_redivision.fa).dblclick();
    await page.waitForURL(/\/redivisions\//);
    await page.getByText(creditNames.states.proposed.fa).first().waitFor();
    expect(await button(page, redivisionActWords.approve_redivision.fa).first().isDisabled()).toBe(true);
    await expectSound(page);
    const proposal = page.url();
    expect(faults).toEqual([]);
    await page.context().close();

    const other = await visit('director-alborz');
    await other.page.goto(proposal);
    await approve(other.page, redivisionActWords.approve_redivision.fa);
    await screenshot(other.page, 'redivision-approved-1440');
    await other.page.getByRole('link', { name: versionLabels.title.fa, exact: true }).click();
    const compared = other.page.getByRole('table', { name: versionLabels.compare.fa });
    await compared.waitFor();
    expect(await compared.getByRole('row', { name: /کرج/ }).innerText()).toContain('−');
    await expectSound(other.page);
    await screenshot(other.page, 'versions-after-1440');
    expect(other.faults).toEqual([]);
    await other.page.context().close();
  });

  test('reserves for a person who was found by name, once however often it is pressed', async () => {
    const { page, faults } = await visit('deputy-alborz');
    const { slices } = await firstLine(page);
    const leaf = leafOf(slices);
    await page.goto(`${address}/desk/credit/alborz/slices/${leaf}`);
    await button(page, creditLabels.reserveAward.fa).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(creditLabels.amount.fa).fill('۱۰ میلیون');
    const sought = dialog.getByRole('searchbox', { name: creditLabels.beneficiary.fa });
    await sought.fill('هیچ‌کس نیست');
    await dialog.getByText(personLabels.pickNobody.fa).waitFor();
    await button(page, creditLabels.reserveAward.fa).last().click();
    await dialog.getByText(awardLabels.beneficiaryMissing.fa).waitFor();
    await sought.fill('احمد');
    const found = dialog.getByRole('button', { name: /^احمد/ }).first();
    const [name = ''] = (await found.innerText()).split(' · ');
    await found.click();
    await dialog.getByLabel(creditLabels.happenedOn.fa).fill('۱۴۰۲/۰۹/۰۱');
    await expectSound(page);
    await screenshot(page, 'reserve-1440');
    await button(page, creditLabels.reserveAward.fa).last().dblclick();
    const row = page.getByRole('row', { name: new RegExp(name.trim()) });
    await row.first().waitFor();
    expect(await row.count()).toBe(1);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('divides what is left of a slice over its banks, by the sum of each', async () => {
    const { page, faults } = await visit('deputy-alborz');
    const { slices } = await firstLine(page);
    const leaf = leafOf(slices);
    await page.goto(`${address}/desk/credit/alborz/slices/${leaf}`);
    await page.getByRole('link', { name: lineLabels.divideHere.fa, exact: true }).click();
    await page.getByRole('button', { name: divideLabels.by.fa }).click();
    await page.getByRole('option', { name: axisWords.bank.fa, exact: true }).click();
    await page.waitForURL(/axis=bank/);
    await button(page, creditLabels.propose.fa).click();
    await page.getByText(divideLabels.noPart.fa).waitFor();
    for (const bank of ['ملت', 'کشاورزی']) {
      await page.getByRole('combobox', { name: new RegExp(divideLabels.addPart.fa) }).fill(bank);
      await page
        .getByRole('option', { name: new RegExp(bank) })
        .first()
        .click();
    }
    const sums = page.locator('input[name^="part."]');
    await sums.nth(0).fill('999999999999');
    await page.getByText(divideLabels.tooMuch.fa).waitFor();
    await sums.nth(0).fill('300000000');
    await sums.nth(1).fill('200000000');
    await page.getByRole('table', { name: creditLabels.preview.fa }).getByText('ملت').waitFor();
    await expectSound(page);
    await screenshot(page, 'divide-by-bank-1440');
    await page.setViewportSize(phone);
    await screenshot(page, 'divide-by-bank-390');
    await button(page, creditLabels.propose.fa).dblclick();
    await page.waitForURL(/\/slicings\//);
    await page.getByText(creditNames.states.proposed.fa).first().waitFor();
    await page.getByText('کشاورزی').first().waitFor();
    const here = page.locator('nav [aria-current]');
    expect(await here.allInnerTexts()).toEqual([creditLabels.credits.fa]);
    await page.goto(`${address}/desk/credit/alborz/bank-lists`);
    await button(page, bankListLabels.upload.fa).waitFor();
    expect(await here.allInnerTexts()).toEqual([bankListLabels.lists.fa]);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

async function actorOf(page: Page): Promise<Actor> {
  const said: unknown = await (await page.request.get(`${address}/api/session`)).json();
  const { user, actor } = z
    .object({
      user: z.object({ name: z.string() }),
      actor: z.object({ userId: z.string(), personId: z.string(), role: z.literal('deputy') }),
    })
    .parse(said);
  const own = { province: alborz, county: null, office: null, person: null };
  return {
    userId: id(actor.userId),
    personId: id(actor.personId),
    role: actor.role,
    name: user.name,
    scope: own,
  };
}

describe('a bank’s list of 20,000 rows with 2 % bad ones', () => {
  test('is previewed, recorded once though sent twice, never half, and its errors come back as a file', async () => {
    const all = 20_000;
    const { page, faults } = await visit('deputy-alborz');
    const by = await actorOf(page);
    const { lineId } = await firstLine(page);
    const lineName = (await page.locator('main h1').first().innerText()).split(' · ')[0] ?? '';
    const rows = await inTransaction(house.db, scope, async (tx) => {
      const doing = { tx, clock: house.clock, provinceId: alborz, by };
      await openTestBranch(doing);
      const { rows: slices } = await sql<{ id: Id }>`
        select s.slice_id as id from credit.read_slice s
        where s.province_id = ${alborz} and s.line_id = ${lineId} and s.county_code = ${karaj} and not exists (
          select 1 from credit.read_slice c where c.province_id = s.province_id and c.parent_id = s.slice_id)
        limit 1
      `.execute(tx);
      const sliceId = must(slices[0], 'a slice of Karaj').id;
      return ok(await manyAwards(doing, { sliceId, count: 6_667, amount: 1_000n }));
    });
    if (!rows.ok) throw new Error('the awards were refused');
    const sent: SheetRow[] = rows.value
      .flatMap((award, at): SheetRow[] => [
        { stage: 'معرفی', award, tracking: `T${at}`, amount: '1000', day: '2024-01-10' },
        { stage: 'قرارداد', award, tracking: `T${at}`, amount: '1000', day: '2024-01-20' },
        { stage: 'پرداخت', award, tracking: `T${at}`, amount: '1000', day: '2024-02-10' },
      ])
      .slice(0, all)
      .map((row, at) =>
        at % 150 === 2 || at % 150 === 77 || at % 150 === 149 ? { ...row, branch: '999' } : row,
      );
    const file = {
      name: 'فهرست بانک.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(await sheetOf(sent)),
    };
    const upload = async (): Promise<void> => {
      await page.goto(`${address}/desk/credit/alborz/bank-lists`);
      await button(page, bankListLabels.upload.fa).click();
      const dialog = page.getByRole('dialog');
      await page.waitForLoadState('networkidle');
      await dialog.getByRole('button', { name: bankListLabels.line.fa }).click();
      await page.getByRole('option', { name: lineName, exact: true }).first().click();
      await dialog.getByRole('combobox', { name: bankListLabels.bank.fa }).fill('ملت');
      await page.getByRole('option', { name: /ملت/ }).first().click();
      await dialog.locator('input[type=file]').setInputFiles(file);
      await dialog.getByLabel(bankListLabels.letterNumber.fa).fill('۱۲/الف');
      await dialog.getByLabel(bankListLabels.statedCount.fa).fill(String(sent.length));
      await dialog.getByLabel(bankListLabels.statedSum.fa).fill(String(sumOf(sent)));
      await screenshot(page, 'bank-list-dialog-1440');
      await button(page, bankListLabels.send.fa).click();
      await page.waitForURL(/\/bank-lists\/[0-9a-f-]{36}$/, { timeout: 60_000 });
      await page.getByText(bankListLabels.controlAgrees.fa).waitFor({ timeout: 60_000 });
    };
    const counted = async (group: keyof typeof groupWords): Promise<string> =>
      (await page.getByRole('tab', { name: groupWords[group].fa }).innerText()).replace(/[^۰-۹]/g, '');
    const earlier = await countReports();
    const began = Date.now();
    await upload();
    const previewed = Date.now();
    expect(await counted('new')).toBe(persianDigits(String(all - all / 50)));
    expect(await counted('bad')).toBe(persianDigits(String(all / 50)));
    await page.getByRole('tab', { name: groupWords.bad.fa }).click();
    await expectSound(page);
    await screenshot(page, 'bank-list-read-1440');
    const recording: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/recording'))
        recording.push(request.headers()['idempotency-key'] ?? 'none');
    });
    await button(page, bankListNames.acts.record.fa).dblclick();
    await page.getByText(bankListNames.states.recorded.fa).first().waitFor({ timeout: 120_000 });
    const recorded = Date.now();
    expect(new Set(recording).size).toBe(1);
    await screenshot(page, 'bank-list-recorded-1440');
    expect(await read(house.db, scope, (tx) => findBreaches(tx, alborz))).toEqual([]);
    expect((await countReports()) - earlier).toBe(all - all / 50);
    // The same file again is the same list, and what is recorded stays as it is.
    const first = page.url();
    await upload();
    expect(page.url()).toBe(first);
    expect((await countReports()) - earlier).toBe(all - all / 50);
    const errors = page.waitForEvent('download');
    await page.getByRole('link', { name: bankListLabels.errorFile.fa }).click();
    expect((await errors).suggestedFilename()).toMatch(/\.(?:xlsx|csv)$/);
    console.log(`20,000 rows: preview ${previewed - began} ms, recorded ${recorded - previewed} ms after`);
    expect(faults).toEqual([]);
  }, 300_000);
});

async function countReports(): Promise<number> {
  const { rows } = await read(house.db, scope, (tx) =>
    sql<{ count: number }>`select count(*)::int as count from credit.bank_list_entry`.execute(tx),
  );
  return must(rows[0], 'a count').count;
}

// Last: the line that it drafts stands first in the list from then on.
const countLines = async (page: Page): Promise<number> => {
  const said = await page.request.get(`${address}/api/provinces/alborz/credit/lines`);
  return z.object({ items: z.array(z.unknown()) }).parse(await said.json()).items.length;
};

describe('a credit line from nothing', () => {
  test('is drafted once though the button is pressed twice, notified by its letter, opened, and the scan comes later', async () => {
    const { page, faults } = await visit('director-alborz');
    await page.goto(`${address}/desk/credit/alborz`);
    await page.getByRole('link', { name: draftLabels.title.fa }).click();
    const save = page.getByRole('button', { name: draftLabels.save.fa, exact: true });
    await save.waitFor();
    await expectSound(page);
    await screenshot(page, 'new-line-1440');
    const before = await countLines(page);
    await page.getByLabel(draftLabels.share.fa).fill('۲۵');
    await save.click();
    await page.getByText(gapWords.reference.fa).waitFor();
    await page.getByText(gapWords.missing.fa).waitFor();
    await screenshot(page, 'new-line-gaps-1440');
    await page.getByLabel(draftLabels.note.fa).fill('۱۸');
    await page.getByLabel(draftLabels.reference.fa).fill('مادهٔ ۵ آیین‌نامه');
    expect(await page.getByLabel(draftLabels.share.fa).inputValue()).toBe('۲۵');
    const keys: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/credit/lines'))
        keys.push(request.headers()['idempotency-key'] ?? 'none');
    });
    await save.dblclick();
    await page.waitForURL(/\/lines\/[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
    expect(await countLines(page)).toBe(before + 1);

    await page.getByRole('button', { name: creditNames.acts.notify.fa, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(revisionLabels.amount.fa).fill('۱۰ میلیارد');
    await dialog.getByLabel(revisionLabels.letterNumber.fa).fill('۱۲۳/ک');
    await dialog.getByRole('button', { name: creditNames.acts.notify.fa, exact: true }).click();
    await page.getByText(creditNames.states.notified.fa).first().waitFor();
    await page.getByRole('button', { name: creditNames.acts.open.fa, exact: true }).click();
    await dialog.getByRole('button', { name: creditNames.acts.open.fa, exact: true }).click();
    await page.getByRole('link', { name: lineLabels.divideHere.fa }).waitFor();

    await page.getByRole('button', { name: scanLabels.attach.fa, exact: true }).click();
    const file = dialog.locator('input[type=file]');
    await file.setInputFiles({
      name: 'نامه.docx',
      mimeType: 'application/msword',
      buffer: Buffer.from('PK\0'),
    });
    await dialog.getByText('محتوای این پرونده پذیرفته نیست').waitFor();
    await screenshot(page, 'scan-refused-1440');
    const paper = { name: 'نامه ۱۲۳.pdf', mimeType: 'application/pdf', buffer: pdf() };
    await file.setInputFiles(paper);
    await dialog.getByText(paper.name).waitFor();
    await screenshot(page, 'scan-dialog-1440');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: paper.name }).waitFor();
    await expectSound(page);
    await screenshot(page, 'line-open-1440');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('is no matter of a county office, and its form stands on a phone', async () => {
    const office = await visit('county-office-alborz');
    await office.page.goto(`${address}/desk/credit/alborz`);
    await office.page.locator('.k-table a').first().waitFor();
    expect(await office.page.getByRole('link', { name: draftLabels.title.fa }).count()).toBe(0);
    await office.page.context().close();
    const { page, faults } = await visit('deputy-alborz', phone);
    await page.goto(`${address}/desk/credit/alborz/lines/new`);
    await page.getByRole('button', { name: draftLabels.save.fa, exact: true }).waitFor();
    await expectSound(page);
    await screenshot(page, 'new-line-390');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
