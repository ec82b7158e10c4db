import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { id } from '#kernel/id.ts';
import { persianDigits } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { signInAs, type Answer } from '#testing/desk.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import { openJoining, otherThan, type Order } from '#testing/joins.ts';
import {
  grantPath,
  makeClerk,
  makeUser,
  nationalId,
  newPassword as password,
  newUser,
  problemKind,
  problemOf,
  sessionOf,
} from '#testing/people.ts';
import { codeAnswerShape, joinedShape } from './contract.ts';

const house = await openHouse();
const wrongdoer = await openWrongdoer(house);
const joining = await openJoining(house);
const { applicant, ask, askNow, codeOf, desk, join, joined, keep, lines, messagesTo, newPhone, personOf } =
  joining;
const one = await desk.as('administrator-one');

const tryWith = async (username: string, given: string): Promise<number> => {
  const payload = { username, password: given };
  const sent = { method: 'POST', url: '/api/session', payload, remoteAddress: '10.0.9.1' } as const;
  return (await desk.app.inject(sent)).statusCode;
};

describe('an applicant', () => {
  test('opens an account by the code, signs in by the phone, and is an applicant of the province', async () => {
    const order = applicant();
    const phone = order.phone;
    const code = await codeOf(order);
    const answer = await join(
      { ...order, nationalId: persianDigits(order.nationalId), phone: persianDigits(phone) },
      persianDigits(code),
    );
    expect(answer).toMatchObject({ status: 201, body: { username: phone, outcome: 'joined' } });
    const { actor, grants } = await sessionOf(await signInAs(desk.app, phone, password));
    expect(actor).toMatchObject({ role: 'applicant', name: 'مریم نمونه‌پور', scope: { province: 30 } });
    expect(actor?.scope.person).toBe(actor?.personId);
    expect(grants).toMatchObject([
      { standing: 'granted', needsApproval: false, proposedBy: 'مریم نمونه‌پور' },
    ]);
  });

  test('signs in with the digits of any keyboard, and all spellings have one count of tries', async () => {
    const order = applicant();
    const { username } = await joined(order);
    const arabic = username.replace(/\d/g, (digit) =>
      String.fromCharCode(0x0660 + Number.parseInt(digit, 10)),
    );
    const bare = username.slice(1);
    const spellings = [
      persianDigits(username),
      arabic,
      `+98${bare}`,
      `0098 ${persianDigits(bare)}`,
      username,
    ];
    for (const typed of spellings) {
      const { actor } = await sessionOf(await signInAs(desk.app, typed, password));
      expect(actor?.role).toBe('applicant');
    }
    for (const typed of spellings) expect(await tryWith(typed, 'karsaz-wrong')).toBe(401);
    for (const typed of spellings) expect(await tryWith(typed, password)).toBe(429);
  });

  test('has no part in an account whose very name may be read as a phone', async () => {
    const order = applicant();
    const { username } = await joined(order);
    const { clerk } = await makeClerk(desk, one, { ...newUser(), username: username.slice(1) });
    expect((await sessionOf(clerk)).user?.username).toBe(username.slice(1));
    const { user } = await sessionOf(await signInAs(desk.app, `+98${username.slice(1)}`, password));
    expect(user?.username).toBe(username);
  });

  test('is refused under a name without a letter', async () => {
    for (const field of ['firstName', 'lastName'])
      expect(await ask(applicant({ [field]: '12' }))).toMatchObject({
        status: 422,
        body: { kind: 'InvalidInput', field, rule: 'letters' },
      });
  });

  test('bears the id under which the province keeps them', async () => {
    const order = applicant();
    const personId = await keep(order, order.phone);
    const { username } = await joined(order);
    expect((await personOf(username)).person_id).toBe(personId);
  });

  test('has a number after the phone where another person has that name', async () => {
    const first = applicant();
    const phone = first.phone;
    expect((await joined(first)).username).toBe(phone);
    expect((await joined(applicant({ phone }))).username).toBe(`${phone}-2`);
    expect((await joined(applicant({ phone }))).username).toBe(`${phone}-3`);
  });

  test('of a second province is the same account with one role more', async () => {
    const order = applicant();
    const { username } = await joined(order);
    const there = await joined({ ...order, provinceId: 15 });
    expect(there).toEqual({ username, outcome: 'password_set' });
    expect((await personOf(username)).accounts).toBe(1);
    const { grants } = await sessionOf(await signInAs(desk.app, username, password));
    expect(new Set(grants.map(({ provinceId }) => provinceId))).toEqual(new Set([15, 30]));
  });

  test('sets a forgotten password by a new code; the sessions of before are over', async () => {
    const order = applicant();
    const { username } = await joined(order);
    const before = await signInAs(desk.app, username, password);
    const answer = await desk.nobody.post('/api/access/applicants', {
      ...order,
      code: await codeOf(order),
      password: 'another-long-password',
    });
    expect(answer.body).toEqual({ username, outcome: 'password_set' });
    expect((await sessionOf(before)).user).toBeNull();
    const after = await sessionOf(await signInAs(desk.app, username, 'another-long-password'));
    expect(after.grants).toHaveLength(1);
  });

  test('is told the same again under the same key, and nothing is done twice', async () => {
    const order = applicant();
    const code = await codeOf(order);
    const key = must(freshIds(1)[0], 'a key');
    const first = await join(order, code, key);
    expect(first.status).toBe(201);
    const again = await join(order, code, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const asked = must(freshIds(1)[0], 'a key');
    const before = messagesTo(order.phone).length;
    for (let time = 0; time < 3; time += 1)
      expect((await desk.nobody.post('/api/access/join-codes', order, asked)).status).toBe(201);
    await vi.waitFor(() => expect(messagesTo(order.phone)).toHaveLength(before + 1));
  });

  test('who sends it ten times at once has one account', async () => {
    const order = applicant();
    const code = await codeOf(order);
    const answers = await Promise.all(Array.from({ length: 5 }, () => join(order, code)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(problemKind(answer)).toBe('CodeUnusable');
    expect((await personOf(order.phone)).accounts).toBe(1);
  });

  test('with two phones and two codes at once has one account too', async () => {
    for (let round = 0; round < 5; round += 1) {
      const order = applicant();
      const other = { ...order, phone: newPhone() };
      const codes = [await codeOf(order), await codeOf(other, askNow)] as const;
      const answers = await Promise.all([join(order, codes[0]), join(other, codes[1])]);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 410]));
      const done = answers.find(({ status }) => status === 201);
      expect((await personOf(joinedShape.parse(done?.body).username)).accounts).toBe(1);
    }
  });
});

