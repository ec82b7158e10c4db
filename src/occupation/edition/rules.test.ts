import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readmeHasDiagram } from '#testing/diagram.ts';
import type { EditionEntry, ListRow } from './contract.ts';
import { changesBetween, editionKind, readList } from './rules.ts';

const entry = fc.record({
  occupationId: fc.integer({ min: 1, max: 12 }),
  titleFa: fc.constantFrom('قالی', 'گلیم', 'نمد', 'سفال'),
  titleEn: fc.constant('title'),
  categoryKey: fc.constantFrom('wood', 'leather'),
  agencyKey: fc.constantFrom('industry', 'heritage', null),
  extraCheck: fc.constantFrom('health', null),
});
const edition = fc.uniqueArray(entry, { selector: ({ occupationId }) => occupationId });

const idsOf = (rows: readonly { readonly occupationId: number }[]): number[] =>
  rows.map(({ occupationId }) => occupationId).sort((a, b) => a - b);

describe('what an edition changed', () => {
  test('added, removed and kept make up both editions, and nothing is counted twice', () => {
    fc.assert(
      fc.property(edition, edition, (older, newer) => {
        const changes = changesBetween(older, newer);
        const kept = newer.filter(({ occupationId }) => idsOf(older).includes(occupationId));
        expect(idsOf([...kept, ...changes.added])).toEqual(idsOf(newer));
        expect(idsOf([...kept, ...changes.removed])).toEqual(idsOf(older));
        const { renamed, recategorised, reassigned, starred, unchanged } = changes;
        const touched = new Set(idsOf([renamed, recategorised, reassigned, starred].flat()));
        expect(unchanged + touched.size).toBe(kept.length);
        for (const { from, to } of [renamed, recategorised, reassigned, starred].flat())
          expect(from).not.toBe(to);
      }),
    );
  });

  test('an edition changes nothing against itself, and against the other way round adds what that removed', () => {
    fc.assert(
      fc.property(edition, edition, (older, newer) => {
        expect(changesBetween(newer, newer).unchanged).toBe(newer.length);
        expect(idsOf(changesBetween(older, newer).added)).toEqual(
          idsOf(changesBetween(newer, older).removed),
        );
      }),
    );
  });
});

describe('reading a list', () => {
  const known = {
    occupations: [{ occupationId: 7, titleFa: 'قالی‌بافی', titleEn: 'Carpet weaving', categoryKey: 'wood' }],
    categories: [
      { categoryKey: 'wood', nameFa: 'چوب', nameEn: 'Wood', agencyKey: 'industry', extraCheck: 'health' },
    ],
    bodies: [{ agencyKey: 'heritage', names: ['میراث فرهنگی'] }],
  };

  const empty = { code: null, title: null, titleEn: null, category: null, agency: null, extraCheck: null };
  const rowOf = (cells: Partial<ListRow['cells']>, line = 2): ListRow => ({
    line,
    cells: { ...empty, ...cells },
  });

  const read = (cells: Partial<ListRow['cells']>) => readList([rowOf(cells)], known).rows[0];

  test('knows an occupation by its code, or by its title in any spelling', () => {
    expect(read({ title: 'قالي بافي', category: 'Wood' })?.occupationId).toBe(7);
    expect(read({ code: '7', title: 'فرش', category: 'چوب' })).toMatchObject({
      occupationId: 7,
      titleFa: 'فرش',
      titleEn: 'Carpet weaving',
      agencyKey: 'industry',
      extraCheck: 'health',
    });
    expect(read({ title: 'نو', category: 'چوب', agency: 'ميراث فرهنگي', extraCheck: 'خیر' })).toMatchObject({
      occupationId: null,
      agencyKey: 'heritage',
      extraCheck: null,
    });
  });

  test('every row is either read or at fault, and no occupation is read twice', () => {
    const cell = fc.constantFrom('قالی', 'نمد', 'چوب', '7', 'میراث فرهنگی');
    const row = fc.record({ title: cell, category: cell, code: fc.option(cell), agency: fc.option(cell) });
    fc.assert(
      fc.property(fc.array(row), (body) => {
        const list = body.map((cells, index) => rowOf(cells, index + 2));
        const { rows, faults } = readList(list, known);
        expect(rows.length + new Set(faults.map(({ row: at }) => at)).size).toBe(list.length);
        const ids = rows.flatMap(({ occupationId }) => occupationId ?? []);
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(rows.map(({ titleFa }) => titleFa)).size).toBe(rows.length);
      }),
    );
  });
});

test('the README shows the states of an edition', () => {
  expect(readmeHasDiagram(new URL('../README.md', import.meta.url), editionKind)).toBe(true);
});

const sample: EditionEntry = {
  occupationId: 1,
  titleFa: 'قالی',
  titleEn: 'Carpet',
  categoryKey: 'wood',
  agencyKey: null,
  extraCheck: null,
};
test('an occupation that lost its star and changed its agency is told under both', () => {
  const changes = changesBetween(
    [{ ...sample, extraCheck: 'health', agencyKey: 'industry' }],
    [{ ...sample, agencyKey: 'heritage' }],
  );
  expect(changes.starred).toMatchObject([{ from: 'health', to: '' }]);
  expect(changes.reassigned).toMatchObject([{ from: 'industry', to: 'heritage' }]);
  expect(changes.unchanged).toBe(0);
});
