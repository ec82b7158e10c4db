import { describe, expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { openHouse } from '#testing/house.ts';
import { type Reader, fresh, key, openNewsroom, reader } from '#testing/newsroom.ts';
import { type CommentAnswer, queueShape } from './contract.ts';
import { commentLabels, keptHintWords } from './words.ts';

/** The form of a comment as a browser without JavaScript sends it, and everything that may be wrong with it. */
const house = await openHouse();
const { app, get, post, page, publish, act, sendForm } = await openNewsroom(house);
const clean = 'سهم شهرستان ما از اعتبار مشاغل خانگی چقدر است؟';

type Form = { readonly body: string; readonly penName?: string };
type Way = { readonly prefix?: string; readonly who?: Reader; readonly form?: Record<string, string> };
const send = (
  itemId: string,
  { body, penName = '' }: Form,
  { prefix = '', who = reader(), form = {} }: Way = {},
) => sendForm(who, `${prefix}/news/${itemId}/comments`, { ...key(), id: fresh(), penName, body, ...form });
const queueUrl = '/api/provinces/alborz/comments';
const heldOf = async (itemId: string): Promise<CommentAnswer[]> =>
  queueShape.parse((await get('editor', queueUrl)).body).items.filter(({ item }) => item.id === itemId);
const publishAtOnce = (publishesUnhinted: boolean) =>
  post('editor', '/api/provinces/alborz/comment-settings', { id: fresh(), publishesUnhinted });
const typedIn = (html: string): string | undefined =>
  /<textarea[^>]*>\n?(?<typed>[^<]*)<\/textarea>/.exec(html)?.groups?.['typed'];

describe('a comment that says nothing', () => {
  test.each([
    ['\u200b\u200b\u200b\u200b', '«دیدگاه» دست‌کم ۳ نویسه', 'Comment: at least 3 characters'],
    ['\u202e\u2066 \u2069', '«دیدگاه» دست‌کم ۳ نویسه', 'Comment: at least 3 characters'],
    ['\u200e\u200f\u200e\u200f', '«دیدگاه» دست‌کم ۳ نویسه', 'Comment: at least 3 characters'],
    ['........', '«دیدگاه» هنوز چیزی نمی‌گوید', 'Comment says nothing yet'],
    ['😀😀😀', '«دیدگاه» هنوز چیزی نمی‌گوید', 'Comment says nothing yet'],
    ['ـــــ', '«دیدگاه» نویسهٔ خوانا کم دارد', 'Comment has too few readable characters'],
  ])('%j is refused in words, and stays in the form', async (body, fa, en) => {
    const itemId = await publish();
    for (const [prefix, says] of [
      ['', fa],
      ['/en', en],
    ] as const) {
      const back = await send(itemId, { body, penName: 'مریم' }, { prefix });
      expect(back.statusCode).toBe(422);
      expect(back.body).toContain(says);
      expect(typedIn(back.body)).toBe(body);
      expect(back.body).toContain('value="مریم"');
      expect(back.body).toContain(`href="${prefix}/news/${itemId}"`);
    }
    expect(await heldOf(itemId)).toEqual([]);
  });

  test('a program is told the field and the rule', async () => {
    const itemId = await publish();
    const answer = await app.inject({
      method: 'POST',
      url: `/news/${itemId}/comments`,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...key(), id: fresh(), body: '.....' }).toString(),
    });
    expect(answer.json()).toMatchObject({ status: 422, field: 'body', rule: 'says_something' });
  });

  test('a name of signs alone is refused, one that nobody sees is none', async () => {
    const itemId = await publish();
    for (const [prefix, says] of [
      ['', '«نام نمایشی» باید دست‌کم یک حرف داشته باشد'],
      ['/en', 'Name to show needs at least one letter'],
    ] as const) {
      const back = await send(itemId, { body: clean, penName: '.....' }, { prefix });
      expect([back.statusCode, back.body.includes(says), typedIn(back.body)]).toEqual([422, true, clean]);
    }
    expect((await send(itemId, { body: clean, penName: '\u200b\u202e\u200b' })).statusCode).toBe(303);
    expect(await heldOf(itemId)).toMatchObject([{ penName: null }]);
  });
});

test('a comment is kept in calm lines: it turns nothing around, leaves no gap and piles no marks up', async () => {
  const itemId = await publish();
  const body = `\u202eسهم ما\u202c از\u2067 اعتبار\u2069\r\n\r\n \u200b\r\n\r\n\r\nچقدر${'\u0301'.repeat(40)} است؟`;
  expect((await send(itemId, { body, penName: `م${'\u0651\u200d'.repeat(30)}ریم\r\nکرجی` })).statusCode).toBe(
    303,
  );
  const kept = must((await heldOf(itemId))[0], 'a comment that waits');
  expect(kept.body).toBe(`سهم ما از اعتبار\n\nچقدر${'\u0301'.repeat(3)} است؟`);
  expect(kept.penName?.match(/\u0651/g)).toHaveLength(3);
  expect(kept.penName).toMatch(/ریم کرجی$/);
});

