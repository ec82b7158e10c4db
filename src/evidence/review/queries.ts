import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Verdict } from '../contract.ts';
import type { Decision, Phrase } from './contract.ts';

export type Bound = {
  readonly indicator: string;
  readonly year: number;
  readonly county: string | null;
  readonly only: string | null;
};

export type ReviewRow = {
  readonly provinceId: number;
  readonly id: Id;
  /** The hash of a text, hexadecimal. */
  readonly statementHash: string;
  readonly start: number;
  readonly end: number;
  readonly phrase: Phrase;
  readonly figure: string;
  readonly verdict: Verdict;
  readonly indicator: string | null;
  readonly decision: Decision;
  readonly bound: Bound | null;
  readonly reason: string | null;
  readonly role: string;
  readonly at: Date;
};

/** False when the id stands already. */
export async function insertReview(
  tx: Tx,
  row: ReviewRow,
  by: { readonly personId: Id; readonly userId: Id },
): Promise<boolean> {
  const { rows } = await sql`
    insert into evidence.review (province_id, id, statement_hash, starts_at, ends_at, phrase, phrase_hash, phrase_at,
      figure, verdict, indicator, decision, bound_indicator, bound_year, bound_county, bound_only, reason,
      reviewed_by_person, reviewed_by_user, reviewed_role, reviewed_at)
    values (${row.provinceId}, ${row.id}, decode(${row.statementHash}, 'hex'), ${row.start}, ${row.end},
      ${row.phrase.text}, sha256(convert_to(${row.phrase.text}, 'UTF8')), ${row.phrase.at}, ${row.figure},
      ${row.verdict}, ${row.indicator}, ${row.decision}, ${row.bound?.indicator ?? null}, ${row.bound?.year ?? null},
      ${row.bound?.county ?? null}, ${row.bound?.only ?? null}, ${row.reason}, ${by.personId}, ${by.userId},
      ${row.role}, ${row.at})
    on conflict (province_id, id) do nothing returning id
  `.execute(tx);
  return rows.length === 1;
}

export type Remembered = {
  readonly id: Id;
  readonly statementHash: string;
  readonly phrase: Phrase;
  readonly decision: Decision;
  readonly verdict: Verdict;
  readonly bound: Bound | null;
  readonly reason: string | null;
  readonly byName: string | null;
  readonly byRole: string;
  readonly at: Date;
};

/** What was decided about figures of these sentences, the newest first. */
export async function listReviews(
  tx: Tx,
  { provinceId, phrases }: { readonly provinceId: number; readonly phrases: readonly string[] },
): Promise<Remembered[]> {
  const { rows } = await sql<Remembered>`
    select r.id, encode(r.statement_hash, 'hex') as "statementHash",
      json_build_object('text', r.phrase, 'at', r.phrase_at) as phrase, r.decision, r.verdict,
      case when r.bound_indicator is not null then json_build_object('indicator', r.bound_indicator,
        'year', r.bound_year, 'county', r.bound_county, 'only', r.bound_only) end as bound,
      r.reason, account.name as "byName", r.reviewed_role as "byRole", r.reviewed_at as at
    from evidence.review r
    left join access.read_user account on account.user_id = r.reviewed_by_user
    where r.province_id = ${provinceId}
      and r.phrase_hash in (select sha256(convert_to(phrase, 'UTF8')) from unnest(${phrases}::text[]) phrase)
      and r.phrase = any(${phrases}::text[])
    order by r.reviewed_at desc, r.id desc limit 500
  `.execute(tx);
  return rows;
}
