import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { FactKind, FactSource, PersonForm } from '../person/contract.ts';

/** A person as it is entered, with the facts that are in force from the beginning. */
export type PersonEntry = {
  readonly personId: Id;
  readonly form: PersonForm;
  /** In hexadecimal. */
  readonly identityHash: string;
  readonly nationalId: string;
  readonly firstName: string | null;
  readonly lastName: string;
  readonly fatherName: string | null;
  /** ISO. */
  readonly bornOn: string | null;
  readonly gender: string | null;
  readonly sortKey: string;
  readonly words: readonly string[];
  readonly countyCode: string;
  readonly inForce: Readonly<Partial<Record<FactKind, string>>>;
};

export type FactEntry = {
  readonly factId: Id;
  readonly personId: Id;
  readonly kind: FactKind;
  readonly value: string;
  /** ISO, as the next one: a day is turned into its date once for a whole list. */
  readonly sinceOn: string;
  readonly source: FactSource;
  readonly inquiredOn: string | null;
};

export type Recorder = { readonly userId: Id; readonly personId: Id; readonly at: Date };

/** Enters many persons at once, and gives back those that did not stand here yet. */
export async function insertPersons(
  tx: Tx,
  provinceId: number,
  { entries, at }: { readonly entries: readonly PersonEntry[]; readonly at: Date },
): Promise<ReadonlySet<string>> {
  const rows = entries.map(({ identityHash, inForce, ...entry }) => ({
    ...entry,
    hash: identityHash,
    ...inForce,
  }));
  const { rows: made } = await sql<{ personId: Id }>`
    insert into party.person (
      province_id, person_id, form, identity_hash, national_id, first_name, last_name, father_name, born_on,
      gender, sort_key, readers, county_code, settlement, decile, woman_head, disability, veteran, employment,
      client_of, household, address, phone, email, account, activity, entered_at
    )
    select ${provinceId}::smallint, "personId", form, decode(hash, 'hex'), "nationalId", "firstName",
      "lastName", "fatherName", "bornOn", gender, "sortKey", array['province', "countyCode"], "countyCode",
      settlement, decile, woman_head, disability, veteran, employment, client_of, household, address, phone,
      email, account, activity, ${at}
    from json_to_recordset(${JSON.stringify(rows)}::json) as entry (
      "personId" uuid, form text, hash text, "nationalId" text, "firstName" text, "lastName" text,
      "fatherName" text, "bornOn" date, gender text, "sortKey" text, "countyCode" text, settlement text,
      decile text, woman_head text, disability text, veteran text, employment text, client_of text,
      household text, address text, phone text, email text, account text, activity text
    )
    on conflict (province_id, identity_hash) do nothing
    returning person_id as "personId"
  `.execute(tx);
  const entered = new Set<string>(made.map(({ personId }) => personId));
  const fresh = entries.filter(({ personId }) => entered.has(personId));
  await insertIdentities(tx, provinceId, fresh);
  await insertWords(
    tx,
    provinceId,
    fresh.map((entry) => ({ ...entry, counties: [entry.countyCode] })),
  );
  return entered;
}

async function insertIdentities(
  tx: Tx,
  provinceId: number,
  entries: readonly { readonly identityHash: string }[],
): Promise<void> {
  await sql`
    insert into party.identity (identity_hash, kept_in)
    select decode(hash, 'hex'), ${provinceId}::smallint
    from unnest(${entries.map(({ identityHash }) => identityHash)}::text[]) as entry (hash)
    on conflict (identity_hash, kept_in) do nothing
  `.execute(tx);
}

export type Worded = {
  readonly personId: Id;
  readonly form: PersonForm;
  readonly sortKey: string;
  readonly words: readonly string[];
  /** The home county first. */
  readonly counties: readonly string[];
};

