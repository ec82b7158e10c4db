import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, inject } from 'vitest';
import { Client } from 'pg';
import { must } from '#kernel/result.ts';
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
  const house = await openCopy(template, `test_${randomUUID().replaceAll('-', '')}`);
  afterAll(house.close);
  return house;
}

/** A house in which `furnish` was done: once in a run by the first file that asks, for which the others wait. */
export async function openFurnishedHouse(
  name: string,
  furnish: (house: House) => Promise<void>,
): Promise<House> {
  const { socketFolder } = inject('house');
  const house = await asClusterOwner(socketFolder, async (waiting) => {
    await waiting.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await waiting.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      const first = await openCopy(template, name);
      await furnish(first);
      await first.leave();
    }
    return openCopy(name, `test_${randomUUID().replaceAll('-', '')}`);
  });
  afterAll(house.close);
  return house;
}

async function openCopy(
  from: string,
  name: string,
): Promise<House & { readonly leave: () => Promise<void> }> {
  const { socketFolder, complaint } = inject('house');
  if (complaint !== null) throw new Error(`the template database could not be migrated: ${complaint}`);
  await asClusterOwner(socketFolder, (client) =>
    client.query(`create database ${name} owner ${ownerRole} template ${from} strategy file_copy`),
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
  const leave = async (): Promise<void> => {
    await db.destroy();
    await owner.destroy();
  };
  return {
    db,
    owner,
    clock: fixedClock(),
    config: readConfig({}),
    log: openLog('silent'),
    leave,
    close: async () => {
      await leave();
      await asClusterOwner(socketFolder, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      );
    },
  };
}

async function asClusterOwner<Done>(
  socketFolder: string,
  act: (client: Client) => Promise<Done>,
): Promise<Done> {
  const client = new Client(onSocket(socketFolder, clusterOwner, 'postgres'));
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/**
 * The owner of the cluster on the database of a house, past its keys, checks of keys and policies: for tests of what
 * is found when somebody has written by hand.
 */
export async function openWrongdoer(house: House): Promise<Client> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(house.db);
  const name = must(rows[0], 'a database').name;
  const client = new Client(onSocket(inject('house').socketFolder, clusterOwner, name));
  client.on('error', () => {});
  await client.connect();
  await client.query('set session_replication_role = replica');
  afterAll(() => client.end());
  return client;
}
