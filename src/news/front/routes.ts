import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { read } from '#platform/db.ts';
import type { Server } from '#platform/http.ts';
import { servePage } from '#platform/site.ts';
import { countPublished } from '../comment/queries.ts';
import { everybody, listPublicItems } from '../item/queries.ts';
import { sumOfRatings } from '../rating/queries.ts';
import type { Front } from '../ready/actions.ts';
import { frontPage } from './public.ts';

const newest = 5;

/** The first page of the house, for everybody. */
export const frontRoutes =
  ({ house }: Front): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    servePage(site, '/', async (_request, language) =>
      read(house.db, everybody, async (tx) => {
        const found = await listPublicItems(tx, {
          search: '',
          category: null,
          tag: null,
          before: null,
          limit: newest,
        });
        const items = [];
        for (const item of found)
          items.push({
            item,
            rating: await sumOfRatings(tx, item),
            comments: await countPublished(tx, item),
          });
        return frontPage({ items, links: site.siteLinks, language });
      }),
    );
  };
