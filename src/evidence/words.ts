import type { Bilingual, Indicator } from '#kernel/indicator.ts';
import { groupedDigits, moneyExactly, moneyForPeople, persianDigits } from '#kernel/persian.ts';
import { type ByKind, byKind } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import type { EvidenceRefusal, Measured, ReasonFacts, Told, Verdict } from './contract.ts';

export const verdictWords = {
  supported: { fa: 'تأیید', en: 'Supported' },
  contradicted: { fa: 'نادرست', en: 'Contradicted' },
  ambiguous: { fa: 'دوپهلو', en: 'Ambiguous' },
  promise: { fa: 'وعده', en: 'Promise' },
  no_record: { fa: 'بی‌سند', en: 'No record' },
  not_a_claim: { fa: 'ادعا نیست', en: 'Not a claim' },
} as const satisfies Record<Verdict, Bilingual>;

export const evidenceRefusalWords = {
  IndicatorUnknown: ({ indicator }: { readonly indicator: string }) => ({
    fa: `شاخصی با نام «${indicator}» نداریم؛ آن را از نتیجهٔ سنجش باز کنید.`,
    en: `There is no indicator ${indicator}; open it from a checked statement.`,
  }),
  ConditionUnknown: ({ condition }: { readonly condition: string }) => ({
    fa: `شرط «${condition}» از شرط‌های این شاخص نیست؛ نشانی را از نتیجهٔ سنجش باز کنید.`,
    en: `The condition ${condition} is none of this indicator; open the address from a checked statement.`,
  }),
  ConditionOfAnother: ({ column }: { readonly column: string }) => ({
    fa: `این شاخص را با «${column}» نمی‌توان محدود کرد؛ سندهایش آن را ندارند.`,
    en: `This figure cannot be narrowed by ${column}: its records do not tell it.`,
  }),
  PeriodReversed: () => ({
    fa: 'روز پایان پیش از روز آغاز است؛ بازه را درست کنید.',
    en: 'The last day is before the first one; put the period right.',
  }),
  CountyMissing: ({ county }: { readonly county: string }) => ({
    fa: `شهرستانی با کد «${county}» در این استان نیست؛ از فهرست برگزینید.`,
    en: `There is no county ${county} in this province: choose one of the list.`,
  }),
  OutsideYourScope: () => ({
    fa: 'این سندها بیرون از دامنهٔ دید شماست و جمعِ بخشی از آن‌ها رقم را نشان نمی‌دهد؛ سندهای محدودهٔ خود را باز کنید.',
    en: 'These records are outside your scope, and a part of them is not the figure; open those of your own scope.',
  }),
  TooManyRecords: ({ count, most }: { readonly count: number; readonly most: number }) => ({
    fa: `این رقم ${persianDigits(String(count))} سند دارد و در یک فایل بیش از ${persianDigits(String(most))} ردیف نمی‌آید؛ سال، شهرستان یا بازهٔ کوتاه‌تری بخواهید.`,
    en: `This figure has ${count} records, and one file holds ${most} at most; ask for a year, a county or a shorter period.`,
  }),
} as const satisfies { [Kind in EvidenceRefusal['kind']]: (refusal: never) => Bilingual };

/** A value in its unit, in words: exact money in both currencies, percent points, or a count. */
export function valueWords(value: string, unit: Indicator['unit'] | 'points'): Bilingual {
  switch (unit) {
    case 'rial': {
      const sum = rial(value);
      const rials = `${groupedDigits(sum)} ریال`;
      return {
        // A sum that is no whole number of tomans is said in rials alone, once.
        fa: sum % 10n === 0n ? `${moneyExactly(sum)} (${rials})` : rials,
        en: `${groupedEnglish(value)} rials`,
      };
    }
    case 'percent':
      return { fa: `${persianDigits(value.replace('.', '٫'))} درصد`, en: `${value} %` };
    case 'points':
      return { fa: `${signedDigits(value)} واحد درصد`, en: `${value} points` };
    case 'count':
      return { fa: groupedDigits(value), en: groupedEnglish(value) };
  }
}

/** «−۱۰٫۱»: the sign stays before the number whichever way the text runs. */
const signedDigits = (value: string): string =>
  persianDigits(value.replace('.', '٫').replace('-', '\u200e−'));

const measuredWords = ({ value, unit }: Measured): Bilingual => valueWords(value, unit);

const groupedEnglish = (value: string): string => value.replace(/\B(?=(?:\d{3})+$)/g, ',');

