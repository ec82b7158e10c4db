import { z } from 'zod';
import { provinceSlug } from '#place/contract.ts';

const bilingual = z.object({ fa: z.string(), en: z.string() });
const unit = z.enum(['rial', 'percent', 'points', 'count']);

export const reportYear = z.coerce.number().int().min(1350).max(1500).meta({ fa: 'سال', en: 'Year' });
export const reportAddress = z.object({ province: provinceSlug });
export const performanceQuery = z.object({
  year: reportYear,
  county: z
    .string()
    .regex(/^\d{4}$/)
    .optional()
    .meta({ fa: 'شهرستان', en: 'County' }),
});
export const comparisonQuery = z.object({ year: reportYear });
/** Which table of a report a spreadsheet holds; a PDF holds them all. */
export const exportQuery = {
  format: z.enum(['xlsx', 'csv', 'pdf']).default('xlsx').meta({ fa: 'قالب', en: 'Format' }),
  language: z.enum(['fa', 'en']).optional().meta({ fa: 'زبان', en: 'Language' }),
  table: z.string().max(20).optional().meta({ fa: 'جدول', en: 'Table' }),
};

/** Null where there are no records, or nothing to compare with. Rials and counts whole, percent points to two places. */
const cellShape = z.object({
  value: z.string().nullable(),
  unit,
  /** Where the records behind it stand on the desk; null of what is reckoned from other cells. */
  records: z.string().nullable(),
});
export type ReportCell = z.infer<typeof cellShape>;

const rowShape = z.object({
  key: z.string(),
  name: bilingual,
  /** The report of what the row is of. */
  report: z.string().nullable(),
  cells: z.array(cellShape),
});
export type ReportRow = z.infer<typeof rowShape>;

const tableShape = z.object({
  key: z.string(),
  title: bilingual,
  /** What the first column names. */
  head: bilingual,
  columns: z.array(z.object({ key: z.string(), title: bilingual })),
  rows: z.array(rowShape),
  /** What must be known to read it. */
  note: bilingual.nullable(),
});
export type ReportTable = z.infer<typeof tableShape>;

export const reportShape = z.object({
  kind: z.enum(['performance', 'comparison']),
  title: bilingual,
  /** What it is of; null of all provinces. */
  place: bilingual.nullable(),
  year: z.int(),
  /** The last day that is counted, where the year is not over; ISO. */
  until: z.string().nullable(),
  tables: z.array(tableShape),
});
export type Report = z.infer<typeof reportShape>;

export const newestYearShape = z.object({ year: z.int() });
export type NewestYear = z.infer<typeof newestYearShape>;

type Said = z.infer<typeof bilingual>;
/** What a report calls itself and its parts. */
export type ReportWords = {
  readonly performanceTitle: (place: Said, year: number) => Said;
  readonly comparisonTitle: (year: number) => Said;
  readonly yearTitle: (year: number, part: 'whole' | 'so_far') => Said;
  readonly changeNote: (part: 'whole' | 'so_far', isMixed: boolean) => Said;
  readonly labels: Readonly<
    Record<
      | 'figures'
      | 'figure'
      | 'change'
      | 'years'
      | 'year'
      | 'counties'
      | 'county'
      | 'provinces'
      | 'province'
      | 'rank',
      Said
    >
  >;
};

export type ReportRefusal =
  | { readonly kind: 'ReportNotYours' }
  | { readonly kind: 'TableMissing'; readonly table: string };
export const reportRefusalStatus = { ReportNotYours: 403, TableMissing: 404 } as const satisfies Record<
  ReportRefusal['kind'],
  number
>;
