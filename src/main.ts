import { rooms } from './map.ts';
import {
  buildApp,
  caseJobs,
  firstAdministrators,
  furnish,
  loadDemonstration,
  rosterJob,
  sealingJob,
  verifyAll,
} from './app.ts';
import {
  backupName,
  makeTrialFolder,
  recordBackup,
  restoreBackup,
  thinOut,
  type BackupFile,
} from './platform/backup.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { inside, settleDataFolder } from './platform/datafolder.ts';
import type { Database } from './platform/db.ts';
import type { House } from './platform/http.ts';
import { startJobs, type Job, type Jobs } from './platform/jobs.ts';
import {
  appRole,
  markDemonstration,
  openServer,
  ownerRole,
  readDemonstration,
  serversOwnTools,
  type Demonstration,
  type Say,
  type Server,
} from './platform/installation.ts';
import { openLog, type Log } from './platform/log.ts';
import { listMigrations, migrate } from './platform/migrate.ts';
import { Obstacle, codeOf } from './platform/obstacle.ts';
import { buildPagesWhenStale } from './platform/pages.ts';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** What the caller wants of the demonstration: `usual` loads it into a new embedded database only. */
export type Wish = 'usual' | 'empty' | 'demo';

/** A database that is migrated and, unless it was asked for empty or is external, holds the demonstration. */
export type Installation = {
  readonly db: Database;
  readonly log: Log;
  readonly demonstration: Demonstration;
  readonly isAlive: () => boolean;
  readonly close: () => Promise<void>;
};

/**
 * Opens the database of the configuration, ready for work: starts or attaches to the embedded server,
 * migrates, loads the demonstration into a new one. `say` gets a line per step.
 */