describe('a code', () => {
  test('is over after five wrong tries, the right one included', async () => {
    const order = applicant();
    const code = await codeOf(order);
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      const answer = await join(order, otherThan(code));
      expect(problemOf(answer)).toMatchObject({ kind: 'CodeWrong', field: 'code', facts: { triesLeft } });
    }
    expect(problemKind(await join(order, code))).toBe('CodeUnusable');
  });

  test('counts every try of many at once', async () => {
    const order = applicant();
    const code = await codeOf(order);
    const answers = await Promise.all(Array.from({ length: 12 }, () => join(order, otherThan(code))));
    expect(answers.filter((answer) => problemKind(answer) === 'CodeWrong')).toHaveLength(5);
    expect(problemKind(await join(order, code))).toBe('CodeUnusable');
  });

  test('is over after five minutes, and is swept out by the next one', async () => {
    const order = applicant();
    const code = await codeOf(order);
    house.clock.advance(5 * 60_000);
    expect(problemKind(await join(order, code))).toBe('CodeUnusable');
    await codeOf(applicant());
    const { rows } =
      await sql`select 1 from access.join_code where expires_at <= ${house.clock.now()}`.execute(house.owner);
    expect(rows).toEqual([]);
  });

  test('is used once', async () => {
    const order = applicant();
    const code = await codeOf(order);
    expect((await join(order, code)).status).toBe(201);
    expect(problemKind(await join(order, code))).toBe('CodeUnusable');
  });

  test('ends with a newer one', async () => {
    const order = applicant();
    const first = await codeOf(order);
    const second = await codeOf(order, askNow);
    if (first !== second) expect(problemKind(await join(order, first))).toBe('CodeWrong');
    expect((await join(order, second)).status).toBe(201);
  });

  test('opens for no other person, phone or province', async () => {
    const order = applicant();
    const code = await codeOf(order);
    for (const change of [{ nationalId: nationalId() }, { phone: newPhone() }, { provinceId: 15 }])
      expect(problemKind(await join({ ...order, ...change }, code))).toBe('CodeUnusable');
  });

  test('is asked for three times in ten minutes by phone, by person, and thirty times by address', async () => {
    house.clock.advance(20 * 60_000);
    const order = applicant();
    for (let time = 0; time < 3; time += 1) expect((await askNow(order)).status).toBe(201);
    const fourth = await askNow({ ...order, nationalId: nationalId() });
    expect(problemOf(fourth)).toMatchObject({
      status: 429,
      kind: 'TooManyCodes',
      facts: { waitSeconds: 600 },
    });
    expect(problemKind(await askNow({ ...order, phone: newPhone() }))).toBe('TooManyCodes');
    house.clock.advance(20 * 60_000);
    for (let time = 0; time < 30; time += 1) expect((await askNow(applicant())).status).toBe(201);
    expect(problemKind(await askNow(applicant()))).toBe('TooManyCodes');
    house.clock.advance(10 * 60_000);
    expect((await askNow(applicant())).status).toBe(201);
  });
});

