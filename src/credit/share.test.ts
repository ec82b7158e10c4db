import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Rial, minus, rial, toman, total, zero } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { type ShareSums, openShare } from './contract.ts';
import {
  type Reserve,
  addShares,
  divideShares,
  lockLetters,
  lockedIn,
  shareAround,
  sumOf,
  takeShares,
} from './share.ts';

const sums = () => fc.oneof(fc.bigInt(0n, 50n), fc.bigInt(0n, 10n ** 17n)).map(rial);

const at = (share: string, thousandths: number): Reserve => ({
  share,
  ratio: { numerator: BigInt(thousandths), denominator: 1000n },
});

/** Reserves beside and inside one another, in thousandths; those of one level are the whole at most. */
const reserves = (): fc.Arbitrary<readonly Reserve[]> =>
  fc
    .record({
      top: fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 2 }),
      inner: fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 2 }),
      deep: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: null }),
    })
    .map(({ top, inner, deep }) => {
      const names = ['cooperative', 'target_group'];
      const tops = top.map((part, place) => at(names[place] ?? '', part));
      const around = tops[0]?.share;
      if (around === undefined) return tops;
      const inners = inner.map((part, place) => at(`${around}/${['rural', 'decile_3'][place]}`, part));
      const below = deep === null || inners.length === 0 ? [] : [at(`${around}/rural/decile_5`, deep)];
      return [...tops, ...inners, ...below];
    });

/** What stands under a share with everything inside it. */
const within = (held: ShareSums, share: string): bigint =>
  [...held].reduce(
    (sum, [one, part]) => (one === share || one.startsWith(`${share}/`) ? sum + part : sum),
    0n,
  );

const allOf = (parts: readonly ShareSums[]): ShareSums => parts.reduce(addShares, new Map());
const plain = (held: ShareSums) =>
  Object.fromEntries([...held].filter(([, sum]) => sum !== 0n).toSorted(([a], [b]) => (a < b ? -1 : 1)));

describe('the letters of a line', () => {
  it('lock each share of their sum rounded up once, and nothing that they do not bring', () => {
    fc.assert(
      fc.property(fc.array(sums(), { maxLength: 8 }), reserves(), (letters, rules) => {
        const locked = lockLetters(letters.map((amount) => ({ amount, reserves: rules })));
        for (const [place, held] of locked.entries()) {
          expect(sumOf(held)).toBe(letters[place]);
          for (const sum of held.values()) expect(sum).toBeGreaterThanOrEqual(0n);
        }
        const all = allOf(locked);
        for (const { share, ratio } of rules) {
          const around = shareAround(share);
          const whole = around === undefined ? sumOf(all) : within(all, around);
          const due = (whole * ratio.numerator + ratio.denominator - 1n) / ratio.denominator;
          const siblings = rules.filter((one) => shareAround(one.share) === around);
          // Short of the share only where the latest letter brings nothing more beside the reserves of its level:
          // nine rials more may raise three shares by one rial each and bring one.
          if (within(all, share) !== due) {
            const latest = must(locked.at(-1), 'a letter');
            const brought = around === undefined ? sumOf(latest) : within(latest, around);
            expect(siblings.reduce((rest, one) => rest - within(latest, one.share), brought)).toBe(0n);
            expect(due - within(all, share)).toBeLessThan(BigInt(siblings.length));
          }
        }
      }),
      {
        examples: [
          [
            [24_413_317_350_992n, 9n].map((amount) => rial(amount)),
            [at('cooperative', 9), at('cooperative/rural', 113), at('cooperative/decile_3', 369)],
          ],
        ],
      },
    );
  });

  it('stand each under the rules of its own day', () => {
    fc.assert(
      fc.property(sums(), reserves(), sums(), (first, rules, second) => {
        const [before] = lockLetters([{ amount: first, reserves: rules }]);
        const both = lockLetters([
          { amount: first, reserves: rules },
          { amount: second, reserves: [] },
        ]);
        expect(both[0]).toEqual(before);
        expect(plain(must(both[1], 'the second'))).toEqual(second === 0n ? {} : { [openShare]: second });
      }),
    );
  });
});

type Tree = { readonly held: ShareSums; readonly rest: ShareSums; readonly children: readonly Tree[] };

/** The numbers say how large each child is, in thousandths of what is left, level after level. */
function cut(held: ShareSums, shape: readonly (readonly number[])[]): Tree {
  const [cuts = [], ...deeper] = shape;
  let left = sumOf(held);
  const amounts = cuts.map((thousandths) => {
    const amount = rial((left * BigInt(thousandths)) / 1000n);
    left = minus(left, amount);
    return amount;
  });
  const { parts, rest } = divideShares(held, amounts);
  for (const [place, part] of parts.entries()) expect(sumOf(part)).toBe(amounts[place]);
  return { held, rest, children: parts.map((part) => cut(part, deeper)) };
}

