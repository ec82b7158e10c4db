import { z } from 'zod';
import type { Rial } from '#kernel/rial.ts';
import { positiveSum } from '#ledger/contract.ts';
import { isoDay, writtenText } from '#place/contract.ts';
import { choiceShape, officialNumber, ownId } from '../contract.ts';

export const releaseShape = z.strictObject({
  id: ownId,
  share: z.string().min(1).max(100).meta({ fa: 'سهم', en: 'Share' }),
  amount: positiveSum.meta({ fa: 'مبلغ', en: 'Sum' }),
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
});

export const releaseApprovalShape = z.strictObject({
  id: ownId,
  resolutionNumber: officialNumber.meta({ fa: 'شمارهٔ مصوبه', en: 'Resolution number' }),
  resolutionDay: isoDay.meta({ fa: 'روز مصوبه', en: 'Day of the resolution' }),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
});

export const releaseWithdrawalShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
});

export const releasesShape = z.object({
  /** What each slice itself, without its parts, holds locked and uncommitted. */
  releasable: z.array(z.object({ sliceId: z.uuid(), share: z.string(), amount: z.string() })),
  /** The newest first. */
  releases: z.array(
    z.object({
      id: z.uuid(),
      sliceId: z.uuid(),
      share: z.string(),
      amount: z.string(),
      reason: z.string(),
      state: z.string(),
      version: z.int(),
      proposedBy: z.string().nullable(),
      proposedOn: z.string(),
      approvedBy: z.string().nullable(),
      resolutionNumber: z.string().nullable(),
      resolutionDay: z.string().nullable(),
      choices: z.array(choiceShape),
    }),
  ),
});
export type ReleasesAnswer = z.infer<typeof releasesShape>;

export type ReleaseRefusal =
  | { readonly kind: 'ReleaseMissing'; readonly releaseId: string }
  | { readonly kind: 'OwnRelease'; readonly releaseId: string }
  /** `left` is what the slice itself holds of the share, locked and not committed. */
  | {
      readonly kind: 'ReleaseTooLarge';
      readonly field: 'amount';
      readonly share: string;
      readonly left: Rial;
      readonly asked: Rial;
    }
  /** `held` are the shares of which the slice itself has something locked. */
  | {
      readonly kind: 'NothingLocked';
      readonly field: 'share';
      readonly share: string;
      readonly held: readonly string[];
    };

export const releaseRefusalStatus = {
  ReleaseMissing: 404,
  OwnRelease: 403,
  ReleaseTooLarge: 409,
  NothingLocked: 409,
} as const satisfies Record<ReleaseRefusal['kind'], number>;
