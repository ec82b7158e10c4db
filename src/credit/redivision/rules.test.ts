import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { rial } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { alborz, awardOrder, byKeys, done, freshId, openCredits, outcome } from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { NaiveLine, type NaiveSlice, cut, has, put, rest } from '#testing/slicetree.ts';
import { findBreaches } from '../law/actions.ts';
import { listAccountSums, listSlices } from '../queries.ts';
import { approveRedivision, proposeRedivision } from './actions.ts';
import type { PartChange } from './contract.ts';
import { type Part, redivide } from './rules.ts';

const house = await openHouse();
house.clock.set('2023-12-20T09:00:00Z');
const { openedLine, divided, deed, http, reserve } = await openCredits(house);
afterAll(http.close);

const scope = { ...noScope, province: alborz };
const slicesOf = (lineId: string) =>
  read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }));

const orderOf = (parts: readonly (readonly [string, bigint])[]) => ({
  id: freshId(),
  reason: 'نیمهٔ سال',
  parts: parts.map(([sliceId, amount]) => ({ sliceId, amount: String(amount), jobTarget: 0 })),
});
const propose = (sliceId: string, order: ReturnType<typeof orderOf>) =>
  deed('deputy', (doing) => proposeRedivision(doing, { sliceId, order }));
const approve = (redivisionId: string) =>
  deed('director', (doing) =>
    approveRedivision(doing, {
      redivisionId,
      order: { id: freshId(), resolutionNumber: '9', resolutionDay: '2023-12-19', seenVersion: 1 },
    }),
  );

/** What a slice has in each stage and share, those of nothing left out. */
async function purseOf(sliceId: string): Promise<Record<string, bigint>> {
  const sums = await read(house.db, scope, (tx) =>
    listAccountSums(tx, { provinceId: alborz, lineId: null, id: sliceId }),
  );
  return Object.fromEntries(
    sums
      .filter(({ balance }) => balance !== 0n)
      .map(({ stage, share, balance }) => [`${stage} ${share}`, balance]),
  );
}
const naivePurse = (node: NaiveSlice): Record<string, bigint> =>
  Object.fromEntries([...node.purse].filter(([, sum]) => sum !== 0n));

/** All that the purse of a slice without parts holds. */
const held = (node: NaiveSlice): bigint => [...node.purse.values()].reduce((sum, one) => sum + one, 0n);

const shift = (from: NaiveSlice, to: NaiveSlice, sums: readonly [bigint, bigint]): void => {
  for (const [place, share] of (['open', 'cooperative'] as const).entries()) {
    put(from.purse, `available ${share}`, -must(sums[place], 'a sum'));
    put(to.purse, `available ${share}`, must(sums[place], 'a sum'));
  }
};

/** A redivision on the naive line: shrinking parts first, each share in proportion; then the growing ones. */
function redivideNaively(root: NaiveSlice, order: readonly (readonly [NaiveSlice, bigint])[]): string {
  const changes = order.map(([node, after]) => ({ node, by: after - held(node) }));
  const back = changes.filter(({ by }) => by < 0n);
  const growing = changes.filter(({ by }) => by > 0n);
  if (back.some(({ node, by }) => -by > rest(node))) return 'PartCommitted';
  if (back.length + growing.length === 0) return 'NothingRedivided';
  const asked = growing.reduce((sum, { by }) => sum + by, 0n);
  if (asked > rest(root) + back.reduce((sum, { by }) => sum - by, 0n)) return 'GrowthBeyondRest';
  for (const { node, by } of back) {
    const [locked] = cut(has(node, 'available cooperative'), [-by, rest(node) + by]);
    shift(node, root, [-by - must(locked, 'a part'), must(locked, 'a part')]);
  }
  const weights = [...growing.map(({ by }) => by), rest(root) - asked];
  const locked = growing.length === 0 ? [] : cut(has(root, 'available cooperative'), weights);
  for (const [place, { node, by }] of growing.entries()) {
    const part = must(locked[place], 'a part');
    shift(root, node, [by - part, part]);
  }
  return 'ok';
}

