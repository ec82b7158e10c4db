import { assert, boolean, constantFrom, integer, nat, option, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roles } from '#kernel/actor.ts';
import { addDays, day } from '#kernel/day.ts';
import { id } from '#kernel/id.ts';
import { persianDigits } from '#kernel/persian.ts';
import { scopeNeeds } from './scope.ts';
import { decideApproval, decideScope, isInForce, readNationalId, scopeUnder, waitSeconds } from './rules.ts';

const people = ['1', '2', '3'].map((digit) => id(`019aaaaa-0000-7000-8000-00000000000${digit}`));
const person = constantFrom(...people);
const standing = constantFrom('proposed' as const, 'granted' as const, 'ended' as const);

describe('an approval', () => {
  test('takes three different persons, or at least an approver who is neither of the others', () => {
    assert(
      property(person, person, person, standing, (approver, proposer, holder, now) => {
        const decided = decideApproval({
          approverPersonId: approver,
          proposerPersonId: proposer,
          holderPersonId: holder,
          standing: now,
        });
        return decided.ok === (now === 'proposed' && approver !== proposer && approver !== holder);
      }),
    );
  });
});

const fits = (need: 'none' | 'needed' | 'may', given: boolean): boolean =>
  need === 'may' || given === (need === 'needed');

describe('a scope', () => {
  test('is accepted with exactly the parts that its role needs', () => {
    assert(
      property(constantFrom(...roles), boolean(), boolean(), boolean(), (role, province, county, office) => {
        const needs = scopeNeeds[role];
        const expected =
          fits(needs.province, province) &&
          fits(needs.county, county) &&
          fits(needs.office, office) &&
          (!county || province);
        const decided = decideScope(role, {
          provinceId: province ? 30 : null,
          countyCode: county ? '3001' : null,
          officeId: office ? '019aaaaa-0000-7000-8000-000000000001' : null,
        });
        return decided.ok === expected;
      }),
    );
  });

  test('reads all provinces for the ministry and auditors only', () => {
    for (const role of roles) {
      const grant = {
        role,
        provinceId: 30,
        countyCode: null,
        officeId: null,
        startsOn: day('1403-01-01'),
        endsOn: null,
        standing: 'granted' as const,
      };
      const wide = scopeUnder(grant, id('019aaaaa-0000-7000-8000-000000000001')).province === 'all';
      expect({ role, wide }).toEqual({ role, wide: role === 'ministry' || role === 'auditor' });
    }
  });
});

test('a grant is in force from its first to its last day, both included, and only when granted', () => {
  const start = day('1403-06-15');
  assert(
    property(option(nat(400)), integer({ min: -400, max: 800 }), standing, (length, offset, now) => {
      const endsOn = length === null ? null : addDays(start, length);
      const grant = {
        role: 'deputy' as const,
        provinceId: 30,
        countyCode: null,
        officeId: null,
        startsOn: start,
        endsOn,
        standing: now,
      };
      const expected = now === 'granted' && offset >= 0 && (length === null || offset <= length);
      return isInForce(grant, addDays(start, offset)) === expected;
    }),
  );
});

test('a try waits until its window is over, and never longer than the window', () => {
  assert(
    property(record({ tries: nat(20), most: nat(10), ago: nat(899_999) }), ({ tries, most, ago }) => {
      const wait = waitSeconds({ tries, most, sinceMs: 1_000_000, nowMs: 1_000_000 + ago });
      return tries <= most
        ? wait === null
        : wait !== null && wait >= 1 && wait <= 900 && wait * 1000 >= 900_000 - ago;
    }),
  );
});

describe('a national id', () => {
  test('is read with its right check digit only, in digits of any script', () => {
    assert(
      property(integer({ min: 1_000_000, max: 999_999_999 }), nat(9), (number, last) => {
        const digits = String(number).padStart(9, '0');
        const sum =
          Array.from(digits).reduce((total, digit, place) => total + parseInt(digit, 10) * (10 - place), 0) %
          11;
        const right = sum < 2 ? sum : 11 - sum;
        const given = `${digits}${last}`;
        const ruledOut = /^(\d)\1{9}$/.test(given) || given.slice(3, 9) === '000000';
        return readNationalId(persianDigits(given)) === (last === right && !ruledOut ? given : null);
      }),
    );
  });

  test.each(['', 'abc', '12345678901', '0000000000', '1111111111'])('is not "%s"', (given) => {
    expect(readNationalId(given)).toBeNull();
  });
});
