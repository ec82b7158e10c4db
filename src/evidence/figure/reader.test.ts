import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cardinalWords,
  groupedDigits,
  latinDigits,
  mixedNumber,
  ordinalWords,
  persianDigits,
} from '#kernel/persian.ts';
import type { Figure } from './figure.ts';
import * as forms from '#testing/forms.ts';
import { readFigures } from './reader.ts';
import * as wordings from '#testing/wordings.ts';

const said = (figure: Figure): string =>
  [
    figure.baseKind === null ? figure.kind : `${figure.kind}/${figure.baseKind}`,
    figure.upper === null ? figure.value : `${figure.value}..${figure.upper}`,
    ...(figure.valueRial === null
      ? []
      : [`=${figure.valueRial}${figure.upperRial === null ? '' : `..${figure.upperRial}`}`]),
    ...(figure.approx === 'exact' ? [] : [figure.approx]),
    ...(figure.date === null ? [] : [`@${figure.date}`]),
    ...(figure.fraction === null || figure.unit !== 'کسر' ? [] : [`frac ${figure.fraction}`]),
  ].join(' ');

const { formsOf: _formsOf, ...quantities } = forms;
const tables = { ...quantities, ...wordings };
const all = Object.values(tables).flat();

const values = (text: string): string[] => readFigures(text).map(said);

const inArabic = (text: string): string =>
  latinDigits(text).replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)));

const sliced = (text: string): void => {
  const points = Array.from(text);
  let last = 0;
  for (const figure of readFigures(text)) {
    for (const span of [figure, figure.number, ...(figure.qualifier === null ? [] : [figure.qualifier])]) {
      expect(points.slice(span.start, span.end).join('')).toBe(span.text);
      expect(span.start).toBeLessThan(span.end);
    }
    expect(figure.start).toBeGreaterThanOrEqual(last);
    last = figure.end;
  }
};

const read = (written: string): string => {
  const [first, ...rest] = readFigures(`${written} نفر`);
  expect(rest, written).toEqual([]);
  expect(first?.kind, written).toBe('count');
  return first?.value ?? 'nothing';
};

const facts = (figure: Figure | undefined): unknown =>
  figure && [
    figure.value,
    figure.upper,
    figure.valueRial,
    figure.kind,
    figure.baseKind,
    figure.approx,
    figure.isQuantity,
    figure.date,
  ];

describe.each(Object.entries(tables))('%s', (_name, table) => {
  test.each(table)('$text', ({ text, figures }) => {
    expect(readFigures(text).map(said)).toEqual(figures);
  });
});

describe('a figure does not change with the print', () => {
  test('Persian, Arabic and Latin digits', () => {
    for (const { text } of all) {
      if (/[a-z]/i.test(text)) continue;
      expect(values(latinDigits(text)), text).toEqual(values(text));
      expect(values(persianDigits(text)), text).toEqual(values(text));
      expect(values(inArabic(text)), text).toEqual(values(text));
    }
  });

  test('Arabic letters, tatweel, diacritics, direction marks and doubled spaces', () => {
    for (const { text } of all) {
      expect(values(text.replaceAll('ی', 'ي').replaceAll('ک', 'ك')), text).toEqual(values(text));
      expect(values(text.replaceAll('ی', 'ى')), text).toEqual(values(text));
      expect(values(text.replaceAll(/(?<=[سشصبتنیلکهم])(?=[\u0620-\u064a])/g, 'ـ')), text).toEqual(
        values(text),
      );
      expect(values(text.replaceAll(/(?<=[\u0627-\u064a])(?=[\u0627-\u064a])/g, '\u064e')), text).toEqual(
        values(text),
      );
      expect(values(text.replaceAll(' ', '  ')), text).toEqual(values(text));
      expect(values(text.replaceAll(' ', '\u00a0')), text).toEqual(values(text));
      expect(values(`\ufeff\u202b${text}\u202c`), text).toEqual(values(text));
    }
  });

  test('a sentence around it', () => {
    for (const { text } of all) {
      const alone = values(text);
      // «۱- صدور» numbers a line only at its head.
      if (!/^.[-).]/.test(text)) expect(values(`وی گفت: «${text}» و ادامه داد`), text).toEqual(alone);
      expect(values(`خبر.\n${text}\nپایان`), text).toEqual(alone);
    }
  });
});

