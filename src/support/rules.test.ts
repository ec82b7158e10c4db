import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, day, type Day } from '#kernel/day.ts';
import { ok } from '#kernel/result.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import type { CapacityVersion } from './contract.ts';
import {
  capacityOn,
  decideEntry,
  decideOnSupporter,
  decideVersion,
  freeFrom,
  opensOn,
  supporterKind,
} from './rules.ts';

// A capacity against the simplest model of it: a row of days, each with the number of its places. A version writes its
// number into every day from its first one on.

const first = day('1403-06-15');
const horizon = 60;
const field = (name: string): string => name;
const dayAt = (at: number): Day => addDays(first, at);

type Step =
  | { readonly step: 'version'; readonly jobs: number; readonly in: number }
  | { readonly step: 'link' }
  | { readonly step: 'end' }
  | { readonly step: 'wait'; readonly days: number };
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ step: fc.constant('version'), jobs: fc.nat(4), in: fc.nat(9) }) },
    { weight: 5, arbitrary: fc.record({ step: fc.constant('link') }) },
    { weight: 2, arbitrary: fc.record({ step: fc.constant('end') }) },
    { weight: 2, arbitrary: fc.record({ step: fc.constant('wait'), days: fc.integer({ min: 1, max: 6 }) }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 15, maxLength: 40 },
);

describe('places in a capacity', () => {
  test('are given exactly when every day to come has one more, and no day ever has more links than places', () => {
    let [given, refusedLinks, lowered] = [0, 0, 0];
    fc.assert(
      fc.property(steps, (taken) => {
        const model: (number | undefined)[] = Array.from({ length: horizon * 8 });
        const versions: CapacityVersion[] = [];
        let [at, links, latest] = [0, 0, 0];
        for (const one of taken) {
          const today = dayAt(at);
          if (one.step === 'wait') {
            for (let passed = 0; passed < one.days; passed += 1)
              expect(links).toBeLessThanOrEqual(model[at + passed] ?? 0);
            at += one.days;
          } else if (one.step === 'end') links = Math.max(0, links - 1);
          else if (one.step === 'link') {
            const lawful = model.slice(at).every((places) => (places ?? 0) > links);
            expect(freeFrom(versions, { links, orders: 0n }, today) > 0).toBe(lawful);
            if (lawful) [links, given] = [links + 1, given + 1];
            else refusedLinks += 1;
          } else {
            const from = at + one.in;
            const version = { jobs: one.jobs, orders: null, fromOn: dayAt(from) };
            const decided = decideVersion({ version, versions, use: { links, orders: 0n }, field });
            expect(decided.ok).toBe(from >= latest && one.jobs >= links);
            if (!decided.ok) continue;
            versions.push(version);
            latest = from;
            if (one.jobs < (model[from] ?? 0)) lowered += 1;
            model.fill(one.jobs, from);
          }
          for (const ahead of [0, 3, 11])
            expect(capacityOn(versions, dayAt(at + ahead))?.jobs).toBe(model[at + ahead]);
        }
      }),
      { numRuns: 500 },
    );
    // The steps reach what they are there for.
    expect(Math.min(given, refusedLinks, lowered)).toBeGreaterThan(100);
  });

  test('are told from the first day on which one opens and stays', () => {
    const versions = [
      { jobs: 1, orders: null, fromOn: first },
      { jobs: 3, orders: null, fromOn: addDays(first, 10) },
      { jobs: 1, orders: null, fromOn: addDays(first, 20) },
      { jobs: 2, orders: null, fromOn: addDays(first, 30) },
    ];
    expect(daysBetween(first, opensOn(versions, 1, first) ?? first)).toBe(30);
    expect(opensOn(versions, 2, first)).toBeNull();
  });
});

describe('a supporter', () => {
  const legal = { form: 'legal' } as const;
  const entry = { form: { kind: 'driver', recordYears: 3 }, person: legal, standing: undefined } as const;

  test('is known, has three years of record, and as a driver is a firm', () => {
    expect(decideEntry(entry)).toEqual(ok());
    const kinds = [
      { ...entry, person: undefined },
      { ...entry, person: { form: 'natural' } as const },
      { ...entry, standing: { enteredOn: first } },
      { ...entry, form: { kind: 'supporter', recordYears: 2 } as const },
    ].map((facts) => {
      const decided = decideEntry(facts);
      return decided.ok ? 'ok' : decided.refusal.kind;
    });
    expect(kinds).toEqual(['PersonNotKnown', 'DriverNotFirm', 'SupporterStands', 'RecordTooShort']);
  });

  test('is approved by nobody who proposed its capacity, nor by itself, and ends when no link stands', () => {
    const supporter = { personId: 'itself', proposedByPerson: 'proposer' };
    const told = (act: 'approve' | 'accept_capacity' | 'end' | 'change_listing', byPerson: string) => {
      const decided = decideOnSupporter({ act, byPerson, listed: null, supporter, links: 2 });
      return decided.ok ? 'ok' : decided.refusal.kind;
    };
    for (const act of ['approve', 'accept_capacity'] as const)
      expect([told(act, 'proposer'), told(act, 'itself'), told(act, 'another')]).toEqual([
        'OwnCapacity',
        'OwnFile',
        'ok',
      ]);
    expect(told('end', 'another')).toBe('LinksStand');
    expect(told('change_listing', 'another')).toBe('ListingMissing');
  });

  test('has its states in the README', () => {
    expect(readmeHasDiagram(new URL('./README.md', import.meta.url), supporterKind)).toBe(true);
  });
});
