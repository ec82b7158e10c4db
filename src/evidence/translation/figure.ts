import { latinDigits } from '#kernel/persian.ts';
import { type Ratio, readRatio } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';

/** A number of an English text with its unit. `start` and `end` count Unicode code points, `end` is exclusive. */
export type EnglishFigure = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: 'money' | 'percent' | 'count';
  /** In the unit that was written: tomans or rials, percent points, or what is counted. */
  readonly value: Ratio;
  /** The worth of the last digit that was written: «97 billion» is said to the billion. */
  readonly lastDigit: Ratio;
  readonly approx: 'exact' | 'about' | 'at_least' | 'at_most';
  /** How many rials one of its unit is; null for what is not money. */
  readonly rials: bigint | null;
  /** The digits alone where nothing else makes the number: a year, a telephone, a code. */
  readonly bare: string | null;
};

const words: Readonly<Record<string, bigint>> = {
  zero: 0n,
  one: 1n,
  two: 2n,
  three: 3n,
  four: 4n,
  five: 5n,
  six: 6n,
  seven: 7n,
  eight: 8n,
  nine: 9n,
  ten: 10n,
  eleven: 11n,
  twelve: 12n,
  thirteen: 13n,
  fourteen: 14n,
  fifteen: 15n,
  sixteen: 16n,
  seventeen: 17n,
  eighteen: 18n,
  nineteen: 19n,
  twenty: 20n,
  thirty: 30n,
  forty: 40n,
  fifty: 50n,
  sixty: 60n,
  seventy: 70n,
  eighty: 80n,
  ninety: 90n,
};
const scales: Readonly<Record<string, number>> = {
  hundred: 2,
  thousand: 3,
  k: 3,
  million: 6,
  mn: 6,
  m: 6,
  milliard: 9,
  billion: 9,
  bn: 9,
  b: 9,
  trillion: 12,
  tn: 12,
};

const anyOf = (names: readonly string[]): string => `(?:${names.join('|')})(?!\\p{L})`;
const tens = anyOf(Object.keys(words).filter((name) => name.endsWith('ty')));
const word = anyOf(Object.keys(words));
const scale = String.raw`(?:hundred|thousand|milliard|million|billion|trillion)(?!\p{L})`;
const digits = String.raw`\d+(?:[,٬'’\s]\d{3}(?!\d))*(?:[.٫]\d+)?`;
// A scale that is written short stands right behind its number.
const inDigits = String.raw`${digits}(?:\s?(?:bn|mn|tn|[mkb])(?![\p{L}\d]))?`;
const inWords = String.raw`(?:${tens}[\s-]+)?${word}|a\s+(?=${scale})`;
const raised = String.raw`(?:[\s-]*${scale})`;
// «97 billion 400 million», «two hundred and five»: another number goes on only behind a scale, one in digits before one.
const going = String.raw`(?:\s+and\s+|[\s-]+)(?:${digits}${raised}+|(?:${inWords})${raised}*)`;
const number = String.raw`(?:${inDigits}|${inWords})(?:${raised}+(?:${going}(?<=${scale}))*(?:${going})?)?`;
const percent = String.raw`\s*[%٪]|[\s-]+per\s?cent(?:age)?(?:\s+points?)?(?!\p{L})`;
const money = String.raw`[\s-]+(?:Iranian\s+)?(?:tomans?|tumans?|IRT|rials?|riyals?|IRR)(?!\p{L})`;
const figure = new RegExp(
  String.raw`(?<![\p{L}\d])(?:(IRR|IRT)\s*)?(${number})(${percent}|${money})?`,
  'giu',
);

const cues = [
  ['at_least', /\b(?:more than|over|above|exceeding|at least|upwards of)\s+$/i],
  ['at_most', /\b(?:less than|fewer than|under|below|up to|at most)\s+$/i],
  ['about', /\b(?:about|around|nearly|almost|some|roughly|approximately|close to)\s+$/i],
] as const;

const months =
  'january|february|march|april|may|june|july|august|september|october|november|december|farvardin|ordibehesht|khordad|tir|mordad|shahrivar|mehr|aban|azar|dey|bahman|esfand';
