import {
  approveOpening,
  approveTakeback,
  proposeOpening,
  proposeTakeback,
  withdrawOpening,
  withdrawTakeback,
} from '#credit/opening/actions.ts';
import type { OpeningOrder } from '#credit/opening/contract.ts';
import { findBreaches } from '#credit/law/actions.ts';
import { listAccountSums, listSlices, listTurnovers } from '#credit/queries.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { type Name, alborz, byKeys, freshId, type openCredits } from './credits.ts';

type Row = OpeningOrder['rows'][number];
type Credits = Awaited<ReturnType<typeof openCredits>>;

/** What was paid of one share of a slice, in two loans and three jobs but for what `more` says. */
export const paid = (sliceId: string, amount: bigint, more: Partial<Row> = {}): Row => ({
  sliceId,
  share: 'open',
  amount: String(amount),
  loans: 2,
  jobs: 3,
  ...more,
});

/** An opening whose source says what its rows add up to, but for what `change` says. */
export const openingOrder = (rows: readonly Row[], change: Partial<OpeningOrder> = {}): OpeningOrder => ({
  id: freshId(),
  paidUntil: '2024-01-20',
  sourceNumber: '۱۲/۳۴۵',
  sourceDay: '2024-01-25',
  sourceTitle: 'صورت پرداخت‌های بانک عامل',
  statedLoans: rows.reduce((sum, { loans }) => sum + loans, 0),
  statedSum: String(rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n)),
  rows: [...rows],
  ...change,
});
export const openingApproval = (change: Record<string, unknown> = {}) => ({
  id: freshId(),
  resolutionNumber: '۷/۲',
  resolutionDay: '2024-02-10',
  seenVersion: 1,
  ...change,
});
export const openingReason = (seenVersion: number) => ({
  id: freshId(),
  seenVersion,
  reason: 'سند تکراری بود',
});

export const firstOf = ({ parts }: { readonly parts: readonly Id[] }): Id => must(parts[0], 'the first part');
export const secondOf = ({ parts }: { readonly parts: readonly Id[] }): Id =>
  must(parts[1], 'the second part');

/** Every deed on openings as one call, and what a line then holds. */
export function openOpenings({ deed, openedLine, divided, house }: Credits) {
  const scope = { ...noScope, province: alborz };
  const sumsOf = (lineId: Id) =>
    read(house.db, scope, (tx) => listAccountSums(tx, { provinceId: alborz, lineId, id: null }));

  /** A line of 1,000 rials, a quarter for cooperatives; two rounds of 400 are cut, 300 open and 100 locked each. */
  async function dividedLine(): Promise<{ lineId: Id; root: Id; parts: readonly Id[] }> {
    const lineId = await openedLine(1000n, { deadline: '2026-03-20' });
    const slices = () =>
      read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }));
    const root = must((await slices())[0], 'a root').id;
    await divided(
      root,
      byKeys('round', [
        ['1', 400n],
        ['2', 400n],
      ]),
    );
    const rounds = (await slices()).filter(({ axis }) => axis === 'round');
    return { lineId, root, parts: rounds.map(({ id }) => id) };
  }

  /** What a line holds at a stage, over all its slices, by share. */
  async function heldAt(lineId: Id, stage: string): Promise<Record<string, bigint>> {
    const held: Record<string, bigint> = {};
    for (const sum of await sumsOf(lineId))
      if (sum.stage === stage) held[sum.share] = (held[sum.share] ?? 0n) + sum.balance;
    return held;
  }

  /** The turnovers of a line, reversals taken off. */
  async function soFar(lineId: Id): Promise<Record<string, bigint>> {
    const sums = await read(house.db, scope, (tx) => listTurnovers(tx, { provinceId: alborz, lineId }));
    return Object.fromEntries(
      ['referred', 'contracted', 'paid'].map((stage) => [
        stage,
        sums.filter((one) => one.stage === stage).reduce((sum, { amount }) => sum + amount, 0n),
      ]),
    );
  }

  return {
    dividedLine,
    heldAt,
    soFar,
    sumsOf,
    breaches: () => read(house.db, scope, (tx) => findBreaches(tx, alborz)),
    propose: (lineId: string, order: OpeningOrder, by: Name = 'deputy') =>
      deed(by, (doing) => proposeOpening(doing, { lineId, order })),
    approve: (openingId: string, order = openingApproval(), by: Name = 'director') =>
      deed(by, (doing) => approveOpening(doing, { openingId, order })),
    withdraw: (openingId: string, by: Name = 'deputy') =>
      deed(by, (doing) => withdrawOpening(doing, { openingId, order: openingReason(1) })),
    proposeBack: (openingId: string, order = openingReason(2), by: Name = 'deputy') =>
      deed(by, (doing) => proposeTakeback(doing, { openingId, order })),
    approveBack: (openingId: string, order = openingApproval({ seenVersion: 3 }), by: Name = 'director') =>
      deed(by, (doing) => approveTakeback(doing, { openingId, order })),
    withdrawBack: (openingId: string, by: Name = 'deputy') =>
      deed(by, (doing) => withdrawTakeback(doing, { openingId, order: openingReason(3) })),
  };
}
