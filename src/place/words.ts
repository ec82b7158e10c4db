import { assert, must } from '#kernel/result.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type {
  IndicatorValue,
  NoteWords,
  PlaceRefusal,
  periods,
  seriesKinds,
  sexes,
  units,
} from './contract.ts';

export const placeRefusalWords = {
  ProvinceUnknown: (refusal) => ({
    fa: `استانی با نشانی «${refusal.slug}» نداریم. فهرست استان‌ها را در ‎/api/provinces ببینید.`,
    en: `There is no province with the address "${refusal.slug}". See /api/provinces for the list.`,
  }),
} as const satisfies {
  [Kind in PlaceRefusal['kind']]: (refusal: Extract<PlaceRefusal, { kind: Kind }>) => Bilingual;
};

const periodWords = {
  census: { fa: 'سرشماری', en: 'census' },
  year: { fa: 'سال', en: 'year' },
  spring: { fa: 'بهار', en: 'spring' },
  summer: { fa: 'تابستان', en: 'summer' },
  autumn: { fa: 'پاییز', en: 'autumn' },
  winter: { fa: 'زمستان', en: 'winter' },
} as const satisfies Record<(typeof periods)[number], Bilingual>;

const sexWords = {
  all: { fa: 'زن و مرد', en: 'both sexes' },
  male: { fa: 'مرد', en: 'men' },
  female: { fa: 'زن', en: 'women' },
} as const satisfies Record<(typeof sexes)[number], Bilingual>;

const unitWords = {
  person: { fa: 'نفر', en: 'persons' },
  household: { fa: 'خانوار', en: 'households' },
  percent: { fa: 'درصد', en: 'percent' },
  rial_per_year: { fa: 'ریال در سال', en: 'rial a year' },
} as const satisfies Record<(typeof units)[number], Bilingual>;

const seriesWords = {
  census: { fa: 'سرشماری', en: 'census' },
  labour_survey_10plus: { fa: 'آمارگیری نیروی کار، ۱۰ ساله و بیشتر', en: 'labour force survey, 10 and over' },
  labour_survey_15plus: { fa: 'آمارگیری نیروی کار، ۱۵ ساله و بیشتر', en: 'labour force survey, 15 and over' },
  labour_survey_age_unsure: {
    fa: 'آمارگیری نیروی کار، مرز سنی نامعلوم (به احتمال زیاد ۱۰ ساله و بیشتر)',
    en: 'labour force survey, age limit unsure (most likely 10 and over)',
  },
  sci_projection: { fa: 'پیش‌بینی مرکز آمار', en: 'projection of the Statistical Centre' },
  sci_estimate: { fa: 'برآورد مرکز آمار', en: 'estimate of the Statistical Centre' },
  other: { fa: 'منبع دیگر', en: 'other' },
} as const satisfies Record<(typeof seriesKinds)[number], Bilingual>;

/** «بهار ۱۴۰۰، آمارگیری نیروی کار، ۱۵ ساله و بیشتر، درصد»: what a figure is, in one line. */
export function captionOf(
  figure: Pick<IndicatorValue, 'year' | 'period' | 'series' | 'sex' | 'unit'>,
): Bilingual {
  const parts = [
    ...(figure.series === 'other' || figure.series === figure.period ? [] : [seriesWords[figure.series]]),
    ...(figure.sex === 'all' ? [] : [sexWords[figure.sex]]),
    unitWords[figure.unit],
  ];
  const period = periodWords[figure.period];
  const year = String(figure.year);
  return {
    fa: [`${period.fa} ${persianDigits(year)}`, ...parts.map(({ fa }) => fa)].join('، '),
    en: [`${period.en} ${year}`, ...parts.map(({ en }) => en)].join(', '),
  };
}

