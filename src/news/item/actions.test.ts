import { describe, expect, test } from 'vitest';
import { publicationListShape } from '#evidence/publication/contract.ts';
import { openHouse } from '#testing/house.ts';
import { fresh, key, openNewsroom, reader, text } from '#testing/newsroom.ts';
import { itemCheckShape, itemShape } from './contract.ts';
import { printedText } from './markup.ts';
import { foundTogether, toldOnce } from './rules.ts';

const house = await openHouse();
const emptyHouse = await openHouse();
const bare = await openNewsroom(emptyHouse);
const { url, post, get, app, page, sendForm, write, act, publish } = await openNewsroom(house);

const figureId = fresh();
await post('editor', '/api/provinces/alborz/publications', {
  id: figureId,
  indicator: 'credit.allocated',
  only: 'programme:home_jobs',
  sentence: null,
});

const wrong = 'در سال ۱۴۰۲ بیش از ۹۹۹۹۹ میلیارد تومان اعتبار مشاغل خانگی به استان البرز ابلاغ شد.';
const english = { titleEn: 'A fair', summaryEn: 'A fair of carpets.', bodyEn: 'It opened.' };

/** Tries to publish an item without a reason, and tells what came of it. */
async function published(change: Record<string, unknown>): Promise<string> {
  const itemId = await write(change);
  await act('deputy', itemId, 'approve', 1);
  const done = await act('editor', itemId, 'publish', 2);
  return done.kind ?? String(done.status);
}

/** What the panel of the editor shows as contradicted. */
async function panel(change: Record<string, unknown>): Promise<string[]> {
  const { category: _, ...order } = text(change);
  const empty = {
    titleEn: order.titleEn ?? '',
    summaryEn: order.summaryEn ?? '',
    bodyEn: order.bodyEn ?? '',
  };
  const answer = await app.inject({
    method: 'POST',
    url: `${url}/check`,
    headers: { 'x-actor': 'editor', 'content-type': 'application/json' },
    payload: JSON.stringify({ ...order, ...empty, item: null }),
  });
  const { persian, english: other } = itemCheckShape.parse(answer.json());
  return [persian, ...(other === null ? [] : [other])].flatMap(({ text: whole, figures }) =>
    figures.flatMap((one) => {
      const there = Array.from(whole).slice(one.start, one.end).join('');
      expect(there.replaceAll(/\s+(?:- )?/g, ' ')).toBe(one.text);
      return one.verdict === 'contradicted' ? [one.text] : [];
    }),
  );
}

describe('a figure that the records contradict is found', () => {
  test.each<[string, Record<string, unknown>]>([
    ['in the title', { titleFa: wrong }],
    ['in the summary', { summaryFa: wrong }],
    ['in the text', { bodyFa: wrong }],
    ['in a heading', { bodyFa: `## ${wrong}\n\nمتن` }],
    ['in a tag', { tags: ['تعاونی', 'ابلاغ ۹۹۹۹۹ میلیارد اعتبار مشاغل خانگی'] }],
    ['over two lines of a paragraph', { bodyFa: wrong.replace('۹۹۹۹۹ ', '۹۹۹۹۹\n') }],
    ['over two lines of a list', { bodyFa: `- ${wrong.replace('۹۹۹۹۹ ', '۹۹۹۹۹\n- ')}` }],
    [
      'over two lines of a list, its deed on the second',
      { bodyFa: '- در سال ۱۴۰۲ بیش از ۹۹۹۹۹ میلیارد تومان\n- اعتبار مشاغل خانگی به استان البرز ابلاغ شد.' },
    ],
    [
      'with a sign that nobody sees in the number',
      { bodyFa: wrong.replace('۹۹۹۹۹', '۹\u200b۹۹\u206098\u00ad9\u200c۹') },
    ],
    ['with a sign that nobody sees in its unit', { bodyFa: wrong.replace('میلیارد', 'میلیا\u200bرد') }],
    ['in digits of another dress', { bodyFa: wrong.replace('۹۹۹۹۹', '９９９９９') }],
    ['in the English title', { ...english, titleEn: 'Over 99,999 billion tomans notified' }],
    ['in the English summary', { ...english, summaryEn: 'Over 99,999 billion tomans notified.' }],
    ['in the English text', { ...english, bodyEn: 'Over 99,999 billion tomans were notified.' }],
    ['in English words', { ...english, bodyEn: 'Ninety-nine thousand billion tomans were notified.' }],
    [
      'in an English number with a sign that nobody sees',
      { ...english, bodyEn: '99\u200b,99\u200c9 billion tomans.' },
    ],
    ['in words that lead to a figure', { bodyFa: `اعتبار [۵۰۰ میلیارد تومان](f/${figureId}) است.` }],
    ['beside words that lead to it', { bodyFa: `اعتبار ۵۰۰ [میلیارد تومان](f/${figureId}) است.` }],
    ['in words that lead, without currency', { bodyFa: `اعتبار [۵۰۰ میلیارد](f/${figureId}) است.` }],
    ['in English words that lead', { ...english, bodyEn: `[500 billion tomans](f/${figureId}) of credit.` }],
  ])('%s', async (_, change) => {
    expect(await panel(change)).not.toEqual([]);
    expect(await published(change)).toBe('ItemContradicted');
  });
});