describe('a redivision against the naive tree', () => {
  const banks = ['012', '017', '018'];
  const part = fc.record({
    weight: fc.bigInt(1n, 40n),
    award: fc.bigInt(0n, 100n),
    next: fc.array(fc.bigInt(0n, 130n), { minLength: 1, maxLength: 3 }),
  });
  test(
    'whatever is divided, awarded and divided anew: every account to the rial, no award taken back (L1, L2, L3)',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            amount: fc.bigInt(1_000n, 900_000_000n),
            percent: fc.integer({ min: 0, max: 100 }),
            parts: fc.array(part, { minLength: 2, maxLength: 3 }),
            kept: fc.bigInt(0n, 20n),
          }),
          async ({ amount, percent, parts, kept }) => {
            const lineId = await openedLine(amount, { cooperativeReserve: percent });
            const rootId = must((await slicesOf(lineId))[0], 'a root').id;
            const naive = new NaiveLine(BigInt(percent));
            naive.notify(amount, rootId);
            const root = must(naive.nodes[0], 'a root');
            const all = parts.reduce((sum, { weight }) => sum + weight, kept);
            const sums = parts.map(({ weight }) => (amount * weight) / all);
            const keyed = parts.map((_, place): [string, bigint] => [
              must(banks[place], 'a bank'),
              must(sums[place], 'a sum'),
            ]);
            const first = byKeys('bank', keyed);
            await divided(rootId, first);
            const slices = await slicesOf(lineId);
            naive.approve(
              {
                id: '',
                node: root,
                axis: 'bank',
                amount: keyed.reduce((sum, [, one]) => sum + one, 0n),
                parts: keyed,
                state: '',
              },
              (_, bank) =>
                must(
                  slices.find(({ bankCode }) => bankCode === bank),
                  bank,
                ).id,
            );
            const nodes = naive.children(root);
            for (const [place, node] of nodes.entries()) {
              const sum = (has(node, 'available open') * must(parts[place], 'a part').award) / 100n;
              if (sum === 0n) continue;
              done(await reserve(node.id, awardOrder(sum, 'person', { happenedOn: '2023-12-01' })));
              put(node.purse, 'available open', -sum);
              put(node.purse, 'reserved open', sum);
            }
            const rounds = Math.max(...parts.map(({ next }) => next.length));
            for (let round = 0; round < rounds; round += 1) {
              const wanted = nodes.map((node, place): [NaiveSlice, bigint] => [
                node,
                (held(node) * (must(parts[place], 'a part').next[round] ?? 100n)) / 100n,
              ]);
              const due = redivideNaively(root, wanted);
              const order = orderOf(wanted.map(([node, sum]) => [node.id, sum]));
              const said = await propose(rootId, order);
              expect(outcome(said)).toBe(due);
              if (due === 'ok') done(await approve(order.id));
              for (const node of naive.nodes) expect(await purseOf(node.id)).toEqual(naivePurse(node));
            }
          },
        ),
        { numRuns: 15 },
      );
      expect(await read(house.db, scope, (tx) => findBreaches(tx, alborz))).toEqual([]);
    },
  );
});

const unnamed = {
  countyCode: null,
  countyFa: null,
  countyEn: null,
  agencyKey: null,
  agencyFa: null,
  agencyEn: null,
  bankCode: null,
  bankFa: null,
  bankEn: null,
  beneficiaryKind: null,
  roundNumber: null,
  categoryKey: null,
  categoryFa: null,
  categoryEn: null,
};

const partOf = (sliceId: string): Part => ({
  id: sliceId,
  name: { ...unnamed, axis: 'bank' },
  amount: rial(0n),
  free: new Map(),
  jobTarget: 0,
});
const changeOf = (sliceId: string): PartChange => ({
  sliceId,
  before: rial(0n),
  after: rial(5n),
  jobsBefore: 0,
  jobsAfter: 0,
});

test('a rial that falls to nobody goes to the earlier part, in whatever order the changes stand (L3)', () => {
  const free = new Map([
    ['open', rial(7n)],
    ['cooperative', rial(3n)],
  ]);
  const parts = ['b', 'a'].map(partOf);
  const lockedBy = (order: readonly string[]) =>
    Object.fromEntries(
      redivide(parts, free, order.map(changeOf)).given.map(({ sliceId, sums }) => [
        sliceId,
        sums.get('cooperative'),
      ]),
    );
  expect(lockedBy(['a', 'b'])).toEqual({ b: 2n, a: 1n });
  expect(lockedBy(['b', 'a'])).toEqual({ b: 2n, a: 1n });
});
