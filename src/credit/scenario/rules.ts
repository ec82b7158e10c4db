import { type Rial, minus, rial, shareOut, total } from '#kernel/rial.ts';
import { type Result, must } from '#kernel/result.ts';
import { type Draft, type DraftAdjustment, firstDraft, indicatorKeys, orderOf } from '../division/rules.ts';
import { type CountySlice, type FormulaRefusal, sliceLine } from '../formula.ts';
import { cooperativeShare } from '../contract.ts';
import { divideShares, lockLetters, lockedIn } from '../share.ts';
import type { FormulaOrder, SlicingOrder } from '../slicing/contract.ts';
import { type CountyFigure, type Zero, columnsOf, lineOf } from '../slicing/rules.ts';
import { type IndicatorTable, type TableRefusal, prepareIndicators } from '../value.ts';

/**
 * A division tried out and not proposed: the form of a division, and the cooperatives' share as it would be.
 * Worked out in the browser by the formula that the server uses; nothing here is written anywhere.
 */
export type Scenario = Draft & {
  /** In percent points; '' where the line has no reserve. */
  readonly reserve: string;
};

/** The scenario that a page opens with: the formula in force, or the two usual indicators half and half. */
export function openingScenario(given: {
  readonly amount: string;
  readonly jobs: number;
  readonly reserve: string;
  readonly formula: FormulaOrder | null;
}): Scenario {
  const first = { ...firstDraft(given.amount, given.jobs), reserve: given.reserve };
  return given.formula === null ? first : { ...first, ...draftOf(given.formula) };
}

function draftOf(formula: FormulaOrder): Omit<Draft, 'amount' | 'jobTarget'> {
  const weights = { population: '', population_rural: '', unemployed_15plus: '', active_15plus: '' };
  for (const key of indicatorKeys) {
    const found = formula.indicators.find((one) => one.key === key);
    // Per ten thousand on the wire, percent points in the form: only their ratio counts.
    if (found !== undefined && found.weight > 0) weights[key] = String(Math.round(found.weight / 100) || 1);
  }
  return {
    weights,
    year: String(formula.year),
    floor: formula.floor === '0' ? '' : formula.floor,
    cap: formula.cap ?? '',
    unit: formula.unit,
    zeros: formula.zeroBecause,
    adjustments: formula.adjustments.map(({ countyCode, amount, reason }): DraftAdjustment => ({
      countyCode,
      direction: amount.startsWith('-') ? 'lower' : 'raise',
      amount: amount.replace('-', ''),
      reason,
    })),
  };
}

/** Reads the figures once; weights, bounds and sums can then change as fast as a slider moves. */
export const readFigures = (
  countyCodes: readonly string[],
  figures: readonly CountyFigure[],
  zeros: readonly Zero[],
): Result<IndicatorTable, TableRefusal> =>
  prepareIndicators(countyCodes, columnsOf(indicatorKeys, figures, zeros));

const formulaIn = (order: Omit<SlicingOrder, 'id'>): FormulaOrder | null =>
  order.by.axis === 'county' ? order.by.formula : null;

/** What each county would get, in the order of their codes; null while the form is not finished. */
export function slicesOf(
  table: IndicatorTable,
  scenario: Scenario,
): Result<CountySlice[], FormulaRefusal> | null {
  const order = orderOf(scenario);
  const formula = order === null ? null : formulaIn(order);
  if (order === null || formula === null) return null;
  return sliceLine(table, lineOf({ amount: order.amount, formula }, table.countyCodes));
}

/** One county in a scenario beside what it is compared with. */
export type Tried = {
  readonly countyCode: string;
  readonly amount: Rial;
  /** Null where there is nothing to compare with. */
  readonly before: Rial | null;
  /** What of the amount the cooperatives' share would lock. */
  readonly locked: Rial;
  readonly held: 'floor' | 'cap' | null;
};

