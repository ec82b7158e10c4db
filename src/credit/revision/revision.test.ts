import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { day } from '#kernel/day.ts';
import { rial, total } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import {
  actOrder,
  alborz,
  awardOrder,
  byCounties,
  closingOrder,
  cutOrder,
  done,
  extensionOrder,
  freshId,
  karaj,
  letterOrder,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { type ShareSums, linePageShape } from '../contract.ts';
import { findBreaches } from '../law/actions.ts';
import { listSlices } from '../queries.ts';
import { historyShape, revisionRefusalStatus } from './contract.ts';
import { lockedIn, sumOf } from '../share.ts';
import { ascentsOf, decideCut, paidByYear, takenFrom } from './rules.ts';
import { revisionRefusalWords } from './words.ts';

const house = await openHouse();
const credits = await openCredits(house);
const scope = { ...noScope, province: alborz };
const inProvince = <Found>(work: Parameters<typeof read<Found>>[2]): Promise<Found> =>
  read(house.db, scope, work);

const sliceOf = async (lineId: Id, county: string | null) =>
  must(
    (await inProvince((tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }))).find(
      (slice) => slice.countyCode === county,
    ),
    'a slice',
  );
const pageOf = async (lineId: Id) =>
  linePageShape.parse((await credits.http.get('director', `lines/${lineId}`)).body);
const historyOf = async (lineId: Id) =>
  historyShape.parse((await credits.http.get('director', `lines/${lineId}/history`)).body);
const lawful = async () => expect(await inProvince((tx) => findBreaches(tx, alborz))).toEqual([]);

const purse = (sliceId: string, parentId: string | null) => ({
  sliceId,
  parentId,
  available: partOf(9n, 9n),
});

const partOf = (open: bigint, locked: bigint): ShareSums =>
  new Map([
    ['open', rial(open)],
    ['cooperative', rial(locked)],
  ]);

const on = (happenedOn: string, amount: string | null = null) => ({ happenedOn, amount });

describe('what a cut takes', () => {
  const sums = fc.bigInt(0n, 10n ** 12n);

  test('leaves the reserve its share of what stays, and nothing committed is touched', () => {
    fc.assert(
      fc.property(
        sums,
        sums,
        sums,
        fc.bigInt(0n, 100n),
        fc.bigInt(0n, 100n),
        (whole, a, b, percent, part) => {
          const reserves = [{ share: 'cooperative', ratio: { numerator: percent, denominator: 100n } }];
          const share = (of: bigint) => (of * percent + 99n) / 100n;
          const lockedNet = share(whole);
          const open = whole - lockedNet < a ? whole - lockedNet : a;
          const locked = lockedNet < b ? lockedNet : b;
          const amount = ((open + locked) * part) / 100n + 1n;
          const cut = decideCut({
            net: partOf(whole - lockedNet, lockedNet),
            reserves,
            amount: rial(amount),
            available: partOf(open, locked),
          });
          const fits = (sum: bigint) =>
            sum <= whole &&
            lockedNet - share(whole - sum) <= locked &&
            sum - (lockedNet - share(whole - sum)) <= open;
          expect(cut.ok).toBe(fits(amount));
          if (cut.ok) {
            expect(sumOf(cut.value)).toBe(amount);
            expect(lockedNet - lockedIn(cut.value)).toBe(share(whole - amount));
          } else if (cut.refusal.kind === 'CutBelowCommitted') {
            expect([fits(cut.refusal.most), fits(cut.refusal.most + 1n)]).toEqual([true, false]);
          }
        },
      ),
    );
  });

  test('shrinks a reserve of two rules in proportion', () => {
    const cut = decideCut({
      amount: rial(50n),
      net: partOf(170n, 30n),
      reserves: [{ share: 'cooperative', ratio: { numerator: 25n, denominator: 100n } }],
      available: partOf(170n, 30n),
    });
    // 7.5 rials of the lock: the half goes to what stays.
    expect(cut.ok && cut.value).toEqual(partOf(43n, 7n));
  });

  test('comes out of the unsliced rest first, then of every slice, none below nothing', () => {
    fc.assert(
      fc.property(fc.array(sums, { minLength: 1, maxLength: 8 }), fc.bigInt(0n, 1000n), (purses, part) => {
        const whole = total(purses.map((sum) => rial(sum)));
        const amount = rial((whole * part) / 1000n);
        const taken = takenFrom(
          amount,
          purses.map((sum) => rial(sum)),
        );
        expect(total(taken)).toBe(amount);
        for (const [index, sum] of taken.entries())
          expect(sum).toBeLessThanOrEqual(must(purses[index], 'it'));
        const root = must(purses[0], 'a root');
        expect(taken[0]).toBe(amount < root ? amount : root);
      }),
    );
  });

  test('goes up slice by slice, the deepest first', () => {
    const purses = [purse('province', null), purse('county', 'province'), purse('category', 'county')];
    expect(ascentsOf(purses, [partOf(9n, 9n), partOf(2n, 0n), partOf(3n, 1n)])).toEqual([
      { from: 'category', to: 'county', sums: partOf(3n, 1n) },
      { from: 'county', to: 'province', sums: partOf(5n, 1n) },
    ]);
  });
});

