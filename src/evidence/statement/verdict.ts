import type { Indicator } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import { type Ratio, readRatio } from '#kernel/rial.ts';
import type { Verdict } from '../contract.ts';
import type { Figure } from '../figure/figure.ts';
import type { Bound, Question, Reading, Unbound } from './binding.ts';
import type { Claim } from './claim.ts';
import { type Judgement, type Stated, decimalOf, judge, multipleOf, slipped, statedOf } from './judgement.ts';

/** What the records answer to a question. `year` is the year that was taken. */
export type Answer = {
  readonly value: Ratio;
  readonly records: number;
  readonly year: number;
  /** Named values that no record holds («در رستهٔ …»). */
  readonly missing: readonly string[];
};

export type Answers = (question: Question) => Answer | undefined;

/** Why a figure has its verdict, as data; `words.ts` makes the sentence. */
export type Reason =
  | { readonly kind: 'Unbound'; readonly why: Unbound }
  | { readonly kind: 'Matches'; readonly approx: Figure['approx'] }
  | { readonly kind: 'TrueButFar' }
  | { readonly kind: 'Differs' }
  | { readonly kind: 'RialTomanSlip'; readonly right: 'rial' | 'toman' }
  | { readonly kind: 'OtherStage'; readonly indicator: string }
  | { readonly kind: 'NoRecords' }
  | { readonly kind: 'NoBase'; readonly year: number }
  | { readonly kind: 'TwoReadings'; readonly indicators: readonly string[] }
  | { readonly kind: 'TwoNumbers'; readonly other: string }
  | { readonly kind: 'UnknownNarrowing'; readonly word: string }
  | { readonly kind: 'ProgrammeNotNamed' }
  | { readonly kind: 'PlaceOpen'; readonly place: string }
  | { readonly kind: 'Missing'; readonly values: readonly string[] }
  | { readonly kind: 'Denied' }
  | { readonly kind: 'Condition' }
  /** The reader sees only part of the records that the sentence speaks of. */
  | { readonly kind: 'OutsideScope' }
  | {
      readonly kind: 'Promised';
      readonly soFar: readonly { readonly indicator: string; readonly value: Ratio }[];
    };

export type Finding = {
  readonly figure: Figure;
  readonly verdict: Verdict;
  readonly indicator: Indicator | null;
  /** Of `stated` and `actual`: a growth is in percent points whatever the indicator's unit. */
  readonly unit: Indicator['unit'] | null;
  readonly stated: string | null;
  readonly actual: string | null;
  /** The year that the records were asked for; `guessed` when the statement does not say it. */
  readonly year: { readonly year: number; readonly guessed: boolean } | null;
  readonly reason: Reason;
  /** The records behind the figure, to be opened; null where there are none. */
  readonly question: Question | null;
};

/** All that deciding one figure may ask of the records, so that it can be loaded before the decision. */
export function questionsOf(bound: Bound, indicators: ReadonlyMap<string, Indicator>): Question[] {
  if (!bound.ok) return [];
  return bound.readings.flatMap(({ question }) => [
    question,
    ...siblingsOf(question, indicators),
    ...bound.indicator.progress.map((indicator) => ({
      ...question,
      indicator,
      narrow: programmeOnly(question),
    })),
  ]);
}

/** The base of a change is asked once the year of the level is known. */
export const baseOf = (reading: Reading, year: number): Question | undefined =>
  reading.kind === 'level' ? undefined : { ...reading.question, year: reading.baseYear ?? year - 1 };

/** The same money at another stage: the mix-up that the press makes most. */
function siblingsOf(question: Question, indicators: ReadonlyMap<string, Indicator>): Question[] {
  const asked = must(indicators.get(question.indicator), 'a declared indicator');
  const columns = Object.keys(question.narrow);
  return [...indicators.values()]
    .filter((one) => one.id !== asked.id && one.unit === asked.unit && one.verbs.length > 0)
    .filter((one) => one.place === 'either' || one.place === asked.place)
    .filter((one) => columns.every((column) => one.narrowedBy.includes(column)))
    .map((one) => ({ ...question, indicator: one.id }));
}

const programmeOnly = (question: Question): Question['narrow'] =>
  question.narrow['programme'] === undefined ? {} : { programme: question.narrow['programme'] };

type Order = {
  readonly figure: Figure;
  readonly claim: Claim | undefined;
  readonly bound: Bound | undefined;
  readonly answers: Answers;
  readonly indicators: ReadonlyMap<string, Indicator>;
  /** Whether the reader may see only part of the records of a question. */
  readonly isHidden: (question: Question) => boolean;
};

