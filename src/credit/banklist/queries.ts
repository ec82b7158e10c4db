import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import { correctionActs } from '../correction/contract.ts';
import type { RowId } from '../queries.ts';
import type { ListRow, RowFault, RowStage } from './contract.ts';

export type ListHeadRow = {
  readonly id: Id;
  readonly lineId: Id;
  readonly bankCode: string;
  readonly bankFa: string;
  readonly bankEn: string;
  readonly programme: string;
  readonly budgetYear: number;
  readonly fileName: string;
  readonly fileHash: string;
  readonly letterNumber: string;
  readonly letterDay: Day;
  readonly statedCount: number;
  readonly statedSum: Rial;
  readonly mendsId: Id | null;
  readonly uploadedBy: string | null;
  readonly uploadedByPerson: Id;
  /** Whose deed made its reports; null until it is recorded. */
  readonly recordedByPerson: Id | null;
  readonly state: string;
  readonly version: number;
};

export type NewList = {
  readonly provinceId: number;
  readonly id: Id;
  readonly lineId: Id;
  readonly bankCode: string;
  readonly fileHash: string;
  readonly fileName: string;
  readonly mendsId: Id | null;
  readonly letterNumber: string;
  readonly letterDay: Day;
  readonly statedCount: number;
  readonly statedSum: Rial;
  readonly uploadedByPerson: Id;
  readonly uploadedByUser: Id;
};

export async function insertList(tx: Tx, list: NewList): Promise<void> {
  await sql`
    insert into credit.bank_list (
      province_id, id, line_id, bank_code, file_hash, file_name, mends_id, letter_number, letter_day,
      stated_count, stated_sum, uploaded_by_person, uploaded_by_user
    ) values (
      ${list.provinceId}, ${list.id}, ${list.lineId}, ${list.bankCode}, ${list.fileHash}, ${list.fileName},
      ${list.mendsId}, ${list.letterNumber}, ${isoOf(list.letterDay)}, ${list.statedCount}, ${list.statedSum},
      ${list.uploadedByPerson}, ${list.uploadedByUser}
    )
  `.execute(tx);
}

/** The rows of a file by one statement. */
export async function insertRows(
  tx: Tx,
  {
    provinceId,
    listId,
    rows,
  }: { readonly provinceId: number; readonly listId: Id; readonly rows: readonly ListRow[] },
): Promise<void> {
  const given = rows.map((row) => ({
    line_number: row.line,
    stage: row.stage,
    award_id: row.awardId,
    tracking: row.tracking,
    branch_code: row.branchCode,
    county_code: row.countyCode,
    category_key: row.categoryKey,
    amount: row.amount?.toString() ?? null,
    happened_on: row.happenedOn === null ? null : isoOf(row.happenedOn),
    faults: row.faults,
    written: row.written,
  }));
  await sql`
    insert into credit.bank_list_row (
      province_id, list_id, line_number, stage, award_id, tracking, branch_code, county_code, category_key,
      amount, happened_on, faults, written
    )
    select ${provinceId}::smallint, ${listId}::uuid, line_number, stage, award_id, tracking, branch_code,
      county_code, category_key, amount, happened_on, faults, written
    from json_to_recordset(${JSON.stringify(given)}::json) as given (
      line_number integer, stage text, award_id uuid, tracking text, branch_code text, county_code text,
      category_key text, amount bigint, happened_on date, faults jsonb, written jsonb
    )
  `.execute(tx);
}

type StoredRow = Omit<ListRow, 'faults' | 'written'> & {
  readonly faults: RowFault[];
  readonly written: Record<string, string>;
};

export async function listRows(tx: Tx, { provinceId, id }: RowId): Promise<ListRow[]> {
  const { rows } = await sql<StoredRow>`
    select line_number as line, stage, award_id as "awardId", tracking, branch_code as "branchCode",
      county_code as "countyCode", category_key as "categoryKey", amount, happened_on as "happenedOn",
      faults, written
    from credit.bank_list_row
    where province_id = ${provinceId} and list_id = ${id}::uuid
    order by line_number
  `.execute(tx);
  return rows;
}

