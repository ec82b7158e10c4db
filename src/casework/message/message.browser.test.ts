import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addressesOf } from '#party/person/actions.ts';
import { factWords, personLabels } from '#party/person/words.ts';
import { must } from '#kernel/result.ts';
import { systemClock } from '#platform/clock.ts';
import { noScope, read } from '#platform/db.ts';
import { logMessenger } from '#platform/messenger.ts';
import { sendWaiting } from '#platform/posting.ts';
import { smsMessenger } from '#platform/sms.ts';
import { phone, screenshot } from '#testing/browser.ts';
import { openOperator } from '#testing/operator.ts';
import { expectSound, openStage } from '#testing/stage.ts';
import { caseLabels } from '../words.ts';
import { messageLabels as labels, messageStateWords, reasonWords } from './words.ts';

const operator = await openOperator();
const { address, house, visit } = await openStage();
const alborz = 30;

/** What the background would do outside a demonstration. */
const send = () =>
  sendWaiting({
    db: house.db,
    clock: systemClock,
    provinces: () => Promise.resolve([alborz]),
    say: () => ({ fa: 'درخواست شما ثبت شد.', en: 'Your request is filed.' }),
    addressesOf,
    messengers: () =>
      Promise.resolve({
        sms: smsMessenger({ url: operator.url, token: 'secret' }),
        email: logMessenger,
        desk: logMessenger,
      }),
  });

const heading = (page: Page, text: string) => page.getByRole('heading', { name: text }).first().waitFor();

test('an officer sees what did not arrive, an administrator sends it again, and an e-mail address is entered', async () => {
  operator.answer({ status: 422, body: '{"error":"number is not in service"}' });
  await send();
  const { rows } = await read(house.db, { ...noScope, province: alborz }, (tx) =>
    sql<{ caseId: string; personId: string; reason: string }>`
      select subject_id as "caseId", person_id as "personId", reason from platform.message
      where topic = 'case' and state = 'refused' order by reason = 'refused' desc, message_id limit 1
    `.execute(tx),
  );
  const { caseId, personId } = must(rows[0], 'a message that was refused');

  const officer = await visit('deputy-alborz');
  const casePage = `${address}/desk/cases/${alborz}/${caseId}`;
  await officer.page.goto(casePage);
  await heading(officer.page, caseLabels.messages.fa);
  await officer.page.getByText(messageStateWords.refused.fa).first().waitFor();
  await expectSound(officer.page);
  await screenshot(officer.page, 'message-case-1440');

  await officer.page.goto(`${address}/desk/persons/alborz/${personId}`);
  await officer.page.getByRole('button', { name: personLabels.addFact.fa }).first().click();
  const dialog = officer.page.getByRole('dialog');
  await dialog
    .getByRole('button', { name: new RegExp(personLabels.kind.fa) })
    .first()
    .click();
  await officer.page.getByRole('option', { name: factWords.email.fa }).click();
  await dialog.locator('input[name="value"]').fill('maryam@example');
  await dialog.getByRole('button', { name: personLabels.record.fa }).click();
  await dialog
    .getByText(/مانند name@example.ir/)
    .last()
    .waitFor();
  await screenshot(officer.page, 'message-email-wrong-1440');
  await dialog.locator('input[name="value"]').fill('Maryam@Example.ir');
  await dialog.getByRole('button', { name: personLabels.record.fa }).click();
  await dialog.waitFor({ state: 'detached' });
  await officer.page.getByText('Maryam@example.ir').first().waitFor();
  expect(officer.faults).toEqual([]);

  const administrator = await visit('administrator-one');
  await administrator.page.goto(`${address}/desk/messages`);
  await administrator.page
    .getByText(reasonWords.refused.fa)
    .or(administrator.page.getByText(reasonWords.no_phone.fa))
    .first()
    .waitFor();
  await expectSound(administrator.page);
  await screenshot(administrator.page, 'messages-1440');
  await administrator.page.getByRole('button', { name: labels.again.fa, exact: true }).first().click();
  await administrator.page.getByText(labels.queued.fa).waitFor();
  await screenshot(administrator.page, 'messages-again-1440');
  expect(administrator.faults).toEqual([]);

  const small = await visit('administrator-one', phone);
  await small.page.goto(`${address}/desk/messages`);
  await small.page.getByRole('button', { name: labels.again.fa, exact: true }).first().waitFor();
  await expectSound(small.page);
  await screenshot(small.page, 'messages-390');
  await small.page.goto(`${address}/desk/messages?lang=en`);
  await small.page.getByRole('button', { name: labels.again.en, exact: true }).first().waitFor();
  await screenshot(small.page, 'messages-390-en');
  const smallOfficer = await visit('deputy-alborz', phone);
  await smallOfficer.page.goto(casePage);
  await smallOfficer.page.getByText(messageStateWords.refused.fa).first().waitFor();
  await expectSound(smallOfficer.page);
  await screenshot(smallOfficer.page, 'message-case-390');
  await small.page.goto(`${address}/desk/messages?lang=fa`);
  await small.page.getByRole('button', { name: labels.againAll.fa }).first().click();
  await small.page.getByText(labels.againAllAsked.fa).waitFor();
  await expectSound(small.page);
  await screenshot(small.page, 'messages-all-390');
  await small.page.getByRole('dialog').getByRole('button', { name: labels.again.fa, exact: true }).click();
  await small.page.getByText(labels.queued.fa).waitFor();
}, 120_000);
