import { once } from 'node:events';
import { chownSync, closeSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { assert } from '#kernel/result.ts';
import { asAccount, type Account } from './datafolder.ts';

// POSIX tar (ustar), as much of it as the files of a database need: plain files and folders with short names.
// The system's own tar is no part of what npm brings, and it stops at a file that grows while it is read.

const blockBytes = 512;
const chunkBytes = 1 << 20;

/** Writes entries one after the other, waiting where the target is slower. */
export class TarWriter {
  private readonly target: Writable;

  constructor(target: Writable) {
    this.target = target;
  }

  async folder(name: string): Promise<void> {
    await this.write(header({ name: `${name}/`, size: 0, type: '5', mode: 0o700 }));
  }

  async text(name: string, content: string | Buffer): Promise<void> {
    const bytes = Buffer.from(content);
    await this.write(header({ name, size: bytes.length, type: '0', mode: 0o600 }));
    await this.write(bytes);
    await this.pad(bytes.length);
  }

  /**
   * A file as it is now. While it is read it may be cut short or grow: what is missing is filled with zeros and
   * what is more is left out, since the log that comes with the copy makes both right again.
   */
  async file(name: string, path: string, size: number): Promise<void> {
    const file = openSync(path, 'r');
    try {
      await this.write(header({ name, size, type: '0', mode: 0o600 }));
      for (let at = 0; at < size;) {
        const chunk = Buffer.alloc(Math.min(chunkBytes, size - at));
        const got = readSync(file, chunk, 0, chunk.length, at);
        at += got === 0 ? chunk.length : got;
        await this.write(got === 0 ? chunk : chunk.subarray(0, got));
      }
      await this.pad(size);
    } finally {
      closeSync(file);
    }
  }

  /** Two empty blocks, and the end of the target. */
  async end(): Promise<void> {
    await this.write(Buffer.alloc(2 * blockBytes));
    this.target.end();
  }

  private pad(size: number): Promise<void> {
    return this.write(Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes));
  }

  private async write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return;
    if (!this.target.write(bytes)) await once(this.target, 'drain');
  }
}

type Entry = { readonly name: string; readonly size: number; readonly type: string };

/** The octal digits of a number, ended by a zero byte, in a field of `width` bytes. */
const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

function header({ name, size, type, mode }: Entry & { readonly mode: number }): Buffer {
  assert(Buffer.byteLength(name) <= 100, `a name of at most 100 bytes: ${name}`);
  const block = Buffer.alloc(blockBytes);
  block.write(name, 0, 'utf8');
  block.write(octal(mode, 8), 100, 'latin1');
  block.write(octal(0, 8), 108, 'latin1');
  block.write(octal(0, 8), 116, 'latin1');
  block.write(octal(size, 12), 124, 'latin1');
  block.write(octal(0, 12), 136, 'latin1');
  block.write(type, 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write(`${sumOf(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** The checksum of a header, in which its own eight bytes count as blanks. */
function sumOf(block: Buffer): number {
  let sum = 0;
  for (const [at, byte] of block.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum;
}

function readHeader(block: Buffer): Entry | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const field = (from: number, to: number): string => block.toString('utf8', from, to).replace(/\0.*$/s, '');
  assert(Number.parseInt(field(148, 156), 8) === sumOf(block), 'a tar header whose checksum is right');
  return {
    name: field(0, 100),
    size: Number.parseInt(field(124, 136), 8),
    type: field(156, 157),
  };
}

/** Takes bytes in portions of the size that is asked for, whatever the chunks they come in. */
class Portions {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(source: Readable) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  /** At least one byte and at most `most`; nothing at the end. */
  async some(most: number): Promise<Buffer | undefined> {
    while (this.rest.length === 0) {
      const { value, done } = await this.chunks.next();
      if (done === true) return undefined;
      this.rest = value;
    }
    const part = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(part.length);
    return part;
  }

  async exactly(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = size; left > 0;) {
      const part = await this.some(left);
      assert(part !== undefined, 'a tar file that is whole');
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
}

export type Unpacking = {
  readonly source: Readable;
  readonly into: string;
  readonly account: Account;
  /** Whether each file is on the disk before the next begins. */
  readonly durable: boolean;
  /** Called with each plain file that was written, by its name in the archive. */
  readonly written: (name: string) => void;
};

/** Writes out everything below `into`, which exists. */
export async function unpack({ source, into, account, durable, written }: Unpacking): Promise<void> {
  const portions = new Portions(source);
  const { uid, gid } = asAccount(account);
  const own = (path: string): void => {
    if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  };
  for (;;) {
    const entry = readHeader(await portions.exactly(blockBytes));
    if (entry === undefined) break;
    // No entry may lead out of the folder, whoever made the archive.
    assert(
      !entry.name.split('/').includes('..') && !entry.name.startsWith('/'),
      `a name inside: ${entry.name}`,
    );
    const path = join(into, entry.name);
    if (entry.type === '5') {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      own(path);
      continue;
    }
    assert(entry.type === '0', `a plain file: ${entry.name}`);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(path, 'wx', 0o600);
    for (let left = entry.size; left > 0;) {
      const part = await portions.some(left);
      assert(part !== undefined, 'a tar file that is whole');
      writeSync(file, part);
      left -= part.length;
    }
    if (durable) fsyncSync(file);
    closeSync(file);
    own(path);
    await portions.exactly((blockBytes - (entry.size % blockBytes)) % blockBytes);
    written(entry.name);
  }
  // The rest is read too, so that a damaged end is found.
  while ((await portions.some(chunkBytes)) !== undefined);
}
