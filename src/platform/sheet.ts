import { CsvError, parse } from 'csv-parse/sync';
import { readXlsx, writeXlsx, type WriteSheet } from 'hucre/xlsx';
import type { Bilingual } from '#kernel/indicator.ts';
import { comparable } from '#kernel/persian.ts';
import { recordOf } from '#kernel/result.ts';
import { nearestDouble } from '#kernel/rial.ts';
import {
  cellFault,
  dayInSheet,
  readCell,
  writtenCell,
  type CellFault,
  type CellValue,
  type RawCell,
  type SheetColumn,
} from './cell.ts';
import { ProblemError } from './problem.ts';

/**
 * Spreadsheets in and out: .xlsx and .csv with typed columns. Nothing of a file is ever executed: a cell with a
 * formula is a fault of its row, whatever value the file claims for it. What is written holds no formula either.
 * A "no" about the whole file is a ProblemError; what is wrong with a cell is a fault that stands in its row.
 */
export type SheetFormat = 'xlsx' | 'csv';

export const sheetMedia: Readonly<Record<SheetFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

export type ReadRow<Key extends string> = {
  /** The number that the spreadsheet shows beside the row. */
  readonly line: number;
  readonly cells: Readonly<Record<Key, CellValue>>;
  /** Each cell as it stands in the file, for a file of errors. */
  readonly written: Readonly<Record<Key, string>>;
  readonly faults: readonly CellFault<Key>[];
};

export type SheetWish<Key extends string> = {
  readonly columns: readonly SheetColumn<Key>[];
  /** Rows under the heading; 50,000 where nothing is said. */
  readonly mostRows?: number;
  /** The name it was sent under: an .xlsx that is none is then told as such. */
  readonly fileName?: string;
};

const usualMostRows = 50_000;
/** Titles and notes that may stand above the heading. */
const linesBeforeHeading = 20;
/** What all parts of an .xlsx may unpack to; a list of 50,000 rows stays far below it. */
const mostUnpackedBytes = 256 * 1024 * 1024;

/** Reads the first visible sheet of an .xlsx, or a .csv in UTF-8, UTF-16 or Windows-1256. */
export async function readSheet<Key extends string>(
  bytes: Uint8Array,
  { columns, mostRows = usualMostRows, fileName = '' }: SheetWish<Key>,
): Promise<ReadRow<Key>[]> {
  if (/\.xlsx$/i.test(fileName) && !isPacked(bytes)) throw notAnXlsx;
  const mostLines = mostRows + linesBeforeHeading + 1;
  const lines = isPacked(bytes) ? await linesOfXlsx(bytes, mostLines) : linesOfCsv(bytes, mostLines);
  const { at, places } = findHeading(lines, columns);
  const rows = lines
    .slice(at + 1)
    .map((cells, index) => ({ line: at + index + 2, cells }))
    .filter(({ cells }) =>
      cells.some((cell) => (typeof cell === 'object' ? cell !== null : writtenCell(cell).trim() !== '')),
    );
  if (rows.length === 0) throw emptySheet;
  if (rows.length > mostRows) throw tooManyRows(mostRows);
  // A column that the file does not have costs its rows nothing: it breaks no rule, because needed ones are there.
  const sent = columns.filter(({ key }) => places.has(key));
  return rows.map(({ line, cells }) => readRow({ line, cells, columns, sent, places }));
}

type Places<Key extends string> = ReadonlyMap<Key, number>;

function readRow<Key extends string>(given: {
  readonly line: number;
  readonly cells: readonly RawCell[];
  readonly columns: readonly SheetColumn<Key>[];
  /** Those of them that the file has. */
  readonly sent: readonly SheetColumn<Key>[];
  readonly places: Places<Key>;
}): ReadRow<Key> {
  const { line, columns, sent, places } = given;
  const keys = columns.map(({ key }) => key);
  const raw = recordOf(keys, (key): RawCell => given.cells[places.get(key) ?? -1] ?? null);
  const faults: CellFault<Key>[] = [];
  const values = new Map<Key, CellValue>();
  for (const column of sent) {
    const found = readCell(raw[column.key], column);
    if ('rule' in found) faults.push(cellFault(column, found.rule, raw[column.key]));
    else values.set(column.key, found.value);
  }
  return {
    line,
    cells: recordOf(keys, (key) => values.get(key) ?? null),
    written: recordOf(keys, (key) => writtenCell(raw[key])),
    faults,
  };
}

