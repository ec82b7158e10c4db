import { describe, expect, it } from 'vitest';
import { type Division, divideByFilter, divideExactly } from './division.ts';

const many = (seed: number): Division => {
  let state = seed;
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const exact = Array.from({ length: 200 }, () => BigInt(10 ** random(6) + random(1000)));
  const amount = BigInt(random(1_000_000)) * 1_000_000n + BigInt(random(999_983));
  const even = amount / 200n;
  return {
    amount,
    unit: random(2) === 0 ? 1n : 1_000_000n,
    scores: {
      exact: (part) => exact[part] ?? 0n,
      near: Float64Array.from(exact, (score) => Number(score) / 7),
      roundings: 2,
    },
    floors: exact.map(() => (even * BigInt(random(90))) / 100n),
    caps: exact.map(() => (even * BigInt(150 + random(2000))) / 100n),
    adjustments: exact.map(() => (random(10) === 0 ? BigInt(random(2000) - 1000) : 0n)),
  };
};

describe('the filter', () => {
  it('answers as the whole numbers do, and nearly always answers', () => {
    let answered = 0;
    for (let seed = 1; seed <= 150; seed += 1) {
      const division = many(seed);
      const parts = divideByFilter(division);
      if (parts === undefined) continue;
      answered += 1;
      expect(parts).toEqual(divideExactly(division).parts);
    }
    expect(answered).toBeGreaterThan(135);
  });

  it('asks the whole numbers where doubles cannot tell', () => {
    // 2/3 and 2/3 + 10⁻²⁵ differ in no double: the remainder decides, and the larger is not the earlier.
    const exact = [2n * 10n ** 25n, 2n * 10n ** 25n + 3n, 2n * 10n ** 25n - 3n];
    const division: Division = {
      amount: 2n,
      unit: 1n,
      scores: { exact: (part) => exact[part] ?? 0n, near: Float64Array.from([2, 2, 2]), roundings: 1 },
      floors: [0n, 0n, 0n],
      caps: [2n, 2n, 2n],
      adjustments: [0n, 0n, 0n],
    };
    expect(divideByFilter(division)).toEqual([1n, 1n, 0n]);
    expect(divideExactly(division).parts).toEqual([1n, 1n, 0n]);
    expect(divideByFilter({ ...division, amount: 1n, caps: [1n, 1n, 1n] })).toEqual([0n, 1n, 0n]);
  });

  const off = 2 ** -51;

  it('does not take a part for free that stands on its cap', () => {
    // The shares are 15 and 17; the doubles put the first a hair below its cap of 15.
    const exact = [15n, 17n];
    const division: Division = {
      amount: 32n,
      unit: 10n,
      scores: {
        exact: (part) => exact[part] ?? 0n,
        near: Float64Array.from([15 * (1 - off), 17 * (1 + off)]),
        roundings: 4,
      },
      floors: [0n, 0n],
      caps: [15n, 32n],
      adjustments: [0n, 0n],
    };
    expect(divideByFilter(division)).toBeUndefined();
    expect(divideExactly(division).parts).toEqual([15n, 17n]);
  });

  it('does not round up what lies a third of a rial below a unit', () => {
    const third = 2n ** 50n;
    const division: Division = {
      amount: third * 3n - 1n,
      unit: 2n ** 20n,
      scores: { exact: () => 1n, near: Float64Array.from([1, 1 - off, 1 + off]), roundings: 4 },
      floors: [0n, 0n, 0n],
      caps: [third * 2n, third * 2n, third * 2n],
      adjustments: [0n, 0n, 0n],
    };
    expect(divideByFilter(division)).toEqual([third, third, third - 1n]);
    expect(divideExactly(division).parts).toEqual([third, third, third - 1n]);
  });
});
