import { placeOf } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ok } from '#kernel/result.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { doList, readList } from '../banklist/routes.ts';
import { doneShape, provinceAddress } from '../line/routes.ts';
import { takeIn } from './actions.ts';
import { type Excess, excessShape, intakeShape } from './contract.ts';
import { type ExcessRow, listExcesses } from './queries.ts';

const excessAddress = provinceAddress.extend({ excess: z.uuid() });

/** What banks reported beyond their slices, and the taking in of it. */
export const excessRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/excesses',
      {
        schema: {
          summary: 'What banks reported beyond their slices and no slice has taken in yet',
          params: provinceAddress,
          querystring: z.object({ slice: z.uuid().optional() }),
          response: { 200: z.object({ items: z.array(excessShape) }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const asked = { provinceId: place.provinceId, id: null, sliceId: request.query.slice ?? null };
        return readList(house, reply, place, async (tx) =>
          ok({ items: (await listExcesses(tx, asked)).map(onTheWire) }),
        );
      },
    );

    app.post(
      '/api/provinces/:province/credit/excesses/:excess/intakes',
      {
        schema: {
          summary: 'Takes what a bank paid beyond a slice into the slice, out of what is available there',
          params: excessAddress,
          body: intakeShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/excesses/intakes', body: request.body };
        const given = { excessId: request.params.excess, order: request.body };
        return doList(house, at, place, (doing) => takeIn(doing, given));
      },
    );
  };

const onTheWire = ({ confirmed, reported, room, ...row }: ExcessRow): Excess => ({
  ...row,
  confirmed: confirmed.toString(),
  reported: reported.toString(),
  room: room.toString(),
});
