import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from './platform/clock.ts';
import { readConfig, root, type Config } from './platform/config.ts';
import type { Say } from './platform/installation.ts';
import { Obstacle } from './platform/obstacle.ts';

type Command = {
  readonly persian: string;
  readonly english: string;
  /** Gives back the exit code: 0 done, 1 failed, 2 wrong usage. */
  readonly run: (args: readonly string[]) => Promise<number>;
};

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    start: {
      persian: 'آغاز کار: پایگاه داده، صفحه‌ها، نمایش در پوشهٔ خالی  [--port N] [--empty] [--demo]',
      english: 'serve: database, pages, the demonstration in an empty data folder',
      run: start,
    },
    demo: {
      persian: 'بارگذاری نمایش در پوشهٔ دادهٔ خالی (در DATABASE_URL تنها با --demo)',
      english: 'load the demonstration into an empty data folder (into DATABASE_URL only with --demo)',
      run: demo,
    },
    figures: {
      persian: 'یافتن رقم‌های یک متن فارسی: figures FILE، یا figures --lines از ورودی',
      english: 'find the figures of a Persian text: figures FILE, or figures --lines from standard input',
      run: figures,
    },
    check: {
      persian: 'سنجش رقم‌های یک بیانیه با سندها: check FILE --province SLUG [--published DATE] [--json]',
      english: 'check the figures of a statement against the records',
      run: check,
    },
    moderate: {
      persian: 'سنجش دیدگاه‌ها با چهار قاعده، از ورودی: هر خط {"article","comment"}',
      english: 'look at comments under the four rules: one {"article","comment"} a line of standard input',
      run: moderate,
    },
    verify: {
      persian: 'آزمون توازن: مُهرها، ردیف‌ها و مانده‌ها از نو حساب می‌شود  [--heads FILE]',
      english: 'recompute seals, rows and balances; name the first wrong row',
      run: verify,
    },
    backup: {
      persian: 'پشتیبان‌گیری از پایگاه همراه، بی‌وقفهٔ کار: backup [FILE] [--no-verify]',
      english: 'back up the embedded database while it serves, and verify a restored copy',
      run: backup,
    },
    restore: {
      persian: 'بازگردانی پشتیبان در پوشهٔ دادهٔ خالی: restore FILE [--to DIR]',
      english: 'restore a backup into an empty data folder',
      run: restore,
    },
    bench: {
      persian: 'اندازه‌گیری: bench NAME [--json]',
      english: 'measure a claim of performance',
      run: bench,
    },
  }),
);

/** Runs one command line and sets the exit code. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await dispatch(args);
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    complain(error.persian, error.message);
    process.exitCode = 1;
  }
  // The channel to the guard would keep the process alive.
  if (process.connected) process.disconnect?.();
}

function dispatch(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(help());
    return Promise.resolve(name === undefined ? 2 : 0);
  }
  if (name === '--version' || name === '-v') {
    console.log(version());
    return Promise.resolve(0);
  }
  const command = commands.get(name);
  if (command === undefined) {
    complain(
      `فرمان «${name}» وجود ندارد. فهرست فرمان‌ها: karsaz help`,
      `There is no command "${name}". See: karsaz help`,
    );
    return Promise.resolve(2);
  }
  return command.run(rest);
}

function help(): string {
  const lines = [...commands].map(
    ([name, { persian, english }]) => `  ${name.padEnd(8)} ${persian}\n  ${''.padEnd(8)} ${english}`,
  );
  return [`karsaz ${version()}`, '', ...lines, '', surroundings].join('\n');
}

const surroundings = `KARSAZ_DATA   پوشهٔ داده · data folder (var)
KARSAZ_PORT   درگاه · port (3000)
KARSAZ_HOST   نشانی · address to listen on (127.0.0.1)
KARSAZ_LOG    سطح گزارش · log level (warn)
DATABASE_URL  سرور PostgreSQL دیگر (۱۵ به بالا) · another PostgreSQL server (15 or later)
KARSAZ_BACKUP پوشهٔ پشتیبان روزانه · folder of a daily backup
KARSAZ_BACKUP_KEEP  چند پشتیبان می‌ماند · how many of them stay (7)
KARSAZ_SMS_URL  KARSAZ_SMS_TOKEN  سامانهٔ پیامک و رمز آن · operator of SMS and its token
KARSAZ_SMTP_URL KARSAZ_MAIL_FROM  کارساز رایانامه و فرستنده · mail server and sender`;

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}

const complain = (persian: string, english: string): void => console.error(`${persian}\n${english}`);

/** One line per step, on standard error where a command's answer goes to standard output. */
const say: Say = (persian, english) => console.error(`· ${persian} | ${english}`);

