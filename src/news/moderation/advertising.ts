import type { Hint } from './contract.ts';
import {
  type Folded,
  type Token,
  collapse,
  collapsed,
  fold,
  phrasesIn,
  placeOf,
  tokensOf,
} from './folding.ts';

/**
 * Links, handles, telephone numbers and offers, also disguised: «t . me / x», «نقطه کام», digits of any script, digits
 * in words. Addresses of the state («mojavez.ir», «mcls.gov.ir») are what people are sent to by the news itself.
 */
export function adverts(comment: string): Hint[] {
  const folded = fold(comment);
  return [...addresses(folded), ...handles(folded), ...numbers(folded), ...offers(collapse(folded))];
}

type Found = { readonly from: number; readonly to: number; readonly clear: boolean };

const hint = (folded: Folded, { from, to, clear }: Found): Hint => ({
  rule: 'advertising',
  ...placeOf(folded, from, to),
  clear,
});

const endings =
  'com|ir|net|org|info|shop|xyz|me|io|co|site|online|biz|link|top|app|store|vip|club|live|fun|cc|ly|website|blog|pro|click|work|page|dev|us|tv';
const dot = String.raw`(?:\s?[.。․·]\s?|\s?[[({<]\s?(?:\.|dot|دات|نقطه)\s?[\])}>]\s?|\s(?:dot|دات|نقطه)\s)`;
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
const ofTheState = /(?:^|[./\s])(?:[a-z0-9-]+\.)*(?:gov\.ir|mojavez\.ir|ac\.ir|sch\.ir|cbi\.ir|leader\.ir)\b/;

const addresses = (folded: Folded): Hint[] =>
  [...folded.text.matchAll(link)]
    .filter(([found]) => !ofTheState.test(found.replace(/\s/g, '')))
    .map((found) => hint(folded, { ...spanOf(found), clear: true }));

const spanOf = (match: RegExpExecArray): { from: number; to: number } => ({
  from: match.index,
  to: match.index + match[0].length,
});

const handle = new RegExp(
  [
    String.raw`(?<![\w.])@\s?[a-z][\w.]{2,}`,
    String.raw`[\w.-]+@[\w-]+(?:\.[\w-]+)+`,
    String.raw`(?:ایدی|id|پیج|اینستا(?:گرام)?|تلگرام|واتساپ|روبیکا|ایتا|بله|کانال|channel|page)\s{0,2}(?:من|ما|م|مون)?\s{0,2}[:=؛]\s{0,2}[a-z][\w.]{2,}`,
  ].join('|'),
  'gu',
);

const handles = (folded: Folded): Hint[] =>
  [...folded.text.matchAll(handle)]
    .filter(([found]) => !ofTheState.test(found.replace('@', '.')))
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
const valueOf = (word: string): number | undefined => spoken.get(word) ?? digitNames.get(word);

type Dialled = { readonly digits: string; readonly from: number; readonly to: number };

/** Runs of figures and number words as the digits one would dial. «و» joins the parts of one number. */
function dialled(folded: Folded): Dialled[] {
  const runs: { digits: string; from: number; to: number; last: number; joined: boolean }[] = [];
  let run: (typeof runs)[number] | undefined;
  let end = 0;
  for (const token of tokensOf(folded)) {
    const near = run !== undefined && /^[\s\-–—_./()*+،,:]{0,4}$/.test(folded.text.slice(end, token.from));
    const digits = /^[0-9]+$/.test(token.word) ? token.word : undefined;
    const value = digits === undefined ? valueOf(token.word) : undefined;
    if (token.word === 'و' && near && run !== undefined && run.last >= 20) run.joined = true;
    else if (digits !== undefined || value !== undefined) {
      if (!near || run === undefined) runs.push((run = begin(token)));
      dial(run, token, digits ?? value ?? 0);
    } else run = undefined;
    end = token.to;
  }
  return runs;
}

const begin = ({ from, to }: Token) => ({ digits: '', from, to, last: 0, joined: false });

function dial(run: ReturnType<typeof begin>, token: Token, said: string | number): void {
  run.to = token.to;
  if (typeof said === 'string') {
    run.digits += said;
    run.last = 0;
  } else if (run.joined && run.last > said) {
    // «نهصد و دوازده»: one number of as many digits as its first part.
    const whole = Number.parseInt(run.digits.slice(-String(run.last).length), 10) + said;
    run.digits = run.digits.slice(0, -String(run.last).length) + String(whole);
    run.last = said;
  } else {
    run.digits += String(said);
    run.last = said;
  }
  run.joined = false;
}

const mobile = /^(?:0098|98|0)?9\d{9}$/;
const landline = /^0[1-8]\d{9}$/;
const holdsMobile = /(?:0098|98|0)9\d{9}/;

const numbers = (folded: Folded): Hint[] =>
  dialled(folded)
    .filter(
      ({ digits }) =>
        mobile.test(digits) || landline.test(digits) || (digits.length < 26 && holdsMobile.test(digits)),
    )
    .map(({ from, to }) => hint(folded, { from, to, clear: true }));

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
