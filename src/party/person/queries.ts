import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { FactKind, FactSource, PersonForm, ErasureOrder } from './contract.ts';

export type PersonRow = {
  readonly provinceId: number;
  readonly personId: Id;
  readonly form: PersonForm;
  readonly nationalId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly fatherName: string | null;
  readonly bornOn: Day | null;
  readonly gender: 'woman' | 'man' | null;
  readonly sortKey: string;
  readonly readers: readonly string[];
  readonly countyCode: string;
  readonly countyFa: string;
  readonly countyEn: string;
  readonly settlement: 'urban' | 'rural' | 'nomad' | null;
  readonly decile: string | null;
  readonly womanHead: string | null;
  readonly disability: string | null;
  readonly veteran: string | null;
  readonly employment: string | null;
  readonly clientOf: string | null;
  readonly household: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly account: string | null;
  readonly activity: string | null;
  readonly enteredAt: Date;
  readonly mergedInto: Id | null;
  readonly erasureId: Id | null;
};

export const personColumns = sql`
  person.province_id as "provinceId", person.person_id as "personId", person.form,
  person.national_id as "nationalId", person.first_name as "firstName", person.last_name as "lastName",
  person.father_name as "fatherName", person.born_on as "bornOn", person.gender,
  person.sort_key as "sortKey", person.readers, person.county_code as "countyCode", county.name_fa as "countyFa",
  county.name_en as "countyEn", person.settlement, person.decile, person.woman_head as "womanHead",
  person.disability, person.veteran, person.employment, person.client_of as "clientOf", person.household,
  person.address, person.phone, person.email, person.account, person.activity, person.entered_at as "enteredAt",
  person.merged_into as "mergedInto", person.erasure_id as "erasureId"
`;

export const countyOf = sql`
  join place.read_county county
    on county.province_id = person.province_id and county.county_code = person.county_code
`;

export type AtPerson = { readonly provinceId: number; readonly personId: string };

export type AddressRow = {
  readonly personId: Id;
  readonly phone: string | null;
  readonly email: string | null;
};

/** Where persons are reached; a record that was merged is reached where the one that is kept is. */
export async function listAddresses(
  tx: Tx,
  { provinceId, personIds }: { readonly provinceId: number; readonly personIds: readonly string[] },
): Promise<AddressRow[]> {
  const { rows } = await sql<AddressRow>`
    select person.person_id as "personId",
      case when kept.person_id is null then person.phone else kept.phone end as phone,
      case when kept.person_id is null then person.email else kept.email end as email
    from party.person person
    left join party.person kept
      on kept.province_id = person.province_id and kept.person_id = person.merged_into
    where person.province_id = ${provinceId} and person.person_id = any(${personIds}::uuid[])
  `.execute(tx);
  return rows;
}

export type ReachedRow = Pick<AddressRow, 'personId' | 'phone'> & {
  /** Whether the person recorded the phone that is in force, and no office did. */
  readonly isOwnWord: boolean;
};

/** The person of an identity, and the phone of the record that is kept; one statement, as long for nobody. */
export async function findReached(
  tx: Tx,
  { provinceId, identityHash }: { readonly provinceId: number; readonly identityHash: Buffer },
): Promise<ReachedRow | undefined> {
  const { rows } = await sql<ReachedRow>`
    select person.person_id as "personId",
      case when kept.person_id is null then person.phone else kept.phone end as phone,
      coalesce(told.is_own_word, false) as "isOwnWord"
    from party.person person
    left join party.person kept
      on kept.province_id = person.province_id and kept.person_id = person.merged_into
    left join lateral (
      select fact.recorder_person_id = fact.person_id as is_own_word from party.fact fact
      where fact.province_id = person.province_id
        and fact.person_id = coalesce(kept.person_id, person.person_id) and fact.kind = 'phone'
      order by fact.since_on desc, fact.fact_id desc
      limit 1
    ) told on true
    where person.province_id = ${provinceId} and person.identity_hash = ${identityHash}
  `.execute(tx);
  return rows[0];
}

/** Within the reader's scope. */
export async function findPerson(tx: Tx, { provinceId, personId }: AtPerson): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`
    select ${personColumns} from party.person person ${countyOf}
    where person.province_id = ${provinceId} and person.person_id = ${personId}::uuid
  `.execute(tx);
  return rows[0];
}

