import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { persianDigits } from '#kernel/persian.ts';
import { showTrackingNumber } from './contract.ts';
import { isTrackingNumber, readTrackingNumber, trackingNumberOf } from './tracking.ts';

const eight = fc.integer({ min: 0, max: 99_999_999 }).map((number) => String(number).padStart(8, '0'));

test('a tracking number is read back as it is shown, in any digits', () => {
  fc.assert(
    fc.property(eight, (digits) => {
      const number = trackingNumberOf(digits);
      expect(isTrackingNumber(number)).toBe(true);
      expect(readTrackingNumber(showTrackingNumber(number))).toBe(number);
      expect(readTrackingNumber(` ${persianDigits(showTrackingNumber(number))} `)).toBe(number);
      for (const between of ['', ' ', '\u2013', '.', '/'])
        expect(readTrackingNumber(showTrackingNumber(number).replaceAll(/\D+/g, between))).toBe(number);
    }),
  );
});

test('one wrong digit and two that changed places are noticed', () => {
  fc.assert(
    fc.property(eight, fc.nat(8), fc.integer({ min: 1, max: 9 }), (digits, at, more) => {
      const number = trackingNumberOf(digits);
      const wrong = (Number.parseInt(number.charAt(at), 10) + more) % 10;
      expect(isTrackingNumber(`${number.slice(0, at)}${wrong}${number.slice(at + 1)}`)).toBe(false);
      const [one, two] = [number.charAt(at), number.charAt(at + 1)];
      if (two !== '' && one !== two)
        expect(isTrackingNumber(`${number.slice(0, at)}${two}${one}${number.slice(at + 2)}`)).toBe(false);
    }),
  );
});
