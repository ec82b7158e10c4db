import { rial } from '#kernel/rial.ts';
import type { FormulaLine } from '../formula.ts';
import type { IndicatorColumn } from '../value.ts';
import type { FormulaOrder } from './contract.ts';

/** A county's figure of an indicator, as the catalogue writes it. */
export type CountyFigure = {
  readonly countyCode: string;
  readonly indicator: string;
  readonly value: string;
};

/** A county whose missing figures count as zero, and why. */
export type Zero = { readonly countyCode: string; readonly reason: string };

/** The columns that a formula weighs; a county without a figure counts as zero where its reason is given. */
export function columnsOf(
  keys: readonly string[],
  figures: readonly CountyFigure[],
  zeros: readonly Zero[],
): IndicatorColumn[] {
  const zeroBecause = new Map(zeros.map((one) => [one.countyCode, one.reason]));
  const byKey = Map.groupBy(figures, (figure) => figure.indicator);
  return keys.map((indicator) => ({
    indicator,
    values: new Map((byKey.get(indicator) ?? []).map((figure) => [figure.countyCode, figure.value])),
    zeroBecause,
  }));
}

/** The order of a division as the formula takes it: one floor and one cap for every county. */
export function lineOf(
  order: { readonly amount: string; readonly formula: FormulaOrder },
  countyCodes: readonly string[],
): FormulaLine {
  const { formula } = order;
  const floor = rial(formula.floor);
  const cap = formula.cap === null ? null : rial(formula.cap);
  return {
    amount: rial(order.amount),
    unit: rial(formula.unit),
    weights: formula.indicators.map((one) => ({ indicator: one.key, weight: BigInt(one.weight) })),
    bounds: countyCodes.map((countyCode) => ({ countyCode, floor, cap })),
    adjustments: formula.adjustments.map((one) => ({ ...one, amount: rial(one.amount) })),
  };
}
