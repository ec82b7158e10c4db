import fc from 'fast-check';
import { lookAt } from './rules.ts';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { persianDigits } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import { openHouse } from '#testing/house.ts';
import { fresh, key, openNewsroom, reader } from '#testing/newsroom.ts';
import { type CommentAnswer, commentStates, queueShape, rulings } from './contract.ts';
import { marked } from './public.ts';
import { decideRuling, replayed, rulingTable } from './rules.ts';

const house = await openHouse();
const room = await openNewsroom(house);
const { post, get, page, publish, sendForm } = room;
const queueUrl = '/api/provinces/alborz/comments';
const clean = 'سهم شهرستان ما از اعتبار مشاغل خانگی چقدر است؟';

const send = (itemId: string, body: string, form: Record<string, string> = {}) =>
  sendForm(reader(), `/news/${itemId}/comments`, { ...key(), id: fresh(), penName: '', body, ...form });
const queue = async (state = 'held') =>
  queueShape.parse((await get('editor', `${queueUrl}?state=${state}&limit=200`)).body);
const heldOf = async (itemId: string): Promise<CommentAnswer[]> =>
  (await queue()).items.filter(({ item }) => item.id === itemId);
const rule = (
  comment: { id: string },
  order: object,
  by: 'editor' | 'director' | 'karajOffice' | 'auditor' = 'editor',
) => post(by, `${queueUrl}/${comment.id}/rulings`, { rule: null, note: null, seen: 0, ...order });

test('a usual name above a comment gives nobody a comment back', () => {
  const names =
    'سارا مریم زهرا علی محمد حسین فاطمه رضا یک شهروند کارگر بازنشسته نادر گلنار Ali Sara شهرام احمدی سید بیگ لر'.split(
      ' ',
    );
  for (const penName of names)
    expect(lookAt('', { penName, body: 'سپاس از این خبر' }).decision, penName).not.toBe('returned');
  for (const penName of ['vam-fori.ir', 'بی‌شعور', '09121234567'])
    expect(lookAt('', { penName, body: 'سپاس از این خبر' }).decision, penName).toBe('returned');
});

