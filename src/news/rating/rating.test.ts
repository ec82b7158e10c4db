import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { openHouse } from '#testing/house.ts';
import { key, openNewsroom, reader, type Reader } from '#testing/newsroom.ts';
import { Networks } from './actions.ts';
import { mostOfNetwork } from './contract.ts';

const house = await openHouse();
const room = await openNewsroom(house);
const { publish, sendForm, page } = room;

const rate = (who: Reader, itemId: string, stars: number, form = key()) =>
  sendForm(who, `/news/${itemId}/rating`, { ...form, stars: String(stars) });
/** As the page shows it, in English. */
const shownOf = async (itemId: string): Promise<string | undefined> =>
  /<strong>(\d\.\d out of 5 \([\d,]+ votes?\))<\/strong>/.exec((await page(`/en/news/${itemId}`)).body)?.[1];

describe('stars of readers', () => {
  test('whoever votes in whatever order, each reader counts once and by the last stars', async () => {
    const itemId = await publish();
    const readers = Array.from({ length: 6 }, (_, at) => reader(`198.51.${at}.9`));
    const last = new Map<number, number>();
    const votes = fc.sample(fc.record({ who: fc.nat({ max: 5 }), stars: fc.integer({ min: 1, max: 5 }) }), {
      numRuns: 40,
      seed: 7,
    });
    for (const { who, stars } of votes) {
      const answer = await rate(must(readers[who], 'a reader'), itemId, stars);
      expect(answer.statusCode).toBe(303);
      last.set(who, stars);
      const all = [...last.values()];
      const tenths = Math.floor(
        (all.reduce((sum, one) => sum + one, 0) * 20 + all.length) / (all.length * 2),
      );
      expect(await shownOf(itemId)).toBe(
        `${Math.floor(tenths / 10)}.${tenths % 10} out of 5 (${all.length} ${all.length === 1 ? 'vote' : 'votes'})`,
      );
    }
  });

  test('a double click of somebody without a cookie is one vote', async () => {
    const itemId = await publish();
    const form = key();
    const both = await Promise.all([rate(reader(), itemId, 4, form), rate(reader(), itemId, 4, form)]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(both[0]?.cookies).toEqual(both[1]?.cookies);
    expect(await shownOf(itemId)).toBe('4.0 out of 5 (1 vote)');
    expect((await rate(reader(), itemId, 5, form)).statusCode).toBe(409);
  });

  test('a forged cookie is refused, counts nothing and is taken away', async () => {
    const itemId = await publish();
    const honest = reader();
    await rate(honest, itemId, 5);
    const [name, value = ''] = (honest.cookie ?? '').split('=');
    const [id = '', signature = ''] = value.split('.');
    const flipped = signature.startsWith('0') ? `1${signature.slice(1)}` : `0${signature.slice(1)}`;
    const other = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
    for (const forged of [`${id}.${flipped}`, `${other}.${signature}`, 'admin', id, `${id}.`, '']) {
      const thief: Reader = { address: '203.0.113.5', cookie: `${name}=${forged}` };
      const answer = await rate(thief, itemId, 1);
      expect(answer.statusCode, forged).toBe(400);
      expect(answer.body).toContain('نشان خواننده');
      expect(thief.cookie).toBeNull();
    }
    expect(await shownOf(itemId)).toBe('5.0 out of 5 (1 vote)');
  });

  test('the cookie is signed, out of reach of scripts, and says nothing of its reader under another item', async () => {
    const [one, two] = [await publish(), await publish()];
    const who = reader();
    const answer = await rate(who, one, 3);
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax/);
    await rate(who, two, 3);
    const hashes = await house.owner.transaction().execute(async (tx) => {
      await sql`select set_config('app.province', 'all', true)`.execute(tx);
      const { rows } = await sql<{ hash: string }>`
        select encode(reader_hash, 'hex') as hash from news.rating where item_id in (${one}, ${two})
      `.execute(tx);
      return rows.map(({ hash }) => hash);
    });
    expect(new Set(hashes).size).toBe(2);
  });

  test.each(['0', '6', '-1', '4.5', 'five', ''])('%s stars are none', async (stars) => {
    const itemId = await publish();
    const answer = await sendForm(reader(), `/news/${itemId}/rating`, { ...key(), stars });
    expect(answer.statusCode).toBe(422);
  });

  test('without the key of a form nothing is counted', async () => {
    const itemId = await publish();
    expect((await sendForm(reader(), `/news/${itemId}/rating`, { stars: '4' })).statusCode).toBe(400);
  });

  test('a form of another site is refused', async () => {
    const itemId = await publish();
    const answer = await room.app.inject({
      method: 'POST',
      url: `/news/${itemId}/rating`,
      headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...key(), stars: '1' }).toString(),
    });
    expect(answer.statusCode).toBe(403);
  });
});

describe('the votes of a network', () => {
  test('are capped for an item and a day, and the next day nothing is known of them', () => {
    house.clock.set('2024-09-05T08:30:00Z');
    const networks = new Networks(house.clock);
    const takes = (address: string): boolean => networks.take('item', address);
    for (let vote = 0; vote < mostOfNetwork; vote += 1) expect(takes(`192.0.2.${vote % 250}`)).toBe(true);
    expect(takes('192.0.2.251')).toBe(false);
    expect(takes('::ffff:192.0.2.3')).toBe(false);
    expect(takes('192.0.3.1')).toBe(true);
    expect(networks.take('other', '192.0.2.1')).toBe(true);
    house.clock.set('2024-09-06T08:30:00Z');
    expect(takes('192.0.2.1')).toBe(true);
  });

  test('of IPv6 are told by their first three groups, however the address is written', () => {
    const networks = new Networks(house.clock);
    for (let vote = 0; vote < mostOfNetwork; vote += 1)
      networks.take('item', `2001:db8::${vote.toString(16)}`);
    expect(networks.take('item', '2001:db8:0:ffff::1')).toBe(false);
    expect(networks.take('item', '2001:db8:1::1')).toBe(true);
  });

  test('beyond the cap are refused with the reason, and a change of stars still counts', async () => {
    const itemId = await publish();
    const first = reader('203.0.113.1');
    await rate(first, itemId, 1);
    await Promise.all(
      Array.from({ length: mostOfNetwork - 1 }, (_, at) => rate(reader(`203.0.113.${at % 100}`), itemId, 5)),
    );
    const refused = await rate(reader('203.0.113.77'), itemId, 5);
    expect(refused.statusCode).toBe(429);
    expect((await rate(first, itemId, 5)).statusCode).toBe(303);
    expect(await shownOf(itemId)).toBe(`5.0 out of 5 (${mostOfNetwork} votes)`);
  });
});
