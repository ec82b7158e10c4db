import { describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, read } from '#platform/db.ts';
import { booksOf, order, provinceId, scopeOf } from '#testing/books.ts';
import { openHouse } from '#testing/house.ts';
import { balanceOf, postTransfers, statementOf } from '../actions.ts';
import { balance } from '../rules.ts';
import { closedInstant, closeInstant } from './actions.ts';

const house = await openHouse();
const { openSet, post } = booksOf(house);
const scope = scopeOf(provinceId);
const close = (clock: Clock = house.clock) => closeInstant(house.db, { provinceId, scope, clock });
const ask = (instant: Date | null) =>
  closedInstant(house.db, { provinceId, scope, clock: house.clock, instant });
const recorded = async (id: Id): Promise<Date[]> =>
  (await read(house.db, scope, (tx) => statementOf(tx, { provinceId, accountId: id, asOf: null }))).map(
    ({ transfer }) => transfer.recordedAt,
  );

describe('the watermark', () => {
  test('what is posted after an instant was closed is recorded after it, also by a clock that lags', async () => {
    const [notifier, slice] = await openSet();
    const closed = must(await close(), 'an instant');
    expect(closed).toEqual(house.clock.now());
    await post([order(notifier, slice)]);
    const late: Clock = { now: () => new Date(closed.getTime() - 60_000) };
    await post([order(notifier, slice)], { clock: late });
    for (const instant of await recorded(slice)) expect(instant.getTime()).toBeGreaterThan(closed.getTime());
    const then = await read(house.db, scope, (tx) =>
      balanceOf(tx, { provinceId, accountId: slice, asOf: closed }),
    );
    expect(balance(must(then, 'a balance'))).toBe(0n);
    expect(await close(late)).toEqual(closed);
  });

  test(
    'waits for who is posting, and stays where it was while they do not end',
    { timeout: 30_000 },
    async () => {
      const [notifier, slice] = await openSet();
      const before = must(await close(), 'an instant');
      house.clock.advance(10_000);
      const step = Promise.withResolvers<undefined>();
      const posted = Promise.withResolvers<undefined>();
      const long = inTransaction(house.db, scope, async (tx) => {
        await postTransfers(tx, {
          provinceId,
          orders: [order(notifier, slice)],
          mode: 'linked',
          clock: house.clock,
        });
        posted.resolve(undefined);
        await step.promise;
        return ok();
      });
      await posted.promise;
      house.clock.advance(10_000);
      expect(await close()).toEqual(before);
      expect(await ask(house.clock.now())).toEqual({
        ok: false,
        refusal: { kind: 'InstantOpen', newest: before.toISOString() },
      });
      const waiting = close();
      step.resolve(undefined);
      await long;
      expect(await waiting).toEqual(house.clock.now());
      expect(await ask(null)).toEqual({ ok: true, value: house.clock.now() });
      expect((await ask(new Date(house.clock.now().getTime() + 1))).ok).toBe(false);
      expect(await ask(before)).toEqual({ ok: true, value: before });
    },
  );

  test('a reader of all provinces is given what the province has closed, and another province nothing', async () => {
    const closed = await close();
    const all = { provinceId, clock: house.clock, scope: scopeOf('all') };
    expect(await closeInstant(house.db, all)).toEqual(closed);
    expect(await closeInstant(house.db, { ...all, scope: scopeOf(6) })).toBeNull();
  });

  test(
    'while 10 clients post, no balance as of a closed instant ever changes',
    { timeout: 60_000 },
    async () => {
      const [notifier, slice] = await openSet();
      const clock: Clock = { now: () => new Date() };
      const ended = new AbortController();
      const client = async (): Promise<void> => {
        while (!ended.signal.aborted) await post([order(notifier, slice)], { clock });
      };
      const clients = Array.from({ length: 10 }, client);
      const seen: { readonly at: Date; readonly held: bigint }[] = [];
      const held = async (instant: Date): Promise<bigint> =>
        balance(
          must(
            await read(house.db, scope, (tx) =>
              balanceOf(tx, { provinceId, accountId: slice, asOf: instant }),
            ),
            'a balance',
          ),
        );
      for (let turn = 0; turn < 40; turn += 1) {
        const instant = must(await close(clock), 'an instant');
        expect(Date.now() - instant.getTime()).toBeLessThan(2_000);
        seen.push({ at: instant, held: await held(instant) });
      }
      ended.abort();
      await Promise.all(clients);
      for (const one of seen) expect(await held(one.at)).toBe(one.held);
      expect(seen.at(-1)?.held).toBeGreaterThan(0n);
    },
  );
});
