import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import { comparable } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { ItemAddress, Writer } from '../item/queries.ts';
import type { CommentRule } from '../moderation/contract.ts';
import type { Comment, CommentState, KeptHint, Ruling, RulingRow } from './contract.ts';

const columns = sql`
  c.province_id as "provinceId", c.comment_id as "commentId", c.item_id as "itemId", c.code,
  t.title_fa as "titleFa", t.title_en as "titleEn", c.pen_name as "penName", c.body, c.hints, c.sent_at as "sentAt",
  s.state, s.seq
`;
const standing = sql`
  news.comment c
  join news.comment_standing s on s.province_id = c.province_id and s.comment_id = c.comment_id
  join news.item i on i.province_id = c.province_id and i.item_id = c.item_id
  join news.item_text t on t.province_id = i.province_id and t.item_id = i.item_id and t.number = i.public_number
`;

export type CommentAddress = { readonly provinceId: number; readonly commentId: string };

/** The instant and the id of the last comment of the page before. */
export type Before = readonly [at: string, id: string];

/** A comment on the desk, and since when it stands where it does. */
export type QueuedComment = Comment & { readonly movedAt: Date };

/** Letters of the Arabic script and its signs that `comparable` writes otherwise, or leaves out: `to` is then shorter. */
const spelling = ((): { readonly from: string; readonly to: string } => {
  const letters = [...Array.from({ length: 0xf0 }, (_, at) => String.fromCodePoint(0x610 + at)), '\u200c'];
  const spelt = letters.map((letter) => [letter, comparable(`\u0628${letter}\u0628`).slice(1, -1)] as const);
  const others = spelt.filter(([letter, other]) => other.length === 1 && other !== letter);
  const gone = spelt.filter(([, other]) => other === '');
  return {
    from: [...others, ...gone].map(([letter]) => letter).join(''),
    to: others.map(([, other]) => other).join(''),
  };
})();

export type QueueAsked = {
  readonly provinceId: number;
  readonly state: CommentState;
  /** As `searchedWords` folds it: words that all stand in the text or the pen name, or the code. */
  readonly search: string;
  readonly itemId: string | null;
  readonly rule: CommentRule | null;
  readonly after: Before | null;
  readonly limit: number;
};

/**
 * Comments of a province in one state: what waits in its order, anything else the newest first. A rule is that of a
 * hint, or of a person who said no.
 */
