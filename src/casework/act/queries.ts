import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Case } from '../contract.ts';
import type { CaseId } from '../queries.ts';

/** Runs one row of many: what it wrote is undone when it gives back false, and the other rows stay. */
export async function tryRow<Row>(tx: Tx, row: () => Promise<{ readonly ok: boolean } & Row>): Promise<Row> {
  await sql`savepoint one_row`.execute(tx);
  const result = await row();
  await (result.ok ? sql`release savepoint one_row` : sql`rollback to savepoint one_row`).execute(tx);
  return result;
}

export type HoldEntry = {
  readonly id: string;
  readonly holderId: Id | null;
  readonly by: { readonly userId: Id; readonly personId: Id; readonly role: string };
  readonly at: Date;
};

/** False when this was written already. */
export async function insertHold(tx: Tx, file: Case, { id, holderId, by, at }: HoldEntry): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into casework.hold (
      province_id, hold_id, case_id, version, holder_id, county_code, office_id, review_office_id, subject_id,
      by_user, by_person, by_role, held_at
    ) values (
      ${file.provinceId}, ${id}::uuid, ${file.id}, ${file.version}, ${holderId}, ${file.countyCode},
      ${file.officeId}, ${file.reviewOfficeId}, ${file.subjectId}, ${by.userId}, ${by.personId}, ${by.role}, ${at}
    )
    on conflict (province_id, hold_id) do nothing
    returning hold_id as id
  `.execute(tx);
  return rows.length === 1;
}

export async function setHolder(tx: Tx, { provinceId, caseId }: CaseId, holderId: Id | null): Promise<void> {
  await sql`
    update casework.task set holder_id = ${holderId}
    where province_id = ${provinceId} and case_id = ${caseId}
  `.execute(tx);
}

export type CaseNaming = {
  readonly number: string;
  /** Of the province; null for what belongs to none. */
  readonly slug: string | null;
  readonly provinceFa: string | null;
  readonly provinceEn: string | null;
  readonly countyFa: string | null;
  readonly countyEn: string | null;
  readonly subjectName: string | null;
  readonly holderName: string | null;
};

/** The names that stand on the page of a case, each within what the reader may see. */
export async function findNaming(tx: Tx, file: Case): Promise<CaseNaming | undefined> {
  const { rows } = await sql<CaseNaming>`
    select
      tracking.number, province.slug, province.name_fa as "provinceFa", province.name_en as "provinceEn",
      county.name_fa as "countyFa", county.name_en as "countyEn",
      nullif(concat_ws(' ', person.first_name, person.last_name), '') as "subjectName",
      (
        select account.name
        from casework.hold
        join access.read_user account on account.user_id = hold.by_user
        where hold.province_id = ${file.provinceId} and hold.case_id = ${file.id}
          and hold.version = ${file.version} and hold.holder_id is not null
        order by hold.held_at desc, hold.hold_id desc
        limit 1
      ) as "holderName"
    from casework.tracking
    left join place.read_province province on province.province_id = ${file.provinceId}
    left join place.read_county county
      on county.province_id = ${file.provinceId} and county.county_code = ${file.countyCode}
    left join party.read_person person
      on person.province_id = ${file.provinceId} and person.person_id = ${file.subjectId}::uuid
    where tracking.province_id = ${file.provinceId} and tracking.case_id = ${file.id}
  `.execute(tx);
  return rows[0];
}
