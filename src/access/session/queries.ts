import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';

export type Try = { readonly key: string; readonly now: Date; readonly windowStart: Date };

/** Counts one try; a window that is over begins anew. One statement, so that tries at once are all counted. */
export async function countTry(
  tx: Tx,
  { key, now, windowStart }: Try,
): Promise<{ tries: number; since: Date }> {
  const { rows } = await sql<{ tries: number; since: Date }>`
    insert into access.sign_in_limit as kept (limit_key, tries, since) values (${key}, 1, ${now})
    on conflict on constraint sign_in_limit_pkey do update set
      tries = case when kept.since <= ${windowStart} then 1 else kept.tries + 1 end,
      since = case when kept.since <= ${windowStart} then excluded.since else kept.since end
    returning tries, since
  `.execute(tx);
  return must(rows[0], 'a try was counted');
}

/** Takes one try back from a count: what was no guess counts against nobody. */
export async function returnTry(tx: Tx, key: string): Promise<void> {
  const { rows } = await sql`
    update access.sign_in_limit set tries = tries - 1 where limit_key = ${key} and tries > 1 returning tries
  `.execute(tx);
  if (rows.length === 0)
    await sql`delete from access.sign_in_limit where limit_key = ${key} and tries = 1`.execute(tx);
}

/** After a success the account's own count begins anew; windows that are over are swept out. */
export async function forgetTries(tx: Tx, key: string, windowStart: Date): Promise<void> {
  await sql`delete from access.sign_in_limit where limit_key = ${key} or since <= ${windowStart}`.execute(tx);
}

export async function chooseGrant(tx: Tx, sessionId: Id, grantId: Id): Promise<void> {
  await sql`update auth.session set chosen_grant_id = ${grantId} where id = ${sessionId}`.execute(tx);
}
