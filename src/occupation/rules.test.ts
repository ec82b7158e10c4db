import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '#platform/csv.ts';
import { must } from '#kernel/result.ts';
import { decideOpening, searchText, searchWords } from './rules.ts';

/** What people type and paste: letters of both alphabets and keyboards, digits of three scripts, signs. */
const typed = fc.string({
  unit: fc.constantFrom(...Array.from('اأآبيیىكکةهۀقلپژگ۱١1aZ%_\\ -.ـ‌\u200c\u200f\u064b\n')),
});

describe('the search of occupations', () => {
  test('takes Arabic letters, half-spaces, case and Latin digits for the same', () => {
    const spellings = ['قالی‌بافی', 'قالیبافی', 'قاليبافي', 'قالی بافی', 'قالـی‌بافی'];
    expect(new Set(spellings.map(searchText)).size).toBe(1);
    expect(searchText('كيك ۱۲')).toBe(searchText('کیک 12'));
    expect(searchText('Carpet Weaving')).toBe(searchText('carpet-weaving'));
  });

  test('leaves no sign that a pattern of the database would read, and is its own fixed point', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const folded = searchText(text);
        expect(folded).not.toMatch(/[%_\\\s\u200c]/);
        expect(searchText(folded)).toBe(folded);
        for (const word of searchWords(text)) expect(word).not.toBe('');
      }),
    );
  });

  test('finds every title by itself', () => {
    for (const row of readCsv('occupations.csv')) {
      const title = must(row['title_fa'], 'title_fa');
      const text = searchText(title);
      for (const word of searchWords(title)) expect(text).toContain(word);
    }
  });
});

describe('opening or closing a category', () => {
  test('needs a known category and a reason', () => {
    const facts = { categoryKey: 'livestock', categoryKnown: true, reasonFa: 'ظرفیت پر شده است' };
    expect(decideOpening(facts).ok).toBe(true);
    expect(decideOpening({ ...facts, reasonFa: '  ' })).toMatchObject({
      refusal: { kind: 'OpeningNeedsReason' },
    });
    expect(decideOpening({ ...facts, categoryKnown: false })).toEqual({
      ok: false,
      refusal: { kind: 'CategoryUnknown', categoryKey: 'livestock' },
    });
  });
});
