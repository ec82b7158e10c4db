import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { rial } from '#kernel/rial.ts';
import { type CreditRefusal, creditRefusalStatus } from './contract.ts';
import { creditRefusalWords, wordsOf } from './words.ts';

const left = rial(750_000_000n);
const asked = rial(1_000_000_000n);

/** One refusal of each kind, as a rule would give it; the compiler misses none. */
const refusals: { readonly [Kind in CreditRefusal['kind']]: Extract<CreditRefusal, { kind: Kind }> } = {
  LineMissing: { kind: 'LineMissing', lineId: 'x' },
  SliceMissing: { kind: 'SliceMissing', sliceId: 'x' },
  SlicingMissing: { kind: 'SlicingMissing', slicingId: 'x' },
  AwardMissing: { kind: 'AwardMissing', awardId: 'x' },
  LineNotOpen: { kind: 'LineNotOpen', state: 'notified' },
  ReserveWithoutReference: { kind: 'ReserveWithoutReference' },
  DeadlineBeforeYear: { kind: 'DeadlineBeforeYear', field: 'deadline', first: day('1402-01-01') },
  LetterBeforeYear: { kind: 'LetterBeforeYear', field: 'letterDay', first: day('1401-01-01') },
  LetterTwice: { kind: 'LetterTwice', letterNumber: '۱۲/۱۴۰۲' },
  SliceExhausted: { kind: 'SliceExhausted', left, asked, share: 'open' },
  RestTooSmall: { kind: 'RestTooSmall', left, asked },
  SliceNotLeaf: { kind: 'SliceNotLeaf', sliceId: 'x' },
  AxisNotHere: { kind: 'AxisNotHere', axis: 'county', fits: ['category', 'round'] },
  PartUnknown: { kind: 'PartUnknown', axis: 'category', key: 'gold' },
  PartTwice: { kind: 'PartTwice', axis: 'bank', key: '017' },
  AwardNotOfSlice: { kind: 'AwardNotOfSlice', axis: 'beneficiary_kind', slice: 'supporter', award: 'person' },
  PartsDoNotAddUp: { kind: 'PartsDoNotAddUp', parts: left, amount: asked },
  FormulaRefused: { kind: 'FormulaRefused', formula: { kind: 'NoWeight' } },
  OwnProposal: { kind: 'OwnProposal', slicingId: 'x' },
  OwnReport: { kind: 'OwnReport', awardId: 'x' },
  DayAhead: { kind: 'DayAhead', day: day('1403-06-16'), today: day('1403-06-15') },
  DayBeforeLetter: { kind: 'DayBeforeLetter', day: day('1402-01-27'), letterDay: day('1402-01-28') },
  DayBeforeSlice: { kind: 'DayBeforeSlice', day: day('1402-04-01'), firstDay: day('1402-04-02') },
  DayBeforeLastAct: { kind: 'DayBeforeLastAct', day: day('1402-05-01'), lastDay: day('1402-05-02') },
  DayPastDeadline: { kind: 'DayPastDeadline', day: day('1403-01-01'), deadline: day('1402-12-29') },
  ReasonMissing: { kind: 'ReasonMissing', act: 'release' },
  ReportAmountMissing: { kind: 'ReportAmountMissing' },
  AmountNotAsked: { kind: 'AmountNotAsked', act: 'refer' },
  ReportBeyondContract: { kind: 'ReportBeyondContract', left, asked },
  ReportMissing: { kind: 'ReportMissing', awardId: 'x' },
  ReportOpen: { kind: 'ReportOpen', reported: left },
  NotTheLast: { kind: 'NotTheLast', left },
  NothingLeft: { kind: 'NothingLeft', paid: asked },
};

describe('a "no" of credit (L10)', () => {
  test.each(Object.values(refusals).map((refusal) => [refusal.kind, refusal] as const))(
    '%s is said in Persian and in English, with the sums that decided it',
    (_, refusal) => {
      const { fa, en } = wordsOf(refusal);
      expect(fa).toMatch(/^[^A-Za-z]*\p{Script=Arabic}[^A-Za-z]*\.?$|«gold»|«wood»/u);
      expect(en).toMatch(/^[A-Z“\d].*\.$/);
      if ('left' in refusal) expect([fa, en].join()).toMatch(/۷۵۰.*750,000,000/s);
      if ('asked' in refusal) expect(en).toContain('1,000,000,000');
    },
  );

  test('tells both days of a deed that lies ahead, in the calendar of each language', () => {
    const { fa, en } = wordsOf(refusals.DayAhead);
    expect(fa).toContain('۱۴۰۳/۰۶/۱۶');
    expect(en).toContain('2024-09-06');
  });

  test('tells the nearest day that is right, in the calendar of each language', () => {
    for (const [refusal, fa, en] of [
      [refusals.DayBeforeLetter, '۱۴۰۲/۰۱/۲۸', '2023-04-17'],
      [refusals.DayBeforeSlice, '۱۴۰۲/۰۴/۰۲', '2023-06-23'],
      [refusals.DayBeforeLastAct, '۱۴۰۲/۰۵/۰۲', '2023-07-24'],
      [refusals.DayPastDeadline, '۱۴۰۲/۱۲/۲۹', '2024-03-19'],
    ] as const) {
      expect(wordsOf(refusal).fa).toContain(`روز درست ${fa}`);
      expect(wordsOf(refusal).en).toContain(`day that will do is ${en}`);
    }
  });

  test('tells that nothing is left to divide along', () => {
    const { fa } = wordsOf({ kind: 'AxisNotHere', axis: 'category', fits: [] });
    expect(fa).toContain('کوچک‌تر نمی‌شود');
  });

  test('has words for every kind that a route can answer with', () => {
    for (const kind of Object.keys(creditRefusalStatus)) expect(creditRefusalWords).toHaveProperty(kind);
  });
});
