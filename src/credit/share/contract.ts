import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import type { Rial } from '#kernel/rial.ts';
import { isoDay, writtenText } from '#place/contract.ts';
import { choiceShape, officialNumber, ownId } from '../contract.ts';

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

/**
 * A reserve is locked in accounts of its own. A cap is the most of a slice that its group may draw. A priority keeps
 * a part of what is open for its group until a last day; afterwards it is anybody's.
 */
export const ruleTypes = ['reserve', 'cap', 'priority'] as const;
export type RuleType = (typeof ruleTypes)[number];

/** A rule of a line about one share, from its first day on; one of the same type and share follows it. */
export type ShareRule = {
  readonly share: string;
  readonly type: RuleType;
  readonly numerator: number;
  readonly denominator: number;
  readonly validFrom: Day;
  /** Only of a priority. */
  readonly lastDay: Day | null;
  readonly legalReference: string;
};

const ruleTerms = {
  /** The groups on the way down to the share: cooperatives, and rural ones among them. */
  share: z.array(z.enum(groups)).min(1).max(3).meta({ fa: 'سهم', en: 'Share' }),
  type: z.enum(ruleTypes).meta({ fa: 'گونهٔ قاعده', en: 'Type of rule' }),
  numerator: z.int().min(0).max(10_000).meta({ fa: 'صورت', en: 'Numerator' }),
  denominator: z.int().min(1).max(10_000).meta({ fa: 'مخرج', en: 'Denominator' }),
  validFrom: isoDay.meta({ fa: 'از روز', en: 'Valid from' }),
  lastDay: isoDay.nullable().meta({ fa: 'تا پایان روز', en: 'Last day' }),
  legalReference: writtenText(1, 200).meta({ fa: 'مستند قانونی', en: 'Legal reference' }),
};

export const ruleShape = z.strictObject({ id: ownId, ...ruleTerms });

export const ruleApprovalShape = z.strictObject({
  id: ownId,
  resolutionNumber: officialNumber.meta({ fa: 'شمارهٔ مصوبه', en: 'Resolution number' }),
  resolutionDay: isoDay.meta({ fa: 'روز مصوبه', en: 'Day of the resolution' }),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
});

export const ruleWithdrawalShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
});

const ruleOnWire = {
  share: z.string(),
  type: z.enum(ruleTypes),
  numerator: z.int(),
  denominator: z.int(),
  validFrom: z.string(),
  lastDay: z.string().nullable(),
  legalReference: z.string(),
};

export const rulesShape = z.object({
  /** The first day from which a rule may hold. */
  earliest: z.string(),
  /** Every rule that the line ever had, by their first days; `inForce` says which hold today. */
  rules: z.array(
    z.object({
      ...ruleOnWire,
      inForce: z.boolean(),
      /** Null for what the line was drafted with, and to whoever sees only one county. */
      proposedBy: z.string().nullable(),
      approvedBy: z.string().nullable(),
      resolutionNumber: z.string().nullable(),
      resolutionDay: z.string().nullable(),
    }),
  ),
  proposals: z.array(
    z.object({
      id: z.uuid(),
      ...ruleOnWire,
      proposedBy: z.string().nullable(),
      version: z.int(),
      choices: z.array(choiceShape),
    }),
  ),
});
export type RulesAnswer = z.infer<typeof rulesShape>;

export type RuleRefusal =
  | { readonly kind: 'RuleMissing'; readonly ruleId: string }
  | { readonly kind: 'OwnRule'; readonly ruleId: string }
  /** What is done today stands under the rules of today: a rule begins tomorrow at the earliest. */
  | {
      readonly kind: 'RuleBackdated';
      readonly field: 'validFrom';
      readonly validFrom: Day;
      readonly earliest: Day;
    }
  | {
      readonly kind: 'RuleTwice';
      readonly field: 'validFrom';
      readonly share: string;
      readonly validFrom: Day;
    }
  | { readonly kind: 'GroupTwice'; readonly field: 'share'; readonly share: string }
  | {
      readonly kind: 'RuleNotAFraction';
      readonly field: 'numerator';
      readonly numerator: number;
      readonly denominator: number;
    }
  | {
      readonly kind: 'LastDayMisplaced';
      readonly field: 'lastDay';
      readonly ruleType: RuleType;
      readonly validFrom: Day;
    }
  | {
      readonly kind: 'ReserveAroundMissing';
      readonly field: 'share';
      readonly share: string;
      readonly around: string;
    }
  /** `left` is what the other reserves of the level leave, in hundredths of a percent. */
  | {
      readonly kind: 'ReservesPastWhole';
      readonly field: 'numerator';
      readonly share: string;
      readonly left: number;
    }
  | {
      readonly kind: 'CapReached';
      readonly share: string;
      readonly cap: Rial;
      readonly drawn: Rial;
      readonly left: Rial;
      readonly asked: Rial;
      readonly legalReference: string;
    }
  | {
      readonly kind: 'KeptForPriority';
      readonly share: string;
      readonly kept: Rial;
      readonly left: Rial;
      readonly asked: Rial;
      readonly firstDay: Day;
      readonly legalReference: string;
    };

export const ruleRefusalStatus = {
  RuleMissing: 404,
  OwnRule: 403,
  RuleBackdated: 422,
  RuleTwice: 409,
  GroupTwice: 422,
  RuleNotAFraction: 422,
  LastDayMisplaced: 422,
  ReserveAroundMissing: 422,
  ReservesPastWhole: 422,
  CapReached: 409,
  KeptForPriority: 409,
} as const satisfies Record<RuleRefusal['kind'], number>;
