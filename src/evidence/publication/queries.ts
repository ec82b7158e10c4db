import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Condition } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import { type Counted, type Selection, conditions, scan } from '../queries.ts';

/** The records of a selection as one hash: what is published is these records and no others. */
export async function recordsHash(tx: Tx, measure: Counted, selection: Selection): Promise<string> {
  const { rows } = await sql<{ hash: string }>`
    select encode(sha256(coalesce(
      string_agg(record_id::text || ':' || ${sql.ref(measure.column)}::text, ',' order by record_id, ${sql.ref(measure.column)}), ''
    )::bytea), 'hex') as hash
    from ${sql.table(measure.view)} where ${conditions(measure, selection)}
  `.execute(tx);
  return must(rows[0], 'an aggregate has a row').hash;
}

/** Two lists of one measure; nothing is the list of no record. */
export type Apart = { readonly one: Selection; readonly other: Selection | null };

/** How many receivers are told by what one list has and the other has not, unless their records cancel out. */
export async function receiversApart(
  tx: Tx,
  measure: Extract<Counted, { kind: 'count' }>,
  { one, other }: Apart,
): Promise<number> {
  const inOne = sql`(${conditions(measure, one)}) is true`;
  const inOther = other === null ? sql`false` : sql`(${conditions(measure, other)}) is true`;
  const column = sql.ref(measure.column);
  const rows = await scan(
    tx,
    sql<{ receivers: number }>`
      select count(*)::integer as receivers from (
        select from ${sql.table(measure.view)}
        where province_id = ${one.provinceId} and (${inOne}) <> (${inOther})
        group by ${sql.ref(measure.distinct)}
        having coalesce(sum(${column}) filter (where ${inOne}), 0) <> 0
          or coalesce(sum(${column}) filter (where not ${inOne}), 0) <> 0
      ) as each
    `,
  );
  return must(rows[0], 'an aggregate has a row').receivers;
}

export type Since = { readonly recorded: number; readonly takenBack: number };

/** What was recorded of a selection after an instant; a negative record takes an earlier one back. */
export async function recordedSince(
  tx: Tx,
  measure: Counted,
  { selection, instant }: { readonly selection: Selection; readonly instant: Date },
): Promise<Since> {
  const { rows } = await sql<Since>`
    select count(*)::integer as recorded,
      (count(*) filter (where ${sql.ref(measure.column)} < 0))::integer as "takenBack"
    from ${sql.table(measure.view)} where ${conditions(measure, selection)} and recorded_at > ${instant}
  `.execute(tx);
  return must(rows[0], 'an aggregate has a row');
}

export type PublicationRow = {
  readonly provinceId: number;
  readonly id: Id;
  readonly indicator: string;
  readonly definitionVersion: number;
  readonly countyCode: string | null;
  readonly budgetYear: number | null;
  readonly from: Day | null;
  readonly until: Day | null;
  readonly only: Condition;
  readonly without: Condition;
  readonly asOf: Date;
  readonly value: bigint;
  readonly below: bigint | null;
  readonly records: number;
  readonly hash: string;
  readonly sentence: string | null;
  readonly publishedAt: Date;
  readonly publishedRole: string;
};

export type NamedPublication = PublicationRow & {
  readonly slug: string;
  readonly provinceFa: string;
  readonly provinceEn: string;
  readonly countyFa: string | null;
  readonly countyEn: string | null;
};

export type Publisher = { readonly personId: Id; readonly userId: Id };

/** False when the id stands already. */
export async function insertPublication(tx: Tx, row: PublicationRow, by: Publisher): Promise<boolean> {
  const { rows } = await sql`
    insert into evidence.publication (province_id, id, indicator, definition_version, county_code, budget_year,
      happened_from, happened_until, only_values, without_values, as_of, value, below, records, records_hash,
      sentence, published_by_person, published_by_user, published_role, published_at)
    values (${row.provinceId}, ${row.id}, ${row.indicator}, ${row.definitionVersion}, ${row.countyCode},
      ${row.budgetYear}, ${row.from === null ? null : isoOf(row.from)}, ${row.until === null ? null : isoOf(row.until)},
      ${JSON.stringify(row.only)}, ${JSON.stringify(row.without)}, ${row.asOf}, ${row.value}, ${row.below},
      ${row.records}, decode(${row.hash}, 'hex'), ${row.sentence}, ${by.personId}, ${by.userId},
      ${row.publishedRole}, ${row.publishedAt})
    on conflict (province_id, id) do nothing returning id
  `.execute(tx);
  return rows.length === 1;
}

const columns = sql`
  p.province_id as "provinceId", p.id, p.indicator, p.definition_version as "definitionVersion",
  p.county_code as "countyCode", p.budget_year as "budgetYear", p.happened_from as "from",
  p.happened_until as "until", p.only_values as "only", p.without_values as "without", p.as_of as "asOf", p.value,
  p.below, p.records, encode(p.records_hash, 'hex') as hash, p.sentence, p.published_at as "publishedAt",
  p.published_role as "publishedRole", r.slug, r.name_fa as "provinceFa", r.name_en as "provinceEn",
  c.name_fa as "countyFa", c.name_en as "countyEn"
`;
const named = sql`
  evidence.publication p
  join place.read_province r on r.province_id = p.province_id
  left join place.read_county c on c.province_id = p.province_id and c.county_code = p.county_code
`;

