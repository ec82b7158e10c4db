import { generateKeyPairSync, hash } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { read } from '#platform/db.ts';
import { signingKey } from '#platform/signature.ts';
import { fixedClock } from '#testing/clock.ts';
import { booksOf, order, provinceId, scopeOf } from '#testing/books.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import { verifyLedger } from '../verify/actions.ts';
import { beginSealing, sealRecorded, type SealingDesk } from './actions.ts';
import { transferSource, type KeptHead, type SealFault } from './contract.ts';
import { listSeals } from './queries.ts';
import { rowText } from './rules.ts';
import { wordsOfFault } from './words.ts';

const house = await openHouse();
const { openSet, post } = booksOf(house);
const key = signingKey(generateKeyPairSync('ed25519').privateKey);
const desk: SealingDesk = { ...house, key, sources: [transferSource] };
const scope = scopeOf(provinceId);

const wrongdoer = await openWrongdoer(house);

const tables = ['ledger.seal', 'ledger.transfer', 'ledger.account'];

async function faults(keptHeads: readonly KeptHead[] = []): Promise<SealFault[]> {
  const { db } = house;
  const reports = await verifyLedger({ db, sources: [transferSource], keptHeads, progress: () => {} });
  return reports.flatMap((report) => report.faults);
}

const seals = () => read(house.db, scope, (tx) => listSeals(tx, { provinceId, after: 0n, most: 100 }));

const seal = (): Promise<number> => sealRecorded(desk, beginSealing());

/** The ids of all transfers, in the order of sealing. */
let ids: string[] = [];
const idAt = (place: number): string => must(ids.at(place), 'a transfer');

const move = (from: Id, to: Id) => order(from, to, { kind: 'جابه‌جایی' });

beforeAll(async () => {
  const accounts = await openSet();
  const [notifier, a, b] = accounts;
  for (let run = 0; run < 3; run += 1) {
    for (let step = 0; step < 5; step += 1) {
      await post([order(notifier, a, { amount: rial(500n) }), move(a, b), move(a, b)]);
      house.clock.advance(1);
    }
    const pending = order(a, b, { phase: 'pend' });
    await post([pending]);
    await post([order(a, b, { phase: run === 1 ? 'void' : 'confirm', pendingId: pending.id })]);
    house.clock.advance(3_000);
    expect(await seal()).toBe(17);
  }
  for (const table of tables) await wrongdoer.query(`create table kept_${table.slice(7)} as table ${table}`);
  const { rows } = await wrongdoer.query<{ id: string }>(
    'select id from ledger.transfer order by recorded_at, id',
  );
  ids = rows.map(({ id }) => id);
});