const flags = {
  port: { type: 'string' },
  empty: { type: 'boolean' },
  demo: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Flags = { readonly port?: string; readonly empty?: boolean; readonly demo?: boolean };

/** Undefined when the flags were wrong or asked for help; the words have been said then. */
function readFlags(name: string, args: readonly string[]): Flags | number {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true });
    if (values.help !== true) return values;
    console.log(`karsaz ${name}\n${commands.get(name)?.persian}\n${commands.get(name)?.english}`);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    complain(`گزینهٔ نادرست برای «${name}»: ${reason}`, `Wrong option for "${name}": ${reason}`);
    return 2;
  }
}

async function start(args: readonly string[]): Promise<number> {
  const given = readFlags('start', args);
  if (typeof given === 'number') return given;
  if (given.empty === true && given.demo === true) {
    complain('‎--empty و ‎--demo با هم نمی‌آیند.', '--empty and --demo exclude each other.');
    return 2;
  }
  const { serve } = await import('./main.ts');
  const wish = given.empty === true ? 'empty' : given.demo === true ? 'demo' : 'usual';
  return serve(readConfig(process.env, given.port), wish, (persian, english) =>
    console.log(`· ${persian} | ${english}`),
  );
}

async function demo(args: readonly string[]): Promise<number> {
  const given = readFlags('demo', args);
  if (typeof given === 'number') return given;
  const config = readConfig(process.env);
  if (config.databaseUrl !== undefined && given.demo !== true) {
    complain(
      'DATABASE_URL تنظیم است؛ نمایش تنها با ‎--demo در آن بارگذاری می‌شود.',
      'DATABASE_URL is set; the demonstration goes into it only with --demo.',
    );
    return 2;
  }
  const installation = await openWith(config, 'demo');
  await installation.close();
  return 0;
}

async function openWith(config: Config, wish: 'usual' | 'demo') {
  const { openInstallation } = await import('./main.ts');
  return openInstallation(config, wish, say);
}

async function figures(args: readonly string[]): Promise<number> {
  const [path] = args;
  if (path === undefined || args.length > 1 || (path.startsWith('-') && path !== '--lines')) {
    complain(
      'کاربرد: karsaz figures FILE یا karsaz figures --lines',
      'Usage: karsaz figures FILE, or karsaz figures --lines',
    );
    return 2;
  }
  const { printFiguresOfFile, printFiguresOfLines } = await import('./evidence/figure/command.ts');
  if (path === '--lines') {
    await printFiguresOfLines({ input: process.stdin, out: process.stdout });
    return 0;
  }
  const printed = await printFiguresOfFile({ path, out: process.stdout });
  if (printed.ok) return 0;
  const { reason } = printed.refusal;
  complain(
    `پروندهٔ «${path}» را نمی‌توان خواند (${reason}).`,
    `The file "${path}" cannot be read (${reason}).`,
  );
  return 1;
}

const checkFlags = {
  province: { type: 'string' },
  published: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

async function check(args: readonly string[]): Promise<number> {
  const given = readCheck(args);
  if (typeof given === 'number') return given;
  const { printCheck } = await import('./evidence/command.ts');
  const { catalogue } = await import('./app.ts');
  const installation = await openWith(readConfig(process.env), 'usual');
  try {
    const complaint = await printCheck(installation.db, catalogue, given);
    if (complaint === undefined) return 0;
    complain(complaint.persian, complaint.english);
    return 1;
  } finally {
    await installation.close();
  }
}

/** What is to be checked, or the exit code when the words were wrong or help was asked for. */
function readCheck(args: readonly string[]) {
  const usage = 'karsaz check FILE --province SLUG [--published DATE] [--json]';
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: checkFlags,
      strict: true,
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (values.help === true) {
      console.log(usage);
      return 0;
    }
    if (file !== undefined && more.length === 0 && values.province !== undefined) {
      const { province, published = null, json = false } = values;
      return { file, province, published, json };
    }
  } catch {
    // Told below, as every wrong use is.
  }
  complain(`کاربرد: ${usage}`, `Usage: ${usage}`);
  return 2;
}