export function triedOf(order: {
  readonly scenario: Scenario;
  readonly slices: readonly CountySlice[];
  readonly before: ReadonlyMap<string, Rial> | null;
}): Tried[] {
  const { scenario, slices, before } = order;
  const whole = total(slices.map(({ amount }) => amount));
  const locked = lockedOf(whole, slices, scenario.reserve);
  const floor = rial(scenario.floor === '' ? '0' : scenario.floor);
  return slices.map(({ countyCode, amount }, place) => ({
    countyCode,
    amount,
    before: before === null ? null : (before.get(countyCode) ?? rial(0n)),
    locked: must(locked[place], 'a locked part for each county'),
    held:
      floor > 0n && amount === floor
        ? 'floor'
        : scenario.cap !== '' && amount === rial(scenario.cap)
          ? 'cap'
          : null,
  }));
}

/** The share of the whole rounded up, divided as an approved division divides it (L3). */
function lockedOf(whole: Rial, slices: readonly CountySlice[], reserve: string): readonly Rial[] {
  const percent = BigInt(reserve === '' ? '0' : reserve);
  const ratio = { numerator: percent > 100n ? 100n : percent, denominator: 100n };
  const [held = new Map()] = lockLetters([{ amount: whole, reserves: [{ share: cooperativeShare, ratio }] }]);
  return divideShares(
    held,
    slices.map(({ amount }) => amount),
  ).parts.map(lockedIn);
}

export type Balance = {
  readonly gainers: number;
  readonly losers: number;
  /** What goes from those who lose to those who gain. */
  readonly moved: Rial;
};

export function balanceOf(tried: readonly Tried[]): Balance {
  const changes = tried.flatMap(({ amount, before }) => (before === null ? [] : [minus(amount, before)]));
  const gains = changes.filter((change) => change > 0n);
  return {
    gainers: gains.length,
    losers: changes.filter((change) => change < 0n).length,
    moved: total(gains),
  };
}

export type Mode = 'whole' | 'rest';

/** What a page tries on: the sums, the formula in force, and what each county holds by it. */
export type Ground = {
  readonly rest: Rial;
  readonly jobs: number;
  readonly reserve: string;
  readonly formula: FormulaOrder | null;
  /** By county code; empty where the line is not divided over counties. */
  readonly inForce: ReadonlyMap<string, Rial>;
};

/**
 * Where a mode begins. Of the whole: the formula in force on the sum in force, which is the version in force. Of
 * the rest: its weights alone, for floors, caps and adjustments were meant for the first division.
 */
export function openingOf(mode: Mode, ground: Ground): Scenario {
  const { rest, jobs, reserve, formula, inForce } = ground;
  const whole = mode === 'whole';
  const amount = whole ? total([...inForce.values()]) : rest;
  const opening = openingScenario({ amount: amount.toString(), jobs: whole ? 0 : jobs, reserve, formula });
  return whole ? opening : { ...opening, floor: '', cap: '', adjustments: [] };
}

/**
 * What a scenario is compared with: what the counties hold, or the same sum divided as they hold it. Undefined
 * before anything is divided; the caller then compares with the opening scenario.
 */
export function comparedWith(
  mode: Mode,
  ground: Ground,
  amount: Rial,
): ReadonlyMap<string, Rial> | undefined {
  const held = [...ground.inForce];
  if (mode === 'whole' || total(held.map(([, sum]) => sum)) === 0n)
    return held.length === 0 ? undefined : ground.inForce;
  const parts = shareOut(
    amount,
    held.map(([, sum]) => sum),
  );
  return new Map(held.map(([code], place) => [code, must(parts[place], 'a part for each county')]));
}

// ---- undo and redo

/** Where one has been. Moves of one slider are one step: who drags through forty values undoes them at once. */
export type Trail<State> = {
  readonly past: readonly State[];
  readonly now: State;
  readonly future: readonly State[];
  /** The field that the last step changed; null after an undo, so that the next change is a step of its own. */
  readonly field: string | null;
};

export const beginTrail = <State>(now: State): Trail<State> => ({ past: [], now, future: [], field: null });

