import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isoOf } from '#kernel/day.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery } from '#platform/cursor.ts';
import { type Tx, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, scopeIn } from '#platform/session.ts';
import { type Catalogue, conditionText, isHidden } from './actions.ts';
import {
  type EvidenceRefusal,
  type RecordAnswer,
  type RecordsPage,
  type RecordsQuery,
  evidenceRefusalStatus,
  recordsPageShape,
  recordsQuery,
} from './contract.ts';
import { type Counted, type RecordRow, type Selection, listRecords, readerScope, sumOf } from './queries.ts';
import { compositionRoutes } from './composition/routes.ts';
import { publicationRoutes } from './publication/routes.ts';
import { selectionAsked } from './records/actions.ts';
import { withoutOwn } from './statement/actions.ts';
import { provinceOf, statementRoutes } from './statement/routes.ts';
import { evidenceRefusalWords } from './words.ts';

/** Statements checked against the records, and the records behind every figure. */
export const evidenceRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(statementRoutes(house, catalogue));
    await app.register(compositionRoutes(house, catalogue));
    await app.register(publicationRoutes(house, catalogue));

    app.get(
      '/api/records/:indicator',
      {
        schema: {
          summary: 'The records behind a figure, the newest first, with the value that they add up to',
          params: z.object({ indicator: z.string().max(80) }),
          querystring: pageQuery.extend(recordsQuery.shape),
          response: { 200: recordsPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { cursor, limit, ...query } = request.query;
        const provinceId = await provinceOf(house, reply, query.province);
        const asked = { catalogue, indicator: request.params.indicator, query, provinceId, cursor, limit };
        const found = await read(house.db, scopeIn(actor, provinceId), (tx) => findRecords(tx, asked));
        return answer(reply, found, evidenceRefusalStatus, evidenceRefusalWords);
      },
    );
  };

type Asked = {
  readonly catalogue: Catalogue;
  readonly indicator: string;
  readonly query: RecordsQuery;
  readonly provinceId: number;
  readonly cursor: string | undefined;
  readonly limit: number;
};

async function findRecords(tx: Tx, asked: Asked): Promise<Result<RecordsPage, EvidenceRefusal>> {
  const { catalogue, query } = asked;
  const indicator = catalogue.indicators.find((one) => one.id === asked.indicator);
  if (indicator === undefined) return refused({ kind: 'IndicatorUnknown', indicator: asked.indicator });
  const place = { provinceId: asked.provinceId, countyCode: query.county ?? null };
  if (isHidden(await readerScope(tx), place)) return refused({ kind: 'OutsideYourScope' });
  const selected = selectionAsked(asked, indicator);
  if (!selected.ok) return selected;
  const selection = selected.value;
  const { title, definition, unit, measure } = indicator;
  const head = { indicator: indicator.id, title, definition, unit, year: indicator.year };
  if (measure.kind === 'ratio') {
    const parts = await partsOf(tx, asked, [measure.numerator, measure.denominator], selection);
    return ok({ ...head, value: '', count: 0, parts, items: [], next: null });
  }
  const sum = await sumOf(tx, measure, selection);
  const page = await recordsPage(tx, measure, { ...asked, selection });
  return ok({ ...head, value: sum.value.toString(), count: sum.records, parts: [], ...page });
}

async function recordsPage(tx: Tx, measure: Counted, asked: Asked & { readonly selection: Selection }) {
  const position = decodeCursor(asked.cursor, 2);
  const [happenedOn = '', id = ''] = position ?? [];
  const rows = await listRecords(tx, measure, {
    selection: asked.selection,
    details: [...new Set(asked.catalogue.dimensions.map((dimension) => dimension.column))],
    before: position === null ? null : { happenedOn, id },
    limit: asked.limit + 1,
  });
  return pageOf(rows, asked.limit, { item: recordOf, position: (row) => [isoOf(row.happenedOn), row.id] });
}

const recordOf = (row: RecordRow): RecordAnswer => ({
  ...row,
  happenedOn: isoOf(row.happenedOn),
  amount: row.amount.toString(),
});

/** A ratio has no list of its own: it shows its two figures, each with the address of its list. */
async function partsOf(
  tx: Tx,
  { catalogue, query }: Asked,
  [top, below]: readonly [string, string],
  selection: Selection,
): Promise<RecordsPage['parts']> {
  const parts: RecordsPage['parts'] = [];
  const numerator = catalogue.indicators.find((one) => one.id === top)?.measure;
  for (const id of [top, below]) {
    const part = catalogue.indicators.find((one) => one.id === id);
    if (part === undefined || part.measure.kind === 'ratio') continue;
    const narrow =
      id === below && numerator !== undefined && numerator.kind !== 'ratio'
        ? { ...selection, only: withoutOwn(selection.only, numerator) }
        : selection;
    const sum = await sumOf(tx, part.measure, narrow);
    const records = `/desk/evidence/records/${id}?${sameQuery(query, narrow)}`;
    parts.push({ indicator: id, title: part.title, value: sum.value.toString(), records });
  }
  return parts;
}

/** What was asked for, for the list of a part, with the conditions that the part is narrowed by. */
function sameQuery(
  { province, year, county, from, until }: RecordsQuery,
  { only, without }: Selection,
): string {
  const asked = {
    year: year?.toString(),
    county,
    from,
    until,
    only: conditionText(only),
    without: conditionText(without),
  };
  const query = new URLSearchParams({ province });
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined && value !== '') query.set(name, value);
  return query.toString();
}