export async function listByIds(
  tx: Tx,
  { provinceId, personIds }: { readonly provinceId: number; readonly personIds: readonly string[] },
): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select ${personColumns} from party.person person ${countyOf}
    where person.province_id = ${provinceId} and person.person_id = any(${personIds}::uuid[])
  `.execute(tx);
  return rows;
}

/** Holds a person against other deeds until the end of the transaction. */
export async function lockPerson(tx: Tx, { provinceId, personId }: AtPerson): Promise<void> {
  await sql`
    select 1 from party.person where province_id = ${provinceId} and person_id = ${personId}::uuid for update
  `.execute(tx);
}

export async function findByIdentity(
  tx: Tx,
  { provinceId, identityHash }: { readonly provinceId: number; readonly identityHash: Buffer },
): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`
    select ${personColumns} from party.person person ${countyOf}
    where person.province_id = ${provinceId} and person.identity_hash = ${identityHash}
  `.execute(tx);
  return rows[0];
}

/**
 * Opens one person's facts to a narrow reader of this transaction: only when the person's own fence lets that
 * reader in, so this cannot open what `findPerson` does not find.
 */
export async function openFacts(tx: Tx, { provinceId, personId }: AtPerson): Promise<boolean> {
  const { rows } = await sql`
    select set_config('app.opened_person', person_id::text, true) from party.person
    where province_id = ${provinceId} and person_id = ${personId}::uuid
  `.execute(tx);
  return rows.length > 0;
}

/**
 * Lets a deed that was decided under the narrow scope of its doer write what spans counties: words of a name and
 * readers of a person stand for each of them. The province stays the fence.
 */
export async function widenToProvince(tx: Tx): Promise<void> {
  await sql`
    select set_config('app.county', '', true), set_config('app.office', '', true),
      set_config('app.person', '', true)
  `.execute(tx);
}

// ---- one person

export type FactRow = {
  readonly factId: Id;
  readonly personId: Id;
  readonly kind: FactKind;
  readonly value: string | null;
  readonly sinceOn: Day;
  readonly source: FactSource;
  readonly inquiredOn: Day | null;
  readonly recordedAt: Date;
};

/** All facts of persons, the newest first. A narrow reader sees those of the person opened before. */
export async function listFacts(
  tx: Tx,
  { provinceId, personIds }: { readonly provinceId: number; readonly personIds: readonly string[] },
): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`
    select fact_id as "factId", person_id as "personId", kind, value, since_on as "sinceOn", source,
      inquired_on as "inquiredOn", recorded_at as "recordedAt"
    from party.fact
    where province_id = ${provinceId} and person_id = any(${personIds}::uuid[])
    order by since_on desc, fact_id desc
  `.execute(tx);
  return rows;
}

/** Members of one household within the reader's scope, or the records merged into one. */
export async function listKin(
  tx: Tx,
  asked: AtPerson & { readonly household: string | null; readonly limit: number },
): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select ${personColumns} from party.person person ${countyOf}
    where person.province_id = ${asked.provinceId} and person.household = ${asked.household}
      and person.person_id <> ${asked.personId}::uuid and person.merged_into is null
    order by person.born_on nulls last, person.person_id limit ${asked.limit}
  `.execute(tx);
  return rows;
}

export async function listMerged(tx: Tx, { provinceId, personId }: AtPerson): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select ${personColumns} from party.person person ${countyOf}
    where person.province_id = ${provinceId} and person.merged_into = ${personId}::uuid
    order by person.person_id
  `.execute(tx);
  return rows;
}

/** In how many other provinces the same person is kept. */
export async function countElsewhere(tx: Tx, { provinceId, personId }: AtPerson): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from party.identity identity
    join party.person person on person.identity_hash = identity.identity_hash
    where person.province_id = ${provinceId} and person.person_id = ${personId}::uuid
      and identity.kept_in <> ${provinceId}
  `.execute(tx);
  return rows[0]?.n ?? 0;
}

export type ReachRow = { readonly reader: string; readonly reason: string; readonly givenAt: Date };

