import { z } from 'zod';
import type { InstantRefusal } from '#ledger/contract.ts';
import { isoDay, isoInstant } from '#place/contract.ts';
import { axes, named } from '../contract.ts';

/** Who an account belongs to: a slice, or the notifier of a line, which is no slice. */
const ownerShape = z.object({ sliceId: z.uuid().nullable(), axis: z.enum(axes).nullable(), ...named });

const end = { accountId: z.uuid(), stage: z.string(), share: z.string(), owner: ownerShape };
const endShape = z.object(end);
export type End = z.infer<typeof endShape>;

export const sliceAccountShape = z.object({
  accountId: z.uuid(),
  stage: z.string(),
  share: z.string(),
  /** What came in less what went out; of it, `held` waits to be confirmed. */
  balance: z.string(),
  held: z.string(),
  transfers: z.string(),
});
export type SliceAccount = z.infer<typeof sliceAccountShape>;

const lineShape = z.object({
  transferId: z.uuid(),
  version: z.string(),
  happenedOn: z.iso.date(),
  recordedAt: z.iso.datetime(),
  kind: z.string(),
  phase: z.string(),
  amount: z.string(),
  /** Decimal strings; null where the line moved nothing in that direction. */
  moneyIn: z.string().nullable(),
  moneyOut: z.string().nullable(),
  balance: z.string(),
  held: z.string(),
  /** The account at the other end; null where it is hidden from the reader. */
  other: endShape.nullable(),
  /** The act that moved the money, with who did it; null where its case is hidden from the reader. */
  act: z
    .object({ caseId: z.uuid(), act: z.string(), byName: z.string().nullable(), byRole: z.string() })
    .nullable(),
});
export type StatementRow = z.infer<typeof lineShape>;

const standing = { balance: z.string(), held: z.string(), version: z.string() };

export const accountStatementShape = z.object({
  account: z.object({ ...end, provinceId: z.int(), lineId: z.uuid() }),
  /** The closed instant of which all of it speaks. */
  asOf: z.iso.datetime(),
  from: z.iso.date().nullable(),
  opening: z.object(standing),
  closing: z.object(standing),
  items: z.array(lineShape),
  next: z.string().nullable(),
});
export type AccountStatement = z.infer<typeof accountStatementShape>;

/** The days of a statement. Without `until` it speaks of this moment; `at` asks for an instant to the millisecond. */
export const statementDays = {
  from: isoDay.optional().meta({ fa: 'از روز', en: 'From' }),
  until: isoDay.optional().meta({ fa: 'تا پایان روز', en: 'Until the end of' }),
  at: isoInstant.optional().meta({ fa: 'در لحظهٔ', en: 'As of the instant' }),
};

export type AccountRefusal =
  | { readonly kind: 'AccountUnknown'; readonly accountId: string }
  | { readonly kind: 'DaysReversed'; readonly from: string; readonly until: string; readonly field: 'from' }
  | { readonly kind: 'StatementTooLong'; readonly most: number }
  | InstantRefusal;

export const accountRefusalStatus = {
  AccountUnknown: 404,
  DaysReversed: 422,
  StatementTooLong: 422,
  InstantOpen: 422,
} as const satisfies Record<AccountRefusal['kind'], number>;
