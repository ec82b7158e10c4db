import { z } from 'zod';
import type { Rial } from '#kernel/rial.ts';
import { sum } from '#ledger/contract.ts';
import { spareText } from '#place/contract.ts';
import { choiceShape, ownId } from '../contract.ts';

/** The acts on an award by which a confirmed payment of it is corrected; what stays paid decides between the last two. */
export const correctionActs = ['propose_correction', 'correct_in_part', 'correct_in_whole'] as const;
export type CorrectionAct = (typeof correctionActs)[number];

export const correctionShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  paymentId: ownId.meta({ fa: 'پرداخت', en: 'Payment' }),
  /** What of the payment is right; zero where nothing is. */
  amount: sum.meta({ fa: 'مبلغ درست', en: 'Right sum' }),
  reason: spareText(500).meta({ fa: 'دلیل', en: 'Reason' }),
});

export const correctionApprovalShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
});

/** The confirmed payments of an award, and what was proposed and confirmed to correct them. */
export const correctionsShape = z.object({
  version: z.int(),
  payments: z.array(
    z.object({ id: z.uuid(), amount: z.string(), happenedOn: z.string(), stands: z.boolean() }),
  ),
  corrections: z.array(
    z.object({
      id: z.uuid(),
      paymentId: z.uuid(),
      paid: z.string(),
      amount: z.string(),
      reason: z.string(),
      proposedAt: z.iso.datetime(),
      /** A newer proposal takes the place of one that nobody confirmed. */
      state: z.enum(['proposed', 'superseded', 'approved']),
      approve: choiceShape,
    }),
  ),
  propose: choiceShape,
});
export type CorrectionsAnswer = z.infer<typeof correctionsShape>;
export type PaymentAnswer = CorrectionsAnswer['payments'][number];
export type CorrectionAnswer = CorrectionsAnswer['corrections'][number];

export type CorrectionRefusal =
  | { readonly kind: 'CorrectionMissing'; readonly correctionId: string }
  | { readonly kind: 'PaymentMissing'; readonly paymentId: string }
  | { readonly kind: 'PaymentTakenBack'; readonly paymentId: string }
  | { readonly kind: 'CorrectionNotLess'; readonly paid: Rial; readonly asked: Rial }
  | { readonly kind: 'CorrectionUnreasoned' }
  | { readonly kind: 'OwnCorrection'; readonly correctionId: string }
  | { readonly kind: 'CorrectionSuperseded'; readonly newerId: string }
  | { readonly kind: 'CorrectionDone'; readonly correctionId: string };

export const correctionRefusalStatus = {
  CorrectionMissing: 404,
  PaymentMissing: 404,
  PaymentTakenBack: 409,
  CorrectionNotLess: 422,
  CorrectionUnreasoned: 422,
  OwnCorrection: 403,
  CorrectionSuperseded: 409,
  CorrectionDone: 409,
} as const satisfies Record<CorrectionRefusal['kind'], number>;
