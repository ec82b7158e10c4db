import { expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { readSheet } from '#platform/sheet.ts';
import {
  actOrder,
  alborz,
  awardOrder,
  byCounties,
  closingOrder,
  cutOrder,
  done,
  openCredits,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { lineShape } from '../contract.ts';
import { exportLabels } from '../export/words.ts';
import { listSlices } from '../queries.ts';
import { funnelOf, funnelStages, isKept, netStanding, sumOfFunnels } from './rules.ts';

const house = await openHouse();
const credits = await openCredits(house);
const linesShape = z.object({ items: z.array(lineShape) });

const rootOf = async (lineId: string) =>
  must(
    (
      await read(house.db, { ...noScope, province: alborz }, (tx) =>
        listSlices(tx, { provinceId: alborz, lineId, id: null }),
      )
    )[0],
    'a root',
  ).id;

/** A line with money at every stage and a cut; and one that was closed. */
async function playLines(): Promise<void> {
  const lineId = await credits.openedLine(1_000_003n);
  const root = await rootOf(lineId);
  for (const acts of [[], ['refer'], ['refer', 'contract']] as const) {
    const award = awardOrder(10_007n);
    done(await credits.reserve(root, award));
    for (const [index, act] of acts.entries()) done(await credits.actOn(award.id, actOrder(act, index + 1)));
  }
  const paid = awardOrder(50_001n);
  done(await credits.reserve(root, paid));
  done(await credits.actOn(paid.id, actOrder('refer', 1)));
  done(await credits.actOn(paid.id, actOrder('contract', 2)));
  done(await credits.actOn(paid.id, actOrder('report_payment', 3, { amount: '50001' })));
  done(await credits.actOn(paid.id, actOrder('confirm_last_payment', 4)));
  await credits.divided(root, byCounties(500_000n));
  done(await credits.cut(lineId, cutOrder(3, 100_000n)));
  const closed = await credits.openedLine(7_001n, { budgetYear: 1401 });
  done(await credits.close(closed, closingOrder(3)));
}

await playLines();

const linesAs = async (name: 'director' | 'karajOffice') =>
  linesShape.parse((await credits.http.get(name, 'lines')).body).items;

test('the balances of each line add up to what it was left with, and so do their sums', async () => {
  const lines = await linesAs('director');
  expect(lines.map(({ cut, state }) => `${cut} ${state}`).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    '0 closed',
    '100000 open',
  ]);
  const funnels = lines.map((line) => funnelOf(netStanding(line)));
  for (const funnel of [...funnels, sumOfFunnels(funnels)])
    expect(funnelStages.reduce((sum, stage) => sum + funnel[stage], 0n)).toBe(funnel.amount);
  expect(sumOfFunnels(funnels).amount).toBe(1_000_003n - 100_000n + 7_001n);
  // What a close hands back was not absorbed and stays in; what a cut took does not.
  expect(sumOfFunnels(funnels).handedBack).toBe(7_001n);
});

test('a county office sees its own slices, in which no cut stands', async () => {
  const lines = await linesAs('karajOffice');
  for (const line of lines) {
    expect(line.cut).toBe('0');
    const funnel = funnelOf(netStanding(line));
    expect(funnelStages.reduce((sum, stage) => sum + funnel[stage], 0n)).toBe(funnel.amount);
  }
});

test('a line is kept by year, programme and state', async () => {
  const lines = await linesAs('director');
  const kept = (filter: Partial<Parameters<typeof isKept>[1]>) =>
    lines.filter((line) => isKept(line, { year: null, programme: null, state: null, ...filter })).length;
  expect([kept({}), kept({ year: '1401' }), kept({ state: 'closed' }), kept({ programme: 'rural' })]).toEqual(
    [2, 1, 1, 0],
  );
});

const exported = (
  ['amount', 'open', 'locked', 'reserved', 'referred', 'contracted', 'paid', 'handedBack'] as const
).map((key) => ({ key, title: exportLabels[key], kind: 'rial' as const, needed: true }));

test.each(['xlsx', 'csv'])(
  'the export has the rows that the page shows, and each adds up (%s)',
  async (format) => {
    const rowsOf = async (filter: string) => {
      const file = await credits.http.file('director', `export?format=${format}&language=fa${filter}`);
      return (await readSheet(file, { columns: exported })).map(({ cells }) => cells);
    };
    const all = await rowsOf('');
    expect(all.map(({ amount, handedBack }) => [amount, handedBack])).toEqual(
      (await linesAs('director')).map((line) => {
        const { amount, handedBack } = funnelOf(netStanding(line));
        return [amount.toString(), handedBack.toString()];
      }),
    );
    for (const { amount, ...stages } of all)
      expect(Object.values(stages).reduce((sum, one) => sum + BigInt(one ?? 0), 0n)).toBe(
        BigInt(amount ?? 0),
      );
    const amounts = async (filter: string) => (await rowsOf(filter)).map(({ amount }) => amount);
    expect(await amounts('&state=closed')).toEqual(['7001']);
    expect(await amounts('&year=1402&programme=home_jobs')).toEqual(['900003']);
    expect(await amounts(`&sought=${encodeURIComponent('۱۴۰١')}`)).toEqual(['7001']);
    await expect(amounts('&programme=rural')).rejects.toThrow('no row under its headings');
  },
);
