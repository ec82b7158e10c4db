import { dayFromIso, yearPeriod } from '#kernel/day.ts';
import type { Condition, Indicator } from '#kernel/indicator.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { Catalogue } from '../actions.ts';
import type { EvidenceRefusal, RecordsQuery } from '../contract.ts';
import type { Selection } from '../queries.ts';

/** Records as their address asks for them. */
export type RecordsAsked = {
  readonly catalogue: Catalogue;
  readonly provinceId: number;
  readonly query: Omit<RecordsQuery, 'province'>;
};

/** The records of an indicator that an address means, or why it means none. */
export function selectionAsked(
  { catalogue, provinceId, query }: RecordsAsked,
  indicator: Indicator,
): Result<Selection, EvidenceRefusal> {
  const only = conditionOf(catalogue, query.only);
  if (!only.ok) return only;
  const without = conditionOf(catalogue, query.without);
  if (!without.ok) return without;
  const byBudget = indicator.year === 'budget_year';
  const period = query.year === undefined || byBudget ? null : yearPeriod(query.year);
  return ok({
    provinceId,
    countyCode: query.county ?? null,
    budgetYear: byBudget ? (query.year ?? null) : null,
    from: query.from === undefined ? (period?.from ?? null) : dayFromIso(query.from),
    until: query.until === undefined ? (period?.until ?? null) : dayFromIso(query.until),
    only: only.value,
    without: without.value,
  });
}

/** Reads `column:value,value;column:value`; only columns that a room declares as dimensions are taken. */
function conditionOf(catalogue: Catalogue, text: string | undefined): Result<Condition, EvidenceRefusal> {
  const condition: Record<string, string[]> = {};
  for (const part of (text ?? '').split(';').filter((one) => one !== '')) {
    const [column = '', values = ''] = part.split(':');
    if (!catalogue.dimensions.some((dimension) => dimension.column === column) || values === '')
      return refused({ kind: 'ConditionUnknown', condition: part });
    condition[column] = values.split(',');
  }
  return ok(condition);
}