/** The lists of a province, the newest first; one by its id. */
export async function listLists(
  tx: Tx,
  asked: { readonly provinceId: number; readonly id: string | null; readonly limit: number },
): Promise<ListHeadRow[]> {
  const { rows } = await sql<ListHeadRow>`
    select b.id, b.line_id as "lineId", b.bank_code as "bankCode", k.name_fa as "bankFa", k.name_en as "bankEn",
      l.programme, l.budget_year as "budgetYear", b.file_name as "fileName", b.file_hash as "fileHash",
      b.letter_number as "letterNumber", b.letter_day as "letterDay", b.stated_count as "statedCount",
      b.stated_sum as "statedSum", b.mends_id as "mendsId", u.name as "uploadedBy",
      b.uploaded_by_person as "uploadedByPerson", c.state, c.version,
      (select x.by_person from casework.read_act x
        where x.province_id = b.province_id and x.case_id = b.id and x.act = 'record') as "recordedByPerson"
    from credit.bank_list b
    join credit.line l on l.province_id = b.province_id and l.id = b.line_id
    join party.read_bank k on k.bank_code = b.bank_code
    join casework.read_case c on c.province_id = b.province_id and c.id = b.id
    left join access.read_user u on u.user_id = b.uploaded_by_user
    where b.province_id = ${asked.provinceId} and (${asked.id}::uuid is null or b.id = ${asked.id}::uuid)
    order by b.id desc limit ${asked.limit}
  `.execute(tx);
  return rows;
}

/** The list that brought this very file before, unless it was discarded. */
export async function findListOfFile(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly lineId: Id;
    readonly bankCode: string;
    readonly fileHash: string;
  },
): Promise<Pick<ListHeadRow, 'id' | 'statedCount' | 'statedSum'> | undefined> {
  const { rows } = await sql<Pick<ListHeadRow, 'id' | 'statedCount' | 'statedSum'>>`
    select b.id, b.stated_count as "statedCount", b.stated_sum as "statedSum" from credit.bank_list b
    join casework.read_case c on c.province_id = b.province_id and c.id = b.id
    where b.province_id = ${asked.provinceId} and b.line_id = ${asked.lineId}
      and b.bank_code = ${asked.bankCode} and b.file_hash = ${asked.fileHash} and c.state <> 'discarded'
    order by b.id limit 1
  `.execute(tx);
  return rows[0];
}

/** A list and those that mend it, as far as they were recorded. */
export async function listFamily(tx: Tx, { provinceId, id }: RowId): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select b.id from credit.bank_list b
    join casework.read_case c on c.province_id = b.province_id and c.id = b.id
    where b.province_id = ${provinceId} and (b.id = ${id}::uuid or b.mends_id = ${id}::uuid)
      and c.state in ('recorded', 'confirmed')
    order by b.id
  `.execute(tx);
  return rows.map((row) => row.id);
}

export async function isBankKnown(tx: Tx, bankCode: string): Promise<boolean> {
  const { rows } = await sql`select bank_code from party.read_bank where bank_code = ${bankCode}`.execute(tx);
  return rows.length === 1;
}

export async function listBranchCodes(
  tx: Tx,
  { provinceId, bankCode }: { readonly provinceId: number; readonly bankCode: string },
): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select branch_code as code from party.read_branch
    where province_id = ${provinceId} and bank_code = ${bankCode}
  `.execute(tx);
  return rows.map(({ code }) => code);
}

export type EntryRow = {
  readonly id: Id;
  readonly listId: Id;
  readonly line: number;
  readonly lineId: Id;
  readonly bankCode: string;
  readonly key: string;
  readonly stage: RowStage;
  readonly tracking: string;
  readonly awardId: Id | null;
  readonly branchCode: string;
  readonly amount: Rial;
  readonly happenedOn: Day;
  readonly part: Rial;
  readonly partTransferId: Id | null;
  readonly beyond: Rial;
  readonly beyondTransferId: Id | null;
  readonly excessId: Id | null;
  readonly countyCode: string | null;
};

