import { type Result, ok, refused } from '#kernel/result.ts';
import { jpegStart, walkJpeg } from './jpeg.ts';
import { pngStart, walkPng } from './png.ts';

export type PictureMedia = 'image/png' | 'image/jpeg';
export type Size = { readonly media: PictureMedia; readonly width: number; readonly height: number };

/** A picture that was walked through: what it measures, and the stretches of its bytes that say how it looks. */
export type Picture = {
  readonly size: Size;
  readonly shown: readonly (readonly [from: number, to: number])[];
};

export type PictureLimits = {
  /** More points than this would only be a way to exhaust whoever draws the picture. */
  readonly mostPixels: number;
  /** Whether what cameras write behind a JPEG may stand there: smaller pictures, a film, their own notes. */
  readonly ofCamera: boolean;
};

export type PictureRefusal = { readonly kind: 'ImageBroken' } | { readonly kind: 'ImageTooWide' };

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

const letters = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** Whether what stands behind a JPEG was written by a camera: zeros, one more picture, a film, Samsung's notes. */
function isOfCamera(bytes: Uint8Array): boolean {
  const from = bytes.findIndex((byte) => byte !== 0);
  if (from === -1) return true;
  if (letters(bytes.subarray(-4)) === 'SEFT' || letters(bytes.subarray(4, 8)) === 'ftyp') return true;
  const rest = bytes.subarray(from);
  const next = startsWith(rest, jpegStart) ? walkJpeg(rest) : undefined;
  return next !== undefined && isOfCamera(rest.subarray(next.end));
}

function jpegOf(bytes: Uint8Array, ofCamera: boolean): Picture | undefined {
  const walked = walkJpeg(bytes);
  if (walked === undefined) return undefined;
  const behind = bytes.subarray(walked.end);
  return behind.length === 0 || (ofCamera && isOfCamera(behind)) ? walked : undefined;
}

/**
 * What a picture is by its content, walked through to its last byte: a page that begins like a picture is none, nor is
 * one that was cut off on its way or has something behind it.
 */
export async function pictureOf(
  bytes: Uint8Array,
  { mostPixels, ofCamera }: PictureLimits,
): Promise<Result<Picture, PictureRefusal>> {
  const png = startsWith(bytes, pngStart) ? walkPng(bytes) : undefined;
  const found = png ?? (startsWith(bytes, jpegStart) ? jpegOf(bytes, ofCamera) : undefined);
  if (found === undefined || found.size.width === 0 || found.size.height === 0)
    return refused({ kind: 'ImageBroken' });
  if (found.size.width * found.size.height > mostPixels) return refused({ kind: 'ImageTooWide' });
  if (png !== undefined && !(await png.isFilled())) return refused({ kind: 'ImageBroken' });
  const { size, shown } = found;
  return ok({ size, shown });
}

/** A picture without anything that does not show: where it was taken, when, by whom and with what. */
export function cleaned(bytes: Uint8Array, { shown }: Picture): Uint8Array {
  return Buffer.concat(shown.map(([from, to]) => bytes.subarray(from, to)));
}
