import type { Bilingual } from '#kernel/indicator.ts';
import { groupedDigits, moneyForPeople, persianDigits, typedNumber } from '#kernel/persian.ts';
import { assert } from '#kernel/result.ts';

/**
 * How sums, shares and days are written on the screens, in both languages. Pure; money is bigint from the
 * wire to the letter, and a rounded sum is only ever a reading aid beside the exact one.
 */
export type Language = 'fa' | 'en';

/** Rials as they stand on the wire: a decimal string of whole rials. */
export type WireRial = string;

const wire = /^-?\d{1,19}$/;

export function rialsOf(value: WireRial | bigint): bigint {
  if (typeof value === 'bigint') return value;
  assert(wire.test(value), `not whole rials: ${value.slice(0, 40)}`);
  return BigInt(value);
}

export const digits = (text: string | number | bigint, language: Language): string =>
  language === 'fa' ? persianDigits(String(text)) : String(text);

const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value);

/** A whole number with separators: «۱٬۲۶۴» or «1,264». The minus sign stands before it in both directions. */
export function grouped(value: bigint | number, language: Language): string {
  const whole = BigInt(value);
  if (language === 'fa') return groupedDigits(whole).replace('\u200e-', '\u200e−');
  const text = sizeOf(whole)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',');
  return whole < 0n ? `\u200e−${text}` : text;
}

/** `numerator / 10^decimals` in plain notation, exactly: `decimal(2435n, 2)` is `24.35`. */
function decimal(scaled: bigint, decimals: number, language: Language): string {
  const size = sizeOf(scaled)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = grouped(BigInt(size.slice(0, size.length - decimals)), language);
  const part = decimals === 0 ? '' : size.slice(size.length - decimals);
  const point = language === 'fa' ? '٫' : '.';
  const text = part === '' ? whole : `${whole}${point}${digits(part, language)}`;
  return scaled < 0n ? `\u200e−${text}` : text;
}

