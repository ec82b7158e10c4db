import { z } from 'zod';
import { isId } from '#kernel/id.ts';
import type { Bilingual, Indicator } from '#kernel/indicator.ts';
import { readerText } from '#place/contract.ts';
import { recordsQuery } from '../contract.ts';

/** Whoever sends a command makes its id: sent again, it is the same command (L5). */
const ownId = z.uuid().refine(isId).meta({ fa: 'شناسهٔ درخواست', en: 'Id of the command' });
/** A form sends the end of a line as two signs; a writer counts it as one. */
const said = (longest: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, '\n'))
    .trim()
    .min(1)
    .max(longest);

/** A figure to be published: an indicator with the conditions of its list, and the sentence it is said in. */
export const publicationOrderShape = z.strictObject({
  id: ownId,
  indicator: z.string().max(80).meta({ fa: 'شاخص', en: 'Indicator' }),
  ...recordsQuery.omit({ province: true }).shape,
  year: z.int().min(1300).max(1500).optional().meta({ fa: 'سال', en: 'Year' }),
  sentence: said(500).nullable().meta({ fa: 'جملهٔ خبر', en: 'Sentence of the news' }),
});
export type PublicationOrder = z.infer<typeof publicationOrderShape>;

export const erratumOrderShape = z.strictObject({
  id: ownId,
  note: said(1000).meta({ fa: 'توضیح اصلاح', en: 'What was put right' }),
});

export const doubtOrderShape = z.strictObject({
  id: ownId,
  claim: readerText(1, 1000).meta({ fa: 'آنچه نادرست می‌دانید', en: 'What you hold to be wrong' }),
});

export const doubtAnswerOrderShape = z.strictObject({
  answer: said(1000).meta({ fa: 'پاسخ', en: 'Answer' }),
});

const bilingual = z.object({ fa: z.string(), en: z.string() });

/**
 * What has become of a published figure. `stands`: its records are the same today. `grown`: more was recorded since.
 * `corrected`: a record behind it was taken back. `broken`: it cannot be recomputed as of its own instant, which
 * must never happen.
 */
export const publicationStates = ['stands', 'grown', 'corrected', 'broken'] as const;
export type PublicationState = (typeof publicationStates)[number];

const erratumShape = z.object({ value: z.string(), note: z.string(), issuedAt: z.iso.datetime() });

export const doubtShape = z.object({
  id: z.uuid(),
  /** Null while it waits, for whoever does not work on it: it may say anything of anybody. */
  claim: z.string().nullable(),
  raisedAt: z.iso.datetime(),
  dueOn: z.iso.date(),
  answer: z.string().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  /** What is to be looked at in a doubt that waits; nothing for whoever does not work on it. */
  hints: z.array(bilingual),
});
export type DoubtAnswer = z.infer<typeof doubtShape>;

/** Values are decimal strings: whole rials, a count, or percent points. */
export const publicationShape = z.object({
  id: z.uuid(),
  province: z.string(),
  place: bilingual,
  indicator: z.string(),
  title: bilingual,
  definition: bilingual,
  definitionVersion: z.int(),
  unit: z.enum(['rial', 'percent', 'count']),
  budgetYear: z.int().nullable(),
  /** The whole year that `from` and `until` bound, where they bound one. */
  year: z.int().nullable(),
  from: z.iso.date().nullable(),
  until: z.iso.date().nullable(),
  /** Column → values by which the records are narrowed, and which are left out. */
  only: z.record(z.string(), z.array(z.string())),
  without: z.record(z.string(), z.array(z.string())),
  sentence: z.string().nullable(),
  value: z.string(),
  records: z.int(),
  recordsHash: z.string(),
  asOf: z.iso.datetime(),
  publishedAt: z.iso.datetime(),
  publishedRole: z.string(),
  state: z.enum(publicationStates),
  valueNow: z.string(),
  /** Records of this figure that were recorded after its instant, and how many of them take one back. */
  recordedSince: z.int(),
  takenBack: z.int(),
  errata: z.array(erratumShape),
  doubts: z.array(doubtShape),
});
export type PublicationAnswer = z.infer<typeof publicationShape>;