describe('a comment', () => {
  test('waits, is published by a person, and is followed by its code all the way', async () => {
    const itemId = await publish();
    const sent = await send(itemId, clean, { penName: 'مریم' });
    expect(sent.statusCode).toBe(303);
    const follow = String(sent.headers.location);
    expect(follow).toMatch(/^\/comments\/[a-z0-9]{12}\?new=1$/);
    expect((await page(follow)).body).toContain('در انتظار بررسی');
    expect((await page(`/news/${itemId}`)).body).not.toContain(clean);

    const waiting = must((await heldOf(itemId))[0], 'a comment that waits');
    expect((await rule(waiting, { ruling: 'publish' })).status).toBe(201);
    expect((await page(`/news/${itemId}`)).body).toContain(clean);
    expect((await page(follow)).body).toContain('به تصمیم بررسی‌کننده');

    expect((await rule(waiting, { ruling: 'remove', seen: 1 })).kind).toBe('RulingRuleMissing');
    const removal = { ruling: 'remove', rule: 'insult', note: 'به همکار ما توهین شده است', seen: 1 };
    expect((await rule(waiting, removal, 'director')).status).toBe(201);
    expect((await page(`/news/${itemId}`)).body).not.toContain(clean);
    const told = (await page(follow)).body;
    expect(told).toContain('به همکار ما توهین شده است');
    const code = must(/comments\/(\w+)/.exec(follow)?.[1], 'a code');
    const typed = persianDigits(`${code.slice(0, 4)}-${code.slice(4, 8)} ${code.slice(8).toUpperCase()}`);
    const found = (await page(`/comments?code=${encodeURIComponent(typed)}`)).body;
    expect(found).toContain('به همکار ما توهین شده است');
    expect(told).toContain('به هیچ شخص یا گروهی توهین نکند.');
    const [trace] = (await queue('removed')).items.filter(({ id }) => id === waiting.id);
    expect(trace?.rulings.map(({ ruling, rule: broken, byName }) => [ruling, broken, byName])).toEqual([
      ['publish', null, 'editor'],
      ['remove', 'insult', 'director'],
    ]);
  });

  test('that clearly breaks a rule comes back at once with the rule, the place and every word of it', async () => {
    const itemId = await publish();
    const body = 'برای دریافت سریع وام با شماره ۰۹۱۲۳۴۵۶۷۸۹ تماس بگیرید.';
    const back = await send(itemId, body, { penName: 'واسطه' });
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain(`${body}</textarea>`);
    expect(back.body).toContain('value="واسطه"');
    expect(back.body).toContain('<mark>');
    expect(back.body).toContain('تبلیغ یا بک‌لینک');
    expect(await heldOf(itemId)).toEqual([]);
    expect((await queue()).returnedToday).toBeGreaterThan(0);
    const { rows } = await house.owner.transaction().execute(async (tx) => {
      await sql`select set_config('app.province', 'all', true)`.execute(tx);
      return sql<{
        rules: string[];
      }>`select rules from news.returned_comment where item_id = ${itemId}`.execute(tx);
    });
    expect(rows).toEqual([{ rules: ['advertising'] }]);
    // Mended and sent again it is taken.
    expect((await send(itemId, clean)).statusCode).toBe(303);
    expect(await heldOf(itemId)).toHaveLength(1);
  });

  test('is not advertised by the name above it either', async () => {
    const itemId = await publish();
    expect((await send(itemId, clean, { penName: 'vam-fori.ir' })).statusCode).toBe(422);
  });

  test('acts once under its key; another text under the same key comes back to be sent again', async () => {
    const itemId = await publish();
    const form = { ...key(), id: fresh() };
    const both = await Promise.all([send(itemId, clean, form), send(itemId, clean, form)]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(both[0]?.headers.location).toBe(both[1]?.headers.location);
    expect(await heldOf(itemId)).toHaveLength(1);
    const other = await send(itemId, `${clean} و چرا؟`, form);
    expect(other.statusCode).toBe(422);
    expect(other.body).toContain(`${clean} و چرا؟</textarea>`);
    expect(await heldOf(itemId)).toHaveLength(1);
  });

  test('under an id that is known is told to its author in their words, and the form that comes back is taken', async () => {
    const itemId = await publish();
    const form = { id: fresh() };
    expect((await send(itemId, clean, form)).statusCode).toBe(303);
    const other = await send(itemId, `${clean} و چرا؟`, form);
    expect(other.statusCode).toBe(422);
    expect(other.body).toContain('این فرم پیش‌تر با متن دیگری فرستاده شده بود');
    expect(other.body).toContain(`${clean} و چرا؟</textarea>`);
    expect(other.body).not.toContain('کسی پیش از شما');
    const [, id = ''] = /name="id"\s+value="([^"]*)"/.exec(other.body) ?? [];
    expect(id).not.toBe(form.id);
    expect((await send(itemId, `${clean} و چرا؟`, { id })).statusCode).toBe(303);
    expect(await heldOf(itemId)).toHaveLength(2);
  });

  test('that is empty or too long comes back with the field named, in the language of the page', async () => {
    const itemId = await publish();
    const long = 'الف '.repeat(600);
    for (const body of ['', '  ', long]) {
      const back = await sendForm(reader(), `/en/news/${itemId}/comments`, {
        ...key(),
        id: fresh(),
        penName: 'Ali',
        body,
      });
      expect(back.statusCode).toBe(422);
      expect(back.body).toContain('value="Ali"');
      expect(back.body).toContain('role="alert"');
    }
  });

  test('with a script in it is text on every page that shows it', async () => {
    const itemId = await publish();
    const body = `${clean} <script>alert(1)</script>`;
    const sent = await send(itemId, body, { penName: '<b onclick=x>' });
    const pages = [sent.body, (await page(String(sent.headers.location))).body];
    const [waiting] = await heldOf(itemId);
    if (waiting !== undefined) {
      await rule(waiting, { ruling: 'publish' });
      pages.push((await page(`/news/${itemId}`)).body);
    }
    for (const shown of pages) {
      expect(shown).not.toContain('<script>alert');
      expect(shown).not.toContain('<b onclick');
    }
  });

  test('of a hundred megabytes is refused before it is read', async () => {
    const itemId = await publish();
    const answer = await room.app.inject({
      method: 'POST',
      url: `/news/${itemId}/comments`,
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      payload: Buffer.alloc(100 * 1024 * 1024, 'a'),
    });
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toContain('بیش از اندازه بزرگ است');
  });

  test('without any hint appears at once where the province has set so, with a trace of it', async () => {
    const itemId = await publish();
    const setting = { id: fresh(), publishesUnhinted: true };
    const settings = '/api/provinces/alborz/comment-settings';
    expect((await post('auditor', settings, setting)).status).toBe(403);
    expect((await post('editor', settings, setting)).status).toBe(201);
    const sent = await send(itemId, clean);
    expect((await page(`/news/${itemId}`)).body).toContain(clean);
    expect((await page(String(sent.headers.location))).body).toContain('بی‌نشانهٔ تخلف');
    await post('editor', settings, { id: fresh(), publishesUnhinted: false });
    await send(itemId, `${clean} دوباره`);
    expect(await heldOf(itemId)).toHaveLength(1);
  });
});

