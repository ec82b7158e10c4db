import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { readSheet } from '#platform/sheet.ts';
import { type SheetRow, manyAwards, openTestBranch, sheetOf } from '#testing/banklists.ts';
import {
  actOrder,
  alborz,
  awardOrder,
  byCategories,
  byCounties,
  closingOrder,
  done,
  extensionOrder,
  freshId,
  letterOrder,
  type Name,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { idIn, kindIn, openBankDesk } from '#testing/bankdesk.ts';
import { openHouse } from '#testing/house.ts';
import { awardShape } from '../contract.ts';
import { excessShape } from '../excess/contract.ts';
import { findBreaches } from '../law/actions.ts';
import { listAccountSums, listSlices } from '../queries.ts';
import { columns } from '../sheet/routes.ts';

const house = await openHouse();
const credits = await openCredits(house);
const { http } = credits;
const { contracted, upload, pageOf, rowsOf, record, confirm } = openBankDesk(credits);
const scope = { ...noScope, province: alborz };
afterAll(http.close);
beforeAll(async () => {
  done(await credits.deed('deputy', async (doing) => ok(await openTestBranch(doing))));
});

async function rootOf(lineId: Id): Promise<Id> {
  const slices = await read(house.db, scope, (tx) =>
    listSlices(tx, { provinceId: alborz, lineId, id: null }),
  );
  return must(slices[0], 'a root').id;
}
async function purse(sliceId: Id): Promise<Record<string, bigint>> {
  const asked = { provinceId: alborz, lineId: null, id: sliceId };
  const sums = await read(house.db, scope, (tx) => listAccountSums(tx, asked));
  return Object.fromEntries(sums.map(({ stage, share, balance }) => [`${stage} ${share}`, balance]));
}
const breaches = () => read(house.db, scope, (tx) => findBreaches(tx, alborz));

const awardIn = async (awardId: string) =>
  awardShape.parse((await http.get('deputy', `awards/${awardId}`)).body);

const excesses = async (by: Name = 'deputy') =>
  z.object({ items: z.array(excessShape) }).parse((await http.get(by, 'excesses')).body).items;

describe('the list of a bank', () => {
  test('carries awards from referral to a reported payment, and only the signed list makes it paid (L11)', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const slice = await rootOf(lineId);
    const order = awardOrder(300n);
    done(await credits.reserve(slice, order));
    const rows = [
      { stage: 'معرفی', award: order.id, tracking: 'A1', amount: '300', day: '2024-01-10' },
      { stage: 'قرارداد', award: order.id, tracking: 'A1', amount: '300', day: '2024-01-20' },
      // The bank's own tracking number stands for the award from then on.
      { stage: 'پرداخت', award: order.id, tracking: 'A1', amount: '200', day: '2024-02-01' },
    ];
    const listId = idIn(await upload(lineId, { rows }));
    expect((await pageOf(listId)).groups.new).toEqual({ count: 3, sum: '800' });
    expect((await record(listId)).status).toBe(201);
    expect(await awardIn(order.id)).toMatchObject({ state: 'contracted', paid: '0', reported: '200' });
    expect(await purse(slice)).toMatchObject({ 'contracted open': 300n, 'paid open': 0n });
    const confirmed = await confirm(listId, 'otherDeputy');
    expect(confirmed).toMatchObject({ status: 201, body: { state: 'confirmed' } });
    expect(await awardIn(order.id)).toMatchObject({ state: 'part_paid', paid: '200', reported: '0' });
    expect(await purse(slice)).toMatchObject({ 'contracted open': 100n, 'paid open': 200n });
    expect(await breaches()).toEqual([]);
  });

  test('records nothing when its total is not what the bank states', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const award = await contracted(await rootOf(lineId), 100n);
    const rows = [{ award, tracking: 'B1', amount: '100' }];
    const listId = idIn(await upload(lineId, { rows, fields: { statedSum: '101' } }));
    expect((await pageOf(listId)).control).toMatchObject({ count: 1, sum: '100', agrees: false });
    const said = await record(listId);
    expect([said.status, kindIn(said)]).toEqual([409, 'StatedTotalDiffers']);
    expect(await pageOf(listId)).toMatchObject({ state: 'read', reported: { count: 0 } });
    // A sum that cannot be read differs from every statement.
    const unread = idIn(await upload(lineId, { rows: [...rows, { award, tracking: 'B2', amount: 'صد' }] }));
    expect((await pageOf(unread)).control).toMatchObject({ unread: 1, agrees: false });
    expect(kindIn(await record(unread))).toBe('StatedTotalDiffers');
    expect((await pageOf(unread)).choices.find(({ act }) => act === 'record')).toMatchObject({
      lawful: false,
      because: { fa: expect.stringContaining('مبلغ ۱ ردیف خوانده نشد') },
    });
  });

  test('is one list when its file comes again, and its rows add nothing in another file (L5)', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const slice = await rootOf(lineId);
    const [first, second] = [await contracted(slice, 100n), await contracted(slice, 200n)];
    const rows = [{ award: first, tracking: 'C1', amount: '100' }];
    const bytes = await sheetOf(rows);
    const one = await upload(lineId, { rows, bytes });
    const again = await upload(lineId, { rows, bytes });
    expect(again).toMatchObject({ status: 201, body: { id: idIn(one), isNew: false } });
    const mended = await upload(lineId, { rows, bytes, fields: { statedSum: '101' } });
    expect([mended.status, kindIn(mended)]).toEqual([409, 'ListStatedOtherwise']);
    expect((await record(idIn(one))).status).toBe(201);
    const before = await purse(slice);
    const more = [
      { award: second, tracking: 'C2', amount: '200' },
      ...rows,
      { award: first, tracking: 'C1', amount: '90' },
    ];
    const other = idIn(await upload(lineId, { rows: more }));
    const page = await pageOf(other);
    expect(page.groups).toMatchObject({
      new: { count: 1 },
      known: { count: 1 },
      contradicting: { count: 1 },
    });
    expect((await rowsOf(other, 'contradicting'))[0]?.faults[0]?.fa).toContain('۱۰۰ ریال');
    expect((await record(other)).status).toBe(201);
    expect(await purse(slice)).toEqual(before);
    expect((await awardIn(second)).reported).toBe('200');
  });

  test('is brought to a line as long as it is drawn from: also an extended one, no closed one', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const award = await contracted(await rootOf(lineId), 100n);
    const rows = [{ award, tracking: 'X1', amount: '100' }];
    done(await credits.extend(lineId, extensionOrder(3)));
    expect((await upload(lineId, { rows })).status).toBe(201);
    const other = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    done(await credits.close(other, closingOrder(3)));
    expect(kindIn(await upload(other, { rows }))).toBe('LineNotOpen');
  });

  test('acts once when it is recorded fifty times at once (T1)', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const award = await contracted(await rootOf(lineId), 100n);
    const listId = idIn(await upload(lineId, { rows: [{ award, tracking: 'D1', amount: '100' }] }));
    const { version } = await pageOf(listId);
    const body = { id: freshId(), seenVersion: version, newCount: 1, newSum: '100' };
    const key = freshId();
    const post = () => http.post('deputy', { url: `bank-lists/${listId}/recording`, body, key });
    const answers = await Promise.all(Array.from({ length: 50 }, post));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await awardIn(award)).reported).toBe('100');
  });

  test('is recorded once when two lists with the same rows race', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const award = await contracted(await rootOf(lineId), 100n);
    const rows = [{ award, tracking: 'E1', amount: '100' }];
    const lists = await Promise.all([
      upload(lineId, { rows }),
      upload(lineId, { rows, bytes: await sheetOf(rows, 'csv') }),
    ]);
    const answers = await Promise.all(lists.map((said) => record(idIn(said))));
    // Whoever comes second is told that the preview has moved on.
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect((await awardIn(award)).reported).toBe('100');
  });

  test('is not confirmed by who brought it, under no account of that person (L6, T5)', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const award = await contracted(await rootOf(lineId), 100n);
    const rows = [{ award, tracking: 'F1', amount: '100' }];
    // Brought by a director who is the same person as the deputy.
    const listId = idIn(await upload(lineId, { rows, by: 'deputyAgain' }));
    await record(listId);
    const said = await confirm(listId, 'deputy');
    expect([said.status, kindIn(said)]).toEqual([403, 'OwnList']);
    const forged = sql`
      insert into credit.bank_list_confirmation (
        province_id, list_id, uploaded_by_person, confirmed_by_person, confirmed_by_user, signed_number, signed_day,
        signed_count, signed_sum
      )
      select province_id, id, uploaded_by_person, uploaded_by_person, uploaded_by_user, '1', '2024-03-01', 1, 100
      from credit.bank_list where id = ${listId}::uuid
    `;
    await expect(
      inTransaction(house.db, scope, async (tx) => {
        await forged.execute(tx);
        return ok();
      }),
    ).rejects.toThrow('bank_list_confirmation_four_eyes');
    expect((await confirm(listId, 'otherDeputy')).status).toBe(201);
  });

  test('is confirmed neither by who made its reports, nor one by one by who brought it (L6)', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const award = await contracted(await rootOf(lineId), 100n);
    const rows = [{ award, tracking: 'F2', amount: '100' }];
    const listId = idIn(await upload(lineId, { rows, by: 'director' }));
    await record(listId);
    for (const name of ['deputy', 'deputyAgain'] as const)
      expect([kindIn(await confirm(listId, name)), (await pageOf(listId)).choices]).toEqual([
        'OwnList',
        expect.arrayContaining([expect.objectContaining({ act: 'confirm', lawful: false })]),
      ]);
    expect(outcome(await credits.actOn(award, actOrder('confirm_last_payment', 4), 'director'))).toBe(
      'OwnReport',
    );
    expect((await confirm(listId, 'otherDeputy')).status).toBe(201);
  });

  test('of which no row is new is not recorded, and can still be discarded', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const rows = [
      { award: await contracted(await rootOf(lineId), 100n), tracking: 'F3', amount: '100', branch: '99999' },
    ];
    const listId = idIn(await upload(lineId, { rows }));
    expect(kindIn(await record(listId))).toBe('NothingNew');
    expect((await pageOf(listId)).state).toBe('read');
    expect((await http.get('lorestanDirector', `bank-lists/${listId}/progress`)).status).toBe(403);
    expect((await http.get('karajOffice', `bank-lists/${listId}/progress`)).status).toBe(404);
  });

  test('is confirmed only by a signed total that agrees, mended rows included', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const slice = await rootOf(lineId);
    const [first, second] = [await contracted(slice, 100n), await contracted(slice, 200n)];
    const rows = [
      { award: first, tracking: 'G1', amount: '100' },
      { award: second, tracking: 'G2', amount: '200', branch: '99999' },
    ];
    const listId = idIn(await upload(lineId, { rows }));
    await record(listId);
    // The bank signs for both rows, of which one could not be recorded yet.
    const early = await confirm(listId, 'otherDeputy', { signedCount: 2, signedSum: '300' });
    expect([early.status, kindIn(early)]).toEqual([409, 'SignedTotalDiffers']);
    expect((await awardIn(first)).paid).toBe('0');
    const errors = await readSheet(await http.file('deputy', `bank-lists/${listId}/errors`), { columns });
    expect(errors.map(({ cells }) => cells.tracking)).toEqual(['G2']);
    const mended = [{ award: second, tracking: 'G2', amount: '200' }];
    const mendId = idIn(await upload(lineId, { rows: mended, fields: { mendsId: listId } }));
    expect((await record(mendId)).status).toBe(201);
    expect(kindIn(await confirm(mendId, 'otherDeputy'))).toBe('NotTheFirstList');
    const backdated = await confirm(listId, 'otherDeputy', {
      signedCount: 2,
      signedSum: '300',
      signedDay: '2024-01-01',
    });
    expect([backdated.status, kindIn(backdated)]).toEqual([409, 'SignedBeforePayment']);
    expect((await confirm(listId, 'otherDeputy', { signedCount: 2, signedSum: '300' })).status).toBe(201);
    expect([(await awardIn(first)).state, (await awardIn(second)).state]).toEqual(['paid', 'paid']);
    expect((await pageOf(mendId)).state).toBe('confirmed');
    // Nothing hangs on it any more: it could never be confirmed.
    const late = await upload(lineId, {
      rows,
      fields: { mendsId: listId },
      bytes: await sheetOf(rows.slice(0, 1)),
    });
    expect([late.status, kindIn(late)]).toEqual([409, 'MendedListClosed']);
  });
});

