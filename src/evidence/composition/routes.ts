import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { dayFromIso, dayOfInstant } from '#kernel/day.ts';
import { provinceSlug } from '#place/contract.ts';
import { read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import type { Catalogue } from '../actions.ts';
import { evidenceRefusalStatus } from '../contract.ts';
import { findingOf, mayCheck, provinceOf } from '../statement/routes.ts';
import { evidenceRefusalWords } from '../words.ts';
import { composeStatement } from './actions.ts';
import { composableShape, compositionOrderShape, compositionShape } from './contract.ts';

/** Statements composed from the records; nothing is stored. */
export const compositionRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/composable-figures',
      {
        preHandler: requireActor(...mayCheck),
        schema: {
          summary: 'The figures that a statement can be composed of',
          response: { 200: composableShape, ...problemResponses },
        },
      },
      () => ({
        indicators: catalogue.indicators
          .filter(({ sentence }) => sentence !== undefined)
          .map(({ id, title, unit, place, narrowedBy }) => ({
            indicator: id,
            title,
            unit,
            place,
            narrowedBy: [...narrowedBy],
          })),
      }),
    );

    app.post(
      '/api/provinces/:province/statement-composition',
      {
        preHandler: requireActor(...mayCheck),
        schema: {
          summary: 'Writes a statement from the records and checks it; stores nothing',
          params: z.object({ province: provinceSlug }),
          body: compositionOrderShape,
          response: { 200: compositionShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const provinceId = await provinceOf(house, reply, request.params.province);
        const { items, published } = request.body;
        const order = {
          provinceId,
          items,
          published: published === null ? null : dayFromIso(published),
          today: dayOfInstant(house.clock.now().getTime()),
        };
        const composed = await read(house.db, scopeIn(actor, provinceId), (tx) =>
          composeStatement(tx, catalogue, order),
        );
        const { text, told, left } = answer(reply, composed, evidenceRefusalStatus, evidenceRefusalWords);
        return { text, figures: told.map(findingOf), left: [...left] };
      },
    );
  };
