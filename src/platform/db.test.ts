import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { day, isoOf } from '#kernel/day.ts';
import { ok, refused } from '#kernel/result.ts';
import { openHouse } from '#testing/house.ts';
import { inTransaction, isServing, noScope, read, type Tx } from './db.ts';
import { isConnectionLost } from './obstacle.ts';

const { db, owner, clock } = await openHouse();
const karaj = { province: 30, county: 'karaj', office: 'industry', person: 'p-1' };

beforeAll(async () => {
  await sql`create schema trial`.execute(owner);
  await sql`create table trial.purse (name text primary key, amount bigint not null)`.execute(owner);
  await sql`insert into trial.purse values ('a', 10), ('b', 10)`.execute(owner);
  await sql`grant usage on schema trial to karsaz_app`.execute(owner);
  await sql`grant select, insert, update on trial.purse to karsaz_app`.execute(owner);
});

const readScope = async (tx: Tx) => {
  const { rows } = await sql`
    select platform.scope_province() as province, platform.reads_all() as all, platform.scope_county() as county,
           platform.scope_office() as office, platform.scope_person() as person
  `.execute(tx);
  return rows[0];
};

test('keeps whole numbers exact in both directions', async () => {
  const most = 9_223_372_036_854_775_807n;
  const { rows } = await sql`
    select ${most}::bigint as whole, array[${most}::bigint, null, -1] as list, '{}'::bigint[] as none,
           1234567890123456789.25::numeric as fraction, array[0.50, null] as fractions
  `.execute(db);
  expect(rows).toEqual([
    {
      whole: most,
      list: [most, null, -1n],
      none: [],
      fraction: '1234567890123456789.25',
      fractions: ['0.50', null],
    },
  ]);
});

test('gives back a date as the Jalali day that was bound by its ISO date', async () => {
  const last = day('1403-12-30');
  const { rows } =
    await sql`select ${isoOf(last)}::date as last, array[${isoOf(last)}::date] as list`.execute(db);
  expect(rows).toEqual([{ last, list: [last] }]);
});

test('refuses a Jalali day that reaches a date column unconverted', async () => {
  await expect(sql`select ${day('1403-12-30')}::platform.day`.execute(db)).rejects.toThrow(
    'day_is_not_jalali',
  );
});

test('gives back an instant as it was bound', async () => {
  const { rows } = await sql`select ${clock.now()}::timestamptz(3) as at`.execute(db);
  expect(rows).toEqual([{ at: clock.now() }]);
});

test('refuses JSON whose whole numbers a float would round', async () => {
  const { rows } =
    await sql`select '{"a": 9007199254740991, "b": "9223372036854775807"}'::jsonb as found`.execute(db);
  expect(rows).toEqual([{ found: { a: 9_007_199_254_740_991, b: '9223372036854775807' } }]);
  await expect(sql`select '{"a": 9007199254740993}'::jsonb as found`.execute(db)).rejects.toThrow('2^53');
});

test('serves as a role that row-level security binds', async () => {
  const { rows } = await sql`
    select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname in ('karsaz_app', 'karsaz_owner')
  `.execute(db);
  expect(rows).toEqual([
    { name: 'karsaz_app', rolsuper: false, rolbypassrls: false },
    { name: 'karsaz_app', rolsuper: false, rolbypassrls: false },
  ]);
});

test('sets the scope for one transaction and leaves none behind', async () => {
  const seen = await inTransaction(db, karaj, async (tx) => ok(await readScope(tx)));
  expect(seen).toEqual(ok({ ...karaj, all: false }));
  // As many as the pool holds, so that the connection of before is among them.
  const others = await Promise.all(Array.from({ length: 20 }, () => read(db, noScope, readScope)));
  for (const other of others) {
    expect(other).toEqual({ province: null, all: false, county: null, office: null, person: null });
  }
});

test('tells a reader of all provinces from a reader of none', async () => {
  const ministry = { ...noScope, province: 'all' as const };
  expect(await read(db, ministry, readScope)).toMatchObject({ province: null, all: true });
});

test('rolls back when the work refuses, and hands the refusal on', async () => {
  const answer = await inTransaction(db, noScope, async (tx) => {
    await sql`insert into trial.purse values ('refused', 1)`.execute(tx);
    return refused({ kind: 'SliceExhausted', left: '7' });
  });
  expect(answer).toEqual(refused({ kind: 'SliceExhausted', left: '7' }));
  const { rows } = await sql`select 1 from trial.purse where name = 'refused'`.execute(db);
  expect(rows).toEqual([]);
});

test('rolls back and throws when the work throws', async () => {
  const failing = inTransaction(db, noScope, async (tx) => {
    await sql`insert into trial.purse values ('thrown', 1)`.execute(tx);
    throw new Error('a bug');
  });
  await expect(failing).rejects.toThrow('a bug');
  const { rows } = await sql`select 1 from trial.purse where name = 'thrown'`.execute(db);
  expect(rows).toEqual([]);
});

test('runs the loser of a deadlock again, so that both transfers happen once', async () => {
  let met = 0;
  const both = Promise.withResolvers<undefined>();
  const move = (from: string, to: string) =>
    inTransaction(db, noScope, async (tx) => {
      await sql`update trial.purse set amount = amount - 1 where name = ${from}`.execute(tx);
      met += 1;
      if (met === 2) both.resolve(undefined);
      await both.promise;
      await sql`update trial.purse set amount = amount + 1 where name = ${to}`.execute(tx);
      return ok();
    });
  await Promise.all([move('a', 'b'), move('b', 'a')]);
  expect(met).toBe(3);
  const { rows } = await sql`select amount from trial.purse where name in ('a', 'b')`.execute(db);
  expect(rows).toEqual([{ amount: 10n }, { amount: 10n }]);
});

test('gives up after five tries', async () => {
  let tries = 0;
  const losing = inTransaction(db, noScope, async (tx) => {
    tries += 1;
    await sql`do $$ begin raise exception using errcode = '40001'; end $$`.execute(tx);
    return ok();
  });
  await expect(losing).rejects.toMatchObject({ code: '40001' });
  expect(tries).toBe(5);
});

test('reads one instant, and cannot write', async () => {
  const counts = await read(db, noScope, async (tx) => {
    const count = () => sql<{ count: bigint }>`select count(*) as count from trial.purse`.execute(tx);
    const before = await count();
    await sql`insert into trial.purse values ('meanwhile', 1)`.execute(owner);
    const after = await count();
    return [before.rows[0]?.count, after.rows[0]?.count];
  });
  expect(counts[0]).toBe(counts[1]);
  const writing = read(db, noScope, (tx) => sql`update trial.purse set amount = 0`.execute(tx));
  await expect(writing).rejects.toMatchObject({ code: '25006' });
});

test('a connection that the server ends is told from a fault of ours, and the next one serves', async () => {
  const lost = read(db, noScope, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
    return sql`select 1`.execute(tx);
  });
  const error: unknown = await lost.catch((caught: unknown) => caught);
  expect(isConnectionLost(error)).toBe(true);
  expect(await isServing(db)).toBe(true);
  for (const other of [
    new Error('no'),
    Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' }),
    null,
  ])
    expect(isConnectionLost(other)).toBe(false);
});
