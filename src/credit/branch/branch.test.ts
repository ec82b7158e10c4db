import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, day } from '#kernel/day.ts';
import { rial } from '#kernel/rial.ts';
import { must, ok } from '#kernel/result.ts';
import { read } from '#platform/db.ts';
import { idIn, openBankDesk } from '#testing/bankdesk.ts';
import { openTestBranch, testBank, testBranch } from '#testing/banklists.ts';
import { alborz, awardOrder, done, openCredits } from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { listSlices } from '../queries.ts';
import { lapsePageShape } from '../reallocation/contract.ts';
import { branchesOf } from './rules.ts';

const house = await openHouse();
const credits = await openCredits(house);
const { http } = credits;
const { upload, record, confirm } = openBankDesk(credits);
afterAll(http.close);
beforeAll(async () => {
  done(await credits.deed('deputy', async (doing) => ok(await openTestBranch(doing))));
});

test('each rial of an award is at one branch, and no more is unpaid at the deadline than waits now', () => {
  const today = day('1402-10-01');
  const moves = fc.array(
    fc.record({
      branch: fc.constantFrom('1', '2', '3'),
      contracted: fc.bigInt(1n, 10n ** 9n),
      part: fc.integer({ min: 0, max: 100 }),
      back: fc.nat({ max: 120 }),
    }),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(moves, fc.nat({ max: 90 }), (all, left) => {
      const dated = all.flatMap(({ branch, contracted, part, back }) => {
        const at = {
          bankCode: '012',
          branchCode: branch,
          bankFa: 'ب',
          bankEn: 'B',
          branchFa: branch,
          branchEn: branch,
          happenedOn: addDays(today, -back),
        };
        const paid = rial((contracted * BigInt(part)) / 100n);
        return [
          { ...at, stage: 'contracted' as const, amount: rial(contracted) },
          ...(paid > 0n ? [{ ...at, stage: 'paid' as const, amount: paid }] : []),
        ];
      });
      const days = { from: addDays(today, -150), today, deadline: addDays(today, left) };
      const told = branchesOf(dated, days);
      for (const stage of ['contracted', 'paid'] as const)
        expect(told.reduce((sum, branch) => sum + BigInt(branch[stage]), 0n)).toBe(
          dated.reduce((sum, one) => sum + (one.stage === stage ? one.amount : 0n), 0n),
        );
      for (const { contracted, paid, forecast } of told)
        if (forecast.kind === 'forecast') {
          expect(forecast.unspent.high).toBeLessThanOrEqual(BigInt(contracted) - BigInt(paid));
          expect(forecast.unspent.low).toBeGreaterThanOrEqual(0n);
        }
    }),
    { seed: 30, numRuns: 40 },
  );
});

test('the forecast of a line tells what the branch of a list of the bank has paid', async () => {
  const lineId = await credits.openedLine(1000n, { cooperativeReserve: 0 });
  const slices = await read(house.db, credits.actor('director').scope, (tx) =>
    listSlices(tx, { provinceId: alborz, lineId, id: null }),
  );
  const order = awardOrder(300n);
  done(await credits.reserve(must(slices[0], 'a root').id, order));
  const row = { award: order.id, tracking: 'A1', amount: '300' };
  const rows = [
    { ...row, stage: 'معرفی', day: '2024-01-10' },
    { ...row, stage: 'قرارداد', day: '2024-01-20' },
    { ...row, stage: 'پرداخت', amount: '200', day: '2024-02-01' },
  ];
  const branches = async () =>
    lapsePageShape.parse((await http.get('auditor', `lines/${lineId}/lapse`)).body).branches;
  expect(await branches()).toEqual([]);
  const listId = idIn(await upload(lineId, { rows }));
  expect((await record(listId)).status).toBe(201);
  // What the list reports is paid only when another person confirms it by the signed one (L11).
  const place = { bankCode: testBank, branchCode: testBranch };
  expect(await branches()).toMatchObject([{ ...place, contracted: '300', paid: '0' }]);
  expect((await confirm(listId, 'director')).status).toBe(201);
  expect(await branches()).toMatchObject([{ ...place, contracted: '300', paid: '200' }]);
});
