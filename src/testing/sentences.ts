import type { BeneficiaryKind, Programme } from '#credit/contract.ts';
import { cardinalWords, mixedNumber, persianDigits } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import { alborz } from './credits.ts';
import { type Dice, type Model, awardsOf, lorestan, sum } from './statements.ts';

// How the press says what a test knows, and whether what it says is true.

export type MoneyMeasure = 'allocated' | 'sliced' | 'payable' | 'locked' | 'referred' | 'contracted' | 'paid';
export type Measure =
  | MoneyMeasure
  | 'locked_percent'
  | 'paid_percent'
  | 'coop_paid_percent'
  | 'paid_enterprises'
  | 'growth';
export type Params = {
  readonly measure: Measure;
  readonly programme: Programme;
  readonly year: number;
  readonly county?: string;
  readonly kind?: BeneficiaryKind;
  readonly province: number;
};
/** A record as a fraction: rials, percent points or a count. */
export type Record_ = { readonly top: bigint; readonly under: bigint };

const whole = (top: bigint): Record_ => ({ top, under: 1n });
const share = (top: bigint, under: bigint): Record_ => ({ top: top * 100n, under });

export function recordOf(of: Model, params: Params): Record_ | null {
  const { measure, programme, year, county, kind, province } = params;
  if (province !== alborz && measure !== 'allocated') return null;
  const here = {
    programme,
    year,
    ...(county === undefined ? {} : { county }),
    ...(kind === undefined ? {} : { kind }),
  };
  const allocated = sum(
    of.allocated.filter(
      (one) => one.programme === programme && one.year === year && one.province === province,
    ),
  );
  const locked = sum(of.locked.filter((one) => one.programme === programme && one.year === year));
  switch (measure) {
    case 'allocated':
      return county === undefined ? (kind === 'cooperative' ? whole(locked) : whole(allocated)) : null;
    case 'sliced':
      return whole(
        sum(
          of.sliced.filter(
            (one) => one.programme === programme && one.year === year && one.county === county,
          ),
        ),
      );
    case 'payable':
      return whole(
        sum(
          of.categories.filter(
            (one) =>
              one.programme === programme &&
              one.year === year &&
              one.open &&
              (county === undefined || one.county === county),
          ),
        ),
      );
    case 'locked':
      return whole(locked);
    case 'referred':
    case 'contracted':
    case 'paid':
      return whole(sum(awardsOf(of, { stage: measure, ...here })));
    case 'locked_percent':
      return allocated === 0n ? null : share(locked, allocated);
    case 'paid_percent':
      return allocated === 0n ? null : share(sum(awardsOf(of, { stage: 'paid', ...here })), allocated);
    case 'coop_paid_percent':
      return allocated === 0n
        ? null
        : share(sum(awardsOf(of, { stage: 'paid', ...here, kind: 'cooperative' })), allocated);
    case 'paid_enterprises':
      return whole(BigInt(awardsOf(of, { stage: 'paid', ...here, kind: 'enterprise' }).length));
    case 'growth': {
      const before = sum(
        of.allocated.filter(
          (one) => one.programme === programme && one.year === year - 1 && one.province === province,
        ),
      );
      return before === 0n ? null : share(allocated - before, before);
    }
  }
}

// ---- how a figure is said

export type Said = {
  readonly text: string;
  readonly cue: 'exact' | 'at_least' | 'at_most' | 'about';
  /** What the print says, in the unit of the record, and the worth of its last digit. */
  readonly value: bigint;
  readonly step: bigint;
  readonly scale: bigint;
};

/** The definition of *supported* in PRODUCT.md, once more and on its own. */
export function holds(said: Said, record: Record_): boolean {
  const { value, step, scale, cue } = said;
  const record_ = record.top * scale;
  const under = record.under;
  if (cue === 'at_least') return value * under <= record_ && 100n * record_ < 105n * value * under;
  if (cue === 'at_most') return record_ <= value * under && 100n * record_ > 95n * value * under;
  if (cue === 'about') return 100n * record_ >= 95n * value * under && 100n * record_ <= 105n * value * under;
  const rounded = ((2n * record_ + step * under) / (2n * step * under)) * step;
  return rounded === value;
}

