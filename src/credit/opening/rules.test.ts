import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rial, rial } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { openingRefusalStatus } from './contract.ts';
import { decideRows, decideTotal, judgeOpening } from './rules.ts';
import { openingRefusalWords, wordsOfReason } from './words.ts';

describe('what may be opened', () => {
  const shares = fc.constantFrom('open', 'cooperative', 'rural');
  const rows = fc.array(
    fc.record({
      sliceId: fc.constantFrom('a', 'b', 'c', null),
      share: fc.option(shares, { freq: 8 }),
      amount: fc.option(fc.bigInt(-2n, 40n).map(rial), { freq: 8 }),
      loans: fc.option(fc.integer({ min: 0, max: 1_000_001 }), { freq: 8 }),
      jobs: fc.option(fc.integer({ min: 0, max: 5 })),
    }),
    { maxLength: 12 },
  );
  const held = fc.uniqueArray(fc.tuple(shares, fc.bigInt(0n, 30n).map(rial)), {
    selector: ([share]) => share,
  });

  test('is each share of each slice once, with a loan at least and never beyond what it has; the sum told instead will do', () => {
    fc.assert(
      fc.property(rows, held, held, (given, ofA, ofB) => {
        const facts = new Map([
          ['a', new Map<string, Rial>(ofA)],
          ['b', new Map<string, Rial>(ofB)],
        ]);
        const numbered = given.map((row, at) => ({ ...row, line: at + 1, faults: [] }));
        const judged = judgeOpening(numbered, facts);
        const right = judged.filter((one) => one.reason === null).map((one) => one.row);
        expect(new Set(right.map(({ sliceId, share }) => `${sliceId} ${share}`)).size).toBe(right.length);
        for (const { sliceId, share, amount, loans } of right) {
          const left = must(facts.get(sliceId ?? '')?.get(share ?? ''), 'a share of a slice');
          expect(amount ?? 0n).toBeGreaterThan(0n);
          expect(amount ?? 0n).toBeLessThanOrEqual(left);
          expect(loans ?? 0).toBeGreaterThan(0);
        }
        for (const { row, reason: why } of judged)
          if (why?.kind === 'BeyondAvailable' && why.left > 0n)
            expect(judgeOpening([{ ...row, amount: why.left }], facts)[0]?.reason).toBeNull();
        expect(decideRows(judged).ok).toBe(judged.length === right.length);
      }),
    );
  });

  test('is what the source states, in loans and to the rial', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ amount: fc.bigInt(1n, 99n).map(rial), loans: fc.integer({ min: 1, max: 9 }) })),
        fc.integer({ min: -1, max: 1 }),
        fc.bigInt(-1n, 1n),
        (given, loansOff, sumOff) => {
          const statedLoans = given.reduce((sum, { loans }) => sum + loans, 0) + loansOff;
          const statedSum = rial(given.reduce((sum, { amount }) => sum + amount, 0n) + sumOff);
          expect(decideTotal(given, { statedLoans, statedSum }).ok).toBe(loansOff === 0 && sumOff === 0n);
        },
      ),
    );
  });

  test('every refusal and every reason has both languages, and names the nearest change', () => {
    const sums = { loans: 3, sum: rial(5n), statedLoans: 4, statedSum: rial(6n) };
    const beyond = {
      kind: 'BeyondAvailable',
      share: 'cooperative',
      left: rial(7n),
      asked: rial(9n),
    } as const;
    const told = [
      openingRefusalWords.OpeningMissing({ kind: 'OpeningMissing', openingId: 'x' }),
      openingRefusalWords.OpeningStands({ kind: 'OpeningStands', openingId: 'x', state: 'proposed' }),
      openingRefusalWords.OpeningStands({ kind: 'OpeningStands', openingId: 'x', state: 'approved' }),
      openingRefusalWords.OwnOpening({ kind: 'OwnOpening', openingId: 'x' }),
      openingRefusalWords.OwnTakeback({ kind: 'OwnTakeback', openingId: 'x' }),
      openingRefusalWords.OpeningTotalDiffers({ kind: 'OpeningTotalDiffers', field: 'statedSum', ...sums }),
      openingRefusalWords.OpeningRowsWrong({ kind: 'OpeningRowsWrong', count: 2, line: 8, reason: beyond }),
      wordsOfReason({ kind: 'CellsUnread' }),
      wordsOfReason({ kind: 'SliceUnknown' }),
      wordsOfReason({ kind: 'ShareUnknown', held: ['open', 'cooperative'] }),
      wordsOfReason({ kind: 'RowTwice', line: 8 }),
      wordsOfReason({ kind: 'AmountMissing' }),
      wordsOfReason({ kind: 'LoansMissing' }),
      wordsOfReason({ kind: 'CountTooLarge' }),
    ];
    for (const { fa, en } of told) {
      expect(fa).toMatch(/^[^A-Za-z]+\.$/);
      expect(en).toMatch(/^[^\u0600-\u06ff]+\.$/);
    }
    expect(wordsOfReason(beyond).fa).toContain('تا ۷ ریال کم کنید');
    expect(wordsOfReason(beyond).en).toContain('lower it to 7 rials');
    expect(Object.keys(openingRefusalWords).toSorted()).toEqual(Object.keys(openingRefusalStatus).toSorted());
  });
});
