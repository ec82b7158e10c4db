import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { pageShape } from '#platform/cursor.ts';
import { inTransaction, read } from '#platform/db.ts';
import { ok } from '#kernel/result.ts';
import type { Clerk } from '#testing/desk.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { makeUser, newUser, problemKind } from '#testing/people.ts';
import { installation } from '../actions.ts';
import { trailEventShape, type TrailEvent } from './contract.ts';
import { leastIdAt, recordsOf } from './rules.ts';

const house = await openHouse();
const desk = await openDesk(house);
const auditor = await desk.as('auditor');
const administrator = await desk.as('administrator-one');
const page = pageShape(trailEventShape);

const events = async (clerk: Clerk, query = ''): Promise<TrailEvent[]> =>
  page.parse((await clerk.get(`/api/access/events?limit=200${query}`)).body).items;

const userIdOf = async (clerk: Clerk): Promise<string> => {
  const { body } = await clerk.get('/api/session');
  return String(Reflect.get(Object(Reflect.get(Object(body), 'user')), 'userId'));
};

describe('the trail', () => {
  test('tells who read which record, who did what, and who was refused what', async () => {
    const { user } = await makeUser(administrator);
    await administrator.get(`/api/access/users/${user.userId}`);
    const director = await desk.as('director-alborz');
    await director.get(`/api/access/users/${user.userId}`);
    const found = await events(auditor, `&record=${user.userId}`);
    const told = found.map(({ outcome, route, event, facts }) => [outcome, route ?? event, facts['kind']]);
    expect(told).toContainEqual(['read', 'GET /api/access/users/:userId', undefined]);
    expect(told).toContainEqual(['refused', 'GET /api/access/users/:userId', 'RoleMayNot']);
    expect(told).toContainEqual(['did', 'access.role_granted', undefined]);
    expect(found.find(({ outcome }) => outcome === 'refused')).toMatchObject({
      username: 'director-alborz',
      status: 403,
      provinceId: 30,
    });
  });

  test('keeps a refused command once, in its own transaction, however often it is sent', async () => {
    const { user } = await makeUser(administrator);
    const [body, key] = [{ ...newUser(), username: user.username }, randomUUID()];
    for (let time = 0; time < 5; time += 1)
      expect(problemKind(await administrator.post('/api/access/users', body, key))).toBe('UsernameTaken');
    const found = await events(auditor, '&outcome=refused');
    expect(found.filter(({ facts }) => facts['key'] === key)).toMatchObject([
      { route: 'POST /api/access/users', facts: { kind: 'UsernameTaken' } },
    ]);
  });

  test('keeps nothing of a body or a query but ids', async () => {
    const given = newUser();
    await administrator.post('/api/access/users', given);
    await administrator.get(`/api/access/users?search=${given.nationalId}`);
    await auditor.get('/api/access/events');
    const texts = await inTransaction(house.db, installation, async (tx) => {
      const { rows } = await sql<{ text: string }>`
        select event::text as text from access.audit_event event
      `.execute(tx);
      return ok(rows.map(({ text }) => text).join('\n'));
    });
    const stored = texts.ok ? texts.value : '';
    for (const fact of [given.nationalId, given.name, given.username]) expect(stored).not.toContain(fact);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.uuid({ version: 7 }), (body, id) => {
        const kept = recordsOf({ ...body, id });
        expect(kept.length === 8 || kept.includes(id)).toBe(true);
        for (const one of kept) expect(one).toMatch(/^[0-9a-f-]{36}$/);
      }),
    );
  });

  test('is narrowed by person, by outcome, by day and by name, page after page', async () => {
    await auditor.get('/api/access/events');
    const auditorId = await userIdOf(auditor);
    const own = await events(auditor, `&user=${auditorId}`);
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(own.map(({ userId }) => userId))).toEqual(new Set([auditorId]));
    expect(new Set((await events(auditor, '&outcome=did')).map(({ outcome }) => outcome))).toEqual(
      new Set(['did']),
    );
    expect(await events(auditor, '&search=auditor')).not.toHaveLength(0);
    expect(await events(auditor, `&search=${encodeURIComponent('هیچ‌کس')}`)).toHaveLength(0);
    const [newest] = own;
    const day = newest?.at.slice(0, 10) ?? '';
    expect((await events(auditor, `&from=${day}&until=${day}`)).length).toBeGreaterThan(0);
    expect(await events(auditor, '&until=1999-01-01')).toHaveLength(0);
    expect(await events(auditor, '&from=2199-01-01')).toHaveLength(0);
    const all: string[] = [];
    for (let cursor = ''; ;) {
      const answer = page.parse(
        (await auditor.get(`/api/access/events?limit=7&user=${auditorId}${cursor}`)).body,
      );
      all.push(...answer.items.map(({ eventId }) => eventId));
      if (answer.next === null) break;
      cursor = `&cursor=${answer.next}`;
      if (all.length > 60) break;
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(all.toSorted().toReversed());
  });

  test('a day is the stretch of ids that were made in it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 47 }), (instant) => {
        expect(newId(instant) > leastIdAt(instant)).toBe(true);
        expect(newId(instant - 1) < leastIdAt(instant)).toBe(true);
      }),
    );
  });

  test('is the own province for a director, access for an administrator, and closed to all others', async () => {
    const director = await desk.as('director-alborz');
    await (await desk.as('deputy-lorestan')).get('/api/access/users');
    await (await desk.as('deputy-alborz')).get('/api/access/users');
    const seen = await events(director);
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen.map(({ provinceId }) => provinceId))).toEqual(new Set([30]));
    for (const { route, event } of await events(administrator))
      expect(route ?? `${event} /api/access/`).toMatch(/access/);
    for (const name of [
      'deputy-alborz',
      'county-office-alborz',
      'ministry',
      'editor-alborz',
      'applicant-alborz',
    ])
      for (const url of ['/api/access/events', '/api/access/events/export'])
        expect(problemKind(await (await desk.as(name)).get(url))).toBe('RoleMayNot');
    expect(problemKind(await desk.nobody.get('/api/access/events/export'))).toBe('NotSignedIn');
  });

  test('who sees a part of a province sees no event of it, by the database too', async () => {
    for (const part of [{ county: '3001' }, { office: newId(1) }, { person: newId(1) }]) {
      const rows = await read(house.db, { ...installation, province: 30, ...part }, async (tx) => {
        const { rows: found } = await sql`select event_id from access.audit_event`.execute(tx);
        return found;
      });
      expect(rows).toHaveLength(0);
    }
  });

  test('is handed out as a file of what is shown, by the same filters', async () => {
    const auditorId = await userIdOf(auditor);
    const response = await desk.app.inject({
      url: `/api/access/events/export?language=fa&user=${auditorId}&outcome=read`,
      headers: { cookie: auditor.cookie },
    });
    const lines = response.body.split('\r\n').filter((line) => line !== '');
    const shown = await events(auditor, `&user=${auditorId}&outcome=read`);
    expect(lines[0]).toContain('چه کسی');
    // Reading the trail is read too: the file itself, and the list after it, were told after they were sent.
    expect(shown.length - (lines.length - 1)).toBeLessThanOrEqual(2);
    expect(lines[1]).toContain('خواند');
  });
});