const approxWords = {
  exact: {
    fa: 'گرد شده تا آخرین رقم گفته‌شده با سند برابر است',
    en: 'Rounded to the last digit said, the record equals it',
  },
  at_least: {
    fa: 'سند از آن کمتر نیست و کمتر از ۵ درصد بالاتر است',
    en: 'The record is not below it and less than 5 % above',
  },
  at_most: {
    fa: 'سند از آن بیشتر نیست و کمتر از ۵ درصد پایین‌تر است',
    en: 'The record is not above it and less than 5 % below',
  },
  about: { fa: 'سند تا ۵ درصد با آن فاصله دارد', en: 'The record is within 5 % of it' },
} as const satisfies Record<string, Bilingual>;

const join = (texts: readonly string[]): string => texts.join('، ');

const reasonWords: ByKind<ReasonFacts, Bilingual> = {
  NotAQuantity: () => ({
    fa: 'تاریخ، شماره، رتبه یا نام است و چیزی را نمی‌شمارد',
    en: 'A date, number, rank or name: it counts nothing',
  }),
  NoDeed: () => ({
    fa: 'جمله نمی‌گوید با این رقم چه شده است (ابلاغ، معرفی، قرارداد یا پرداخت)',
    en: 'The sentence does not say what was done (notified, referred, contracted or paid)',
  }),
  NoIndicator: () => ({
    fa: 'هیچ شاخصی که سند دارد به این رقم پاسخ نمی‌دهد',
    en: 'No indicator with records answers for this figure',
  }),
  OtherPlace: ({ place }) => ({
    fa: `دربارهٔ ${place} است و سندهای استان به آن پاسخ نمی‌دهند`,
    en: `It is about ${place}, for which the records of the province do not answer`,
  }),
  SeveralPlaces: ({ places }) => ({
    fa: `چند جا را با هم می‌گوید (${join(places)})`,
    en: `It names several places at once (${places.join(', ')})`,
  }),
  NextYear: () => ({
    fa: 'سال آن روشن نیست یا هنوز نیامده است',
    en: 'Its year is not clear or has not come',
  }),
  Matches: ({ approx }) => approxWords[approx],
  TrueButFar: () => ({
    fa: 'درست است ولی بیش از ۵ درصد با سند فاصله دارد',
    en: 'True, but more than 5 % away from the record',
  }),
  Differs: () => ({ fa: 'با سند نمی‌خواند', en: 'It does not agree with the record' }),
  RialTomanSlip: ({ right }) =>
    right === 'rial'
      ? { fa: 'ده برابر شده است: با «ریال» درست بود', en: 'Ten times too large: it would be right in rials' }
      : { fa: 'یک‌دهم شده است: با «تومان» درست بود', en: 'A tenth of it: it would be right in tomans' },
  OtherStage: ({ title }) => ({
    fa: `این رقم «${title.fa}» است، نه آنچه جمله می‌گوید`,
    en: `This is the figure of “${title.en}”, not of what the sentence says`,
  }),
  NoRecords: () => ({ fa: 'سندی با این مشخصات ثبت نشده است', en: 'No such record exists' }),
  NoBase: ({ year }) => ({
    fa: `برای سال پایه (${persianDigits(String(year))}) سندی نیست که رشد با آن سنجیده شود`,
    en: `There is no record of the base year ${year} to measure the change against`,
  }),
  TwoReadings: ({ titles }) => ({
    fa: `دو گونه خوانده می‌شود: ${titles.map((title) => `«${title.fa}»`).join(' یا ')}`,
    en: `It can be read in two ways: ${titles.map((title) => `“${title.en}”`).join(' or ')}`,
  }),
  PlaceOpen: ({ place }) => ({
    fa:
      place === ''
        ? 'روشن نیست از کدام جا می‌گوید'
        : `شاید از ${place} می‌گوید، و این رقم برای آن جدا ثبت نمی‌شود`,
    en:
      place === ''
        ? 'It is not clear of which place it speaks'
        : `It may speak of ${place}, of which this figure is not kept by itself`,
  }),
  TwoNumbers: ({ other }) => ({
    fa: `رقم چاپ‌شده دو گونه خوانده می‌شود (دیگری ${persianDigits(other)})`,
    en: `The printed number can be read in two ways (the other is ${other})`,
  }),
  UnknownNarrowing: ({ word }) => ({
    fa: `واژهٔ «${word}» رقم را محدود می‌کند و سندها آن را جدا نمی‌شناسند`,
    en: `The word “${word}” narrows the figure in a way that the records do not know`,
  }),
  ProgrammeNotNamed: () => ({
    fa: 'جمله نمی‌گوید اعتبار کدام برنامه است؛ سند همهٔ برنامه‌ها گرفته شد',
    en: 'The sentence does not say of which programme; the records of all were taken',
  }),
  Missing: ({ values }) => ({
    fa: `برای ${join(values.map((value) => `«${value}»`))} در این رقم سندی نیست`,
    en: `The figure has no record for ${values.join(', ')}`,
  }),
  Denied: () => ({
    fa: 'جمله منفی است و درستی آن از رقم پیدا نیست',
    en: 'The sentence is negative; the figure alone does not decide it',
  }),
  Condition: () => ({
    fa: 'جمله شرط یا نقل است و ادعای روشنی نمی‌کند',
    en: 'The sentence is a condition or hearsay and claims nothing plainly',
  }),
  OutsideScope: () => ({
    fa: 'بیرون از دامنهٔ دید شماست: شما فقط بخشی از سندهای آن را می‌بینید و با بخشی از سندها نمی‌توان داوری کرد',
    en: 'It is outside your scope: you see only part of its records, and part of them decides nothing',
  }),
  NotInPersian: () => ({
    fa: 'این رقم نه در متن فارسی خبر هست و نه در رقم‌هایی که خبر به آن‌ها پیوند دارد',
    en: 'This figure stands neither in the Persian text nor among the figures to which it leads',
  }),
  Promised: ({ soFar }) => promisedWords(soFar, measuredWords),
};

