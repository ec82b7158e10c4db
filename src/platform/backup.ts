import {
  chownSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { sql } from 'kysely';
import { Client } from 'pg';
import { newId } from '#kernel/id.ts';
import { assert, must } from '#kernel/result.ts';
import type { Clock } from './clock.ts';
import { inside, settleDataFolder, type DataFolder } from './datafolder.ts';
import type { Database } from './db.ts';
import { Obstacle, codeOf, reasonOf } from './obstacle.ts';
import { clusterOwner, onSocket } from './postgres.ts';
import { TarWriter, unpack } from './tar.ts';

/**
 * A backup is one file: the data folder of the embedded server as it was copied while others went on writing,
 * with the log of that time, packed by tar and zstd. Started on a copy, the server plays the log and stands as at
 * the end of the backup: whatever was acknowledged before that is in it.
 */
export type BackupFile = {
  readonly path: string;
  readonly byteCount: number;
  /** Everything acknowledged up to this instant is in it. */
  readonly madeAt: Date;
};

const labelName = 'backup_label';
const descriptionName = 'karsaz-backup.json';
/** The last entry: without it the file was cut short. */
const endName = 'karsaz-backup.end';

type Backing = {
  readonly folder: DataFolder;
  readonly socketFolder: string;
  readonly path: string;
  readonly clock: Clock;
};

/** Copies the running server of a data folder into a new file. */
export async function writeBackup({ folder, socketFolder, path, clock }: Backing): Promise<BackupFile> {
  if (existsSync(path)) throw taken(path);
  const making = `${path}.making-${process.pid}`;
  const client = new Client(onSocket(socketFolder, clusterOwner, 'postgres'));
  client.on('error', () => {});
  await client.connect();
  try {
    mkdirSync(dirname(path), { recursive: true });
    const packing = createZstdCompress({
      params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
    });
    const written = pipeline(packing, createWriteStream(making, { mode: 0o600 }));
    // Told when it is awaited below; until then a failure must not end the process.
    written.catch(() => {});
    const packed = pack(client, new TarWriter(packing), { pgdata: inside(folder, 'pg'), clock });
    const madeAt = await Promise.race([packed, written.then(() => packed)]).catch((error: unknown) => {
      packing.destroy();
      throw error;
    });
    await written;
    sync(making);
    renameSync(making, path);
    sync(dirname(path));
    return { path, byteCount: statSync(path).size, madeAt };
  } catch (error) {
    rmSync(making, { force: true });
    const code = codeOf(error);
    if (error instanceof Obstacle || !['ENOSPC', 'EACCES', 'EROFS', 'ENOTDIR', 'EPERM'].includes(code ?? ''))
      throw error;
    throw new Obstacle(
      `پشتیبان در «${path}» نوشته نشد (${reasonOf(error)}).`,
      `The backup could not be written to "${path}" (${reasonOf(error)}).`,
    );
  } finally {
    await client.end();
  }
}

const taken = (path: string): Obstacle =>
  new Obstacle(`پروندهٔ «${path}» هست؛ روی آن نوشته نمی‌شود.`, `"${path}" exists and is not written over.`);

function sync(path: string): void {
  const opened = openSync(path, 'r');
  fsyncSync(opened);
  closeSync(opened);
}

type Packing = { readonly pgdata: string; readonly clock: Clock };

/**
 * The order matters: the server is told, the files are copied, the server tells what of its log belongs to the
 * copy, and that log is copied. A slot holds the log until then; it goes with the session.
 */
async function pack(client: Client, tar: TarWriter, { pgdata, clock }: Packing): Promise<Date> {
  const ask = async (statement: string): Promise<Record<string, string>> =>
    must((await client.query<Record<string, string>>(statement)).rows[0], 'an answer');
  const slot = `karsaz_backup_${process.pid}_${newId(clock.now().getTime()).slice(-12)}`;
  await ask(`select pg_create_physical_replication_slot('${slot}', true, true)::text as slot`);
  const start = await ask(`select pg_walfile_name(pg_backup_start('karsaz', true)) as file`);
  const version = readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim();
  const begun = { format: 1, postgres: version, begunAt: clock.now().toISOString() };
  await tar.text(descriptionName, JSON.stringify(begun));
  await packFolder(tar, pgdata, 'pg');
  const madeAt = clock.now();
  const stop = await ask(
    `select pg_walfile_name(lsn) as file, labelfile as label, spcmapfile as spaces from pg_backup_stop(false)`,
  );
  assert(stop['spaces'] === '', 'our server has no tablespaces elsewhere');
  await tar.text(`pg/${labelName}`, stop['label'] ?? '');
  const [first, last] = [start['file'] ?? '', stop['file'] ?? ''];
  const log = readdirSync(join(pgdata, 'pg_wal'))
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)
    .sort();
  assert(log[0] === first && log.at(-1) === last, `the log from ${first} to ${last} is there`);
  for (const name of log) {
    const path = join(pgdata, 'pg_wal', name);
    await tar.file(`pg/pg_wal/${name}`, path, statSync(path).size);
  }
  await tar.text(endName, '');
  await tar.end();
  return madeAt;
}

/** What a copy must not have, or what the server makes anew when it starts. */
const leftOut = new Set([
  'postmaster.pid',
  'postmaster.opts',
  labelName,
  'tablespace_map',
  'pg_internal.init',
  'current_logfiles',
  'postgresql.auto.conf.tmp',
]);
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);

