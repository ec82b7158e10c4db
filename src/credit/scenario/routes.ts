import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { type Tx, noScope, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { type Place, placeOf, requireActor } from '#platform/session.ts';
import type { AnyRefusal } from '../actions.ts';
import { indicatorKeys } from '../division/rules.ts';
import { findLinePage, lineAddress, readAt } from '../line/routes.ts';
import { listCounties, listCountyValues } from '../queries.ts';
import { restOf } from '../slice/rules.ts';
import { formulaInForce } from './actions.ts';
import {
  type ScenarioCountry,
  type ScenarioAnswer,
  figuresYear,
  scenarioCountryShape,
  scenarioPageShape,
} from './contract.ts';
import { listCountryCounties, listCountryFigures } from './queries.ts';

/** What a working group tries before it proposes; nothing is written by either. */
export const scenarioRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/lines/:line/scenario',
      {
        schema: {
          summary: 'What it takes to try weights and bounds on a line without asking again',
          params: lineAddress,
          response: { 200: scenarioPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) => findScenario(house, tx, place, request.params.line));
      },
    );

    app.get(
      '/api/credit/scenario',
      {
        schema: {
          summary: 'The figures by which a sum would be divided over all counties of the country',
          response: { 200: scenarioCountryShape, ...problemResponses },
        },
        preHandler: requireActor('ministry', 'auditor', 'director', 'deputy'),
      },
      () => read(house.db, noScope, findCountry),
    );
  };

async function findScenario(
  house: House,
  tx: Tx,
  { provinceId }: Place,
  lineId: string,
): Promise<Result<ScenarioAnswer, AnyRefusal>> {
  const page = await findLinePage(house, tx, { provinceId, lineId });
  if (!page.ok) return page;
  const { line, slices } = page.value;
  // A county office sees neither the root nor the other counties, and so cannot try a division of the whole.
  const root = slices.find((slice) => slice.id === line.rootSliceId);
  if (root === undefined) return refused({ kind: 'LineMissing', lineId });
  const parts = slices.filter((slice) => slice.parentId === root.id);
  const byCounty = parts.filter((slice) => slice.axis === 'county');
  const inForce = new Map(byCounty.map((slice) => [slice.countyCode, slice.standing.amount]));
  const formula = await formulaInForce(tx, { provinceId, lineId, sliceId: root.id });
  const rest = restOf(
    root.standing,
    parts.map((slice) => slice.standing),
  );
  const jobs = root.jobTarget - parts.reduce((sum, slice) => sum + slice.jobTarget, 0);
  const counties = await listCounties(tx, provinceId);
  const figures = await listCountyValues(tx, {
    provinceId,
    indicators: indicatorKeys,
    year: formula?.year ?? figuresYear,
  });
  return ok({
    line,
    rootSliceId: root.id,
    rest: { open: rest.open.toString(), locked: rest.locked.toString() },
    jobsLeft: jobs > 0 ? jobs : 0,
    counties: counties.map(({ key, fa, en }) => ({
      countyCode: key,
      nameFa: fa,
      nameEn: en,
      inForce: inForce.get(key) ?? null,
    })),
    figures,
    formula,
  });
}

async function findCountry(tx: Tx): Promise<ScenarioCountry> {
  const counties = await listCountryCounties(tx);
  const provinces = [...Map.groupBy(counties, ({ slug }) => slug)].map(([slug, group]) => {
    const { provinceFa, provinceEn } = must(group[0], 'a county of each province');
    return { slug, nameFa: provinceFa, nameEn: provinceEn, counties: group };
  });
  const figures = await listCountryFigures(tx, { indicators: indicatorKeys, year: figuresYear });
  return { provinces, figures };
}
