import { z } from 'zod';
import type { Rial } from '#kernel/rial.ts';
import { positiveSum } from '#ledger/contract.ts';
import { isoDay } from '#place/contract.ts';
import { officialNumber, ownId } from '../contract.ts';

/** The account that holds what a bank reports beyond a slice, and the one it comes from; no stages of a slice (L1). */
export const beyondSlice = 'beyond_slice';
export const bankReports = 'bank_reports';

export const intakeShape = z.strictObject({
  id: ownId,
  amount: positiveSum.meta({ fa: 'مبلغ', en: 'Sum' }),
  resolutionNumber: officialNumber.meta({ fa: 'شمارهٔ مصوبه', en: 'Resolution number' }),
  resolutionDay: isoDay.meta({ fa: 'روز مصوبه', en: 'Day of the resolution' }),
});
export type IntakeOrder = z.infer<typeof intakeShape>;

/** What a bank reported beyond a slice and is not taken in yet. */
export const excessShape = z.object({
  id: z.uuid(),
  lineId: z.uuid(),
  sliceId: z.uuid(),
  bankCode: z.string(),
  bankFa: z.string(),
  bankEn: z.string(),
  countyCode: z.string().nullable(),
  countyFa: z.string().nullable(),
  countyEn: z.string().nullable(),
  categoryFa: z.string().nullable(),
  categoryEn: z.string().nullable(),
  confirmed: z.string(),
  reported: z.string(),
  /** What the slice could take in now. */
  room: z.string(),
});
export type Excess = z.infer<typeof excessShape>;

export type ExcessRefusal =
  | { readonly kind: 'ExcessMissing'; readonly excessId: string }
  | { readonly kind: 'ExcessTooSmall'; readonly left: Rial; readonly asked: Rial }
  | { readonly kind: 'RoomTooSmall'; readonly left: Rial; readonly asked: Rial };

export const excessRefusalStatus = {
  ExcessMissing: 404,
  ExcessTooSmall: 409,
  RoomTooSmall: 409,
} as const satisfies Record<ExcessRefusal['kind'], number>;
