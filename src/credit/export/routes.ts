import { placeOf } from '#platform/session.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { dayFromIso, dayOfInstant } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { ok } from '#kernel/result.ts';
import { total, rial } from '#kernel/rial.ts';
import type { CellValue, SheetColumn } from '#platform/cell.ts';
import type { House } from '#platform/http.ts';
import { type PdfSeal, type PdfText, sendPdf } from '#platform/pdf.ts';
import { languageOf } from '#platform/problem.ts';
import { sheetMedia, writeSheet } from '#platform/sheet.ts';
import { coordinateOf } from '../axis.ts';
import { nameOn } from '../axis/words.ts';
import { type Line, type Slice, partAxes } from '../contract.ts';
import { isKept, isSought, netOfCut, netStanding } from '../funnel/rules.ts';
import { wordsOfLine } from '../funnel/words.ts';
import { findLinePage, findLines, lineAddress, provinceAddress, readAt } from '../line/routes.ts';
import { creditNames, programmeWords } from '../words.ts';
import { sealInForce } from './actions.ts';
import { type Language, exportLabels, printedDay, printedRials } from './words.ts';

export const exportQuery = z.object({
  format: z.enum(['xlsx', 'csv', 'pdf']).default('xlsx').meta({ fa: 'قالب', en: 'Format' }),
  language: z.enum(['fa', 'en']).optional().meta({ fa: 'زبان', en: 'Language' }),
});

/** The filters of the list, as its page has them in its address. */
const overviewQuery = exportQuery.extend({
  year: z.string().max(4).optional().meta({ fa: 'سال بودجه', en: 'Budget year' }),
  programme: z.string().max(40).optional().meta({ fa: 'برنامه', en: 'Programme' }),
  state: z.string().max(40).optional().meta({ fa: 'وضعیت', en: 'State' }),
  sought: z.string().max(200).optional().meta({ fa: 'جست‌وجو', en: 'Search' }),
});
type Overview = z.infer<typeof overviewQuery>;

/** What is handed out as a sheet or a page: the same rows in the same order. */
export type Table<Key extends string> = {
  readonly name: Bilingual;
  /** Latin, for the name of the file. */
  readonly fileName: string;
  readonly subtitle?: Bilingual;
  /** Which rows of all these are, where not all are. */
  readonly filter?: string;
  readonly columns: readonly SheetColumn<Key>[];
  readonly rows: readonly Readonly<Record<Key, CellValue>>[];
  /** A last row of sums under the columns of money. */
  readonly totals?: Readonly<Partial<Record<Key, string>>>;
};

type Wish = { readonly format: 'xlsx' | 'csv' | 'pdf'; readonly language: Language };
type Instant = { readonly at: Date; readonly seal: PdfSeal | null };

/** The wish of a request: its language is that of the reader where none is named. */
export const wishOf = (request: FastifyRequest, { format, language }: z.infer<typeof exportQuery>): Wish => ({
  format,
  language: language ?? languageOf(request),
});

export async function sendTable<Key extends string>(
  reply: FastifyReply,
  { format, language }: Wish,
  { table, at, seal }: { readonly table: Table<Key> } & Instant,
): Promise<FastifyReply> {
  void reply.header('content-disposition', `attachment; filename="${table.fileName}.${format}"`);
  const asOf = printedDay(dayOfInstant(at.getTime()), language);
  if (format === 'pdf') return sendPdf(reply, pdfOf(table, { language, asOf, seal }));
  const { name, columns, rows, filter } = table;
  const about: (readonly [string, string])[] = [
    [exportLabels.asOf[language], asOf],
    ...(filter === undefined ? [] : [[exportLabels.filter[language], filter] as const]),
    ...(seal === null ? [] : [[exportLabels.seal[language], `${seal.number} ${seal.head}`] as const]),
  ];
  return reply
    .type(sheetMedia[format])
    .send(await writeSheet({ format, name, language, columns, rows, about }));
}

const isSum = ({ kind }: SheetColumn): boolean => kind === 'rial' || kind === 'count';

function pdfOf<Key extends string>(
  { name, subtitle, columns, rows, totals }: Table<Key>,
  {
    language,
    asOf,
    seal,
  }: { readonly language: Language; readonly asOf: string; readonly seal: PdfSeal | null },
): PdfText {
  const printed = (value: CellValue | undefined, column: SheetColumn): string => {
    if (value === null || value === undefined) return '';
    if (isSum(column)) return printedRials(value, language);
    return column.kind === 'day' ? printedDay(dayFromIso(value), language) : value;
  };
  const sums = totals;
  return {
    language,
    title: name[language],
    ...(subtitle === undefined ? {} : { subtitle: subtitle[language] }),
    asOf,
    seal,
    landscape: columns.length > 5,
    blocks: [
      {
        kind: 'table',
        columns: columns.map((column, at) => ({
          title: column.title[language],
          align: isSum(column) ? 'end' : 'start',
          wide: at === 0,
          code: column.kind === 'code',
        })),
        rows: rows.map((row) => columns.map((column) => printed(row[column.key], column))),
        ...(sums === undefined
          ? {}
          : {
              total: columns.map((column, at) =>
                at === 0 ? exportLabels.total[language] : printed(sums[column.key], column),
              ),
            }),
      },
    ],
  };
}

const stageColumns = ['open', 'locked', 'reserved', 'referred', 'contracted', 'paid', 'handedBack'] as const;
const sums = ['amount', ...stageColumns, 'reported'] as const;
const sumColumns = sums.map((key) => ({ key, title: exportLabels[key], kind: 'rial' as const }));

