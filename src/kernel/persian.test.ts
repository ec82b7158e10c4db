import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cardinalWords,
  comparable,
  foldWord,
  groupedDigits,
  isName,
  latinDigits,
  mixedNumber,
  moneyCompared,
  moneyExactly,
  moneyForPeople,
  normalise,
  ordinalWords,
  persianDigits,
  plainText,
  seenText,
  readPhone,
  typedNumber,
} from './persian.ts';

test('a name has a letter that is seen; a text without ink is empty and turns nothing around', () => {
  const nothing = [
    '',
    ' ',
    '\u200c\u200c',
    '\u202e',
    '\u200f\u202e',
    '\u3164',
    '\u2800',
    '\u00ad\ufeff\u061c',
  ];
  for (const given of nothing) {
    expect(plainText(given), JSON.stringify(given)).toBe('');
    expect(isName(given), JSON.stringify(given)).toBe(false);
  }
  for (const given of ['...', '123', '٪', '۱۲\u202e']) {
    expect(plainText(given)).not.toBe('');
    expect(isName(given)).toBe(false);
  }
  for (const given of ['مریم', 'می\u200cرود', 'O’Neil', 'کارگاه ۳', 'د.']) {
    expect(plainText(given)).toBe(given);
    expect(isName(given)).toBe(true);
  }
  expect(plainText('مزاحمت \u202eمعکوس\u2066')).toBe('مزاحمت معکوس');
});

describe('spelling', () => {
  test('Arabic letters, tatweel, diacritics and marks are one spelling', () => {
    expect(normalise('كميته امـداد')).toBe('کمیته امداد');
    expect(normalise('مُدیرِکل')).toBe('مدیرکل');
    expect(normalise('\u202bهيأة\u202c')).toBe('هیأه');
    expect(normalise('ﻣﯿﻠﯿﺎﺭﺩ')).toBe('میلیارد');
    expect(normalise('مسئول رأی')).toBe('مسئول رأی');
  });

  test('a text that is left as it stands is the one that all replacements would have given', () => {
    const letter = fc.constantFrom(
      ...Array.from(' \n\t\u200c\u00a0آابءأئؤةيكی۰۹٠٩09azAZ.,،«»/-_~!\u0640\u064b\ufefb'),
    );
    const text = fc.oneof(fc.string({ unit: letter }), fc.string(), fc.string({ unit: 'binary' }));
    // A mark that is always taken out sends the same text through every replacement.
    fc.assert(
      fc.property(text, (given) => {
        expect(normalise(given)).toBe(normalise(`${given}\u200f`));
        expect(comparable(given)).toBe(comparable(`${given}\u200f`));
      }),
      { numRuns: 2_000 },
    );
  });

  test('spaces and half-spaces', () => {
    expect(normalise('  تعاونی\u200c\u200cهای   استان ')).toBe('تعاونی\u200cهای استان');
    expect(normalise('پایان\u200c . \u200cآغاز')).toBe('پایان . آغاز');
    expect(normalise('خط اول\nخط دوم')).toBe('خط اول\nخط دوم');
  });

  test('digits: Arabic to Persian, codes in Latin stay, and both compare equal', () => {
    expect(normalise('١٢ و 12')).toBe('۱۲ و 12');
    expect(comparable('۱۲')).toBe(comparable('١٢'));
    expect(comparable('12')).toBe('12');
    expect(comparable('رأی مسئول')).toBe(comparable('رای مسیول'));
    expect(comparable('تعاونی\u200cها')).toBe(comparable('تعاونيها'));
  });

  test('normalising twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
        expect(foldWord(foldWord(text))).toBe(foldWord(text));
      }),
    );
    const letters = 'یيىکكةهۀأإئؤءآا ـ\u200c\u200f\u064b۱١1.،«»\n';
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from(letters)) }), (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
        expect(comparable(comparable(text))).toBe(comparable(text));
      }),
    );
  });
});

describe('digits', () => {
  test('there and back', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(latinDigits(persianDigits(String(value)))).toBe(String(value));
      }),
    );
  });

  test('separated digits are read back as typed', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 999 }), (whole, part) => {
        const plain =
          part === 0
            ? String(whole)
            : `${whole === 0n ? 0 : whole}.${String(part).padStart(3, '0').replace(/0+$/, '')}`;
        expect(typedNumber(groupedDigits(plain))).toBe(plain);
      }),
    );
  });

  test.each([
    ['۱٬۲۳۴٬۵۶۷', '1234567'],
    ['1,234,567', '1234567'],
    ['١٢٣', '123'],
    [' ۱۲٫۵ ', '12.5'],
    ['۱۲/۵', '12.5'],
    ['007', '7'],
    ['-۳', '-3'],
    ['-0', '0'],
  ])('«%s» was typed for %s', (typed, plain) => {
    expect(typedNumber(typed)).toBe(plain);
  });

  test.each(['', 'ده', '۱۲ نفر', '1,23', '1.2.3', '۱۲٫', '--1', '1e5'])(
    '«%s» is no typed number',
    (typed) => {
      expect(typedNumber(typed)).toBeUndefined();
    },
  );

  test('as on a page', () => {
    expect(groupedDigits(1234567n)).toBe('۱٬۲۳۴٬۵۶۷');
    expect(groupedDigits('999.25')).toBe('۹۹۹٫۲۵');
    expect(groupedDigits(0n)).toBe('۰');
  });
});