describe('nobody learns who is known', () => {
  test('a phone that is not the known one is sent nothing and is answered alike', async () => {
    const stranger = applicant();
    const order = applicant();
    await keep(order, newPhone());
    const answers = [await ask(stranger), await askNow(order)];
    expect(answers[1]?.status).toBe(answers[0]?.status);
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(codeAnswerShape.parse(answers[1]?.body).code).toBeNull();
    await vi.waitFor(() => expect(messagesTo(stranger.phone)).toHaveLength(1));
    expect(messagesTo(order.phone)).toEqual([]);
    const [sent] = messagesTo(stranger.phone);
    const wrong = otherThan(must(/\d{6}/.exec(sent?.text ?? '')?.[0], 'a code'));
    expect((await join(order, '123456')).body).toEqual((await join(stranger, wrong)).body);
  });

  test('an account is not taken over from another phone, be the person unknown to the province', async () => {
    const order = applicant();
    await joined(order);
    for (const provinceId of [30, 15]) {
      const thief = { ...order, provinceId, phone: newPhone() };
      expect((await ask(thief)).status).toBe(201);
      expect(problemKind(await join(thief, '123456'))).toBe('CodeWrong');
      expect(messagesTo(thief.phone)).toEqual([]);
    }
  });

  test('an account that an administrator made has no phone, so no code opens it', async () => {
    const user = newUser({ role: 'applicant' });
    await makeUser(one, user);
    const order = applicant({ nationalId: user.nationalId });
    expect((await ask(order)).status).toBe(201);
    expect(problemKind(await join(order, '123456'))).toBe('CodeWrong');
    expect(messagesTo(order.phone)).toEqual([]);
  });
});

/** The right code after a wrong one, which tells nothing else. */
async function rightly(order: Order): Promise<Answer> {
  const code = await codeOf(order);
  expect(problemKind(await join(order, otherThan(code)))).toBe('CodeWrong');
  return join(order, code);
}

describe('is refused, after the right code only,', () => {
  test('who holds another role', async () => {
    const user = newUser({ role: 'editor' });
    const { user: made } = await makeUser(one, user);
    const order = applicant({ nationalId: user.nationalId });
    await keep(order, order.phone, id((await personOf(made.username)).person_id));
    const answer = await rightly(order);
    expect(problemOf(answer)).toMatchObject({
      kind: 'AdministratorOpens',
      fa: 'گذرواژهٔ این حساب را مدیر سامانه باز می‌کند.',
    });
  });

  test('whose account is closed, and whose role was taken back', async () => {
    const order = applicant();
    const { username } = await joined(order);
    const { user, grants } = await sessionOf(await signInAs(desk.app, username, password));
    const userId = must(user, 'a user').userId;
    await one.post(`/api/access/users/${userId}/lock`);
    expect(problemKind(await rightly(order))).toBe('AccountClosed');
    await one.post(`/api/access/users/${userId}/unlock`);
    const path = grantPath({ userId, provinceId: 30, grantId: grants[0]?.grantId }, 'end');
    expect((await one.post(path, { reason: 'آزمون' })).status).toBe(200);
    expect(problemKind(await rightly(order))).toBe('AdministratorOpens');
  });

  test('whom the province keeps under another id', async () => {
    const order = applicant();
    await joined(order);
    await keep(order, order.phone);
    const answer = await rightly(order);
    expect(problemOf(answer)).toMatchObject({ status: 409, kind: 'PersonApart' });
    expect(problemOf(answer).fa).toContain('ادارهٔ شهرستان');
    const another = applicant();
    const { person_id } = await personOf(order.phone);
    await keep(another, another.phone, id(person_id));
    expect(problemKind(await rightly(another))).toBe('PersonApart');
  });
});

test.each([
  ['nationalId', 'NationalIdWrong', { nationalId: '1234567890' }],
  ['phone', 'MobileWrong', { phone: '02632700000' }],
  ['provinceId', 'ProvinceUnknown', { provinceId: 77 }],
  ['code', 'CodeUnreadable', { code: '12345a' }],
])('the field %s is refused as %s', async (field, kind, change) => {
  const body = { ...applicant(), code: '123456', password, ...change };
  expect(problemOf(await desk.nobody.post('/api/access/applicants', body))).toMatchObject({ field, kind });
  if (field === 'code') return;
  const { code: _code, password: _password, ...order } = body;
  expect(problemOf(await desk.nobody.post('/api/access/join-codes', order))).toMatchObject({ field, kind });
});

