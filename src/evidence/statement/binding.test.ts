import { expect, test } from 'vitest';
import { catalogue } from '#app.ts';
import { must } from '#kernel/result.ts';
import { type Bound, type Question, inYear } from './binding.ts';

const question: Question = {
  indicator: 'occupation.listed',
  narrow: {},
  without: {},
  among: {},
  provinceId: 30,
  countyCode: null,
  year: 'latest',
  part: null,
};
const indicator = must(
  catalogue.indicators.find(({ id }) => id === question.indicator),
  'a declared indicator',
);
const boundTo = (...years: readonly Question['year'][]): Bound => ({
  ok: true,
  readings: years.map((year) => ({ kind: 'level', question: { ...question, year } })),
  indicator,
  openPlace: null,
});

test('a year is put in where none was said, and nowhere else', () => {
  expect(inYear(boundTo('latest', 1400, 'latest'), 1402)).toEqual(boundTo(1402, 1400, 1402));
  const unbound: Bound = { ok: false, why: { kind: 'NoIndicator' } };
  expect(inYear(unbound, 1402)).toBe(unbound);
});
