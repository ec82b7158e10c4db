import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { clusterOwner, onSocket } from '#platform/postgres.ts';
import { alborz, byCounties, letterOrder, openCredits } from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { findBreaches } from './actions.ts';
import { wordsOfBreach } from './words.ts';

const house = await openHouse();
const { openedLine, divided, notify, http } = await openCredits(house);
afterAll(http.close);

const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(house.db);
const name = must(rows[0], 'a database').name;
const wrongdoer = new Client(onSocket(inject('house').socketFolder, clusterOwner, name));
wrongdoer.on('error', () => {});
await wrongdoer.connect();
await wrongdoer.query('set session_replication_role = replica');
afterAll(() => wrongdoer.end());

const breaches = () => read(house.db, { ...noScope, province: alborz }, (tx) => findBreaches(tx, alborz));

/** Does it, says what is broken then, and takes it back. */
async function broken(statement: string, back: string): Promise<string[]> {
  await wrongdoer.query(statement);
  const found = await breaches();
  for (const breach of found) {
    expect(wordsOfBreach(breach).fa).toContain(breach.id);
    expect(wordsOfBreach(breach).en).toMatch(/^L\d: credit\./);
  }
  await wrongdoer.query(back);
  expect(await breaches()).toEqual([]);
  return found.map(({ kind }) => kind);
}

beforeAll(async () => {
  const lineId = await openedLine(1_000_000_007n);
  await notify(lineId, letterOrder(333n));
  const { rows: slices } = await wrongdoer.query<{ id: string }>(
    'select id from credit.slice where line_id = $1',
    [lineId],
  );
  await divided(must(slices[0], 'a root').id, byCounties(900_000_000n));
});

test('nothing is broken after letters and a division', async () => {
  expect(await breaches()).toEqual([]);
});

test('names a line whose slices hold another sum than its letters (L1)', async () => {
  const pick = `id = (select id from ledger.account where kind = 'available' and share = 'open' order by id limit 1)`;
  expect(
    await broken(
      `update ledger.account set credits_posted = credits_posted + 1 where ${pick}`,
      `update ledger.account set credits_posted = credits_posted - 1 where ${pick}`,
    ),
  ).toEqual(['LineNotConserved']);
});

test('names a line whose reserve is not locked (L3)', async () => {
  expect(
    await broken(
      'update credit.share_rule set numerator = numerator + 1',
      'update credit.share_rule set numerator = numerator - 1',
    ),
  ).toEqual(['ReserveNotLocked']);
});

test('names a division whose parts are not the whole (L1)', async () => {
  expect(
    await broken(
      'update credit.slicing_part set amount = amount + 1 where part_number = 1',
      'update credit.slicing_part set amount = amount - 1 where part_number = 1',
    ),
  ).toEqual(['PartsNotWhole']);
});

test('names an approval by the proposer, also where only the acts say so (L6)', async () => {
  expect(
    await broken(
      `update casework.act set by_person = (select proposed_by_person from credit.slicing) where act = 'approve'`,
      `update casework.act set by_person = (select approved_by_person from credit.slicing_approval) where act = 'approve'`,
    ),
  ).toEqual(['OneEye']);
});
