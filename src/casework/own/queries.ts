import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import { inScope } from '../queries.ts';

export type OwnRow = {
  readonly id: Id;
  readonly number: string;
  readonly slug: string | null;
  readonly kind: string;
  readonly state: string;
  readonly officeId: Id | null;
  readonly reviewOfficeId: Id | null;
  readonly openerId: Id;
  readonly openedAt: Date;
  readonly sinceOn: Day;
  readonly dueOn: Day | null;
  readonly ended: boolean;
  readonly reason: string | null;
  /** Of the last act, as it stands in a cursor. */
  readonly moved: string;
};

export type OwnAsked = {
  readonly provinceId: number;
  readonly personId: string;
  readonly kinds: readonly string[];
  /** Kind and state, with a space between, of what has ended. */
  readonly ends: readonly string[];
  /** Whether the last row had ended, the instant of its last act, its id. */
  readonly after: readonly ['open' | 'ended', moved: string, id: string] | null;
  readonly limit: number;
};

/** The cases about a person, open ones first, the last moved first. */
export async function listOwn(tx: Tx, asked: OwnAsked): Promise<OwnRow[]> {
  const { provinceId, personId, kinds, ends, after, limit } = asked;
  const isAfter =
    after === null
      ? sql`true`
      : sql`(
          ended > ${after[0] === 'ended'} or
          (ended = ${after[0] === 'ended'} and (moved_at, id) < (${after[1]}::timestamptz, ${after[2]}::uuid))
        )`;
  const { rows } = await sql<OwnRow>`
    with page as materialized (
      select
        id, kind, state, office_id, review_office_id, opener_id, opened_at, moved_at, since_on, due_on, ended
      from (
        select
          id, kind, state, office_id, review_office_id, opener_id, opened_at, moved_at, since_on, due_on,
          (kind || ' ' || state) = any(${ends}::text[]) as ended
        from casework.case_file
        where province_id = ${provinceId} and subject_id = ${personId}::uuid and kind = any(${kinds}::text[])
          and ${inScope}
      ) own
      where ${isAfter}
      order by ended, moved_at desc, id desc
      limit ${limit}
    )
    select
      page.id, tracking.number, province.slug, page.kind, page.state, page.office_id as "officeId",
      page.review_office_id as "reviewOfficeId", page.opener_id as "openerId", page.opened_at as "openedAt",
      page.since_on as "sinceOn", page.due_on as "dueOn", page.ended, entered.reason,
      to_char(page.moved_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as moved
    from page
    join casework.tracking on tracking.province_id = ${provinceId} and tracking.case_id = page.id
    left join place.read_province province on province.province_id = ${provinceId}
    left join lateral (
      select act.reason from casework.act
      where act.province_id = ${provinceId} and act.case_id = page.id and act.from_state <> act.to_state
      order by act.seq desc
      limit 1
    ) entered on true
    order by page.ended, page.moved_at desc, page.id desc
  `.execute(tx);
  return rows;
}
