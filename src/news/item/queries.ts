import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Scope, Tx } from '#platform/db.ts';
import type { Category, Erratum, ItemState, ItemText, KeptFinding, PublicItem } from './contract.ts';

/** What is published is read by the server for everybody, over all provinces; the statements see to it that no draft goes out. */
export const everybody: Scope = { province: 'all', county: null, office: null, person: null };

export type ItemAddress = { readonly provinceId: number; readonly itemId: Id };
export type Writer = { readonly personId: Id; readonly userId: Id };

/** An item with its newest text, as the desk sees it. */
export type ItemRow = ItemAddress & {
  readonly slug: string;
  readonly provinceFa: string;
  readonly provinceEn: string;
  readonly state: ItemState;
  readonly version: number;
  readonly movedAt: Date;
  readonly number: number;
  readonly publicNumber: number | null;
  readonly firstPublishedAt: Date | null;
  readonly category: Category;
  readonly tags: readonly string[];
  readonly datedOn: Day;
  readonly titleFa: string;
  readonly summaryFa: string;
  readonly bodyFa: string;
  readonly titleEn: string | null;
  readonly summaryEn: string | null;
  readonly bodyEn: string | null;
  readonly erratum: string | null;
  readonly writtenByPerson: Id;
  readonly writtenAt: Date;
};

const textColumns = sql`
  t.category, t.tags, t.dated_on as "datedOn", t.title_fa as "titleFa", t.summary_fa as "summaryFa",
  t.body_fa as "bodyFa", t.title_en as "titleEn", t.summary_en as "summaryEn", t.body_en as "bodyEn"
`;
const placeColumns = sql`
  i.province_id as "provinceId", i.item_id as "itemId", r.slug, r.name_fa as "provinceFa", r.name_en as "provinceEn"
`;

/** The items of a province, the newest first; one of them when it is named. */
export async function listItems(
  tx: Tx,
  asked: { readonly provinceId: number; readonly itemId: string | null },
): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select ${placeColumns}, i.state, i.version, i.moved_at as "movedAt", i.text_number as number, i.public_number as "publicNumber",
      i.first_published_at as "firstPublishedAt", ${textColumns}, t.erratum,
      t.written_by_person as "writtenByPerson", t.written_at as "writtenAt"
    from news.item i
    join news.item_text t
      on t.province_id = i.province_id and t.item_id = i.item_id and t.number = i.text_number
    join place.read_province r on r.province_id = i.province_id
    where i.province_id = ${asked.provinceId} and (${asked.itemId}::uuid is null or i.item_id = ${asked.itemId})
    order by i.moved_at desc, i.item_id desc limit 500
  `.execute(tx);
  return rows;
}

const published = sql`
  news.item i
  join news.item_text t
    on t.province_id = i.province_id and t.item_id = i.item_id and t.number = i.public_number
  join news.item_publication p
    on p.province_id = i.province_id and p.item_id = i.item_id and p.number = i.public_number
  join place.read_province r on r.province_id = i.province_id
`;
const publicColumns = sql`
  ${placeColumns}, i.state, i.public_number as number, ${textColumns}, i.first_published_at as "publishedAt",
  i.last_published_at as "changedAt", p.findings, p.contradicted, p.reason, p.published_role as "publishedRole"
