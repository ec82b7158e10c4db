import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { id, isId, newId } from './id.ts';

const instants = () => fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('a new id', () => {
  it('is a UUIDv7 that holds its millisecond', () => {
    fc.assert(
      fc.property(instants(), (instant) => {
        const made = newId(instant);
        expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(parseInt(made.replaceAll('-', '').slice(0, 12), 16)).toBe(instant);
        expect(isId(made)).toBe(true);
      }),
    );
  });

  it('sorts as text by the millisecond', () => {
    fc.assert(fc.property(instants(), instants(), (a, b) => a === b || newId(a) < newId(b) === a < b));
  });

  it('is another one each time, within one millisecond too', () => {
    const made = new Set(Array.from({ length: 10_000 }, () => newId(1_700_000_000_000)));
    expect(made.size).toBe(10_000);
  });

  it('takes the whole millisecond of a finer clock', () => {
    expect(newId(1_700_000_000_000.9).slice(0, 13)).toBe(newId(1_700_000_000_000).slice(0, 13));
  });

  test.each([-1, 2 ** 48, Number.NaN, Infinity])('is not made for the instant %d', (instant) => {
    expect(() => newId(instant)).toThrow('no id for the instant');
  });
});

describe('an id on the wire', () => {
  it('is read as it was written', () => {
    fc.assert(fc.property(fc.uuid({ version: 7 }), (text) => id(text) === text));
  });

  test.each([
    '',
    '018f2b6e-7c00-7000-8000-00000000000',
    '018F2B6E-7C00-7000-8000-000000000000',
    '018f2b6e7c0070008000000000000000',
    '018f2b6e-7c00-7000-c000-000000000000',
    '018f2b6e-7c00-7000-8000-000000000000\n',
    '00000000-0000-0000-0000-000000000000',
  ])('%j is none', (text) => {
    expect(() => id(text)).toThrow('not an id');
  });
});
