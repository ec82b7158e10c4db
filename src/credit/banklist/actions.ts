import { act, openCase } from '#casework/actions.ts';
import { actOnAll, lockAll } from '#casework/batch/actions.ts';
import type { ActOrder } from '#casework/contract.ts';
import { type Day, dayFromIso } from '#kernel/day.ts';
import { type Id, id, newId } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { postTransfers } from '#ledger/actions.ts';
import type { TransferOrder } from '#ledger/contract.ts';
import type { Tx } from '#platform/db.ts';
import { type AnyRefusal, type Doing, decideRole, numberOf, opening, today } from '../actions.ts';
import { type ExcessAccounts, excessAccounts } from '../excess/actions.ts';
import { listAccounts } from '../excess/queries.ts';
import { reportEnd } from '../parameter/actions.ts';
import { listLines, lockLine } from '../queries.ts';
import { awardKind, decideDay, isDrawable } from '../rules.ts';
import type { BankListRefusal, ListOrder, ListRow, RecordOrder } from './contract.ts';
import {
  type EntryRow,
  type ListHeadRow,
  findListOfFile,
  insertEntries,
  insertList,
  insertRows,
  isBankKnown,
  listAwardStandings,
  listBranchCodes,
  listLeaves,
  listLists,
  listRecorded,
  listRows,
} from './queries.ts';
import {
  type AwardFact,
  type JudgedRow,
  type ListFacts,
  type RowDeed,
  bankListKind,
  decideSameTotal,
  decideSomeNew,
  decideStated,
  isOwnList,
  judgeList,
  placeKey,
  rowKey,
  talliesOf,
} from './rules.ts';

type Done<Value> = Promise<Result<Value, AnyRefusal | BankListRefusal>>;

/** Tells how far a deed of some seconds has come. */
export type Tell = (step: string, done: number, of: number) => void;

type SentFile = { readonly name: string; readonly hash: string; readonly rows: readonly ListRow[] };

/** Keeps a list as it came. The same file again is the same list, also under another key and on a later day. */
export async function uploadList(
  doing: Doing,
  { lineId, order, file }: { readonly lineId: string; readonly order: ListOrder; readonly file: SentFile },
): Done<{ id: Id; isNew: boolean }> {
  const { tx, clock, provinceId, by } = doing;
  const { act: bringing, may } = bankListKind.start;
  if (!may.some((role) => role === by.role))
    return refused({ kind: 'ActNotYours', act: bringing, role: by.role, may });
  if (!(await lockLine(tx, { provinceId, id: lineId }))) return refused({ kind: 'LineMissing', lineId });
  const line = must((await listLines(tx, { provinceId, id: lineId }))[0], 'the locked line');
  if (!isDrawable(line.state)) return refused({ kind: 'LineNotOpen', state: line.state });
  const { bankCode } = order;
  if (!(await isBankKnown(tx, bankCode))) return refused({ kind: 'BankUnknown', bankCode });
  const before = await findListOfFile(tx, { provinceId, lineId: line.id, bankCode, fileHash: file.hash });
  if (before !== undefined) {
    const same = decideSameTotal(before, {
      statedCount: order.statedCount,
      statedSum: rial(order.statedSum),
    });
    return same.ok ? ok({ id: before.id, isNew: false }) : same;
  }
  const letterDay = dayFromIso(order.letterDay);
  const timely = decideDay(letterDay, today(doing));
  if (!timely.ok) return timely;
  const mends = await mendedList(doing, line.id, order);
  if (!mends.ok) return mends;
  const listId = id(order.id);
  const asked = { ...order, lineId: line.id, fileHash: file.hash };
  const letterNumber = numberOf(order.letterNumber);
  const upload = await opening(doing, listId, null, asked);
  const stated = { statedCount: String(order.statedCount), statedSum: String(rial(order.statedSum)) };
  const opened = await openCase(tx, bankListKind, {
    opening: { ...upload, facts: { ...upload.facts, letterNumber, letterDay: order.letterDay, ...stated } },
    by,
    clock,
  });
  if (!opened.ok) return opened;
  await insertList(tx, {
    provinceId,
    id: listId,
    lineId: line.id,
    bankCode,
    fileHash: file.hash,
    fileName: file.name,
    mendsId: mends.value,
    letterNumber,
    letterDay,
    statedCount: order.statedCount,
    statedSum: rial(order.statedSum),
    uploadedByPerson: by.personId,
    uploadedByUser: by.userId,
  });
  await insertRows(tx, { provinceId, listId, rows: file.rows });
  return ok({ id: listId, isNew: true });
}

