import { type RawBuilder, sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Case } from '../contract.ts';
import type { CaseId } from '../queries.ts';
import type { AppointmentEntry, Entry } from './contract.ts';

/** The second fence beside the policies (L9). */
const inScope = sql`
  (platform.scope_county() is null or visit.county_code = platform.scope_county())
  and (
    platform.scope_office() is null or visit.office_id::text = platform.scope_office()
    or visit.review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or visit.subject_id::text = platform.scope_person())
`;

type EntryRow = Omit<Entry, 'by'> & {
  readonly byUser: Id;
  readonly byPerson: Id;
  readonly byRole: string;
  readonly byName: string | null;
};

export type NamedEntry = Entry & { readonly byName: string | null };

const columns = sql`
  visit.entry_id as id, visit.appointment_id as "appointmentId", visit.seq, visit.entry, visit.is_open as "isOpen",
  visit.meets_at as "meetsAt", visit.place, visit.purpose, visit.bring, visit.reason, visit.by_user as "byUser",
  visit.by_person as "byPerson", visit.by_role as "byRole", visit.entered_at as at, account.name as "byName"
`;

const entryOf = ({ byUser, byPerson, byRole, ...row }: EntryRow): NamedEntry => ({
  ...row,
  by: { userId: byUser, personId: byPerson, role: byRole },
});

/** Everything that was said about the appointments of a case, in its order. */
export async function listEntries(tx: Tx, { provinceId, caseId }: CaseId): Promise<NamedEntry[]> {
  const { rows } = await sql<EntryRow>`
    select ${columns}
    from casework.appointment visit
    left join access.read_user account on account.user_id = visit.by_user
    where visit.province_id = ${provinceId} and visit.case_id = ${caseId} and ${inScope}
    order by visit.seq
  `.execute(tx);
  return rows.map(entryOf);
}

/** Adds a row after the last one. False when its id was used already. */
export async function insertEntry(
  tx: Tx,
  file: Case,
  { entry, last }: { readonly entry: Entry; readonly last: Entry | undefined },
): Promise<boolean> {
  const follows = entry.entry === 'set' ? null : entry.appointmentId;
  const { rows } = await sql<{ id: Id }>`
    insert into casework.appointment (
      province_id, case_id, seq, entry_id, appointment_id, entry, prev_seq, was_open, is_open, follows_id, meets_at,
      place, purpose, bring, reason, county_code, office_id, review_office_id, subject_id, by_user, by_person, by_role,
      entered_at
    ) values (
      ${file.provinceId}, ${file.id}, ${entry.seq}, ${entry.id}, ${entry.appointmentId}, ${entry.entry},
      ${last?.seq ?? null}, ${last?.isOpen ?? false}, ${entry.isOpen}, ${follows}, ${entry.meetsAt}, ${entry.place},
      ${entry.purpose}, ${entry.bring}, ${entry.reason}, ${file.countyCode}, ${file.officeId}, ${file.reviewOfficeId},
      ${file.subjectId}, ${entry.by.userId}, ${entry.by.personId}, ${entry.by.role}, ${entry.at}
    )
    on conflict (province_id, entry_id) do nothing
    returning entry_id as id
  `.execute(tx);
  return rows.length === 1;
}

/** What the official calendar calls a day; empty when it is no holiday. */
export async function findHolidayNames(tx: Tx, iso: string): Promise<string[]> {
  const { rows } = await sql<{ title: string }>`
    select title_fa as title from casework.holiday where day = ${iso}::date order by title_fa
  `.execute(tx);
  return rows.map(({ title }) => title);
}

export type ListedAppointment = {
  readonly caseId: Id;
  readonly kind: string;
  readonly number: string;
  readonly subjectName: string | null;
  readonly appointmentId: Id;
  readonly seq: number;
  readonly standing: AppointmentEntry;
  readonly isOpen: boolean;
  readonly meetsAt: Date;
  readonly place: string;
  readonly purpose: string;
  readonly bring: string;
  readonly reason: string | null;
};

export type AppointmentsAsked = {
  readonly provinceId: number;
  /** Null has no beginning. */
  readonly from: Date | null;
  /** Null has no end. */
  readonly until: Date | null;
  /**
   * Kind and state, with a space between, of the cases in which somebody can still be given another time: only those
   * who ask for one there. Null is every appointment.
   */
  readonly owedIn: readonly string[] | null;
  /** The hour, the case and the id of the last row; null begins. */
  readonly after: readonly [meetsAt: string, caseId: string, appointmentId: string] | null;
  readonly limit: number;
};

