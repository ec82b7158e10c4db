import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Obstacle } from './obstacle.ts';

/** What the surroundings decide. Everything else is data in the database. */
export type Config = {
  /** The folder of the program (package.json stands there). */
  readonly root: string;
  /** Where the embedded database lives; the platform may move it, see `datafolder.ts`. */
  readonly data: string;
  /** The external server, or undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  /** The origin of whole addresses; undefined: the one that a request was sent to. */
  readonly publicAddress: string | undefined;
  /** Whose word on the client of a request is taken: addresses, networks in CIDR, `loopback`. */
  readonly trustedProxies: readonly string[];
  /** Where a backup is put every day; undefined for none. */
  readonly backupFolder: string | undefined;
  /** Which registers are asked; undefined: simulated ones in a demonstration, none elsewhere. */
  readonly inquiry: InquirySetting | undefined;
  /** How many of those stay. */
  readonly backupsKept: number;
  /** The operator of SMS and the mail server; undefined: messages of that channel are only shown. */
  readonly sms: SmsSetting | undefined;
  readonly mail: MailSetting | undefined;
};

export type SmsSetting = { readonly url: string; readonly token: string };
export type MailSetting = {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the first byte (`smtps:`). */
  readonly secure: boolean;
  readonly user: string | null;
  readonly password: string;
  readonly from: string;
};

export const root: string = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const inquirySettings = ['off', 'simulated', 'simulated-slow', 'simulated-down', 'simulated-wrong'] as const;
export type InquirySetting = (typeof inquirySettings)[number];

/** What scripts outside the project call when KARSAZ_PORT is not set. */
const usualPort = 3000;

/**
 * Reads `KARSAZ_DATA` (a relative path counts from the working folder, the default `var` from the program's),
 * `DATABASE_URL`, `KARSAZ_HOST`, `KARSAZ_PORT`, `KARSAZ_LOG`, `KARSAZ_INQUIRY`, `KARSAZ_BACKUP`,
 * `KARSAZ_BACKUP_KEEP`, `KARSAZ_PUBLIC_ADDRESS`, `KARSAZ_TRUSTED_PROXIES`, `KARSAZ_SMS_URL` with `KARSAZ_SMS_TOKEN`,
 * and `KARSAZ_SMTP_URL` with `KARSAZ_MAIL_FROM`. An empty variable counts as unset.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, port?: string): Config {
  return {
    root,
    data: env['KARSAZ_DATA'] ? resolve(env['KARSAZ_DATA']) : resolve(root, 'var'),
    databaseUrl: env['DATABASE_URL'] || undefined,
    host: env['KARSAZ_HOST'] || '127.0.0.1',
    port: readPort(port ?? (env['KARSAZ_PORT'] || undefined)),
    logLevel: readLevel(env['KARSAZ_LOG'] || 'warn'),
    publicAddress: readPublicAddress(env['KARSAZ_PUBLIC_ADDRESS'] || undefined),
    trustedProxies: readProxies(env['KARSAZ_TRUSTED_PROXIES'] || 'loopback'),
    backupFolder: env['KARSAZ_BACKUP'] ? resolve(env['KARSAZ_BACKUP']) : undefined,
    inquiry: readInquiry(env['KARSAZ_INQUIRY'] || undefined),
    backupsKept: readKept(env['KARSAZ_BACKUP_KEEP'] || '7'),
    sms: readSms(pairIn(env, 'KARSAZ_SMS_URL', 'KARSAZ_SMS_TOKEN')),
    mail: readMail(pairIn(env, 'KARSAZ_SMTP_URL', 'KARSAZ_MAIL_FROM')),
  };
}

function readPort(text: string | undefined): number {
  if (text === undefined) return usualPort;
  const port = /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new Obstacle(
    `«${text}» شمارهٔ درگاه نیست؛ KARSAZ_PORT یا ‎--port عددی از ۱ تا ۶۵۵۳۵ است.`,
    `"${text}" is not a port: KARSAZ_PORT or --port is a whole number from 1 to 65535.`,
  );
}

function readLevel(text: string): string {
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
  if (levels.includes(text)) return text;
  throw new Obstacle(
    `«${text}» سطح گزارش نیست؛ KARSAZ_LOG یکی از این‌هاست: ${levels.join('، ')}.`,
    `"${text}" is not a log level: KARSAZ_LOG is one of ${levels.join(', ')}.`,
  );
}

function readInquiry(text: string | undefined): InquirySetting | undefined {
  const known = inquirySettings.find((setting) => setting === text);
  if (text === undefined || known !== undefined) return known;
  throw new Obstacle(
    `«${text}» برای KARSAZ_INQUIRY شناخته نیست؛ یکی از این‌هاست: ${inquirySettings.join('، ')}.`,
    `"${text}" is not known for KARSAZ_INQUIRY: it is one of ${inquirySettings.join(', ')}.`,
  );
}

function readKept(text: string): number {
  const kept = /^\d{1,4}$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (kept >= 1) return kept;
  throw new Obstacle(
    `KARSAZ_BACKUP_KEEP شمار پشتیبان‌هایی است که می‌مانند: عددی از ۱ تا ۹۹۹۹، نه «${text}».`,
    `KARSAZ_BACKUP_KEEP is how many backups stay: a whole number from 1 to 9999, not "${text}".`,
  );
}

function readPublicAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : null;
  // A user, a path or a question behind it would be lost without a word.
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin && /^https?:\/\/[^/?#\s]+\/?$/i.test(text)) return url.origin;
  throw new Obstacle(
    'KARSAZ_PUBLIC_ADDRESS نشانی http یا https بی مسیر نیست، مانند https://karsaz.example.ir.',
    'KARSAZ_PUBLIC_ADDRESS is not an http or https address without a path, such as https://karsaz.example.ir.',
  );
}

const isNetwork = (text: string): boolean => {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (bits < 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number.parseInt(prefix, 10) <= bits);
};

function readProxies(text: string): readonly string[] {
  const proxies = text.split(/[\s,]+/).filter((proxy) => proxy !== '');
  const wrong = proxies.find((proxy) => proxy !== 'loopback' && !isNetwork(proxy));
  if (wrong === undefined && proxies.length > 0) return proxies;
  throw new Obstacle(
    `KARSAZ_TRUSTED_PROXIES فهرستی از نشانی‌های IP یا شبکه‌هاست، مانند «loopback, 10.0.0.0/8»، و «${wrong ?? text}» از این‌ها نیست.`,
    `KARSAZ_TRUSTED_PROXIES is a list of IP addresses or networks, such as "loopback, 10.0.0.0/8", and "${wrong ?? text}" is none.`,
  );
}

type Pair = readonly [one: string, other: string];

/** Both of two settings that go together, or neither. */
function pairIn(env: Readonly<Record<string, string | undefined>>, ...[one, other]: Pair): Pair | undefined {
  const values = [env[one] || undefined, env[other] || undefined] as const;
  if (values[0] !== undefined && values[1] !== undefined) return [values[0], values[1]];
  if (values[0] === undefined && values[1] === undefined) return undefined;
  const missing = values[0] === undefined ? one : other;
  throw new Obstacle(
    `${missing} تنظیم نشده است؛ ${one} و ${other} هر دو با هم لازم‌اند، یا هیچ‌یک.`,
    `${missing} is not set: ${one} and ${other} are needed together, or neither.`,
  );
}

