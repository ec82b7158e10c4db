import type { Day } from '#kernel/day.ts';
import type { Rial } from '#kernel/rial.ts';

/** What the awards at a branch turned over on a day. */
export type BranchMove = {
  readonly bankCode: string;
  readonly branchCode: string;
  readonly bankFa: string;
  readonly bankEn: string;
  readonly branchFa: string;
  readonly branchEn: string;
  readonly stage: 'contracted' | 'paid';
  readonly happenedOn: Day;
  readonly amount: Rial;
};
