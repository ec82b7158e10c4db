import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { read } from '#platform/db.ts';
import { pathIn } from '#platform/site.ts';
import { itemPath } from '../item/contract.ts';
import { everybody, listPublicItems } from '../item/queries.ts';
import type { Front } from '../ready/actions.ts';
import { atomFeed, robotsText, siteMap } from './public.ts';

const originOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;
const all = { search: null, category: null, tag: null, before: null };
const inFeed = 30;
/** A map of a site holds at most fifty thousand addresses; ours has two for each page. */
const inMap = 20_000;

/** What machines read of the public pages: the feed, the map of the site and what robots leave alone. */
export const feedRoutes =
  ({ house: { db } }: Front): FastifyPluginAsyncZod =>
  async (app) => {
    const hidden = { schema: { hide: true } };
    for (const language of ['fa', 'en'] as const)
      app.get(pathIn(language, '/news/feed.xml'), hidden, async (request, reply) => {
        const items = await read(db, everybody, (tx) => listPublicItems(tx, { ...all, limit: inFeed }));
        void reply.type('application/atom+xml; charset=utf-8').header('cache-control', 'no-cache');
        return atomFeed(items, originOf(request), language);
      });
    app.get('/sitemap.xml', hidden, async (request, reply) => {
      const items = await read(db, everybody, (tx) => listPublicItems(tx, { ...all, limit: inMap }));
      const places = [
        ...app.siteLinks.map(({ path }) => ({ path, changedAt: null })),
        ...items.map(({ itemId, changedAt }) => ({ path: itemPath(itemId), changedAt })),
      ];
      void reply.type('application/xml; charset=utf-8');
      return siteMap(places, originOf(request));
    });
    app.get('/robots.txt', hidden, async (request, reply) => {
      void reply.type('text/plain; charset=utf-8');
      return robotsText(originOf(request));
    });
  };
