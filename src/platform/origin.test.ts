import { expect, test } from 'vitest';
import { openHouse } from '#testing/house.ts';
import { buildServer } from './http.ts';
import { believes } from './origin.ts';

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
