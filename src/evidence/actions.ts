import {
  type Day,
  type Period,
  addDays,
  addMonths,
  isoOf,
  partOfYear,
  partsOf,
  yearPeriod,
} from '#kernel/day.ts';
import type { Condition, Dimension, Indicator } from '#kernel/indicator.ts';
import type { Ratio } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { ReasonFacts, Told } from './contract.ts';
import { readFigures } from './figure/reader.ts';
import {
  type Counted,
  type Selection,
  type Sum,
  listCounties,
  listNames,
  listProvinces,
  newest,
  presentValues,
  sumOf,
} from './queries.ts';
import { type Bound, type Question, type Reading, bind } from './statement/binding.ts';
import { claimsOf } from './statement/claim.ts';
import { readingOf } from './statement/clause.ts';
import { decimalOf, wholeRatio } from './statement/judgement.ts';
import type { PartOfYear } from './statement/lexicon.ts';
import { type Answer, type Finding, type Reason, baseOf, decide, questionsOf } from './statement/verdict.ts';
import { type Vocabulary, vocabularyOf } from './statement/vocabulary.ts';

/** What the rooms declare: the figures they answer for and how a statement tells them apart. */
export type Catalogue = {
  readonly indicators: readonly Indicator[];
  readonly dimensions: readonly Dimension[];
};

export type StatementOrder = {
  readonly text: string;
  /** The province that speaks. */
  readonly provinceId: number;
  /** The day of publication; null for an undated text. */
  readonly published: Day | null;
};

/** Checks a statement, figure by figure, against the records in the reader's scope. Writes nothing. */
export async function checkStatement(tx: Tx, catalogue: Catalogue, order: StatementOrder): Promise<Told[]> {
  const vocabulary = await loadVocabulary(tx, catalogue, order.provinceId);
  const reading = readingOf(order.text, readFigures(order.text));
  const claims = claimsOf(reading, vocabulary);
  const dated = {
    publishedYear: order.published === null ? null : partsOf(order.published).year,
    saysThisYear: [...claims.values()].some(({ year }) => year.kind === 'relative' && year.to === 'now'),
  };
  const bounds = new Map<number, Bound>();
  for (const [index, claim] of claims) {
    const before = claim.changeOf === null ? undefined : bounds.get(claim.changeOf);
    const levelBefore = before?.ok === true ? before.readings[0] : undefined;
    bounds.set(index, bind({ claim, vocabulary, home: order.provinceId, dated, levelBefore }));
  }
  const records = new Records(tx, vocabulary.indicators, order.published);
  for (const bound of bounds.values()) await load(records, bound, vocabulary);
  return reading.figures.map((figure, index) => {
    const finding = decide({
      figure,
      claim: claims.get(index),
      bound: bounds.get(index),
      answers: (question) => records.answer(question),
      indicators: vocabulary.indicators,
    });
    return toldOf(finding, vocabulary, order.published);
  });
}

/** A finding with its numbers as decimal strings and the address of its records. */
function toldOf(finding: Finding, vocabulary: Vocabulary, published: Day | null): Told {
  const { figure, verdict, indicator, stated, actual, year, reason, question, unit } = finding;
  return {
    start: figure.start,
    end: figure.end,
    text: figure.text,
    verdict,
    indicator: indicator?.id ?? null,
    title: indicator?.title ?? null,
    unit,
    stated,
    actual,
    year,
    facts: factsOf(reason, vocabulary),
    records:
      question === null
        ? null
        : recordsAddress({ question, year: year?.year ?? null, published }, vocabulary),
  };
}

function factsOf(reason: Reason, { indicators }: Vocabulary): ReasonFacts {
  const titleOf = (id: string) => must(indicators.get(id), 'a declared indicator').title;
  switch (reason.kind) {
    case 'Unbound':
      return reason.why;
    case 'OtherStage':
      return { kind: 'OtherStage', title: titleOf(reason.indicator) };
    case 'TwoReadings':
      return { kind: 'TwoReadings', titles: reason.indicators.map(titleOf) };
    case 'Promised':
      return {
        kind: 'Promised',
        soFar: reason.soFar.map(({ indicator, value }) => {
          const { title, unit } = must(indicators.get(indicator), 'a declared indicator');
          return { title, unit, value: decimalOf(value, unit === 'percent' ? 4 : 0) };
        }),
      };
    default:
      return reason;
  }
}

type Asked = Pick<SelectionOrder, 'question' | 'year' | 'published'>;

