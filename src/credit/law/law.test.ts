import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { idIn, openBankDesk } from '#testing/bankdesk.ts';
import { openTestBranch } from '#testing/banklists.ts';
import {
  actOrder,
  alborz,
  awardOrder,
  byCounties,
  ceilingOrder,
  closingOrder,
  cutOrder,
  done,
  extensionOrder,
  karaj,
  letterOrder,
  openCredits,
  ruleOrder,
} from '#testing/credits.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import { findBreaches } from './actions.ts';
import { wordsOfBreach } from './words.ts';

const house = await openHouse();
const credits = await openCredits(house);
const {
  openedLine,
  proposeRule,
  approveRule,
  divided,
  notify,
  cut,
  close,
  extend,
  setTerm,
  reserve,
  actOn,
  deed,
  http,
} = credits;
const { contracted, upload, record, confirm } = openBankDesk(credits);
afterAll(http.close);

const wrongdoer = await openWrongdoer(house);

const breaches = () => read(house.db, { ...noScope, province: alborz }, (tx) => findBreaches(tx, alborz));

/** Does it, says what is broken then, and takes it back. */
async function broken(statement: string, back: string): Promise<string[]> {
  await wrongdoer.query(statement);
  const found = await breaches();
  for (const breach of found) {
    expect(wordsOfBreach(breach).fa).toContain(breach.id);
    expect(wordsOfBreach(breach).en).toMatch(/^L\d+: credit\./);
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
  done(await setTerm(lineId, ceilingOrder(4, 100n)));
  const award = awardOrder(100n, 'person', { happenedOn: '2024-09-05' });
  done(await extend(lineId, extensionOrder(5, '2025-01-01')));
  const { rows: leaves } = await wrongdoer.query<{ id: string }>(
    'select id from credit.slice where line_id = $1 and county_code = $2',
    [lineId, karaj],
  );
  done(await reserve(must(leaves[0], 'Karaj').id, award));
  const on = { happenedOn: '2024-09-05' };
  done(await actOn(award.id, actOrder('refer', 1, on)));
  done(await actOn(award.id, actOrder('contract', 2, on)));
  done(await actOn(award.id, actOrder('report_payment', 3, { ...on, amount: '30' })));
  done(await actOn(award.id, actOrder('confirm_part_payment', 4, on)));
  done(await actOn(award.id, actOrder('report_payment', 5, { ...on, amount: '40' })));
  done(await cut(lineId, cutOrder(6, 250_000_001n)));
  const closedId = await openedLine(1_000n, { cooperativeReserve: null, reserveReference: null });
  done(await close(closedId, closingOrder(3)));
});

test('nothing is broken after letters, a division, a cut and a close', async () => {
  expect(await breaches()).toEqual([]);
});

