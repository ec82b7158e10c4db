import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id, isId } from '#kernel/id.ts';
import { ok } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor } from '#platform/session.ts';
import { readAt } from '../line/routes.ts';
import { heldAwardsShape } from './contract.ts';
import { listHeldAwards } from './queries.ts';

const address = z.object({ province: provinceSlug, beneficiary: z.uuid().refine(isId) });

export const beneficiaryRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/beneficiaries/:beneficiary/awards',
      {
        preHandler: requireActor('director', 'deputy', 'county_office', 'auditor', 'ministry'),
        schema: {
          summary: 'What was awarded to a person or an enterprise, within the reader’s scope',
          params: address,
          response: { 200: heldAwardsShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const asked = { provinceId: place.provinceId, beneficiaryId: id(request.params.beneficiary) };
        return readAt(house, reply, place, async (tx) => {
          const rows = await listHeldAwards(tx, asked);
          return ok({
            items: rows.map((row) => ({ ...row, amount: row.amount.toString(), paid: row.paid.toString() })),
          });
        });
      },
    );
  };
