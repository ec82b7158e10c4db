import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCursor } from '#platform/cursor.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse } from '#testing/house.ts';
import { fresh, key, openNewsroom, reader, text } from '#testing/newsroom.ts';
import { itemShape, itemStates } from './contract.ts';
import { blocksOf, figuresIn, plainText } from './markup.ts';
import { averageOf, decidePublication, itemKind } from './rules.ts';
import { signedWords } from './words.ts';

const house = await openHouse();
const room = await openNewsroom(house);
const { url, post, get, page, write, act, publish } = room;
const itemOf = async (itemId: string) => itemShape.parse((await get('editor', `${url}/${itemId}`)).body);
const wrong = 'در سال ۱۴۰۲ بیش از ۹۹۹۹۹ میلیارد تومان اعتبار مشاغل خانگی به استان البرز ابلاغ شد.';

describe('an item of news', () => {
  test('is written by one, approved by another, published, corrected in the open and archived', async () => {
    const itemId = await write({ titleFa: 'بازدید از کارگاه‌ها' });
    expect((await page(`/news/${itemId}`)).statusCode).toBe(404);
    expect((await act('editor', itemId, 'approve', 1)).kind).toBe('ItemOwnText');
    expect((await act('deputy', itemId, 'publish', 1)).kind).toBe('ActUnlawful');
    expect((await act('deputy', itemId, 'approve', 1)).status).toBe(200);
    expect((await act('editor', itemId, 'publish', 2)).status).toBe(200);
    const shown = await page(`/news/${itemId}`);
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('بازدید از کارگاه‌ها');

    const change = { ...text({ titleFa: 'بازدید از کارگاه‌های کرج' }), seenVersion: 3 };
    const silent = await post('editor', `${url}/${itemId}/texts`, { ...change, id: fresh(), erratum: null });
    expect(silent.kind).toBe('ItemErratumMissing');
    const note = 'نام کرج از قلم افتاده بود';
    const amended = await post('editor', `${url}/${itemId}/texts`, { ...change, id: fresh(), erratum: note });
    expect(amended.status).toBe(201);
    // What is public stays as it was read until the second person issues the correction.
    expect((await page(`/news/${itemId}`)).body).not.toContain(note);
    expect((await act('editor', itemId, 'issue', 4)).kind).toBe('ItemOwnText');
    expect((await act('director', itemId, 'issue', 4)).status).toBe(200);
    const corrected = (await page(`/news/${itemId}`)).body;
    expect(corrected).toContain(note);
    expect(corrected).toContain('بازدید از کارگاه‌های کرج');
    expect((await page('/news')).body).toContain('بازدید از کارگاه‌های کرج');

    expect((await act('director', itemId, 'archive', 5)).kind).toBe('ActReasonMissing');
    expect((await act('director', itemId, 'archive', 5, 'سال آن گذشته است')).status).toBe(200);
    expect((await page(`/news/${itemId}`)).statusCode).toBe(200);
    expect((await page('/news')).body).not.toContain('بازدید از کارگاه‌های کرج');
    const late = await room.sendForm(reader(), `/news/${itemId}/rating`, { ...key(), stars: '5' });
    expect(late.statusCode).toBe(409);
  });

  test('once its text is changed after the approval it needs another one', async () => {
    const itemId = await write();
    await act('deputy', itemId, 'approve', 1);
    const change = {
      ...text({ bodyFa: 'متن دیگری که کسی ندیده است.' }),
      id: fresh(),
      seenVersion: 2,
      erratum: null,
    };
    expect((await post('editor', `${url}/${itemId}/texts`, change)).status).toBe(201);
    expect((await itemOf(itemId)).state).toBe('drafted');
    expect((await act('editor', itemId, 'publish', 3)).kind).toBe('ActUnlawful');
  });

  test('a correction that is dropped leaves what is public as it was', async () => {
    const itemId = await publish({ titleFa: 'عنوان نخست' });
    const change = { ...text({ titleFa: 'عنوان دوم' }), id: fresh(), seenVersion: 3, erratum: 'عنوان' };
    await post('editor', `${url}/${itemId}/texts`, change);
    expect((await act('editor', itemId, 'drop', 4)).status).toBe(200);
    const item = await itemOf(itemId);
    expect([item.state, item.titleFa, item.number]).toEqual(['published', 'عنوان نخست', 1]);
    // The number of a dropped text is never given again.
    const again = { ...change, id: fresh(), seenVersion: 5, titleFa: 'عنوان سوم' };
    expect((await post('editor', `${url}/${itemId}/texts`, again)).status).toBe(201);
    expect((await itemOf(itemId)).number).toBe(3);
  });

  test('with a contradicted figure is published only with a signed reason that everybody reads', async () => {
    const itemId = await write({ bodyFa: wrong });
    await act('deputy', itemId, 'approve', 1);
    expect((await act('editor', itemId, 'publish', 2)).kind).toBe('ItemContradicted');
    expect((await page(`/news/${itemId}`)).statusCode).toBe(404);
    const reason = 'رقم از گزارش وزارت نقل شده است';
    expect((await act('editor', itemId, 'publish', 2, reason)).status).toBe(200);
    const shown = (await page(`/news/${itemId}`)).body;
    expect(shown).toContain(reason);
    expect(shown).toContain('سندهای سامانه با این رقم‌های خبر نمی‌خوانند');
    const english = (await page(`/en/news/${itemId}`)).body;
    expect(english).toContain('The records of the system contradict');
    expect(english).toMatch(/\(signed by Public relations\):/);
    expect(shown).toContain('با امضای روابط عمومی');
    expect(signedWords('deputy', { fa: 'معاون', en: 'Deputy' }).en).toBe('signed by the Deputy');
  });

  test('leads to the permanent address of a figure, and to none that was not published', async () => {
    const figure = {
      id: fresh(),
      indicator: 'credit.allocated',
      only: 'programme:home_jobs',
      sentence: null,
    };
    expect((await post('editor', '/api/provinces/alborz/publications', figure)).status).toBe(201);
    const itemId = await publish({ bodyFa: `اعتبار [مشاغل خانگی استان](f/${figure.id}) برش خورد.` });
    expect((await page(`/news/${itemId}`)).body).toContain(`href="/f/${figure.id}"`);
    const unknown = { ...text({ bodyFa: `اعتبار [استان](f/${fresh()}) برش خورد.` }), id: fresh() };
    expect((await post('editor', url, unknown)).kind).toBe('ItemFigureUnknown');
    const half = { ...text({ titleEn: 'Half' }), id: fresh() };
    expect((await post('editor', url, half)).kind).toBe('ItemEnglishPartial');
  });

  test('acts once, however often it is sent, and refuses another text under the same id (L5)', async () => {
    const order = { ...text(), id: fresh() };
    const one = fresh();
    const both = await Promise.all([post('editor', url, order, one), post('editor', url, order, one)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect((await post('editor', url, order)).status).toBe(201);
    expect((await post('editor', url, { ...order, titleFa: 'دیگر' })).kind).toBe('ActOtherContent');
    const approve = { id: fresh(), seenVersion: 1, reason: null };
    const approvals = await Promise.all(
      (['deputy', 'director'] as const).map((by) =>
        post(by, `${url}/${order.id}/acts/approve`, { ...approve, id: fresh() }),
      ),
    );
    expect(new Set(approvals.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });

  test.each([
    ['editor', 201],
    ['director', 201],
    ['karajOffice', 403],
    ['auditor', 403],
    ['lorestanDirector', 403],
    ['', 401],
  ] as const)('is written by %s with status %i', async (by, status) => {
    expect((await post(by, url, { ...text(), id: fresh() })).status).toBe(status);
  });

  test.each([
    ['auditor', 200],
    ['ministry', 200],
    ['bank', 403],
    ['karajOffice', 403],
    ['lorestanDirector', 403],
  ] as const)('is read as a draft by %s with status %i', async (by, status) => {
    expect((await get(by, url)).status).toBe(status);
  });
});

describe('what everybody reads', () => {
  test('a stored script is text and nothing else', async () => {
    const script = '<script>alert(1)</script><img src=x onerror=alert(2)>';
    const itemId = await publish({
      titleFa: `عنوان ${script}`,
      summaryFa: `چکیده ${script}`,
      bodyFa: `متن ${script}\n\n## ${script}\n\n- [x](javascript:alert(1))`,
      tags: ['"><script>'],
    });
    for (const address of [`/news/${itemId}`, `/en/news/${itemId}`, '/news', '/news/feed.xml']) {
      const { body } = await page(address);
      expect(body, address).not.toContain('<script>alert');
      expect(body, address).not.toContain('<img src=x');
      expect(body, address).not.toContain('href="javascript');
    }
    expect((await page(`/news/${itemId}`)).headers['content-security-policy']).toContain("script-src 'self'");
  });

  test('is found by words in whatever spelling, by category and by tag', async () => {
    const itemId = await publish({ titleFa: 'نمایشگاهِ قالی‌بافی', category: 'cooperatives', tags: ['قالی'] });
    const has = async (query: string) => (await page(`/news?${query}`)).body.includes(itemId);
    expect(await has('q=قالي بافي')).toBe(true);
    expect(await has('q=نمايشگاه')).toBe(true);
    expect(await has('category=cooperatives&tag=قالی')).toBe(true);
    expect(await has('category=labour')).toBe(false);
    expect(await has('q=%25')).toBe(false);
    expect((await page('/news?cursor=nonsense')).statusCode).toBe(400);
  });

  test('a page of comments that somebody wrote into the address is refused; asked twice or at length it is the first', async () => {
    const itemId = await publish();
    const aMoment = house.clock.now().toISOString();
    for (const position of [
      ['yesterday', itemId],
      ['2024-02-30T00:00:00.000Z', itemId],
      [aMoment, 'x'],
      [aMoment],
    ])
      expect((await page(`/news/${itemId}?comments=${encodeCursor(position)}`)).statusCode).toBe(400);
    expect((await page(`/news/${itemId}?comments=${encodeCursor([aMoment, itemId])}`)).statusCode).toBe(200);
    for (const name of ['comments', 'rated'])
      for (const query of [`${name}=x&${name}=y`, `${name}=${'x'.repeat(5_000)}`])
        expect((await page(`/news/${itemId}?${query}`)).statusCode, name).toBe(200);
  });

  test('an item without English says so in the lists of English pages, before it is opened, and above its text', async () => {
    const tags = ['زبان'];
    const english = { titleEn: 'A fair', summaryEn: 'A fair of carpets.', bodyEn: 'It opened.' };
    const [both, persian] = [await publish({ tags, ...english }), await publish({ tags })];
    const related = await publish({ tags, ...english });
    /** The lines of a page that lead to an item. */
    const linesOf = async (address: string, itemId: string): Promise<string> =>
      [...(await page(address)).body.matchAll(/<li>(?:(?!<li>)[^])*?<\/li>/g)]
        .map(([line]) => line)
        .filter((line) => line.includes(itemId))
        .join('');
    for (const list of ['', '/news', '/news?q=&category=&tag=زبان', `/news/${related}`]) {
      expect(await linesOf(`/en${list}`, persian), list).toMatch(/· <strong>in\u{a0}Persian<\/strong>/u);
      expect(await linesOf(`/en${list}`, both), list).toContain('A fair');
      expect(await linesOf(`/en${list}`, both), list).not.toMatch(/in\sPersian/);
      const own = await linesOf(list === '' ? '/' : list, persian);
      expect(own, list).toContain('وام مشاغل خانگی');
      expect(own, list).not.toMatch(/به فارسی|in\sPersian/);
    }
    const [above = '', below] = (await page(`/en/news/${persian}`)).body.split('class="lead"');
    expect(above).toContain('This item is in Persian only.');
    // Neither can say its language by a mark that a program reads.
    for (const title of [/<title>([^<]*)</, /og:title" content="([^"]*)"/]) {
      expect(title.exec(above)?.[1], String(title)).toContain('(in\u{a0}Persian)');
      for (const other of [`/news/${persian}`, `/en/news/${both}`])
        expect(title.exec((await page(other)).body)?.[1], other).not.toMatch(/in\sPersian/);
    }
    expect(below).toContain('dir="rtl"');
    expect((await page(`/en/news/${both}`)).body).not.toContain('in Persian only');
  });

  test('feed, map and robots name what is public and no draft', async () => {
    const shown = await publish();
    const draft = await write();
    const figure = {
      id: fresh(),
      indicator: 'credit.allocated',
      only: 'programme:home_jobs',
      sentence: null,
    };
    expect((await post('editor', '/api/provinces/alborz/publications', figure)).status).toBe(201);
    const feed = (await page('/news/feed.xml')).body;
    expect(feed).toMatch(
      /^<\?xml version="1\.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom"/,
    );
    expect(feed).toContain(`urn:uuid:${shown}`);
    const map = (await page('/sitemap.xml')).body;
    expect(map).toContain(`/en/news/${shown}</loc>`);
    const entry = new RegExp(`<url><loc>([^<]*)/news/${shown}</loc>(?:(?!</url>).)*</url>`).exec(map);
    const origin = entry?.[1] ?? 'none';
    for (const [name, at] of [
      ['fa', `${origin}/news/${shown}`],
      ['en', `${origin}/en/news/${shown}`],
      ['x-default', `${origin}/news/${shown}`],
    ] as const)
      expect(entry?.[0]).toContain(`<xhtml:link rel="alternate" hreflang="${name}" href="${at}"/>`);
    for (const there of ['/', '/en', `/f/${figure.id}`, `/en/f/${figure.id}`])
      expect(map, there).toContain(`<loc>${origin}${there}</loc>`);
    for (const address of ['/news/feed.xml', '/sitemap.xml']) {
      const tag = String((await page(address)).headers.etag);
      const again = await room.app.inject({ url: address, headers: { 'if-none-match': tag } });
      expect([again.statusCode, again.body], address).toEqual([304, '']);
    }
    for (const body of [feed, map]) expect(body).not.toContain(draft);
    expect((await page('/robots.txt')).body).toContain('Sitemap: http');
  });

  test('an id in capitals leads to the item; who comes back to its page is given forms that are not used up', async () => {
    const itemId = await publish();
    const capitals = await page(`/en/news/${itemId.toUpperCase()}?comments=1`);
    expect([capitals.statusCode, capitals.headers.location]).toEqual([301, `/en/news/${itemId}?comments=1`]);
    expect((await page('/news/NO-ID')).statusCode).toBe(404);
    const keys = async () => {
      const { statusCode, headers, body } = await room.app.inject({
        url: `/news/${itemId}`,
        headers: { 'if-none-match': '*' },
      });
      expect([statusCode, headers['cache-control'], headers.etag]).toEqual([
        200,
        'private, no-cache',
        undefined,
      ]);
      return body.match(/(?<=name="idempotency_key" value=")[0-9a-f-]{36}/g) ?? [];
    };
    const [first, second] = [await keys(), await keys()];
    expect(first.length).toBe(2);
    expect(new Set([...first, ...second]).size).toBe(4);
  });

  test('a path outside and an address that is none are answered as pages, in the language of the address', async () => {
    for (const address of [
      '/news/..%2f..%2f..%2fetc%2fpasswd',
      '/news/%2e%2e/%2e%2e/etc/passwd',
      `/news/${fresh()}/images/..%2f..%2fpackage.json`,
      '/news/nothing',
    ]) {
      const { statusCode, body } = await page(address);
      expect([400, 404], address).toContain(statusCode);
      expect(body, address).not.toContain('root:');
      expect(body, address).toContain('<main id="text">');
    }
    expect((await page('/en/nowhere')).body).toContain('There is no such address here.');
    const { headers } = await room.app.inject({ url: '/api/nowhere', headers: { accept: 'text/html' } });
    expect(headers['content-type']).toContain('application/problem+json');
  });

  test('structured data tells the stars as they are counted', async () => {
    const itemId = await publish();
    await room.sendForm(reader(), `/news/${itemId}/rating`, { ...key(), stars: '4' });
    const { body } = await page(`/news/${itemId}`);
    const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject({
      '@type': 'NewsArticle',
      aggregateRating: { ratingValue: '4.0', ratingCount: 1 },
    });
  });
});

describe('the rules of an item', () => {
  test('no way leads to the public but by an approval, and out of the archive leads none', () => {
    for (const state of itemStates)
      for (const [name, to] of Object.entries(itemKind.table[state])) {
        if (to === 'published' && state !== 'amended') expect([state, name]).toEqual(['approved', 'publish']);
        if (to === 'approved') expect([state, name]).toEqual(['drafted', 'approve']);
        if (state === 'archived' || state === 'withdrawn') expect(to).toBe('refused');
      }
  });

  test('a contradicted figure asks for a reason, and nothing else does', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.option(fc.string({ minLength: 1 })), (contradicted, reason) => {
        expect(decidePublication({ contradicted, reason }).ok).toBe(
          contradicted.length === 0 || reason !== null,
        );
      }),
    );
  });

  test('markup loses no word of a text, and the average is exact to a tenth', () => {
    const word = fc.stringMatching(/^[a-zآ-ی]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.uuid(), (words, figure) => {
        const body = words.map((one, at) => (at % 2 === 0 ? one : `[${one}](f/${figure})`)).join(' ');
        expect(plainText(body)).toBe(words.join(' '));
        expect(figuresIn(body)).toEqual(words.length > 1 ? [figure] : []);
        expect(blocksOf(body)).toHaveLength(1);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 50 }), (stars) => {
        const sum = stars.reduce((whole, one) => whole + one, 0);
        const average = averageOf({ count: stars.length, sum });
        expect(Math.abs(Number(average) - sum / stars.length)).toBeLessThanOrEqual(0.05 + 1e-9);
      }),
    );
    expect(averageOf({ count: 0, sum: 0 })).toBeNull();
  });
});

test('the README shows the way of an item as it is declared', () => {
  expect(readmeHasDiagram(new URL('../README.md', import.meta.url), itemKind)).toBe(true);
});
