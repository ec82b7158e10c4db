import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { must, ok } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { at, booksOf, counted, newAccount, order, outcomes, provinceId, scopeOf } from '#testing/books.ts';
import { openHouse } from '#testing/house.ts';
import type { TransferOrder } from './contract.ts';
import { balance, drawable } from './rules.ts';
import { ledgerRefusalWords } from './words.ts';

const house = await openHouse();
const { account, accountsSeen, open, openSet, post, transferCount } = booksOf(house);
const scope = scopeOf(provinceId);

const asApp = (statement: string): Promise<unknown> =>
  inTransaction(house.db, scope, async (tx) => {
    await sql.raw(statement).execute(tx);
    return ok();
  });

describe('many at once', () => {
  test('T1: 50 parallel identical posts act once and answer 49 replays', async () => {
    const accounts = await openSet();
    const same = order(at(accounts, 0), at(accounts, 1));
    const results = await Promise.all(Array.from({ length: 50 }, () => post([same])));
    expect(counted(results)).toEqual({ posted: 1, replayed: 49 });
    expect(await transferCount(accounts)).toBe(1n);
    expect(balance(must(await account(at(accounts, 1)), 'account'))).toBe(100n);
  });

  test('T2: 200 workers drain one account, never past zero', async () => {
    const accounts = await openSet();
    await post([order(at(accounts, 0), at(accounts, 1), { amount: rial(1_000n) })]);
    const sums = Array.from({ length: 200 }, (_, index) => rial(BigInt(1 + ((index * 37) % 23))));
    const results = await Promise.all(
      sums.map((amount) => post([order(at(accounts, 1), at(accounts, 2), { amount })])),
    );
    const taken = sums.filter((_, index) => results[index]?.ok).reduce((a, b) => a + b, 0n);
    const left = drawable(must(await account(at(accounts, 1)), 'account'));
    expect(left).toBe(1_000n - taken);
    expect(left).toBeGreaterThanOrEqual(0n);
    expect(balance(must(await account(at(accounts, 2)), 'account'))).toBe(taken);
    for (const [index, result] of results.entries())
      if (!result.ok) {
        expect(result.refusal).toMatchObject({ kind: 'Overdraft' });
        if (result.refusal.kind === 'Overdraft') expect(result.refusal.left).toBeLessThan(sums[index] ?? 0n);
      }
    expect(results.some((result) => !result.ok)).toBe(true);
  });

  test('a pending transfer is ended once, whoever races to confirm or to drop it', async () => {
    const accounts = await openSet();
    const [, from, to] = accounts;
    const pending = order(from, to, { phase: 'pend' });
    await post([order(at(accounts, 0), from), pending]);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        post([order(from, to, { phase: index % 2 === 0 ? 'confirm' : 'void', pendingId: pending.id })]),
      ),
    );
    expect(counted(results)).toEqual({ posted: 1, NotPending: 19 });
    expect(must(await account(from), 'account').debitsPending).toBe(0n);
  });

  test('reversals that race never take back more than was moved', async () => {
    const accounts = await openSet();
    const [from, to] = accounts;
    const original = order(from, to);
    // Enough stands on the account for every reversal: only the original limits them.
    await post([original, order(from, to, { amount: rial(10_000n) })]);
    const results = await Promise.all(
      Array.from({ length: 12 }, () =>
        post([order(to, from, { amount: rial(30n), reversesId: original.id })]),
      ),
    );
    expect(counted(results)).toEqual({ posted: 3, ReversalExceeds: 9 });
  });

  test('transfers in both directions between the same accounts never stick', async () => {
    const accounts = await openSet();
    const [notifier, a, b] = accounts;
    await post([
      order(notifier, a, { amount: rial(10_000n) }),
      order(notifier, b, { amount: rial(10_000n) }),
    ]);
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) => post([index % 2 === 0 ? order(a, b) : order(b, a)])),
    );
    expect(counted(results)).toEqual({ posted: 100 });
  });

  test('an id taken at the same moment for other accounts is refused and leaves nothing behind', async () => {
    const accounts = await openSet({ bounded: 20 });
    const same = must(freshIds(1)[0], 'an id');
    const results = await Promise.all(
      accounts.slice(1).map((to) => post([order(at(accounts, 0), to, { id: same })])),
    );
    expect(counted(results)).toEqual({ posted: 1, OtherContent: 19 });
    const notifiers = await Promise.all(Array.from({ length: 10 }, () => openSet()));
    const other = must(freshIds(1)[0], 'an id');
    const apart = await Promise.all(
      notifiers.map(([from, to]) => post([order(must(from, 'id'), must(to, 'id'), { id: other })])),
    );
    expect(counted(apart)).toEqual({ posted: 1, OtherContent: 9 });
    expect(await transferCount(notifiers.flat())).toBe(1n);
    expect(await transferCount(accounts)).toBe(1n);
  });
});

