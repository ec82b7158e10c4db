import { type Day, addDays, yearPeriod } from '#kernel/day.ts';
import { type Rial, minus, most, plus, rial, shareUp, total, zero } from '#kernel/rial.ts';
import { type No, type Ok, ok, refused } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import { openShare } from '../contract.ts';
import { type Reserve, shareAround } from '../share.ts';
import type { RuleRefusal, ShareRule } from './contract.ts';

const states = ['proposed', 'approved', 'withdrawn'] as const;
const acts = ['approve_rule', 'withdraw_rule'] as const;

export const shareRuleKind = {
  kind: 'share_rule',
  start: { act: 'propose_rule', state: 'proposed', may: ['director', 'deputy'] },
  table: {
    proposed: { approve_rule: 'approved', withdraw_rule: 'withdrawn' },
    approved: { approve_rule: 'refused', withdraw_rule: 'refused' },
    withdrawn: { approve_rule: 'refused', withdraw_rule: 'refused' },
  } as const satisfies CaseTable<(typeof states)[number], (typeof acts)[number]>,
  may: { approve_rule: ['director', 'deputy'], withdraw_rule: ['director', 'deputy'] },
  closed: ['approved', 'withdrawn'],
} as const satisfies CaseKind<(typeof states)[number], (typeof acts)[number]>;

type Refusal = No<RuleRefusal>;

/**
 * The rules in force on a day: of each type and share the latest, a priority until its last day. A letter may be
 * dated before the budget year that it speaks of: it stands under the rules of that year's first day.
 */
export function rulesOn(rules: readonly ShareRule[], day: Day, budgetYear: number): ShareRule[] {
  const first = yearPeriod(budgetYear).from;
  const on = day < first ? first : day;
  const begun = rules.filter((rule) => rule.validFrom <= on);
  return [...Map.groupBy(begun, (rule) => `${rule.type} ${rule.share}`).values()]
    .map((dated) => dated.reduce((latest, rule) => (rule.validFrom > latest.validFrom ? rule : latest)))
    .filter(({ lastDay }) => lastDay === null || on <= lastDay);
}

const ratioOf = ({ numerator, denominator }: ShareRule) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/** The reserves among rules in force, as the arithmetic takes them. */
export const reservesOf = (rules: readonly ShareRule[]): Reserve[] =>
  rules.filter(({ type }) => type === 'reserve').map((rule) => ({ share: rule.share, ratio: ratioOf(rule) }));

/** What is done today stands under the rules of today, so that no rule is put aside for a day and put back. */
export const earliestOf = (today: Day): Day => addDays(today, 1);

/** Whether a rule may be put in force beside those that a line has. */
export function decideRule(order: {
  readonly rule: ShareRule;
  readonly rules: readonly ShareRule[];
  readonly today: Day;
  readonly budgetYear: number;
}): Ok<undefined> | Refusal {
  const { rule, rules, today } = order;
  const { share, type, validFrom, lastDay, numerator, denominator } = rule;
  const earliest = earliestOf(today);
  if (validFrom < earliest)
    return refused({ kind: 'RuleBackdated', field: 'validFrom', validFrom, earliest });
  const way = share.split('/');
  if (new Set(way).size < way.length) return refused({ kind: 'GroupTwice', field: 'share', share });
  if (numerator > denominator)
    return refused({ kind: 'RuleNotAFraction', field: 'numerator', numerator, denominator });
  const isDated = type === 'priority' ? lastDay !== null && lastDay >= validFrom : lastDay === null;
  if (!isDated) return refused({ kind: 'LastDayMisplaced', field: 'lastDay', ruleType: type, validFrom });
  const same = (one: ShareRule): boolean => one.type === type && one.share === share;
  if (rules.some((one) => same(one) && one.validFrom === validFrom))
    return refused({ kind: 'RuleTwice', field: 'validFrom', share, validFrom });
  return type === 'reserve' ? decideReserve(order) : ok();
}

