import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ok, refused, type Result } from '#kernel/result.ts';
import { noScope, read, type Database } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses, refusalProblem } from '#platform/problem.ts';
import type { FindProvince } from '#platform/session.ts';
import {
  countyList,
  placeRefusalStatus,
  provinceList,
  provincePage,
  provinceSlug,
  sexes,
  sourceList,
  type County,
  type IndicatorValue,
  type PlaceRefusal,
  type Province,
} from './contract.ts';
import {
  findProvince,
  listCounties,
  listIndicatorValues,
  listProvinces,
  listSources,
  type IndicatorRow,
} from './queries.ts';
import { captionOf, placeNoteWords, placeRefusalWords, sayNotes } from './words.ts';

const provinceAddress = z.object({ slug: provinceSlug.meta({ fa: 'استان', en: 'Province' }) });
const sexAsked = z.object({ sex: z.enum(sexes).default('all').meta({ fa: 'جنس', en: 'Sex' }) });

/** Places are public facts: every route reads without a scope and answers everybody alike. */
export const placeRoutes =
  ({ db }: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces',
      { schema: { summary: 'The provinces', response: { 200: provinceList, ...problemResponses } } },
      async () => ({ provinces: await read(db, noScope, listProvinces) }),
    );

    app.get(
      '/api/provinces/:slug',
      {
        schema: {
          summary: 'A province and its yearly indicators',
          params: provinceAddress,
          querystring: sexAsked,
          response: { 200: provincePage, ...problemResponses },
        },
      },
      async ({ params, query }, reply) =>
        answer(
          reply,
          await findProvincePage(db, params.slug, query.sex),
          placeRefusalStatus,
          placeRefusalWords,
        ),
    );

    app.get(
      '/api/provinces/:slug/counties',
      {
        schema: {
          summary: 'The counties of a province with their yearly indicators',
          params: provinceAddress,
          querystring: sexAsked,
          response: { 200: countyList, ...problemResponses },
        },
      },
      async ({ params, query }, reply) =>
        answer(reply, await findCounties(db, params.slug, query.sex), placeRefusalStatus, placeRefusalWords),
    );

    app.get(
      '/api/sources',
      {
        schema: {
          summary: 'The sources of the catalogues',
          response: { 200: sourceList, ...problemResponses },
        },
      },
      async () => ({ sources: await read(db, noScope, listSources) }),
    );
  };

/** Tells the server which province an address names. */
export const provinceFinder =
  ({ db }: Pick<House, 'db'>): FindProvince =>
  async (slug) => {
    const found = await read(db, noScope, (tx) => findProvince(tx, slug));
    if (found !== undefined) return found.provinceId;
    const refusal = { kind: 'ProvinceUnknown', slug } as const;
    throw refusalProblem(refusal, placeRefusalStatus, placeRefusalWords);
  };

type Sex = (typeof sexes)[number];
type ProvincePage = { province: Province; indicators: IndicatorValue[] };
type CountyList = { province: Province; counties: County[] };

function findProvincePage(db: Database, slug: string, sex: Sex): Promise<Result<ProvincePage, PlaceRefusal>> {
  return read(db, noScope, async (tx) => {
    const province = await findProvince(tx, slug);
    if (!province) return refused({ kind: 'ProvinceUnknown', slug });
    const rows = await listIndicatorValues(tx, { provinceId: province.provinceId, of: 'province' });
    return ok({ province, indicators: rows.filter((row) => row.sex === sex).map(indicatorOf) });
  });
}

function findCounties(db: Database, slug: string, sex: Sex): Promise<Result<CountyList, PlaceRefusal>> {
  return read(db, noScope, async (tx) => {
    const province = await findProvince(tx, slug);
    if (!province) return refused({ kind: 'ProvinceUnknown', slug });
    const { provinceId } = province;
    const values = await listIndicatorValues(tx, { provinceId, of: 'counties' });
    const byCounty = Map.groupBy(
      values.filter((row) => row.sex === sex),
      (row) => row.countyCode,
    );
    const counties = (await listCounties(tx, provinceId)).map(({ note, ...row }) => ({
      ...row,
      notes: sayNotes(placeNoteWords, note),
      indicators: (byCounty.get(row.countyCode) ?? []).map(indicatorOf),
    }));
    return ok({ province, counties });
  });
}

/** The county's code stays in the row; the response schema leaves it out. */
function indicatorOf({ nameFa, nameEn, note, ...row }: IndicatorRow): IndicatorValue {
  return {
    ...row,
    name: { fa: nameFa, en: nameEn },
    caption: captionOf(row),
    notes: sayNotes(placeNoteWords, note),
  };
}
