import { sql } from 'kysely';
import { Client, type ClientConfig } from 'pg';
import { writeBackup, type BackupFile } from './backup.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { inside, settleDataFolder, type DataFolder } from './datafolder.ts';
import { openDatabase, type Database } from './db.ts';
import { checkServer } from './external.ts';
import { Obstacle, reasonOf } from './obstacle.ts';
import { clusterOwner, onSocket, openCluster, type Cluster } from './postgres.ts';
import { holdAlone } from './presence.ts';

/** The two roles: one migrates and owns, the other serves under row-level security. Neither is a superuser. */
export const ownerRole = 'karsaz_owner';
export const appRole = 'karsaz_app';
const databaseName = 'karsaz';

/** A database server that is up and has our two roles. */
export type Server = {
  readonly external: boolean;
  /** What to say of it: where it is, whose, and whether the data had to go elsewhere. */
  readonly about: readonly { readonly persian: string; readonly english: string }[];
  /** Opens a pool as one of the two roles. The caller destroys it before `close`. */
  readonly open: (role: typeof ownerRole | typeof appRole, hasty?: 'hasty') => Database;
  /** Runs `work` while no other process prepares the same database. */
  readonly alone: <Done>(work: () => Promise<Done>) => Promise<Done>;
  /** Drops our database and makes an empty one. Only for an embedded server, and only in `alone`. */
  readonly beginAgain: () => Promise<void>;
  /** Writes a backup of all that the server holds; an obstacle for an external server, which has its own tools. */
  readonly backUp: (path: string, clock: Clock) => Promise<BackupFile>;
  readonly isAlive: () => boolean;
  readonly close: () => Promise<void>;
};

export type Say = (persian: string, english: string) => void;

export const openServer = (config: Config): Promise<Server> =>
  config.databaseUrl === undefined ? openEmbedded(config) : openExternal(config.databaseUrl);

async function openEmbedded(config: Config): Promise<Server> {
  const folder = settleDataFolder(config.data);
  const cluster = await openCluster({ root: config.root, folder, durable: true });
  const connectionOf = (role: string) => onSocket(cluster.socketFolder, role, databaseName);
  return {
    external: false,
    about: aboutFolder(folder, cluster.attached),
    open: (role, hasty) =>
      openDatabase({
        connection: connectionOf(role),
        role: null,
        most: 20,
        name: 'karsaz',
        hasty: hasty === 'hasty',
      }),
    alone: (work) => aloneInFolder(folder, () => makeDatabase(cluster).then(work)),
    beginAgain: async () => {
      await asClusterOwner(cluster, `drop database ${databaseName} with (force)`);
      await makeDatabase(cluster);
    },
    backUp: (path, clock) => writeBackup({ folder, socketFolder: cluster.socketFolder, path, clock }),
    isAlive: cluster.isAlive,
    close: async () => void (await cluster.leave()),
  };
}

function aboutFolder({ path, account, movedFrom }: DataFolder, attached: boolean): Server['about'] {
  const persian = account === null ? '' : `، با کاربر ${account.name}`;
  const english = account === null ? '' : `, as ${account.name}`;
  const started = {
    persian: `پایگاه داده ${attached ? 'در حال اجرا بود' : 'آغاز شد'} («${path}»${persian})`,
    english: `database ${attached ? 'was running' : 'started'} ("${path}"${english})`,
  };
  if (movedFrom === null) return [started];
  const moved = {
    persian: `«${movedFrom}» برای کاربر ${account?.name} بسته است؛ داده‌ها در «${path}» نگه داشته می‌شوند`,
    english: `"${movedFrom}" is closed to the user ${account?.name}; the data are kept in "${path}"`,
  };
  return [moved, started];
}

async function aloneInFolder<Done>(folder: DataFolder, work: () => Promise<Done>): Promise<Done> {
  const held = await holdAlone(inside(folder, 'prepare'), folder.account, 300);
  try {
    return await work();
  } finally {
    held.release();
  }
}

