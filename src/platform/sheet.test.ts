import { describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { dayFromIso } from '#kernel/day.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { SheetColumn } from './cell.ts';
import { ProblemError } from './problem.ts';
import { readSheet, writeSheet, type SheetFormat } from './sheet.ts';

const columns = [
  { key: 'number', title: { fa: 'شمارهٔ تصویب', en: 'Award number' }, kind: 'code', needed: true },
  { key: 'amount', title: { fa: 'مبلغ (ریال)', en: 'Amount (rials)' }, kind: 'rial', needed: true },
  { key: 'paidOn', title: { fa: 'روز پرداخت', en: 'Paid on' }, kind: 'day' },
  { key: 'note', title: { fa: 'شرح', en: 'Note' }, also: ['توضیحات'], kind: 'text' },
] as const satisfies readonly SheetColumn[];
type Key = (typeof columns)[number]['key'];
type Row = Record<Key, string | null>;

const name = { fa: 'فهرست بانک', en: 'Bank list' };
const written = (rows: readonly Row[], format: SheetFormat, language: 'fa' | 'en' = 'fa') =>
  writeSheet({ format, name, language, columns, rows });
const lines = (text: string) => readSheet(Buffer.from(text), { columns });
const book = (
  rows: (string | number | Date | null)[][],
  cells?: Map<string, { formula: string; formulaResult: number }>,
) => writeXlsx({ sheets: [{ name: 'a', rows, ...(cells === undefined ? {} : { cells }) }] });

const kindOf = async (reading: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof ProblemError ? thrown.facts.kind : `no problem: ${String(thrown)}`;
};

const heading = ['شمارهٔ تصویب', 'مبلغ (ریال)', 'روز پرداخت', 'شرح'];
const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  number: fc.stringMatching(/^[A-Z0-9][A-Z0-9/-]{0,12}$/),
  amount: fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }).map(String),
  paidOn: fc.option(
    fc
      .date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  ),
  note: fc.option(
    fc.constantFrom('=1+1', '+A1', '-2', '@x', '=HYPERLINK("http://a","b")', 'می‌شود، «نقل»', 'a;b', '"'),
  ),
});