/** The first line that has the needed headings, in any order and among others. */
function findHeading<Key extends string>(
  lines: readonly (readonly RawCell[])[],
  columns: readonly SheetColumn<Key>[],
): { readonly at: number; readonly places: Places<Key> } {
  const names = new Map(
    columns.flatMap(({ key, title, also = [] }) =>
      [title.fa, title.en, ...also].map((name) => [headingOf(name), key] as const),
    ),
  );
  let best: { missing: readonly SheetColumn<Key>[] } = { missing: columns.filter(({ needed }) => needed) };
  for (const [at, line] of lines.slice(0, linesBeforeHeading).entries()) {
    const places = new Map<Key, number>();
    for (const [place, cell] of line.entries()) {
      const key = names.get(headingOf(writtenCell(cell)));
      if (key === undefined) continue;
      if (places.has(key)) throw columnTwice(columns.find((column) => column.key === key)?.title ?? noTitle);
      places.set(key, place);
    }
    const missing = columns.filter(({ key, needed }) => needed === true && !places.has(key));
    if (missing.length === 0 && places.size > 0) return { at, places };
    if (missing.length < best.missing.length) best = { missing };
  }
  if (lines.length === 0) throw emptySheet;
  throw columnMissing(best.missing.map(({ title }) => title));
}

const headingOf = (text: string): string =>
  comparable(text)
    .toLowerCase()
    .replace(/[\s_()*:]+/g, '');

const isPacked = (bytes: Uint8Array): boolean =>
  startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]);

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, place) => bytes[place] === byte);

async function linesOfXlsx(bytes: Uint8Array, mostLines: number): Promise<RawCell[][]> {
  refuseSwelling(bytes);
  let first: number | undefined;
  const sheets = (info: { hidden?: boolean; veryHidden?: boolean }, place: number): boolean => {
    if (first === undefined && info.hidden !== true && info.veryHidden !== true) first = place;
    return first === place;
  };
  const book = await readXlsx(bytes, { sheets, maxRows: mostLines }).catch(() => {
    throw notASheet;
  });
  const [sheet] = book.sheets;
  if (sheet === undefined) throw emptySheet;
  const lines: RawCell[][] = sheet.rows.map((row) => [...row]);
  for (const [place, { formula }] of sheet.cells ?? []) {
    const [row = 0, column = 0] = place.split(',').map((part) => parseInt(part, 10));
    const line = lines[row];
    if (formula !== undefined && line !== undefined) line[column] = { formula: true };
  }
  return lines;
}

/**
 * A file of some kilobytes may claim to unpack to gigabytes. The reader holds each part to what the archive
 * declares of it, so the sum of the declarations decides, before anything is unpacked.
 */
function refuseSwelling(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const last = Math.max(0, end - 65_535);
  while (end >= last && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < last) throw notASheet;
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (let part = view.getUint16(end + 10, true); part > 0; part -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw notASheet;
    const packed = view.getUint32(at + 20, true);
    const declared = view.getUint32(at + 24, true);
    // Sizes that are left open or told elsewhere (ZIP64) belong to no list of ours.
    if ((packed > 0 && declared === 0) || declared === 0xffff_ffff) throw notASheet;
    unpacked += declared;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (unpacked > mostUnpackedBytes) throw tooLargeInside;
}

function linesOfCsv(bytes: Uint8Array, mostLines: number): RawCell[][] {
  const text = decode(bytes);
  if (text.includes('\0')) throw notASheet;
  const [firstLine = ''] = text.split(/\r?\n/, 1);
  const delimiter = [',', ';', '\t'].toSorted((a, b) => count(firstLine, b) - count(firstLine, a))[0] ?? ',';
  try {
    const lines = parse(text, {
      delimiter,
      to: mostLines,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 100_000,
    });
    return lines.map((line) => line.map((cell) => cell.replace(guarded, '$1')));
  } catch (error) {
    if (error instanceof CsvError && error.code.includes('QUOTE')) throw quoteAstray(lineOf(error));
    // A line without end.
    throw notASheet;
  }
}

const lineOf = (error: CsvError): number => {
  const line: unknown = error['lines'];
  return typeof line === 'number' ? line : 1;
};

const count = (text: string, letter: string): number => text.split(letter).length;

function decode(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Persian lists of older programs are in the code page of Windows.
    return new TextDecoder('windows-1256').decode(bytes);
  }
}

