import { createInflate } from 'node:zlib';
import type { Picture, Size } from './picture.ts';

/** The first eight bytes of every PNG. */
export const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** What a chunk has around its content: its length, its kind and its checksum. */
const aroundChunk = 12;
const headerLength = 13;

/** Chunks that say how the picture looks. Any other may be left out, and may tell of a person: words, places, days. */
const shown = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT']);

/** Bits of a sample that each kind of colour may have, as the standard has them. */
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) === 0 ? rest >>> 1 : (rest >>> 1) ^ 0xed_b8_83_20;
  return rest;
});

/** The checksum by which a PNG tells that a chunk is whole. */
export function checksumOf(bytes: Uint8Array): number {
  let rest = 0xff_ff_ff_ff;
  for (const byte of bytes) rest = (remainders[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
}

type Chunk = { readonly kind: string; readonly from: number; readonly to: number; readonly length: number };

/** The chunks from the first to the last byte; undefined where one is broken or anything stands behind them. */
function chunksOf(bytes: Uint8Array): Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let from: number = pngStart.length;
  while (from < bytes.length) {
    if (from + aroundChunk > bytes.length) return undefined;
    const length = view.getUint32(from);
    const to = from + aroundChunk + length;
    if (to > bytes.length) return undefined;
    const kind = String.fromCharCode(...bytes.subarray(from + 4, from + 8));
    if (!/^[A-Za-z]{4}$/.test(kind)) return undefined;
    if (view.getUint32(to - 4) !== checksumOf(bytes.subarray(from + 4, to - 4))) return undefined;
    chunks.push({ kind, from, to, length });
    from = to;
  }
  return chunks;
}

/** Whether chunks stand in an order in which a picture can be read out of them. */
function isInOrder(chunks: readonly Chunk[], colour: number): boolean {
  const kinds = chunks.map(({ kind }) => kind);
  const [first, last] = [kinds.indexOf('IDAT'), kinds.lastIndexOf('IDAT')];
  const data = chunks.slice(first, last + 1);
  const palette = kinds.indexOf('PLTE');
  const once = ['IHDR', 'PLTE', 'IEND'].every((kind) => kinds.indexOf(kind) === kinds.lastIndexOf(kind));
  return (
    once &&
    kinds.at(-1) === 'IEND' &&
    chunks.at(-1)?.length === 0 &&
    first !== -1 &&
    data.every(({ kind }) => kind === 'IDAT') &&
    data.some(({ length }) => length > 0) &&
    palette < first &&
    (colour !== 3 || palette !== -1) &&
    // A kind in capitals may not be passed over, and there are no others: whoever draws the picture would give up.
    kinds.every((kind) => shown.has(kind) || /^[a-z]/.test(kind))
  );
}

/** Samples of a point, by the kind of colour. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Where each of the seven passes of an interlaced picture begins, and how far apart its points are. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

type Header = Pick<Size, 'width' | 'height'> & {
  readonly depth: number;
  readonly colour: number;
  readonly isInterlaced: boolean;
};

/** The bytes that the data of a picture must unfold to: for each row its points, and one byte before them. */
function fullLength({ width, height, depth, colour, isInterlaced }: Header): number {
  const bits = depth * (samples[colour] ?? 0);
  const lengthOf = (across: number, down: number): number =>
    across === 0 ? 0 : down * (1 + Math.ceil((across * bits) / 8));
  if (!isInterlaced) return lengthOf(width, height);
  return passes.reduce((sum, [left, top, across, down]) => {
    const [columns, rows] = [Math.ceil((width - left) / across), Math.ceil((height - top) / down)];
    return sum + lengthOf(Math.max(columns, 0), Math.max(rows, 0));
  }, 0);
}

/** Whether data unfolds to just so many bytes; counted piece by piece, and no further than that. */
async function unfoldsTo(data: readonly Uint8Array[], full: number): Promise<boolean> {
  const unfolding = createInflate({ chunkSize: 262_144 });
  unfolding.end(Buffer.concat(data));
  let length = 0;
  try {
    for await (const piece of unfolding) {
      if (!(piece instanceof Uint8Array)) return false;
      length += piece.length;
      if (length > full) return false;
    }
  } catch {
    return false;
  }
  return length === full;
}

function headerOf(view: DataView, at: number): Header | undefined {
  const [depth, colour, interlace] = [view.getUint8(at + 8), view.getUint8(at + 9), view.getUint8(at + 12)];
  const isKnown =
    (depths[colour] ?? []).includes(depth) &&
    view.getUint8(at + 10) === 0 &&
    view.getUint8(at + 11) === 0 &&
    interlace <= 1;
  const [width, height] = [view.getUint32(at), view.getUint32(at + 4)];
  return isKnown ? { width, height, depth, colour, isInterlaced: interlace === 1 } : undefined;
}

type WalkedPng = Picture & {
  /** Whether its data has every row that its header speaks of. To be asked once its size is known to be sane. */
  readonly isFilled: () => Promise<boolean>;
};

/** Walks through a PNG chunk by chunk to its end, without drawing it. */
export function walkPng(bytes: Uint8Array): WalkedPng | undefined {
  const chunks = chunksOf(bytes);
  const [first] = chunks ?? [];
  if (chunks === undefined || first?.kind !== 'IHDR' || first.length !== headerLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerOf(view, first.from + 8);
  if (header === undefined || !isInOrder(chunks, header.colour)) return undefined;
  const { width, height } = header;
  const data = chunks.filter(({ kind }) => kind === 'IDAT');
  return {
    size: { media: 'image/png', width, height },
    shown: [
      [0, pngStart.length],
      ...chunks.filter(({ kind }) => shown.has(kind)).map(({ from, to }) => [from, to] as const),
    ],
    isFilled: () =>
      unfoldsTo(
        data.map(({ from, to }) => bytes.subarray(from + 8, to - 4)),
        fullLength(header),
      ),
  };
}
