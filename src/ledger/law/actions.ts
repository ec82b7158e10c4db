import type { Tx } from '#platform/db.ts';
import type { LedgerBreach } from './contract.ts';
import { listAccountsApart, sumOfAccounts } from './queries.ts';

/** Every account of a province that is not its transfers, and the whole where it is not zero (L1). */
export async function findBreaches(tx: Tx, provinceId: number): Promise<LedgerBreach[]> {
  const breaches: LedgerBreach[] = [];
  for (const apart of await listAccountsApart(tx, provinceId))
    breaches.push({ kind: 'AccountApart', provinceId, ...apart });
  const found = await sumOfAccounts(tx, provinceId);
  if (found !== '0') breaches.push({ kind: 'LedgerNotZero', provinceId, found });
  return breaches;
}
