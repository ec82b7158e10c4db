import { must, ok, refused, type Result } from '#kernel/result.ts';
import type { CatalogueRow, ReadCsv } from '#platform/csv.ts';
import { inTransaction, noScope, type Database, type Tx } from '#platform/db.ts';
import type {
  AgencyOffice,
  Branch,
  NewAgencyOffice,
  NewAgentBank,
  NewBranch,
  PartyRefusal,
} from './contract.ts';
import {
  findBank,
  findBranchByCode,
  findOffice,
  hasAgency,
  hasCounty,
  insertAgencyRoles,
  insertAgentBank,
  insertBranch,
  insertOffice,
  listWorkplaces,
  upsertAgencies,
  upsertAgentBanks,
  upsertBanks,
  type WorkplaceRow,
} from './queries.ts';
import { decideBranch, isOffered } from './rules.ts';

/**
 * Brings agencies, banks and the known agent banks from the data files into the database; a second load
 * writes nothing. The agent banks are rows of a province, so each province is a transaction under its own
 * scope. `owner` is the database as `karsaz_owner`; `place` must be loaded before.
 */
export async function loadCatalogue(owner: Database, readCsv: ReadCsv): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    const agencies = readCsv('agencies.csv');
    await upsertAgencies(tx, agencies);
    await insertAgencyRoles(tx, agencies);
    await upsertBanks(tx, readCsv('banks.csv'));
  });
  const byProvince = Map.groupBy(readCsv('agent_banks.csv'), provinceOf);
  for (const [province, rows] of byProvince) {
    await inTransaction(owner, { ...noScope, province }, async (tx) => {
      await upsertAgentBanks(tx, { provinceId: province, rows });
      return ok();
    });
  }
}

const provinceOf = (row: CatalogueRow): number =>
  Number.parseInt(must(row['province_id'], 'province_id'), 10);

export type Opened<Order> = Order & { readonly openedAt: Date };

/**
 * Opens a branch in the province of `tx`'s scope. The same order twice opens once and gives the same branch;
 * another order with its code is refused. An order for another province than the scope's breaks the policy of
 * the table and throws.
 */
export async function openBranch(tx: Tx, order: Opened<NewBranch>): Promise<Result<Branch, PartyRefusal>> {
  const decision = decideBranch({
    bankCode: order.bankCode,
    countyCode: order.countyCode,
    bank: await findBank(tx, order.bankCode),
    countyInProvince: await hasCounty(tx, order),
  });
  if (!decision.ok) return decision;
  const isNew = await insertBranch(tx, order);
  const branch = must(await findBranchByCode(tx, order), 'the branch just stored');
  if (isNew || branch.branchId === order.branchId) return ok(branch);
  return refused({ kind: 'BranchCodeTaken', branchCode: order.branchCode, branchNameFa: branch.nameFa });
}

/** Opens an office of an agency, for a county or (`countyCode` null) the whole province; as `openBranch`. */
export async function openOffice(
  tx: Tx,
  order: Opened<NewAgencyOffice>,
): Promise<Result<AgencyOffice, PartyRefusal>> {
  const { agencyKey, countyCode, provinceId } = order;
  if (!(await hasAgency(tx, agencyKey))) return refused({ kind: 'AgencyUnknown', agencyKey });
  if (countyCode !== null && !(await hasCounty(tx, { provinceId, countyCode }))) {
    return refused({ kind: 'CountyNotInProvince', countyCode });
  }
  const isNew = await insertOffice(tx, order);
  const office = must(await findOffice(tx, order), 'the office just stored');
  if (isNew || office.officeId === order.officeId) return ok(office);
  return refused({ kind: 'OfficeOpenAlready', officeNameFa: office.nameFa });
}

/** Names a bank as agent of a programme in the province of `tx`'s scope and a budget year. Acts once. */
export async function nameAgentBank(tx: Tx, order: NewAgentBank): Promise<Result<undefined, PartyRefusal>> {
  const bank = await findBank(tx, order.bankCode);
  if (!bank) return refused({ kind: 'BankUnknown', bankCode: order.bankCode });
  if (!isOffered(bank.status)) {
    return refused({ kind: 'BankNotOffered', bankNameFa: bank.nameFa, bankNameEn: bank.nameEn });
  }
  await insertAgentBank(tx, order);
  return ok();
}

/** The offices of agencies, or the branches of banks, in a province: where `access` can grant a role. */
export const workplacesOf = (
  tx: Tx,
  asked: { readonly provinceId: number; readonly of: 'agency' | 'bank' },
): Promise<WorkplaceRow[]> => listWorkplaces(tx, asked);
