import { assert, must } from './result.ts';

declare const rialBrand: unique symbol;

/**
 * A sum of money in whole Iranian rials. Signed, so that differences have a name too; what must not be
 * negative says so where it stands (a `check`, a rule). There is no float on any path to or from it.
 */
export type Rial = bigint & { readonly [rialBrand]: true };

/** An exact fraction, e.g. 25 % is `{ numerator: 25n, denominator: 100n }`. The denominator is positive. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** The range of PostgreSQL's `bigint`: what the ledger cannot hold is not a sum of money. */
const largest = 9_223_372_036_854_775_807n;

/** Whole rials from a bigint or from a decimal string as it stands on the wire. Throws on anything else. */
export function rial(value: bigint | string): Rial;
export function rial(value: bigint | string): bigint {
  if (typeof value === 'bigint') return value;
  assert(/^-?\d{1,19}$/.test(value), `not whole rials: ${value.slice(0, 40)}`);
  const sum = BigInt(value);
  assert(sum <= largest && sum >= -largest, `more rials than an account can hold: ${value}`);
  return sum;
}

/** Whether so many rials can stand in an account: products of what was typed may be beyond it. */
export const fits = (sum: bigint): boolean => sum <= largest && sum >= -largest;
export const largestSum: Rial = rial(largest);

export const zero: Rial = rial(0n);

export const plus = (a: Rial, b: Rial): Rial => rial(a + b);
export const minus = (a: Rial, b: Rial): Rial => rial(a - b);
export const total = (sums: readonly Rial[]): Rial => sums.reduce(plus, zero);
export const least = (a: Rial, b: Rial): Rial => (a < b ? a : b);
export const most = (a: Rial, b: Rial): Rial => (a > b ? a : b);
export const isPositive = (sum: Rial): boolean => sum > 0n;

export const toman = (tomans: bigint): Rial => rial(tomans * 10n);

/** The share of a whole, rounded up to the rial: what L3 locks at the root of a credit line. */
export function shareUp(whole: Rial, share: Ratio): Rial {
  assert(whole >= 0n && share.numerator >= 0n && share.denominator > 0n, 'a share of a negative sum');
  return rial((whole * share.numerator + share.denominator - 1n) / share.denominator);
}

/**
 * Divides `whole` in proportion to `weights`, exactly: the parts add up to the whole to the rial
 * (method of the largest remainder, Hamilton; equal remainders go to the earlier part).
 * Weights are whole and not negative, and at least one is positive unless the whole is zero.
 */
export function shareOut(whole: Rial, weights: readonly bigint[]): Rial[] {
  assert(whole >= 0n, 'cannot share out a negative sum');
  let sum = 0n;
  for (const weight of weights) {
    assert(weight >= 0n, 'a weight below zero');
    sum += weight;
  }
  if (whole === 0n) return weights.map(() => zero);
  assert(sum > 0n, 'nobody to share out to');
  let left: bigint = whole;
  const parts: Rial[] = [];
  const remainders: { readonly index: number; readonly remainder: bigint }[] = [];
  for (const [index, weight] of weights.entries()) {
    const product = whole * weight;
    const part = product / sum;
    const remainder = product - part * sum;
    parts.push(rial(part));
    left -= part;
    if (remainder > 0n) remainders.push({ index, remainder });
  }
  if (left === 0n) return parts;
  // The remainders add up to `left` times the sum, and each is smaller than the sum: more of them than `left`.
  remainders.sort((a, b) =>
    a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : a.index - b.index,
  );
  for (const { index } of remainders) {
    if (left === 0n) break;
    parts[index] = rial(must(parts[index], 'a part for each weight') + 1n);
    left -= 1n;
  }
  assert(left === 0n, 'the parts do not add up to the whole');
  return parts;
}

/**
 * The double nearest to a whole number. Only for a filter that decides by a proven margin and asks the exact
 * arithmetic where the margin does not suffice; a sum never comes back from it unless it was exact.
 */
export const nearestDouble = (value: bigint): number => Number(value);

export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** An exact number from its decimal notation, `44.25` or `-3`; undefined when the text is something else. */
export function readRatio(text: string): Ratio | undefined {
  const found = /^(-?\d{1,40})(?:\.(\d{1,40}))?$/.exec(text);
  if (!found) return undefined;
  const decimals = found[2] ?? '';
  return { numerator: BigInt(`${found[1]}${decimals}`), denominator: 10n ** BigInt(decimals.length) };
}

/** An exact fraction in lowest terms as text: `7/3`, or `2` when it is whole. */
export function writeRatio({ numerator, denominator }: Ratio): string {
  assert(denominator > 0n, 'a fraction needs a positive denominator');
  const common = gcd(numerator, denominator);
  return denominator === common ? `${numerator / common}` : `${numerator / common}/${denominator / common}`;
}
