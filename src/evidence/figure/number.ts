import { type Decimal, isLess, plus, printed, ratio, shift, times, whole } from './decimal.ts';
import type { Literal } from './literal.ts';
import { HALVES, type Rank } from './numeral.ts';
import type { Token } from './token.ts';

/** A number read from the tokens `[from, next)`. */
export type NumberRead = {
  readonly value: Decimal;
  readonly next: number;
  /** The last scale, and the number before it: what «از ۵ تا ۱۰ میلیارد» shares with its lower end. */
  readonly scales: readonly { readonly power: number; readonly mantissa: Decimal }[];
  /** The highest power of ten named by a scale word, 0 without one. */
  readonly power: number;
  /** The digits as printed, when the number is one literal. */
  readonly literal: Literal | undefined;
  /** «چهارم» or «چهارمین». */
  readonly ordinal: 'no' | 'after' | 'before';
  /** Exact form of a fraction whose decimal form is rounded or that is no scaled number. */
  readonly fraction: string | null;
  /** The word itself when the number is one word («یک», «نه», «نیم»), which may mean something else. */
  readonly word: string | null;
  /** The power of ten of the last digit that is printed: 9 for «۹۷ میلیارد», 8 for «۹۷٫۴ میلیارد». */
  readonly last: number;
};

type Tokens = readonly Token[];

const isLink = (token: Token | undefined, link: string): boolean => token?.entry?.link === link;

const simple = (value: Decimal, next: number, more: Partial<NumberRead> = {}): NumberRead => ({
  value,
  next,
  scales: [],
  power: 0,
  literal: undefined,
  ordinal: 'no',
  fraction: null,
  word: null,
  last: -value.places,
  ...more,
});

const HALF: Decimal = { digits: 5n, places: 1 };

// A number of several pieces is neither one literal nor one word.
const lone = { literal: undefined, word: null } as const;

/** A number at `at` in words, digits or a mixture, or undefined when none begins there. */
export function readNumber(tokens: Tokens, at: number): NumberRead | undefined {
  const fraction = readFraction(tokens, at);
  if (fraction !== undefined) return withBigScale(tokens, fraction) ?? fraction;
  const first = readScaled(tokens, at);
  if (first === undefined || first.ordinal !== 'no') return first;
  return continued(tokens, first);
}

/** «یک میلیون و ۳۲۰ هزار»: further groups, each below the scale before it. */
function continued(tokens: Tokens, first: NumberRead): NumberRead {
  let sum = first;
  let power = lastPower(first);
  while (power >= 6) {
    const and = isLink(tokens[sum.next], 'and');
    const half = and && tokens[sum.next + 1]?.entry?.half === true && !isScale(tokens[sum.next + 2]);
    if (half) {
      return { ...sum, value: plus(sum.value, shift(HALF, power)), next: sum.next + 2, last: power - 1 };
    }
    const group = readScaled(tokens, and ? sum.next + 1 : sum.next);
    if (group === undefined || group.ordinal !== 'no' || group.literal?.date !== undefined) break;
    if (!isLess(group.value, shift(whole(1n), power))) break;
    if (group.power === 0 && (!and || !isRest(tokens, group))) break;
    sum = { ...sum, ...lone, value: plus(sum.value, group.value), next: group.next, last: group.last };
    power = lastPower(group);
  }
  return sum;
}

const lastPower = (read: NumberRead): number => read.scales.at(-1)?.power ?? 0;

/** After millions, what has no scale of its own («و ۲۰ درصد») is the rest of the number or another one. */
function isRest(tokens: Tokens, group: NumberRead): boolean {
  if (group.value.places > 0) return false;
  const after = tokens[group.next];
  if (after?.entry?.unit?.kind === 'percent') return false;
  return after?.text !== '٪' && after?.text !== '%';
}

const isScale = (token: Token | undefined): boolean => token?.entry?.scale !== undefined;

/** A group below a million with the big scales that multiply the whole of it: «هزار و ۸۷۰ میلیارد». */
function readScaled(tokens: Tokens, at: number): NumberRead | undefined {
  const group = readThousands(tokens, at);
  if (group === undefined || group.ordinal !== 'no') return group;
  return withBigScale(tokens, group) ?? group;
}

function withBigScale(tokens: Tokens, group: NumberRead): NumberRead | undefined {
  let next = group.next;
  let power = 0;
  for (let scale = tokens[next]?.entry?.scale; scale !== undefined; scale = tokens[next]?.entry?.scale) {
    if (next > group.next + 2) break;
    power += scale;
    next += 1;
  }
  if (power === 0) return undefined;
  const value = shift(group.value, power);
  const inner = group.scales.at(-1);
  const bareScale = group.scales.length === 1 && inner?.mantissa !== undefined && isExactly(group, inner);
  const scales = [
    ...(bareScale && inner !== undefined ? [{ power: inner.power + power, mantissa: inner.mantissa }] : []),
    { power, mantissa: group.value },
  ];
  return {
    ...group,
    ...lone,
    value,
    next,
    scales,
    power: power + group.power,
    fraction: null,
    last: group.last + power,
  };
}

