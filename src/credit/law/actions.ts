import type { Tx } from '#platform/db.ts';
import { minus, zero } from '#kernel/rial.ts';
import { openShare } from '../contract.ts';
import { lockedByLetters } from '../line/actions.ts';
import { listLines } from '../queries.ts';
import { addShares } from '../share.ts';
import { listOpenedTwice, listOpeningsApart } from '../opening/queries.ts';
import { listReleasedApart, listReleasedByShare } from '../release/queries.ts';
import { formsOf } from '../award/rules.ts';
import { listOverCap, listUnruled } from '../share/queries.ts';
import type { CreditBreach } from './contract.ts';
import {
  listAwardsApart,
  listBeneficiariesApart,
  listClosedNotEmpty,
  listDivisionsNotWhole,
  listFunnelsWidening,
  listHandedBackApart,
  listHeldByShare,
  listLinesNotConserved,
  listOneEyed,
  listOverCeiling,
  listPapersApart,
  listReportsApart,
} from './queries.ts';

/** Every record of a province that breaks L1, L3, L6, L11 or L14; `karsaz verify` asks for it. L2 is the ledger's to replay. */
export async function findBreaches(tx: Tx, provinceId: number): Promise<CreditBreach[]> {
  const lines = await listLinesNotConserved(tx, provinceId);
  const reserves = await findReservesNotLocked(tx, provinceId);
  const divisions = await listDivisionsNotWhole(tx, provinceId);
  const handedBack = await listHandedBackApart(tx, provinceId);
  const closed = await listClosedNotEmpty(tx, provinceId);
  const overCeiling = await listOverCeiling(tx, provinceId);
  const overCap = await listOverCap(tx, provinceId);
  const unruled = await listUnruled(tx, provinceId);
  const released = await listReleasedApart(tx, provinceId);
  const openings = await listOpeningsApart(tx, provinceId);
  const openedTwice = await listOpenedTwice(tx, provinceId);
  const reports = await listReportsApart(tx, provinceId);
  const funnels = await listFunnelsWidening(tx, provinceId);
  const awards = await listAwardsApart(tx, provinceId);
  const beneficiaries = await listBeneficiariesApart(tx, provinceId, formsOf);
  const oneEyed = await listOneEyed(tx, provinceId);
  const papers = await listPapersApart(tx, provinceId);
  return [
    ...lines.map((sums) => ({ kind: 'LineNotConserved' as const, provinceId, ...sums })),
    ...reserves.map((sums) => ({ kind: 'ReserveNotLocked' as const, provinceId, ...sums })),
    ...divisions.map((sums) => ({ kind: 'PartsNotWhole' as const, provinceId, ...sums })),
    ...handedBack.map((sums) => ({ kind: 'HandedBackApart' as const, provinceId, ...sums })),
    ...closed.map((sums) => ({ kind: 'ClosedNotEmpty' as const, provinceId, ...sums })),
    ...overCeiling.map((sums) => ({ kind: 'OverCeiling' as const, provinceId, ...sums })),
    ...overCap.map((sums) => ({ kind: 'OverCap' as const, provinceId, ...sums })),
    ...unruled.map(({ id }) => ({ kind: 'Unruled' as const, provinceId, id })),
    ...released.map((sums) => ({ kind: 'ReleasedApart' as const, provinceId, ...sums })),
    ...openings.map((sums) => ({ kind: 'OpeningApart' as const, provinceId, ...sums })),
    ...openedTwice.map(({ id }) => ({ kind: 'OpenedTwice' as const, provinceId, id })),
    ...reports.map((counts) => ({ kind: 'ReportApart' as const, provinceId, ...counts })),
    ...funnels.map((sums) => ({ kind: 'FunnelWidens' as const, provinceId, ...sums })),
    ...awards.map((sums) => ({ kind: 'AwardApart' as const, provinceId, ...sums })),
    ...beneficiaries.map((one) => ({ kind: 'BeneficiaryApart' as const, provinceId, ...one })),
    ...oneEyed.map((one) => ({ kind: 'OneEye' as const, provinceId, ...one })),
    ...papers.map((paper) => ({ kind: 'PaperApart' as const, provinceId, ...paper })),
  ];
}

/**
 * L3: reserves of which the slices of a line hold another sum than its letters brought, each under the rules of its
 * day, less what two persons released. What a cut took lies handed back under the same share.
 */
async function findReservesNotLocked(tx: Tx, provinceId: number) {
  const apart: { readonly id: string; readonly due: string; readonly found: string }[] = [];
  for (const line of await listLines(tx, { provinceId, id: null })) {
    const due = (await lockedByLetters({ tx, provinceId }, line)).reduce(addShares, new Map());
    const held = new Map(
      (await listHeldByShare(tx, { provinceId, lineId: line.id })).map(({ share, amount }) => [
        share,
        amount,
      ]),
    );
    const released = new Map(
      (await listReleasedByShare(tx, { provinceId, lineId: line.id })).map(({ share, amount }) => [
        share,
        amount,
      ]),
    );
    for (const share of new Set([...due.keys(), ...held.keys()])) {
      const wanted = minus(due.get(share) ?? zero, released.get(share) ?? zero);
      const found = held.get(share) ?? zero;
      if (share !== openShare && wanted !== found)
        apart.push({ id: line.id, due: wanted.toString(), found: found.toString() });
    }
  }
  return apart;
}
