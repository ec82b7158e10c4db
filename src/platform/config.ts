import { dirname, resolve } from 'node:path';
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
 * `KARSAZ_BACKUP_KEEP`, `KARSAZ_SMS_URL` with `KARSAZ_SMS_TOKEN`, and `KARSAZ_SMTP_URL` with `KARSAZ_MAIL_FROM`. An
 * empty variable counts as unset.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, port?: string): Config {
  return {
    root,
    data: env['KARSAZ_DATA'] ? resolve(env['KARSAZ_DATA']) : resolve(root, 'var'),
    databaseUrl: env['DATABASE_URL'] || undefined,
    host: env['KARSAZ_HOST'] || '127.0.0.1',
    port: readPort(port ?? (env['KARSAZ_PORT'] || undefined)),
    logLevel: readLevel(env['KARSAZ_LOG'] || 'warn'),
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
