import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { findBinaries, type Binaries } from './binaries.ts';
import { asAccount, inside, isPrivateTo, makePrivateFolder, type DataFolder } from './datafolder.ts';
import { Obstacle, reasonOf } from './obstacle.ts';
import { holdAlone, holdTogether, tryAlone } from './presence.ts';

/** A running server of our own. It listens on a socket in a folder closed to others, and on no network. */
export type Cluster = {
  readonly socketFolder: string;
  /** True when another process, or one that was killed, had started it. */
  readonly attached: boolean;
  /** Gives up our share in the server; the last one out stops it, and says so by `true`. */
  readonly leave: () => Promise<boolean>;
  readonly isAlive: () => boolean;
};

export type ClusterOptions = {
  readonly root: string;
  readonly folder: DataFolder;
  /** False only for tests: without fsync a power cut loses what was acknowledged (L15). */
  readonly durable: boolean;
};

/** Starts the server of a data folder, or attaches to the one that is running. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder } = options;
  const inUse = inside(folder, 'in-use');
  const lock = await holdAlone(inside(folder, 'lock'), folder.account, 120);
  try {
    const running = await findRunning(folder);
    if (running === undefined) refuseUnseen(folder);
    const socketFolder = running ?? (await startServer(options));
    const share = holdTogether(inUse, folder.account);
    return {
      socketFolder,
      attached: running !== undefined,
      isAlive: () => isServerOf(folder, readPidFile(folder)?.pid ?? 0),
      leave: async () => {
        const closing = await holdAlone(inside(folder, 'lock'), folder.account, 120);
        try {
          share.release();
          const alone = tryAlone(inUse, folder.account);
          if (alone === undefined) return false;
          alone.release();
          await stopServer(folder);
          return true;
        } finally {
          closing.release();
        }
      },
    };
  } finally {
    lock.release();
  }
}

/**
 * A folder shared by two containers shows neither the processes of the other, and PostgreSQL would start a
 * second time on the same files. The lock of the one who uses it is seen in both.
 */
function refuseUnseen(folder: DataFolder): void {
  const alone = tryAlone(inside(folder, 'in-use'), folder.account);
  if (alone !== undefined) return alone.release();
  throw new Obstacle(
    `کارساز دیگری پوشهٔ «${folder.path}» را به کار می‌برد، ولی PostgreSQL آن از این‌جا دیده نمی‌شود. نخست آن را ببندید.`,
    `Another Karsaz uses the folder "${folder.path}", but its PostgreSQL cannot be seen from here. Stop it first.`,
  );
}

const pgdata = (folder: DataFolder): string => inside(folder, 'pg');

/** The name of the superuser of the cluster: for making databases and roles, never for serving. */
export const clusterOwner = 'karsaz_cluster';

export const onSocket = (socketFolder: string, user: string, database: string): ClientConfig => ({
  host: socketFolder,
  port: 5432,
  user,
  database,
  ssl: false,
});