// The values of these settings are secrets or hold one: no message repeats them.

function readSms(pair: Pair | undefined): SmsSetting | undefined {
  if (pair === undefined) return undefined;
  const [url, token] = pair;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (
    parsed === null ||
    !/^https?:$/.test(parsed.protocol) ||
    parsed.username !== '' ||
    parsed.password !== ''
  )
    throw new Obstacle(
      'KARSAZ_SMS_URL نشانی http یا https بی نام کاربری و گذرواژه نیست، مانند https://sms.example.ir/send.',
      'KARSAZ_SMS_URL is not an http or https URL without user and password, such as https://sms.example.ir/send.',
    );
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Obstacle(
      'KARSAZ_SMS_TOKEN نویسه‌ای دارد که فرستادنی نیست؛ تنها حروف و رقم‌های لاتین و نشانه‌ها، بی فاصله.',
      'KARSAZ_SMS_TOKEN has a character that cannot be sent: only Latin letters, digits and signs, no space.',
    );
  return { url, token };
}

function readMail(pair: Pair | undefined): MailSetting | undefined {
  if (pair === undefined) return undefined;
  const [text, from] = pair;
  const url = URL.canParse(text) ? new URL(text) : null;
  const [user, password] = [decoded(url?.username ?? ''), decoded(url?.password ?? '')];
  const isPlain = url !== null && /^\/?$/.test(url.pathname) && url.search === '' && url.hash === '';
  if (
    !isPlain ||
    !/^smtps?:$/.test(url.protocol) ||
    url.hostname === '' ||
    user === null ||
    password === null
  )
    throw new Obstacle(
      'KARSAZ_SMTP_URL نشانی smtp یا smtps نیست، مانند smtp://user:password@mail.example.ir:587.',
      'KARSAZ_SMTP_URL is not an smtp or smtps URL, such as smtp://user:password@mail.example.ir:587.',
    );
  if ((user === '') !== (password === ''))
    throw new Obstacle(
      'KARSAZ_SMTP_URL تنها یکی از نام کاربری و گذرواژه را دارد؛ هر دو لازم‌اند، یا هیچ‌یک.',
      'KARSAZ_SMTP_URL has only one of user and password: both are needed, or neither.',
    );
  if (!/^(?:[^\r\n<>@"]*<[^\s<>@"]+@[^\s<>@"]+>|[^\s<>@"]+@[^\s<>@"]+)$/.test(from))
    throw new Obstacle(
      'KARSAZ_MAIL_FROM نشانی رایانامه نیست، مانند karsaz@example.ir یا Karsaz <karsaz@example.ir>.',
      'KARSAZ_MAIL_FROM is not an e-mail address, such as karsaz@example.ir or Karsaz <karsaz@example.ir>.',
    );
  const secure = url.protocol === 'smtps:';
  const port = url.port === '' ? (secure ? 465 : 587) : Number.parseInt(url.port, 10);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port, secure, user: user === '' ? null : user, password, from };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The version of this house, by its manifest. */
export function versionOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}
