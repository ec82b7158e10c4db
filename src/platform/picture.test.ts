import fc from 'fast-check';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { chunk, fewRows, jpeg, png, pngWith, segment } from '#testing/pictures.ts';
import { cleaned, pictureOf } from './picture.ts';
import { checksumOf } from './png.ts';

const look = (bytes: Uint8Array, ofCamera = false) => pictureOf(bytes, { mostPixels: 25_000_000, ofCamera });

const headerOf = (width: number, height: number): Buffer => Buffer.from(png(width, height).subarray(16, 29));

describe('a true picture', () => {
  const words = Buffer.from('Comment\0عکس از خانهٔ متقاضی');
  const kept = [chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f])), chunk('sRGB', Buffer.from([0]))];
  const told = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf', 'prVt'].map((kind) => chunk(kind, words));
  const head = [
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00', 'latin1')),
    segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours', 'latin1')),
    segment(0xee, Buffer.from('Adobe\0d\0\0\0\0\0', 'latin1')),
  ];
  const place = [
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0II*\0'), words])),
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0GPSLatitude')),
    segment(0xed, Buffer.from('Photoshop 3.0\0 8BIM Karaj')),
    segment(0xe0, Buffer.from('JFXX\0\x10 a smaller picture', 'latin1')),
    segment(0xe2, Buffer.from('MPF\0 another picture')),
    segment(0xfe, words),
  ];

  test.each([
    ['png', png(3, 2, [...kept, ...told]), png(3, 2, kept)],
    ['jpg', jpeg(16, 8, [...head, ...place]), jpeg(16, 8, head)],
  ])('in a .%s keeps what shows and loses where it was taken, when and by whom', async (_, bytes, clean) => {
    const found = await look(bytes);
    expect(found.ok && Buffer.from(cleaned(bytes, found.value)).equals(clean)).toBe(true);
  });

  test.each([
    ['PNG', png(3, 2, kept), [] as number[]],
    // The bits of the scan alone may be cut without anybody noticing who does not draw them.
    ['JPEG', jpeg(8, 8, head), [jpeg(8, 8, head).length - 3]],
  ])(
    'as %s is refused once a byte of its structure is cut, or anything stands behind it',
    async (_, bytes, bits) => {
      expect((await look(bytes)).ok).toBe(true);
      for (let at = 0; at < bytes.length; at += 1) {
        const cut = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
        if (!bits.includes(at)) expect((await look(cut)).ok, `without byte ${at}`).toBe(false);
        expect((await look(bytes.subarray(0, at))).ok, `cut off at ${at}`).toBe(false);
      }
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 80 }), async (more) => {
          expect((await look(Buffer.concat([bytes, more]))).ok).toBe(false);
        }),
      );
    },
  );

  test.each([
    ['without a scan', Buffer.concat([jpeg(8, 8).subarray(0, -13), Buffer.from([0xff, 0xd9])])],
    ['without data', Buffer.concat([png(1, 1).subarray(0, 33), png(1, 1).subarray(-12)])],
    ['of two frames', jpeg(8, 8, [segment(0xc0, Buffer.from([8, 0, 8, 0, 8, 1, 1, 0x11, 0]))])],
    ['with a part that nobody knows', png(1, 1, [chunk('ABCD', words)])],
    ['of no width', png(0, 8)],
    ['of no height', jpeg(8, 0)],
    ['with 3 of its 600 rows', fewRows(800, 600, 3)],
    ['with a row too many', fewRows(800, 600, 601)],
    ['whose data is no data', pngWith(headerOf(8, 8), Buffer.from('nothing'))],
    ['whose data breaks off', pngWith(headerOf(8, 8), deflateSync(Buffer.alloc(72)).subarray(0, -4))],
  ])('is none %s', async (_, bytes) => {
    expect(await look(bytes)).toMatchObject({ ok: false, refusal: { kind: 'ImageBroken' } });
  });

  // Bytes of data counted by hand: depth, colour, interlaced, and what 9 × 3 points unfold to.
  test.each([
    [1, 0, 0, 3 * (1 + 2)],
    [4, 3, 0, 3 * (1 + 5)],
    [8, 2, 0, 3 * (1 + 27)],
    [16, 6, 0, 3 * (1 + 72)],
    // Its seven passes have 2 × 1, 1 × 1, none, 2 × 1, 5 × 1, 4 × 2 and 9 × 1 points.
    [8, 0, 1, 1 + 2 + (1 + 1) + 0 + (1 + 2) + (1 + 5) + 2 * (1 + 4) + (1 + 9)],
  ])('of %i bits, colour %i, interlace %i has %i bytes of data', async (depth, colour, interlace, full) => {
    const header = headerOf(9, 3);
    header.set([depth, colour, 0, 0, interlace], 8);
    const palette = colour === 3 ? [chunk('PLTE', Buffer.alloc(48))] : [];
    const whole = async (length: number) =>
      (await look(pngWith(header, deflateSync(Buffer.alloc(length)), palette))).ok;
    expect([await whole(full - 1), await whole(full), await whole(full + 1)]).toEqual([false, true, false]);
  });

  test.each([
    ['a smaller picture', jpeg(8, 8)],
    ['zeros and a smaller picture', Buffer.concat([Buffer.alloc(9), jpeg(8, 8), Buffer.alloc(9)])],
    ['a film', Buffer.from('\0\0\0\x18ftypmp42')],
    ['the notes of a Samsung', Buffer.from('notes SEFT')],
  ])('has %s behind it as cameras write it, which only a paper may', async (_, behind) => {
    const bytes = Buffer.concat([jpeg(16, 8), behind]);
    expect([(await look(bytes, true)).ok, (await look(bytes)).ok]).toEqual([true, false]);
    const png9 = Buffer.concat([png(9, 9), behind]);
    expect((await look(png9, true)).ok).toBe(false);
  });

  test('has a page behind it, or a smaller picture that is cut off', async () => {
    for (const behind of [Buffer.from('<html><script>'), jpeg(8, 8).subarray(0, -2)])
      expect((await look(Buffer.concat([jpeg(16, 8), behind]), true)).ok).toBe(false);
  });

  test('has one letter changed: its checksum is another one', async () => {
    const bytes = png(3, 2, kept);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at] ?? 0) ^ by;
          expect((await look(changed)).ok).toBe(false);
        },
      ),
    );
    expect(checksumOf(Buffer.from('123456789'))).toBe(0xcbf4_3926);
  });
});

test('whatever bytes come, a picture is found or refused and nothing is thrown', async () => {
  const start = fc.constantFrom(
    [],
    [0xff, 0xd8, 0xff],
    [...jpeg(8, 8).subarray(0, -3)],
    [...png(1, 1).subarray(0, 8)],
  );
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 80 }), fc.boolean(), async (first, tail, ofCamera) => {
      const found = await look(Uint8Array.from([...first, ...tail]), ofCamera);
      if (found.ok) expect(found.value.size.width * found.value.size.height).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
  const length = fc.integer({ min: 1, max: 1500 });
  await fc.assert(
    fc.asyncProperty(length, length, async (width, height) => {
      for (const [media, bytes] of [
        ['image/png', png(width, height)],
        ['image/jpeg', jpeg(width, height)],
      ] as const)
        expect(await look(bytes)).toMatchObject({ ok: true, value: { size: { media, width, height } } });
    }),
  );
  expect(await look(png(60_000, 60_000))).toMatchObject({ ok: false, refusal: { kind: 'ImageTooWide' } });
});
