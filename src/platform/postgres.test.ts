import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, expect, test } from 'vitest';
import { root } from './config.ts';
import { inside, settleDataFolder, type DataFolder } from './datafolder.ts';
import { clusterOwner, onSocket, openCluster, type Cluster } from './postgres.ts';

// Each test makes a server of its own: what is tested is how it comes up and goes down.

const box = mkdtempSync('/tmp/karsaz-supervisor-');
chmodSync(box, 0o711);
const folders: DataFolder[] = [];
afterAll(() => {
  // A test that failed may have left its server; its own number is in its pid file.
  const left = folders.filter((folder) => existsSync(pidFile(folder))).map(serverOf);
  for (const pid of left.filter(lives)) process.kill(pid, 'SIGQUIT');
  rmSync(box, { recursive: true, force: true });
});

function newFolder(...under: string[]): DataFolder {
  const folder = settleDataFolder(join(box, String(folders.length), ...under));
  folders.push(folder);
  return folder;
}
const open = (folder: DataFolder): Promise<Cluster> => openCluster({ root, folder, durable: false });

async function ask(cluster: Cluster, statement: string): Promise<unknown> {
  const client = new Client(onSocket(cluster.socketFolder, clusterOwner, 'postgres'));
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(statement);
  await client.end();
  return Object.values(rows[0] ?? {})[0];
}

const pidFile = (folder: DataFolder): string => inside(folder, 'pg', 'postmaster.pid');
const serverOf = (folder: DataFolder): number => Number.parseInt(readFileSync(pidFile(folder), 'utf8'), 10);

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Another process that opens the same folder, says so, and then does as it is told. */
async function openElsewhere(folder: DataFolder): Promise<ChildProcess> {
  const script = `
    import { openCluster } from './src/platform/postgres.ts';
    const cluster = await openCluster(${JSON.stringify({ root, folder, durable: false })});
    process.send(cluster.attached ? 'attached' : 'started');
    process.on('message', () => void cluster.leave().then(() => process.exit()));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise((resolve) => child.once('message', resolve));
  return child;
}

const ended = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('exit', resolve));

test('starts a server that only its account can reach, and stops it when the last one leaves', async () => {
  const folder = newFolder();
  const cluster = await open(folder);
  expect(cluster.attached).toBe(false);
  expect(await ask(cluster, 'show listen_addresses')).toBe('');
  expect(await ask(cluster, 'select datlocale from pg_database where datname = current_database()')).toBe(
    'fa-IR',
  );
  expect(statSync(cluster.socketFolder).mode & 0o777).toBe(0o700);
  expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  expect(await cluster.leave()).toBe(true);
  expect(cluster.isAlive()).toBe(false);
  expect(existsSync(pidFile(folder))).toBe(false);
});

test('syncs to the disk unless it is a test server', async () => {
  const folder = newFolder();
  const cluster = await openCluster({ root, folder, durable: true });
  const settings = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'];
  for (const setting of settings) expect(await ask(cluster, `show ${setting}`)).toBe('on');
  await cluster.leave();
});

test('a second process attaches, and the server stays until both have left', async () => {
  const folder = newFolder();
  const cluster = await open(folder);
  const other = await openElsewhere(folder);
  expect(await cluster.leave()).toBe(false);
  expect(cluster.isAlive()).toBe(true);
  other.send('leave');
  await ended(other);
  expect(cluster.isAlive()).toBe(false);
});

test('two that start at once share one server', async () => {
  const folder = newFolder();
  const both = await Promise.all([open(folder), open(folder)]);
  expect(both.filter(({ attached }) => attached)).toHaveLength(1);
  expect(await Promise.all(both.map(({ leave }) => leave()))).toContain(true);
  expect(both[0].isAlive()).toBe(false);
});

test('attaches to the server of a process that was killed, and is then the last one', async () => {
  const folder = newFolder();
  const other = await openElsewhere(folder);
  other.kill('SIGKILL');
  await ended(other);
  const cluster = await open(folder);
  expect(cluster.attached).toBe(true);
  expect(await cluster.leave()).toBe(true);
  expect(cluster.isAlive()).toBe(false);
});

test('starts again after a kill of the process and of its server', async () => {
  const folder = newFolder();
  const other = await openElsewhere(folder);
  const server = serverOf(folder);
  other.kill('SIGKILL');
  process.kill(server, 'SIGKILL');
  await ended(other);
  const cluster = await open(folder);
  expect(cluster.attached).toBe(false);
  expect(await ask(cluster, 'select 1')).toBe(1);
  await cluster.leave();
});

test('starts although the pid file of before names a living process of another program', async () => {
  const folder = newFolder();
  await (await open(folder)).leave();
  // As after a restart of the machine: the number belongs to a process of the same account.
  const account = folder.account === null ? {} : { uid: folder.account.uid, gid: folder.account.gid };
  const stranger = spawn('/bin/sleep', ['60'], { ...account, cwd: '/' });
  const text = `${stranger.pid}\n${inside(folder, 'pg')}\n1\n5432\n${inside(folder, 'socket')}\n\n1 1\nready   \n`;
  writeFileSync(pidFile(folder), text);
  if (folder.account !== null) spawnSync('chown', [String(folder.account.uid), pidFile(folder)]);
  const cluster = await open(folder);
  expect(cluster.attached).toBe(false);
  await cluster.leave();
  stranger.kill();
  await ended(stranger);
});

test('does not start twice on a folder whose user it cannot see the server of', async () => {
  const folder = newFolder();
  const other = await openElsewhere(folder);
  const server = serverOf(folder);
  process.kill(server, 'SIGKILL');
  // As in another container: the folder is in use, the server is not to be seen.
  while (lives(server)) await pause(10);
  await expect(open(folder)).rejects.toThrow('cannot be seen from here');
  other.kill('SIGKILL');
  await ended(other);
  await (await open(folder)).leave();
});

test('a first start that was cut short is begun again', async () => {
  const folder = newFolder();
  writeFileSync(inside(folder, 'lock'), '');
  spawnSync('mkdir', [inside(folder, 'pg.making')]);
  writeFileSync(inside(folder, 'pg.making', 'half'), 'made');
  const cluster = await open(folder);
  expect(await ask(cluster, 'select 1')).toBe(1);
  expect(existsSync(inside(folder, 'pg.making'))).toBe(false);
  await cluster.leave();
});

test('lives in a path with spaces, an apostrophe and a comma', async () => {
  const cluster = await open(newFolder(`it's a, b`));
  expect(await ask(cluster, 'select 1')).toBe(1);
  expect(await cluster.leave()).toBe(true);
});

