import fc from 'fast-check';
import { expect, test } from 'vitest';
import { persianDigits } from '#kernel/persian.ts';
import { ok, refused } from '#kernel/result.ts';
import { numberTyped } from '../rules.ts';
import { directorateKey } from './contract.ts';
import { decideLodging, decideSending, decideTelling } from './rules.ts';

const lodging = (phone: string) =>
  decideLodging({ hasCounty: true, isAgencyListed: true, licence: null, phone });
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

test('a telephone number is read in any digits, with any spaces, and with the code of the country', () => {
  fc.assert(
    fc.property(digits(10), (rest) => {
      const stored = `0${rest}`;
      for (const typed of [
        stored,
        persianDigits(stored),
        `+98${rest}`,
        `0098 ${rest}`,
        ` 0${rest.slice(0, 3)}-${rest.slice(3)} `,
      ])
        expect(lodging(typed)).toEqual(ok(stored));
    }),
  );
  for (const none of ['0912', '091234567890', '۰۹۱۲الف۴۵۶۷۸', '19121234567'])
    expect(lodging(none)).toEqual(refused({ kind: 'PhoneUnreadable', field: 'phone' }));
});

test('a number of a licence is read as it stands on its certificate, in any digits', () => {
  fc.assert(
    fc.property(digits(2), digits(4), digits(6), digits(4), (province, year, serial, end) => {
      const number = [province, year, serial, end].join('-');
      const bare = number.replaceAll('-', '');
      for (const typed of [number, persianDigits(number), ` ${number} `, bare, persianDigits(bare)])
        expect(numberTyped(typed)).toEqual({ number, provinceId: Number.parseInt(province, 10) });
      for (const between of ['\u2013', '\u2212', ' ', ' - ', '/', '_', '\u200c', '\u200e-\u200e'])
        expect(numberTyped(number.replaceAll('-', between))?.number).toBe(number);
      for (const other of [bare.slice(1), `${bare}0`, `x${bare.slice(1)}`])
        expect(numberTyped(other)).toBeUndefined();
    }),
  );
});

test('a complaint is taken in only when everything in it is right, and a number to call is never needed', () => {
  const licence = fc.constantFrom({ licenceId: 'one' }, null, undefined);
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.boolean(),
      licence,
      fc.constantFrom('', '09121234567', '12'),
      (hasCounty, isAgencyListed, found, phone) => {
        const decided = decideLodging({ hasCounty, isAgencyListed, licence: found, phone });
        expect(decided.ok).toBe(hasCounty && isAgencyListed && found !== undefined && phone !== '12');
        if (decided.ok) expect(decided.value).toBe(phone === '' ? null : phone);
      },
    ),
  );
});

test('a decision is told to a mobile phone alone, on one line, and cut where it is long', () => {
  const [state, phone] = ['upheld', '09121234567'] as const;
  expect(decideTelling({ state, phone, reason: ' حق\n با شماست ' })).toBe('حق با شماست');
  for (const other of ['lodged', 'under_review', 'with_agency', 'answered'])
    expect(decideTelling({ state: other, phone, reason: 'حق با شماست' })).toBeNull();
  for (const other of [null, '02632700000'])
    expect(decideTelling({ state, phone: other, reason: 'حق با شماست' })).toBeNull();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 1000 }), (reason) => {
      const told = decideTelling({ state, phone, reason }) ?? '';
      const whole = reason.replace(/\s+/g, ' ').trim();
      expect(told.length).toBeLessThanOrEqual(300);
      if (reason.isWellFormed()) expect(told.isWellFormed()).toBe(true);
      if (whole.length <= 300) expect(told).toBe(whole);
      else expect([told.endsWith('…'), whole.startsWith(told.slice(0, -1))]).toEqual([true, true]);
    }),
  );
});

test('a complaint is sent to an office that there is, and one about the directorate to nobody', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(directorateKey, 'industry'),
      fc.constantFrom('office', null),
      (agencyKey, officeId) => {
        const decided = decideSending({ agencyKey, office: { officeId, shortFa: '', shortEn: '' } });
        expect(decided.ok).toBe(agencyKey !== directorateKey && officeId !== null);
      },
    ),
  );
});