const tomans = async (): Promise<string> => {
  const { body } = await get('editor', `/api/provinces/alborz/publications?limit=100`);
  const found = publicationListShape.parse(body).items.find(({ id }) => id === figureId);
  return (BigInt(found?.value ?? '0') / 10n).toString();
};

test.each([
  ['digits in rings', '②⓪⓪ میلیارد'],
  ['mathematical digits', '𝟐𝟎𝟎 میلیارد'],
  ['a number between asterisks', '**۲۰۰** میلیارد'],
])('%s are read as a reader reads them', async (_, sum) => {
  const bodyFa = wrong.replace('۹۹۹۹۹ میلیارد', sum);
  expect(await published({ bodyFa })).toBe('ItemContradicted');
});

test('an earlier day of the news takes no year out of the records that has begun', async () => {
  expect(await published({ bodyFa: wrong, datedOn: '2023-01-01' })).toBe('ItemContradicted');
});

test('a correction whose word about itself is contradicted is not issued without a reason that says something', async () => {
  const itemId = await write({ bodyFa: 'از ۱۴۰ کارگاه خانگی بازدید شد.' });
  await act('deputy', itemId, 'approve', 1);
  expect((await act('editor', itemId, 'publish', 2)).status).toBe(200);
  const change = { ...text({ bodyFa: 'از ۱۴۱ کارگاه خانگی بازدید شد.' }), id: fresh(), seenVersion: 3 };
  const erratum = `رقم درست این است: ${wrong}`;
  expect((await post('editor', `${url}/${itemId}/texts`, { ...change, erratum })).status).toBe(201);
  expect((await act('deputy', itemId, 'issue', 4)).kind).toBe('ItemContradicted');
  for (const empty of ['.', '؟!', '\u200c'])
    expect((await act('deputy', itemId, 'issue', 4, empty)).status, empty).toBe(422);
  expect((await act('deputy', itemId, 'issue', 4, 'به نقل از وزارت')).status).toBe(200);
  const shown = (await page(`/news/${itemId}`)).body;
  expect(shown).toContain('سندهای سامانه با این رقم‌های خبر نمی‌خوانند');
  expect(await panel({ bodyFa: 'از ۱۴۱ کارگاه خانگی بازدید شد.', erratum })).toHaveLength(1);
});

describe('what does not contradict is published without a reason', () => {
  test('words that lead to a figure and say it, exactly or as roughly as they say', async () => {
    const exact = await tomans();
    const rough = (BigInt(exact) / 1_000_000_000n).toString();
    for (const bodyFa of [
      `اعتبار [${exact} تومان](f/${figureId}) در ۳ مرحله.`,
      `اعتبار [بیش از ${rough} میلیارد تومان](f/${figureId}) است.`,
      `اعتبار [مشاغل خانگی در سال ۱۴۰۲](f/${figureId}) برش خورد.`,
    ]) {
      expect(await panel({ bodyFa }), bodyFa).toEqual([]);
      expect(await published({ bodyFa }), bodyFa).toBe('200');
    }
  });

  test('English whose numbers stand in the Persian text, its date or what it leads to', async () => {
    const exact = await tomans();
    const change = {
      bodyFa: `در سال ۱۴۰۲ از ۱۴۰ کارگاه و ۲۵ درصد تعاونی‌ها در ۳ تا ۵ روستا بازدید شد؛ [اعتبار](f/${figureId}) برقرار است.`,
      titleEn: 'Visits to 140 workshops in 1402',
      summaryEn: `Twenty-five percent of cooperatives; ${exact} tomans of credit, on 5 September 2024.`,
      bodyEn: `One of them: three to five villages in 2023, and [${exact} tomans](f/${figureId}).`,
    };
    expect(await panel(change)).toEqual([]);
    expect(await published(change)).toBe('200');
  });

  test('a tag that counts what the text counts', async () => {
    const change = { bodyFa: 'از ۱۴۰ کارگاه خانگی بازدید شد.', tags: ['۱۴۰ کارگاه', 'سال ۱۴۰۲'] };
    expect(await panel(change)).toEqual([]);
    expect(await published(change)).toBe('200');
  });

  test('with its reason it is shown with every figure that it is given for', async () => {
    const change = { ...english, bodyEn: 'Over 99,999 billion tomans were notified.' };
    const itemId = await write(change);
    await act('deputy', itemId, 'approve', 1);
    expect((await act('editor', itemId, 'publish', 2, 'به نقل از وزارت')).status).toBe(200);
    const shown = (await page(`/en/news/${itemId}`)).body;
    expect(shown).toContain('99,999 billion tomans');
    expect(shown).toContain('stands neither in the Persian text');
  });
});

