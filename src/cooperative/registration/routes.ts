import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { isoOf } from '#kernel/day.ts';
import { normalise } from '#kernel/persian.ts';
import { decodeCursor, pageOf, sortValue } from '#platform/cursor.ts';
import { noScope, read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { servePage } from '#platform/site.ts';
import { directoryQuery } from './contract.ts';
import { directoryPage } from './public.ts';
import { listProvinces, listRegistered } from './queries.ts';

const mostPerMinute = 120;
const pageLength = 50;

/** The public directory of registered cooperatives, without sign-in and without JavaScript. */
export const registrationRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    servePage(
      site,
      '/cooperatives',
      async (request, language) => {
        const { search, kind, province, cursor } = directoryQuery.parse(request.query);
        const provinces = await read(house.db, noScope, listProvinces);
        const chosen = provinces.find(({ key }) => key === province);
        const before = decodeCursor(cursor, [sortValue.day, sortValue.id]);
        const asked = { search, kind: kind ?? '', isFirst: before === null };
        if (chosen === undefined)
          return directoryPage({ asked, provinces, chosen, items: [], next: null }, language);
        const { provinceId } = chosen;
        const rows = await read(house.db, { ...noScope, province: provinceId }, (tx) =>
          listRegistered(tx, {
            provinceId,
            search: normalise(search),
            kind: kind ?? null,
            before,
            limit: pageLength + 1,
          }),
        );
        const page = pageOf(rows, pageLength, {
          item: (row) => ({ ...row, registeredOn: isoOf(row.registeredOn) }),
          position: (row) => [isoOf(row.registeredOn), row.registrationId],
        });
        return directoryPage({ asked, provinces, chosen, ...page }, language);
      },
      mostPerMinute,
    );
  };
