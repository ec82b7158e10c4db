import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../contract.ts';
import { restOf, standingOfAll, standingOfRest } from './rules.ts';

const names = [
  'amount',
  'reserve',
  'available',
  'open',
  'locked',
  'reserved',
  'referred',
  'contracted',
  'paid',
  'repaid',
  'handedBack',
  'sliced',
  'referredSoFar',
  'contractedSoFar',
  'paidSoFar',
  'reportedNotConfirmed',
] as const satisfies readonly (keyof Standing)[];

const sums = fc.bigInt(0n, 10n ** 15n).map(String);
const standings: fc.Arbitrary<Standing> = fc.record({
  amount: sums,
  reserve: sums,
  available: sums,
  open: sums,
  locked: sums,
  reserved: sums,
  referred: sums,
  contracted: sums,
  paid: sums,
  repaid: sums,
  handedBack: sums,
  sliced: sums,
  referredSoFar: sums,
  contractedSoFar: sums,
  paidSoFar: sums,
  reportedNotConfirmed: sums,
});

describe('a slice and its parts', () => {
  it('add up with the row of the rest, sum by sum', () => {
    fc.assert(
      fc.property(standings, fc.array(standings, { maxLength: 6 }), (slice, parts) => {
        const rest = standingOfRest(slice, parts);
        expect(standingOfAll([...parts, rest])).toEqual(slice);
        for (const name of names)
          expect(parts.reduce((sum, part) => sum + BigInt(part[name]), BigInt(rest[name]))).toBe(
            BigInt(slice[name]),
          );
      }),
    );
  });

  it('leave to be divided what stands open or locked in none of the parts', () => {
    fc.assert(
      fc.property(standings, fc.array(standings, { maxLength: 6 }), (own, parts) => {
        const all = standingOfAll([own, ...parts]);
        const rest = restOf(all, parts);
        expect(rest.open).toBe(BigInt(own.open));
        expect(rest.locked).toBe(BigInt(own.locked));
        expect(rest.all).toBe(BigInt(own.open) + BigInt(own.locked));
      }),
    );
  });
});