describe('a sheet', () => {
  it.each(['xlsx', 'csv'] as const)(
    'gives back to the rial, the day and the letter what was written as %s',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(rowArbitrary, { minLength: 1, maxLength: 8 }),
          fc.constantFrom('fa', 'en'),
          async (rows, language) => {
            const read = await readSheet(await written(rows, format, language), { columns });
            expect(read.flatMap(({ faults }) => faults)).toEqual([]);
            expect(read.map(({ cells }) => cells)).toEqual(rows);
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it('is read by another program: right to left, sums as numbers, and no cell a formula', async () => {
    const rows: Row[] = [
      { number: '0012', amount: '999999999999999', paidOn: '2024-03-19', note: '=cmd|calc' },
      { number: '7', amount: '9007199254740993', paidOn: null, note: null },
    ];
    const other = new ExcelJS.Workbook();
    await other.xlsx.load(new Uint8Array(await written(rows, 'xlsx')).buffer);
    const sheet = other.worksheets[0];
    expect(sheet?.views[0]?.rightToLeft).toBe(true);
    expect(sheet?.getRow(1).values).toEqual([undefined, ...heading]);
    expect(sheet?.getRow(2).values).toEqual([
      undefined,
      '0012',
      999_999_999_999_999,
      '1402/12/29',
      '=cmd|calc',
    ]);
    expect(sheet?.getCell('D2').type).toBe(ExcelJS.ValueType.String);
    // Past fifteen digits a number would lose its last ones.
    expect(sheet?.getCell('B3').value).toBe('9007199254740993');
  });

  it('reads what another program wrote', async () => {
    const other = new ExcelJS.Workbook();
    const sheet = other.addWorksheet('برگهٔ ۱');
    sheet.addRow(['فهرست پرداخت بانک نمونه']);
    sheet.addRow(['ردیف', ...heading]);
    sheet.addRow([1, 'A-1', 1_500_000, new Date(Date.UTC(2024, 2, 19)), 'نخست']);
    const [row] = await readSheet(new Uint8Array(await other.xlsx.writeBuffer()), { columns });
    expect(row?.line).toBe(3);
    expect(row?.cells).toEqual({ number: 'A-1', amount: '1500000', paidOn: '2024-03-19', note: 'نخست' });
  });

  it('guards a .csv against being taken for formulas, and takes the guard off again', async () => {
    const row: Row = { number: '1', amount: '-5', paidOn: null, note: '=1+1' };
    const text = (await written([row], 'csv')).toString('utf8');
    expect(text).toContain(`1,-5,,'=1+1`);
    expect((await lines(text))[0]?.cells).toEqual(row);
  });

  it('reads digits of three scripts, Jalali and Gregorian days, other separators and an old code page', async () => {
    const [row] = await lines('شماره تصویب;مبلغ (ريال);روز پرداخت;توضيحات\n۱۲/الف;١٬٥٠٠٬٠٠٠;۱۴۰۲/۵/۳۱;متن\n');
    expect(row?.cells).toEqual({ number: '12/الف', amount: '1500000', paidOn: '2023-08-22', note: 'متن' });
    expect(dayFromIso('2023-08-22')).toBe('1402-05-31');
    const old = Buffer.concat([
      Buffer.from('Award number,Amount (rials),Note\n1,2,'),
      Buffer.from([0xc7, 0xe1, 0x0a]),
    ]);
    expect((await readSheet(old, { columns }))[0]?.cells.note).toBe('ال');
    const wide = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('Award number\tAmount (rials)\n1\t2\n', 'utf16le'),
    ]);
    expect((await readSheet(wide, { columns }))[0]?.cells.amount).toBe('2');
  });

  it('names the cell and the rule of what is wrong, and keeps what was written', async () => {
    const text =
      'Award number,Amount (rials),Paid on\n,1.5,1402/13/01\n1,abc,2024-02-30\n2,12345678901234567890,\n';
    const rows = await lines(text);
    const faults = rows.map((row) => row.faults.map(({ column, rule }) => `${column} ${rule}`));
    expect(faults).toEqual([
      ['number needed', 'amount whole', 'paidOn day'],
      ['amount whole', 'paidOn day'],
      ['amount whole'],
    ]);
    expect(rows[1]?.faults[0]?.fa).toContain('«abc»');
    expect(rows[1]?.written).toMatchObject({ number: '1', amount: 'abc', paidOn: '2024-02-30' });
  });

  it('takes no value of a formula, whatever the file claims for it, and no number that lost its last digits', async () => {
    const sheet = await book(
      [heading, ['1', null, null, null], ['2', 1_234_567_890_123_456, null, null]],
      new Map([['1,1', { formula: 'SUM(1,2)', formulaResult: 3 }]]),
    );
    const rows = await readSheet(sheet, { columns });
    expect(rows.map(({ faults }) => faults.map(({ rule }) => rule))).toEqual([['formula'], ['long_number']]);
    expect(rows[0]?.cells.amount).toBeNull();
  });

  it('refuses what is no sheet, has no row, misses or repeats a column, or has too many rows', async () => {
    const many = `Award number,Amount (rials)\n${'1,2\n'.repeat(30)}`;
    expect(await kindOf(lines('Award number,Amount (rials)\n'))).toBe('SheetEmpty');
    expect(await kindOf(lines(''))).toBe('SheetEmpty');
    expect(await kindOf(lines('Award number,Sum\n1,2\n'))).toBe('ColumnMissing');
    expect(await kindOf(lines('Award number,Amount (rials),شمارهٔ تصویب\n1,2,3\n'))).toBe('ColumnTwice');
    expect(await kindOf(lines('Award number,"Amount (rials)\n1,2\n'))).toBe('QuoteAstray');
    await expect(lines('Award number,Amount (rials)\n1,2\n3,a "quoted" 4\n5,6\n')).rejects.toMatchObject({
      facts: { kind: 'QuoteAstray', field: 'file', rule: 'quote', facts: { line: 3 } },
    });
    const named = { columns, fileName: 'list.XLSX' };
    expect(await kindOf(readSheet(Buffer.from('not a zip'), named))).toBe('NotAnXlsx');
    expect(await kindOf(lines('Award number\0'))).toBe('NotASheet');
    expect(await kindOf(readSheet(Buffer.from('PK\x03\x04 and no more'.padEnd(60)), { columns }))).toBe(
      'NotASheet',
    );
    expect(await kindOf(readSheet(Buffer.from(many), { columns, mostRows: 29 }))).toBe('TooManyRows');
    expect(await readSheet(Buffer.from(many), { columns, mostRows: 30 })).toHaveLength(30);
  });

  it('refuses an archive that swells, before unpacking it', async () => {
    const sheet = Buffer.from(await book([heading, ['1', 2, null, null]]));
    const entry = sheet.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    sheet.writeUInt32LE(1_000_000_000, entry + 24);
    expect(await kindOf(readSheet(sheet, { columns }))).toBe('SheetTooLarge');
  });

  it('reads and writes 20,000 rows in a few seconds', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at): Row => ({
      number: persianDigits(String(at)),
      amount: String(at * 1_000_003),
      paidOn: '2024-03-19',
      note: 'پرداخت قسط نخست',
    }));
    const start = performance.now();
    const read = await readSheet(await written(rows, 'xlsx'), { columns });
    expect(read).toHaveLength(20_000);
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});
