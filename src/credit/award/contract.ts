import { z } from 'zod';
import type { Rial } from '#kernel/rial.ts';
import { positiveSum } from '#ledger/contract.ts';
import { isoDay, spareText } from '#place/contract.ts';
import {
  type AwardAct,
  type BeneficiaryKind,
  awardActs,
  beneficiaryKinds,
  officialNumber,
  ownId,
} from '../contract.ts';

export const newAwardShape = z.strictObject({
  id: ownId,
  amount: positiveSum.meta({ fa: 'مبلغ', en: 'Sum' }),
  beneficiaryKind: z.enum(beneficiaryKinds).meta({ fa: 'گونهٔ گیرنده', en: 'Kind of beneficiary' }),
  /** The beneficiary's id in `party`; the name and number of a person never stand here (L4). */
  beneficiaryId: ownId.meta({ fa: 'شناسهٔ گیرنده', en: 'Id of the beneficiary' }),
  jobs: z.int().min(0).max(10_000).meta({ fa: 'شمار شغل', en: 'Jobs' }),
  happenedOn: isoDay.meta({ fa: 'روز انجام', en: 'Day of the deed' }),
  /** Through whom; what is left out is not known. Of whom the beneficiary is the registry of persons tells (L3). */
  facts: z
    .strictObject({
      agencyKey: z.string().max(60).nullable().default(null).meta({ fa: 'دستگاه', en: 'Agency' }),
      bankCode: z.string().max(3).nullable().default(null).meta({ fa: 'بانک', en: 'Bank' }),
    })
    .optional()
    .meta({ fa: 'دستگاه و بانک', en: 'Agency and bank' }),
});

/** One act on an award. A confirmation is of the day on which the bank signed, and names what was signed (L11). */
export const awardActShape = z.strictObject({
  id: ownId,
  act: z.enum(awardActs).meta({ fa: 'کار', en: 'Act' }),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  happenedOn: isoDay.meta({ fa: 'روز انجام', en: 'Day of the deed' }),
  /** Only for `report_payment`: what the branch says it has paid. */
  amount: positiveSum.nullable().meta({ fa: 'مبلغ گزارش شعبه', en: 'Sum reported by the branch' }),
  reason: spareText(500).nullable().meta({ fa: 'دلیل', en: 'Reason' }),
  /** Only for a confirmation, and never without: the list that the bank signed, and what it says was paid. */
  signed: z
    .strictObject({
      number: officialNumber.meta({ fa: 'شمارهٔ فهرست امضاشده', en: 'Number of the signed list' }),
      sum: positiveSum.meta({ fa: 'مبلغ در فهرست امضاشده', en: 'Sum on the signed list' }),
    })
    .nullable()
    .default(null)
    .meta({ fa: 'فهرست امضاشدهٔ بانک', en: 'The bank’s signed list' }),
});
export type AwardOrder = z.infer<typeof awardActShape>;

/** As the registry of persons has somebody: a name is erased with the person; what is null is not known. */
export type Entered = {
  readonly form: 'natural' | 'legal';
  readonly name: string | null;
  readonly settlement: string | null;
  readonly decile: number | null;
  /** The support body whose client somebody is. */
  readonly clientOf: string | null;
};

/** Why nobody is awarded anything: a reserve is of whom the records know to be of its kind (L3). */
export type BeneficiaryRefusal =
  | { readonly kind: 'BeneficiaryUnknown'; readonly field: 'beneficiaryId' }
  | {
      readonly kind: 'BeneficiaryOtherForm';
      readonly field: 'beneficiaryKind';
      readonly beneficiaryKind: BeneficiaryKind;
    };

export const beneficiaryRefusalStatus = {
  BeneficiaryUnknown: 422,
  BeneficiaryOtherForm: 422,
} as const satisfies Record<BeneficiaryRefusal['kind'], number>;

/** Why a signed list does not confirm the report of a payment. */
export type SignatureRefusal =
  | { readonly kind: 'SignatureMissing'; readonly field: 'signed.number'; readonly reported: Rial }
  | { readonly kind: 'SignatureNotAsked'; readonly field: 'signed'; readonly act: AwardAct }
  | {
      readonly kind: 'SignedSumDiffers';
      readonly field: 'signed.sum';
      readonly reported: Rial;
      readonly signed: Rial;
    };

export const signatureRefusalStatus = {
  SignatureMissing: 422,
  SignatureNotAsked: 422,
  SignedSumDiffers: 409,
} as const satisfies Record<SignatureRefusal['kind'], number>;
