import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor } from '#platform/session.ts';
import { provinceAddress } from '../person/contract.ts';
import { readAt } from '../person/routes.ts';
import { findOwn } from './actions.ts';
import { ownRecordShape } from './contract.ts';

export const ownRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/persons/own',
      {
        preHandler: requireActor('applicant'),
        schema: {
          summary:
            'What the province keeps of the applicant who asks, and which of it they may tell in a form',
          params: provinceAddress,
          response: { 200: ownRecordShape, ...problemResponses },
        },
      },
      async (request, _reply) => {
        const place = await placeOf(request, request.params.province);
        const { actor: by, provinceId } = place;
        return readAt(house, place, (tx) => findOwn(tx, { provinceId, by }));
      },
    );
  };
