import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { roles } from '#kernel/actor.ts';
import { persianDigits } from '#kernel/persian.ts';
import { ok } from '#kernel/result.ts';
import { pageShape } from '#platform/cursor.ts';
import { inTransaction, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import { openDesk, signInAs } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import {
  grantOf,
  makeUser,
  newPassword as password,
  newUser,
  problemKind,
  sessionOf,
  tokenIn,
} from '#testing/people.ts';
import { installation } from './actions.ts';
import { madeUserShape, userShape } from './contract.ts';
import { roleWords } from './words.ts';

const house = await openHouse();
const desk = await openDesk(house);
const one = await desk.as('administrator-one');

const usersShape = pageShape(userShape);

describe('a new user', () => {
  test('sets a password under the one-time address, once, and signs in with it', async () => {
    const { user, link } = await makeUser(one);
    expect(user).toMatchObject({ hasPassword: false, lockedAt: null });
    expect(user.grants).toMatchObject([
      { role: 'editor', provinceId: 30, standing: 'granted', inForce: true },
    ]);
    const token = tokenIn(link.path);
    const facts = await desk.nobody.get(`/api/access/one-time/${token}`);
    expect(facts.body).toMatchObject({
      purpose: 'password',
      username: user.username,
      needsConfirmation: false,
    });
    expect((await desk.nobody.post('/api/access/passwords', { token, password })).status).toBe(200);
    const clerk = await signInAs(desk.app, user.username, password);
    expect((await sessionOf(clerk)).actor).toMatchObject({
      role: 'editor',
      scope: { province: 30 },
    });
    expect(problemKind(await desk.nobody.post('/api/access/passwords', { token, password }))).toBe(
      'LinkUnusable',
    );
    expect((await desk.nobody.get(`/api/access/one-time/${token}`)).status).toBe(410);
  });

  test('is made once by 20 posts at once, and each is told the same address', async () => {
    const [user, key] = [newUser(), randomUUID()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => one.post('/api/access/users', user, key)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => madeUserShape.parse(body).link.path)).size).toBe(1);
    const found = usersShape.parse((await one.get(`/api/access/users?search=${user.username}`)).body);
    expect(found.items).toHaveLength(1);
  });

  test('leaves neither token, password nor national id anywhere in the database', async () => {
    const { link, given } = await makeUser(one);
    const token = tokenIn(link.path);
    await desk.nobody.post('/api/access/passwords', { token, password });
    const texts = await inTransaction(house.db, installation, async (tx) => {
      const { rows } = await sql<{ text: string }>`
        select command::text as text from platform.command
        union all select link::text from access.one_time_link link
        union all select person::text from access.person person
        union all select event::text from access.audit_event event
        union all select credential::text from auth.credential credential
      `.execute(tx);
      return ok(rows.map(({ text }) => text).join('\n'));
    });
    const stored = texts.ok ? texts.value : '';
    expect(stored).toContain('argon2id');
    for (const secret of [token, password, given.nationalId]) expect(stored).not.toContain(secret);
  });

  const wrong: readonly (readonly [string, object, number, string])[] = [
    ['a taken name', { username: 'director-alborz' }, 409, 'UsernameTaken'],
    ['a wrong national id', { nationalId: '1234567890' }, 422, 'NationalIdWrong'],
    [
      'a county office without a county',
      { grant: grantOf({ role: 'county_office' }) },
      422,
      'ScopeNotFitting',
    ],
    [
      'a director with a county',
      { grant: grantOf({ role: 'director', countyCode: '3001' }) },
      422,
      'ScopeNotFitting',
    ],
    ['an auditor of one province', { grant: grantOf({ role: 'auditor' }) }, 422, 'ScopeNotFitting'],
    [
      'a county of another province',
      { grant: grantOf({ role: 'county_office', countyCode: '1503' }) },
      422,
      'PlaceUnknown',
    ],
    ['a province that is not', { grant: grantOf({ provinceId: 77 }) }, 422, 'PlaceUnknown'],
    [
      'days out of order',
      { grant: grantOf({ startsOn: '2024-09-10', endsOn: '2024-09-09' }) },
      422,
      'DaysOutOfOrder',
    ],
    ['a name of signs without ink', { name: '\u202e\u3164\u3164' }, 422, 'InvalidInput'],
    ['a name without a letter', { name: '1234' }, 422, 'InvalidInput'],
  ];
  test.each(wrong)('with %s is refused, and nothing is kept of it', async (_why, part, status, kind) => {
    const user = { ...newUser(), ...part };
    const answer = await one.post('/api/access/users', user);
    expect(answer.status).toBe(status);
    expect(problemKind(answer)).toBe(kind);
    const found = usersShape.parse((await one.get(`/api/access/users?search=${user.username}`)).body);
    expect(found.items.filter(({ name }) => name === 'کاربر آزمایشی')).toEqual([]);
  });

  test('with Persian digits in the national id is the same person', async () => {
    const first = newUser();
    await one.post('/api/access/users', first);
    const persian = persianDigits(first.nationalId);
    const second = madeUserShape.parse(
      (await one.post('/api/access/users', { ...newUser(), nationalId: persian })).body,
    );
    const { rows } = await sql<{ people: bigint }>`
      select count(distinct holder.person_id) as people from access.read_user holder
      where holder.username in (${first.username}, ${second.user.username})
    `.execute(house.db);
    expect(rows[0]?.people).toBe(1n);
  });
});

