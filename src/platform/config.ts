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
};

export const root: string = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const inquirySettings = ['off', 'simulated', 'simulated-slow', 'simulated-down', 'simulated-wrong'] as const;
export type InquirySetting = (typeof inquirySettings)[number];

/** What scripts outside the project call when KARSAZ_PORT is not set. */
const usualPort = 3000;

/**
 * Reads `KARSAZ_DATA` (a relative path counts from the working folder, the default `var` from the program's),
 * `DATABASE_URL`, `KARSAZ_HOST`, `KARSAZ_PORT`, `KARSAZ_LOG`, `KARSAZ_INQUIRY`, `KARSAZ_BACKUP` and
 * `KARSAZ_BACKUP_KEEP`. An empty variable counts as unset.
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
