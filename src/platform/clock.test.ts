import { expect, test } from 'vitest';
import { addDays, dayOfInstant, startOfDay } from '#kernel/day.ts';
import { playedClock } from './clock.ts';

const at = (iso: string) => ({ now: () => new Date(iso) });

test('what is played stands at nine in the morning, and never after the present', () => {
  const today = dayOfInstant(Date.parse('2026-11-27T00:00:00Z'));
  const nine = startOfDay(today) + 9 * 3_600_000;
  expect(playedClock(addDays(today, -1), at('2026-11-26T23:26:00Z')).now().getTime()).toBeLessThan(nine);
  // Three in the morning in Tehran: not six hours ahead.
  const early = playedClock(today, at('2026-11-26T23:26:00Z'));
  const first = early.now();
  expect(first < new Date('2026-11-26T23:26:00Z')).toBe(true);
  expect(dayOfInstant(first.getTime())).toBe(today);
  expect(early.now() > first).toBe(true);
  const late = playedClock(today, at('2026-11-27T12:00:00Z'));
  expect(late.now().getTime()).toBe(nine + 1_000);
});
