import { expect, test } from 'vitest';
import { contactIn, isSameText } from './rules.ts';

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
