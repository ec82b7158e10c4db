import { sql } from 'kysely';
import { isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { type Rial, zero } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { Parameter } from './contract.ts';

type LineId = { readonly provinceId: number; readonly lineId: string };

export async function insertParameter(tx: Tx, row: LineId & Parameter & { readonly id: Id }): Promise<void> {
  await sql`
    insert into credit.parameter (
      province_id, id, line_id, name, beneficiary_kind, rate_kind, value, valid_from, legal_reference
    ) values (
      ${row.provinceId}, ${row.id}, ${row.lineId}, ${row.name}, ${row.beneficiaryKind}, ${row.rateKind}, ${row.value},
      ${isoOf(row.validFrom)}, ${row.legalReference}
    )
  `.execute(tx);
}

export type ParameterRow = Parameter & {
  readonly id: Id;
  readonly byName: string | null;
  readonly recordedAt: Date | null;
};

/** The dated terms of a line, the newest first. */
export async function listParameters(tx: Tx, { provinceId, lineId }: LineId): Promise<ParameterRow[]> {
  const { rows } = await sql<ParameterRow>`
    select p.id, p.name, p.beneficiary_kind as "beneficiaryKind", p.rate_kind as "rateKind", p.value,
      p.valid_from as "validFrom", p.legal_reference as "legalReference", u.name as "byName",
      t.recorded_at as "recordedAt"
    from credit.parameter p
    left join casework.read_act t on t.province_id = p.province_id and t.case_id = p.line_id and t.id = p.id
    left join access.read_user u on u.user_id = t.by_user
    where p.province_id = ${provinceId} and p.line_id = ${lineId}
    order by p.valid_from desc, p.name, p.beneficiary_kind
  `.execute(tx);
  return rows;
}

/**
 * What a beneficiary has of a line by awards, less what was released of them, as far as the doer may see. Until the end of the
 * transaction nobody else awards to the same beneficiary: two awards at once would each be within a ceiling that
 * they pass together. No row stands for a beneficiary in a line that could be locked, hence a lock by name.
 */
export async function lockHeld(
  tx: Tx,
  asked: LineId & { readonly beneficiaryId: string },
): Promise<{ readonly amount: Rial; readonly jobs: number }> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`${asked.lineId} ${asked.beneficiaryId}`}, 0))
  `.execute(tx);
  const { rows } = await sql<{ amount: Rial; jobs: number }>`
    select coalesce(sum(a.amount - back.amount), 0)::bigint as amount, coalesce(sum(a.jobs), 0)::integer as jobs
    from credit.award a
    join casework.read_case c on c.province_id = a.province_id and c.id = a.id
    cross join lateral (
      select coalesce(sum(t.amount), 0) as amount from ledger.read_transfer t
      where t.province_id = a.province_id and t.reference_id = a.id and t.kind = 'release'
    ) back
    where a.province_id = ${asked.provinceId} and a.line_id = ${asked.lineId}
      and a.beneficiary_id = ${asked.beneficiaryId}::uuid and c.state <> 'released'
      and (platform.scope_county() is null or a.county_code = platform.scope_county())
  `.execute(tx);
  return rows[0] ?? { amount: zero, jobs: 0 };
}
