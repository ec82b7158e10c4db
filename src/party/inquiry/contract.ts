import { z } from 'zod';
import { personAddress, type PersonRefusal } from '../person/contract.ts';

/** What is asked of the registers of other bodies. */
export const inquiryKinds = ['civil_registry', 'decile', 'tax', 'bounced_cheque', 'other_loan'] as const;
export type InquiryKind = (typeof inquiryKinds)[number];

/** `told` is an answer that neither clears nor stands against anybody; `unknown` is none, and never clear. */
export const inquiryVerdicts = ['clear', 'conflict', 'told', 'unknown'] as const;
export type InquiryVerdict = (typeof inquiryVerdicts)[number];

/** How a try ends without an answer: nobody there, nothing in time, or nothing that can be believed. */
export const inquiryFailures = ['down', 'slow', 'malformed'] as const;
export type InquiryFailure = (typeof inquiryFailures)[number];

const rials = z.string().regex(/^(?:0|[1-9]\d{0,17})$/);
const loanShape = z.strictObject({
  body: z.string().trim().min(1).max(80),
  amount: rials,
  grantedOn: z.iso.date(),
});

/** What each register may answer. Anything else is malformed and is not believed, not even in part. */
export const answerShapes = {
  civil_registry: z.strictObject({ alive: z.boolean(), agrees: z.boolean() }),
  decile: z.strictObject({ decile: z.int().min(1).max(10) }),
  tax: z.strictObject({ debt: rials }),
  bounced_cheque: z
    .strictObject({ count: z.int().min(0).max(10_000), amount: rials })
    .refine(({ count, amount }) => (count === 0) === (amount === '0')),
  other_loan: z.strictObject({ loans: z.array(loanShape).max(50) }),
} as const satisfies Record<InquiryKind, z.ZodType>;
export type InquiryAnswers = { readonly [Kind in InquiryKind]: z.infer<(typeof answerShapes)[Kind]> };

/** Whom and what a register is asked; `inquiryId` comes back with the answer. */
export type Question = {
  readonly inquiryId: string;
  readonly kind: InquiryKind;
  readonly nationalId: string;
  readonly firstName: string | null;
  readonly lastName: string;
  /** ISO. */
  readonly bornOn: string | null;
};

/** The envelope in which every register answers: what does not repeat its question is not about it. */
export const replyShape = z.strictObject({
  inquiryId: z.uuid(),
  kind: z.enum(inquiryKinds),
  nationalId: z.string(),
  reference: z.string().trim().min(1).max(100),
  answer: z.unknown(),
});
export type Reply = z.infer<typeof replyShape>;

export const askShape = z.strictObject({
  id: z.uuid(),
  kind: z.enum(inquiryKinds).meta({ fa: 'نوع استعلام', en: 'Kind of inquiry' }),
});
export type InquiryOrder = z.infer<typeof askShape>;

const waitShape = z.object({
  inquiryId: z.uuid(),
  askedAt: z.iso.datetime(),
  tries: z.int(),
  dueAt: z.iso.datetime(),
  failure: z.enum(inquiryFailures).nullable(),
});
export type Waiting = z.infer<typeof waitShape>;

/** One question that came to its end. */
export const resultShape = z.intersection(
  z.object({
    inquiryId: z.uuid(),
    provider: z.string(),
    simulated: z.boolean(),
    askedAt: z.iso.datetime(),
    answeredAt: z.iso.datetime(),
    verdict: z.enum(inquiryVerdicts),
    failure: z.enum(inquiryFailures).nullable(),
    tries: z.int(),
    /** What the register calls its answer; null where there was none, or once erased. */
    reference: z.string().nullable(),
    validUntil: z.iso.date().nullable(),
    expired: z.boolean(),
    /** The fact that was recorded of it. */
    factId: z.uuid().nullable(),
  }),
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('civil_registry'), answer: answerShapes.civil_registry.nullable() }),
    z.object({ kind: z.literal('decile'), answer: answerShapes.decile.nullable() }),
    z.object({ kind: z.literal('tax'), answer: answerShapes.tax.nullable() }),
    z.object({ kind: z.literal('bounced_cheque'), answer: answerShapes.bounced_cheque.nullable() }),
    z.object({ kind: z.literal('other_loan'), answer: answerShapes.other_loan.nullable() }),
  ]),
);
export type InquiryResult = z.infer<typeof resultShape>;

export const inquiriesShape = z.object({
  /** The kinds that can be asked of this form of person. */
  lines: z.array(
    z.object({
      kind: z.enum(inquiryKinds),
      /** Who is asked; null where nobody is connected. */
      provider: z.object({ name: z.string(), simulated: z.boolean() }).nullable(),
      waiting: waitShape.nullable(),
    }),
  ),
  /** The newest first. */
  results: z.array(resultShape),
  mayAsk: z.boolean(),
});
export type Inquiries = z.infer<typeof inquiriesShape>;

export const inquiryAddress = personAddress;

export type InquiryRefusal =
  | Extract<PersonRefusal, { readonly kind: 'PersonMissing' | 'PersonErased' | 'PersonMerged' }>
  | { readonly kind: 'InquiryNotOfForm'; readonly inquiry: InquiryKind; readonly field: 'kind' }
  | { readonly kind: 'InquiryNotConnected'; readonly inquiry: InquiryKind }
  | { readonly kind: 'InquiryWaits'; readonly inquiry: InquiryKind };

export const inquiryRefusalStatus = {
  PersonMissing: 404,
  PersonErased: 409,
  PersonMerged: 409,
  InquiryNotOfForm: 422,
  InquiryNotConnected: 503,
  InquiryWaits: 409,
} as const satisfies Record<InquiryRefusal['kind'], number>;
