import { sql } from 'kysely';
import type { Doing } from '#credit/actions.ts';
import { accountsBy, factsOf } from '#credit/actions.ts';
import { columns } from '#credit/sheet/routes.ts';
import type { ListColumn } from '#credit/banklist/contract.ts';
import { day } from '#kernel/day.ts';
import { type Id, newId } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { postTransfers } from '#ledger/actions.ts';
import { openBranch } from '#party/actions.ts';
import type { CellValue } from '#platform/cell.ts';
import { writeSheet } from '#platform/sheet.ts';
import { enterPersons } from './beneficiaries.ts';

/** The bank of the tests and the code of its one branch in Alborz. */
export const testBank = '012';
export const testBranch = '30019';

export async function openTestBranch({ tx, clock, provinceId }: Doing): Promise<void> {
  const opened = await openBranch(tx, {
    provinceId,
    countyCode: '3001',
    sourceKey: 'demonstration',
    openedAt: clock.now(),
    branchId: newId(clock.now().getTime()),
    bankCode: testBank,
    branchCode: testBranch,
    nameFa: 'شعبهٔ آزمون',
    nameEn: 'Test branch',
  });
  if (!opened.ok) throw new Error(`the branch was refused: ${opened.refusal.kind}`);
}

/**
 * Awards of one slice by a few statements, where a test needs thousands: what `reserveAward` writes for each, the
 * money of all in one batch. Given back are their ids.
 */
export async function manyAwards(
  { tx, clock, provinceId, by }: Doing,
  { sliceId, count, amount }: { readonly sliceId: Id; readonly count: number; readonly amount: bigint },
): Promise<Id[]> {
  const doing = { tx, clock, provinceId, by };
  const { facts } = must(await factsOf(doing, sliceId), 'a slice');
  const at = clock.now().getTime();
  const ids = Array.from({ length: count }, () => newId(at));
  await sql`
    insert into casework.case_file (
      province_id, id, kind, state, version, county_code, subject_id, moved_at, opener_id, opened_at, since_on
    )
    select ${provinceId}::smallint, id, 'award', 'reserved', 1, ${facts.countyCode}, id, ${clock.now()},
      ${by.personId}::uuid, ${clock.now()}, '2024-01-01'
    from unnest(${ids}::uuid[]) as id
  `.execute(tx);
  await sql`
    insert into casework.act (
      province_id, id, case_id, kind, seq, act, from_state, to_state, by_user, by_person, by_role, county_code,
      subject_id, facts, happened_on, recorded_at
    )
    select ${provinceId}::smallint, id, id, 'award', 1, 'reserve', 'unborn', 'reserved', ${by.userId},
      ${by.personId}, ${by.role}, ${facts.countyCode}, id, '{}', '2024-01-01', ${clock.now()}
    from unnest(${ids}::uuid[]) as id
  `.execute(tx);
  await enterPersons(tx, { ids, kind: 'person' });
  await sql`
    insert into credit.award (
      province_id, id, line_id, slice_id, county_code, share, amount, beneficiary_kind, beneficiary_id, jobs
    )
    select ${provinceId}::smallint, id, ${facts.lineId}, ${sliceId}, ${facts.countyCode}, 'open', ${amount},
      'person', id, 1
    from unnest(${ids}::uuid[]) as id
  `.execute(tx);
  const account = await accountsBy(doing, sliceId);
  const posted = await postTransfers(tx, {
    provinceId,
    mode: 'linked',
    clock,
    orders: ids.map((awardId) => ({
      id: newId(at),
      phase: 'post',
      pendingId: null,
      reversesId: null,
      debitAccountId: account('available', 'open'),
      creditAccountId: account('reserved', 'open'),
      amount: rial(amount),
      kind: 'reserve',
      referenceId: awardId,
      happenedOn: day('1402-10-11'),
    })),
  });
  if (!posted.ok) throw new Error(`the awards were refused: ${posted.refusal.kind}`);
  return ids;
}

export type SheetRow = Partial<Record<ListColumn, CellValue>>;

export const sheetOf = async (rows: readonly SheetRow[], format: 'xlsx' | 'csv' = 'xlsx') =>
  new Uint8Array(
    await writeSheet({
      format,
      name: { fa: 'فهرست', en: 'List' },
      language: 'fa',
      columns,
      rows: rows.map((row) => ({
        stage: 'پرداخت',
        award: null,
        tracking: null,
        branch: testBranch,
        county: null,
        category: null,
        amount: null,
        day: '2024-02-10',
        ...row,
      })),
    }),
  );

export const sumOf = (rows: readonly SheetRow[]): bigint =>
  rows.reduce((sum, { amount }) => sum + (/^\d+$/.test(amount ?? '') ? BigInt(amount ?? 0) : 0n), 0n);
