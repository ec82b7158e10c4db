import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Id, id, isId, newId } from '#kernel/id.ts';
import type { Result } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { ProblemError, answer, problemOfError } from '#platform/problem.ts';
import { type Language, pathIn, sendPage } from '#platform/site.ts';
import { type Together, together } from '#platform/together.ts';
import { itemPath } from '../item/contract.ts';
import { returnedTo } from '../comment/routes.ts';
import { type Front, homeOf } from '../ready/actions.ts';
import { type Reader, type Vote, cookieOf, noCookie, rateItems, readerOf, starsGiven } from './actions.ts';
import { type RatingRefusal, ratingFormShape, ratingRefusalStatus } from './contract.ts';
import { returnedRatingPage } from './public.ts';
import { ratingLabels, ratingRefusalWords } from './words.ts';

/** Without a key there is no reader either; `command` says so. */
const noKey = id('00000000-0000-7000-8000-000000000000');

function keyOf(given: string | string[] | undefined): Id {
  const key = String(given ?? '').toLowerCase();
  return isId(key) ? key : noKey;
}

type Rated = { readonly stars: number };
type Rating = { readonly front: Front; readonly rate: Together<Vote, Rated, RatingRefusal> };

/** Stars of readers: a form that works without JavaScript, one vote for a signed cookie. */
export const ratingRoutes =
  (front: Front): FastifyPluginAsyncZod =>
  async (app) => {
    const { house, keyedHash, ready } = front;
    const { db, clock } = house;
    const rate = together<Vote, Rated, RatingRefusal>({
      db,
      clock,
      route: 'POST news/rating',
      by: 'everybody',
      work: (tx, votes) => rateItems({ tx, clock, keyedHash }, votes),
    });
    for (const language of ['fa', 'en'] as const)
      app.post(
        pathIn(language, '/news/:id/rating'),
        {
          // After the form was read: what it holds comes back with the answer that there were too many.
          config: { rateLimit: { max: 120, timeWindow: 60_000, hook: 'preValidation' } },
          schema: { hide: true, params: z.object({ id: z.uuid() }), body: ratingFormShape },
          errorHandler: (error: FastifyError, request, reply) =>
            sendBack(front, { error, language }, request, reply),
        },
        async (request, reply) => {
          const { stars } = request.body;
          const formKey = keyOf(request.headers['idempotency-key'] ?? request.formKey);
          const found = await readerOf(keyedHash, { cookies: request.headers.cookie, formKey });
          if (!found.ok) void reply.header('set-cookie', noCookie);
          const reader = answer(reply, found, ratingRefusalStatus, ratingRefusalWords);
          const itemId = id(request.params.id);
          const home = await homeOf(front, itemId);
          const provinceId = answer(reply, home, ratingRefusalStatus, ratingRefusalWords);
          const vote = { provinceId, itemId, reader: reader.id, stars, address: request.ip };
          const done = await keep({ front, rate }, request, { vote, reader });
          ready.touch(itemId);
          answer(reply, done, ratingRefusalStatus, ratingRefusalWords);
          const cookie = await cookieOf(keyedHash, reader.id, request.protocol === 'https');
          void reply.header('set-cookie', cookie);
          return reply.redirect(`${pathIn(language, itemPath(itemId))}?rated=${stars}#rating`, 303);
        },
      );
  };

/**
 * Counts a vote once under the key of its form. A reader who went back to the page and chose other stars sends the
 * same key again: known by their cookie they change their vote, which stands where it is sent again.
 */
async function keep(
  { front: { house, keyedHash }, rate }: Rating,
  request: FastifyRequest,
  { vote, reader }: { readonly vote: Vote; readonly reader: Reader },
): Promise<Result<Rated, RatingRefusal>> {
  const { provinceId, itemId, stars } = vote;
  const scope = { ...noScope, province: provinceId };
  const asked = { scope, body: { stars, item: itemId }, ask: vote };
  const again = (): Promise<Result<Rated, RatingRefusal>> =>
    rate(request, { ...asked, key: newId(house.clock.now().getTime()) });
  const given = (): Promise<number | null> => read(house.db, scope, (tx) => starsGiven(tx, keyedHash, vote));
  try {
    const done = await rate(request, asked);
    if (!reader.known || !request.replayed || !done.ok) return done;
    return (await given()) === stars ? done : await again();
  } catch (error) {
    const isReused = error instanceof ProblemError && error.facts.kind === 'KeyReused';
    if (!isReused || !reader.known || (await given()) === null) throw error;
    return again();
  }
}

/** To a person whatever is wrong is told where they can mend it, and leads back to the item. */
async function sendBack(
  { house }: Front,
  { error, language }: { readonly error: FastifyError; readonly language: Language },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const item = await returnedTo(house, request, error);
  if (item === null) return reply.send(error);
  const facts = problemOfError(request, error);
  const typed = z.object({ stars: z.coerce.number() }).safeParse(request.body).data;
  const problem = facts.kind === 'KeyReused' ? ratingLabels.otherStars : facts.words;
  const page = returnedRatingPage(
    item,
    { problem, status: facts.status, chosen: typed?.stars ?? null },
    language,
  );
  request.problemKind = facts.kind;
  return sendPage(request, reply, { page, language });
}