describe('sealing', () => {
  test('each run is bound to the one before it, counts on and is signed', async () => {
    const chain = await seals();
    expect(
      chain.map(({ number, firstPosition, lastPosition }) => [number, firstPosition, lastPosition]),
    ).toEqual([
      [1n, 1n, 17n],
      [2n, 18n, 34n],
      [3n, 35n, 51n],
    ]);
    expect(chain[1]?.previousHead).toBe(chain[0]?.head);
    expect(await faults()).toEqual([]);
    expect(await seal()).toBe(0);
  });

  test('the bytes of a row are those that COPY writes, and its hash is their SHA-256', async () => {
    const columns = must(transferSource.formats[0], 'a format');
    const { rows } = await wrongdoer.query<{ columns: (string | null)[]; entries: Buffer }>(
      `select array[${columns.map((column) => `transfer.${column}::text`).join()}] as columns, entries
      from ledger.transfer, ledger.seal where number = 1 and transfer.id = $1`,
      [idAt(0)],
    );
    const text = rowText(must(rows[0], 'a row').columns);
    expect(text).toMatch(/\t2024-09-05 08:30:00\+00\t.*\t\\\\x[0-9a-f]{64}$/);
    expect(text.split('\t')).toHaveLength(columns.length);
    const entry = must(rows[0], 'a row').entries.subarray(0, 48);
    expect(entry.subarray(0, 16).toString('hex')).toBe(idAt(0).replaceAll('-', ''));
    expect(entry.subarray(16).toString('hex')).toBe(hash('sha256', text, 'hex'));
  });

  test('what is younger than two seconds waits, and so does what an open transaction may precede', async () => {
    const [from, to] = await openSet();
    await post([order(from, to)]);
    expect(await seal()).toBe(0);
    house.clock.advance(2_001);
    const held = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const open = house.db.transaction().execute(async (tx) => {
      await sql`select pg_current_xact_id()`.execute(tx);
      begun.resolve();
      await held.promise;
    });
    await begun.promise;
    const sealing = seal();
    const first = await Promise.race([
      sealing.then(() => 'sealed'),
      new Promise((resolve) => setTimeout(resolve, 300, 'waits')),
    ]);
    held.resolve();
    await open;
    expect(first).toBe('waits');
    expect(await sealing).toBe(1);
  });

  test('two that seal at once seal each row once', async () => {
    const [from, to] = await openSet();
    for (let step = 0; step < 20; step += 1) await post([order(from, to)]);
    house.clock.advance(2_001);
    await Promise.all([seal(), seal(), seal()]);
    await seal();
    expect(await faults()).toEqual([]);
    const { rows } = await wrongdoer.query<{ sealed: bigint; stored: bigint }>(
      'select (select sum(row_count) from ledger.seal) as sealed, (select count(*) from ledger.transfer) as stored',
    );
    expect(rows[0]?.sealed).toBe(rows[0]?.stored);
  });

  test('what a clock that was behind recorded is sealed behind the others', async () => {
    const [from, to] = await openSet();
    const going = beginSealing();
    await sealRecorded(desk, going);
    const behind = new Date(house.clock.now().getTime() - 60_000);
    await booksOf({ db: house.db, clock: fixedClock(behind.toISOString()) }).post([order(from, to)]);
    expect((await faults()).map(({ kind }) => kind)).toEqual(['RowNotSealed']);
    expect(await sealRecorded(desk, going)).toBe(0);
    house.clock.advance(3_600_001);
    expect(await sealRecorded(desk, going)).toBe(1);
    expect(await faults()).toEqual([]);
  });

  test('the serving role can neither change a seal nor take one away', async () => {
    for (const statement of ['update ledger.seal set format = 2', 'delete from ledger.seal'])
      await expect(sql.raw(statement).execute(house.db)).rejects.toThrow(/permission denied/);
  });
});

type Case = readonly [
  what: string,
  statements: (first: string, second: string) => readonly string[],
  found: (first: string) => readonly object[],
];

const altered = (id: string, part: string) => ({
  kind: 'RowAltered',
  row: expect.objectContaining({ table: 'ledger.transfer', provinceId, id }),
  part,
});
const missing = (id: string) => ({
  kind: 'RowMissing',
  row: expect.objectContaining({ table: 'ledger.transfer', provinceId, id }),
});

const cases: readonly Case[] = [
  [
    'one flipped bit of a sum',
    (id) => [`update ledger.transfer set amount = amount # 1 where id = '${id}'`],
    (id) => [altered(id, 'content'), { kind: 'BalanceDiffers' }],
  ],
  [
    'a flipped bit of a hash',
    (id) => [
      `update ledger.transfer set content_hash = set_bit(content_hash, 77, 1 - get_bit(content_hash, 77)) where id = '${id}'`,
    ],
    (id) => [altered(id, 'content')],
  ],
  [
    'another instant',
    (id) => [`update ledger.transfer set recorded_at = recorded_at + interval '1 ms' where id = '${id}'`],
    (id) => [altered(id, 'place')],
  ],
  [
    'a swapped pair',
    (id, other) => [
      `update ledger.transfer as t set reference_id = o.reference_id, kind = o.kind, amount = o.amount,
        content_hash = o.content_hash
      from ledger.transfer as o
      where t.id in ('${id}', '${other}') and o.id in ('${id}', '${other}') and o.id <> t.id`,
    ],
    (id) => [altered(id, 'content')],
  ],
  [
    'a missing row',
    (id) => [`delete from ledger.transfer where id = '${id}'`],
    (id) => [missing(id), { kind: 'VersionMissing' }],
  ],
];

