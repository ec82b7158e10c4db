import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { counterWords } from '#access/counter/words.ts';
import { joinWords } from '#access/join/words.ts';
import { accessWords } from '#access/words.ts';
import { appointmentLabels } from '#casework/appointment/words.ts';
import { counterLabels as caseCounter } from '#casework/counter/words.ts';
import { ownLabels } from '#casework/own/words.ts';
import { receiptLabels } from '#casework/receipt/words.ts';
import { typedDigits } from '#kernel/persian.ts';
import { phone, screenshot, sidewaysOverflow } from '#testing/browser.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { openStage } from '#testing/stage.ts';
import { requestLabels, plainWords } from '../request/words.ts';
import { requestActWords, requestStateWords } from '../words.ts';
import { counterLabels } from './words.ts';

// An applicant's whole way on a phone without JavaScript: from the number of the phone to the receipt, the state of the
// case, a paper, and giving it up.

const { address, browser } = await openStage();
const password = 'a-long-new-password';

/** axe itself needs a script: it looks at the same page in a second browser that bears the same cookie. */
async function expectClean(context: BrowserContext, path: string): Promise<void> {
  const seeing = await browser.newContext({ viewport: phone, locale: 'fa-IR' });
  await seeing.addCookies(await context.cookies());
  const page = await seeing.newPage();
  await page.goto(`${address}${path}`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([]);
  expect(await sidewaysOverflow(page), path).toBeLessThanOrEqual(0);
  await seeing.close();
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const people = {
  fa: { nationalId: nationalIdOf(223_456_781), phone: '۰۹۱۲۳۴۵۶۷۰۱', search: 'خیاطی' },
  en: { nationalId: nationalIdOf(223_456_782), phone: '09123456702', search: 'tailoring' },
} as const;
type Said = keyof typeof people;

async function join(page: Page, language: Said): Promise<void> {
  const who = people[language];
  await page.getByRole('button', { name: joinWords.sendCode[language] }).click();
  await page.getByRole('alert').waitFor();
  await screenshot(page, `counter-mend-${language}-390`);
  await page.locator('select[name=provinceId]').selectOption('30');
  await page.locator('input[name=nationalId]').fill(who.nationalId);
  await page.locator('input[name=firstName]').fill('مریم');
  await page.locator('input[name=lastName]').fill('نمونه‌پور');
  await page.locator('input[name=phone]').fill(who.phone);
  await page.getByRole('button', { name: joinWords.sendCode[language] }).click();
  await page.getByText(joinWords.demonstrationBody[language]).waitFor();
  const code = typedDigits(await page.locator('.note.amber bdi').innerText());
  expect(code).toMatch(/^\d{6}$/);
  await page.locator('input[name=code]').fill(code === '000000' ? '000001' : '000000');
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: joinWords.finish[language] }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.locator('input[name=password]').inputValue()).toBe('');
  await screenshot(page, `counter-code-${language}-390`);
  await page.locator('input[name=code]').fill(code);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: joinWords.finish[language] }).click();
  await page.waitForURL(/\/apply\/cases$/);
}

async function ask(page: Page, language: Said): Promise<void> {
  await page.getByText(ownLabels.empty[language]).waitFor();
  await page.locator('main a.button').click();
  await page.locator('input[name=search]').fill(people[language].search);
  await page.getByRole('button', { name: counterLabels.find[language] }).click();
  await page.getByRole('heading', { name: counterLabels.found[language] }).waitFor();
  await screenshot(page, `counter-occupation-${language}-390`);
  await page.locator('ul.plain a').first().click();
  await page.locator('input[name=nationalId]').fill(people[language].nationalId);
  await page.locator('input[name=firstName]').fill('مریم');
  await page.locator('input[name=bornOn]').fill('دیروز');
  await page.getByRole('button', { name: requestLabels.send[language] }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.locator('input[name=firstName]').inputValue()).toBe('مریم');
  await screenshot(page, `counter-request-${language}-390`);
  await page.locator('input[name=lastName]').fill('نمونه‌پور');
  await page.locator('input[name=bornOn]').fill('۱۳۶۵/۰۴/۱۲');
  await page.locator('select[name=countyCode]').selectOption('3001');
  await page.getByRole('button', { name: requestLabels.send[language] }).click();
  await page.waitForURL(/\/receipt\?sent=1$/);
  await page.getByText(receiptLabels.sent[language]).waitFor();
  await screenshot(page, `counter-receipt-${language}-390`);
}

