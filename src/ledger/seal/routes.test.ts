import { generateKeyPairSync, hash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '#kernel/result.ts';
import { signingKey } from '#platform/signature.ts';
import { booksOf, order } from '#testing/books.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { beginSealing, sealRecorded } from './actions.ts';
import { sealShape, sealsShape, transferSource } from './contract.ts';
import { sealRoutes } from './routes.ts';
import { rowText } from './rules.ts';

const house = await openHouse();
const desk = await openDesk(house, { rooms: [sealRoutes(house, [transferSource])] });
const key = signingKey(generateKeyPairSync('ed25519').privateKey);

beforeAll(async () => {
  const { openSet, post } = booksOf(house);
  const [notifier, a, b] = await openSet();
  for (let run = 0; run < 2; run += 1) {
    await post([order(notifier, a), order(a, b)]);
    house.clock.advance(3_000);
    expect(await sealRecorded({ ...house, key, sources: [transferSource] }, beginSealing())).toBe(2);
  }
});

const linesOf = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

test('shows heads and keys to everybody, and all heads of a province to be kept', async () => {
  const { heads, keys } = sealsShape.parse((await desk.nobody.get('/api/seals')).body);
  expect(keys).toEqual([{ keyId: key.keyId, publicKey: key.publicKey.toString('hex') }]);
  expect(heads.map(({ provinceId, number }) => [provinceId, number])).toEqual([[5, '2']]);
  const all = await desk.app.inject({ url: '/api/seals/heads?province=5' });
  const kept = linesOf(all.body).map((line) => sealShape.parse(line));
  expect(kept.map(({ number }) => number)).toEqual(['1', '2']);
  expect(kept[1]).toEqual(heads[0]);
});

test('exports sealed rows to an auditor, from which the seals can be recomputed', async () => {
  const { cookie } = await desk.as('auditor');
  const got = await desk.app.inject({ url: '/api/seals/export?province=5', headers: { cookie } });
  expect(got.statusCode).toBe(200);
  const [about, ...rest] = linesOf(got.body);
  expect(about).toMatchObject({ karsaz: 'seals', version: 1, provinceId: 5 });
  const row = z.object({ row: z.array(z.string().nullable()) });
  const { seal } = z.object({ seal: sealShape }).parse(rest[0]);
  const hashes = rest.slice(1, 3).map((line) => hash('sha256', rowText(row.parse(line).row), 'buffer'));
  expect(hash('sha256', Buffer.concat(hashes), 'hex')).toBe(seal.rowsHash);
  expect(rest).toHaveLength(6);
});

test('refuses sealed rows to whoever is no auditor, and a director those of another province', async () => {
  expect((await desk.nobody.get('/api/seals/export?province=5')).status).toBe(401);
  expect((await (await desk.as('county-office-alborz')).get('/api/seals/export?province=30')).status).toBe(
    403,
  );
  expect((await (await desk.as('director-alborz')).get('/api/seals/export?province=5')).status).toBe(403);
});

test('serves a page that loads nothing, with a policy that lets nothing else run', async () => {
  const page = await desk.app.inject({ url: '/seals/verify' });
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toMatch(/\b(?:src|href)=|https?:|import\s/);
  const script = must(/<script>([\s\S]*?)<\/script>/.exec(page.body)?.[1], 'a script');
  const policy = page.headers['content-security-policy'];
  expect(policy).toContain(`'sha256-${hash('sha256', script, 'base64')}'`);
  // Its letters come with it: a saved page has no other font to read Persian by.
  const style = must(/<style>([\s\S]*?)<\/style>/.exec(page.body)?.[1], 'a style');
  expect(policy).toContain(`'sha256-${hash('sha256', style, 'base64')}'`);
  expect(/base64,([\w+/=]{20000,40000})\)/.exec(style)?.[1]).toMatch(/^d09GMg/);
});