describe('a text is kept as it is seen', () => {
  test('a day to come is refused with its field and rule, and today is none', async () => {
    const order = { ...text({ datedOn: '2024-09-06' }), id: fresh() };
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { 'x-actor': 'editor', 'idempotency-key': fresh(), 'content-type': 'application/json' },
      payload: JSON.stringify(order),
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ kind: 'ItemDayAhead', field: 'datedOn', rule: 'not_ahead' });
    const itemId = await write({ datedOn: '2024-09-05' });
    const change = { ...text({ datedOn: '2024-12-01' }), id: fresh(), seenVersion: 1, erratum: null };
    expect((await post('editor', `${url}/${itemId}/texts`, change)).kind).toBe('ItemDayAhead');
  });

  test.each(['titleFa', 'summaryFa', 'bodyFa', 'titleEn', 'summaryEn', 'bodyEn'])(
    '%s of signs that nobody sees is refused',
    async (name) => {
      for (const unseen of ['\u200b\u2060', '\u202e\u200f', '\u3164\u2800', '\u200c \u00ad']) {
        const order = { ...text({ ...english, [name]: unseen }), id: fresh() };
        const answer = await app.inject({
          method: 'POST',
          url,
          headers: { 'x-actor': 'editor', 'idempotency-key': fresh(), 'content-type': 'application/json' },
          payload: JSON.stringify(order),
        });
        expect([answer.statusCode, answer.body.includes(`"${name}"`)]).toEqual([422, true]);
      }
    },
  );

  test('no sign that turns a line or hides in a word is stored, and a tag in two spellings is one', async () => {
    const itemId = await write({
      titleFa: 'عنوان \u202eبرگشته',
      summaryFa: 'چکیده\u2067 خبر',
      bodyFa: 'متن \u202dتازه\n\nبند دوم می\u200cآید',
      tags: ['تعاونی', 'تعاوني', '\u202eتعاونی\u200b', 'بازدید'],
    });
    const item = itemShape.parse((await get('editor', `${url}/${itemId}`)).body);
    expect(item).toMatchObject({
      titleFa: 'عنوان برگشته',
      summaryFa: 'چکیده خبر',
      bodyFa: 'متن تازه\n\nبند دوم می\u200cآید',
      tags: ['تعاونی', 'بازدید'],
    });
  });

  test('an archive without a reason is told who reads it, and no applicant', async () => {
    const itemId = await publish();
    const answer = await app.inject({
      method: 'POST',
      url: `${url}/${itemId}/acts/archive`,
      headers: { 'x-actor': 'director', 'idempotency-key': fresh(), 'content-type': 'application/json' },
      payload: JSON.stringify({ id: fresh(), seenVersion: 3, reason: null }),
    });
    expect(answer.json()).toMatchObject({ kind: 'ActReasonMissing', field: 'reason' });
    expect(answer.body).toContain('حسابرسان');
    expect(answer.body).not.toContain('متقاضی');
  });
});

