import type { Indicator } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import { type Ratio, readRatio } from '#kernel/rial.ts';
import type { Figure } from '../figure/figure.ts';

/**
 * What a stated figure is worth against a record. `far` is true but farther off than five per cent, which the
 * press would call misleading: it is shown as ambiguous.
 */
export type Judgement = 'supported' | 'far' | 'contradicted';

/** A stated figure in the unit of its indicator: rials, percent points or a count; exact fractions. */
export type Stated = {
  readonly value: Ratio;
  readonly upper: Ratio | null;
  /** The worth of the last digit that was printed: «۹۷ میلیارد» is stated to the billion. */
  readonly lastDigit: Ratio;
  readonly approx: Figure['approx'];
  /** «بیش از ۸۵»: not 85 itself. */
  readonly strict?: boolean;
  /** Said so roughly that rounding alone would let too much pass («دو برابر»): it must be near as well. */
  readonly isLoose?: true;
};

const times = (a: Ratio, factor: Ratio): Ratio => ({
  numerator: a.numerator * factor.numerator,
  denominator: a.denominator * factor.denominator,
});
const compare = (a: Ratio, b: Ratio): bigint => a.numerator * b.denominator - b.numerator * a.denominator;
const less = (a: Ratio, b: Ratio): boolean => compare(a, b) < 0n;
const percent = (points: bigint): Ratio => ({ numerator: points, denominator: 100n });

const ratio = (text: string): Ratio => must(readRatio(text), 'a decimal string of the reader');

export const wholeRatio = (value: bigint): Ratio => ({ numerator: value, denominator: 1n });

/**
 * The definition of *supported*: exact — the record rounded (half up) to the last stated digit equals the
 * figure; at least — stated ≤ record < 1.05 × stated; at most — 0.95 × stated < record ≤ stated; about — within
 * five per cent; a range — within its ends, which must not lie farther apart than ten per cent.
 */
export function judge(stated: Stated, record: Ratio): Judgement {
  const { value, upper } = stated;
  if (upper !== null) {
    if (less(record, value) || less(upper, record)) return 'contradicted';
    return less(times(value, percent(110n)), upper) ? 'far' : 'supported';
  }
  switch (stated.approx) {
    case 'exact':
      if (compare(rounded(record, stated.lastDigit), rounded(value, stated.lastDigit)) !== 0n)
        return 'contradicted';
      return stated.isLoose && !isNear(record, value) ? 'far' : 'supported';
    case 'at_least':
      if (less(record, value)) return 'contradicted';
      if (stated.strict === true && compare(record, value) === 0n) return 'far';
      return less(record, times(value, percent(105n))) ? 'supported' : 'far';
    case 'at_most':
      if (less(value, record)) return 'contradicted';
      if (stated.strict === true && compare(record, value) === 0n) return 'far';
      return less(times(value, percent(95n)), record) ? 'supported' : 'far';
    case 'about':
      return isNear(record, value) ? 'supported' : 'contradicted';
  }
}

const isNear = (record: Ratio, value: Ratio): boolean =>
  !less(record, times(value, percent(95n))) && !less(times(value, percent(105n)), record);

/** The multiple of `step` nearest to a number that is not negative, halves up. */
function rounded(value: Ratio, step: Ratio): Ratio {
  const numerator = value.numerator * step.denominator;
  const denominator = value.denominator * step.numerator;
  return times(wholeRatio((2n * numerator + denominator) / (2n * denominator)), step);
}

const strictly = /^(?:بیش|بیشتر|فراتر|افزون|بالای|کمتر|زیر|از مرز)/;

/** Reads the figure into the unit of an indicator; undefined when the figure is of another kind. */
export function statedOf(figure: Figure, unit: 'rial' | 'percent' | 'count'): Stated | undefined {
  const kind = figure.baseKind ?? figure.kind;
  const common = { approx: figure.approx, strict: strictly.test(figure.qualifier?.text ?? '') };
  if (unit === 'rial' && kind === 'money' && figure.valueRial !== null) {
    const scale = figure.currency === 'تومان' ? 10n : 1n;
    return {
      ...common,
      value: ratio(figure.valueRial),
      upper: figure.upperRial === null ? null : ratio(figure.upperRial),
      lastDigit: times(ratio(figure.lastDigit), wholeRatio(scale)),
    };
  }
  if ((unit === 'percent' && kind === 'percent') || (unit === 'count' && kind === 'count'))
    return {
      ...common,
      value: ratio(figure.value),
      upper: figure.upper === null ? null : ratio(figure.upper),
      lastDigit: ratio(figure.lastDigit),
    };
  if (unit === 'percent' && figure.unit === 'کسر')
    return {
      ...common,
      value: times(fractionOf(figure), wholeRatio(100n)),
      upper: null,
      lastDigit: wholeRatio(1n),
    };
  return undefined;
}

/** «دو برابر»: a plain number of times. */
export function multipleOf(figure: Figure): Stated | undefined {
  if (figure.unit !== 'برابر') return undefined;
  return {
    approx: figure.approx,
    value: ratio(figure.value),
    upper: figure.upper === null ? null : ratio(figure.upper),
    lastDigit: ratio(figure.lastDigit),
    isLoose: true,
  };
}

function fractionOf(figure: Figure): Ratio {
  const parts = /^(\d+)\/(\d+)$/.exec(figure.fraction ?? '');
  if (parts === null) return must(readRatio(figure.value), 'a decimal string of the reader');
  return { numerator: BigInt(must(parts[1], 'above')), denominator: BigInt(must(parts[2], 'below')) };
}

/** A rial read as a toman or the other way round: the same figure ten times larger or smaller. */
export function slipped(stated: Stated, slip: 'toman_for_rial' | 'rial_for_toman'): Stated {
  const factor = slip === 'toman_for_rial' ? { numerator: 1n, denominator: 10n } : wholeRatio(10n);
  return {
    ...stated,
    value: times(stated.value, factor),
    upper: stated.upper === null ? null : times(stated.upper, factor),
    lastDigit: times(stated.lastDigit, factor),
  };
}

/** A decimal string, rounded half up to at most `places` places and without trailing zeros. */
export function decimalOf(value: Ratio, places: number): string {
  const scale = 10n ** BigInt(places);
  const negative = value.numerator < 0n;
  const size = negative ? -value.numerator : value.numerator;
  const digits = (2n * size * scale + value.denominator) / (2n * value.denominator);
  const text = digits.toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const part = text.slice(text.length - places).replace(/0+$/, '');
  return `${negative && digits > 0n ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`;
}

/** A value as reports tell it: rials and counts whole, a percentage to two places. */
export const textOf = (value: Ratio, unit: Indicator['unit']): string =>
  decimalOf(value, unit === 'percent' ? 2 : 0);
