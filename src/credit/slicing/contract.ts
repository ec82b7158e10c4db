import { z } from 'zod';
import { positiveSum, sum } from '#ledger/contract.ts';
import { isoDay, writtenText } from '#place/contract.ts';
import {
  choiceShape,
  formulaRunShape,
  officialNumber,
  ownId,
  partAxes,
  slicingPartShape,
} from '../contract.ts';

const countyCode = z.string().meta({ fa: 'شهرستان', en: 'County' });
const shortReason = writtenText(3, 300).meta({ fa: 'دلیل', en: 'Reason' });

/** What a formula is asked with: indicators of `place` by key, weights per ten thousand, bounds in rials. */
export const formulaShape = z.strictObject({
  indicators: z
    .array(
      z.strictObject({
        key: z.string().max(60).meta({ fa: 'شاخص', en: 'Indicator' }),
        weight: z.int().min(0).max(10_000).meta({ fa: 'وزن', en: 'Weight' }),
      }),
    )
    .min(1)
    .max(8)
    .meta({ fa: 'شاخص‌ها', en: 'Indicators' }),
  year: z.int().min(1300).max(1500).meta({ fa: 'سال شاخص‌ها', en: 'Year of the indicators' }),
  floor: sum.meta({ fa: 'کف هر شهرستان', en: 'Floor of each county' }),
  cap: sum.nullable().meta({ fa: 'سقف هر شهرستان', en: 'Cap of each county' }),
  unit: positiveSum.meta({ fa: 'واحد گرد کردن', en: 'Rounding unit' }),
  /** Counties whose missing value counts as zero, each with the reason. */
  zeroBecause: z
    .array(z.strictObject({ countyCode, reason: shortReason }))
    .max(40)
    .meta({ fa: 'شاخص‌های صفر', en: 'Counted as zero' }),
  adjustments: z
    .array(
      z.strictObject({
        countyCode,
        amount: z
          .string()
          .regex(/^-?\d{1,18}$/)
          .meta({ fa: 'تعدیل', en: 'Adjustment' }),
        reason: shortReason,
      }),
    )
    .max(40)
    .meta({ fa: 'تعدیل‌ها', en: 'Adjustments' }),
});
export type FormulaOrder = z.infer<typeof formulaShape>;

/** A division over counties follows a formula; one along any other axis names its sums. */
const givenAxes = ['agency', 'bank', 'beneficiary_kind', 'category', 'round'] as const;

export const slicingShape = z.strictObject({
  id: ownId,
  amount: positiveSum.meta({ fa: 'مبلغ', en: 'Sum' }),
  jobTarget: z.int().min(0).max(1_000_000).meta({ fa: 'هدف اشتغال', en: 'Job target' }),
  by: z
    .discriminatedUnion('axis', [
      z.strictObject({
        axis: z.literal('county').meta({ fa: 'پایهٔ برش', en: 'Axis' }),
        formula: formulaShape.meta({ fa: 'فرمول', en: 'Formula' }),
      }),
      z.strictObject({
        axis: z.enum(givenAxes).meta({ fa: 'پایهٔ برش', en: 'Axis' }),
        parts: z
          .array(
            z.strictObject({
              /** What stands on the axis: the key of a category, the code of a bank, the number of a round. */
              key: z.string().max(60).meta({ fa: 'بخش', en: 'Part' }),
              amount: positiveSum.meta({ fa: 'مبلغ', en: 'Sum' }),
            }),
          )
          .min(1)
          .max(60)
          .meta({ fa: 'بخش‌ها', en: 'Parts' }),
      }),
    ])
    .meta({ fa: 'پایهٔ برش', en: 'What the division is by' }),
});
export type SlicingOrder = z.infer<typeof slicingShape>;

export const approvalShape = z.strictObject({
  id: ownId,
  resolutionNumber: officialNumber.meta({ fa: 'شمارهٔ مصوبه', en: 'Resolution number' }),
  resolutionDay: isoDay.meta({ fa: 'روز مصوبه', en: 'Day of the resolution' }),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
});

export const withdrawalShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
});

export const slicingAnswerShape = z.object({
  id: z.uuid(),
  formula: formulaRunShape.nullable(),
  lineId: z.uuid(),
  sliceId: z.uuid(),
  axis: z.enum(partAxes),
  amount: z.string(),
  state: z.string(),
  version: z.int(),
  proposedBy: z.string().nullable(),
  proposedOn: z.string().nullable(),
  resolutionNumber: z.string().nullable(),
  resolutionDay: z.string().nullable(),
  approvedBy: z.string().nullable(),
  parts: z.array(slicingPartShape),
  choices: z.array(choiceShape),
});
export type SlicingAnswer = z.infer<typeof slicingAnswerShape>;
