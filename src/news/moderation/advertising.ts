import type { Hint } from './contract.ts';
import { type Folded, collapse, collapsed, fold, phrasesIn, placeOf, tokensOf } from './folding.ts';

/**
 * Links, handles, telephone numbers and offers, also disguised: «t . me / x», «نقطه کام», digits of any script, digits
 * in words. Addresses of the state («mojavez.ir», «mcls.gov.ir») are what people are sent to by the news itself.
 */
export function adverts(comment: string): Hint[] {
  const folded = fold(comment);
  const found = [...addresses(folded), ...handles(folded), ...numbers(folded), ...offers(collapse(folded))];
  // A bare address may be where somebody was sent to; with anything else of an offer it is one.
  return found.length > 1
    ? found.map((one) => ({ ...one, clear: one.clear || isLink(comment, one) }))
    : found;
}

type Found = { readonly from: number; readonly to: number; readonly clear: boolean };

const hint = (folded: Folded, { from, to, clear }: Found): Hint => ({
  rule: 'advertising',
  ...placeOf(folded, from, to),
  clear,
});

const endings =
  'com|ir|net|org|info|shop|xyz|me|io|co|site|online|biz|link|top|app|store|vip|club|live|fun|cc|ly|website|blog|pro|click|work|page|dev|us|tv';
const dot = String.raw`(?:\s?[.。․·⚫●•∙◦]\s?|\s?[[({<]\s?(?:\.|dot|دات|نقطه)\s?[\])}>]\s?|\s(?:dot|دات|نقطه)\s)`;
const spokenEnding = '(?:ای ار|ایار|ار|کام|کوم|نت|اورگ|ام ای|امی)';
const link = new RegExp(
  [
    String.raw`h\s?[tx]{2}ps?\s?:\s?/\s?/\s?\S+`,
    String.raw`\bwww${dot}[a-z0-9-]+\S*`,
    String.raw`(?<![\p{L}\p{N}@._-])[a-z0-9][a-z0-9-]*(?:${dot}[a-z0-9-]+)*${dot}(?:${endings})(?![a-z])(?:\s?/\s?[\w./?=&%+-]*)?`,
    String.raw`[\p{L}0-9-]+\s?(?:دات|نقطه)\s?${spokenEnding}(?!\p{L})`,
    String.raw`\bt\s?\.\s?me\b\S*`,
  ].join('|'),
  'gu',
);
const ofTheState =
  /(?:^|[./\s])(?:[a-z0-9-]+\.)*(?:gov\.ir|mojavez\.ir|tamin\.ir|behzisti\.ir|emdad\.ir|ac\.ir|sch\.ir|cbi\.ir|leader\.ir)\b/;

const addresses = (folded: Folded): Hint[] =>
  [...folded.text.matchAll(link)]
    .filter(([found]) => !ofTheState.test(found.replace(/\s/g, '')))
    .map((found) => hint(folded, { ...spanOf(found), clear: !domainOnly.test(found[0]) }));

const domainOnly = /^[a-z0-9.-]+$/;
const isLink = (comment: string, { start, end }: Hint): boolean =>
  /[.]/.test(Array.from(comment).slice(start, end).join(''));

const spanOf = (match: RegExpExecArray): { from: number; to: number } => ({
  from: match.index,
  to: match.index + match[0].length,
});

const handle = new RegExp(
  [
    String.raw`(?<![\w.])@\s?[a-z][\w.]{2,}`,
    String.raw`[\w.-]+@[\w-]+(?:\.[\w-]+)+`,
    String.raw`(?<![\w.])[a-z][a-z0-9]*(?:_[a-z0-9]+)+`,
  ].join('|'),
  'gu',
);
const network =
  /(?:ایدی|بیو|پیج|پیجم|اینستا|اینستاگرام|تلگرام|تله\s?گرام|تلگ\S{0,3}رام|واتساپ|واتس\s?اپ|روبیکا|ایتا|سروش|ربات|کانال|کانالم|پیام\s?رسان|پی\s?وی|telegram|insta\w*|whatsapp|channel|page|bot|\bid\b)/u;
const named = /(?<![\w.@])[a-z][a-z0-9]*(?:\s?[._-]\s?[a-z0-9]+)+|(?<=[:=؛]\s{0,2})[a-z][a-z0-9]{3,}/gu;

/** Names that only a network has, and names beside which a network is named. */
const handles = (folded: Folded): Hint[] =>
  [
    ...folded.text.matchAll(handle),
    ...[...folded.text.matchAll(named)].filter(({ index, 0: found }) =>
      network.test(folded.text.slice(Math.max(0, index - 45), index + found.length + 20)),
    ),
  ]
    .filter(([found]) => !ofTheState.test(found.replace('@', '.').replace(/\s/g, '')))
    .map((found) => hint(folded, { ...spanOf(found), clear: true }));

