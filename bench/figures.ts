import {
  cardinalWords,
  groupedDigits,
  latinDigits,
  mixedNumber,
  ordinalWords,
  persianDigits,
} from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import { readFigures } from '../src/evidence/figure/reader.ts';
import { againstLimit, type Figure, measure, print } from './measure.ts';

/**
 * The figure reader on press text of our own making: five megabytes a second (UTF-8) on one core are
 * promised. Beside it, by turns, an expression that finds runs of digits with a scale and a currency and
 * reads neither words nor ranges nor dates: what a quick script would do.
 */
const TARGET = 5;
const MEGABYTE = 1_000_000;

/** xorshift32: the same text on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const SPEAKERS = [
  'مدیرکل استان',
  'معاون اشتغال',
  'رئیس اداره شهرستان',
  'سرپرست اداره‌کل',
  'وی',
  'این مقام مسئول',
];
const VERBS = ['گفت', 'افزود', 'تصریح کرد', 'خاطرنشان کرد', 'بیان کرد', 'یادآور شد', 'اظهار داشت'];
const NOUNS = [
  'مجوز مشاغل خانگی',
  'تعاونی روستایی',
  'کارگاه تولیدی',
  'خانوار تحت پوشش',
  'فرصت شغلی',
  'پرونده روابط کار',
  'بازرسی از معادن',
  'طرح نیمه‌تمام',
  'کارجوی ثبت‌نام‌شده',
  'بسته معیشتی',
];
const DEEDS = [
  'صادر شده است',
  'به بهره‌برداری رسید',
  'تشکیل شد',
  'به بانک‌های عامل معرفی شدند',
  'تعیین تکلیف شده‌اند',
  'در سامانه ثبت شد',
];
const PLACES = [
  'در شهرستان‌های جنوبی استان',
  'در مناطق کمتر برخوردار',
  'با همکاری دستگاه‌های اجرایی',
  'از محل منابع داخلی بانک‌ها',
  'به تفکیک شهرستان و بخش',
];
const CUES = ['', '', '', 'حدود ', 'بیش از ', 'بالغ بر ', 'نزدیک به ', 'حداقل ', 'کمتر از '];
const FILL = [
  'این اقدام با هدف حمایت از تولید و توسعه کسب‌وکارهای کوچک و بهره‌گیری از ظرفیت‌های محلی انجام گرفته است.',
  'در ادامه نشست، نمایندگان دستگاه‌ها گزارش خود را از روند پیشرفت برنامه‌ها و موانع پیش روی متقاضیان ارائه کردند.',
  'تکمیل پرونده متقاضیان و تسریع در بررسی آن‌ها از وظایف دبیرخانه است و پیگیری آن ادامه دارد.',
];

function textOf(size: number): string {
  const random = seeded(20_250_403);
  const one = (list: readonly string[]): string => must(list[random(list.length)], 'a word of the list');
  const notations: readonly ((value: bigint) => string)[] = [
    mixedNumber,
    groupedDigits,
    cardinalWords,
    (value) => persianDigits(String(value)),
    (value) => latinDigits(mixedNumber(value)),
    String,
  ];
  const number = (below: number): string =>
    must(notations[random(notations.length)], 'a notation')(BigInt(1 + random(below)));
  const sentences: readonly (() => string)[] = [
    () => `${one(CUES)}${number(90_000)} ${one(NOUNS)} ${one(PLACES)} ${one(DEEDS)}.`,
    () =>
      `${one(CUES)}${number(9_000)} میلیارد ${random(2) === 0 ? 'ریال' : 'تومان'} تسهیلات به ${number(4_000)} متقاضی پرداخت شد.`,
    () =>
      `این رقم نسبت به سال ${persianDigits(String(88 + random(12)))} با ${number(95)} درصد رشد همراه بود.`,
    () =>
      `${one(SPEAKERS)} در ${number(30)} ${one(['تیر', 'آبان', 'اسفند', 'خرداد'])}ماه ${persianDigits(String(1395 + random(9)))} در ${ordinalWords(BigInt(2 + random(60)), 'before')} جلسه کارگروه سخن گفت.`,
    () =>
      `بر پایه بند الف تبصره ${number(19)} قانون بودجه، از ${number(40)} تا ${number(90)} میلیون تومان وام ${number(5)} ساله داده می‌شود.`,
    () => one(FILL),
    () => one(FILL),
  ];
  const parts: string[] = [];
  let bytes = 0;
  while (bytes < size) {
    const sentence = must(sentences[random(sentences.length)], 'a sentence')();
    const opened = random(3) === 0 ? `${one(SPEAKERS)} ${one(VERBS)}: ${sentence}` : sentence;
    parts.push(opened, random(5) === 0 ? '\n' : ' ');
    bytes += Buffer.byteLength(opened) + 1;
  }
  return parts.join('');
}

const RUN =
  /[0-9۰-۹٠-٩]+(?:[.,٫٬/][0-9۰-۹٠-٩]+)*(?:\s*(?:هزار|میلیون|میلیارد))*(?:\s*(?:تومان|ریال|درصد|نفر))?/gu;

/** Finds runs of digits and drops what it cannot say. */
function regexpFigures(text: string): { start: number; value: string }[] {
  return Array.from(text.matchAll(RUN), (match) => ({
    start: match.index,
    value: latinDigits(match[0]).replace(/[^0-9.]/g, ''),
  }));
}

export async function* figures(): AsyncGenerator<Figure> {
  const text = textOf(5 * MEGABYTE);
  const size = Buffer.byteLength(text) / MEGABYTE;
  const speed = await measure({
    bench: 'figures',
    case: `press text, ${size.toFixed(1)} MB, ${readFigures(text).length} figures; reference: expression over digits`,
    unit: 'MB/s',
    better: 'higher',
    target: null,
    ours: () => readFigures(text),
    reference: () => regexpFigures(text),
    runs: 9,
    figureOf: (milliseconds) => (size * 1000) / milliseconds,
  });
  yield speed;
  yield againstLimit(speed, TARGET, 'higher');
}

/** `node bench/figures.ts [--json]`. */
export async function run(options: { json: boolean }): Promise<void> {
  for await (const figure of figures()) print(figure, options.json);
}

if (import.meta.main) await run({ json: process.argv.includes('--json') });
