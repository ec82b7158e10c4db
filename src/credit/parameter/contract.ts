import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import type { Rial } from '#kernel/rial.ts';
import { sum } from '#ledger/contract.ts';
import { isoDay, writtenText } from '#place/contract.ts';
import { type BeneficiaryKind, beneficiaryKinds, ownId } from '../contract.ts';

export const parameterNames = [
  'rate',
  'grace_months',
  'term_months',
  'ceiling_per_beneficiary',
  'ceiling_per_job',
  'report_days',
] as const;
export type ParameterName = (typeof parameterNames)[number];
export type CeilingName = 'ceiling_per_beneficiary' | 'ceiling_per_job';

/** For how many days a branch's report waits to be confirmed where its line names no term. */
export const usualReportDays = 45;
/** Five years: some lines are paid for longer than they are open. */
const mostReportDays = 1825;

const named = { fa: 'شرط', en: 'Term' };
const months = z.int().max(360).meta({ fa: 'ماه', en: 'Months' });

export const parameterShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  validFrom: isoDay.meta({ fa: 'از روز', en: 'From' }),
  legalReference: writtenText(3, 200).meta({ fa: 'مستند قانونی', en: 'Legal reference' }),
  term: z
    .discriminatedUnion('name', [
      z.strictObject({
        name: z.literal('rate').meta(named),
        rateKind: z.enum(['fee', 'profit', 'subsidy']).meta({ fa: 'نوع نرخ', en: 'Kind of rate' }),
        hundredths: z.int().min(0).max(10_000).meta({ fa: 'نرخ', en: 'Rate' }),
      }),
      z.strictObject({ name: z.literal('grace_months').meta(named), months: months.min(0) }),
      z.strictObject({ name: z.literal('term_months').meta(named), months: months.min(1) }),
      z.strictObject({
        name: z.literal('report_days').meta(named),
        days: z.int().min(1).max(mostReportDays).meta({ fa: 'روز', en: 'Days' }),
      }),
      z.strictObject({
        name: z.enum(['ceiling_per_beneficiary', 'ceiling_per_job']).meta(named),
        beneficiaryKind: z.enum(beneficiaryKinds).meta({ fa: 'گونهٔ گیرنده', en: 'Kind of beneficiary' }),
        amount: sum.meta({ fa: 'سقف', en: 'Ceiling' }),
      }),
    ])
    .meta(named),
});
export type ParameterOrder = z.infer<typeof parameterShape>;

/** A dated value as rules see it: rials, months, days, or hundredths of a percent. */
export type Parameter = {
  readonly name: ParameterName;
  readonly beneficiaryKind: BeneficiaryKind | null;
  readonly rateKind: 'fee' | 'profit' | 'subsidy' | null;
  readonly value: Rial;
  readonly validFrom: Day;
  readonly legalReference: string;
};

export type ParameterRefusal =
  | { readonly kind: 'ParameterBackwards'; readonly validFrom: Day; readonly earliest: Day }
  | {
      readonly kind: 'OverCeiling';
      readonly ceilingName: CeilingName;
      readonly beneficiaryKind: BeneficiaryKind;
      readonly asked: Rial;
      /** What the beneficiary may have of this line in all, what they have already, and what is left of it. */
      readonly ceiling: Rial;
      readonly held: Rial;
      readonly left: Rial;
      /** With so many jobs the sum would do; null where no number of jobs helps. */
      readonly jobs: number | null;
      readonly validFrom: Day;
      readonly legalReference: string;
    };

export const parameterRefusalStatus = {
  ParameterBackwards: 422,
  OverCeiling: 422,
} as const satisfies Record<ParameterRefusal['kind'], number>;

export const datedShape = z.object({
  id: z.uuid(),
  name: z.enum(parameterNames),
  beneficiaryKind: z.enum(beneficiaryKinds).nullable(),
  rateKind: z.enum(['fee', 'profit', 'subsidy']).nullable(),
  value: z.string(),
  validFrom: z.string(),
  legalReference: z.string(),
  /** Who set it, and when; null for a county office, which does not see the case of the line. */
  byName: z.string().nullable(),
  recordedOn: z.string().nullable(),
});
export type Dated = z.infer<typeof datedShape>;

export const parametersShape = z.object({
  items: z.array(datedShape),
  /** The first day from which a new value may begin; null while the line is a draft. */
  earliest: z.string().nullable(),
});
export type ParametersAnswer = z.infer<typeof parametersShape>;
