import { type Rial, total } from '#kernel/rial.ts';
import { type No, type Ok, ok, refused } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import type { ShareSums } from '../contract.ts';
import type { OpeningRefusal, OpeningRow, RowReason } from './contract.ts';

const states = ['proposed', 'approved', 'taking_back', 'taken_back', 'withdrawn'] as const;
const acts = [
  'approve_opening',
  'withdraw_opening',
  'propose_takeback',
  'approve_takeback',
  'withdraw_takeback',
] as const;
const none = {
  approve_opening: 'refused',
  withdraw_opening: 'refused',
  propose_takeback: 'refused',
  approve_takeback: 'refused',
  withdraw_takeback: 'refused',
} as const;
const decides = ['director', 'deputy'] as const;

/** What was paid before the beginning: one person proposes it, another approves it; so too to take it back. */
export const openingKind = {
  kind: 'credit_opening',
  start: { act: 'propose_opening', state: 'proposed', may: decides },
  table: {
    proposed: { ...none, approve_opening: 'approved', withdraw_opening: 'withdrawn' },
    approved: { ...none, propose_takeback: 'taking_back' },
    taking_back: { ...none, approve_takeback: 'taken_back', withdraw_takeback: 'approved' },
    taken_back: none,
    withdrawn: none,
  } as const satisfies CaseTable<(typeof states)[number], (typeof acts)[number]>,
  may: {
    approve_opening: decides,
    withdraw_opening: decides,
    propose_takeback: decides,
    approve_takeback: decides,
    withdraw_takeback: decides,
  },
  closed: ['taken_back', 'withdrawn'],
  // Nobody is waited for to find a mistake in it.
  waits: { approved: null },
} as const satisfies CaseKind<(typeof states)[number], (typeof acts)[number]>;

/** Whether an opening in this state keeps another from its line. */
export const stands = (state: string): boolean => state !== 'withdrawn' && state !== 'taken_back';

/** What the slices without parts have available, by slice and share. */
export type OpeningFacts = ReadonlyMap<string, ShareSums>;

export type JudgedRow = { readonly row: OpeningRow; readonly reason: RowReason | null };

const mostCount = 1_000_000;

/** Judges each row by itself and against those before it: a pure function, the same in the form and at the approval. */
export function judgeOpening(rows: readonly OpeningRow[], facts: OpeningFacts): JudgedRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => ({ row, reason: reasonOf(row, facts, seen) }));
}

function reasonOf(row: OpeningRow, facts: OpeningFacts, seen: Map<string, number>): RowReason | null {
  const { sliceId, share, amount, loans, jobs } = row;
  if (row.faults.length > 0) return { kind: 'CellsUnread' };
  const available = facts.get(sliceId ?? '');
  if (sliceId === null || available === undefined) return { kind: 'SliceUnknown' };
  const left = available.get(share ?? '');
  if (share === null || left === undefined)
    return { kind: 'ShareUnknown', held: [...available.keys()].toSorted() };
  const key = `${sliceId} ${share}`;
  const twice = seen.get(key);
  if (twice !== undefined) return { kind: 'RowTwice', line: twice };
  seen.set(key, row.line);
  if (amount === null || amount <= 0n) return { kind: 'AmountMissing' };
  if (loans === null || loans < 1) return { kind: 'LoansMissing' };
  if (loans > mostCount || (jobs ?? 0) > mostCount) return { kind: 'CountTooLarge' };
  return amount > left ? { kind: 'BeyondAvailable', share, left, asked: amount } : null;
}

type Given = { readonly amount: Rial; readonly loans: number };

/** The rows add up to what the source says of itself, in loans and to the rial. */
export function decideTotal(
  rows: readonly Given[],
  { statedLoans, statedSum }: { readonly statedLoans: number; readonly statedSum: Rial },
): Ok<undefined> | No<OpeningRefusal> {
  const sum = total(rows.map(({ amount }) => amount));
  const loans = rows.reduce((count, one) => count + one.loans, 0);
  return sum === statedSum && loans === statedLoans
    ? ok()
    : refused({ kind: 'OpeningTotalDiffers', field: 'statedSum', loans, sum, statedLoans, statedSum });
}

/** All rows or none: the first that cannot be recorded refuses them. */
export function decideRows(judged: readonly JudgedRow[]): Ok<undefined> | No<OpeningRefusal> {
  const wrong = judged.flatMap(({ row, reason }) => (reason === null ? [] : [{ line: row.line, reason }]));
  const [first] = wrong;
  return first === undefined ? ok() : refused({ kind: 'OpeningRowsWrong', count: wrong.length, ...first });
}
