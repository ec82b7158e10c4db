import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { restoreBackup, thinOut } from './backup.ts';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { openServer, ownerRole } from './installation.ts';

const box = mkdtempSync('/tmp/karsaz-backup-');
chmodSync(box, 0o711);
afterAll(() => rmSync(box, { recursive: true, force: true }));

const configOf = (name: string) => readConfig({ KARSAZ_DATA: join(box, name) });

test('what was acknowledged before the end of a backup under load stands in the restored copy', async () => {
  const server = await openServer(configOf('data'));
  const path = join(box, 'hot.tar.zst');
  const acknowledged: { readonly id: number; readonly at: number }[] = [];
  const backup = await server.alone(async () => {
    const owner = server.open(ownerRole);
    await sql`create schema if not exists trial`.execute(owner);
    await sql`create table trial.note (id integer primary key, text text)`.execute(owner);
    let next = 0;
    const ending = new AbortController();
    const writer = async (): Promise<void> => {
      while (!ending.signal.aborted) {
        const id = (next += 1);
        await sql`insert into trial.note values (${id}, ${'x'.repeat(2_000)})`.execute(owner);
        acknowledged.push({ id, at: Date.now() });
      }
    };
    const writers = [writer(), writer(), writer(), writer()];
    while (acknowledged.length < 200) await new Promise((resolve) => setTimeout(resolve, 10));
    const made = await server.backUp(path, systemClock);
    ending.abort();
    await Promise.all(writers);
    await owner.destroy();
    return made;
  });
  await expect(server.backUp(path, systemClock)).rejects.toThrow('is not written over');
  await server.close();
  expect(readdirSync(box).filter((name) => name.includes('making'))).toEqual([]);

  const before = acknowledged.filter(({ at }) => at < backup.madeAt.getTime()).map(({ id }) => id);
  expect(before.length).toBeGreaterThan(200);
  await restoreBackup(path, join(box, 'copy'));
  const copy = await openServer(configOf('copy'));
  const owner = copy.open(ownerRole);
  const { rows } = await sql<{ id: number }>`select id from trial.note`.execute(owner);
  const there = new Set(rows.map(({ id }) => id));
  expect(before.filter((id) => !there.has(id))).toEqual([]);
  await owner.destroy();
  await copy.close();
  expect(existsSync(join(box, 'copy', 'pg', 'backup_label'))).toBe(false);

  await expect(restoreBackup(path, join(box, 'copy'))).rejects.toThrow('is not empty');
  const whole = readFileSync(path);
  for (const [name, bytes] of [
    ['cut', whole.subarray(0, whole.length - 1_000)],
    ['flipped', Buffer.from(whole.map((byte, at) => (at === 20_000 ? byte ^ 1 : byte)))],
    ['nothing', Buffer.from('no backup')],
  ] as const) {
    writeFileSync(join(box, name), bytes);
    await expect(restoreBackup(join(box, name), join(box, `${name}-data`))).rejects.toThrow('damaged');
    expect(readdirSync(join(box, `${name}-data`))).toEqual([]);
  }
}, 60_000);

test('only our own older backups go, and the newest stay', () => {
  const folder = mkdtempSync(join(box, 'kept-'));
  const names = ['01', '02', '03', '04'].map((day) => `karsaz-2026-11-${day}T020000Z.tar.zst`);
  for (const name of [...names, 'another.tar.zst']) writeFileSync(join(folder, name), '');
  expect(thinOut(folder, 2)).toEqual(names.slice(0, 2).map((name) => join(folder, name)));
  expect(readdirSync(folder).sort()).toEqual(['another.tar.zst', ...names.slice(2)].sort());
  expect(thinOut(folder, 2)).toEqual([]);
});
