import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { kinshipOf, kinships, type KinFacts } from './kinship.ts';

const maybe = (texts: readonly string[]) => fc.option(fc.constantFrom(...texts));
const facts: fc.Arbitrary<KinFacts> = fc.record({
  identityHash: fc.constantFrom('a', 'b', 'c'),
  household: maybe(['1', '2']),
  address: maybe(['خیابان گلستان، پلاک ۵', 'خیابان گلستان پلاک 5', 'خیابان بهار']),
  phone: maybe(['0912', '0913']),
  account: maybe(['IR1', 'IR2']),
  boards: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 2 }),
});

test('kinship is the same both ways, and everybody is kin to themselves', () => {
  fc.assert(
    fc.property(facts, facts, (one, other) => {
      expect(kinshipOf(one, other)).toEqual(kinshipOf(other, one));
      expect(kinshipOf(one, one)).toContain('same_person');
    }),
  );
});

test('what is not known makes nobody kin', () => {
  const unknown = { household: null, address: null, phone: null, account: null, boards: [] };
  fc.assert(
    fc.property(facts, (one) => {
      expect(kinshipOf({ ...one, ...unknown, identityHash: 'x' }, one)).toEqual([]);
    }),
  );
});

test('one fact in common is named, and only that one', () => {
  const one = { identityHash: 'a', household: '1', address: 'الف', phone: '1', account: '1', boards: ['x'] };
  const other = { identityHash: 'b', household: '2', address: 'ب', phone: '2', account: '2', boards: ['y'] };
  expect(kinshipOf(one, other)).toEqual([]);
  const shared = {
    same_person: { identityHash: 'a' },
    household: { household: '1' },
    address: { address: ' الف.' },
    phone: { phone: '1' },
    account: { account: '1' },
    board: { boards: ['y', 'x'] },
  };
  for (const kind of kinships) expect(kinshipOf(one, { ...other, ...shared[kind] })).toEqual([kind]);
});
