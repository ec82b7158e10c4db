import { chownSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import type { Account } from './datafolder.ts';
import { Obstacle } from './obstacle.ts';

// Several processes share one embedded server: `npm start`, and `npx karsaz check` beside it. Who starts it,
// and who is the last one out, is decided by locks of the operating system, which fall by themselves when
// their holder is killed. A list of process ids would have to guess whether an id was handed out again.
// Node has no lock on files; the SQLite inside it does, and takes exactly the two kinds that we need. Nothing
// is ever stored in these files.

export type Held = { readonly release: () => void };

/** Waits until nobody else holds `file` in any way, at most `seconds`. */
export async function holdAlone(file: string, account: Account, seconds: number): Promise<Held> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const held = tryAlone(file, account);
    if (held !== undefined) return held;
    if (Date.now() > until) {
      throw new Obstacle(
        `فرایند دیگری ${seconds} ثانیه است که پوشهٔ داده را در دست دارد (${file}).`,
        `Another process has been holding the data folder for ${seconds} seconds (${file}).`,
      );
    }
    await pause(25);
  }
}

export const tryAlone = (file: string, account: Account): Held | undefined =>
  hold(file, account, 'begin exclusive');

/** Shares `file` with others of its kind. The caller sees to it that nobody holds it alone. */
export function holdTogether(file: string, account: Account): Held {
  const held = hold(file, account, 'begin; select count(*) from sqlite_schema');
  if (held !== undefined) return held;
  throw new Error(`${file} is held alone by another process`);
}

function hold(file: string, account: Account, statement: string): Held | undefined {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    // Made by root for another account, the file must stay writable for that account's own processes.
    if (account !== null) chownSync(file, account.uid, account.gid);
    // No journal file: nothing is written, and one left by a kill would want to be played back.
    lock.exec(`pragma journal_mode = memory; ${statement}`);
    return { release: () => lock.close() };
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

const sqliteBusy = 5;
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