/** What a spreadsheet would take for a formula when it opens a .csv; the sign before it is taken off on reading. */
const formulaLike = /^[=+\-@\t\r]/;
const guarded = /^'([=+\-@\t\r])/;

export type SheetText<Key extends string> = {
  readonly format: SheetFormat;
  readonly name: Bilingual;
  readonly language: 'fa' | 'en';
  readonly columns: readonly SheetColumn<Key>[];
  readonly rows: readonly Readonly<Record<Key, CellValue>>[];
  /** Label and value of what the sheet is: scope, as-of day. An .xlsx has them on a second sheet. */
  readonly about?: readonly (readonly [label: string, value: string])[];
};

/** Writes a sheet. Sums are exact: a number up to fifteen digits, which a spreadsheet keeps, and text past them. */
export async function writeSheet<Key extends string>(sheet: SheetText<Key>): Promise<Buffer> {
  if (sheet.format === 'csv') return Buffer.from(`\ufeff${csvLines(sheet).join('\r\n')}\r\n`, 'utf8');
  const { language, name, about = [] } = sheet;
  const view = { rightToLeft: language === 'fa', showGridLines: true };
  const notes: WriteSheet[] =
    about.length === 0
      ? []
      : [
          {
            name: aboutName[language],
            rows: about.map((line) => [...line]),
            view,
            columns: [{ width: 24 }, { width: 60 }],
          },
        ];
  const book = await writeXlsx({
    sheets: [{ ...recordsSheet(sheet), name: sheetName(name[language]), view }, ...notes],
  });
  return Buffer.from(book);
}

const aboutName = { fa: 'درباره', en: 'About' };
/** What Excel allows in the name of a sheet. */
const sheetName = (name: string): string => name.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31);

function recordsSheet<Key extends string>({ columns, rows, language }: SheetText<Key>) {
  return {
    rows: [
      columns.map(({ title }) => title[language]),
      ...rows.map((row) => columns.map((column) => xlsxCell(row[column.key], column, language))),
    ],
    columns: columns.map(({ kind, title }) => ({
      width: kind === 'text' ? 28 : Math.max(16, title[language].length + 4),
      ...(kind === 'rial' || kind === 'count' ? { numFmt: '#,##0' } : {}),
    })),
    freezePane: { rows: 1 },
    autoFilter: { range: `A1:${columnLetters(columns.length - 1)}${rows.length + 1}` },
  };
}

const columnLetters = (place: number): string =>
  `${place >= 26 ? columnLetters(Math.floor(place / 26) - 1) : ''}${String.fromCharCode(65 + (place % 26))}`;

function xlsxCell(value: CellValue, { kind }: SheetColumn, language: 'fa' | 'en'): string | number | null {
  if (value === null) return null;
  if (kind === 'day') return dayInSheet(value, language);
  const isSum = (kind === 'rial' || kind === 'count') && /^-?\d{1,15}$/.test(value);
  return isSum ? nearestDouble(BigInt(value)) : value;
}

function csvLines<Key extends string>({ columns, rows, language }: SheetText<Key>): string[] {
  const heading = columns.map(({ title }) => csvCell(title[language], true)).join(',');
  const lines = rows.map((row) =>
    columns
      .map(({ key, kind }) => {
        const value = row[key] ?? '';
        const isNumber = (kind === 'rial' || kind === 'count') && /^-?\d+$/.test(value);
        return csvCell(kind === 'day' ? dayInSheet(value, language) : value, !isNumber);
      })
      .join(','),
  );
  return [heading, ...lines];
}

