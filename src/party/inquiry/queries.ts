import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { AtPerson, By } from '../person/queries.ts';
import type { InquiryFailure, InquiryKind, InquiryVerdict, Waiting } from './contract.ts';

export type NewInquiry = AtPerson & {
  readonly inquiryId: Id;
  readonly kind: InquiryKind;
  readonly provider: { readonly name: string; readonly simulated: boolean };
};

/**
 * Writes a question and that it waits to be asked. Whichever of two comes second finds the place of its kind taken,
 * and false is given back: nothing of it is to stay.
 */
export async function insertInquiry(tx: Tx, inquiry: NewInquiry, by: By): Promise<boolean> {
  const { provinceId, personId, inquiryId, kind, provider } = inquiry;
  await sql`
    insert into party.inquiry (
      province_id, inquiry_id, person_id, kind, provider, is_simulated, asked_at, asker_user_id, asker_person_id
    ) values (
      ${provinceId}, ${inquiryId}, ${personId}, ${kind}, ${provider.name}, ${provider.simulated}, ${by.at},
      ${by.userId}, ${by.personId}
    )
  `.execute(tx);
  const { rows } = await sql`
    insert into party.inquiry_wait (province_id, person_id, kind, inquiry_id, due_at)
    values (${provinceId}, ${personId}, ${kind}, ${inquiryId}, ${by.at})
    on conflict (province_id, person_id, kind) do nothing
    returning inquiry_id
  `.execute(tx);
  return rows.length > 0;
}

export type WaitRow = Omit<Waiting, 'askedAt' | 'dueAt'> & {
  readonly kind: InquiryKind;
  readonly askedAt: Date;
  readonly dueAt: Date;
};

export async function listWaiting(tx: Tx, { provinceId, personId }: AtPerson): Promise<WaitRow[]> {
  const { rows } = await sql<WaitRow>`
    select wait.kind, wait.inquiry_id as "inquiryId", inquiry.asked_at as "askedAt", wait.tries,
      wait.due_at as "dueAt", wait.failure
    from party.inquiry_wait wait
    join party.inquiry inquiry
      on inquiry.province_id = wait.province_id and inquiry.inquiry_id = wait.inquiry_id
    where wait.province_id = ${provinceId} and wait.person_id = ${personId}::uuid
  `.execute(tx);
  return rows;
}

export type ResultRow = {
  readonly inquiryId: Id;
  readonly kind: InquiryKind;
  readonly provider: string;
  readonly simulated: boolean;
  readonly askedAt: Date;
  readonly answeredAt: Date;
  readonly verdict: InquiryVerdict;
  readonly answer: unknown;
  readonly reference: string | null;
  readonly failure: InquiryFailure | null;
  readonly tries: number;
  readonly validUntil: Day | null;
  readonly factId: Id | null;
};

const mostResults = 200;

