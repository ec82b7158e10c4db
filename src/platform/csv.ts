import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { root } from './config.ts';

/** A row of a data file: column → text, an empty cell being ''. */
export type CatalogueRow = Readonly<Record<string, string>>;

/** Gives the rows of `data/<name>`, e.g. `provinces.csv`. Each room's `loadCatalogue` is handed this. */
export type ReadCsv = (name: string) => readonly CatalogueRow[];

/** Reads a data file of the program. Throws when a row has too many or too few cells. */
export const readCsv: ReadCsv = (name) =>
  parse<Record<string, string>>(readFileSync(join(root, 'data', name)), { columns: true, bom: true });

/** Rows for `json_to_recordset`: an empty cell of a data file is "not known", so it becomes null. */
export const recordset = (rows: readonly CatalogueRow[]): string =>
  JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([column, text]) => [column, text === '' ? null : text])),
    ),
  );

/** One line of a file to be handed out (RFC 4180); a cell that a spreadsheet would run gets an apostrophe. */
export function csvLine(cells: readonly string[]): string {
  const written = cells.map((value) => {
    const safe = /^[=+@\t\r]|^-(?!\d+(?:\.\d+)?$)/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${written.join(',')}\r\n`;
}

/** The mark by which Excel reads a file as UTF-8. */
export const csvMark = '\ufeff';
