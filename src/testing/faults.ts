import { readFileSync, mkdirSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { inside } from '#platform/datafolder.ts';
import type { Trial } from './trial.ts';

/** What a fault does to a commit: the order never reaches the server, or its answer never comes back. */
export type Cut = 'before' | 'after' | 'none';

/** A server that is reached through a door of ours, which cuts connections at commits, and that can be killed. */
export type Faulty = {
  /** Connect here. */
  readonly socketFolder: string;
  /** Ends the server's first process as a power cut would, and starts it again. */
  readonly kill: () => Promise<void>;
  readonly counts: () => { readonly before: number; readonly after: number; readonly kills: number };
  readonly close: () => Promise<void>;
};

const commitMessage = 'commit\0';

/** `cutNext` decides at each commit. */
export async function openFaulty(trial: Trial, cutNext: () => Cut): Promise<Faulty> {
  const counts = { before: 0, after: 0, kills: 0 };
  const socketFolder = join(dirname(trial.folder.path), 'door');
  mkdirSync(socketFolder, { recursive: true });
  const sockets = new Set<Socket>();
  const door = createServer((client) => {
    const server = connect(join(trial.socketFolder, '.s.PGSQL.5432'));
    passBoth(client, server, { cutNext, counts });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
  });
  await new Promise<void>((resolve) => door.listen(join(socketFolder, '.s.PGSQL.5432'), resolve));
  return {
    socketFolder,
    counts: () => counts,
    kill: async () => {
      const pid = Number.parseInt(readFileSync(inside(trial.folder, 'pg', 'postmaster.pid'), 'utf8'), 10);
      process.kill(pid, 'SIGKILL');
      counts.kills += 1;
      await trial.revive();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => door.close(resolve));
    },
  };
}

type Passage = { readonly cutNext: () => Cut; readonly counts: { before: number; after: number } };

/** Passes bytes both ways until one end is gone or a commit is cut. */
function passBoth(client: Socket, server: Socket, { cutNext, counts }: Passage): void {
  let deaf = false;
  const end = (): void => {
    client.destroy();
    server.destroy();
  };
  client.on('data', (chunk) => {
    const cut = Buffer.from(chunk).includes(commitMessage) ? cutNext() : 'none';
    if (cut === 'before') {
      counts.before += 1;
      return end();
    }
    if (cut === 'after') deaf = true;
    server.write(chunk);
  });
  server.on('data', (chunk) => {
    if (!deaf) return void client.write(chunk);
    counts.after += 1;
    end();
  });
  for (const socket of [client, server]) socket.on('error', end).on('close', end);
}
