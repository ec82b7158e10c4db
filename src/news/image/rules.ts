import { type Result, ok, refused } from '#kernel/result.ts';
import { type ImageRefusal, type Size, mostPixels } from './contract.ts';
import { jpegStart, walkJpeg } from './jpeg.ts';
import { pngStart, walkPng } from './png.ts';

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** A picture as it is kept: what it measures, and its bytes without anything that does not show. */
export type Picture = { readonly size: Size; readonly bytes: Uint8Array };

/**
 * What a picture is by its content, walked through to its last byte: a page that begins like a picture is none, nor is
 * one with something behind it. Where it was taken, when, by whom and with what is cut out.
 */
export function pictureOf(bytes: Uint8Array): Result<Picture, ImageRefusal> {
  const walked = startsWith(bytes, pngStart)
    ? walkPng(bytes)
    : startsWith(bytes, jpegStart)
      ? walkJpeg(bytes)
      : undefined;
  if (walked === undefined || walked.size.width === 0 || walked.size.height === 0)
    return refused({ kind: 'ImageBroken', field: 'file' });
  const { size, kept } = walked;
  const { width, height } = size;
  if (width * height > mostPixels) return refused({ kind: 'ImageTooWide', field: 'file', width, height });
  const stretches = kept.map(([from, to]) => bytes.subarray(from, to));
  const whole = new Uint8Array(stretches.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const stretch of stretches) {
    whole.set(stretch, at);
    at += stretch.length;
  }
  return ok({ size, bytes: whole });
}
