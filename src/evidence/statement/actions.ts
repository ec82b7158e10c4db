import { type Day, type Period, addDays, addMonths, partOfYear, partsOf, yearPeriod } from '#kernel/day.ts';
import type { Condition, Indicator } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import { type Counted, type Selection, type Sum, newestOf, presentValues, sumsOf } from '../queries.ts';
import type { Question } from './binding.ts';
import { wholeRatio } from './judgement.ts';
import type { PartOfYear } from './lexicon.ts';
import type { Answer } from './verdict.ts';

type Asked = {
  readonly question: Question;
  readonly key: string;
  readonly indicator: Indicator;
  readonly top: Counted;
  /** What a ratio divides by; its year is the ratio's. */
  readonly below: Counted | null;
};

/**
 * Answers questions out of the records, each once and all together: the records of a province are read once for
 * the years that are not said and once for all sums. What is unanswered has no records.
 */
export class Records {
  readonly #answers = new Map<string, Answer | undefined>();
  readonly #tx: Tx;
  readonly #indicators: ReadonlyMap<string, Indicator>;
  readonly #published: Day | null;

  constructor(tx: Tx, indicators: ReadonlyMap<string, Indicator>, published: Day | null) {
    this.#tx = tx;
    this.#indicators = indicators;
    this.#published = published;
  }

  answer(question: Question): Answer | undefined {
    return this.#answers.get(keyOf(question));
  }

  async load(questions: readonly Question[]): Promise<void> {
    const asked = [...new Map(questions.map((question) => [keyOf(question), question]))]
      .filter(([key]) => !this.#answers.has(key))
      .map(([key, question]) => this.#askedOf(question, key));
    const years = await this.#years(asked);
    const dated = asked.flatMap((one, index) => {
      const year = years[index];
      if (year === undefined) this.#answers.set(one.key, undefined);
      return year === undefined ? [] : [{ ...one, year, selection: this.#selection(one, year) }];
    });
    const sums = await sumsOf(
      this.#tx,
      dated.flatMap(({ top, below, selection }) => [
        { measure: top, selection },
        {
          measure: below ?? top,
          selection: below === null ? selection : { ...selection, only: withoutOwn(selection.only, top) },
        },
      ]),
    );
    for (const [index, one] of dated.entries()) {
      const above = must(sums[2 * index], 'a sum for each measure');
      const under = must(sums[2 * index + 1], 'a sum for each measure');
      const missing = await this.#missing(one.top, one.selection, one.question);
      const found =
        one.below === null
          ? { value: wholeRatio(above.value), records: above.records }
          : ratioOf(above, under);
      this.#answers.set(one.key, { ...found, year: one.year, missing });
    }
  }

  #askedOf(question: Question, key: string): Asked {
    const indicator = must(this.#indicators.get(question.indicator), 'a declared indicator');
    const { measure } = indicator;
    const own = { question, key, indicator };
    return measure.kind === 'ratio'
      ? { ...own, top: this.#counted(measure.numerator), below: this.#counted(measure.denominator) }
      : { ...own, top: measure, below: null };
  }

  #counted(id: string): Counted {
    const { measure } = must(this.#indicators.get(id), 'a declared indicator');
    if (measure.kind === 'ratio') throw new Error(`${id}: a ratio of ratios`);
    return measure;
  }

  #selection({ question, indicator }: Asked, year: number | null): Selection {
    return selectionOf({ question, indicator, year, published: this.#published });
  }

  /** The year of each question; undefined where none is said and no record stands. */
  async #years(asked: readonly Asked[]): Promise<(number | undefined)[]> {
    const open = asked.filter(({ question }) => question.year === 'latest');
    const found = await newestOf(
      this.#tx,
      open.map((one) => ({
        measure: one.below ?? one.top,
        selection: this.#selection(one, null),
        year: one.indicator.year,
      })),
    );
    const newest = new Map(open.map((one, index) => [one.key, found[index]]));
    return asked.map(({ question, key }) => {
      if (question.year !== 'latest') return question.year;
      const { budgetYear, day } = newest.get(key) ?? { budgetYear: null, day: null };
      return budgetYear ?? (day === null ? undefined : partsOf(day).year);
    });
  }

  /** Values that the statement names as examples but that no record holds. */
  async #missing(measure: Counted, selection: Selection, { among }: Question): Promise<string[]> {
    const missing: string[] = [];
    for (const [column, values] of Object.entries(among)) {
      const present = new Set(await presentValues(this.#tx, measure, { selection, column }));
      missing.push(...values.filter((value) => !present.has(value)));
    }
    return missing;
  }
}

const keyOf = (question: Question): string => JSON.stringify(question);

/** What narrows only the numerator (the cooperatives of a share) must not narrow the whole it is a share of. */
export const withoutOwn = (only: Condition, numerator: Counted): Condition =>
  Object.fromEntries(Object.entries(only).filter(([column]) => numerator.where[column] === undefined));

function ratioOf(above: Sum, under: Sum): Pick<Answer, 'value' | 'records'> {
  if (under.value <= 0n) return { value: wholeRatio(0n), records: 0 };
  return { value: { numerator: above.value * 100n, denominator: under.value }, records: under.records };
}

export type SelectionOrder = {
  readonly question: Question;
  readonly indicator: Indicator;
  /** Null selects all years. */
  readonly year: number | null;
  readonly published: Day | null;
};

/** The records of a question; nothing that happened after the day of publication can be meant. */
export function selectionOf({ question, indicator, year, published }: SelectionOrder): Selection {
  const byBudget = indicator.year === 'budget_year';
  const period = year === null ? null : periodOf(year, question.part, byBudget);
  const last = period?.until ?? null;
  const until = published !== null && (last === null || published < last) ? published : last;
  return {
    provinceId: question.provinceId,
    countyCode: question.countyCode,
    budgetYear: byBudget ? year : null,
    from: period?.from ?? null,
    until,
    only: question.narrow,
    without: question.without,
  };
}

/** The days that a year, or a part of it, stands for; a whole budget year has none, it is a column. */
function periodOf(year: number, part: PartOfYear | null, byBudget: boolean): Period | null {
  if (part === null) return byBudget ? null : yearPeriod(year);
  if (part.kind !== 'months') return partOfYear(year, part.kind, part.part);
  const { from } = yearPeriod(year);
  return { from, until: addDays(addMonths(from, part.part), -1) };
}
