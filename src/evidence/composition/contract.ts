import { z } from 'zod';
import { findingShape, publishedShape, recordsQuery } from '../contract.ts';

/** One figure that a statement is to say: an indicator, its year, and what narrows its records. */
export const compositionItemShape = z.strictObject({
  indicator: z.string().max(80).meta({ fa: 'شاخص', en: 'Indicator' }),
  year: z.int().min(1300).max(1500).meta({ fa: 'سال', en: 'Year' }),
  county: recordsQuery.shape.county,
  only: recordsQuery.shape.only,
});
export type CompositionItem = z.infer<typeof compositionItemShape>;

export const compositionOrderShape = z.strictObject({
  items: z.array(compositionItemShape).min(1).max(40).meta({ fa: 'رقم‌ها', en: 'Figures' }),
  published: publishedShape,
});

/** Why a figure is not in the text. */
export const omissions = ['NoSentence', 'NoRecords', 'NotSupported'] as const;
export type Omission = (typeof omissions)[number];

export const compositionShape = z.object({
  text: z.string(),
  figures: z.array(findingShape),
  /** The places in `items` of what could not be said, with the reason. */
  left: z.array(z.object({ item: z.int(), because: z.enum(omissions) })),
});
export type Composition = z.infer<typeof compositionShape>;

/** What can be said of a province: each indicator that has a sentence, with the years that have records. */
export const composableShape = z.object({
  indicators: z.array(
    z.object({
      indicator: z.string(),
      title: z.object({ fa: z.string(), en: z.string() }),
      unit: z.enum(['rial', 'percent', 'count']),
      place: z.enum(['province', 'county', 'either']),
      narrowedBy: z.array(z.string()),
    }),
  ),
});
export type Composable = z.infer<typeof composableShape>;