function csvCell(text: string, isText: boolean): string {
  const safe = isText && formulaLike.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const noTitle: Bilingual = { fa: '', en: '' };

const notASheet = new ProblemError({
  status: 415,
  kind: 'NotASheet',
  field: 'file',
  rule: 'sheet',
  words: {
    fa: 'این پرونده صفحهٔ گستردهٔ خواندنی نیست؛ آن را بی‌رمز و با قالب ‎.xlsx یا ‎.csv ذخیره کنید و دوباره بفرستید.',
    en: 'This file is no spreadsheet that can be read: save it as .xlsx or .csv without a password and send it again.',
  },
});

const notAnXlsx = new ProblemError({
  status: 415,
  kind: 'NotAnXlsx',
  field: 'file',
  rule: 'sheet',
  words: {
    fa: 'نام این پرونده ‎.xlsx است ولی محتوای آن نیست؛ آن را در برنامهٔ صفحهٔ گسترده باز و با قالب ‎.xlsx ذخیره کنید، یا اگر جدول متنی است نامش را ‎.csv بگذارید.',
    en: 'The file is named .xlsx and is none: open it in a spreadsheet program and save it as .xlsx, or name it .csv if it is a table of text.',
  },
});

const quoteAstray = (line: number): ProblemError =>
  new ProblemError({
    status: 422,
    kind: 'QuoteAstray',
    field: 'file',
    rule: 'quote',
    words: {
      fa: `در سطر ${new Intl.NumberFormat('fa-IR').format(line)} این ‎.csv نشان نقل‌قول (") نابجاست یا بسته نشده است؛ آن را بردارید یا دوتایی بنویسید ("") و همهٔ خانه را میان دو نشان بگذارید.`,
      en: `Line ${line} of this .csv has a quotation mark (") astray or never closed: take it away, or double it ("") and put the whole cell between two marks.`,
    },
    facts: { line },
  });

const tooLargeInside = new ProblemError({
  status: 413,
  kind: 'SheetTooLarge',
  field: 'file',
  rule: 'size',
  words: {
    fa: 'این صفحه پس از بازشدن بیش از ۲۵۶ مگابایت می‌شود؛ آن را به چند پرونده بخش کنید.',
    en: 'This sheet unpacks to more than 256 megabytes: divide it into several files.',
  },
});

const emptySheet = new ProblemError({
  status: 422,
  kind: 'SheetEmpty',
  field: 'file',
  rule: 'rows',
  words: {
    fa: 'این صفحه زیر سرستون‌ها ردیفی ندارد؛ برگهٔ نخست را بررسی کنید.',
    en: 'The sheet has no row under its headings: look at the first sheet of the file.',
  },
});

const tooManyRows = (most: number): ProblemError =>
  new ProblemError({
    status: 413,
    kind: 'TooManyRows',
    field: 'file',
    rule: 'rows',
    words: {
      fa: `این صفحه بیش از ${new Intl.NumberFormat('fa-IR').format(most)} ردیف دارد؛ آن را به چند پرونده بخش کنید.`,
      en: `The sheet has more than ${most} rows: divide it into several files.`,
    },
    facts: { most },
  });

const columnMissing = (titles: readonly Bilingual[]): ProblemError =>
  new ProblemError({
    status: 422,
    kind: 'ColumnMissing',
    field: 'file',
    rule: 'columns',
    words: {
      fa: `سرستون ${titles.map(({ fa }) => `«${fa}»`).join('، ')} در این صفحه نیست؛ آن را بیفزایید و دوباره بفرستید.`,
      en: `The sheet has no column ${titles.map(({ en }) => `“${en}”`).join(', ')}: add it and send it again.`,
    },
    facts: { columns: titles },
  });

const columnTwice = (title: Bilingual): ProblemError =>
  new ProblemError({
    status: 422,
    kind: 'ColumnTwice',
    field: 'file',
    rule: 'columns',
    words: {
      fa: `سرستون «${title.fa}» در این صفحه دو بار آمده است؛ یکی را بردارید.`,
      en: `The column “${title.en}” stands in the sheet twice: take one out.`,
    },
    facts: { column: title },
  });