export async function listReaches(tx: Tx, { provinceId, personId }: AtPerson): Promise<ReachRow[]> {
  const { rows } = await sql<ReachRow>`
    select reader, reason, given_at as "givenAt" from party.reach
    where province_id = ${provinceId} and person_id = ${personId}::uuid order by given_at, reader
  `.execute(tx);
  return rows;
}

export type ErasureRow = { readonly reason: string; readonly reference: string; readonly erasedAt: Date };

export async function findErasure(
  tx: Tx,
  { provinceId, personId }: AtPerson,
): Promise<ErasureRow | undefined> {
  const { rows } = await sql<ErasureRow>`
    select reason, reference, erased_at as "erasedAt" from party.erasure
    where province_id = ${provinceId} and person_id = ${personId}::uuid
  `.execute(tx);
  return rows[0];
}

// ---- writing

export type By = { readonly userId: Id; readonly personId: Id; readonly at: Date };

/** False when it stood already. */
export async function insertReach(
  tx: Tx,
  asked: AtPerson & { readonly reader: string; readonly reason: string },
  by: By,
): Promise<boolean> {
  const { rows } = await sql`
    insert into party.reach (
      province_id, person_id, reader, reason, given_at, giver_user_id, giver_person_id
    ) values (
      ${asked.provinceId}, ${asked.personId}, ${asked.reader}, ${asked.reason}, ${by.at}, ${by.userId},
      ${by.personId}
    )
    on conflict (province_id, person_id, reader) do nothing
    returning reader
  `.execute(tx);
  return rows.length > 0;
}

export async function hasOffice(
  tx: Tx,
  { provinceId, officeId }: { readonly provinceId: number; readonly officeId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from party.agency_office where province_id = ${provinceId} and office_id = ${officeId}::uuid
    union all
    select 1 from party.branch where province_id = ${provinceId} and branch_id = ${officeId}::uuid
  `.execute(tx);
  return rows.length > 0;
}

export type ErasureEntry = AtPerson & { readonly order: ErasureOrder; readonly by: By };

/** Writes the act and empties the person's row, facts and answers of registers under it; nothing is asked any more. */
export async function eraseFacts(tx: Tx, { provinceId, personId, order, by }: ErasureEntry): Promise<void> {
  await sql`
    insert into party.erasure (
      province_id, erasure_id, person_id, reason, reference, erased_at, eraser_user_id, eraser_person_id
    ) values (
      ${provinceId}, ${order.id}, ${personId}, ${order.reason}, ${order.reference}, ${by.at}, ${by.userId},
      ${by.personId}
    )
  `.execute(tx);
  await sql`
    update party.fact set value = null, erasure_id = ${order.id}::uuid
    where province_id = ${provinceId} and person_id = ${personId}::uuid
  `.execute(tx);
  await sql`
    update party.inquiry_answer set answer = null, reference = null, erasure_id = ${order.id}::uuid
    where province_id = ${provinceId} and person_id = ${personId}::uuid
  `.execute(tx);
  await sql`
    delete from party.inquiry_wait where province_id = ${provinceId} and person_id = ${personId}::uuid
  `.execute(tx);
  await sql`
    update party.person set
      national_id = null, first_name = null, last_name = null, father_name = null, born_on = null,
      gender = null, sort_key = '', settlement = null, decile = null, woman_head = null, disability = null,
      veteran = null, employment = null, client_of = null, household = null, address = null, phone = null,
      email = null, account = null, activity = null, erasure_id = ${order.id}::uuid
    where province_id = ${provinceId} and person_id = ${personId}::uuid
  `.execute(tx);
}

export const isoOrNull = (day: Day | null): string | null => (day === null ? null : isoOf(day));

/** One deed at a time with this id of a fact, whoever it is about; ends with the transaction. */
export async function lockFactId(tx: Tx, provinceId: number, factId: string): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`fact ${provinceId} ${factId.toLowerCase()}`}, 0))
  `.execute(tx);
}

/** Whether a fact of this id was told of anybody in the province, lists aside: to be asked in the width of the province. */
export async function isFactKept(
  tx: Tx,
  { provinceId, factId }: { readonly provinceId: number; readonly factId: string },
): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select exists (
      select 1 from party.fact
      where province_id = ${provinceId} and fact_id = ${factId}::uuid and source <> 'list'
    ) as kept
  `.execute(tx);
  return must(rows[0], 'an exists has a row').kept;
}
