import { placeOf, type Place } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { dayOfInstant, dayFromIso, isoOf } from '#kernel/day.ts';
import { rial } from '#kernel/rial.ts';
import { type Result, ok } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import type { AnyRefusal } from '../actions.ts';
import { partName } from '../axis/words.ts';
import { listBranchDraws } from '../branch/queries.ts';
import { branchesOf } from '../branch/rules.ts';
import { findLinePage, lineAddress, readAt } from '../line/routes.ts';
import { type ForecastAnswer, type LapsePage, lapsePageShape } from '../reallocation/contract.ts';
import { type ReallocationPage, listReallocations } from '../reallocation/queries.ts';
import { listDraws } from './queries.ts';
import { type Band, type DayDraw, type Forecast, drawsBelow, forecastOf, riskOf, weeksOf } from './rules.ts';

export const lapseRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/lines/:line/lapse',
      {
        schema: {
          summary: 'What of each slice of a line is forecast to stay unspent at the deadline',
          params: lineAddress,
          response: { 200: lapsePageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) => findLapse(house, tx, place, request.params.line));
      },
    );
  };

async function findLapse(
  house: House,
  tx: Tx,
  { provinceId }: Place,
  lineId: string,
): Promise<Result<LapsePage, AnyRefusal>> {
  const page = await findLinePage(house, tx, { provinceId, lineId });
  if (!page.ok) return page;
  const { line, slices } = page.value;
  const draws = drawsBelow(slices, await listDraws(tx, { provinceId, lineId }));
  const today = dayOfInstant(house.clock.now().getTime());
  const deadline = dayFromIso(line.deadline);
  const from = line.notifiedOn === null ? today : dayFromIso(line.notifiedOn);
  const rows = slices.map((slice) => {
    const weeks = weeksOf(draws.get(slice.id) ?? noDraws, { from, today });
    const [amount, available] = [rial(slice.standing.amount), rial(slice.standing.available)];
    const forecast = forecastOf({ amount, available, weeks, today, deadline, seed: slice.id });
    return {
      sliceId: slice.id,
      parentId: slice.parentId,
      name: slice.axis === 'province' ? { fa: line.provinceFa, en: line.provinceEn } : partName(slice),
      amount: slice.standing.amount,
      available: slice.standing.available,
      paidSoFar: slice.standing.paidSoFar,
      weeks: weeks.map(String),
      forecast: forecastAnswer(forecast),
      risk: riskOf(forecast, amount),
    };
  });
  const branches = branchesOf(await listBranchDraws(tx, { provinceId, lineId }), { from, today, deadline });
  const proposals = await listReallocations(tx, { provinceId, id: null, lineId });
  return ok({
    line,
    rootSliceId: slices.some(({ id }) => id === line.rootSliceId) ? line.rootSliceId : null,
    rows,
    branches: branches.map(({ forecast, ...branch }) => ({ ...branch, forecast: forecastAnswer(forecast) })),
    reallocations: proposals.map(proposalAnswer),
  });
}

const noDraws: readonly DayDraw[] = [];

const bandAnswer = ({ low, median, high }: Band) => ({
  low: low.toString(),
  median: median.toString(),
  high: high.toString(),
});

/** A forecast with its sums as decimal strings. */
export function forecastAnswer(forecast: Forecast): ForecastAnswer {
  switch (forecast.kind) {
    case 'forecast':
      return {
        ...forecast,
        perWeek: forecast.perWeek.toString(),
        wanted: bandAnswer(forecast.wanted),
        unspent: bandAnswer(forecast.unspent),
      };
    case 'past':
      return { ...forecast, lapsed: forecast.lapsed.toString() };
    case 'too_short':
      return forecast;
  }
}

/** A proposed transfer without its moves. */
export const proposalAnswer = (row: ReallocationPage) => ({
  id: row.id,
  lineId: row.lineId,
  parentSliceId: row.parentId,
  amount: row.amount.toString(),
  reason: row.reason,
  state: row.state,
  version: row.version,
  proposedBy: row.proposedBy,
  proposedOn: isoOf(row.proposedOn),
  approvedBy: row.approvedBy,
  resolutionNumber: row.resolutionNumber,
  resolutionDay: row.resolutionDay === null ? null : isoOf(row.resolutionDay),
});
