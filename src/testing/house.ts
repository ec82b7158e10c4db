import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { Client } from 'pg';
import { readConfig, type Config } from '#platform/config.ts';
import { openDatabase, type Database } from '#platform/db.ts';
import { appRole, ownerRole } from '#platform/installation.ts';
import { openLog, type Log } from '#platform/log.ts';
import { clusterOwner, onSocket } from '#platform/postgres.ts';
import { fixedClock, type FixedClock } from './clock.ts';
import { template } from './trial.ts';

/** A migrated database of one test file's own, empty of records but for what migrations insert. */
export type House = {
  /** The pool that serves: `karsaz_app`, under row-level security. */
  readonly db: Database;
  /** The pool of `karsaz_owner`, for preparing what no route can, and for looking past nothing. */
  readonly owner: Database;
  readonly clock: FixedClock;
  readonly config: Config;
  readonly log: Log;
  readonly close: () => Promise<void>;
};

/**
 * Call it once, at the top level of a test file: `const house = await openHouse();`. It takes about 30 ms and
 * is closed after the file's last test.
 */
export async function openHouse(): Promise<House> {
  const { socketFolder, complaint } = inject('house');
  if (complaint !== null) throw new Error(`the template database could not be migrated: ${complaint}`);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asClusterOwner(
    socketFolder,
    `create database ${name} owner ${ownerRole} template ${template} strategy file_copy`,
  );
  const open = (role: string): Database =>
    openDatabase({
      connection: onSocket(socketFolder, role, name),
      role: null,
      most: 20,
      name: 'karsaz-test',
    });
  const db = open(appRole);
  const owner = open(ownerRole);
  const house: House = {
    db,
    owner,
    clock: fixedClock(),
    config: readConfig({}),
    log: openLog('silent'),
    close: async () => {
      await db.destroy();
      await owner.destroy();
      await asClusterOwner(socketFolder, `drop database if exists ${name} with (force)`);
    },
  };
  afterAll(house.close);
  return house;
}

async function asClusterOwner(socketFolder: string, statement: string): Promise<void> {
  const client = new Client(onSocket(socketFolder, clusterOwner, 'postgres'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
