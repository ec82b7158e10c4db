import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import { sum } from '#ledger/contract.ts';
import { isoDay, writtenText } from '#place/contract.ts';
import { officialNumber, ownId } from '../contract.ts';

/** How far a row of a bank's list says that the money has come. */
export const rowStages = ['referred', 'contracted', 'paid'] as const;
export type RowStage = (typeof rowStages)[number];

/** The columns of a list, as the sheet has them. */
export const listColumns = [
  'stage',
  'award',
  'tracking',
  'branch',
  'county',
  'category',
  'amount',
  'day',
] as const;
export type ListColumn = (typeof listColumns)[number];

export const rowFaultShape = z.object({
  column: z.enum(listColumns),
  rule: z.string(),
  fa: z.string(),
  en: z.string(),
});
export type RowFault = z.infer<typeof rowFaultShape>;

/** A row as it came; what could not be read is null and has its fault. */
export type ListRow = {
  readonly line: number;
  readonly stage: RowStage | null;
  readonly awardId: Id | null;
  readonly tracking: string | null;
  readonly branchCode: string | null;
  readonly countyCode: string | null;
  readonly categoryKey: string | null;
  readonly amount: Rial | null;
  readonly happenedOn: Day | null;
  readonly faults: readonly RowFault[];
  readonly written: Readonly<Record<string, string>>;
};

/** `new` can be recorded; `known` was recorded before and adds nothing; the other two wait for a person. */
export const rowGroups = ['new', 'known', 'contradicting', 'bad'] as const;
export type RowGroup = (typeof rowGroups)[number];

/** Why a row is not new; `words.ts` has the sentence, with the nearest change. */
export type RowReason =
  | { readonly kind: 'CellsUnread' }
  | { readonly kind: 'RowTwice'; readonly line: number }
  | { readonly kind: 'RowRecorded' }
  | { readonly kind: 'StageReached'; readonly state: string }
  | { readonly kind: 'OtherContent'; readonly amount: Rial; readonly happenedOn: Day }
  | { readonly kind: 'AmountDiffers'; readonly awarded: Rial }
  | { readonly kind: 'AwardReleased' }
  | { readonly kind: 'AwardUnknown' }
  | { readonly kind: 'AwardOfOtherLine' }
  | { readonly kind: 'BranchUnknown'; readonly branchCode: string }
  | { readonly kind: 'PlaceMissing' }
  | { readonly kind: 'SliceUnknown' }
  | { readonly kind: 'StageTooEarly'; readonly state: string; readonly needs: string }
  | { readonly kind: 'ReportWaiting'; readonly reported: Rial }
  | { readonly kind: 'DayNotCome'; readonly today: Day }
  | { readonly kind: 'DayAfterLetter'; readonly letterDay: Day }
  | { readonly kind: 'DayBeforeAct'; readonly lastDay: Day };

const listFields = {
  id: ownId,
  bankCode: z
    .string()
    .regex(/^\d{3}$/)
    .meta({ fa: 'بانک', en: 'Bank' }),
  letterNumber: officialNumber.meta({ fa: 'شمارهٔ نامهٔ بانک', en: 'Number of the bank’s letter' }),
  letterDay: isoDay.meta({ fa: 'روز نامهٔ بانک', en: 'Day of the bank’s letter' }),
  statedSum: sum.meta({ fa: 'جمع به گفتهٔ بانک', en: 'Sum stated by the bank' }),
  mendsId: ownId.nullable().meta({ fa: 'فهرستی که اصلاح می‌شود', en: 'List that is mended' }),
};
const statedCount = { fa: 'شمار ردیف به گفتهٔ بانک', en: 'Number of rows stated by the bank' };

export const listOrderShape = z.strictObject({
  ...listFields,
  statedCount: z.int().min(1).max(1_000_000).meta(statedCount),
});
export type ListOrder = z.infer<typeof listOrderShape>;

/** The same out of a multipart form, where everything is text and nothing is an empty text. */
export const listFormShape = z.strictObject({
  ...listFields,
  statedCount: z.coerce.number().int().min(1).max(1_000_000).meta(statedCount),
  mendsId: z.preprocess((typed) => (typed === '' || typed === undefined ? null : typed), listFields.mendsId),
});

export const recordShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  /** What the preview showed as new: another number means that things have moved since. */
  newCount: z.int().min(0).meta({ fa: 'شمار ردیف‌های تازه', en: 'Number of new rows' }),
  newSum: sum.meta({ fa: 'جمع ردیف‌های تازه', en: 'Sum of new rows' }),
});
export type RecordOrder = z.infer<typeof recordShape>;

