import type { Walked } from './contract.ts';

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

/** Walks through a PNG chunk by chunk to its end, without drawing it. */
export function walkPng(bytes: Uint8Array): Walked | undefined {
  const chunks = chunksOf(bytes);
  const [header] = chunks ?? [];
  if (chunks === undefined || header?.kind !== 'IHDR' || header.length !== headerLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = header.from + 8;
  const colour = view.getUint8(at + 9);
  const isKnown =
    (depths[colour] ?? []).includes(view.getUint8(at + 8)) &&
    view.getUint8(at + 10) === 0 &&
    view.getUint8(at + 11) === 0 &&
    view.getUint8(at + 12) <= 1;
  if (!isKnown || !isInOrder(chunks, colour)) return undefined;
  return {
    size: { media: 'image/png', width: view.getUint32(at), height: view.getUint32(at + 4) },
    kept: [
      [0, pngStart.length],
      ...chunks.filter(({ kind }) => shown.has(kind)).map(({ from, to }) => [from, to] as const),
    ],
  };
}
