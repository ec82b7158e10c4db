import type { Indicator, Measure } from '#kernel/indicator.ts';
import type { Cell } from './contract.ts';

/** What stands at the end of a year has no rows that add up over years. */
export const isOpen = ({ year, partOnly }: Indicator): boolean => year !== 'standing' && partOnly !== true;

export type Shown = Omit<Cell, 'value' | 'records' | 'receivers'> & {
  /** Null where it is withheld. */
  readonly value: bigint | null;
  readonly records: number | null;
};

const shown = ({ provinceId, county, year, programme, value, records }: Cell): Shown => ({
  provinceId,
  county,
  year,
  programme,
  value,
  records,
});

/**
 * The cells of sums as they may be shown. What has fewer than `least` receivers goes into the rest of its province,
 * with the next smallest county beside it when the rest alone would still tell of a person; so the sum stays whole. A
 * province of which all is too little is withheld.
 */
export function foldedSums(cells: readonly Cell[], least: number): Shown[] {
  return groupsOf(cells).flatMap((group) => {
    const isSmall = ({ receivers }: Cell): boolean => receivers !== null && receivers < least;
    const inOrder = group.toSorted((a, b) => (a.receivers ?? least) - (b.receivers ?? least));
    const small = inOrder.filter((cell) => isSmall(cell));
    if (small.length === 0) return group.map(shown);
    const large = inOrder.filter((cell) => !isSmall(cell));
    // What is of no county stands in the rest already.
    const rest = [...small, ...large.filter(({ county }) => county === '')];
    const others = large.filter(({ county }) => county !== '');
    const count = (): number => rest.reduce((sum, { receivers }) => sum + (receivers ?? 0), 0);
    while (count() < least && others.length > 0) rest.push(...others.splice(0, 1));
    const [first] = group;
    if (first === undefined) return [];
    const whole = { ...shown(first), county: '' };
    const isTold = count() >= least;
    const folded: Shown = {
      ...whole,
      value: isTold ? rest.reduce((sum, { value }) => sum + value, 0n) : null,
      records: isTold ? rest.reduce((sum, { records }) => sum + records, 0) : null,
    };
    return [folded, ...others.map(shown)];
  });
}

/** The cells of counts as they may be shown: those who are counted once cannot be added to others. */
export const withheldCounts = (cells: readonly Cell[], least: number): Shown[] =>
  cells.map((cell) => (cell.value < least ? { ...shown(cell), value: null, records: null } : shown(cell)));

/** The cells of one province, year and programme together. */
function groupsOf(cells: readonly Cell[]): Cell[][] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = `${cell.provinceId} ${cell.year} ${cell.programme}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()];
}

const isSame = (one: Measure, other: Measure): boolean =>
  one.kind !== 'ratio' &&
  other.kind !== 'ratio' &&
  one.view === other.view &&
  JSON.stringify(one.where) === JSON.stringify(other.where);

/** The column that tells the receivers of a figure apart: where another figure counts those of the same records. */
export function receiverColumn(indicators: readonly Indicator[], measure: Measure): string | null {
  if (measure.kind === 'count') return measure.distinct;
  const counting = indicators.find((one) => one.measure.kind === 'count' && isSame(one.measure, measure));
  return counting?.measure.kind === 'count' ? counting.measure.distinct : null;
}