export const confirmationShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  signedNumber: officialNumber.meta({ fa: 'شمارهٔ فهرست امضاشده', en: 'Number of the signed list' }),
  signedDay: isoDay.meta({ fa: 'روز فهرست امضاشده', en: 'Day of the signed list' }),
  signedCount: z.int().min(0).max(1_000_000).meta({ fa: 'شمار پرداخت‌ها', en: 'Number of payments' }),
  signedSum: sum.meta({ fa: 'جمع پرداخت‌ها', en: 'Sum of the payments' }),
});
export type ConfirmationOrder = z.infer<typeof confirmationShape>;

export const discardShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
});

const tally = z.object({ count: z.int(), sum: z.string() });
export type Tally = { readonly count: number; readonly sum: Rial };

const listHead = {
  id: z.uuid(),
  lineId: z.uuid(),
  bankCode: z.string(),
  bankFa: z.string(),
  bankEn: z.string(),
  programme: z.string(),
  budgetYear: z.int(),
  fileName: z.string(),
  fileHash: z.string(),
  letterNumber: z.string(),
  letterDay: z.string(),
  statedCount: z.int(),
  statedSum: z.string(),
  mendsId: z.uuid().nullable(),
  uploadedBy: z.string().nullable(),
  state: z.string(),
  version: z.int(),
};
export const listHeadShape = z.object(listHead);
export type ListHead = z.infer<typeof listHeadShape>;

export const listPageShape = z.object({
  ...listHead,
  /** All rows of the file, and how many of them have no readable sum. */
  control: tally.extend({ unread: z.int(), agrees: z.boolean() }),
  groups: z.object({ new: tally, known: tally, contradicting: tally, bad: tally }),
  /** What of the new payments goes beyond the slices. */
  beyond: z.string(),
  /** Recorded payments of this list and those that mend it: what the signed list must agree with. */
  reported: tally,
  confirmed: tally,
  choices: z.array(
    z.object({
      act: z.string(),
      lawful: z.boolean(),
      because: z.object({ fa: z.string(), en: z.string() }).nullable(),
    }),
  ),
});
export type ListPage = z.infer<typeof listPageShape>;

export const listRowShape = z.object({
  line: z.int(),
  group: z.enum(rowGroups),
  stage: z.string().nullable(),
  awardId: z.string().nullable(),
  tracking: z.string().nullable(),
  branchCode: z.string().nullable(),
  amount: z.string().nullable(),
  happenedOn: z.string().nullable(),
  beyond: z.string(),
  faults: z.array(
    z.object({ column: z.string().nullable(), rule: z.string(), fa: z.string(), en: z.string() }),
  ),
});
export type ListRowAnswer = z.infer<typeof listRowShape>;

export const progressShape = z.object({ done: z.int(), of: z.int(), step: z.string() });
export type Progress = z.infer<typeof progressShape>;

export type BankListRefusal =
  | { readonly kind: 'ListMissing'; readonly listId: string }
  | { readonly kind: 'BankUnknown'; readonly bankCode: string }
  | { readonly kind: 'MendedListDiffers'; readonly listId: string }
  | { readonly kind: 'MendedListClosed'; readonly listId: string }
  | {
      readonly kind: 'StatedTotalDiffers';
      readonly count: number;
      readonly sum: Rial;
      readonly unread: number;
      readonly statedCount: number;
      readonly statedSum: Rial;
    }
  | {
      readonly kind: 'ListStatedOtherwise';
      readonly listId: string;
      readonly statedCount: number;
      readonly statedSum: Rial;
    }
  | { readonly kind: 'PreviewMovedOn'; readonly count: number; readonly sum: Rial }
  | {
      readonly kind: 'SignedTotalDiffers';
      readonly count: number;
      readonly sum: Rial;
      readonly signedCount: number;
      readonly signedSum: Rial;
    }
  | { readonly kind: 'SignedBeforePayment'; readonly field: 'signedDay'; readonly lastDay: Day }
  | { readonly kind: 'OwnList'; readonly listId: string }
  | { readonly kind: 'NothingNew' }
  | { readonly kind: 'NotTheFirstList'; readonly mendsId: string };

export const bankListRefusalStatus = {
  ListMissing: 404,
  BankUnknown: 422,
  MendedListDiffers: 422,
  MendedListClosed: 409,
  StatedTotalDiffers: 409,
  ListStatedOtherwise: 409,
  PreviewMovedOn: 409,
  SignedTotalDiffers: 409,
  SignedBeforePayment: 409,
  OwnList: 403,
  NothingNew: 409,
  NotTheFirstList: 409,
} as const satisfies Record<BankListRefusal['kind'], number>;
