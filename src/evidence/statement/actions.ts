import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Day, type Period, addDays, addMonths, partOfYear, partsOf, yearPeriod } from '#kernel/day.ts';
import type { Condition, Indicator, YearMeant } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import {
  type Counted,
  type Newest,
  type ReaderScope,
  type Selection,
  type Sum,
  firstDay,
  joinBy,
  listSlim,
  newestOf,
  presentValues,
  snapshotOf,
} from '../queries.ts';
import { sumsOf } from '../tally/actions.ts';
import type { Question } from './binding.ts';
import { wholeRatio } from './judgement.ts';
import type { PartOfYear } from './lexicon.ts';
import { type MeasuredRecord, type SlimRecord, measuredIn, newestIn, presentIn, sumIn } from './records.ts';
import type { Answer } from './verdict.ts';
import type { Vocabulary } from './vocabulary.ts';

type Request = { readonly measure: Counted; readonly selection: Selection };

type Asked = {
  readonly question: Question;
  readonly key: string;
  readonly indicator: Indicator;
  readonly top: Counted;
  /** What a ratio divides by; its year is the ratio's. */
  readonly below: Counted | null;
};

type Known = Pick<Vocabulary, 'indicators' | 'columns'>;

/** So many records of a province are read whole; of more the database adds up what is asked. */
const mostRead = 5_000;

type ReadRecords = {
  readonly scope: ReaderScope;
  readonly provinceId: number;
  readonly view: string;
  readonly snapshot: string | null;
  /** Undefined where there are too many to be read. */
  readonly records: readonly SlimRecord[] | undefined;
  readonly measured: Map<string, readonly MeasuredRecord[]>;
};

/** What was read last, by scope, province and view; an editor checks a text again with every few words. */
const lately = new Map<string, ReadRecords>();
const mostKept = 12;

type RecordsOrder = {
  readonly published: Day | null;
  /** As row-level security reads it: whoever sees less has read other records. */
  readonly scope: ReaderScope;
  readonly most?: number;
};

/**
 * Answers questions out of the records, each once and all together. The records of a province are read once, with
 * the columns that figures look at: a statement asks hundreds of questions of them, and the database would walk the
 * same transfers for each. What is unanswered has no records.
 */
export class Records {
  readonly #read = new Map<string, Promise<ReadRecords>>();
  readonly #answers = new Map<string, Answer | undefined>();
  readonly #tx: Tx;
  readonly #vocabulary: Known;
  readonly #published: Day | null;

  readonly #most: number;
  readonly #scope: ReaderScope;
  #snapshot: Promise<string | null> | undefined;
  #joins: 'hashes' | 'plan' = 'plan';

  constructor(tx: Tx, vocabulary: Known, order: RecordsOrder) {
    const { published, scope, most = mostRead } = order;
    this.#tx = tx;
    this.#vocabulary = vocabulary;
    this.#published = published;
    this.#most = most;
    this.#scope = scope;
  }

  answer(question: Question): Answer | undefined {
    return this.#answers.get(keyOf(question));
  }

