import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isId } from '#kernel/id.ts';
import { typedNumberName } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import { decodeCursor, pageOf, pageQuery, sortValue } from '#platform/cursor.ts';
import { noScope, read, type Tx } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { invalidForm } from '#platform/invalid.ts';
import { command } from '#platform/once.ts';
import { ProblemError, answer, invalidInput, problemOfError, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor } from '#platform/session.ts';
import { type Language, pathIn, sendPage, servePage, wantsPage } from '#platform/site.ts';
import { type Together, together } from '#platform/together.ts';
import { newsroom, mayReadDrafts } from '../contract.ts';
import { searchedWords } from '../item/actions.ts';
import { everybody, findPublicItem } from '../item/queries.ts';

import { type Front, homeOf, touchItem, touchItems } from '../ready/actions.ts';
import { type Sending, ruleOnComment, sendComments, setPublishing } from './actions.ts';
import {
  type Comment,
  type CommentAnswer,
  type CommentForm,
  type CommentRefusal,
  type Sent,
  commentFormShape,
  commentRefusalStatus,
  commentStates,
  queueShape,
  rules,
  rulingOrderShape,
  settingOrderShape,
} from './contract.ts';
import { type FormDrawn, followPage, returnedPage } from './public.ts';
import {
  type QueueAsked,
  countHeld,
  countReturned,
  findByCode,
  listComments,
  listRulings,
  publishesUnhinted,
} from './queries.ts';
import { commentLabels, commentRefusalWords } from './words.ts';

/** What is wrong with a form in a way that whoever sent it can mend; anything else has a page of its own. */
const mendable: readonly number[] = [400, 409, 413, 422, 429];

/** A public item as a form that was not taken leads back to it; null where there is none. */
export async function itemToReturnTo({ db }: House, request: FastifyRequest) {
  const itemId = z.object({ id: z.uuid() }).safeParse(request.params).data?.id;
  if (itemId === undefined) return null;
  const item = await read(db, everybody, (tx) => findPublicItem(tx, itemId));
  if (item === undefined) return null;
  const title = { fa: item.titleFa, en: item.titleEn ?? item.titleFa };
  return { itemId, title, open: item.state !== 'archived', provinceId: item.provinceId };
}

/** The same for whoever can go on from there after what went wrong; null where that is not a person with a form. */
export const returnedTo = (house: House, request: FastifyRequest, error: FastifyError) =>
  wantsPage(request) && mendable.includes(problemOfError(request, error).status)
    ? itemToReturnTo(house, request)
    : Promise.resolve(null);

const provinceAddress = z.object({ province: provinceSlug });
const doneShape = z.object({ id: z.uuid() });

const queueQuery = pageQuery.extend({
  state: z.enum(commentStates).default('held').meta({ fa: 'وضعیت', en: 'State' }),
  search: z.string().trim().max(100).default('').meta({ fa: 'جست‌وجو', en: 'Search' }),
  item: z.uuid().refine(isId).optional().meta({ fa: 'خبر', en: 'Item' }),
  rule: z.enum(rules).optional().meta({ fa: 'قاعده', en: 'Rule' }),
});

/** Comments of readers, their queue on the desk, and the page on which their author follows one. */
export const commentRoutes =
  (front: Front): FastifyPluginAsyncZod =>
  async (app) => {
    takeComments(app, front);
    serveFollowing(app, front);
    serveQueue(app, front);
    serveRulings(app, front);
  };

type ItemRequest = FastifyRequest<{ Params: { id: string } }>;

/** Forms as text, so that whatever is wrong with one comes back with every word that was typed. */
function takeComments(app: Server, front: Front): void {
  const { db, clock } = front.house;
  const send = together<Sending, Sent, CommentRefusal>({
    db,
    clock,
    route: 'POST news/comments',
    by: 'everybody',
    work: (tx, sendings) => sendComments({ tx, clock }, sendings),
  });
  for (const language of ['fa', 'en'] as const)
    app.post<{ Params: { id: string } }>(
      pathIn(language, '/news/:id/comments'),
      {
        // After the form was read: its words come back with the answer that there were too many.
        config: { rateLimit: { max: 60, timeWindow: 60_000, hook: 'preValidation' } },
        errorHandler: (error: FastifyError, request, reply) =>
          sendProblemBack(front, { error, language }, request, reply),
        schema: {
          hide: true,
          params: z.object({ id: z.uuid() }),
          body: z.record(z.string(), z.string()),
        },
      },
      (request, reply) => takeComment({ front, send }, request, reply, language),
    );
}