function promisedWords(soFar: readonly Measured[], say: (measured: Measured) => Bilingual): Bilingual {
  if (soFar.length === 0)
    return {
      fa: 'وعده یا برنامه است؛ هدفی برای آن ثبت نشده است',
      en: 'A promise or plan; no target is recorded for it',
    };
  return {
    fa: `وعده است؛ تاکنون ${join(soFar.map((one) => `${one.title.fa}: ${say(one).fa}`))}`,
    en: `A promise; so far ${soFar.map((one) => `${one.title.en}: ${say(one).en}`).join(', ')}`,
  };
}

/** Sums for people, as a margin has room for; the exact ones stand in the whole reason. */
function roundedWords({ value, unit }: Measured): Bilingual {
  const exact = valueWords(value, unit);
  return unit === 'rial' ? { fa: moneyForPeople(rial(value), 2), en: exact.en } : exact;
}

/** The reason without the record, and how the year was chosen. */
export function sayWhy({ facts, year }: Told): Bilingual {
  const reason =
    facts.kind === 'Promised'
      ? promisedWords(facts.soFar, roundedWords)
      : byKind<ReasonFacts, Bilingual>(facts, reasonWords);
  const of = year === null ? null : yearWords(year);
  return {
    fa: `${of === null ? reason.fa : `${reason.fa}؛ ${of.fa}`}.`,
    en: `${of === null ? reason.en : `${reason.en}; ${of.en}`}.`,
  };
}

const yearWords = ({ year, guessed }: NonNullable<Told['year']>): Bilingual =>
  guessed
    ? {
        fa: `سال گفته نشده؛ تازه‌ترین سالِ دارای سند، ${persianDigits(String(year))}، گرفته شد`,
        en: `no year is said, so the latest year with records, ${year}, was taken`,
      }
    : { fa: `سال ${persianDigits(String(year))}`, en: `year ${year}` };

/** The whole reason: what was compared, with which record, of which year, and how the year was chosen. */
export function sayReason({ facts, title, unit, actual: value, year }: Told): Bilingual {
  const actual = value === null || unit === null ? null : valueWords(value, unit);
  const reason = byKind<ReasonFacts, Bilingual>(facts, reasonWords);
  const fa = [reason.fa];
  const en = [reason.en];
  if (title !== null && actual !== null) {
    fa.push(`سند «${title.fa}»: ${actual.fa}`);
    en.push(`record “${title.en}”: ${actual.en}`);
  }
  if (year !== null) {
    const of = yearWords(year);
    fa.push(of.fa);
    en.push(of.en);
  }
  return { fa: `${fa.join('؛ ')}.`, en: `${en.join('; ')}.` };
}

export const evidenceLabels = {
  evidence: { fa: 'شواهد', en: 'Evidence' },
  check: { fa: 'سنجش بیانیه', en: 'Check a statement' },
  records: { fa: 'سندها', en: 'Records' },
  stated: { fa: 'گفته‌شده', en: 'Stated' },
  actual: { fa: 'سند', en: 'Record' },
  day: { fa: 'روز', en: 'Day' },
  county: { fa: 'شهرستان', en: 'County' },
  amount: { fa: 'مبلغ', en: 'Sum' },
  province: { fa: 'استان', en: 'Province' },
  wholeProvince: { fa: 'سراسر استان', en: 'Whole province' },
} as const satisfies Record<string, Bilingual>;