test('T10: a transfer names two accounts that were opened; there is no other to fall back on', async () => {
  const accounts = await openSet();
  const [unlisted, known] = [must(freshIds(1)[0], 'an id'), at(accounts, 1)];
  const results = await Promise.all([
    post([order(at(accounts, 0), unlisted)]),
    post([order(unlisted, known)]),
  ]);
  expect(counted(results)).toEqual({ AccountMissing: 2 });
  expect(await transferCount(accounts)).toBe(0n);
});

describe('once', () => {
  test('T3: an id with another body is refused in Persian and writes nothing', async () => {
    const accounts = await openSet();
    const first = order(at(accounts, 0), at(accounts, 1));
    await post([first]);
    const again = await post([{ ...first, amount: rial(101n) }]);
    expect(again).toEqual({ ok: false, refusal: { kind: 'OtherContent', transferId: first.id } });
    if (!again.ok && again.refusal.kind === 'OtherContent')
      expect(ledgerRefusalWords.OtherContent(again.refusal).fa).toMatch(/چیزی نوشته نشد/);
    expect(await transferCount(accounts)).toBe(1n);
    expect(balance(must(await account(at(accounts, 1)), 'account'))).toBe(100n);
  });

  test('a linked batch that is refused leaves no trace; an unlinked one keeps what is lawful', async () => {
    const accounts = await openSet();
    const [notifier, a, b] = accounts;
    const batch = (): TransferOrder[] => [
      order(notifier, a),
      order(a, b, { amount: rial(60n) }),
      order(a, b, { amount: rial(60n) }),
    ];
    expect(await post(batch())).toMatchObject({ ok: false, refusal: { kind: 'Overdraft', left: 40n } });
    expect(await transferCount(accounts)).toBe(0n);
    const orders = batch();
    const unlinked = await post(orders, { mode: 'unlinked' });
    expect(outcomes(unlinked)).toEqual(['posted', 'posted', 'Overdraft']);
    expect(outcomes(await post(orders, { mode: 'unlinked' }))).toEqual(['replayed', 'replayed', 'Overdraft']);
    expect(await transferCount(accounts)).toBe(2n);
  });

  test('a reversal that is held counts once, also when it is confirmed, and not any more when it is dropped', async () => {
    const [notifier, slice] = await openSet();
    const original = order(notifier, slice);
    const back = (sum: bigint, change: Partial<TransferOrder> = {}): TransferOrder =>
      order(slice, notifier, { amount: rial(sum), reversesId: original.id, ...change });
    const kept = back(60n, { phase: 'pend' });
    const dropped = back(30n, { phase: 'pend' });
    // More stands on the account than was moved by the original: only the original limits its reversals.
    for (const each of [
      order(notifier, slice, { amount: rial(1_000n) }),
      original,
      kept,
      dropped,
      back(60n, { phase: 'confirm', pendingId: kept.id }),
    ])
      expect(outcomes(await post([each]))).toEqual(['posted']);
    expect(await post([back(11n)])).toMatchObject({ refusal: { kind: 'ReversalExceeds', left: 10n } });
    await post([back(30n, { phase: 'void', pendingId: dropped.id })]);
    expect(await post([back(41n)])).toMatchObject({ refusal: { kind: 'ReversalExceeds', left: 40n } });
    expect(outcomes(await post([back(40n)]))).toEqual(['posted']);
  });

  test('accounts open once for owner, kind and share, also when opened at the same moment', async () => {
    const ownerId = must(freshIds(1)[0], 'an id');
    const opened = await Promise.all(
      freshIds(10).map((id) => open([newAccount({ id, ownerId, countyCode: '0501' })])),
    );
    expect(new Set(opened.flat().map(({ id }) => id)).size).toBe(1);
    await expect(open([newAccount({ id: at(freshIds(1), 0), ownerId, countyCode: '0502' })])).rejects.toThrow(
      /another county/,
    );
  });

  test('a thousand transfers go the way of one', async () => {
    const accounts = await openSet({ bounded: 10 });
    const orders = Array.from({ length: 1_000 }, (_, index) =>
      order(at(accounts, 0), at(accounts, 1 + (index % 10)), { amount: rial(BigInt(index + 1)) }),
    );
    expect(counted([await post(orders)])).toEqual({ posted: 1_000 });
    expect(counted([await post(orders)])).toEqual({ replayed: 1_000 });
    expect(balance(must(await account(at(accounts, 0)), 'account'))).toBe(-500_500n);
  });
});

