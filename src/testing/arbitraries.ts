import * as fc from 'fast-check';
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

/** `count` new ids, different from one another and from those of every other call. */
export const freshIds = (count: number): Id[] =>
  Array.from({ length: count }, () => newId(Date.parse('2024-09-05T08:30:00Z')));