/** In the order of their index: thousands of words that come as they lie find its pages at hand. */
export async function insertWords(tx: Tx, provinceId: number, entries: readonly Worded[]): Promise<void> {
  const forms: string[] = [];
  const counties: string[] = [];
  const words: string[] = [];
  const keys: string[] = [];
  const ids: string[] = [];
  const homes: boolean[] = [];
  for (const entry of entries)
    for (const [at, county] of entry.counties.entries())
      for (const word of entry.words) {
        forms.push(entry.form);
        counties.push(county);
        words.push(word);
        keys.push(entry.sortKey);
        ids.push(entry.personId);
        homes.push(at === 0);
      }
  await sql`
    insert into party.name_word (province_id, form, county_code, word, sort_key, person_id, is_home)
    select ${provinceId}::smallint, form, county_code, word, sort_key, person_id, is_home
    from unnest(
      ${plainArray(forms)}::text[], ${plainArray(counties)}::text[], ${words}::text[], ${keys}::text[],
      ${plainArray(ids)}::uuid[], ${plainArray(homes)}::boolean[]
    ) as entry (form, county_code, word, sort_key, person_id, is_home)
    order by form, county_code, word collate "C", sort_key collate "C"
  `.execute(tx);
}

/** Takes the words of a person away: `entry` tells under which keys they stand. */
export async function deleteWords(tx: Tx, provinceId: number, entry: Worded): Promise<void> {
  await sql`
    delete from party.name_word
    where province_id = ${provinceId} and form = ${entry.form} and county_code = any(${entry.counties}::text[])
      and word = any(${entry.words}::text[]) and sort_key = ${entry.sortKey}
      and person_id = ${entry.personId}::uuid
  `.execute(tx);
}

/** Adds facts; those that stand already, to the word and the day and of the same source, are not added again. */
export async function insertFacts(
  tx: Tx,
  provinceId: number,
  { entries, by }: { readonly entries: readonly FactEntry[]; readonly by: Recorder },
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ factId: Id }>`
    insert into party.fact (
      province_id, person_id, kind, since_on, fact_id, value, source, inquired_on, recorded_at,
      recorder_user_id, recorder_person_id
    )
    select ${provinceId}::smallint, person_id, kind, since_on, fact_id, value, source, inquired_on,
      ${by.at}::timestamptz, ${by.userId}::uuid, ${by.personId}::uuid
    from unnest(
      ${entries.map(({ personId }) => personId)}::uuid[],
      ${entries.map(({ kind }) => kind)}::text[],
      ${entries.map(({ sinceOn }) => sinceOn)}::date[],
      ${entries.map(({ factId }) => factId)}::uuid[],
      ${entries.map(({ value }) => value)}::text[],
      ${entries.map(({ source }) => source)}::text[],
      ${entries.map(({ inquiredOn }) => inquiredOn)}::date[]
    ) as entry (person_id, kind, since_on, fact_id, value, source, inquired_on)
    where not exists (
      select 1 from party.fact fact
      where fact.province_id = ${provinceId} and fact.person_id = entry.person_id
        and fact.kind = entry.kind and fact.since_on = entry.since_on and fact.value = entry.value
        and fact.source = entry.source
    )
    on conflict (province_id, person_id, kind, since_on, fact_id) do nothing
    returning fact_id as "factId"
  `.execute(tx);
  return new Set(rows.map(({ factId }) => factId));
}

/** Facts of persons who were entered in this transaction, all of one day and source: nothing of them can stand yet. */
export type FirstFacts = {
  readonly entries: readonly Pick<FactEntry, 'factId' | 'personId' | 'kind' | 'value'>[];
  /** ISO. */
  readonly toldOn: string;
  readonly source: FactSource;
  readonly by: Recorder;
};

export async function insertFirstFacts(
  tx: Tx,
  provinceId: number,
  { entries, toldOn, source, by }: FirstFacts,
): Promise<void> {
  await sql`
    insert into party.fact (
      province_id, person_id, kind, since_on, fact_id, value, source, inquired_on, recorded_at,
      recorder_user_id, recorder_person_id
    )
    select ${provinceId}::smallint, person_id, kind, ${toldOn}::date, fact_id, value, ${source}::text,
      ${toldOn}::date, ${by.at}::timestamptz, ${by.userId}::uuid, ${by.personId}::uuid
    from unnest(
      ${plainArray(entries.map(({ personId }) => personId))}::uuid[],
      ${plainArray(entries.map(({ kind }) => kind))}::text[],
      ${plainArray(entries.map(({ factId }) => factId))}::uuid[],
      ${entries.map(({ value }) => value)}::text[]
    ) as entry (person_id, kind, fact_id, value)
  `.execute(tx);
}

/** An array as the database reads it, of words that need no quoting: ids, codes, kinds. */
const plainArray = (words: readonly (string | boolean)[]): string => `{${words.join(',')}}`;

