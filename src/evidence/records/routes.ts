import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Day, dayOfInstant, isoOf } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import { type InstantRefusal, transferRefusalStatus } from '#ledger/contract.ts';
import { ledgerRefusalWords } from '#ledger/words.ts';
import type { CellValue, SheetColumn } from '#platform/cell.ts';
import { decodeCursor, pageOf, pageQuery, sortValue } from '#platform/cursor.ts';
import { type Scope, type Tx, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, languageOf, problemResponses } from '#platform/problem.ts';
import { actingOf, scopeIn } from '#platform/session.ts';
import { sheetMedia, writeSheet } from '#platform/sheet.ts';
import { type Catalogue, conditionText, isHidden } from '../actions.ts';
import {
  type EvidenceRefusal,
  type RecordAnswer,
  type RecordsPage,
  type RecordsQuery,
  evidenceRefusalStatus,
  recordsPageShape,
  recordsQuery,
  outsideScope,
  unknownIndicator,
} from '../contract.ts';
import {
  type Counted,
  type Position,
  type RecordRow,
  type Selection,
  listNames,
  readerScope,
} from '../queries.ts';
import { withoutOwn } from '../statement/actions.ts';
import { provinceOf } from '../statement/routes.ts';
import { sumOf } from '../tally/actions.ts';
import { evidenceRefusalWords } from '../words.ts';
import { instantAsked, newestRecords, selectionAsked } from './actions.ts';
import { dimensionWords, recordsLabels } from './words.ts';

const statuses = { ...evidenceRefusalStatus, InstantOpen: transferRefusalStatus.InstantOpen };
const words = { ...evidenceRefusalWords, InstantOpen: ledgerRefusalWords.InstantOpen };

const indicatorAddress = z.object({ indicator: z.string().max(80) });

/** So many rows are handed out as one sheet; more are narrowed first. */
const mostExported = 50_000;