async function packFolder(tar: TarWriter, path: string, name: string): Promise<void> {
  await tar.folder(name);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (leftOut.has(entry.name) || entry.name.startsWith('pgsql_tmp')) continue;
    const [from, to] = [join(path, entry.name), `${name}/${entry.name}`];
    if (entry.isDirectory() && name === 'pg' && emptied.has(entry.name)) {
      await tar.folder(to);
      if (entry.name === 'pg_wal') {
        await tar.folder(`${to}/archive_status`);
        await tar.folder(`${to}/summaries`);
      }
    } else if (entry.isDirectory()) await packFolder(tar, from, to);
    else if (entry.isFile()) await packFile(tar, from, to);
    else if (entry.isSymbolicLink())
      throw new Error(`${from} leads to ${readlinkSync(from)}: not in one folder`);
  }
}

/** A table that was dropped meanwhile takes its file along; the log knows of it. */
async function packFile(tar: TarWriter, path: string, name: string): Promise<void> {
  const found: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  try {
    await tar.file(name, path, found.size);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/**
 * Makes the data folder of a backup, in a folder that is empty or not there. The next start plays the log. A copy
 * that is only looked at need not survive a power cut: `passing`.
 */
export async function restoreBackup(path: string, wished: string, passing?: 'passing'): Promise<DataFolder> {
  if (!existsSync(path))
    throw new Obstacle(`پروندهٔ پشتیبان «${path}» نیست.`, `There is no backup "${path}".`);
  if (existsSync(wished) && readdirSync(wished).length > 0) throw notEmpty(wished);
  const folder = settleDataFolder(wished);
  if (readdirSync(folder.path).length > 0) throw notEmpty(folder.path);
  const making = inside(folder, 'pg.making');
  mkdirSync(making, { mode: 0o700 });
  const names = new Set<string>();
  try {
    const unpacking = createZstdDecompress();
    const reading = pipeline(createReadStream(path), unpacking);
    reading.catch(() => {});
    const { account } = folder;
    await unpack({
      source: unpacking,
      into: making,
      account,
      durable: passing === undefined,
      written: (name) => names.add(name),
    });
    await reading;
    if (!names.has(endName) || !names.has(`pg/${labelName}`)) throw new Error('it has no end');
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    throw new Obstacle(
      `«${basename(path)}» پشتیبان درستی نیست یا آسیب دیده است (${reasonOf(error)}).`,
      `"${basename(path)}" is no whole backup of Karsaz, or it is damaged (${reasonOf(error)}).`,
    );
  }
  renameSync(join(making, 'pg'), inside(folder, 'pg'));
  sync(folder.path);
  rmSync(making, { recursive: true, force: true });
  return folder;
}

const notEmpty = (path: string): Obstacle =>
  new Obstacle(
    `پوشهٔ «${path}» خالی نیست؛ بازگردانی تنها در پوشهٔ خالی انجام می‌شود.`,
    `The folder "${path}" is not empty; a backup is restored into an empty one only.`,
  );

/** A folder for a copy that is only looked at: beside the data, where its account can walk. */
export function makeTrialFolder(folder: DataFolder): { readonly path: string; readonly remove: () => void } {
  const box = mkdtempSync(inside(folder, 'trial-'));
  if (folder.account !== null) chownSync(box, folder.account.uid, folder.account.gid);
  return { path: join(box, 'data'), remove: () => rmSync(box, { recursive: true, force: true }) };
}

/** The name of a backup that nobody gave one: sorts by its instant, which is UTC. */
export const backupName = (at: Date): string =>
  `karsaz-${at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '')}.tar.zst`;

/** Deletes our own older backups of a folder but for the newest `keep`; gives back the paths that went. */
export function thinOut(folder: string, keep: number): string[] {
  const old = readdirSync(folder)
    .filter((name) => /^karsaz-\d{4}-\d{2}-\d{2}T\d{6}Z\.tar\.zst$/.test(name))
    .sort()
    .slice(0, -keep)
    .map((name) => resolve(folder, name));
  for (const path of old) rmSync(path);
  return old;
}

/** Writes down that a backup was made, and whether a copy restored from it was found right. */
export async function recordBackup(
  db: Database,
  { path, byteCount, madeAt, verifiedAt }: BackupFile & { readonly verifiedAt: Date | null },
): Promise<void> {
  await sql`
    insert into platform.backup (backup_id, made_at, path, byte_count, verified_at)
    values (${newId(madeAt.getTime())}, ${madeAt}, ${path}, ${byteCount}, ${verifiedAt})
  `.execute(db);
}

/** The instant of the newest backup that was found right; null when there is none. */
export async function findLastBackup(db: Database): Promise<Date | null> {
  const { rows } = await sql<{ made_at: Date | null }>`
    select max(made_at) as made_at from platform.backup where verified_at is not null
  `.execute(db);
  return rows[0]?.made_at ?? null;
}

export type KeptBackup = {
  readonly madeAt: Date;
  /** The name of the file; where it lies is the operator's business. */
  readonly name: string;
  readonly byteCount: bigint;
  readonly verifiedAt: Date | null;
};

/** The backups that were made, the newest first. */
export async function listBackups(db: Database, most: number): Promise<KeptBackup[]> {
  const { rows } = await sql<{ made_at: Date; path: string; byte_count: bigint; verified_at: Date | null }>`
    select made_at, path, byte_count, verified_at from platform.backup order by made_at desc limit ${most}
  `.execute(db);
  return rows.map((row) => ({
    madeAt: row.made_at,
    name: basename(row.path),
    byteCount: row.byte_count,
    verifiedAt: row.verified_at,
  }));
}
