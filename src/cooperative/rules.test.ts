import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { id } from '#kernel/id.ts';
import { rial, zero } from '#kernel/rial.ts';
import type { CooperativeOrder, CooperativeRule, MemberStand } from './contract.ts';
import {
  capitalOf,
  decideCooperativeAct,
  decideFounding,
  leastMembers,
  neededToPay,
  paidOf,
  reachableOf,
  standAfter,
} from './rules.ts';

const rule = (change: Partial<CooperativeRule>): CooperativeRule => ({
  ruleKey: 'least_members',
  membership: null,
  value: 7,
  divisor: 1,
  validFrom: day('1370-06-13'),
  validUntil: null,
  confirmed: true,
  sourceKeys: ['coop_act'],
  ...change,
});
const rules = [
  rule({ membership: 'special', validUntil: day('1404-12-29') }),
  rule({ membership: 'special', value: 5, validFrom: day('1405-01-01') }),
  rule({ membership: 'public', value: 500 }),
  rule({ ruleKey: 'paid_part', value: 1, divisor: 3 }),
  rule({ ruleKey: 'representatives', value: 3 }),
  rule({ ruleKey: 'board_seats', value: 3 }),
  rule({ ruleKey: 'board_term_months', value: 36 }),
];
const today = day('1403-06-15');
const sharePrice = rial(1_000n);

const members = fc
  .uniqueArray(
    fc.record({
      personId: fc.uuid(),
      shares: fc.integer({ min: 1, max: 50 }),
      part: fc.integer({ min: 0, max: 100 }),
    }),
    { minLength: 1, maxLength: 12, selector: ({ personId }) => personId },
  )
  .map((all) =>
    all.map(({ personId, shares, part }): MemberStand => ({
      personId,
      shares,
      paid: rial((BigInt(shares) * sharePrice * BigInt(part)) / 100n),
    })),
  );
const order = (change: Partial<CooperativeOrder>): CooperativeOrder => ({
  id: id('00000000-0000-7000-8000-000000000000'),
  act: 'change_capital',
  seenVersion: 1,
  reason: null,
  entries: [],
  board: null,
  registration: null,
  ...change,
});
const decide = (stood: readonly MemberStand[], given: Partial<CooperativeOrder>, price = sharePrice) =>
  decideCooperativeAct({
    order: order(given),
    membership: 'special',
    sharePrice: price,
    members: stood,
    known: new Set(),
    rules,
    today,
    agreedOn: null,
    legalId: null,
  });

describe('the rules of a cooperative', () => {
  test('are those of the day: seven until the end of 1404, five in this test afterwards, 500 of a public one', () => {
    expect(leastMembers(rules, 'special', day('1404-12-29'))).toBe(7);
    expect(leastMembers(rules, 'special', day('1405-01-01'))).toBe(5);
    expect(leastMembers(rules, 'public', today)).toBe(500);
  });

  test('ask for a third of the capital, rounded up to the rial', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), (sum) => {
        const needed = neededToPay(rules, rial(sum), today);
        expect(needed * 3n >= sum && (needed - 1n) * 3n < sum).toBe(true);
      }),
    );
  });

  test('let no entry lead to fewer members, to shares below none, or to more paid than they cost', () => {
    const change = fc.record({
      shares: fc.integer({ min: -60, max: 60 }),
      paid: fc.integer({ min: -60_000, max: 60_000 }),
    });
    fc.assert(
      fc.property(members, change, fc.nat(), (stood, { shares, paid }, at) => {
        const { personId } = stood[at % stood.length] ?? { personId: '' };
        const entries = [{ personId, shares, paid: String(paid) }];
        const verdict = decide(stood, { entries });
        const after = standAfter(stood, entries);
        const sound =
          after.length >= 7 &&
          after.every(
            (one) => one.shares >= 0 && one.paid >= zero && one.paid <= BigInt(one.shares) * sharePrice,
          ) &&
          paidOf(after) * 3n >= capitalOf(after, sharePrice);
        expect(verdict.ok).toBe(sound);
      }),
      { numRuns: 500 },
    );
  });

  test('let no founding and no entry lead to a capital or to shares that no account or column holds', () => {
    const largest = 9_223_372_036_854_775_807n;
    const price = fc.bigInt({ min: 1n, max: 10n ** 18n - 1n });
    const extreme = fc.oneof(
      fc.constantFrom(1, 2, 999_999, 1_000_000),
      fc.integer({ min: 1, max: 1_000_000 }),
    );
    const asked = fc.array(fc.record({ personId: fc.uuid(), shares: extreme }), {
      minLength: 7,
      maxLength: 30,
    });
    fc.assert(
      fc.property(price, asked, (one, founders) => {
        const known = new Set(founders.map(({ personId }) => personId));
        fc.pre(known.size === founders.length);
        const verdict = decideFounding({
          name: 'الف',
          alike: [],
          founders,
          sharePrice: rial(one),
          known,
          rules,
          today,
        });
        const capital = founders.reduce((sum, { shares }) => sum + BigInt(shares) * one, 0n);
        expect(verdict.ok).toBe(capital <= largest);
        if (!verdict.ok) expect(verdict.refusal).toMatchObject({ kind: 'CapitalTooLarge', rule: 'too_big' });
      }),
      { numRuns: 500 },
    );
    const holding = fc.oneof(
      fc.integer({ min: 1, max: 2_147_483_647 - 20 }),
      fc.integer({ min: 2_147_483_647 - 1_100_000, max: 2_147_483_647 - 20 }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 10n }), holding, extreme, (one, held, more) => {
        const stood = Array.from({ length: 8 }, (_, at): MemberStand => {
          const shares = at === 0 ? held : 1;
          return { personId: String(at), shares, paid: rial(BigInt(shares) * one) };
        });
        fc.pre(capitalOf(stood, rial(one)) <= largest);
        const after = stood.reduce((sum, { shares }) => sum + shares, more);
        const verdict = decide(
          stood,
          { entries: [{ personId: '0', shares: more, paid: String(BigInt(more) * one) }] },
          rial(one),
        );
        const beyond =
          after > 2_147_483_647 ? 'SharesTooMany' : BigInt(after) * one > largest ? 'CapitalTooLarge' : null;
        expect(verdict.ok ? null : verdict.refusal).toEqual(
          beyond === null ? null : expect.objectContaining({ kind: beyond, field: 'entries.0.shares' }),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('give of a locked sum what the ceiling per member allows, and never more than is locked', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 14n }),
        fc.nat(1000),
        fc.bigInt({ min: 0n, max: 10n ** 11n }),
        (locked, count, ceiling) => {
          const given = reachableOf(rial(locked), count, rial(ceiling));
          expect(given <= locked && given <= BigInt(count) * ceiling).toBe(true);
          expect(given === locked || given === BigInt(count) * ceiling).toBe(true);
          expect(reachableOf(rial(locked), count, null)).toBe(locked);
        },
      ),
    );
  });
});
