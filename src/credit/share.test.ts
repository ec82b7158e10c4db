import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Ratio, type Rial, minus, plus, rial, toman, total, zero } from '#kernel/rial.ts';
import { type Locked, divideLocked, lockedAtRoot, lockedOfLetter, releaseLocked } from './share.ts';

const ratios = (): fc.Arbitrary<Ratio> =>
  fc
    .bigInt(1n, 1000n)
    .chain((denominator) => fc.bigInt(0n, denominator).map((numerator) => ({ numerator, denominator })));
const sums = () => fc.oneof(fc.bigInt(0n, 50n), fc.bigInt(0n, 10n ** 17n)).map(rial);

/** A slice with its rest unsliced, and its children. */
type Tree = Locked & { readonly rest: Locked; readonly children: readonly Tree[] };

/** The numbers say how large each child is, in thousandths of what is left, level after level. */
function cut(slice: Locked, shape: readonly (readonly number[])[]): Tree {
  const [cuts = [], ...deeper] = shape;
  let left = slice.amount;
  const amounts = cuts.map((thousandths) => {
    const amount = rial((left * BigInt(thousandths)) / 1000n);
    left = minus(left, amount);
    return amount;
  });
  const locked = divideLocked(slice.locked, slice.amount, amounts);
  const children = amounts.map((amount, place) =>
    cut({ amount, locked: locked.children[place] ?? zero }, deeper),
  );
  return { ...slice, rest: { amount: left, locked: locked.rest }, children };
}

describe('the letters of a line', () => {
  it('lock together the share of their sum, each no more than it brings', () => {
    fc.assert(
      fc.property(fc.array(sums(), { maxLength: 8 }), ratios(), (letters, ratio) => {
        let before = zero;
        let locked = zero;
        for (const amount of letters) {
          const part = lockedOfLetter({ before, amount, ratio });
          expect(part >= 0n && part <= amount).toBe(true);
          before = plus(before, amount);
          locked = plus(locked, part);
        }
        expect(locked).toBe(lockedAtRoot(before, ratio));
      }),
    );
  });
});