test('puts the socket of a very long path into a closed temporary folder and removes it', async () => {
  const folder = newFolder('long'.repeat(30), 'path'.repeat(20));
  expect(Buffer.byteLength(folder.path)).toBeGreaterThan(180);
  const cluster = await open(folder);
  expect(cluster.socketFolder).toMatch(/^\/tmp\/karsaz-/);
  expect(statSync(cluster.socketFolder).mode & 0o777).toBe(0o700);
  expect(await ask(cluster, 'select 1')).toBe(1);
  const other = await openElsewhere(folder);
  expect(await cluster.leave()).toBe(false);
  other.send('leave');
  await ended(other);
  expect(existsSync(cluster.socketFolder)).toBe(false);
});

test('does not use a temporary folder that somebody else has planted', async () => {
  const folder = newFolder('long'.repeat(30));
  const first = await open(folder);
  const planted = first.socketFolder;
  await first.leave();
  spawnSync('mkdir', ['-m', '777', planted]);
  const cluster = await open(folder);
  expect(cluster.socketFolder).not.toBe(planted);
  expect(await ask(cluster, 'select 1')).toBe(1);
  await cluster.leave();
  rmSync(planted, { recursive: true });
});

test('refuses a folder that holds something else, and leaves it as it was', () => {
  const path = mkdtempSync(join(box, 'full-'));
  chmodSync(path, 0o755);
  writeFileSync(join(path, 'letter.txt'), 'not ours');
  const before = statSync(path);
  expect(() => settleDataFolder(path)).toThrow('neither empty nor a data folder');
  expect(statSync(path).uid).toBe(before.uid);
  expect(statSync(path).mode).toBe(before.mode);
});

test.runIf(process.getuid?.() === 0)(
  'as root, keeps the data of a closed home where the account can reach them',
  () => {
    const home = mkdtempSync(join(box, 'home-'));
    const folder = settleDataFolder(join(home, 'var'));
    expect(folder.path).toMatch(/^\/var\/lib\/karsaz\/[0-9a-f]{12}$/);
    expect(folder.movedFrom).toBe(join(home, 'var'));
    expect(folder.account?.uid).not.toBe(0);
    expect(settleDataFolder(join(home, 'var')).path).toBe(folder.path);
    rmSync(folder.path, { recursive: true });
  },
);

test.runIf(process.getuid?.() === 0)('as root, runs under the owner of the folder above', () => {
  const home = mkdtempSync(join(box, 'home-'));
  spawnSync('chown', ['12345:12346', home]);
  const folder = settleDataFolder(join(home, 'project', 'var'));
  expect(folder.account).toMatchObject({ uid: 12_345, gid: 12_346 });
  expect(statSync(folder.path).uid).toBe(12_345);
});