const isExactly = (group: NumberRead, scale: { power: number; mantissa: Decimal }): boolean =>
  !isLess(shift(scale.mantissa, scale.power), group.value);

/** «هزار», «۷ هزار», «۷ هزار و ۱۰۹», or a number below a thousand. */
function readThousands(tokens: Tokens, at: number): NumberRead | undefined {
  const bare = tokens[at]?.entry?.scale === 3 && tokens[at]?.text === 'هزار';
  const small = bare ? simple(whole(1n), at) : readSmall(tokens, at);
  if (small === undefined || small.ordinal !== 'no') return small;
  const scale = tokens[small.next];
  if (scale?.text === 'هزارمین' && !bare) {
    return simple(shift(small.value, 3), small.next + 1, { ordinal: 'before' });
  }
  if (scale?.entry?.scale !== 3) return small;
  const scaled: NumberRead = simple(shift(small.value, 3), small.next + 1, {
    power: 3,
    scales: bare ? [] : [{ power: 3, mantissa: small.value }],
    last: small.last + 3,
  });
  if (scale.text !== 'هزار') return scaled;
  return withRest(tokens, scaled);
}

function withRest(tokens: Tokens, scaled: NumberRead): NumberRead {
  const and = isLink(tokens[scaled.next], 'and');
  const at = and ? scaled.next + 1 : scaled.next;
  if (and && tokens[at]?.entry?.half === true && !isScale(tokens[at + 1])) {
    return { ...scaled, value: plus(scaled.value, whole(500n)), next: at + 1, last: 2 };
  }
  const rest = readSmall(tokens, at);
  if (rest === undefined || rest.value.places > 0 || rest.literal?.date !== undefined) return scaled;
  if (!isLess(rest.value, whole(1000n)) || tokens[rest.next]?.entry?.scale === 3) return scaled;
  // Without «و», three bare digits still belong to the thousands before them: «۲ هزار ۳۵۷ نفر».
  if (!and && !(rest.literal?.digits.length === 3 || tokens[at]?.joined)) return scaled;
  const value = plus(scaled.value, rest.value);
  return { ...scaled, value, next: rest.next, ordinal: rest.ordinal, last: rest.last };
}

/** A literal, or words below a thousand, with «و نیم», «و ۷ دهم» and «ممیز ۷». */
function readSmall(tokens: Tokens, at: number): NumberRead | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.entry?.half === true) {
    return token.text === 'نیم' ? simple({ digits: 5n, places: 1 }, at + 1, { word: 'نیم' }) : undefined;
  }
  const read = token.kind === 'number' ? readLiteral(tokens, at) : readWords(tokens, at);
  if (read === undefined || read.ordinal !== 'no' || read.literal?.date !== undefined) return read;
  return withPart(tokens, read);
}

function withPart(tokens: Tokens, read: NumberRead): NumberRead {
  const link = tokens[read.next];
  const after = tokens[read.next + 1];
  if (isLink(link, 'and') && after?.entry?.half === true && read.value.places === 0) {
    return { ...read, ...lone, value: plus(read.value, HALF), next: read.next + 2, last: -1 };
  }
  const point = isLink(link, 'point');
  if (!point && !isLink(link, 'and')) return read;
  const part =
    after?.kind === 'number' ? literalNumber(after, read.next + 1) : readWords(tokens, read.next + 1);
  if (part === undefined || part.ordinal !== 'no' || part.value.places > 0) return read;
  const power = tenth(tokens[part.next]);
  if (power === undefined && !point) return read;
  const digits = part.literal?.digits ?? part.value.digits.toString();
  const places = power ?? digits.length;
  const value = plus(read.value, { digits: part.value.digits, places });
  return { ...read, ...lone, value, next: power === undefined ? part.next : part.next + 1, last: -places };
}

const TENTHS: ReadonlyMap<string, number> = new Map([
  ['دهم', 1],
  ['صدم', 2],
  ['هزارم', 3],
]);

const tenth = (token: Token | undefined): number | undefined =>
  token?.kind === 'word' ? TENTHS.get(token.text) : undefined;

const literalNumber = (token: Token, at: number): NumberRead | undefined =>
  token.literal === undefined || token.literal.digits.length > 40
    ? undefined
    : simple(printed(token.literal.digits, token.literal.part), at + 1, { literal: token.literal });

const ORDINAL_SUFFIX = new Set(['م', 'ام', 'مین', 'امین', 'ین']);

