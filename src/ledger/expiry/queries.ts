import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { NewTransfer } from '../contract.ts';
import { transferInScope } from '../queries.ts';

/** Remembers pending transfers that end by themselves. */
export async function insertExpiries(
  tx: Tx,
  { provinceId, pendings }: { readonly provinceId: number; readonly pendings: readonly NewTransfer[] },
): Promise<void> {
  await sql`
    insert into ledger.expiry (province_id, pending_id, expires_at, debit_county_code, credit_county_code)
    select ${provinceId}, pending_id, expires_at, debit_county_code, credit_county_code
    from unnest(
      ${pendings.map((pending) => pending.id)}::uuid[],
      ${pendings.map((pending) => pending.expiresAt ?? null)}::timestamptz[],
      ${pendings.map((pending) => pending.debitCountyCode)}::text[],
      ${pendings.map((pending) => pending.creditCountyCode)}::text[]
    ) as given (pending_id, expires_at, debit_county_code, credit_county_code)
  `.execute(tx);
}

/** Forgets pending transfers that were ended; those that never run out are not there, which is no error. */
export async function deleteExpiries(
  tx: Tx,
  { provinceId, pendingIds }: { readonly provinceId: number; readonly pendingIds: readonly Id[] },
): Promise<void> {
  await sql`
    delete from ledger.expiry
    where province_id = ${provinceId} and pending_id = any(${pendingIds}::uuid[]) and ${transferInScope}
  `.execute(tx);
}

export type Due = {
  readonly provinceId: number;
  readonly at: Date;
  readonly most: number;
  /** Only of these; absent: of all. */
  readonly among?: readonly Id[];
};

/** The open pending transfers that are due, the longest due first, at most `most`. */
export async function findDue(tx: Tx, { provinceId, at, most, among }: Due): Promise<Id[]> {
  const only = among === undefined ? null : [...among];
  const { rows } = await sql<{ id: Id }>`
    select pending_id as id
    from ledger.expiry
    where province_id = ${provinceId} and expires_at <= ${at}::timestamptz and ${transferInScope}
      and (${only}::uuid[] is null or pending_id = any(${only}::uuid[]))
    order by expires_at, pending_id
    limit ${most}
  `.execute(tx);
  return rows.map(({ id }) => id);
}