/**
 * In the reader's scope; whoever reads all provinces needs no province to find an address. No key spans provinces:
 * an address belongs to whoever published under it first, for ever.
 */
export async function findPublication(tx: Tx, id: string): Promise<NamedPublication | undefined> {
  const { rows } = await sql<NamedPublication>`
    select ${columns} from ${named} where p.id = ${id} order by p.published_at limit 1
  `.execute(tx);
  return rows[0];
}

/** The newest first; null is all provinces that the reader may see. */
export async function listPublications(
  tx: Tx,
  asked: {
    readonly provinceId: number | null;
    readonly before: readonly [at: string, id: string] | null;
    readonly limit: number;
  },
): Promise<NamedPublication[]> {
  const { provinceId, before, limit } = asked;
  const { rows } = await sql<NamedPublication>`
    select ${columns} from ${named}
    where ${provinceId === null ? sql`true` : sql`p.province_id = ${provinceId}`}
      and ${before === null ? sql`true` : sql`(p.published_at, p.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`}
    order by p.published_at desc, p.id desc limit ${limit}
  `.execute(tx);
  return rows;
}

type OfIndicator = { readonly provinceId: number; readonly indicator: string };

/** One after another the figures of an indicator are published, or two at once would not see each other. */
export async function lockFigures(tx: Tx, { provinceId, indicator }: OfIndicator): Promise<void> {
  const key = `publication ${provinceId} ${indicator}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}

/** All that a province has published of an indicator. */
export async function listOfIndicator(
  tx: Tx,
  { provinceId, indicator }: OfIndicator,
): Promise<NamedPublication[]> {
  const { rows } = await sql<NamedPublication>`
    select ${columns} from ${named} where p.province_id = ${provinceId} and p.indicator = ${indicator}
    order by p.published_at desc, p.id
  `.execute(tx);
  return rows;
}

type OfPublication = { readonly provinceId: number; readonly publicationId: Id };

export type ErratumRow = OfPublication & {
  readonly id: Id;
  readonly value: bigint;
  readonly below: bigint | null;
  readonly asOf: Date;
  readonly note: string;
  readonly issuedAt: Date;
};

export async function insertErratum(tx: Tx, row: ErratumRow, by: Publisher): Promise<boolean> {
  const { rows } = await sql`
    insert into evidence.erratum (province_id, id, publication_id, value, below, as_of, note, issued_by_person,
      issued_by_user, issued_at)
    values (${row.provinceId}, ${row.id}, ${row.publicationId}, ${row.value}, ${row.below}, ${row.asOf}, ${row.note},
      ${by.personId}, ${by.userId}, ${row.issuedAt})
    on conflict (province_id, id) do nothing returning id
  `.execute(tx);
  return rows.length === 1;
}

export async function listErrata(
  tx: Tx,
  { provinceId, publicationId }: OfPublication,
): Promise<ErratumRow[]> {
  const { rows } = await sql<ErratumRow>`
    select province_id as "provinceId", publication_id as "publicationId", id, value, below, as_of as "asOf", note,
      issued_at as "issuedAt"
    from evidence.erratum where province_id = ${provinceId} and publication_id = ${publicationId}
    order by issued_at, id
  `.execute(tx);
  return rows;
}

export type DoubtRow = OfPublication & {
  readonly id: Id;
  readonly claim: string;
  readonly raisedAt: Date;
  readonly dueOn: Day;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
};

/** One after another come the doubts of a figure, or two of the same text would not see each other. */
export async function lockDoubts(tx: Tx, publicationId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`doubt ${publicationId}`}, 0))`.execute(tx);
}

export async function insertDoubt(tx: Tx, row: Omit<DoubtRow, 'answer' | 'answeredAt'>): Promise<void> {
  await sql`
    insert into evidence.doubt (province_id, id, publication_id, claim, raised_at, due_on)
    values (${row.provinceId}, ${row.id}, ${row.publicationId}, ${row.claim}, ${row.raisedAt}, ${isoOf(row.dueOn)})
    on conflict (province_id, id) do nothing
  `.execute(tx);
}

export async function listDoubts(tx: Tx, { provinceId, publicationId }: OfPublication): Promise<DoubtRow[]> {
  const { rows } = await sql<DoubtRow>`
    select d.province_id as "provinceId", d.publication_id as "publicationId", d.id, d.claim,
      d.raised_at as "raisedAt", d.due_on as "dueOn", a.answer, a.answered_at as "answeredAt"
    from evidence.doubt d
    left join evidence.doubt_answer a on a.province_id = d.province_id and a.doubt_id = d.id
    where d.province_id = ${provinceId} and d.publication_id = ${publicationId}
    order by d.raised_at, d.id
  `.execute(tx);
  return rows;
}

/** False when it is answered already. */
export async function insertDoubtAnswer(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly doubtId: Id;
    readonly answer: string;
    readonly answeredAt: Date;
  },
  by: Publisher,
): Promise<boolean> {
  const { rows } = await sql`
    insert into evidence.doubt_answer (province_id, doubt_id, answer, answered_by_person, answered_by_user, answered_at)
    values (${row.provinceId}, ${row.doubtId}, ${row.answer}, ${by.personId}, ${by.userId}, ${row.answeredAt})
    on conflict (province_id, doubt_id) do nothing returning doubt_id
  `.execute(tx);
  return rows.length === 1;
}