export async function openInstallation(config: Config, wish: Wish, say: Say): Promise<Installation> {
  const log = openLog(config.logLevel);
  const server = await openServer(config);
  try {
    for (const { persian, english } of server.about) say(persian, english);
    const demonstration = await server.alone(() => prepare({ config, server, log, say, wish }));
    const db = server.open(appRole);
    return {
      db,
      log,
      demonstration,
      isAlive: server.isAlive,
      close: async () => {
        await db.destroy();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

type Preparing = {
  readonly config: Config;
  readonly server: Server;
  readonly log: Log;
  readonly say: Say;
  readonly wish: Wish;
};

async function prepare(preparing: Preparing): Promise<Demonstration> {
  const { config, server, say } = preparing;
  const owner = server.open(ownerRole);
  const app = server.open(appRole);
  try {
    const files = listMigrations(
      config.root,
      rooms.map(({ name }) => name),
    );
    const ran = await migrate(owner, files);
    say(
      ran.length === 0 ? 'ساختار پایگاه داده به‌روز است' : `ساختار پایگاه داده ساخته شد (${ran.length} گام)`,
      ran.length === 0 ? 'database schema is current' : `database schema migrated (${ran.length} steps)`,
    );
    await furnish(owner);
    const state = await readDemonstration(app);
    if (state !== 'loading') return await settleDemonstration(preparing, owner, state);
    say(
      'بارگذاری پیشین نمایش نیمه‌کاره مانده بود؛ از نو آغاز می‌شود',
      'an earlier load of the demonstration was cut short; beginning again',
    );
  } finally {
    await owner.destroy();
    await app.destroy();
  }
  await server.beginAgain();
  return prepare(preparing);
}

async function settleDemonstration(
  preparing: Preparing,
  owner: Database,
  state: Demonstration,
): Promise<Demonstration> {
  const { wish, server, log, say } = preparing;
  if (state === 'loaded' && wish === 'empty') {
    throw new Obstacle(
      'این پوشهٔ داده نمایش را در خود دارد. برای آغاز خالی KARSAZ_DATA را به پوشهٔ دیگری بدهید.',
      'This data folder holds the demonstration. To begin empty, point KARSAZ_DATA at another folder.',
    );
  }
  if (state === 'none' && wish === 'demo') {
    throw new Obstacle(
      'این پایگاه بی‌نمایش آغاز شده است و نمایش در دادهٔ واقعی بارگذاری نمی‌شود. پوشه یا پایگاه خالی دیگری بدهید.',
      'This database was begun without the demonstration, which is never mixed with real data. Give an empty one.',
    );
  }
  if (state === 'loaded' || state === 'none') return state;
  if (wish === 'empty' || (server.external && wish !== 'demo')) {
    await markDemonstration(owner, systemClock, 'none');
    return 'none';
  }
  say('نمایش بارگذاری می‌شود …', 'loading the demonstration …');
  await markDemonstration(owner, systemClock, 'loading');
  // Cut short it is begun again, so its commits need not wait for the disk one by one; the mark after it does.
  const db = server.open(appRole, 'hasty');
  await loadDemonstration({ db, log, clock: systemClock }, say).finally(() => db.destroy());
  await markDemonstration(owner, systemClock, 'loaded');
  say('نمایش بارگذاری شد', 'demonstration loaded');
  return 'loaded';
}

/** The database of the configuration as it stands, for looking at: nothing is migrated, nothing is loaded. */
export async function openAsIs(config: Config): Promise<Pick<Installation, 'db' | 'close'>> {
  refuseNothing(config);
  const server = await openServer(config);
  const db = server.open(appRole);
  return {
    db,
    close: async () => {
      await db.destroy();
      await server.close();
    },
  };
}

function refuseNothing(config: Config): void {
  if (config.databaseUrl !== undefined) return;
  if (existsSync(inside(settleDataFolder(config.data), 'pg'))) return;
  throw new Obstacle(`در «${config.data}» هنوز داده‌ای نیست.`, `There are no data in "${config.data}" yet.`);
}

export type BackupWish = {
  /** The file to be written. */
  readonly path: string;
  /** Whether a copy is restored from it and verified. */
  readonly verified: boolean;
  readonly say: Say;
};

/** Makes a backup and, unless it is not wanted, verifies a copy restored from it; undefined when that is wrong. */
export async function backUp(config: Config, wish: BackupWish): Promise<BackupFile | undefined> {
  if (config.databaseUrl !== undefined) throw serversOwnTools();
  refuseNothing(config);
  const server = await openServer(config);
  const db = server.open(appRole);
  try {
    const made = await server.backUp(wish.path, systemClock);
    wish.say(`پشتیبان نوشته شد: ${made.path}`, `backup written: ${made.path} (${made.byteCount} bytes)`);
    const right = !wish.verified || (await isRightCopy(config, wish));
    const verifiedAt = wish.verified && right ? systemClock.now() : null;
    await recordBackup(db, { ...made, verifiedAt });
    return right ? made : undefined;
  } finally {
    await db.destroy();
    await server.close();
  }
}

/** Restores into a folder that goes afterwards, and verifies what a server finds there. */
async function isRightCopy(config: Config, { path, say }: BackupWish): Promise<boolean> {
  const trial = makeTrialFolder(settleDataFolder(config.data));
  try {
    await restoreBackup(path, trial.path, 'passing');
    const copy = await openAsIs({ ...config, data: trial.path });
    try {
      return await verifyAll(copy.db, { keptHeads: [], say });
    } finally {
      await copy.close();
    }
  } finally {
    trial.remove();
  }
}

/** What goes on beside the serving: sealing every second, and a backup a day where a folder is set for them. */
function startWork(house: House, say: Say): Jobs {
  const { config, clock, log } = house;
  const steady = [sealingJob(house), rosterJob(house), ...caseJobs(house)];
  const { backupFolder } = config;
  if (backupFolder === undefined || config.databaseUrl !== undefined) {
    if (backupFolder !== undefined) {
      const why = serversOwnTools();
      say(why.persian, why.message);
    }
    return startJobs(house, steady);
  }
  const daily: Job = {
    name: 'backup',
    every: 24 * 3_600_000,
    run: async () => {
      const path = join(backupFolder, backupName(clock.now()));
      const made = await backUp(config, {
        path,
        verified: true,
        say: (_persian, english) => log.info(english),
      });
      if (made === undefined) throw new Error(`a copy restored from ${path} was found wrong`);
      thinOut(backupFolder, config.backupsKept);
    },
  };
  return startJobs(house, [...steady, daily]);
}

/** Serves until the process is told to end; gives back the exit code. */
export async function serve(config: Config, wish: Wish, tell: Say): Promise<number> {
  const ending = waitForEnd();
  // Every step says what it does, so this is where a start that is not wanted any more ends: what has been
  // opened is closed on the way out, and a demonstration that was cut short is begun again next time.
  const say: Say = (persian, english) => {
    if (ending.isAsked()) throw new NotWanted();
    tell(persian, english);
  };
  try {
    await serveUntil(ending.asked, { config, wish, say });
  } catch (error) {
    if (!(error instanceof NotWanted)) throw error;
  }
  tell('بسته شد', 'stopped');
  return 0;
}

class NotWanted extends Error {}

type Serving = { readonly config: Config; readonly wish: Wish; readonly say: Say };

async function serveUntil(asked: Promise<'asked'>, { config, wish, say }: Serving): Promise<void> {
  say(`Node ${process.version}`, `Node ${process.version}`);
  await refuseTakenPort(config);
  // Side by side, because one mostly waits for PostgreSQL; both end before either's failure is told.
  const [built, opened] = await Promise.allSettled([
    buildPagesWhenStale(config.root).then((pages) => sayPages(pages, say)),
    openInstallation(config, wish, say),
  ]);
  if (opened.status === 'rejected') throw opened.reason;
  const installation = opened.value;
  try {
    if (built.status === 'rejected') throw built.reason;
    const { db, log } = installation;
    const house = { db, config, log, clock: systemClock };
    const app = await buildApp(house);
    try {
      await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
        throw portObstacle(config, error);
      });
      say(`کارساز آماده است: ${addressOf(config)}`, `Karsaz is ready: ${addressOf(config)}`);
      say(`میز کار: ${addressOf(config)}desk/`, `the desk: ${addressOf(config)}desk/`);
      const setup = installation.demonstration === 'loaded' ? null : await firstAdministrators(house);
      if (setup !== null) {
        const address = new URL(setup, addressOf(config)).href;
        say(
          `نشانی یک‌بارمصرف نخستین دو مدیر سامانه: ${address}`,
          `one-time address of the first two administrators: ${address}`,
        );
      }
      const work = startWork(house, say);
      const why = await Promise.race([asked, serverLost(installation)]).finally(work.stop);
      if (why === 'lost') {
        throw new Obstacle('PostgreSQL همراه ناگهان بسته شد.', 'The embedded PostgreSQL ended unexpectedly.');
      }
    } finally {
      await app.close();
    }
  } finally {
    await installation.close();
  }
}

function sayPages(pages: Awaited<ReturnType<typeof buildPagesWhenStale>>, say: Say): void {
  if (pages === 'built') say('صفحه‌های وب ساخته شد', 'web pages built');
  else if (pages === 'fresh') say('صفحه‌های وب به‌روز است', 'web pages are current');
  else
    say(
      'صفحهٔ وبی برای ساختن نیست (vite.config.ts نیست)',
      'no web pages to build (there is no vite.config.ts)',
    );
}

const addressOf = ({ host, port }: Config): string =>
  `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}/`;

/** Tried before anything is started, so that a second `npm start` says so at once. */
async function refuseTakenPort(config: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(portObstacle(config, error)));
    probe.listen({ host: config.host, port: config.port }, () => probe.close(() => resolve()));
  });
}

