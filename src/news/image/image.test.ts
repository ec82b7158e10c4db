import { describe, expect, test } from 'vitest';
import { openHouse } from '#testing/house.ts';
import { fresh, openNewsroom, text } from '#testing/newsroom.ts';
import { chunk, fewRows, jpeg, png, segment } from '#testing/pictures.ts';
import type { Name } from '#testing/credits.ts';
import { mostImageBytes } from './contract.ts';

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
    ['a PNG with 3 of its 600 rows', fewRows(800, 600, 3), 'ImageBroken'],
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

test.each([
  ['png', png(3, 2, [chunk('tEXt', Buffer.from('Comment\0Karaj'))]), png(3, 2)],
  ['jpg', jpeg(16, 8, [segment(0xe1, Buffer.from('Exif\0\0II*\0'))]), jpeg(16, 8)],
])(
  'a true picture in a .%s loses where it was taken, when and by whom before it is kept',
  async (end, bytes, clean) => {
    const itemId = await write();
    const sent = await upload('editor', itemId, { bytes, name: `chart.${end}` });
    expect(sent.status).toBe(201);
    const stored = await look('editor', `${url}/${itemId}/images/${sent.id}`);
    expect(stored.rawPayload.equals(clean)).toBe(true);
  },
);
