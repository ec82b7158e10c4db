import type { Tx } from '#platform/db.ts';
import type { CreditBreach } from './contract.ts';
import {
  listClosedNotEmpty,
  listDivisionsNotWhole,
  listHandedBackApart,
  listLinesNotConserved,
  listOneEyed,
  listOverCeiling,
  listReservesNotLocked,
} from './queries.ts';

/** Every record of a province that breaks L1, L3 or L6; `karsaz verify` asks for it. L2 is the ledger's to replay. */
export async function findBreaches(tx: Tx, provinceId: number): Promise<CreditBreach[]> {
  const lines = await listLinesNotConserved(tx, provinceId);
  const reserves = await listReservesNotLocked(tx, provinceId);
  const divisions = await listDivisionsNotWhole(tx, provinceId);
  const handedBack = await listHandedBackApart(tx, provinceId);
  const closed = await listClosedNotEmpty(tx, provinceId);
  const overCeiling = await listOverCeiling(tx, provinceId);
  const oneEyed = await listOneEyed(tx, provinceId);
  return [
    ...lines.map((sums) => ({ kind: 'LineNotConserved' as const, provinceId, ...sums })),
    ...reserves.map((sums) => ({ kind: 'ReserveNotLocked' as const, provinceId, ...sums })),
    ...divisions.map((sums) => ({ kind: 'PartsNotWhole' as const, provinceId, ...sums })),
    ...handedBack.map((sums) => ({ kind: 'HandedBackApart' as const, provinceId, ...sums })),
    ...closed.map((sums) => ({ kind: 'ClosedNotEmpty' as const, provinceId, ...sums })),
    ...overCeiling.map((sums) => ({ kind: 'OverCeiling' as const, provinceId, ...sums })),
    ...oneEyed.map(({ id }) => ({ kind: 'OneEye' as const, provinceId, id })),
  ];
}