// Words of one number up to 999, as a telephone number is read out.
const spoken: ReadonlyMap<string, number> = new Map(
  [
    'صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده'.split(
      ' ',
    ),
    'بیست سی چهل پنجاه شصت هفتاد هشتاد نود'.split(' '),
    'صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد'.split(' '),
  ].flatMap((words, row) =>
    words.map((word, at) => [word, row === 0 ? at : row === 1 ? (at + 2) * 10 : (at + 1) * 100] as const),
  ),
);
const digitNames: ReadonlyMap<string, number> = new Map(
  'zero one two three four five six seven eight nine'.split(' ').map((word, at) => [word, at] as const),
);

type Dialled = { readonly digits: string; readonly from: number; readonly to: number };
type Said = { readonly digits: string } | { readonly value: number };

/** The numbers of which a word is made: «صفرنهصدوسیوپنج» is three. Undefined when it is made of anything else. */
function numbersIn(word: string): Said[] | undefined {
  if (/^[0-9]+$/.test(word)) return [{ digits: word }];
  if (digitNames.has(word)) return [{ value: digitNames.get(word) ?? 0 }];
  for (let length = Math.min(word.length, 7); length > 1; length -= 1) {
    const value = spoken.get(word.slice(0, length));
    if (value === undefined) continue;
    const rest = word.slice(length);
    if (rest === '') return [{ value }];
    const others = numbersIn(rest) ?? (rest.startsWith('و') ? numbersIn(rest.slice(1)) : undefined);
    if (others !== undefined) return [{ value }, ...others];
  }
  return undefined;
}

/** Runs of figures and number words as the digits one would dial. «سه صفر» and «سه تا صفر» are three of them. */
function dialled(folded: Folded): Dialled[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  let end = 0;
  for (const token of tokensOf(folded)) {
    const near = run !== undefined && /^[\s\-–—_./()*+،,:]{0,4}$/.test(folded.text.slice(end, token.from));
    const said = numbersIn(token.word);
    if (near && run !== undefined && (token.word === 'و' || token.word === 'تا')) end = token.to;
    else if (said === undefined) run = undefined;
    else {
      if (!near || run === undefined)
        runs.push((run = { digits: '', from: token.from, to: token.to, last: 0 }));
      for (const one of said) dial(run, one);
      run.to = token.to;
    }
    end = token.to;
  }
  return runs;
}

type Run = { digits: string; readonly from: number; to: number; last: number };

function dial(run: Run, said: Said): void {
  if ('digits' in said) {
    run.digits += said.digits;
    run.last = 0;
    return;
  }
  const { value } = said;
  if (value === 0 && run.last >= 2 && run.last <= 4) {
    run.digits = run.digits.slice(0, -1) + '0'.repeat(run.last);
    run.last = 0;
  } else if (
    run.last >= 20 &&
    value > 0 &&
    value < run.last &&
    String(value).length < String(run.last).length + (run.last < 100 ? 0 : 1)
  ) {
    // «نهصد و دوازده»: one number of as many digits as its first part.
    const whole = Number.parseInt(run.digits.slice(-String(run.last).length), 10) + value;
    run.digits = run.digits.slice(0, -String(run.last).length) + String(whole);
    run.last = value;
  } else {
    run.digits += String(value);
    run.last = value;
  }
}

const mobile = /^(?:0098|98)?0?9\d{9}$/;
const landline = /^0[1-8]\d{9}$/;
const text = /^(?:1000|2000|3000|5000|9000)\d{3,10}$/;
const record =
  /(?:کد|شناسه|رهگیری|پرونده|پروانه|مستمری|بیمه|حادثه|ملی|داوطلب\S*|عضویت|کارورزی|به شماره|ثبت)[^.!؟\n]{0,22}$/u;
const contact = /(?:تماس|زنگ|پیام|واتساپ|تلگرام|تلفن|موبایل|همراه|سفارش|مشاور)/u;

/** A telephone number; a number that is said to be that of a record is none. */
function numbers(folded: Folded): Hint[] {
  return dialled(folded)
    .filter(({ digits, from, to }) => {
      const before = folded.text.slice(Math.max(0, from - 40), from);
      const around = before + folded.text.slice(to, to + 20);
      if (text.test(digits)) return /(?:پیامک|بفرست|ارسال)/u.test(before);
      if (record.test(before) && !contact.test(around)) return false;
      const bare = digits.startsWith('9');
      return landline.test(digits) || (mobile.test(digits) && (!bare || contact.test(around)));
    })
    .map(({ from, to }) => hint(folded, { from, to, clear: true }));
}

const listOf = (phrases: string): string[] =>
  phrases
    .trim()
    .split('\n')
    .map((line) => collapsed(line.trim()));