const billion = 10_000_000_000n;

function sayMoney({ pick }: Dice, rials: bigint): Said[] {
  const exact = (text: string, step = 1n, value = rials): Said => ({
    text,
    cue: 'exact',
    value,
    step,
    scale: 1n,
  });
  const tenths = ((2n * rials + billion / 10n) / (2n * (billion / 10n))) * (billion / 10n);
  const whole_ = tenths / billion;
  const decimal = `${whole_}${pick(['.', '٫', '/'])}${(tenths % billion) / (billion / 10n)} میلیارد تومان`;
  const down = rials / billion;
  const said = [exact(`${mixedNumber(rials)} ریال`)];
  if (rials % 10n === 0n)
    said.push(exact(`${mixedNumber(rials / 10n)} تومان`), exact(`${cardinalWords(rials / 10n)} تومان`));
  if ((tenths % billion) / (billion / 10n) !== 0n) said.push(exact(decimal, billion / 10n, tenths));
  if (down >= 21n) {
    said.push({
      text: `${pick(['بیش از', 'بالغ بر', 'افزون بر'])} ${down} میلیارد تومان`,
      cue: 'at_least',
      value: down * billion,
      step: 1n,
      scale: 1n,
    });
    said.push({
      text: `کمتر از ${down + 1n} میلیارد تومان`,
      cue: 'at_most',
      value: (down + 1n) * billion,
      step: 1n,
      scale: 1n,
    });
    said.push({
      text: `${pick(['حدود', 'نزدیک به'])} ${down} میلیارد تومان`,
      cue: 'about',
      value: down * billion,
      step: 1n,
      scale: 1n,
    });
  }
  return said;
}

function sayPercent({ pick }: Dice, { top, under }: Record_): Said[] {
  const rounded = (2n * top + under) / (2n * under);
  const tenth = (2n * top * 10n + under) / (2n * under);
  const said: Said[] = [
    { text: `${rounded} درصد`, cue: 'exact', value: rounded, step: 1n, scale: 1n },
    { text: `${cardinalWords(rounded)} درصد`, cue: 'exact', value: rounded, step: 1n, scale: 1n },
  ];
  if (tenth % 10n !== 0n)
    said.push({
      text: `${tenth / 10n}${pick(['.', '٫'])}${tenth % 10n} درصد`,
      cue: 'exact',
      value: tenth,
      step: 1n,
      scale: 10n,
    });
  return said;
}

export const sayCount = (count: bigint): Said[] => [
  { text: String(count), cue: 'exact', value: count, step: 1n, scale: 1n },
  { text: cardinalWords(count), cue: 'exact', value: count, step: 1n, scale: 1n },
];

export const isPercent = (measure: Measure): boolean =>
  ['locked_percent', 'paid_percent', 'coop_paid_percent', 'growth'].includes(measure);

export function sayings(roller: Dice, measure: Measure, record: Record_): Said[] {
  if (isPercent(measure)) return sayPercent(roller, record);
  return measure === 'paid_enterprises' ? sayCount(record.top) : sayMoney(roller, record.top);
}

/** The same print with another number in it: false of the record, or the mutation is skipped. */
export function misprints(said: Said, record: Record_): string[] {
  const digits = [...said.text.matchAll(/[0-9۰-۹]/g)];
  const wrong: string[] = [];
  const last = digits.at(-1);
  const first = digits[0];
  const bumped = (at: RegExpMatchArray): string => {
    const digit = BigInt(at[0].charCodeAt(0) % 16 === 0 ? 0 : at[0].charCodeAt(0) & 15);
    return `${said.text.slice(0, at.index)}${(digit + 3n) % 10n}${said.text.slice(must(at.index, 'a place') + 1)}`;
  };
  if (said.cue === 'exact' && last !== undefined) wrong.push(bumped(last));
  if (first !== undefined && record.top > 20n * record.under) wrong.push(bumped(first));
  if (said.text.includes('تومان')) wrong.push(said.text.replace('تومان', 'ریال'));
  else if (said.text.includes('ریال')) wrong.push(said.text.replace('ریال', 'تومان'));
  if (said.text.includes('میلیارد') && !said.text.includes('هزار'))
    wrong.push(said.text.replace('میلیارد', 'هزار میلیارد'));
  return wrong;
}