/** What is in force now, of many persons: the projection of their facts, computed anew. */
export async function refreshInForce(
  tx: Tx,
  {
    provinceId,
    personIds,
    today,
  }: {
    readonly provinceId: number;
    readonly personIds: readonly string[];
    readonly today: Day;
  },
): Promise<void> {
  await sql`
    update party.person person set
      first_name = coalesce(told.first_name, person.first_name),
      last_name = coalesce(told.last_name, person.last_name),
      father_name = coalesce(told.father_name, person.father_name),
      born_on = coalesce(told.born_on::date, person.born_on),
      gender = coalesce(told.gender, person.gender),
      county_code = coalesce(told.county_code, person.county_code),
      settlement = told.settlement, decile = told.decile, woman_head = told.woman_head,
      disability = told.disability, veteran = told.veteran, employment = told.employment,
      client_of = told.client_of, household = told.household, address = told.address, phone = told.phone,
      email = told.email, account = told.account, activity = told.activity
    from (
      select person_id,
        max(value) filter (where kind = 'first_name') as first_name,
        max(value) filter (where kind = 'last_name') as last_name,
        max(value) filter (where kind = 'father_name') as father_name,
        max(value) filter (where kind = 'born_on') as born_on,
        max(value) filter (where kind = 'gender') as gender,
        max(value) filter (where kind = 'county_code') as county_code,
        max(value) filter (where kind = 'settlement') as settlement,
        max(value) filter (where kind = 'decile') as decile,
        max(value) filter (where kind = 'woman_head') as woman_head,
        max(value) filter (where kind = 'disability') as disability,
        max(value) filter (where kind = 'veteran') as veteran,
        max(value) filter (where kind = 'employment') as employment,
        max(value) filter (where kind = 'client_of') as client_of,
        max(value) filter (where kind = 'household') as household,
        max(value) filter (where kind = 'address') as address,
        max(value) filter (where kind = 'phone') as phone,
        max(value) filter (where kind = 'email') as email,
        max(value) filter (where kind = 'account') as account,
        max(value) filter (where kind = 'activity') as activity
      from (
        select distinct on (person_id, kind) person_id, kind, value
        from party.fact
        where province_id = ${provinceId} and person_id = any(${personIds}::uuid[])
          and since_on <= ${isoOf(today)}::date
        order by person_id, kind, since_on desc, fact_id desc
      ) latest
      group by person_id
    ) told
    where person.province_id = ${provinceId} and person.person_id = told.person_id
      and person.erasure_id is null
  `.execute(tx);
}

/** Who may see a person, out of the county of residence and what the person was opened to. */
export async function refreshReaders(
  tx: Tx,
  { provinceId, personIds }: { readonly provinceId: number; readonly personIds: readonly string[] },
): Promise<void> {
  await sql`
    update party.person person set readers = array['province', person.county_code] || array(
      select reach.reader from party.reach reach
      where reach.province_id = person.province_id and reach.person_id = person.person_id
        and reach.reader <> person.county_code
      order by reach.reader
    )
    where person.province_id = ${provinceId} and person.person_id = any(${personIds}::uuid[])
  `.execute(tx);
}

export async function updateSortKey(
  tx: Tx,
  {
    provinceId,
    personId,
    sortKey,
  }: {
    readonly provinceId: number;
    readonly personId: string;
    readonly sortKey: string;
  },
): Promise<void> {
  await sql`
    update party.person set sort_key = ${sortKey}
    where province_id = ${provinceId} and person_id = ${personId}::uuid
  `.execute(tx);
}

/** Hashes in hexadecimal as the database reads bytes: an array is looked up in the index, a join to one is planned blindly. */
export const byteas = (hashes: readonly string[]): string[] => hashes.map((hash) => `\\x${hash}`);

/** Which of these persons stand here, by the hash of their id; held until the end of the transaction. */
export async function lockKnown(
  tx: Tx,
  { provinceId, hashes }: { readonly provinceId: number; readonly hashes: readonly string[] },
): Promise<{ readonly personId: Id; readonly hash: string; readonly erased: boolean }[]> {
  const { rows } = await sql<{ personId: Id; hash: string; erased: boolean }>`
    select person_id as "personId", encode(identity_hash, 'hex') as hash, erasure_id is not null as erased
    from party.person
    where province_id = ${provinceId} and identity_hash = any(${byteas(hashes)}::bytea[])
    order by person_id
    for update
  `.execute(tx);
  return rows;
}
