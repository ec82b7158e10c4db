import { ok, refused, type Result } from '#kernel/result.ts';
import type { BankStatus, PartyRefusal } from './contract.ts';

/** Only an open bank is offered: the others stay in the catalogue to explain old records. */
export const isOffered = (status: BankStatus): boolean => status === 'open';

export type BranchFacts = {
  readonly bankCode: string;
  readonly countyCode: string;
  readonly bank:
    | { readonly nameFa: string; readonly nameEn: string; readonly status: BankStatus }
    | undefined;
  readonly countyInProvince: boolean;
};

/** A branch is opened for a bank that lends, in a county of its own province. */
export function decideBranch(facts: BranchFacts): Result<undefined, PartyRefusal> {
  const { bank, bankCode, countyCode } = facts;
  if (!bank) return refused({ kind: 'BankUnknown', bankCode });
  if (!isOffered(bank.status)) {
    return refused({ kind: 'BankNotOffered', bankNameFa: bank.nameFa, bankNameEn: bank.nameEn });
  }
  if (!facts.countyInProvince) return refused({ kind: 'CountyNotInProvince', countyCode });
  return ok();
}
