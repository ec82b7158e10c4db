import { z } from 'zod';
import { performanceQuery } from '../report/contract.ts';

const bilingual = z.object({ fa: z.string(), en: z.string() });

/** At most so many figures fit on the one page that is taken along. */
export const mostFigures = 12;

export const briefingQuery = performanceQuery.extend({
  programme: z
    .string()
    .regex(/^[a-z_0-9]{1,40}$/)
    .optional()
    .meta({ fa: 'برنامه', en: 'Programme' }),
  /** Ids of indicators, with commas between; without them those that reports compare. */
  figures: z.string().max(1_000).optional().meta({ fa: 'رقم‌ها', en: 'Figures' }),
});

/** Decimal strings in the unit of the figure, as reports tell them. */
const valued = z.object({ year: z.int(), value: z.string() });

/** What may not be said of a figure, as data; `words.ts` makes the sentence. */
const cautionShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('YearNotOver'), until: z.iso.date() }),
  z.object({
    kind: z.literal('OtherStage'),
    stages: z.array(z.object({ title: bilingual, value: z.string() })),
  }),
  z.object({ kind: z.literal('ShareOf'), part: bilingual, whole: bilingual }),
  z.object({ kind: z.literal('CountedOnce') }),
  z.object({ kind: z.literal('NoBase'), year: z.int() }),
  z.object({ kind: z.literal('OtherProgrammes'), year: z.int() }),
  z.object({ kind: z.literal('Moved'), published: z.string() }),
  z.object({ kind: z.literal('NoSentence'), because: z.enum(['programme_open', 'not_supported']) }),
]);
export type Caution = z.infer<typeof cautionShape>;

export const briefingShape = z.object({
  place: bilingual,
  year: z.int(),
  /** The last day that is counted, where the year is not over; ISO. */
  until: z.iso.date().nullable(),
  figures: z.array(
    z.object({
      indicator: z.string(),
      title: bilingual,
      definition: bilingual,
      unit: z.enum(['rial', 'percent', 'count']),
      value: z.string(),
      /** The same days of the year before; null without records. */
      base: valued.nullable(),
      /** That year as a whole, where this one is not over. */
      wholeBase: valued.nullable(),
      /** Percent, or points of a percentage; null without a base. */
      change: z.string().nullable(),
      /** How a statement says it in Persian, found supported by the check; null where none was. */
      sentence: z.string().nullable(),
      /** Where the records stand on the desk. */
      records: z.string(),
      /** The permanent address under which it was published last; null where it never was. */
      published: z.string().nullable(),
      cautions: z.array(cautionShape),
    }),
  ),
  /** Asked about, but without records: nothing may be said of it. */
  silent: z.array(z.object({ indicator: z.string(), title: bilingual })),
});
export type Briefing = z.infer<typeof briefingShape>;
export type BriefedFigure = Briefing['figures'][number];

export type BriefingRefusal =
  | { readonly kind: 'FigureUnknown'; readonly figure: string }
  | { readonly kind: 'TooManyFigures'; readonly most: number }
  | { readonly kind: 'ProgrammeUnknown'; readonly programme: string }
  | {
      readonly kind: 'FormatUnknown';
      readonly field: 'format';
      readonly rule: 'one_of';
      readonly format: string;
    };
export const briefingRefusalStatus = {
  FigureUnknown: 422,
  TooManyFigures: 422,
  ProgrammeUnknown: 422,
  FormatUnknown: 422,
} as const satisfies Record<BriefingRefusal['kind'], number>;