export async function insertEntries(
  tx: Tx,
  { provinceId, entries }: { readonly provinceId: number; readonly entries: readonly EntryRow[] },
): Promise<void> {
  const given = entries.map((entry) => ({
    id: entry.id,
    list_id: entry.listId,
    line_number: entry.line,
    line_id: entry.lineId,
    bank_code: entry.bankCode,
    row_key: entry.key,
    stage: entry.stage,
    tracking: entry.tracking,
    award_id: entry.awardId,
    branch_code: entry.branchCode,
    amount: entry.amount.toString(),
    happened_on: isoOf(entry.happenedOn),
    part: entry.part.toString(),
    part_transfer_id: entry.partTransferId,
    beyond: entry.beyond.toString(),
    beyond_transfer_id: entry.beyondTransferId,
    excess_id: entry.excessId,
    county_code: entry.countyCode,
  }));
  await sql`
    insert into credit.bank_list_entry (
      province_id, id, list_id, line_number, line_id, bank_code, row_key, stage, tracking, award_id, branch_code,
      amount, happened_on, part, part_transfer_id, beyond, beyond_transfer_id, excess_id, county_code
    )
    select ${provinceId}::smallint, id, list_id, line_number, line_id, bank_code, row_key, stage, tracking,
      award_id, branch_code, amount, happened_on, part, part_transfer_id, beyond, beyond_transfer_id, excess_id,
      county_code
    from json_to_recordset(${JSON.stringify(given)}::json) as given (
      id uuid, list_id uuid, line_number integer, line_id uuid, bank_code text, row_key text, stage text,
      tracking text, award_id uuid, branch_code text, amount bigint, happened_on date, part bigint,
      part_transfer_id uuid, beyond bigint, beyond_transfer_id uuid, excess_id uuid, county_code text
    )
  `.execute(tx);
}

export type RecordedEntry = Pick<
  EntryRow,
  'key' | 'tracking' | 'awardId' | 'branchCode' | 'amount' | 'happenedOn'
>;

/** What was recorded of a bank and line under these keys or tracking numbers. */
export async function listRecorded(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly lineId: Id;
    readonly bankCode: string;
    readonly keys: readonly string[];
    readonly trackings: readonly string[];
  },
): Promise<RecordedEntry[]> {
  const { rows } = await sql<RecordedEntry>`
    select row_key as key, tracking, award_id as "awardId", branch_code as "branchCode", amount,
      happened_on as "happenedOn"
    from credit.bank_list_entry
    where province_id = ${asked.provinceId} and line_id = ${asked.lineId} and bank_code = ${asked.bankCode}
      and (row_key = any(${[...asked.keys]}::text[]) or tracking = any(${[...asked.trackings]}::text[]))
  `.execute(tx);
  return rows;
}

export type AwardStanding = {
  readonly amount: Rial;
  readonly released: Rial;
  readonly paid: Rial;
  readonly id: Id;
  readonly lineId: Id;
  readonly sliceId: Id;
  readonly countyCode: string | null;
  readonly share: string;
  readonly state: string;
  readonly reported: Rial | null;
  readonly lastDay: Day;
};

/**
 * The awards of these ids as they stand, by one statement. Award by award, because a join of the whole sets is
 * planned by the statistics of before the batch that is being recorded, and then took a second for each hundred.
 */
export async function listAwardStandings(
  tx: Tx,
  { provinceId, ids }: { readonly provinceId: number; readonly ids: readonly Id[] },
): Promise<AwardStanding[]> {
  const { rows } = await sql<AwardStanding>`
    select a.id, a.line_id as "lineId", a.slice_id as "sliceId", a.county_code as "countyCode", a.share, a.amount,
      c.state, pay.released, pay.paid, nullif(pay.reported, 0) as reported, done.happened_on as "lastDay"
    from unnest(${[...ids]}::uuid[]) as wanted (id)
    join credit.award a on a.province_id = ${provinceId} and a.id = wanted.id
    join casework.read_case c on c.province_id = ${provinceId} and c.id = a.id
    cross join lateral (
      select happened_on from casework.read_act
      where province_id = ${provinceId} and case_id = c.id and act <> all(${[...correctionActs]}::text[])
      order by seq desc limit 1
    ) done
    cross join lateral (
      select coalesce(sum(t.amount) filter (where t.kind = 'release'), 0)::bigint as released,
        coalesce(sum(case t.kind when 'pay' then t.amount when 'correct' then -t.amount end)
          filter (where t.phase in ('post', 'confirm')), 0)::bigint as paid,
        (coalesce(sum(t.amount) filter (where t.phase = 'pend'), 0)
          - coalesce(sum(t.amount) filter (where t.phase in ('confirm', 'void')), 0))::bigint as reported
      from ledger.read_transfer t
      where t.province_id = ${provinceId} and t.reference_id = wanted.id
        and t.kind in ('pay', 'correct', 'expire', 'release')
    ) pay
  `.execute(tx);
  return rows;
}

