import type { Bilingual } from '#kernel/indicator.ts';
import type { CellValue, SheetColumn } from '#platform/cell.ts';
import type { PdfText } from '#platform/pdf.ts';
import { type Language, dayText } from '#web/format.ts';
import { valueWords } from '../words.ts';
import type { Report, ReportCell, ReportTable } from './contract.ts';
import { reportLabels } from './words.ts';

type Printing = {
  readonly report: Report;
  readonly seal: PdfText['seal'];
  readonly language: Language;
  /** ISO. */
  readonly today: string;
};

/** A cell as it is printed: rials alone, since a column of two currencies cannot be read down. */
export function printedCell({ value, unit }: ReportCell, language: Language): string {
  if (value === null) return '—';
  if (unit !== 'rial') return valueWords(value, unit)[language];
  return valueWords(value, 'count')[language];
}

/** So many columns of sums stand beside one another on paper. */
const mostColumns = 6;

/** A table as it fits on paper: one below the other, each row named again. */
function inParts(table: ReportTable): ReportTable[] {
  const { columns, rows } = table;
  const starts = columns.flatMap((_, at) => (at % mostColumns === 0 ? [at] : []));
  if (starts.length < 2) return [table];
  return starts.map((start) => ({
    ...table,
    columns: columns.slice(start, start + mostColumns),
    rows: rows.map((row) => ({ ...row, cells: row.cells.slice(start, start + mostColumns) })),
  }));
}

/** A report on paper: every table with the cells of the page. */
export function reportText({ report, seal, language, today }: Printing): PdfText {
  const say = (text: Bilingual): string => text[language];
  return {
    language,
    title: say(report.title),
    asOf: dayText(report.until ?? today, language),
    seal,
    landscape: report.tables.some(({ columns }) => columns.length > 4),
    blocks: report.tables.flatMap(inParts).flatMap(({ key, title, head, columns, rows, note }) => {
      const isFigures = key === 'figures';
      const unitAt = (at: number) => rows.find(({ cells }) => cells[at]?.value != null)?.cells[at]?.unit;
      // Where each row has a unit of its own it stands with its name, otherwise with its column.
      const inRials = (name: Bilingual, unit: ReportCell['unit'] | undefined): string =>
        unit === 'rial' ? `${say(name)} (${say(reportLabels.rial)})` : say(name);
      return [
        { kind: 'heading' as const, text: say(title) },
        {
          kind: 'table' as const,
          columns: [
            { title: say(head), wide: true },
            ...columns.map((column, at) => ({
              title: isFigures ? say(column.title) : inRials(column.title, unitAt(at)),
              align: 'end' as const,
            })),
          ],
          rows: rows.map(({ name, cells }) => [
            isFigures ? inRials(name, cells[0]?.unit) : say(name),
            ...cells.map((cell) => printedCell(cell, language)),
          ]),
        },
        ...(note === null ? [] : [{ kind: 'text' as const, text: say(note) }]),
      ];
    }),
  };
}

/** A table for a spreadsheet: money in whole rials, percent points as they are written. */
export function sheetOf({ title, head, columns, rows }: ReportTable, language: Language) {
  const unitOf = (at: number) => rows.find(({ cells }) => cells[at]?.value != null)?.cells[at]?.unit;
  // A table of figures holds money beside counts in one column, so only what is alike is a number.
  const isAlike = (at: number): boolean =>
    rows.every(({ cells }) => cells[at]?.value == null || cells[at]?.unit === unitOf(at));
  const sheetColumns: SheetColumn[] = [
    { key: 'name', title: head, kind: 'text' },
    { key: 'unit', title: reportLabels.unit, kind: 'text' },
    ...columns.map((column, at): SheetColumn => ({
      key: column.key,
      title: column.title,
      kind:
        ['percent', 'points'].includes(unitOf(at) ?? '') || !isAlike(at)
          ? 'code'
          : unitOf(at) === 'rial'
            ? 'rial'
            : 'count',
    })),
  ];
  return {
    name: title,
    language,
    columns: sheetColumns,
    rows: rows.map(({ name, cells }): Record<string, CellValue> => ({
      name: name[language],
      unit: reportLabels[cells[0]?.unit ?? 'count'][language],
      ...Object.fromEntries(columns.map((column, at) => [column.key, cells[at]?.value ?? null])),
    })),
  };
}
