import { placeOf } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { ok, refused } from '#kernel/result.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { doAt, doneShape, lineAddress, readAt } from '../line/routes.ts';
import { listLines } from '../queries.ts';
import { setParameter } from './actions.ts';
import { type Dated, parameterShape, parametersShape } from './contract.ts';
import { type ParameterRow, listParameters } from './queries.ts';
import { earliestOf } from './rules.ts';

/** The dated terms and ceilings of a line. */
export const parameterRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/lines/:line/parameters',
      {
        schema: {
          summary: 'The dated terms and ceilings of a credit line, the newest first',
          params: lineAddress,
          response: { 200: parametersShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { line: lineId } = request.params;
        const today = dayOfInstant(house.clock.now().getTime());
        return readAt(house, reply, place, async (tx) => {
          const [line] = await listLines(tx, { provinceId: place.provinceId, id: lineId });
          if (line === undefined) return refused({ kind: 'LineMissing', lineId });
          const rows = await listParameters(tx, { provinceId: place.provinceId, lineId });
          const earliest = earliestOf({ latest: null, state: line.state, today });
          return ok({ items: rows.map(datedOf), earliest: earliest === null ? null : isoOf(earliest) });
        });
      },
    );

    app.post(
      '/api/provinces/:province/credit/lines/:line/parameters',
      {
        schema: {
          summary: 'Sets a term or ceiling of a line from a day on',
          params: lineAddress,
          body: parameterShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/lines/parameters' };
        const order = { lineId: request.params.line, order: request.body };
        return doAt(house, at, place, (doing) => setParameter(doing, order));
      },
    );
  };

const datedOf = ({ recordedAt, validFrom, value, ...row }: ParameterRow): Dated => ({
  ...row,
  value: value.toString(),
  validFrom: isoOf(validFrom),
  recordedOn: recordedAt === null ? null : isoOf(dayOfInstant(recordedAt.getTime())),
});