/** A list that mends another is of the same line and bank, and hangs on the first list of all. */
async function mendedList(doing: Doing, lineId: Id, { mendsId, bankCode }: ListOrder): Done<Id | null> {
  if (mendsId === null) return ok<Id | null>(null);
  const found = await findList(doing, mendsId);
  if (!found.ok) return found;
  if (found.value.lineId !== lineId || found.value.bankCode !== bankCode)
    return refused({ kind: 'MendedListDiffers', listId: mendsId });
  const first = found.value.mendsId ?? found.value.id;
  const open = await firstIsOpen(doing, first);
  return open.ok ? ok<Id | null>(first) : open;
}

/** A list is confirmed with the first one that it mends: once that is closed, nothing more hangs on it. */
async function firstIsOpen(doing: Pick<Doing, 'tx' | 'provinceId'>, firstId: Id): Done<undefined> {
  const first = await findList(doing, firstId);
  if (!first.ok) return first;
  const { state } = first.value;
  return bankListKind.closed.some((one) => one === state)
    ? refused({ kind: 'MendedListClosed', listId: firstId })
    : ok();
}

export async function findList(
  { tx, provinceId }: Pick<Doing, 'tx' | 'provinceId'>,
  listId: string,
): Done<ListHeadRow> {
  const found = (await listLists(tx, { provinceId, id: listId, limit: 1 }))[0];
  return found === undefined ? refused({ kind: 'ListMissing', listId }) : ok(found);
}

type ListPlace = { readonly provinceId: number; readonly today: Day };

const distinct = <Value>(values: readonly (Value | null)[]): Value[] => [
  ...new Set(values.filter((value) => value !== null)),
];

/** The awards that the rows name, by id or by a tracking number of an earlier list, and what is recorded of them. */
async function namedAwards(
  tx: Tx,
  provinceId: number,
  { lineId, bankCode }: ListHeadRow,
  rows: readonly ListRow[],
) {
  const trackings = distinct(rows.map(({ tracking }) => tracking));
  const keys = distinct(
    rows.map((row) => (row.stage === null ? null : rowKey(row.stage, row.awardId, row.tracking ?? ''))),
  );
  const recorded = await listRecorded(tx, { provinceId, lineId, bankCode, keys, trackings });
  const tracked = new Map(
    recorded.flatMap(({ tracking, awardId }) => (awardId === null ? [] : [[tracking, awardId] as const])),
  );
  return {
    recorded,
    tracked,
    awardIds: distinct([...rows.map(({ awardId }) => awardId), ...tracked.values()]),
  };
}

/** Everything that the rows of a list are judged by, read at once. */
async function factsOfList(
  tx: Tx,
  { provinceId, today: day }: ListPlace,
  list: ListHeadRow,
  rows: readonly ListRow[],
): Promise<ListFacts> {
  const { lineId, bankCode } = list;
  const { recorded, tracked, awardIds: ids } = await namedAwards(tx, provinceId, list, rows);
  const awards = await listAwardStandings(tx, { provinceId, ids });
  const leaves = await listLeaves(tx, { provinceId, lineId });
  return {
    lineId,
    today: day,
    letterDay: list.letterDay,
    awards: new Map(awards.map((award): [string, AwardFact] => [award.id, award])),
    tracked,
    recorded: new Map(recorded.map((one) => [one.key, one])),
    branches: new Set(await listBranchCodes(tx, { provinceId, bankCode })),
    leaves: new Map(leaves.map((leaf) => [placeKey(leaf.countyCode, leaf.categoryKey), leaf])),
  };
}

export async function judgedRows(tx: Tx, place: ListPlace, list: ListHeadRow): Promise<JudgedRow[]> {
  const rows = await listRows(tx, { provinceId: place.provinceId, id: list.id });
  return judgeList(rows, await factsOfList(tx, place, list, rows));
}

/**
 * Records the new rows of a list: referrals and contracts at once, payments as pending transfers (L11); all of
 * them or none. What the bank states must agree with the file first.
 */
