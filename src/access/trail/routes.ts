import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { nationwide } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant, startOfDay, addDays } from '#kernel/day.ts';
import { id } from '#kernel/id.ts';
import { csvLine, csvMark } from '#platform/csv.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { read } from '#platform/db.ts';
import { problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor } from '#platform/session.ts';
import type { AccessHouse } from '../actions.ts';
import { roleWords } from '../words.ts';
import { trailEventShape, trailExportQuery, trailFilter, type TrailEvent } from './contract.ts';
import { findUsersByName, listTrail, type TrailRow } from './queries.ts';
import { leastIdAt } from './rules.ts';
import { outcomeWords, trailWords, wordsOfEvent } from './words.ts';

const trailQuery = pageQuery.extend(trailFilter);
type TrailAsked = z.infer<typeof trailQuery>;

const readers = { preHandler: requireActor('auditor', 'director', 'administrator') };

/** The trail, a page at a time or as a file. */
export const trailRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/access/events',
      {
        ...readers,
        schema: {
          summary: 'The trail: who read, did and was refused what, the newest first',
          querystring: trailQuery,
          response: { 200: pageShape(trailEventShape), ...problemResponses },
        },
      },
      (request) => findPage(house, request, request.query),
    );

    app.get(
      '/api/access/events/export',
      {
        ...readers,
        schema: { summary: 'The trail as a CSV file, the newest first', querystring: trailExportQuery },
      },
      async (request, reply) => {
        await settled(request);
        void reply.header('content-disposition', 'attachment; filename="karsaz-trail.csv"');
        return reply.type('text/csv; charset=utf-8').send(Readable.from(csvLines(house, request)));
      },
    );
  };

/** Whoever reads the trail finds in it what was answered a moment ago. */
const settled = (request: FastifyRequest): Promise<void> =>
  request.server.trail?.settle() ?? Promise.resolve();

async function findPage(house: AccessHouse, request: FastifyRequest, asked: TrailAsked) {
  const { limit } = asked;
  const [before] = decodeCursor(asked.cursor, [sortValue.id]) ?? [null];
  await settled(request);
  const rows = await findEvents(house, request, { ...asked, before, limit: limit + 1 });
  return pageOf(rows, limit, { item: eventAnswer, position: ({ eventId }) => [eventId] });
}

type Narrowed = Omit<TrailAsked, 'cursor' | 'limit'> & {
  readonly before: string | null;
  readonly limit: number;
};

async function findEvents(house: AccessHouse, request: FastifyRequest, asked: Narrowed): Promise<TrailRow[]> {
  const { scope, role } = await actingOf(request);
  const { search, user, from, until } = asked;
  return read(house.db, scope, async (tx) => {
    const named = search ? await findUsersByName(tx, search) : null;
    const users = user === undefined ? named : [id(user)].filter((one) => named?.includes(one) ?? true);
    return listTrail(tx, {
      users,
      record: asked.record ?? null,
      outcome: asked.outcome ?? null,
      from: from === undefined ? null : leastIdAt(startOfDay(dayFromIso(from))),
      until: until === undefined ? null : leastIdAt(startOfDay(addDays(dayFromIso(until), 1))),
      onlyAccess: role === 'administrator',
      before: asked.before,
      limit: asked.limit,
    });
  });
}

const eventAnswer = ({ at, provinceId, recordIds, ...event }: TrailRow): TrailEvent => ({
  ...event,
  recordIds: [...recordIds],
  at: at.toISOString(),
  provinceId: provinceId === nationwide ? null : provinceId,
});

const exportPage = 1_000;

/** Read a page at a time, so that a file of a year holds neither memory nor a transaction. */
async function* csvLines(
  house: AccessHouse,
  request: FastifyRequest<{ Querystring: z.infer<typeof trailExportQuery> }>,
): AsyncGenerator<string> {
  const { language, ...asked } = request.query;
  const titles = [
    'instant',
    'when',
    'where',
    'who',
    'username',
    'role',
    'outcome',
    'what',
    'route',
    'status',
  ];
  const names = new Map(Object.entries(trailWords));
  const heads = [...titles, 'because', 'records'].map((name) => names.get(name)?.[language] ?? name);
  yield csvMark + csvLine(heads);
  for (let before: string | null = null; ;) {
    const rows: TrailRow[] = await findEvents(house, request, { ...asked, before, limit: exportPage });
    yield rows.map((row) => csvLine(cellsOf(row, language))).join('');
    before = rows.at(-1)?.eventId ?? null;
    if (rows.length < exportPage) return;
  }
}

const cellsOf = (row: TrailRow, language: 'fa' | 'en'): string[] => [
  row.at.toISOString(),
  dayOfInstant(row.at.getTime()).replaceAll('-', '/'),
  row.provinceName?.[language] ?? trailWords.nationwide[language],
  row.byName ?? '',
  row.username ?? '',
  new Map(Object.entries(roleWords)).get(row.byRole ?? '')?.[language] ?? row.byRole ?? '',
  outcomeWords[row.outcome][language],
  wordsOfEvent(row)[language],
  row.route ?? row.event,
  row.status === null ? '' : String(row.status),
  typeof row.facts['kind'] === 'string' ? row.facts['kind'] : '',
  row.recordIds.join(' '),
];