function readLiteral(tokens: Tokens, at: number): NumberRead | undefined {
  const token = tokens[at];
  const read = token === undefined ? undefined : literalNumber(token, at);
  const suffix = tokens[at + 1];
  if (read === undefined || suffix?.kind !== 'word' || !ORDINAL_SUFFIX.has(suffix.text)) return read;
  if (!suffix.joined && suffix.text.length < 2) return read;
  return {
    ...read,
    next: at + 2,
    literal: undefined,
    ordinal: suffix.text.endsWith('ین') ? 'before' : 'after',
  };
}

/** «صد و بیست و یک», «بیست و یکم»: number words that descend in rank, joined by «و» or a half-space. */
function readWords(tokens: Tokens, start: number): NumberRead | undefined {
  let at = start;
  let value = 0;
  let last: Rank | 5 = 5;
  let next = start;
  for (;;) {
    const token = tokens[at];
    const ordinal = token?.entry?.ordinal;
    if (ordinal !== undefined && token !== undefined && follows(ordinal.rank, last)) {
      const place = ordinal.before ? 'before' : 'after';
      return simple(whole(BigInt(value + ordinal.value)), at + 1, {
        ordinal: place,
        word: only(tokens, start, at),
      });
    }
    const numeral = token?.entry?.numeral;
    if (numeral === undefined || !follows(numeral.rank, last)) break;
    value += numeral.value;
    last = numeral.rank;
    next = at + 1;
    if (numeral.rank === 1 && tokens[next]?.text === 'صد' && value < 10 && value > 0) {
      value *= 100;
      last = 4;
      next += 1;
    }
    const and = isLink(tokens[next], 'and');
    const digits = tokens[next + 1];
    if (and && last === 4 && digits?.kind === 'number' && digits.text.length <= 2 && isPlain(digits)) {
      const rest = printed(digits.text, '');
      return simple(plus(whole(BigInt(value)), rest), next + 2);
    }
    if (!and && !tokens[next]?.joined) break;
    at = and ? next + 1 : next;
  }
  if (next === start) return undefined;
  return suffixed(tokens, simple(whole(BigInt(value)), next, { word: only(tokens, start, next - 1) }));
}

const isPlain = (token: Token): boolean => token.literal?.part === '' && token.literal.date === undefined;
const only = (tokens: Tokens, start: number, last: number): string | null =>
  start === last ? (tokens[start]?.text ?? null) : null;

/** Hundreds, then tens or ten to nineteen, then ones; after tens only ones. */
function follows(rank: Rank, last: Rank | 5): boolean {
  if (last === 5) return true;
  if (rank === 0 || last <= 2) return false;
  return last === 3 ? rank === 1 : rank < last;
}

/** «سی‌ام»، «سی ام»: the ordinal ending printed apart. */
function suffixed(tokens: Tokens, read: NumberRead): NumberRead {
  const suffix = tokens[read.next];
  if (suffix?.text !== 'ام' && suffix?.text !== 'امین') return read;
  if (tokens[read.next - 1]?.text !== 'سی' && !suffix.joined) return read;
  return { ...read, next: read.next + 1, ordinal: suffix.text === 'ام' ? 'after' : 'before' };
}

/** «یک‌چهارم»، «دو سوم»، «۷ دهم»: a cardinal above an ordinal. */
function readFraction(tokens: Tokens, at: number): NumberRead | undefined {
  const token = tokens[at];
  if (token !== undefined && HALVES.includes(token.text)) {
    return simple(HALF, at + 1, { fraction: '1/2', word: token.text });
  }
  if (token === undefined || (token.kind !== 'number' && token.entry?.numeral === undefined))
    return undefined;
  const above = token.kind === 'number' ? literalNumber(token, at) : readWords(tokens, at);
  if (above === undefined || above.ordinal !== 'no' || above.value.places > 0) return undefined;
  const below = tokens[above.next];
  const ordinal = below?.entry?.ordinal;
  if (
    below === undefined ||
    ordinal === undefined ||
    ordinal.before ||
    below.text === 'اول' ||
    below.text === 'نخست'
  )
    return undefined;
  if (tokens[above.next + 1]?.entry?.month !== undefined) return undefined;
  const numerator = above.value.digits;
  const denominator = BigInt(ordinal.value);
  const decimal = tenth(below) !== undefined;
  if (numerator <= 0n || numerator >= denominator || (!decimal && (denominator > 10n || numerator > 9n)))
    return undefined;
  const value = ratio(numerator, denominator);
  return simple(value, above.next + 1, {
    fraction: `${numerator}/${denominator}`,
    last: -(tenth(below) ?? 12),
  });
}

/** The power of ten of a scale that is printed once, after the upper number, and holds for the lower too. */
export function sharedScale(lower: NumberRead, upper: NumberRead): number {
  const shared = upper.scales.find(
    ({ power, mantissa }) => lower.power < power && isLess(lower.value, mantissa),
  );
  return shared?.power ?? 0;
}

export const negative = (value: Decimal): Decimal => times(value, -1n);
