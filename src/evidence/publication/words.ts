import type { Bilingual, Condition, Indicator } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { dimensionWords } from '../records/words.ts';
import { valueWords } from '../words.ts';
import {
  type Contact,
  type PublicationAnswer,
  type PublicationRefusal,
  type PublicationState,
  type TooFew,
  figurePath,
} from './contract.ts';

function fewWords({ least, of, publicationId }: TooFew): Bilingual {
  const [fa, en] = [persianDigits(String(least)), String(least)];
  switch (of) {
    case 'figure':
      return {
        fa: `کمتر از ${fa} گیرنده پشت این رقم‌اند و انتشارش از اشخاص خبر می‌دهد؛ شرط‌ها را گسترده‌تر کنید.`,
        en: `Fewer than ${en} receivers stand behind the figure, so publishing it would tell of persons; widen its conditions.`,
      };
    case 'rest':
      return {
        fa: `آنچه از کل می‌ماند کمتر از ${fa} گیرنده دارد و با کم کردن این رقم از کل پیدا می‌شود؛ رقم را بی این شرط یا برای سراسر استان منتشر کنید.`,
        en: `What is left of the whole has fewer than ${en} receivers, and taking this figure from the whole would tell of them; publish it without this condition or for the whole province.`,
      };
    case 'difference':
      return {
        fa: `این رقم از رقم منتشرشدهٔ ${figurePath(publicationId ?? '')} تنها در سندهای کمتر از ${fa} گیرنده جداست و تفاوت آن دو از اشخاص خبر می‌دهد؛ همان نشانی را به کار ببرید یا دورهٔ دیگری برگزینید.`,
        en: `The figure and the published one at ${figurePath(publicationId ?? '')} are apart by the records of fewer than ${en} receivers, of whom their difference would tell; use that address, or choose another period.`,
      };
  }
}

function aheadWords({ rule, year }: Extract<PublicationRefusal, { kind: 'PeriodAhead' }>): Bilingual {
  return rule === 'begun'
    ? {
        fa: 'دورهٔ این رقم هنوز آغاز نشده است و رقمِ آینده منتشر نمی‌شود؛ دوره‌ای را برگزینید که دست‌کم از امروز آغاز شده باشد.',
        en: 'The period of the figure has not begun, and none is published of the future; choose one that begins today or before.',
      }
    : {
        fa: `دورهٔ این رقم پس از پایان سال ${persianDigits(String(year))} به سر می‌رسد؛ دست‌بالا تا روز پایان همین سال را بگذارید.`,
        en: `The period of the figure ends after the year ${year}; take its last day at the latest.`,
      };
}