// ---- how a sentence is said

const programmes = { home_jobs: 'مشاغل خانگی', note_18: 'تبصره ۱۸' } as const;
const counties: Record<string, string> = {
  '3001': 'کرج',
  '3006': 'فردیس',
  '3002': 'ساوجبلاغ',
  '3003': 'نظرآباد',
};
const provinces: Record<number, string> = { [alborz]: 'البرز', [lorestan]: 'لرستان' };
const receivers: Partial<Record<BeneficiaryKind, string>> = {
  cooperative: 'تعاونی‌ها',
  enterprise: 'بنگاه‌ها',
};

type Words = {
  readonly m: string;
  readonly p: string;
  readonly c: string;
  readonly s: string;
  readonly y: string;
  readonly k: string;
};

export const wordings: Record<Measure, readonly ((words: Words) => string)[]> = {
  allocated: [
    ({ m, p, s, y }) => `اعتبار ${p} استان ${s} ${y} ${m} است.`,
    ({ m, p, s, y }) => `${y} ${m} اعتبار برای ${p} به استان ${s} اختصاص یافت.`,
    ({ m, p, s, y }) =>
      `مدیرکل تعاون، کار و رفاه اجتماعی استان ${s} گفت: ${y} ${m} اعتبار ${p} ابلاغ شده است.`,
    ({ m, p, s, y }) => `سهمیه ${p} استان ${s} ${y} ${m} تعیین و ابلاغ شد.`,
    ({ m, p, y, s }) => `اختصاص ${m} اعتبار به ${p} در استان ${s} ${y}`,
    ({ m, p, y, s }) => `وی از تخصیص ${m} تسهیلات ${p} به استان ${s} ${y} خبر داد.`,
  ],
  sliced: [
    ({ m, p, c, y }) => `سهم شهرستان ${c} از اعتبار ${p} ${y} ${m} است.`,
    ({ m, p, c, y }) => `${y} ${m} از اعتبارات ${p} به شهرستان ${c} اختصاص یافت.`,
    ({ m, p, c, y }) => `فرماندار ${c} گفت: سهم این شهرستان از تسهیلات ${p} ${y} ${m} است.`,
    ({ m, p, c, y }) => `به ${c} ${y} ${m} اعتبار ${p} ابلاغ شد.`,
    ({ m, p, c, y }) => `سهم ${c} از اعتبار ${p} ${y} ${m} بوده است.`,
  ],
  payable: [
    ({ m, p, y }) => `${m} اعتبار ${p} ${y} در رسته‌های شغلی قابل پرداخت است.`,
    ({ m, p, y }) =>
      `${y} ${m} از اعتبارات ${p} در رسته‌های پوشاک، صنایع دستی و بخش‌های دیگر قابلیت پرداخت دارد.`,
    ({ m, p, y }) =>
      `${y} ${m} اعتبارات ${p} در رسته‌های پوشاک و چوب و بخش‌های دیگر، به غیر از دام و پرورش نهال، قابل پرداخت است.`,
    ({ m, p, y }) => `اعتبار قابل پرداخت ${p} ${y} ${m} است.`,
    ({ m, p, y }) => `وی گفت: در حوزه ${p} ${y} ${m} قابل پرداخت است.`,
  ],
  locked: [
    ({ m, p, y }) => `${y} ${m} از اعتبار ${p} برای تعاونی‌ها قفل شده است.`,
    ({ m, p, y }) => `از اعتبارات ${p} ${y} ${m} برای شرکت‌های تعاونی کنار گذاشته شد.`,
    ({ m, p, y }) => `${m} اعتبار ${p} ${y} به تعاونی‌ها اختصاص یافت.`,
    ({ m, p, y }) => `سهم تعاونی‌ها از اعتبار ${p} ${y} ${m} است.`,
    ({ m, p, y }) => `${y} ${m} از تسهیلات ${p} به بخش تعاون اختصاص یافته است.`,
  ],
  referred: [
    ({ m, p, y, c, k }) => `${y} ${m} تسهیلات ${p}${k}${c} به بانک معرفی شد.`,
    ({ m, p, y, c, k }) => `${y} متقاضیان ${p}${k}${c} برای دریافت ${m} تسهیلات به بانک‌های عامل معرفی شدند.`,
    ({ m, p, y, c, k }) => `معرفی ${m} تسهیلات ${p}${k}${c} به بانک ${y}`,
    ({ m, p, y, c, k }) =>
      `وی افزود: ${y} طرح‌های ${p}${k}${c} به ارزش… معرفی شد و ${m} تسهیلات ${p}${k}${c} به بانک‌ها معرفی شده است.`,
    ({ m, p, y, c, k }) => `${m} از تسهیلات ${p}${k}${c} ${y} به بانک‌های عامل ارجاع شده است.`,
  ],
  contracted: [
    ({ m, p, y, c, k }) => `${y} برای ${m} تسهیلات ${p}${k}${c} عقد قرارداد شده است.`,
    ({ m, p, y, c, k }) => `${y} ${m} قرارداد تسهیلات ${p}${k}${c} منعقد شد.`,
    ({ m, p, y, c, k }) => `عقد قرارداد ${m} تسهیلات ${p}${k}${c} ${y}`,
    ({ m, p, y, c, k }) => `قرارداد ${m} از تسهیلات ${p}${k}${c} ${y} با بانک‌های عامل منعقد شده است.`,
    ({ m, p, y, c, k }) => `وی از عقد قرارداد ${m} تسهیلات ${p}${k}${c} ${y} خبر داد.`,
  ],
  paid: [
    ({ m, p, y, c, k }) => `${y} ${m} تسهیلات ${p}${k}${c} پرداخت شد.`,
    ({ m, p, y, c, k }) => `پرداخت ${m} تسهیلات ${p}${k}${c} ${y}`,
    ({ m, p, y, c, k }) =>
      `به گزارش خبرنگار ما از کرج، ${y} ${m} از محل اعتبارات ${p}${k}${c} پرداخت شده است.`,
    ({ m, p, y, c, k }) => `علی رضایی از پرداخت ${m} تسهیلات ${p}${k}${c} ${y} خبر داد.`,
    ({ m, p, y, c, k }) =>
      `وی با بیان اینکه کار ادامه دارد، افزود: ${y} در مجموع ${m} وام ${p}${k}${c} پرداخت شده است.`,
    ({ m, p, y, c, k }) => `بانک‌های عامل ${y} ${m} تسهیلات ${p}${k}${c} پرداخت کرده‌اند.`,
  ],
  locked_percent: [
    ({ m, p, y }) => `${m} از اعتبار ${p} ${y} به تعاونی‌ها اختصاص یافته است.`,
    ({ m, p, y }) => `اولویت ${m} اعتبارات ${p} ${y} با شرکت‌های تعاونی است.`,
    ({ m, p, y }) => `${y} ${m} اعتبار ${p} برای تعاونی‌ها قفل شده است.`,
    ({ m, p, y }) => `سهم تعاونی‌ها از اعتبار ${p} ${y} ${m} است.`,
    ({ m, p, y }) => `از اعتبارات ${p} ${y} ${m} برای بخش تعاون کنار گذاشته شد.`,
  ],
  paid_percent: [
    ({ m, p, y }) => `${m} از اعتبار ${p} ${y} پرداخت شده است.`,
    ({ m, p, y }) => `${y} ${m} از سهمیه ${p} محقق شد.`,
    ({ m, p, y }) => `${m} اعتبارات ابلاغی ${p} ${y} جذب شده است.`,
    ({ m, p, y }) => `جذب اعتبار ${p} ${y} ${m} است.`,
    ({ m, p, y }) => `وی گفت: ${y} ${m} کل اعتبارات ${p} پرداخت شد.`,
  ],
  coop_paid_percent: [
    ({ m, p, y }) => `${y} ${m} از اعتبار ${p} به تعاونی‌ها پرداخت شده است.`,
    ({ m, p, y }) => `${m} اعتبارات ${p} ${y} به شرکت‌های تعاونی پرداخت شد.`,
    ({ m, p, y }) => `پرداخت ${m} اعتبار ${p} به تعاونی‌ها ${y}`,
    ({ m, p, y }) => `وی افزود: ${y} به تعاونی‌ها ${m} از اعتبار ${p} پرداخت شده است.`,
    ({ m, p, y }) => `از اعتبار ${p} ${y} ${m} به بخش تعاون پرداخت شد.`,
  ],
  paid_enterprises: [
    ({ m, p, y }) => `${y} به ${m} بنگاه اقتصادی از محل ${p} تسهیلات پرداخت شد.`,
    ({ m, p, y }) => `${m} بنگاه ${y} از محل ${p} تسهیلات دریافت کردند.`,
    ({ m, p, y }) => `پرداخت تسهیلات ${p} به ${m} بنگاه ${y}`,
    ({ m, p, y }) => `وی گفت: ${y} تسهیلات ${p} به ${m} بنگاه تولیدی پرداخت شده است.`,
    ({ m, p, y }) => `بانک‌ها ${y} برای ${m} بنگاه از محل ${p} تسهیلات پرداخت کرده‌اند.`,
  ],
  growth: [
    ({ m, p, s, y }) => `اعتبار ${p} استان ${s} ${y} نسبت به سال قبل ${m} رشد داشته است.`,
    ({ m, p, s, y }) => `اعتبارات ${p} استان ${s} ${y} ${m} افزایش یافت.`,
    ({ m, p, s, y }) => `رشد ${m} اعتبار ${p} استان ${s} ${y} نسبت به سال قبل`,
    ({ m, p, s, y }) => `سهمیه ${p} استان ${s} ${y} در مقایسه با سال قبل ${m} بیشتر شده است.`,
    ({ m, p, s, y }) => `وی گفت: اعتبار ${p} استان ${s} ${y} ${m} رشد کرده است.`,
  ],
};

