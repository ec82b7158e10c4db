import { z } from 'zod';
import {
  accountStandings,
  identityRefusalStatus,
  type IdentityRefusal,
} from '#access/confirmation/contract.ts';
import { writtenText } from '#place/contract.ts';
import { personRefusalStatus, type PersonRefusal } from '../person/contract.ts';

/** An office has the person before it, with their card. */
export const confirmationShape = z.strictObject({
  id: z.uuid(),
  cardSeen: z.boolean().meta({ fa: 'دیدن کارت ملی', en: 'Card seen' }),
  reason: writtenText(1, 500).meta({ fa: 'دلیل', en: 'Reason' }),
});
export type ConfirmationOrder = z.infer<typeof confirmationShape>;

export type ConfirmationRefusal =
  | Extract<PersonRefusal, { kind: 'PersonMissing' | 'PersonErased' | 'PersonMerged' }>
  | IdentityRefusal
  | { readonly kind: 'CardUnseen'; readonly field: 'cardSeen' }
  | { readonly kind: 'NaturalNeeded' }
  | { readonly kind: 'MobileNeeded' };

const { PersonMissing, PersonErased, PersonMerged } = personRefusalStatus;
export const confirmationRefusalStatus = {
  ...identityRefusalStatus,
  PersonMissing,
  PersonErased,
  PersonMerged,
  CardUnseen: 422,
  NaturalNeeded: 422,
  MobileNeeded: 409,
} as const satisfies Record<ConfirmationRefusal['kind'], number>;

/** What can stand in the way before anything is sent. */
export const standingRefusals = [
  'NothingApart',
  'OwnIdentity',
  'HoldsOffice',
  'ConfirmedElsewhere',
  'RecordOfAnother',
  'MobileNeeded',
] as const satisfies readonly ConfirmationRefusal['kind'][];

export const identityStandingShape = z.object({
  standing: z.enum(accountStandings),
  /** Of an account that stands apart: since when, and in how many provinces it is an applicant's; never in which. */
  since: z.iso.datetime().nullable(),
  provinces: z.int(),
  /** The mobile phone that a code goes to once the identity is confirmed; null where none is kept. */
  phone: z.string().nullable(),
  /** Why the identity cannot be confirmed by the reader; null where it can. */
  refusedBecause: z.enum(standingRefusals).nullable(),
  /** Whether the reader's role sits at a desk. */
  mayConfirm: z.boolean(),
  /** What the offices of this province have confirmed, the newest first. */
  confirmations: z.array(
    z.object({
      confirmationId: z.uuid(),
      reason: z.string(),
      confirmedBy: z.string(),
      confirmedAt: z.iso.datetime(),
    }),
  ),
});
export type IdentityStanding = z.infer<typeof identityStandingShape>;
