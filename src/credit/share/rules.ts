import { type Day, yearPeriod } from '#kernel/day.ts';
import type { Reserve } from '../share.ts';
import type { ShareRule } from './contract.ts';

/**
 * The rules in force on a day: of each type and share the latest. A letter may be dated before the budget year
 * that it speaks of: it stands under the rules of that year's first day.
 */
export function rulesOn(rules: readonly ShareRule[], day: Day, budgetYear: number): ShareRule[] {
  const first = yearPeriod(budgetYear).from;
  const on = day < first ? first : day;
  const begun = rules.filter((rule) => rule.validFrom <= on);
  return [...Map.groupBy(begun, (rule) => `${rule.type} ${rule.share}`).values()].map((dated) =>
    dated.reduce((latest, rule) => (rule.validFrom > latest.validFrom ? rule : latest)),
  );
}

/** The reserves among rules in force, as the arithmetic takes them. */
export const reservesOf = (rules: readonly ShareRule[]): Reserve[] =>
  rules.map(({ share, numerator, denominator }) => ({
    share,
    ratio: { numerator: BigInt(numerator), denominator: BigInt(denominator) },
  }));
