import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '#app.ts';
import { day } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { wholeRatio } from '../statement/judgement.ts';
import { cautionsOf } from './rules.ts';

const titles = new Map(catalogue.indicators.map(({ id, title }) => [id, title]));
const indicatorOf = (id: string) =>
  must(
    catalogue.indicators.find((one) => one.id === id),
    id,
  );
const told = (id: string, value: bigint | null) => ({
  indicator: indicatorOf(id),
  value: value === null ? undefined : wholeRatio(value),
});

type Weighed = Parameters<typeof cautionsOf>[0];
const over = { year: 1402, until: day('1402-12-29'), isOver: true };
const programme = { programme: ['home_jobs'] };
const now = (id: string, value = 70n, change: Partial<Weighed['now']> = {}): Weighed['now'] => ({
  indicator: indicatorOf(id),
  value: wholeRatio(value),
  period: over,
  only: programme,
  ...change,
});
/** A figure of a year that is over, with a base, never published and with a sentence, but for what `change` says. */
const cautions = (of: Weighed['now'], change: Partial<Weighed> = {}) =>
  cautionsOf({
    now: of,
    base: wholeRatio(1n),
    told: [],
    published: undefined,
    sentence: 'گفته‌ای',
    titles,
    isMixed: false,
    ...change,
  });

describe('what may not be said of a figure', () => {
  test('is nothing where nothing could mislead', () => {
    expect(cautions(now('credit.paid'))).toEqual([]);
  });

  test('is that the year was over, and that it grew, where it is not or there is no year before', () => {
    const open = { ...over, until: day('1402-09-14'), isOver: false };
    expect(cautions(now('credit.paid', 70n, { period: open }))).toEqual([
      { kind: 'YearNotOver', until: '2023-12-05' },
    ]);
    expect(cautions(now('credit.paid'), { base: undefined })).toEqual([{ kind: 'NoBase', year: 1401 }]);
    expect(cautions(now('credit.paid'), { isMixed: true })).toEqual([
      { kind: 'OtherProgrammes', year: 1401 },
    ]);
  });

  test('is another stage of the same records, where its sum differs; at most three are named', () => {
    const stages = [
      'credit.paid',
      'credit.allocated',
      'credit.referred',
      'credit.contracted',
      'credit.sliced',
    ];
    const beside = (value: bigint | null) => {
      const [found] = cautions(now('credit.paid'), { told: stages.map((id) => told(id, value)) });
      return found?.kind === 'OtherStage' ? found.stages : [];
    };
    expect(beside(90n)).toEqual(
      ['credit.allocated', 'credit.referred', 'credit.contracted'].map((id) => ({
        title: indicatorOf(id).title,
        value: '90',
      })),
    );
    expect(beside(70n)).toEqual([]);
    expect(beside(null)).toEqual([]);
    expect(cautions(now('credit.paid_awards'), { told: [told('credit.paid', 90n)] })).toEqual([
      { kind: 'CountedOnce' },
    ]);
  });

  test('is the share of anything but its whole, and the sum of what is counted once', () => {
    expect(cautions(now('credit.paid_percent'))).toEqual([
      {
        kind: 'ShareOf',
        part: indicatorOf('credit.paid').title,
        whole: indicatorOf('credit.allocated').title,
      },
    ]);
    expect(cautions(now('credit.paid_receivers'))).toEqual([{ kind: 'CountedOnce' }]);
  });

  test('is what was published, exactly where it is another value now', () => {
    const sums = fc.bigInt({ min: 0n, max: 10n ** 15n });
    const belows = fc.bigInt({ min: 1n, max: 10n ** 15n });
    fc.assert(
      fc.property(sums, sums, (value, stood) => {
        const found = cautions(now('credit.paid', value), { published: { value: stood, below: null } });
        expect(found).toEqual(value === stood ? [] : [{ kind: 'Moved', published: stood.toString() }]);
      }),
    );
    fc.assert(
      fc.property(sums, belows, belows, (value, below, times) => {
        const percent = { numerator: value * 100n, denominator: below };
        const of = now('credit.paid_percent', 0n, { value: percent });
        const kinds = (published: Weighed['published']) =>
          cautions(of, { published }).map(({ kind }) => kind);
        expect(kinds({ value: value * times, below: below * times })).toEqual(['ShareOf']);
        expect(kinds({ value: value + 1n, below })).toEqual(['ShareOf', 'Moved']);
      }),
    );
    const half = { value: 1n, below: 2n };
    expect(cautions(now('credit.paid_percent', 51n), { published: half })).toContainEqual({
      kind: 'Moved',
      published: '50',
    });
  });

  test('is the figure itself, where the check supports no sentence: most often a programme is not chosen', () => {
    expect(cautions(now('credit.paid'), { sentence: null })).toEqual([
      { kind: 'NoSentence', because: 'not_supported' },
    ]);
    expect(cautions(now('credit.paid', 70n, { only: {} }), { sentence: null })).toEqual([
      { kind: 'NoSentence', because: 'programme_open' },
    ]);
  });
});