describe('the queue', () => {
  test('takes no word to an author that nobody sees, and none that turns a line around', async () => {
    const itemId = await publish();
    await send(itemId, clean);
    const waiting = must((await heldOf(itemId))[0], 'a comment that waits');
    const reject = (note: string) => rule(waiting, { ruling: 'reject', rule: 'off_topic', note });
    for (const note of ['\u200c\u200c', ' ', '\u202e', '…'])
      expect([JSON.stringify(note), (await reject(note)).status]).toEqual([JSON.stringify(note), 422]);
    expect((await reject('ببینید \u202eabc')).status).toBe(201);
    const [ruled] = (await queue('rejected')).items.filter(({ id }) => id === waiting.id);
    expect(must(ruled, 'the comment').rulings.map(({ note }) => note)).toEqual(['ببینید abc']);
  });

  test('of two moderators at once one decides, and the other is told', async () => {
    const itemId = await publish();
    await send(itemId, clean);
    const waiting = must((await heldOf(itemId))[0], 'a comment that waits');
    const answers = await Promise.all([
      rule(waiting, { ruling: 'publish' }, 'editor'),
      rule(waiting, { ruling: 'reject', rule: 'off_topic' }, 'director'),
    ]);
    expect(answers.map(({ kind }) => kind ?? 'done').toSorted()).toEqual(['CommentMovedOn', 'done']);
  });

  test.each([
    ['karajOffice', 403],
    ['auditor', 403],
    ['director', 201],
  ] as const)('lets %s decide with status %i', async (by, status) => {
    const itemId = await publish();
    await send(itemId, clean);
    const waiting = must((await heldOf(itemId))[0], 'a comment that waits');
    expect((await rule(waiting, { ruling: 'publish' }, by)).status).toBe(status);
  });

  test('of a province is nobody else’s', async () => {
    expect((await get('lorestanDirector', queueUrl)).status).toBe(403);
    expect((await get('karajOffice', queueUrl)).status).toBe(403);
    expect((await get('', queueUrl)).status).toBe(401);
    expect((await get('auditor', queueUrl)).status).toBe(200);
  });

  test('stands where the rulings of each comment lead, all of them played again', async () => {
    const { rows } = await house.owner.transaction().execute(async (tx) => {
      await sql`select set_config('app.province', 'all', true)`.execute(tx);
      return sql<{ state: string; seq: number; rulings: (typeof rulings)[number][] }>`
        select s.state, s.seq, coalesce(array_agg(r.ruling order by r.seq) filter (where r.seq is not null), '{}') as rulings
        from news.comment_standing s
        left join news.ruling r on r.province_id = s.province_id and r.comment_id = s.comment_id
        group by s.comment_id, s.state, s.seq
      `.execute(tx);
    });
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect([row.state, row.seq]).toEqual([replayed(row.rulings), row.rulings.length]);
  });
});

const listed = async (query: Record<string, string>) =>
  queueShape.parse((await get('editor', `${queueUrl}?${new URLSearchParams(query).toString()}`)).body);
const idsOf = ({ items }: { items: readonly CommentAnswer[] }): string[] => items.map(({ id }) => id);