/** `dividend / divisor` in units of 10^-decimals, rounded half away from zero. */
function rounded(dividend: bigint, divisor: bigint, decimals: number): bigint {
  const scaled = sizeOf(dividend) * 10n ** BigInt(decimals);
  const size = (scaled * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -size : size;
}

export type MoneyUnit = 'billion_toman' | 'million_toman' | 'thousand_toman' | 'toman' | 'rial';

const unitRials: Readonly<Record<MoneyUnit, bigint>> = {
  billion_toman: 10n ** 10n,
  million_toman: 10n ** 7n,
  thousand_toman: 10n ** 4n,
  toman: 10n,
  rial: 1n,
};

export const unitWords: Readonly<Record<MoneyUnit, Bilingual>> = {
  billion_toman: { fa: 'میلیارد تومان', en: 'billion toman' },
  million_toman: { fa: 'میلیون تومان', en: 'million toman' },
  thousand_toman: { fa: 'هزار تومان', en: 'thousand toman' },
  toman: { fa: 'تومان', en: 'toman' },
  rial: { fa: 'ریال', en: 'rial' },
};

const unitsDown: readonly MoneyUnit[] = ['billion_toman', 'million_toman', 'thousand_toman', 'toman', 'rial'];

/** «۱۲٬۵۰۰٬۰۰۰٬۰۰۰ ریال»: the exact sum, for titles, details and exports. */
export const exactRials = (rials: bigint, language: Language): string =>
  `${grouped(rials, language)} ${unitWords.rial[language]}`;

/** «۱۲٫۵ میلیارد تومان»: a sum for people, two decimals at most; a reading aid, see `exactRials`. */
export function moneyText(rials: bigint, language: Language): string {
  if (language === 'fa') return moneyForPeople(rials, 2).replace('\u200e-', '\u200e−');
  const size = sizeOf(rials);
  if (size < 10_000n)
    return size % 10n === 0n
      ? moneyIn(rials, { unit: 'toman', decimals: 0 }, 'en', true)
      : exactRials(rials, 'en');
  const fits = unitsDown.find((unit) => size >= unitRials[unit]) ?? 'rial';
  const full = fits !== 'billion_toman' && rounded(size, unitRials[fits], 2) >= 100_000n;
  const unit = full ? (unitsDown[unitsDown.indexOf(fits) - 1] ?? fits) : fits;
  const text = decimal(rounded(rials, unitRials[unit], 2), 2, 'en').replace(/\.?0+$/, '');
  return `${text} ${unitWords[unit].en}`;
}

/** A unit and a number of decimals in which every sum of a column is exact, so that a reader can add it up. */
export type MoneyScale = { readonly unit: MoneyUnit; readonly decimals: 0 | 1 | 2 | 3 };

const decimalsAllowed = [0, 1, 2, 3] as const;

/**
 * The largest unit in which all the sums are exact with at most three decimals and in which the largest is
 * at least one. A column of sums is never rounded.
 */
export function moneyScale(sums: readonly (WireRial | bigint)[]): MoneyScale {
  const rials = sums.map(rialsOf);
  const largest = rials.reduce((most, sum) => (sizeOf(sum) > most ? sizeOf(sum) : most), 0n);
  for (const unit of unitsDown) {
    if (largest < unitRials[unit]) continue;
    const decimals = decimalsAllowed.find((count) =>
      rials.every((sum) => (sum * 10n ** BigInt(count)) % unitRials[unit] === 0n),
    );
    if (decimals !== undefined) return { unit, decimals };
  }
  return { unit: 'rial', decimals: 0 };
}

/** The largest unit of which the largest of the sums has one. */
export function largestUnit(sums: readonly bigint[]): MoneyUnit {
  const largest = sums.reduce((most, sum) => (sizeOf(sum) > most ? sizeOf(sum) : most), 0n);
  return unitsDown.find((unit) => largest >= unitRials[unit]) ?? 'rial';
}

/** A sum rounded to a tenth of a unit, without its words: in a chart, where the exact one stands beside it. */
export const moneyAbout = (rials: bigint, unit: MoneyUnit, language: Language): string =>
  decimal(rounded(rials, unitRials[unit], 1), 1, language);

const isExactIn = (rials: bigint, { unit, decimals }: MoneyScale): boolean =>
  (rials * 10n ** BigInt(decimals)) % unitRials[unit] === 0n;

/** A sum in its column's unit, without the unit's words; one that is not exact there in rials, which it names. */
export const moneyInColumn = (rials: bigint, scale: MoneyScale, language: Language): string =>
  isExactIn(rials, scale) ? moneyIn(rials, scale, language) : exactRials(rials, language);

/** A sum in a given unit with fixed decimals, exact or else an error; `withUnit` adds the unit's words. */
export function moneyIn(rials: bigint, scale: MoneyScale, language: Language, withUnit = false): string {
  assert(isExactIn(rials, scale), `${rials} rials are not exact in ${scale.unit}`);
  const scaled = rials * 10n ** BigInt(scale.decimals);
  const text = decimal(scaled / unitRials[scale.unit], scale.decimals, language);
  return withUnit ? `${text} ${unitWords[scale.unit][language]}` : text;
}

/** The share `part / whole` in percent with fixed decimals, rounded half away from zero: «۴۰٪». */
export function percentText(part: bigint, whole: bigint, language: Language, decimals = 0): string {
  if (whole === 0n) return '—';
  const sign = whole < 0n ? -1n : 1n;
  return percentOf(
    decimal(rounded(part * sign * 100n, whole * sign, decimals), decimals, language),
    language,
  );
}

export const percentOf = (number: string, language: Language): string =>
  language === 'fa' ? `${number}٪` : `${number}%`;

/** Percent points as they stand on the wire: «۷٫۳۵٪» or «7.35%». */
export const pointsOf = (points: string, language: Language): string =>
  language === 'fa' ? `${persianDigits(points.replace('.', '٫'))}٪` : `${points}%`;

/** Whole percent points of `part` in `whole`, rounded half away from zero. */
export const percentPoints = (part: bigint, whole: bigint): bigint =>
  whole === 0n ? 0n : rounded(part * 100n, whole, 0);

/** A width for CSS, `13.4521%`: only lengths on the screen are made of it. */
export function widthOf(part: bigint, whole: bigint): string {
  if (whole <= 0n || part <= 0n) return '0%';
  const share = part > whole ? whole : part;
  return `${decimal(rounded(share * 100n, whole, 4), 4, 'en')}%`;
}

/** The share of a length in thousandths, for drawing only. */
export const partOfLength = (part: bigint, whole: bigint, length: number): number =>
  whole <= 0n ? 0 : (Number((part * 1_000_000n) / whole) / 1_000_000) * length;

const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;
const zone = 'Asia/Tehran';
const calendar: Readonly<Record<Language, string>> = { fa: 'fa-IR-u-ca-persian', en: 'en-u-ca-persian' };

function partsOf(
  instant: Date,
  language: Language,
  options: Intl.DateTimeFormatOptions,
): Map<string, string> {
  const parts = new Intl.DateTimeFormat(calendar[language], options).formatToParts(instant);
  return new Map(parts.map(({ type, value }) => [type, value]));
}

function noonOf(iso: string): Date {
  assert(isoDay.test(iso), `not an ISO day: ${iso.slice(0, 20)}`);
  return new Date(`${iso}T12:00:00Z`);
}

export type DayStyle = 'long' | 'weekday' | 'short' | 'numeric';

/**
 * An ISO day in the Iranian calendar. `long` «۱۵ دی ۱۴۰۲», `weekday` «جمعه ۱۵ دی ۱۴۰۲», `short` «۱۵ دی»,
 * `numeric` «۱۴۰۲/۱۰/۱۵». Built from parts: the ready-made order of fa-IR is wrong in full dates.
 */
export function dayText(iso: string, language: Language, style: DayStyle = 'long'): string {
  const numeric = style === 'numeric';
  const parts = partsOf(noonOf(iso), language, {
    timeZone: 'UTC',
    weekday: 'long',
    year: 'numeric',
    month: numeric ? '2-digit' : 'long',
    day: numeric ? '2-digit' : 'numeric',
  });
  const at = (type: string): string => parts.get(type) ?? '';
  if (numeric) return `${at('year')}/${at('month')}/${at('day')}`;
  const short = `${at('day')} ${at('month')}`;
  if (style === 'short') return short;
  return style === 'weekday' ? `${at('weekday')} ${short} ${at('year')}` : `${short} ${at('year')}`;
}

/** The same day in the Gregorian calendar, for titles: «5 January 2024». */
export const gregorianText = (iso: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'fa' ? 'fa-IR-u-ca-gregory' : 'en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  }).format(noonOf(iso));

/** An instant as a clerk writes it, at Tehran's clock: «شنبه ۲ دی ۱۴۰۲، ۲۱:۱۴». */
export function instantText(instant: string, language: Language): string {
  const parts = partsOf(new Date(instant), language, {
    timeZone: zone,
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const at = (type: string): string => parts.get(type) ?? '';
  const comma = language === 'fa' ? '،' : ',';
  return `${at('weekday')} ${at('day')} ${at('month')} ${at('year')}${comma} ${at('hour')}:${at('minute')}`;
}

const scaleOfWord: ReadonlyMap<string, bigint> = new Map([
  ['', 1n],
  ['هزار', 10n ** 3n],
  ['thousand', 10n ** 3n],
  ['میلیون', 10n ** 6n],
  ['ملیون', 10n ** 6n],
  ['million', 10n ** 6n],
  ['میلیارد', 10n ** 9n],
  ['ملیارد', 10n ** 9n],
  ['billion', 10n ** 9n],
  ['هزار میلیارد', 10n ** 12n],
  ['همت', 10n ** 12n],
]);

/**
 * What a person typed in a money field, in toman: «۲۵۰٬۰۰۰٬۰۰۰», «12.5 billion», «۱۲٫۵ میلیارد تومان».
 * Answers whole rials, or undefined when it is no such sum (half a rial included).
 */
export function typedToman(text: string): bigint | undefined {
  const [, number = '', words = ''] = /^([^\p{L}]*)(.*)$/su.exec(text.trim()) ?? [];
  const said = words
    .replace(/\s*(?:تومان|تومن|toman)$/u, '')
    .replace(/\s+/g, ' ')
    .trim();
  const scale = scaleOfWord.get(said);
  const plain = typedNumber(number.trim());
  if (scale === undefined || plain === undefined || plain.startsWith('-')) return undefined;
  const [whole = '0', part = ''] = plain.split('.');
  const tenths = BigInt(whole + part) * scale * 10n;
  const divisor = 10n ** BigInt(part.length);
  return tenths % divisor === 0n ? tenths / divisor : undefined;
}

/** A whole number typed in any of the three scripts, or undefined. */
export function typedWhole(text: string): bigint | undefined {
  const plain = typedNumber(text);
  return plain === undefined || plain.includes('.') ? undefined : BigInt(plain);
}