describe('the life of a line, as a clerk knows it', () => {
  test('155 to 256 billion toman, 20 taken back, put off twice, closed; the bank pays on in the next year', async () => {
    const lineId = await credits.openedLine(1_550_000_000_000n);
    await credits.divided((await sliceOf(lineId, null)).id, byCounties(1_400_000_000_000n));
    done(await credits.notify(lineId, letterOrder(1_010_000_000_000n, { letterNumber: '۲' })));
    const slice = await sliceOf(lineId, karaj);
    const award = awardOrder(2_000_000_000n);
    done(await credits.reserve(slice.id, award));
    done(await credits.cut(lineId, cutOrder(4, 200_000_000_000n, { letterNumber: '۳' })));
    done(await credits.extend(lineId, extensionOrder(5, '2024-07-21', { letterNumber: '۴' })));
    done(await credits.extend(lineId, extensionOrder(6, '2024-09-21', { letterNumber: '۵' })));
    const late = awardOrder(2_000_000_000n, 'person', { happenedOn: '2024-08-01' });
    done(await credits.reserve(slice.id, late));
    // The rest of the province bore the cut alone: the county's slice is as large as before.
    const before = await pageOf(lineId);
    expect(before.line).toMatchObject({
      state: 'extended',
      deadline: '2024-09-21',
      standing: { amount: '2560000000000', handedBack: '200000000000', reserve: '590000000000' },
    });
    expect(outcome(await credits.close(lineId, closingOrder(7)))).toBe('AwardsNotReferred');
    for (const one of [award, late])
      done(await credits.actOn(one.id, actOrder('refer', 1, { happenedOn: '2024-08-02' })));
    done(await credits.close(lineId, closingOrder(7, { letterNumber: '۶', letterDay: '2024-09-01' })));
    await lawful();
    // One is paid after the close, in the next fiscal year and in two; the other comes back and goes on.
    done(await credits.actOn(award.id, actOrder('contract', 2, on('2024-09-01'))));
    done(await credits.actOn(award.id, actOrder('report_payment', 3, on('2024-09-02', '2000000000'))));
    done(await credits.actOn(award.id, actOrder('confirm_last_payment', 4, on('2024-09-03'))));
    done(await credits.actOn(late.id, actOrder('release', 2, on('2024-09-04'))));
    await lawful();
    const { line } = await pageOf(lineId);
    expect(line.standing).toMatchObject({
      available: '0',
      reserved: '0',
      referred: '0',
      paid: '2000000000',
      handedBack: '2558000000000',
    });
    const history = await historyOf(lineId);
    expect(history.paidByYear).toEqual([{ year: 1403, amount: '2000000000' }]);
    expect(
      history.versions.map(({ act, allocated, handedBack, deadline }) => [
        act,
        allocated,
        handedBack,
        deadline,
      ]),
    ).toEqual([
      ['notify', '1550000000000', '0', '2024-03-19'],
      ['top_up', '2560000000000', '0', '2024-03-19'],
      ['cut', '2360000000000', '200000000000', '2024-03-19'],
      ['extend', '2360000000000', '200000000000', '2024-07-21'],
      ['extend', '2360000000000', '200000000000', '2024-09-21'],
      ['close', '2360000000000', '2556000000000', '2024-09-21'],
    ]);
    expect(history.choices.every(({ lawful: is }) => !is)).toBe(true);
  });

  test('a cut past the unsliced rest makes every slice smaller, and the figures of the counties with it', async () => {
    const lineId = await credits.openedLine(1_000_000n);
    await credits.divided((await sliceOf(lineId, null)).id, byCounties(900_000n));
    const before = (await pageOf(lineId)).slices;
    done(await credits.cut(lineId, cutOrder(3, 400_000n)));
    const after = await pageOf(lineId);
    const counties = after.slices.filter((slice) => slice.axis === 'county');
    const sum = (list: typeof counties) =>
      list.reduce((all, slice) => all + BigInt(slice.standing.amount), 0n);
    expect(sum(before.filter((slice) => slice.axis === 'county'))).toBe(900_000n);
    expect(sum(counties)).toBe(600_000n);
    expect(after.line.standing).toMatchObject({
      available: '600000',
      locked: '150000',
      handedBack: '400000',
    });
    const slice = await sliceOf(lineId, karaj);
    const { body } = await credits.http.get('karajOffice', `slices/${slice.id}/transfers`);
    expect(body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ kind: 'unslice' })]),
    });
    await lawful();
  });

  test('a top-up after a cut locks the share of what stands then', async () => {
    const lineId = await credits.openedLine(101n);
    done(await credits.cut(lineId, cutOrder(3, 3n)));
    done(await credits.notify(lineId, letterOrder(3n)));
    expect((await pageOf(lineId)).line.standing).toMatchObject({ available: '101', locked: '26' });
    await lawful();
  });
});