test.each(['fa', 'en'] as const)(
  'an applicant joins, asks, sees the state, attaches a paper and withdraws without JavaScript, %s',
  async (language) => {
    const prefix = language === 'fa' ? '' : '/en';
    const context = await browser.newContext({
      viewport: phone,
      javaScriptEnabled: false,
      locale: language === 'fa' ? 'fa-IR' : 'en-GB',
      isMobile: true,
    });
    const page = await context.newPage();
    await page.goto(`${address}${prefix || '/'}`);
    await page.locator('main').getByRole('link', { name: counterWords.title[language] }).click();
    await screenshot(page, `counter-door-${language}-390`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('main h2:visible').count()).toBe(0);
    await page.emulateMedia({ media: null });
    await join(page, language);
    await ask(page, language);
    const receipt = new URL(page.url()).pathname;
    expect(await page.locator('main a.code').innerText()).toBe(`${address}${prefix}/track`);
    const number = typedDigits(await page.locator('p.figure').innerText());
    expect(number).toMatch(/^\d{9}$/);

    await page.goto(`${address}${prefix}/apply/cases`);
    await page.getByText(plainWords.submitted[language]).waitFor();
    expect(typedDigits(await page.locator('main ul').innerText())).toContain(number);
    await screenshot(page, `counter-cases-${language}-390`);
    await page.locator('main h3 a').click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await page.getByRole('button', { name: caseCounter.attach[language] }).click();
    await page.getByRole('alert').waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: png });
    await page.getByRole('button', { name: caseCounter.attach[language] }).click();
    await page.getByRole('link', { name: 'card.png' }).waitFor();
    const casePath = new URL(page.url()).pathname;
    await screenshot(page, `counter-case-${language}-390`);
    const field = page.locator('input[type=file]');
    // A camera that opens at once leaves no way to a picture that was taken before.
    expect(await field.getAttribute('capture')).toBeNull();
    expect(await field.getAttribute('accept')).toBe('image/jpeg,image/png,application/pdf');
    const withdraw = page.getByRole('link', { name: requestActWords.withdraw[language] });
    const toReceipt = page.locator(`main a[href="${receipt}"]`);
    expect([await withdraw.isVisible(), await toReceipt.isVisible()]).toEqual([true, true]);
    await page.emulateMedia({ media: 'print' });
    expect([await withdraw.isVisible(), await toReceipt.isVisible()]).toEqual([false, false]);
    await page.emulateMedia({ media: null });
    for (const path of ['/apply/request?search=a', '/apply/request?occupation=54', '/apply/cases'])
      await expectClean(context, `${prefix}${path}`);
    for (const path of [receipt, casePath, `${casePath}/acts/withdraw`]) await expectClean(context, path);

    await withdraw.click();
    await page.getByText(caseCounter.givesUp[language]).waitFor();
    await screenshot(page, `counter-withdraw-${language}-390`);
    await page.locator('main form.form button').click();
    await page.waitForURL((url) => url.pathname === casePath);
    await page.getByText(requestStateWords.withdrawn[language], { exact: true }).first().waitFor();

    await page.locator('.counter button').click();
    await page.waitForURL(/\/apply$/);
    await page.goto(`${address}${casePath}`);
    await page.waitForURL(/\/apply$/);
    await page.locator('input[name=username]').fill(typedDigits(people[language].phone));
    await page.locator('input[name=password]').fill(password);
    await page.getByRole('button', { name: accessWords.signIn[language], exact: true }).click();
    await page.getByRole('heading', { name: ownLabels.ended[language] }).waitFor();
    await context.close();
  },
  90_000,
);

const signIn = async (at: Page): Promise<void> => {
  await at.goto(`${address}/apply`);
  await at.locator('input[name=username]').fill('applicant-alborz');
  await at.locator('input[name=password]').fill('karsaz-demo');
  await at.getByRole('button', { name: accessWords.signIn.fa, exact: true }).click();
  await at.waitForURL(/\/apply\/cases$/);
};

test('another time is asked for without JavaScript, though the session has ended in between', async () => {
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false, locale: 'fa-IR' });
  const page = await context.newPage();
  await signIn(page);
  await page.locator('main h3 a').first().click();
  const send = page.getByRole('button', { name: appointmentLabels.send.fa });
  await send.click();
  await page.getByRole('alert').waitFor();
  await page.locator('textarea[name=reason]').fill('آن روز در بیمارستانم');
  await context.clearCookies();
  await send.click();
  const again = page.getByRole('button', { name: 'فرستادن دوباره' });
  await again.waitFor();
  expect(await page.locator('main li').allTextContents()).toEqual(['آن روز در بیمارستانم']);
  await screenshot(page, 'counter-ended-fa-390');
  const [door] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'ورود در برگهٔ تازه' }).click(),
  ]);
  await signIn(door);
  await again.click();
  await page.getByText(appointmentLabels.wished.fa).waitFor();
  await screenshot(page, 'counter-wished-fa-390');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: Buffer.alloc(9_000_000, png) });
  await context.clearCookies();
  await page.getByRole('button', { name: caseCounter.attach.fa }).click();
  await page.getByText('مدرکی که فرستادید گرفته نشد').waitFor();
  await page.getByRole('link', { name: 'ورود', exact: true }).click();
  await page.waitForURL(/\/apply$/);
  await context.close();
});