  /**
   * Asks for the longest view that the same scope read of a province last time: a statement asks it again, and its
   * text is read in the meantime. Resolves when the question is on its way; whoever asks for the view waits for it.
   */
  async sendAhead(provinceId: number): Promise<void> {
    const [longest] = [...lately.values()]
      .filter((read) => read.provinceId === provinceId && isSameScope(read.scope, this.#scope))
      .toSorted((one, other) => (other.records?.length ?? 0) - (one.records?.length ?? 0));
    if (longest?.records === undefined) return;
    this.#snapshot ??= snapshotOf(this.#tx);
    await this.#snapshot;
    await this.#join('hashes');
    this.#view(provinceId, longest.view).catch(() => undefined);
    await nextTurn();
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
    const sums = await this.#sums(
      dated.flatMap(({ top, below, selection }) => [
        { measure: top, selection },
        ...(below === null
          ? []
          : [{ measure: below, selection: { ...selection, only: withoutOwn(selection.only, top) } }]),
      ]),
    );
    const next = sums.values();
    const sum = (): Sum => must(next.next().value, 'a sum for each measure');
    for (const one of dated) {
      const above = sum();
      const missing = await this.#missing(one.top, one.selection, one.question);
      const found =
        one.below === null
          ? { value: wholeRatio(above.value), records: above.records }
          : ratioOf(above, sum());
      this.#answers.set(one.key, { ...found, year: one.year, missing });
    }
    await this.#join('plan');
  }

  async #join(joins: 'hashes' | 'plan'): Promise<void> {
    if (this.#joins !== joins) await joinBy(this.#tx, joins);
    this.#joins = joins;
  }

  #askedOf(question: Question, key: string): Asked {
    const indicator = must(this.#vocabulary.indicators.get(question.indicator), 'a declared indicator');
    const { measure } = indicator;
    const own = { question, key, indicator };
    return measure.kind === 'ratio'
      ? { ...own, top: this.#counted(measure.numerator), below: this.#counted(measure.denominator) }
      : { ...own, top: measure, below: null };
  }

  #counted(id: string): Counted {
    const { measure } = must(this.#vocabulary.indicators.get(id), 'a declared indicator');
    if (measure.kind === 'ratio') throw new Error(`${id}: a ratio of ratios`);
    return measure;
  }

  #selection({ question, indicator }: Asked, year: number | null): Selection {
    const { notAfter } = question;
    const last = year === null && notAfter !== undefined ? yearPeriod(notAfter).until : null;
    // Of a year that had not begun on the day of the statement all is meant that has been recorded since.
    const isAhead = year !== null && this.#published !== null && year > partsOf(this.#published).year;
    return selectionOf({ question, indicator, year, published: isAhead ? null : (this.#published ?? last) });
  }

  /** The year of each question; undefined where none is said and no record stands. */
  async #years(asked: readonly Asked[]): Promise<(number | undefined)[]> {
    const open = asked.filter(({ question }) => question.year === 'latest');
    const found = await this.#newest(
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

  async #sums(requests: readonly Request[]): Promise<Sum[]> {
    return this.#answered(requests, sumIn, (left) => sumsOf(this.#tx, left));
  }

  async #newest(requests: readonly (Request & { readonly year: YearMeant })[]): Promise<Newest[]> {
    return this.#answered(requests, newestIn, (left) => newestOf(this.#tx, left));
  }

  /** Each request answered from the records that are read, the others by the database, all in their order. */
  async #answered<One extends Request, Answered>(
    requests: readonly One[],
    fromRecords: (records: readonly MeasuredRecord[], one: One) => Answered,
    fromDatabase: (left: readonly One[]) => Promise<Answered[]>,
  ): Promise<Answered[]> {
    const found = [];
    for (const one of requests) {
      const records = await this.#recordsOf(one.measure, one.selection);
      found.push({ one, answer: records === undefined ? null : { of: fromRecords(records, one) } });
    }
    const open = found.filter(({ answer }) => answer === null).map(({ one }) => one);
    if (open.length > 0) await this.#join('plan');
    const rest = (open.length === 0 ? [] : await fromDatabase(open)).values();
    return found.map(({ answer }) => answer?.of ?? must(rest.next().value, 'an answer of the database'));
  }

  /** What a measure looks at among the records of the province; undefined where there are too many to be read. */
  async #recordsOf(
    measure: Counted,
    { provinceId }: Selection,
  ): Promise<readonly MeasuredRecord[] | undefined> {
    const { view } = measure;
    const read = await this.#view(provinceId, view);
    if (read.records === undefined) return undefined;
    const measureKey = JSON.stringify(measure);
    const measured = read.measured.get(measureKey) ?? measuredIn(read.records, measure);
    read.measured.set(measureKey, measured);
    return measured;
  }

  #view(provinceId: number, view: string): Promise<ReadRecords> {
    const key = `${provinceId} ${view}`;
    const read = this.#read.get(key) ?? this.#readView(provinceId, view);
    this.#read.set(key, read);
    return read;
  }

  /** Reads a view, unless it was read just now by somebody of the same scope and nothing was committed since. */
  async #readView(provinceId: number, view: string): Promise<ReadRecords> {
    const columns = this.#columns(view);
    this.#snapshot ??= snapshotOf(this.#tx);
    const snapshot = await this.#snapshot;
    const key = JSON.stringify([this.#scope, provinceId, view, columns, this.#most]);
    const before = lately.get(key);
    if (before !== undefined && snapshot !== null && before.snapshot === snapshot) return before;
    await this.#join(before?.records === undefined ? 'plan' : 'hashes');
    const records = await listSlim(this.#tx, { provinceId, view, columns, most: this.#most });
    const read = {
      scope: this.#scope,
      provinceId,
      view,
      snapshot,
      records,
      measured: new Map<string, readonly MeasuredRecord[]>(),
    };
    lately.delete(key);
    lately.set(key, read);
    for (const oldest of [...lately.keys()].slice(0, -mostKept)) lately.delete(oldest);
    return read;
  }

  /** The columns of a view by which figures are measured, narrowed and told apart. */
  #columns(view: string): string[] {
    const { indicators, columns } = this.#vocabulary;
    const found = new Set<string>();
    for (const { measure, narrowedBy } of indicators.values()) {
      const counted =
        measure.kind === 'ratio'
          ? [this.#counted(measure.numerator), this.#counted(measure.denominator)]
          : [measure];
      for (const one of counted.filter((part) => part.view === view)) {
        for (const column of [one.column, ...Object.keys(one.where)]) found.add(column);
        if (one.kind === 'count') found.add(one.distinct);
        for (const id of narrowedBy) found.add(must(columns.get(id), `the column of ${id}`));
      }
    }
    return [...found];
  }

  /** Values that the statement names as examples but that no record holds. */
  async #missing(measure: Counted, selection: Selection, { among }: Question): Promise<string[]> {
    const missing: string[] = [];
    for (const [column, values] of Object.entries(among)) {
      const records = await this.#recordsOf(measure, selection);
      const present = new Set(
        records === undefined
          ? await presentValues(this.#tx, measure, { selection, column })
          : presentIn(records, { selection, column }),
      );
      missing.push(...values.filter((value) => !present.has(value)));
    }
    return missing;
  }
}

const isSameScope = (one: ReaderScope, other: ReaderScope): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

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
    from: firstDay(indicator, period),
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
