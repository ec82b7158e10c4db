import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { type Rial, least, minus, plus, zero } from '#kernel/rial.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import { type AwardSums, leftOf } from '../award/rules.ts';
import {
  type BankListRefusal,
  type ListRow,
  type RowGroup,
  type RowReason,
  type RowStage,
  type Tally,
  rowGroups,
  rowStages,
} from './contract.ts';

const listStates = ['read', 'recorded', 'confirmed', 'discarded'] as const;
const listActs = ['record', 'confirm', 'discard'] as const;
type ListState = (typeof listStates)[number];
type ListAct = (typeof listActs)[number];
const none = { record: 'refused', confirm: 'refused', discard: 'refused' } as const;

export const bankListKind = {
  kind: 'bank_list',
  start: { act: 'upload', state: 'read', may: ['director', 'deputy'] },
  table: {
    read: { ...none, record: 'recorded', discard: 'discarded' },
    recorded: { ...none, confirm: 'confirmed' },
    confirmed: none,
    discarded: none,
  } as const satisfies CaseTable<ListState, ListAct>,
  may: { record: ['deputy'], confirm: ['director', 'deputy'], discard: ['director', 'deputy'] },
  closed: ['confirmed', 'discarded'],
} as const satisfies CaseKind<ListState, ListAct>;

type Hands = { readonly uploadedByPerson: Id; readonly recordedByPerson: Id | null };

/** Whoever brought a list or made its reports does not confirm it (L6). */
export const isOwnList = ({ uploadedByPerson, recordedByPerson }: Hands, personId: Id): boolean =>
  uploadedByPerson === personId || recordedByPerson === personId;

/** An award as a list meets it. */
export type AwardFact = AwardSums & {
  readonly id: Id;
  readonly lineId: Id;
  readonly sliceId: Id;
  readonly countyCode: string | null;
  readonly share: string;
  readonly state: string;
  /** What a branch reported and nobody confirmed or declined yet. */
  readonly reported: Rial | null;
  readonly lastDay: Day;
};

export type RecordedRow = {
  readonly awardId: Id | null;
  readonly branchCode: string;
  readonly amount: Rial;
  readonly happenedOn: Day;
};

export type LeafFact = { readonly sliceId: Id; readonly countyCode: string | null };

export type ListFacts = {
  readonly lineId: Id;
  readonly today: Day;
  readonly letterDay: Day;
  readonly awards: ReadonlyMap<string, AwardFact>;
  /** The award that a tracking number of this bank stood for in an earlier list. */
  readonly tracked: ReadonlyMap<string, Id>;
  /** What was recorded of this bank and line, by the key of the row. */
  readonly recorded: ReadonlyMap<string, RecordedRow>;
  readonly branches: ReadonlySet<string>;
  /** Slices without parts, by `placeKey`. */
  readonly leaves: ReadonlyMap<string, LeafFact>;
};

/** What recording a new row does. */
export type RowDeed = {
  readonly stage: RowStage;
  readonly key: string;
  readonly award: AwardFact | null;
  readonly sliceId: Id;
  readonly countyCode: string | null;
  readonly tracking: string;
  readonly branchCode: string;
  readonly amount: Rial;
  readonly happenedOn: Day;
  readonly act: 'refer' | 'contract' | 'report_payment' | null;
  /** What of a payment the award still holds, and what goes beyond the slice (L2). */
  readonly part: Rial;
  readonly beyond: Rial;
};

export type JudgedRow = {
  readonly row: ListRow;
  readonly group: RowGroup;
  readonly reason: RowReason | null;
  readonly deed: RowDeed | null;
};

export const placeKey = (countyCode: string | null, categoryKey: string | null): string =>
  `${countyCode ?? ''} ${categoryKey ?? ''}`;

/** By what a row is the same row in another file: an award is referred once, a payment has its tracking number. */
export const rowKey = (stage: RowStage, awardId: Id | null, tracking: string): string =>
  stage === 'paid' || awardId === null ? `${stage} ${tracking}` : `${stage} ${awardId}`;

/** A row whose cells could all be read. */
type WholeRow = ListRow & {
  readonly stage: RowStage;
  readonly tracking: string;
  readonly branchCode: string;
  readonly amount: Rial;
  readonly happenedOn: Day;
};