export async function listResults(tx: Tx, { provinceId, personId }: AtPerson): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    select answer.inquiry_id as "inquiryId", answer.kind, inquiry.provider, inquiry.is_simulated as simulated,
      inquiry.asked_at as "askedAt", answer.answered_at as "answeredAt", answer.verdict, answer.answer,
      answer.reference, answer.failure, answer.tries, answer.valid_until as "validUntil",
      answer.fact_id as "factId"
    from party.inquiry inquiry
    join party.inquiry_answer answer
      on answer.province_id = inquiry.province_id and answer.inquiry_id = inquiry.inquiry_id
    where inquiry.province_id = ${provinceId} and inquiry.person_id = ${personId}::uuid
    order by answer.answered_at desc, answer.inquiry_id desc
    limit ${mostResults}
  `.execute(tx);
  return rows;
}

// ---- what waits to be asked

export type DueInquiry = AtPerson & {
  readonly personId: Id;
  readonly inquiryId: Id;
  readonly kind: InquiryKind;
  readonly tries: number;
  readonly provider: string;
  readonly nationalId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly bornOn: Day | null;
  readonly askerUserId: Id;
  readonly askerPersonId: Id;
};

/** What is due, of all provinces, the longest waiting first. */
export async function listDue(
  tx: Tx,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<DueInquiry[]> {
  const { rows } = await sql<DueInquiry>`
    select wait.province_id as "provinceId", wait.person_id as "personId", wait.inquiry_id as "inquiryId",
      wait.kind, wait.tries, inquiry.provider, person.national_id as "nationalId",
      person.first_name as "firstName", person.last_name as "lastName", person.born_on as "bornOn",
      inquiry.asker_user_id as "askerUserId", inquiry.asker_person_id as "askerPersonId"
    from party.inquiry_wait wait
    join party.inquiry inquiry
      on inquiry.province_id = wait.province_id and inquiry.inquiry_id = wait.inquiry_id
    join party.person person
      on person.province_id = wait.province_id and person.person_id = wait.person_id
    where wait.due_at <= ${now}
    order by wait.due_at, wait.inquiry_id
    limit ${limit}
  `.execute(tx);
  return rows;
}

type AtWait = Pick<DueInquiry, 'provinceId' | 'inquiryId' | 'personId' | 'kind'>;

/** Takes a try: false when somebody else has taken it. Until `until` nobody asks again. */
export async function takeTry(
  tx: Tx,
  { provinceId, personId, kind, inquiryId }: AtWait,
  { tries, until }: { readonly tries: number; readonly until: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update party.inquiry_wait set tries = tries + 1, due_at = ${until}
    where province_id = ${provinceId} and person_id = ${personId}::uuid and kind = ${kind}
      and inquiry_id = ${inquiryId}::uuid and tries = ${tries}
    returning inquiry_id
  `.execute(tx);
  return rows.length > 0;
}

export async function noteFailure(
  tx: Tx,
  { provinceId, personId, kind, inquiryId }: AtWait,
  { failure, dueAt }: { readonly failure: InquiryFailure; readonly dueAt: Date },
): Promise<void> {
  await sql`
    update party.inquiry_wait set failure = ${failure}, due_at = ${dueAt}
    where province_id = ${provinceId} and person_id = ${personId}::uuid and kind = ${kind}
      and inquiry_id = ${inquiryId}::uuid
  `.execute(tx);
}

/** Ends the waiting: false when it was ended already, and then there is nothing to write. */
export async function endWaiting(
  tx: Tx,
  { provinceId, personId, kind, inquiryId }: AtWait,
): Promise<boolean> {
  const { rows } = await sql`
    delete from party.inquiry_wait
    where province_id = ${provinceId} and person_id = ${personId}::uuid and kind = ${kind}
      and inquiry_id = ${inquiryId}::uuid
    returning inquiry_id
  `.execute(tx);
  return rows.length > 0;
}

export type NewResult = AtWait & {
  readonly verdict: InquiryVerdict;
  readonly answer: unknown;
  readonly reference: string | null;
  readonly failure: InquiryFailure | null;
  readonly tries: number;
  readonly answeredAt: Date;
  readonly validUntil: Day | null;
  readonly factId: Id | null;
};

export async function insertResult(tx: Tx, result: NewResult): Promise<void> {
  const answer = result.answer === null ? null : JSON.stringify(result.answer);
  await sql`
    insert into party.inquiry_answer (
      province_id, inquiry_id, person_id, kind, verdict, answer, reference, failure, tries, answered_at,
      valid_until, fact_id
    ) values (
      ${result.provinceId}, ${result.inquiryId}, ${result.personId}, ${result.kind}, ${result.verdict},
      ${answer}::jsonb, ${result.reference}, ${result.failure}, ${result.tries}, ${result.answeredAt},
      ${result.validUntil === null ? null : isoOf(result.validUntil)}, ${result.factId}
    )
  `.execute(tx);
}