// An offer that nobody makes in earnest under a piece of news.
const plain = listOf(`
بک لینک
بکلینک
رپورتاژ آگهی
سئو سایت
سئوی سایت
خرید فالوور
فالوور ارزان
فالوور واقعی
فالوور رایگان
لایک و فالوور
شرط بندی
کازینو
پیش بینی فوتبال با ضریب
بازی انفجار
سود تضمینی
سود تضمین شده
سود روزانه
درآمد دلاری
درامد میلیونی در خانه
کسب درآمد اینترنتی
کسب درآمد از اینترنت
وام فوری بدون ضامن
وام بدون ضامن فوری
خرید و فروش وام
امتیاز وام خریداریم
خریدار امتیاز وام
فروش امتیاز وام
تخفیف ویژه
تخفیف باورنکردنی
تخفیف استثنایی
ارسال رایگان
ارسال به سراسر کشور
ارسال به تمام نقاط کشور
قیمت استثنایی
قیمت مناسب و کیفیت عالی
ارزانترین قیمت
فروش ویژه
فروش فوق العاده
فروش اقساطی
حراج بزرگ
سفارش دهید
سفارش بدهید
سفارش بدید
جهت سفارش
برای سفارش
جهت خرید
برای خرید پیام
جهت مشاوره تماس
برای مشاوره تماس
به پیج ما
به سایت ما
به کانال ما
به وبسایت ما
به فروشگاه ما
پیج ما را
کانال ما را
پیج مارو
کانال مارو
سایت ما مراجعه
سایت ما سر بزنید
عضو کانال
عضو گروه ما
عضویت در کانال
لینک در بیو
لینک عضویت
لینک ثبت نام در
دایرکت بدید
دایرکت بدهید
دایرکت پیام
به دایرکت
در واتساپ پیام
تو واتساپ پیام
به واتساپ
نمایندگی می پذیریم
نمایندگی فعال می پذیرد
همین حالا خرید
همین الان خرید
فرصت را از دست ندهید
فرصت محدود
تا تمام نشده
کد تخفیف
بورسیه تضمینی
لاغری تضمینی
قرص لاغری
بازاریابی شبکه ای
ارز دیجیتال رایگان
ربات معامله گر
سیگنال رایگان
سیگنال ارز
آموزش رایگان ترید
طراحی سایت با
خدمات سئو
اینستا ما
ما را دنبال کنید
مارو دنبال کنید
پیج منو
منو فالو
فالو کنید
فالو کن
دنبالمون کنید
تضمین بازگشت وجه
پیام خصوصی
ریپلای کنه
ریپلای کنید
در بیو
کد معرف
با کد من
لایک و فالو
نتیجه تضمینی
نصف قیمت
زیر قیمت بازار
قیمت توافقی
قیمت دفتری
می فروشم
میفروشم
خریدارم
اجاره داده می شود
اجاره ای داریم
آماده بازدید
ضمانت یک ساله
خط ویژه
دفتر وکالت
برای هماهنگی
سیگنال روزانه
ظرفیت محدود
بدون نوبت
از ما بخرید
از ما بپرسید
سرچ کنید
تست رایگان
ارزان تر می شود
تو کانالم
وام بدون نوبت
ما آشنا داریم
سفارش تیمی
پاساژ
مشاوره رایگان تماس
`);
// Said by customers too: a person looks.
const maybe = listOf(`
با ما تماس بگیرید
تماس بگیرید
قیمت مناسب
تخفیف
فروشگاه ما
محصولات ما
خدمات ما
شرکت ما
مجموعه ما
کارگاه ما
تولیدی ما
ثبت شرکت
مشاوره رایگان
بهترین قیمت
فروش عمده
خرید عمده
تهیه کنید
پیام بدید
پیام بدهید
پیام بدین
دایرکت
پیج
کانال تلگرام
پلاک
طبقه دوم
موجوده
موجود است
درصد تخفیف
کیفیت خانگی
بیمه مسئولیت
کترینگ
لایحه
پیام دهید
دست دوم
سفارش
خرید و فروش
مشاوره سالانه
ثبت نام کنید
`);

function offers(folded: Folded): Hint[] {
  const tokens = tokensOf(folded);
  const certain = phrasesIn(tokens, plain).map((span) => ({ ...span, clear: true }));
  const possible = phrasesIn(tokens, maybe)
    .filter((one) => !certain.some((other) => other.from <= one.from && one.to <= other.to))
    .map((span) => ({ ...span, clear: certain.length > 0 }));
  // Two such phrases together are an offer; one alone may be a customer's word about a shop.
  const enough = certain.length > 0 || possible.length > 1;
  return [...certain, ...(enough ? possible : [])].map((one) => hint(folded, one));
}
