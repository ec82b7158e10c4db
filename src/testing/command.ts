import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rooms } from '#map.ts';
import { root } from '#platform/config.ts';
import { openDatabase } from '#platform/db.ts';
import { ownerRole } from '#platform/installation.ts';
import { listMigrations } from '#platform/migrate.ts';
import { onSocket } from '#platform/postgres.ts';
import { schemaOf } from '#platform/schema.ts';
import { openTrial, template } from './trial.ts';

// The two commands of a developer, `npm run schema` and `npm run new:migration ROOM verb_noun`.

const names = rooms.map(({ name }) => name);

async function writeSchema(): Promise<void> {
  const trial = await openTrial();
  try {
    if (trial.complaint !== null) throw new Error(trial.complaint);
    const connection = onSocket(trial.socketFolder, ownerRole, template);
    const db = openDatabase({ connection, role: null, most: 1, name: 'karsaz-schema' });
    mkdirSync(join(root, 'docs'), { recursive: true });
    writeFileSync(join(root, 'docs', 'schema.sql'), await schemaOf(db));
    await db.destroy();
    console.log('docs/schema.sql');
  } finally {
    await trial.close();
  }
}

/** Makes an empty file with the next number of the whole house. */
function addMigration(room: string | undefined, name: string | undefined): void {
  const built = readdirSync(join(root, 'src'));
  const known = room === 'platform' || (room !== undefined && names.includes(room) && built.includes(room));
  if (!known || name === undefined || !/^[a-z0-9]+(?:_[a-z0-9]+)+$/.test(name)) {
    console.error('npm run new:migration ROOM verb_noun');
    process.exitCode = 2;
    return;
  }
  const last = listMigrations(root, names).at(-1)?.number ?? '0000';
  const number = String(Number.parseInt(last, 10) + 1).padStart(4, '0');
  const path = join('src', room, 'migrations', `${number}_${name}.sql`);
  mkdirSync(join(root, 'src', room, 'migrations'), { recursive: true });
  writeFileSync(join(root, path), `-- Why.\n`, { flag: 'wx' });
  console.log(path);
}

const [command, ...args] = process.argv.slice(2);
if (command === 'schema') await writeSchema();
else if (command === 'new:migration') addMigration(args[0], args[1]);
else throw new Error(`no such command: ${command}`);