const sumsOf = ({ standing }: { readonly standing: Line['standing'] }) => ({
  amount: standing.amount,
  open: standing.open,
  locked: standing.locked,
  reserved: standing.reserved,
  referred: standing.referred,
  contracted: standing.contracted,
  // As on the screen: what is repaid was paid.
  paid: total([rial(standing.paid), rial(standing.repaid)]).toString(),
  handedBack: standing.handedBack,
  reported: standing.reportedNotConfirmed,
});

export const exportRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/export',
      {
        schema: {
          summary: 'The credit lines of a province as a spreadsheet, CSV or PDF',
          params: provinceAddress,
          querystring: overviewQuery,
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const wish = wishOf(request, request.query);
        const found = await readAt(house, reply, place, async (tx) => {
          const lines = await findLines(house, tx, place);
          if (!lines.ok) return lines;
          return ok({ lines: lines.value.items, seal: await sealInForce(tx, place.provinceId) });
        });
        return sendTable(reply, wish, {
          table: overviewOf(found.lines, request.query, wish.language),
          at: house.clock.now(),
          seal: found.seal,
        });
      },
    );

    app.get(
      '/api/provinces/:province/credit/lines/:line/export',
      {
        schema: {
          summary: 'The slices of a credit line as a spreadsheet, CSV or PDF',
          params: lineAddress,
          querystring: exportQuery,
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const wish = wishOf(request, request.query);
        const { line: lineId } = request.params;
        const found = await readAt(house, reply, place, async (tx) => {
          const page = await findLinePage(house, tx, { ...place, lineId });
          if (!page.ok) return page;
          return ok({ page: page.value, seal: await sealInForce(tx, place.provinceId) });
        });
        const table = treeOf(found.page.line, found.page.slices, wish.language);
        return sendTable(reply, wish, { table, at: house.clock.now(), seal: found.seal });
      },
    );
  };

const stateNames = new Map<string, Bilingual>(Object.entries(creditNames.states));
const stateName = (state: string, language: Language): string => stateNames.get(state)?.[language] ?? state;

/** The lines that the page shows under the same filters, without what was cut, as the page has them. */
function overviewOf(all: readonly Line[], asked: Overview, language: Language): Table<string> {
  const { year = null, programme = null, state = null, sought = '' } = asked;
  const lines = all
    .filter((line) => isKept(line, { year, programme, state }))
    .filter((line) =>
      isSought(
        wordsOfLine(line).map((text) => text[language]),
        sought,
      ),
    )
    .map((line) => ({ ...line, standing: netStanding(line) }));
  const filter = filterName(asked, language);
  const first = all[0];
  return {
    name: exportLabels.overview,
    fileName: 'credit-lines',
    ...(first === undefined
      ? {}
      : {
          subtitle: {
            fa: [first.provinceFa, ...filter].join('، '),
            en: [first.provinceEn, ...filter].join(', '),
          },
        }),
    ...(filter.length === 0 ? {} : { filter: filter.join(language === 'fa' ? '، ' : ', ') }),
    columns: [
      { key: 'line', title: exportLabels.line, kind: 'text' },
      { key: 'deadline', title: exportLabels.deadline, kind: 'day' },
      { key: 'state', title: exportLabels.state, kind: 'text' },
      ...sumColumns,
    ],
    rows: lines.map((line) => ({
      line: lineName(line, language),
      deadline: line.deadline,
      state: stateName(line.state, language),
      ...sumsOf(line),
    })),
    totals: totalsOf(lines),
  };
}

function filterName({ year, programme, state, sought = '' }: Overview, language: Language): string[] {
  const programmes = new Map<string, Bilingual>(Object.entries(programmeWords));
  return [
    ...(year === undefined ? [] : [language === 'fa' ? persianDigits(year) : year]),
    ...(programme === undefined ? [] : [programmes.get(programme)?.[language] ?? programme]),
    ...(state === undefined ? [] : [stateName(state, language)]),
    ...(sought.trim() === '' ? [] : [`«${sought.trim()}»`]),
  ];
}

export const lineName = (line: Line, language: Language): string =>
  language === 'fa'
    ? `${programmeWords[line.programme].fa} ${printedYear(line.budgetYear, 'fa')}`
    : `${programmeWords[line.programme].en} ${line.budgetYear}`;

const printedYear = (year: number, language: Language): string =>
  printedRials(String(year), language).replace(/[٬,]/g, '');

function treeOf(line: Line, slices: readonly Slice[], language: Language): Table<string> {
  return {
    name: exportLabels.tree,
    fileName: 'credit-slices',
    subtitle: {
      fa: `${lineName(line, 'fa')}، ${line.provinceFa}`,
      en: `${lineName(line, 'en')}, ${line.provinceEn}`,
    },
    columns: [
      { key: 'place', title: exportLabels.place, kind: 'text' },
      ...sumColumns,
      { key: 'jobs', title: exportLabels.jobs, kind: 'count' },
    ],
    rows: slices.map((slice) => ({
      place: sliceName(slice, line, language),
      // The root is what its line was left with, as on its page.
      ...sumsOf(slice.parentId === null ? { standing: netOfCut(slice.standing, line.cut) } : slice),
      jobs: String(slice.jobTarget),
    })),
  };
}

/** «کرج، پوشاک»: a part is told with what it is part of. A tree has no total: each slice holds its parts. */
export function sliceName(slice: Slice, line: Line, language: Language): string {
  const names = partAxes.flatMap((axis) =>
    coordinateOf(slice, axis) === null ? [] : [nameOn(axis, slice)[language]],
  );
  if (names.length > 0) return names.join(language === 'fa' ? '، ' : ', ');
  return language === 'fa' ? line.provinceFa : line.provinceEn;
}

const totalsOf = (rows: readonly { readonly standing: Line['standing'] }[]) =>
  Object.fromEntries(sums.map((key) => [key, total(rows.map((row) => rial(sumsOf(row)[key]))).toString()]));
