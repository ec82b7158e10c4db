import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Case } from '../contract.ts';
import type { CaseId } from '../queries.ts';

export type NoteRow = {
  readonly id: Id;
  readonly caseId: Id;
  readonly body: string | null;
  readonly byUser: Id;
  readonly byPerson: Id;
  readonly byRole: string;
  readonly byName: string | null;
  readonly at: Date;
};

/** The second fence beside the policies (L9). */
const inScope = sql`
  (platform.scope_county() is null or note.county_code = platform.scope_county())
  and (
    platform.scope_office() is null or note.office_id::text = platform.scope_office()
    or note.review_office_id::text = platform.scope_office()
  )
  and platform.scope_person() is null
`;

const columns = sql`
  note.note_id as id, note.case_id as "caseId", note.body, note.by_user as "byUser",
  note.by_person as "byPerson", note.by_role as "byRole", account.name as "byName", note.noted_at as at
`;

export async function listNotes(tx: Tx, { provinceId, caseId }: CaseId): Promise<NoteRow[]> {
  const { rows } = await sql<NoteRow>`
    select ${columns}
    from casework.note
    left join access.read_user account on account.user_id = note.by_user
    where note.province_id = ${provinceId} and note.case_id = ${caseId} and ${inScope}
    order by note.noted_at, note.note_id
  `.execute(tx);
  return rows;
}

export async function findNote(
  tx: Tx,
  { provinceId, noteId }: { readonly provinceId: number; readonly noteId: string },
): Promise<NoteRow | undefined> {
  const { rows } = await sql<NoteRow>`
    select ${columns}
    from casework.note
    left join access.read_user account on account.user_id = note.by_user
    where note.province_id = ${provinceId} and note.note_id = ${noteId}::uuid and ${inScope}
  `.execute(tx);
  return rows[0];
}

export type NoteEntry = {
  readonly id: string;
  readonly body: string;
  readonly by: { readonly userId: Id; readonly personId: Id; readonly role: string };
  readonly at: Date;
};

/** False when a note with this id is there already. */
export async function insertNote(tx: Tx, file: Case, { id, body, by, at }: NoteEntry): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into casework.note (
      province_id, note_id, case_id, county_code, office_id, review_office_id, subject_id, by_user, by_person,
      by_role, noted_at, body
    ) values (
      ${file.provinceId}, ${id}::uuid, ${file.id}, ${file.countyCode}, ${file.officeId}, ${file.reviewOfficeId},
      ${file.subjectId}, ${by.userId}, ${by.personId}, ${by.role}, ${at}, ${body}
    )
    on conflict (province_id, note_id) do nothing
    returning note_id as id
  `.execute(tx);
  return rows.length === 1;
}

export async function eraseBody(
  tx: Tx,
  note: { readonly provinceId: number; readonly noteId: string },
  erased: { readonly by: NoteEntry['by']; readonly at: Date; readonly under: string },
): Promise<void> {
  await sql`
    update casework.note
    set body = null, erased_at = ${erased.at}, erased_by_user = ${erased.by.userId},
      erased_by_person = ${erased.by.personId}, erased_under = ${erased.under}
    where province_id = ${note.provinceId} and note_id = ${note.noteId}::uuid and body is not null
  `.execute(tx);
}
