import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latinDigits } from '#kernel/persian.ts';
import {
  dayText,
  exactRials,
  grouped,
  instantText,
  moneyIn,
  moneyInColumn,
  largestUnit,
  moneyAbout,
  moneyScale,
  moneyText,
  percentPoints,
  percentText,
  rialsOf,
  typedToman,
  typedWhole,
  widthOf,
} from './format.ts';

const rials = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
const languages = fc.constantFrom('fa', 'en');

/** The letters of a written number back into a bigint in units of 10^-decimals. */
function readBack(text: string): { readonly value: bigint; readonly decimals: number } {
  const plain = latinDigits(text)
    .replace(/[٬,\u200e]/g, '')
    .replace('٫', '.')
    .replace('−', '-');
  const [whole = '', part = ''] = plain.split('.');
  return { value: BigInt(whole + part), decimals: part.length };
}

const unitRials = {
  billion_toman: 10n ** 10n,
  million_toman: 10n ** 7n,
  thousand_toman: 10n ** 4n,
  toman: 10n,
  rial: 1n,
};

describe('money', () => {
  test('the exact sum reads back to the rial in both languages', () => {
    fc.assert(
      fc.property(rials, languages, (sum, language) => {
        expect(readBack(exactRials(sum, language).split(' ')[0] ?? '').value).toBe(sum);
      }),
    );
  });

  test('a column is written in one unit, exactly: what is shown adds up to what is meant', () => {
    fc.assert(
      fc.property(fc.array(rials, { minLength: 1, maxLength: 8 }), languages, (sums, language) => {
        const scale = moneyScale(sums);
        const shown = sums.map((sum) => readBack(moneyIn(sum, scale, language)));
        for (const [at, { value, decimals }] of shown.entries()) {
          expect(decimals).toBe(scale.decimals);
          expect((value * unitRials[scale.unit]) / 10n ** BigInt(decimals)).toBe(sums[at]);
        }
      }),
    );
  });

  test('a column that would need rounding is refused', () => {
    expect(() => moneyIn(1n, { unit: 'toman', decimals: 0 }, 'fa')).toThrow('not exact');
  });

  test('a sum that its column forgot is shown in rials, which it names, and breaks no page', () => {
    const scale = moneyScale([520_000_000_000n]);
    expect(moneyInColumn(24_495_000_000n, scale, 'fa')).toBe('۲۴٬۴۹۵٬۰۰۰٬۰۰۰ ریال');
    expect(moneyInColumn(520_000_000_000n, scale, 'fa')).toBe('۵۲');
  });

  test('a tile of the map holds tenths of the largest unit, rounded', () => {
    const sums = [974_000_000_000n, 24_495_000_000n, 0n];
    const unit = largestUnit(sums);
    expect(sums.map((sum) => moneyAbout(sum, unit, 'fa'))).toEqual(['۹۷٫۴', '۲٫۴', '۰٫۰']);
    expect(moneyAbout(24_500_000_000n, unit, 'en')).toBe('2.5');
    expect(largestUnit([])).toBe('rial');
  });

  test('a clerk reads billions of toman, and the exact rial beside it', () => {
    expect(moneyText(985_000_000_000n, 'fa')).toBe('۹۸٫۵ میلیارد تومان');
    expect(moneyText(985_000_000_000n, 'en')).toBe('98.5 billion toman');
    expect(moneyText(243_500_000_000n, 'fa')).toBe('۲۴٫۳۵ میلیارد تومان');
    expect(exactRials(985_000_000_000n, 'fa')).toBe('۹۸۵٬۰۰۰٬۰۰۰٬۰۰۰ ریال');
  });

  test('both languages name the same unit and the same number', () => {
    // Above it Persian says «هزار میلیارد», which English has no word of its own for.
    const below = 9_999_949_999_999n;
    const units = ['میلیارد تومان', 'میلیون تومان', 'هزار تومان', 'تومان', 'ریال'];
    const english = ['billion toman', 'million toman', 'thousand toman', 'toman', 'rial'];
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: below }), (sum) => {
        const fa = moneyText(sum, 'fa');
        const en = moneyText(sum, 'en');
        const at = units.findIndex((unit) => fa.endsWith(unit));
        expect(en.endsWith(english[at] ?? '?')).toBe(true);
        expect(
          latinDigits(fa.split(' ')[0] ?? '')
            .replace('٫', '.')
            .replace('٬', ','),
        ).toBe(en.split(' ')[0]);
      }),
    );
  });

  test('what the wire should not carry is refused', () => {
    expect(() => rialsOf('1.5')).toThrow('not whole rials');
    expect(() => rialsOf('۱۲')).toThrow('not whole rials');
  });
});

