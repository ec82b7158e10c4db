import { dayFromIso } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { isId } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import type { CellKind, SheetColumn } from '#platform/cell.ts';
import { type ReadRow, writeSheet } from '#platform/sheet.ts';
import {
  type ListColumn,
  type ListRow,
  type RowFault,
  type RowStage,
  listColumns,
  rowStages,
} from '../banklist/contract.ts';
import type { ReferralRow } from '../banklist/queries.ts';
import type { JudgedRow } from '../banklist/rules.ts';
import { bankListLabels, cellWords, columnWords, rowStageWords, wordsOfReason } from '../banklist/words.ts';

const kinds: Readonly<Record<ListColumn, CellKind>> = {
  stage: 'text',
  award: 'code',
  tracking: 'code',
  branch: 'code',
  county: 'code',
  category: 'code',
  amount: 'rial',
  day: 'day',
};
const needed: readonly ListColumn[] = ['stage', 'tracking', 'branch', 'amount', 'day'];
export const columns: readonly SheetColumn<ListColumn>[] = listColumns.map((key) => ({
  key,
  title: columnWords[key],
  kind: kinds[key],
  needed: needed.includes(key),
  longest: 60,
}));

const stageNames = new Map<string, RowStage>(
  rowStages.flatMap((stage) => {
    const { fa, en } = rowStageWords[stage];
    return [stage, fa, en.toLowerCase()].map((name): [string, RowStage] => [name, stage]);
  }),
);

export function rowOf({ line, cells, written, faults }: ReadRow<ListColumn>): ListRow {
  const found: RowFault[] = faults.map(({ column, rule, fa, en }) => ({ column, rule, fa, en }));
  const fault = (column: keyof typeof cellWords): void => {
    if (!found.some((one) => one.column === column))
      found.push({ column, rule: 'unknown', ...cellWords[column] });
  };
  const stage = stageNames.get((cells.stage ?? '').toLowerCase()) ?? null;
  if (stage === null) fault('stage');
  const typedId = cells.award?.toLowerCase() ?? null;
  const awardId = typedId !== null && isId(typedId) ? typedId : null;
  if (typedId !== null && awardId === null) fault('award');
  const amount = cells.amount === null ? null : rial(cells.amount);
  if (amount !== null && amount <= 0n) fault('amount');
  return {
    line,
    stage,
    awardId,
    tracking: cells.tracking,
    branchCode: cells.branch,
    countyCode: cells.county,
    categoryKey: cells.category,
    amount,
    happenedOn: cells.day === null ? null : dayFromIso(cells.day),
    faults: found,
    written,
  };
}

const errorColumns: readonly SheetColumn[] = [
  ...columns.map((column) => ({ ...column, longest: 300 })),
  { key: 'line', title: bankListLabels.rowLine, kind: 'count' },
  { key: 'reason', title: bankListLabels.reason, kind: 'text' },
];

/** The rows as they were written, so that mending and sending this very sheet again is all there is to do. */
export function errorSheet(wrong: readonly JudgedRow[], language: 'fa' | 'en'): Promise<Buffer> {
  const rows = wrong.map((one) => ({
    ...one.row.written,
    line: String(one.row.line),
    reason: faultsOf(one)
      .map((fault) => fault[language])
      .join(' '),
  }));
  return writeSheet({
    format: 'xlsx',
    name: bankListLabels.errorFile,
    language,
    columns: errorColumns,
    rows,
  });
}

/** What is wrong with a row: its cells one by one, or the one reason of the whole row. */
export function faultsOf({
  row,
  reason,
}: JudgedRow): ({ column: string | null; rule: string } & Bilingual)[] {
  if (reason === null) return [];
  if (reason.kind === 'CellsUnread') return row.faults.map((fault) => ({ ...fault }));
  return [{ column: null, rule: reason.kind, ...wordsOfReason(reason) }];
}

/** What the bank gets: a row for each award that waits for it, at the stage that comes next, for it to fill in. */
export function referralSheet(referrals: readonly ReferralRow[], language: 'fa' | 'en'): Promise<Buffer> {
  const rows = referrals.map((one) => ({
    stage: rowStageWords[one.state === 'referred' ? 'contracted' : 'paid'][language],
    award: one.awardId,
    tracking: null,
    branch: null,
    county: one.countyCode,
    category: one.categoryKey,
    amount: one.amount.toString(),
    day: null,
  }));
  return writeSheet({ format: 'xlsx', name: bankListLabels.referrals, language, columns, rows });
}