export type LeafRow = {
  readonly sliceId: Id;
  readonly countyCode: string | null;
  readonly categoryKey: string | null;
};

/** The slices of a line that have no parts. */
export async function listLeaves(
  tx: Tx,
  { provinceId, lineId }: { readonly provinceId: number; readonly lineId: Id },
): Promise<LeafRow[]> {
  const { rows } = await sql<LeafRow>`
    select s.id as "sliceId", s.county_code as "countyCode", s.category_key as "categoryKey"
    from credit.slice s
    where s.province_id = ${provinceId} and s.line_id = ${lineId}
      and not exists (select from credit.slice p where p.province_id = s.province_id and p.parent_id = s.id)
  `.execute(tx);
  return rows;
}

export type ReportRow = {
  readonly entryId: Id;
  readonly awardId: Id | null;
  readonly transferId: Id;
  readonly kind: string;
  readonly debitAccountId: Id;
  readonly creditAccountId: Id;
  readonly amount: Rial;
  readonly happenedOn: Day;
  readonly referenceId: Id;
  /** How the pending transfer was ended; null while it waits. */
  readonly ended: 'confirm' | 'void' | null;
};

/** The pending transfers that the payments of lists hold, each with how it ended. */
export async function listReports(
  tx: Tx,
  { provinceId, listIds }: { readonly provinceId: number; readonly listIds: readonly Id[] },
): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select e.id as "entryId", e.award_id as "awardId", t.id as "transferId", t.kind,
      t.debit_account_id as "debitAccountId", t.credit_account_id as "creditAccountId", t.amount,
      t.happened_on as "happenedOn", t.reference_id as "referenceId", done.phase as ended
    from credit.bank_list_entry e
    join ledger.read_transfer t on t.province_id = e.province_id
      and t.id in (e.part_transfer_id, e.beyond_transfer_id)
    left join ledger.read_transfer done on done.province_id = t.province_id and done.pending_id = t.id
    where e.province_id = ${provinceId} and e.list_id = any(${[...listIds]}::uuid[]) and e.stage = 'paid'
    order by e.happened_on, e.id
  `.execute(tx);
  return rows;
}

export async function insertConfirmation(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly listId: Id;
    readonly uploadedByPerson: Id;
    readonly confirmedByPerson: Id;
    readonly confirmedByUser: Id;
    readonly signedNumber: string;
    readonly signedDay: Day;
    readonly signedCount: number;
    readonly signedSum: Rial;
  },
): Promise<void> {
  await sql`
    insert into credit.bank_list_confirmation (
      province_id, list_id, uploaded_by_person, confirmed_by_person, confirmed_by_user, signed_number, signed_day,
      signed_count, signed_sum
    ) values (
      ${row.provinceId}, ${row.listId}, ${row.uploadedByPerson}, ${row.confirmedByPerson}, ${row.confirmedByUser},
      ${row.signedNumber}, ${isoOf(row.signedDay)}, ${row.signedCount}, ${row.signedSum}
    )
  `.execute(tx);
}

export type ReferralRow = {
  readonly awardId: Id;
  readonly state: string;
  readonly amount: Rial;
  readonly countyCode: string | null;
  readonly categoryKey: string | null;
};

/** The awards that a bank has to do with, the oldest first. */
export async function listReferrals(
  tx: Tx,
  { provinceId, limit }: { readonly provinceId: number; readonly limit: number },
): Promise<ReferralRow[]> {
  const { rows } = await sql<ReferralRow>`
    select a.id as "awardId", c.state, a.amount, a.county_code as "countyCode", s.category_key as "categoryKey"
    from credit.award a
    join casework.read_case c on c.province_id = a.province_id and c.id = a.id
    join credit.slice s on s.province_id = a.province_id and s.id = a.slice_id
    where a.province_id = ${provinceId} and c.state in ('referred', 'contracted', 'part_paid')
      and (platform.scope_county() is null or a.county_code = platform.scope_county())
    order by a.id limit ${limit}
  `.execute(tx);
  return rows;
}
