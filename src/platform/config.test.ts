import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { Obstacle } from './obstacle.ts';

const sms = { KARSAZ_SMS_URL: 'https://sms.example.ir/send', KARSAZ_SMS_TOKEN: 'secret-token' };
const mail = {
  KARSAZ_SMTP_URL: 'smtp://karsaz:p%40ss@mail.example.ir',
  KARSAZ_MAIL_FROM: 'karsaz@example.ir',
};

test('without settings nothing leaves the house; whole pairs are read', () => {
  expect(readConfig({})).toMatchObject({ sms: undefined, mail: undefined });
  expect(readConfig({ ...sms, ...mail })).toMatchObject({
    sms: { url: sms.KARSAZ_SMS_URL, token: 'secret-token' },
    mail: { host: 'mail.example.ir', port: 587, secure: false, user: 'karsaz', password: 'p@ss' },
  });
  const secure = { ...mail, KARSAZ_SMTP_URL: 'smtps://[::1]', KARSAZ_MAIL_FROM: 'کارساز <k@example.ir>' };
  expect(readConfig(secure).mail).toMatchObject({ host: '::1', port: 465, secure: true, user: null });
});

test('the public address is an origin, and proxies are addresses, networks or this machine', () => {
  expect(readConfig({})).toMatchObject({ publicAddress: undefined, trustedProxies: ['loopback'] });
  for (const [typed, origin] of [
    ['https://Karsaz.example.ir/', 'https://karsaz.example.ir'],
    ['http://10.1.1.1:8080', 'http://10.1.1.1:8080'],
  ])
    expect(readConfig({ KARSAZ_PUBLIC_ADDRESS: typed }).publicAddress).toBe(origin);
  expect(
    readConfig({ KARSAZ_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8 fd00::/8,192.0.2.7' }).trustedProxies,
  ).toEqual(['loopback', '10.0.0.0/8', 'fd00::/8', '192.0.2.7']);
});

const wrong: readonly (readonly [name: string, env: Readonly<Record<string, string | undefined>>])[] = [
  ...[
    'karsaz.example.ir',
    'ftp://karsaz.example.ir',
    'https://karsaz.example.ir/desk',
    'https://karsaz.example.ir/?x=secret',
    'https://user:secret@karsaz.example.ir',
    'https://karsaz.example.ir#secret',
  ].map((value) => ['KARSAZ_PUBLIC_ADDRESS', { KARSAZ_PUBLIC_ADDRESS: value }] as const),
  ...['localhost', '10.0.0.0/33', '10.0.0', 'fd00::/129', '10.0.0.0/8/8', 'loopback/8', ' , '].map(
    (value) => ['KARSAZ_TRUSTED_PROXIES', { KARSAZ_TRUSTED_PROXIES: value }] as const,
  ),
  ['KARSAZ_SMS_TOKEN', { ...sms, KARSAZ_SMS_TOKEN: '' }],
  ['KARSAZ_SMS_URL', { ...sms, KARSAZ_SMS_URL: undefined }],
  ['KARSAZ_SMS_URL', { ...sms, KARSAZ_SMS_URL: 'sms.example.ir/secret' }],
  ['KARSAZ_SMS_URL', { ...sms, KARSAZ_SMS_URL: 'ftp://sms.example.ir/secret' }],
  ['KARSAZ_SMS_URL', { ...sms, KARSAZ_SMS_URL: 'https://user:secret@sms.example.ir' }],
  ['KARSAZ_SMS_TOKEN', { ...sms, KARSAZ_SMS_TOKEN: 'secret\ntoken' }],
  ['KARSAZ_MAIL_FROM', { ...mail, KARSAZ_MAIL_FROM: '' }],
  ['KARSAZ_SMTP_URL', { ...mail, KARSAZ_SMTP_URL: '' }],
  ['KARSAZ_SMTP_URL', { ...mail, KARSAZ_SMTP_URL: 'mail.example.ir' }],
  ['KARSAZ_SMTP_URL', { ...mail, KARSAZ_SMTP_URL: 'https://mail.example.ir' }],
  ['KARSAZ_SMTP_URL', { ...mail, KARSAZ_SMTP_URL: 'smtp://mail.example.ir/secret' }],
  ['KARSAZ_SMTP_URL', { ...mail, KARSAZ_SMTP_URL: 'smtp://mail.example.ir?logger=true' }],
  ['KARSAZ_SMTP_URL', { ...mail, KARSAZ_SMTP_URL: 'smtp://secret@mail.example.ir' }],
  ['KARSAZ_SMTP_URL', { ...mail, KARSAZ_SMTP_URL: 'smtp://user:%E0secret@mail.example.ir' }],
  ['KARSAZ_MAIL_FROM', { ...mail, KARSAZ_MAIL_FROM: 'karsaz' }],
  ['KARSAZ_MAIL_FROM', { ...mail, KARSAZ_MAIL_FROM: 'karsaz@example.ir\nBcc: a@b.ir' }],
];

test.each(wrong)(
  '%s that is missing or wrong stops the start by its name, without its value: %j',
  (name, env) => {
    const reading = () => readConfig(env);
    expect(reading).toThrow(Obstacle);
    expect(reading).toThrow(name);
    try {
      reading();
    } catch (error) {
      const { persian = '', message = '' }: Partial<Obstacle> = Object(error);
      expect(persian).toContain(name);
      expect(`${persian} ${message}`).not.toContain('secret');
    }
  },
);
