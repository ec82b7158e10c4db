import { z } from 'zod';
import type { Rial } from '#kernel/rial.ts';
import { positiveSum } from '#ledger/contract.ts';
import { isoDay, writtenText } from '#place/contract.ts';
import { type NamedPart, lineShape, officialNumber, ownId } from '../contract.ts';

const moveShape = z.strictObject({
  fromSliceId: z.uuid().meta({ fa: 'از برش', en: 'From the slice' }),
  toSliceId: z.uuid().meta({ fa: 'به برش', en: 'To the slice' }),
  amount: positiveSum.meta({ fa: 'مبلغ', en: 'Sum' }),
});

export const reallocationShape = z.strictObject({
  id: ownId,
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
  moves: z.array(moveShape).min(1).max(60).meta({ fa: 'جابه‌جایی‌ها', en: 'Transfers' }),
});
export type ReallocationOrder = z.infer<typeof reallocationShape>;

export const transferApprovalShape = z.strictObject({
  id: ownId,
  resolutionNumber: officialNumber.meta({ fa: 'شمارهٔ مصوبه', en: 'Resolution number' }),
  resolutionDay: isoDay.meta({ fa: 'روز مصوبه', en: 'Day of the resolution' }),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
});

export const transferWithdrawalShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
});

/** What a slice is called, in both languages. */
const nameShape = z.object({ fa: z.string(), en: z.string() });

const bandShape = z.object({ low: z.string(), median: z.string(), high: z.string() });

export const forecastShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('forecast'),
    perWeek: z.string(),
    weeks: z.int(),
    daysLeft: z.int(),
    wanted: bandShape,
    unspent: bandShape,
  }),
  z.object({ kind: z.literal('too_short'), weeks: z.int(), daysLeft: z.int() }),
  z.object({ kind: z.literal('past'), lapsed: z.string() }),
]);
export type ForecastAnswer = z.infer<typeof forecastShape>;

const siblingShape = z.object({
  sliceId: z.uuid(),
  name: nameShape,
  amount: z.string(),
  available: z.string(),
  /** Available and not handed to the slice's own parts: what it may give. */
  left: z.string(),
  floor: z.string(),
  cap: z.string().nullable(),
  forecast: forecastShape,
});
export type SiblingAnswer = z.infer<typeof siblingShape>;

const draftStepShape = z.object({
  fromSliceId: z.uuid(),
  toSliceId: z.uuid(),
  amount: z.string(),
  why: z.object({
    spare: z.string(),
    unspent: z.string(),
    giverPerWeek: z.string(),
    need: z.string(),
    wanted: z.string(),
    available: z.string(),
    takerPerWeek: z.string(),
    /** What ended the step: the giver has no more to spare, or the taker's need is met. */
    ends: z.enum(['spare', 'need']),
  }),
});
export type DraftStepAnswer = z.infer<typeof draftStepShape>;

/** A transfer drafted by the forecasts, to be edited and proposed by a person. */
export const reallocationDraftShape = z.object({
  line: lineShape,
  parentSliceId: z.uuid(),
  siblings: z.array(siblingShape),
  steps: z.array(draftStepShape),
  unmet: z.string(),
  unused: z.string(),
});
export type ReallocationDraft = z.infer<typeof reallocationDraftShape>;

export const reallocationAnswerShape = z.object({
  id: z.uuid(),
  lineId: z.uuid(),
  parentSliceId: z.uuid(),
  amount: z.string(),
  reason: z.string(),
  state: z.string(),
  version: z.int(),
  proposedBy: z.string().nullable(),
  proposedOn: z.string(),
  approvedBy: z.string().nullable(),
  resolutionNumber: z.string().nullable(),
  resolutionDay: z.string().nullable(),
  moves: z.array(
    z.object({
      fromSliceId: z.uuid(),
      toSliceId: z.uuid(),
      from: nameShape,
      to: nameShape,
      amount: z.string(),
    }),
  ),
  choices: z.array(z.object({ act: z.string(), lawful: z.boolean(), because: nameShape.nullable() })),
});
export type ReallocationAnswer = z.infer<typeof reallocationAnswerShape>;

/** The forecasts of a line and of the slices right below it, and of those below these. */
export const lapsePageShape = z.object({
  line: lineShape,
  rootSliceId: z.uuid().nullable(),
  rows: z.array(
    z.object({
      sliceId: z.uuid(),
      parentId: z.uuid().nullable(),
      name: nameShape,
      amount: z.string(),
      available: z.string(),
      paidSoFar: z.string(),
      /** Reserved less released, of each whole week that counts, the oldest first. */
      weeks: z.array(z.string()),
      forecast: forecastShape,
      risk: z.enum(['on_time', 'lapse_near', 'lapsing', 'lapsed', 'unknown']),
    }),
  ),
  /** The awards that stand in lists of banks, by the branch of the last list that names them. */
  branches: z.array(
    z.object({
      bankCode: z.string(),
      branchCode: z.string(),
      name: nameShape,
      /** Contracted less released; what of it is paid; and paid in each whole week, as in `rows`. */
      contracted: z.string(),
      paid: z.string(),
      weeks: z.array(z.string()),
      /** Of what is contracted: what will not be paid by the deadline. */
      forecast: forecastShape,
    }),
  ),
  reallocations: z.array(reallocationAnswerShape.omit({ moves: true, choices: true })),
});
export type LapsePage = z.infer<typeof lapsePageShape>;

/** `name` is what the slice is called; `most` is the nearest sum that would do. */
export type ReallocationRefusal =
  | { readonly kind: 'ReallocationMissing'; readonly reallocationId: string }
  | { readonly kind: 'NotSiblings'; readonly sliceId: string }
  | { readonly kind: 'MoveToItself'; readonly name: NamedPart }
  | { readonly kind: 'GivesAndTakes'; readonly name: NamedPart }
  | { readonly kind: 'GiverShort'; readonly name: NamedPart; readonly left: Rial; readonly asked: Rial }
  | { readonly kind: 'BelowFloor'; readonly name: NamedPart; readonly floor: Rial; readonly most: Rial }
  | { readonly kind: 'AboveCap'; readonly name: NamedPart; readonly cap: Rial; readonly most: Rial }
  | { readonly kind: 'OwnTransfer'; readonly reallocationId: string };

export const reallocationRefusalStatus = {
  ReallocationMissing: 404,
  NotSiblings: 422,
  MoveToItself: 422,
  GivesAndTakes: 422,
  GiverShort: 409,
  BelowFloor: 409,
  AboveCap: 409,
  OwnTransfer: 403,
} as const satisfies Record<ReallocationRefusal['kind'], number>;
