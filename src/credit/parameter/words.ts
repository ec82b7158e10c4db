import { isoOf } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared, persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import type { BeneficiaryKind } from '../contract.ts';
import { type ParameterName, type ParameterRefusal, usualReportDays } from './contract.ts';

const fa = moneyCompared;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;
const persianDay = (day: string): string => persianDigits(day.replaceAll('-', '/'));

export const parameterWords = {
  rate: { fa: 'نرخ', en: 'Rate' },
  grace_months: { fa: 'تنفس', en: 'Grace' },
  term_months: { fa: 'دورهٔ بازپرداخت', en: 'Repayment period' },
  ceiling_per_beneficiary: { fa: 'سقف هر گیرنده', en: 'Ceiling per beneficiary' },
  ceiling_per_job: { fa: 'سقف هر شغل', en: 'Ceiling per job' },
  report_days: { fa: 'مهلت تأیید گزارش شعبه', en: 'Time to confirm a branch’s report' },
} as const satisfies Record<ParameterName, Bilingual>;

const ceilingOf = {
  person: { fa: 'شخص', en: 'a person' },
  cooperative: { fa: 'تعاونی', en: 'a cooperative' },
  supporter: { fa: 'پشتیبان', en: 'a supporter' },
  enterprise: { fa: 'بنگاه', en: 'an enterprise' },
} as const satisfies Record<BeneficiaryKind, Bilingual>;

export const parameterRefusalWords: {
  readonly [Kind in ParameterRefusal['kind']]: (
    refusal: Extract<ParameterRefusal, { kind: Kind }>,
  ) => Bilingual;
} = {
  ParameterBackwards: ({ validFrom, earliest }) => ({
    fa: `شرط یک خط رو به گذشته تغییر نمی‌کند و ${persianDay(validFrom)} گذشته یا پیش از آخرین تغییر آن است؛ نخستین روز درست ${persianDay(earliest)} است.`,
    en: `A term is not changed backwards, and ${isoOf(validFrom)} is past or before its latest change; the first day that will do is ${isoOf(earliest)}.`,
  }),
  OverCeiling: ({
    ceilingName,
    beneficiaryKind,
    asked,
    ceiling,
    held,
    left,
    jobs,
    validFrom,
    legalReference,
  }) => {
    const who = ceilingOf[beneficiaryKind];
    const name = parameterWords[ceilingName];
    const already =
      held === 0n
        ? { fa: '', en: '' }
        : { fa: `؛ ${fa(held)} آن پیش‌تر تصویب شده`, en: `, ${en(held)} of it awarded before` };
    const orJobs =
      jobs === null
        ? { fa: '', en: '' }
        : {
            fa: ` یا شمار شغل را به ${persianDigits(String(jobs))} برسانید`,
            en: `, or promise ${jobs} jobs`,
          };
    return {
      fa: `«${name.fa}» برای ${who.fa} اینجا ${fa(ceiling)} است (${persianDigits(legalReference)}، از ${persianDay(validFrom)})${already.fa}. ${fa(asked)} خواسته شده است؛ مبلغ را تا ${fa(left)} کم کنید${orJobs.fa}.`,
      en: `The ${name.en.toLowerCase()} of ${who.en} is ${en(ceiling)} here (${legalReference}, from ${isoOf(validFrom)})${already.en}. ${en(asked)} were asked for; lower the sum to ${en(left)}${orJobs.en}.`,
    };
  },
};

/** Texts of the dated terms on a line's page. */
export const parameterLabels = {
  terms: { fa: 'شرایط تاریخ‌دار و سقف‌ها', en: 'Dated terms and ceilings' },
  help: {
    fa: 'هر تصویب وام با شرط روز خود سنجیده می‌شود؛ شرط تازه از روز خود به بعد است و گذشته را تغییر نمی‌دهد.',
    en: 'Each award is decided by the terms of its day; a new term holds from its day on and leaves the past alone.',
  },
  none: {
    fa: 'هنوز شرطی جدا از شرایط خط ثبت نشده است',
    en: 'Nothing is set beyond the terms of the line yet',
  },
  noneHelp: {
    fa: 'سقف هر گیرنده یا هر شغل، و تغییر نرخ، تنفس و بازپرداخت، با روز آغاز و مستند قانونی اینجا می‌آید.',
    en: 'Ceilings, and changes of rate, grace and repayment, appear here with their first day and legal reference.',
  },
  add: { fa: 'ثبت شرط تازه', en: 'Set a term' },
  term: { fa: 'شرط', en: 'Term' },
  forWhom: { fa: 'برای', en: 'For' },
  value: { fa: 'مقدار', en: 'Value' },
  from: { fa: 'از روز', en: 'From' },
  reference: { fa: 'مستند قانونی', en: 'Legal reference' },
  recorded: { fa: 'ثبت', en: 'Recorded' },
  inForce: { fa: 'اکنون', en: 'in force' },
  later: { fa: 'هنوز آغاز نشده', en: 'not begun yet' },
  past: { fa: 'گذشته', en: 'past' },
  state: { fa: 'وضعیت', en: 'State' },
  all: { fa: 'همه', en: 'everybody' },
  rateKind: { fa: 'نوع نرخ', en: 'Kind of rate' },
  percent: { fa: 'درصد', en: 'percent' },
  months: { fa: 'ماه', en: 'months' },
  days: { fa: 'روز', en: 'days' },
  usualReportDays: {
    fa: `گزارش پرداختی که در مهلت خود تأیید یا کنار گذاشته نشود بی‌اثر می‌شود؛ خطی که مهلتی ندارد ${persianDigits(String(usualReportDays))} روز مهلت می‌دهد.`,
    en: `A report of payment that nobody confirms or drops in its time lapses; where a line sets no term, after ${usualReportDays} days.`,
  },
  amount: { fa: 'سقف', en: 'Ceiling' },
  missing: { fa: 'این خانه را پر کنید.', en: 'Fill in this field.' },
  notPercent: {
    fa: 'درصد را تا دو رقم اعشار بنویسید، مثلاً ۴ یا ۲٫۵.',
    en: 'Give a percentage with two decimals at most, like 4 or 2.5.',
  },
} as const satisfies Record<string, Bilingual>;