describe('the list and the page of an item', () => {
  test('a search that cannot be made says so and shows nothing', async () => {
    const itemId = await publish();
    for (const [q, says] of [
      ['خ'.repeat(101), 'بیش از ۱۰۰ نویسه'],
      ['\u200b\u200c', 'نویسهٔ خوانایی نیست'],
      ['\u202e', 'نویسهٔ خوانایی نیست'],
    ] as const) {
      const { statusCode, body } = await page(`/news?q=${encodeURIComponent(q)}`);
      expect([statusCode, body.includes(says), body.includes(itemId)]).toEqual([400, true, false]);
    }
    expect((await page(`/news?q=${'خ'.repeat(100)}`)).statusCode).toBe(200);
    for (const q of ['', '%20']) expect((await page(`/news?q=${q}`)).body).toContain(itemId);
  });

  test('an installation without news says so, and a search that finds nothing says that', async () => {
    expect((await bare.page('/news')).body).toContain('هنوز خبری منتشر نشده است');
    expect((await bare.page('/en/news')).body).toContain('No news has been published yet');
    expect((await page('/news?q=nothing-like-this')).body).toContain('خبری یافت نشد');
  });

  test('the day of the news stands on the item, and the list shows the day by which it is sorted', async () => {
    const itemId = await publish({ datedOn: '2024-03-10', tags: ['روزها'] });
    const { body } = await page(`/news/${itemId}`);
    expect(body).toContain('<time datetime="2024-03-10">');
    const list = (await page('/news?tag=روزها')).body;
    expect(list).toContain('۱۵ شهریور ۱۴۰۳');
    expect(list).not.toContain('اسفند');
  });

  test('only the reader who has given the stars is thanked for them', async () => {
    const itemId = await publish();
    const thanked = async (stars: number, cookie: string | null): Promise<boolean> => {
      const headers = { accept: 'text/html', ...(cookie === null ? {} : { cookie }) };
      const answer = await app.inject({ url: `/news/${itemId}?rated=${stars}`, headers });
      return answer.body.includes('امتیاز شما ثبت شد');
    };
    const who = reader();
    await sendForm(who, `/news/${itemId}/rating`, { ...key(), stars: '5' });
    expect(await thanked(5, who.cookie)).toBe(true);
    expect(await thanked(4, who.cookie)).toBe(false);
    expect(await thanked(5, null)).toBe(false);
    expect(await thanked(5, `${who.cookie?.slice(0, -1)}x`)).toBe(false);
    const another = reader();
    await sendForm(another, `/news/${await publish()}/rating`, { ...key(), stars: '5' });
    expect(await thanked(5, another.cookie)).toBe(false);
  });

  test('a figure that stands in summary and text is listed once', async () => {
    const said = 'در سال ۱۴۰۲ بیش از ۱۰ میلیارد تومان اعتبار مشاغل خانگی به استان البرز ابلاغ شد.';
    const itemId = await publish({ summaryFa: said, bodyFa: said });
    const list = /<details>[^]*?<\/details>/.exec((await page(`/news/${itemId}`)).body)?.[0] ?? '';
    expect(list).toContain('سنجش رقم‌ها با سندها (۱)');
    expect(list.split('<li>')).toHaveLength(2);
  });

  test('paper has whole addresses, of the item and of what its text leads to', async () => {
    const itemId = await publish({ bodyFa: `اعتبار [مشاغل خانگی](f/${figureId}) برش خورد.` });
    for (const language of ['', '/en']) {
      const { body } = await page(`${language}/news/${itemId}`);
      expect(body).toMatch(new RegExp(`class="paper[^>]*>[^]*http://[^/<]+${language}/news/${itemId}<`));
      expect(body).toMatch(new RegExp(`class="paper"[^>]*> \\(http://[^/<]+${language}/f/${figureId}\\)`));
    }
  });
});

const one = (verdict: 'supported' | 'ambiguous' | 'contradicted', start = 0) => ({
  verdict,
  start,
  end: start + 5,
});

describe('what is read of a text', () => {
  test('leads are placed in code points, and a list read on keeps every place', () => {
    const printed = printedText({
      title: 'عنوان 😀',
      summary: 'چکیده',
      body: `- نخست [رقم](f/${figureId})\n- دوم.\n- سوم\n\n![](${fresh()})`,
      erratum: '',
      tags: ['برچسب'],
      captionOf: () => 'شرح',
    });
    const points = Array.from(printed.text);
    expect(printed.leads.map(({ start, end }) => points.slice(start, end).join(''))).toEqual(['رقم']);
    expect(Array.from(printed.readOn)).toHaveLength(points.length);
    expect(printed.readOn).toContain('رقم   دوم.\n- سوم');
    expect(points.slice(printed.tagsAt).join('').trim()).toBe('برچسب');
    expect(printed.text).toContain('شرح');
  });

  test('the same words are told of once, by what says most about them and where they stand first', () => {
    const orders = ['no_record', 'promise', 'ambiguous', 'supported', 'contradicted'] as const;
    const found = orders.flatMap((verdict, at) => [
      { text: `${at}`, verdict: orders[0] },
      { text: `${at}`, verdict },
      { text: `${at}`, verdict: orders[0] },
    ]);
    expect(toldOnce(found)).toEqual(orders.map((verdict, at) => ({ text: `${at}`, verdict })));
    const both = orders.map((verdict) => ({ text: '۱۰۴ بنگاه', verdict }));
    expect(toldOnce(both).map(({ verdict }) => verdict)).toEqual(['contradicted']);
  });

  test('reading on contradicts only what line by line was left open', () => {
    const lines = [one('supported'), one('ambiguous', 10)];
    const open = [one('contradicted', 2), one('contradicted', 12)];
    expect(foundTogether(lines, { open, led: [] })).toEqual([one('supported'), one('contradicted', 12)]);
    // What words lead to says another thing, whatever else they are.
    expect(foundTogether(lines, { open: [], led: [one('contradicted')] })[0]?.verdict).toBe('contradicted');
  });
});
