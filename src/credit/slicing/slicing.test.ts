import { afterAll, describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import {
  alborz,
  approvalOrder,
  byCounties,
  done,
  karaj,
  letterOrder,
  openCredits,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { slicePageShape } from '../contract.ts';
import { listSlices } from '../queries.ts';
import { slicingAnswerShape } from './contract.ts';

const house = await openHouse();
const credits = await openCredits(house);
const { http } = credits;
afterAll(http.close);

const slicesOf = (lineId: Id) =>
  read(house.db, { ...noScope, province: alborz }, (tx) =>
    listSlices(tx, { provinceId: alborz, lineId, id: null }),
  );
const rootOf = async (lineId: Id) => must((await slicesOf(lineId))[0], 'a root').id;
const proposal = async (id: Id) =>
  slicingAnswerShape.parse((await http.get('director', `slicings/${id}`)).body);
const locks = async (id: Id) => (await proposal(id)).parts.map(({ locked }) => locked);

describe('a division', () => {
  test('says before its approval what the reserve will lock of each part, to the rial what it then locks', async () => {
    const lineId = await credits.openedLine(1_000_001n);
    const order = byCounties(900_001n);
    done(await credits.propose(await rootOf(lineId), order));
    const told = await proposal(order.id);
    expect(told.formula?.indicators).toMatchObject([{ key: 'population', weight: 100 }]);
    done(await credits.approve(order.id));
    const slices = await slicesOf(lineId);
    for (const { countyCode, locked, amount } of told.parts.filter((part) => part.amount !== '0')) {
      const slice = must(
        slices.find((one) => one.countyCode === countyCode),
        'the slice of a part',
      );
      const { standing } = slicePageShape.parse(
        (await http.get('director', `slices/${slice.id}`)).body,
      ).slice;
      expect([standing.amount, standing.locked]).toEqual([amount, locked]);
    }
    expect(new Set(await locks(order.id))).toEqual(new Set([null]));
  });

  test('tells of no lock where another division has taken the rest since', async () => {
    const root = await rootOf(await credits.openedLine(1000n));
    const [first, second] = [byCounties(700n), byCounties(600n)];
    for (const order of [first, second]) done(await credits.propose(root, order));
    expect(await locks(second.id)).not.toContain(null);
    done(await credits.approve(first.id));
    expect(new Set(await locks(second.id))).toEqual(new Set([null]));
  });

  test('after a top-up each division of a slice keeps its own calculation, and they add up to the slice', async () => {
    const lineId = await credits.openedLine(1_000_000n);
    const root = await rootOf(lineId);
    await credits.divided(root, byCounties(1_000_000n));
    house.clock.advance(1000);
    done(await credits.notify(lineId, letterOrder(500_000n)));
    const more = byCounties(500_000n);
    done(await credits.propose(root, more));
    done(await credits.approve(more.id, approvalOrder({ resolutionDay: '2023-08-01' })));
    const own = must(
      (await slicesOf(lineId)).find(({ countyCode }) => countyCode === karaj),
      'Karaj',
    );
    const { divisions, slice } = slicePageShape.parse(
      (await http.get('karajOffice', `slices/${own.id}`)).body,
    );
    expect(divisions.map(({ happenedOn }) => happenedOn)).toEqual(['2023-08-01', '2023-07-01']);
    for (const { amount, explanation } of divisions) expect(explanation?.amount).toBe(amount);
    const brought = divisions.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    expect(brought.toString()).toBe(slice.standing.amount);
  });
});
