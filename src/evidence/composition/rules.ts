import { mixedNumber, persianDigits } from '#kernel/persian.ts';
import type { Ratio } from '#kernel/rial.ts';

/** What a sentence needs to be said: the value of the record, and the names of what it is about. */
export type Sayable = {
  readonly unit: 'rial' | 'percent' | 'count';
  /** Rials, percent points or a count, exact. */
  readonly value: Ratio;
  readonly year: number;
  readonly province: string;
  readonly county: string | null;
  /** Slots of the indicator's sentence with the Persian name of the value they are narrowed to. */
  readonly names: Readonly<Record<string, string>>;
};

const billion = 10_000_000_000n;
const half = (numerator: bigint, denominator: bigint): bigint =>
  (2n * numerator + denominator) / (2n * denominator);

/** «۹٫۷»: a number of tenths, without an empty one. */
const tenthsText = (tenths: bigint): string =>
  persianDigits(tenths % 10n === 0n ? (tenths / 10n).toString() : `${tenths / 10n}٫${tenths % 10n}`);

/**
 * The ways to print a sum, the most telling first; each is true of it by the definition of «supported». «بیش از»
 * is said only where the record is less than five per cent above: from twenty-one billions on.
 */
function moneyTexts(rials: bigint): string[] {
  const texts: string[] = [];
  const whole = rials / billion;
  if (rials % billion === 0n && whole > 0n) texts.push(`${persianDigits(whole.toString())} میلیارد تومان`);
  else if (whole >= 21n) texts.push(`بیش از ${persianDigits(whole.toString())} میلیارد تومان`);
  else if (rials >= billion) texts.push(`${tenthsText(half(rials * 10n, billion))} میلیارد تومان`);
  if (rials % 10n === 0n) texts.push(`${mixedNumber(rials / 10n)} تومان`);
  return [...texts, `${mixedNumber(rials)} ریال`];
}

function valueTexts({ unit, value }: Sayable): string[] {
  const { numerator, denominator } = value;
  switch (unit) {
    case 'rial':
      return moneyTexts(numerator / denominator);
    case 'percent':
      return [`${tenthsText(half(numerator * 10n, denominator))} درصد`];
    case 'count':
      return [persianDigits((numerator / denominator).toString()), mixedNumber(numerator / denominator)];
  }
}

/** A slot of a pattern: `{slot}` must be filled; `{before|slot|after}` stands with its words only where it is. */
const slotPattern = /\{(?:([^{}|]*)\|)?(\w+)(?:\|([^{}|]*))?\}/g;

/**
 * The sentences that say a figure by the pattern of its indicator, the best first. Undefined when the pattern has a
 * slot that must be filled and is not, or when something narrows the figure that the pattern does not say.
 */
export function sentencesOf(pattern: string, sayable: Sayable): string[] | undefined {
  const filled: Readonly<Record<string, string>> = {
    ...sayable.names,
    ...(sayable.county === null ? {} : { county: sayable.county }),
    where: sayable.county === null ? `استان ${sayable.province}` : `شهرستان ${sayable.county}`,
    year: persianDigits(String(sayable.year)),
    province: sayable.province,
  };
  const slots = [...pattern.matchAll(slotPattern)].map(([, before, slot = '']) => ({
    slot,
    isFree: before !== undefined,
  }));
  const says = (name: string): boolean => slots.some(({ slot }) => slot === name);
  if (sayable.county !== null && !says('county') && !says('where')) return undefined;
  if (Object.keys(sayable.names).some((name) => !says(name))) return undefined;
  if (slots.some(({ slot, isFree }) => !isFree && slot !== 'value' && filled[slot] === undefined))
    return undefined;
  return valueTexts(sayable).map((value) =>
    pattern.replace(slotPattern, (_, before: string = '', slot: string, after: string = '') => {
      const word = slot === 'value' ? value : filled[slot];
      return word === undefined ? '' : `${before}${word}${after}`;
    }),
  );
}
