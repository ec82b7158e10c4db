import { expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { contactIn, fieldApart, isSameText, partedAt, widerThan } from './rules.ts';

test('a doubt that holds a link or the number of a person is known by the part that does', () => {
  for (const [text, rule, part] of [
    ['ببینید http://a.example/x', 'link', 'http://a.example/x'],
    ['در HTTPS://x.org/1 هست', 'link', 'HTTPS://x.org/1'],
    ['www.karsaz', 'link', 'www.karsaz'],
    ['در سایت example.com نوشته', 'link', 'example.com'],
    ['به someone@example.ir بنویسید', 'link', 'example.ir'],
    ['t.me/figures', 'link', 't.me/figures'],
    ['t . me/figures', 'link', 't . me/figures'],
    ['نمونه.ایران', 'link', 'نمونه.ایران'],
    ['با ۰۹۱۲۳۴۵۶۷۸۹ تماس بگیرید', 'number', '09123456789'],
    ['0912 345 67 89', 'number', '0912 345 67 89'],
    ['۰۹۱۲-۳۴۵-۶۷۸۹', 'number', '0912-345-6789'],
    ['+98 912 345 6789', 'number', '+98 912 345 6789'],
    ['912 345 6789', 'number', '912 345 6789'],
    ['026-3456 7890', 'number', '026-3456 7890'],
    ['کد ملی ٠٠١٢٣٤٥٦٧٨', 'number', '0012345678'],
    ['001-234567-8', 'number', '001-234567-8'],
    ['09\u200c12\u200b3456\u20607\u200f89', 'number', '09123456789'],
  ] as const)
    expect(contactIn(text), text).toEqual({ rule, part });
});

test('sums, days and percents of a doubt are no numbers of persons', () => {
  for (const text of [
    'از کرج بیشتر بود',
    'در نامهٔ ۱۴۰۲/۰۵/۳۱ مبلغ ۱٬۲۰۰٬۰۰۰٬۰۰۰ ریال است.',
    'The letter of 2024-03-20 says 1,200,000,000 rials, i.e. 12.5 % more.',
    'از ۱۴۰۲-۰۵-۳۱ تا ۱۴۰۳-۰۶-۳۱، سال‌های 1401 1402 1403',
    '95.55 96.22 97 درصد',
    'رقم ۹۰۰۰۰۰۰۰ تومان است',
  ])
    expect(contactIn(text), text).toBeNull();
});

test('a text is the same however its lines and letters are written', () => {
  expect(isSameText('رقم كرج\r\nنادرست است ', 'رقم کرج نادرست است')).toBe(true);
  expect(isSameText('رقم کرج نادرست است', 'رقم فردیس نادرست است')).toBe(false);
});

test('a period of whole months is open, begins on a first and ends on a last day, or today', () => {
  const today = day('1403-06-15');
  const at = (from: string | null, until: string | null) =>
    partedAt({ from: from === null ? null : day(from), until: until === null ? null : day(until) }, today);
  expect(at(null, null)).toBeNull();
  expect(at('1402-01-01', '1402-12-29')).toBeNull();
  expect(at('1403-06-01', '1403-06-15')).toBeNull();
  expect(at('1399-12-01', '1399-12-30')).toBeNull();
  expect(at('1399-12-01', '1399-12-29')).toBe('until');
  expect(at(null, '1403-06-14')).toBe('until');
  expect(at('1403-06-15', null)).toBe('from');
});

test('a figure is taken from each with some of its conditions left out, and from the whole', () => {
  const only = { programme: ['note_18'], beneficiary_kind: ['enterprise'] };
  const whole = { countyCode: null, only: {}, without: {} };
  expect(widerThan(whole)).toEqual([]);
  expect(widerThan({ ...whole, countyCode: '3001', without: { share: ['open'] } })).toEqual([
    { field: 'without', wider: { ...whole, countyCode: '3001' } },
    { field: 'county', wider: { ...whole, without: { share: ['open'] } } },
    { field: 'without', wider: whole },
  ]);
  expect(widerThan({ countyCode: '3001', only, without: {} })).toHaveLength(7);
});

test('two orders are apart by a field, and by their instant where nothing else differs', () => {
  const one = {
    countyCode: null,
    only: { a: ['x', 'y'] },
    without: {},
    budgetYear: null,
    from: null,
    until: null,
  };
  expect(fieldApart(one, { ...one, only: { a: ['y', 'x', 'x'] } })).toBe('asOf');
  expect(fieldApart(one, { ...one, only: { a: ['y'] } })).toBe('only');
  expect(fieldApart(one, { ...one, without: { b: ['y'] } })).toBe('without');
  expect(fieldApart(one, { ...one, countyCode: '3001' })).toBe('county');
  expect(fieldApart(one, { ...one, budgetYear: 1402 })).toBe('year');
  expect(fieldApart(one, { ...one, from: day('1402-01-01') })).toBe('from');
  expect(fieldApart(one, { ...one, until: day('1402-01-31') })).toBe('until');
});
