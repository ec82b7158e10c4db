import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { commentRoutes } from './comment/routes.ts';
import { frontRoutes } from './front/routes.ts';
import { feedRoutes } from './feed/routes.ts';
import { imageRoutes } from './image/routes.ts';
import { itemRoutes } from './item/routes.ts';
import { ratingRoutes } from './rating/routes.ts';
import type { Front } from './ready/actions.ts';

/** News for everybody, and the desk at which it is written and its comments are looked at. */
export const newsRoutes =
  (front: Front): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(frontRoutes(front));
    await app.register(itemRoutes(front));
    await app.register(imageRoutes(front));
    await app.register(ratingRoutes(front));
    await app.register(commentRoutes(front));
    await app.register(feedRoutes(front));
  };
