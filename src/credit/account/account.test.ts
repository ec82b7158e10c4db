import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import { readSheet } from '#platform/sheet.ts';
import {
  type Name,
  type Said,
  actOrder,
  alborz,
  awardOrder,
  byCounties,
  done,
  fardis,
  freshId,
  karaj,
  openCredits,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { listSlices, type NamedSlice } from '../queries.ts';
import { accountStatementShape, sliceAccountShape, type AccountStatement } from './contract.ts';
import { accountLabels } from './words.ts';

const house = await openHouse();
const credits = await openCredits(house);
const { http } = credits;
const scope = { ...noScope, province: alborz };
const hour = 3_600_000;

let karajSlice: NamedSlice;
let fardisSlice: NamedSlice;
/** The account of Karaj from which awards are reserved. */
let available: string;
const instants: Date[] = [];

const kindOf = ({ body }: Said): string => problemShape.parse(body).kind;
const accountsOf = async (slice: NamedSlice) =>
  z
    .object({ items: z.array(sliceAccountShape) })
    .parse((await http.get('deputy', `slices/${slice.id}/accounts`)).body).items;
const ask = (accountId: string, query = '', by: Name | 'nobody' = 'deputy') =>
  http.get(by, `accounts/${accountId}/statement?limit=200${query}`);
const statement = async (accountId: string, query = '', by: Name = 'deputy'): Promise<AccountStatement> =>
  accountStatementShape.parse((await ask(accountId, query, by)).body);

/** A day goes by with one award reserved, referred, contracted, reported and, every other day, confirmed. */
async function dayOfAwards(number: number): Promise<void> {
  const award = awardOrder(1_000n + BigInt(number));
  const step = async <Done>(work: Promise<Done>): Promise<Done> => {
    const result = await work;
    house.clock.advance(hour);
    instants.push(house.clock.now());
    return result;
  };
  done(await step(credits.reserve(karajSlice.id, award)));
  done(await step(credits.actOn(award.id, actOrder('refer', 1))));
  done(await step(credits.actOn(award.id, actOrder('contract', 2))));
  const reported = actOrder('report_payment', 3, { amount: award.amount });
  done(await step(credits.actOn(award.id, reported)));
  if (number % 2 === 0) done(await step(credits.actOn(award.id, actOrder('confirm_last_payment', 4))));
  else done(await step(credits.actOn(award.id, actOrder('decline_report', 4, { reason: 'رقم نادرست' }))));
  house.clock.advance(19 * hour);
}

beforeAll(async () => {
  const lineId = await credits.openedLine(1_000_000_000n, { deadline: '2025-03-19' });
  const slicesOf = () =>
    read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }));
  const [root] = await slicesOf();
  await credits.divided(must(root, 'a root').id, byCounties(900_000_000n));
  const of = async (county: string) =>
    must(
      (await slicesOf()).find(({ countyCode }) => countyCode === county),
      county,
    );
  karajSlice = await of(karaj);
  fardisSlice = await of(fardis);
  house.clock.advance(24 * hour);
  for (let number = 0; number < 6; number += 1) await dayOfAwards(number);
  const accounts = await accountsOf(karajSlice);
  const found = accounts.find(({ stage, share }) => stage === 'available' && share === 'open');
  available = must(found, 'the available account').accountId;
});

/** What an account held at an instant, added up from zero by the database, without our code. */
async function addedUp(accountId: string, until: string): Promise<{ balance: string; held: string }> {
  const { rows } = await read(house.db, scope, (tx) =>
    sql<{ balance: string; held: string }>`
      select
        coalesce(sum(case when phase not in ('post', 'confirm') then 0
          when credit_account_id = ${accountId} then amount else -amount end), 0)::text as balance,
        coalesce(sum(case when debit_account_id <> ${accountId} then 0
          when phase = 'pend' then amount when phase = 'post' then 0 else -amount end), 0)::text as held
      from ledger.read_transfer
      where province_id = ${alborz} and ${accountId} in (debit_account_id, credit_account_id)
        and recorded_at <= ${until}::timestamptz
    `.execute(tx),
  );
  return must(rows[0], 'a sum');
}

const sumOf = (sums: readonly (string | null)[]): bigint =>
  sums.reduce((all, sum) => all + BigInt(sum ?? 0), 0n);

