import type { Hint } from './contract.ts';
import { type Folded, type Span, placeOf, tokensOf } from './folding.ts';

export const advertised = (
  folded: Folded,
  { from, to, clear }: Span & { readonly clear: boolean },
): Hint => ({
  rule: 'advertising',
  ...placeOf(folded, from, to),
  clear,
});

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

// Between the parts of a number that is read out.
const joints = new Set('و تا بعد بعدش بعدشم با سپس دوباره فاصله خط'.split(' '));

/** Runs of figures and number words as the digits one would dial. «سه صفر» and «سه تا صفر» are three of them. */
function dialled(folded: Folded): Dialled[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  let end = 0;
  for (const token of tokensOf(folded)) {
    const near = run !== undefined && /^[\s\-–—_./()*+،,:]{0,4}$/.test(folded.text.slice(end, token.from));
    const said = numbersIn(token.word);
    if (near && run !== undefined && joints.has(token.word)) end = token.to;
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
// The number of a bank card: whoever writes one wants money sent to it.
const card = /^[56]\d{15}$/;
const sum = /^\s?(?:ریال|تومان|تومن|میلیون|میلیارد|هزار|نفر)/u;
const landline = /^0[1-8]\d{9}$/;
const text = /^(?:1000|2000|3000|5000|9000)\d{3,10}$/;
const record =
  /(?:کد|شناسه|رهگیری|پرونده|پروانه|مستمری|بیمه|حادثه|ملی|داوطلب\S*|عضویت|کارورزی|به شماره|ثبت)[^.!؟\n]{0,22}$/u;
const contact = /(?:تماس|زنگ|پیام|واتساپ|تلگرام|تلفن|موبایل|همراه|سفارش|مشاور)/u;

const unanswered =
  /(?:جواب نمی|پاسخ نمی|پاسخگو نیست|برنمی|زنگ می ?زنم|زنگ زدم|زنگ می ?زنیم|تماس گرفتم|تماس می ?گیرم|اشغال است|اشغاله|در دسترس نیست|وصل نمی)/u;

/** A telephone number; one that is said to be that of a record, or that an office does not answer, is none. */
export function numbers(folded: Folded): Hint[] {
  const recorded = record.test(folded.text) || unanswered.test(folded.text);
  return dialled(folded)
    .filter(({ digits, from, to }) => {
      const before = folded.text.slice(Math.max(0, from - 40), from);
      const around = before + folded.text.slice(to, to + 20);
      if (text.test(digits)) return /(?:پیامک|بفرست|ارسال)/u.test(before);
      if (record.test(before) && !contact.test(around)) return false;
      if (landline.test(digits)) return !unanswered.test(folded.text);
      return card.test(digits) || (mobile.test(digits) && !sum.test(folded.text.slice(to)));
    })
    .map(({ from, to }) => advertised(folded, { from, to, clear: !recorded }));
}
