import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { roles } from '#kernel/actor.ts';
import { id } from '#kernel/id.ts';
import { recordBackup } from '#platform/backup.ts';
import { read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import { actingOf, requireActor } from '#platform/session.ts';
import { openDesk, signInAs } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { installationShape, sessionShape } from '../contract.ts';
import { demonstrationPassword } from '../demonstration/user.ts';
import { demonstrationUsers } from '../demonstration/user.ts';
import { allowTry, noteSignIn } from './actions.ts';

const house = await openHouse();
const offices = [30, 15].map((provinceId) => ({
  provinceId,
  agency: id(`019aaaaa-0000-7000-8000-0000000000${provinceId}`),
  bank: id(`019bbbbb-0000-7000-8000-0000000000${provinceId}`),
  agriculture: id(`019ccccc-0000-7000-8000-0000000000${provinceId}`),
  health: id(`019ddddd-0000-7000-8000-0000000000${provinceId}`),
}));

/** Asks SQL itself what it was told of the asker: what row-level security will see. */
const settingsShape = z.object({
  province: z.string(),
  county: z.string(),
  office: z.string(),
  person: z.string(),
});
async function settingsOf(request: FastifyRequest) {
  const { scope } = await actingOf(request);
  const { rows } = await read(house.db, scope, (tx) =>
    sql`
      select current_setting('app.province') as province, current_setting('app.county') as county,
        current_setting('app.office') as office, current_setting('app.person') as person
    `.execute(tx),
  );
  return rows[0];
}

const desk = await openDesk(house, {
  offices,
  rooms: [
    async (app) => {
      app.get('/scope', { preHandler: requireActor() }, (request) => settingsOf(request));
    },
  ],
});

type SignIn = { readonly username?: string; readonly password?: string; readonly from?: string };
const signIn = ({
  username = 'director-alborz',
  password = demonstrationPassword,
  from = '10.0.0.1',
}: SignIn) =>
  desk.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { username, password },
    remoteAddress: from,
  });

describe('signing in', () => {
  test('opens a session by a cookie that no script and no other site can use', async () => {
    const response = await signIn({});
    expect(response.statusCode).toBe(200);
    const cookie = String(response.headers['set-cookie']);
    expect(cookie).toMatch(/^karsaz\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
  });

  test('marks the cookie Secure when the browser came over https', async () => {
    const response = await desk.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'x-forwarded-proto': 'https' },
      payload: { username: 'director-alborz', password: demonstrationPassword },
    });
    expect(String(response.headers['set-cookie'])).toMatch(/^__Secure-karsaz\.session_token=.*Secure/i);
  });

  test('reads a username in capitals', async () => {
    expect((await signIn({ username: 'Director-ALBORZ' })).statusCode).toBe(200);
  });

  test('answers a wrong password and an unknown name alike, and sets no cookie', async () => {
    const wrong = await signIn({ password: 'karsaz-wrong', from: '10.0.0.2' });
    const unknown = await signIn({ username: 'nobody-at-all', from: '10.0.0.2' });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.body).toBe(unknown.body);
    expect(problemShape.parse(wrong.json())).toMatchObject({ kind: 'WrongPassword' });
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  test('names what is missing in the form', async () => {
    const response = await desk.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'a' },
    });
    expect(problemShape.parse(response.json())).toMatchObject({
      status: 422,
      field: 'password',
      rule: 'required',
    });
    expect(response.json<{ fa: string }>().fa).toContain('گذرواژه');
  });

  test('waits after five wrong passwords, also when the sixth is right, and not for other people there', async () => {
    const there = { username: 'deputy-alborz', from: '10.0.0.3' };
    for (let i = 0; i < 5; i += 1)
      expect((await signIn({ ...there, password: 'wrong-again' })).statusCode).toBe(401);
    const sixth = await signIn(there);
    const problem = problemShape.parse(sixth.json());
    expect(problem).toMatchObject({ status: 429, kind: 'TooManyTries', facts: { waitSeconds: 900 } });
    expect(problem.fa).toContain('۱۵ دقیقهٔ دیگر');
    expect(sixth.headers['set-cookie']).toBeUndefined();
    expect((await signIn({ ...there, username: 'director-alborz' })).statusCode).toBe(200);
    expect((await signIn({ ...there, from: '10.0.0.4' })).statusCode).toBe(200);
    house.clock.advance(15 * 60 * 1000);
    expect((await signIn(there)).statusCode).toBe(200);
  });

  test('50 wrong tries at once are all counted', async () => {
    const there = { username: 'editor-alborz', password: 'wrong-again', from: '10.0.0.5' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => signIn(there)));
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(45);
  });
});