type Taking = { readonly front: Front; readonly send: Together<Sending, Sent, CommentRefusal> };

const typedIn = (body: unknown): Record<string, string> =>
  z.record(z.string(), z.string()).safeParse(body).data ?? {};

/** The words of a form as they were typed; a NUL is refused at the door, and here would be the place of a key. */
function wordsIn(body: unknown): FormDrawn['form'] {
  const { penName = '', body: text = '' } = typedIn(body);
  return { penName: penName.replaceAll('\0', ''), body: text.replaceAll('\0', '') };
}

async function takeComment(
  taking: Taking,
  request: ItemRequest,
  reply: FastifyReply,
  language: Language,
): Promise<FastifyReply> {
  const { front } = taking;
  const typed = typedIn(request.body);
  const form = wordsIn(typed);
  const parsed = commentFormShape.safeParse(typed);
  if (!parsed.success)
    throw new ProblemError(invalidInput(422, invalidForm(commentFormShape, typed, parsed.error)));
  const sent = await keep(taking, request, reply, parsed.data);
  if (sent.outcome === 'returned') {
    const { hints, penHints } = sent;
    // Places of hints count the signs of the text that was looked at.
    const drawn = { form: { ...form, ...parsed.data }, hints, penHints, problem: null, status: 422 };
    const place = must(await itemToReturnTo(front.house, request), 'the item of a comment');
    return sendBack(front, request, reply, { place, language, drawn });
  }
  // What waits stands on no page.
  if (sent.outcome === 'published') touchItem(front, request.params.id);
  return reply.redirect(pathIn(language, `/comments/${sent.code}?new=1`), 303);
}

/** Whatever is wrong with a form comes back with every word that was typed, and leads back to the item. */
async function sendProblemBack(
  front: Front,
  { error, language }: { readonly error: FastifyError; readonly language: Language },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const place = await returnedTo(front.house, request, error);
  if (place === null) return reply.send(error);
  const { kind, status, words } = problemOfError(request, error);
  // The form that comes back is a new one.
  const isReused = kind === 'KeyReused' || kind === 'CommentSentBefore';
  const drawn = {
    form: wordsIn(request.body),
    hints: [],
    penHints: [],
    problem: isReused ? commentLabels.again : words,
    status: isReused ? 422 : status,
  };
  request.problemKind = kind;
  return sendBack(front, request, reply, { place, language, drawn });
}

async function keep(
  { front, send }: Taking,
  request: ItemRequest,
  reply: FastifyReply,
  form: CommentForm,
): Promise<Sent> {
  const itemId = request.params.id;
  const provinceId = answer(reply, await homeOf(front, itemId), commentRefusalStatus, commentRefusalWords);
  const scope = { ...noScope, province: provinceId };
  const done = await send(request, { scope, body: { ...form, itemId }, ask: { itemId, form } });
  return answer(reply, done, commentRefusalStatus, commentRefusalWords);
}

type Returning = {
  readonly place: NonNullable<Awaited<ReturnType<typeof itemToReturnTo>>>;
  readonly language: Language;
  readonly drawn: FormDrawn;
};

async function sendBack(
  { house }: Front,
  request: FastifyRequest,
  reply: FastifyReply,
  { place, language, drawn }: Returning,
): Promise<FastifyReply> {
  const publishes = await read(house.db, everybody, (tx) => publishesUnhinted(tx, place.provinceId));
  return sendPage(request, reply, { page: returnedPage({ ...place, publishes, language }, drawn), language });
}

const tidied = (code: string): string => typedNumberName(code).toLowerCase();