const monthBefore = new RegExp(String.raw`(?<!\p{L})(?:${months})\s+$`, 'iu');
const monthAfter = new RegExp(String.raw`^(?:st|nd|rd|th)?(?:\s+of)?\s+(?:${months})(?!\p{L})`, 'iu');

const scaleOf = (name: string): bigint => 10n ** BigInt(scales[name] ?? 0);

type Sum = { value: Ratio; lastDigit: Ratio };

const whole = (value: bigint): Ratio => ({ numerator: value, denominator: 1n });
const times = (a: Ratio, factor: bigint): Ratio => ({ ...a, numerator: a.numerator * factor });
const plus = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

/** «two hundred and five thousand», «97 billion 400 million», «1,264»: what the words and digits add up to. */
function sumOf(text: string): Sum {
  let done = whole(0n);
  let open = whole(0n);
  let step = whole(1n);
  const pieces = text.toLowerCase().matchAll(new RegExp(String.raw`${digits}|\p{L}+`, 'gu'));
  for (const [piece] of pieces) {
    if (/^\d/.test(piece)) {
      const plain = piece.replace(/[,٬'’\s]/g, '').replace('٫', '.');
      const places = plain.split('.')[1]?.length ?? 0;
      open = plus(open, must(readRatio(plain), 'a plain decimal'));
      step = { numerator: 1n, denominator: 10n ** BigInt(places) };
    } else if (words[piece] !== undefined) {
      open = plus(open, whole(words[piece]));
      step = whole(1n);
    } else if (scales[piece] !== undefined) {
      const factor = scaleOf(piece);
      // A scale without a number before it raises what stands («thousand billion»), or is one of it («a million»).
      if (open.numerator === 0n && done.numerator !== 0n) done = times(done, factor);
      else if (piece === 'hundred') open = times(open.numerator === 0n ? whole(1n) : open, factor);
      else {
        done = plus(done, times(open.numerator === 0n ? whole(1n) : open, factor));
        open = whole(0n);
      }
      step = times(step, factor);
    }
  }
  return { value: plus(done, open), lastDigit: step };
}

const unitOf = (before: string, after: string): Pick<EnglishFigure, 'kind' | 'rials'> => {
  const unit = `${before} ${after}`.toLowerCase();
  if (/%|٪|cent/.test(unit)) return { kind: 'percent', rials: null };
  if (/toman|tuman|irt/.test(unit)) return { kind: 'money', rials: 10n };
  return /ri(?:al|yal)|irr/.test(unit) ? { kind: 'money', rials: 1n } : { kind: 'count', rials: null };
};

/** How many code points stand before a UTF-16 unit of a text. */
const pointsBefore = (text: string, unit: number): number => Array.from(text.slice(0, unit)).length;

/** Every number of an English text, in digits of three scripts or in words. «one» alone counts nothing, and a day of a month neither. */
export function englishFigures(given: string): EnglishFigure[] {
  const text = latinDigits(given);
  const found: EnglishFigure[] = [];
  for (const match of text.matchAll(figure)) {
    const [all, before = '', said = '', after = ''] = match;
    const { kind, rials } = unitOf(before, after);
    const head = text.slice(Math.max(0, match.index - 40), match.index);
    const rest = text.slice(match.index + all.length);
    if (kind === 'count' && /^one$/i.test(said)) continue;
    if (kind === 'count' && /^\d{1,2}$/.test(said) && (monthBefore.test(head) || monthAfter.test(rest)))
      continue;
    const { value, lastDigit } = sumOf(said);
    found.push({
      start: pointsBefore(text, match.index),
      end: pointsBefore(text, match.index + all.length),
      text: given.slice(match.index, match.index + all.length),
      kind,
      value,
      lastDigit,
      approx: cues.find(([, cue]) => cue.test(head))?.[0] ?? 'exact',
      rials,
      bare: kind === 'count' && /^\d+$/.test(said) ? said : null,
    });
  }
  return found;
}
