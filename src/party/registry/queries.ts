import { sql, type RawBuilder } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { PersonFilter } from '../person/contract.ts';
import { countyOf, personColumns, type PersonRow } from '../person/queries.ts';

export type PersonsAsked = {
  readonly provinceId: number;
  readonly filter: PersonFilter;
  /** The second fence beside the policies: the county of the reader's scope, or the one that is filtered by. */
  readonly countyCode: string | null;
  /** Whether an office or a branch asks, which is let in to few. */
  readonly isOffice: boolean;
  readonly search: Search;
  readonly after: readonly [sortKey: string, personId: string] | null;
  readonly limit: number;
};

/** What the typed search was read as. */
export type Search =
  | { readonly by: 'nothing' }
  /** Digits that are neither an id nor a phone. */
  | { readonly by: 'nobody' }
  | { readonly by: 'identity'; readonly hash: Buffer }
  | { readonly by: 'phone'; readonly phone: string }
  | { readonly by: 'words'; readonly words: readonly string[] }
  /** Offices are let in to few persons and not to the words of a county. */
  | { readonly by: 'text'; readonly parts: readonly string[] };

/** After every letter that a coded word can hold. */
const afterAll = '~';

/** Beyond the province and the county of residence: only those are in the index by readers. */
const openedFurther = sql`cardinality(person.readers) > 2`;

function filters({ filter, countyCode, isOffice }: PersonsAsked): RawBuilder<unknown> {
  const { decile, settlement, clientOf, employment, womanHead, county } = filter;
  return sql`
    person.merged_into is null and person.erasure_id is null
    and ${isOffice ? openedFurther : sql`true`}
    and (${countyCode}::text is null or person.readers @> array[${countyCode}::text])
    and (${county ?? null}::text is null or person.county_code = ${county ?? null})
    and (${decile ?? null}::int is null or person.decile::int <= ${decile ?? null}::int)
    and (${settlement ?? null}::text is null or person.settlement = ${settlement ?? null})
    and (${clientOf ?? null}::text is null or person.client_of = ${clientOf ?? null})
    and (${employment ?? null}::text is null or person.employment = ${employment ?? null})
    and (${womanHead ?? null}::text is null or person.woman_head = ${womanHead ?? null})
  `;
}

const from = ({ provinceId, filter }: PersonsAsked): RawBuilder<unknown> =>
  sql`party.person person ${countyOf}
    where person.province_id = ${provinceId} and person.form = ${filter.form}`;

function searched(search: Search): RawBuilder<unknown> {
  switch (search.by) {
    case 'identity':
      return sql`person.identity_hash = ${search.hash}`;
    case 'phone':
      return sql`person.phone = ${search.phone}`;
    case 'text':
      return sql.join(
        search.parts.map(
          (part) => sql`strpos(concat_ws(' ', person.first_name, person.last_name), ${part}) > 0`,
        ),
        sql` and `,
      );
    case 'nobody':
      return sql`false`;
    case 'nothing':
    case 'words':
      return sql`true`;
  }
}

/** In the order of names, or the newest first; by words always in the order of names. */
export async function listPersons(tx: Tx, asked: PersonsAsked): Promise<PersonRow[]> {
  const { search, filter, after, limit } = asked;
  if (search.by === 'words') return listByWords(tx, asked, search.words);
  const byName = filter.sort === 'name';
  const order = byName ? sql`person.sort_key, person.person_id` : sql`person.person_id desc`;
  const further =
    after === null
      ? sql`true`
      : byName
        ? sql`(person.sort_key, person.person_id) > (${after[0]}, ${after[1]}::uuid)`
        : sql`person.person_id < ${after[1]}::uuid`;
  const { rows } = await sql<PersonRow>`
    select ${personColumns} from ${from(asked)}
      and ${searched(search)} and ${filters(asked)} and ${further}
    order by ${order} limit ${limit}
  `.execute(tx);
  return rows;
}

async function listByWords(
  tx: Tx,
  asked: PersonsAsked,
  [first = '', ...rest]: readonly string[],
): Promise<PersonRow[]> {
  const { rows } = await (rest.length === 0 ? oneWord(asked, first) : allWords(asked, first, rest)).execute(
    tx,
  );
  return rows;
}

/** In which county's words to look: the reader's or the chosen one, or the home county of each person. */
const place = (alias: string, { provinceId, filter, countyCode }: PersonsAsked): RawBuilder<unknown> => {
  const county = countyCode ?? filter.county ?? null;
  const of = sql.table(alias);
  const where = sql`${of}.province_id = ${provinceId} and ${of}.form = ${filter.form}`;
  return county === null ? sql`${where} and ${of}.is_home` : sql`${where} and ${of}.county_code = ${county}`;
};

