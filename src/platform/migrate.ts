import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Migrator, sql, type Migration } from 'kysely';
import { assert, must } from '#kernel/result.ts';
import type { Database } from './db.ts';

export type MigrationFile = { readonly number: string; readonly name: string; readonly path: string };

/**
 * The numbered files of `src/platform/migrations` and of every room, in the order of their numbers. Numbers
 * are counted over the whole house: two files with one number are an error that names both.
 */
export function listMigrations(root: string, rooms: readonly string[]): MigrationFile[] {
  const files = ['platform', ...rooms].flatMap((room) => listRoom(join(root, 'src', room, 'migrations')));
  const byNumber = new Map<string, MigrationFile>();
  for (const file of files) {
    const other = byNumber.get(file.number);
    assert(
      other === undefined,
      `two migrations are numbered ${file.number}: ${other?.path} and ${file.path}`,
    );
    byNumber.set(file.number, file);
  }
  return files.sort((a, b) => (a.number < b.number ? -1 : 1));
}

function listRoom(folder: string): MigrationFile[] {
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  } catch {
    return [];
  }
  return names.map((name) => {
    const number = /^(\d{4})_[a-z0-9]+(?:_[a-z0-9]+)+\.sql$/.exec(name)?.[1];
    return {
      number: must(number, `${join(folder, name)} is not named NNNN_verb_noun.sql`),
      name: name.slice(0, -'.sql'.length),
      path: join(folder, name),
    };
  });
}

/**
 * Runs what has not run yet, all in one transaction, as `karsaz_owner`. Gives back the names of what ran.
 * `db` must be open as that role.
 */
export async function migrate(db: Database, files: readonly MigrationFile[]): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(Object.fromEntries(files.map(readMigration))) },
    migrationTableSchema: 'platform',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
    // A room built later may take a free number below what has run already: its file names only what stands.
    allowUnorderedMigrations: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find(({ status }) => status === 'Error');
    throw new Error(`migration ${failed?.migrationName ?? ''} failed`, { cause: error });
  }
  return (results ?? []).map(({ migrationName }) => migrationName);
}

function readMigration(file: MigrationFile): [string, Migration] {
  return [file.name, { up: async (tx) => void (await sql.raw(readFileSync(file.path, 'utf8')).execute(tx)) }];
}