/** Decides one figure. Pure: the records are loaded before. */
export function decide(order: Order): Finding {
  const { figure, claim, bound } = order;
  const none = {
    figure,
    indicator: null,
    unit: null,
    stated: plainOf(figure),
    actual: null,
    year: null,
    question: null,
  };
  if (claim === undefined || bound === undefined)
    return { ...none, verdict: 'not_a_claim', reason: { kind: 'Unbound', why: { kind: 'NotAQuantity' } } };
  if (claim.mood === 'promise') return promised(order, none);
  if (!bound.ok) return { ...none, verdict: 'no_record', reason: { kind: 'Unbound', why: bound.why } };
  const tries = bound.readings.map((reading) => tryReading(order, reading));
  const first = must(tries[0], 'a bound claim has a reading');
  const hidden = tries.find(({ reason }) => reason.kind === 'OutsideScope');
  if (hidden !== undefined) return hidden;
  if (tries.every((one) => one.verdict === 'no_record')) return first;
  const answered = tries.filter((one) => one.verdict !== 'no_record');
  const best = must(answered[0], 'an answered reading');
  const isSplit = answered.some((one) => one.verdict !== best.verdict);
  // What is claimed twice («معرفی و پرداخت شد») is not half supported by the records of one deed.
  // Nor is what may be of either of two years («از اعتبار سال ۱۴۰۱ در سال ۱۴۰۲») half supported by one of them.
  const isOpen = claim.deeds.length > 1 || claim.times.filter(({ year }) => year.kind === 'year').length > 1;
  const isPartly = answered.length < tries.length && best.verdict === 'supported' && isOpen;
  if (isSplit || isPartly)
    return {
      ...best,
      verdict: 'ambiguous',
      reason: {
        kind: 'TwoReadings',
        indicators: answered.map((one) => must(one.indicator, 'a bound finding').id),
      },
    };
  const { openPlace } = bound;
  // Of a county the records do not hold it: the sum of the province neither bears it out nor refutes a part of it.
  if (openPlace !== null && (best.verdict === 'supported' || mayBePart(best)))
    return { ...best, verdict: 'ambiguous', reason: { kind: 'PlaceOpen', place: openPlace } };
  return hedge(claim, best);
}

/** Even a matching figure is not supported where the sentence itself leaves a doubt about what it says. */
function hedge(claim: Claim, finding: Finding): Finding {
  const doubt = (reason: Reason): Finding => ({ ...finding, verdict: 'ambiguous', reason });
  if (claim.mood === 'denied') return doubt({ kind: 'Denied' });
  if (claim.mood === 'condition') return doubt({ kind: 'Condition' });
  const { narrowing } = claim;
  if (narrowing !== null && !isClear(finding, narrowing.surely)) {
    const reason = { kind: 'UnknownNarrowing', word: narrowing.word } as const;
    // A figure of something else is not contradicted by the records of the whole.
    return finding.verdict === 'supported' || !narrowing.surely
      ? doubt(reason)
      : { ...finding, verdict: 'no_record', actual: null, question: null, year: null, reason };
  }
  const named = claim.mentions.some((mention) => mention.dimension === 'programme');
  const isOfAll = !named && finding.indicator?.narrowedBy.includes('programme') === true;
  // The rate of one programme is no part of the mean of all, and may be above it.
  const isOfOne = mayBePart(finding) || finding.indicator?.rateWords !== undefined;
  if (isOfAll && finding.reason.kind === 'Differs' && isOfOne) return doubt({ kind: 'ProgrammeNotNamed' });
  if (finding.verdict !== 'supported') return finding;
  if (claim.figure.alternative !== null)
    return doubt({ kind: 'TwoNumbers', other: claim.figure.alternative });
  return isOfAll ? doubt({ kind: 'ProgrammeNotNamed' }) : finding;
}

/** Less than the records of all programmes together may be the figure of one of them. */
function mayBePart({ unit, stated, actual }: Finding): boolean {
  const [said, record] = [readRatio(stated ?? ''), readRatio(actual ?? '')];
  if (unit === 'percent' || said === undefined || record === undefined) return false;
  return said.numerator * record.denominator < record.numerator * said.denominator;
}

/** A slip of the unit or of the stage tells what is meant, whatever stray word stands around it. */
const isClear = ({ reason }: Finding, surely: boolean): boolean =>
  !surely && (reason.kind === 'RialTomanSlip' || reason.kind === 'OtherStage');

function promised(
  { claim, bound, answers, isHidden }: Order,
  none: Omit<Finding, 'verdict' | 'reason'>,
): Finding {
  if (claim === undefined || bound?.ok !== true || bound.readings.some((one) => isHidden(one.question)))
    return { ...none, verdict: 'promise', reason: { kind: 'Promised', soFar: [] } };
  const reading = must(bound.readings[0], 'a bound claim has a reading');
  const soFar = bound.indicator.progress.flatMap((indicator) => {
    const question = { ...reading.question, indicator, narrow: programmeOnly(reading.question) };
    const answer = answers(question);
    return answer === undefined ? [] : [{ indicator, value: answer.value }];
  });
  const answer = answers(reading.question);
  const stated = statedOf(claim.figure, bound.indicator.unit);
  return {
    ...none,
    verdict: 'promise',
    indicator: bound.indicator,
    unit: bound.indicator.unit,
    stated: stated === undefined ? none.stated : decimalOf(stated.value, 6),
    actual: answer === undefined ? null : decimalOf(answer.value, 4),
    year: answer === undefined ? null : yearTaken(reading.question, answer),
    reason: { kind: 'Promised', soFar },
    question: reading.question,
  };
}