test('a text of the longest length is taken with the ends of lines that a form sends', async () => {
  const itemId = await publish();
  const line = 'سهم شهرستان ما از اعتبار چقدر است و چرا';
  const body = Array.from({ length: 50 }, () => line).join('\r\n');
  expect(body.replaceAll('\r\n', '\n').length).toBeLessThan(2000);
  const full = `${body}\r\n${'ب '.repeat(1000)}`.slice(0, 2050);
  expect(full.replaceAll('\r\n', '\n').length).toBe(2000);
  expect((await send(itemId, { body: full })).statusCode).toBe(303);
});

describe('where comments without any hint appear at once', () => {
  test('one that is signed as the office waits with a hint for whoever decides', async () => {
    await publishAtOnce(true);
    const itemId = await publish();
    for (const penName of ['مدير كل', 'اداره\u200cکل تعاون', 'Karsaz', 'admin'])
      expect((await send(itemId, { body: `${clean} ${penName.length}`, penName })).statusCode).toBe(303);
    const held = await heldOf(itemId);
    expect(held.map(({ hints }) => hints.map(({ rule }) => rule))).toEqual(
      Array.from({ length: 4 }, () => ['office_name']),
    );
    const sent = await send(itemId, { body: clean, penName: 'مریم' });
    const shown = (await page(`/news/${itemId}`)).body;
    expect([sent.statusCode, shown.includes('مریم'), shown.includes('Karsaz</bdi>')]).toEqual([
      303,
      true,
      false,
    ]);
    await publishAtOnce(false);
  });

  test('one with a word of more than sixty letters waits as well', async () => {
    await publishAtOnce(true);
    const itemId = await publish();
    const word = 'بتپ'.repeat(21);
    await send(itemId, { body: `${clean} ${word}` });
    const [held] = await heldOf(itemId);
    const long = held?.hints.find(({ rule }) => rule === 'long_word');
    const place = Array.from(held?.body ?? '').slice(long?.start, long?.end);
    expect(place.join('')).toBe(word);
    expect(keptHintWords.long_word(word).fa).toContain(word);
    await publishAtOnce(false);
  });

  test('the form says so, on the kept page of an item too, and no longer when it is set back', async () => {
    const itemId = await publish();
    for (const [prefix, language] of [
      ['', 'fa'],
      ['/en', 'en'],
    ] as const) {
      const says = async (): Promise<[boolean, boolean]> => {
        const { body } = await page(`${prefix}/news/${itemId}`);
        return [body.includes(commentLabels.looked[language]), body.includes(commentLabels.atOnce[language])];
      };
      expect(await says()).toEqual([true, false]);
      await publishAtOnce(true);
      expect(await says()).toEqual([false, true]);
      const back = await send(itemId, { body: '....' }, { prefix });
      expect(back.body).toContain(commentLabels.atOnce[language]);
      await publishAtOnce(false);
      expect(await says()).toEqual([true, false]);
    }
  });
});

describe('a comment that cannot be taken now', () => {
  test('under an item that was archived meanwhile leads back to it with every word', async () => {
    const itemId = await publish();
    await act('director', itemId, 'archive', 3, 'سال آن گذشته است');
    for (const [prefix, says] of [
      ['', 'این خبر بایگانی شده است'],
      ['/en', 'This item is archived'],
    ] as const) {
      const back = await send(itemId, { body: clean }, { prefix });
      expect(back.statusCode).toBe(409);
      expect(back.body).toContain(says);
      expect(back.body).toContain(`href="${prefix}/news/${itemId}"`);
      expect(typedIn(back.body)).toBe(clean);
      expect(back.body).not.toContain('name="body"');
    }
  });

  test('because too many came from one address leads back with every word, to be sent later', async () => {
    const itemId = await publish();
    const who = reader('198.51.100.9');
    for (let sent = 0; sent < 60; sent += 1) await send(itemId, { body: '.' }, { who });
    for (const [prefix, says] of [
      ['', 'درخواست‌های بسیاری رسیده است'],
      ['/en', 'Too many requests'],
    ] as const) {
      // Each language is another address, with a count of its own.
      if (prefix !== '')
        for (let sent = 0; sent < 60; sent += 1) await send(itemId, { body: '.' }, { who, prefix });
      const back = await send(itemId, { body: clean, penName: 'مریم' }, { who, prefix });
      expect(back.statusCode).toBe(429);
      expect(back.body).toContain(says);
      expect(back.body).toContain(`href="${prefix}/news/${itemId}"`);
      expect([typedIn(back.body), back.body.includes('value="مریم"')]).toEqual([clean, true]);
    }
  });

  test('without the key of a form, or with a NUL, comes back with a key of its own and is taken then', async () => {
    const itemId = await publish();
    for (const form of [{ idempotency_key: '' }, { body: `${clean}\0` }]) {
      const back = await send(itemId, { body: clean }, { form });
      expect(back.statusCode).toBe(400);
      expect(typedIn(back.body)).toBe(clean);
      const drawn = /name="idempotency_key" value="(?<drawn>[0-9a-f-]{36})"/.exec(back.body)?.groups?.[
        'drawn'
      ];
      const again = { idempotency_key: must(drawn, 'a key'), id: fresh() };
      expect((await send(itemId, { body: clean }, { form: again })).statusCode).toBe(303);
    }
  });

  test('under an item that never was is a page of its own', async () => {
    const answer = await send(fresh(), { body: clean });
    expect(answer.statusCode).toBe(404);
  });
});
