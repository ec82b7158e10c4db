import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { roleWords } from '#access/words.ts';
import { caseRefusalStatus, type ActHindrance } from '#casework/contract.ts';
import { caseworkRefusalWords } from '#casework/words.ts';
import { sayWhy } from '#evidence/words.ts';
import type { Actor } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant, isoOf } from '#kernel/day.ts';
import { isId } from '#kernel/id.ts';
import { seenText } from '#kernel/persian.ts';
import { byKind, ok, refused } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import { decodeCursor, encodeCursor, pageOf, sortValue } from '#platform/cursor.ts';
import { read, type Tx } from '#platform/db.ts';
import type { Server } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { originOf } from '#platform/origin.ts';
import { placeOf, requireActor } from '#platform/session.ts';
import { type Language, problemPage, sendPage, servePage, type SitePage } from '#platform/site.ts';
import { countPublished, listPublished, publishesUnhinted } from '../comment/queries.ts';
import { mayReadDrafts, newsroom } from '../contract.ts';
import { listImages } from '../image/queries.ts';
import { starsOfReader } from '../rating/actions.ts';
import { sumOfRatings } from '../rating/queries.ts';
import { type Around, type Front, touchItem } from '../ready/actions.ts';
import {
  type Checked,
  actOnItem,
  checkText,
  choicesOf,
  linkedFigures,
  previewOf,
  reviseItem,
  searchedWords,
  writeItem,
} from './actions.ts';
import {
  type CheckedText,
  type ItemAnswer,
  itemPath,
  type ItemCheckAnswer,
  type ItemCheckOrder,
  itemCheckOrderShape,
  itemCheckShape,
  itemActOrderShape,
  itemActs,
  itemListShape,
  itemOrderShape,
  itemRefusalStatus,
  itemShape,
  revisionOrderShape,
} from './contract.ts';
import { figuresIn } from './markup.ts';
import { itemPage, newsPage, previewPage } from './public.ts';
import {
  type ItemRow,
  everybody,
  findPublicItem,
  listErrata,
  listItems,
  listPublicItems,
  listRelated,
} from './queries.ts';
import { searchFault } from './rules.ts';
import { itemActWords, itemLabels, itemReasonMissing, itemRefusalWords, itemStateWords } from './words.ts';

const caseWords = caseworkRefusalWords({ states: itemStateWords, acts: itemActWords, roles: roleWords });
const status = { ...itemRefusalStatus, ...caseRefusalStatus };
const words = { ...caseWords, ...itemRefusalWords, ActReasonMissing: itemReasonMissing };

const provinceAddress = z.object({ province: provinceSlug.meta({ fa: 'استان', en: 'Province' }) });
const itemAddress = provinceAddress.extend({ item: z.uuid() });
const doneShape = z.object({ id: z.uuid() });

export const itemRoutes =
  (front: Front): FastifyPluginAsyncZod =>
  async (app) => {
    readItems(app, front);
    previewItem(app, front);
    writeItems(app, front);
    checkItems(app, front);
    servePublic(app, front);
  };