/** Line by line what `postmaster.pid` says; undefined when there is none. */
function readPidFile(folder: DataFolder): { pid: number; socketFolder: string; status: string } | undefined {
  const path = join(pgdata(folder), 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  return { pid, socketFolder: lines[4] ?? '', status: (lines[7] ?? '').trim() };
}

/** Whether the process is a server of this very folder, and not another program that was given its number. */
function isServerOf(folder: DataFolder, pid: number): boolean {
  if (!(pid > 0)) return false;
  const words = existsSync('/proc/self/cmdline')
    ? existsSync(`/proc/${pid}/cmdline`)
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : ''
    : spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return words.includes('postgres') && words.includes(pgdata(folder));
}

/** The socket folder of a living, answering server of this folder; waits while it is coming up or going down. */
async function findRunning(folder: DataFolder): Promise<string | undefined> {
  const until = Date.now() + 15_000;
  for (;;) {
    const found = readPidFile(folder);
    if (found === undefined || !isServerOf(folder, found.pid)) return undefined;
    if (found.status === 'ready') {
      if (await answers(found.socketFolder, folder)) return found.socketFolder;
      // One that was killed is still listed for a moment, with a file that calls it ready.
      if (Date.now() > until) throw silent(found.pid);
    }
    await pause(20);
  }
}

const silent = (pid: number): Obstacle =>
  new Obstacle(
    `PostgreSQL این پوشه در حال اجراست (فرایند ${pid}) ولی پاسخ نمی‌دهد.`,
    `The PostgreSQL of this folder is running (process ${pid}) but does not answer.`,
  );

async function answers(socketFolder: string, folder: DataFolder): Promise<boolean> {
  const client = new Client({
    ...onSocket(socketFolder, clusterOwner, 'postgres'),
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === pgdata(folder);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function startServer(options: ClusterOptions): Promise<string> {
  const { folder } = options;
  const binaries = findBinaries(options.root, folder);
  if (!existsSync(pgdata(folder))) await makeData(options, binaries);
  checkMajor(folder, binaries);
  const socketFolder = findSocketFolder(folder);
  const until = Date.now() + 15_000;
  for (;;) {
    const complaint = await launch(options, binaries, socketFolder);
    if (complaint === undefined) return socketFolder;
    // After a kill -9 of the server its sessions need a moment to notice; until then the memory is theirs.
    const dying = /pre-existing shared memory block|shared memory segment/.test(complaint);
    if (!dying || Date.now() > until) {
      throw new Obstacle(
        `PostgreSQL آغاز نشد (گزارش: ${inside(folder, 'postgres.log')}): ${complaint}`,
        `PostgreSQL did not start (log: ${inside(folder, 'postgres.log')}): ${complaint}`,
      );
    }
    await pause(200);
  }
}

/** Made beside its place and moved there when it is whole: a killed first start leaves nothing half made. */
async function makeData({ folder, durable }: ClusterOptions, binaries: Binaries): Promise<void> {
  const making = inside(folder, 'pg.making');
  rmSync(making, { recursive: true, force: true });
  // C for the system's locale, because a bare Debian has no other; order and case are ICU's, in Persian.
  const locale = ['--no-locale', '--locale-provider=icu', '--icu-locale=fa-IR'];
  const doors = ['--auth-local=trust', '--auth-host=reject'];
  const words = ['-D', making, '-U', clusterOwner, '-E', 'UTF8', ...locale, ...doors];
  const initdb = spawn(binaries.initdb, durable ? words : [...words, '--no-sync'], {
    ...asAccount(folder.account),
    cwd: folder.path,
    env: surroundings(),
    // Ctrl-C at the terminal is for us: we finish this step and then stop.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const complaints: Buffer[] = [];
  initdb.stderr.on('data', (part: Buffer) => complaints.push(part));
  const code = await new Promise((resolve, reject) => {
    initdb.on('error', reject);
    initdb.on('close', resolve);
  });
  if (code !== 0) {
    const complaint = Buffer.concat(complaints).toString('utf8').trim();
    throw new Obstacle(`پایگاه داده ساخته نشد: ${complaint}`, `The database could not be made: ${complaint}`);
  }
  renameSync(making, pgdata(folder));
}

function checkMajor(folder: DataFolder, binaries: Binaries): void {
  const major = readFileSync(join(pgdata(folder), 'PG_VERSION'), 'utf8').trim();
  if (major === String(binaries.major)) return;
  throw new Obstacle(
    `داده‌های «${folder.path}» از PostgreSQL ${major} است و این برنامه ${binaries.major} دارد.`,
    `The data in "${folder.path}" are of PostgreSQL ${major}, and this program brings ${binaries.major}.`,
  );
}

/** Nothing of the caller's surroundings (PGDATA, LANG, LD_PRELOAD …) reaches the server. */
const surroundings = (more: Record<string, string> = {}): Record<string, string> => ({
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...more,
});

/** The address of a socket ends at 107 bytes on Linux and 103 on macOS, and the file's own name takes 14. */
const longestFolder = 88;

function findSocketFolder(folder: DataFolder): string {
  const near = inside(folder, 'socket');
  if (Buffer.byteLength(near) <= longestFolder) return makePrivateFolder(near, folder.account);
  const hash = createHash('sha256').update(folder.path).digest('hex').slice(0, 12);
  const far = `/tmp/karsaz-${folder.account?.uid ?? process.getuid?.()}-${hash}`;
  if (!existsSync(far)) makePrivateFolder(far, folder.account);
  if (isPrivateTo(far, folder.account)) return far;
  // Somebody else made a folder of that name: take one that nobody could foresee. Others read it back from
  // postmaster.pid.
  return makePrivateFolder(mkdtempSync('/tmp/karsaz-'), folder.account);
}

/** Starts the server once and waits until it is ready; gives back its last words when it ended instead. */
async function launch(
  options: ClusterOptions,
  binaries: Binaries,
  socketFolder: string,
): Promise<string | undefined> {
  const { folder, durable } = options;
  const stale = readPidFile(folder)?.pid ?? 0;
  const log = openLogFile(folder);
  const start = statSync(log.path).size;
  const server = spawn(binaries.postgres, ['-D', pgdata(folder), ...settings(socketFolder, durable)], {
    ...asAccount(folder.account),
    cwd: folder.path,
    // A session of its own: Ctrl-C at the terminal is for us, and we stop it when the last one has left.
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
    // A pid file of before a restart of the machine may name a number that now belongs to another program, and
    // PostgreSQL would then not start. A number that it takes for its grandparent's counts as stale, while
    // its second fence, the shared memory block, stays up.
    env: surroundings(stale > 0 ? { PG_GRANDPARENT_PID: String(stale) } : {}),
  });
  closeSync(log.descriptor);
  const end: { reason?: string } = {};
  server.on('error', (error) => (end.reason = reasonOf(error)));
  server.on('exit', (code, signal) => (end.reason ??= `ended with ${code ?? signal}`));
  while (end.reason === undefined) {
    const found = readPidFile(folder);
    if (found?.pid === server.pid && found?.status === 'ready') {
      server.unref();
      return undefined;
    }
    await pause(10);
  }
  return readFileSync(log.path).subarray(start).toString('utf8').trim() || end.reason;
}

function settings(socketFolder: string, durable: boolean): string[] {
  const pairs = {
    listen_addresses: '',
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    port: '5432',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    shared_buffers: `${sharedMegabytes()}MB`,
    wal_buffers: '16MB',
    ...(durable
      ? { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }
      : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', autovacuum: 'off' }),
  };
  return Object.entries(pairs).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * An eighth of the memory, at most a gigabyte. PostgreSQL's own 128 MB are less than the indexes of a hundred
 * thousand persons, and a list of them then waits for pages to be written out. What is not used costs nothing.
 */
const sharedMegabytes = (): number => Math.min(1024, Math.max(128, Math.floor(totalmem() / 8 / 2 ** 20)));

const mostLogBytes = 10_000_000;

function openLogFile(folder: DataFolder): { path: string; descriptor: number } {
  const path = inside(folder, 'postgres.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > mostLogBytes) renameSync(path, `${path}.before`);
  return { path, descriptor: openSync(path, 'a', 0o600) };
}

/** A fast shutdown: open transactions are rolled back, everything acknowledged is on the disk. */
async function stopServer(folder: DataFolder): Promise<void> {
  const found = readPidFile(folder);
  if (found === undefined || !isServerOf(folder, found.pid)) return;
  process.kill(found.pid, 'SIGINT');
  const until = Date.now() + 60_000;
  while (isServerOf(folder, found.pid)) {
    if (Date.now() > until) {
      throw new Obstacle(
        `PostgreSQL (فرایند ${found.pid}) پس از ۶۰ ثانیه بسته نشد.`,
        `PostgreSQL (process ${found.pid}) did not stop within 60 seconds.`,
      );
    }
    await pause(10);
  }
  if (found.socketFolder.startsWith('/tmp/')) rmSync(found.socketFolder, { recursive: true, force: true });
}
