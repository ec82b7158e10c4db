import { z } from 'zod';
import { yearsMeant } from '#kernel/indicator.ts';

/**
 * A row of an open dataset: a figure of one year, in one place, of one programme. `value` is whole rials, a count, or
 * percent points; null where it is withheld, because fewer than `least` receivers stand behind it.
 */
export const datasetRowShape = z.object({
  province: z.string(),
  provinceFa: z.string(),
  provinceEn: z.string(),
  /** Null for a whole province, and for the rest of its counties. */
  countyCode: z.string().nullable(),
  countyFa: z.string().nullable(),
  countyEn: z.string().nullable(),
  year: z.int(),
  /** Null where the figure is not told apart by programmes. */
  programme: z.string().nullable(),
  value: z.string().nullable(),
  records: z.int().nullable(),
});
export type DatasetRow = z.infer<typeof datasetRowShape>;

const bilingual = z.object({ fa: z.string(), en: z.string() });

export const datasetShape = z.object({
  indicator: z.string(),
  title: bilingual,
  definition: bilingual,
  definitionVersion: z.int(),
  unit: z.enum(['rial', 'percent', 'count']),
  year: z.enum(yearsMeant),
  /** Whether the rows add up: receivers are counted once in each row. */
  additive: z.boolean(),
  licence: z.url(),
  asOf: z.iso.datetime(),
  rows: z.array(datasetRowShape),
});
export type Dataset = z.infer<typeof datasetShape>;

/** A cell of fewer receivers would tell of a person: it goes into the rest of its province, or is withheld. */
export const least = 5;

export const licence = {
  address: 'https://creativecommons.org/licenses/by/4.0/',
  name: 'CC BY 4.0',
} as const;

export const datasetPath = (indicator: string): string => `/data/${indicator}`;

/** What the records come to in one place, year and programme. */
export type Cell = {
  readonly provinceId: number;
  /** Empty where the records are of no county, or counties are not told apart. */
  readonly county: string;
  readonly year: number;
  readonly programme: string | null;
  readonly value: bigint;
  readonly records: number;
  /** How many receivers stand behind it; null where the figure is not of persons. */
  readonly receivers: number | null;
};

export type DatasetRefusal = { readonly kind: 'DatasetMissing'; readonly indicator: string };
export const datasetRefusalStatus = { DatasetMissing: 404 } as const satisfies Record<
  DatasetRefusal['kind'],
  number
>;