function readItems(app: Server, { house }: Front): void {
  app.get(
    '/api/provinces/:province/news',
    {
      preHandler: requireActor(...mayReadDrafts),
      schema: {
        summary: 'The news of a province on the desk, drafts included, the latest moved first',
        params: provinceAddress,
        response: { 200: itemListShape, ...problemResponses },
      },
    },
    async (request, _reply) => {
      const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
      const rows = await read(house.db, scope, (tx) => listItems(tx, { provinceId, itemId: null }));
      return { items: rows.map((row) => answerOf(row, by)) };
    },
  );

  app.get(
    '/api/provinces/:province/news/:item',
    {
      preHandler: requireActor(...mayReadDrafts),
      schema: {
        summary: 'An item of news with its newest text and what may be done with it',
        params: itemAddress,
        response: { 200: itemShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
      const itemId = request.params.item;
      const [row] = await read(house.db, scope, (tx) => listItems(tx, { provinceId, itemId }));
      const found = row === undefined ? refused({ kind: 'ItemMissing', itemId } as const) : ok(row);
      return answerOf(answer(reply, found, status, words), by);
    },
  );
}

/** The newest text of an item as everybody would read it, before anybody does. */
function previewItem(app: Server, { house, catalogue }: Front): void {
  const { db, clock } = house;
  app.get(
    '/api/provinces/:province/news/:item/preview',
    {
      preHandler: requireActor(...mayReadDrafts),
      schema: {
        summary: 'The page of an item as it will look once its newest text is published',
        params: itemAddress,
        querystring: z.object({
          lang: z.enum(['fa', 'en']).default('fa').meta({ fa: 'زبان', en: 'Language' }),
        }),
      },
    },
    async (request, reply) => {
      const { provinceId, scope } = await placeOf(request, request.params.province);
      const { item: itemId, province } = request.params;
      const { lang: language } = request.query;
      const found = await read(db, scope, (tx) =>
        previewOf({ tx, clock, catalogue }, { provinceId, itemId }),
      );
      const around = answer(reply, found, status, words);
      const base = `/api/provinces/${province}/news/${itemId}`;
      const other = `${base}/preview?lang=${language === 'fa' ? 'en' : 'fa'}`;
      const shown = { language, origin: originOf(request), picturesAt: `${base}/images`, other };
      const page = previewPage({ ...around, ...shown });
      await sendPage(request, reply.header('x-robots-tag', 'noindex'), { page, language });
      return reply;
    },
  );
}

function writeItems(app: Server, front: Front): void {
  const { house, catalogue } = front;
  const { clock } = house;
  app.post(
    '/api/provinces/:province/news',
    {
      preHandler: requireActor(...newsroom),
      schema: {
        summary: 'Writes an item of news as a draft',
        params: provinceAddress,
        body: itemOrderShape,
        response: { 201: doneShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
      const asked = { scope, route: 'POST news', body: request.body };
      const result = await command(house, request, asked, (tx) =>
        writeItem({ tx, clock, catalogue, provinceId, by }, request.body),
      );
      return answer(reply, result, status, words, 201);
    },
  );

  app.post(
    '/api/provinces/:province/news/:item/texts',
    {
      preHandler: requireActor(...newsroom),
      schema: {
        summary: 'Writes another text of an item: of a draft, or a correction of what is public',
        params: itemAddress,
        body: revisionOrderShape,
        response: { 201: doneShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
      const asked = { scope, route: 'POST news/texts', body: request.body };
      const order = { itemId: request.params.item, order: request.body };
      const result = await command(house, request, asked, (tx) =>
        reviseItem({ tx, clock, catalogue, provinceId, by }, order),
      );
      return answer(reply, result, status, words, 201);
    },
  );

  app.post(
    '/api/provinces/:province/news/:item/acts/:act',
    {
      preHandler: requireActor(...newsroom),
      schema: {
        summary: 'Approves, publishes, issues a correction, drops, archives or withdraws an item',
        params: itemAddress.extend({ act: z.enum(itemActs).exclude(['revise', 'amend']) }),
        body: itemActOrderShape,
        response: { 200: doneShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
      const { item: itemId, act: name } = request.params;
      const asked = { scope, route: `POST news/${name}`, body: request.body };
      const result = await command(house, request, asked, (tx) =>
        actOnItem({ tx, clock, catalogue, provinceId, by }, { itemId, name, order: request.body }),
      );
      touchItem(front, itemId);
      return answer(reply, result, status, words);
    },
  );
}

function checkItems(app: Server, front: Front): void {
  const { house } = front;
  app.post(
    '/api/provinces/:province/news/check',
    {
      preHandler: requireActor(...newsroom),
      schema: {
        summary: 'Checks everything that an item would print, as its publication does; stores nothing',
        params: provinceAddress,
        body: itemCheckOrderShape,
        response: { 200: itemCheckShape, ...problemResponses },
      },
    },
    async (request, _reply) => {
      const { provinceId, scope } = await placeOf(request, request.params.province);
      return read(house.db, scope, (tx) => answerOfCheck({ tx, front, provinceId }, request.body));
    },
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

const checkedText = ({ text, found }: Checked): CheckedText => ({
  text,
  figures: found
    .filter(({ verdict }) => verdict !== 'not_a_claim')
    .map((told) => ({
      start: told.start,
      end: told.end,
      text: told.text,
      verdict: told.verdict,
      title: told.title,
      why: sayWhy(told),
    })),
});

async function answerOfCheck(
  { tx, front, provinceId }: { readonly tx: Tx; readonly provinceId: number; readonly front: Front },
  { item, datedOn, titleEn, summaryEn, bodyEn, ...text }: ItemCheckOrder,
): Promise<ItemCheckAnswer> {
  const images = item === null || !isId(item) ? [] : await listImages(tx, { provinceId, itemId: item });
  const dated = datedOn === null ? null : dayFromIso(datedOn);
  const english = { titleEn: orNull(titleEn), summaryEn: orNull(summaryEn), bodyEn: orNull(bodyEn) };
  const today = dayOfInstant(front.house.clock.now().getTime());
  const asked = { ...text, ...english, provinceId, dated, today, images };
  const checked = await checkText({ tx, catalogue: front.catalogue }, asked);
  return {
    persian: checkedText(checked.persian),
    english: checked.english === null ? null : checkedText(checked.english),
  };
}

function answerOf(row: ItemRow, by: Actor): ItemAnswer {
  const own = row.writtenByPerson === by.personId;
  const acts = choicesOf(row.state, by.role).map(({ act, lawful, because }) => {
    const name = itemActs.find((one) => one === act) ?? 'revise';
    const approves = name === 'approve' || name === 'issue';
    if (lawful && approves && own)
      return { act: name, lawful: false, because: itemRefusalWords.ItemOwnText() };
    return {
      act: name,
      lawful,
      because: because === null ? null : byKind<ActHindrance, { fa: string; en: string }>(because, caseWords),
    };
  });
  return {
    id: row.itemId,
    province: row.slug,
    place: { fa: row.provinceFa, en: row.provinceEn },
    state: row.state,
    version: row.version,
    number: row.number,
    publicNumber: row.publicNumber,
    category: row.category,
    tags: [...row.tags],
    datedOn: isoOf(row.datedOn),
    titleFa: row.titleFa,
    summaryFa: row.summaryFa,
    bodyFa: row.bodyFa,
    titleEn: row.titleEn,
    summaryEn: row.summaryEn,
    bodyEn: row.bodyEn,
    writtenByYou: own,
    writtenAt: row.writtenAt.toISOString(),
    movedAt: row.movedAt.toISOString(),
    erratum: row.erratum,
    publishedAt: row.firstPublishedAt?.toISOString() ?? null,
    acts,
  };
}

// ---- what everybody reads

const listQuery = z.object({
  // A search that is too long is told so, with every letter of it still there.
  q: z.string().catch('').default(''),
  category: z.string().max(40).catch('').default(''),
  tag: z.string().max(40).catch('').default(''),
  cursor: z.string().max(500).optional().catch(undefined),
});
const itemQuery = z.object({
  rated: z.coerce.number().int().min(1).max(5).optional().catch(undefined),
  comments: z.string().max(500).optional().catch(undefined),
});
type ItemQuery = Partial<z.infer<typeof itemQuery>>;
const onePage = 20;
const commentsOnPage = 50;

const missing = (language: Language): SitePage =>
  problemPage({ status: 404, title: itemLabels.news, words: itemRefusalWords.ItemMissing() }, language);

function servePublic(app: Server, front: Front): void {
  const { db } = front.house;
  servePage<Record<string, never>>(app, '/news', async ({ query }, language) => {
    const { cursor, q, ...others } = listQuery.parse(query);
    const asked = { ...others, q: seenText(q) };
    const fault = searchFault(q, searchedWords(q));
    const later = cursor !== undefined;
    if (fault !== null) return newsPage({ items: [], next: null, asked, fault, later, language });
    return read(db, everybody, async (tx) => {
      const { items, next } = await listOf(tx, asked, cursor);
      const listed = [];
      for (const item of items)
        listed.push({ item, rating: await sumOfRatings(tx, item), comments: await countPublished(tx, item) });
      return newsPage({ items: listed, next, asked, fault, later, language });
    });
  });

  servePage<{ id: string }>(app, '/news/:id', async (request, language) => {
    const { id } = request.params;
    const { query, url } = request;
    if (!isId(id)) {
      // Some programs write ids in capitals.
      const usual = id.toLowerCase();
      return isId(usual) ? { movedTo: itemPath(usual) } : missing(language);
    }
    const origin = originOf(request);
    const { rated, comments }: ItemQuery = url.includes('?') ? itemQuery.parse(query) : {};
    const load = (): Promise<Around | null> => read(db, everybody, (tx) => aroundOf(tx, front, id, comments));
    const draw = async (): Promise<SitePage> => {
      const around = await (comments === undefined ? front.around.get(id, '', load) : load());
      if (around === null) return missing(language);
      const cookies = rated === undefined ? undefined : request.headers.cookie;
      const [rating, given] = await read(db, everybody, async (tx) => [
        await sumOfRatings(tx, around.item),
        await starsOfReader(tx, front.keyedHash, { ...around.item, cookies }),
      ]);
      // An address that anybody may pass on thanks nobody but whoever has given these stars.
      const yours = given === rated ? given : null;
      return itemPage({ ...around, rating, language, origin, yours });
    };
    return url.includes('?') ? draw() : front.ready.get(id, `${language} ${origin}`, draw);
  });
}

type Asked = { readonly q: string; readonly category: string; readonly tag: string };

async function listOf(tx: Tx, { q, category, tag }: Asked, cursor: string | undefined) {
  const rows = await listPublicItems(tx, {
    search: searchedWords(q),
    category: category === '' ? null : category,
    tag: tag === '' ? null : tag,
    before: decodeCursor(cursor, [sortValue.instant, sortValue.id]),
    limit: onePage + 1,
  });
  return pageOf(rows, onePage, {
    item: (row) => row,
    position: (row) => [row.publishedAt.toISOString(), row.itemId],
  });
}

/** Everything that stands on the page of an item but its stars. */
async function aroundOf(
  tx: Tx,
  { catalogue }: Front,
  itemId: string,
  cursor: string | undefined,
): Promise<Around | null> {
  const item = await findPublicItem(tx, itemId);
  if (item === undefined) return null;
  const before = decodeCursor(cursor, [sortValue.instant, sortValue.id]);
  const found = await listPublished(tx, { ...item, before, limit: commentsOnPage + 1 });
  const comments = found.slice(0, commentsOnPage);
  const last = comments.at(-1);
  const more = found.length > commentsOnPage && last !== undefined;
  return {
    item,
    errata: await listErrata(tx, item),
    figures: await linkedFigures(tx, catalogue, [item.bodyFa, item.bodyEn ?? ''].flatMap(figuresIn)),
    images: await listImages(tx, item),
    related: await listRelated(tx, item),
    comments,
    commentCount: await countPublished(tx, item),
    publishes: await publishesUnhinted(tx, item.provinceId),
    next: more ? encodeCursor([last.sentAt.toISOString(), last.commentId]) : null,
  };
}
