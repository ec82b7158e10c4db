import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rial } from '#kernel/rial.ts';
import { slicingShape } from '../slicing/contract.ts';
import { gapsOf, orderOf, totalOf } from './rules.ts';

const amounts = fc.oneof(fc.bigInt(0n, 10n ** 13n).map(String), fc.constantFrom('', '0', '007'));
const drafts = fc.record({
  rows: fc.uniqueArray(fc.record({ key: fc.stringMatching(/^\d{3}$/), amount: amounts }), {
    selector: ({ key }) => key,
    maxLength: 8,
  }),
  jobTarget: fc.constantFrom('', '0', '120'),
});

test('a draft without gaps is an order that the contract takes, whose parts are its sum and at most what is left', () => {
  fc.assert(
    fc.property(drafts, fc.bigInt(0n, 10n ** 14n).map(rial), (draft, left) => {
      const gaps = gapsOf(draft, left);
      if (gaps.size > 0) {
        const wrong = draft.rows.length === 0 || totalOf(draft) > left;
        expect(
          wrong || draft.rows.some(({ key, amount }) => gaps.has(key) && BigInt(amount || '0') === 0n),
        ).toBe(true);
        return;
      }
      const { amount, by } = slicingShape.omit({ id: true }).parse(orderOf(draft, 'bank'));
      const parts = by.axis === 'county' ? [] : by.parts;
      expect(parts.reduce((sum, part) => sum + BigInt(part.amount), 0n)).toBe(BigInt(amount));
      expect(BigInt(amount) <= left).toBe(true);
    }),
  );
});
