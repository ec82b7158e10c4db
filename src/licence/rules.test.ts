import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, day, type Day } from '#kernel/day.ts';
import { inquiryAnswers } from './contract.ts';
import {
  barMonths,
  barredUntil,
  decideInquiry,
  decideRequest,
  renewalDays,
  stateOf,
  validityOf,
  type HeldLicence,
  type RequestFacts,
} from './rules.ts';

const start = day('1400-01-01');
const days = fc.integer({ min: 0, max: 4000 }).map((count) => addDays(start, count));

const held = (change: Partial<HeldLicence> = {}): HeldLicence => ({
  licenceId: 'one',
  number: '30-1400-000001-0000',
  personId: 'person',
  occupationId: 1,
  ...validityOf(start, null),
  ending: null,
  renewed: false,
  ...change,
});
const facts = (change: Partial<RequestFacts> = {}): RequestFacts => ({
  personId: 'person',
  occupationId: 1,
  today: start,
  barredUntil: null,
  held: [],
  openRequest: undefined,
  renews: null,
  ...change,
});

describe('the chain of renewals', () => {
  test('never has two licences in force on one day, however early or late each renewal is issued', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -renewalDays, max: 400 }), { maxLength: 8 }),
        days,
        (delays, on) => {
          let last = validityOf(start, null);
          const chain = [last];
          for (const delay of delays) {
            last = validityOf(addDays(last.expiresOn, delay), last);
            chain.push(last);
          }
          const inForce = chain.filter(({ validFrom, expiresOn }) => validFrom <= on && on <= expiresOn);
          expect(inForce.length).toBeLessThanOrEqual(1);
          const states = chain.map((one, index) =>
            stateOf({ ...one, ending: null, renewed: index < chain.length - 1 }, on),
          );
          expect(states.filter((state) => state === 'valid' || state === 'near_expiry')).toHaveLength(
            inForce.length,
          );
        },
      ),
    );
  });

  test('is gone on with from ninety days before the end, by the holder, for the same occupation, once', () => {
    const licence = held();
    fc.assert(
      fc.property(days, (today) => {
        const decided = decideRequest(facts({ today, renews: licence }));
        expect(decided.ok).toBe(today >= addDays(licence.expiresOn, -renewalDays));
      }),
    );
    const late = addDays(licence.expiresOn, 10);
    for (const change of [
      { personId: 'other' },
      { occupationId: 2 },
      { ending: 'annulled' },
      { renewed: true },
    ] as const)
      expect(decideRequest(facts({ today: late, renews: held(change) }))).toMatchObject({
        refusal: { kind: 'NotRenewable' },
      });
  });
});

describe('the bar after an annulment', () => {
  test('holds on every day before two years are over and on none after; a cancellation bars on none', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 900 }), (annulledOn: Day, later) => {
        const today = addDays(annulledOn, later);
        const decided = decideRequest(facts({ today, barredUntil: barredUntil(annulledOn) }));
        expect(decided.ok).toBe(today >= addMonths(annulledOn, barMonths));
        const cancelled = held({ ending: 'cancelled' });
        expect(decideRequest(facts({ today, held: [cancelled] })).ok).toBe(true);
      }),
    );
  });
});

test('a licence that stands is in the way of another for its occupation until its last day', () => {
  fc.assert(
    fc.property(days, (today) => {
      const decided = decideRequest(facts({ today, held: [held()] }));
      expect(decided.ok).toBe(today > held().expiresOn);
    }),
  );
});

test('inquiries let a request pass only when both are clear', () => {
  const answer = fc.constantFrom(...inquiryAnswers);
  fc.assert(
    fc.property(answer, answer, (identity, government) => {
      const decided = decideInquiry({ identity, government_employment: government });
      expect(decided.ok).toBe(identity === 'clear' && government === 'clear');
      const conflicts = [identity, government].includes('conflict');
      if (!decided.ok) expect(decided.refusal.kind).toBe(conflicts ? 'InquiryConflict' : 'InquiryUnknown');
    }),
  );
});
