import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { inTransaction } from '#platform/db.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { at, booksOf, order, provinceId, scopeOf } from '#testing/books.ts';
import { openHouse } from '#testing/house.ts';
import type { TransferOrder } from '../contract.ts';
import { balance } from '../rules.ts';
import { openGathering } from './actions.ts';

const house = await openHouse();
const { account, openSet, post, transferCount } = booksOf(house);
const scope = scopeOf(provinceId);
const gathering = openGathering(house);

const single = (asked: TransferOrder): Promise<string> =>
  gathering
    .post({ provinceId, scope, order: asked })
    .then((answer) => (answer.ok ? answer.value : answer.refusal.kind));

/** How many transactions stored the transfers of these accounts. */
async function commits(ids: readonly string[]): Promise<number> {
  const { rows } = await inTransaction(house.db, scope, async (tx) => ({
    ok: true as const,
    value: await sql<{ commits: number }>`
      select count(distinct xmin::text)::int as commits from ledger.transfer
      where debit_account_id = any(${ids}::uuid[])
    `.execute(tx),
  })).then((result) => must(result.ok ? result.value : undefined, 'rows'));
  return must(rows[0], 'a count').commits;
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[30] ?? 0;

describe('single posts of many callers', () => {
  test('T1: 50 identical ones act once and answer 49 replays', async () => {
    const accounts = await openSet();
    const same = order(at(accounts, 0), at(accounts, 1));
    const answers = await Promise.all(Array.from({ length: 50 }, () => single(same)));
    expect(answers.toSorted()).toEqual(['posted', ...Array.from({ length: 49 }, () => 'replayed')]);
    expect(await transferCount(accounts)).toBe(1n);
  });

  test('T2: 200 on one account are committed in few transactions, never past zero, each refused alone', async () => {
    const accounts = await openSet();
    await post([order(at(accounts, 0), at(accounts, 1), { amount: rial(1_000n) })]);
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        single(order(at(accounts, 1), at(accounts, 2), { amount: rial(7n) })),
      ),
    );
    expect(answers.filter((answer) => answer === 'posted')).toHaveLength(142);
    expect(answers.filter((answer) => answer === 'Overdraft')).toHaveLength(58);
    expect(balance(must(await account(at(accounts, 1)), 'account'))).toBe(1_000n - 142n * 7n);
    expect(await commits([at(accounts, 1)])).toBeLessThanOrEqual(3);
  });

  test('one that the database cannot hold, and one that is no order, fail alone', async () => {
    const accounts = await openSet();
    const good = Array.from({ length: 20 }, () => order(at(accounts, 0), at(accounts, 1)));
    // More than a bigint, and a confirmation of nothing: the first breaks its transaction, the second is none.
    const huge = order(at(accounts, 0), at(accounts, 1), { amount: rial(2n ** 70n) });
    const none = order(at(accounts, 0), at(accounts, 1), { phase: 'confirm' });
    const settled = await Promise.allSettled([...good.slice(0, 9), huge, none, ...good.slice(9)].map(single));
    expect(settled.filter((one) => one.status === 'rejected')).toHaveLength(2);
    expect(settled[9]).toMatchObject({ status: 'rejected', reason: { code: '22003' } });
    expect(settled[10]).toMatchObject({ status: 'rejected' });
    expect(settled.filter((one) => one.status === 'fulfilled' && one.value === 'posted')).toHaveLength(20);
    expect(await transferCount(accounts)).toBe(20n);
    expect(await single(order(at(accounts, 0), at(accounts, 1)))).toBe('posted');
  });

  test('T3: of two under one id with other contents the first acts and the other is refused', async () => {
    const accounts = await openSet();
    const [id] = freshIds(1);
    const both = [1n, 2n].map((sum) =>
      order(at(accounts, 0), at(accounts, 1), { id: must(id, 'an id'), amount: rial(sum) }),
    );
    expect(await Promise.all(both.map(single))).toEqual(['posted', 'OtherContent']);
  });

  test('a county office gathers with its own county and sees no account of another', async () => {
    const accounts = await openSet({ countyCodes: [null, '0501', '0501', '0502'] });
    const [notifier, mine, alsoMine, theirs] = accounts;
    await post([order(notifier, mine), order(notifier, theirs)]);
    const county = scopeOf(provinceId, '0501');
    const [own, other, ofProvince] = await Promise.all([
      gathering.post({ provinceId, scope: county, order: order(mine, alsoMine) }),
      gathering.post({ provinceId, scope: county, order: order(theirs, mine) }),
      gathering.post({ provinceId, scope, order: order(theirs, mine) }),
    ]);
    expect(own).toEqual({ ok: true, value: 'posted' });
    expect(other).toMatchObject({ ok: false, refusal: { kind: 'AccountMissing', accountId: theirs } });
    expect(ofProvince).toEqual({ ok: true, value: 'posted' });
  });

  test('when idle one waits for nobody: the gathered post takes no 2 ms longer than a plain one', async () => {
    const accounts = await openSet();
    const times = { plain: [] as number[], gathered: [] as number[] };
    for (let turn = 0; turn < 60; turn += 1) {
      const start = performance.now();
      await post([order(at(accounts, 0), at(accounts, 1))]);
      const middle = performance.now();
      await single(order(at(accounts, 0), at(accounts, 1)));
      times.plain.push(middle - start);
      times.gathered.push(performance.now() - middle);
    }
    expect(median(times.gathered) - median(times.plain)).toBeLessThan(2);
  });
});
