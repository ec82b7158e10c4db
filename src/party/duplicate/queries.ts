import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { By } from '../person/queries.ts';
import type { Likeness } from './contract.ts';

export type PairRow = { readonly firstId: Id; readonly secondId: Id };

/**
 * Pairs worth comparing, among those the reader may see: one phone, account or household, or one birth day and the
 * same first letter of the last name by ear. What a person has decided stays decided.
 */
export async function listCandidates(
  tx: Tx,
  {
    provinceId,
    mixed,
    limit,
  }: {
    readonly provinceId: number;
    readonly mixed: { readonly from: string; readonly to: string };
    readonly limit: number;
  },
): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    with seen as materialized (
      select person_id, form, phone, account, household, born_on, 
        translate(left(sort_key, 1), ${mixed.from}, ${mixed.to}) as letter
      from party.person
      where province_id = ${provinceId} and merged_into is null and erasure_id is null
    ), pair as (
      select a.person_id as one, b.person_id as other from seen a
      join seen b on b.phone = a.phone and b.letter = a.letter and b.form = a.form and b.person_id > a.person_id
      union
      select a.person_id, b.person_id from seen a
      join seen b on b.account = a.account and b.form = a.form and b.person_id > a.person_id
      union
      select a.person_id, b.person_id from seen a
      join seen b on b.household = a.household and b.letter = a.letter and b.form = a.form
        and b.person_id > a.person_id
      union
      select a.person_id, b.person_id from seen a
      join seen b on b.born_on = a.born_on and b.letter = a.letter and b.form = a.form
        and b.person_id > a.person_id
    )
    select pair.one as "firstId", pair.other as "secondId" from pair
    where coalesce((
      select decision.verdict from party.duplicate_decision decision
      where decision.province_id = ${provinceId} and decision.first_id = pair.one
        and decision.second_id = pair.other
      order by decision.decided_at desc, decision.decision_id desc limit 1
    ), 'undone') = 'undone'
    order by pair.one, pair.other limit ${limit}
  `.execute(tx);
  return rows;
}

export async function listMergedPairs(
  tx: Tx,
  { provinceId, limit }: { readonly provinceId: number; readonly limit: number },
): Promise<{ readonly keptId: Id; readonly otherId: Id }[]> {
  const { rows } = await sql<{ keptId: Id; otherId: Id }>`
    select merged_into as "keptId", person_id as "otherId" from party.person
    where province_id = ${provinceId} and merged_into is not null
    order by person_id desc limit ${limit}
  `.execute(tx);
  return rows;
}

export async function holdsMerged(
  tx: Tx,
  { provinceId, personId }: { readonly provinceId: number; readonly personId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from party.person where province_id = ${provinceId} and merged_into = ${personId}::uuid limit 1
  `.execute(tx);
  return rows.length > 0;
}

export type DecisionRow = {
  readonly provinceId: number;
  readonly id: string;
  readonly firstId: string;
  readonly secondId: string;
  readonly verdict: 'same' | 'different' | 'undone';
  readonly keptId: string | null;
  readonly reasons: readonly Likeness[];
};

export async function insertDecision(tx: Tx, decision: DecisionRow, by: By): Promise<void> {
  await sql`
    insert into party.duplicate_decision (
      province_id, decision_id, first_id, second_id, verdict, kept_id, reasons, decided_at, decider_user_id,
      decider_person_id
    ) values (
      ${decision.provinceId}, ${decision.id}, ${decision.firstId}, ${decision.secondId}, ${decision.verdict},
      ${decision.keptId}, ${[...decision.reasons]}::text[], ${by.at}, ${by.userId}, ${by.personId}
    )
  `.execute(tx);
}

export async function storeMerged(
  tx: Tx,
  asked: { readonly provinceId: number; readonly personId: string; readonly into: string | null },
): Promise<void> {
  await sql`
    update party.person set merged_into = ${asked.into}::uuid
    where province_id = ${asked.provinceId} and person_id = ${asked.personId}::uuid
  `.execute(tx);
}
