import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { dayOfInstant, isoOf, startOfDay } from '#kernel/day.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import type { Seal } from '../seal/contract.ts';
import { everybody, lines, ofProvince, onTheWire } from '../seal/routes.ts';
import { dayHeadShape, type DayHead } from './contract.ts';
import { listDayHeads } from './queries.ts';

const daysQuery = pageQuery.extend(ofProvince.shape);

/** More days than ten years have. */
const mostDays = 4_000;

/** The public board: the last head of each day, to be read, printed and kept elsewhere. Open to everybody. */
export const headRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = house;
    app.get(
      '/api/seals/days',
      {
        schema: {
          summary: 'The last head of each day of a province, the newest first',
          querystring: daysQuery,
          response: { 200: pageShape(dayHeadShape), ...problemResponses },
        },
      },
      (request) => findDays(house, request.query),
    );

    app.get(
      '/api/seals/days/file',
      {
        schema: {
          summary: 'The last head of each day as JSON lines, for karsaz verify --heads',
          querystring: ofProvince,
        },
      },
      async (request, reply) => {
        const { province: provinceId } = request.query;
        const seals = await read(db, everybody, (tx) =>
          listDayHeads(tx, { provinceId, before: null, most: mostDays }),
        );
        void reply.header('content-disposition', `attachment; filename="karsaz-heads-${provinceId}.jsonl"`);
        return reply.type(lines).send(seals.map((seal) => `${JSON.stringify(onTheWire(seal))}\n`).join(''));
      },
    );

    // The address that is printed and told: short, and without the desk's prefix.
    for (const [path, desk] of [
      ['/seals', '/desk/seals'],
      ['/en/seals', '/desk/seals?lang=en'],
    ] as const)
      app.get(path, { schema: { hide: true } }, (_request, reply) => reply.redirect(desk));
  };

async function findDays({ db }: House, { province: provinceId, limit, cursor }: z.infer<typeof daysQuery>) {
  const [instant] = decodeCursor(cursor, [sortValue.instant]) ?? [];
  const before = instant === undefined ? null : new Date(instant);
  const seals = await read(db, everybody, (tx) => listDayHeads(tx, { provinceId, before, most: limit + 1 }));
  // The next page begins before the day of the last seal shown, so the cursor is its beginning.
  return pageOf(seals, limit, { item: dayHead, position: ({ sealedAt }) => [startOf(sealedAt)] });
}

const dayOf = (at: Date) => dayOfInstant(at.getTime());
const dayHead = (seal: Seal): DayHead => ({ day: isoOf(dayOf(seal.sealedAt)), seal: onTheWire(seal) });
const startOf = (at: Date): string => new Date(startOfDay(dayOf(at))).toISOString();
