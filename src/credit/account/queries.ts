import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { Axis, Named } from '../contract.ts';
import { coordinatesOf } from '../queries.ts';

/** The account at one end of a transfer, with the slice that it belongs to; a notifier belongs to none. */
export type EndRow = Named & {
  readonly accountId: Id;
  readonly stage: string;
  readonly share: string;
  readonly lineId: Id;
  readonly sliceId: Id | null;
  readonly axis: Axis | null;
};

/** Accounts of credits by their ids; those of no slice and no line of the room are left out. */
export async function listEnds(
  tx: Tx,
  { provinceId, ids }: { readonly provinceId: number; readonly ids: readonly string[] },
): Promise<EndRow[]> {
  const { rows } = await sql<EndRow>`
    select a.id as "accountId", a.kind as stage, a.share, coalesce(s.line_id, l.id) as "lineId",
      s.slice_id as "sliceId", s.axis, ${coordinatesOf('s')}
    from ledger.read_account a
    left join credit.read_slice s on s.province_id = a.province_id and s.slice_id = a.owner_id
    left join credit.line l on l.province_id = a.province_id and l.id = a.owner_id
    where a.province_id = ${provinceId} and a.id = any(${ids}::uuid[])
      and coalesce(s.slice_id, l.id) is not null
      and (platform.scope_county() is null or a.county_code = platform.scope_county())
  `.execute(tx);
  return rows;
}

export type SliceAccountRow = {
  readonly accountId: Id;
  readonly stage: string;
  readonly share: string;
  readonly balance: Rial;
  readonly held: Rial;
  readonly version: bigint;
};

/** The accounts of a slice on which anything ever moved. */
export async function listSliceAccounts(
  tx: Tx,
  { provinceId, sliceId }: { readonly provinceId: number; readonly sliceId: string },
): Promise<SliceAccountRow[]> {
  const { rows } = await sql<SliceAccountRow>`
    select a.id as "accountId", a.kind as stage, a.share, a.credits_posted - a.debits_posted as balance,
      a.debits_pending as held, a.version
    from credit.slice s
    join ledger.read_account a on a.province_id = s.province_id and a.owner_id = s.id
    where s.province_id = ${provinceId} and s.id = ${sliceId}::uuid and a.version > 0
      and (platform.scope_county() is null or a.county_code = platform.scope_county())
    order by a.kind, a.share desc
  `.execute(tx);
  return rows;
}

export type CauseRow = {
  readonly transferId: Id;
  readonly caseId: Id;
  readonly act: string;
  readonly byName: string | null;
  readonly byRole: string;
};

export type Caused = { readonly id: Id; readonly referenceId: Id; readonly recordedAt: Date };

/**
 * The act that moved the money of each transfer: of the case that it names, or the act that it names itself, the last
 * one that was recorded before it. A case is locked while it acts, so no other act lies between the two.
 */
export async function listCauses(
  tx: Tx,
  { provinceId, transfers }: { readonly provinceId: number; readonly transfers: readonly Caused[] },
): Promise<CauseRow[]> {
  const { rows } = await sql<CauseRow>`
    select given.transfer_id as "transferId", cause.case_id as "caseId", cause.act, account.name as "byName",
      cause.by_role as "byRole"
    from unnest(
      ${transfers.map(({ id }) => id)}::uuid[],
      ${transfers.map(({ referenceId }) => referenceId)}::uuid[],
      ${transfers.map(({ recordedAt }) => recordedAt)}::timestamptz[]
    ) as given (transfer_id, reference_id, recorded_at)
    cross join lateral (
      select case_id, act, by_user, by_role, seq from casework.read_act
      where province_id = ${provinceId} and case_id = given.reference_id and recorded_at <= given.recorded_at
      union all
      select case_id, act, by_user, by_role, seq from casework.read_act
      where province_id = ${provinceId} and id = given.reference_id and recorded_at <= given.recorded_at
      order by seq desc
      limit 1
    ) as cause
    left join access.read_user account on account.user_id = cause.by_user
  `.execute(tx);
  return rows;
}
