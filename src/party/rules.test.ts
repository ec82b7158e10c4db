import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bankStatuses, partyRefusalStatus } from './contract.ts';
import { decideBranch, isOffered } from './rules.ts';
import { partyRefusalWords } from './words.ts';

const facts = fc.record({
  bankCode: fc.stringMatching(/^\d{3}$/),
  countyCode: fc.stringMatching(/^\d{4}$/),
  bank: fc.option(
    fc.record({ nameFa: fc.string(), nameEn: fc.string(), status: fc.constantFrom(...bankStatuses) }),
    { nil: undefined },
  ),
  countyInProvince: fc.boolean(),
});

describe('opening a branch', () => {
  test('is done exactly for an open bank in a county of the province, and every no has words', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const decision = decideBranch(given);
        const lawful = given.bank !== undefined && isOffered(given.bank.status) && given.countyInProvince;
        expect(decision.ok).toBe(lawful);
        if (decision.ok) return;
        expect(Object.keys(partyRefusalWords)).toContain(decision.refusal.kind);
        expect(partyRefusalStatus[decision.refusal.kind]).toBeGreaterThanOrEqual(400);
      }),
    );
  });

  test('is refused for a bank that was merged, by name', () => {
    const decision = decideBranch({
      bankCode: '052',
      countyCode: '3001',
      bank: { nameFa: 'بانک قوامین', nameEn: 'Ghavamin Bank', status: 'merged' },
      countyInProvince: true,
    });
    expect(decision).toEqual({
      ok: false,
      refusal: { kind: 'BankNotOffered', bankNameFa: 'بانک قوامین', bankNameEn: 'Ghavamin Bank' },
    });
  });
});
