import { assert, must } from './result.ts';

declare const rialBrand: unique symbol;

/**
 * A sum of money in whole Iranian rials. Signed, so that differences have a name too; what must not be
 * negative says so where it stands (a `check`, a rule). There is no float on any path to or from it.
 */
export type Rial = bigint & { readonly [rialBrand]: true };

/** A share as an exact fraction, e.g. 25 % is `{ numerator: 25n, denominator: 100n }`. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** Whole rials from a bigint or from a decimal string as it stands on the wire. Throws on anything else. */
export function rial(value: bigint | string): Rial {
  if (typeof value === 'bigint') return value as Rial;
  assert(/^-?\d{1,19}$/.test(value), `not whole rials: ${value.slice(0, 40)}`);
  return BigInt(value) as Rial;
}

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
  const sum = weights.reduce((a, weight) => {
    assert(weight >= 0n, 'a weight below zero');
    return a + weight;
  }, 0n);
  if (whole === 0n) return weights.map(() => zero);
  assert(sum > 0n, 'nobody to share out to');
  const parts = weights.map((weight) => (whole * weight) / sum);
  const remainders = weights.map((weight) => (whole * weight) % sum);
  const left = whole - parts.reduce((a, part) => a + part, 0n);
  const order = weights
    .map((_, index) => index)
    .sort((a, b) => {
      const difference = must(remainders[b], 'index') - must(remainders[a], 'index');
      return difference > 0n ? 1 : difference < 0n ? -1 : a - b;
    });
  for (const index of order.slice(0, Number(left))) parts[index] = must(parts[index], 'index') + 1n;
  return parts.map(rial);
}