const begins = (alias: string, word: string): RawBuilder<unknown> =>
  sql`${sql.table(alias)}.word >= ${word} and ${sql.table(alias)}.word < ${word + afterAll}`;

const further = (alias: string, { after }: PersonsAsked): RawBuilder<unknown> =>
  after === null
    ? sql`true`
    : sql`(${sql.table(alias)}.sort_key, ${sql.table(alias)}.person_id) > (${after[0]}, ${after[1]}::uuid)`;

/**
 * A beginning that tens of thousands of names have: the index goes from one whole word to the next, and each
 * gives its first names in order, so that no more is read than the page shows of each. Sorting all of them took
 * as long as there are names.
 */
const oneWord = (asked: PersonsAsked, begun: string): RawBuilder<PersonRow> => sql<PersonRow>`
  with recursive whole (word) as (
    (select w.word from party.name_word w
      where ${place('w', asked)} and ${begins('w', begun)} order by w.word limit 1)
    union all
    select (select w.word from party.name_word w
      where ${place('w', asked)} and ${begins('w', begun)} and w.word > whole.word order by w.word limit 1)
    from whole where whole.word is not null
  )
  select ${personColumns}
  from (
    select distinct named.sort_key, named.person_id
    from whole cross join lateral (
      select w.sort_key, w.person_id
      from party.name_word w
      join party.person person on person.province_id = w.province_id and person.person_id = w.person_id
      where ${place('w', asked)} and w.word = whole.word and ${further('w', asked)} and ${filters(asked)}
      order by w.sort_key, w.person_id limit ${asked.limit}
    ) named
    where whole.word is not null
    order by named.sort_key, named.person_id limit ${asked.limit}
  ) found
  join party.person person on person.province_id = ${asked.provinceId} and person.person_id = found.person_id
  ${countyOf}
  order by found.sort_key, found.person_id
`;

/** Persons whose name has a word for each beginning. */
function allWords(asked: PersonsAsked, first: string, rest: readonly string[]): RawBuilder<PersonRow> {
  const others = rest.map((word, at) => {
    const alias = `w${at + 1}`;
    const of = sql.table(alias);
    return sql`join party.name_word ${of} on ${of}.province_id = w.province_id and ${of}.form = w.form
      and ${of}.county_code = w.county_code and ${of}.sort_key = w.sort_key and ${of}.person_id = w.person_id
      and ${begins(alias, word)} and ${place(alias, asked)}`;
  });
  return sql<PersonRow>`
    select ${personColumns}
    from (
      select distinct w.sort_key, w.person_id
      from party.name_word w ${sql.join(others, sql` `)}
      where ${place('w', asked)} and ${begins('w', first)} and ${further('w', asked)}
    ) named
    join party.person person on person.province_id = ${asked.provinceId} and person.person_id = named.person_id
    ${countyOf}
    where ${filters(asked)}
    order by named.sort_key, named.person_id limit ${asked.limit}
  `;
}

/** How the names of a search sound: in which letters sort keys are heard, and what they hold of each further word. */
export type Hearing = {
  readonly mixed: { readonly from: string; readonly to: string };
  readonly held: readonly string[];
  /** A key of this length may have been cut: what its name holds beyond, only the name itself tells. */
  readonly longestKey: number;
};

export type Heard = {
  readonly personId: Id;
  readonly firstName: string | null;
  readonly lastName: string;
};

/** Persons whose names have a word that begins so and hold the others as they sound, as they lie in the index. */
export async function listHeard(
  tx: Tx,
  asked: PersonsAsked,
  { first, hearing, most }: { readonly first: string; readonly hearing: Hearing; readonly most: number },
): Promise<Heard[]> {
  const { mixed, held, longestKey } = hearing;
  const heard = sql`translate(w.sort_key, ${mixed.from}, ${mixed.to})`;
  const each = held.map((word) => sql`(${heard} ~ ${word} or length(w.sort_key) >= ${longestKey})`);
  const { rows } = await sql<Heard>`
    select found.person_id as "personId", person.first_name as "firstName", person.last_name as "lastName"
    from (
      select w.person_id from party.name_word w
      where ${sql.join([place('w', asked), begins('w', first), ...each], sql` and `)} limit ${most}
    ) found
    join party.person person on person.province_id = ${asked.provinceId} and person.person_id = found.person_id
  `.execute(tx);
  return rows;
}