export const publicationListShape = z.object({
  items: z.array(publicationShape),
  next: z.string().nullable(),
});
export type PublicationList = z.infer<typeof publicationListShape>;

/** What was found in a doubt of a figure: by which rule, in words, and whether no person needs to look. */
export type DoubtHint = { readonly rule: string; readonly clear: boolean; readonly says: Bilingual };

/** Looks at a doubt beside what the figure says, as comments are looked at: a later room knows how. */
export type LookAtDoubt = (doubt: {
  readonly figure: string;
  readonly claim: string;
}) => readonly DoubtHint[];

/** A part of a text by which somebody is found: a link, or the number of a telephone or a person. */
export type Contact = { readonly rule: 'link' | 'number'; readonly part: string };

/** By which part of an order a figure is apart from another. */
export type OrderField = 'indicator' | 'county' | 'year' | 'from' | 'until' | 'only' | 'without' | 'asOf';

/**
 * Of whom too few are told: of the figure itself, of what is left when it is taken from a wider one, or of what is
 * between it and a figure that is published already.
 */
export type TooFew = {
  readonly field: OrderField;
  readonly rule: 'least_receivers';
  readonly least: number;
  readonly of: 'figure' | 'rest' | 'difference';
  /** The published figure, where it is a difference. */
  readonly publicationId: string | null;
};

export type PublicationRefusal =
  | { readonly kind: 'PublicationMissing'; readonly publicationId: string }
  | { readonly kind: 'NothingToPublish'; readonly field: OrderField; readonly rule: 'has_records' }
  | {
      readonly kind: 'SentenceContradicted' | 'SentenceUnproven';
      readonly field: 'sentence';
      readonly rule: 'borne_out';
      readonly figure: string;
    }
  | {
      readonly kind: 'SentenceOfAnother';
      readonly field: 'sentence';
      readonly rule: 'borne_out';
      readonly value: string;
      readonly unit: Indicator['unit'];
    }
  | ({ readonly kind: 'TooFewReceivers' } & TooFew)
  | {
      readonly kind: 'PeriodNotMonths';
      readonly field: 'from' | 'until';
      readonly rule: 'whole_months';
    }
  | { readonly kind: 'OfProvince'; readonly field: 'county'; readonly rule: 'whole_province' }
  | {
      readonly kind: 'PeriodAhead';
      readonly field: 'from' | 'until' | 'year';
      readonly rule: 'begun' | 'this_year';
      /** The present year, with whose end a period ends at the latest. */
      readonly year: number;
    }
  | {
      readonly kind: 'PublicationOtherContent';
      readonly field: 'id';
      readonly rule: 'same_content';
      readonly publicationId: string;
    }
  | { readonly kind: 'NothingToCorrect' }
  | ({ readonly kind: 'DoubtHolds'; readonly field: 'claim' } & Contact)
  | {
      readonly kind: 'DoubtUnfit';
      readonly field: 'claim';
      readonly rule: string;
      readonly says: Bilingual;
    }
  | { readonly kind: 'DoubtMissing'; readonly doubtId: string }
  | { readonly kind: 'DoubtAnswered'; readonly doubtId: string };

export const publicationRefusalStatus = {
  PublicationMissing: 404,
  NothingToPublish: 422,
  SentenceContradicted: 422,
  SentenceUnproven: 422,
  SentenceOfAnother: 422,
  TooFewReceivers: 422,
  PeriodNotMonths: 422,
  OfProvince: 422,
  PeriodAhead: 422,
  PublicationOtherContent: 409,
  NothingToCorrect: 409,
  DoubtHolds: 422,
  DoubtUnfit: 422,
  DoubtMissing: 404,
  DoubtAnswered: 409,
} as const satisfies Record<PublicationRefusal['kind'], number>;

/** The address that is printed beside a figure. */
export const figurePath = (id: string): string => `/f/${id}`;
