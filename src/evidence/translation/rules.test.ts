import { describe, expect, test } from 'vitest';
import { readFigures } from '../figure/reader.ts';
import { decimalOf } from '../statement/judgement.ts';
import { checkTags, checkTranslation } from './actions.ts';
import { englishFigures } from './figure.ts';

const told = (text: string): string[] =>
  englishFigures(text).map(
    ({ text: said, kind, value, lastDigit, approx }) =>
      `${said} = ${decimalOf(value, 3)} ${kind} to ${decimalOf(lastDigit, 3)}${approx === 'exact' ? '' : ` ${approx}`}`,
  );

describe('the numbers of an English text', () => {
  test.each<[string, string[]]>([
    ['more than 97 billion toman of it', ['97 billion toman = 97000000000 money to 1000000000 at_least']],
    ['97.4bn tomans', ['97.4bn tomans = 97400000000 money to 100000000']],
    ['99 999 billion rials', ['99 999 billion rials = 99999000000000 money to 1000000000']],
    ['97 billion 400 million', ['97 billion 400 million = 97400000000 count to 1000000']],
    ['97 thousand billion', ['97 thousand billion = 97000000000000 count to 1000000000000']],
    ['97 billion and 400 farms', ['97 billion = 97000000000 count to 1000000000', '400 = 400 count to 1']],
    ['two hundred and five thousand', ['two hundred and five thousand = 205000 count to 1000']],
    ['about twenty-five per cent', ['twenty-five per cent = 25 percent to 1 about']],
    ['a million tomans', ['a million tomans = 1000000 money to 1000000']],
    ['1,264 licences', ['1,264 = 1264 count to 1']],
    ['three to five', ['three = 3 count to 1', 'five = 5 count to 1']],
    ['IRR 97bn', ['IRR 97bn = 97000000000 money to 1000000000']],
    ['one of them, hundreds, ISO9001, 5 September and March 12', []],
  ])('%s', (text, figures) => {
    expect(told(text)).toEqual(figures);
  });

  test('are placed in code points, and their digits may be of any script', () => {
    const text = '😀 over ۱۲ farms';
    const [figure] = englishFigures(text);
    expect(Array.from(text).slice(figure?.start, figure?.end).join('')).toBe('۱۲');
  });
});

describe('an English text beside its Persian one', () => {
  const persian = 'در سال ۱۴۰۲ مبلغ ۹۷٫۴ میلیارد تومان به ۱۴۰ نفر، یعنی ۲۵ درصد، پرداخت شد. تلفن ۰۲۶۳۲۲۰۰۰۰۰';
  const differing = (english: string): string[] =>
    checkTranslation({ english, persian, leads: [], led: [], dated: null }).map(({ text }) => text);

  test.each([
    '97.4 billion tomans',
    '97 billion tomans',
    '974 billion rials',
    '140 persons, 25 %, in 1402 or 2023',
    'one hundred and forty persons',
    'Call 02632200000',
  ])('may say %s', (english) => {
    expect(differing(english)).toEqual([]);
  });

  test.each([
    '98 billion tomans',
    '97.5 billion tomans',
    '97.4 billion rials',
    '141',
    '26 percent',
    '140 percent',
    '1401',
  ])('may not say %s', (english) => {
    expect(differing(english)).toEqual([english]);
  });

  test('a number that a linked figure bears out stands, and one that its own link does not bear out falls', () => {
    const title = { fa: 'ابلاغ', en: 'Notified' };
    const figure = { title, unit: 'rial', value: '974000000000' } as const;
    const asked = { english: '97 billion tomans', persian: 'متن', led: [figure], dated: null };
    expect(checkTranslation({ ...asked, leads: [] })).toEqual([]);
    const other = { ...figure, value: '5000000000000' };
    const leads = [{ start: 0, end: 17, figure: other }];
    expect(checkTranslation({ ...asked, leads })).toMatchObject([
      { verdict: 'contradicted', actual: other.value, facts: { kind: 'Differs' } },
    ]);
    const slip = [{ start: 0, end: 17, figure: { ...figure, value: '97400000000' } }];
    expect(checkTranslation({ ...asked, leads: slip })).toMatchObject([
      { facts: { kind: 'RialTomanSlip', right: 'rial' } },
    ]);
  });

  test('a tag counts only what the text before it counts', () => {
    const from = Array.from(`${persian}\n\n`).length;
    const tagged = (tag: string): number => checkTags(`${persian}\n\n${tag}`, from, []).length;
    expect(readFigures('۱۴۱ نفر')).toHaveLength(1);
    expect([tagged('۱۴۰ نفر'), tagged('سال ۱۴۰۱'), tagged('۹۷ میلیارد تومان')]).toEqual([0, 0, 0]);
    expect([tagged('۱۴۱ نفر'), tagged('۹۸ میلیارد تومان'), tagged('۲۶ درصد')]).toEqual([1, 1, 1]);
  });
});
