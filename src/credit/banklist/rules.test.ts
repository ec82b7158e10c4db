import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, day } from '#kernel/day.ts';
import { type Id, newId } from '#kernel/id.ts';
import { rial, total } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import type { ListRow, RowStage } from './contract.ts';
import { type AwardFact, type ListFacts, judgeList, rowKey, talliesOf, tallyOf } from './rules.ts';

let made = 0;
const fresh = (): Id => newId((made += 1));
const lineId = fresh();
const sliceId = fresh();
const today = day('1402-10-01');
const days: readonly Day[] = ['1402-07-01', '1402-08-01', '1402-09-01', '1402-11-01'].map(day);
const awardIds = Array.from({ length: 4 }, fresh);

const states = ['reserved', 'referred', 'contracted', 'part_paid', 'paid', 'ended', 'released'] as const;
const awardArbitrary = (id: Id): fc.Arbitrary<AwardFact> =>
  fc
    .record({
      state: fc.constantFrom(...states),
      amount: fc.constantFrom(100n, 250n),
      share: fc.constantFrom('open', 'cooperative'),
      waits: fc.boolean(),
      lineId: fc.constantFrom(lineId, lineId, lineId, sliceId),
    })
    .map(({ state, amount, waits, ...rest }) => ({
      ...rest,
      id,
      sliceId,
      countyCode: '3001',
      amount: rial(amount),
      state,
      paid: rial(state === 'paid' ? amount : state === 'part_paid' || state === 'ended' ? 40n : 0n),
      released: rial(state === 'released' ? amount : state === 'ended' ? amount - 40n : 0n),
      reported: waits && (state === 'contracted' || state === 'part_paid') ? rial(10n) : null,
      lastDay: day('1402-07-15'),
    }));

const cell = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 12, nil: null });
const rowsArbitrary: fc.Arbitrary<ListRow[]> = fc
  .array(
    fc.record({
      stage: cell(fc.constantFrom<RowStage>('referred', 'contracted', 'paid', 'paid')),
      awardId: fc.option(fc.constantFrom(...awardIds, fresh()), { freq: 6, nil: null }),
      tracking: cell(fc.constantFrom('t1', 't2', 't3', 't4', 't5')),
      branchCode: cell(fc.constantFrom('1', '1', '2')),
      countyCode: fc.constantFrom('3001', '3001', '3009', null),
      categoryKey: fc.constantFrom(null, 'wood'),
      amount: cell(fc.constantFrom(100n, 250n, 60n, 400n).map(rial)),
      happenedOn: cell(fc.constantFrom(...days)),
    }),
    { maxLength: 14 },
  )
  .map((rows) => rows.map((row, at) => ({ ...row, line: at + 2, faults: [], written: {} })));

const factsArbitrary: fc.Arbitrary<ListFacts> = fc.tuple(...awardIds.map(awardArbitrary)).map((awards) => ({
  lineId,
  today,
  letterDay: today,
  awards: new Map(awards.map((award) => [award.id, award])),
  tracked: new Map([['t5', must(awardIds[0], 'an award')]]),
  recorded: new Map(),
  branches: new Set(['1']),
  leaves: new Map([['3001 wood', { sliceId, countyCode: '3001' }]]),
}));

/** What stands once the new rows of a list are recorded. */
function after(facts: ListFacts, judged: ReturnType<typeof judgeList>): ListFacts {
  const recorded = new Map(facts.recorded);
  for (const { deed } of judged)
    if (deed !== null)
      recorded.set(deed.key, {
        awardId: deed.award?.id ?? null,
        branchCode: deed.branchCode,
        amount: deed.amount,
        happenedOn: deed.happenedOn,
      });
  return { ...facts, recorded };
}

