import { describe, expect, test } from 'vitest';
import { rial, toman, total } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { type FormulaInput, type FormulaLine, runFormula, sliceLine } from './formula.ts';
import { prepareIndicators } from './value.ts';

// Examples of the formula that a clerk can reckon on paper.

const runOf = (input: FormulaInput) => {
  const run = runFormula(input);
  return run.ok ? run.value : undefined;
};

const line = (over: Partial<FormulaInput>): FormulaInput => ({
  amount: rial(100n),
  unit: rial(1n),
  countyCodes: ['a', 'b', 'c'],
  columns: [
    {
      indicator: 'people',
      values: new Map([
        ['a', '1'],
        ['b', '1'],
        ['c', '1'],
      ]),
    },
  ],
  weights: [{ indicator: 'people', weight: 1n }],
  bounds: [],
  adjustments: [],
  ...over,
});
const people = (...all: string[]) => [
  { indicator: 'people', values: new Map(all.map((value, place) => [must('abc'[place], 'a code'), value])) },
];
const amountsOf = (input: FormulaInput) => runOf(input)?.counties.map(({ amount }) => amount);
const bound = (countyCode: string, floor: bigint | null, cap: bigint | null) => ({
  countyCode,
  floor: floor === null ? null : rial(floor),
  cap: cap === null ? null : rial(cap),
});

describe('plain cases', () => {
  test('equal counties: the odd rial goes to the smaller code', () => {
    expect(amountsOf(line({}))).toEqual([34n, 33n, 33n]);
  });

  test('one county gets all', () => {
    const only = line({ countyCodes: ['a'], columns: people('7') });
    expect(amountsOf(only)).toEqual([100n]);
  });

  test('a county without score gets its floor', () => {
    expect(amountsOf(line({ columns: people('0', '1', '3'), bounds: [bound('a', 4n, null)] }))).toEqual([
      4n,
      24n,
      72n,
    ]);
  });

  test('caps that equal floors leave nothing to the score', () => {
    const fixed = line({ bounds: [bound('a', 10n, 10n), bound('b', 20n, 20n), bound('c', 70n, 70n)] });
    expect(amountsOf(fixed)).toEqual([10n, 20n, 70n]);
  });

  test('an amount of nothing', () => {
    expect(amountsOf(line({ amount: rial(0n) }))).toEqual([0n, 0n, 0n]);
  });

  test('a cap sends the rest to the others by their scores', () => {
    expect(amountsOf(line({ columns: people('8', '1', '1'), bounds: [bound('a', null, 60n)] }))).toEqual([
      60n,
      20n,
      20n,
    ]);
  });

  test('an adjustment comes out of the others, not on top of the amount', () => {
    const adjustments = [{ countyCode: 'a', amount: rial(10n), reason: 'جبران سال گذشته' }];
    const run = runOf(line({ adjustments }));
    expect(run?.counties.map(({ amount }) => amount)).toEqual([40n, 30n, 30n]);
    expect(run?.adjusted).toBe(10n);
    expect(run?.counties[0]?.adjustment).toEqual({ exact: '10', rials: 10n, reason: 'جبران سال گذشته' });
    expect(run?.factor).toBe('9/10');
  });

  test('less than a unit left over goes to the next largest remainder', () => {
    expect(amountsOf(line({ amount: rial(1007n), unit: rial(100n) }))).toEqual([400n, 307n, 300n]);
  });
});

const kind = (input: FormulaInput) => {
  const run = runFormula(input);
  return run.ok ? undefined : run.refusal;
};

describe('what is refused', () => {
  test('a missing value, naming county and indicator; unless it counts as zero for a reason', () => {
    const columns = [
      {
        indicator: 'people',
        values: new Map([
          ['a', '1'],
          ['c', '1'],
        ]),
      },
    ];
    const missing = [{ countyCode: 'b', indicator: 'people' }];
    expect(kind(line({ columns }))).toEqual({ kind: 'ValueMissing', missing });
    const zeroBecause = new Map([['b', 'شهرستان پس از سرشماری تأسیس شده است']]);
    const run = runOf(line({ columns: columns.map((column) => ({ ...column, zeroBecause })) }));
    expect(run?.counties.map(({ amount }) => amount)).toEqual([50n, 0n, 50n]);
    expect(run?.counties[1]?.terms[0]?.zeroBecause).toBe(zeroBecause.get('b'));
    expect(run?.counties[0]?.terms[0]?.zeroBecause).toBeNull();
    const blank = columns.map((column) => ({ ...column, zeroBecause: new Map([['b', ' ']]) }));
    expect(kind(line({ columns: blank }))).toEqual({ kind: 'ValueMissing', missing });
  });

  test('a missing value of an indicator without weight does not matter', () => {
    const columns = [...people('1', '1', '2'), { indicator: 'rural', values: new Map<string, string>() }];
    expect(amountsOf(line({ columns }))).toEqual([25n, 25n, 50n]);
  });

  const faults: [string, Partial<FormulaInput>][] = [
    ['AmountNegative', { amount: rial(-1n) }],
    ['UnitNotPositive', { unit: rial(0n) }],
    ['NoCounty', { countyCodes: [] }],
    ['CountyTwice', { countyCodes: ['a', 'b', 'a'] }],
    ['IndicatorTwice', { columns: [...people('1', '1', '1'), ...people('1', '1', '1')] }],
    ['ValueMalformed', { columns: people('1', 'many', '1') }],
    ['ValueNegative', { columns: people('1', '-1', '1') }],
    ['IndicatorUnknown', { weights: [{ indicator: 'cattle', weight: 1n }] }],
    ['WeightNegative', { weights: [{ indicator: 'people', weight: -1n }] }],
    ['NoWeight', { weights: [{ indicator: 'people', weight: 0n }] }],
    ['IndicatorAllZero', { columns: people('0', '0', '0') }],
    ['CountyUnknown', { bounds: [bound('z', 1n, null)] }],
    ['CountyTwice', { bounds: [bound('a', 1n, null), bound('a', 2n, null)] }],
    ['FloorNegative', { bounds: [bound('a', -1n, null)] }],
    ['FloorAboveCap', { bounds: [bound('a', 3n, 2n)] }],
    ['AdjustmentWithoutReason', { adjustments: [{ countyCode: 'a', amount: rial(1n), reason: ' ' }] }],
    ['AdjustmentAboveAmount', { adjustments: [{ countyCode: 'a', amount: rial(101n), reason: 'r' }] }],
    ['FloorsAboveAmount', { bounds: [bound('a', 60n, null), bound('b', 41n, null)] }],
    ['CapsBelowAmount', { bounds: [bound('a', null, 33n), bound('b', null, 33n), bound('c', null, 33n)] }],
  ];
  test.each(faults)('%s', (expected, over) => {
    expect(kind(line(over))?.kind).toBe(expected);
  });

  test('floors above the amount: both sums, and by how much they must give way', () => {
    expect(kind(line({ bounds: [bound('a', 60n, null), bound('b', 45n, null)] }))).toEqual({
      kind: 'FloorsAboveAmount',
      floors: 105n,
      amount: 100n,
      by: 5n,
    });
  });

  test('the counties with a score are full, and the others cannot take the rest', () => {
    const bounds = [bound('a', null, 50n)];
    expect(kind(line({ columns: people('1', '0', '0'), bounds }))).toEqual({
      kind: 'ScoresDoNotReach',
      reached: 50n,
      amount: 100n,
      by: 50n,
      withoutScore: ['b', 'c'],
    });
  });
});