/** The doubts of the figures and of the county list (see data/README.md). */
export const placeNoteWords: NoteWords = {
  also_called: (name) => ({ fa: `نام رایج دیگر: ${name}`, en: `also called ${name}` }),
  listed_as: (name) => ({ fa: `در فهرست ۱۴۰۲: ${name}`, en: `in the list of 1402: ${name}` }),
  no_1395_figure: () => ({
    fa: 'پس از سرشماری ۱۳۹۵ پدید آمده و رقم ۱۳۹۵ ندارد؛ شهرستان مادر ثبت نشده است.',
    en: 'Formed after the census of 1395, so it has no figure of 1395; the parent county is not recorded.',
  }),
  split_after_1395: (code) => ({
    fa: `پس از سرشماری ۱۳۹۵ از شهرستان با کد ${code} جدا شده و رقم ۱۳۹۵ ندارد.`,
    en: `Cut from county ${code} after the census of 1395, so it has no figure of 1395.`,
  }),
  includes_1395: (code) => ({
    fa: `رقم ۱۳۹۵ در مرز آن سال است و شهرستان کنونی با کد ${code} را هم در بر دارد.`,
    en: `The figure of 1395 is in the boundaries of that year and includes the present county ${code}.`,
  }),
  matched_by_code_only: () => ({
    fa: 'رقم ۱۳۹۵ فقط از روی کد به این شهرستان داده شده؛ پیش از استفاده بررسی شود.',
    en: 'The figure of 1395 was given to this county by its code only: check before use.',
  }),
  other_code_1395: (code) => ({
    fa: `شهرستان همین نام در سرشماری ۱۳۹۵ کد ${code} داشت و رقمش زیر همان کد مانده است.`,
    en: `In the census of 1395 the county of this name had the code ${code}, and its figure stays there.`,
  }),
  district_1395: (persons) => ({
    fa: `بخش هم‌نام در ۱۳۹۵ به نقل از ویکی‌پدیا ${persons} نفر داشت؛ رقم شهرستان نیست.`,
    en: `The district of this name had ${persons} persons in 1395 by Wikipedia; not a county figure.`,
  }),
  not_in_1402_list: () => ({
    fa: 'در فهرست رسمی ۱۴۰۲ نیست؛ کد رسمی و روز تصویب یافت نشد و کد از ماست.',
    en: 'Not in the official list of 1402; no official code or day of approval was found, the code is ours.',
  }),
  latin_by_gatherer: () => ({
    fa: 'نام لاتین آوانویسی گردآورنده است.',
    en: 'The English name is a transliteration made by hand.',
  }),
  latin_corrected: () => ({
    fa: 'املای نام لاتین دستی درست شده است.',
    en: 'The spelling of the English name was corrected by hand.',
  }),
  computed_from_counts: () => ({ fa: 'از شمارش‌ها محاسبه شده است.', en: 'Computed from the counts.' }),
  summed_from_counties: () => ({ fa: 'جمع شهرستان‌هاست.', en: 'Sum of the counties.' }),
  rounded_to_thousand: () => ({ fa: 'به هزار گرد شده است.', en: 'Rounded to a thousand.' }),
  estimate: () => ({ fa: 'برآورد است.', en: 'An estimate.' }),
  estimate_of_shahrivar: () => ({
    fa: 'برآورد شهریور ۱۴۰۰ به نقل از خبر.',
    en: 'Estimate for Shahrivar 1400, quoted by the press.',
  }),
  quoted_second_hand: () => ({
    fa: 'رقم رسمی به نقل از منبع دوم است.',
    en: 'An official figure quoted second hand.',
  }),
  press_partial: () => ({
    fa: 'به نقل از خبر؛ خبر همهٔ استان‌ها را نیاورده است.',
    en: 'Quoted by the press, which did not name every province.',
  }),
  shares_leave_a_rest: () => ({
    fa: 'سهم استان‌ها روی هم ۹۸٫۳ درصد می‌شود؛ باقی‌مانده در منبع نیامده است.',
    en: 'The shares of the provinces add up to 98.3 %; the source does not give the rest.',
  }),
  unit_as_quoted: () => ({
    fa: 'واحد و دوره به نقل از منبع است؛ در منبع به تومان بود.',
    en: 'Unit and period as the source has them; printed there in toman.',
  }),
  two_provinces_swapped: () => ({
    fa: 'همان منبع جای دیگری رقم مازندران و کرمان را جابه‌جا آورده است.',
    en: 'Elsewhere the same source swaps the figures of Mazandaran and Kerman.',
  }),
  year_unsure: () => ({
    fa: 'برابر با برآورد ۱۴۰۰ است؛ سالِ رقم نامطمئن است.',
    en: 'Equal to the estimate of 1400: the year is unsure.',
  }),
  second_value: (value) => ({
    fa: `همان منبع جای دیگری ${value} آورده است.`,
    en: `Elsewhere the same source has ${value}.`,
  }),
  doubtful_lowest: () => ({
    fa: 'کمترین رقم کشور است و مشکوک به نظر می‌رسد.',
    en: 'The lowest of the country, and doubtful.',
  }),
};

/**
 * The sentences of a catalogue row's notes. A note is a key, or a key and a parameter after a colon.
 * Throws on a key without words: the data files are ours, so that is a bug.
 */
export function sayNotes(words: NoteWords, notes: readonly string[]): Bilingual[] {
  return notes.map((note) => {
    const colon = note.indexOf(':');
    const key = colon < 0 ? note : note.slice(0, colon);
    assert(Object.hasOwn(words, key), `a note without words: ${key}`);
    return must(words[key], 'note words')(colon < 0 ? '' : note.slice(colon + 1));
  });
}