describe('a letter that cannot be', () => {
  test('bears a number that the line has, or a day before its first letter, or one that has not come', async () => {
    const lineId = await credits.openedLine(1000n);
    done(await credits.notify(lineId, letterOrder(10n, { letterNumber: '۱۲/ک' })));
    const told = async (change: Record<string, unknown>) =>
      outcome(await credits.cut(lineId, cutOrder(4, 1n, change)));
    expect(await told({ letterNumber: '12/ك' })).toBe('LetterTwice');
    expect(await told({ letterDay: '2023-06-10' })).toBe('DayBeforeLetter');
    expect(await told({ letterDay: '2099-01-01' })).toBe('DayAhead');
    done(await credits.cut(lineId, cutOrder(4, 1n, { letterNumber: '۱۳' })));
    expect(outcome(await credits.notify(lineId, letterOrder(5n, { letterNumber: '13' })))).toBe(
      'LetterTwice',
    );
    expect(
      outcome(await credits.extend(lineId, extensionOrder(5, '2024-05-01', { letterNumber: '13' }))),
    ).toBe('LetterTwice');
  });

  test('was written over a version that has moved on', async () => {
    const lineId = await credits.openedLine(1000n);
    expect(outcome(await credits.cut(lineId, cutOrder(2, 1n)))).toBe('CaseMovedOn');
  });

  test('says in both languages which rule, which sum or day, and what would do', async () => {
    const lineId = await credits.openedLine(1000n);
    const root = await sliceOf(lineId, null);
    done(await credits.reserve(root.id, awardOrder(700n)));
    const post = async (url: string, body: unknown) => {
      const said = await credits.http.post('director', { url: `lines/${lineId}/${url}`, body });
      const { kind, fa, en } = problemShape.parse(said.body);
      expect(said.status).toBe(Object.entries(revisionRefusalStatus).find(([name]) => name === kind)?.[1]);
      return [kind, fa, en] as const;
    };
    // Of 300 that are left 250 are locked: only what leaves the lock its quarter can go.
    const cut = await post('cut', cutOrder(3, 300n));
    expect(cut[0]).toBe('CutBelowCommitted');
    expect(cut[1]).toContain('۶۶ ریال');
    expect(cut[2]).toContain('66 rials');
    const extended = await post('extension', extensionOrder(3, '2024-03-19'));
    expect([extended[0], extended[1].includes('۱۴۰۲/۱۲/۲۹')]).toEqual(['DeadlineNotLater', true]);
    const closed = await post('closing', closingOrder(3));
    expect([closed[0], closed[2].includes('700 rials')]).toEqual(['AwardsNotReferred', true]);
    expect(Object.keys(revisionRefusalWords).toSorted()).toEqual(
      Object.keys(revisionRefusalStatus).toSorted(),
    );
  });
});

