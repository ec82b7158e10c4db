import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFromIso, yearPeriod } from '#kernel/day.ts';
import { freshId, lineOrder } from '#testing/credits.ts';
import { newLineShape, programmes } from '../contract.ts';
import { type LineDraft, deadlineOf, firstDraft, gapsOf, orderOf, twinOf } from './rules.ts';

/** Mostly what a clerk may type, sometimes what nobody can read. */
const typed = (least: number, most: number) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: least, max: most }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', '-1', String(most + 1), 'چند') },
  );
const drafts: fc.Arbitrary<LineDraft> = fc.record({
  budgetYear: typed(1380, 1500),
  programme: fc.constantFrom(...programmes),
  pot: fc.constantFrom('national', 'provincial'),
  note: fc.constantFrom('18', 'تفاهم‌نامه', '۱۸ ', ' '),
  paragraph: fc.constantFrom('', 'الف'),
  item: fc.constantFrom('', '۳'),
  rateKind: fc.constantFrom('fee', 'profit', 'subsidy'),
  rateHundredths: fc.constantFrom('۴', '2.5', '۱۰۰', '0', '', '100.01', 'چهار'),
  graceMonths: typed(0, 120),
  termMonths: typed(1, 360),
  deadline: fc.constantFrom(null, '2024-03-19', ''),
  cooperativeReserve: fc.oneof(fc.constant(''), typed(0, 100)),
  reserveReference: fc.constantFrom('', ' ', 'مادهٔ ۵'),
});

describe('the draft of a line', () => {
  test('is sent only when the contract takes it, and never with a share that has no reference', () => {
    let sent = 0;
    fc.assert(
      fc.property(drafts, (draft) => {
        if (Object.keys(gapsOf(draft)).length > 0) return;
        sent += 1;
        const order = newLineShape.parse(orderOf(draft, freshId()));
        expect(dayFromIso(order.deadline) >= yearPeriod(order.budgetYear).from).toBe(true);
        const { cooperativeReserve: share, reserveReference: reference } = order;
        expect(share === null).toBe(reference === null);
      }),
      { numRuns: 2_000, seed: 1402 },
    );
    expect(sent).toBeGreaterThan(100);
  });

  test('a clerk types the note and nothing else: a home-job line of the year, four percent, until its last day', () => {
    const draft = { ...firstDraft(1402), note: ' ۱۸ ' };
    expect(gapsOf(draft)).toEqual({});
    expect(newLineShape.parse(orderOf(draft, freshId()))).toMatchObject({
      budgetYear: 1402,
      note: '۱۸',
      paragraph: null,
      rateHundredths: 400,
      termMonths: 60,
      deadline: '2024-03-19',
      cooperativeReserve: null,
      reserveReference: null,
    });
  });

  test('the budget year takes the deadline along unless somebody typed one', () => {
    const first = firstDraft(1402);
    expect(deadlineOf({ ...first, budgetYear: '1403' })).toBe('2025-03-20');
    expect(deadlineOf({ ...first, budgetYear: '1403', deadline: '2024-01-01' })).toBe('2024-01-01');
    expect(deadlineOf({ ...first, budgetYear: '14' })).toBe('');
  });

  test('a deadline before its budget year is told at the field', () => {
    const draft = { ...firstDraft(1402), note: '18', deadline: '2023-03-20' };
    expect(gapsOf(draft)).toEqual({ deadline: 'early' });
    expect(gapsOf({ ...draft, deadline: '2023-03-21' })).toEqual({});
  });

  test('the line of the same year, programme, pot and legal place is pointed at, in whatever digits', () => {
    const lines = [lineOrder({ note: '۱۸' }), lineOrder({ note: '18', budgetYear: 1401 })];
    const draft = { ...firstDraft(1402), note: '18', paragraph: 'الف' };
    expect(twinOf(draft, lines)).toBe(lines[0]);
    for (const change of [
      { note: '17' },
      { paragraph: '' },
      { pot: 'provincial' },
      { budgetYear: '1403' },
    ] as const)
      expect(twinOf({ ...draft, ...change }, lines)).toBeUndefined();
    expect(twinOf({ ...draft, note: '' }, [lineOrder({ note: '' })])).toBeUndefined();
  });

  test('a share without its reference, and a reference without its share, are told at their fields', () => {
    const draft = { ...firstDraft(1402), note: '18' };
    expect(gapsOf({ ...draft, cooperativeReserve: '25' })).toEqual({ reserveReference: 'reference' });
    expect(gapsOf({ ...draft, reserveReference: 'مادهٔ ۵' })).toEqual({ cooperativeReserve: 'missing' });
    expect(gapsOf({ ...draft, cooperativeReserve: '101', reserveReference: 'مادهٔ ۵' })).toEqual({
      cooperativeReserve: 'share',
    });
  });
});