describe('the list on the desk', () => {
  test.each(['held', 'published'] as const)(
    'of what is %s goes on to the last comment, each of them once and in order',
    async (state) => {
      const itemId = await publish();
      for (const number of ['یکم', 'دوم', 'سوم', 'چهارم', 'پنجم']) await send(itemId, `${clean} ${number}`);
      const sent = (await listed({ item: itemId, limit: '200' })).items;
      expect(sent).toHaveLength(5);
      if (state === 'published') for (const one of sent) await rule(one, { ruling: 'publish' });
      const found: string[] = [];
      let next: string | null = '';
      for (let pages = 0; next !== null && pages < 9; pages += 1) {
        const cursor: Record<string, string> = next === '' ? {} : { cursor: next };
        const part = await listed({ state, item: itemId, limit: '2', ...cursor });
        found.push(...idsOf(part));
        next = part.next;
      }
      const inOrder = sent.map(({ id }) => id);
      expect(found).toEqual(state === 'held' ? inOrder : inOrder.toReversed());
    },
  );

  test('finds one by words of its text and its pen name in any spelling, and by its code alone', async () => {
    const itemId = await publish();
    const sent = await send(itemId, 'كارگاه‌هاي طالقان هم از اعتبار سهم مي‌برند؟', { penName: 'پروانه' });
    await send(itemId, clean);
    const code = /\/comments\/(\w{12})/.exec(String(sent.headers.location))?.[1] ?? '';
    const [wanted] = idsOf(await listed({ item: itemId }));
    for (const search of ['کارگاههای طالقان', 'پروانه می‌برند', code, ` ${code.toUpperCase()} `])
      expect(idsOf(await listed({ search })), search).toEqual([wanted]);
    for (const search of [code.slice(0, 6), '%', '_', 'طالقان سهمیه'])
      expect(idsOf(await listed({ search, item: itemId })), search).toEqual([]);
  });

  test('is narrowed to an item, and to a rule that a hint or a person named', async () => {
    const itemId = await publish();
    for (const body of [clean, `${clean} بار دیگر`]) await send(itemId, body);
    const [first, second] = (await listed({ item: itemId })).items;
    await rule(must(first, 'one comment'), { ruling: 'reject', rule: 'off_topic' });
    await rule(must(second, 'another'), { ruling: 'reject', rule: 'finglish' });
    const rejected = { state: 'rejected', item: itemId };
    expect(idsOf(await listed({ ...rejected, rule: 'off_topic' }))).toEqual([first?.id]);
    expect(idsOf(await listed({ ...rejected, rule: 'finglish' }))).toEqual([second?.id]);
    expect(idsOf(await listed({ ...rejected, rule: 'insult' }))).toEqual([]);
    await send(itemId, 'این خبر merci khoob bood و سهم ما چه شد؟');
    const [hinted] = (await listed({ item: itemId })).items;
    expect(hinted?.hints.map((one) => one.rule)).toContain('finglish');
    expect(idsOf(await listed({ item: itemId, rule: 'finglish' }))).toEqual([hinted?.id]);
    expect(idsOf(await listed({ item: itemId, rule: 'insult' }))).toEqual([]);
  });

  test.each([
    ['rule', 'rude'],
    ['item', 'x'],
    ['state', 'lost'],
    ['limit', '201'],
    ['search', 'x'.repeat(101)],
    ['cursor', 'x'],
  ])('refuses a wrong %s and names it', async (field, value) => {
    const { status, body } = await get('editor', `${queueUrl}?${field}=${value}`);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(`"field":"${field}"`);
  });
});

describe('the rules of a ruling', () => {
  test('whatever is asked, only the table moves a comment, and a "no" names its rule', () => {
    const asked = fc.record({
      state: fc.constantFrom(...commentStates),
      ruling: fc.constantFrom(...rulings),
      rule: fc.constantFrom(null, 'insult' as const),
      seen: fc.nat({ max: 2 }),
      seq: fc.nat({ max: 2 }),
    });
    fc.assert(
      fc.property(asked, ({ state, ruling, rule: broken, seen, seq }) => {
        const decision = decideRuling({ state, seq }, { ruling, rule: broken, note: null, seen });
        const lawful = rulingTable[state][ruling] !== 'refused' && seen === seq;
        expect(decision.ok).toBe(lawful && (ruling === 'publish' || broken !== null));
        if (decision.ok) expect(decision.value).toBe(rulingTable[state][ruling]);
      }),
    );
  });

  test('marks lose no letter of a comment, wherever hints stand', () => {
    const hint = fc.record({
      rule: fc.constant('insult' as const),
      start: fc.nat({ max: 20 }),
      end: fc.nat({ max: 25 }),
      clear: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('ا', 'ب', ' ', '😀', 'x'), maxLength: 25 }),
        fc.array(hint),
        (body, hints) => {
          expect(marked(body, hints).markup.replaceAll(/<\/?mark>/g, '')).toBe(body);
        },
      ),
    );
  });
});
