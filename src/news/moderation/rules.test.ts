import { Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printModerated } from './command.ts';
import type { CommentRule, Reason } from './contract.ts';
import { moderate } from './rules.ts';

const article =
  'مدیرکل گفت: اعتبار مشاغل خانگی استان میان شهرستان‌ها بخش شد و سهم تعاونی‌ها از تسهیلات بانک‌ها جدا نگه داشته می‌شود.';
const rulesOf = (comment: string): CommentRule[] => [
  ...new Set(moderate({ article, comment }).hints.map(({ rule }) => rule)),
];
const decisionOf = (comment: string): string => moderate({ article, comment }).decision;

describe('what a clerk would recognise', () => {
  test.each([
    'سلام، چرا بانک‌ها برای وام خانگی ضامن می‌خواهند؟',
    'ممنون از اطلاع‌رسانی',
    'فایل PDF آیین‌نامه را در سایت بگذارید؛ با Excel هم باز می‌شود.',
    'رئیس شعبه به من گفت «احمق» و پرونده را پس داد.',
    'برای خرید گاو شیری هم وام می‌دهند؟ ۲۰۰ میلیون تومان کافی نیست.',
    'از mojavez.ir مجوز گرفتم ولی وام ندادند.',
    'کد رهگیری من ۱۴۰۲۵۵۱۲۳۴ است و هنوز معرفی نشده‌ام.',
    'شمارهٔ اداره ۰۲۶۳۲۷۰۰۰۰۰ است ولی هیچ‌وقت جواب نمی‌دهند.',
    'طویلهٔ ما جا برای دو خر و چند بز دارد؛ وام به دامداری کوچک هم می‌دهند؟',
    'مراقب کلاهبردارها باشید که به اسم وام از مردم پول می‌گیرند.',
    'خدا خیرتان بدهد',
    'نصف ما از توضیح وام هیچ نفهمیدیم.',
    'ضمانت من برای وام ضعیفه و بانک قبول نکرد.',
    'من احمق باور کردم که وام می‌دهند.',
    'کارشناس شعبه جلوی همه نفهم صدایم کرد و پرونده را پس داد.',
  ])('publishes «%s»', (comment) => {
    expect(moderate({ article, comment })).toEqual({ decision: 'publish', hints: [] });
  });

  test.each<[CommentRule, string]>([
    ['finglish', 'salam vame ma ro nadadan'],
    ['finglish', 'بانک mige zamen biar'],
    ['advertising', 'برای وام فوری بدون ضامن زنگ بزنید ۰۹۱۲۳۴۵۶۷۸۹'],
    ['advertising', 'شمارهٔ من صفر نهصد و دوازده سیصد و چهل و پنج شصت و هفت هشتاد و نه'],
    ['advertising', 'به t . me / karkhane سر بزنید'],
    ['advertising', 'فروشگاه نمونه نقطه کام'],
    ['insult', 'شما احمق هستید'],
    ['insult', 'مدیران بی‌شعور'],
    ['insult', 'شما دزد هستید'],
    ['advertising', 'طرح توجیهی می‌نویسیم، ارزان و تضمینی، فقط پیام بدهید'],
    ['advertising', 'تماس: 𝟬𝟵𝟭𝟮 (سه تا صفر) ۶۶۰۱'],
    ['insult', 'مدیرعامل بی‌ش*ف'],
    ['insult', 'کارمندهای اهمق'],
    ['off_topic', 'پرسپولیس دیشب خوب بازی کرد و داور و مربی هم راضی بودند'],
  ])('%s: rejects «%s»', (rule, comment) => {
    const { decision, hints } = moderate({ article, comment });
    expect(decision).toBe('reject');
    expect(hints.map((hint) => hint.rule)).toContain(rule);
  });

  test.each([
    'آفرین به گاوهایی که باور کردند',
    'مرگ بر این مدیران',
    'خاک تو سرتون',
    'این دروغگوها فقط وعدهٔ وام مشاغل خانگی می‌دهند.',
    'چرا با مدیر فاسد آن شعبه برخورد نشد و وام مردم ماند؟',
    'مستمری بازنشستگان و متناسب‌سازی حکم‌ها چه شد؟',
  ])('holds «%s» for a person', (comment) => {
    expect(decisionOf(comment)).toBe('hold');
  });

  test.each([
    'علت مرگ بر اثر سقوط از داربست را بازرس کار نوشت.',
    'قیمت یونجه و نهادهٔ دام از وام روستایی جلو زده است.',
  ])('sees no insult in «%s»', (comment) => {
    expect(rulesOf(comment)).not.toContain('insult');
  });

  test('what strays under one item is on topic under another', () => {
    const comment = 'مستمری بازنشستگان و متناسب‌سازی حکم‌ها چه شد؟';
    const pension = 'مرحلهٔ تازهٔ متناسب‌سازی مستمری بازنشستگان استان از آبان اعمال می‌شود.';
    expect(moderate({ article: pension, comment }).decision).toBe('publish');
  });
});

