import { hash, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, crc32, deflateRawSync, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * What is sent of a text for many readers: its bytes, the tag by which a reader who has it needs not be sent it again,
 * and a packed copy. Each form of a page has a key of its own in each sent copy (L5); so a page with forms bears no
 * tag: whoever came back to one they have would be left with keys that are used up.
 */
export type Bytes = {
  readonly plain: Copies;
  readonly tag: string | null;
  /** Made when the first reader asks for it. */
  packed: Copies | null;
};

/** As many copies as wait for the next reader. */
const mostSpare = 32;

/**
 * Copies of a text, each with keys of its own. One that was sent is drawn anew for the next reader: with fresh memory
 * for each, a tenth fewer pages are sent in a second.
 */
class Copies {
  readonly whole: Buffer;
  /** Where the keys of its forms are to be drawn. */
  readonly keysAt: readonly number[];
  private readonly spare: Buffer[] = [];

  constructor(whole: Buffer, keysAt: readonly number[]) {
    this.whole = whole;
    this.keysAt = keysAt;
  }

  /** A copy that bears the keys in their order. */
  draw(keys: readonly string[]): Buffer {
    if (this.keysAt.length === 0) return this.whole;
    const copy = this.spare.pop() ?? Buffer.from(this.whole);
    for (const [index, at] of this.keysAt.entries())
      copy.write(keys[index] ?? noKey, at, keyLength, 'latin1');
    return copy;
  }

  /** A copy that nobody reads from any more. */
  takeBack(copy: Buffer): void {
    if (copy !== this.whole && this.spare.length < mostSpare) this.spare.push(copy);
  }
}

const keyLength = 36;
const noKey = ' '.repeat(keyLength);

const tagOf = (bytes: Buffer): string => `W/"${hash('sha256', bytes, 'hex').slice(0, 24)}"`;

/** The bytes of a text that was cut where its keys are to stand. */
export function bytesFrom(pieces: readonly string[]): Bytes {
  const whole = Buffer.from(pieces.join(noKey));
  const keysAt: number[] = [];
  let at = 0;
  for (const piece of pieces.slice(0, -1)) {
    at += Buffer.byteLength(piece);
    keysAt.push(at);
    at += keyLength;
  }
  return { plain: new Copies(whole, keysAt), tag: keysAt.length === 0 ? tagOf(whole) : null, packed: null };
}

const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** Of a piece that DEFLATE stores as it is: no last one, so many bytes, and the same number inverted. */
const storedHead = Buffer.from([0, keyLength, 0, 0xff - keyLength, 0xff]);

const lastWords = (whole: Buffer): Buffer => {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(whole), 0);
  end.writeUInt32LE(whole.length % 2 ** 32, 4);
  return end;
};

/**
 * A gzip file of the text with its keys stored as they are between pieces that are packed each by itself, so that a
 * page is packed once and every copy still bears keys of its own.
 */
function pack({ whole, keysAt }: Copies): Copies {
  const parts: Buffer[] = [gzipHead];
  const places: number[] = [];
  let length = gzipHead.length;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  let from = 0;
  for (const at of keysAt) {
    add(deflateRawSync(whole.subarray(from, at), { finishFlush: constants.Z_SYNC_FLUSH }));
    add(storedHead);
    places.push(length);
    from = at + keyLength;
    add(whole.subarray(at, from));
  }
  add(deflateRawSync(whole.subarray(from)));
  add(lastWords(whole));
  return new Copies(Buffer.concat(parts), places);
}

/** A packed copy; what it ends with is the sum of the text with these keys. */
function drawPacked(plain: Copies, packed: Copies, keys: readonly string[]): Buffer {
  const sent = packed.draw(keys);
  if (keys.length > 0) {
    const copy = plain.draw(keys);
    sent.writeUInt32LE(crc32(copy), sent.length - 8);
    plain.takeBack(copy);
  }
  return sent;
}

const gzipWish = /(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i;

/** Whether the reader unpacks gzip: «gzip, br», not «gzip;q=0». */
const wantsPacked = (request: FastifyRequest): boolean => {
  const wish = request.headers['accept-encoding'];
  return wish !== undefined && gzipWish.test(wish);
};

/** Whether the reader has what bears the tag (RFC 9110, 13.1.2: weakly compared). */
export function isKnown(request: FastifyRequest, tag: string): boolean {
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  const bare = tag.replace(/^W\//, '');
  return known.split(',').some((one) => ['*', bare].includes(one.trim().replace(/^W\//, '')));
}

/** Sends a text with its tag, or that the reader has it, packed where the reader wishes. Headers of its own stay. */
export function sendBytes(request: FastifyRequest, reply: FastifyReply, bytes: Bytes): FastifyReply {
  const { plain, tag } = bytes;
  void reply.header('vary', 'accept-encoding');
  if (reply.statusCode === 200 && tag !== null) {
    void reply.header('etag', tag);
    if (isKnown(request, tag)) return reply.code(304).removeHeader('content-type').send();
  }
  const keys = plain.keysAt.map(() => randomUUID());
  if (!wantsPacked(request)) return sendCopy(reply, plain, plain.draw(keys));
  const packed = (bytes.packed ??= pack(plain));
  return sendCopy(reply.header('content-encoding', 'gzip'), packed, drawPacked(plain, packed, keys));
}

function sendCopy(reply: FastifyReply, copies: Copies, copy: Buffer): FastifyReply {
  // Told once the last byte is with the operating system; where the reader has gone, never.
  reply.raw.once('finish', () => copies.takeBack(copy));
  return reply.send(copy);
}

const packLater = promisify(gzip);

/** The same for a text that is made anew for each reader and may be long. */
export async function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  { media, text }: { readonly media: string; readonly text: string },
): Promise<FastifyReply> {
  const whole = Buffer.from(text);
  const tag = tagOf(whole);
  void reply.header('etag', tag).header('vary', 'accept-encoding').header('cache-control', 'no-cache');
  if (isKnown(request, tag)) return reply.code(304).send();
  void reply.type(media);
  if (!wantsPacked(request)) return reply.send(whole);
  return reply.header('content-encoding', 'gzip').send(await packLater(whole));
}
