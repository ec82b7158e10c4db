import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { inTransaction } from '#platform/db.ts';
import { ok } from '#kernel/result.ts';
import { must } from '#kernel/result.ts';
import { problemShape } from '#platform/problem.ts';
import { openDesk, signInAs, type Answer, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { installation } from '../actions.ts';
import { enteredShape, installationShape, sessionShape, userShape } from '../contract.ts';
import { openFirstAdministrators } from './actions.ts';

const house = await openHouse();
const desk = await openDesk(house, { demonstration: false });
const password = 'a-long-new-password';

const kindOf = (answer: Answer): string => problemShape.parse(answer.body).kind;
const tokenOf = (path: string | null): string => must(path, 'the address is open').split('/').at(-1) ?? '';
const openAddress = async (): Promise<string> => tokenOf(await openFirstAdministrators(house));

/** Valid check digits; nobody's that we know of. */
const nationalIds = ['1234567891', '0570012341', '0499370899'];

const enter = (token: string, who: number, username = `first-${who}`): Promise<Answer> =>
  desk.nobody.post('/api/access/first-administrators', {
    token,
    username,
    name: `مدیر ${who}`,
    nationalId: nationalIds[who],
    password,
  });

const roleOf = async (clerk: Clerk) =>
  sessionShape.parse((await clerk.get('/api/session')).body).actor?.role ?? null;

describe('the first two administrators of an empty installation', () => {
  test('enter as two persons under one address, and each stands on the signature of the other', async () => {
    expect(installationShape.parse((await desk.nobody.get('/api/installation')).body)).toMatchObject({
      demonstration: false,
      demonstrationUsers: [],
    });
    const older = await openAddress();
    const token = await openAddress();
    expect(kindOf(await enter(older, 0))).toBe('LinkUnusable');
    expect((await desk.nobody.get(`/api/access/one-time/${token}`)).body).toMatchObject({
      purpose: 'first_administrators',
      usesLeft: 2,
    });

    expect(enteredShape.parse((await enter(token, 0)).body).usesLeft).toBe(1);
    const first = await signInAs(desk.app, 'first-0', password);
    expect(await roleOf(first)).toBeNull();

    // The same person under another name is refused, and the refusal does not use the address up.
    expect(kindOf(await enter(token, 0, 'first-again'))).toBe('SamePerson');

    const entered = enteredShape.parse((await enter(token, 1)).body);
    expect(entered.usesLeft).toBe(0);
    expect(await roleOf(first)).toBe('administrator');
    const second = await signInAs(desk.app, 'first-1', password);
    expect(await roleOf(second)).toBeNull();

    const waiting = userShape.parse((await first.get(`/api/access/users/${entered.userId}`)).body).grants[0];
    expect(waiting).toMatchObject({ standing: 'proposed' });
    const path = `/api/access/users/${entered.userId}/grants/-1/${waiting?.grantId}/approval`;
    expect((await first.post(path)).status).toBe(200);
    expect(await roleOf(second)).toBe('administrator');

    expect(kindOf(await enter(token, 2))).toBe('LinkUnusable');
    expect(await openFirstAdministrators(house)).toBeNull();
    const { rows } = await sql<{ alone: bigint }>`
      select count(*) as alone from access.role_grant_approval where approver_person_id = proposer_person_id
    `.execute(house.db);
    expect(rows[0]?.alone).toBe(0n);
  });
});

describe('an address for administrators', () => {
  test('is used at most twice, whoever races', async () => {
    await endEverything();
    const token = await openAddress();
    const answers = await Promise.all([...Array(10).keys()].map((n) => enter(token, n % 3, `racer-${n}`)));
    expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(2);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
  });

  test('is over after a day', async () => {
    await endEverything();
    const token = await openAddress();
    house.clock.advance(24 * 3_600_000);
    expect(kindOf(await enter(token, 2, 'late-one'))).toBe('LinkUnusable');
  });

  test('answers a wrong national id without being used up', async () => {
    await endEverything();
    const token = await openAddress();
    const wrong = await desk.nobody.post('/api/access/first-administrators', {
      token,
      username: 'mistyped',
      name: 'مدیر',
      nationalId: '1234567890',
      password,
    });
    expect(kindOf(wrong)).toBe('NationalIdWrong');
    expect((await desk.nobody.get(`/api/access/one-time/${token}`)).body).toMatchObject({ usesLeft: 2 });
  });

  test('that was never made opens nothing', async () => {
    expect((await desk.nobody.get(`/api/access/one-time/${'A'.repeat(43)}`)).status).toBe(410);
    expect(kindOf(await enter('A'.repeat(43), 0))).toBe('LinkUnusable');
  });
});

/** Ends every grant by SQL, so that the installation has no administrator again. */
async function endEverything(): Promise<void> {
  await inTransaction(house.db, installation, async (tx) => {
    await sql`
      insert into access.role_grant_end (province_id, grant_id, ender_user_id, ender_person_id, reason, ended_at)
      select province_id, grant_id, user_id, person_id, 'آزمون', ${house.clock.now()} from access.role_grant
      on conflict do nothing
    `.execute(tx);
    return ok();
  });
}
