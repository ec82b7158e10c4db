import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noteGap, noteTops, paragraphsOf, type Span } from './marked-text.ts';

const texts = fc.string({ unit: 'binary', maxLength: 60 });
const spans = fc.array(
  fc
    .record({ id: fc.uuid(), start: fc.nat({ max: 60 }), length: fc.nat({ max: 12 }) })
    .map(({ id, start, length }): Span => ({ id, start, end: start + length })),
  { maxLength: 8 },
);

describe('cutting a statement', () => {
  test('no letter is lost, doubled or moved, whatever the marks', () => {
    fc.assert(
      fc.property(texts, spans, (text, marks) => {
        const points = Array.from(text);
        for (const paragraph of paragraphsOf(text, marks)) {
          const drawn = paragraph.runs.map((run) => run.text).join('');
          expect(drawn).toBe(points.slice(paragraph.at, paragraph.at + Array.from(drawn).length).join(''));
          expect(drawn).not.toContain('\n');
        }
        const drawn = paragraphsOf(text, marks).map(({ runs }) => runs.map((run) => run.text).join(''));
        const meant = text
          .split('\n')
          .filter((line) => Array.from(line).some((point) => point.trim() !== ''));
        expect(drawn).toEqual(meant);
      }),
    );
  });

  test('offsets are code points: letters outside the first plane do not shift a mark', () => {
    const [paragraph] = paragraphsOf('📄📄 ۱۲ میلیارد', [{ id: 'a', start: 3, end: 13 }]);
    expect(paragraph?.runs.map(({ text, mark }) => [text, mark?.id ?? null])).toEqual([
      ['📄📄 ', null],
      ['۱۲ میلیارد', 'a'],
    ]);
  });

  test('of two marks that overlap the first stays; marks outside the text are left out', () => {
    const [paragraph] = paragraphsOf('abcdef', [
      { id: 'second', start: 2, end: 5 },
      { id: 'first', start: 1, end: 3 },
      { id: 'outside', start: 5, end: 9 },
    ]);
    expect(paragraph?.marks.map(({ id }) => id)).toEqual(['first']);
  });
});

describe('notes in the margin', () => {
  const boxes = fc.array(
    fc.record({ wished: fc.nat({ max: 900 }), height: fc.integer({ min: 20, max: 200 }) }),
    { minLength: 1, maxLength: 12 },
  );

  test('never overlap, never leave the margin upwards, and keep their order', () => {
    fc.assert(
      fc.property(boxes, fc.integer({ min: -1, max: 11 }), (unsorted, chosen) => {
        const notes = unsorted.toSorted((a, b) => a.wished - b.wished);
        const tops = noteTops(notes, chosen);
        expect(tops[0]).toBeGreaterThanOrEqual(0);
        for (const [at, top] of tops.entries()) {
          const before = notes[at - 1];
          if (before === undefined) continue;
          expect(top).toBeGreaterThanOrEqual((tops[at - 1] ?? 0) + before.height + noteGap);
        }
      }),
    );
  });

  test('the chosen note stands at its mark when there is room above it', () => {
    const notes = [
      { wished: 200, height: 100 },
      { wished: 220, height: 100 },
    ];
    expect(noteTops(notes, -1)).toEqual([200, 312]);
    expect(noteTops(notes, 1)).toEqual([108, 220]);
  });
});