function portObstacle({ host, port }: Config, error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return new Obstacle(
      `درگاه ${port} را برنامهٔ دیگری گرفته است. درگاه دیگری بدهید: KARSAZ_PORT=${port + 1} npm start`,
      `Port ${port} is taken by another program. Give another one: KARSAZ_PORT=${port + 1} npm start`,
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Obstacle(
      `روی ${host}:${port} نمی‌توان گوش داد (${code}). KARSAZ_HOST و KARSAZ_PORT را بررسی کنید.`,
      `Cannot listen on ${host}:${port} (${code}). Check KARSAZ_HOST and KARSAZ_PORT.`,
    );
  }
  return error;
}

/** Ends on SIGINT, SIGTERM and SIGHUP, and when whoever started us dies without being able to say so. */
function waitForEnd(): { asked: Promise<'asked'>; isAsked: () => boolean } {
  let asked = false;
  const promise = new Promise<'asked'>((resolve) => {
    const end = (): void => {
      asked = true;
      resolve('asked');
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
    // The guard (start.mjs) holds a channel open while it lives.
    process.once('disconnect', end);
    // npm was killed: nobody is left who could stop us from that terminal, and the port would stay taken.
    const parent = process.ppid;
    if (process.env['npm_lifecycle_event'] !== undefined) {
      setInterval(() => process.ppid !== parent && end(), 100).unref();
    }
  });
  return { asked: promise, isAsked: () => asked };
}

function serverLost({ isAlive }: Installation): Promise<'lost'> {
  return new Promise((resolve) => {
    setInterval(() => isAlive() || resolve('lost'), 1000).unref();
  });
}
