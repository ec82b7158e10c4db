import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';

export type TrackedRow = {
  readonly provinceId: number;
  readonly caseId: Id;
  readonly kind: string;
  readonly state: string;
  readonly provinceFa: string;
  readonly provinceEn: string;
  /** The act that led here. */
  readonly act: string | null;
  /** Its reason, where the kind tells it. */
  readonly reason: string | null;
};

type Followed = {
  readonly number: string;
  readonly followed: readonly string[];
  /** The kinds of which the reason is told; of any other none is read. */
  readonly explained: readonly string[];
};

/** The cases of somebody, or of a kind that anybody follows, that have a number: at most one in each province. */
export async function listTracked(tx: Tx, { number, followed, explained }: Followed): Promise<TrackedRow[]> {
  const { rows } = await sql<TrackedRow>`
    select tracked.province_id as "provinceId", tracked.id as "caseId", tracked.kind, tracked.state, province.name_fa as "provinceFa", province.name_en as "provinceEn",
      last.act, case when tracked.kind = any(${explained}::text[]) then last.reason end as reason
    from casework.tracking
    join casework.case_file tracked
      on tracked.province_id = tracking.province_id and tracked.id = tracking.case_id
    join place.read_province province on province.province_id = tracking.province_id
    left join casework.act last
      on last.province_id = tracked.province_id and last.case_id = tracked.id and last.seq = tracked.version
    where tracking.number = ${number} and (tracked.subject_id is not null or tracked.kind = any(${followed}::text[]))
    order by tracking.province_id
  `.execute(tx);
  return rows;
}