describe('offsets', () => {
  test('count code points, in order and without overlap, in any mixture of forms and emoji', () => {
    const piece = fc.oneof(
      fc.constantFrom(...all.map(({ text }) => text)),
      fc.constantFrom('😀', '👨‍👩‍👧', ' ', '\n', '. ', '، ', '𐎠', ' و ', ' تا ', 'از ', ' در ', '\ud800', '‌'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        sliced(pieces.join(''));
      }),
      { numRuns: 1500 },
    );
  });

  test('any string has an answer', () => {
    const letters = 'هزار و از تا یک دو سه درصد ۱۲۳456٤٥.,،/-:%٪()«»\n\u200c\u200f\u0640';
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from(letters)), maxLength: 80 }), (text) => {
        sliced(text);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('every number below 10^18 that the house writes is read back', () => {
  const numbers = fc.oneof(
    fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
    fc.integer({ min: 0, max: 2_000_000 }).map(BigInt),
    // Sparse numbers, whose words leave groups out.
    fc
      .array(fc.constantFrom('0', '00', '000', '1', '9', '10', '100', '500'), { minLength: 1, maxLength: 8 })
      .map((parts) => BigInt(parts.join('').slice(0, 18))),
  );

  test.each<[string, (value: bigint) => string]>([
    ['words', cardinalWords],
    ['words with half-spaces', (value) => cardinalWords(value).replaceAll(' ', '\u200c')],
    ['digits and scales', mixedNumber],
    ['Latin digits and scales', (value) => latinDigits(mixedNumber(value))],
    [
      'digits and scales without spaces',
      (value) => mixedNumber(value).replaceAll(/(?<=[۰-۹]) | (?=[۰-۹])/g, ''),
    ],
    ['separated digits', groupedDigits],
    ['Latin digits with commas', (value) => latinDigits(groupedDigits(value)).replaceAll('٬', ',')],
    ['Persian digits with Persian commas', (value) => groupedDigits(value).replaceAll('٬', '،')],
    ['Arabic digits', (value) => inArabic(String(value))],
    ['Latin digits', String],
    ['Persian digits', (value) => persianDigits(String(value))],
  ])('in %s', (_, write) => {
    fc.assert(
      fc.property(numbers, (value) => {
        expect(read(write(value))).toBe(String(value));
      }),
      { numRuns: 1000 },
    );
  });

  test('as an ordinal before and after its noun', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 999_999n }), (value) => {
        expect(readFigures(`${ordinalWords(value, 'before')} جشنواره`).map(said)).toEqual([
          `ordinal ${value}`,
        ]);
        // «پانصد هزارم» after a noun is as well 500/1000; it is read as the fraction.
        if (value % 1000n === 0n) return;
        expect(readFigures(`رتبه ${ordinalWords(value)}`).map(said)).toEqual([`ordinal ${value}`]);
      }),
      { numRuns: 1000 },
    );
  });

  test('as money, with decimals', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 6n }), fc.integer({ min: 1, max: 999 }), (whole, part) => {
        const decimal = `${whole}.${String(part).padStart(3, '0').replace(/0+$/, '')}`;
        const [figure] = readFigures(`${groupedDigits(decimal)} میلیارد تومان`);
        expect(figure?.valueRial).toBe(String(whole * 10n ** 10n + BigInt(part) * 10n ** 7n));
      }),
    );
  });
});

