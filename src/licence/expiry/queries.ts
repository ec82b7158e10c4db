import { sql } from 'kysely';
import { caseTopic } from '#casework/contract.ts';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import { nearExpiry } from './contract.ts';

export type Expiring = {
  readonly licenceId: Id;
  readonly subjectId: Id;
  readonly countyCode: string;
  readonly officeId: Id | null;
  readonly expiresOn: Day;
};

export type ExpiringAsked = {
  readonly provinceId: number;
  readonly today: Day;
  /** The last day of expiry of which word goes out today. */
  readonly until: Day;
  readonly limit: number;
  readonly among?: readonly Id[];
};

/**
 * Licences that come to their end by a day and of which their holder was not told: none that was ended or renewed,
 * or whose renewal is under way.
 */
export async function listExpiring(tx: Tx, asked: ExpiringAsked): Promise<Expiring[]> {
  const { rows } = await sql<Expiring>`
    select
      licence.licence_id as "licenceId", licence.subject_id as "subjectId", licence.county_code as "countyCode",
      licence.office_id as "officeId", licence.expires_on as "expiresOn"
    from licence.licence licence
    where licence.province_id = ${asked.provinceId}
      and licence.origin = 'signed'
      and licence.expires_on between ${isoOf(asked.today)} and ${isoOf(asked.until)}
      and (${asked.among ?? null}::uuid[] is null or licence.licence_id = any(${asked.among ?? null}::uuid[]))
      and not exists (
        select 1 from licence.ending
        where ending.province_id = licence.province_id and ending.licence_id = licence.licence_id
      )
      and not exists (
        select 1 from licence.request request
        where request.province_id = licence.province_id and request.person_id = licence.person_id
          and request.renews_licence_id = licence.licence_id
          and request.state not in ('turned_down', 'upheld', 'withdrawn')
      )
      and not exists (
        select 1 from platform.message message
        where message.province_id = licence.province_id and message.topic = ${caseTopic}
          and message.subject_id = licence.licence_id and message.facts ->> 'state' = ${nearExpiry}
      )
    order by licence.expires_on, licence.licence_id
    limit ${asked.limit}
  `.execute(tx);
  return rows;
}

export type UnobjectedAsked = {
  readonly provinceId: number;
  readonly today: Day;
  readonly limit: number;
  readonly among?: readonly Id[];
};

/** Requests that were turned down and whose time to object has passed, the longest past first. */
export async function listUnobjected(tx: Tx, asked: UnobjectedAsked): Promise<Id[]> {
  const { rows } = await sql<{ requestId: Id }>`
    select request.request_id as "requestId"
    from licence.request request
    join casework.read_case file on file.province_id = request.province_id and file.id = request.request_id
    where request.province_id = ${asked.provinceId}
      and request.state = 'turned_down'
      and file.due_on < ${isoOf(asked.today)}::date
      and (${asked.among ?? null}::uuid[] is null or request.request_id = any(${asked.among ?? null}::uuid[]))
    order by file.due_on, request.request_id
    limit ${asked.limit}
  `.execute(tx);
  return rows.map(({ requestId }) => requestId);
}