test('words of the item before it excuse neither an address or number nor an insult', () => {
  const credit = 'اعتبار مشاغل خانگی استان البرز میان شهرستان‌ها برش خورد و درخواست‌ها در اداره ثبت می‌شود.';
  const passed = [
    ['از vamfori.ir بگیرید', 'advertising'],
    ['+98 912 345 67 89', 'advertising'],
    ['9123456789', 'advertising'],
    ['0912\u3164345\u28006789', 'advertising'],
    ['6037991234567890', 'advertising'],
    ['w w w . vam . i r', 'advertising'],
    ['در کانال ما عضو شوید', 'advertising'],
    ['کسخل', 'insult'],
    ['خفه شو', 'insult'],
    ['خاک بر سرتان', 'insult'],
    ['شما حیوانید', 'insult'],
    ['ترک‌ها خر هستند', 'insult'],
  ].filter(
    ([said = '', rule]) =>
      !moderate({ article: credit, comment: `سهم مشاغل خانگی البرز را ${said}` }).hints.some(
        (hint) => hint.rule === rule,
      ),
  );
  expect(passed).toEqual([]);
  expect(
    moderate({ article: credit, comment: 'سهم البرز از ۹۱۲۳۴۵۶۷۸۹ ریال اعتبار چقدر است؟' }).hints,
  ).toEqual([]);
});