describe('the statements as published', () => {
  type Row = {
    source: string;
    phrase: string;
    span: string | null;
    start: number;
    end: number;
    value: string;
    alt_value: string | null;
    upper: string | null;
    value_rial: string | null;
    kind: string;
    base_kind: string | null;
    approx: string;
    is_quantity: boolean;
    date: string | null;
  };
  const folder = new URL('../../../../shared/statements/', import.meta.url);
  const rows = (file: string): Row[] =>
    readFileSync(new URL(file, folder), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const row: Row = JSON.parse(line);
        return row;
      });
  const here = existsSync(folder);
  const wanted = (row: Row, value: string): unknown => [
    value,
    row.upper,
    row.value_rial,
    row.kind,
    row.base_kind,
    row.approx,
    row.is_quantity,
    row.date,
  ];

  test.skipIf(!here)('45 figures of two statements, none more (skipped without ../shared)', () => {
    for (const source of ['alborz.txt', 'lorestan.txt']) {
      const found = readFigures(readFileSync(new URL(source, folder), 'utf8'));
      const expected = rows('figures.jsonl').filter((row) => row.source === source);
      for (const row of expected) {
        const there = found.filter(({ start, end }) => start < row.end && row.start < end);
        expect(there.map(facts), row.phrase).toEqual([wanted(row, row.value)]);
      }
      expect(found.length).toBe(expected.length);
    }
  });

  test.skipIf(!here)('150 phrases of other directorates (skipped without ../shared)', () => {
    for (const row of rows('phrases.jsonl')) {
      const from =
        row.span === null ? 0 : Array.from(row.phrase.slice(0, row.phrase.indexOf(row.span))).length;
      const to = from + Array.from(row.span ?? row.phrase).length;
      const figure = readFigures(row.phrase).find(({ start, end }) => start < to && from < end);
      const value = figure?.value === row.alt_value ? row.alt_value : row.value;
      expect(facts(figure), row.phrase).toEqual(wanted(row, value ?? row.value));
    }
  });
});

describe('time grows with the text and no faster', () => {
  const MILLION = 1_000_000;
  const fill = (piece: string): string => piece.repeat(Math.ceil(MILLION / piece.length)).slice(0, MILLION);
  // A generator with a fixed seed: the same text in every run.
  const noise = (limit: number): string => {
    let state = 7;
    const units: number[] = [];
    for (let at = 0; at < MILLION; at += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      units.push(state % limit);
    }
    const parts: string[] = [];
    for (let at = 0; at < MILLION; at += 5000) parts.push(String.fromCharCode(...units.slice(at, at + 5000)));
    return parts.join('');
  };

  test.each<[string, string]>([
    ['one digit', fill('۷')],
    ['one digit and commas', fill('7,')],
    ['one digit and dashes', fill('7-')],
    ['thousands', fill('هزار و ')],
    ['unbroken thousands', fill('هزارو')],
    ['froms', fill('از ')],
    ['unbroken froms', fill('از')],
    ['spaces', fill(' ')],
    ['line breaks', fill('\n')],
    ['half-spaces', fill('\u200c')],
    ['tatweel', fill('ـ')],
    ['tatweel between digits', fill('۷ـ')],
    ['one number word', fill('صد')],
    ['numbers in a list', fill('۵ و ')],
    ['ordinals', fill('سوم و ')],
    ['ranges', fill('۵ تا ')],
    ['legal units', fill('بند ب ')],
    ['years', fill('سال ۹۸ و ')],
    ['quotes', fill('«')],
    ['percent signs', fill('٪')],
    ['Latin letters', fill('a')],
    ['addresses', fill('http://a.b/')],
    ['Shebas', fill('IR 1 ')],
    ['every UTF-16 unit, lone surrogates too', noise(65_536)],
    ['Arabic script', noise(0x700)],
    ['emoji', fill('😀۵ ')],
    ['joined emoji and marks', fill('👨‍👩‍👧\u064b\u202b۵')],
  ])('a million of %s', (_, text) => {
    const began = performance.now();
    readFigures(text);
    // 10 to 100 times what it takes; a quadratic step would take minutes.
    expect(performance.now() - began).toBeLessThan(18_000);
  });
});

test('a sign that nobody sees parts no number', () => {
  for (const unseen of [
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\u00ad',
    '\ufe0f',
    '\u034f',
    '\u3164',
    '\u061c',
  ])
    expect(values(`۹${unseen}۹۹ میلیارد تومان`), JSON.stringify(unseen)).toEqual(values('۹۹۹ میلیارد تومان'));
});