export function step<State>(trail: Trail<State>, field: string, next: State): Trail<State> {
  const past = trail.field === field ? trail.past : [...trail.past, trail.now];
  return { past, now: next, future: [], field };
}

export function undo<State>(trail: Trail<State>): Trail<State> {
  const last = trail.past.at(-1);
  if (last === undefined) return trail;
  return { past: trail.past.slice(0, -1), now: last, future: [trail.now, ...trail.future], field: null };
}

export function redo<State>(trail: Trail<State>): Trail<State> {
  const [next, ...future] = trail.future;
  if (next === undefined) return trail;
  return { past: [...trail.past, trail.now], now: next, future, field: null };
}

// ---- the address

const plain = ['amount', 'jobTarget', 'year', 'floor', 'cap', 'unit', 'reserve'] as const;

/** Writes what differs from the opening scenario, so that a link opens what its sender saw. '' when nothing does. */
export function addressOf(scenario: Scenario, opening: Scenario): string {
  const parts: string[] = [];
  for (const key of plain) if (scenario[key] !== opening[key]) parts.push(`${key}.${scenario[key]}`);
  const weights = (one: Scenario): string => indicatorKeys.map((key) => one.weights[key]).join('.');
  if (weights(scenario) !== weights(opening)) parts.push(`weights.${weights(scenario)}`);
  for (const key of ['zeros', 'adjustments'] as const) {
    const text = JSON.stringify(scenario[key]);
    if (text !== JSON.stringify(opening[key])) parts.push(`${key}.${encodeURIComponent(text)}`);
  }
  return parts.join('~');
}

const isWhole = (text: string): boolean => /^\d{0,18}$/.test(text);

/** The scenario that an address names; what cannot be read in it stays as it was at the opening. */
export function scenarioAt(address: string, opening: Scenario): Scenario {
  let scenario = opening;
  for (const part of address.split('~')) {
    const at = part.indexOf('.');
    const [key, text] = [part.slice(0, at), part.slice(at + 1)];
    const name = plain.find((one) => one === key);
    if (name !== undefined && isWhole(text)) scenario = { ...scenario, [name]: text };
    else if (key === 'weights') scenario = { ...scenario, weights: weightsIn(text) ?? scenario.weights };
    else if (key === 'zeros') scenario = { ...scenario, zeros: zerosIn(listIn(text)) ?? scenario.zeros };
    else if (key === 'adjustments')
      scenario = { ...scenario, adjustments: adjustmentsIn(listIn(text)) ?? scenario.adjustments };
  }
  return scenario;
}

function weightsIn(text: string): Draft['weights'] | undefined {
  const parts = text.split('.');
  if (parts.length !== indicatorKeys.length || !parts.every(isWhole)) return undefined;
  const [population = '', rural = '', unemployed = '', active = ''] = parts;
  return { population, population_rural: rural, unemployed_15plus: unemployed, active_15plus: active };
}

type Loose = Readonly<Record<string, unknown>>;
const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

function listIn(text: string): readonly Loose[] | undefined {
  try {
    const found: unknown = JSON.parse(decodeURIComponent(text));
    return Array.isArray(found) && found.every(isLoose) ? found : undefined;
  } catch {
    return undefined;
  }
}

function zerosIn(list: readonly Loose[] | undefined): Draft['zeros'] | undefined {
  const read = list?.flatMap(({ countyCode, reason }) =>
    typeof countyCode === 'string' && typeof reason === 'string' ? [{ countyCode, reason }] : [],
  );
  return read?.length === list?.length ? read : undefined;
}

function adjustmentsIn(list: readonly Loose[] | undefined): Draft['adjustments'] | undefined {
  const read = list?.flatMap(({ countyCode, direction, amount, reason }): DraftAdjustment[] =>
    (typeof countyCode === 'string' || countyCode === null) &&
    (direction === 'raise' || direction === 'lower') &&
    typeof amount === 'string' &&
    isWhole(amount) &&
    typeof reason === 'string'
      ? [{ countyCode, direction, amount, reason }]
      : [],
  );
  return read?.length === list?.length ? read : undefined;
}
