import type { Day } from '#kernel/day.ts';
import { type Rial, minus, total } from '#kernel/rial.ts';
import { type Forecast, forecastOf, weeksOf } from '../lapse/rules.ts';
import type { BranchMove } from './contract.ts';

type Days = { readonly from: Day; readonly today: Day; readonly deadline: Day };

/**
 * How fast each branch pays what is contracted with it, and what it will not have paid by the deadline at that pace:
 * the forecast of a slice, with what is contracted for its sum and what of it waits for what is available.
 */
export function branchesOf(moves: readonly BranchMove[], { from, today, deadline }: Days) {
  const byBranch = Map.groupBy(moves, ({ bankCode, branchCode }) => `${bankCode} ${branchCode}`);
  return [...byBranch].flatMap(([key, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const sumOf = (stage: BranchMove['stage']): Rial =>
      total(own.filter((one) => one.stage === stage).map(({ amount }) => amount));
    const [contracted, paid] = [sumOf('contracted'), sumOf('paid')];
    const weeks = weeksOf(
      own.filter(({ stage }) => stage === 'paid'),
      { from, today },
    );
    const available = minus(contracted, paid);
    const forecast: Forecast = forecastOf({
      amount: contracted,
      available,
      weeks,
      today,
      deadline,
      seed: key,
    });
    return [
      {
        bankCode: first.bankCode,
        branchCode: first.branchCode,
        name: {
          fa: `${first.bankFa} · ${first.branchFa}`,
          en: `${first.bankEn} · ${first.branchEn}`,
        },
        contracted: contracted.toString(),
        paid: paid.toString(),
        weeks: weeks.map(String),
        forecast,
      },
    ];
  });
}
