import { z } from 'zod';
import { personShape, provinceAddress } from '../person/contract.ts';

/** In what two records are alike. */
export const likenesses = ['name', 'birth', 'phone', 'household', 'account', 'near_id'] as const;
export type Likeness = (typeof likenesses)[number];

const proposalShape = z.object({
  first: personShape,
  second: personShape,
  reasons: z.array(z.enum(likenesses)),
});
const mergedShape = z.object({ kept: personShape, other: personShape });
export const duplicatesShape = z.object({
  proposals: z.array(proposalShape),
  /** Merges that stand, so that they can be taken back. */
  merged: z.array(mergedShape),
});
export type Duplicates = z.infer<typeof duplicatesShape>;

export const decisionShape = z.strictObject({
  id: z.uuid(),
  firstId: z.uuid(),
  secondId: z.uuid(),
  verdict: z.enum(['same', 'different', 'undone']).meta({ fa: 'تصمیم', en: 'Decision' }),
  keptId: z.uuid().nullable().meta({ fa: 'پروندهٔ ماندنی', en: 'The record that stays' }),
});
export type Decision = z.infer<typeof decisionShape>;

export const duplicateAddress = provinceAddress;

export type DuplicateRefusal =
  | { readonly kind: 'PairMissing' }
  | { readonly kind: 'PairOfTwoForms' }
  | { readonly kind: 'PairNotMerged' }
  | { readonly kind: 'PairMerged' }
  | { readonly kind: 'PairErased' }
  | { readonly kind: 'KeptMissing'; readonly field: 'keptId' }
  | { readonly kind: 'HoldsMerged' };

export const duplicateRefusalStatus = {
  PairMissing: 404,
  PairOfTwoForms: 422,
  PairNotMerged: 409,
  PairMerged: 409,
  PairErased: 409,
  KeptMissing: 422,
  HoldsMerged: 409,
} as const satisfies Record<DuplicateRefusal['kind'], number>;
