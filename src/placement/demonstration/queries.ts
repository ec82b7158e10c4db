import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';

export type UserRow = {
  readonly username: string;
  readonly userId: Id;
  readonly personId: Id;
  readonly name: string;
};

/** The users of the demonstration. */
export async function listUsers(tx: Tx): Promise<UserRow[]> {
  const { rows } = await sql<UserRow>`
    select username, user_id as "userId", person_id as "personId", name from access.read_user
  `.execute(tx);
  return rows;
}
