import { crc32, deflateSync } from 'node:zlib';

/** A chunk of a PNG with its checksum. */
export function chunk(kind: string, bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const content = Buffer.concat([Buffer.from(kind, 'latin1'), bytes]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, checksum]);
}

/** A grey picture as the standard of PNG has it, with other chunks before its data; of a huge one only the size is true. */
export function png(width: number, height: number, more: readonly Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', deflateSync(Buffer.alloc(Math.min((width + 1) * height, 10_000), 0x7f).fill(0, 0, 1))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A segment of a JPEG with its length. */
export function segment(kind: number, bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length + 2);
  return Buffer.concat([Buffer.from([0xff, kind]), length, bytes]);
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
/** A table of one code: the bit 0 says «nothing». */
const table = (place: number): Buffer => segment(0xc4, Buffer.from([place, 1, ...zeros(15), 0]));

/** A grey picture as the standard of JPEG has it, with other segments at its head; true to 16 × 8 points. */
export function jpeg(width: number, height: number, more: readonly Buffer[] = []): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...more,
    segment(0xdb, Buffer.from([0, ...Buffer.alloc(64, 1)])),
    segment(0xc0, frame),
    table(0x00),
    table(0x10),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([width > 8 ? 0x0f : 0x3f, 0xff, 0xd9]),
  ]);
}