`;

/** The text that everybody reads, archived items included. */
export async function findPublicItem(tx: Tx, itemId: string): Promise<PublicItem | undefined> {
  const { rows } = await sql<PublicItem>`
    select ${publicColumns} from ${published} where i.item_id = ${itemId}
  `.execute(tx);
  return rows[0];
}

export type PublicAsked = {
  readonly search: string | null;
  readonly category: string | null;
  readonly tag: string | null;
  readonly before: readonly [at: string, id: string] | null;
  readonly limit: number;
};

/** What is public and not archived, the newest first. Every word of the search stands in the text. */
export async function listPublicItems(tx: Tx, asked: PublicAsked): Promise<PublicItem[]> {
  const { search, category, tag, before, limit } = asked;
  const words = (search ?? '').split(' ').filter((word) => word !== '');
  const patterns = words.map((word) => `%${word.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`);
  const { rows } = await sql<PublicItem>`
    select ${publicColumns} from ${published}
    where i.state <> 'archived'
      and (${category}::text is null or t.category = ${category})
      and (${tag}::text is null or ${tag} = any (t.tags))
      and t.search_text like all (${patterns}::text[])
      and ${before === null ? sql`true` : sql`(i.first_published_at, i.item_id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`}
    order by i.first_published_at desc, i.item_id desc limit ${limit}
  `.execute(tx);
  return rows;
}

/** Other items with a tag or the category of this one: by tags in common, then the newest. */
export async function listRelated(tx: Tx, item: PublicItem): Promise<PublicItem[]> {
  const { rows } = await sql<PublicItem>`
    select ${publicColumns} from ${published}
    where i.state <> 'archived' and i.item_id <> ${item.itemId}
      and (t.category = ${item.category} or t.tags && ${item.tags}::text[])
    order by (
      select count(*) from unnest(t.tags) tag where tag = any (${item.tags}::text[])
    ) desc, i.first_published_at desc, i.item_id desc limit 3
  `.execute(tx);
  return rows;
}

export async function listErrata(tx: Tx, { provinceId, itemId }: ItemAddress): Promise<Erratum[]> {
  const { rows } = await sql<Erratum>`
    select p.number, t.erratum as note, p.published_at as "publishedAt"
    from news.item_publication p
    join news.item_text t
      on t.province_id = p.province_id and t.item_id = p.item_id and t.number = p.number
    where p.province_id = ${provinceId} and p.item_id = ${itemId} and t.erratum is not null
    order by p.published_at, p.number
  `.execute(tx);
  return rows;
}

/** Whether anybody may read an item, and of which province it is. */
export async function findPublicPlace(
  tx: Tx,
  itemId: string,
): Promise<(ItemAddress & { readonly state: string }) | undefined> {
  const { rows } = await sql<ItemAddress & { readonly state: string }>`
    select province_id as "provinceId", item_id as "itemId", state from news.item
    where item_id = ${itemId} and public_number is not null
  `.execute(tx);
  return rows[0];
}

/** Those of these items that are public, archived ones included. */
export async function findPublicPlaces(
  tx: Tx,
  itemIds: readonly Id[],
): Promise<(ItemAddress & { readonly state: string })[]> {
  const { rows } = await sql<ItemAddress & { readonly state: string }>`
    select province_id as "provinceId", item_id as "itemId", state from news.item
    where item_id = any (${[...itemIds]}::uuid[]) and public_number is not null
  `.execute(tx);
  return rows;
}

export type Moved = ItemAddress & {
  readonly state: string;
  readonly version: number;
  readonly movedAt: Date;
};

export async function insertItem(tx: Tx, item: Moved): Promise<void> {
  await sql`
    insert into news.item (province_id, item_id, state, version, moved_at, text_number)
    values (${item.provinceId}, ${item.itemId}, ${item.state}, ${item.version}, ${item.movedAt}, 1)
  `.execute(tx);
}

export async function moveItem(tx: Tx, item: Moved): Promise<void> {
  await sql`
    update news.item set state = ${item.state}, version = ${item.version}, moved_at = ${item.movedAt}
    where province_id = ${item.provinceId} and item_id = ${item.itemId}
  `.execute(tx);
}

export type TextRow = ItemAddress & {
  readonly number: number;
  readonly text: ItemText;
  readonly searchText: string;
  readonly erratum: string | null;
  readonly writtenAt: Date;
};

/** Stores a text as the newest of its item. */
export async function insertText(tx: Tx, row: TextRow, by: Writer): Promise<void> {
  const { text } = row;
  await sql`
    insert into news.item_text (province_id, item_id, number, category, tags, dated_on, title_fa, summary_fa, body_fa,
      title_en, summary_en, body_en, search_text, erratum, written_by_person, written_by_user, written_at)
    values (${row.provinceId}, ${row.itemId}, ${row.number}, ${text.category}, ${text.tags}::text[], ${text.datedOn},
      ${text.titleFa}, ${text.summaryFa}, ${text.bodyFa}, ${text.titleEn}, ${text.summaryEn}, ${text.bodyEn},
      ${row.searchText}, ${row.erratum}, ${by.personId}, ${by.userId}, ${row.writtenAt})
  `.execute(tx);
  await sql`
    update news.item set text_number = ${row.number}
    where province_id = ${row.provinceId} and item_id = ${row.itemId}
  `.execute(tx);
}

export type ApprovalRow = ItemAddress & {
  readonly number: number;
  readonly writtenByPerson: Id;
  readonly approvedAt: Date;
};

export async function insertApproval(tx: Tx, row: ApprovalRow, by: Writer): Promise<void> {
  await sql`
    insert into news.approval (province_id, item_id, number, written_by_person, approved_by_person, approved_by_user,
      approved_at)
    values (${row.provinceId}, ${row.itemId}, ${row.number}, ${row.writtenByPerson}, ${by.personId}, ${by.userId},
      ${row.approvedAt})
  `.execute(tx);
}

export type PublishedRow = ItemAddress & {
  readonly number: number;
  readonly findings: readonly KeptFinding[];
  readonly contradicted: number;
  readonly reason: string | null;
  readonly role: string;
  readonly publishedAt: Date;
};

/** Makes a text the one that everybody reads. */
export async function insertPublished(tx: Tx, row: PublishedRow, by: Writer): Promise<void> {
  await sql`
    insert into news.item_publication (province_id, item_id, number, findings, contradicted, reason,
      published_by_person, published_by_user, published_role, published_at)
    values (${row.provinceId}, ${row.itemId}, ${row.number}, ${JSON.stringify(row.findings)}::jsonb,
      ${row.contradicted}, ${row.reason}, ${by.personId}, ${by.userId}, ${row.role}, ${row.publishedAt})
  `.execute(tx);
  await sql`
    update news.item set public_number = ${row.number},
      first_published_at = coalesce(first_published_at, ${row.publishedAt}), last_published_at = ${row.publishedAt}
    where province_id = ${row.provinceId} and item_id = ${row.itemId}
  `.execute(tx);
}

/** A correction that was dropped: what is public is the newest text again. */
export async function dropText(tx: Tx, { provinceId, itemId }: ItemAddress): Promise<void> {
  await sql`
    update news.item set text_number = public_number
    where province_id = ${provinceId} and item_id = ${itemId}
  `.execute(tx);
}

/** The number that the next text of an item bears. */
export async function nextNumber(tx: Tx, { provinceId, itemId }: ItemAddress): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select max(number) + 1 as next from news.item_text where province_id = ${provinceId} and item_id = ${itemId}
  `.execute(tx);
  return rows[0]?.next ?? 1;
}

/** A province by the word in its address. */
export async function findProvince(tx: Tx, slug: string): Promise<number | undefined> {
  const { rows } = await sql<{ provinceId: number }>`
    select province_id as "provinceId" from place.read_province where slug = ${slug}
  `.execute(tx);
  return rows[0]?.provinceId;
}
