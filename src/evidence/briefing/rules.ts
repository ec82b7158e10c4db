import { type Day, isoOf } from '#kernel/day.ts';
import type { Bilingual, Condition, Indicator } from '#kernel/indicator.ts';
import type { Ratio } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { textOf, wholeRatio } from '../statement/judgement.ts';
import type { Caution } from './contract.ts';

/** A figure of the sheet; without records it has no value. */
type Told = { readonly indicator: Indicator; readonly value: Ratio | undefined };

/** At most so many other stages are named beside a sum; more would not be read. */
const most = 3;

type Stages = Extract<Caution, { kind: 'OtherStage' }>['stages'];

/**
 * The sums of other stages of the same records, which the press puts in the place of this one most often (allocated
 * for paid); only those that differ, for the others could not mislead.
 */
function stagesBeside({ now, told }: Pick<Weighed, 'now' | 'told'>): Stages {
  const { measure, unit, id } = now.indicator;
  if (measure.kind !== 'sum' || unit !== 'rial') return [];
  return told
    .flatMap(({ indicator: other, value }) => {
      const isStage =
        other.id !== id &&
        other.unit === unit &&
        other.measure.kind === 'sum' &&
        other.measure.view === measure.view;
      if (!isStage || value === undefined || isSame(value, now.value)) return [];
      return [{ title: other.title, value: textOf(value, unit) }];
    })
    .slice(0, most);
}

/** What was published last of the same records: a ratio is kept as its two sums. */
type Published = { readonly value: bigint; readonly below: bigint | null };

const ratioOf = ({ value, below }: Published): Ratio =>
  below === null ? wholeRatio(value) : { numerator: value * 100n, denominator: below };

const isSame = (one: Ratio, other: Ratio): boolean =>
  one.numerator * other.denominator === other.numerator * one.denominator;

type Weighed = {
  readonly now: {
    readonly indicator: Indicator;
    readonly value: Ratio;
    readonly period: { readonly year: number; readonly until: Day; readonly isOver: boolean };
    readonly only?: Condition;
  };
  /** The same days of the year before. */
  readonly base: Ratio | undefined;
  /** All figures of the sheet. */
  readonly told: readonly Told[];
  readonly published: Published | undefined;
  /** How a statement says it; null where the check supports none. */
  readonly sentence: string | null;
  /** The titles of all indicators by their ids. */
  readonly titles: ReadonlyMap<string, Bilingual>;
  /** Whether its base is of other programmes. */
  readonly isMixed: boolean;
};

/** What may not be said of a figure. */
export function cautionsOf({ now, base, told, published, sentence, titles, isMixed }: Weighed): Caution[] {
  const { indicator, period, value } = now;
  const { measure, unit } = indicator;
  const cautions: Caution[] = [];
  if (!period.isOver) cautions.push({ kind: 'YearNotOver', until: isoOf(period.until) });
  const stages = stagesBeside({ now, told });
  if (stages.length > 0) cautions.push({ kind: 'OtherStage', stages });
  if (measure.kind === 'ratio') {
    const titleOf = (id: string): Bilingual => must(titles.get(id), 'a declared indicator');
    cautions.push({ kind: 'ShareOf', part: titleOf(measure.numerator), whole: titleOf(measure.denominator) });
  }
  if (measure.kind === 'count' && measure.distinct !== 'record_id') cautions.push({ kind: 'CountedOnce' });
  if (base === undefined) cautions.push({ kind: 'NoBase', year: period.year - 1 });
  else if (isMixed) cautions.push({ kind: 'OtherProgrammes', year: period.year - 1 });
  if (published !== undefined && !isSame(ratioOf(published), value))
    cautions.push({ kind: 'Moved', published: textOf(ratioOf(published), unit) });
  const isOpen = indicator.narrowedBy.includes('programme') && now.only?.['programme'] === undefined;
  if (sentence === null)
    cautions.push({ kind: 'NoSentence', because: isOpen ? 'programme_open' : 'not_supported' });
  return cautions;
}
