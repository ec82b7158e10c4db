import { sql } from 'kysely';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';

/** The newest closed instant of a province; null when none was closed yet or the province is out of scope. */
export async function findClosed(tx: Tx, provinceId: number): Promise<Date | null> {
  const { rows } = await sql<{ closed_at: Date | null }>`
    select closed_at from ledger.watermark where province_id = ${provinceId}
  `.execute(tx);
  return rows[0]?.closed_at ?? null;
}

/** Announces an instant, or keeps the later one that was announced before; gives back the one that stands. */
export async function announce(
  tx: Tx,
  { provinceId, at }: { readonly provinceId: number; readonly at: Date },
): Promise<Date> {
  const { rows } = await sql<{ announced_at: Date }>`
    insert into ledger.watermark (province_id, announced_at) values (${provinceId}, ${at})
    on conflict (province_id) do update
      set announced_at = greatest(watermark.announced_at, excluded.announced_at)
    returning announced_at
  `.execute(tx);
  return must(rows[0], 'the watermark of the province').announced_at;
}

/**
 * The transactions that are posting at this moment, on this server: each has asked for the table of accounts in
 * order to lock rows of it, and lets go of it only when it ends. `among` leaves out all others.
 */
export async function listPosting(tx: Tx, among: readonly string[] | null): Promise<string[]> {
  const { rows } = await sql<{ transaction: string }>`
    select distinct virtualtransaction as transaction
    from pg_catalog.pg_locks
    where locktype = 'relation'
      and database = (select oid from pg_catalog.pg_database where datname = current_database())
      and relation = 'ledger.account'::regclass
      and mode in ('RowShareLock', 'RowExclusiveLock')
      and pid is distinct from pg_backend_pid()
      and (${among}::text[] is null or virtualtransaction = any(${among}::text[]))
  `.execute(tx);
  return rows.map(({ transaction }) => transaction);
}

/** Closes an announced instant, unless a later one is closed already; gives back the newest closed one. */
export async function close(
  tx: Tx,
  { provinceId, at }: { readonly provinceId: number; readonly at: Date },
): Promise<Date> {
  const { rows } = await sql<{ closed_at: Date }>`
    update ledger.watermark set closed_at = greatest(closed_at, ${at}::timestamptz)
    where province_id = ${provinceId}
    returning closed_at
  `.execute(tx);
  return must(rows[0], 'the watermark of the province').closed_at;
}