const tryAt = (address: string, name: number) =>
  allowTry(house.db, house.clock, { username: `clerk-${name}`, address });

const count = async (address: string, tries: number, event: 'signed_in' | 'sign_in_refused') => {
  let allowed = 0;
  for (let name = 0; name < tries; name += 1) {
    const told = await tryAt(address, name);
    if (!told.ok) continue;
    allowed += 1;
    await noteSignIn(house, { username: `clerk-${name}`, address }, { account: undefined, event });
  }
  return allowed;
};

describe('the counts of an address', () => {
  test('let an office of 130 clerks in by one address, and stop a guesser after a hundred', async () => {
    expect(await count('10.0.0.7', 130, 'signed_in')).toBe(130);
    expect(await count('10.0.0.8', 130, 'sign_in_refused')).toBe(100);
    expect((await tryAt('10.0.0.8', 7)).ok).toBe(false);
  });
});

describe('a session', () => {
  test('of nobody is empty', async () => {
    expect((await desk.nobody.get('/api/session')).body).toEqual({
      user: null,
      actor: null,
      grantId: null,
      grants: [],
    });
  });

  test('ends when the user signs out', async () => {
    const clerk = await signInAs(desk.app, 'deputy-lorestan', demonstrationPassword);
    expect((await clerk.get('/scope')).status).toBe(200);
    const out = await desk.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie: clerk.cookie },
    });
    expect(out.statusCode).toBe(200);
    expect((await clerk.get('/scope')).status).toBe(401);
  });

  test('with a cookie that was changed is nobody’s', async () => {
    const clerk = await signInAs(desk.app, 'deputy-lorestan', demonstrationPassword);
    const forged = await desk.app.inject({
      url: '/scope',
      headers: { cookie: `${clerk.cookie.slice(0, -6)}AAAA%3D` },
    });
    expect(forged.statusCode).toBe(401);
  });
});

describe('role and scope reach the database', () => {
  const none = { county: '', office: '', person: '' };
  const cases: readonly (readonly [
    string,
    z.infer<typeof settingsShape> | { readonly [part: string]: unknown },
  ])[] = [
    ['administrator-one', { province: '-1', ...none }],
    ['director-alborz', { province: '30', ...none }],
    ['deputy-two-lorestan', { province: '15', ...none }],
    ['county-office-alborz', { province: '30', ...none, county: '3001' }],
    ['county-office-lorestan', { province: '15', ...none, county: '1503' }],
    ['agency-alborz', { province: '30', ...none, office: offices[0]?.agency }],
    ['bank-lorestan', { province: '15', ...none, office: offices[1]?.bank }],
    ['editor-alborz', { province: '30', ...none }],
    ['auditor', { province: 'all', ...none }],
    ['ministry', { province: 'all', ...none }],
  ];
  test.each(cases)('%s', async (username, settings) => {
    const clerk = await desk.as(username);
    expect((await clerk.get('/scope')).body).toEqual(settings);
  });

  test('an applicant sees only their own person', async () => {
    const clerk = await desk.as('applicant-alborz');
    const { actor } = sessionShape.parse((await clerk.get('/api/session')).body);
    expect((await clerk.get('/scope')).body).toEqual({
      province: '30',
      county: '',
      office: '',
      person: actor?.personId,
    });
  });
});

const asked = async () => installationShape.parse((await desk.nobody.get('/api/installation')).body);

test('tells when the last good backup was made', async () => {
  expect((await asked()).lastBackupAt).toBeNull();
  const madeAt = house.clock.now();
  await recordBackup(house.db, { path: '/backups/one', byteCount: 1, madeAt, verifiedAt: madeAt });
  expect((await asked()).lastBackupAt).toBe(madeAt.toISOString());
});

describe('the demonstration', () => {
  test('has a user for every role, and each name says that it is a sample', () => {
    expect(new Set(demonstrationUsers.map(({ role }) => role))).toEqual(new Set(roles));
    expect(demonstrationUsers.every(({ name }) => name.includes('نمونه'))).toBe(true);
    expect(new Set(demonstrationUsers.map(({ username }) => username)).size).toBe(demonstrationUsers.length);
  });

  test('lets every one of its users sign in, as the role that the sign-in page names', async () => {
    const { demonstration, demonstrationUsers: offered } = installationShape.parse(
      (await desk.nobody.get('/api/installation')).body,
    );
    expect(demonstration).toBe(true);
    for (const { username, role } of offered) {
      const clerk = await desk.as(username);
      const session = sessionShape.parse((await clerk.get('/api/session')).body);
      expect(session.actor?.role).toBe(role);
    }
  });
});
