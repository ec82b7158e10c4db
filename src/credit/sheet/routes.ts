import { dayFromIso } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { isId } from '#kernel/id.ts';
import { comparable } from '#kernel/persian.ts';
import { type Rial, rial } from '#kernel/rial.ts';
import type { CellKind, SheetColumn } from '#platform/cell.ts';
import { type ReadRow, type SheetFormat, readSheet, writeSheet } from '#platform/sheet.ts';
import { coordinateOf } from '../axis.ts';
import { axisWords, nameOn } from '../axis/words.ts';
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
import { type PartAxis, openShare, partAxes } from '../contract.ts';
import {
  type OpeningColumn,
  type OpeningRow,
  type SheetAnswer,
  openingColumns,
} from '../opening/contract.ts';
import { openingColumnWords, openingLabels } from '../opening/words.ts';
import type { NamedSlice } from '../queries.ts';
import { shareFor, shareName } from '../share/words.ts';

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

// ---- openings

type Leaf = NamedSlice & { readonly shares: ReadonlyMap<string, Rial> };
const isAxis = (column: string): column is PartAxis => partAxes.some((axis) => axis === column);

const openingSheet: readonly SheetColumn<OpeningColumn>[] = openingColumns.map((key) =>
  isAxis(key)
    ? { key, title: axisWords[key], kind: 'text' }
    : key === 'share'
      ? { key, title: openingColumnWords.share, kind: 'text' }
      : {
          key,
          title: openingColumnWords[key],
          kind: key === 'amount' ? 'rial' : 'count',
          needed: key !== 'jobs',
        },
);

/** The axes on which the slices of a line stand. */
const axesOf = (leaves: readonly Leaf[]): PartAxis[] =>
  partAxes.filter((axis) => leaves.some((leaf) => coordinateOf(leaf, axis) !== null));

/** A row for each share of each slice, with what it has left; what was paid is for the office to fill in. */
export function openingTemplate(
  leaves: readonly Leaf[],
  { format, language }: { readonly format: SheetFormat; readonly language: 'fa' | 'en' },
): Promise<Buffer> {
  const used = axesOf(leaves);
  const titled: readonly SheetColumn[] = [
    ...openingSheet.filter(({ key }) => !isAxis(key) || used.includes(key)),
    { key: 'available', title: openingColumnWords.available, kind: 'rial' },
  ];
  const rows = leaves.flatMap((leaf) =>
    [...leaf.shares].map(([share, left]) => ({
      ...Object.fromEntries(
        used.map((axis) => [axis, coordinateOf(leaf, axis) === null ? null : nameOn(axis, leaf)[language]]),
      ),
      share: shareName(share)[language],
      amount: null,
      loans: null,
      jobs: null,
      available: left.toString(),
    })),
  );
  return writeSheet({ format, name: openingLabels.title, language, columns: titled, rows });
}

const sameText = (text: string): string => comparable(text).toLowerCase();

/** By any of its names, or its code, what stands on an axis. */
function keysOn(axis: PartAxis, leaves: readonly Leaf[]): ReadonlyMap<string, string> {
  return new Map(
    leaves.flatMap((leaf) => {
      const key = coordinateOf(leaf, axis);
      if (key === null) return [];
      const { fa, en } = nameOn(axis, leaf);
      return [key, fa, en].map((name): [string, string] => [sameText(name), key]);
    }),
  );
}

const placeOf = (of: (axis: PartAxis) => string | null): string =>
  partAxes.map((axis) => of(axis) ?? '').join(' / ');

const countOf = (value: string | null): number | null => (value === null ? null : Number.parseInt(value, 10));

/** A filled-in sheet against the slices of its line; rows in which nothing was filled in are left out. */
export async function readOpening(
  bytes: Uint8Array,
  leaves: readonly Leaf[],
): Promise<(OpeningRow & { readonly written: Readonly<Record<string, string>> })[]> {
  const keys = new Map(partAxes.map((axis) => [axis, keysOn(axis, leaves)]));
  const byPlace = new Map(leaves.map((leaf) => [placeOf((axis) => coordinateOf(leaf, axis)), leaf]));
  const rows = await readSheet(bytes, { columns: openingSheet, mostRows: 3_000 });
  return rows
    .filter(({ written }) => [written.amount, written.loans, written.jobs].some((text) => text.trim() !== ''))
    .map(({ line, cells, written, faults }) => {
      const named = (axis: PartAxis): string | null => {
        const typed = cells[axis];
        return typed === null ? null : (keys.get(axis)?.get(sameText(typed)) ?? `? ${typed}`);
      };
      const leaf = byPlace.get(placeOf(named));
      const typed = sameText(cells.share ?? openShare);
      const share = [...(leaf?.shares.keys() ?? [])].find((one) =>
        [one, ...[shareName(one), shareFor(one)].flatMap(({ fa, en }) => [fa, en])].some(
          (name) => sameText(name) === typed,
        ),
      );
      return {
        line,
        sliceId: leaf?.id ?? null,
        share: share ?? null,
        amount: cells.amount === null ? null : rial(cells.amount),
        loans: countOf(cells.loans),
        jobs: countOf(cells.jobs),
        faults,
        written,
      };
    });
}

const openingErrors: readonly SheetColumn[] = [
  ...openingSheet.map((column) => ({ ...column, kind: 'text' as const, needed: false })),
  { key: 'line', title: openingColumnWords.line, kind: 'count' },
  { key: 'reason', title: openingColumnWords.reason, kind: 'text' },
];

/** The rows as they were written, so that mending and sending this very sheet again is all there is to do. */
export const openingErrorSheet = (wrong: SheetAnswer['rows'], language: 'fa' | 'en'): Promise<Buffer> =>
  writeSheet({
    format: 'xlsx',
    name: openingLabels.errorFile,
    language,
    columns: openingErrors,
    rows: wrong.map(({ line, written, faults }) => ({
      ...written,
      line: String(line),
      reason: faults.map((fault) => fault[language]).join(' '),
    })),
  });
