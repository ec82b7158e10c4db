import { type Result, ok, refused } from '#kernel/result.ts';
import { type ImageRefusal, type Size, mostPixels } from './contract.ts';

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The first part of a PNG is its header, with width and height; the last is its end. */
function pngSize(bytes: Uint8Array): Size | undefined {
  const view = viewOf(bytes);
  if (bytes.length < 45 || view.getUint32(12) !== 0x49_48_44_52) return undefined;
  if (view.getUint32(bytes.length - 8) !== 0x49_45_4e_44) return undefined;
  return { media: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** Of the parts of a JPEG those of the kinds C0 to CF hold its size, but for tables (C4, CC) and C8. */
const holdsSize = (kind: number): boolean =>
  kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc;

function jpegSize(bytes: Uint8Array): Size | undefined {
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const kind = view.getUint8(at + 1);
    if (holdsSize(kind))
      return { media: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** What a picture is by its content; a page or a script that is called `.png` is none. */
export function sizeOf(bytes: Uint8Array): Result<Size, ImageRefusal> {
  const size = startsWith(bytes, pngStart)
    ? pngSize(bytes)
    : startsWith(bytes, [0xff, 0xd8, 0xff])
      ? jpegSize(bytes)
      : undefined;
  if (size === undefined || size.width === 0 || size.height === 0)
    return refused({ kind: 'ImageBroken', field: 'file' });
  const { width, height } = size;
  return width * height > mostPixels
    ? refused({ kind: 'ImageTooWide', field: 'file', width, height })
    : ok(size);
}
