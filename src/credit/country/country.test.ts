import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rial, total } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { indicatorKeys } from '../division/rules.ts';
import { changesOf, countiesTotal, divideCountry, readCountry } from './rules.ts';

const countries = () =>
  fc
    .array(
      fc.array(fc.array(fc.nat({ max: 1_000_000 }), { minLength: 4, maxLength: 4 }), {
        minLength: 1,
        maxLength: 6,
      }),
      {
        minLength: 1,
        maxLength: 7,
      },
    )
    .map((provinces) => {
      const coded = provinces.map((counties, place) => ({
        slug: `p${place}`,
        counties: counties.map((values, at) => ({ countyCode: `${place}${at}`, values })),
      }));
      return {
        provinces: coded.map(({ slug, counties }) => ({
          slug,
          countyCodes: counties.map((one) => one.countyCode),
        })),
        figures: coded.flatMap(({ counties }) =>
          counties.flatMap(({ countyCode, values }) =>
            // A county now and then has no figure at all.
            indicatorKeys.flatMap((indicator, at) =>
              (values[at] ?? 0) % 11 === 3 ? [] : [{ countyCode, indicator, value: String(values[at]) }],
            ),
          ),
        ),
      };
    });

const weights = () =>
  fc
    .array(fc.bigInt(0n, 10_000n), { minLength: 4, maxLength: 4 })
    .map((all) =>
      indicatorKeys.map((indicator, place) => ({ indicator, weight: must(all[place], 'a weight') })),
    );

test('provinces add up to the sum and counties to their province, to the rial; changes add up to nothing', () => {
  let divided = 0;
  fc.assert(
    fc.property(countries(), fc.bigInt(0n, 10n ** 15n), weights(), weights(), (given, amount, one, other) => {
      const table = readCountry(given.provinces, given.figures, 'پس از سرشماری');
      if (!table.ok) throw new Error(table.refusal.kind);
      const order = { amount: rial(amount), unit: rial(10n), floor: rial(0n), cap: null };
      const parts = divideCountry(table.value, { ...order, weights: one });
      const before = divideCountry(table.value, { ...order, weights: other });
      if (!parts.ok || !before.ok) return;
      divided += 1;
      expect(total(parts.value.map((part) => part.amount))).toBe(amount);
      for (const part of parts.value)
        if (part.counties.ok) expect(countiesTotal(part)).toBe(part.amount);
        // A province without people in the weighed indicators gets nothing, and nobody in it can be told apart.
        else expect(part.counties.refusal.kind).toBe('IndicatorAllZero');
      expect(total([...changesOf(parts.value, before.value).values()])).toBe(0n);
    }),
    { seed: 31, numRuns: 300 },
  );
  expect(divided).toBeGreaterThan(100);
});

test('two provinces of equal people get half each, and their counties by people', () => {
  const figures = [
    ['a1', '30'],
    ['a2', '10'],
    ['b1', '40'],
  ].flatMap(([countyCode = '', value = '']) =>
    indicatorKeys.map((indicator) => ({ countyCode, indicator, value })),
  );
  const provinces = [
    { slug: 'b', countyCodes: ['b1'] },
    { slug: 'a', countyCodes: ['a1', 'a2'] },
  ];
  const table = readCountry(provinces, figures, 'بی‌رقم');
  const parts =
    table.ok &&
    divideCountry(table.value, {
      amount: rial(1000n),
      unit: rial(1n),
      weights: [{ indicator: 'population', weight: 1n }],
      floor: rial(0n),
      cap: rial(450n),
    });
  expect(parts !== false && parts.ok && parts.value).toEqual([
    {
      slug: 'a',
      amount: 500n,
      counties: {
        ok: true,
        value: [
          { countyCode: 'a1', amount: 375n },
          { countyCode: 'a2', amount: 125n },
        ],
      },
    },
    {
      slug: 'b',
      amount: 500n,
      counties: { ok: false, refusal: { kind: 'CapsBelowAmount', caps: 450n, amount: 500n, by: 50n } },
    },
  ]);
});
