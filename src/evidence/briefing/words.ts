import { dayFromIso } from '#kernel/day.ts';
import type { Bilingual, Indicator } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { ByKind } from '#kernel/result.ts';
import { valueWords } from '../words.ts';
import type { BriefingRefusal, Caution } from './contract.ts';

export const briefingRefusalWords: ByKind<BriefingRefusal, Bilingual> = {
  FigureUnknown: ({ figure }) => ({
    fa: `رقمی به نام «${figure}» برای این جا نیست؛ آن را از فهرست برگزینید.`,
    en: `There is no figure ${figure} of this place: choose it from the list.`,
  }),
  TooManyFigures: ({ most }) => ({
    fa: `در یک برگه بیش از ${persianDigits(String(most))} رقم جا نمی‌گیرد؛ چند رقم را بردارید.`,
    en: `A sheet holds at most ${most} figures: take some away.`,
  }),
  FormatUnknown: ({ format }) => ({
    fa: `برگهٔ نشست تنها PDF دارد، نه «${format}»؛ «format» را بردارید یا pdf بگذارید.`,
    en: `The sheet is made as PDF only, not as ${format}: take the format away, or ask for pdf.`,
  }),
  ProgrammeUnknown: ({ programme }) => ({
    fa: `برنامه‌ای به نام «${programme}» نیست؛ آن را از فهرست برگزینید.`,
    en: `There is no programme ${programme}: choose it from the list.`,
  }),
};

const dayWords = (iso: string): Bilingual => {
  const [year = '', month = '', of = ''] = dayFromIso(iso).split('-');
  return { fa: persianDigits(`${year}/${month}/${of}`), en: `${year}/${month}/${of} (Jalali)` };
};

/** What may not be said of a figure, one sentence for each caution. `brief` leaves out sums that stand beside it. */
export function cautionWords(
  caution: Caution,
  { unit, brief = false }: Pick<Indicator, 'unit'> & { readonly brief?: boolean },
): Bilingual {
  switch (caution.kind) {
    case 'YearNotOver': {
      const until = dayWords(caution.until);
      return {
        fa: `سال تمام نشده است؛ نگویید «در سال»، بگویید «تا ${until.fa}»، و آن را با همهٔ سال پیش نسنجید.`,
        en: `The year is not over: say "until ${until.en}", and do not set it against the whole year before.`,
      };
    }
    case 'OtherStage': {
      const stages = caution.stages.map(({ title, value }) => ({ title, value: valueWords(value, unit) }));
      const which = (title: string, words: string): string => (brief ? title : `${title}${words}`);
      const fa = stages
        .map(({ title, value }) => which(`«${title.fa}»`, ` که ${value.fa} است`))
        .join('، یا ');
      const en = stages
        .map(({ title, value }) => which(`"${title.en}"`, `, which is ${value.en}`))
        .join(', or for ');
      return { fa: `آن را به جای ${fa} نگویید.`, en: `Do not say it for ${en}.` };
    }
    case 'ShareOf':
      return {
        fa: `«${caution.part.fa}» از «${caution.whole.fa}» است؛ آن را سهم چیز دیگری نگویید.`,
        en: `It is "${caution.part.en}" over "${caution.whole.en}", and a share of nothing else.`,
      };
    case 'CountedOnce':
      return {
        fa: 'هر کس یا هر طرح یک بار شمرده شده است؛ رقم‌های شهرستان‌ها یا سال‌ها را با هم جمع نکنید.',
        en: 'Each is counted once: do not add the figures of counties or years.',
      };
    case 'NoBase': {
      const year = persianDigits(String(caution.year));
      return {
        fa: `برای سال ${year} سندی نیست؛ از رشد یا کاهش نگویید.`,
        en: `There are no records of ${caution.year}: speak of no growth or fall.`,
      };
    }
    case 'OtherProgrammes': {
      const year = persianDigits(String(caution.year));
      return {
        fa: `برنامه‌های سال ${year} با امسال یکی نیست و این رقم جمع همهٔ آن‌هاست؛ از رشد یا کاهش نگویید، یا برنامه را برگزینید.`,
        en: `The programmes of ${caution.year} are others, and this is the sum of all: speak of no growth or fall, or choose a programme.`,
      };
    }
    case 'Moved': {
      const value = valueWords(caution.published, unit);
      return {
        fa: `رقم منتشرشده ${value.fa} بود و از آن پس تغییر کرده است؛ رقم این برگه را بگویید و اصلاحیه را یاد کنید.`,
        en: `It was published as ${value.en} and has moved since: say the figure of this sheet and name the erratum.`,
      };
    }
    case 'NoSentence':
      return caution.because === 'programme_open'
        ? {
            fa: 'رقم همهٔ برنامه‌ها با هم است؛ آن را از یک برنامه نگویید. با برگزیدن برنامه، جملهٔ سنجیده‌شدهٔ آن می‌آید.',
            en: 'It is of all programmes together, and of none alone. Choose a programme for its checked sentence.',
          }
        : {
            fa: 'سنجش، جملهٔ آمادهٔ این رقم را تأیید نکرد؛ آن را تنها با نام شاخص و سال بگویید.',
            en: 'The check supported no ready sentence of it: say it by the name of the figure and its year alone.',
          };
  }
}

export const briefingTitle = (place: Bilingual, year: number): Bilingual => ({
  fa: `برگهٔ آمادگی ${place.fa}، سال ${persianDigits(String(year))}`,
  en: `Briefing sheet of ${place.en}, ${year}`,
});

/** Texts of the briefing sheet. */
export const briefingLabels = {
  briefing: { fa: 'برگهٔ آمادگی', en: 'Briefing sheet' },
  lead: {
    fa: 'یک برگ پیش از گفت‌وگو با رسانه: رقم‌هایی که می‌پرسند، پایهٔ سنجش و نشانی هر یک، جملهٔ درست آن و آنچه نباید گفت.',
    en: 'One page before a press talk: the figures they ask about, base and address of each, how it is said, and what may not be said.',
  },
  figure: { fa: 'رقم', en: 'Figure' },
  value: { fa: 'مقدار', en: 'Value' },
  base: { fa: 'همین روزها در سال پیش', en: 'Same days of the year before' },
  yearBefore: { fa: 'سال پیش', en: 'Year before' },
  wholeBase: { fa: 'همهٔ سال پیش', en: 'Whole year before' },
  change: { fa: 'تغییر', en: 'Change' },
  address: { fa: 'نشانی', en: 'Address' },
  unpublished: { fa: 'منتشر نشده', en: 'not published' },
  records: { fa: 'سندها', en: 'Records' },
  say: { fa: 'بگویید', en: 'Say' },
  unsaid: { fa: 'نگویید', en: 'Do not say' },
  silent: { fa: 'سندی ندارد؛ درباره‌اش رقمی نگویید', en: 'Without records: say no figure of it' },
  programme: { fa: 'برنامه', en: 'Programme' },
  allProgrammes: { fa: 'همهٔ برنامه‌ها', en: 'All programmes' },
  add: { fa: 'افزودن رقم', en: 'Add a figure' },
  remove: { fa: 'برداشتن', en: 'Remove' },
  usual: { fa: 'رقم‌های همیشگی', en: 'The usual figures' },
  none: {
    fa: 'هیچ‌یک از این رقم‌ها در این سال سندی ندارد',
    en: 'None of these figures has records in this year',
  },
  noneHelp: {
    fa: 'سال، شهرستان یا برنامه را تغییر دهید.',
    en: 'Change the year, the county or the programme.',
  },
} as const satisfies Record<string, Bilingual>;
