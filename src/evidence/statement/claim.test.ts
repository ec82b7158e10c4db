import { expect, test } from 'vitest';
import type { Verdict } from '../contract.ts';
import { mixedNumber } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import { openHouse } from '#testing/house.ts';
import { newsLines } from '#testing/newslines.ts';
import { press } from '#testing/press.ts';
import { awardsOf, dice, playProvince, sum } from '#testing/statements.ts';

const house = await openHouse();
const { model, check, percent } = await playProvince(house, dice(1_403));

const home = { programme: 'home_jobs', year: 1402 } as const;
const note = { programme: 'note_18', year: 1402 } as const;
const allocated = (programme: string, year: number): bigint =>
  sum(
    model.allocated.filter((one) => one.programme === programme && one.year === year && one.province === 30),
  );
const sliced = (county: string): bigint => sum(model.sliced.filter((one) => one.county === county));
const locked = sum(model.locked.filter((one) => one.year === 1402));
const A = allocated('home_jobs', 1402);
const B = allocated('home_jobs', 1401);
const P = sum(awardsOf(model, { stage: 'paid', ...home }));
const rounded = (top: bigint, under: bigint): bigint => (200n * top + under) / (2n * under);

const sums: Record<string, bigint> = {
  A,
  B,
  N: allocated('note_18', 1402),
  D: A - B,
  K: sliced('3001'),
  F: sliced('3006'),
  L: locked,
  LH: sum(model.locked.filter((one) => one.year === 1402 && one.programme === 'home_jobs')),
  P,
  O: sum(awardsOf(model, { stage: 'paid', programme: 'home_jobs', year: 1401 })),
  PK: sum(awardsOf(model, { stage: 'paid', ...home, county: '3001' })),
  PC: sum(awardsOf(model, { stage: 'paid', ...home, kind: 'cooperative' })),
  PN: sum(awardsOf(model, { stage: 'paid', ...note })),
  R: sum(awardsOf(model, { stage: 'referred', ...home })),
  RK: sum(awardsOf(model, { stage: 'referred', ...home, county: '3001' })),
  C: sum(awardsOf(model, { stage: 'contracted', ...home })),
};
const receivers = new Set(
  awardsOf(model, { stage: 'paid', ...home }).map(({ beneficiaryId }) => beneficiaryId),
);
const referred = new Set(
  awardsOf(model, { stage: 'referred', ...home }).map(({ beneficiaryId }) => beneficiaryId),
);
const counts: Record<string, bigint> = {
  n: BigInt(receivers.size),
  m: BigInt(referred.size),
  e: BigInt(awardsOf(model, { stage: 'paid', ...note }).length),
  t: BigInt(awardsOf(model, { stage: 'paid', ...home }).length),
  q: BigInt(percent),
  g: rounded(A - B, B),
  j: rounded(P, A),
};

const verdicts: Record<string, Verdict> = {
  s: 'supported',
  c: 'contradicted',
  a: 'ambiguous',
  p: 'promise',
  n: 'no_record',
};

const filled = (text: string): string =>
  text.replaceAll('¶', '\n').replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const money = sums[name];
    return money === undefined ? String(must(counts[name], name)) : `${mixedNumber(money)} ریال`;
  });

test(
  'at least eighty sentences of the press have the verdicts of a careful reader',
  { timeout: 60_000 },
  async () => {
    const sentences = [...press, ...newsLines];
    expect(sentences.length).toBeGreaterThan(80);
    const wrong: string[] = [];
    for (const line of sentences) {
      const [text = '', expected = ''] = line.split('|');
      const told = (await check(filled(text))).filter((one) => one.verdict !== 'not_a_claim');
      const got = told.map((one) => one.verdict);
      const fits =
        expected === 'x'
          ? !got.includes('supported')
          : got.length === expected.length &&
            Array.from(expected).every((code, at) =>
              code === '-' ? got[at] !== 'supported' : got[at] === verdicts[code],
            );
      if (!fits)
        wrong.push(
          `${expected}: ${filled(text)}\n   ${told.map((one) => `«${one.text}» ${one.verdict} ${one.indicator} ${JSON.stringify(one.facts)} ${one.stated}/${one.actual}`).join('\n   ')}`,
        );
    }
    expect(wrong.join('\n')).toBe('');
  },
);

const verdictsOn = async (text: string, published: string) =>
  (await check(text, { published })).map((one) => one.verdict);

test('a rate without a year is the newest that was set until then, and none is of a year that has none', async () => {
  const rate = 'تسهیلات مشاغل خانگی با کارمزد ۴ درصد پرداخت می‌شود.';
  expect(await verdictsOn(rate, '2026-08-23')).toEqual(['supported']);
  expect(await verdictsOn(rate, '2011-08-23')).toEqual(['no_record']);
  expect((await verdictsOn(`در سال ۱۴۰۴ ${rate}`, '2026-08-23')).at(-1)).toBe('no_record');
});
