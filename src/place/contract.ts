import { z } from 'zod';
import type { Bilingual } from '#kernel/indicator.ts';
import { calmText, hasWords, isName, normalise, plainText } from '#kernel/persian.ts';

/**
 * Places on the wire. A province is addressed by its slug (`alborz`) and stored by the code of the
 * Statistical Centre (0 to 30); a county by its four-digit code, whose first two digits are the province.
 */
export const provinceId = z.int().min(0).max(99);
export const provinceSlug = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/)
  .meta({ description: 'Slug of the province, e.g. alborz; /api/provinces lists them' });

/** `3001`, or `03x1` for a county that has no official code yet. */
export const countyCode = z.string().regex(/^\d{2}(\d{2}|x\d)$/);

export const bilingual = z.object({ fa: z.string(), en: z.string() });

/**
 * Days of which the house is told: 1279/01/01 to 1578/12/29. Nobody alive was born earlier and no enterprise was
 * registered, a Jalali date typed as an ISO one lies centuries back, and nothing is promised further ahead.
 */
export const firstIsoDay = '1900-03-21';
export const lastIsoDay = '2200-03-20';

/** A day as it is sent: in a form and in an address. What is answered needs no such fence. */
export const isoDay = z.iso
  .date()
  .refine((iso) => !/^\d{4}-\d{2}-\d{2}$/.test(iso) || (iso >= firstIsoDay && iso <= lastIsoDay), {
    params: {
      rule: 'day_in_use',
      fa: '«{label}» باید روزی میان ۱۲۷۹/۰۱/۰۱ و ۱۵۷۸/۱۲/۲۹ باشد.',
      en: '{label} must be a day between 1900-03-21 and 2200-03-20.',
    },
  });

/** An instant as it is sent, within the same days. */
export const isoInstant = z.iso
  .datetime()
  .refine((iso) => !/^\d{4}-/.test(iso) || (iso >= firstIsoDay && iso <= lastIsoDay), {
    params: {
      rule: 'day_in_use',
      fa: '«{label}» باید زمانی میان ۱۲۷۹/۰۱/۰۱ و ۱۵۷۸/۱۲/۲۹ باشد.',
      en: '{label} must be an instant between 1900-03-21 and 2200-03-20.',
    },
  });

/** A text that somebody can read: it turns no line around, and signs without ink do not count. */
export const writtenText = (least: number, most: number) => written(plainText, { least, most });

type Length = { readonly least: number; readonly most: number };

const written = (plain: (typed: string) => string, { least, most }: Length) =>
  z
    .string()
    .overwrite(plain)
    .trim()
    .min(least)
    .max(most)
    .refine((typed) => typed === '' || (typed.isWellFormed() && normalise(typed).length >= least), {
      params: {
        rule: 'written',
        fa: '«{label}» نویسهٔ خوانا کم دارد؛ آن را کامل بنویسید.',
        en: '{label} has too few readable characters; write it out.',
      },
    });

/** A text that may be left out, in the spelling of a written one: whether it is needed is a rule. */
export const spareText = (most: number) => z.string().overwrite(plainText).trim().max(most);

/** What a person, a body or a view is called: a written text with a letter in it. */
export const nameText = (least: number, most: number) =>
  writtenText(least, most).refine((typed) => typed === '' || isName(typed), {
    params: {
      rule: 'letters',
      fa: '«{label}» باید دست‌کم یک حرف داشته باشد.',
      en: '{label} needs at least one letter.',
    },
  });

/** What anybody may write in public, without an account: a written text that says something, in calm lines. */
export const readerText = (least: number, most: number) =>
  written(calmText, { least, most }).refine((typed) => typed === '' || hasWords(typed), {
    params: {
      rule: 'says_something',
      fa: '«{label}» هنوز چیزی نمی‌گوید: نقطه، نشانه و شکلک به‌تنهایی سخن نیست؛ دست‌کم یک حرف یا رقم بنویسید.',
      en: '{label} says nothing yet: dots, signs and pictures alone are no words; write at least a letter or a digit.',
    },
  });

