import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  gcd,
  least,
  minus,
  most,
  plus,
  readRatio,
  rial,
  shareOut,
  shareUp,
  toman,
  total,
  writeRatio,
  zero,
} from './rial.ts';

const sums = () => fc.bigInt({ min: 0n, max: 10n ** 18n }).map(rial);
const weights = () => fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 });
const somebody = () => weights().filter((all) => all.some((weight) => weight > 0n));

describe('shareOut', () => {
  it('adds up to the whole', () => {
    fc.assert(fc.property(sums(), somebody(), (whole, all) => total(shareOut(whole, all)) === whole));
  });

  it('gives everyone the exact share, rounded down or up', () => {
    fc.assert(
      fc.property(sums(), somebody(), (whole, all) => {
        const sum = all.reduce((a, b) => a + b, 0n);
        return shareOut(whole, all).every((part, index) => {
          const product = whole * (all[index] ?? 0n);
          return part * sum > product - sum && part * sum < product + sum;
        });
      }),
    );
  });

  it('gives the rials left over to the largest remainders, the earlier first', () => {
    fc.assert(
      fc.property(sums(), somebody(), (whole, all) => {
        const sum = all.reduce((a, b) => a + b, 0n);
        const rows = shareOut(whole, all).map((part, index) => {
          const product = whole * (all[index] ?? 0n);
          return { index, remainder: product % sum, up: part > product / sum };
        });
        return rows.every((up) =>
          rows.every(
            (down) =>
              !up.up ||
              down.up ||
              up.remainder > down.remainder ||
              (up.remainder === down.remainder && up.index < down.index),
          ),
        );
      }),
    );
  });

  it('gives nothing for no weight', () => {
    fc.assert(
      fc.property(sums(), somebody(), (whole, all) =>
        shareOut(whole, all).every((part, index) => all[index] !== 0n || part === 0n),
      ),
    );
  });

  test('ten rials over three equal counties: the first gets the odd one', () => {
    expect(shareOut(rial(10n), [1n, 1n, 1n])).toEqual([4n, 3n, 3n]);
  });

  test('nothing to share out, and nobody to share out to', () => {
    expect(shareOut(zero, [])).toEqual([]);
    expect(shareOut(zero, [0n, 5n])).toEqual([0n, 0n]);
    expect(() => shareOut(rial(1n), [0n, 0n])).toThrow('nobody');
    expect(() => shareOut(rial(1n), [])).toThrow('nobody');
    expect(() => shareOut(rial(-1n), [1n])).toThrow('negative');
    expect(() => shareOut(rial(1n), [2n, -1n])).toThrow('below zero');
  });
});

describe('shareUp', () => {
  it('is the least whole sum that is not below the share', () => {
    fc.assert(
      fc.property(sums(), fc.bigInt(0n, 10_000n), fc.bigInt(1n, 10_000n), (whole, numerator, denominator) => {
        const share = shareUp(whole, { numerator, denominator });
        return share * denominator >= whole * numerator && (share - 1n) * denominator < whole * numerator;
      }),
    );
  });

  test('a quarter of 97 billion toman and one rial locks one rial more than a quarter', () => {
    const quarter = { numerator: 25n, denominator: 100n };
    expect(shareUp(toman(97_000_000_000n), quarter)).toBe(242_500_000_000n);
    expect(shareUp(plus(toman(97_000_000_000n), rial(1n)), quarter)).toBe(242_500_000_001n);
  });
});

describe('rial', () => {
  it('reads what stands on the wire and writes it back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (sum) => rial(String(sum)) === sum),
    );
  });

  test.each(['', '-', '+1', '1.0', '1e3', ' 1', '1\n', '۱', '0x10', '99999999999999999999'])(
    'refuses %j',
    (text) => {
      expect(() => rial(text)).toThrow('not whole rials');
    },
  );

  test('ends where an account ends', () => {
    expect(rial('9223372036854775807')).toBe(9_223_372_036_854_775_807n);
    expect(() => rial('9223372036854775808')).toThrow('more rials');
  });

  test('the smaller, the larger, the difference', () => {
    expect([least(rial(3n), rial(5n)), most(rial(3n), rial(5n)), minus(rial(3n), rial(5n))]).toEqual([
      3n,
      5n,
      -2n,
    ]);
  });
});

describe('fractions', () => {
  it('reads its own whole and decimal notation exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.nat({ max: 12 }), (digits, places) => {
        const sign = digits < 0n ? '-' : '';
        const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
        const written = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
        const ratio = readRatio(sign + written);
        return ratio !== undefined && ratio.numerator * 10n ** BigInt(places) === digits * ratio.denominator;
      }),
    );
  });

  test('writes in lowest terms', () => {
    expect(writeRatio({ numerator: 25n, denominator: 100n })).toBe('1/4');
    expect(writeRatio({ numerator: -6n, denominator: 4n })).toBe('-3/2');
    expect(writeRatio({ numerator: 12n, denominator: 4n })).toBe('3');
    expect(writeRatio({ numerator: 0n, denominator: 7n })).toBe('0');
    expect(gcd(-12n, 18n)).toBe(6n);
  });

  test.each(['', '.5', '5.', '1/2', '1e5', '٤', '1.2.3', '--1'])('does not read %j', (text) => {
    expect(readRatio(text)).toBeUndefined();
  });
});
