import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day, isoOf } from '#kernel/day.ts';
import { ok } from '#kernel/result.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { agencyKind, decideContact, decideOnAgency, decidePermit } from './rules.ts';

const today = day('1403-06-15');
const field = (name: string): string => name;
const near = fc.integer({ min: -4, max: 4 });

describe('the days of a permit', () => {
  test('stand exactly where they are in order, not over, and later than what is approved', () => {
    fc.assert(
      fc.property(near, near, fc.option(near), (from, until, last) => {
        const days = {
          validFrom: isoOf(addDays(today, from)),
          validUntil: isoOf(addDays(today, until)),
        };
        const lastUntil = last === null ? null : addDays(today, last);
        const decided = decidePermit({ days, lastUntil, today, field });
        const kind =
          until < from
            ? 'PermitDaysReversed'
            : until < 0
              ? 'PermitOver'
              : last !== null && until <= last
                ? 'RenewalNotLater'
                : 'ok';
        expect(decided.ok ? 'ok' : decided.refusal.kind).toBe(kind);
      }),
    );
  });

  test('a permit may be of one day, today', () => {
    const days = { validFrom: isoOf(today), validUntil: isoOf(today) };
    expect(decidePermit({ days, lastUntil: null, today, field })).toEqual(ok());
  });
});

describe('how an agency is found', () => {
  const contact = { address: null, phone: '۰۲۶ ۳۲۲۰ ۰۰۰۰', listed: true };
  test('one with an office has an address, one that works online needs none', () => {
    expect(decideContact(contact, { channel: 'online', field })).toEqual(ok());
    expect(decideContact(contact, { channel: 'office', field })).toMatchObject({
      refusal: { kind: 'AddressMissing', field: 'address' },
    });
  });

  test('its phone can be called', () => {
    const short = { ...contact, phone: '۳۲۲۰۰۰۰۰' };
    expect(decideContact(short, { channel: 'online', field })).toMatchObject({
      refusal: { kind: 'PhoneWrong', field: 'phone' },
    });
  });
});

const decide = (act: 'approve' | 'accept_renewal', byPerson: string, until: number) =>
  decideOnAgency({
    order: { act, correction: null, contact: null, permit: null },
    byPerson,
    agency: {
      channel: 'online',
      permitProposedBy: 'proposer',
      proposed: { validFrom: isoOf(addDays(today, -9)), validUntil: isoOf(addDays(today, until)) },
      lastUntil: null,
    },
    isNumberTaken: false,
    today,
  });

test('an approval is of another person than proposed the permit, and of a permit that still runs', () => {
  for (const act of ['approve', 'accept_renewal'] as const) {
    expect(decide(act, 'another', 0)).toEqual(ok());
    expect(decide(act, 'proposer', 0)).toMatchObject({ refusal: { kind: 'OwnPermit' } });
    expect(decide(act, 'another', -1)).toMatchObject({
      refusal: { kind: 'PermitOver', field: 'validUntil' },
    });
  }
});

test('the README shows the table as a diagram', () =>
  expect(readmeHasDiagram(new URL('README.md', import.meta.url), agencyKind)).toBe(true));
