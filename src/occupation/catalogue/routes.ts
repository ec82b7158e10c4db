import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Day, dayOfInstant, partsOf } from '#kernel/day.ts';
import type { Result } from '#kernel/result.ts';
import { type Scope, type Tx, noScope, read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { servePage } from '#platform/site.ts';
import { type OccupationFilter, type OccupationPage, occupationFilter } from '../contract.ts';
import { listCategories } from '../queries.ts';
import { cataloguePage } from './public.ts';
import { listAgencies, listProvinces } from './queries.ts';

const mostPerMinute = 120;

/** A select that is left alone sends an empty word; what cannot be meant is as if it was not asked. */
const catalogueQuery = z.object({
  search: z.string().max(200).catch(''),
  category: z.string().max(60).catch(''),
  province: z.string().max(60).catch(''),
  cursor: z.string().max(500).optional().catch(undefined),
});

type FindOccupations = (
  tx: Tx,
  scope: Scope,
  asked: OccupationFilter,
  today: Day,
) => Promise<Result<OccupationPage>>;

/** The public catalogue: what one may do at home and what it needs, without sign-in and without JavaScript. */
export const catalogueRoutes =
  (house: House, findOccupations: FindOccupations): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    servePage(
      site,
      '/occupations',
      async (request, language) => {
        const { search, category, province, cursor } = catalogueQuery.parse(request.query);
        const today = dayOfInstant(house.clock.now().getTime());
        const { year } = partsOf(today);
        const { provinces, categories, agencies } = await read(house.db, noScope, async (tx) => ({
          provinces: await listProvinces(tx),
          agencies: await listAgencies(tx),
          categories: (await listCategories(tx)).map(({ categoryKey, nameFa, nameEn }) => ({
            key: categoryKey,
            name: { fa: nameFa, en: nameEn },
          })),
        }));
        const chosen = provinces.find(({ key }) => key === province);
        const known = categories.find(({ key }) => key === category);
        const asked = occupationFilter.parse({
          search,
          ...(known === undefined ? {} : { category: known.key }),
          ...(chosen === undefined ? {} : { province: chosen.key, budgetYear: year }),
          ...(cursor === undefined ? {} : { cursor }),
        });
        const scope = { ...noScope, province: chosen?.provinceId ?? null };
        const found = await read(house.db, scope, (tx) => findOccupations(tx, scope, asked, today));
        const page = found.ok ? found.value : { items: [], total: 0, next: null };
        return cataloguePage(
          {
            asked: {
              search,
              category: known?.key ?? '',
              province: chosen?.key ?? '',
              isFirst: cursor === undefined,
            },
            year,
            provinces,
            categories,
            agencies,
            ...page,
          },
          language,
        );
      },
      mostPerMinute,
    );
  };
