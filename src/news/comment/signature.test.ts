import { describe, expect, test } from 'vitest';
import { lookAt } from './rules.ts';
import { namesOffice } from './signature.ts';

const article = 'وام مشاغل خانگی در البرز';
const clean = 'سهم شهرستان ما از اعتبار مشاغل خانگی چقدر است؟';

describe('a name above a comment', () => {
  test.each([
    'مدیرکل',
    'مدیر کل تعاون البرز',
    'مدير كل',
    'مدیر\u200cکل',
    'م د ی ر ک ل',
    'مدیـــرکل',
    'ﻣﺪﻳﺮﻛﻞ',
    'اداره کل تعاون، کار و رفاه اجتماعی',
    'ادارهٔ تعاون کرج',
    'اداره\u200cی کار',
    'معاون اشتغال',
    'فرماندار کرج',
    'فرمانداری',
    'استاندار البرز',
    'وزارت تعاون',
    'پشتیبانی سایت',
    'پشتيبانى',
    'کارساز',
    'كار ساز',
    'مدیر سایت',
    'روابط عمومی اداره',
    'admin',
    'Admin 2',
    'ADM1N',
    'аdmin',
    'a.d.m.i.n',
    'Karsaz',
    'K4rsaz support',
    'The ministry',
    'Ｋａｒｓａｚ',
  ])('«%s» is one of the office and holds what stands under it', (penName) => {
    expect(namesOffice(penName)).toBe(true);
    const looked = lookAt(article, { penName, body: clean });
    expect(looked).toMatchObject({ decision: 'held', hints: [{ rule: 'office_name', clear: false }] });
  });

  test.each([
    '',
    'سارا',
    'مریم وزیری',
    'مهران مدیری',
    'رئیسی',
    'یک شهروند',
    'کارگر بازنشسته',
    'بیکار کرجی',
    'دولتشاهی',
    'معاونی',
    'Ali Rooti',
    'Amin',
    'Sara Adminton',
  ])('«%s» is nobody’s of the office', (penName) => {
    expect(namesOffice(penName)).toBe(false);
    expect(lookAt(article, { penName, body: clean })).toEqual({ decision: 'clean', hints: [] });
  });
});

const letters = (count: number): string => 'بتپ'.repeat(30).slice(0, count);
const held = (body: string) =>
  lookAt(article, { penName: '', body }).hints.filter(({ rule }) => rule === 'long_word');

describe('a word that no language has', () => {
  test('holds a comment from its sixty-first letter on, however it is drawn out', () => {
    expect(held(`وام ${letters(60)} چیست`)).toEqual([]);
    for (const word of [
      letters(61),
      letters(61).split('').join('\u200c'),
      letters(61).split('').join('\u200b'),
    ])
      expect(held(`وام ${word} چیست`), word).toEqual([
        { rule: 'long_word', start: 4, end: 4 + Array.from(word).length, clear: false },
      ]);
  });

  test('is told by its letters: a text with pictures before it names the place in whole signs', () => {
    expect(held(`😀😀 ${letters(61)}`)).toMatchObject([{ start: 3, end: 64 }]);
  });
});
