import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deflateSync } from 'node:zlib';
import { openHouse } from '#testing/house.ts';
import { fresh, openNewsroom, text } from '#testing/newsroom.ts';
import type { Name } from '#testing/credits.ts';
import { mostImageBytes } from './contract.ts';
import { sizeOf } from './rules.ts';

const house = await openHouse();
const room = await openNewsroom(house);
const { url, post, page, write, act, app } = room;

/** A part of a PNG; nothing of ours looks at its checksum. */
const part = (kind: string, bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, Buffer.from(kind, 'latin1'), bytes, Buffer.alloc(4)]);
};

/** A grey picture of a PNG as the standard has it. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    part('IHDR', header),
    part('IDAT', deflateSync(Buffer.alloc(64))),
    part('IEND', Buffer.alloc(0)),
  ]);
}

async function upload(by: Name, itemId: string, file: { bytes: Buffer; name?: string; id?: string }) {
  const form = new FormData();
  const id = file.id ?? fresh();
  const described = new URLSearchParams({ id, altFa: 'نمودار اعتبار', altEn: 'A chart of credit' });
  form.append('file', new Blob([new Uint8Array(file.bytes)]), file.name ?? 'chart.png');
  const request = new Request('http://karsaz.test', { method: 'POST', body: form });
  const answer = await app.inject({
    method: 'POST',
    url: `${url}/${itemId}/images?${described.toString()}`,
    headers: {
      'x-actor': by,
      'idempotency-key': fresh(),
      'content-type': request.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  const { kind }: { kind?: string } = answer.json();
  return { status: answer.statusCode, kind: kind ?? null, id };
}

describe('a picture', () => {
  test('stands in a text with its description and its size, and is nobody’s to see before', async () => {
    const itemId = await write();
    const sent = await upload('editor', itemId, { bytes: png(640, 360), name: '../../etc/passwd.png' });
    expect(sent.status).toBe(201);
    const address = `/news/${itemId}/images/${sent.id}`;
    expect((await page(address)).statusCode).toBe(404);
    const change = { ...text({ bodyFa: `متن خبر مشاغل خانگی\n\n![](${sent.id})` }), erratum: null };
    await post('editor', `${url}/${itemId}/texts`, { ...change, id: fresh(), seenVersion: 1 });
    await act('deputy', itemId, 'approve', 2);
    await act('editor', itemId, 'publish', 3);
    const shown = (await page(`/news/${itemId}`)).body.replaceAll(/\s+/g, ' ');
    expect(shown).toContain(`src="${address}" alt="نمودار اعتبار" width="640" height="360"`);
    expect(shown).toMatch(new RegExp(`<meta property="og:image" content="http://[^/"]+${address}" />`));
    const bytes = await app.inject(address);
    expect(bytes.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
    expect(bytes.rawPayload.equals(png(640, 360))).toBe(true);
    expect((await page(`/news/${fresh()}/images/${sent.id}`)).statusCode).toBe(404);
  });

  test.each([
    ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 'OtherKindOfFile'],
    [
      'a drawing that may hold scripts',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
      'OtherKindOfFile',
    ],
    ['a program', Buffer.from('MZ\x90\x00\x03', 'latin1'), 'OtherKindOfFile'],
    ['a PDF', Buffer.from('%PDF-1.7 ...'), 'OtherKindOfFile'],
    [
      'a page with the first bytes of a PNG',
      Buffer.concat([png(1, 1).subarray(0, 8), Buffer.from('<script>')]),
      'ImageBroken',
    ],
    ['a page with the first bytes of a JPEG', Buffer.from('\xff\xd8\xff<html>', 'latin1'), 'ImageBroken'],
    ['a cut PNG', png(10, 10).subarray(0, 60), 'ImageBroken'],
    ['a picture to exhaust a reader', png(60_000, 60_000), 'ImageTooWide'],
  ])('that is %s is refused, whatever it is called', async (_, bytes, kind) => {
    const itemId = await write();
    const sent = await upload('editor', itemId, { bytes });
    expect([sent.kind, sent.status >= 400 && sent.status < 500]).toEqual([kind, true]);
  });

  test('of a hundred megabytes is refused, and so is one byte more than is allowed', async () => {
    const itemId = await write();
    for (const size of [100 * 1024 * 1024, mostImageBytes + 1]) {
      const bytes = Buffer.concat([png(10, 10), Buffer.alloc(size - png(10, 10).length)]);
      expect(await upload('editor', itemId, { bytes })).toMatchObject({ status: 413, kind: 'FileTooLarge' });
    }
  });

  test('is added by the newsroom only, and the same one once', async () => {
    const itemId = await write();
    expect((await upload('karajOffice', itemId, { bytes: png(2, 2) })).status).toBe(403);
    expect((await upload('auditor', itemId, { bytes: png(2, 2) })).status).toBe(403);
    const id = fresh();
    expect((await upload('editor', itemId, { bytes: png(2, 2), id })).status).toBe(201);
    expect((await upload('editor', itemId, { bytes: png(2, 2), id })).status).toBe(201);
    expect((await upload('editor', itemId, { bytes: png(3, 3), id })).kind).toBe('DocumentOtherContent');
  });
});

test('whatever bytes come, a size is found or refused and nothing is thrown', () => {
  const start = fc.constantFrom([], [0xff, 0xd8, 0xff], [...png(1, 1).subarray(0, 8)]);
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 80 }), (head, tail) => {
      const found = sizeOf(Uint8Array.from([...head, ...tail]));
      if (found.ok) expect(found.value.width * found.value.height).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (width, height) => {
      expect(sizeOf(png(width, height))).toEqual({ ok: true, value: { media: 'image/png', width, height } });
    }),
  );
});
