import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openHouse } from '#testing/house.ts';
import { fresh, openNewsroom, text } from '#testing/newsroom.ts';
import { chunk, jpeg, png, segment } from '#testing/pictures.ts';
import type { Name } from '#testing/credits.ts';
import { mostImageBytes } from './contract.ts';
import { checksumOf } from './png.ts';
import { pictureOf } from './rules.ts';

const house = await openHouse();
const room = await openNewsroom(house);
const { url, post, page, write, act, app } = room;

const markup = '<html><script>alert(1)</script></html>';

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
  const { kind, field, fa }: { kind?: string; field?: string; fa?: string } = answer.json();
  return { status: answer.statusCode, kind: kind ?? null, field: field ?? null, fa: fa ?? '', id };
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
    const known = { 'if-none-match': String(bytes.headers.etag) };
    const again = await app.inject({ url: address, headers: known });
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
    const elsewhere = await app.inject({ url: `/news/${fresh()}/images/${sent.id}`, headers: known });
    expect(elsewhere.statusCode).toBe(404);
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
    [
      'a page behind the head of a JPEG',
      Buffer.from(`\xff\xd8\xff\xc0\x00\x11\x08\x00\x64\x00\x64\x03${markup}`, 'latin1'),
      'ImageBroken',
    ],
    [
      'a page between the head and the end of a PNG',
      Buffer.concat([png(9, 9).subarray(0, 33), chunk('tEXt', Buffer.from(markup)), png(9, 9).subarray(-12)]),
      'ImageBroken',
    ],
    ['a PNG with a page behind it', Buffer.concat([png(9, 9), Buffer.from(markup)]), 'ImageBroken'],
    ['a JPEG with a page behind it', Buffer.concat([jpeg(9, 8), Buffer.from(markup)]), 'ImageBroken'],
    ['a cut PNG', png(10, 10).subarray(0, 60), 'ImageBroken'],
    ['a picture to exhaust a reader', png(60_000, 60_000), 'ImageTooWide'],
  ])('that is %s is refused, whatever it is called', async (_, bytes, kind) => {
    const itemId = await write();
    const sent = await upload('editor', itemId, { bytes });
    expect([sent.kind, sent.field, sent.status >= 400 && sent.status < 500]).toEqual([kind, 'file', true]);
  });

  test('of a hundred megabytes is refused, and so is one byte more than is allowed', async () => {
    const itemId = await write();
    for (const size of [100 * 1024 * 1024, mostImageBytes + 1]) {
      const bytes = Buffer.concat([png(10, 10), Buffer.alloc(size - png(10, 10).length)]);
      const sent = await upload('editor', itemId, { bytes });
      expect(sent).toMatchObject({ status: 413, kind: 'FileTooLarge', field: 'file' });
      expect(sent.fa).toContain('۲ مگابایت است؛ آن را کوچک‌تر کنید');
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

const look = (by: Name | '', address: string) => app.inject({ url: address, headers: { 'x-actor': by } });

describe('a draft', () => {
  const drafted = async () => {
    const itemId = await write();
    const { id } = await upload('editor', itemId, { bytes: jpeg(16, 8), name: 'chart.jpg' });
    const change = { ...text({ bodyFa: `متن پیش‌نویس <b>خبر</b>\n\n![](${id})` }), erratum: null };
    await post('editor', `${url}/${itemId}/texts`, { ...change, id: fresh(), seenVersion: 1 });
    return { itemId, picture: `${url}/${itemId}/images/${id}`, preview: `${url}/${itemId}/preview` };
  };

  test.each([
    ['editor', 200],
    ['deputy', 200],
    ['director', 200],
    ['auditor', 200],
    ['karajOffice', 403],
    ['lorestanDirector', 403],
    ['', 401],
  ] as const)('and its picture are seen before approval by %s: %i', async (by, status) => {
    const { picture, preview } = await drafted();
    expect((await look(by, picture)).statusCode).toBe(status);
    expect((await look(by, preview)).statusCode).toBe(status);
  });

  test('is previewed as its public page, with its pictures, for no search engine and with nothing to send', async () => {
    const { itemId, picture, preview } = await drafted();
    const bytes = await look('deputy', picture);
    expect(bytes.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-store',
    });
    expect(bytes.rawPayload.equals(jpeg(16, 8))).toBe(true);
    const shown = await look('deputy', preview);
    expect(shown.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-robots-tag': 'noindex',
    });
    const body = shown.body.replaceAll(/\s+/g, ' ');
    expect(body).toContain('<meta name="robots" content="noindex" />');
    expect(body).toContain('<strong>پیش‌نمایش.</strong>');
    expect(body).toContain(`src="${picture}" alt="نمودار اعتبار" width="16" height="8"`);
    expect(body).toContain('متن پیش‌نویس &lt;b&gt;خبر&lt;/b&gt;');
    expect(body).not.toContain('<form');
    expect(body).toContain(`href="${preview}?lang=en"`);
    const english = await look('deputy', `${preview}?lang=en`);
    expect(english.body).toContain('<html lang="en"');
    expect(english.body).toContain('Preview.');
    expect((await page(`/news/${itemId}`)).statusCode).toBe(404);
    // Sent on from the preview, the address of the picture is nobody's.
    expect((await look('', picture)).statusCode).toBe(401);
  });

  test('that corrects what is public is previewed with its correction, which the public page does not show', async () => {
    const itemId = await room.publish();
    const change = text({ bodyFa: 'متن اصلاح‌شدهٔ خبر مشاغل خانگی' });
    const seenVersion = 3;
    const erratum = 'رقم شهرستان نادرست بود';
    const sent = await post('editor', `${url}/${itemId}/texts`, {
      ...change,
      id: fresh(),
      seenVersion,
      erratum,
    });
    expect(sent.status).toBe(201);
    const { body } = await look('deputy', `${url}/${itemId}/preview`);
    for (const words of ['متن اصلاح‌شدهٔ', erratum]) {
      expect(body).toContain(words);
      expect((await page(`/news/${itemId}`)).body).not.toContain(words);
    }
  });

  test.each([
    [`${url}/${fresh()}/preview`, 404, 'ItemMissing'],
    [`${url}/${fresh()}/images/${fresh()}`, 404, 'ImageMissing'],
    [`${url}/${fresh()}/preview?lang=de`, 400, 'InvalidInput'],
  ])('is refused at %s', async (address, status, kind) => {
    const answer = await look('editor', address);
    expect([answer.statusCode, Object(answer.json()).kind]).toEqual([status, kind]);
  });
});

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
  ])(
    'in a .%s keeps what shows and loses where it was taken, when and by whom',
    async (end, bytes, clean) => {
      const found = pictureOf(bytes);
      expect(found.ok && Buffer.from(found.value.bytes).equals(clean)).toBe(true);
      const itemId = await write();
      const sent = await upload('editor', itemId, { bytes, name: `chart.${end}` });
      expect(sent.status).toBe(201);
      const stored = await look('editor', `${url}/${itemId}/images/${sent.id}`);
      expect(stored.rawPayload.equals(clean)).toBe(true);
    },
  );

  test.each([
    ['PNG', png(3, 2, kept), [] as number[]],
    // The bits of the scan alone may be cut without anybody noticing who does not draw them.
    ['JPEG', jpeg(8, 8, head), [jpeg(8, 8, head).length - 3]],
  ])(
    'as %s is refused once a byte of its structure is cut, or anything stands behind it',
    (_, bytes, bits) => {
      expect(pictureOf(bytes).ok).toBe(true);
      for (let at = 0; at < bytes.length; at += 1) {
        const cut = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
        if (!bits.includes(at)) expect(pictureOf(cut).ok, `without byte ${at}`).toBe(false);
        expect(pictureOf(bytes.subarray(0, at)).ok, `cut off at ${at}`).toBe(false);
      }
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (more) => {
          expect(pictureOf(Buffer.concat([bytes, more])).ok).toBe(false);
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
  ])('is none %s', (_, bytes) => {
    expect(pictureOf(bytes)).toMatchObject({ ok: false, refusal: { kind: 'ImageBroken', field: 'file' } });
  });

  test('has one letter changed: its checksum is another one', () => {
    const bytes = png(3, 2, kept);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ by;
        expect(pictureOf(changed).ok).toBe(false);
      }),
    );
    expect(checksumOf(Buffer.from('123456789'))).toBe(0xcbf4_3926);
  });
});

test('whatever bytes come, a picture is found or refused and nothing is thrown', () => {
  const start = fc.constantFrom(
    [],
    [0xff, 0xd8, 0xff],
    [...jpeg(8, 8).subarray(0, -3)],
    [...png(1, 1).subarray(0, 8)],
  );
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 80 }), (first, tail) => {
      const found = pictureOf(Uint8Array.from([...first, ...tail]));
      if (found.ok) expect(found.value.size.width * found.value.size.height).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (width, height) => {
      for (const [media, bytes] of [
        ['image/png', png(width, height)],
        ['image/jpeg', jpeg(width, height)],
      ] as const)
        expect(pictureOf(bytes)).toMatchObject({ ok: true, value: { size: { media, width, height } } });
    }),
  );
});