const shapes = () =>
  fc.array(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
const nodes = (tree: Tree): Tree[] => [tree, ...tree.children.flatMap(nodes)];
const leaves = (tree: Tree): ShareSums[] => [tree.rest, ...tree.children.flatMap(leaves)];
const trees = () =>
  fc
    .record({ amount: sums(), rules: reserves(), shape: shapes() })
    .map(({ amount, rules, shape }) => cut(allOf(lockLetters([{ amount, reserves: rules }])), shape));

describe('the shares down a slice tree of up to five levels', () => {
  it('add up at every level, and over all leaves and rests to the root', () => {
    fc.assert(
      fc.property(trees(), (tree) => {
        for (const node of nodes(tree))
          expect(plain(allOf([node.rest, ...node.children.map(({ held }) => held)]))).toEqual(
            plain(node.held),
          );
        expect(plain(allOf(leaves(tree)))).toEqual(plain(tree.held));
      }),
    );
  });

  it('are never less than nothing, and in proportion to within a rial for each reserve', () => {
    fc.assert(
      fc.property(trees(), (tree) => {
        for (const { held, rest, children } of nodes(tree)) {
          const whole = sumOf(held);
          for (const part of [rest, ...children.map((child) => child.held)])
            for (const [share, sum] of part) {
              expect(sum).toBeGreaterThanOrEqual(0n);
              const apart = sum * whole - (held.get(share) ?? zero) * sumOf(part);
              const bound = whole * BigInt(Math.max(1, held.size - 1));
              expect(whole === 0n || (apart < bound && -apart < bound)).toBe(true);
            }
        }
      }),
    );
  });
});

describe('taking back and slicing again', () => {
  it('keeps every share of the parent, however often', () => {
    const steps = fc.array(
      fc.record({ child: fc.nat(), part: fc.nat({ max: 1000 }), again: fc.nat({ max: 1000 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(trees(), steps, (tree, all) => {
        let { rest } = tree;
        const children = tree.children.map(({ held }) => held);
        for (const { child, part, again } of all) {
          const chosen = children[child % children.length];
          if (chosen === undefined) return;
          const taken = takeShares(chosen, partOf(sumOf(chosen), part));
          children[child % children.length] = lessShares(chosen, taken);
          rest = addShares(rest, taken);
          const divided = divideShares(rest, [partOf(sumOf(rest), again)]);
          children.push(...divided.parts);
          ({ rest } = divided);
          expect(plain(allOf([rest, ...children]))).toEqual(plain(tree.held));
          for (const held of [rest, ...children])
            for (const sum of held.values()) expect(sum).toBeGreaterThanOrEqual(0n);
        }
      }),
    );
  });

  it('brings back every share whole when all of a child is taken', () => {
    fc.assert(
      fc.property(trees(), (tree) => {
        for (const { held } of tree.children)
          expect(plain(takeShares(held, sumOf(held)))).toEqual(plain(held));
      }),
    );
  });
});

const partOf = (whole: Rial, thousandths: number): Rial => rial((whole * BigInt(thousandths)) / 1000n);
const lessShares = (held: ShareSums, taken: ShareSums): ShareSums =>
  new Map([...held].map(([share, sum]) => [share, minus(sum, taken.get(share) ?? zero)]));

const half = (share: string): Reserve => ({ share, ratio: { numerator: 1n, denominator: 2n } });

const letter = (amount: Rial, ...rules: Reserve[]): ShareSums =>
  must(lockLetters([{ amount, reserves: rules }])[0], 'a letter');

describe('examples', () => {
  const quarter: Reserve = { share: 'cooperative', ratio: { numerator: 25n, denominator: 100n } };
  const fifth: Reserve = { share: 'cooperative/rural', ratio: { numerator: 1n, denominator: 5n } };
  test('a quarter of 97 billion toman for cooperatives, over three counties with a part unsliced', () => {
    const held = letter(toman(97_000_000_000n), quarter);
    expect(lockedIn(held)).toBe(242_500_000_000n);
    const { parts, rest } = divideShares(held, [
      toman(48_500_000_001n),
      toman(20_000_000_000n),
      toman(10_000_000_000n),
    ]);
    // The first child's quarter is 121,250,000,002.5 rials and the rest's 46,249,999,997.5: the earlier goes up.
    expect(parts.map(lockedIn)).toEqual([121_250_000_003n, 50_000_000_000n, 25_000_000_000n]);
    expect(lockedIn(rest)).toBe(46_249_999_997n);
  });

  test('a fifth of the cooperatives’ quarter for rural cooperatives', () => {
    const held = letter(toman(97_000_000_000n), quarter, fifth);
    expect(Object.fromEntries(held)).toEqual({
      open: 727_500_000_000n,
      cooperative: 194_000_000_000n,
      'cooperative/rural': 48_500_000_000n,
    });
  });

  test('two halves of seven rials: the second is a rial short, until the next letter has room', () => {
    const rules = [half('cooperative'), half('target_group')];
    const [first, second] = lockLetters([
      { amount: rial(7n), reserves: rules },
      { amount: rial(7n), reserves: rules },
    ]);
    expect(plain(must(first, 'the first'))).toEqual({ cooperative: 4n, target_group: 3n });
    expect(plain(must(second, 'the second'))).toEqual({ cooperative: 3n, target_group: 4n });
  });

  test('seven rials: the root locks two, and only two children lock one', () => {
    const held = letter(rial(7n), quarter);
    expect(lockedIn(held)).toBe(2n);
    const { parts, rest } = divideShares(
      held,
      Array.from({ length: 7 }, () => rial(1n)),
    );
    expect(parts.map(lockedIn)).toEqual([1n, 1n, 0n, 0n, 0n, 0n, 0n]);
    expect(total([...rest.values()])).toBe(0n);
  });

  test('a bug in the caller is not answered', () => {
    const held = letter(rial(10n), quarter);
    expect(() => divideShares(held, [rial(11n)])).toThrow('more than there is');
    expect(() => divideShares(new Map([['cooperative', rial(-1n)]]), [])).toThrow();
    const fat: Reserve = { share: 'cooperative', ratio: { numerator: 5n, denominator: 4n } };
    expect(() => letter(rial(10n), fat)).toThrow('more than the whole');
  });
});
