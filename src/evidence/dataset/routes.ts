import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Indicator } from '#kernel/indicator.ts';
import { refused } from '#kernel/result.ts';
import { csvLine, csvMark } from '#platform/csv.ts';
import type { House, Server } from '#platform/http.ts';
import { answer } from '#platform/problem.ts';
import { servePage } from '#platform/site.ts';
import type { Catalogue } from '../actions.ts';
import { Datasets, freshFor } from './actions.ts';
import { type Dataset, type DatasetRow, datasetPath, datasetRefusalStatus } from './contract.ts';
import { catalogueOf, datasetMissingPage, datasetPage, datasetsPage } from './public.ts';
import { isOpen } from './rules.ts';
import { datasetRefusalWords } from './words.ts';

const address = z.object({ indicator: z.string().max(80) });
/** The records are read for a dataset at most once in five minutes; whoever asks for files in a loop waits. */
const often = { rateLimit: { max: 120, timeWindow: 60_000 } };

/** Open data: pages that need no JavaScript, files with permanent addresses, and their catalogue. For everybody. */
export const datasetRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    const open = catalogue.indicators.filter(isOpen);
    const datasets = new Datasets(house, catalogue);
    servePages(app, open, datasets);
    app.sitePlaces.push(...open.map(({ id }) => datasetPath(id)));
    const hidden = { config: often, schema: { hide: true } };
    app.get('/data/catalogue.jsonld', hidden, (request, reply) =>
      sendFile(request, reply, {
        media: 'application/ld+json',
        text: `${JSON.stringify(catalogueOf(open), null, 2)}\n`,
      }),
    );
    const found = async (reply: FastifyReply, indicator: string): Promise<Dataset> => {
      const dataset = await datasets.find(indicator);
      const result =
        dataset === undefined
          ? refused({ kind: 'DatasetMissing', indicator } as const)
          : ({ ok: true, value: dataset } as const);
      return answer(reply, result, datasetRefusalStatus, datasetRefusalWords);
    };
    const file = { config: often, schema: { hide: true, params: address } };
    app.get('/data/:indicator/values.csv', file, async (request, reply) => {
      const dataset = await found(reply, request.params.indicator);
      return sendFile(request, reply, { media: 'text/csv; charset=utf-8', text: csvOf(dataset) });
    });
    app.get('/data/:indicator/values.json', file, async (request, reply) => {
      const dataset = await found(reply, request.params.indicator);
      return sendFile(request, reply, { media: 'application/json', text: JSON.stringify(dataset) });
    });
  };

function servePages(app: Server, indicators: readonly Indicator[], datasets: Datasets): void {
  servePage(app, '/data', (_request, language) => Promise.resolve(datasetsPage(indicators, language)));
  servePage<{ indicator: string }>(
    app,
    '/data/:indicator',
    async ({ params }, language) => {
      const dataset = await datasets.find(params.indicator);
      return dataset === undefined
        ? datasetMissingPage(params.indicator, language)
        : datasetPage(dataset, language);
    },
    often.rateLimit.max,
  );
}

const columns = [
  'province',
  'provinceFa',
  'provinceEn',
  'countyCode',
  'countyFa',
  'countyEn',
  'year',
  'programme',
  'value',
  'records',
] as const satisfies readonly (keyof DatasetRow)[];

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The rows under Latin names, for programs; an empty value is withheld. */
function csvOf({ rows, unit }: Dataset): string {
  const lines = rows.map((row) => csvLine([...columns.map((column) => String(row[column] ?? '')), unit]));
  return `${csvMark}${csvLine([...columns.map(snake), 'unit'])}${lines.join('')}`;
}

/** A file that any site may read and any cache may keep for as long as it is fresh. */
function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { media, text }: { readonly media: string; readonly text: string },
): FastifyReply {
  const tag = `"${hash('sha256', text, 'hex').slice(0, 32)}"`;
  void reply
    .header('cache-control', `public, max-age=${freshFor / 1_000}`)
    .header('etag', tag)
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin');
  return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.type(media).send(text);
}