test('names a line whose slices hold another sum than its letters (L1)', async () => {
  const pick = `id = (select id from ledger.account where kind = 'available' and share = 'open'
    and owner_id in (select s.id from credit.slice s join credit.line l on l.id = s.line_id where l.state <> 'closed')
    order by id limit 1)`;
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

test('names an award whose record is of another sum than its reserve (L1)', async () => {
  expect(
    await broken(
      'update credit.award set amount = amount + 1',
      'update credit.award set amount = amount - 1',
    ),
  ).toEqual(expect.arrayContaining(['AwardApart']));
});

test('names an award of nobody, and one of a person that says it is of a cooperative (L3)', async () => {
  for (const [there, back] of [
    [
      "update credit.award set beneficiary_id = translate(beneficiary_id::text, '0123456789', '1234567890')::uuid",
      "update credit.award set beneficiary_id = translate(beneficiary_id::text, '1234567890', '0123456789')::uuid",
    ],
    [
      "update party.person set form = 'legal', national_id = national_id || '0'",
      "update party.person set form = 'natural', national_id = left(national_id, 10)",
    ],
  ] as const)
    expect(await broken(there, back)).toContain('BeneficiaryApart');
});

test('names a cut that sent back another sum than its letter says, or another part of the reserve (L1)', async () => {
  for (const column of ['amount', 'locked'])
    expect(
      await broken(
        `update credit.revision set ${column} = ${column} - 1 where act = 'cut'`,
        `update credit.revision set ${column} = ${column} + 1 where act = 'cut'`,
      ),
    ).toEqual(expect.arrayContaining(['HandedBackApart']));
});

const inClosed = (kind: string) =>
  `kind = '${kind}' and share = 'open' and owner_id in (select s.id from credit.slice s
    join credit.line l on l.id = s.line_id where l.state = 'closed')`;

const shift = (by: number) =>
  `update ledger.account set credits_posted = credits_posted
    + case when kind = 'available' then ${by} else ${-by} end
  where (${inClosed('available')}) or (${inClosed('handed_back')})`;

test('names a closed line that still holds something, also where its accounts only changed places (L1)', async () => {
  expect(await broken(shift(1), shift(-1))).toEqual(['ClosedNotEmpty']);
});

test('names an award past the ceiling that was in force on its day', async () => {
  expect(
    await broken(
      'update credit.parameter set value = value - 1',
      'update credit.parameter set value = value + 1',
    ),
  ).toEqual(['OverCeiling', 'PaperApart']);
});

test('names an award whose case tells another end of a report than the ledger (L11)', async () => {
  expect(
    await broken(
      `update casework.act set act = 'expire_report' where act = 'report_payment'`,
      `update casework.act set act = 'report_payment' where act = 'expire_report'`,
    ),
  ).toEqual(['ReportApart']);
});

test('names a payment that is confirmed without what the bank has signed (L11)', async () => {
  const confirmed = `where act in ('confirm_part_payment', 'confirm_last_payment')`;
  const kinds = await broken(
    `update casework.act set facts = facts - 'signedNumber' ${confirmed}`,
    `update casework.act set facts = facts || '{"signedNumber": "12"}' ${confirmed}`,
  );
  expect(new Set(kinds)).toEqual(new Set(['ReportApart']));
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

test('names a share rule that its proposer put in force (L6)', async () => {
  const lineId = await openedLine(1_000n, { cooperativeReserve: 0 });
  const order = ruleOrder();
  done(await proposeRule(lineId, order));
  done(await approveRule(order.id));
  expect(
    await broken(
      `update casework.act set by_person = gen_random_uuid() where act = 'approve_rule'`,
      `update casework.act set by_person = (
        select approved_by_person from credit.share_rule_approval where proposal_id = case_id
      ) where act = 'approve_rule'`,
    ),
  ).toEqual(['OneEye']);
});

/** Tables, columns and how each is changed there and back; one more day, one more rial, another number. */
const changes = (table: string, column: string): readonly [string, string] => {
  const to = (value: string) => `update credit.${table} set ${column} = ${value} where ${column} is not null`;
  if (/(number|reference)$/.test(column))
    return [to(`${column} || ' الف'`), to(`replace(${column}, ' الف', '')`)];
  return [to(`${column} + 1`), to(`${column} - 1`)];
};

describe('papers and their sealed acts', () => {
  beforeAll(async () => {
    done(await deed('deputy', async (doing) => ok(await openTestBranch(doing))));
    const listedId = await openedLine(1_000n, { cooperativeReserve: 0 });
    const { rows: roots } = await wrongdoer.query<{ id: Id }>(
      'select id from credit.slice where line_id = $1 and parent_id is null',
      [listedId],
    );
    const paidId = await contracted(must(roots[0], 'a root').id, 100n);
    const rows = [{ stage: 'پرداخت', award: paidId, tracking: 'A1', amount: '100', day: '2024-02-01' }];
    const listId = idIn(await upload(listedId, { rows }));
    expect((await record(listId)).status).toBe(201);
    expect((await confirm(listId, 'otherDeputy')).status).toBe(201);
  });

  test("names a bank's list that the person who recorded or brought it confirmed (L6)", async () => {
    for (const hand of ['upload', 'record'])
      expect(
        await broken(
          `update casework.act set by_person = (select confirmed_by_person from credit.bank_list_confirmation)
         where kind = 'bank_list' and act = '${hand}'`,
          `update casework.act set by_person = (select uploaded_by_person from credit.bank_list)
         where kind = 'bank_list' and act = '${hand}'`,
        ),
      ).toEqual(['OneEye']);
  });

  test.each([
    ['notification', 'letter_number'],
    ['notification', 'letter_day'],
    ['notification', 'amount'],
    ['revision', 'letter_number'],
    ['revision', 'letter_day'],
    ['revision', 'deadline'],
    ['line', 'deadline'],
    ['parameter', 'value'],
    ['parameter', 'legal_reference'],
    ['slicing_approval', 'resolution_number'],
    ['slicing_approval', 'resolution_day'],
    ['share_rule_approval', 'resolution_number'],
    ['bank_list', 'letter_number'],
    ['bank_list', 'letter_day'],
    ['bank_list', 'stated_sum'],
    ['bank_list_confirmation', 'signed_number'],
    ['bank_list_confirmation', 'signed_day'],
    ['bank_list_confirmation', 'signed_count'],
    ['bank_list_confirmation', 'signed_sum'],
  ])('names a %s of which the %s is not what was sealed (L14)', async (table, column) => {
    const [there, back] = changes(table, column);
    expect(await broken(there, back)).toContain('PaperApart');
  });
});
