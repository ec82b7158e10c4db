import { type Decimal, whole } from './decimal.ts';
import type { Approximation, Change, FigureKind } from './figure.ts';
import type { NumberRead } from './number.ts';
import type { Unit } from './unit.ts';

/** A figure while it is read: places are indices of tokens, `next` is exclusive. */
export type Draft = {
  readonly from: number;
  readonly next: number;
  readonly numberFrom: number;
  readonly numberNext: number;
  readonly kind: FigureKind;
  readonly baseKind: FigureKind | null;
  readonly value: Decimal;
  /** The value as it must be written when it is no plain number: a code keeps its leading zeros. */
  readonly verbatim: string | null;
  readonly upper: Decimal | null;
  /** The power of ten of the last printed digit, of a range the finer one. */
  readonly last: number;
  readonly unit: Unit | null;
  readonly noun: string | null;
  readonly date: string | null;
  readonly label: 'code' | 'phone' | 'name' | null;
  readonly also: readonly string[];
  readonly fraction: string | null;
  readonly alternative: Decimal | null;
  readonly isQuantity: boolean;
  readonly approx: Approximation;
  /** Tokens of the cue. */
  readonly cue: { readonly from: number; readonly next: number } | null;
  readonly change: Change;
  /** A number with neither unit nor noun of its own: it takes those of the figure it is listed with. */
  readonly pending: boolean;
  readonly read: NumberRead | null;
};

export const draft = (part: Partial<Draft> & Pick<Draft, 'from' | 'next' | 'kind' | 'value'>): Draft => ({
  numberFrom: part.from,
  numberNext: part.next,
  baseKind: null,
  verbatim: null,
  upper: null,
  last: 0,
  unit: null,
  noun: null,
  date: null,
  label: null,
  also: [],
  fraction: null,
  alternative: null,
  isQuantity: true,
  approx: 'exact',
  cue: null,
  change: 'none',
  pending: false,
  read: null,
  ...part,
});

/** A date: `value` is the year, or the day or hour when no year is printed. */
export const dated = (part: {
  from: number;
  next: number;
  value: number | bigint;
  iso: string | null;
  noun?: string;
}): Draft =>
  draft({
    from: part.from,
    next: part.next,
    kind: 'date_year',
    value: whole(BigInt(part.value)),
    noun: part.noun ?? 'تاریخ',
    date: part.iso,
    isQuantity: false,
  });
