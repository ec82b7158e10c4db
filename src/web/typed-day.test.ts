import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, dayOfInstant, isoOf } from '#kernel/day.ts';
import { persianDigits } from '#kernel/persian.ts';
import { tehranDay, typedDay } from './typed-day.ts';

const days = fc.integer({ min: 0, max: 200 * 365 }).map((after) => addDays(day('1300-01-01'), after));

describe('a typed day', () => {
  it('is the day that the kernel means, in digits of both scripts and with either sign between', () => {
    fc.assert(
      fc.property(days, (value) => {
        const iso = isoOf(value);
        expect(typedDay(value)).toBe(iso);
        expect(typedDay(persianDigits(value.replaceAll('-', '/')))).toBe(iso);
      }),
    );
  });

  it('may name its month', () => {
    expect(typedDay('۱۵ دی ۱۴۰۲')).toBe('2024-01-05');
    expect(typedDay('30 اسفند ۱۳۹۹')).toBe('2021-03-20');
  });

  it('may be Gregorian', () => {
    expect(typedDay('2024-01-05')).toBe('2024-01-05');
    expect(typedDay('2024-02-30')).toBeUndefined();
  });

  it.each(['', '1402', '1402/13/01', '1402/12/30', '۱۴۰۲/۰۷/۳۱', '15 دیروز 1402', '1402/1/1 و'])(
    'is none in «%s»',
    (text) => {
      expect(typedDay(text)).toBeUndefined();
    },
  );

  it('begins at midnight in Tehran', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const instant = seconds * 1000;
        expect(tehranDay(new Date(instant))).toBe(isoOf(dayOfInstant(instant)));
      }),
    );
  });
});
