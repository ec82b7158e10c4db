import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rooms } from '#map.ts';
import { root } from '#platform/config.ts';
import { openDatabase } from '#platform/db.ts';
import { ownerRole } from '#platform/installation.ts';
import { listMigrations } from '#platform/migrate.ts';
import { onSocket } from '#platform/postgres.ts';
import { schemaOf } from '#platform/schema.ts';
import {
  judgedAcross,
  learntComments,
  printedTotals,
  totalsIn,
  totalsOf,
  writeWeights,
} from './moderation.ts';
import { drawSharing } from './sharing.ts';
import { soak } from './soak.ts';
import { openTrial, template } from './trial.ts';

// The commands of a developer: `npm run schema`, `npm run new:migration ROOM verb_noun`, `npm run soak [FIRST [RUNS]]`,
// `npm run moderation [FILE]`, `npm run sharing`.

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

/** Fifty faulted runs, from seeds one after another; a run that breaks a law is repeated by its seed. */
async function runSoak(first = '1', runs = '50'): Promise<void> {
  const seeds = Array.from(
    { length: Number.parseInt(runs, 10) },
    (_, run) => Number.parseInt(first, 10) + run,
  );
  const began = Date.now();
  let done = 0;
  for await (const report of soak(seeds)) {
    done += 1;
    console.log(JSON.stringify(report));
  }
  console.log(`${done} runs, no law broken, ${Math.round((Date.now() - began) / 1000)} s`);
}

/** Learns the weights anew and says how well; with a labelled file, only the totals that they reach on it. */
function learnModeration(file: string | undefined): void {
  if (file === undefined) writeWeights();
  console.log(printedTotals(file === undefined ? totalsOf(judgedAcross(learntComments())) : totalsIn(file)));
}

const [command, ...args] = process.argv.slice(2);
if (command === 'schema') await writeSchema();
else if (command === 'soak') await runSoak(args[0], args[1]);
else if (command === 'new:migration') addMigration(args[0], args[1]);
else if (command === 'moderation') learnModeration(args[0]);
else if (command === 'sharing') await drawSharing();
else throw new Error(`no such command: ${command}`);
