import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '#platform/config.ts';

// The command line as a user has it: start.mjs, processes, signals, exit codes.

const box = mkdtempSync('/tmp/karsaz-main-');
chmodSync(box, 0o711);
afterAll(() => rmSync(box, { recursive: true, force: true }));

type Run = {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly code: Promise<number | null>;
};

function karsaz(words: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(process.execPath, [join(root, 'start.mjs'), ...words], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', KARSAZ_DATA: join(box, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (text += part.toString('utf8')));
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said: () => text, code };
}

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { server, port: address.port };
}

async function freePort(): Promise<string> {
  const { server, port } = await listen();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** Asks until there is an answer; a connection that is refused is none yet. */
async function health(port: string, { code }: Run): Promise<number> {
  let ended = false;
  void code.then(() => (ended = true));
  for (;;) {
    try {
      return (await fetch(`http://127.0.0.1:${port}/health`)).status;
    } catch {
      if (ended) return 0;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const serverRuns = (): boolean => existsSync(join(box, 'data', 'pg', 'postmaster.pid'));

test.for(['SIGTERM', 'SIGINT'] as const)(
  'starts, answers, and stops cleanly on %s',
  { timeout: 60_000 },
  async (signal) => {
    const port = await freePort();
    const run = karsaz(['start', '--empty'], { KARSAZ_PORT: port });
    expect(await health(port, run), run.said()).toBe(200);
    expect(serverRuns()).toBe(true);
    run.child.kill(signal);
    expect(await run.code, run.said()).toBe(0);
    expect(run.said()).toContain(`http://127.0.0.1:${port}/`);
    expect(serverRuns()).toBe(false);
  },
);

test('names the taken port, and starts nothing', async () => {
  const { server, port } = await listen();
  const run = karsaz(['start', '--empty'], { KARSAZ_PORT: String(port) });
  expect(await run.code).toBe(1);
  expect(run.said()).toContain(`Port ${port} is taken`);
  expect(run.said()).toContain('KARSAZ_PORT=');
  expect(serverRuns()).toBe(false);
  server.close();
});

test.for([
  [['nonsense'], 2, 'There is no command "nonsense"'],
  [['simulate'], 2, 'There is no command "simulate"'],
  [['verify', 'all'], 2, 'Usage: karsaz verify'],
  [['verify', '--heads', 'nowhere.jsonl'], 1, 'cannot be read'],
  [['verify', '--heads', '/dev/null'], 1, 'holds no head'],
  [['backup', 'a', 'b'], 2, 'Usage: karsaz backup'],
  [['restore'], 2, 'Usage: karsaz restore'],
  [['restore', 'nowhere.zst', '--to', '/tmp/karsaz-nowhere'], 1, 'There is no backup'],
  [['start', '--what'], 2, 'Wrong option'],
  [['start', '--empty', '--demo'], 2, 'exclude each other'],
  [['start', '--port', '99999'], 1, 'is not a port'],
  [['figures'], 2, 'Usage: karsaz figures'],
  [['figures', 'nowhere.txt'], 1, 'cannot be read'],
  [['help'], 0, 'KARSAZ_PORT'],
  [['--version'], 0, '0.'],
] as const)('%s ends with %i', async ([words, code, says]) => {
  const run = karsaz(words);
  expect(await run.code).toBe(code);
  expect(run.said()).toContain(says);
  expect(run.said()).not.toContain('    at ');
});

test('keeps the demonstration out of DATABASE_URL unless it is asked for', async () => {
  const run = karsaz(['demo'], { DATABASE_URL: 'postgresql://localhost:1/nothing' });
  expect(await run.code).toBe(2);
  expect(run.said()).toContain('only with --demo');
});

test.for([['backup'], ['restore', 'a-file']])('leaves %s of DATABASE_URL to its own tools', async (words) => {
  const run = karsaz(words, { DATABASE_URL: 'postgresql://localhost:1/nothing' });
  expect(await run.code).toBe(2);
  expect(run.said()).toContain('with its own tools');
});

test('backs up while it serves, restores elsewhere, and verifies both', { timeout: 90_000 }, async () => {
  const port = await freePort();
  const serving = karsaz(['start', '--empty'], { KARSAZ_PORT: port });
  expect(await health(port, serving), serving.said()).toBe(200);
  const file = join(box, 'hot.tar.zst');
  const verified = karsaz(['verify']);
  expect(await verified.code, verified.said()).toBe(0);
  expect(verified.said()).toContain('everything is right');
  const backup = karsaz(['backup', file]);
  expect(await backup.code, backup.said()).toBe(0);
  serving.child.kill('SIGTERM');
  expect(await serving.code, serving.said()).toBe(0);
  const elsewhere = join(box, 'elsewhere');
  const restored = karsaz(['restore', file, '--to', elsewhere]);
  expect(await restored.code, restored.said()).toBe(0);
  expect(restored.said()).toContain('the sealing key is no part of a backup');
  const kept = join(box, 'heads.jsonl');
  writeFileSync(kept, `${JSON.stringify({ provinceId: 5, number: '1', head: '0'.repeat(64) })}\n`);
  const copy = karsaz(['verify'], { KARSAZ_DATA: elsewhere });
  expect(await copy.code, copy.said()).toBe(0);
  const against = karsaz(['verify', '--heads', kept], { KARSAZ_DATA: elsewhere });
  expect(await against.code, against.said()).toBe(1);
  expect(against.said()).toContain('ledger.seal, province 5: seal 1 is missing');
  expect(against.said()).toContain('1 kept heads were compared');
});
