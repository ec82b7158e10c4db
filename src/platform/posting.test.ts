import { sql } from 'kysely';
import pino from 'pino';
import { expect, test } from 'vitest';
import { newId, type Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { openHouse } from '#testing/house.ts';
import { openOperator } from '#testing/operator.ts';
import { inTransaction, noScope, read } from './db.ts';
import { runWhenDue } from './jobs.ts';
import { logMessenger, tidyAnswer, type Messengers } from './messenger.ts';
import { listMessages, waitAgain, writeMessages, unnamed, writeMessage } from './outbox.ts';
import { findMessengers, postingJob, sendWaiting, type Address, type Posting } from './posting.ts';
import { markDemonstration } from './installation.ts';
import { smsMessenger } from './sms.ts';

const house = await openHouse();
const operator = await openOperator();
const token = 'a-secret-token-of-the-operator';
const provinceId = 5;
const whole = { ...noScope, province: provinceId };
const sms = smsMessenger({ url: operator.url, token });
const shown: Messengers = { sms: logMessenger, email: logMessenger, desk: logMessenger };
const addresses = new Map<Id, Address>();
const mobile = { phone: '09121234567', email: null };

const posting = (messengers: Partial<Messengers> = { sms }, patience = 5_000): Posting => ({
  db: house.db,
  clock: house.clock,
  provinces: () => Promise.resolve([provinceId]),
  say: ({ facts }) => (facts['told'] === 'nothing' ? undefined : { fa: 'ثبت شد', en: 'filed' }),
  addressesOf: () => Promise.resolve(addresses),
  messengers: () => Promise.resolve({ ...shown, ...messengers }),
  patience,
});

/** A message to somebody with that address; gives back how to look at what became of it. */
async function told(address: Address, facts: Record<string, string> = {}) {
  const [personId, subjectId] = [must(freshIds(1)[0], 'an id'), newId(house.clock.now().getTime())];
  addresses.set(personId, address);
  const message = {
    provinceId,
    channel: 'sms',
    personId,
    role: null,
    countyCode: null,
    officeId: null,
  } as const;
  await inTransaction(house.db, whole, async (tx) => {
    await writeMessages(tx, [{ ...message, topic: 'trial', subjectId, facts }], house.clock);
    return ok();
  });
  const all = () =>
    read(house.db, whole, (tx) => listMessages(tx, { provinceId, topic: 'trial', subjectId }));
  return { all, one: async () => must((await all())[0], 'the message') };
}
const minutes = (count: number) => house.clock.advance(count * 60_000);
const idOf = (at: number) => operator.orders[at]?.headers['idempotency-key'];
const again = async (messageId: Id) => {
  const done = await inTransaction(house.db, whole, async (tx) =>
    ok((await waitAgain(tx, { provinceId, messageId, at: house.clock.now() })) === 1),
  );
  return done.ok && done.value;
};

test('a message goes out once, as JSON under its own id, and what the operator said stands with it', async () => {
  operator.answer({ status: 202, body: `queued for 09121234567,\n token ${token}, +989121234567` });
  const { one } = await told(mobile);
  await Promise.all([sendWaiting(posting()), sendWaiting(posting())]);
  await sendWaiting(posting());
  const { messageId, ...message } = await one();
  expect(operator.orders).toHaveLength(1);
  const [order] = operator.orders;
  expect(order?.method).toBe('POST');
  expect(order?.headers).toMatchObject({ authorization: `Bearer ${token}`, 'idempotency-key': messageId });
  expect(JSON.parse(order?.body ?? '')).toEqual({ id: messageId, to: '09121234567', text: 'ثبت شد' });
  expect(message).toMatchObject({
    state: 'sent',
    carrier: 'sms_http',
    triedAt: house.clock.now(),
    reason: null,
    answer: '202 queued for ***, token ***, +98***',
    textFa: 'ثبت شد',
  });
  expect(await again(messageId)).toBe(false);
});

test('an SMS goes in the language of whom it reaches, in Persian where none is known, and both are kept', async () => {
  operator.answer({ status: 202 });
  const toldIn = async (address: Address) => {
    const { one } = await told(address);
    await sendWaiting(posting());
    const { textFa, textEn } = await one();
    expect({ textFa, textEn }).toEqual({ textFa: 'ثبت شد', textEn: 'filed' });
    return Object(JSON.parse(operator.orders.at(-1)?.body ?? '')).text;
  };
  expect(await toldIn({ ...mobile, language: 'en' })).toBe('filed');
  expect(await toldIn({ ...mobile, language: 'fa' })).toBe('ثبت شد');
  expect(await toldIn(mobile)).toBe('ثبت شد');
});

test('whoever stays unnamed is told at what they left with their case, and a role never is', async () => {
  operator.answer({ status: 202 });
  const subjectId = newId(house.clock.now().getTime());
  const message = { provinceId, channel: 'sms', personId: null, countyCode: null, officeId: null } as const;
  await inTransaction(house.db, whole, async (tx) => {
    for (const role of [unnamed, 'deputy'])
      await writeMessage(tx, { ...message, role, topic: 'trial', subjectId, facts: {} }, house.clock);
    return ok();
  });
  const unnamedAt = () => Promise.resolve(new Map([[subjectId, { phone: '09350000000', email: null }]]));
  await sendWaiting({ ...posting(), unnamedAt });
  expect(operator.orders.map(({ body }) => Object(JSON.parse(body)).to)).toEqual(['09350000000']);
  const all = await read(house.db, whole, (tx) =>
    listMessages(tx, { provinceId, topic: 'trial', subjectId }),
  );
  expect(new Map(all.map(({ role, state, reason }) => [role, [state, reason]]))).toEqual(
    new Map([
      [unnamed, ['sent', null]],
      ['deputy', ['refused', 'no_phone']],
    ]),
  );
});

test('two machines that look at the same instant send it once', async () => {
  operator.answer({ status: 202 });
  const { one } = await told(mobile);
  let arrived = 0;
  const both = Promise.withResolvers<void>();
  // Neither goes on before both have looked for what is due.
  const met: Posting['addressesOf'] = async () => {
    arrived += 1;
    if (arrived === 2) both.resolve();
    await both.promise;
    return addresses;
  };
  const racing = { ...posting(), addressesOf: met };
  await Promise.all([sendWaiting(racing), sendWaiting(racing)]);
  expect([operator.orders.length, (await one()).state]).toEqual([1, 'sent']);
});

test.each([
  [400, 'refused'],
  [404, 'refused'],
  [401, 'sign_in'],
  [403, 'sign_in'],
] as const)('what the operator answers by %s is refused and not tried again', async (status, reason) => {
  operator.answer({ status, body: 'no' });
  const { one } = await told(mobile);
  await sendWaiting(posting());
  minutes(24 * 60);
  await sendWaiting(posting());
  expect(operator.orders).toHaveLength(1);
  expect(await one()).toMatchObject({
    state: 'refused',
    reason,
    answer: `${status} no`,
    carrier: 'sms_http',
  });
});

test('after a refusal it is sent again under another id, after failures under the same one', async () => {
  operator.answer({ status: 400 }, { status: 202 });
  const { one } = await told(mobile);
  await sendWaiting(posting());
  const { messageId } = await one();
  expect(await again(messageId)).toBe(true);
  expect(await again(messageId)).toBe(false);
  await sendWaiting(posting());
  expect([idOf(0), idOf(1), (await one()).state]).toEqual([messageId, `${messageId}-2`, 'sent']);
});

test('an operator that is down is asked again after growing pauses, and given up after ten tries', async () => {
  operator.answer({ status: 500 }, { status: 503 }, { status: 429 }, { status: 408 }, { status: 502 });
  const { one } = await told(mobile);
  await sendWaiting(posting());
  for (const pause of [1, 2, 4, 8, 16, 32, 64, 128, 240]) {
    expect(await one()).toMatchObject({ state: 'waiting', reason: 'unavailable' });
    const before = operator.orders.length;
    minutes(pause - 0.5);
    await sendWaiting(posting());
    expect(operator.orders).toHaveLength(before);
    minutes(0.5);
    await sendWaiting(posting());
    expect(operator.orders).toHaveLength(before + 1);
  }
  expect(await one()).toMatchObject({ state: 'given_up', reason: 'unavailable', answer: '502' });
  minutes(24 * 60);
  await sendWaiting(posting());
  expect(operator.orders).toHaveLength(10);
  const { messageId } = await one();
  expect(await again(messageId)).toBe(true);
  operator.answer({ status: 200 });
  await sendWaiting(posting());
  expect([idOf(0), (await one()).state]).toEqual([messageId, 'sent']);
});

test('an operator that does not answer is left behind in time', async () => {
  operator.answer('silent');
  const { one } = await told(mobile);
  await sendWaiting(posting({ sms }, 60));
  expect(await one()).toMatchObject({ state: 'waiting', reason: 'timeout', carrier: 'sms_http' });
  operator.answer({ status: 202 });
  minutes(1);
  await sendWaiting(posting());
});

test('no token goes to where the operator points, and a closed port is unavailable', async () => {
  const other = await told(mobile);
  operator.answer({ status: 307, headers: { location: operator.url.replace('send', 'elsewhere') } });
  await sendWaiting(posting());
  expect(operator.orders).toHaveLength(1);
  expect(await other.one()).toMatchObject({ state: 'waiting', reason: 'unavailable', answer: '307' });
  minutes(1);
  const closed = smsMessenger({ url: 'http://127.0.0.1:1/send', token });
  await sendWaiting(posting({ sms: closed }));
  expect(await other.one()).toMatchObject({ state: 'waiting', reason: 'unavailable' });
  operator.answer({ status: 202 });
  minutes(2);
  await sendWaiting(posting());
});

test('killed between sending and noting, it is sent again under the same id when its time is over', async () => {
  operator.answer('silent', { status: 202 });
  const { one } = await told(mobile);
  const killed = new AbortController();
  const run = sendWaiting(posting(), killed.signal);
  while (operator.orders.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await sendWaiting(posting())).toBe(0);
  killed.abort();
  await run;
  expect(await one()).toMatchObject({ state: 'waiting', triedAt: null });
  minutes(1);
  await sendWaiting(posting());
  expect(operator.orders).toHaveLength(1);
  minutes(1);
  await sendWaiting(posting());
  expect([operator.orders.length, idOf(0) === idOf(1), (await one()).state]).toEqual([2, true, 'sent']);
});

test('without a mobile phone it is refused by us, or goes by e-mail where an address is known', async () => {
  operator.answer({ status: 202 });
  const letters: string[] = [];
  const email = {
    name: 'trial',
    send: async ({ id, to }: { id: string; to: string }) => {
      letters.push(`${id} ${to}`);
      return { outcome: 'sent', reason: null, answer: null } as const;
    },
  };
  const nobody = await told({ phone: null, email: null });
  const landline = await told({ phone: '02632700000', email: null });
  const mail = await told({ phone: null, email: 'a@example.ir' });
  const both = await told({ phone: '09121234567', email: 'b@example.ir' });
  const wordless = await told(mobile, { told: 'nothing' });
  await sendWaiting(posting({ sms, email }));
  for (const { one } of [nobody, landline])
    expect(await one()).toMatchObject({ state: 'refused', reason: 'no_phone', channel: 'sms', answer: null });
  expect(await wordless.one()).toMatchObject({ state: 'refused', reason: 'wordless' });
  const [mailed] = await mail.all();
  expect(mailed).toMatchObject({ state: 'sent', channel: 'email', carrier: 'trial' });
  expect((await both.all()).map(({ channel, state }) => `${channel} ${state}`).toSorted()).toEqual([
    'email sent',
    'sms sent',
  ]);
  expect(letters).toHaveLength(2);
  expect(letters).toContain(`${mailed?.messageId} a@example.ir`);
  expect(operator.orders).toHaveLength(1);
});

test('by default, and in a demonstration whatever is set, nothing leaves the house', async () => {
  operator.answer({ status: 202 });
  const config = { sms: { url: operator.url, token }, mail: undefined };
  const { one } = await told({ phone: '09121234567', email: 'c@example.ir' });
  await sendWaiting(posting(await findMessengers({ db: house.db, config: { ...config, sms: undefined } })()));
  expect(await one()).toMatchObject({ state: 'sent', carrier: 'log', reason: null });
  expect((await findMessengers({ db: house.db, config })()).sms.name).toBe('sms_http');
  await markDemonstration(house.owner, house.clock, 'loaded');
  expect((await findMessengers({ db: house.db, config })()).sms).toBe(logMessenger);
  expect(operator.orders).toHaveLength(0);
});

test('no secret reaches the log or a row, also when an adapter throws it', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const { one } = await told(mobile);
  const throwing = { name: 'trial', send: () => Promise.reject(new Error(`bad header Bearer ${token}`)) };
  const job = postingJob(posting({ sms: throwing }));
  const runner = { holder: newId(1), signal: new AbortController().signal, heldUntil: 0 };
  expect(await runWhenDue({ db: house.db, clock: house.clock, log }, job, runner)).toBe(true);
  expect(await one()).toMatchObject({ state: 'waiting', reason: 'unavailable', answer: null });
  const { rows } = await read(house.db, whole, (tx) =>
    sql<{ text: string }>`select message::text as text from platform.message`.execute(tx),
  );
  expect(rows.length).toBeGreaterThan(10);
  for (const text of [...lines, ...rows.map((row) => row.text)]) {
    expect(text).not.toContain(token);
    expect(text).not.toContain('9121234567');
  }
});

test('what the other side says becomes one short line without marks of direction', () => {
  expect(tidyAnswer('a\r\n\u0000b\u202e c', [''])).toBe('a b c');
  expect(tidyAnswer('x'.repeat(500), [])).toHaveLength(200);
  expect(tidyAnswer(' \n', [])).toBeNull();
});