describe('verify names the first wrong row', () => {
  afterEach(async () => {
    for (const table of tables) {
      await wrongdoer.query(`delete from ${table}`);
      await wrongdoer.query(`insert into ${table} select * from kept_${table.slice(7)}`);
    }
    expect(await faults()).toEqual([]);
  });

  for (const [where, place] of [
    ['first', 0],
    ['middle', 22],
    ['last', -1],
  ] as const)
    test.each(cases)(`%s, the ${where} one`, async (_what, statements, found) => {
      // The neighbour of a row in one batch has another id and content; a swap of equals would be none.
      const other = idAt(place === 0 ? 20 : place === -1 ? 30 : 40);
      const first = place === -1 ? [other, idAt(place)] : [idAt(place), other];
      for (const statement of statements(idAt(place), other)) await wrongdoer.query(statement);
      const wrong = await faults();
      const named = found(idAt(place));
      const swapped = _what === 'a swapped pair';
      expect(wrong[0]).toMatchObject(
        swapped ? altered(must(first[0], 'the first'), 'content') : must(named[0], 'a fault'),
      );
      const last = named.at(-1);
      if (last !== undefined && !swapped && place !== -1) expect(wrong.at(-1)).toMatchObject(last);
      for (const fault of wrong) expect(wordsOfFault(fault).fa).not.toContain('undefined');
    });

  test('a sum of an account, a row that was slipped in, and a transfer without its account', async () => {
    await wrongdoer.query('update ledger.account set credits_posted = credits_posted + 1 where version > 0');
    expect((await faults()).map(({ kind }) => kind)).toEqual(['BalanceDiffers']);
    await wrongdoer.query('update ledger.account set credits_posted = credits_posted - 1 where version > 0');
    await wrongdoer.query(
      `insert into ledger.transfer select (jsonb_populate_record(t, jsonb_build_object(
        'id', gen_random_uuid(), 'debit_version', 900, 'credit_version', 900))).* from ledger.transfer t where id = $1`,
      [idAt(3)],
    );
    expect((await faults())[0]).toMatchObject({ kind: 'RowNotSealed' });
    await wrongdoer.query('delete from ledger.transfer where debit_version = 900');
    await wrongdoer.query('delete from ledger.account where version > 0 and not bounded');
    expect((await faults())[0]).toMatchObject({ kind: 'AccountMissing' });
  });

  test.each([
    ['number', 'update ledger.seal set number = 5, previous_number = 4 where number = 3', 'SealMissing'],
    ['the rest of the chain', 'delete from ledger.seal where number = 2', 'SealMissing'],
    [
      'its entries',
      'update ledger.seal set entries = set_bit(entries, 200, 1 - get_bit(entries, 200)) where number = 2',
      'SealAltered',
    ],
    [
      'its instant',
      `update ledger.seal set sealed_at = sealed_at + interval '1 ms' where number = 2`,
      'SealAltered',
    ],
    [
      'its signature',
      'update ledger.seal set signature = set_bit(signature, 9, 1 - get_bit(signature, 9)) where number = 2',
      'SealAltered',
    ],
    ['its key', `update ledger.seal set key_id = 'another' where number = 2`, 'SealAltered'],
  ] as const)('%s of a seal', async (_what, statement, kind) => {
    await wrongdoer.query(statement);
    expect((await faults()).map((fault) => fault.kind)).toContain(kind);
  });

  test('a chain that was cut and made anew agrees with itself, but not with heads kept elsewhere', async () => {
    const kept = (await seals()).map(({ number, head }) => ({ provinceId, number: number.toString(), head }));
    expect(await faults(kept)).toEqual([]);
    await wrongdoer.query('delete from ledger.seal where number > 2');
    expect((await faults()).filter(({ kind }) => kind !== 'RowNotSealed')).toEqual([]);
    expect(await faults(kept)).toContainEqual({ kind: 'SealMissing', provinceId, number: '3' });
    house.clock.advance(10_000);
    await seal();
    expect(await faults()).toEqual([]);
    expect(await faults(kept)).toContainEqual({ kind: 'HeadDiffers', provinceId, number: '3' });
    expect(await faults([{ provinceId: 9, number: '1', head: '0'.repeat(64) }])).toContainEqual({
      kind: 'SealMissing',
      provinceId: 9,
      number: '1',
    });
  });
});
