import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from '#kernel/actor.ts';
import { must } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import { noScope, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { servePage } from '#platform/site.ts';
import { provinceOf } from '../statement/routes.ts';
import { type LawSource, breachesIn, lawBoard, lawsOf } from './actions.ts';
import { breachesShape, lawBoardShape } from './contract.ts';
import { lawsPage } from './public.ts';

/** Counts are everybody's; the records behind them are read by who may see the whole province. */
const everybody = { ...noScope, province: 'all' } as const;
const maySee = ['director', 'deputy', 'auditor', 'ministry'] as const satisfies readonly Role[];

const boardIn = ({ db }: House, sources: readonly LawSource[]) =>
  read(db, everybody, (tx) => lawBoard(tx, sources));

/** The laws of the house in the open: a page for everybody, the same as JSON, and the records for auditors. */
export const lawRoutes =
  (house: House, sources: readonly LawSource[]): FastifyPluginAsyncZod =>
  async (app) => {
    servePage(app, '/laws', async (_request, language) => lawsPage(await boardIn(house, sources), language));
    app.get(
      '/api/laws',
      {
        schema: {
          summary: 'Every law of the house and how many records break it, over all provinces',
          response: { 200: lawBoardShape, ...problemResponses },
        },
      },
      () => boardIn(house, sources),
    );
    app.get(
      '/api/provinces/:province/breaches',
      {
        preHandler: requireActor(...maySee),
        schema: {
          summary: 'The records of a province that break a law at this moment, each in a sentence',
          params: z.object({ province: provinceSlug }),
          response: { 200: breachesShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const provinceId = await provinceOf(house, reply, request.params.province);
        const titles = new Map(lawsOf(sources).map(({ id, title }) => [id, title]));
        const found = await read(house.db, scopeIn(actor, provinceId), (tx) =>
          breachesIn(tx, sources, provinceId),
        );
        return {
          breaches: found.map(({ law, says }) => ({ law, title: must(titles.get(law), law), says })),
        };
      },
    );
  };
