import { z } from 'zod';
import type { Bilingual } from '#kernel/indicator.ts';
import { type CooperativeKind, cooperativeKinds } from '../contract.ts';

/** A select that is left alone sends an empty word; what cannot be meant is as if it was not asked. */
export const directoryQuery = z.object({
  search: z.string().trim().max(100).catch(''),
  kind: z.enum(cooperativeKinds).optional().catch(undefined),
  province: z.string().max(60).catch(''),
  cursor: z.string().max(500).optional().catch(undefined),
});

/** A province by the key in the address. */
export type NamedProvince = {
  readonly key: string;
  readonly name: Bilingual;
  readonly provinceId: number;
};

/** What anybody may know of a cooperative: that the registry of companies has it. No person stands in it. */
export type Registered = {
  readonly registrationId: string;
  readonly name: string;
  readonly kind: CooperativeKind;
  readonly county: Bilingual;
  /** ISO. */
  readonly registeredOn: string;
  /** Where its case stands here; null of an earlier register, of which no more is known. */
  readonly state: string | null;
};