function wholeOf(row: ListRow): WholeRow | undefined {
  const { stage, tracking, branchCode, amount, happenedOn, faults } = row;
  if (stage === null || tracking === null || branchCode === null) return undefined;
  if (amount === null || happenedOn === null || faults.length > 0) return undefined;
  return { ...row, stage, tracking, branchCode, amount, happenedOn };
}

type Finding = { readonly group: RowGroup; readonly reason: RowReason } | { readonly deed: RowDeed };
const bad = (reason: RowReason): Finding => ({ group: 'bad', reason });
const known = (reason: RowReason): Finding => ({ group: 'known', reason });
const contradicting = (reason: RowReason): Finding => ({ group: 'contradicting', reason });

/**
 * Judges all rows of a list against what stands: a pure function of the rows and the facts. Within a list a
 * referral comes before a contract and both before payments, then day by day; each row sees what those before it
 * would have done. The answers stand in the order of the file.
 */
export function judgeList(rows: readonly ListRow[], facts: ListFacts): JudgedRow[] {
  const awards = new Map(facts.awards);
  const seen = new Map<string, number>();
  const judged = new Map<number, JudgedRow>();
  for (const row of rows.toSorted(byDeed)) {
    const found = judgeRow(row, { ...facts, awards }, seen);
    if ('deed' in found) {
      judged.set(row.line, { row, group: 'new', reason: null, deed: found.deed });
      seen.set(found.deed.key, row.line);
      const { award } = found.deed;
      if (award !== null) awards.set(award.id, awardAfter(award, found.deed));
    } else judged.set(row.line, { row, ...found, deed: null });
  }
  return rows.map(({ line }) => must(judged.get(line), 'every row is judged'));
}

const rankOf = ({ stage }: ListRow): number => (stage === null ? -1 : rowStages.indexOf(stage));

function byDeed(a: ListRow, b: ListRow): number {
  const [dayOfA, dayOfB] = [a.happenedOn ?? '', b.happenedOn ?? ''];
  return rankOf(a) - rankOf(b) || (dayOfA < dayOfB ? -1 : dayOfA > dayOfB ? 1 : 0) || a.line - b.line;
}

function awardAfter(award: AwardFact, { act, part, happenedOn }: RowDeed): AwardFact {
  if (act === null) return award;
  const state = { refer: 'referred', contract: 'contracted', report_payment: award.state }[act];
  return { ...award, state, lastDay: happenedOn, reported: act === 'report_payment' ? part : award.reported };
}

function judgeRow(given: ListRow, facts: ListFacts, seen: ReadonlyMap<string, number>): Finding {
  const row = wholeOf(given);
  if (row === undefined) return bad({ kind: 'CellsUnread' });
  if (!facts.branches.has(row.branchCode)) return bad({ kind: 'BranchUnknown', branchCode: row.branchCode });
  if (row.happenedOn > facts.today) return bad({ kind: 'DayNotCome', today: facts.today });
  if (row.happenedOn > facts.letterDay) return bad({ kind: 'DayAfterLetter', letterDay: facts.letterDay });
  const awardId = row.awardId ?? facts.tracked.get(row.tracking) ?? null;
  const key = rowKey(row.stage, awardId, row.tracking);
  const twice = seen.get(key);
  if (twice !== undefined) return bad({ kind: 'RowTwice', line: twice });
  const before = facts.recorded.get(key);
  if (before !== undefined) return judgeRecorded(row, awardId, before);
  if (awardId === null) return judgeUnawarded(row, key, facts);
  const award = facts.awards.get(awardId);
  if (award === undefined) return bad({ kind: 'AwardUnknown' });
  if (award.lineId !== facts.lineId) return bad({ kind: 'AwardOfOtherLine' });
  return judgeAwarded(row, key, award);
}

/** The same row again adds nothing; the same row with other content is a contradiction that a person settles. */
function judgeRecorded(row: WholeRow, awardId: Id | null, before: RecordedRow): Finding {
  const same =
    before.amount === row.amount &&
    before.happenedOn === row.happenedOn &&
    before.branchCode === row.branchCode &&
    before.awardId === awardId;
  if (same) return known({ kind: 'RowRecorded' });
  return contradicting({ kind: 'OtherContent', amount: before.amount, happenedOn: before.happenedOn });
}

