import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day } from '#kernel/day.ts';
import { spansBack, togetherNext } from './rules.ts';

describe('how far back a page is looked for', () => {
  test('each day of a period lies in one span, the newest first', () => {
    const some = fc.integer({ min: 0, max: 4_000 });
    fc.assert(
      fc.property(some, some, some, (start, length, now) => {
        const from = addDays(day('1395-01-01'), start);
        const until = addDays(from, length);
        const spans = spansBack({ from, until }, addDays(day('1395-01-01'), now));
        expect([spans[0]?.until, spans.at(-1)?.from]).toEqual([until, from]);
        for (const [at, span] of spans.entries())
          if (at > 0) expect(span.until).toBe(addDays(spans[at - 1]?.from ?? from, -1));
      }),
    );
  });

  test('never fewer are looked at together than at first, nor more than ten times as many', () => {
    const seen = fc.record({
      looked: fc.integer({ min: 1, max: 5_000 }),
      found: fc.integer({ min: 0, max: 200 }),
      limit: fc.integer({ min: 201, max: 400 }),
      first: fc.integer({ min: 1, max: 300 }),
    });
    fc.assert(
      fc.property(seen, (one) => {
        const next = togetherNext(one);
        expect(next).toBeGreaterThanOrEqual(one.first);
        expect(next).toBeLessThanOrEqual(10 * one.first);
      }),
    );
  });

  test('a quarter found of 51 wanted: the next look is for the rest, with a fifth to spare', () => {
    expect(togetherNext({ looked: 120, found: 30, limit: 51, first: 60 })).toBe(101);
    expect(togetherNext({ looked: 120, found: 0, limit: 51, first: 120 })).toBe(360);
  });
});
