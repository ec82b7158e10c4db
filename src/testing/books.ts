import { sql } from 'kysely';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { balanceOf, openAccounts, postTransfers } from '#ledger/actions.ts';
import type {
  Account,
  Balance,
  BatchMode,
  NewAccount,
  TransferAnswer,
  TransferOrder,
  TransferRefusal,
} from '#ledger/contract.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import type { Scope } from '#platform/db.ts';
import { freshIds } from './arbitraries.ts';
import type { House } from './house.ts';

/** The province whose books the tests keep. */
export const provinceId = 5;

export const scopeOf = (province: number | 'all', county: string | null = null): Scope => ({
  ...noScope,
  province,
  county,
});

const scope = scopeOf(provinceId);

export type Posted = Result<readonly TransferAnswer[], TransferRefusal>;

export const outcomes = (result: Posted): string[] =>
  result.ok
    ? result.value.map((answer) => (answer.outcome === 'refused' ? answer.refusal.kind : answer.outcome))
    : [result.refusal.kind];

/** How often each outcome came. */
export function counted(results: readonly Posted[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of results.flatMap(outcomes)) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

export const at = (ids: readonly Id[], index: number): Id => must(ids[index], 'an account');

/** A bounded account of an owner of its own, but for what `change` says. */
export const newAccount = (change: Partial<NewAccount> & Pick<NewAccount, 'id'>): NewAccount => ({
  provinceId,
  ownerId: at(freshIds(1), 0),
  kind: 'available',
  share: 'open',
  countyCode: null,
  bounded: true,
  ...change,
});

/** 100 rials posted from one account to another, but for what `change` says. */
export const order = (from: Id, to: Id, change: Partial<TransferOrder> = {}): TransferOrder => ({
  id: at(freshIds(1), 0),
  phase: 'post',
  pendingId: null,
  debitAccountId: from,
  creditAccountId: to,
  amount: rial(100n),
  kind: 'move',
  referenceId: from,
  reversesId: null,
  happenedOn: day('1403-06-15'),
  ...change,
});

/** The ledger of a test's own database, each deed in a transaction of its own as the serving role. */
export function booksOf({ db, clock }: Pick<House, 'db' | 'clock'>) {
  const post = (
    orders: readonly TransferOrder[],
    given: { mode?: BatchMode; scope?: Scope; clock?: Clock; provinceId?: number } = {},
  ): Promise<Posted> =>
    inTransaction(db, given.scope ?? scope, (tx) =>
      postTransfers(tx, {
        provinceId: given.provinceId ?? provinceId,
        orders,
        mode: given.mode ?? 'linked',
        clock: given.clock ?? clock,
      }),
    );

  async function open(accounts: readonly NewAccount[], within: Scope = scope): Promise<Account[]> {
    const result = await inTransaction(db, within, async (tx) => ok(await openAccounts(tx, accounts)));
    return result.ok ? result.value : [];
  }

  /** A notifier without bound and bounded accounts, three or more, all of one owner. */
  async function openSet(
    given: { bounded?: number; countyCodes?: readonly (string | null)[] } = {},
  ): Promise<[Id, Id, Id, Id, ...Id[]]> {
    const [ownerId, ...ids] = freshIds((given.bounded ?? 3) + 2);
    await open(
      ids.map((id, index) => ({
        ...newAccount({ id, kind: `kind ${index}`, bounded: index > 0 }),
        ownerId: must(ownerId, 'an id'),
        countyCode: given.countyCodes?.[index] ?? null,
      })),
    );
    return [at(ids, 0), at(ids, 1), at(ids, 2), at(ids, 3), ...ids.slice(4)];
  }

  const account = (id: Id, within: Scope = scope): Promise<Balance | undefined> =>
    read(db, within, (tx) => balanceOf(tx, { provinceId, accountId: id, asOf: null }));

  const transferCount = (ids: readonly Id[], within: Scope = scope): Promise<bigint> =>
    read(db, within, async (tx) => {
      const { rows } = await sql<{ count: bigint }>`
        select count(*) as count from ledger.read_transfer
        where debit_account_id = any(${ids}::uuid[]) or credit_account_id = any(${ids}::uuid[])
      `.execute(tx);
      return must(rows[0], 'a count').count;
    });

  /** Which of the accounts the policy alone lets the scope see. */
  const accountsSeen = (ids: readonly Id[], within: Scope): Promise<Id[]> =>
    read(db, within, async (tx) => {
      const { rows } = await sql<{ id: Id }>`
        select id from ledger.read_account where id = any(${ids}::uuid[]) order by id
      `.execute(tx);
      return rows.map(({ id }) => id);
    });

  return { accountsSeen, post, open, openSet, account, transferCount };
}
