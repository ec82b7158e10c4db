import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { noScope, read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { servePage } from '#platform/site.ts';
import { type CaseDesk, deskOf } from '../act/actions.ts';
import { isTrackingNumber, readTrackingNumber } from '../tracking.ts';
import { type Tracked, statusPage } from './public.ts';
import { listTracked } from './queries.ts';

/** One number in a hundred may be somebody’s, so that trying them through must stay slow. */
const mostPerMinute = 20;

const query = z.object({ number: z.string().trim().max(40).catch('').default('') });

/** Only the stage leaves the server, and the reason where the kind tells it, of cases in every province. */
const everybody = { ...noScope, province: 'all' } as const;

const tellsReason = ({ followed }: CaseDesk): boolean => followed === 'with_reason';

/** The stage of a case by its tracking number, for everybody, without JavaScript. */
export const statusRoutes =
  ({ db }: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
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
        const rows = await read(db, everybody, (tx) => listTracked(tx, { number, followed, explained }));
        const found = rows.flatMap(({ kind, state, provinceFa, provinceEn, reason }): Tracked[] => {
          const desk = deskOf(desks, kind);
          const words = desk?.words;
          const told = words?.states[state];
          if (desk === undefined || words === undefined || told === undefined) return [];
          return [
            {
              kind: words.title,
              province: { fa: provinceFa, en: provinceEn },
              stage: told.title,
              told: told.told,
              reason: desk.kind.closed.includes(state) ? reason : null,
            },
          ];
        });
        return statusPage({ typed, found }, language);
      },
      mostPerMinute,
    );
  };