/** A payment for which nothing was awarded is a fact as well: all of it is beyond the slice of its place. */
function judgeUnawarded(row: WholeRow, key: string, { leaves }: ListFacts): Finding {
  if (row.stage !== 'paid' || row.countyCode === null) return bad({ kind: 'PlaceMissing' });
  const leaf = leaves.get(placeKey(row.countyCode, row.categoryKey));
  if (leaf === undefined) return bad({ kind: 'SliceUnknown' });
  const deed = { ...deedOf(row, key), ...leaf, award: null, act: null, part: zero, beyond: row.amount };
  return { deed };
}

const deedOf = ({ stage, tracking, branchCode, amount, happenedOn }: WholeRow, key: string) => ({
  stage,
  key,
  tracking,
  branchCode,
  amount,
  happenedOn,
});

function judgeAwarded(row: WholeRow, key: string, award: AwardFact): Finding {
  const { state } = award;
  if (state === 'released') return contradicting({ kind: 'AwardReleased' });
  if (row.stage !== 'paid' && row.amount !== award.amount)
    return contradicting({ kind: 'AmountDiffers', awarded: award.amount });
  const whole = { ...deedOf(row, key), award, sliceId: award.sliceId, countyCode: award.countyCode };
  if (row.stage !== 'paid') {
    const [needs, act] =
      row.stage === 'referred' ? (['reserved', 'refer'] as const) : (['referred', 'contract'] as const);
    if (state === 'reserved' && needs === 'referred') return bad({ kind: 'StageTooEarly', state, needs });
    if (state !== needs) return known({ kind: 'StageReached', state });
    if (row.happenedOn < award.lastDay) return bad({ kind: 'DayBeforeAct', lastDay: award.lastDay });
    return { deed: { ...whole, act, part: zero, beyond: zero } };
  }
  if (state === 'reserved' || state === 'referred')
    return bad({ kind: 'StageTooEarly', state, needs: 'contracted' });
  if (award.reported !== null) return bad({ kind: 'ReportWaiting', reported: award.reported });
  const part = least(leftOf(award), row.amount);
  // What changes nothing of the award may come in any order.
  if (part > 0n && row.happenedOn < award.lastDay)
    return bad({ kind: 'DayBeforeAct', lastDay: award.lastDay });
  const act = part > 0n ? 'report_payment' : null;
  return { deed: { ...whole, act, part, beyond: minus(row.amount, part) } };
}

/** Count and sum of each group; a row without a readable sum counts with nothing. */
export function talliesOf(judged: readonly JudgedRow[]): Readonly<Record<RowGroup, Tally>> {
  const of = (group: RowGroup): Tally =>
    tallyOf(judged.filter((one) => one.group === group).map(({ row }) => row));
  const [fresh, same, against, wrong] = rowGroups.map(of);
  return {
    new: must(fresh, 'a tally of each group'),
    known: must(same, 'a tally of each group'),
    contradicting: must(against, 'a tally of each group'),
    bad: must(wrong, 'a tally of each group'),
  };
}

export const tallyOf = (rows: readonly ListRow[]): Tally => ({
  count: rows.length,
  sum: rows.reduce((sum, { amount }) => plus(sum, amount ?? zero), zero),
});

export const unreadOf = (rows: readonly ListRow[]): number =>
  rows.filter(({ amount }) => amount === null).length;

/** What the bank's letter says of its list. */
type Stated = { readonly statedCount: number; readonly statedSum: Rial };
type Decided = Result<undefined, BankListRefusal>;

/** Count and sum of the whole file, bad rows included, against what the bank states of it. */
export function decideStated({ statedCount, statedSum }: Stated, rows: readonly ListRow[]): Decided {
  const { count, sum } = tallyOf(rows);
  const unread = unreadOf(rows);
  if (unread === 0 && count === statedCount && sum === statedSum) return ok();
  return refused({ kind: 'StatedTotalDiffers', count, sum, unread, statedCount, statedSum });
}

/** A file that comes again is the list it was, so a total that was mended meanwhile would be lost without a word. */
export const decideSameTotal = (before: Stated & { readonly id: Id }, now: Stated): Decided =>
  before.statedCount === now.statedCount && before.statedSum === now.statedSum
    ? ok()
    : refused({ kind: 'ListStatedOtherwise', listId: before.id, ...before });

export const decideSomeNew = ({ count }: Tally): Decided =>
  count === 0 ? refused({ kind: 'NothingNew' }) : ok();