describe('what a bank reports beyond its slice (L2)', () => {
  test('stands in the bank’s own account outside the line, until a top-up takes it in', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const slice = await rootOf(lineId);
    const award = await contracted(slice, 1000n);
    // 130 percent of the quota: one payment past its award and one for which nothing was awarded.
    const other = await credits.openedLine(500n, { cooperativeReserve: 0 });
    await credits.divided(await rootOf(other), byCategories({ wood: 500n }));
    const rows = [{ award, tracking: 'H1', amount: '1300' }];
    const listId = idIn(await upload(lineId, { rows }));
    expect(await pageOf(listId)).toMatchObject({ beyond: '300', groups: { new: { count: 1 } } });
    await record(listId);
    expect(await purse(slice)).toMatchObject({ 'contracted open': 1000n });
    expect(await breaches()).toEqual([]);
    const mine = async () =>
      must(
        (await excesses()).find((one) => one.sliceId === slice),
        'an excess',
      );
    expect(await mine()).toMatchObject({ confirmed: '0', reported: '300', room: '0' });
    expect((await confirm(listId, 'otherDeputy')).status).toBe(201);
    const excess = await mine();
    expect(excess).toMatchObject({ confirmed: '300', reported: '0' });
    expect(await purse(slice)).toMatchObject({ 'paid open': 1000n });
    const intake = (amount: string, by: Name = 'deputy') =>
      http.post(by, {
        url: `excesses/${excess.id}/intakes`,
        body: { id: freshId(), amount, resolutionNumber: '9', resolutionDay: '2024-03-05' },
      });
    const refusal = async (amount: string) => kindIn(await intake(amount));
    expect(await refusal('300')).toBe('RoomTooSmall');
    done(await credits.notify(lineId, letterOrder(400n)));
    expect(await refusal('301')).toBe('ExcessTooSmall');
    expect((await intake('300', 'auditor')).status).toBe(403);
    expect((await intake('300')).status).toBe(201);
    expect(await mine()).toMatchObject({ confirmed: '0' });
    expect(await purse(slice)).toMatchObject({ 'available open': 100n, 'paid open': 1300n });
    expect(await breaches()).toEqual([]);
  });

  test('takes a payment without award into account in the slice of its place, and shows it to its county only', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    await credits.divided(await rootOf(lineId), byCounties(1000n));
    const rows = [
      { county: '3001', tracking: 'I1', amount: '70' },
      { county: '3006', tracking: 'I2', amount: '80' },
      { tracking: 'I3', amount: '90' },
    ];
    const listId = idIn(await upload(lineId, { rows }));
    expect((await rowsOf(listId, 'bad'))[0]?.faults[0]?.rule).toBe('PlaceMissing');
    expect((await record(listId)).status).toBe(201);
    const seen = (await excesses('karajOffice')).filter((one) => one.lineId === lineId);
    expect(seen.map(({ countyCode, reported }) => [countyCode, reported])).toEqual([['3001', '70']]);
    expect(await breaches()).toEqual([]);
  });
});