export async function listComments(tx: Tx, asked: QueueAsked): Promise<QueuedComment[]> {
  const { provinceId, state, search, itemId, rule, after, limit } = asked;
  const words = search.split(' ').filter((word) => word !== '');
  const patterns = words.map((word) => `%${word.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`);
  const waits = state === 'held';
  const place = after === null ? null : sql`(${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const { rows } = await sql<QueuedComment>`
    select ${columns}, s.moved_at as "movedAt" from ${standing}
    where s.province_id = ${provinceId} and s.state = ${state}
      and (${itemId}::uuid is null or s.item_id = ${itemId})
      and (${rule}::text is null or c.hints @> jsonb_build_array(jsonb_build_object('rule', ${rule}::text))
        or exists (
          select 1 from news.ruling r
          where r.province_id = s.province_id and r.comment_id = s.comment_id and r.rule = ${rule}
        ))
      and (${words.length === 0} or c.code = ${search}
        or translate(lower(concat_ws(' ', c.pen_name, c.body)), ${spelling.from}, ${spelling.to})
          like all (${patterns}::text[]))
      and ${place === null ? sql`true` : waits ? sql`(s.moved_at, s.comment_id) > ${place}` : sql`(s.moved_at, s.comment_id) < ${place}`}
    order by ${waits ? sql`s.moved_at, s.comment_id` : sql`s.moved_at desc, s.comment_id desc`} limit ${limit}
  `.execute(tx);
  return rows;
}

export async function countHeld(tx: Tx, provinceId: number): Promise<number> {
  const { rows } = await sql<{ held: number }>`
    select count(*)::integer as held from news.comment_standing
    where province_id = ${provinceId} and state = 'held'
  `.execute(tx);
  return must(rows[0], 'an aggregate has a row').held;
}

/** The published comments of an item, the newest first. */
export async function listPublished(
  tx: Tx,
  asked: ItemAddress & { readonly before: Before | null; readonly limit: number },
): Promise<Comment[]> {
  const { provinceId, itemId, before, limit } = asked;
  const { rows } = await sql<Comment>`
    select ${columns} from ${standing}
    where s.province_id = ${provinceId} and s.item_id = ${itemId} and s.state = 'published'
      and ${before === null ? sql`true` : sql`(c.sent_at, c.comment_id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`}
    order by c.sent_at desc, c.comment_id desc limit ${limit}
  `.execute(tx);
  return rows;
}

export async function countPublished(tx: Tx, { provinceId, itemId }: ItemAddress): Promise<number> {
  const { rows } = await sql<{ published: number }>`
    select count(*)::integer as published from news.comment_standing
    where province_id = ${provinceId} and item_id = ${itemId} and state = 'published'
  `.execute(tx);
  return must(rows[0], 'an aggregate has a row').published;
}

export async function findByCode(tx: Tx, code: string): Promise<Comment | undefined> {
  const { rows } = await sql<Comment>`select ${columns} from ${standing} where c.code = ${code}`.execute(tx);
  return rows[0];
}

/** The comment, held until the transaction ends, so that two moderators decide one after the other. */
export async function lockComment(
  tx: Tx,
  { provinceId, commentId }: CommentAddress,
): Promise<{ itemId: Id; commentId: Id; state: CommentState; seq: number } | undefined> {
  const { rows } = await sql<{ itemId: Id; commentId: Id; state: CommentState; seq: number }>`
    select item_id as "itemId", comment_id as "commentId", state, seq from news.comment_standing
    where province_id = ${provinceId} and comment_id = ${commentId} for update
  `.execute(tx);
  return rows[0];
}

export async function listRulings(tx: Tx, commentIds: readonly Id[]): Promise<RulingRow[]> {
  const { rows } = await sql<RulingRow>`
    select r.comment_id as "commentId", r.ruling, r.rule, r.note, u.name as "byName", r.ruled_at as at
    from news.ruling r left join access.read_user u on u.user_id = r.ruled_by_user
    where r.comment_id = any (${commentIds}::uuid[]) order by r.comment_id, r.seq
  `.execute(tx);
  return rows;
}

export type NewComment = ItemAddress & {
  readonly commentId: Id;
  readonly code: string;
  readonly penName: string | null;
  readonly body: string;
  readonly hints: readonly KeptHint[];
  readonly sentAt: Date;
};

/** Stores comments that wait, but none whose id stands already; gives back the codes of those stored. */
export async function insertComments(tx: Tx, comments: readonly NewComment[]): Promise<ReadonlySet<string>> {
  if (comments.length === 0) return new Set();
  const { rows } = await sql<{ code: string }>`
    with stored as (
      insert into news.comment (province_id, comment_id, item_id, code, pen_name, body, hints, sent_at)
      select given.province_id, given.comment_id, given.item_id, given.code, given.pen_name, given.body, given.hints,
        given.sent_at
      from unnest(
        ${comments.map(({ provinceId }) => provinceId)}::smallint[],
        ${comments.map(({ commentId }) => commentId)}::uuid[],
        ${comments.map(({ itemId }) => itemId)}::uuid[],
        ${comments.map(({ code }) => code)}::text[],
        ${comments.map(({ penName }) => penName)}::text[],
        ${comments.map(({ body }) => body)}::text[],
        ${comments.map(({ hints }) => JSON.stringify(hints))}::jsonb[],
        ${comments.map(({ sentAt }) => sentAt)}::timestamptz[]
      ) as given (province_id, comment_id, item_id, code, pen_name, body, hints, sent_at)
      order by given.comment_id
      on conflict (province_id, comment_id) do nothing
      returning province_id, comment_id, item_id, code, sent_at
    ), standing as (
      insert into news.comment_standing (province_id, comment_id, item_id, state, seq, moved_at)
      select province_id, comment_id, item_id, 'held', 0, sent_at from stored
    )
    select code from stored
  `.execute(tx);
  return new Set(rows.map(({ code }) => code));
}

export type NewRuling = {
  readonly provinceId: number;
  readonly commentId: Id;
  readonly seq: number;
  readonly ruling: Ruling;
  readonly rule: CommentRule | null;
  readonly note: string | null;
  readonly state: CommentState;
  readonly at: Date;
};

/** Adds a ruling and moves the comment to where it leads; `by` null is the rules themselves. */
export async function insertRuling(tx: Tx, row: NewRuling, by: Writer | null): Promise<void> {
  await sql`
    insert into news.ruling (province_id, comment_id, seq, ruling, rule, note, ruled_by_person, ruled_by_user, ruled_at)
    values (${row.provinceId}, ${row.commentId}, ${row.seq}, ${row.ruling}, ${row.rule}, ${row.note},
      ${by?.personId ?? null}, ${by?.userId ?? null}, ${row.at})
  `.execute(tx);
  await sql`
    update news.comment_standing set state = ${row.state}, seq = ${row.seq}, moved_at = ${row.at}
    where province_id = ${row.provinceId} and comment_id = ${row.commentId}
  `.execute(tx);
}

export type ReturnedRow = ItemAddress & {
  readonly returnedId: Id;
  readonly rules: readonly CommentRule[];
  readonly bodyHash: Buffer;
  readonly at: Date;
};

export async function insertReturned(tx: Tx, row: ReturnedRow): Promise<void> {
  await sql`
    insert into news.returned_comment (province_id, returned_comment_id, item_id, rules, body_hash, returned_at)
    values (${row.provinceId}, ${row.returnedId}, ${row.itemId}, ${row.rules}::text[], ${row.bodyHash}, ${row.at})
  `.execute(tx);
}

export async function countReturned(tx: Tx, provinceId: number, since: Date): Promise<number> {
  const { rows } = await sql<{ returned: number }>`
    select count(*)::integer as returned from news.returned_comment
    where province_id = ${provinceId} and returned_at >= ${since}
  `.execute(tx);
  return must(rows[0], 'an aggregate has a row').returned;
}

export async function publishesUnhinted(tx: Tx, provinceId: number): Promise<boolean> {
  const { rows } = await sql<{ publishes: boolean }>`
    select publishes_unhinted as publishes from news.comment_setting where province_id = ${provinceId}
    order by set_at desc, comment_setting_id desc limit 1
  `.execute(tx);
  return rows[0]?.publishes ?? false;
}

export async function insertSetting(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly settingId: Id;
    readonly publishesUnhinted: boolean;
    readonly at: Date;
  },
  by: Writer,
): Promise<void> {
  await sql`
    insert into news.comment_setting (province_id, comment_setting_id, publishes_unhinted, set_by_person, set_by_user,
      set_at)
    values (${row.provinceId}, ${row.settingId}, ${row.publishesUnhinted}, ${by.personId}, ${by.userId}, ${row.at})
    on conflict (province_id, comment_setting_id) do nothing
  `.execute(tx);
}