export const publicationRefusalWords = {
  PublicationMissing: () => ({
    fa: 'رقمی با این نشانی منتشر نشده است؛ نشانی را با آنچه چاپ شده مقایسه کنید.',
    en: 'No figure was published under this address; compare it with the printed one.',
  }),
  SentenceContradicted: ({ figure }: { readonly figure: string }) => ({
    fa: `سندها با «${figure}» در این جمله نمی‌خوانند و جملهٔ نادرست زیر رقم نمی‌ماند؛ جمله را در «سنجش متن خبر» بسنجید.`,
    en: `The records contradict “${figure}” in this sentence, and no wrong sentence stays under a figure: check it as a statement.`,
  }),
  SentenceUnproven: ({ figure }: { readonly figure: string }) => ({
    fa: `سندها «${figure}» را در این جمله ثابت نمی‌کنند و زیر رقمِ منتشرشده رقمِ ثابت‌نشده نمی‌آید؛ آن را بردارید یا در «سنجش متن خبر» دلیل را ببینید.`,
    en: `The records do not prove “${figure}” in this sentence, and nothing unproven stands under a published figure: take it out, or see why by checking the text.`,
  }),
  SentenceOfAnother: ({ value, unit }: { readonly value: string; readonly unit: Indicator['unit'] }) => ({
    fa: `در این جمله رقمی نیست که سندها آن را همین رقم (${valueWords(value, unit).fa}) بدانند؛ جمله را در «سنجش متن خبر» بسنجید تا دلیل را ببینید، یا رقم را بی‌جمله منتشر کنید.`,
    en: `No figure of this sentence is borne out as this very one (${valueWords(value, unit).en}): check it as a statement to see why, or publish the figure without a sentence.`,
  }),
  TooFewReceivers: (few: TooFew) => fewWords(few),
  PeriodNotMonths: ({ field }: { readonly field: 'from' | 'until' }) =>
    field === 'from'
      ? {
          fa: '«از» روز نخست ماه نیست؛ رقمِ پول یا اشخاص از ماه‌های کامل منتشر می‌شود تا تفاوت دو روز از کسی خبر ندهد. روز نخست ماه را بگذارید یا خالی بگذارید.',
          en: '“From” is not the first day of a month: figures of money or persons are of whole months, so that no two days tell of anybody. Take the first of the month, or leave it open.',
        }
      : {
          fa: '«تا» روز پایان ماه نیست؛ رقمِ پول یا اشخاص از ماه‌های کامل منتشر می‌شود تا تفاوت دو روز از کسی خبر ندهد. روز پایان ماه یا همین امروز را بگذارید یا خالی بگذارید.',
          en: '“Until” is not the last day of a month: figures of money or persons are of whole months, so that no two days tell of anybody. Take the last of the month or today, or leave it open.',
        },
  NothingToPublish: () => ({
    fa: 'این رقم سندی ندارد و رقم بی‌سند منتشر نمی‌شود؛ شرط‌ها را تغییر دهید.',
    en: 'The figure has no records, and none is published without; change its conditions.',
  }),
  OfProvince: () => ({
    fa: 'این رقم از استان است، نه از شهرستان؛ شهرستان را بردارید.',
    en: 'This figure is of the province, not of a county; take the county away.',
  }),
  PeriodAhead: (ahead: Extract<PublicationRefusal, { kind: 'PeriodAhead' }>) => aheadWords(ahead),
  PublicationOtherContent: () => ({
    fa: 'این شناسه پیش‌تر برای رقم دیگری به کار رفته است؛ صفحه را تازه کنید و دوباره بفرستید.',
    en: 'The id was used for another figure; reload the page and send it again.',
  }),
  NothingToCorrect: () => ({
    fa: 'این رقم از روز انتشار تغییری نکرده است و اصلاحیه نمی‌خواهد.',
    en: 'The figure has not moved since it was published: there is nothing to correct.',
  }),
  DoubtHolds: ({ rule, part }: Contact) =>
    rule === 'link'
      ? {
          fa: `«${part}» پیوند یا نشانی است و در تردید پیوند نمی‌آید؛ آن را بردارید، یا اگر دو جمله است میانشان فاصله بگذارید.`,
          en: `“${part}” is a link or an address, and a doubt holds none: take it out, or put a space where two sentences meet.`,
        }
      : {
          fa: `«${part}» شمارهٔ تلفن یا ده رقمِ پشت سر هم است و در تردید نمی‌آید؛ آن را بردارید، یا اگر مبلغ است هزارگانش را با «٬» جدا کنید.`,
          en: `“${part}” is a telephone number or ten digits in a row, which no doubt holds: take it out, or part a sum by commas at its thousands.`,
        },
  DoubtUnfit: ({ says }: { readonly says: Bilingual }) => ({
    fa: `این تردید ثبت نشد: ${says.fa}`,
    en: `The doubt was not kept: ${says.en}`,
  }),
  DoubtMissing: () => ({
    fa: 'چنین تردیدی برای این رقم ثبت نشده است.',
    en: 'No such doubt was raised about this figure.',
  }),
  DoubtAnswered: () => ({
    fa: 'به این تردید پیش‌تر پاسخ داده شده است و پاسخ عوض نمی‌شود.',
    en: 'The doubt was answered already, and an answer is not changed.',
  }),
} as const satisfies { [Kind in PublicationRefusal['kind']]: (refusal: never) => Bilingual };

export const stateWords = {
  stands: { fa: 'همان است', en: 'Stands' },
  grown: { fa: 'پس از انتشار افزوده شده', en: 'More since' },
  corrected: { fa: 'اصلاح شده', en: 'Corrected' },
  broken: { fa: 'با سندهای خود نمی‌خواند', en: 'Does not recompute' },
} as const satisfies Record<PublicationState, Bilingual>;

