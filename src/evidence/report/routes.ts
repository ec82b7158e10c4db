import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { type Day, dayOfInstant, isoOf } from '#kernel/day.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { type PdfText, sendPdf } from '#platform/pdf.ts';
import { answer, languageOf, problemResponses } from '#platform/problem.ts';
import { actingOf, scopeIn } from '#platform/session.ts';
import { sheetMedia, writeSheet } from '#platform/sheet.ts';
import { type Catalogue, isHidden } from '../actions.ts';
import { type EvidenceRefusal, evidenceRefusalStatus, missingCounty, outsideScope } from '../contract.ts';
import { readerScope } from '../queries.ts';
import { sealInForce } from '../review/actions.ts';
import { provinceOf } from '../statement/routes.ts';
import { evidenceRefusalWords } from '../words.ts';
import { comparisonOf, newestYearOf, performanceOf } from './actions.ts';
import {
  type Report,
  type ReportRefusal,
  type ReportTable,
  comparisonQuery,
  exportQuery,
  newestYearShape,
  performanceQuery,
  reportAddress,
  reportRefusalStatus,
  reportShape,
} from './contract.ts';
import { reportText, sheetOf } from './public.ts';
import { listNamedCounties, listNamedProvinces } from './queries.ts';
import { reportRefusalWords, reportWords } from './words.ts';

const statuses = { ...evidenceRefusalStatus, ...reportRefusalStatus };
const words = { ...evidenceRefusalWords, ...reportRefusalWords };
type Found = Result<
  { readonly report: Report; readonly seal: PdfText['seal'] },
  EvidenceRefusal | ReportRefusal
>;
type Wish = z.infer<z.ZodObject<typeof exportQuery>>;

type Reporting = { readonly house: House; readonly catalogue: Catalogue; readonly actor: Actor };

const todayOf = ({ clock }: House): Day => dayOfInstant(clock.now().getTime());

async function performance(
  { house, catalogue, actor }: Reporting,
  provinceId: number,
  { year, county }: z.infer<typeof performanceQuery>,
): Promise<Found> {
  return read(house.db, scopeIn(actor, provinceId), async (tx) => {
    const countyCode = county ?? null;
    const scope = await readerScope(tx);
    if (isHidden(scope, { provinceId, countyCode })) return refused(outsideScope(scope));
    const counties = await listNamedCounties(tx, provinceId);
    const province = must(
      (await listNamedProvinces(tx)).find((one) => one.provinceId === provinceId),
      'the province of an address',
    );
    const own = counties.find((one) => one.countyCode === countyCode) ?? null;
    if (countyCode !== null && own === null) return refused(missingCounty(countyCode));
    const order = { provinceId, province, counties, county: own, year };
    const told = { ...order, today: todayOf(house), words: reportWords };
    const report = await performanceOf(tx, catalogue, told);
    return ok({ report, seal: await sealInForce(tx, provinceId) });
  });
}

async function comparison(
  { house, catalogue, actor }: Reporting,
  { year }: z.infer<typeof comparisonQuery>,
): Promise<Found> {
  const { scope } = actor;
  const whole = scope.county === null && scope.office === null && scope.person === null;
  if (scope.province !== 'all' || !whole) return refused({ kind: 'ReportNotYours' });
  return read(house.db, scope, async (tx) => {
    const provinces = await listNamedProvinces(tx);
    const order = { provinces, year, today: todayOf(house), words: reportWords };
    // It is of no province, and so under the seal of none.
    return ok({ report: await comparisonOf(tx, catalogue, order), seal: 'each' });
  });
}

const reportIn = (reply: FastifyReply, found: Found): Report => answer(reply, found, statuses, words).report;

type Sending = { readonly found: Found; readonly wish: Wish; readonly today: string };

/** A report in the form that is wished for. */
export async function sendReport(
  request: FastifyRequest,
  reply: FastifyReply,
  { found, wish, today }: Sending,
) {
  const { report, seal } = answer(reply, found, statuses, words);
  const { format } = wish;
  const language = wish.language ?? languageOf(request);
  reply.header('content-disposition', `attachment; filename="${report.kind}-${report.year}.${format}"`);
  if (format === 'pdf') return sendPdf(reply, reportText({ report, seal, language, today }));
  const key = wish.table ?? report.tables[0]?.key ?? '';
  const table = report.tables.find((one) => one.key === key);
  const wanted: Result<ReportTable, ReportRefusal> =
    table === undefined ? refused({ kind: 'TableMissing', table: key }) : ok(table);
  const sheet = sheetOf(answer(reply, wanted, statuses, words), language);
  return reply.type(sheetMedia[format]).send(await writeSheet({ format, ...sheet }));
}

/** Reports as data, spreadsheet and PDF. */
export const reportRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(performanceRoutes(house, catalogue));
    await app.register(comparisonRoutes(house, catalogue));
  };

/** The performance of a province or county. */
const performanceRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    const address = '/api/provinces/:province/reports/performance';
    app.get(
      address,
      {
        schema: {
          summary: 'The figures of a province or county in a year beside the year before, and its counties',
          params: reportAddress,
          querystring: performanceQuery,
          response: { 200: reportShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const reporting = { house, catalogue, actor: await actingOf(request) };
        const provinceId = await provinceOf(house, reply, request.params.province);
        return reportIn(reply, await performance(reporting, provinceId, request.query));
      },
    );
    app.get(
      `${address}/export`,
      {
        schema: {
          summary: 'The same as a spreadsheet, CSV or PDF',
          params: reportAddress,
          querystring: performanceQuery.extend(exportQuery),
        },
      },
      async (request, reply) => {
        const reporting = { house, catalogue, actor: await actingOf(request) };
        const provinceId = await provinceOf(house, reply, request.params.province);
        const found = await performance(reporting, provinceId, request.query);
        return sendReport(request, reply, { found, wish: request.query, today: isoOf(todayOf(house)) });
      },
    );
  };

/** The provinces side by side. */
const comparisonRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/reports/newest-year',
      {
        schema: {
          summary:
            'The newest year in which credit was notified, as far as the reader sees; else the present one',
          response: { 200: newestYearShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { scope } = await actingOf(request);
        const year = await read(house.db, scope, (tx) => newestYearOf(tx, catalogue, todayOf(house)));
        return answer(reply, ok({ year }), {}, {});
      },
    );
    app.get(
      '/api/reports/comparison',
      {
        schema: {
          summary: 'All provinces side by side in a year, the one that has drawn most of its credit first',
          querystring: comparisonQuery,
          response: { 200: reportShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const reporting = { house, catalogue, actor: await actingOf(request) };
        return reportIn(reply, await comparison(reporting, request.query));
      },
    );
    app.get(
      '/api/reports/comparison/export',
      {
        schema: {
          summary: 'The same as a spreadsheet, CSV or PDF',
          querystring: comparisonQuery.extend(exportQuery),
        },
      },
      async (request, reply) => {
        const reporting = { house, catalogue, actor: await actingOf(request) };
        const found = await comparison(reporting, request.query);
        return sendReport(request, reply, { found, wish: request.query, today: isoOf(todayOf(house)) });
      },
    );
  };
