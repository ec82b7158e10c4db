import { latinDigits } from '#kernel/persian.ts';
import { type Ratio, readRatio } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import type { LedFigure } from '../contract.ts';
import type { Figure } from '../figure/figure.ts';
import { type Stated, judge, slipped, statedOf } from '../statement/judgement.ts';
import type { EnglishFigure } from './figure.ts';

/** Words that lead to a published figure, in code points of their text, and what that figure is. */
export type Lead = { readonly start: number; readonly end: number; readonly figure: LedFigure };

const ratio = (text: string): Ratio => must(readRatio(text), 'a decimal string');
const times = (a: Ratio, factor: bigint): Ratio => ({ ...a, numerator: a.numerator * factor });

/** From here on a number without its currency, led to a sum, is that sum; a smaller one counts something beside it. */
const leastSum = 1_000_000n;

const isLarge = ({ numerator, denominator }: Ratio): boolean => numerator >= leastSum * denominator;

/** The figures of a Persian text that stand in the words of a lead, however far they reach beyond them. */
export const figuresOfLead = <Found extends { readonly number: { start: number; end: number } }>(
  figures: readonly Found[],
  { start, end }: Pick<Lead, 'start' | 'end'>,
): Found[] => figures.filter(({ number }) => number.start < end && start < number.end);

export type Differing = { readonly reason: 'Differs' | 'toman' | 'rial'; readonly stated: Stated };

/** What a number in the words of a lead says against the figure behind it; undefined where it says nothing against it. */
function differs(readings: readonly Stated[], { unit, value }: LedFigure): Differing | undefined {
  const record = ratio(value);
  const [stated] = readings;
  if (stated === undefined || readings.some((one) => judge(one, record) !== 'contradicted')) return undefined;
  if (unit === 'rial' && judge(slipped(stated, 'toman_for_rial'), record) === 'supported')
    return { reason: 'rial', stated };
  if (unit === 'rial' && judge(slipped(stated, 'rial_for_toman'), record) === 'supported')
    return { reason: 'toman', stated };
  return { reason: 'Differs', stated };
}

const inBoth = (stated: Stated): Stated[] => [stated, slipped(stated, 'rial_for_toman')];

/** A Persian figure as the unit of a published one reads it; a sum without its currency is read in either. */
function persianIn(figure: Figure, unit: LedFigure['unit']): Stated[] {
  if (!figure.isQuantity) return [];
  const stated = statedOf(figure, unit);
  if (stated !== undefined) return [stated];
  if (unit !== 'rial' || figure.currency !== null || figure.kind === 'percent') return [];
  const bare = statedOf({ ...figure, kind: 'count', baseKind: null }, 'count');
  return bare !== undefined && isLarge(bare.value) ? inBoth(bare) : [];
}

/** A Persian figure in the words of a lead against what it leads to. */
export const persianDiffers = (figure: Figure, led: LedFigure): Differing | undefined =>
  differs(persianIn(figure, led.unit), led);

const statedIn = (figure: EnglishFigure, unit: LedFigure['unit']): Stated[] => {
  const { approx, value, lastDigit, kind, rials } = figure;
  const said = { approx, upper: null, value, lastDigit };
  if (unit === 'rial' && rials !== null)
    return [{ ...said, value: times(value, rials), lastDigit: times(lastDigit, rials) }];
  if (unit === 'rial') return kind === 'count' && isLarge(value) ? inBoth(said) : [];
  return kind === unit ? [said] : [];
};

/** An English figure in the words of a lead against what it leads to. */
export const englishDiffers = (figure: EnglishFigure, led: LedFigure): Differing | undefined =>
  differs(statedIn(figure, led.unit), led);

export type Original = {
  readonly figures: readonly Figure[];
  readonly text: string;
  /** The figures that the text leads to. */
  readonly led: readonly LedFigure[];
  /** The years that its date tells, in both calendars. */
  readonly years: readonly string[];
};

const gregorian = [621, 622] as const;

const ratiosOf = (...values: readonly (string | null)[]): Ratio[] =>
  values.flatMap((value) => (value === null ? [] : [ratio(value)]));

const kindOf = ({ baseKind, kind }: Figure): string => baseKind ?? kind;

/** All that a figure of the Persian text may be called in another: each end of a range, each number of a reference. */
function readingsOf(figure: Figure, { kind, rials }: EnglishFigure): Ratio[] {
  const own = kindOf(figure);
  if (kind === 'percent') {
    const points = statedOf(figure, 'percent');
    return points === undefined ? [] : [points.value, ...(points.upper === null ? [] : [points.upper])];
  }
  if (rials !== null && figure.valueRial === null)
    return own === 'money' ? ratiosOf(figure.value, figure.upper).map((value) => times(value, rials)) : [];
  if (rials !== null) return ratiosOf(figure.valueRial, figure.upperRial);
  const dates = figure.date?.match(/\d+/g) ?? [];
  const years = dates.filter((part) => part.length === 4).map(Number);
  return [
    ...ratiosOf(figure.value, figure.upper, figure.alternative, ...figure.also, ...dates),
    ...ratiosOf(figure.valueRial, figure.upperRial),
    ...years.flatMap((year) => gregorian.map((more) => ratio(String(year + more)))),
  ];
}

/**
 * Whether a number of the English text stands in the Persian one too, to its last digit, or is what one of the figures
 * is to which the text leads. Which of them it is, no rule tells: that is the writer's part.
 */
export function stands(figure: EnglishFigure, { figures, text, led, years }: Original): boolean {
  const { value, lastDigit, rials, bare } = figure;
  const factor = rials ?? 1n;
  const exact: Stated = {
    approx: 'exact',
    upper: null,
    value: times(value, factor),
    lastDigit: times(lastDigit, factor),
  };
  if (figures.some((one) => readingsOf(one, figure).some((said) => judge(exact, said) === 'supported')))
    return true;
  if (bare !== null && (years.includes(bare) || digitRuns(text).has(bare))) return true;
  return led.some((one) =>
    statedIn(figure, one.unit).some((stated) => judge(stated, ratio(one.value)) === 'supported'),
  );
}

/**
 * Whether what a tag counts is said in the text too, or is what one of the figures is to which the text leads: a tag is
 * no sentence, and the records alone cannot tell what it speaks of.
 */
export function isRepeated(tag: Figure, { figures, led }: Pick<Original, 'figures' | 'led'>): boolean {
  if (!tag.isQuantity || !/^(?:money|percent|count|range)$/.test(tag.kind)) return true;
  const said = ratio(tag.valueRial ?? tag.value);
  const alike = figures.filter((one) => kindOf(one) === kindOf(tag));
  return (
    alike.some((one) =>
      [one.valueRial ?? one.value, one.upperRial ?? one.upper].some(
        (value) => value !== null && judge(exactly(said, tag), ratio(value)) === 'supported',
      ),
    ) ||
    led.some((one) =>
      persianIn(tag, one.unit).some((stated) => judge(stated, ratio(one.value)) === 'supported'),
    )
  );
}

const exactly = (value: Ratio, { lastDigit, currency, valueRial }: Figure): Stated => ({
  approx: 'exact',
  upper: null,
  value,
  lastDigit: times(ratio(lastDigit), valueRial !== null && currency === 'تومان' ? 10n : 1n),
});

/** What is printed in digits, whatever it means: a telephone, a code. */
const digitRuns = (text: string): ReadonlySet<string> => new Set(latinDigits(text).match(/\d+/g) ?? []);
