import { z } from 'zod';
import type { Rial } from '#kernel/rial.ts';
import { lineShape } from '../contract.ts';

/** What made a version: the deeds that change what a part was given, or how much of it is locked. */
export const versionDeeds = ['division', 'redivision', 'reallocation', 'cut', 'release', 'other'] as const;
export type VersionDeed = (typeof versionDeeds)[number];

/** Where a division stands, by its last version and its line. */
export const divisionStates = [
  'none',
  'divided',
  'topped_up',
  'redivided',
  'reallocated',
  'cut',
  'closed',
] as const;
export type DivisionState = (typeof divisionStates)[number];

const versionShape = z.object({
  /** From 1; 0 is the slice before it was divided. */
  number: z.int(),
  deed: z.enum(versionDeeds),
  /** The case or letter that made it. */
  deedId: z.uuid(),
  day: z.string(),
  proposedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  /** Of the resolution, or of the letter of a cut. */
  documentNumber: z.string().nullable(),
  /** What all parts hold together in it. */
  amount: z.string(),
});
export type VersionAnswer = z.infer<typeof versionShape>;

const sideShape = z.object({ amount: z.string(), locked: z.string(), jobTarget: z.int() });

export const versionsShape = z.object({
  line: lineShape,
  sliceId: z.uuid(),
  state: z.enum(divisionStates),
  versions: z.array(versionShape),
  from: z.int(),
  to: z.int(),
  parts: z.array(
    z.object({
      sliceId: z.uuid(),
      name: z.object({ fa: z.string(), en: z.string() }),
      before: sideShape,
      after: sideShape,
    }),
  ),
  totals: z.object({ before: sideShape, after: sideShape }),
});
export type VersionsAnswer = z.infer<typeof versionsShape>;
export type ComparedPart = VersionsAnswer['parts'][number];

export const versionsQuery = z.object({
  from: z.coerce.number().int().min(0).optional().meta({ fa: 'از نسخه', en: 'From version' }),
  to: z.coerce.number().int().min(0).optional().meta({ fa: 'تا نسخه', en: 'To version' }),
});

export type VersionRefusal = {
  readonly kind: 'VersionMissing';
  readonly number: number;
  readonly last: number;
};
export const versionRefusalStatus = { VersionMissing: 404 } as const;

/** What one deed changed of one part; sums below zero went back to the slice above. */
export type PartDelta = {
  readonly deedId: string;
  readonly sliceId: string;
  readonly amount: Rial;
  readonly locked: Rial;
  readonly jobs: number;
};