describe('numbers in words', () => {
  test.each<[bigint, string, string]>([
    [0n, 'صفر', '۰'],
    [1n, 'یک', '۱'],
    [15n, 'پانزده', '۱۵'],
    [21n, 'بیست و یک', '۲۱'],
    [100n, 'صد', '۱۰۰'],
    [1000n, 'هزار', 'هزار'],
    [1264n, 'هزار و دویست و شصت و چهار', 'هزار و ۲۶۴'],
    [7109n, 'هفت هزار و صد و نه', '۷ هزار و ۱۰۹'],
    [-12n, 'منفی دوازده', 'منفی ۱۲'],
    [1_001_000n, 'یک میلیون و هزار', '۱ میلیون و هزار'],
    [394_611_000_000n, 'سیصد و نود و چهار میلیارد و ششصد و یازده میلیون', '۳۹۴ میلیارد و ۶۱۱ میلیون'],
    [1_677_000_000_000n, 'هزار و ششصد و هفتاد و هفت میلیارد', 'هزار و ۶۷۷ میلیارد'],
    [10n ** 15n, 'یک میلیون میلیارد', '۱ میلیون میلیارد'],
  ])('%s', (value, words, mixed) => {
    expect(cardinalWords(value)).toBe(words);
    expect(mixedNumber(value)).toBe(mixed);
  });

  test('10^18 has no words here', () => {
    expect(() => cardinalWords(10n ** 18n)).toThrow('10^18');
    expect(() => mixedNumber(-(10n ** 18n))).toThrow('10^18');
  });

  test.each<[bigint, string, string]>([
    [1n, 'اول', 'اولین'],
    [2n, 'دوم', 'دومین'],
    [3n, 'سوم', 'سومین'],
    [10n, 'دهم', 'دهمین'],
    [21n, 'بیست و یکم', 'بیست و یکمین'],
    [23n, 'بیست و سوم', 'بیست و سومین'],
    [30n, 'سی\u200cام', 'سی\u200cامین'],
    [130n, 'صد و سی\u200cام', 'صد و سی\u200cامین'],
    [1000n, 'هزارم', 'هزارمین'],
  ])('the %s in order', (value, after, before) => {
    expect(ordinalWords(value)).toBe(after);
    expect(ordinalWords(value, 'before')).toBe(before);
  });
});

describe('money for people', () => {
  test.each<[bigint, string]>([
    [974_000_000_000n, '۹۷٫۴ میلیارد تومان'],
    [970_000_000_000n, '۹۷ میلیارد تومان'],
    [9_996_000_000n, '۹۹۹٫۶ میلیون تومان'],
    [9_999_600_000n, '۱ میلیارد تومان'],
    [9_500_000_000n, '۹۵۰ میلیون تومان'],
    [120_000_000_000_000n, '۱۲ هزار میلیارد تومان'],
    [5_000n, '۵۰۰ تومان'],
    [4_205n, '۴٬۲۰۵ ریال'],
    [0n, '۰ تومان'],
    [-12_000_000n, '\u200e-۱٫۲ میلیون تومان'],
  ])('%s rials', (rials, text) => {
    expect(moneyForPeople(rials)).toBe(text);
  });

  test('is never farther from the sum than half of its last digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.constantFrom(0, 1, 2, 3), (rials, decimals) => {
        const [number = '', ...words] = moneyForPeople(rials, decimals).split(' ');
        const scales: Record<string, bigint> = {
          هزار: 10n ** 3n,
          میلیون: 10n ** 6n,
          میلیارد: 10n ** 9n,
          تومان: 10n,
          ریال: 1n,
        };
        const unit = words.reduce((power, word) => power * (scales[word] ?? 1n), 1n);
        const [whole = '0', part = ''] = (typedNumber(number) ?? '').split('.');
        const told = (BigInt(whole + part.padEnd(3, '0')) * unit) / 1000n;
        const apart = told > rials ? told - rials : rials - told;
        expect(apart * 2n * 10n ** BigInt(decimals)).toBeLessThanOrEqual(
          unit > 10n ? unit : 10n ** BigInt(decimals) * 10n,
        );
      }),
    );
  });

  test('to the last rial', () => {
    expect(moneyExactly(974_300_000_000n)).toBe('۹۷ میلیارد و ۴۳۰ میلیون تومان');
    expect(moneyExactly(12_345n)).toBe('۱۲ هزار و ۳۴۵ ریال');
    // What is compared stands in one unit, however round it is.
    expect(moneyCompared(900_000_000_000n)).toBe('۹۰۰٬۰۰۰٬۰۰۰٬۰۰۰ ریال (۹۰ میلیارد تومان)');
    expect(moneyCompared(282_000_000_001n)).toBe('۲۸۲٬۰۰۰٬۰۰۰٬۰۰۱ ریال');
  });
});

test.each([
  ['۰۹۱۲۳۴۵۶۷۸۹', '09123456789'],
  ['+989123456789', '09123456789'],
  ['0098 912 345 6789', '09123456789'],
  ['9123456789', '09123456789'],
  ['02632700000', '02632700000'],
  ['(026) 3270–00.00', '02632700000'],
  ['\u202a+98 912 345 6789\u202c', '09123456789'],
  ['123', null],
  ['', null],
  ['091234567890', null],
  ['۰۹۱۲الف۴۵۶۷۸', null],
  ['19121234567', null],
])('the phone %s is %s', (given, read) => expect(readPhone(given)).toBe(read));

test('a text as an eye has it: nothing unseen parts it or turns it, what shapes letters stays', () => {
  expect(seenText('۹\u200b۹\u2060۹\u00ad۹\u200c۹\u200f۹')).toBe('۹۹۹۹۹۹');
  expect(seenText('میلیا\u200bرد \u202eتومان\u{e0041}')).toBe('میلیارد تومان');
  expect(seenText('می\u200cرود')).toBe('می\u200cرود');
  expect(seenText('خط\nدیگر\tو\u2028دیگر')).toBe('خط\nدیگر\tو دیگر');
  expect(seenText('９７𝟵')).toBe('979');
  expect(seenText('\u200b\u3164\u2800')).toBe('');
});