/** What the state means for whoever reads the figure in the press. */
export const stateReasons = {
  stands: {
    fa: 'همین حالا از نو حساب شد: سندها و مقدار همان است که منتشر شد.',
    en: 'Recomputed just now: its records and its value are those that were published.',
  },
  grown: {
    fa: 'مقدار در روز انتشار درست بوده است؛ از آن پس سندهای تازه‌ای ثبت شده و چیزی پس گرفته نشده است.',
    en: 'It was right on the day of publication; records were added since, and none was taken back.',
  },
  corrected: {
    fa: 'پس از انتشار، سندی از سندهای این رقم پس گرفته شده است؛ مقدار امروز را به کار ببرید.',
    en: 'After publication a record behind it was taken back; use today’s value.',
  },
  broken: {
    fa: 'سندهای آن لحظه دیگر همان مقدار را نمی‌دهند. این نباید رخ دهد؛ به حسابرس خبر دهید.',
    en: 'The records of its instant no longer give its value. This must not happen: tell the auditor.',
  },
} as const satisfies Record<PublicationState, Bilingual>;

export const stateTones = {
  stands: 'green',
  grown: 'amber',
  corrected: 'red',
  broken: 'red',
} as const satisfies Record<PublicationState, 'green' | 'amber' | 'red'>;

export const publicationLabels = {
  figures: { fa: 'رقم‌های منتشرشده', en: 'Published figures' },
  figuresHelp: {
    fa: 'هر رقم با سندهای لحظهٔ انتشارش یخ زده است و با هر بار دیدن از نو حساب می‌شود.',
    en: 'Each figure is frozen with the records of its instant and recomputed whenever it is looked at.',
  },
  none: { fa: 'هنوز رقمی منتشر نشده است', en: 'No figure was published yet' },
  noneHelp: {
    fa: 'رقمی که مدیر یا ویراستار با نشانی دائمی منتشر کند این‌جا می‌آید.',
    en: 'A figure that a director or editor publishes under a permanent address appears here.',
  },
  publish: { fa: 'انتشار با نشانی دائمی', en: 'Publish under a permanent address' },
  publishHelp: {
    fa: 'مقدار، تعریف، شرط‌ها و سندهای همین لحظه ثابت می‌شود و دیگر پاک نمی‌شود.',
    en: 'Value, definition, conditions and the records of this instant are frozen, and never erased.',
  },
  sentence: { fa: 'جملهٔ خبر (اختیاری)', en: 'Sentence of the news (optional)' },
  published: { fa: 'منتشر شد', en: 'Published' },
  address: { fa: 'نشانی', en: 'Address' },
  open: { fa: 'صفحهٔ همگانی', en: 'Public page' },
  copy: { fa: 'رونوشت متن و نشانی', en: 'Copy text and address' },
  copied: { fa: 'رونوشت شد', en: 'Copied' },
  state: { fa: 'وضعیت امروز', en: 'State today' },
  figure: { fa: 'رقم', en: 'Figure' },
  value: { fa: 'مقدار', en: 'Value' },
  valueNow: { fa: 'مقدار امروز', en: 'Value today' },
  exactly: { fa: 'دقیق', en: 'Exactly' },
  definition: { fa: 'تعریف', en: 'Definition' },
  version: { fa: 'نسخهٔ تعریف', en: 'Version of the definition' },
  place: { fa: 'مکان', en: 'Place' },
  period: { fa: 'زمان', en: 'Period' },
  budgetYear: { fa: 'سال بودجه', en: 'Budget year' },
  year: { fa: 'سال', en: 'Year' },
  always: { fa: 'از آغاز', en: 'From the beginning' },
  from: { fa: 'از', en: 'From' },
  until: { fa: 'تا', en: 'Until' },
  narrowed: { fa: 'تنها', en: 'Only' },
  without: { fa: 'به جز', en: 'Without' },
  records: { fa: 'شمار سندها', en: 'Records' },
  hash: { fa: 'اثر سندها (SHA-256)', en: 'Hash of the records (SHA-256)' },
  asOf: { fa: 'تا لحظهٔ', en: 'As of' },
  publishedAt: { fa: 'روز انتشار', en: 'Published' },
  by: { fa: 'منتشرکننده', en: 'Published by' },
  since: { fa: 'سندهای پس از انتشار', en: 'Records since' },
  takenBack: { fa: 'از آن‌ها برگشت', en: 'of which take one back' },
  errata: { fa: 'اصلاحیه', en: 'Errata' },
  erratum: { fa: 'ثبت اصلاحیه', en: 'Issue an erratum' },
  note: { fa: 'توضیح اصلاح', en: 'What was put right' },
  doubts: { fa: 'این رقم نادرست است؟', en: 'Is this figure wrong?' },
  noErrata: { fa: 'اصلاحیه‌ای ثبت نشده است.', en: 'No erratum was issued.' },
  noDoubts: { fa: 'هنوز کسی به این رقم تردید نکرده است.', en: 'Nobody has doubted this figure yet.' },
  doubtHelp: {
    fa: 'بنویسید کدام بخش نادرست است. نامی پرسیده نمی‌شود؛ پاسخ حداکثر تا ده روز دیگر داده می‌شود و سخن شما با همان پاسخ همین‌جا برای همه دیده می‌شود. پیوند، شمارهٔ تلفن و شمارهٔ ملی ننویسید.',
    en: 'Say which part is wrong. No name is asked; an answer is due within ten days, and your words stand here for all together with it. Write no link, telephone number or national number.',
  },
  claim: { fa: 'آنچه نادرست می‌دانید', en: 'What you hold to be wrong' },
  send: { fa: 'فرستادن', en: 'Send' },
  hints: { fa: 'نشانه‌های سامانه:', en: 'Marks of the system:' },
  waiting: {
    fa: 'تردیدی رسیده است؛ متن آن با پاسخش این‌جا می‌آید.',
    en: 'A doubt was raised; its text will stand here with its answer.',
  },
  again: {
    fa: 'این فرم پیش‌تر با متن دیگری فرستاده شده است؛ همین متن را یک بار دیگر بفرستید.',
    en: 'This form was sent before with another text; send this one once more.',
  },
  raised: { fa: 'رسیده', en: 'Raised' },
  due: { fa: 'مهلت پاسخ', en: 'Answer due' },
  overdue: { fa: 'از مهلت گذشته', en: 'Overdue' },
  answer: { fa: 'پاسخ', en: 'Answer' },
  answerIt: { fa: 'پاسخ دادن', en: 'Answer' },
  thanks: {
    fa: 'سخن شما ثبت شد و پاسخ آن همین‌جا می‌آید.',
    en: 'Your words were kept, and the answer will appear here.',
  },
  more: { fa: 'قدیمی‌ترها', en: 'Older' },
} as const satisfies Record<string, Bilingual>;

