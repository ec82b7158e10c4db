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

/** Rows of a grey picture, each with the byte before it that says «as it stands». */
const rows = (width: number, count: number): Buffer =>
  Buffer.alloc((width + 1) * count, Buffer.concat([Buffer.alloc(1), Buffer.alloc(width, 0x7f)]));

/** A grey picture as the standard of PNG has it, with other chunks before its data; past 30 million points only its size is true. */
export function png(width: number, height: number, more: readonly Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  const isHuge = (width + 1) * height > 30_000_000;
  return pngWith(header, deflateSync(rows(width, isHuge ? 1 : height)), more);
}

/** A PNG of any header and any data. */
export const pngWith = (header: Buffer, data: Buffer, more: readonly Buffer[] = []): Buffer =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);

/** A grey PNG that has only some of its rows, each chunk whole. */
export function fewRows(width: number, height: number, count: number): Buffer {
  const header = png(width, height).subarray(16, 29);
  return pngWith(header, deflateSync(rows(width, count)));
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

/** A PDF of one empty page; what is said stands in it as a comment. */
export function pdf(said = ''): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  let body = `%PDF-1.7\n%${said}\n`;
  const places = objects.map((content, at) => {
    const place = body.length;
    body += `${at + 1} 0 obj ${content} endobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const ending = `xref\n0 4\n0000000000 65535 f \n${places.join('')}trailer << /Size 4 /Root 1 0 R >>\n`;
  return Buffer.from(`${body}${ending}startxref\n${body.length}\n%%EOF\n`, 'latin1');
}
