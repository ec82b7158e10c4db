import * as fc from 'fast-check';
import { addDays, day } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { Id } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import type { Rial } from '#kernel/rial.ts';

/** Sums from nothing to a whole year's credit of the country, small ones as likely as great ones. */
export const rials = (bounds: { readonly min?: bigint; readonly max?: bigint } = {}): fc.Arbitrary<Rial> => {
  const { min = 0n, max = 10n ** 16n } = bounds;
  return fc
    .oneof(
      fc.bigInt({ min, max: max < min + 20n ? max : min + 20n }),
      fc.bigInt({ min, max: max < min + 10n ** 9n ? max : min + 10n ** 9n }),
      fc.bigInt({ min, max }),
    )
    .map(rial);
};

/** Weights for a division; at least one of them is positive, as `shareOut` asks. */
export const weights = (most = 40): fc.Arbitrary<bigint[]> =>
  fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: most })
    .filter((list) => list.some((weight) => weight > 0n));

const firstDay = day('1390-01-01');

/** Days of the budget years that the programme knows, leap years among them. */
export const days = (): fc.Arbitrary<Day> =>
  fc.integer({ min: 0, max: 20 * 365 }).map((since) => addDays(firstDay, since));

/** `count` new ids, different from one another and from those of every other call. */
export const freshIds = (count: number): Id[] =>
  Array.from({ length: count }, () => newId(Date.parse('2024-09-05T08:30:00Z')));
