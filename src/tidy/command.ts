import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rooms } from '#map.ts';
import { draftRoom, markBuilt, withoutBrackets } from './draft.ts';

// Two commands of a developer: `npm run check` and `npm run new:room NAME`.

const root = resolve(import.meta.dirname, '..', '..');

/** In this order because the cheap ones fail first. Each is a script of package.json and runs alone as well. */
const steps = ['format:check', 'typecheck', 'lint', 'tidy', 'unused', 'test:house', 'test:browser'];

/** Runs every step, stops at the first that fails, and says how long each took. */
function check(): number {
  const took: string[] = [];
  for (const step of steps) {
    const start = performance.now();
    const { status } = spawnSync('npm', ['run', '--silent', step], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    took.push(`${step.padEnd(14)}${String(seconds).padStart(7)} s`);
    if (status === 0) continue;
    console.error(`\n${took.join('\n')}\n\n${step} failed. Alone: npm run ${step}`);
    return 1;
  }
  console.log(`\n${took.join('\n')}`);
  return 0;
}

/** Writes the first files of a planned room and marks it built in the map. */
function newRoom(name: string | undefined): number {
  const planned = rooms.filter(({ built }) => !built);
  const room = planned.find((candidate) => candidate.name === name);
  const mapPath = join(root, 'src', 'map.ts');
  const map = room && markBuilt(readFileSync(mapPath, 'utf8'), room.name);
  if (room === undefined || map === undefined) {
    console.error(`npm run new:room NAME, one of: ${planned.map((one) => one.name).join(', ')}.`);
    console.error('Another room first gets its row in src/map.ts, in its place in the building order.');
    return 2;
  }
  for (const { path, text } of draftRoom(room)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (existsSync(join(root, path))) continue;
    writeFileSync(join(root, path), text);
    console.log(path);
  }
  writeFileSync(mapPath, map);
  const paper = join(root, 'ARCHITECTURE.md');
  writeFileSync(paper, withoutBrackets(readFileSync(paper, 'utf8'), room));
  spawnSync('oxfmt', [join('src', room.name)], { cwd: root, shell: process.platform === 'win32' });
  return 0;
}

const [command, name] = process.argv.slice(2);
if (command === 'check') process.exitCode = check();
else if (command === 'new:room') process.exitCode = newRoom(name);
else throw new Error(`no such command: ${command}`);