/** The records behind every figure, page by page or as a sheet, now or as of a closed instant. */
export const recordsRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/records/:indicator',
      {
        schema: {
          summary: 'The records behind a figure, the newest first, with the value that they add up to',
          params: indicatorAddress,
          querystring: pageQuery.extend(recordsQuery.shape),
          response: { 200: recordsPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { cursor, limit, ...query } = request.query;
        const provinceId = await provinceOf(house, reply, query.province);
        const scope = scopeIn(actor, provinceId);
        const asked = { catalogue, ...request.params, query, provinceId, before: positionIn(cursor), limit };
        const found = await findAsOf(house, scope, asked);
        return answer(reply, found, statuses, words);
      },
    );

    app.get(
      '/api/values/:indicator',
      {
        schema: {
          summary: 'The value of a figure without its list, and whether tallies or a scan answered it',
          params: indicatorAddress,
          querystring: recordsQuery,
          response: { 200: recordsPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { query } = request;
        const provinceId = await provinceOf(house, reply, query.province);
        const { indicator } = request.params;
        const asked = { catalogue, indicator, query, provinceId, before: null, limit: 0 };
        return answer(reply, await findAsOf(house, scopeIn(actor, provinceId), asked), statuses, words);
      },
    );

    app.get(
      '/api/records/:indicator/sheet',
      {
        schema: {
          summary: 'All records behind a figure as a spreadsheet or CSV, in the reader’s language',
          params: indicatorAddress,
          querystring: recordsQuery.extend({
            format: z.enum(['xlsx', 'csv']).default('xlsx').meta({ fa: 'قالب', en: 'Format' }),
          }),
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { format, ...query } = request.query;
        const provinceId = await provinceOf(house, reply, query.province);
        const scope = scopeIn(actor, provinceId);
        const { indicator } = request.params;
        const asked = { catalogue, indicator, query, provinceId, before: null, limit: mostExported };
        const found = await findAsOf(house, scope, asked);
        const page = answer(reply, whole(found), statuses, words);
        const language = languageOf(request);
        const said = await read(house.db, scope, (tx) => wordsOf(tx, catalogue, language));
        return reply
          .type(sheetMedia[format])
          .header('content-disposition', `attachment; filename="${indicator}.${format}"`)
          .send(await writeSheet({ format, ...sheetOf(page, language, said) }));
      },
    );
  };

/** Reads as of the instant that is asked for, which must be closed (L12). */
async function findAsOf(
  house: House,
  scope: Scope,
  order: Omit<Asked, 'today'>,
): Promise<Result<RecordsPage, EvidenceRefusal | InstantRefusal>> {
  const asked = { ...order, today: dayOfInstant(house.clock.now().getTime()) };
  const { asOf } = asked.query;
  if (asOf === undefined) return read(house.db, scope, (tx) => findRecords(tx, asked));
  const closed = await instantAsked(house, { provinceId: asked.provinceId, scope, asOf });
  if (!closed.ok) return closed;
  return read(house.db, scope, (tx) => findRecords(tx, { ...asked, recordedUntil: closed.value }));
}

/** A sheet holds all records or is refused: a part of them is not the figure. */
function whole(found: Awaited<ReturnType<typeof findAsOf>>): typeof found {
  return found.ok && found.value.next !== null
    ? refused({ kind: 'TooManyRecords', count: found.value.count, most: mostExported })
    : found;
}

function columnsOf({ unit, items }: RecordsPage): SheetColumn[] {
  const details = Object.keys(items[0]?.details ?? {});
  return [
    { key: 'record', title: recordsLabels.record, kind: 'code' },
    { key: 'day', title: recordsLabels.day, kind: 'day' },
    { key: 'budgetYear', title: recordsLabels.budgetYear, kind: 'code' },
    { key: 'county', title: recordsLabels.county, kind: 'text' },
    { key: 'amount', title: recordsLabels.amount, kind: unit === 'rial' ? 'rial' : 'count' },
    { key: 'counted', title: recordsLabels.counted, kind: 'code' },
    ...details.map((column) => ({
      key: column,
      title: dimensionWords[column]?.title ?? { fa: column, en: column },
      kind: 'text' as const,
    })),
  ];
}

/** What a value of a dimension is called; its code where it has no name. */
type Said = (column: string, value: string) => string;

async function wordsOf(tx: Tx, { dimensions }: Catalogue, language: 'fa' | 'en'): Promise<Said> {
  const catalogued = new Map<string, Bilingual>();
  for (const { column, catalogue } of dimensions)
    if (catalogue !== undefined)
      for (const one of await listNames(tx, catalogue)) catalogued.set(`${column} ${one.key}`, one);
  return (column, value) =>
    (dimensionWords[column]?.values[value] ?? catalogued.get(`${column} ${value}`))?.[language] ?? value;
}

const sheetOf = (page: RecordsPage, language: 'fa' | 'en', said: Said) => ({
  name: page.title,
  language,
  columns: columnsOf(page),
  rows: page.items.map((one) => rowOf(one, language, said)),
});

const rowOf = (one: RecordAnswer, language: 'fa' | 'en', said: Said): Record<string, CellValue> => ({
  record: one.id,
  day: one.happenedOn,
  budgetYear: String(one.budgetYear),
  county: language === 'fa' ? one.countyFa : one.countyEn,
  amount: one.amount,
  counted: one.counted,
  ...Object.fromEntries(
    Object.entries(one.details).map(([column, value]) => [
      column,
      value === null ? null : said(column, value),
    ]),
  ),
});

function positionIn(cursor: string | undefined): Position | null {
  const last = decodeCursor(cursor, [sortValue.day, sortValue.id]);
  return last === null ? null : { happenedOn: last[0], id: last[1] };
}

type Asked = {
  readonly catalogue: Catalogue;
  readonly indicator: string;
  readonly query: RecordsQuery;
  readonly provinceId: number;
  /** The record after which the page begins. */
  readonly before: Position | null;
  readonly limit: number;
  readonly today: Day;
  /** A closed instant; what was recorded later is not meant. */
  readonly recordedUntil?: Date;
};

async function findRecords(tx: Tx, asked: Asked): Promise<Result<RecordsPage, EvidenceRefusal>> {
  const { catalogue, query } = asked;
  const indicator = catalogue.indicators.find((one) => one.id === asked.indicator);
  if (indicator === undefined) return refused(unknownIndicator(asked.indicator));
  const place = { provinceId: asked.provinceId, countyCode: query.county ?? null };
  const scope = await readerScope(tx);
  if (isHidden(scope, place)) return refused(outsideScope(scope));
  const selected = await selectionAsked(tx, asked, indicator);
  if (!selected.ok) return selected;
  const { recordedUntil } = asked;
  const selection = recordedUntil === undefined ? selected.value : { ...selected.value, recordedUntil };
  const { title, definition, unit, measure } = indicator;
  const head = { indicator: indicator.id, title, definition, unit, year: indicator.year };
  if (measure.kind === 'ratio') {
    const parts = await partsOf(tx, asked, [measure.numerator, measure.denominator], selection);
    return ok({ ...head, value: '', count: 0, by: null, parts, items: [], next: null });
  }
  const sum = await sumOf(tx, measure, selection);
  const page =
    asked.limit === 0
      ? { items: [], next: null }
      : await recordsPage(tx, measure, { ...asked, selection, count: sum.records });
  return ok({ ...head, value: sum.value.toString(), count: sum.records, by: sum.by, parts: [], ...page });
}

type PageAsked = Asked & { readonly selection: Selection; readonly count: number };

async function recordsPage(tx: Tx, measure: Counted, asked: PageAsked) {
  const { selection, count, today, catalogue } = asked;
  const order = {
    selection,
    count,
    today,
    details: detailsOf(catalogue, measure),
    before: asked.before,
    limit: asked.limit + 1,
  };
  const rows = await newestRecords(tx, catalogue, { measure, order });
  return pageOf(rows, asked.limit, { item: recordOf, position: (row) => [isoOf(row.happenedOn), row.id] });
}

/** The columns by which the figures of a view are told apart: another view has others. */
function detailsOf({ indicators, dimensions }: Catalogue, { view }: Counted): string[] {
  const ids = new Set(
    indicators
      .filter(({ measure }) => measure.kind !== 'ratio' && measure.view === view)
      .flatMap(({ narrowedBy }) => narrowedBy),
  );
  const columns = dimensions.filter(({ id }) => ids.has(id)).map(({ column }) => column);
  return [...new Set(columns)];
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
  { province, year, county, from, until, asOf }: RecordsQuery,
  { only, without }: Selection,
): string {
  const asked = {
    year: year?.toString(),
    county,
    from,
    until,
    only: conditionText(only),
    without: conditionText(without),
    asOf,
  };
  const query = new URLSearchParams({ province });
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined && value !== '') query.set(name, value);
  return query.toString();
}
