import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sendText } from '#platform/bytes.ts';
import { read } from '#platform/db.ts';
import { originOf } from '#platform/origin.ts';
import { pathIn } from '#platform/site.ts';
import { everybody, listPublicItems } from '../item/queries.ts';
import type { Front } from '../ready/actions.ts';
import { placesWritten } from './actions.ts';
import { atomFeed, robotsText, siteMap } from './public.ts';

const all = { search: null, category: null, tag: null, before: null };
const inFeed = 30;

/** What machines read of the public pages: the feed, the map of the site and what robots leave alone. */
export const feedRoutes =
  ({ house: { db } }: Front): FastifyPluginAsyncZod =>
  async (app) => {
    const hidden = { schema: { hide: true } };
    for (const language of ['fa', 'en'] as const)
      app.get(pathIn(language, '/news/feed.xml'), hidden, async (request, reply) => {
        const items = await read(db, everybody, (tx) => listPublicItems(tx, { ...all, limit: inFeed }));
        const text = atomFeed(items, originOf(request), language);
        return sendText(request, reply, { media: 'application/atom+xml; charset=utf-8', text });
      });
    app.get('/sitemap.xml', hidden, async (request, reply) => {
      const written = await read(db, everybody, placesWritten);
      const sections = ['/', ...app.siteLinks.map(({ path }) => path), ...app.sitePlaces];
      const places = sections.map((path) => ({ path, changedAt: null }));
      const text = siteMap([...places, ...written], originOf(request));
      return sendText(request, reply, { media: 'application/xml; charset=utf-8', text });
    });
    app.get('/robots.txt', hidden, async (request, reply) => {
      void reply.type('text/plain; charset=utf-8');
      return robotsText(originOf(request));
    });
  };
