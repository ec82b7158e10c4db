import type { SlicingOrder } from '../slicing/contract.ts';

/** The indicators that the form offers. */
export const indicatorKeys = [
  'population',
  'population_rural',
  'unemployed_15plus',
  'active_15plus',
] as const;
export type IndicatorKey = (typeof indicatorKeys)[number];

export type DraftAdjustment = {
  readonly countyCode: string | null;
  readonly direction: 'raise' | 'lower';
  readonly amount: string;
  readonly reason: string;
};

/** What stands in the form: whole numbers and rials as decimal strings, '' where nothing is typed. */
export type Draft = {
  readonly amount: string;
  readonly jobTarget: string;
  /** In percent points. */
  readonly weights: Readonly<Record<IndicatorKey, string>>;
  readonly year: string;
  readonly floor: string;
  readonly cap: string;
  readonly unit: string;
  readonly zeros: readonly { readonly countyCode: string; readonly reason: string }[];
  readonly adjustments: readonly DraftAdjustment[];
};

/** The census whose county figures every province has. */
const censusYear = '1395';

export const firstDraft = (amount: string, jobTarget: number): Draft => ({
  amount,
  jobTarget: String(jobTarget),
  weights: { population: '50', population_rural: '', unemployed_15plus: '50', active_15plus: '' },
  year: censusYear,
  floor: '',
  cap: '',
  unit: '10000000',
  zeros: [],
  adjustments: [],
});

const isPositive = (text: string): boolean => /^0*[1-9]\d*$/.test(text);
const hasReason = (text: string): boolean => text.trim().length >= 3;

export type Gap = 'amount' | 'weights' | 'year' | 'unit' | 'zeros' | 'adjustments';

/** What of a draft is not finished enough to be worked out. */
export function gapsOf(draft: Draft): readonly Gap[] {
  const finished = ({ countyCode, amount, reason }: DraftAdjustment): boolean =>
    countyCode !== null && isPositive(amount) && hasReason(reason);
  const gaps: readonly (readonly [Gap, boolean])[] = [
    ['amount', isPositive(draft.amount)],
    ['weights', indicatorKeys.some((key) => isPositive(draft.weights[key]))],
    ['year', /^\d{4}$/.test(draft.year)],
    ['unit', isPositive(draft.unit)],
    ['zeros', draft.zeros.every(({ reason }) => hasReason(reason))],
    ['adjustments', draft.adjustments.every(finished)],
  ];
  return gaps.filter(([, whole]) => !whole).map(([gap]) => gap);
}

/** The order of a finished draft as it goes over the wire; null while something is missing. */
export function orderOf(draft: Draft): Omit<SlicingOrder, 'id'> | null {
  if (gapsOf(draft).length > 0) return null;
  const indicators = indicatorKeys
    .filter((key) => isPositive(draft.weights[key]))
    // Percent points on the screen, per ten thousand on the wire.
    .map((key) => ({ key, weight: parseInt(draft.weights[key], 10) * 100 }));
  return {
    amount: draft.amount,
    jobTarget: parseInt(draft.jobTarget || '0', 10),
    by: {
      axis: 'county',
      formula: {
        indicators,
        year: parseInt(draft.year, 10),
        floor: draft.floor === '' ? '0' : draft.floor,
        cap: draft.cap === '' ? null : draft.cap,
        unit: draft.unit,
        zeroBecause: draft.zeros.map(({ countyCode, reason }) => ({ countyCode, reason: reason.trim() })),
        adjustments: draft.adjustments.map(({ countyCode, direction, amount, reason }) => ({
          countyCode: countyCode ?? '',
          amount: direction === 'lower' ? `-${amount}` : amount,
          reason: reason.trim(),
        })),
      },
    },
  };
}

type Problem = { readonly kind: string; readonly facts: Readonly<Record<string, unknown>> };

const isLoose = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const formulaIn = ({ facts }: Problem): Readonly<Record<string, unknown>> => {
  const { formula } = facts;
  return isLoose(formula) ? formula : {};
};

const fieldsOfFormula: Readonly<Record<string, string>> = {
  FloorsAboveAmount: 'floor',
  FloorAboveCap: 'cap',
  FloorNegative: 'floor',
  CapsBelowAmount: 'cap',
  ScoresDoNotReach: 'cap',
  UnitNotPositive: 'unit',
  NoWeight: 'weights',
  IndicatorUnknown: 'weights',
  IndicatorAllZero: 'weights',
  ValueMissing: 'zeros',
  AdjustmentWithoutReason: 'adjustments',
  AdjustmentAboveAmount: 'adjustments',
  AdjustmentsAboveAmount: 'adjustments',
  CountyTwice: 'adjustments',
  CountyUnknown: 'adjustments',
};

/** The field of the form that a refusal speaks of; null when it speaks of the whole. */
export function fieldOf(problem: Problem): string | null {
  if (problem.kind === 'RestTooSmall') return 'amount';
  if (problem.kind !== 'FormulaRefused') return null;
  return fieldsOfFormula[String(formulaIn(problem)['kind'])] ?? null;
}

/** The counties without a figure that a refusal names. */
export function missingIn(problem: Problem): readonly string[] {
  const { missing } = formulaIn(problem);
  if (!Array.isArray(missing)) return [];
  const codes = missing.filter(isLoose).map(({ countyCode }) => countyCode);
  return [...new Set(codes.filter((code) => typeof code === 'string'))];
}
