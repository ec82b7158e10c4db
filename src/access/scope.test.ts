import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { roles } from '#kernel/actor.ts';
import { id } from '#kernel/id.ts';
import { ok } from '#kernel/result.ts';
import { pageShape } from '#platform/cursor.ts';
import { inTransaction } from '#platform/db.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import {
  grantOf,
  grantPath,
  makeClerk,
  makePowerful,
  makeUser,
  newUser,
  peopleOf,
  problemKind,
  problemOf,
  sessionOf,
} from '#testing/people.ts';
import { installation } from './actions.ts';
import { madeGrantShape, sessionShape, userShape } from './contract.ts';
import { decideScope } from './rules.ts';
import { powerfulRoles } from './scope.ts';

const house = await openHouse();
const offices = [30, 15].map((provinceId) => ({
  provinceId,
  agency: id(`019aaaaa-0000-7000-8000-0000000000${provinceId}`),
  bank: id(`019bbbbb-0000-7000-8000-0000000000${provinceId}`),
}));
const desk = await openDesk(house, { offices });
const one = await desk.as('administrator-one');
const two = await desk.as('administrator-two');

const usersShape = pageShape(userShape);

describe('the scope of a role', () => {
  test('is asked by the form as the database asks it, for every role and every part', async () => {
    const { user } = await makeUser(one);
    const { holder, proposer } = await peopleOf(house, two, user.userId, user.grants[0]?.grantId ?? '');
    const cases = roles.flatMap((role) =>
      [null, 30].flatMap((provinceId) =>
        [null, '3001'].flatMap((countyCode) =>
          [null, randomUUID()].map((officeId) => ({ role, provinceId, countyCode, officeId })),
        ),
      ),
    );
    expect(cases).toHaveLength(80);
    for (const { role, provinceId, countyCode, officeId } of cases) {
      const attempt = inTransaction(house.db, installation, async (tx) => {
        await sql`
          insert into access.role_grant (
            province_id, grant_id, user_id, person_id, role, county_code, office_id, starts_on, needs_approval,
            proposer_user_id, proposer_person_id, proposed_at
          ) values (
            ${provinceId ?? -1}, ${randomUUID()}, ${holder.user}, ${holder.person}, ${role}, ${countyCode},
            ${officeId}, '2030-01-01', ${powerfulRoles.includes(role)},
            ${proposer.user}, ${proposer.person}, ${house.clock.now()}
          )
        `.execute(tx);
        return ok();
      });
      const accepted = await attempt.then(
        () => true,
        () => false,
      );
      const decided = decideScope(role, { provinceId, countyCode, officeId });
      expect({ role, provinceId, countyCode, officeId, accepted }).toMatchObject({ accepted: decided.ok });
    }
  });

  test('names an office that is one, in that province', async () => {
    const grant = { role: 'agency', officeId: offices[0]?.agency ?? null } as const;
    expect((await one.post('/api/access/users', newUser(grant))).status).toBe(201);
    for (const wrong of [
      { ...grant, provinceId: 15 },
      { ...grant, role: 'bank' as const },
    ]) {
      expect(problemKind(await one.post('/api/access/users', newUser(wrong)))).toBe('OfficeUnknown');
    }
  });

  test('ends with its last day, begins with its first, and can be taken back at once', async () => {
    const { userId, clerk } = await makeClerk(
      desk,
      one,
      newUser({
        role: 'editor',
        startsOn: '2024-09-01',
        endsOn: '2024-09-20',
      }),
    );
    const roleNow = async () => (await sessionOf(clerk)).actor?.role;
    expect(await roleNow()).toBe('editor');
    house.clock.set('2024-09-20T20:29:59.000Z');
    expect(await roleNow()).toBe('editor');
    house.clock.set('2024-09-20T20:30:00.000Z');
    expect(await roleNow()).toBeUndefined();
    house.clock.set('2024-09-05T08:30:00.000Z');
    const held = userShape.parse((await one.get(`/api/access/users/${userId}`)).body).grants[0];
    const path = grantPath({ userId: userId, provinceId: 30, grantId: held?.grantId }, 'end');
    expect(problemOf(await one.post(path, { reason: '' }))).toMatchObject({
      field: 'reason',
      rule: 'required',
    });
    expect((await one.post(path, { reason: 'جابه‌جا شد' })).status).toBe(200);
    expect(await roleNow()).toBeUndefined();
    expect(problemKind(await one.post(path, { reason: 'دوباره' }))).toBe('GrantEnded');
  });

  test('a user with two roles acts under the one chosen', async () => {
    const { userId, clerk } = await makeClerk(desk, one, newUser({ role: 'editor' }));
    const asked = grantOf({ role: 'county_office', countyCode: '3002' });
    const made = madeGrantShape.parse((await one.post(`/api/access/users/${userId}/grants`, asked)).body);
    expect(problemKind(await one.post(`/api/access/users/${userId}/grants`, asked))).toBe('AlreadyGranted');
    const chosen = sessionShape.parse(
      (await clerk.post('/api/session/role', { grantId: made.grantId })).body,
    );
    expect(chosen.actor).toMatchObject({ role: 'county_office', scope: { province: 30, county: '3002' } });
    expect(chosen.grants).toHaveLength(2);
    const others = await desk.as('editor-lorestan');
    expect(problemKind(await others.post('/api/session/role', { grantId: made.grantId }))).toBe(
      'GrantNotInForce',
    );
  });
});

describe('an administrator of a province', () => {
  test('grants there and nowhere else, and sees only who has a role there', async () => {
    const user = newUser({ role: 'administrator', provinceId: 30 });
    const { clerk } = await makePowerful(desk, { one, two, user });

    expect((await clerk.post('/api/access/users', newUser({ provinceId: 30 }))).status).toBe(201);
    for (const elsewhere of [grantOf({ provinceId: 15 }), grantOf({ role: 'auditor', provinceId: null })]) {
      const answer = await clerk.post('/api/access/users', { ...newUser(), grant: elsewhere });
      expect(answer.body).toMatchObject({ kind: 'OutsideYourScope', field: 'grant.provinceId' });
    }
    const holder = usersShape.parse((await clerk.get('/api/access/users?limit=200')).body).items[0]?.userId;
    const granted = await clerk.post(`/api/access/users/${holder}/grants`, grantOf({ provinceId: 15 }));
    expect(granted.body).toMatchObject({ kind: 'OutsideYourScope', field: 'provinceId' });
    const seen = usersShape.parse((await clerk.get('/api/access/users?limit=200')).body).items;
    expect(seen.length).toBeGreaterThan(5);
    expect(
      seen
        .flatMap(({ grants }) => grants.map(({ provinceId }) => provinceId))
        .every((provinceId) => provinceId === 30),
    ).toBe(true);
    expect(seen.map(({ username }) => username)).not.toContain('director-lorestan');

    const administrator = (await sessionOf(one)).user?.userId ?? '';
    for (const deed of ['lock', 'password-reset']) {
      const { body } = await clerk.post(`/api/access/users/${administrator}/${deed}`);
      expect(body).toMatchObject({ kind: 'OutsideYourScope', field: 'userId' });
    }
    expect((await clerk.get(`/api/access/users/${administrator}`)).status).toBe(404);
  });
});
