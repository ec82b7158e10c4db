import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { type ClientConfig, Pool, TypeOverrides, types } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { dayFromIso } from '#kernel/day.ts';
import { assert, must, type No, type Ok, type Refused } from '#kernel/result.ts';
import { codeOf } from './obstacle.ts';

/**
 * The database as the rooms see it. Statements are written with kysely's `sql` tag and carry their own row
 * types, so the schema has no second description in TypeScript.
 */
export type Database = Kysely<unknown>;
export type Tx = Transaction<unknown>;

/**
 * What the reader or doer may see, as row-level security reads it. `null` is "none": with `province: null` no
 * row of any province is visible. `'all'` reads all provinces (ministry, auditors).
 */
export type Scope = {
  readonly province: number | 'all' | null;
  readonly county: string | null;
  readonly office: string | null;
  readonly person: string | null;
};

export const noScope: Scope = { province: null, county: null, office: null, person: null };

const parsers = new TypeOverrides();
const { INT8, NUMERIC, DATE, JSON: jsonType, JSONB } = types.builtins;
const [int8Array, numericArray, dateArray] = [1016, 1231, 1182] as const;

/** A flat array of a type whose values are never quoted: `{1,NULL,3}`. */
const listOf =
  <Value>(readOne: (text: string) => Value) =>
  (text: string): (Value | null)[] => {
    assert(/^\{[^{}"]*\}$/.test(text), `not a flat list: ${text.slice(0, 40)}`);
    const items = text === '{}' ? [] : text.slice(1, -1).split(',');
    return items.map((item) => (item === 'NULL' ? null : readOne(item)));
  };

// The one table of what PostgreSQL's types become. A `timestamptz` stays a `Date`: every instant we store was
// read off the clock of the application in milliseconds (columns are `timestamptz(3)`), so nothing is lost,
// and fastify, pg and the job queue all speak `Date`; a `Temporal.Instant` would be converted at every edge.
parsers.setTypeParser(INT8, BigInt);
parsers.setTypeParser(NUMERIC, String);
parsers.setTypeParser(DATE, dayFromIso);
parsers.setTypeParser(jsonType, readJson);
parsers.setTypeParser(JSONB, readJson);
parsers.setTypeParser(int8Array, listOf(BigInt));
parsers.setTypeParser(numericArray, listOf(String));
parsers.setTypeParser(dateArray, listOf(dayFromIso));

/** JSON numbers are floats here: a whole number that a float cannot hold is refused, not rounded. */
function readJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw new Error('a number beyond 2^53 in JSON from the database: cast it to text in the statement');
    }
    return value;
  });
}

export type Opening = {
  readonly connection: ClientConfig;
  /** The role to serve as, where the one that signs in is another (`DATABASE_URL`). */
  readonly role: string | null;
  readonly most: number;
  /**
   * True: a commit does not wait for the disk. Only for what is begun again from the start when it is cut
   * short; a later commit of a pool that waits brings everything before it to the disk (L15).
   */
  readonly hasty?: boolean;
  readonly name: string;
};

/** Opens a pool. Nothing is connected before the first statement. */
export function openDatabase({ connection, role, most, name, hasty = false }: Opening): Database {
  const settings = [
    'datestyle=ISO',
    'timezone=UTC',
    // A transaction that its process forgot must not hold locks on accounts for ever.
    'idle_in_transaction_session_timeout=60000',
    ...(role === null ? [] : [`role=${role}`]),
    ...(hasty ? ['synchronous_commit=off'] : []),
  ];
  const pool = new Pool({
    ...connection,
    types: parsers,
    max: most,
    application_name: name,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
    connectionTimeoutMillis: 15_000,
  });
  // An idle connection that the server closes is replaced by the pool; the next statement tells if it cannot.
  pool.on('error', () => {});
  // One that is lost between two statements of a transaction is nobody's idle connection: unheard, its error
  // would end the process. The next statement of that transaction fails.
  pool.on('connect', (client) => void client.on('error', () => {}));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  return db;
}

const pools = new WeakMap<Database, Pool>();

/** The pool under a database, for what kysely does not speak: `copy.ts`. */
export const poolOf = (db: Database): Pool => must(pools.get(db), 'opened by openDatabase');

/** How often a transaction is tried that lost against another one (serialisation, deadlock). */
const mostTries = 5;

/**
 * Runs `work` in one transaction under `scope`. When it gives back a refusal everything is rolled back and the
 * refusal handed on. A transaction that lost against another is run again, at most five times, so `work` must
 * do nothing outside the database.
 */
export async function inTransaction<Done, Refusal extends Refused>(
  db: Database,
  scope: Scope,
  work: (tx: Tx) => Promise<Ok<Done> | No<Refusal>>,
): Promise<Ok<Done> | No<Refusal>> {
  for (let tried = 1; ; tried += 1) {
    let refusal: No<Refusal> | undefined;
    try {
      return await db.transaction().execute(async (tx) => {
        await setScope(tx, scope);
        const result = await work(tx);
        if (result.ok) return result;
        refusal = result;
        // kysely rolls back only what throws.
        throw new Error('rolled back for a refusal');
      });
    } catch (error) {
      if (refusal !== undefined) return refusal;
      if (tried >= mostTries || !isLostRace(error)) throw error;
      await pause(5 * 2 ** tried);
    }
  }
}

/**
 * Reads under `scope`. Every statement of `work` sees the database of one and the same instant, so a figure
 * and its list cannot differ (L8), and none can write.
 */
export function read<Found>(db: Database, scope: Scope, work: (tx: Tx) => Promise<Found>): Promise<Found> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await setScope(tx, scope);
      return work(tx);
    });
}

async function setScope(tx: Tx, scope: Scope): Promise<void> {
  const { province, county, office, person } = scope;
  await sql`
    select
      set_config('app.province', ${province === null ? '' : String(province)}, true),
      set_config('app.county', ${county ?? ''}, true),
      set_config('app.office', ${office ?? ''}, true),
      set_config('app.person', ${person ?? ''}, true)
  `.execute(tx);
}

function isLostRace(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40001' || code === '40P01';
}

/** Whether the database answers. */
export async function isServing(db: Database): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}
