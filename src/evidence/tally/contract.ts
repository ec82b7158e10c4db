import type { Day } from '#kernel/day.ts';
import type { Condition, Measure } from '#kernel/indicator.ts';

export type Summed = Extract<Measure, { kind: 'sum' }>;

/** A figure of which tallies are kept, under the text of its conditions. */
export type TalliedMeasure = {
  readonly key: string;
  readonly column: string;
  readonly where: Condition;
};

/** The figures of which tallies are kept, by the view of their records. */
export type TalliedView = {
  readonly view: string;
  /** By which columns they can be narrowed. */
  readonly columns: readonly string[];
  readonly measures: readonly TalliedMeasure[];
};

export type Span = { readonly from: Day | null; readonly until: Day | null };
/** Which tallies make up a period: whole months, and the days before and after them. */
export type Cover = { readonly months: Span | null; readonly days: readonly Span[] };
