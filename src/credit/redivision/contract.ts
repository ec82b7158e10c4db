import { z } from 'zod';
import type { Rial } from '#kernel/rial.ts';
import { sum } from '#ledger/contract.ts';
import { writtenText } from '#place/contract.ts';
import { type NamedPart, choiceShape, lineShape, ownId } from '../contract.ts';

const nameShape = z.object({ fa: z.string(), en: z.string() });

export const redivisionShape = z.strictObject({
  id: ownId,
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
  /** The parts that change; the others stay as they are. */
  parts: z
    .array(
      z.strictObject({
        sliceId: z.uuid().meta({ fa: 'برش', en: 'Slice' }),
        amount: sum.meta({ fa: 'مبلغ تازه', en: 'New sum' }),
        jobTarget: z.int().min(0).max(10_000_000).meta({ fa: 'هدف شغل', en: 'Job target' }),
      }),
    )
    .min(1)
    .max(500)
    .meta({ fa: 'بخش‌ها', en: 'Parts' }),
});
export type RedivisionOrder = z.infer<typeof redivisionShape>;

/** What the form begins with: every part as it stands. */
export const redivisionFormShape = z.object({
  line: lineShape,
  sliceId: z.uuid(),
  /** Undivided and not awarded: what the parts may grow by, beside what other parts give back. */
  rest: z.string(),
  parts: z.array(
    z.object({
      sliceId: z.uuid(),
      name: nameShape,
      amount: z.string(),
      /** Awarded or divided further: the least that it can have. */
      committed: z.string(),
      locked: z.string(),
      jobTarget: z.int(),
    }),
  ),
});
export type RedivisionForm = z.infer<typeof redivisionFormShape>;

export const redivisionAnswerShape = z.object({
  id: z.uuid(),
  line: lineShape,
  sliceId: z.uuid(),
  reason: z.string(),
  state: z.string(),
  version: z.int(),
  proposedBy: z.string().nullable(),
  proposedOn: z.string(),
  approvedBy: z.string().nullable(),
  resolutionNumber: z.string().nullable(),
  resolutionDay: z.string().nullable(),
  parts: z.array(
    z.object({
      sliceId: z.uuid(),
      name: nameShape,
      before: z.string(),
      after: z.string(),
      jobsBefore: z.int(),
      jobsAfter: z.int(),
    }),
  ),
  choices: z.array(choiceShape),
});
export type RedivisionAnswer = z.infer<typeof redivisionAnswerShape>;

export type RedivisionRefusal =
  | { readonly kind: 'RedivisionMissing'; readonly redivisionId: string }
  | { readonly kind: 'PartNotOfSlice'; readonly sliceId: string }
  | { readonly kind: 'PartNamedTwice'; readonly name: NamedPart }
  | { readonly kind: 'NothingRedivided' }
  /** `committed` is the nearest sum that would do. */
  | {
      readonly kind: 'PartCommitted';
      readonly name: NamedPart;
      readonly committed: Rial;
      readonly asked: Rial;
    }
  | { readonly kind: 'GrowthBeyondRest'; readonly left: Rial; readonly asked: Rial }
  | { readonly kind: 'PartMoved'; readonly name: NamedPart; readonly seen: Rial; readonly now: Rial }
  | { readonly kind: 'OwnRedivision'; readonly redivisionId: string };

export const redivisionRefusalStatus = {
  RedivisionMissing: 404,
  PartNotOfSlice: 422,
  PartNamedTwice: 422,
  NothingRedivided: 422,
  PartCommitted: 409,
  GrowthBeyondRest: 409,
  PartMoved: 409,
  OwnRedivision: 403,
} as const satisfies Record<RedivisionRefusal['kind'], number>;

/** What a part had at the proposal, and what it is to have. */
export type PartChange = {
  readonly sliceId: string;
  readonly before: Rial;
  readonly after: Rial;
  readonly jobsBefore: number;
  readonly jobsAfter: number;
};