export async function recordList(
  doing: Doing,
  { listId, order, tell }: { readonly listId: string; readonly order: RecordOrder; readonly tell: Tell },
): Done<{ id: Id; state: string }> {
  const { tx, provinceId } = doing;
  const begun = await beginAct(doing, { listId, order, name: 'record' });
  if (!begun.ok) return begun;
  const { list, state, replayed } = begun.value;
  if (replayed) return ok({ id: list.id, state });
  // Two lists of one line are recorded one after the other: the later one finds the rows of the earlier known.
  await lockLine(tx, { provinceId, id: list.lineId });
  const open = list.mendsId === null ? ok() : await firstIsOpen(doing, list.mendsId);
  if (!open.ok) return open;
  const rows = await listRows(tx, { provinceId, id: list.id });
  const agrees = decideStated(list, rows);
  if (!agrees.ok) return agrees;
  tell('lock', 0, rows.length);
  const { awardIds } = await namedAwards(tx, provinceId, list, rows);
  await lockAll(tx, { provinceId, caseIds: awardIds });
  tell('judge', 0, rows.length);
  const judged = judgeList(rows, await factsOfList(tx, { provinceId, today: today(doing) }, list, rows));
  const fresh = talliesOf(judged).new;
  const some = decideSomeNew(fresh);
  if (!some.ok) return some;
  if (fresh.count !== order.newCount || fresh.sum !== rial(order.newSum))
    return refused({ kind: 'PreviewMovedOn', ...fresh });
  const done = await recordDeeds(doing, list, { judged, tell });
  return done.ok ? ok({ id: list.id, state }) : done;
}

/** The act on the case of a list, which a double click finds done. */
export async function beginAct(
  doing: Doing,
  {
    listId,
    order,
    name,
    reason = null,
    facts = {},
  }: {
    readonly listId: string;
    readonly order: { readonly id: Id; readonly seenVersion: number };
    readonly name: 'record' | 'confirm' | 'discard';
    readonly reason?: string | null;
    readonly facts?: Readonly<Record<string, string>>;
  },
): Done<{ list: ListHeadRow; state: string; replayed: boolean }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(bankListKind, name, by.role);
  if (!mine.ok) return mine;
  const found = await findList(doing, listId);
  if (!found.ok) return found;
  const list = found.value;
  if (name === 'confirm' && isOwnList(list, by.personId)) return refused({ kind: 'OwnList', listId });
  const acted = await act(tx, bankListKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: list.id,
      act: name,
      seenVersion: order.seenVersion,
      facts,
      reason,
      happenedOn: today(doing),
    },
  });
  if (!acted.ok) return acted;
  return ok({ list, state: acted.value.case.state, replayed: acted.value.outcome === 'replayed' });
}

type Deeds = { readonly judged: readonly JudgedRow[]; readonly tell: Tell };

async function recordDeeds(doing: Doing, list: ListHeadRow, { judged, tell }: Deeds): Done<undefined> {
  const { tx, clock, provinceId, by } = doing;
  const fresh = judged.flatMap(({ row, deed }) => (deed === null ? [] : [{ line: row.line, deed }]));
  const inOrder = fresh.toSorted((a, b) => stageRank(a.deed) - stageRank(b.deed) || byDay(a.deed, b.deed));
  const orders = inOrder.flatMap(({ line, deed }) => actOf(doing, list, { line, deed }) ?? []);
  tell('acts', 0, orders.length);
  const acted = await actOnAll(tx, awardKind, { provinceId, orders, by, clock });
  if (!acted.ok) return acted;
  const accounts = await accountsFor(
    doing,
    list,
    inOrder.map(({ deed }) => deed),
  );
  const entries = inOrder.map(({ line, deed }) => entryOf(doing, list, { line, deed }, accounts));
  const expiresAt = await reportEnd(doing, list.lineId);
  const transfers = entries.flatMap(({ entry, deed }) =>
    transfersOf(doing, { entry, deed, accounts, expiresAt }),
  );
  tell('transfers', 0, transfers.length);
  const posted = await postTransfers(tx, { provinceId, orders: transfers, mode: 'linked', clock });
  if (!posted.ok) return posted;
  tell('entries', transfers.length, transfers.length);
  await insertEntries(tx, { provinceId, entries: entries.map(({ entry }) => entry) });
  return ok();
}

const stageRank = ({ stage }: RowDeed): number => ['referred', 'contracted', 'paid'].indexOf(stage);
const byDay = (a: RowDeed, b: RowDeed): number =>
  a.happenedOn < b.happenedOn ? -1 : a.happenedOn > b.happenedOn ? 1 : 0;

type LineDeed = { readonly line: number; readonly deed: RowDeed };

function actOf(doing: Doing, list: ListHeadRow, { line, deed }: LineDeed): ActOrder | undefined {
  if (deed.act === null || deed.award === null) return undefined;
  return {
    id: newId(doing.clock.now().getTime()),
    caseId: deed.award.id,
    act: deed.act,
    seenVersion: null,
    facts: {
      bankList: list.id,
      line: String(line),
      ...(deed.act === 'report_payment' ? { amount: deed.part.toString() } : {}),
    },
    reason: null,
    happenedOn: deed.happenedOn,
  };
}