/** A reserve stands in the reserve around it, and those of one level are the whole at most, on every day to come. */
function decideReserve({
  rule,
  rules,
  budgetYear,
}: {
  readonly rule: ShareRule;
  readonly rules: readonly ShareRule[];
  readonly budgetYear: number;
}): Ok<undefined> | Refusal {
  const around = shareAround(rule.share);
  const days = [
    rule.validFrom,
    ...rules.filter(({ validFrom }) => validFrom > rule.validFrom).map(({ validFrom }) => validFrom),
  ];
  for (const day of days) {
    const held = reservesOf(rulesOn(rules, day, budgetYear));
    if (around !== undefined && !held.some(({ share }) => share === around))
      return refused({ kind: 'ReserveAroundMissing', field: 'share', share: rule.share, around });
    const others = held.filter(({ share }) => share !== rule.share && shareAround(share) === around);
    // In hundredths of a percent, each rounded up: what cannot be written exactly counts as a little more.
    const taken = others.reduce((sum, { ratio }) => sum + hundredths(ratio), 0n);
    const own = hundredths(ratioOf(rule));
    if (taken + own > 10_000n) {
      const left = most(zero, rial(10_000n - taken));
      return refused({
        kind: 'ReservesPastWhole',
        field: 'numerator',
        share: rule.share,
        left: parseInt(left.toString(), 10),
      });
    }
  }
  return ok();
}

const hundredths = (ratio: Reserve['ratio']): bigint => shareUp(rial(10_000n), ratio);

/** An award that still holds its money: what the rules of a slice count. */
export type Drawn = {
  readonly amount: Rial;
  readonly share: string;
  /** Its kind and the groups that it was found to be of. */
  readonly groups: readonly string[];
};

const isWithin = (groups: readonly string[], share: string): boolean =>
  share.split('/').every((group) => groups.includes(group));

/**
 * Caps and priorities at an award. Of a slice its group draws no more than the cap, rounded down. While a priority
 * lasts its part of what is open, rounded up, is kept for its group, and all others together draw on the rest only;
 * a reserve of their own is no matter of it.
 */
export function decideLimits(order: {
  readonly rules: readonly ShareRule[];
  /** What the slice was given, in all and of the open part. */
  readonly received: Rial;
  readonly receivedOpen: Rial;
  readonly drawn: readonly Drawn[];
  readonly award: Drawn;
}): Ok<undefined> | Refusal {
  const { rules, received, receivedOpen, drawn, award } = order;
  const sum = (keep: (one: Drawn) => boolean): Rial => total(drawn.filter(keep).map(({ amount }) => amount));
  const asked = award.amount;
  for (const rule of rules) {
    const { share, legalReference } = rule;
    const isOfGroup = isWithin(award.groups, share);
    if (rule.type === 'cap' && isOfGroup) {
      const { numerator, denominator } = ratioOf(rule);
      const cap = rial((received * numerator) / denominator);
      const before = sum((one) => isWithin(one.groups, share));
      const left = most(zero, minus(cap, before));
      if (asked > left)
        return refused({ kind: 'CapReached', share, cap, drawn: before, left, asked, legalReference });
    }
    if (rule.type === 'priority' && !isOfGroup && award.share === openShare) {
      const kept = shareUp(receivedOpen, ratioOf(rule));
      const before = sum((one) => one.share === openShare && !isWithin(one.groups, share));
      const left = most(zero, minus(minus(receivedOpen, kept), before));
      const firstDay = addDays(rule.lastDay ?? rule.validFrom, 1);
      if (asked > left)
        return refused({ kind: 'KeptForPriority', share, kept, left, asked, firstDay, legalReference });
    }
  }
  return ok();
}

/** What a slice was given, by the balances of all its accounts. */
export const receivedOf = (sums: readonly { readonly share: string; readonly balance: Rial }[]) => ({
  received: total(sums.map(({ balance }) => balance)),
  receivedOpen: sums
    .filter(({ share }) => share === openShare)
    .reduce((sum, { balance }) => plus(sum, balance), zero),
});
