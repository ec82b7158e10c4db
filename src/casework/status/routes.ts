import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { dayOfInstant, type Day } from '#kernel/day.ts';
import { noScope, read, type Tx } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { servePage } from '#platform/site.ts';
import { type CaseDesk, deskOf, toldOf } from '../act/actions.ts';
import { isTrackingNumber, readTrackingNumber } from '../tracking.ts';
import { type Tracked, statusPage } from './public.ts';
import { listTracked, type TrackedRow } from './queries.ts';

/** One number in a hundred may be somebody’s, so that trying them through must stay slow. */
const mostPerMinute = 20;

const query = z.object({ number: z.string().trim().max(40).catch('').default('') });

/** Only the stage leaves the server, and the reason where the kind tells it, of cases in every province. */
const everybody = { ...noScope, province: 'all' } as const;

const tellsReason = ({ followed }: CaseDesk): boolean => followed === 'with_reason';

/** The stage of a case by its tracking number, for everybody, without JavaScript. */
export const statusRoutes =
  ({ db, clock }: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    const followed = desks
      .filter((desk) => desk.followed !== undefined && desk.followed !== false)
      .map(({ kind }) => kind.kind);
    const explained = desks.filter(tellsReason).map(({ kind }) => kind.kind);
    servePage(
      site,
      '/track',
      async (request, language) => {
        const { number: typed } = query.parse(request.query);
        if (typed === '') return statusPage(null, language);
        const number = readTrackingNumber(typed);
        if (!isTrackingNumber(number)) return statusPage({ typed, found: 'wrong_number' }, language);
        const today = dayOfInstant(clock.now().getTime());
        const found = await read(db, everybody, async (tx) => {
          const rows = await listTracked(tx, { number, followed, explained });
          const told: Tracked[] = [];
          for (const row of rows) told.push(...(await trackedOf(tx, { row, desks, today })));
          return told;
        });
        return statusPage({ typed, found }, language);
      },
      mostPerMinute,
    );
  };

type Row = { readonly row: TrackedRow; readonly desks: readonly CaseDesk[]; readonly today: Day };

async function trackedOf(tx: Tx, { row, desks, today }: Row): Promise<Tracked[]> {
  const desk = deskOf(desks, row.kind);
  if (desk === undefined) return [];
  const { words } = await toldOf(tx, desk, { ...row, today });
  if (words === undefined) return [];
  return [
    {
      kind: desk.words.title,
      province: { fa: row.provinceFa, en: row.provinceEn },
      stage: words.title,
      told: words.told,
      reason: desk.kind.closed.includes(row.state) ? row.reason : null,
    },
  ];
}
