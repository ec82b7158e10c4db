import { type FormulaLine, sliceLine } from '#credit/formula.ts';
import { type IndicatorColumn, type IndicatorTable, prepareIndicators } from '#credit/value.ts';
import { rial } from '#kernel/rial.ts';
import { assert, must } from '#kernel/result.ts';
import { againstLimit, type Figure, measure } from './measure.ts';
import { naiveShares, naiveSlices } from './slice.reference.ts';

/**
 * Slicing credit lines over 480 counties by 5 indicators, with a floor and a cap for each county. The
 * table of indicators is shared; amount, weights, floors, caps and adjustments differ from line to line.
 * Every slice of ours is compared with the reference, to the rial.
 */
const countyCount = 480;
const indicators = ['population', 'unemployed', 'rural', 'deprivation', 'target_group'];

/** xorshift32: the same lines on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const countyCodes = Array.from({ length: countyCount }, (_, place) => String(place + 1).padStart(4, '0'));

function makeColumns(random: (below: number) => number): IndicatorColumn[] {
  return indicators.map((indicator) => ({
    indicator,
    // Sizes of counties lie three powers of ten apart; the deprivation index has decimals.
    values: new Map(
      countyCodes.map((code) => {
        const value = 10 ** (2 + random(4)) + random(10_000);
        return [code, indicator === 'deprivation' ? `${random(90) + 10}.${random(10)}` : String(value)];
      }),
    ),
  }));
}

/** Whole millions on request, as credit lines are; or any rial, which leaves the filter less room. */
function makeLine(random: (below: number) => number, unit: bigint): FormulaLine {
  const amount = rial(
    BigInt(500_000 + random(4_000_000)) * 1_000_000n + (unit === 1n ? BigInt(random(999_999)) : 0n),
  );
  // About a third of the counties end at a bound: floors near half, caps near twice an even share.
  const even = amount / BigInt(countyCount);
  const bounds = countyCodes.map((countyCode) => ({
    countyCode,
    floor: rial((even * BigInt(20 + random(60))) / 100n),
    cap: rial((even * BigInt(120 + random(200))) / 100n),
  }));
  const adjustments = [7, 77, 177, 277].map((place) => ({
    countyCode: must(countyCodes[place + random(70)], 'a county'),
    amount: rial(BigInt(random(200) - 100) * 1_000_000n),
    reason: 'bench',
  }));
  const weights = indicators.map((indicator) => ({ indicator, weight: BigInt(1 + random(4000)) }));
  return { amount, unit: rial(unit), weights, bounds, adjustments };
}

function sliceAll(table: IndicatorTable, lines: readonly FormulaLine[]): bigint[] {
  const amounts: bigint[] = [];
  for (const line of lines) {
    const slices = sliceLine(table, line);
    assert(slices.ok, 'every line of the bench can be sliced');
    for (const slice of slices.value) amounts.push(slice.amount);
  }
  return amounts;
}

type Case = {
  readonly name: string;
  readonly unit: bigint;
  readonly lineCount: number;
};

async function measureLines({ name, unit, lineCount }: Case): Promise<Figure> {
  const random = seeded(20_260_801);
  const columns = makeColumns(random);
  const lines = Array.from({ length: lineCount }, () => makeLine(random, unit));
  const prepared = prepareIndicators(countyCodes, columns);
  assert(prepared.ok, 'the table of the bench can be read');
  const table = prepared.value;
  const shares = naiveShares({ countyCodes, columns });
  let ours: bigint[] = [];
  let theirs: bigint[] = [];
  const figure = await measure({
    bench: 'slice',
    case: `${lineCount} lines × ${countyCount} counties × ${indicators.length} indicators, ${name}`,
    unit: 'ms',
    better: 'lower',
    target: null,
    ours: () => (ours = sliceAll(table, lines)),
    runs: 15,
    // Once is enough for the reference: it takes so long that its own spread does not matter.
    reference: () =>
      (theirs = lines.flatMap((line) => [...naiveSlices({ ...line, countyCodes }, shares).values()])),
    referenceRuns: 1,
  });
  assert(ours.length === theirs.length && ours.length === lineCount * countyCount, 'as many slices');
  const apart = ours.findIndex((amount, place) => amount !== theirs[place]);
  assert(apart === -1, `line ${Math.floor(apart / countyCount)} differs from the reference`);
  return figure;
}

export async function* figures(): AsyncGenerator<Figure> {
  const million = await measureLines({ name: 'unit of a million rials', unit: 1_000_000n, lineCount: 1000 });
  yield million;
  yield againstLimit(million, 500, 'lower');
  yield await measureLines({ name: 'unit of one rial', unit: 1n, lineCount: 250 });
}