type Accounts = {
  readonly of: (sliceId: Id, stage: string, share: string) => Id;
  readonly beyond: ReadonlyMap<Id, ExcessAccounts>;
};

async function accountsFor(doing: Doing, list: ListHeadRow, deeds: readonly RowDeed[]): Promise<Accounts> {
  const ownerIds = [...new Set(deeds.map(({ sliceId }) => sliceId))];
  const accounts = await listAccounts(doing.tx, { provinceId: doing.provinceId, ownerIds });
  const byName = new Map(accounts.map((one) => [`${one.ownerId} ${one.kind} ${one.share}`, one.id]));
  const wanted = new Map(
    deeds
      .filter(({ beyond }) => beyond > 0n)
      .map(({ sliceId, countyCode }) => [
        sliceId,
        { lineId: list.lineId, sliceId, bankCode: list.bankCode, countyCode },
      ]),
  );
  return {
    of: (sliceId, stage, share) => must(byName.get(`${sliceId} ${stage} ${share}`), `the ${stage} account`),
    beyond: await excessAccounts(doing, [...wanted.values()]),
  };
}

function entryOf(
  doing: Doing,
  list: ListHeadRow,
  { line, deed }: LineDeed,
  accounts: Accounts,
): { entry: EntryRow; deed: RowDeed } {
  const fresh = (): Id => newId(doing.clock.now().getTime());
  const { key, stage, tracking, award, branchCode, amount, happenedOn, part, beyond, countyCode } = deed;
  const entry = {
    id: fresh(),
    listId: list.id,
    line,
    lineId: list.lineId,
    bankCode: list.bankCode,
    key,
    stage,
    tracking,
    awardId: award?.id ?? null,
    branchCode,
    amount,
    happenedOn,
    part,
    partTransferId: part > 0n ? fresh() : null,
    beyond,
    beyondTransferId: beyond > 0n ? fresh() : null,
    excessId: beyond > 0n ? must(accounts.beyond.get(deed.sliceId), 'an excess').excessId : null,
    countyCode,
  };
  return { entry, deed };
}

const ways = { refer: ['reserved', 'referred'], contract: ['referred', 'contracted'] } as const;

function transfersOf(
  doing: Doing,
  given: {
    readonly entry: EntryRow;
    readonly deed: RowDeed;
    readonly accounts: Accounts;
    /** What is beyond a slice holds nothing of it, so only the part of an award runs out. */
    readonly expiresAt: Date;
  },
): TransferOrder[] {
  const { entry, deed, accounts, expiresAt } = given;
  const { award, act: name, sliceId, happenedOn, part, beyond } = deed;
  const common = { pendingId: null, reversesId: null, happenedOn };
  const orders: TransferOrder[] = [];
  if (award !== null && (name === 'refer' || name === 'contract'))
    orders.push({
      ...common,
      id: newId(doing.clock.now().getTime()),
      phase: 'post',
      kind: name,
      referenceId: award.id,
      debitAccountId: accounts.of(sliceId, ways[name][0], award.share),
      creditAccountId: accounts.of(sliceId, ways[name][1], award.share),
      amount: award.amount,
    });
  if (award !== null && entry.partTransferId !== null)
    orders.push({
      ...common,
      id: entry.partTransferId,
      phase: 'pend',
      kind: 'pay',
      referenceId: award.id,
      debitAccountId: accounts.of(sliceId, 'contracted', award.share),
      creditAccountId: accounts.of(sliceId, 'paid', award.share),
      amount: part,
      expiresAt,
    });
  if (entry.beyondTransferId !== null) {
    const { from, into } = must(accounts.beyond.get(sliceId), 'an excess');
    orders.push({
      ...common,
      id: entry.beyondTransferId,
      phase: 'pend',
      kind: 'exceed',
      referenceId: entry.id,
      debitAccountId: from,
      creditAccountId: into,
      amount: beyond,
    });
  }
  return orders;
}

/** Lays a list aside that nobody recorded; its file may be sent again. */
export async function discardList(
  doing: Doing,
  given: {
    readonly listId: string;
    readonly order: { readonly id: Id; readonly seenVersion: number; readonly reason: string };
  },
): Done<{ id: Id; state: string }> {
  const { listId, order } = given;
  const begun = await beginAct(doing, { listId, order, name: 'discard', reason: order.reason });
  return begun.ok ? ok({ id: begun.value.list.id, state: begun.value.state }) : begun;
}