async function asClusterOwner(cluster: Cluster, ...statements: string[]): Promise<void> {
  const client = new Client(onSocket(cluster.socketFolder, clusterOwner, 'postgres'));
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Makes what is missing of roles and database; nothing that is there is changed. */
export async function makeDatabase(cluster: Cluster): Promise<void> {
  await asClusterOwner(cluster, makeRole(ownerRole), makeRole(appRole));
  const client = new Client(onSocket(cluster.socketFolder, clusterOwner, 'postgres'));
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName} owner ${ownerRole}`);
    await client.query(`revoke all on database ${databaseName} from public`);
    await client.query(`grant connect on database ${databaseName} to ${appRole}`);
  } finally {
    await client.end();
  }
}

const makeRole = (role: string): string => `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then
      create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole;
    end if;
  end $$`;

async function openExternal(url: string): Promise<Server> {
  refuseOptions(url);
  const connection: ClientConfig = { connectionString: url };
  const client = new Client({
    ...connection,
    connectionTimeoutMillis: 15_000,
    application_name: 'karsaz',
  });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new Obstacle(
      `به سرور DATABASE_URL نمی‌توان پیوست: ${reasonOf(error)}`,
      `Cannot connect to the server of DATABASE_URL: ${reasonOf(error)}`,
    );
  }
  try {
    await checkServer(client, [ownerRole, appRole]);
    await checkServing(openDatabase({ connection, role: appRole, most: 1, name: 'karsaz' }));
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    external: true,
    about: [
      { persian: 'پایگاه دادهٔ DATABASE_URL به کار می‌رود', english: 'using the database of DATABASE_URL' },
    ],
    open: (role, hasty) =>
      openDatabase({ connection, role, most: 20, name: 'karsaz', hasty: hasty === 'hasty' }),
    alone: async (work) => {
      await client.query('select pg_advisory_lock($1)', [preparing]);
      try {
        return await work();
      } finally {
        await client.query('select pg_advisory_unlock($1)', [preparing]);
      }
    },
    beginAgain: () =>
      Promise.reject(
        new Obstacle(
          'بارگذاری نمایش در DATABASE_URL نیمه‌کاره مانده است. پایگاه داده را خالی کنید و دوباره بکوشید.',
          'The demonstration was loaded only in part into DATABASE_URL. Empty the database and try again.',
        ),
      ),
    backUp: () => Promise.reject(serversOwnTools()),
    isAlive: () => true,
    close: () => client.end(),
  };
}

/** Said wherever a backup of `DATABASE_URL` is asked for. */
export const serversOwnTools = (): Obstacle =>
  new Obstacle(
    'DATABASE_URL تنظیم است: پشتیبان‌گیری و بازگردانی آن سرور با ابزار خود آن است (pg_basebackup یا pg_dump).',
    'DATABASE_URL is set: that server is backed up and restored with its own tools (pg_basebackup or pg_dump).',
  );

/** A pooler between us and the server may drop the role that a session asks for; then no scope would bind. */
async function checkServing(db: Database): Promise<void> {
  try {
    const { rows } = await sql<{ name: string }>`select current_user as name`.execute(db);
    if (rows[0]?.name === appRole) return;
  } finally {
    await db.destroy();
  }
  throw new Obstacle(
    `نشست‌های DATABASE_URL نقش ${appRole} را نمی‌پذیرند؛ بی‌واسطه به PostgreSQL وصل شوید.`,
    `Sessions of DATABASE_URL do not take on the role ${appRole}; connect to PostgreSQL without a pooler between.`,
  );
}

/** Any number that other users of the same server are unlikely to lock: "karsaz" in letters' places. */
const preparing = 11_018_190_126;

/** `options` in the address would take the place of ours, and with it the role that serves. */
function refuseOptions(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && /^postgres(ql)?:$/.test(parsed.protocol) && !parsed.searchParams.has('options'))
    return;
  throw new Obstacle(
    'DATABASE_URL باید به شکل postgresql://کاربر:گذرواژه@میزبان/پایگاه و بدون options باشد.',
    'DATABASE_URL must look like postgresql://user:password@host/database and carry no options.',
  );
}

export type Demonstration = 'undecided' | 'none' | 'loading' | 'loaded';

/** What this installation is: every page of one with the demonstration says so. */
export async function readDemonstration(db: Database): Promise<Demonstration> {
  const { rows } = await sql<{ demonstration: Demonstration }>`
    select demonstration from platform.installation where installation_id = 1
  `.execute(db);
  return rows[0]?.demonstration ?? 'undecided';
}

/** `owner` is the pool of `karsaz_owner`: the role that serves cannot change what an installation is. */
export async function markDemonstration(owner: Database, clock: Clock, state: Demonstration): Promise<void> {
  await sql`
    update platform.installation set demonstration = ${state}, marked_at = ${clock.now()} where installation_id = 1
  `.execute(owner);
}
