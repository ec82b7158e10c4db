import { type Day, addDays, partsOf, yearPeriod } from '#kernel/day.ts';
import type { PublicationState } from './contract.ts';

/** What a list of records comes to: its sum or count, what a ratio divides by, and the records themselves. */
export type Reckoned = {
  readonly value: bigint;
  readonly below: bigint | null;
  readonly records: number;
  /** SHA-256 over the records in the order of their ids, as hex. */
  readonly hash: string;
};

const isSame = (one: Reckoned, other: Reckoned): boolean =>
  one.value === other.value &&
  one.below === other.below &&
  one.records === other.records &&
  one.hash === other.hash;

/** What has become of a figure: as of its instant it must come out as published, and since then it may have moved. */
export function stateOf(figure: {
  readonly published: Reckoned;
  /** The same list, asked today as of the instant of publication. */
  readonly again: Reckoned;
  readonly now: Reckoned;
  /** Records since then that take an earlier one back. */
  readonly takenBack: number;
}): PublicationState {
  if (!isSame(figure.published, figure.again)) return 'broken';
  if (isSame(figure.again, figure.now)) return 'stands';
  return figure.takenBack > 0 ? 'corrected' : 'grown';
}

const daysToAnswer = 10;

/** A doubt is answered in the open within ten days. */
export const dueOn = (raisedOn: Day): Day => addDays(raisedOn, daysToAnswer);

/** The year that two days bound, or null when they bound no whole one. */
export function wholeYear({ from, until }: { readonly from: Day | null; readonly until: Day | null }) {
  if (from === null || until === null) return null;
  const { year } = partsOf(from);
  const period = yearPeriod(year);
  return period.from === from && period.until === until ? year : null;
}