async function verify(args: readonly string[]): Promise<number> {
  const usage = 'karsaz verify [--heads FILE]';
  const given = readWords(args, 'heads', usage);
  if (typeof given === 'number') return given;
  if (given.files.length > 0) return wrongUse(usage);
  const { verifyAll } = await import('./app.ts');
  const { readKeptHeads } = await import('./ledger/head/command.ts');
  const { openAsIs } = await import('./main.ts');
  const { heads } = given.values;
  const keptHeads = heads === undefined ? [] : readKeptHeads(heads);
  const { db, close } = await openAsIs(readConfig(process.env));
  try {
    return (await verifyAll(db, { keptHeads, say })) ? 0 : 1;
  } finally {
    await close();
  }
}

async function backup(args: readonly string[]): Promise<number> {
  const usage = 'karsaz backup [FILE] [--no-verify]';
  const given = readWords(args, 'no-verify', usage);
  if (typeof given === 'number') return given;
  if (given.files.length > 1) return wrongUse(usage);
  const config = readConfig(process.env);
  if (config.databaseUrl !== undefined) return leaveToServer();
  const { backUp } = await import('./main.ts');
  const { backupName } = await import('./platform/backup.ts');
  const path = resolve(given.files[0] ?? backupName(systemClock.now()));
  const made = await backUp(config, { path, verified: given.values['no-verify'] !== true, say });
  return made === undefined ? 1 : 0;
}

async function restore(args: readonly string[]): Promise<number> {
  const usage = 'karsaz restore FILE [--to DIR]';
  const given = readWords(args, 'to', usage);
  if (typeof given === 'number') return given;
  const [path, ...more] = given.files;
  if (path === undefined || more.length > 0) return wrongUse(usage);
  const config = readConfig(process.env);
  const { to } = given.values;
  if (config.databaseUrl !== undefined && to === undefined) return leaveToServer();
  const { restoreBackup } = await import('./platform/backup.ts');
  const { sealKeyName } = await import('./platform/signature.ts');
  const folder = await restoreBackup(resolve(path), to === undefined ? config.data : resolve(to));
  say(
    `بازگردانی شد: «${folder.path}». پیش از کار، karsaz verify را اجرا کنید.`,
    `restored: "${folder.path}". Run karsaz verify before working with it.`,
  );
  say(
    `کلید مُهر در پشتیبان نیست: «${sealKeyName}» را از پوشهٔ پیشین در این پوشه بگذارید، وگرنه مُهرهای تازه با کلیدی تازه امضا می‌شود؛ مُهرهای پیشین همچنان سنجیدنی است.`,
    `the sealing key is no part of a backup: put "${sealKeyName}" of the earlier folder into this one, or new seals are signed with a new key; the earlier seals can still be verified.`,
  );
  return 0;
}

async function leaveToServer(): Promise<number> {
  const { serversOwnTools } = await import('./platform/installation.ts');
  const why = serversOwnTools();
  complain(why.persian, why.message);
  return 2;
}

function wrongUse(usage: string): number {
  complain(`کاربرد: ${usage}`, `Usage: ${usage}`);
  return 2;
}

const toolFlags = {
  heads: { type: 'string' },
  to: { type: 'string' },
  'no-verify': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Files and the one option of a command, or the exit code when the words were wrong or help was asked for. */
function readWords(args: readonly string[], option: keyof typeof toolFlags, usage: string) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: toolFlags,
      strict: true,
      allowPositionals: true,
    });
    const strange = Object.keys(values).some((name) => name !== option && name !== 'help');
    if (strange) return wrongUse(usage);
    if (values.help !== true) return { files: positionals, values };
    console.log(usage);
    return 0;
  } catch {
    return wrongUse(usage);
  }
}

async function moderate(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    complain('کاربرد: karsaz moderate < FILE', 'Usage: karsaz moderate < FILE');
    return 2;
  }
  const { printModerated } = await import('./news/moderation/command.ts');
  const complaints = await printModerated({ input: process.stdin, out: process.stdout });
  for (const { line } of complaints)
    complain(
      `خط ${line} یک شیء JSON با article و comment نیست.`,
      `Line ${line} is no JSON object with article and comment.`,
    );
  return complaints.length === 0 ? 0 : 1;
}

async function bench(args: readonly string[]): Promise<number> {
  const { runBench } = await import('../bench/run.ts');
  return runBench(args);
}
