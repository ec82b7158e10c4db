import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { figuresOfText, printFiguresOfFile, printFiguresOfLines } from './command.ts';

/** A slow reader that keeps what it was given. */
function collector(): { out: Writable; text: () => string } {
  const parts: string[] = [];
  const out = new Writable({
    highWaterMark: 64,
    decodeStrings: false,
    write(chunk, _encoding, done) {
      parts.push(String(chunk));
      setImmediate(() => {
        done();
      });
    },
  });
  return { out, text: () => parts.join('') };
}

const failing = (code: string): Writable =>
  new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(code), { code }));
    },
  });
const input = (): Readable => Readable.from(Array.from({ length: 1000 }, () => '۵ نفر\n'));

async function lines(...chunks: (string | Uint8Array)[]): Promise<string[][]> {
  const { out, text } = collector();
  await printFiguresOfLines({ input: Readable.from(chunks, { objectMode: true }), out });
  return text()
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const records: { value: string }[] = JSON.parse(line);
      return records.map(({ value }) => value);
    });
}

describe('karsaz figures', () => {
  test('a record has these keys in this order, with strings for numbers', () => {
    expect(JSON.stringify(figuresOfText('بیش از ۹۷ میلیارد تومان')[0])).toBe(
      '{"start":0,"end":23,"text":"بیش از ۹۷ میلیارد تومان","value":"97000000000","upper":null,' +
        '"value_rial":"970000000000","kind":"money","unit":"تومان","approx":"at_least","noun":null,' +
        '"change":"none","date":null,"is_quantity":true}',
    );
  });

  test('prints a file as JSON lines, and refuses one that is not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'karsaz-figures-'));
    const path = join(folder, 'statement.txt');
    await writeFile(path, 'در سال ۹۳ با ۵۰ خانواده دیدار شد.\n😀 ۱۵ جلسه با ۲۶۲ مصوبه');
    const { out, text } = collector();
    expect(await printFiguresOfFile({ path, out })).toEqual({ ok: true, value: undefined });
    const records = text()
      .trim()
      .split('\n')
      .map((line) => {
        const record: { value: string; start: number } = JSON.parse(line);
        return [record.value, record.start];
      });
    expect(records).toEqual([
      ['1393', 3],
      ['50', 13],
      ['15', 36],
      ['262', 47],
    ]);
    await rm(folder, { recursive: true });
    expect(await printFiguresOfFile({ path, out })).toEqual({
      ok: false,
      refusal: { kind: 'FileUnreadable', path, reason: 'ENOENT' },
    });
  });
});

describe('karsaz figures --lines', () => {
  test('answers each line in its place, an empty one with []', async () => {
    expect(await lines('۵ نفر\n\n۷ و ۹ نفر\n')).toEqual([['5'], [], ['7', '9']]);
    expect(await lines('')).toEqual([]);
    expect(await lines('\n')).toEqual([[]]);
    expect(await lines('۵ نفر')).toEqual([['5']]);
  });

  test('carriage returns and a byte order mark belong to no text', async () => {
    const { out, text } = collector();
    await printFiguresOfLines({ input: Readable.from([Buffer.from('\ufeff۵ نفر\r\n\r\n۶ نفر\r\n')]), out });
    expect(text().split('\n')[0]).toContain('"start":0,"end":5,"text":"۵ نفر"');
    expect(await lines('۵ نفر\r\n\r\n')).toEqual([['5'], []]);
  });

  test('letters cut between chunks, and lines of a megabyte in small chunks', async () => {
    const bytes = Buffer.from('۱۲۳ نفر\n۴۵ نفر');
    expect(await lines(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual([['123'], ['45']]);
    const long = Buffer.from(`${'کار '.repeat(150_000)}۷ نفر\n`);
    const chunks = Array.from({ length: Math.ceil(long.length / 1000) }, (_, at) =>
      long.subarray(at * 1000, (at + 1) * 1000),
    );
    expect(await lines(...chunks)).toEqual([['7']]);
  });

  test('bytes that are no UTF-8 do not stop it', async () => {
    expect(await lines(Uint8Array.of(0xff, 0xfe, 0x0a), Buffer.from('۵ نفر\n'))).toEqual([[], ['5']]);
  });

  test('ends quietly when the reader has gone, and says any other failure', async () => {
    await expect(printFiguresOfLines({ input: input(), out: failing('EPIPE') })).resolves.toBeUndefined();
    await expect(printFiguresOfLines({ input: input(), out: failing('ENOSPC') })).rejects.toThrow('ENOSPC');
  });
});
