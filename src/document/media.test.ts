import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { write } from 'hucre';
import { fileNameOf, fitsName, mediaTypeOf } from './media.ts';
import { sizeOf } from './words.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
/** A zip of empty files: a beginning, its table of contents and its end. */
function zipOf(...names: readonly string[]): Uint8Array {
  const start = Buffer.from('PK\u0003\u0004');
  const entries = names.map((name) => {
    const entry = Buffer.alloc(46 + name.length);
    entry.write('PK\u0001\u0002', 'latin1');
    entry.writeUInt16LE(name.length, 28);
    entry.write(name, 46, 'latin1');
    return entry;
  });
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(start.length, 16);
  return new Uint8Array(Buffer.concat([start, ...entries, end]));
}

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);

describe('what a content is', () => {
  test('is told by its signature, whatever it is called', () => {
    for (const name of ['scan.pdf', 'scan.png', 'scan', 'scan.exe']) {
      expect(mediaTypeOf(bytesOf('%PDF-1.7\n'), name)).toBe('application/pdf');
      expect(mediaTypeOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), name)).toBe('image/jpeg');
      expect(mediaTypeOf(png, name)).toBe('image/png');
    }
    expect(mediaTypeOf(bytesOf('<html>'), 'scan.pdf')).toBeUndefined();
    expect(mediaTypeOf(bytesOf('MZ\u0000'), 'list.csv')).toBeUndefined();
    expect(mediaTypeOf(bytesOf('a,b\n۱,۲\n'), 'list.csv')).toBe('text/csv');
    expect(mediaTypeOf(bytesOf('a,b\n۱,۲\n'), 'list.txt')).toBeUndefined();
  });

  test('a workbook is one when it holds a sheet and no macro; another zip or half of one is none', async () => {
    const book = new Uint8Array(await write({ sheets: [{ name: 'برگه', rows: [['نام', 'مبلغ']] }] }));
    const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    expect(mediaTypeOf(book, 'list.xlsx')).toBe(sheet);
    expect(mediaTypeOf(book.subarray(0, book.length - 40), 'list.xlsx')).toBeUndefined();
    expect(mediaTypeOf(zipOf('xl/workbook.xml'), 'list.xlsx')).toBe(sheet);
    expect(mediaTypeOf(zipOf('xl/workbook.xml', 'xl/vbaProject.bin'), 'list.xlsx')).toBeUndefined();
    expect(mediaTypeOf(zipOf('word/document.xml'), 'list.xlsx')).toBeUndefined();
  });

  test('no bytes whatever make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, zip) => {
        const tried = zip ? Uint8Array.of(0x50, 0x4b, 3, 4, ...bytes, 0x50, 0x4b, 5, 6, ...bytes) : bytes;
        const found = mediaTypeOf(tried, 'x.csv');
        expect(found === undefined || fitsName(found, '')).toBe(true);
      }),
    );
  });
});

describe('the name of a download', () => {
  test('has no path, no mark that turns it around, and its extension', () => {
    expect(fileNameOf('../../etc/کارت ملی', 'image/jpeg')).toBe('..-..-etc-کارت ملی.jpg');
    expect(fileNameOf('a\u202egpj.exe\u0000.pdf', 'application/pdf')).toBe('agpj.exe.pdf');
    expect(fileNameOf('', 'text/csv')).toBe('file.csv');
  });
});

test('a size is said in whole kilobytes, and from one megabyte on in megabytes', () => {
  expect([1, 40_000, 1_572_864].map((bytes) => [sizeOf(bytes).value, sizeOf(bytes).unit.fa])).toEqual([
    ['1', 'کیلوبایت'],
    ['40', 'کیلوبایت'],
    ['1.5', 'مگابایت'],
  ]);
});