describe('who sees the letters', () => {
  test('the province and who reads it; a county office sees what was paid of its own, and no letter', async () => {
    const lineId = await credits.openedLine(1_000_000n);
    await credits.divided((await sliceOf(lineId, null)).id, byCounties(900_000n));
    for (const name of ['deputy', 'auditor', 'editor'] as const) {
      const { status, body } = await credits.http.get(name, `lines/${lineId}/history`);
      expect([status, historyShape.parse(body).versions.length]).toEqual([200, 1]);
    }
    const county = await credits.http.get('karajOffice', `lines/${lineId}/history`);
    expect(historyShape.parse(county.body)).toMatchObject({ versions: [], paidByYear: [] });
    for (const name of ['lorestanDirector', 'bank', 'applicant'] as const)
      expect((await credits.http.get(name, `lines/${lineId}/history`)).status).toBeGreaterThanOrEqual(403);
  });
});

describe('at once', () => {
  test(
    'cuts, awards and divisions race, and nothing goes below what is committed',
    { timeout: 60_000 },
    async () => {
      const lineId = await credits.openedLine(1_000_000n);
      const root = await sliceOf(lineId, null);
      await credits.divided(root.id, byCounties(500_000n));
      const slice = await sliceOf(lineId, karaj);
      const race = Array.from({ length: 30 }, async (_, index) => {
        if (index % 3 === 0) return outcome(await credits.reserve(slice.id, awardOrder(10_000n)));
        if (index % 3 === 1) return outcome(await credits.cut(lineId, cutOrder(3 + (index % 4), 90_000n)));
        const order = byCounties(20_000n);
        const proposed = await credits.propose(root.id, order);
        return proposed.ok ? outcome(await credits.approve(order.id)) : outcome(proposed);
      });
      const told = await Promise.all(race);
      expect(told.filter((one) => one === 'ok').length).toBeGreaterThan(5);
      await lawful();
    },
  );

  test('the same cut sent fifty times acts once', { timeout: 60_000 }, async () => {
    const lineId = await credits.openedLine(1_000_000n);
    const order = cutOrder(3, 100n);
    const key = freshId();
    const said = await Promise.all(
      Array.from({ length: 50 }, () =>
        credits.http.post('director', { url: `lines/${lineId}/cut`, body: order, key }),
      ),
    );
    expect(new Set(said.map(({ status }) => status))).toEqual(new Set([201]));
    expect(said.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await pageOf(lineId)).line.standing.handedBack).toBe('100');
  });

  test(
    'a close meets the release of what it leaves at the bank, and nothing stays available',
    { timeout: 60_000 },
    async () => {
      for (let turn = 0; turn < 6; turn += 1) {
        const lineId = await credits.openedLine(10_000n);
        const root = await sliceOf(lineId, null);
        const awards = [awardOrder(100n), awardOrder(200n), awardOrder(300n)];
        for (const award of awards) {
          done(await credits.reserve(root.id, award));
          done(await credits.actOn(award.id, actOrder('refer', 1)));
        }
        const told = await Promise.all([
          ...awards.map((award) => credits.actOn(award.id, actOrder('release', 2))),
          credits.close(lineId, closingOrder(3)),
          credits.reserve(root.id, awardOrder(50n)),
        ]);
        expect(
          told
            .slice(0, 4)
            .map(outcome)
            .filter((one) => one !== 'AwardsNotReferred'),
        ).not.toContain('SliceExhausted');
        await lawful();
      }
    },
  );
});

test('payments fall in the fiscal year of their day and add up', () => {
  const paid = [
    { day: day('1402-12-29'), amount: rial(1n) },
    { day: day('1403-01-01'), amount: rial(2n) },
    { day: day('1402-05-01'), amount: rial(4n) },
  ];
  expect(paidByYear(paid)).toEqual([
    { year: 1402, amount: 5n },
    { year: 1403, amount: 2n },
  ]);
});