describe('the statement of an account', () => {
  test('at any closed instant: opening and lines make the closing, and it is the replay from zero', async () => {
    const accounts = [...(await accountsOf(karajSlice)), ...(await accountsOf(fardisSlice))];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...accounts),
        fc.constantFrom(...instants),
        fc.integer({ min: -hour, max: 0 }),
        async ({ accountId }, instant, before) => {
          const at = new Date(instant.getTime() + before).toISOString();
          const { opening, closing, items, asOf } = await statement(accountId, `&at=${at}`);
          expect(asOf).toBe(at);
          expect(opening).toMatchObject({ balance: '0', version: '0' });
          const moved =
            sumOf(items.map(({ moneyIn }) => moneyIn)) - sumOf(items.map(({ moneyOut }) => moneyOut));
          expect(moved.toString()).toBe(closing.balance);
          expect({ balance: closing.balance, held: closing.held }).toEqual(await addedUp(accountId, at));
          let running = 0n;
          for (const row of items) {
            running += BigInt(row.moneyIn ?? 0) - BigInt(row.moneyOut ?? 0);
            expect(row.balance).toBe(running.toString());
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of one day begins where the day before ended, and the days make the whole', async () => {
    const whole = await statement(available);
    const days = [...new Set(whole.items.map(({ recordedAt }) => recordedAt.slice(0, 10)))].toSorted();
    const last = days.at(-1) ?? '';
    const first = days[0] ?? '';
    const all: string[] = [];
    let before = '0';
    for (
      let day = first;
      day <= last;
      day = new Date(Date.parse(day) + 24 * hour).toISOString().slice(0, 10)
    ) {
      const part = await statement(available, `&from=${day}&until=${day}`);
      expect(part.opening.balance).toBe(before);
      before = part.closing.balance;
      all.push(...part.items.map(({ transferId }) => transferId));
    }
    expect(all).toEqual(whole.items.map(({ transferId }) => transferId));
    expect(before).toBe(whole.closing.balance);
  });

  test('comes page by page without a gap or a repetition', async () => {
    const whole = await statement(available);
    const ids: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await http.get('deputy', `accounts/${available}/statement?limit=3${cursor}`);
      const page = accountStatementShape.parse(body);
      ids.push(...page.items.map(({ transferId }) => transferId));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(ids).toEqual(whole.items.map(({ transferId }) => transferId));
    expect(kindOf(await ask(available, '&cursor=bm9uZQ'))).toBe('BadCursor');
  });

  test('says who did it by which act, and where the money came from', async () => {
    const { items, account } = await statement(available);
    expect(account).toMatchObject({ stage: 'available', share: 'open', provinceId: alborz });
    expect(items[0]).toMatchObject({ kind: 'slice', act: { act: 'approve', byName: 'director' } });
    expect(items[0]?.other).toMatchObject({ stage: 'available', owner: { countyCode: null } });
    expect(items[1]).toMatchObject({ kind: 'reserve', act: { act: 'reserve', byName: 'deputy' } });
    expect(items[1]?.other).toMatchObject({ stage: 'reserved', owner: { countyCode: karaj } });
  });

  test('stays as it was when more is recorded after its instant', async () => {
    const at = must(instants.at(-1), 'an instant').toISOString();
    const was = await statement(available, `&at=${at}`);
    await dayOfAwards(7);
    expect(await statement(available, `&at=${at}`)).toEqual(was);
    expect((await statement(available)).items.length).toBeGreaterThan(was.items.length);
  });

  test('refuses a day that has not come, days the wrong way round, and an unknown account', async () => {
    expect(kindOf(await ask(available, '&until=2150-01-01'))).toBe('InstantOpen');
    expect(kindOf(await ask(available, '&from=2024-09-08&until=2024-09-07'))).toBe('DaysReversed');
    expect(kindOf(await ask(freshId()))).toBe('AccountUnknown');
    expect(kindOf(await http.get('deputy', `slices/${freshId()}/accounts`))).toBe('SliceMissing');
  });

  test('is the own county for its office, and closed to who sees no accounts', async () => {
    const own = await statement(available, '', 'karajOffice');
    // The undivided rest of the province, from which the slice came, is not the county's to see.
    expect(own.items[0]?.other).toBeNull();
    expect(own.items[0]?.act).toBeNull();
    expect(own.closing).toEqual((await statement(available)).closing);
    expect(kindOf(await ask(available, '', 'fardisOffice'))).toBe('AccountUnknown');
    expect(kindOf(await http.get('fardisOffice', `slices/${karajSlice.id}/accounts`))).toBe('SliceMissing');
    for (const name of ['auditor', 'ministry', 'director', 'editor'] as const)
      expect((await statement(available, '', name)).closing).toEqual(own.closing);
    for (const name of ['bank', 'agency', 'applicant', 'administrator'] as const) {
      expect(kindOf(await ask(available, '', name))).toBe('RoleMayNot');
      expect(kindOf(await http.get(name, `accounts/${available}/statement/file`))).toBe('RoleMayNot');
      expect(kindOf(await http.get(name, `slices/${karajSlice.id}/accounts`))).toBe('RoleMayNot');
    }
    expect(kindOf(await ask(available, '', 'lorestanDirector'))).toBe('OtherProvince');
    expect(kindOf(await ask(available, '', 'nobody'))).toBe('NotSignedIn');
  });

  test('is handed out as a sheet whose rows are those of the page, to the rial', async () => {
    const columns = [
      { key: 'transferId', title: accountLabels.transferId, kind: 'code' },
      { key: 'balance', title: accountLabels.balance, kind: 'rial' },
    ] as const;
    const { items } = await statement(available);
    for (const format of ['xlsx', 'csv']) {
      const file = await http.file('auditor', `accounts/${available}/statement/file?format=${format}`);
      const rows = await readSheet(file, { columns });
      expect(rows.map(({ cells }) => cells)).toEqual(
        items.map(({ transferId, balance }) => ({ transferId, balance })),
      );
    }
    for (const language of ['fa', 'en']) {
      const url = `accounts/${available}/statement/file?format=pdf&language=${language}`;
      const paper = await http.file('auditor', url);
      expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
      expect(paper.equals(await http.file('auditor', `${url}&from=2024-09-05`))).toBe(false);
    }
  });

  test('what the page of a slice lists is what each statement closes with', async () => {
    for (const account of await accountsOf(karajSlice)) {
      const { closing } = await statement(account.accountId);
      expect({ ...closing }).toEqual({
        balance: account.balance,
        held: account.held,
        version: account.transfers,
      });
    }
  });
});
