import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roles, type Role } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { persianDigits } from '#kernel/persian.ts';
import {
  decideAccount,
  isPhoneTheirs,
  readCode,
  readMobile,
  typedUsername,
  usernameOf,
  type HeldGrant,
} from './rules.ts';

const arabicDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + parseInt(digit, 10)));
const anyScript = fc.constantFrom((text: string) => text, persianDigits, arabicDigits);
const mobiles = fc
  .integer({ min: 0, max: 999_999_999 })
  .map((number) => `09${String(number).padStart(9, '0')}`);
const today = day('1403-06-15');

const grants = (of: readonly Role[]): fc.Arbitrary<HeldGrant> =>
  fc.record({
    role: fc.constantFrom(...of),
    provinceId: fc.constantFrom(15, 30),
    standing: fc.constantFrom('proposed', 'granted', 'ended'),
    endsOn: fc.constantFrom(null, day('1403-06-14'), today),
  });
const accounts = (of: readonly Role[]) =>
  fc.record({
    lockedAt: fc.constantFrom(null, new Date(0)),
    grants: fc.array(grants(of), { minLength: 1, maxLength: 4 }),
  });

describe('what is typed', () => {
  test('a mobile phone and a code are read in three scripts, and no other phone is a mobile one', () => {
    fc.assert(
      fc.property(mobiles, anyScript, (phone, write) => {
        expect(readMobile(write(phone))).toBe(phone);
        expect(readMobile(write(`+98${phone.slice(1)}`))).toBe(phone);
        expect(readMobile(write(`026${phone.slice(3)}`))).toBeNull();
        const code = phone.slice(5);
        expect(readCode(` ${write(code)} `)).toBe(code);
        expect(readCode(write(`${code}1`))).toBeNull();
      }),
    );
  });

  test('a user name that is a mobile phone is one name in every script and spelling, and any other stays', () => {
    const spellings = fc.constantFrom(
      (phone: string) => phone,
      (phone: string) => `+98${phone.slice(1)}`,
      (phone: string) => `0098 ${phone.slice(1)}`,
      (phone: string) => ` ${phone.slice(0, 4)} ${phone.slice(4, 7)} ${phone.slice(7)} `,
      (phone: string) => `${phone.slice(0, 4)}-${phone.slice(4)}`,
    );
    fc.assert(
      fc.property(
        mobiles,
        anyScript,
        spellings,
        fc.integer({ min: 1, max: 12 }),
        (phone, write, spell, turn) => {
          expect(typedUsername(write(spell(phone)))).toBe(phone);
          if (turn > 1) expect(typedUsername(write(`${spell(phone)}-${turn}`))).toBe(usernameOf(phone, turn));
        },
      ),
    );
    expect(['Deputy-Two-ALBORZ', 'clerk-12', '02633334444'].map(typedUsername)).toEqual([
      'deputy-two-alborz',
      'clerk-12',
      '02633334444',
    ]);
  });
});

const seen = fc.constantFrom(true, false, null);

describe('to which phone a code goes', () => {
  test('to a phone that is kept and to no other, whatever accounts there are', () => {
    fc.assert(
      fc.property(mobiles, mobiles, fc.array(mobiles), seen, (typed, kept, usernames, isSeen) => {
        const facts = { kept, isOwnWord: false, isSeen, usernames };
        expect(isPhoneTheirs({ ...facts, typed })).toBe(typed === kept);
        expect(isPhoneTheirs({ ...facts, typed: kept })).toBe(true);
        expect(isPhoneTheirs({ ...facts, isOwnWord: true, usernames: [], typed })).toBe(typed === kept);
      }),
    );
  });

  test('never away from the phone that an account was opened with to one that its holder only typed', () => {
    fc.assert(
      fc.property(mobiles, mobiles, fc.constantFrom(null, false), (proved, kept, isSeen) => {
        fc.pre(proved !== kept);
        const facts = { kept, isOwnWord: true, isSeen };
        expect(isPhoneTheirs({ ...facts, typed: kept, usernames: [proved] })).toBe(false);
        expect(isPhoneTheirs({ ...facts, typed: proved, usernames: [proved] })).toBe(true);
        expect(isPhoneTheirs({ ...facts, typed: kept, usernames: ['an-applicant'] })).toBe(false);
      }),
    );
  });

  test('without one to the phone that an account was opened with, and to any where there is no account', () => {
    fc.assert(
      fc.property(mobiles, mobiles, fc.integer({ min: 1, max: 50 }), (typed, other, turn) => {
        fc.pre(typed !== other);
        expect(isPhoneTheirs({ typed, kept: null, isOwnWord: false, isSeen: null, usernames: [] })).toBe(
          true,
        );
        expect(
          isPhoneTheirs({
            typed,
            kept: null,
            isOwnWord: false,
            isSeen: null,
            usernames: [usernameOf(typed, turn)],
          }),
        ).toBe(true);
        expect(
          isPhoneTheirs({
            typed,
            kept: null,
            isOwnWord: false,
            isSeen: null,
            usernames: [usernameOf(other, turn)],
          }),
        ).toBe(false);
        expect(
          isPhoneTheirs({
            typed,
            kept: null,
            isOwnWord: false,
            isSeen: null,
            usernames: ['director-alborz'],
          }),
        ).toBe(false);
      }),
    );
  });

  test('where an office saw the person, to the phone of then and to no other that has no account', () => {
    fc.assert(
      fc.property(mobiles, mobiles, (typed, other) => {
        fc.pre(typed !== other);
        expect(isPhoneTheirs({ typed, kept: null, isOwnWord: false, isSeen: true, usernames: [other] })).toBe(
          true,
        );
        expect(isPhoneTheirs({ typed, kept: null, isOwnWord: false, isSeen: false, usernames: [] })).toBe(
          false,
        );
        expect(
          isPhoneTheirs({ typed, kept: null, isOwnWord: false, isSeen: false, usernames: [other] }),
        ).toBe(false);
        expect(
          isPhoneTheirs({ typed, kept: null, isOwnWord: false, isSeen: false, usernames: [typed] }),
        ).toBe(true);
      }),
    );
  });
});

describe('which account a code opens', () => {
  test('never one that holds another role, never a closed one', () => {
    fc.assert(
      fc.property(fc.array(accounts(roles), { maxLength: 3 }), (held) => {
        const decided = decideAccount({ accounts: held, provinceId: 30, today });
        if (!decided.ok) return;
        const { account } = decided.value;
        expect(account === null).toBe(held.length === 0);
        if (account === null) return;
        expect(account.lockedAt).toBeNull();
        for (const { role, standing } of account.grants)
          expect(role === 'applicant' || standing === 'ended').toBe(true);
      }),
    );
  });

  test('gives a role where none was given in the province, and never one again that was taken back there', () => {
    fc.assert(
      fc.property(accounts(['applicant']), (held) => {
        const decided = decideAccount({ accounts: [{ ...held, lockedAt: null }], provinceId: 30, today });
        const here = held.grants.filter(({ provinceId }) => provinceId === 30);
        if (here.length === 0) expect(decided).toMatchObject({ ok: true, value: { needsGrant: true } });
        else if (decided.ok) expect(decided.value.needsGrant).toBe(false);
        else expect(here.every(({ standing, endsOn }) => standing === 'ended' || endsOn !== null)).toBe(true);
      }),
    );
  });
});
