import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pageShape } from '#platform/cursor.ts';
import { openDesk, signInAs } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import {
  makeClerk,
  makeUser,
  newPassword,
  newUser,
  problemKind,
  sessionOf,
  setPassword,
} from '#testing/people.ts';
import { userShape } from '../contract.ts';

const house = await openHouse();
const desk = await openDesk(house);
const one = await desk.as('administrator-one');
const two = await desk.as('administrator-two');

const usersShape = pageShape(userShape);

describe('an account', () => {
  test('that is closed ends its sessions and cannot sign in until it is opened', async () => {
    const { userId, username, clerk } = await makeClerk(desk, one, newUser({}));
    expect((await one.post(`/api/access/users/${userId}/lock`)).status).toBe(200);
    expect((await sessionOf(clerk)).user).toBeNull();
    await expect(signInAs(desk.app, username, newPassword)).rejects.toThrow('AccountLocked');
    expect((await one.post(`/api/access/users/${userId}/unlock`)).status).toBe(200);
    await expect(signInAs(desk.app, username, newPassword)).resolves.toBeDefined();
  });

  test('of one’s own is neither closed nor reset', async () => {
    const own = (await sessionOf(one)).user?.userId ?? '';
    expect(problemKind(await one.post(`/api/access/users/${own}/lock`))).toBe('OwnAccount');
    expect(problemKind(await one.post(`/api/access/users/${own}/password-reset`))).toBe('OwnAccount');
  });

  test('is opened to a new password by an address that closes the earlier ones and ends the sessions', async () => {
    const { userId, username, clerk } = await makeClerk(desk, one, newUser({}));
    const path = `/api/access/users/${userId}/password-reset`;
    const pathOf = async () => z.object({ path: z.string() }).parse((await one.post(path)).body).path;
    const [older, newer] = [await pathOf(), await pathOf()];
    const again = 'another-long-password';
    expect(problemKind(await setPassword(desk, older, again))).toBe('LinkUnusable');
    expect((await setPassword(desk, newer, again)).status).toBe(200);
    expect((await sessionOf(clerk)).user).toBeNull();
    await expect(signInAs(desk.app, username, again)).resolves.toBeDefined();
  });

  test('of a director opens to a new password only after a second administrator', async () => {
    const director = usersShape.parse((await one.get('/api/access/users?search=director-lorestan')).body)
      .items[0];
    const link = z
      .object({ path: z.string(), linkId: z.string(), needsConfirmation: z.boolean() })
      .parse((await one.post(`/api/access/users/${director?.userId}/password-reset`)).body);
    expect(link.needsConfirmation).toBe(true);
    const set = () => setPassword(desk, link.path);
    expect(problemKind(await set())).toBe('LinkUnconfirmed');
    const confirmation = `/api/access/password-resets/${link.linkId}/confirmation`;
    expect(problemKind(await one.post(confirmation))).toBe('OwnProposal');
    const attempt = sql`
      update access.one_time_link set confirmer_person_id = maker_person_id where link_id = ${link.linkId}
    `.execute(house.db);
    await expect(attempt).rejects.toThrow('one_time_link_four_eyes');
    const waiting = z.object({ items: z.array(z.object({ linkId: z.string() })) });
    expect(waiting.parse((await two.get('/api/access/password-resets')).body).items).toHaveLength(1);
    expect((await two.post(confirmation)).status).toBe(200);
    expect((await set()).status).toBe(200);
  });

  test('an address is over after three days', async () => {
    const { link } = await makeUser(one);
    const now = house.clock.now().toISOString();
    house.clock.advance(72 * 3_600_000);
    const answer = await setPassword(desk, link.path);
    house.clock.set(now);
    expect(problemKind(answer)).toBe('LinkUnusable');
  });
});
