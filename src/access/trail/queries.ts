import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Tx } from '#platform/db.ts';
import type { Outcome, Told } from './contract.ts';

/**
 * Writes down what waits, by one statement. The same events again change nothing, so that what may have been
 * committed before a connection was lost is sent anew.
 */
export async function insertTold(tx: Tx, told: readonly Told[]): Promise<void> {
  await sql`
    insert into access.audit_event (
      province_id, event_id, at, event, user_id, person_id, role, facts, outcome, route, status, record_ids
    )
    select coalesce(named.province_id, given.home), given.event_id, given.at, 'request.' || given.outcome,
      given.user_id, given.person_id, given.role, given.facts::jsonb, given.outcome, given.route, given.status,
      given.record_ids::uuid[]
    from unnest(
      ${told.map(({ eventId }) => eventId)}::uuid[],
      ${told.map(({ at }) => at)}::timestamptz[],
      ${told.map(({ by }) => by.userId)}::uuid[],
      ${told.map(({ by }) => by.personId)}::uuid[],
      ${told.map(({ by }) => by.role)}::text[],
      ${told.map(({ facts }) => JSON.stringify(facts))}::text[],
      ${told.map(({ outcome }) => outcome)}::text[],
      ${told.map(({ route }) => route)}::text[],
      ${told.map(({ status }) => status)}::smallint[],
      ${told.map(({ recordIds }) => `{${recordIds.join(',')}}`)}::text[],
      ${told.map(({ place }) => place)}::text[],
      ${told.map(({ home }) => home)}::smallint[]
    ) as given (
      event_id, at, user_id, person_id, role, facts, outcome, route, status, record_ids, place, home
    )
    left join place.read_province named on given.place in (named.slug, named.province_id::text)
    on conflict do nothing
  `.execute(tx);
}

export type TrailRow = {
  readonly eventId: Id;
  readonly at: Date;
  readonly event: string;
  readonly outcome: Outcome;
  readonly route: string | null;
  readonly status: number | null;
  readonly provinceId: number;
  readonly provinceName: Bilingual | null;
  readonly userId: Id | null;
  readonly username: string | null;
  readonly byName: string | null;
  readonly byRole: string | null;
  readonly subject: string | null;
  readonly subjectId: string | null;
  readonly recordIds: readonly string[];
  readonly facts: Record<string, unknown>;
};

export type TrailSearch = {
  readonly users: readonly Id[] | null;
  readonly record: string | null;
  readonly outcome: Outcome | null;
  /** Ids of events from this one on, and below that one: a stretch of time. */
  readonly from: string | null;
  readonly until: string | null;
  /** True for administrators, who see who was let in and no more. */
  readonly onlyAccess: boolean;
  readonly before: string | null;
  readonly limit: number;
};

/**
 * The newest events first; ids are made of the clock, so they sort by time. Each province is read along its own
 * key, so that a page of a million events costs what a page of a hundred does.
 */
export async function listTrail(tx: Tx, asked: TrailSearch): Promise<TrailRow[]> {
  const { users, record, outcome, from, until, onlyAccess, before, limit } = asked;
  const { rows } = await sql<TrailRow>`
    select found.event_id as "eventId", found.at, found.event, found.outcome, found.route, found.status,
      found.province_id as "provinceId", found.user_id as "userId", account.username,
      person.name as "byName", found.role as "byRole", found.subject, found.subject_id as "subjectId",
      array_to_json(found.record_ids) as "recordIds", found.facts,
      case when province.province_id is not null
        then json_build_object('fa', province.name_fa, 'en', province.name_en) end as "provinceName"
    from (select province_id from place.read_province union all select -1) as home
    cross join lateral (
      select province_id, event_id, at, event, user_id, person_id, role, subject, subject_id, facts, outcome,
        route, status, record_ids
      from access.audit_event
      where province_id = home.province_id
        and (
          platform.reads_all() or platform.scope_province() = -1 or province_id = platform.scope_province()
        )
        and (${before}::uuid is null or event_id < ${before}::uuid)
        and (${from}::uuid is null or event_id >= ${from}::uuid)
        and (${until}::uuid is null or event_id < ${until}::uuid)
        and (${users}::uuid[] is null or user_id = any(${users}::uuid[]))
        and (${outcome}::text is null or outcome = ${outcome})
        and (${record}::uuid is null or record_ids @> array[${record}::uuid])
        and (not ${onlyAccess} or event like 'access.%' or route like '% /api/access/%')
      order by event_id desc
      limit ${limit}
    ) as found
    left join place.read_province province on province.province_id = found.province_id
    left join access.person person on person.person_id = found.person_id
    left join access.read_user account on account.user_id = found.user_id
    order by found.event_id desc
    limit ${limit}
  `.execute(tx);
  return rows;
}

/** The accounts that bear a name, or a part of it. */
export async function findUsersByName(tx: Tx, search: string): Promise<Id[]> {
  const pattern = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const { rows } = await sql<{ userId: Id }>`
    select user_id as "userId" from access.read_user
    where username ilike ${pattern} or name ilike ${pattern}
    limit 500
  `.execute(tx);
  return rows.map(({ userId }) => userId);
}
