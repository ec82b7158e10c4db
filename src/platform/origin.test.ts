import { expect, test } from 'vitest';
import { openHouse } from '#testing/house.ts';
import { buildServer, type Server } from './http.ts';
import { believes } from './origin.ts';

/** A server with one address to write to. */
async function serverAt(publicAddress: string | undefined): Promise<Server> {
  const house = await openHouse();
  const app = await buildServer(
    { ...house, config: { ...house.config, publicAddress } },
    { version: '0', findActor: () => Promise.resolve(null) },
  );
  app.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], url: '/write', handler: () => ({ done: true }) });
  return app;
}

test('this machine is believed where nothing else is said, and nobody else', () => {
  const isBelieved = believes(['loopback']);
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
    expect(isBelieved(address), address).toBe(true);
  for (const address of ['10.0.0.1', '128.0.0.1', '::2', '::ffff:10.0.0.1', '1127.0.0.1'])
    expect(isBelieved(address), address).toBe(false);
});

test('a list is believed with its networks, of both families, and this machine only where it is named', () => {
  const isBelieved = believes(['10.1.0.0/16', '192.0.2.7', 'fd00::/8']);
  for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', 'fd12::1', '10.1.2.3'])
    expect(isBelieved(address), address).toBe(true);
  for (const address of ['10.2.0.1', '192.0.2.8', '127.0.0.1', '::1', 'fe80::1'])
    expect(isBelieved(address), address).toBe(false);
  const both = believes(['loopback', '10.1.0.0/16']);
  expect(['127.0.0.1', '::1', '10.1.0.1', '10.2.0.1'].map(both)).toEqual([true, true, true, false]);
});

test('what a proxy says of client and protocol counts from a believed one alone', async () => {
  const house = await openHouse();
  const config = { ...house.config, trustedProxies: ['192.0.2.7'] };
  const app = await buildServer(
    { ...house, config },
    { version: '0', findActor: () => Promise.resolve(null) },
  );
  app.get('/who', ({ ip, protocol, host }) => ({ ip, protocol, host }));
  const headers = {
    host: 'inside',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'karsaz.example.ir',
  };
  const ask = async (remoteAddress: string): Promise<unknown> =>
    (await app.inject({ url: '/who', headers, remoteAddress })).json();
  expect(await ask('192.0.2.7')).toEqual({ ip: '203.0.113.9', protocol: 'https', host: 'karsaz.example.ir' });
  expect(await ask('127.0.0.1')).toEqual({ ip: '127.0.0.1', protocol: 'http', host: 'inside' });
  await app.close();
});

const ours = 'http://karsaz.example.ir';
const other = 'http://other.example.ir';

test.each([
  { site: 'cross-site', origin: undefined, status: 403 },
  { site: 'cross-site', origin: ours, status: 403 },
  { site: 'cross-site', origin: other, status: 403 },
  { site: 'same-site', origin: undefined, status: 403 },
  { site: 'same-site', origin: 'null', status: 403 },
  { site: 'same-site', origin: other, status: 403 },
  { site: 'same-site', origin: ours, status: 200 },
  { site: 'same-origin', origin: undefined, status: 200 },
  { site: 'same-origin', origin: ours, status: 200 },
  { site: 'none', origin: undefined, status: 200 },
  { site: undefined, origin: undefined, status: 200 },
  { site: undefined, origin: ours, status: 200 },
  { site: undefined, origin: `${ours}:8080`, status: 403 },
  { site: undefined, origin: `${ours}.evil.example`, status: 403 },
  { site: undefined, origin: other, status: 403 },
  { site: undefined, origin: 'null', status: 403 },
  { site: undefined, origin: '', status: 403 },
] as const)('a write with Sec-Fetch-Site $site and Origin $origin is answered $status', async (row) => {
  const app = await serverAt(undefined);
  const told = {
    host: 'karsaz.example.ir',
    ...(row.site === undefined ? {} : { 'sec-fetch-site': row.site }),
    ...(row.origin === undefined ? {} : { origin: row.origin }),
  };
  for (const method of ['POST', 'PUT', 'DELETE'] as const)
    expect((await app.inject({ method, url: '/write', headers: told })).statusCode, method).toBe(row.status);
  expect((await app.inject({ url: '/write', headers: told })).statusCode).toBe(200);
  await app.close();
});

test('our own origin is the public address too, and the one a believed proxy was asked under', async () => {
  const app = await serverAt('https://karsaz.example.ir');
  const write = async (headers: object, remoteAddress = '127.0.0.1'): Promise<number> =>
    (await app.inject({ method: 'POST', url: '/write', headers: { ...headers }, remoteAddress })).statusCode;
  expect(await write({ host: 'inside:3000', origin: 'https://karsaz.example.ir' })).toBe(200);
  expect(await write({ host: 'inside:3000', origin: 'http://inside:3000' })).toBe(200);
  expect(await write({ host: 'inside:443', origin: 'https://inside' })).toBe(200);
  expect(await write({ host: 'inside:3000', origin: 'https://other.example.ir' })).toBe(403);
  const forwarded = { host: 'inside:3000', 'x-forwarded-host': 'desk.example.ir' };
  expect(await write({ ...forwarded, origin: 'https://desk.example.ir' })).toBe(200);
  expect(await write({ ...forwarded, origin: 'https://desk.example.ir' }, '192.0.2.9')).toBe(403);
  await app.close();
});
