import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slicingShape } from '../slicing/contract.ts';
import { formulaIndicators } from '../formula/words.ts';
import { fieldOf, firstDraft, gapsOf, indicatorKeys, missingIn, orderOf } from './rules.ts';

const shape = slicingShape.omit({ id: true });
const draft = firstDraft('823450000000', 800);

describe('the form of a division', () => {
  it('offers the indicators that the room has words for', () => {
    expect([...indicatorKeys].sort()).toEqual(Object.keys(formulaIndicators).sort());
  });

  it('sends what the server reads, weights in parts of ten thousand', () => {
    const weights = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 }));
    fc.assert(
      fc.property(weights, fc.bigInt(1n, 10n ** 17n), ([first, second], amount) => {
        const order = orderOf({
          ...draft,
          amount: String(amount),
          weights: { ...draft.weights, population: String(first), unemployed_15plus: String(second) },
          adjustments: [{ countyCode: '3001', direction: 'lower', amount: '70', reason: 'بازدید نشد' }],
        });
        const read = shape.parse(order);
        expect(read.amount).toBe(String(amount));
        const formula = read.by.axis === 'county' ? read.by.formula : undefined;
        expect(formula?.indicators.map(({ weight }) => weight)).toEqual(
          [first, second].filter((weight) => weight > 0).map((weight) => weight * 100),
        );
        expect(formula?.adjustments[0]?.amount).toBe('-70');
      }),
    );
  });

  it.each([
    ['amount', { amount: '' }],
    ['amount', { amount: '0' }],
    ['weights', { weights: { ...draft.weights, population: '', unemployed_15plus: '0' } }],
    ['unit', { unit: '' }],
    ['year', { year: '95' }],
    ['zeros', { zeros: [{ countyCode: '3007', reason: ' ' }] }],
    ['adjustments', { adjustments: [{ countyCode: null, direction: 'raise', amount: '1', reason: 'نشست' }] }],
  ] as const)('waits for %s', (gap, change) => {
    const unfinished = { ...draft, ...change };
    expect(gapsOf(unfinished)).toEqual([gap]);
    expect(orderOf(unfinished)).toBeNull();
  });

  it('finds the field of a refusal, and the counties that it names once each', () => {
    const facts = {
      formula: {
        kind: 'ValueMissing',
        missing: [
          { countyCode: '3007', indicator: 'population' },
          { countyCode: '3007', indicator: 'unemployed_15plus' },
        ],
      },
    };
    expect(fieldOf({ kind: 'FormulaRefused', facts })).toBe('zeros');
    expect(missingIn({ kind: 'FormulaRefused', facts })).toEqual(['3007']);
    expect(fieldOf({ kind: 'RestTooSmall', facts: {} })).toBe('amount');
    expect(fieldOf({ kind: 'LineNotOpen', facts: {} })).toBeNull();
    expect(missingIn({ kind: 'FormulaRefused', facts: { formula: null } })).toEqual([]);
  });
});
