import { hash } from 'node:crypto';
import { addDays, day, isoOf } from '#kernel/day.ts';
import { type Id, newId } from '#kernel/id.ts';
import { rial, total } from '#kernel/rial.ts';
import { type Result, must } from '#kernel/result.ts';
import type { AnyRefusal, Doing } from '../actions.ts';
import { recordList, uploadList } from '../banklist/actions.ts';
import type { BankListRefusal, ListRow } from '../banklist/contract.ts';
import { tallyOf } from '../banklist/rules.ts';
import { confirmList } from '../confirmation/actions.ts';
import { openShare } from '../contract.ts';
import type { DemonstrationLine } from '../demonstration/contract.ts';
import { approveOpening, leavesOf, proposeOpening } from '../opening/actions.ts';

type Letter = { readonly number: string; readonly day: string };

/** A bank's sheet of the demonstration: what it says it paid, and one payment for which nothing was awarded. */
type PlayedList = {
  readonly from: string;
  readonly bank: string;
  readonly branch: string;
  readonly letter: Letter;
  readonly signed: Letter;
  readonly payments: readonly string[];
  readonly withoutAward: string;
};

type On = (on: string) => Doing;

const quietly = (): void => {};
const idOf = ({ clock }: Doing): Id => newId(clock.now().getTime());

/** The deputy brings and records the list, the director confirms it (L6); a payment goes past its award, one row is bad. */
export async function playBankList(
  {
    lineId,
    awardIds,
    list,
  }: { readonly lineId: Id; readonly awardIds: readonly Id[]; readonly list: PlayedList },
  on: Readonly<Record<'deputy' | 'director', On>>,
): Promise<Result<unknown, AnyRefusal | BankListRefusal>> {
  const row = (amount: string, at: number, awardId: Id | null): ListRow => ({
    line: at + 2,
    stage: 'paid',
    awardId,
    tracking: `${list.from.slice(0, 4)}${at + 1}`,
    branchCode: list.branch,
    countyCode: null,
    categoryKey: null,
    amount: rial(amount),
    happenedOn: addDays(day(list.from), 40 + at),
    faults: [],
    written: { amount },
  });
  const paid = list.payments.map((amount, at) => row(amount, at, awardIds[at] ?? null));
  const rows = [...paid, row(list.withoutAward, paid.length, null)];
  const bringing = on.deputy(list.letter.day);
  const order = {
    id: idOf(bringing),
    bankCode: list.bank,
    letterNumber: list.letter.number,
    letterDay: isoOf(day(list.letter.day)),
    statedCount: rows.length,
    statedSum: tallyOf(rows).sum.toString(),
    mendsId: null,
  };
  const file = { name: 'list.xlsx', hash: hash('sha256', list.letter.number), rows };
  const uploaded = await uploadList(bringing, { lineId, order, file });
  if (!uploaded.ok) return uploaded;
  const listId = uploaded.value.id;
  const recording = on.deputy(list.signed.day);
  const { count, sum } = tallyOf(paid);
  const newRows = { id: idOf(recording), seenVersion: 1, newCount: count, newSum: sum.toString() };
  const recorded = await recordList(recording, { listId, order: newRows, tell: quietly });
  if (!recorded.ok) return recorded;
  const signing = on.director(list.signed.day);
  const signed = {
    id: idOf(signing),
    seenVersion: 2,
    signedNumber: list.signed.number,
    signedDay: isoOf(day(list.signed.day)),
    signedCount: count,
    signedSum: sum.toString(),
  };
  return confirmList(signing, { listId, order: signed, tell: quietly });
}

/** What banks had paid before the beginning, as the deputy proposes it and the director approves it. */
export async function playOpening(
  { lineId, opening }: { readonly lineId: Id; readonly opening: NonNullable<DemonstrationLine['opening']> },
  on: Readonly<Record<'deputy' | 'director', On>>,
): Promise<Result<unknown, AnyRefusal>> {
  const { source, resolution, paid } = opening;
  const proposing = on.deputy(opening.proposed);
  const leaves = await leavesOf(proposing, lineId);
  const rows = paid.map((row, at) => ({
    ...row,
    sliceId: must(leaves[at], 'a slice for each sum').id,
    share: openShare,
  }));
  const order = {
    id: idOf(proposing),
    paidUntil: isoOf(day(opening.paidUntil)),
    sourceNumber: source.number,
    sourceDay: isoOf(day(source.day)),
    sourceTitle: source.title,
    statedLoans: rows.reduce((sum, { loans }) => sum + loans, 0),
    statedSum: total(rows.map(({ amount }) => rial(amount))).toString(),
    rows,
  };
  const proposed = await proposeOpening(proposing, { lineId, order });
  if (!proposed.ok) return proposed;
  const approving = on.director(resolution.day);
  const approval = {
    id: idOf(approving),
    resolutionNumber: resolution.number,
    resolutionDay: isoOf(day(resolution.day)),
    seenVersion: 1,
  };
  return approveOpening(approving, { openingId: proposed.value.id, order: approval });
}