describe('typing', () => {
  test('a sum is read in toman, in three scripts and with scale words, to the rial', () => {
    expect(typedToman('۲۵۰٬۰۰۰٬۰۰۰')).toBe(2_500_000_000n);
    expect(typedToman('98.5 billion')).toBe(985_000_000_000n);
    expect(typedToman('۹۸٫۵ میلیارد تومان')).toBe(985_000_000_000n);
    expect(typedToman('١٢٫٥')).toBe(125n);
  });

  test('what is no sum of rials is not guessed', () => {
    for (const text of ['', 'دوازده', '-5', '1.23', '12 میلیارد ریال', '۱۲ ۵'])
      expect(typedToman(text)).toBeUndefined();
  });

  test('the sum that is shown is read as the same sum', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 17n }), languages, (sum, language) => {
        const decimals = sum % 10n === 0n ? 0 : 1;
        expect(typedToman(moneyIn(sum, { unit: 'toman', decimals }, language).replace('\u200e', ''))).toBe(
          sum,
        );
      }),
    );
  });

  test('a whole number is read back as it is shown', () => {
    fc.assert(
      fc.property(rials, languages, (number, language) => {
        expect(typedWhole(grouped(number, language))).toBe(number);
      }),
    );
  });
});

describe('shares', () => {
  test('percent is rounded half away from zero, and nothing of nothing is a dash', () => {
    expect(percentText(1n, 8n, 'en', 1)).toBe('12.5%');
    expect(percentText(1n, 8n, 'fa')).toBe('۱۳٪');
    expect(percentText(-1n, 8n, 'en')).toBe('\u200e−13%');
    expect(percentText(5n, 0n, 'fa')).toBe('—');
  });

  test('points and text agree', () => {
    fc.assert(
      fc.property(rials, fc.bigInt({ min: 1n, max: 10n ** 17n }), (part, whole) => {
        expect(readBack(percentText(part, whole, 'en').replace('%', '')).value).toBe(
          percentPoints(part, whole),
        );
      }),
    );
  });

  test('widths stay between nothing and all', () => {
    expect(widthOf(1n, 3n)).toBe('33.3333%');
    expect(widthOf(5n, 3n)).toBe('100.0000%');
    expect(widthOf(-5n, 3n)).toBe('0%');
    expect(widthOf(5n, 0n)).toBe('0%');
  });
});

describe('days', () => {
  test('a day is written in the Iranian calendar in either language', () => {
    expect(dayText('2024-01-05', 'fa')).toBe('۱۵ دی ۱۴۰۲');
    expect(dayText('2024-01-05', 'fa', 'weekday')).toBe('جمعه ۱۵ دی ۱۴۰۲');
    expect(dayText('2024-01-05', 'fa', 'numeric')).toBe('۱۴۰۲/۱۰/۱۵');
    expect(dayText('2024-01-05', 'en')).toBe('15 Dey 1402');
  });

  test('the day of an instant is its day in Tehran', () => {
    expect(instantText('2023-12-23T17:44:00Z', 'fa')).toBe('شنبه ۲ دی ۱۴۰۲، ۲۱:۱۴');
    expect(instantText('2023-12-23T20:31:00Z', 'en')).toBe('Sunday 3 Dey 1402, 00:01');
  });

  test('a Jalali date in the place of an ISO day is refused', () => {
    expect(() => dayText('1402/10/15', 'fa')).toThrow('not an ISO day');
  });
});
