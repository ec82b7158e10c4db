import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { bytesFrom, sendBytes, sendText } from './bytes.ts';

const key = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

async function serverOf(pieces: readonly string[]) {
  const bytes = bytesFrom(pieces);
  const app = Fastify();
  app.get('/page', (request, reply) => sendBytes(request, reply.type('text/html'), bytes));
  app.get('/wrong', (request, reply) => sendBytes(request, reply.code(404), bytes));
  app.get('/text', (request, reply) =>
    sendText(request, reply, { media: 'text/plain; charset=utf-8', text: pieces.join('') }),
  );
  return app;
}

test('a packed copy is the page with keys of its own, wherever they stand', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }),
      async (pieces) => {
        const app = await serverOf(pieces);
        const ask = async () => {
          const { rawPayload, headers } = await app.inject({
            url: '/page',
            headers: { 'accept-encoding': 'gzip' },
          });
          expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
          return gunzipSync(rawPayload).toString();
        };
        const [one, other] = [await ask(), await ask()];
        const plain = (await app.inject('/page')).body;
        const texts = pieces.join('#');
        for (const copy of [one, other, plain]) expect(copy.replace(key, '#')).toBe(texts.replace(key, '#'));
        const keys = [one, other, plain].flatMap((copy) => copy.match(key) ?? []);
        expect(new Set(keys).size).toBe(3 * (pieces.length - 1));
      },
    ),
    { numRuns: 60 },
  );
});

test('a copy is drawn anew only when its reader has all of it, however slowly they read', async () => {
  // Far more than the operating system keeps between the two.
  const app = await serverOf(['<p>', 'کارساز '.repeat(400_000), '</p>']);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const seen = new Set<string>();
  for (const wish of ['identity', 'gzip']) {
    for (let turn = 0; turn < 2; turn += 1) {
      // All have begun before any of them reads on.
      const begun = await Promise.all(
        Array.from({ length: 6 }, () => fetch(`${address}/page`, { headers: { 'accept-encoding': wish } })),
      );
      for (const answer of begun.toReversed()) {
        const keys = (await answer.text()).match(key) ?? [];
        expect(keys.length).toBe(2);
        for (const one of keys) seen.add(one);
      }
    }
  }
  expect(seen.size).toBe(2 * 2 * 6 * 2);
  await app.close();
});

test('only whoever unpacks gzip is sent it packed', async () => {
  const app = await serverOf(['کارساز '.repeat(200)]);
  for (const path of ['/page', '/text']) {
    const ask = async (wish?: string) =>
      (await app.inject({ url: path, headers: wish === undefined ? {} : { 'accept-encoding': wish } }))
        .headers['content-encoding'];
    for (const wish of ['gzip', 'gzip, deflate, br, zstd', 'br;q=1, GZIP;q=0.5', 'deflate , gzip ; q=1.0'])
      expect(await ask(wish), wish).toBe('gzip');
    for (const wish of [undefined, '', 'br', 'identity', 'gzip;q=0', 'gzip;q=0.000, br', 'x-gzipped'])
      expect(await ask(wish), wish).toBeUndefined();
  }
});

test('who has a page with forms is sent it anew, with other keys', async () => {
  const app = await serverOf(['<p>', '</p>']);
  const first = await app.inject('/page');
  expect(first.headers.etag).toBeUndefined();
  const again = await app.inject({ url: '/page', headers: { 'if-none-match': '*' } });
  expect(again.statusCode).toBe(200);
  expect(again.body.match(key)).not.toEqual(first.body.match(key));
});

test('who has a page without forms is told so and sent nothing; another page has another tag', async () => {
  const app = await serverOf(['<p>پایان</p>']);
  for (const path of ['/page', '/text']) {
    const first = await app.inject({ url: path, headers: { 'accept-encoding': 'gzip' } });
    const tag = String(first.headers.etag);
    expect(tag).toMatch(/^W\/"[0-9a-f]{24}"$/);
    expect((await app.inject(path)).headers.etag).toBe(tag);
    for (const known of [tag, tag.slice(2), `"x", ${tag}`, '*']) {
      const again = await app.inject({ url: path, headers: { 'if-none-match': known } });
      expect([again.statusCode, again.body], known).toEqual([304, '']);
      expect(again.headers.etag).toBe(tag);
    }
    expect((await app.inject({ url: path, headers: { 'if-none-match': 'W/"x"' } })).statusCode).toBe(200);
    const changed = await (await serverOf(['<p>آغاز</p>'])).inject(path);
    expect(changed.headers.etag).not.toBe(tag);
  }
  const wrong = await app.inject({ url: '/wrong', headers: { 'if-none-match': '*' } });
  expect([wrong.statusCode, wrong.headers.etag]).toEqual([404, undefined]);
});