const shapes = () =>
  fc.array(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

const nodes = (tree: Tree): Tree[] => [tree, ...tree.children.flatMap(nodes)];
const leaves = (tree: Tree): Locked[] => [tree.rest, ...tree.children.flatMap(leaves)];
const add = (parts: readonly Locked[]): Locked => ({
  amount: total(parts.map(({ amount }) => amount)),
  locked: total(parts.map(({ locked }) => locked)),
});

/** Whether a sum of this size locks the share to the rial, up or down. */
const near = (slice: Locked, parent: Locked): boolean => {
  const apart = slice.locked * parent.amount - parent.locked * slice.amount;
  return parent.amount === 0n ? slice.locked === 0n : apart < parent.amount && -apart < parent.amount;
};

const trees = () =>
  fc.record({ amount: sums(), ratio: ratios(), shape: shapes() }).map(({ amount, ratio, shape }) => ({
    ratio,
    tree: cut({ amount, locked: lockedAtRoot(amount, ratio) }, shape),
  }));

describe('the locked share down a slice tree of up to five levels', () => {
  it('adds up at every level, and over all leaves and rests to the root', () => {
    fc.assert(
      fc.property(trees(), ({ tree }) => {
        for (const node of nodes(tree)) {
          const { amount, locked } = node;
          expect(add([node.rest, ...node.children])).toEqual({ amount, locked });
        }
        expect(add(leaves(tree))).toEqual({ amount: tree.amount, locked: tree.locked });
      }),
    );
  });

  it('never locks more than the amount, nor less than nothing', () => {
    fc.assert(
      fc.property(trees(), ({ tree }) => {
        for (const { amount, locked } of [...nodes(tree), ...leaves(tree)]) {
          expect(locked).toBeGreaterThanOrEqual(0n);
          expect(locked).toBeLessThanOrEqual(amount);
        }
      }),
    );
  });

  it('locks at least the share at the root, and no rial more than needed', () => {
    fc.assert(
      fc.property(trees(), ({ tree, ratio }) => {
        expect(tree.locked * ratio.denominator).toBeGreaterThanOrEqual(tree.amount * ratio.numerator);
        expect((tree.locked - 1n) * ratio.denominator).toBeLessThan(tree.amount * ratio.numerator);
      }),
    );
  });

  it("keeps each child within a rial of its part of the parent's locked sum", () => {
    fc.assert(
      fc.property(trees(), ({ tree }) => {
        for (const node of nodes(tree))
          for (const part of [node.rest, ...node.children]) expect(near(part, node)).toBe(true);
      }),
    );
  });

  it('locks everything under a reserve of the whole, and nothing under none', () => {
    fc.assert(
      fc.property(sums(), shapes(), fc.boolean(), (amount, shape, whole) => {
        const ratio = { numerator: whole ? 1n : 0n, denominator: 1n };
        const tree = cut({ amount, locked: lockedAtRoot(amount, ratio) }, shape);
        for (const part of leaves(tree)) expect(part.locked).toBe(whole ? part.amount : 0n);
      }),
    );
  });
});

const release = (rest: Locked, child: Locked, amount: Rial) => {
  const back = releaseLocked(child, amount);
  const kept = { amount: minus(child.amount, back.amount), locked: minus(child.locked, back.locked) };
  return { kept, rest: { amount: plus(rest.amount, back.amount), locked: plus(rest.locked, back.locked) } };
};

describe('releasing and slicing again', () => {
  it('keeps the locked sum of the parent, however often', () => {
    const steps = fc.array(
      fc.record({ child: fc.nat(), part: fc.nat({ max: 1000 }), again: fc.nat({ max: 1000 }) }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(trees(), steps, ({ tree }, all) => {
        let { rest } = tree;
        const children: Locked[] = tree.children.map(({ amount, locked }) => ({ amount, locked }));
        for (const { child, part, again } of all) {
          const chosen = children[child % children.length];
          if (!chosen) return;
          const after = release(rest, chosen, rial((chosen.amount * BigInt(part)) / 1000n));
          children[child % children.length] = after.kept;
          const amount = rial((after.rest.amount * BigInt(again)) / 1000n);
          const divided = divideLocked(after.rest.locked, after.rest.amount, [amount]);
          children.push({ amount, locked: divided.children[0] ?? zero });
          rest = { amount: minus(after.rest.amount, amount), locked: divided.rest };
          expect(add([rest, ...children])).toEqual({ amount: tree.amount, locked: tree.locked });
          for (const slice of [rest, ...children]) {
            expect(slice.locked).toBeGreaterThanOrEqual(0n);
            expect(slice.locked).toBeLessThanOrEqual(slice.amount);
          }
        }
      }),
    );
  });

  it('brings back all that was locked when all of a child is released', () => {
    fc.assert(
      fc.property(trees(), ({ tree }) => {
        for (const { amount, locked } of tree.children)
          expect(releaseLocked({ amount, locked }, amount)).toEqual({ amount, locked });
      }),
    );
  });
});

describe('examples', () => {
  const quarter = { numerator: 25n, denominator: 100n };

  test('a quarter of 97 billion toman for cooperatives, over three counties with a part unsliced', () => {
    const amount = toman(97_000_000_000n);
    const locked = lockedAtRoot(amount, quarter);
    expect(locked).toBe(242_500_000_000n);
    const { children, rest } = divideLocked(locked, amount, [
      toman(48_500_000_001n),
      toman(20_000_000_000n),
      toman(10_000_000_000n),
    ]);
    // The first child's quarter is 121,250,000,002.5 rials and the rest's 46,249,999,997.5: the earlier goes up.
    expect(children).toEqual([121_250_000_003n, 50_000_000_000n, 25_000_000_000n]);
    expect(rest).toBe(46_249_999_997n);
  });

  test('seven rials: the root locks two, and only two children lock one', () => {
    expect(lockedAtRoot(rial(7n), quarter)).toBe(2n);
    const one = rial(1n);
    expect(divideLocked(rial(2n), rial(7n), [one, one, one, one, one, one, one])).toEqual({
      children: [1n, 1n, 0n, 0n, 0n, 0n, 0n],
      rest: 0n,
    });
  });

  test('a bug in the caller is not answered', () => {
    expect(() => divideLocked(rial(3n), rial(10n), [rial(11n)])).toThrow('more than the parent');
    expect(() => divideLocked(rial(11n), rial(10n), [rial(1n)])).toThrow('more locked');
    expect(() => lockedAtRoot(rial(10n), { numerator: 5n, denominator: 4n })).toThrow('more than the whole');
  });
});
