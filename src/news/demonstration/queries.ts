import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';

export type DemonstrationUserRow = { readonly userId: Id; readonly personId: Id; readonly name: string };

/** A user of the demonstration by its name; undefined when `access` has not loaded it. */
export async function findUser(tx: Tx, username: string): Promise<DemonstrationUserRow | undefined> {
  const { rows } = await sql<DemonstrationUserRow>`
    select user_id as "userId", person_id as "personId", name from access.read_user where username = ${username}
  `.execute(tx);
  return rows[0];
}
