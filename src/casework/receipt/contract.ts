import { z } from 'zod';
import { bilingual } from '#place/contract.ts';

/** What whoever asked for something holds in their hand: all of it follows from the first act of the case. */
export const receiptShape = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: bilingual,
  /** What it asks for, where the kind tells. */
  about: bilingual.nullable(),
  /** Whom the case is about, where the reader may see that person. */
  subject: z.string().nullable(),
  /** The role that recorded it. */
  byRole: bilingual,
  province: bilingual.nullable(),
  county: bilingual.nullable(),
  recordedAt: z.iso.datetime(),
  /** The day of the deed, from which limits run, where it was recorded on a later one. */
  happenedOn: z.iso.date().nullable(),
  /** What was said then of what comes next, who was to do it and by when. */
  next: bilingual,
  waitsFor: z.array(bilingual),
  due: z.object({ on: z.iso.date(), basis: bilingual, foreseen: z.boolean() }).nullable(),
  /** The number as the public page takes it; null where the case is not followed there. */
  track: z.string().nullable(),
});
export type Receipt = z.infer<typeof receiptShape>;

/** The screen of the receipt of a case, under /desk. */
export const receiptPath = (provinceId: number | string, caseId: string): string =>
  `/cases/${provinceId}/${caseId}/receipt`;
