import { sql } from 'kysely';
import type { Role } from '#kernel/actor.ts';
import { isoOf, type Day } from '#kernel/day.ts';
import { isId, type Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Tx } from '#platform/db.ts';
import type { AuditEvent } from './contract.ts';

export type GrantRow = {
  readonly provinceId: number;
  readonly grantId: Id;
  readonly userId: Id;
  readonly personId: Id;
  readonly role: Role;
  readonly countyCode: string | null;
  readonly officeId: Id | null;
  readonly startsOn: Day;
  readonly endsOn: Day | null;
  readonly needsApproval: boolean;
  readonly standing: 'proposed' | 'granted' | 'ended';
  readonly proposerPersonId: Id;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly provinceSlug: string | null;
  readonly provinceName: Bilingual | null;
  readonly countyName: Bilingual | null;
};

const grantRows = sql`
  select
    granted.province_id as "provinceId", granted.grant_id as "grantId", granted.user_id as "userId",
    granted.person_id as "personId", granted.role, granted.county_code as "countyCode",
    granted.office_id as "officeId", granted.starts_on as "startsOn", granted.ends_on as "endsOn",
    granted.needs_approval as "needsApproval", granted.standing,
    granted.proposer_person_id as "proposerPersonId", proposer.name as "proposedBy",
    granted.proposed_at as "proposedAt", approver.name as "approvedBy", granted.approved_at as "approvedAt",
    province.slug as "provinceSlug",
    case when province.province_id is not null
      then json_build_object('fa', province.name_fa, 'en', province.name_en) end as "provinceName",
    case when county.county_code is not null
      then json_build_object('fa', county.name_fa, 'en', county.name_en) end as "countyName"
  from access.read_role_grant granted
  join access.person proposer on proposer.person_id = granted.proposer_person_id
  left join access.person approver on approver.person_id = granted.approver_person_id
  left join place.read_province province on province.province_id = granted.province_id
  left join place.read_county county
    on county.province_id = granted.province_id and county.county_code = granted.county_code
`;

/** The grants of these accounts that the scope may see, the newest first. */
export async function listGrants(tx: Tx, userIds: readonly Id[]): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    ${grantRows} where granted.user_id = any(${userIds}::uuid[]) order by granted.proposed_at desc, granted.grant_id desc
  `.execute(tx);
  return rows;
}

export async function findGrant(tx: Tx, provinceId: number, grantId: Id): Promise<GrantRow | undefined> {
  const { rows } = await sql<GrantRow>`
    ${grantRows} where granted.province_id = ${provinceId} and granted.grant_id = ${grantId}
  `.execute(tx);
  return rows[0];
}

/** Administrators of the installation: in force today, or proposed and waiting. */
export async function listAdministrators(tx: Tx): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    ${grantRows}
    join access.read_user account on account.user_id = granted.user_id and account.locked_at is null
    where granted.province_id = -1 and granted.role = 'administrator' and granted.standing <> 'ended'
    order by granted.proposed_at
  `.execute(tx);
  return rows;
}

type ByPerson = { readonly userId: Id; readonly personId: Id };

export type NewGrantRow = {
  readonly provinceId: number;
  readonly grantId: Id;
  readonly holder: ByPerson;
  readonly role: Role;
  readonly countyCode: string | null;
  readonly officeId: string | null;
  readonly startsOn: Day;
  readonly endsOn: Day | null;
  readonly needsApproval: boolean;
  readonly proposer: ByPerson;
  readonly at: Date;
};

export async function insertGrant(tx: Tx, grant: NewGrantRow): Promise<void> {
  await sql`
    insert into access.role_grant (
      province_id, grant_id, user_id, person_id, role, county_code, office_id, starts_on, ends_on,
      needs_approval, proposer_user_id, proposer_person_id, proposed_at
    ) values (
      ${grant.provinceId}, ${grant.grantId}, ${grant.holder.userId}, ${grant.holder.personId}, ${grant.role},
      ${grant.countyCode}, ${grant.officeId}, ${isoOf(grant.startsOn)},
      ${grant.endsOn === null ? null : isoOf(grant.endsOn)}, ${grant.needsApproval},
      ${grant.proposer.userId}, ${grant.proposer.personId}, ${grant.at}
    )
  `.execute(tx);
}

/** False when another approval came first; nothing is written then. */
export async function insertApproval(
  tx: Tx,
  grant: GrantRow,
  approver: ByPerson & { readonly at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into access.role_grant_approval (
      province_id, grant_id, proposer_person_id, person_id, needs_approval,
      approver_user_id, approver_person_id, approved_at
    ) values (
      ${grant.provinceId}, ${grant.grantId}, ${grant.proposerPersonId}, ${grant.personId}, ${grant.needsApproval},
      ${approver.userId}, ${approver.personId}, ${approver.at}
    )
    on conflict on constraint role_grant_approval_pkey do nothing
    returning grant_id
  `.execute(tx);
  return rows.length === 1;
}

type End = ByPerson & { readonly at: Date; readonly reason: string };

/** False when it had ended before; nothing is written then. */
export async function insertEnd(tx: Tx, grant: GrantRow, end: End): Promise<boolean> {
  const { rows } = await sql`
    insert into access.role_grant_end (province_id, grant_id, ender_user_id, ender_person_id, reason, ended_at)
    values (${grant.provinceId}, ${grant.grantId}, ${end.userId}, ${end.personId}, ${end.reason}, ${end.at})
    on conflict on constraint role_grant_end_pkey do nothing
    returning grant_id
  `.execute(tx);
  return rows.length === 1;
}

/** Whether the province is known and, when a county is named, the county lies in it. */
export async function isPlaceKnown(tx: Tx, provinceId: number, countyCode: string | null): Promise<boolean> {
  const { rows } = await sql`
    select province.province_id from place.read_province province
    where province.province_id = ${provinceId}
      and (${countyCode}::text is null or exists (
        select 1 from place.read_county county
        where county.province_id = province.province_id and county.county_code = ${countyCode}
      ))
  `.execute(tx);
  return rows.length === 1;
}

export async function insertEvent(
  tx: Tx,
  event: AuditEvent & { readonly eventId: Id; readonly at: Date },
): Promise<void> {
  const { by, subjectId } = event;
  const recordIds = subjectId !== null && isId(subjectId) ? [subjectId] : [];
  await sql`
    insert into access.audit_event (
      province_id, event_id, at, event, user_id, person_id, role, subject, subject_id, facts, outcome, record_ids
    ) values (
      ${event.provinceId}, ${event.eventId}, ${event.at}, ${event.event}, ${by?.userId ?? null},
      ${by?.personId ?? null}, ${by?.role ?? null}, ${event.subject}, ${event.subjectId},
      ${JSON.stringify(event.facts)}::jsonb, ${event.outcome ?? 'did'}, ${recordIds}::uuid[]
    )
  `.execute(tx);
}