export type When = { readonly words: string; readonly published: string | null };

export function whens(year: number): When[] {
  const dated = [{ words: `در سال ${year}`, published: null }];
  return year === 1402
    ? [
        ...dated,
        { words: 'امسال', published: '2024-03-14' },
        { words: 'در سال گذشته', published: '2024-05-20' },
        { words: `در سال ${persianDigits('1402')}`, published: '2024-05-20' },
      ]
    : dated;
}

export const tidied = (text: string): string => text.replace(/ {2,}/g, ' ').trim();

export function write(
  params: Params,
  { text, when, form }: { text: string; when: string; form: number },
): string {
  const { measure, programme, county, kind, province } = params;
  const wording = must(wordings[measure][form % wordings[measure].length], 'a wording');
  return tidied(
    wording({
      m: text,
      p: must((programmes as Partial<Record<Programme, string>>)[programme], 'a name'),
      c:
        county === undefined
          ? ''
          : measure === 'sliced'
            ? must(counties[county], 'a county')
            : ` در شهرستان ${counties[county]}`,
      k: kind === undefined ? '' : ` به ${receivers[kind]}`,
      s: must(provinces[province], 'a province'),
      y: when,
    }),
  );
}

/** What keyboards and old systems do to a text; none of it changes what is said. */
export function spoil({ pick, roll }: Dice, text: string): string {
  let spoilt = text;
  if (roll(0, 2) === 0) spoilt = spoilt.replaceAll('ی', 'ي').replaceAll('ک', 'ك');
  if (roll(0, 1) === 0) spoilt = spoilt.replaceAll('\u200c', pick(['', ' ']));
  const script = roll(0, 2);
  if (script === 0) spoilt = persianDigits(spoilt);
  if (script === 1)
    spoilt = spoilt.replace(/[0-9۰-۹]/g, (digit) => String.fromCharCode(0x660 + (digit.charCodeAt(0) & 15)));
  return spoilt;
}