/**
 * Where on the desk the records of a question stand; `recordsQuery` reads it back. A part of the year and the
 * day of publication stand in it too, so that the list adds up to the value that was compared (L8).
 */
function recordsAddress({ question, year, published }: Asked, { slugs, indicators }: Vocabulary): string {
  const query = new URLSearchParams({ province: must(slugs.get(question.provinceId), 'a province') });
  if (year !== null) query.set('year', String(year));
  const indicator = must(indicators.get(question.indicator), 'a declared indicator');
  const { from, until } = selectionOf({ question, indicator, year, published });
  const whole = year === null || indicator.year === 'budget_year' ? null : yearPeriod(year);
  if (from !== null && from !== whole?.from) query.set('from', isoOf(from));
  if (until !== null && until !== whole?.until) query.set('until', isoOf(until));
  if (question.countyCode !== null) query.set('county', question.countyCode);
  const only = conditionText(question.narrow);
  const without = conditionText(question.without);
  if (only !== '') query.set('only', only);
  if (without !== '') query.set('without', without);
  return `/desk/evidence/records/${question.indicator}?${query.toString()}`;
}

export const conditionText = (condition: Condition): string =>
  Object.entries(condition)
    .map(([column, values]) => `${column}:${values.join(',')}`)
    .join(';');

async function load(records: Records, bound: Bound, vocabulary: Vocabulary): Promise<void> {
  if (!bound.ok) return;
  for (const question of questionsOf(bound, vocabulary.indicators)) await records.load(question);
  for (const reading of bound.readings) await loadBase(records, reading);
}

async function loadBase(records: Records, reading: Reading): Promise<void> {
  const level = records.answer(reading.question);
  const base = level === undefined ? undefined : baseOf(reading, level.year);
  if (base !== undefined) await records.load(base);
}

async function loadVocabulary(tx: Tx, catalogue: Catalogue, home: number): Promise<Vocabulary> {
  const dimensions: Dimension[] = [];
  for (const dimension of catalogue.dimensions) {
    const own = dimension.catalogue === undefined ? [] : await listNames(tx, dimension.catalogue);
    const values = own.map(({ key, name }) => ({ value: key, names: [name] }));
    dimensions.push({ ...dimension, values: [...dimension.values, ...values] });
  }
  const provinces = await listProvinces(tx);
  const counties = await listCounties(tx);
  return vocabularyOf({
    indicators: catalogue.indicators,
    dimensions,
    places: { provinces, counties },
    home,
  });
}

/** Answers questions out of the records, each once. What is unanswered has no records. */
class Records {
  readonly #answers = new Map<string, Answer>();
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

  async load(question: Question): Promise<void> {
    const key = keyOf(question);
    if (this.#answers.has(key)) return;
    const found = await this.#ask(question);
    if (found !== undefined) this.#answers.set(key, found);
  }

  async #ask(question: Question): Promise<Answer | undefined> {
    const indicator = must(this.#indicators.get(question.indicator), 'a declared indicator');
    const { measure } = indicator;
    const [top, below] =
      measure.kind === 'ratio'
        ? [this.#counted(measure.numerator), this.#counted(measure.denominator)]
        : [measure];
    const leading = below ?? top;
    const year =
      question.year === 'latest' ? await this.#latest(leading, indicator, question) : question.year;
    if (year === undefined) return undefined;
    const selection = selectionOf({ question, indicator, year, published: this.#published });
    const missing = await this.#missing(top, selection, question);
    const above = await sumOf(this.#tx, top, selection);
    if (below === undefined) return { value: wholeRatio(above.value), records: above.records, year, missing };
    const under = await sumOf(this.#tx, below, { ...selection, only: withoutOwn(selection.only, top) });
    return { ...ratioOf(above, under), year, missing };
  }

  #counted(id: string): Counted {
    const { measure } = must(this.#indicators.get(id), 'a declared indicator');
    if (measure.kind === 'ratio') throw new Error(`${id}: a ratio of ratios`);
    return measure;
  }

  async #latest(measure: Counted, indicator: Indicator, question: Question): Promise<number | undefined> {
    const selection = selectionOf({ question, indicator, year: null, published: this.#published });
    const found = await newest(this.#tx, measure, { selection, year: indicator.year });
    return found.budgetYear ?? (found.day === null ? undefined : partsOf(found.day).year);
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

function ratioOf(above: Sum, under: Sum): { value: Ratio; records: number } {
  if (under.value <= 0n) return { value: wholeRatio(0n), records: 0 };
  return { value: { numerator: above.value * 100n, denominator: under.value }, records: under.records };
}

type SelectionOrder = {
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
