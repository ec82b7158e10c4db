import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Role } from '#kernel/actor.ts';
import { dayFromIso, isoOf } from '#kernel/day.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import { placeRefusalStatus, provinceSlug } from '#place/contract.ts';
import { placeRefusalWords } from '#place/words.ts';
import { decodeCursor, pageOf, pageQuery } from '#platform/cursor.ts';
import { type Tx, noScope, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { readDemonstration } from '#platform/installation.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { type Catalogue, checkStatement, conditionText, isHidden } from './actions.ts';
import {
  type EvidenceRefusal,
  type FindingAnswer,
  type RecordAnswer,
  type RecordsPage,
  type RecordsQuery,
  type SampleStatements,
  type Told,
  checkShape,
  evidenceRefusalStatus,
  recordsPageShape,
  recordsQuery,
  sampleStatementsShape,
  statementShape,
} from './contract.ts';
import {
  type Counted,
  type RecordRow,
  type Selection,
  listProvinces,
  listRecords,
  readerScope,
  sumOf,
} from './queries.ts';
import { publicationRoutes } from './publication/routes.ts';
import { selectionAsked } from './records/actions.ts';
import { withoutOwn } from './statement/actions.ts';
import { evidenceRefusalWords, sayReason, sayWhy } from './words.ts';

/** Applicants see their own case and administrators no province: neither has records to hold a statement against. */
const mayCheck = [
  'director',
  'deputy',
  'county_office',
  'agency',
  'bank',
  'auditor',
  'editor',
  'ministry',
] as const satisfies readonly Role[];

/** Statements checked against the records, and the records behind every figure. */
export const evidenceRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(publicationRoutes(house, catalogue));

    app.post(
      '/api/provinces/:province/statement-check',
      {
        preHandler: requireActor(...mayCheck),
        schema: {
          summary: 'Checks every figure of a statement against the records; stores nothing',
          params: z.object({ province: provinceSlug }),
          body: statementShape,
          response: { 200: checkShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const provinceId = await provinceOf(house, reply, request.params.province);
        const { text, published } = request.body;
        const order = { text, provinceId, published: published === null ? null : dayFromIso(published) };
        const told = await read(house.db, scopeIn(actor, provinceId), (tx) =>
          checkStatement(tx, catalogue, order),
        );
        return { figures: told.map(findingOf) };
      },
    );

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

    app.get(
      '/api/sample-statements',
      {
        preHandler: requireActor(...mayCheck),
        schema: {
          summary: 'Texts to try the check on; none outside a demonstration',
          response: { 200: sampleStatementsShape, ...problemResponses },
        },
      },
      async () => {
        const isDemonstration = (await readDemonstration(house.db)) === 'loaded';
        return { statements: isDemonstration ? await sampleStatements(house.config.root) : [] };
      },
    );
  };

/** `statement-<province>.txt` of the demonstration, the files that `karsaz check` is tried on too. */
async function sampleStatements(root: string): Promise<SampleStatements['statements']> {
  const folder = join(root, 'data', 'demonstration');
  const statements: SampleStatements['statements'] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const [, province] = /^statement-([a-z-]+)\.txt$/.exec(name) ?? [];
    if (province === undefined) continue;
    statements.push({ province, text: (await readFile(join(folder, name), 'utf8')).trimEnd() });
  }
  return statements;
}

async function provinceOf({ db }: House, reply: FastifyReply, slug: string): Promise<number> {
  const found = (await read(db, noScope, listProvinces)).find((province) => province.slug === slug);
  const result =
    found === undefined ? refused({ kind: 'ProvinceUnknown', slug } as const) : ok(found.provinceId);
  return answer(reply, result, placeRefusalStatus, placeRefusalWords);
}

function findingOf(told: Told): FindingAnswer {
  const { year: _, facts: __, ...rest } = told;
  return { ...rest, reason: sayReason(told), why: sayWhy(told) };
}

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