/** The section of the public pages. */
export const figuresSection = {
  label: publicationLabels.figures,
  brief: { fa: publicationLabels.figures.fa, en: 'Figures' },
  about: publicationLabels.figuresHelp,
};

type Told = Pick<PublicationAnswer, 'budgetYear' | 'year' | 'from' | 'until' | 'only' | 'without'>;

/** How the asker writes: days are written by the calendar of the page or of the server. */
type Writing = {
  readonly language: keyof Bilingual;
  readonly dayText: (iso: string, language: keyof Bilingual) => string;
};

/** Of when a published figure is: «سال ۱۴۰۲», «از ۱ فروردین ۱۴۰۲، تا ۳۱ شهریور ۱۴۰۲». */
export function periodText({ budgetYear, year, from, until }: Told, { language, dayText }: Writing): string {
  const say = (text: Bilingual): string => text[language];
  const digits = (number: number): string =>
    language === 'fa' ? persianDigits(String(number)) : String(number);
  if (year !== null) return `${say(publicationLabels.year)} ${digits(year)}`;
  const parts = [
    budgetYear === null ? null : `${say(publicationLabels.budgetYear)} ${digits(budgetYear)}`,
    from === null ? null : `${say(publicationLabels.from)} ${dayText(from, language)}`,
    until === null ? null : `${say(publicationLabels.until)} ${dayText(until, language)}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? say(publicationLabels.always) : parts.join(language === 'fa' ? '، ' : ', ');
}

/** Conditions in words where there are any: «برنامه: مشاغل خانگی». */
export const conditionsText = (only: Condition, language: keyof Bilingual): string =>
  Object.entries(only)
    .map(([column, values]) => {
      const words = dimensionWords[column];
      const title = words === undefined ? column : words.title[language];
      const named = values.map((value) => words?.values[value]?.[language] ?? value);
      return `${title}: ${named.join(language === 'fa' ? '، ' : ', ')}`;
    })
    .join(language === 'fa' ? '؛ ' : '; ');

/** Of when a figure is and what narrows it, in one line: «سال ۱۴۰۲ · برنامه: مشاغل خانگی». */
export function ofWhat(told: Told, writing: Writing): string {
  const { language } = writing;
  const without = conditionsText(told.without, language);
  return [
    periodText(told, writing),
    conditionsText(told.only, language),
    without === '' ? '' : `${publicationLabels.without[language]} ${without}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