const yearTaken = (question: Question, answer: Answer) => ({
  year: answer.year,
  guessed: question.year === 'latest',
});

function tryReading(order: Order, reading: Reading): Finding {
  const { figure, answers, indicators } = order;
  const { question } = reading;
  const indicator = must(indicators.get(question.indicator), 'a declared indicator');
  const unit = unitOf(reading, indicator);
  const stated = reading.kind === 'multiple' ? multipleOf(figure) : statedOf(figure, unit);
  const found = { figure, indicator, unit, stated: plainOf(figure), actual: null, year: null, question };
  const answer = answers(question);
  if (order.isHidden(question))
    return { ...found, question: null, verdict: 'no_record', reason: { kind: 'OutsideScope' } };
  if (stated === undefined || answer === undefined || answer.records === 0)
    return { ...found, question: null, verdict: 'no_record', reason: { kind: 'NoRecords' } };
  const year = yearTaken(question, answer);
  if (answer.missing.length > 0)
    return { ...found, year, verdict: 'contradicted', reason: { kind: 'Missing', values: answer.missing } };
  const level = levelOf(reading, answer, answers);
  if (level === undefined) {
    const base = must(baseOf(reading, answer.year), 'a change has a base');
    return {
      ...found,
      year,
      verdict: 'no_record',
      reason: { kind: 'NoBase', year: base.year === 'latest' ? answer.year - 1 : base.year },
    };
  }
  const shown = {
    ...found,
    year,
    stated: decimalOf(stated.value, 6),
    actual: decimalOf(level, unit === 'percent' || reading.kind === 'multiple' ? 4 : 0),
  };
  const judgement = judge(stated, level);
  return {
    ...shown,
    verdict: verdictOf(judgement),
    reason: reasonOf(order, { stated, level, judgement, question, reading }),
  };
}

/** A growth is in percent points and a multiple a plain number, whatever grew. */
function unitOf(reading: Reading, indicator: Indicator): Indicator['unit'] {
  if (reading.kind === 'growth') return 'percent';
  return reading.kind === 'multiple' ? 'count' : indicator.unit;
}

function verdictOf(judgement: Judgement): Verdict {
  return judgement === 'far' ? 'ambiguous' : judgement;
}

/** The level itself, its growth in percent points, or its difference; undefined when the base has no records. */
function levelOf(reading: Reading, answer: Answer, answers: Answers): Ratio | undefined {
  if (reading.kind === 'level') return answer.value;
  const base = answers(must(baseOf(reading, answer.year), 'a change has a base'));
  if (base === undefined || base.records === 0 || base.value.numerator <= 0n) return undefined;
  const risen = {
    numerator:
      answer.value.numerator * base.value.denominator - base.value.numerator * answer.value.denominator,
    denominator: answer.value.denominator * base.value.denominator,
  };
  if (reading.kind === 'multiple')
    return {
      numerator: answer.value.numerator * base.value.denominator,
      denominator: answer.value.denominator * base.value.numerator,
    };
  const change = reading.direction === 'rise' ? risen : { ...risen, numerator: -risen.numerator };
  if (reading.kind === 'difference') return change;
  return {
    numerator: change.numerator * base.value.denominator * 100n,
    denominator: change.denominator * base.value.numerator,
  };
}

type Judged = {
  readonly stated: Stated;
  readonly level: Ratio;
  readonly judgement: Judgement;
  readonly question: Question;
  readonly reading: Reading;
};

function reasonOf(order: Order, { stated, level, judgement, question, reading }: Judged): Reason {
  if (judgement === 'supported') return { kind: 'Matches', approx: stated.approx };
  if (judgement === 'far') return { kind: 'TrueButFar' };
  const isMoney = order.figure.valueRial !== null;
  if (isMoney && judge(slipped(stated, 'toman_for_rial'), level) === 'supported')
    return { kind: 'RialTomanSlip', right: 'rial' };
  if (isMoney && judge(slipped(stated, 'rial_for_toman'), level) === 'supported')
    return { kind: 'RialTomanSlip', right: 'toman' };
  if (reading.kind === 'level')
    for (const sibling of siblingsOf(question, order.indicators)) {
      const other = order.answers(sibling);
      if (other !== undefined && other.records > 0 && judge(stated, other.value) === 'supported')
        return { kind: 'OtherStage', indicator: sibling.indicator };
    }
  return { kind: 'Differs' };
}

/** The figure in the unit of the wire: rials for money, the plain number otherwise. */
const plainOf = (figure: Figure): string => figure.valueRial ?? figure.value;
