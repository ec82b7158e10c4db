import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import {
  actOrder,
  alborz,
  approvalOrder,
  awardOrder,
  byCounties,
  done,
  freshId,
  letterOrder,
  lineOrder,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { problemShape } from '#platform/problem.ts';
import { openHouse } from '#testing/house.ts';
import { slicingPartShape } from '../contract.ts';
import { listAccountSums, listSlices } from '../queries.ts';

const house = await openHouse();
const credits = await openCredits(house);
const scope = { ...noScope, province: alborz };
const inProvince = <Found>(work: Parameters<typeof read<Found>>[2]): Promise<Found> =>
  read(house.db, scope, work);
const asked = (lineId: string) => ({ provinceId: alborz, lineId, id: null });
const slicesOf = (lineId: string) => inProvince((tx) => listSlices(tx, asked(lineId)));
const accountsOfLine = (lineId: string) => inProvince((tx) => listAccountSums(tx, asked(lineId)));

const tranche = (version: number, amount: string) => actOrder('report_payment', version, { amount });

describe('a line as a clerk knows it', () => {
  test('97 billion toman, a quarter locked for cooperatives, a county’s part paid in two tranches', async () => {
    const lineId = await credits.openedLine(970_000_000_000n);
    const root = must((await slicesOf(lineId))[0], 'a root');
    await credits.divided(root.id, byCounties(970_000_000_000n));
    const karaj = must(
      (await slicesOf(lineId)).find(({ countyCode }) => countyCode === '3001'),
      'Karaj',
    );
    const award = awardOrder(900_000_000n);
    done(await credits.reserve(karaj.id, award, 'karajOffice'));
    done(await credits.actOn(award.id, actOrder('refer', 1), 'karajOffice'));
    done(await credits.actOn(award.id, actOrder('contract', 2), 'karajOffice'));
    done(await credits.actOn(award.id, tranche(3, '400000000'), 'karajOffice'));
    done(await credits.actOn(award.id, actOrder('confirm_part_payment', 4)));
    done(await credits.actOn(award.id, tranche(5, '500000000'), 'karajOffice'));
    const standing = async () => {
      const { body } = await credits.http.get('director', `lines/${lineId}`);
      return body;
    };
    expect(await standing()).toMatchObject({
      line: {
        state: 'open',
        standing: {
          amount: '970000000000',
          reserve: '242500000000',
          contracted: '500000000',
          paid: '400000000',
          paidSoFar: '400000000',
          reportedNotConfirmed: '500000000',
        },
      },
    });
    expect(done(await credits.actOn(award.id, actOrder('confirm_last_payment', 6)))).toMatchObject({
      state: 'paid',
    });
    expect(await standing()).toMatchObject({
      line: { standing: { contracted: '0', paidSoFar: '900000000', reportedNotConfirmed: '0' } },
    });
  });

  test('a letter dated before the budget year locks the share too, and one of tomorrow is refused', async () => {
    const order = lineOrder();
    done(await credits.draft(order));
    done(await credits.notify(order.id, letterOrder(101n, { letterDay: '2023-02-01' })));
    const root = must((await slicesOf(order.id))[0], 'a root');
    const sums = await inProvince((tx) => listAccountSums(tx, { ...asked(order.id), id: root.id }));
    expect(sums.find((sum) => sum.stage === 'available' && sum.share === 'cooperative')?.balance).toBe(26n);
    const tomorrow = letterOrder(1n, { letterDay: '2099-01-01' });
    expect(outcome(await credits.notify(order.id, tomorrow))).toBe('DayAhead');
  });

  test('a letter comes once, in whatever letters and digits its number is typed', async () => {
    const lineId = await credits.openedLine(1000n);
    done(await credits.notify(lineId, letterOrder(10n, { letterNumber: '۱۲۳/ک' })));
    for (const letterNumber of ['123/ك', '١٢٣/ک', ' ۱۲۳/ک\u200f'])
      expect(await credits.notify(lineId, letterOrder(10n, { letterNumber }))).toMatchObject({
        refusal: { kind: 'LetterTwice', letterNumber: '123/ک' },
      });
    expect(outcome(await credits.notify(lineId, letterOrder(10n, { letterNumber: '۱۲۴/ک' })))).toBe('ok');
    const onlyMarks = letterOrder(10n, { letterNumber: '\u200f\u200c' });
    const said = await credits.http.post('director', {
      url: `lines/${lineId}/notifications`,
      body: onlyMarks,
    });
    expect(said.status).toBe(422);
  });

  test('the number of a resolution is kept in one spelling', async () => {
    const lineId = await credits.openedLine(1000n);
    const root = must((await slicesOf(lineId))[0], 'a root');
    const proposal = byCounties(100n);
    done(await credits.propose(root.id, proposal));
    done(await credits.approve(proposal.id, approvalOrder({ resolutionNumber: '٧/ك' })));
    const said = await credits.http.get('director', `slicings/${proposal.id}`);
    expect(said.body).toMatchObject({ resolutionNumber: '7/ک' });
  });

  test('two letters lock the share of their sum, rounded up once', async () => {
    const amount = 1_000_000_000_001n;
    const lineId = await credits.openedLine(amount);
    done(await credits.notify(lineId, letterOrder(amount)));
    const sums = await accountsOfLine(lineId);
    const locked = sums.filter((sum) => sum.stage === 'available' && sum.share === 'cooperative');
    expect(locked.map((sum) => sum.balance)).toEqual([500_000_000_001n]);
  });

  test('a later stage tops the same slices up, their job targets too', async () => {
    const lineId = await credits.openedLine(1000n);
    const root = must((await slicesOf(lineId))[0], 'a root');
    await credits.divided(root.id, byCounties(700n));
    await credits.divided(root.id, byCounties(300n, { jobTarget: 20 }));
    const slices = (await slicesOf(lineId)).filter(({ axis }) => axis === 'county');
    expect(new Set(slices.map(({ countyCode }) => countyCode)).size).toBe(slices.length);
    expect(slices.reduce((sum, { jobTarget }) => sum + jobTarget, 0)).toBe(120);
  });
});

describe('a preview', () => {
  test('writes nothing and shows to the rial what the approval then moves, the lock included', async () => {
    const lineId = await credits.openedLine(1_000_003n, { cooperativeReserve: 33 });
    const root = must((await slicesOf(lineId))[0], 'a root');
    const order = byCounties(777_777n);
    const { id: _, ...asking } = order;
    const said = await credits.http.post('deputy', { url: `slices/${root.id}/preview`, body: asking });
    expect(said.status).toBe(200);
    expect(await slicesOf(lineId)).toHaveLength(1);
    const { parts } = z.object({ parts: z.array(slicingPartShape) }).parse(said.body);
    await credits.divided(root.id, order);
    const slices = await slicesOf(lineId);
    const sums = await accountsOfLine(lineId);
    for (const { countyCode, amount, locked } of parts.filter((part) => part.amount !== '0')) {
      const slice = must(
        slices.find((one) => one.countyCode === countyCode),
        'a slice',
      );
      const held = (share: string) =>
        must(
          sums.find((sum) => sum.sliceId === slice.id && sum.stage === 'available' && sum.share === share),
          share,
        ).balance;
      expect(held('cooperative')).toBe(BigInt(must(locked, 'a locked part')));
      expect(held('open') + held('cooperative')).toBe(BigInt(amount));
    }
  });

  test('a formula that cannot be followed says which county lacks which value', async () => {
    const lineId = await credits.openedLine(1000n);
    const root = must((await slicesOf(lineId))[0], 'a root');
    const { by } = byCounties(10n);
    const lacking = byCounties(10n, { by: { ...by, formula: { ...by.formula, zeroBecause: [] } } });
    const said = await credits.http.post('deputy', { url: `slices/${root.id}/slicings`, body: lacking });
    expect(said.status).toBe(422);
    const { fa, en } = problemShape.parse(said.body);
    expect(fa).toContain('چهارباغ (جمعیت)');
    expect(en).toContain('Chaharbagh (Population)');
  });
});

describe('the same order again', () => {
  test('acts once, also under another key, on a later day and after the case has moved on', async () => {
    const draft = lineOrder();
    const letter = letterOrder(1000n);
    const actId = freshId();
    const proposal = byCounties(1000n);
    const approval = approvalOrder();
    const again = async (): Promise<string[]> => {
      const results = [
        await credits.draft(draft),
        await credits.notify(draft.id, letter),
        await credits.open(draft.id, actId),
      ];
      const root = must((await slicesOf(draft.id))[0], 'a root');
      results.push(await credits.propose(root.id, proposal), await credits.approve(proposal.id, approval));
      return results.map(outcome);
    };
    expect(await again()).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    const before = await accountsOfLine(id(draft.id));
    house.clock.advance(48 * 3600 * 1000);
    expect(await again()).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(await accountsOfLine(id(draft.id))).toEqual(before);
  });

  test('the same id with another content is refused', async () => {
    const lineId = await credits.openedLine(1000n);
    const root = must((await slicesOf(lineId))[0], 'a root');
    const award = awardOrder(10n);
    done(await credits.reserve(root.id, award));
    expect(outcome(await credits.reserve(root.id, award))).toBe('ok');
    for (const change of [{ amount: '11' }, { beneficiaryId: freshId() }, { jobs: 2 }])
      expect(outcome(await credits.reserve(root.id, { ...award, ...change }))).toBe('ActOtherContent');
    const proposal = byCounties(100n);
    done(await credits.propose(root.id, proposal));
    expect(outcome(await credits.propose(root.id, { ...proposal, jobTarget: 1 }))).toBe('ActOtherContent');
  });
});

describe('what was written', () => {
  const appended = [
    'notification',
    'revision',
    'parameter',
    'share_rule',
    'slicing',
    'slicing_part',
    'slicing_approval',
    'award',
  ] as const;
  test.each(appended)('credit.%s is never changed or taken away by the serving role', async (table) => {
    const name = sql.table(`credit.${table}`);
    const tries = [
      sql`update ${name} set province_id = province_id`,
      sql`delete from ${name}`,
      sql`truncate ${name}`,
    ];
    for (const statement of tries)
      await expect(
        inTransaction(house.db, scope, async (tx) => {
          await statement.execute(tx);
          return { ok: true, value: undefined };
        }),
      ).rejects.toThrow(/permission denied/);
  });
});
