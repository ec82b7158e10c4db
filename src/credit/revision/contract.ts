import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import type { Rial } from '#kernel/rial.ts';
import { positiveSum } from '#ledger/contract.ts';
import { isoDay, writtenText } from '#place/contract.ts';
import { choiceShape, officialNumber, ownId } from '../contract.ts';

const letter = {
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  letterNumber: officialNumber.meta({ fa: 'شمارهٔ نامه', en: 'Letter number' }),
  letterDay: isoDay.meta({ fa: 'روز نامه', en: 'Day of the letter' }),
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
};

export const extensionShape = z.strictObject({
  ...letter,
  deadline: isoDay.meta({ fa: 'مهلت تازه', en: 'New deadline' }),
});
export const cutShape = z.strictObject({
  ...letter,
  amount: positiveSum.meta({ fa: 'مبلغ کاهش', en: 'Sum of the cut' }),
});
export const closingShape = z.strictObject(letter);

/** The letters that change a line after its notification. */
export type RevisionAct = 'extend' | 'cut' | 'close';

export type RevisionRefusal =
  /** `most` is the largest cut that leaves what is committed alone and the reserve at its share. */
  | { readonly kind: 'CutBelowCommitted'; readonly asked: Rial; readonly most: Rial }
  | { readonly kind: 'DeadlineNotLater'; readonly deadline: Day; readonly current: Day }
  /** Awards that no bank has yet: each is referred or released before the close. */
  | { readonly kind: 'AwardsNotReferred'; readonly reserved: Rial };

export const revisionRefusalStatus = {
  CutBelowCommitted: 409,
  DeadlineNotLater: 422,
  AwardsNotReferred: 409,
} as const satisfies Record<RevisionRefusal['kind'], number>;

/** One letter of a line: what it changed, and what holds since. Sums are whole rials as decimal strings. */
export const versionShape = z.object({
  id: z.uuid(),
  number: z.int(),
  act: z.enum(['notify', 'top_up', 'extend', 'cut', 'close']),
  letterNumber: z.string(),
  letterDay: z.string(),
  recordedOn: z.string(),
  byName: z.string().nullable(),
  reason: z.string().nullable(),
  /** What the letter brought, or what went back by it; null where it moved no money. */
  amount: z.string().nullable(),
  /** The part of `amount` that entered or left the reserve; known of what went back. */
  locked: z.string().nullable(),
  /** After this letter: notified less cuts, handed back in all, and the deadline. */
  allocated: z.string(),
  handedBack: z.string(),
  deadline: z.string(),
});
export type Version = z.infer<typeof versionShape>;

export const historyShape = z.object({
  /** Empty for a county office: the letters name the sum of the whole province. */
  versions: z.array(versionShape),
  /** Confirmed payments by the fiscal year in which they were paid, which is often not the budget year. */
  paidByYear: z.array(z.object({ year: z.int(), amount: z.string() })),
  choices: z.array(choiceShape),
});
export type LineHistory = z.infer<typeof historyShape>;
