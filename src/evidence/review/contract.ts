import { z } from 'zod';
import { isId } from '#kernel/id.ts';
import { writtenText } from '#place/contract.ts';
import { compositionItemShape } from '../composition/contract.ts';
import { findingShape, statementShape, verdicts } from '../contract.ts';

/**
 * What a person says of a verdict: it is right, the figure speaks of something else, or the verdict is wrong. The
 * verdict itself stays what the check says: no person makes a figure supported.
 */
export const decisions = ['accepted', 'corrected', 'rejected'] as const;
export type Decision = (typeof decisions)[number];

export const reviewOrderShape = statementShape.extend({
  id: z.uuid().refine(isId).meta({ fa: 'شناسهٔ درخواست', en: 'Id of the command' }),
  start: z.int().min(0).meta({ fa: 'آغاز رقم', en: 'Start of the figure' }),
  end: z.int().min(1).meta({ fa: 'پایان رقم', en: 'End of the figure' }),
  decision: z.enum(decisions).meta({ fa: 'تصمیم', en: 'Decision' }),
  /** Of what a corrected figure speaks. */
  bound: compositionItemShape.nullable().meta({ fa: 'شاخص درست', en: 'Right indicator' }),
  reason: writtenText(1, 500).nullable().meta({ fa: 'دلیل', en: 'Reason' }),
});
export type ReviewOrder = z.infer<typeof reviewOrderShape>;

const bilingual = z.object({ fa: z.string(), en: z.string() });

export const reviewShape = z.object({
  id: z.uuid(),
  decision: z.enum(decisions),
  reason: z.string().nullable(),
  /** What the check said at that moment. */
  verdict: z.enum(verdicts),
  /** What the figure was bound to, with its value in the records now: null where it has none. */
  bound: z
    .object({
      indicator: z.string(),
      title: bilingual,
      unit: z.enum(['rial', 'percent', 'count']),
      value: z.string().nullable(),
      records: z.string(),
    })
    .nullable(),
  byName: z.string().nullable(),
  byRole: z.string(),
  at: z.iso.datetime(),
  /** Whether it was decided on this very text, or on the same sentence in another. */
  sameText: z.boolean(),
});
export type ReviewAnswer = z.infer<typeof reviewShape>;

/** A checked figure with what persons decided about it, the newest first. */
export const reviewedShape = findingShape.extend({ reviews: z.array(reviewShape) });
export type ReviewedFinding = z.infer<typeof reviewedShape>;

export const reviewedCheckShape = z.object({ figures: z.array(reviewedShape) });

/** The sentence of a figure, and where in it the figure stands. */
export type Phrase = { readonly text: string; readonly at: number };

export type ReviewRefusal =
  | { readonly kind: 'FigureMissing' }
  | { readonly kind: 'ReasonMissing'; readonly decision: Decision }
  | { readonly kind: 'BindingMissing' }
  | { readonly kind: 'BindingUncalled' }
  | { readonly kind: 'OtherUnit'; readonly unit: 'rial' | 'percent' | 'count' }
  | { readonly kind: 'ReviewOtherContent' };

export const reviewRefusalStatus = {
  FigureMissing: 422,
  ReasonMissing: 422,
  BindingMissing: 422,
  BindingUncalled: 422,
  OtherUnit: 422,
  ReviewOtherContent: 409,
} as const satisfies Record<ReviewRefusal['kind'], number>;
