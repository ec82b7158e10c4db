import type { Ratio } from '#kernel/rial.ts';
import type { Indicator } from '#kernel/indicator.ts';

type Told = { readonly indicator: Indicator; readonly value: Ratio | undefined };

/** At most so many other stages are named beside a sum; more would not be read. */
const most = 3;

/**
 * The sums of other stages of the same records, which the press puts in the place of this one most often (allocated
 * for paid); only those that differ, for the others could not mislead.
 */
export function stagesBeside<One extends Told>(now: One, told: readonly One[]): One[] {
  const { measure, unit, id } = now.indicator;
  if (measure.kind !== 'sum' || unit !== 'rial') return [];
  return told
    .filter(({ indicator, value }) => {
      const other = indicator.measure;
      return (
        indicator.id !== id &&
        indicator.unit === unit &&
        other.kind === 'sum' &&
        other.view === measure.view &&
        value?.numerator !== now.value?.numerator
      );
    })
    .slice(0, most);
}