/** The name that anybody puts above such a text, in one line; it may be left out. */
export const readerName = (most: number) =>
  z
    .string()
    .overwrite((typed) => calmText(typed).replace(/\s+/g, ' '))
    .trim()
    .max(most)
    .refine((typed) => typed === '' || (typed.isWellFormed() && isName(typed)), {
      params: {
        rule: 'letters',
        fa: '«{label}» باید دست‌کم یک حرف داشته باشد؛ حرفی بنویسید یا آن را خالی بگذارید.',
        en: '{label} needs at least one letter; write one, or leave it empty.',
      },
    });

export const periods = ['census', 'year', 'spring', 'summer', 'autumn', 'winter'] as const;
export const sexes = ['all', 'male', 'female'] as const;
export const units = ['person', 'household', 'percent', 'rial_per_year'] as const;

/** How a figure was made. Figures of different series are never chained into one. */
export const seriesKinds = [
  'census',
  'labour_survey_10plus',
  'labour_survey_15plus',
  'labour_survey_age_unsure',
  'sci_projection',
  'sci_estimate',
  'other',
] as const;

export const province = z.object({
  provinceId,
  slug: provinceSlug,
  nameFa: z.string(),
  nameEn: z.string(),
  isoCode: z.string(),
  countyCount: z.int(),
});
export type Province = z.infer<typeof province>;

/** One figure of a place. `value` is a decimal string in `unit`; `notes` carries its doubts. */
export const indicatorValue = z.object({
  indicator: z.string(),
  name: bilingual,
  unit: z.enum(units),
  year: z.int(),
  period: z.enum(periods),
  sex: z.enum(sexes),
  series: z.enum(seriesKinds),
  value: z.string().regex(/^\d+(\.\d+)?$/),
  /** Season and year, series, sex and unit in one line, as a table says beside the figure. */
  caption: bilingual,
  notes: z.array(bilingual),
  sourceKey: z.string(),
});
export type IndicatorValue = z.infer<typeof indicatorValue>;

export const county = z.object({
  countyCode,
  nameFa: z.string(),
  nameEn: z.string(),
  /** Null while the Statistical Centre has given no code that we know. */
  sciCode: z.string().nullable(),
  /** The year of the official list whose boundaries these are; null when the county is in no such list. */
  listedYear: z.int().nullable(),
  /** The county that still carries this one's figures of 1395. */
  cutFrom: countyCode.nullable(),
  name1395: z.string().nullable(),
  notes: z.array(bilingual),
  sourceKeys: z.array(z.string()),
  indicators: z.array(indicatorValue),
});
export type County = z.infer<typeof county>;

export const source = z.object({
  sourceKey: z.string(),
  publisher: z.string(),
  publisherFa: z.string(),
  address: z.string().nullable(),
  licence: z.string(),
  usedFor: z.string(),
});
export type Source = z.infer<typeof source>;

export const provinceList = z.object({ provinces: z.array(province) });
export const provincePage = z.object({ province, indicators: z.array(indicatorValue) });
export const countyList = z.object({ province, counties: z.array(county) });
export const sourceList = z.object({ sources: z.array(source) });

/** The source of what a directorate enters itself. */
export const ownSource = 'own_record';

/** The source of everything that was made up for the demonstration. */
export const demonstrationSource = 'demonstration';

export type PlaceRefusal = { readonly kind: 'ProvinceUnknown'; readonly slug: string };

export const placeRefusalStatus = {
  ProvinceUnknown: 404,
} as const satisfies Record<PlaceRefusal['kind'], number>;

/** The doubts and remarks that stand in the catalogues of a room, each with one parameter or none. */
export type NoteWords = Readonly<Record<string, (parameter: string) => Bilingual>>;