test('a key is needed', async () => {
  const response = await desk.app.inject({
    method: 'POST',
    url: '/api/access/join-codes',
    payload: applicant(),
  });
  expect(response.json()).toMatchObject({ status: 400, kind: 'KeyMissing' });
});

/** Every row of every table, as text, past all policies. */
async function allRows(): Promise<string> {
  const tables = await wrongdoer.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'place')",
  );
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await wrongdoer.query<{ text: string }>(`select kept::text as text from ${name} kept`);
    texts.push(...rows.map(({ text }) => `${name} ${text}`));
  }
  return texts.join('\n');
}

/** Six digits that stand alone: some hash or id may hold any six. */
const alone = (digits: string): RegExp => new RegExp(`(?<![0-9a-f])${digits}(?![0-9a-f])`);

describe('what is kept', () => {
  test('is neither the code nor the national id nor the password, in no table and no line of the log', async () => {
    const order = applicant({ firstName: 'گلاویژ' });
    const code = await codeOf(order);
    await join(order, otherThan(code));
    const between = await allRows();
    expect(between).toContain('access.join_code');
    expect(between).not.toMatch(alone(code));
    for (const secret of [order.nationalId, order.phone, order.firstName])
      expect(between).not.toContain(secret);
    expect((await join(order, code)).status).toBe(201);
    const stored = `${await allRows()}\n${lines.join('\n')}`;
    expect(stored).toContain(order.phone);
    expect(stored).toContain('access.applicant_joined');
    for (const secret of [order.nationalId, password]) expect(stored).not.toContain(secret);
    expect(stored).not.toMatch(alone(code));
  });

  test('the trail tells of each step by ids', async () => {
    const order = applicant();
    const code = await codeOf(order);
    await join(order, otherThan(code));
    await join(order, code);
    await join(order, await codeOf(order));
    const shape = z.object({
      items: z.array(z.object({ event: z.string(), facts: z.record(z.string(), z.unknown()) })),
    });
    const { items } = shape.parse((await one.get('/api/access/events?limit=20')).body);
    const events = items.map(({ event }) => event);
    for (const event of [
      'access.code_sent',
      'access.code_refused',
      'access.applicant_joined',
      'access.password_set_by_code',
    ])
      expect(events).toContain(event);
    expect(JSON.stringify(items)).not.toContain(order.phone);
  });

  test('a wish that the operator does not take is answered alike, and the log tells of it without the phone', async () => {
    joining.operator.answer({ status: 500, body: 'down' });
    const order = applicant();
    expect((await ask(order)).status).toBe(201);
    await vi.waitFor(() => expect(lines.join('\n')).toContain('did not go out'));
    expect(lines.join('\n')).not.toContain(order.phone);
    joining.operator.answer({ status: 202 });
  });

  test.each([
    ['fa', /^کد کارساز: \d{6}\n/],
    ['en', /^Karsaz code: \d{6}\n/],
  ])('the code comes in the language of the page on which it was asked for: %s', async (language, begins) => {
    house.clock.advance(10 * 60_000);
    const order = applicant();
    const headers = { 'accept-language': language, 'idempotency-key': randomUUID() };
    const url = '/api/access/join-codes';
    expect((await desk.app.inject({ method: 'POST', url, headers, payload: order })).statusCode).toBe(201);
    const sent = await vi.waitFor(() => must(messagesTo(order.phone)[0], 'an SMS'), { timeout: 5_000 });
    expect(sent.text).toMatch(begins);
  });

  test('where nothing leaves the house the log has the code, and a demonstration shows it', async () => {
    joining.set({ isLogged: true });
    const order = applicant();
    expect(codeAnswerShape.parse((await ask(order)).body).code).toBeNull();
    const line = await vi.waitFor(() =>
      must(
        lines.find((written) => written.includes('کد کارساز')),
        'a line',
      ),
    );
    const code = must(/کد کارساز: (\d{6})/.exec(line)?.[1], 'a code');
    expect(line).toContain(`Karsaz code: ${code}`);
    expect(line).not.toContain(order.phone);
    expect((await join(order, code)).status).toBe(201);
    joining.set({ isLogged: true, isShown: true });
    const shown = applicant();
    const told = codeAnswerShape.parse((await ask(shown)).body).code;
    expect((await join(shown, must(told, 'a code'))).status).toBe(201);
    joining.set({});
  });
});
