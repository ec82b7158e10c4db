import type { Picture } from './picture.ts';

/** The first three bytes of every JPEG: its start, and the first of the next mark. */
export const jpegStart = [0xff, 0xd8, 0xff] as const;

const frames = new Set([0xc0, 0xc1, 0xc2]);
const [huffman, start, end, scan, quantisation, restart] = [0xc4, 0xd8, 0xd9, 0xda, 0xdb, 0xdd];
const isStep = (kind: number): boolean => kind >= 0xd0 && kind <= 0xd7;

type Segment = { readonly kind: number; readonly from: number; readonly content: Uint8Array };
type Frame = {
  readonly kind: number;
  readonly width: number;
  readonly height: number;
  readonly parts: Set<number>;
};

const wholeAt = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);

/** Width, height and the parts of colour of a frame as browsers draw them: of eight bits, whole or in steps. */
function frameOf({ kind, content }: Segment): Frame | undefined {
  const count = content[5] ?? 0;
  if (![1, 3, 4].includes(count) || content.length !== 6 + 3 * count || content[0] !== 8) return undefined;
  const parts = new Set(Array.from({ length: count }, (_, at) => content[6 + 3 * at] ?? 0));
  return parts.size === count
    ? { kind, height: wholeAt(content, 1), width: wholeAt(content, 3), parts }
    : undefined;
}

/** Whether tables fill their segment to its last byte. */
function isTables({ kind, content }: Segment): boolean {
  let at = 0;
  while (at < content.length) {
    const [upper, lower] = [(content[at] ?? 0) >> 4, (content[at] ?? 0) & 15];
    if (lower > 3 || upper > 1) return false;
    if (kind === quantisation) at += 1 + 64 * (upper + 1);
    else at += 17 + content.subarray(at + 1, at + 17).reduce((sum, codes) => sum + codes, 0);
  }
  return at === content.length && at > 0;
}

/** Whether the head of a scan speaks of the parts of its frame. */
function isScan({ content }: Segment, frame: Frame): boolean {
  const count = content[0] ?? 0;
  if (count < 1 || count > frame.parts.size || content.length !== 4 + 2 * count) return false;
  for (let part = 0; part < count; part += 1) {
    const tables = content[2 + 2 * part] ?? 0;
    if (!frame.parts.has(content[1 + 2 * part] ?? 0) || tables >> 4 > 3 || (tables & 15) > 3) return false;
  }
  const [from = 0, to = 0, bits = 0] = content.subarray(1 + 2 * count);
  return frame.kind === 0xc2 ? from <= to && to <= 63 : from === 0 && to === 63 && bits === 0;
}

/** Where the bits of a scan end: at the next mark that is neither a step of it nor a byte 255 of its own. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !isStep(next)) return at;
    at += bytes[at] === 0xff && next !== 0xff ? 2 : 1;
  }
  return bytes.length;
}

const nameOf = (content: Uint8Array): string => String.fromCharCode(...content.subarray(0, 12));

/** Segments that say how the picture looks. Any other may tell of a person: place, day, telephone, a smaller picture. */
function isShown({ kind, content }: Segment): boolean {
  if (kind === 0xe0) return nameOf(content).startsWith('JFIF\0') && content.length === 14;
  if (kind === 0xe2) return nameOf(content).startsWith('ICC_PROFILE\0');
  if (kind === 0xee) return nameOf(content).startsWith('Adobe') && content.length === 12;
  return kind < 0xe0;
}

/** The segment that begins at a mark; bytes 255 may stand before its kind. */
function segmentAt(bytes: Uint8Array, from: number): Segment | undefined {
  if (bytes[from] !== 0xff) return undefined;
  let at = from + 1;
  while (bytes[at] === 0xff) at += 1;
  const kind = bytes[at] ?? 0;
  if (kind === end) return { kind, from, content: bytes.subarray(at + 1, at + 1) };
  const length = wholeAt(bytes, at + 1);
  const isOne =
    kind >= 0xc0 && !isStep(kind) && kind !== start && length >= 2 && at + 1 + length <= bytes.length;
  return isOne ? { kind, from, content: bytes.subarray(at + 3, at + 1 + length) } : undefined;
}

/** What was met so far on the way through a picture. */
type Met = { frame: Frame | undefined; scans: number; readonly tables: Set<number> };

/** Whether a segment may stand where it does; notes what it brings. */
function meets(met: Met, segment: Segment): boolean {
  const { kind, content } = segment;
  if (kind >= 0xe0) return kind <= 0xef || kind === 0xfe;
  if (kind === huffman || kind === quantisation) {
    met.tables.add(kind);
    return isTables(segment);
  }
  if (kind === restart) return content.length === 2;
  if (kind === scan) {
    met.scans += 1;
    return met.tables.size === 2 && met.frame !== undefined && isScan(segment, met.frame);
  }
  if (!frames.has(kind) || met.frame !== undefined) return false;
  met.frame = frameOf(segment);
  return met.frame !== undefined;
}

/** Walks through a JPEG segment by segment to its end, without drawing it, and says where that is. */
export function walkJpeg(bytes: Uint8Array): (Picture & { readonly end: number }) | undefined {
  const kept: (readonly [from: number, to: number])[] = [[0, 2]];
  const met: Met = { frame: undefined, scans: 0, tables: new Set() };
  let at = 2;
  for (;;) {
    const segment = segmentAt(bytes, at);
    if (segment === undefined) return undefined;
    const { kind, from, content } = segment;
    let to = content.byteOffset - bytes.byteOffset + content.length;
    if (kind === end) {
      if (met.frame === undefined || met.scans === 0) return undefined;
      const { width, height } = met.frame;
      return { size: { media: 'image/jpeg', width, height }, shown: [...kept, [from, to]], end: to };
    }
    if (!meets(met, segment)) return undefined;
    if (kind === scan) {
      const bits = to;
      to = endOfScan(bytes, bits);
      if (to === bits) return undefined;
    }
    if (isShown(segment)) kept.push([from, to]);
    at = to;
  }
}