/** A page of the appointments of a time as they stand, those that were cancelled left out, the earliest first. */
export async function listAppointments(
  tx: Tx,
  { provinceId, from, until, owedIn, after, limit }: AppointmentsAsked,
): Promise<ListedAppointment[]> {
  const { rows } = await sql<ListedAppointment>`
    select
      visit.case_id as "caseId", file.kind, tracking.number,
      nullif(concat_ws(' ', person.first_name, person.last_name), '') as "subjectName",
      visit.appointment_id as "appointmentId", visit.seq, visit.entry as standing, visit.is_open as "isOpen",
      visit.meets_at as "meetsAt", visit.place, visit.purpose, visit.bring, visit.reason
    from casework.appointment visit
    join casework.case_file file on file.province_id = visit.province_id and file.id = visit.case_id
    join casework.tracking tracking on tracking.province_id = visit.province_id and tracking.case_id = visit.case_id
    left join party.read_person person
      on person.province_id = visit.province_id and person.person_id = visit.subject_id
    where visit.province_id = ${provinceId}
      and (${from}::timestamptz is null or visit.meets_at >= ${from}::timestamptz)
      and (${until}::timestamptz is null or visit.meets_at < ${until}::timestamptz)
      and ${owedIn === null ? sql`visit.entry <> 'cancelled'` : isOwed(owedIn)} and ${inScope}
      and ${afterVisit(after)}
      and not exists (
        select 1 from casework.appointment later
        where later.province_id = ${provinceId} and later.case_id = visit.case_id
          and later.appointment_id = visit.appointment_id and later.seq > visit.seq
      )
    order by visit.meets_at, visit.case_id, visit.appointment_id
    limit ${limit}
  `.execute(tx);
  return rows;
}

/** Whoever asked is owed an answer also after the day has passed, and none any more once the case is closed. */
const isOwed = (openStates: readonly string[]): RawBuilder<unknown> =>
  sql`visit.entry = 'asked' and (file.kind || ' ' || file.state) = any(${openStates}::text[])`;

const afterVisit = (after: AppointmentsAsked['after']): RawBuilder<unknown> =>
  after === null
    ? sql`true`
    : sql`(visit.meets_at, visit.case_id, visit.appointment_id)
        > (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}::uuid)`;

export type ToRemind = {
  readonly caseId: Id;
  readonly appointmentId: Id;
  readonly meetsAt: Date;
  /** When this time was set or moved to. */
  readonly toldAt: Date;
};

/** Open appointments of the coming time of which nobody was reminded at this hour. */
export async function listUnreminded(
  tx: Tx,
  { provinceId, from, until }: { readonly provinceId: number; readonly from: Date; readonly until: Date },
): Promise<ToRemind[]> {
  const { rows } = await sql<ToRemind>`
    select visit.case_id as "caseId", visit.appointment_id as "appointmentId", visit.meets_at as "meetsAt",
      (
        select max(told.entered_at) from casework.appointment told
        where told.province_id = ${provinceId} and told.case_id = visit.case_id
          and told.appointment_id = visit.appointment_id and told.entry in ('set', 'moved')
      ) as "toldAt"
    from casework.appointment visit
    where visit.province_id = ${provinceId} and visit.is_open
      and visit.meets_at > ${from} and visit.meets_at < ${until} and ${inScope}
      -- A case that was closed meanwhile waits for nobody.
      and exists (
        select 1 from casework.task waiting
        where waiting.province_id = ${provinceId} and waiting.case_id = visit.case_id
      )
      and not exists (
        select 1 from casework.appointment later
        where later.province_id = ${provinceId} and later.case_id = visit.case_id and later.seq > visit.seq
      )
      and not exists (
        select 1 from casework.reminder told
        where told.province_id = ${provinceId} and told.appointment_id = visit.appointment_id
          and told.meets_at = visit.meets_at
      )
    order by visit.meets_at, visit.case_id
  `.execute(tx);
  return rows;
}

/** Writes down that somebody was reminded. False when it was written already. */
export async function insertReminder(
  tx: Tx,
  file: Case,
  told: Pick<ToRemind, 'appointmentId' | 'meetsAt'> & { readonly at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into casework.reminder (
      province_id, case_id, appointment_id, meets_at, county_code, office_id, review_office_id, subject_id, reminded_at
    ) values (
      ${file.provinceId}, ${file.id}, ${told.appointmentId}, ${told.meetsAt}, ${file.countyCode}, ${file.officeId},
      ${file.reviewOfficeId}, ${file.subjectId}, ${told.at}
    )
    on conflict (province_id, appointment_id, meets_at) do nothing
    returning appointment_id as id
  `.execute(tx);
  return rows.length === 1;
}
