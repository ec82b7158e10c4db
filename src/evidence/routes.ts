import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { House } from '#platform/http.ts';
import type { Catalogue } from './actions.ts';
import { briefingRoutes } from './briefing/routes.ts';
import { compositionRoutes } from './composition/routes.ts';
import { datasetRoutes } from './dataset/routes.ts';
import type { LawSource } from './law/actions.ts';
import { deliveryRoutes } from './delivery/routes.ts';
import { lawRoutes } from './law/routes.ts';
import type { LookAtDoubt } from './publication/contract.ts';
import { publicationRoutes } from './publication/routes.ts';
import { recordsRoutes } from './records/routes.ts';
import { reportRoutes } from './report/routes.ts';
import { reviewRoutes } from './review/routes.ts';
import { statementRoutes } from './statement/routes.ts';

/** What later rooms hand down. */
type Later = { readonly laws?: readonly LawSource[]; readonly lookAtDoubt?: LookAtDoubt };

/** Statements checked against the records, and the records behind every figure. */
export const evidenceRoutes =
  (
    house: House,
    catalogue: Catalogue,
    { laws = [], lookAtDoubt = () => [] }: Later = {},
  ): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(statementRoutes(house));
    await app.register(reviewRoutes(house, catalogue));
    await app.register(compositionRoutes(house, catalogue));
    await app.register(publicationRoutes({ house, catalogue, lookAtDoubt }));
    await app.register(recordsRoutes(house, catalogue));
    await app.register(reportRoutes(house, catalogue));
    await app.register(briefingRoutes(house, catalogue));
    await app.register(deliveryRoutes(house));
    await app.register(datasetRoutes(house, catalogue));
    await app.register(lawRoutes(house, laws));
  };
