import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ok } from '#kernel/result.ts';
import { pageShape } from '#platform/cursor.ts';
import { inTransaction } from '#platform/db.ts';
import { openDesk, signInAs, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import {
  grantOf,
  grantPath,
  makePowerful,
  makeUser,
  nationalId,
  newPassword,
  newUser,
  peopleOf,
  problemKind,
  sessionOf,
  setPassword,
} from '#testing/people.ts';
import { installation } from './actions.ts';
import { madeGrantShape, userShape } from './contract.ts';

const house = await openHouse();
const desk = await openDesk(house);
const usersShape = pageShape(userShape);
const one = await desk.as('administrator-one');
const two = await desk.as('administrator-two');

describe('four eyes over a powerful role', () => {
  test('a director stands only when a second administrator has approved', async () => {
    const { user, link } = await makeUser(one, newUser({ role: 'director' }));
    const [grant] = user.grants;
    const grantId = grant?.grantId ?? '';
    expect(grant).toMatchObject({ standing: 'proposed', inForce: false });
    await setPassword(desk, link.path);
    const clerk = await signInAs(desk.app, user.username, newPassword);
    expect(await sessionOf(clerk)).toMatchObject({ actor: null });

    const path = grantPath({ userId: user.userId, provinceId: 30, grantId: grantId }, 'approval');
    const seenBy = async (reader: Clerk) =>
      userShape.parse((await reader.get(`/api/access/users/${user.userId}`)).body).grants[0]?.approvalRefused;
    expect([await seenBy(one), await seenBy(two)]).toEqual(['OwnProposal', null]);
    expect(problemKind(await one.post(path))).toBe('OwnProposal');
    expect((await two.post(path)).body).toEqual({ grantId, standing: 'granted' });
    expect(problemKind(await two.post(path))).toBe('GrantNotWaiting');
    expect((await sessionOf(clerk)).actor?.role).toBe('director');
  });

  test('nobody approves a role that they are to hold', async () => {
    const { userId } = (await sessionOf(two)).user ?? { userId: '' };
    const asked = grantOf({ role: 'director', provinceId: 15 });
    const proposed = madeGrantShape.parse((await one.post(`/api/access/users/${userId}/grants`, asked)).body);
    const path = grantPath({ userId: userId, provinceId: 15, grantId: proposed.grantId }, 'approval');
    expect(problemKind(await two.post(path))).toBe('OwnGrant');
    expect(
      (
        await one.post(grantPath({ userId: userId, provinceId: 15, grantId: proposed.grantId }, 'end'), {
          reason: 'آزمون',
        })
      ).status,
    ).toBe(200);
  });

  test('two accounts of one person are one pair of eyes', async () => {
    const twin = { nationalId: nationalId(), grant: grantOf({ role: 'administrator', provinceId: null }) };
    const makeTwin = () => makePowerful(desk, { one, two, user: { ...newUser(), ...twin } });
    const [{ clerk: first }, { clerk: second }] = [await makeTwin(), await makeTwin()];
    const { user } = await makeUser(first, newUser({ role: 'director' }));
    const path = grantPath(
      { userId: user.userId, provinceId: 30, grantId: user.grants[0]?.grantId },
      'approval',
    );
    expect(problemKind(await second.post(path))).toBe('OwnProposal');
    expect((await two.post(path)).status).toBe(200);
  });

  /** What the serving role can do by SQL of its own, whatever the program says. */
  const forged = [
    ['approves what it proposed', 'role_grant_approval_four_eyes', 'proposer', 'proposer'],
    ['approves its own role', 'role_grant_approval_not_to_oneself', 'proposer', 'holder'],
    ['names another proposer than the proposal', 'role_grant_approval_of_grant', 'other', 'proposer'],
  ] as const;
  test.each(forged)('SQL that %s breaks %s', async (_what, constraint, proposer, approver) => {
    const { user } = await makeUser(one, newUser({ role: 'director' }));
    const people = await peopleOf(house, two, user.userId, user.grants[0]?.grantId ?? '');
    const attempt = inTransaction(house.db, installation, async (tx) => {
      await sql`
        insert into access.role_grant_approval (
          province_id, grant_id, proposer_person_id, person_id, needs_approval,
          approver_user_id, approver_person_id, approved_at
        ) values (
          30, ${user.grants[0]?.grantId}, ${people[proposer].person}, ${people.holder.person}, true,
          ${people[approver].user}, ${people[approver].person}, ${house.clock.now()}
        )
      `.execute(tx);
      return ok();
    });
    await expect(attempt).rejects.toThrow(constraint);
  });

  test('SQL that says a director needs no approval breaks role_grant_powerful_needs_approval', async () => {
    const { user } = await makeUser(one);
    const { holder, proposer } = await peopleOf(house, two, user.userId, user.grants[0]?.grantId ?? '');
    const attempt = inTransaction(house.db, installation, async (tx) => {
      await sql`
        insert into access.role_grant (
          province_id, grant_id, user_id, person_id, role, starts_on, needs_approval,
          proposer_user_id, proposer_person_id, proposed_at
        ) values (
          30, ${randomUUID()}, ${holder.user}, ${holder.person}, 'director', '2024-01-01', false,
          ${proposer.user}, ${proposer.person}, ${house.clock.now()}
        )
      `.execute(tx);
      return ok();
    });
    await expect(attempt).rejects.toThrow('role_grant_powerful_needs_approval');
  });
});

test('the last administrator of the installation stays', async () => {
  const administrators = usersShape.parse(
    (await one.get('/api/access/users?role=administrator&provinceId=-1&limit=200')).body,
  ).items;
  const own = (await sessionOf(one)).user?.userId;
  for (const { userId } of administrators.filter((other) => other.userId !== own))
    await one.post(`/api/access/users/${userId}/lock`);
  const mine = administrators.find(({ userId }) => userId === own);
  const answer = await one.post(
    grantPath({ userId: own ?? '', provinceId: -1, grantId: mine?.grants[0]?.grantId }, 'end'),
    {
      reason: 'آزمون',
    },
  );
  expect(problemKind(answer)).toBe('LastAdministrator');
});