describe('who sees and who writes', () => {
  test('another province sees no account, no transfer and no balance, and posts on none', async () => {
    const accounts = await openSet();
    await post([order(at(accounts, 0), at(accounts, 1))]);
    const other = scopeOf(6);
    expect(await account(at(accounts, 1), other)).toBeUndefined();
    expect(await transferCount(accounts, other)).toBe(0n);
    const tried = await post([order(at(accounts, 0), at(accounts, 1))], { scope: other });
    expect(tried).toMatchObject({ ok: false, refusal: { kind: 'AccountMissing' } });
    const own = await post([order(at(accounts, 0), at(accounts, 1))], { scope: other, provinceId: 6 });
    expect(own).toMatchObject({ ok: false, refusal: { kind: 'AccountMissing' } });
    await expect(open([newAccount({ id: at(freshIds(1), 0) })], other)).rejects.toThrow(/row-level security/);
    expect(await transferCount(accounts, noScope)).toBe(0n);
    expect(await accountsSeen(accounts, other)).toEqual([]);
    expect(await accountsSeen(accounts, noScope)).toEqual([]);
  });

  test('a reader of all provinces sees them and writes in none', async () => {
    const accounts = await openSet();
    await post([order(at(accounts, 0), at(accounts, 1))]);
    const all = scopeOf('all');
    expect(balance(must(await account(at(accounts, 1), all), 'account'))).toBe(100n);
    expect(await transferCount(accounts, all)).toBe(1n);
    const tried = await post([order(at(accounts, 0), at(accounts, 1))], { scope: all });
    expect(tried).toMatchObject({ ok: false, refusal: { kind: 'AccountMissing' } });
    await expect(open([newAccount({ id: at(freshIds(1), 0) })], all)).rejects.toThrow(/row-level security/);
  });

  test('a county sees the transfers that touch it, and posts only between its own accounts', async () => {
    const accounts = await openSet({ countyCodes: [null, '0501', '0501', '0502'] });
    const [notifier, mine, alsoMine, theirs] = accounts;
    const county = scopeOf(provinceId, '0501');
    await post([order(notifier, mine), order(notifier, theirs), order(mine, theirs, { amount: rial(10n) })]);
    expect(await transferCount(accounts, county)).toBe(2n);
    expect(await account(theirs, county)).toBeUndefined();
    expect(await accountsSeen(accounts, county)).toEqual([mine, alsoMine].sort());
    expect(await account(notifier, county)).toBeUndefined();
    expect(outcomes(await post([order(mine, alsoMine)], { scope: county }))).toEqual(['Overdraft']);
    const small = order(mine, alsoMine, { amount: rial(90n) });
    expect(outcomes(await post([small], { scope: county }))).toEqual(['posted']);
    expect(outcomes(await post([order(mine, theirs)], { scope: county }))).toEqual(['AccountMissing']);
  });
});

describe('what the database itself refuses to the serving role', () => {
  test('every table of every room says in its COMMENT how its rows live', async () => {
    const { rows } = await sql<{ name: string; comment: string | null }>`
      select c.oid::regclass::text as name, obj_description(c.oid, 'pg_class') as comment
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
      order by 1
    `.execute(house.owner);
    expect(rows.length).toBeGreaterThan(30);
    const silent = rows.filter(({ comment }) => !/^(?:appended|kept|projection)\b/.test(comment ?? ''));
    expect(silent).toEqual([]);
  });

  test('T16: UPDATE, DELETE and TRUNCATE on every table whose COMMENT says appended', async () => {
    const { rows } = await sql<{ name: string; column: string }>`
      select c.oid::regclass::text as name, quote_ident(a.attname) as column
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') like 'appended%'
      order by 1, 2
    `.execute(house.owner);
    expect(rows.map(({ name }) => name)).toContain('ledger.transfer');
    expect(rows.map(({ name }) => name)).toContain('casework.act');
    const refusal = /permission denied/;
    for (const { name, column } of rows)
      await expect(asApp(`update ${name} set ${column} = ${column}`)).rejects.toThrow(refusal);
    for (const name of new Set(rows.map((row) => row.name))) {
      await expect(asApp(`delete from ${name}`)).rejects.toThrow(refusal);
      await expect(asApp(`truncate ${name}`)).rejects.toThrow(refusal);
    }
  });

  test('an account below zero, another limit, another owner, a second ending of a pending transfer', async () => {
    const accounts = await openSet();
    const [notifier, a, b] = accounts;
    const pending = order(a, b, { phase: 'pend' });
    await post([order(notifier, a), pending, order(a, b, { phase: 'void', pendingId: pending.id })]);
    await expect(
      asApp(`update ledger.account set debits_posted = credits_posted + 1 where id = '${a}'`),
    ).rejects.toThrow(/account_not_overdrawn/);
    await expect(asApp(`update ledger.account set bounded = false where id = '${a}'`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(asApp(`update ledger.account set owner_id = '${b}' where id = '${a}'`)).rejects.toThrow(
      /permission denied/,
    );
    const copy = (change: string): string => `
      insert into ledger.transfer
      select (jsonb_populate_record(t, '${change}'::jsonb)).* from ledger.transfer as t where id = '${pending.id}'
    `;
    const fresh = { id: at(freshIds(1), 0), debit_version: 50, credit_version: 50 };
    await expect(
      asApp(copy(JSON.stringify({ ...fresh, phase: 'void', pending_id: pending.id }))),
    ).rejects.toThrow(/transfer_pending_ended_once/);
    await expect(asApp(copy(JSON.stringify({ ...fresh, amount: 0 })))).rejects.toThrow(/amount_positive/);
    await expect(asApp(copy(JSON.stringify({ ...fresh, debit_version: 2 })))).rejects.toThrow(
      /transfer_debit_version/,
    );
    await expect(asApp(copy(JSON.stringify({ ...fresh, province_id: 6 })))).rejects.toThrow(
      /row-level security/,
    );
  });
});
