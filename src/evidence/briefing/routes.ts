import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { originOf } from '#platform/origin.ts';
import { type PdfText, sendPdf } from '#platform/pdf.ts';
import { answer, languageOf, problemResponses } from '#platform/problem.ts';
import { actingOf, scopeIn } from '#platform/session.ts';
import { type Catalogue, isHidden } from '../actions.ts';
import { type EvidenceRefusal, evidenceRefusalStatus, missingCounty, outsideScope } from '../contract.ts';
import { readerScope } from '../queries.ts';
import { reportAddress } from '../report/contract.ts';
import { listNamedCounties, listNamedProvinces } from '../report/queries.ts';
import { sealInForce } from '../review/actions.ts';
import { provinceOf } from '../statement/routes.ts';
import { evidenceRefusalWords } from '../words.ts';
import { briefingOf } from './actions.ts';
import {
  type Briefing,
  type BriefingRefusal,
  briefingQuery,
  briefingRefusalStatus,
  briefingShape,
} from './contract.ts';
import { briefingText } from './public.ts';
import { briefingRefusalWords } from './words.ts';

const statuses = { ...evidenceRefusalStatus, ...briefingRefusalStatus };
const words = { ...evidenceRefusalWords, ...briefingRefusalWords };

type Briefed = Result<
  { readonly briefing: Briefing; readonly seal: PdfText['seal'] },
  EvidenceRefusal | BriefingRefusal
>;
type Asking = {
  readonly actor: Actor;
  readonly provinceId: number;
  readonly query: z.infer<typeof briefingQuery>;
};

async function brief(house: House, catalogue: Catalogue, asking: Asking): Promise<Briefed> {
  const { actor, provinceId, query } = asking;
  const { year, county: countyCode = null, programme = null, figures } = query;
  return read(house.db, scopeIn(actor, provinceId), async (tx) => {
    const scope = await readerScope(tx);
    if (isHidden(scope, { provinceId, countyCode })) return refused(outsideScope(scope));
    const counties = await listNamedCounties(tx, provinceId);
    const county = counties.find((one) => one.countyCode === countyCode) ?? null;
    if (countyCode !== null && county === null) return refused(missingCounty(countyCode));
    const briefing = await briefingOf(tx, catalogue, {
      provinceId,
      province: must(
        (await listNamedProvinces(tx)).find((one) => one.provinceId === provinceId),
        'the province of an address',
      ),
      county,
      year,
      today: dayOfInstant(house.clock.now().getTime()),
      programme,
      figures: figures === undefined ? null : figures.split(',').filter((one) => one !== ''),
    });
    if (!briefing.ok) return briefing;
    return ok({ briefing: briefing.value, seal: await sealInForce(tx, provinceId) });
  });
}

/** The briefing sheet as data and on paper. */
export const briefingRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    const address = '/api/provinces/:province/briefing';
    app.get(
      address,
      {
        schema: {
          summary: 'Figures before a press talk: base, address, how each is said and what may not be said',
          params: reportAddress,
          querystring: briefingQuery,
          response: { 200: briefingShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const provinceId = await provinceOf(house, reply, request.params.province);
        const asking = { actor: await actingOf(request), provinceId, query: request.query };
        return answer(reply, await brief(house, catalogue, asking), statuses, words).briefing;
      },
    );
    app.get(
      `${address}/export`,
      {
        schema: {
          summary: 'The same as PDF',
          params: reportAddress,
          querystring: briefingQuery.extend({
            format: z.string().max(20).optional().meta({ fa: 'قالب', en: 'Format' }),
            language: z.enum(['fa', 'en']).optional().meta({ fa: 'زبان', en: 'Language' }),
          }),
        },
      },
      async (request, reply) => {
        const provinceId = await provinceOf(house, reply, request.params.province);
        const asking = { actor: await actingOf(request), provinceId, query: request.query };
        const { format = 'pdf' } = request.query;
        if (format !== 'pdf') {
          const other = refused({ kind: 'FormatUnknown', field: 'format', rule: 'one_of', format } as const);
          answer(reply, other, statuses, words);
        }
        const { briefing, seal } = answer(reply, await brief(house, catalogue, asking), statuses, words);
        const language = request.query.language ?? languageOf(request);
        const today = isoOf(dayOfInstant(house.clock.now().getTime()));
        const origin = originOf(request);
        reply.header('content-disposition', `attachment; filename="briefing-${briefing.year}.pdf"`);
        return sendPdf(reply, briefingText({ briefing, seal, language, today, origin }));
      },
    );
  };