describe('a list of thousands of rows with two percent bad ones', () => {
  test('is recorded whole in seconds, nothing half, and adds nothing when it comes again', async () => {
    const count = 667;
    const all = 2_000;
    const lineId = await credits.openedLine(BigInt(count) * 1000n, { cooperativeReserve: 0 });
    const slice = await rootOf(lineId);
    const awards = done(
      await credits.deed('deputy', async (doing) =>
        ok(await manyAwards(doing, { sliceId: slice, count, amount: 1000n })),
      ),
    );
    const rows: SheetRow[] = awards.flatMap((award, at): SheetRow[] => [
      { stage: 'معرفی', award, tracking: `T${at}`, amount: '1000', day: '2024-01-10' },
      { stage: 'قرارداد', award, tracking: `T${at}`, amount: '1000', day: '2024-01-20' },
      { stage: 'پرداخت', award, tracking: `T${at}`, amount: '1000', day: '2024-02-10' },
    ]);
    // Every fiftieth row names a branch that the bank has not.
    const sent = rows
      .slice(0, all)
      .map((row, at) =>
        at % 150 === 2 || at % 150 === 77 || at % 150 === 149 ? { ...row, branch: '999' } : row,
      );
    const bytes = await sheetOf(sent);
    const listId = idIn(await upload(lineId, { rows: sent, bytes }));
    const page = await pageOf(listId);
    expect(page.control).toMatchObject({ count: all, agrees: true });
    expect(page.groups.bad.count).toBe(all / 50);
    expect(page.groups.new.count).toBe(all - all / 50);
    const said = await record(listId);
    expect(said.status).toBe(201);
    expect(await breaches()).toEqual([]);
    const replay = await upload(lineId, { rows: sent, bytes });
    expect(replay.body).toMatchObject({ id: listId, isNew: false });
    const second = idIn(await upload(lineId, { rows: sent, bytes: await sheetOf(sent, 'csv') }));
    expect((await pageOf(second)).groups).toMatchObject({
      new: { count: 0 },
      known: { count: all - all / 50 },
      bad: { count: all / 50 },
    });
    const before = await purse(slice);
    expect(kindIn(await record(second))).toBe('NothingNew');
    expect(await purse(slice)).toEqual(before);
    const errors = await readSheet(await http.file('deputy', `bank-lists/${listId}/errors`), { columns });
    expect(errors).toHaveLength(all / 50);
    expect((await confirm(listId, 'otherDeputy')).status).toBe(201);
    expect(await breaches()).toEqual([]);
  }, 60_000);
});

