import { hash as digestOf } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { catalogue } from '#app.ts';
import { type Day, addDays, dayOfInstant } from '#kernel/day.ts';
import { id as idOf } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { openFront } from '../ready/actions.ts';
import { newsRoutes } from '../routes.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { openSignIn } from '#platform/signin.ts';
import { openHouse } from '#testing/house.ts';
import { fresh, key, openNewsroom, reader, type Reader } from '#testing/newsroom.ts';
import { heapOf, rateItems } from './actions.ts';
import { mostOfNetwork } from './contract.ts';

const house = await openHouse();
const room = await openNewsroom(house);
const { act, publish, sendForm, page } = room;

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

  test.each(['0', '6', '-1', '4.5', 'five', '', '1e0', '5.0', ' 3 ', '0x3'])(
    '%s stars are none',
    async (stars) => {
      const itemId = await publish();
      const answer = await sendForm(reader(), `/news/${itemId}/rating`, { ...key(), stars });
      expect(answer.statusCode).toBe(422);
    },
  );

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

const keyedHash = (fact: string): Promise<Buffer> => Promise.resolve(digestOf('sha256', fact, 'buffer'));

describe('the votes of a network', () => {
  const day = dayOfInstant(Date.parse('2024-09-05T08:30:00Z'));
  const heap = (address: string, change: { itemId?: string; day?: Day } = {}): Promise<number> =>
    heapOf(keyedHash, { itemId: 'item', day, address, ...change });

  test('are counted by heaps of many, other ones under each item and on each day', async () => {
    const one = await heap('192.0.2.1');
    expect(await heap('192.0.2.250')).toBe(one);
    expect(await heap('::ffff:192.0.2.3')).toBe(one);
    expect(await heap('192.0.3.1')).not.toBe(one);
    expect(await heap('192.0.2.1', { itemId: 'other' })).not.toBe(one);
    expect(await heap('192.0.2.1', { day: addDays(day, 1) })).not.toBe(one);
    const networks = Array.from({ length: 256 * 256 }, (_, at) => `10.${Math.floor(at / 256)}.${at % 256}.1`);
    const sizes = new Map<number, number>();
    for (const address of networks) {
      const at = await heap(address);
      sizes.set(at, (sizes.get(at) ?? 0) + 1);
    }
    // Of sixty-five thousand networks none has a heap of its own.
    expect(Math.min(...sizes.values())).toBeGreaterThan(1);
    expect(sizes.size).toBe(4096);
  });

  test('of IPv6 are told by their first three groups, however the address is written', async () => {
    const one = await heap('2001:db8::1');
    expect(await heap('2001:db8:0:ffff::1')).toBe(one);
    expect(await heap('2001:0db8:0000::7')).toBe(one);
    expect(await heap('2001:db8:1::1')).not.toBe(one);
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
    expect(refused.body).toContain('فردا دوباره بکوشید');
    expect(refused.body).toContain(`href="/news/${itemId}#rating"`);
    expect(refused.body).toMatch(/value="5"\s+required\s+checked/);
    expect((await rate(first, itemId, 5)).statusCode).toBe(303);
    expect(await shownOf(itemId)).toBe(`5.0 out of 5 (${mostOfNetwork} votes)`);
    // Another process, as after a restart, knows of them, and of no address.
    const restarted = await buildServer(house, { version: 'test', findActor: () => Promise.resolve(null) });
    await restarted.register(newsRoutes(openFront(house, catalogue, openSignIn(house).keyedHash)));
    const late = await restarted.inject({
      method: 'POST',
      url: `/news/${itemId}/rating`,
      remoteAddress: '203.0.113.78',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...key(), stars: '1' }).toString(),
    });
    expect([late.statusCode, late.json<{ kind: string }>().kind]).toEqual([429, 'RatingNetworkFull']);
    const counted = (): Promise<object[]> =>
      house.owner.transaction().execute(async (tx) => {
        await sql`select set_config('app.province', '30', true)`.execute(tx);
        return (
          await sql<object>`select voted_on::text as day, votes from news.network_vote where item_id = ${itemId}`.execute(
            tx,
          )
        ).rows;
      });
    const [today] = await counted();
    expect(today).toMatchObject({ votes: mostOfNetwork });
    // The next day the network votes again, and nothing is kept of the day before.
    house.clock.advance(24 * 60 * 60 * 1000);
    expect((await rate(reader('203.0.113.79'), itemId, 5)).statusCode).toBe(303);
    expect(await counted()).toMatchObject([{ votes: 1 }]);
    expect(await counted()).not.toContainEqual(today);
  });

  test('at once over two connections stop at the cap', async () => {
    const itemId = await publish();
    const at = { provinceId: 30, itemId: idOf(itemId), address: '198.18.0.1' };
    const votes = Array.from({ length: 150 }, (_, star) => ({
      ...at,
      reader: fresh(),
      stars: (star % 5) + 1,
    }));
    const poll = (some: typeof votes) =>
      inTransaction(house.db, { ...noScope, province: 30 }, async (tx) =>
        ok(await rateItems({ tx, clock: house.clock, keyedHash }, some)),
      );
    const both = await Promise.all([poll(votes), poll(votes.map((vote) => ({ ...vote, reader: fresh() })))]);
    const results = both.flatMap((done) => (done.ok ? done.value : []));
    expect(results.filter((one) => one.ok)).toHaveLength(mostOfNetwork);
    expect(results).toHaveLength(300);
  });
});