describe('a list of a bank', () => {
  test('leaves no row out, and the groups add up to the file', () => {
    fc.assert(
      fc.property(rowsArbitrary, factsArbitrary, (rows, facts) => {
        const judged = judgeList(rows, facts);
        expect(judged.map(({ row }) => row)).toEqual(rows);
        const tallies = Object.values(talliesOf(judged));
        expect(tallies.reduce((all, { count }) => all + count, 0)).toBe(rows.length);
        expect(total(tallies.map(({ sum }) => sum))).toBe(tallyOf(rows).sum);
        for (const { group, reason, deed } of judged) {
          expect(deed !== null).toBe(group === 'new');
          expect(reason === null).toBe(group === 'new');
        }
      }),
    );
  });

  test('pays no award past its sum: what is more goes beyond the slice, to the rial', () => {
    fc.assert(
      fc.property(rowsArbitrary, factsArbitrary, (rows, facts) => {
        const deeds = judgeList(rows, facts).flatMap(({ deed }) => deed ?? []);
        for (const deed of deeds.filter(({ stage }) => stage === 'paid'))
          expect(total([deed.part, deed.beyond])).toBe(deed.amount);
        for (const award of facts.awards.values()) {
          const parts = deeds.filter((deed) => deed.award?.id === award.id).map(({ part }) => part);
          expect(
            award.paid + (award.reported ?? 0n) + total(parts) <= award.amount + (award.reported ?? 0n),
          ).toBe(true);
          expect(parts.filter((part) => part > 0n).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('adds nothing when it comes again, in any order of its rows', () => {
    fc.assert(
      fc.property(rowsArbitrary, factsArbitrary, fc.infiniteStream(fc.nat()), (rows, facts, order) => {
        const first = judgeList(rows, facts);
        const keys = order[Symbol.iterator]();
        const shuffled = rows
          .map((row) => ({ row, at: Number(keys.next().value) }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ row }) => row);
        const again = judgeList(shuffled, after(facts, first));
        const newOnes = new Set(first.flatMap(({ row, group }) => (group === 'new' ? [row.line] : [])));
        for (const { row, group } of again) if (newOnes.has(row.line)) expect(group).toBe('known');
        const keysOf = (judged: typeof first) => judged.flatMap(({ deed }) => deed?.key ?? []);
        for (const key of keysOf(again)) expect(keysOf(first)).not.toContain(key);
      }),
    );
  });

  test('lets an award through its stages within one list, whatever the order of the rows', () => {
    const award: AwardFact = {
      id: must(awardIds[0], 'an award'),
      lineId,
      sliceId,
      countyCode: '3001',
      share: 'open',
      amount: rial(100n),
      state: 'reserved',
      released: rial(0n),
      paid: rial(0n),
      reported: null,
      lastDay: day('1402-06-01'),
    };
    const row = (line: number, stage: RowStage, on: string): ListRow => ({
      line,
      stage,
      awardId: award.id,
      tracking: 't1',
      branchCode: '1',
      countyCode: null,
      categoryKey: null,
      amount: rial(100n),
      happenedOn: day(on),
      faults: [],
      written: {},
    });
    const facts = {
      lineId,
      today,
      letterDay: today,
      awards: new Map([[award.id, award]]),
      tracked: new Map(),
      recorded: new Map(),
      branches: new Set(['1']),
      leaves: new Map(),
    };
    const rows = [
      row(2, 'paid', '1402-09-01'),
      row(3, 'referred', '1402-07-01'),
      row(4, 'contracted', '1402-08-01'),
    ];
    expect(judgeList(rows, facts).map(({ deed }) => deed?.act)).toEqual([
      'report_payment',
      'refer',
      'contract',
    ]);
    // Without the contract between them the payment comes too early.
    const early = judgeList(rows.slice(0, 2), facts)[0];
    expect(early?.reason).toEqual({ kind: 'StageTooEarly', state: 'referred', needs: 'contracted' });
    expect(rowKey('paid', award.id, 't1')).not.toBe(rowKey('referred', award.id, 't1'));
  });
});