describe('who may', () => {
  test('a list is the province’s: county offices, banks and applicants neither bring nor read one', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const award = await contracted(await rootOf(lineId), 100n);
    const rows = [{ award, tracking: 'J1', amount: '100' }];
    for (const by of ['karajOffice', 'bank', 'agency', 'applicant', 'auditor', 'editor'] as const)
      expect([403, 404]).toContain((await upload(lineId, { rows, by })).status);
    const listId = idIn(await upload(lineId, { rows }));
    for (const by of ['karajOffice', 'bank', 'applicant'] as const) {
      expect((await http.get(by, `bank-lists/${listId}`)).status).toBe(404);
      expect((await http.get(by, 'bank-lists')).body).toEqual({ items: [] });
    }
    expect((await http.get('auditor', `bank-lists/${listId}`)).status).toBe(200);
    expect((await http.get('lorestanDirector', `bank-lists/${listId}`)).status).toBe(403);
    for (const [url, body] of [
      ['recording', { id: freshId(), seenVersion: 1, newCount: 1, newSum: '100' }],
      [
        'confirmation',
        {
          id: freshId(),
          seenVersion: 1,
          signedNumber: '1',
          signedDay: '2024-03-01',
          signedCount: 1,
          signedSum: '100',
        },
      ],
      ['discarding', { id: freshId(), seenVersion: 1, reason: 'اشتباه بود' }],
    ] as const)
      expect((await http.post('auditor', { url: `bank-lists/${listId}/${url}`, body })).status).toBe(403);
    const discarded = await http.post('deputy', {
      url: `bank-lists/${listId}/discarding`,
      body: { id: freshId(), seenVersion: 1, reason: 'اشتباه بود' },
    });
    expect(discarded.body).toMatchObject({ state: 'discarded' });
    expect((await upload(lineId, { rows })).body).toMatchObject({ isNew: true });
  });

  test('names the field that is missing beside the file, in Persian', async () => {
    const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
    const said = await upload(lineId, {
      rows: [{ tracking: 'K', amount: '1' }],
      fields: { letterNumber: '' },
    });
    expect(said).toMatchObject({ status: 422, body: { field: 'letterNumber', kind: 'InvalidInput' } });
  });
});
