import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rooms } from '#map.ts';
import { root } from '#platform/config.ts';
import { settleDataFolder, type DataFolder } from '#platform/datafolder.ts';
import { openDatabase } from '#platform/db.ts';
import { makeDatabase, ownerRole } from '#platform/installation.ts';
import { listMigrations, migrate } from '#platform/migrate.ts';
import { onSocket, openCluster } from '#platform/postgres.ts';
import { tryAlone } from '#platform/presence.ts';

/** A server of its own for the tests of one run, with a migrated database to copy from. */
export type Trial = {
  readonly socketFolder: string;
  /** Where its data lie: for those who kill the server. */
  readonly folder: DataFolder;
  /** Starts the server again after it was killed. */
  readonly revive: () => Promise<void>;
  /** Why the template could not be migrated, or null. */
  readonly complaint: string | null;
  /** Ends the server and removes its folder. */
  readonly close: () => Promise<void>;
};

/** The database that every test file's own is copied from. */
export const template = 'karsaz';

/** Not the system's temporary folder, whose name may be too long for a socket or closed to other accounts. */
const home = '/tmp';
const prefix = 'karsaz-test-';

/** Without fsync, but for those who measure what a commit costs or kill the server. */
export async function openTrial({ durable = false } = {}): Promise<Trial> {
  await removeLeftovers();
  const box = mkdtempSync(join(home, prefix));
  // Run by root, the server has an account of its own, which must be able to walk through.
  chmodSync(box, 0o711);
  const folder = settleDataFolder(join(box, 'data'));
  let cluster = await openCluster({ root, folder, durable });
  const revive = async (): Promise<void> => {
    await cluster.leave();
    cluster = await openCluster({ root, folder, durable });
  };
  const close = async (): Promise<void> => {
    await cluster.leave();
    rmSync(box, { recursive: true, force: true });
  };
  try {
    await makeDatabase(cluster);
    return {
      socketFolder: cluster.socketFolder,
      folder,
      revive,
      complaint: await migrateTemplate(cluster.socketFolder),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Tests that need no database run although a migration fails; the others fail with its words.
 * `KARSAZ_TEST_ROOMS=place,access` leaves the migrations of other rooms out, while they are being written.
 */
async function migrateTemplate(socketFolder: string): Promise<string | null> {
  const connection = onSocket(socketFolder, ownerRole, template);
  const owner = openDatabase({ connection, role: null, most: 2, name: 'karsaz-test' });
  try {
    const wanted = process.env['KARSAZ_TEST_ROOMS']?.split(',');
    const names = rooms.map(({ name }) => name).filter((name) => wanted?.includes(name) ?? true);
    await migrate(owner, listMigrations(root, names));
    return null;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return `${String(error)}: ${String(cause)}`;
  } finally {
    await owner.destroy();
  }
}

/** A run that was killed leaves its server behind; the next run ends it, by the lock that nobody holds. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(prefix))) {
    await removeLeftover(join(home, name)).catch(() => {
      // Another user's, or being removed by another run at this moment.
    });
  }
}

async function removeLeftover(box: string): Promise<void> {
  const data = join(box, 'data');
  if (!readdirSync(box).includes('data') || !readdirSync(data).includes('in-use')) return;
  const folder: DataFolder = settleDataFolder(data);
  const alone = tryAlone(join(data, 'in-use'), folder.account);
  if (alone === undefined) return;
  alone.release();
  const cluster = await openCluster({ root, folder, durable: false });
  // False when the run was only just beginning, and has taken its place meanwhile.
  if (await cluster.leave()) rmSync(box, { recursive: true, force: true });
}
