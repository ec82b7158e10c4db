import type { Day } from '#kernel/day.ts';

/** Who a share is for: the kind of a beneficiary, a target group, the country, or so many of the lowest deciles. */
export const groups = [
  'cooperative',
  'supporter',
  'person',
  'enterprise',
  'target_group',
  'rural',
  'decile_1',
  'decile_2',
  'decile_3',
  'decile_4',
  'decile_5',
  'decile_6',
  'decile_7',
  'decile_8',
  'decile_9',
] as const;
export type Group = (typeof groups)[number];

/** A rule of a line about one share, from its first day on; one of the same type and share follows it. */
export type ShareRule = {
  readonly share: string;
  readonly type: 'reserve';
  readonly numerator: number;
  readonly denominator: number;
  readonly validFrom: Day;
  readonly legalReference: string;
};
