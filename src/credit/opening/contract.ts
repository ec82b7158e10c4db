import { z } from 'zod';
import type { Rial } from '#kernel/rial.ts';
import { positiveSum } from '#ledger/contract.ts';
import { isoDay, writtenText } from '#place/contract.ts';
import { choiceShape, named, officialNumber, ownId, partAxes } from '../contract.ts';

/** The columns of the sheet: the axes of the slices, the share, and what was paid out of it. */
export const openingColumns = [...partAxes, 'share', 'amount', 'loans', 'jobs'] as const;
export type OpeningColumn = (typeof openingColumns)[number];

/** More slices than a line has; a body of so many rows stays under a megabyte. */
const mostRows = 3_000;
const reason = writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' });
const seenVersion = z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' });

export const openingProposalShape = z.strictObject({
  id: ownId,
  paidUntil: isoDay.meta({ fa: 'پرداخت‌شده تا پایان روز', en: 'Paid until the end of' }),
  sourceNumber: officialNumber.meta({ fa: 'شمارهٔ سند', en: 'Number of the source' }),
  sourceDay: isoDay.meta({ fa: 'روز سند', en: 'Day of the source' }),
  sourceTitle: writtenText(3, 200).meta({ fa: 'عنوان سند', en: 'Title of the source' }),
  statedLoans: z
    .int()
    .min(1)
    .max(10_000_000)
    .meta({ fa: 'شمار وام به گفتهٔ سند', en: 'Loans stated by the source' }),
  statedSum: positiveSum.meta({ fa: 'جمع به گفتهٔ سند', en: 'Sum stated by the source' }),
  rows: z
    .array(
      z.strictObject({
        sliceId: z.uuid(),
        share: z.string().min(1).max(100),
        amount: positiveSum,
        loans: z.int().min(1).max(1_000_000),
        jobs: z.int().min(0).max(1_000_000),
      }),
    )
    .min(1)
    .max(mostRows)
    .meta({ fa: 'ردیف‌ها', en: 'Rows' }),
});
export type OpeningOrder = z.infer<typeof openingProposalShape>;

export const openingApprovalShape = z.strictObject({
  id: ownId,
  resolutionNumber: officialNumber.meta({ fa: 'شمارهٔ مصوبه', en: 'Resolution number' }),
  resolutionDay: isoDay.meta({ fa: 'روز مصوبه', en: 'Day of the resolution' }),
  seenVersion,
});
/** A withdrawal of either proposal, and the proposal to take an opening back. */
export const openingReasonShape = z.strictObject({ id: ownId, seenVersion, reason });

const head = {
  id: z.uuid(),
  lineId: z.uuid(),
  paidUntil: z.string(),
  sourceNumber: z.string(),
  sourceDay: z.string(),
  sourceTitle: z.string(),
  statedLoans: z.int(),
  statedSum: z.string(),
  proposedBy: z.string().nullable(),
  proposedOn: z.string(),
  approvedBy: z.string().nullable(),
  resolutionNumber: z.string().nullable(),
  resolutionDay: z.string().nullable(),
  state: z.string(),
  version: z.int(),
};
const placeShape = z.object({ axis: z.enum(['province', ...partAxes]), ...named });

export const openingFormShape = z.object({
  /** The slices without parts, with what each share of them still has. */
  leaves: z.array(
    placeShape.extend({
      sliceId: z.uuid(),
      shares: z.array(z.object({ share: z.string(), available: z.string() })),
    }),
  ),
  /** The newest first. */
  openings: z.array(z.object(head)),
});
export type OpeningForm = z.infer<typeof openingFormShape>;

export const openingAnswerShape = z.object({
  ...head,
  jobs: z.int(),
  rows: z.array(
    placeShape.extend({
      sliceId: z.uuid(),
      share: z.string(),
      amount: z.string(),
      loans: z.int(),
      jobs: z.int(),
    }),
  ),
  /** The latest proposal to take it back, also one that was withdrawn. */
  takeback: z
    .object({
      reason: z.string(),
      proposedBy: z.string().nullable(),
      approvedBy: z.string().nullable(),
      resolutionNumber: z.string().nullable(),
    })
    .nullable(),
  choices: z.array(choiceShape),
});
export type OpeningAnswer = z.infer<typeof openingAnswerShape>;

export const sheetAnswerShape = z.object({
  rows: z.array(
    z.object({
      line: z.int(),
      sliceId: z.string().nullable(),
      share: z.string().nullable(),
      amount: z.string().nullable(),
      loans: z.int().nullable(),
      jobs: z.int().nullable(),
      written: z.record(z.string(), z.string()),
      faults: z.array(z.object({ fa: z.string(), en: z.string() })),
    }),
  ),
});
export type SheetAnswer = z.infer<typeof sheetAnswerShape>;

/** A row as it came, or as it was typed; what could not be read is null and has its fault. */
export type OpeningRow = {
  readonly line: number;
  readonly sliceId: string | null;
  readonly share: string | null;
  readonly amount: Rial | null;
  readonly loans: number | null;
  readonly jobs: number | null;
  readonly faults: readonly { readonly fa: string; readonly en: string }[];
};

/** Why a row cannot be recorded; `words.ts` has the sentence, with the nearest change. */
export type RowReason =
  | { readonly kind: 'CellsUnread' }
  | { readonly kind: 'SliceUnknown' }
  /** `held` are the shares that the slice has. */
  | { readonly kind: 'ShareUnknown'; readonly held: readonly string[] }
  | { readonly kind: 'RowTwice'; readonly line: number }
  | { readonly kind: 'AmountMissing' }
  | { readonly kind: 'LoansMissing' }
  | { readonly kind: 'CountTooLarge' }
  /** `left` is what the share of the slice still has: the nearest possible sum. */
  | { readonly kind: 'BeyondAvailable'; readonly share: string; readonly left: Rial; readonly asked: Rial };

export type OpeningRefusal =
  | { readonly kind: 'OpeningMissing'; readonly openingId: string }
  | { readonly kind: 'OpeningStands'; readonly openingId: string; readonly state: string }
  | { readonly kind: 'OwnOpening'; readonly openingId: string }
  | { readonly kind: 'OwnTakeback'; readonly openingId: string }
  | {
      readonly kind: 'OpeningTotalDiffers';
      readonly field: 'statedSum';
      readonly loans: number;
      readonly sum: Rial;
      readonly statedLoans: number;
      readonly statedSum: Rial;
    }
  /** So many rows are wrong; the first of them, and why. */
  | {
      readonly kind: 'OpeningRowsWrong';
      readonly count: number;
      readonly line: number;
      readonly reason: RowReason;
    };

export const openingRefusalStatus = {
  OpeningMissing: 404,
  OpeningStands: 409,
  OwnOpening: 403,
  OwnTakeback: 403,
  OpeningTotalDiffers: 422,
  OpeningRowsWrong: 409,
} as const satisfies Record<OpeningRefusal['kind'], number>;