function serveFollowing(app: Server, { house }: Front): void {
  const look = async (code: string) =>
    read(house.db, everybody, async (tx) => {
      const comment = await findByCode(tx, code);
      if (comment === undefined) return null;
      return { comment, rulings: await listRulings(tx, [comment.commentId]) };
    });
  servePage<Record<string, never>>(
    app,
    '/comments',
    async ({ query }, language) => {
      const { code } = z.object({ code: z.string().max(40).optional().catch(undefined) }).parse(query);
      if (code === undefined) return followPage(null, language);
      return followPage({ code, found: await look(tidied(code)), fresh: false }, language);
    },
    60,
  );
  servePage<{ code: string }>(
    app,
    '/comments/:code',
    async ({ params: { code }, url }, language) =>
      followPage({ code, found: await look(tidied(code)), fresh: url.endsWith('?new=1') }, language),
    60,
  );
}

function serveQueue(app: Server, { house }: Front): void {
  const { db, clock } = house;
  app.get(
    '/api/provinces/:province/comments',
    {
      preHandler: requireActor(...mayReadDrafts),
      schema: {
        summary: 'Comments of a province in one state with their hints and rulings: what waits, in its order',
        params: provinceAddress,
        querystring: queueQuery,
        response: { 200: queueShape, ...problemResponses },
      },
    },
    async (request, _reply) => {
      const { provinceId, scope } = await placeOf(request, request.params.province);
      const { state, search, item: itemId = null, rule = null, cursor, limit } = request.query;
      const after = decodeCursor(cursor, [sortValue.instant, sortValue.id]);
      const asked = { provinceId, state, search: searchedWords(search), itemId, rule, after };
      const dayAgo = new Date(clock.now().getTime() - 24 * 60 * 60 * 1000);
      return read(db, scope, async (tx) => ({
        ...(await queuePage(tx, { ...asked, limit })),
        held: await countHeld(tx, provinceId),
        publishesUnhinted: await publishesUnhinted(tx, provinceId),
        returnedToday: await countReturned(tx, provinceId, dayAgo),
      }));
    },
  );
}

async function queuePage(tx: Tx, asked: QueueAsked) {
  const { limit } = asked;
  const found = await listComments(tx, { ...asked, limit: limit + 1 });
  const { items, next } = pageOf(found, limit, {
    item: (row) => row,
    position: ({ movedAt, commentId }) => [movedAt.toISOString(), commentId],
  });
  return { items: await answersOf(tx, items), next };
}

async function answersOf(tx: Tx, comments: readonly Comment[]): Promise<CommentAnswer[]> {
  const rulings = await listRulings(
    tx,
    comments.map(({ commentId }) => commentId),
  );
  return comments.map((one) => ({
    id: one.commentId,
    item: { id: one.itemId, title: one.titleFa },
    state: one.state,
    seq: one.seq,
    penName: one.penName,
    body: one.body,
    hints: [...one.hints],
    sentAt: one.sentAt.toISOString(),
    rulings: rulings
      .filter(({ commentId }) => commentId === one.commentId)
      .map(({ ruling, rule, note, byName, at }) => ({ ruling, rule, note, byName, at: at.toISOString() })),
  }));
}

function serveRulings(app: Server, front: Front): void {
  const { house } = front;
  const { clock } = house;
  app.post(
    '/api/provinces/:province/comments/:comment/rulings',
    {
      preHandler: requireActor(...newsroom),
      schema: {
        summary: 'Publishes, rejects or removes a comment; a "no" names its rule',
        params: provinceAddress.extend({ comment: z.uuid().refine(isId) }),
        body: rulingOrderShape,
        response: { 201: doneShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
      const asked = { scope, route: 'POST comments/rulings', body: request.body };
      const order = { commentId: request.params.comment, order: request.body };
      const result = await command(house, request, asked, (tx) =>
        ruleOnComment({ tx, clock, provinceId, by }, order),
      );
      const { id, itemId } = answer(reply, result, commentRefusalStatus, commentRefusalWords, 201);
      touchItem(front, itemId);
      return { id };
    },
  );

  app.post(
    '/api/provinces/:province/comment-settings',
    {
      preHandler: requireActor(...newsroom),
      schema: {
        summary: 'Sets whether comments without any hint appear at once',
        params: provinceAddress,
        body: settingOrderShape,
        response: { 201: doneShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
      const asked = { scope, route: 'POST comment-settings', body: request.body };
      const result = await command(house, request, asked, (tx) =>
        setPublishing({ tx, clock, provinceId, by }, request.body),
      );
      touchItems(front);
      return answer(reply, result, commentRefusalStatus, commentRefusalWords, 201);
    },
  );
}
