import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Id, id, isId } from '#kernel/id.ts';
import { ok, refused } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { command } from '#platform/once.ts';
import { answer } from '#platform/problem.ts';
import { itemPath } from '../item/contract.ts';
import { everybody, findPublicPlace } from '../item/queries.ts';
import type { Front } from '../ready/actions.ts';
import { cookieOf, noCookie, rateItem, readerOf } from './actions.ts';
import { ratingFormShape, ratingRefusalStatus } from './contract.ts';
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
    const { house, keyedHash, networks, ready, turn } = front;
    const { db, clock } = house;
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
          const done = await turn(async () => {
            const place = await read(db, everybody, (tx) => findPublicPlace(tx, request.params.id));
            if (place === undefined) return refused({ kind: 'ItemMissing', itemId: request.params.id });
            if (place.state === 'archived') return refused({ kind: 'ItemClosed' });
            const scope = { ...noScope, province: place.provinceId };
            const body = { stars, item: place.itemId };
            const asked = { scope, route: 'POST news/rating', body, by: 'everybody' };
            return command(house, request, asked, (tx) =>
              rateItem(
                { tx, clock, keyedHash, networks },
                { ...place, reader: readerId, stars, address: request.ip },
              ),
            );
          });
          ready.touch(request.params.id);
          answer(reply, done.ok ? ok(done.value) : done, ratingRefusalStatus, ratingRefusalWords);
          void reply.header('set-cookie', await cookieOf(keyedHash, readerId, request.protocol === 'https'));
          return reply.redirect(`${prefix}${itemPath(request.params.id)}?rated=${stars}#rating`, 303);
        },
      );
  };
