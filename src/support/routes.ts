import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { noScope, read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { servePage } from '#platform/site.ts';
import { directoryPage, type Listed, type ProvinceChoice } from './public.ts';
import {
  listOffered,
  listProvinces,
  listSupporters,
  type NamedSupporter,
  type OfferedRow,
} from './queries.ts';
import { supporterRoutes, todayOf } from './supporter/routes.ts';
import { contractRoutes } from './three-party-contract/routes.ts';

export const supportRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(supporterRoutes(house));
    await app.register(contractRoutes(house));
    await app.register(directoryRoutes(house));
  };

const mostPerMinute = 120;
/** More than any province has who opted in. */
const mostListed = 2000;

/** The public directory: made on the server, without sign-in and without JavaScript. */
const directoryRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    servePage(
      site,
      '/supporters',
      async ({ query }, language) => {
        const asked: unknown =
          typeof query === 'object' && query !== null ? Reflect.get(query, 'province') : null;
        const provinces = await read(house.db, noScope, listProvinces);
        const chosen = provinces.find(({ slug }) => slug === asked);
        const listed = chosen === undefined ? [] : await findListed(house, chosen.provinceId);
        return directoryPage({ provinces, chosen, listed }, language);
      },
      mostPerMinute,
    );
  };

type Province = ProvinceChoice & { readonly provinceId: number };

/** Who opted in and is active, with the categories of their capacity. */
const findListed = (house: House, provinceId: Province['provinceId']): Promise<Listed[]> =>
  read(house.db, { ...noScope, province: provinceId }, async (tx) => {
    const asked = { provinceId, isListed: true, today: todayOf(house), limit: mostListed };
    const rows = await listSupporters(tx, asked);
    const offered = await listOffered(tx, provinceId);
    return rows.map((row) => listedOf(row, offered));
  });

const listedOf = (row: NamedSupporter, offered: readonly OfferedRow[]): Listed => ({
  name: row.name ?? '—',
  kind: row.kind,
  county: { fa: row.countyFa, en: row.countyEn },
  categories: offered
    .filter(({ supporterId }) => supporterId === row.supporterId)
    .map(({ nameFa, nameEn }) => ({ fa: nameFa, en: nameEn })),
  free: Math.max(0, row.jobs - row.links),
});
