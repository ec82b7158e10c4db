import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Id, id, isId } from '#kernel/id.ts';
import { noScope } from '#platform/db.ts';
import { answer } from '#platform/problem.ts';
import { together } from '#platform/together.ts';
import { itemPath } from '../item/contract.ts';
import { type Front, homeOf } from '../ready/actions.ts';
import { type Vote, cookieOf, noCookie, rateItems, readerOf } from './actions.ts';
import { type RatingRefusal, ratingFormShape, ratingRefusalStatus } from './contract.ts';
import { ratingRefusalWords } from './words.ts';

/** Without a key there is no reader either; `command` says so. */
const noKey = id('00000000-0000-7000-8000-000000000000');

function keyOf(given: string | string[] | undefined): Id {
  const key = String(given ?? '').toLowerCase();
  return isId(key) ? key : noKey;
}

/** Stars of readers: a form that works without JavaScript, one vote for a signed cookie. */
export const ratingRoutes =
  (front: Front): FastifyPluginAsyncZod =>
  async (app) => {
    const { house, keyedHash, networks, ready } = front;
    const { db, clock } = house;
    const rate = together<Vote, { readonly stars: number }, RatingRefusal>({
      db,
      clock,
      route: 'POST news/rating',
      by: 'everybody',
      work: (tx, votes) => rateItems({ tx, clock, keyedHash, networks }, votes),
    });
    for (const prefix of ['', '/en'])
      app.post(
        `${prefix}/news/:id/rating`,
        {
          config: { rateLimit: { max: 120, timeWindow: 60_000 } },
          schema: { hide: true, params: z.object({ id: z.uuid() }), body: ratingFormShape },
        },
        async (request, reply) => {
          const { stars } = request.body;
          const formKey = keyOf(request.headers['idempotency-key'] ?? request.formKey);
          const reader = await readerOf(keyedHash, { cookies: request.headers.cookie, formKey });
          if (!reader.ok) void reply.header('set-cookie', noCookie);
          const readerId = answer(reply, reader, ratingRefusalStatus, ratingRefusalWords);
          const itemId = id(request.params.id);
          const provinceId = answer(
            reply,
            await homeOf(front, itemId),
            ratingRefusalStatus,
            ratingRefusalWords,
          );
          const scope = { ...noScope, province: provinceId };
          const ask = { provinceId, itemId, reader: readerId, stars, address: request.ip };
          const done = await rate(request, { scope, body: { stars, item: itemId }, ask });
          ready.touch(itemId);
          answer(reply, done, ratingRefusalStatus, ratingRefusalWords);
          void reply.header('set-cookie', await cookieOf(keyedHash, readerId, request.protocol === 'https'));
          return reply.redirect(`${prefix}${itemPath(itemId)}?rated=${stars}#rating`, 303);
        },
      );
  };