describe('another choice of the same reader', () => {
  test('after «Back», with the same hidden key, changes the vote as often as they like; a double click does not', async () => {
    const itemId = await publish();
    const who = reader();
    const form = key();
    for (const stars of [4, 5, 4, 4, 1]) {
      const answer = await rate(who, itemId, stars, form);
      expect([answer.statusCode, answer.headers.location]).toEqual([
        303,
        `/news/${itemId}?rated=${stars}#rating`,
      ]);
      expect(await shownOf(itemId)).toBe(`${stars}.0 out of 5 (1 vote)`);
    }
    const both = await Promise.all([rate(who, itemId, 3, form), rate(who, itemId, 3, form)]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await shownOf(itemId)).toBe('3.0 out of 5 (1 vote)');
  });

  test('the key of a form that another reader has used gives nobody a vote', async () => {
    const itemId = await publish();
    const form = key();
    await rate(reader(), itemId, 4, form);
    const other = reader();
    await rate(other, await publish(), 2);
    expect((await rate(other, itemId, 1, form)).statusCode).toBe(409);
    expect(await shownOf(itemId)).toBe('4.0 out of 5 (1 vote)');
  });
});

const sent = (itemId: string, prefix: string, form: Record<string, string>, who = reader('198.51.100.77')) =>
  sendForm(who, `${prefix}/news/${itemId}/rating`, form);
const leadsBack = (body: string, prefix: string, itemId: string): boolean =>
  body.includes(`href="${prefix}/news/${itemId}#rating"`);

describe('stars that are not counted', () => {
  test.each(['', '/en'])(
    'of every kind lead back to the item, in the language of the page («%s»)',
    async (prefix) => {
      const itemId = await publish();
      const form = key();
      await sent(itemId, prefix, { ...form, stars: '4' });
      const forged: Reader = { address: '198.51.100.77', cookie: 'karsaz_reader=admin' };
      const answers = [
        [422, 'InvalidInput', await sent(itemId, prefix, key())],
        [422, 'InvalidInput', await sent(itemId, prefix, { ...key(), stars: '9' })],
        [400, 'KeyMissing', await sent(itemId, prefix, { stars: '4' })],
        [400, 'RatingForged', await sent(itemId, prefix, { ...key(), stars: '4' }, forged)],
        [409, 'KeyReused', await sent(itemId, prefix, { ...form, stars: '5' })],
      ] as const;
      for (const [status, what, { statusCode, body }] of answers) {
        expect(statusCode, what).toBe(status);
        expect(leadsBack(body, prefix, itemId), what).toBe(true);
        expect(body, what).toContain('class="rate"');
        expect(body, what).toContain(prefix === '' ? 'بازگشت به خبر' : 'Back to the item');
      }
      const [, , , , [, , reused]] = answers;
      expect(reused.body).toMatch(/value="5"\s+required\s+checked/);
      const drawn = /name="idempotency_key" value="(?<drawn>[0-9a-f-]{36})"/.exec(reused.body)?.groups?.[
        'drawn'
      ];
      expect(
        (await sent(itemId, prefix, { idempotency_key: must(drawn, 'a key'), stars: '5' })).statusCode,
      ).toBe(303);
    },
  );

  test.each(['', '/en'])(
    'because an item is archived or too many came lead back as well («%s»)',
    async (prefix) => {
      const itemId = await publish();
      await act('director', itemId, 'archive', 3, 'سال آن گذشته است');
      const closed = await sent(itemId, prefix, { ...key(), stars: '4' });
      expect([closed.statusCode, leadsBack(closed.body, prefix, itemId)]).toEqual([409, true]);
      expect(closed.body).not.toContain('class="rate"');
      const many = reader('198.51.100.78');
      for (let at = 0; at < 120; at += 1) await sent(itemId, prefix, key(), many);
      const full = await sent(itemId, prefix, { ...key(), stars: '2' }, many);
      expect([full.statusCode, leadsBack(full.body, prefix, itemId)]).toEqual([429, true]);
    },
  );
});
