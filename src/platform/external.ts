import type { Client } from 'pg';
import { Obstacle, reasonOf } from './obstacle.ts';

// What `DATABASE_URL` must offer:
//   1. PostgreSQL 15 or later, a database of its own with encoding UTF8, sessions that last (no pooler that
//      hands one connection to many transactions: the role is set when a session begins);
//   2. the roles `karsaz_owner` and `karsaz_app`, neither superuser nor BYPASSRLS, and the role that signs in
//      a member of both; or the role that signs in may make them (CREATEROLE);
//   3. `karsaz_owner` may create schemas in the database; or the role that signs in owns the database.

const oldest = 150_000;

/** Checks the server behind `DATABASE_URL` and makes roles and grants where they are missing and it may. */
export async function checkServer(client: Client, roles: readonly string[]): Promise<void> {
  await checkVersion(client);
  const { rows } = await client.query<{ login: string }>('select quote_ident(session_user) as login');
  const login = rows[0]?.login ?? 'current_user';
  for (const role of roles) {
    await makeRole(client, role, login);
    await checkRole(client, role);
  }
  await checkOwner(client, roles[0] ?? '');
}

async function checkVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string; encoding: string }>(`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
           current_setting('server_encoding') as encoding`);
  const found = rows[0];
  if (found === undefined || found.number < oldest) {
    throw new Obstacle(
      `DATABASE_URL به PostgreSQL ${found?.version} می‌رسد؛ کارساز نسخهٔ ۱۵ یا تازه‌تر می‌خواهد.`,
      `DATABASE_URL leads to PostgreSQL ${found?.version}; Karsaz needs version 15 or later.`,
    );
  }
  if (found.encoding !== 'UTF8') {
    throw new Obstacle(
      `رمزگذاری پایگاه دادهٔ DATABASE_URL، ${found.encoding} است؛ باید UTF8 باشد.`,
      `The database of DATABASE_URL is encoded in ${found.encoding}; it must be UTF8.`,
    );
  }
}

async function makeRole(client: Client, role: string, login: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await attempt(client, `create role ${role} nologin`, role);
  if (!(await may(client, role))) await attempt(client, `grant ${role} to ${login}`, role);
  if (!(await may(client, role))) throw missing(`grant ${role} to ${login}`, role, 'no right to set role');
}

/** Tried for real: since version 16 membership and the right to take the role on are two things. */
async function may(client: Client, role: string): Promise<boolean> {
  try {
    await client.query(`set role ${role}`);
    await client.query('reset role');
    return true;
  } catch {
    return false;
  }
}

async function checkRole(client: Client, role: string): Promise<void> {
  const { rows } = await client.query<{ wide: boolean }>(
    'select rolsuper or rolbypassrls as wide from pg_roles where rolname = $1',
    [role],
  );
  if (rows[0] !== undefined && !rows[0].wide) return;
  throw new Obstacle(
    `نقش ${role} نباید superuser باشد یا BYPASSRLS داشته باشد: از پس دیوار دامنه‌ها می‌بیند.`,
    `The role ${role} must be neither superuser nor BYPASSRLS: it would see past the walls between provinces.`,
  );
}

async function checkOwner(client: Client, owner: string): Promise<void> {
  const { rows } = await client.query<{ may: boolean; database: string }>(
    `select has_database_privilege($1, current_database(), 'create') as may,
            quote_ident(current_database()) as database`,
    [owner],
  );
  if (rows[0]?.may) return;
  await attempt(client, `grant create on database ${rows[0]?.database} to ${owner}`, owner);
  const again = await client.query<{ may: boolean }>(
    `select has_database_privilege($1, current_database(), 'create') as may`,
    [owner],
  );
  // A grant without the right to grant is a warning in PostgreSQL and not an error.
  if (!again.rows[0]?.may) {
    throw missing(`grant create on database ${rows[0]?.database} to ${owner}`, owner, 'no right to grant');
  }
}

async function attempt(client: Client, statement: string, role: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    throw missing(statement, role, reasonOf(error));
  }
}

const missing = (statement: string, role: string, reason: string): Obstacle =>
  new Obstacle(
    `کاربر DATABASE_URL نمی‌تواند نقش ${role} را آماده کند (${reason}). مدیر سرور این را اجرا کند: ${statement}`,
    `The user of DATABASE_URL cannot prepare the role ${role} (${reason}). Have the server's administrator run: ${statement}`,
  );