const billion = (tomans: bigint) => toman(tomans * 1_000_000_000n);

describe('Alborz', () => {
  // Census 1395 of the Statistical Centre of Iran: population from table 1, unemployed of 15 and over from
  // table 5 of each county's workbook, as in data/county_indicators.csv (sci1395_t1, sci1395_t5).
  const counties = [
    ['3001', 'کرج', 1_973_470, 97_818],
    ['3002', 'ساوجبلاغ', 259_973, 8_570],
    ['3003', 'نظرآباد', 152_437, 5_764],
    ['3004', 'طالقان', 16_815, 448],
    ['3005', 'اشتهارد', 37_876, 778],
    ['3006', 'فردیس', 271_829, 13_346],
  ] as const;
  const input: FormulaInput = {
    amount: billion(90n),
    unit: rial(10_000_000n),
    countyCodes: counties.map(([code]) => code),
    columns: [
      {
        indicator: 'population',
        values: new Map(counties.map(([code, , living]) => [code, String(living)])),
      },
      { indicator: 'unemployed', values: new Map(counties.map(([code, , , idle]) => [code, String(idle)])) },
    ],
    weights: [
      { indicator: 'population', weight: 4000n },
      { indicator: 'unemployed', weight: 6000n },
    ],
    // No county under two billion toman, and none above half of the whole.
    bounds: counties.map(([countyCode]) => ({ countyCode, floor: billion(2n), cap: billion(45n) })),
    adjustments: [{ countyCode: '3004', amount: toman(500_000_000n), reason: 'راه کوهستانی، مصوبه کارگروه' }],
  };

  test('Karaj ends at the cap, Taleqan and Eshtehard at the floor, the others share the rest', () => {
    const run = must(runOf(input), 'the line can be sliced');
    expect(run.counties.map(({ bound: { held } }) => held)).toEqual([
      'cap',
      'none',
      'none',
      'floor',
      'floor',
      'none',
    ]);
    expect(total(run.counties.map(({ amount }) => amount))).toBe(billion(90n));
    // Reckoned apart: 13,948.45, 8,797.15 and 18,254.40 units of ten million rials; one unit is left over.
    expect(run.counties.map(({ amount }) => amount / 10_000_000n)).toEqual([
      45_000n,
      13_949n,
      8_797n,
      2_000n,
      2_000n,
      18_254n,
    ]);
  });

  test("Karaj's number term by term, before floors, caps and adjustments", () => {
    const plain = must(runOf({ ...input, bounds: [], adjustments: [] }), 'the line can be sliced');
    const karaj = must(plain.counties[0], 'Karaj');
    // 900 billion rial × 0.4 × 1,973,470 ÷ 2,712,400 and × 0.6 × 97,818 ÷ 126,724.
    expect(
      karaj.terms.map(({ indicator, value, total: all, weight, rials }) => [
        indicator,
        value,
        all,
        weight,
        rials,
      ]),
    ).toEqual([
      ['population', '1973470', '2712400', 4000n, 261_926_412_033n],
      ['unemployed', '97818', '126724', 6000n, 416_824_910_830n],
    ]);
    expect(plain.factor).toBe('1');
    expect(karaj.levelling.rials).toBe(0n);
  });
});

test('many lines over one table, weights changing', () => {
  const table = prepareIndicators(['a', 'b', 'c'], [...people('1', '2', '3')]);
  const lines: FormulaLine[] = [1n, 7n, 10_000n].map((weight) =>
    line({ weights: [{ indicator: 'people', weight }] }),
  );
  const all = lines.map((one) => (table.ok ? sliceLine(table.value, one) : table));
  for (const slices of all)
    expect(slices.ok && slices.value.map(({ amount }) => amount)).toEqual([17n, 33n, 50n]);
});
