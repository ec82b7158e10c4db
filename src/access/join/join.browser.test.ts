import { expect, test } from 'vitest';
import { requestLabels } from '#licence/request/words.ts';
import { openContext, phone, screenshot } from '#testing/browser.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { accessWords } from '../words.ts';
import { joinRefusalWords, joinWords as words } from './words.ts';

// An applicant with a phone in the hand: from the front page to the desk, without an administrator.

const { address, browser } = await openStage();
const password = 'a-long-new-password';

test('an applicant joins on a phone, signs in and sees the desk', async () => {
  const page = await (await openContext(browser, { size: phone })).newPage();
  await page.goto(address);
  await page.getByRole('link', { name: words.title.fa }).click();
  await page.getByRole('heading', { name: words.stepOne.fa }).waitFor();
  // An account keeps a hash of the national id, the record of a request the id itself: the page says both.
  await page.getByText(words.nationalIdHint.fa).waitFor();
  expect(await page.getByText(accessWords.nationalIdHint.fa).count()).toBe(0);
  await screenshot(page, 'join-who-390');

  await page.getByRole('button', { name: words.sendCode.fa }).click();
  for (const fault of [words.provinceMissing, words.nameMissing, joinRefusalWords.MobileWrong()])
    await page.getByText(fault.fa).first().waitFor();
  await expectSound(page);
  await screenshot(page, 'join-faults-390');

  await page.getByRole('button', { name: new RegExp(words.province.fa) }).click();
  await page.getByRole('option', { name: 'البرز', exact: true }).click();
  await page.locator('input[name="nationalId"]').fill(nationalIdOf(123_456_789));
  await page.locator('input[name="firstName"]').fill('مریم');
  await page.locator('input[name="lastName"]').fill('نمونه‌پور');
  await page.locator('input[name="phone"]').fill('۰۹۱۲ ۳۴۵ ۶۷۸۹');
  await page.getByRole('button', { name: words.sendCode.fa }).click();

  await page.getByText(words.demonstrationBody.fa).waitFor();
  await expectSound(page);
  const code = (await page.locator('.k-notice.is-amber bdi').textContent()) ?? '';
  expect(code).toMatch(/^[0-9۰-۹]{6}$/);
  await screenshot(page, 'join-code-390');
  const wrong = code === '000000' ? '000001' : '000000';
  await page.locator('input[name="password"]').fill(password);
  await page.locator('input[name="code"]').fill(wrong);
  await page.getByRole('button', { name: words.finish.fa, exact: true }).click();
  await page
    .getByText(joinRefusalWords.CodeWrong({ kind: 'CodeWrong', triesLeft: 4, field: 'code' }).fa)
    .first()
    .waitFor();
  await page.locator('input[name="code"]').fill(code);
  await page.getByRole('button', { name: words.finish.fa, exact: true }).click();

  await page.getByText(words.joinedTitle.fa).waitFor();
  const username = page.getByLabel(accessWords.username.fa, { exact: true });
  expect(await username.inputValue()).toBe('09123456789');
  await expectSound(page);
  await screenshot(page, 'join-done-390');
  await page.getByLabel(accessWords.password.fa, { exact: true }).fill(password);
  await page.getByRole('button', { name: accessWords.signIn.fa, exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goto(`${address}/desk/licences`);
  await page.getByRole('link', { name: requestLabels.ask.fa }).waitFor();
  await expectSound(page);
  await screenshot(page, 'join-desk-390');

  const wide = await (await openContext(browser)).newPage();
  await wide.goto(`${address}/desk/sign-in`);
  await wide.getByRole('link', { name: words.toJoin.fa }).waitFor();
  await screenshot(wide, 'join-door-1440');
  await wide.getByRole('link', { name: words.toJoin.fa }).click();
  await wide.getByRole('button', { name: new RegExp(words.province.fa) }).waitFor();
  await expectSound(wide);
  await screenshot(wide, 'join-who-1440');
}, 90_000);