const disguised = (text: string, signs: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(...Array.from(text).map((letter) => signs.map((sign) => letter + sign)))
    .map((parts) => parts.join(''));
const letter = (unit: string): boolean => /\p{L}/u.test(unit);

describe('a disguise frees nothing', () => {
  const insults = ['شما احمق هستید', 'بیشرف', 'کارمندان مفتخور', 'خفه شو'];
  const adverts = ['09123456789', 't.me/karkhane', 'فروش ویژه و تخفیف ویژه', 'example.com'];

  test.each(insults)('half-spaces and marks in «%s»', (text) => {
    fc.assert(
      fc.property(disguised(text, fc.constantFrom('', '\u200c', '\u0640', '\u200b', '\u064e')), (comment) =>
        rulesOf(comment).includes('insult'),
      ),
    );
  });

  test.each(insults)('letters drawn out in «%s»', (text) => {
    const drawn = fc
      .array(fc.integer({ min: 1, max: 6 }), { minLength: text.length, maxLength: text.length })
      .map((times) =>
        Array.from(text)
          .map((unit, at) => (letter(unit) ? unit.repeat(times[at] ?? 1) : unit))
          .join(''),
      );
    fc.assert(fc.property(drawn, (comment) => rulesOf(comment).includes('insult')));
  });

  test.each(insults)('look-alikes in «%s»', (text) => {
    const alike: Readonly<Record<string, string>> = {
      ی: 'يىې',
      ک: 'كڪ',
      ه: 'ةھہ',
      ا: 'أإآ',
      و: 'ؤۆ',
      ش: 'ﺷﺸ',
      ح: 'ﺣﺤ',
    };
    const replaced = fc
      .tuple(...Array.from(text).map((unit) => fc.constantFrom(unit, ...Array.from(alike[unit] ?? ''))))
      .map((units) => units.join(''));
    fc.assert(fc.property(replaced, (comment) => rulesOf(comment).includes('insult')));
  });

  test.each(adverts)('half-spaces, marks and Persian digits in «%s»', (text) => {
    const persian = text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
    const either = fc
      .constantFrom(text, persian)
      .chain((chosen) => disguised(chosen, fc.constantFrom('', '\u200c', '\u200b', '\u2060')));
    fc.assert(fc.property(either, (comment) => rulesOf(comment).includes('advertising')));
  });

  test('signs between the digits of a telephone number', () => {
    fc.assert(
      fc.property(disguised('09123456789', fc.constantFrom('', ' ', '-', '.', ' - ', '_')), (comment) =>
        rulesOf(comment).includes('advertising'),
      ),
    );
  });
});

test.each([
  ['insult', 'احمق'],
  ['insult', 'بی‌شرف'],
  ['advertising', '۰۹۱۲۳۴۵۶۷۸۹'],
  ['advertising', 't.me/karkhane'],
  ['finglish', 'salam vame ma ro nadadan'],
] as const)('%s: the place named is that of «%s», whatever stands around it and within it', (rule, text) => {
  const around = fc.constantFrom('', '😀 ', 'وام ', '👩‍👧 کِتاب ', 'سلام\u200c ');
  fc.assert(
    fc.property(
      around,
      disguised(text, fc.constantFrom('', '\u200c', '\u200b')),
      around,
      (one, shown, other) => {
        const comment = `${one}${shown} ${other}`;
        const begins = Array.from(one).length;
        const ends = begins + Array.from(shown).length;
        const found = moderate({ article, comment }).hints.filter((hint) => hint.rule === rule);
        expect(found.length).toBeGreaterThan(0);
        for (const { start, end } of found) {
          expect(start).toBeGreaterThanOrEqual(begins);
          expect(end).toBeLessThanOrEqual(ends);
          expect(Array.from(comment).slice(start, end).join('').trim()).not.toBe('');
        }
      },
    ),
  );
});

test('a place is within the comment and the same comment is judged alike, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (one, other) => {
      const remark = { article: one, comment: other };
      const { hints } = moderate(remark);
      expect(moderate(remark).hints).toEqual(hints);
      for (const { start, end } of hints) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(Array.from(other).length);
      }
    }),
  );
});

test('karsaz moderate answers each line in its place and names a line that is no comment', async () => {
  const parts: string[] = [];
  const out = new Writable({
    write(chunk, _encoding, done) {
      parts.push(String(chunk));
      done();
    },
  });
  const lines = [{ article, comment: 'ممنون' }, 'nonsense', { article, comment: 'salam vame ma ro nadadan' }];
  const input = Readable.from(
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`),
  );
  expect(await printModerated({ input, out })).toEqual([{ line: 2 }]);
  const answers = parts
    .join('')
    .trim()
    .split('\n')
    .map((line): { decision: string; reasons: Reason[] } => JSON.parse(line));
  expect(answers.map(({ decision }) => decision)).toEqual(['publish', 'hold', 'reject']);
  expect(answers[2]?.reasons).toEqual([
    {
      rule: 'finglish',
      start: 0,
      end: 24,
      message:
        '«salam vame ma ro nadadan» فارسی با حروف لاتین است؛ آن را با حروف فارسی بنویسید. / “salam vame ma ro nadadan” is Persian in Latin letters: write it in Persian letters.',
    },
  ]);
});