describe('who may', () => {
  const userId = randomUUID();
  const reads = ['/api/access/users', `/api/access/users/${userId}`, '/api/access/password-resets'];
  const writes = [
    ['/api/access/users', newUser()],
    [`/api/access/users/${userId}/grants`, grantOf({})],
    [`/api/access/users/${userId}/grants/30/${userId}/approval`, undefined],
    [`/api/access/users/${userId}/grants/30/${userId}/end`, { reason: 'آزمون' }],
    [`/api/access/users/${userId}/lock`, undefined],
    [`/api/access/users/${userId}/unlock`, undefined],
    [`/api/access/users/${userId}/password-reset`, undefined],
    [`/api/access/password-resets/${userId}/confirmation`, undefined],
  ] as const;
  const others = [
    'director-alborz',
    'deputy-alborz',
    'county-office-alborz',
    'applicant-alborz',
    'auditor',
    'editor-alborz',
    'ministry',
  ];

  test.each(others)('%s reaches no route of the administrators', async (username) => {
    const clerk = await desk.as(username);
    for (const url of reads)
      expect({ url, kind: problemKind(await clerk.get(url)) }).toEqual({ url, kind: 'RoleMayNot' });
    for (const [url, body] of writes) {
      expect({ url, kind: problemKind(await clerk.post(url, body)) }).toEqual({ url, kind: 'RoleMayNot' });
    }
  });

  test('nobody who is not signed in reaches one', async () => {
    for (const url of [...reads, '/api/access/events'])
      expect(problemKind(await desk.nobody.get(url))).toBe('NotSignedIn');
    for (const [url, body] of writes)
      expect(problemKind(await desk.nobody.post(url, body))).toBe('NotSignedIn');
  });

  test('auditors read the trail of all provinces; a deputy does not', async () => {
    const shape = pageShape(
      z.object({ event: z.string(), eventId: z.string(), byName: z.string().nullable() }),
    );
    const auditor = await desk.as('auditor');
    const first = shape.parse((await auditor.get('/api/access/events?limit=2')).body);
    const second = shape.parse((await auditor.get(`/api/access/events?limit=200&cursor=${first.next}`)).body);
    const ids = [...first.items, ...second.items].map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.toSorted().toReversed());
    const events = new Set(second.items.map(({ event }) => event));
    for (const event of ['access.grant_proposed', 'access.grant_approved', 'access.role_granted'])
      expect(events).toContain(event);
    const deputy = await desk.as('deputy-alborz');
    expect(problemKind(await deputy.get('/api/access/events'))).toBe('RoleMayNot');
  });

  test('and who may not is told by their titles who may, in both languages', async () => {
    const county = await desk.as('county-office-alborz');
    const told = problemShape.parse((await county.get('/api/access/events')).body);
    expect(told).toMatchObject({ kind: 'RoleMayNot', rule: 'role' });
    const may = z.array(z.enum(roles)).parse(told.facts?.['may']);
    expect(may.length).toBeGreaterThan(1);
    for (const role of [...may, 'county_office'] as const) {
      expect(told.fa).toContain(roleWords[role].fa);
      expect(told.en).toContain(roleWords[role].en);
    }
    expect(`${told.fa} ${told.en}`).not.toContain('_');
  });
});

describe('what is appended', () => {
  const tables = [
    ['access.account_holder', 'user_id'],
    ['access.role_grant', 'role'],
    ['access.role_grant_approval', 'approved_at'],
    ['access.role_grant_end', 'reason'],
    ['access.audit_event', 'facts'],
  ] as const;
  const deeds = [
    (table: string, column: string) =>
      sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)}`,
    (table: string) => sql`delete from ${sql.table(table)}`,
    (table: string) => sql`truncate ${sql.table(table)}`,
  ];
  test.each(tables)(
    'T16: %s is neither changed, deleted nor truncated by the serving role',
    async (table, column) => {
      for (const deed of deeds)
        await expect(deed(table, column).execute(house.db)).rejects.toThrow('permission denied');
    },
  );

  test('grants and events of one province are out of sight in another', async () => {
    const scope = { ...installation, province: 15 };
    const rows = await read(house.db, scope, async (tx) => {
      const grants = await sql`select 1 from access.role_grant where province_id <> 15`.execute(tx);
      const events = await sql`select 1 from access.audit_event where province_id <> 15`.execute(tx);
      const own = await sql`select 1 from access.role_grant where province_id = 15`.execute(tx);
      return { others: grants.rows.length + events.rows.length, own: own.rows.length };
    });
    expect(rows.others).toBe(0);
    expect(rows.own).toBeGreaterThan(0);
  });
});
