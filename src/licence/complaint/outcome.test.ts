import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { reasonWords } from '#casework/message/words.ts';
import { sayMessage } from '#casework/words.ts';
import { persianDigits } from '#kernel/persian.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { logMessenger } from '#platform/messenger.ts';
import { sendWaiting } from '#platform/posting.ts';
import { smsMessenger } from '#platform/sms.ts';
import { openComplaints } from '#testing/complaints.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf } from '#testing/licences.ts';
import { openOperator } from '#testing/operator.ts';
import { complainantsAt } from './actions.ts';
import { complaintCaseWords } from './words.ts';

const house = await openHouse();
const operator = await openOperator();
const { act, lodged, look, page, post } = await openComplaints(house);
const asServing = <Row>(statement: ReturnType<typeof sql<Row>>) =>
  inTransaction(house.db, { ...noScope, province: alborz }, async (tx) =>
    ok((await statement.execute(tx)).rows),
  );

const messagesOf = async (caseId: string) => (await page('director', caseId)).messages;
const send = async () => {
  const { url } = operator;
  return sendWaiting({
    db: house.db,
    clock: house.clock,
    provinces: () => Promise.resolve([alborz]),
    say: ({ facts }) => sayMessage(facts, () => complaintCaseWords.complaint),
    addressesOf: () => Promise.resolve(new Map()),
    unnamedAt: complainantsAt,
    messengers: () =>
      Promise.resolve({
        sms: smsMessenger({ url, token: 'secret' }),
        email: logMessenger,
        desk: logMessenger,
      }),
  });
};

describe('the decision', () => {
  const reason = 'شرط اضافی در فهرست نیست <b>و برداشته شد</b>.';
  const decided = async (phone: string, how: 'uphold' | 'dismiss' = 'dismiss', prefix = '') => {
    const { number, caseId } = await lodged({ phone }, prefix);
    expect(kindOf(await act('deputy', caseId, 'accept', { reason: 'یادداشت پذیرش' }))).toBe('ok');
    expect(await messagesOf(caseId)).toEqual([]);
    const order = { id: freshId(), act: how, seenVersion: 2, reason };
    const decide = () => post('deputy', `${alborz}/cases/${caseId}/acts`, order);
    return { number, caseId, decide };
  };
  test('is read with its reason by the number, in both languages, and before it no reason is', async () => {
    for (const how of ['uphold', 'dismiss'] as const) {
      const { number, decide } = await decided('', how);
      const before = (await look(`/track?number=${number}`)).body;
      expect(before).not.toMatch(/یادداشت پذیرش|<dt>دلیل<\/dt>/);
      expect(kindOf(await decide())).toBe('ok');
      const { upheld, dismissed } = complaintCaseWords.complaint.states;
      const state = how === 'uphold' ? upheld : dismissed;
      for (const [prefix, language, title] of [
        ['', 'fa', 'دلیل'],
        ['/en', 'en', 'Reason'],
      ] as const) {
        const { body } = await look(`${prefix}/track?number=${number}`);
        expect(body).toContain(state.told[language]);
        expect(body).toContain(`<dt>${title}</dt>`);
        expect(body).toContain('شرط اضافی در فهرست نیست &lt;b&gt;و برداشته شد&lt;/b&gt;.');
      }
    }
  });

  test('goes once with its reason to the mobile phone that was left, however often it is sent', async () => {
    const { number, caseId, decide } = await decided('۰۹۳۵ ۱۱۱ ۲۲۳۳');
    const done = await Promise.all([decide(), decide(), decide()]);
    expect(done.map(kindOf)).toEqual(['ok', 'ok', 'ok']);
    expect(kindOf(await decide())).toBe('ok');
    const { orders } = operator;
    await send();
    await send();
    expect(orders).toHaveLength(1);
    expect(JSON.parse(must(orders[0], 'an order').body)).toMatchObject({ to: '09351112233' });
    const [message, ...others] = await messagesOf(caseId);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ channel: 'sms', state: 'sent', to: { en: 'a citizen' } });
    const { fa, en } = must(message?.text ?? undefined, 'its text');
    expect(fa.split('\n')).toEqual([
      'شکایت: شکایت شما وارد دانسته نشد.',
      `دلیل: ${reason}`,
      `شمارهٔ رهگیری \u2066${persianDigits(number)}\u2069`,
    ]);
    expect(en).toContain(`Your complaint was dismissed.\nReason: ${reason}\nTracking number ${number}`);
    // The number to call stands with the complaint alone (L4).
    const kept = await asServing(sql`select * from platform.message where subject_id = ${caseId}`);
    expect(JSON.stringify(kept)).not.toMatch(/9351112233|خیاطی/);
  });

  test.each([
    ['', 'fa', /^شکایت: شکایت شما وارد دانسته شد\.\nدلیل: /],
    ['/en', 'en', /^Complaint: Your complaint was upheld\.\nReason: /],
  ] as const)(
    'goes out in the language of the page on which it was lodged: %s',
    async (prefix, language, begins) => {
      const { caseId, decide } = await decided('09351116677', 'uphold', prefix);
      expect(kindOf(await decide())).toBe('ok');
      const before = operator.orders.length;
      await send();
      const [order, ...others] = operator.orders.slice(before);
      expect(others).toEqual([]);
      const { text } = Object(JSON.parse(must(order, 'an order').body));
      expect(text).toMatch(begins);
      // The desk shows both, and one of them is what went out.
      const [message] = await messagesOf(caseId);
      expect(message?.text?.[language]).toBe(text);
    },
  );

  test.each([
    ['no number', ''],
    ['a number that takes no messages', '02632700000'],
  ])('with %s is told by no message, and stands', async (_what, phone) => {
    const { caseId, decide } = await decided(phone);
    expect(kindOf(await decide())).toBe('ok');
    expect((await page('director', caseId)).state.key).toBe('dismissed');
    expect(await messagesOf(caseId)).toEqual([]);
  });

  test('goes nowhere where the number was erased before it was sent', async () => {
    const { caseId, decide } = await decided('09351114455');
    expect(kindOf(await decide())).toBe('ok');
    const erasure = { letterNumber: '۱۲/۳۴' };
    expect(kindOf(await post('director', `alborz/complaints/${caseId}/erasure`, erasure))).toBe('ok');
    const { orders } = operator;
    const before = orders.length;
    await send();
    expect(orders).toHaveLength(before);
    expect(await messagesOf(caseId)).toMatchObject([{ state: 'refused', reason: reasonWords.no_phone }]);
  });
});
