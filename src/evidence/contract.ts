import { z } from 'zod';
import { type Bilingual, yearsMeant } from '#kernel/indicator.ts';
import { isoDay, isoInstant, provinceSlug } from '#place/contract.ts';

export const verdicts = [
  'supported',
  'contradicted',
  'ambiguous',
  'promise',
  'no_record',
  'not_a_claim',
] as const;
export type Verdict = (typeof verdicts)[number];

/** A statement of at most so many characters: the longest press report has about ten thousand. */
const longestStatement = 200_000;

/**
 * The day of publication, ISO of the Gregorian calendar; null for an undated text. A Jalali day, written by mistake, is
 * no day of the twentieth century or ours, and is refused instead of being read as one of the Middle Ages.
 */
export const publishedShape = z.iso
  .date()
  .regex(/^(?:19|20)/)
  .nullable()
  .meta({ fa: 'روز انتشار', en: 'Day of publication' });

export const statementShape = z.strictObject({
  text: z.string().min(1).max(longestStatement).meta({ fa: 'متن بیانیه', en: 'Statement' }),
  published: publishedShape,
});

const bilingual = z.object({ fa: z.string(), en: z.string() });

/** One figure of a checked statement. `start` and `end` count Unicode code points of the text. */
export const findingShape = z.object({
  start: z.int(),
  end: z.int(),
  text: z.string(),
  verdict: z.enum(verdicts),
  indicator: z.string().nullable(),
  title: bilingual.nullable(),
  unit: z.enum(['rial', 'percent', 'count']).nullable(),
  /** Decimal strings; rials for money, percent points, or a count. */
  stated: z.string().nullable(),
  actual: z.string().nullable(),
  reason: bilingual,
  /** The reason without the record's title and value, for a page that shows both beside it. */
  why: bilingual,
  /** Where on the desk the records stand; null where there are none. */
  records: z.string().nullable(),
});
export type FindingAnswer = z.infer<typeof findingShape>;

export const checkShape = z.object({ figures: z.array(findingShape) });

/** How a page of records is asked for; what stands in a finding's address comes back here. */
export const recordsQuery = z.object({
  province: provinceSlug,
  year: z.coerce.number().int().min(1300).max(1500).optional(),
  county: z.string().max(10).optional(),
  from: isoDay.optional(),
  until: isoDay.optional(),
  /** Conditions as `column:value,value;column:value`. */
  only: z.string().max(500).optional(),
  without: z.string().max(500).optional(),
  /** A closed instant: records as they stood then. */
  asOf: isoInstant.optional().meta({ fa: 'در لحظهٔ', en: 'As of' }),
});
export type RecordsQuery = z.infer<typeof recordsQuery>;

export const recordShape = z.object({
  /** In the shape of a UUID; a record that a room makes of others bears a hash of theirs. */
  id: z.guid(),
  happenedOn: z.string(),
  budgetYear: z.int(),
  countyCode: z.string().nullable(),
  countyFa: z.string().nullable(),
  countyEn: z.string().nullable(),
  amount: z.string(),
  /** What is counted, where the figure counts; null where it adds up. */
  counted: z.string().nullable(),
  details: z.record(z.string(), z.string().nullable()),
});
export type RecordAnswer = z.infer<typeof recordShape>;

export const recordsPageShape = z.object({
  indicator: z.string(),
  title: bilingual,
  definition: bilingual,
  unit: z.enum(['rial', 'percent', 'count']),
  /** Which year the condition `year` means: that of the budget, or that in which the deed happened. */
  year: z.enum(yearsMeant),
  /** Empty for a ratio, whose two figures stand in `parts`. */
  value: z.string(),
  count: z.int(),
  /** Whether the value stood in tallies or every record was read for it; a ratio’s stands with its parts. */
  by: z.enum(['tally', 'scan']).nullable(),
  /** The two figures of a ratio, each with its own list. */
  parts: z.array(
    z.object({ indicator: z.string(), title: bilingual, value: z.string(), records: z.string() }),
  ),
  items: z.array(recordShape),
  next: z.string().nullable(),
});
export type RecordsPage = z.infer<typeof recordsPageShape>;

/** Texts of the demonstration to try the check on, by the slug of their province; none outside a demonstration. */
export const sampleStatementsShape = z.object({
  statements: z.array(z.object({ province: z.string(), text: z.string() })),
});
export type SampleStatements = z.infer<typeof sampleStatementsShape>;

/** Whoever sees a county is told to ask for that; who sees no place whole can ask for none, and no field would help. */
type OutsideYourScope = {
  readonly kind: 'OutsideYourScope';
  readonly field: 'county' | null;
  readonly rule: 'own_scope';
};

export type EvidenceRefusal =
  | {
      readonly kind: 'IndicatorUnknown';
      readonly field: 'indicator';
      readonly rule: 'known';
      readonly indicator: string;
    }
  | {
      readonly kind: 'ConditionUnknown';
      readonly field: 'only' | 'without';
      readonly rule: 'known';
      readonly condition: string;
    }
  | {
      readonly kind: 'ConditionOfAnother';
      readonly field: 'only' | 'without';
      readonly rule: 'told_apart';
      readonly column: string;
    }
  | { readonly kind: 'PeriodReversed'; readonly field: 'until'; readonly rule: 'in_order' }
  | {
      readonly kind: 'CountyMissing';
      readonly field: 'county';
      readonly rule: 'known';
      readonly county: string;
    }
  | OutsideYourScope
  | { readonly kind: 'TooManyRecords'; readonly count: number; readonly most: number };

export const unknownIndicator = (indicator: string) =>
  ({ kind: 'IndicatorUnknown', field: 'indicator', rule: 'known', indicator }) as const;

export const outsideScope = (scope: { readonly county: string | null; readonly office: string | null }) =>
  ({
    kind: 'OutsideYourScope',
    field: scope.county !== null && scope.office === null ? 'county' : null,
    rule: 'own_scope',
  }) as const;

export const missingCounty = (county: string) =>
  ({ kind: 'CountyMissing', field: 'county', rule: 'known', county }) as const;

export const evidenceRefusalStatus = {
  IndicatorUnknown: 404,
  ConditionUnknown: 422,
  ConditionOfAnother: 422,
  PeriodReversed: 422,
  CountyMissing: 422,
  OutsideYourScope: 403,
  TooManyRecords: 422,
} as const satisfies Record<EvidenceRefusal['kind'], number>;

/** A value of an indicator under its title. */
export type Measured = {
  readonly title: Bilingual;
  readonly unit: 'rial' | 'percent' | 'count';
  readonly value: string;
};

/** A published figure to which words of a text lead. */
export type LedFigure = Measured;

/** Why a figure has its verdict, as facts on the wire; `words.ts` makes the sentence. */
export type ReasonFacts =
  | { readonly kind: 'NotAQuantity' }
  | { readonly kind: 'NoDeed' }
  | { readonly kind: 'NoIndicator' }
  | { readonly kind: 'OtherPlace'; readonly place: string }
  | { readonly kind: 'SeveralPlaces'; readonly places: readonly string[] }
  | { readonly kind: 'NextYear' }
  | { readonly kind: 'Matches'; readonly approx: 'exact' | 'about' | 'at_least' | 'at_most' }
  | { readonly kind: 'TrueButFar' }
  | { readonly kind: 'Differs' }
  | { readonly kind: 'RialTomanSlip'; readonly right: 'rial' | 'toman' }
  | { readonly kind: 'OtherStage'; readonly title: Bilingual }
  | { readonly kind: 'NoRecords' }
  | { readonly kind: 'NoBase'; readonly year: number }
  | { readonly kind: 'TwoReadings'; readonly titles: readonly Bilingual[] }
  | { readonly kind: 'TwoNumbers'; readonly other: string }
  | { readonly kind: 'UnknownNarrowing'; readonly word: string }
  | { readonly kind: 'ProgrammeNotNamed' }
  | { readonly kind: 'PlaceOpen'; readonly place: string }
  | { readonly kind: 'Missing'; readonly values: readonly string[] }
  | { readonly kind: 'Denied' }
  | { readonly kind: 'Condition' }
  | { readonly kind: 'OutsideScope' }
  /** A figure of an English text, or of a tag, that the Persian text has not. */
  | { readonly kind: 'NotInPersian' }
  | { readonly kind: 'Promised'; readonly soFar: readonly Measured[] };

/** One figure of a checked statement before its reason is put into words. */
export type Told = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly verdict: Verdict;
  readonly indicator: string | null;
  readonly title: Bilingual | null;
  readonly unit: 'rial' | 'percent' | 'count' | null;
  readonly stated: string | null;
  readonly actual: string | null;
  /** The year of the records; `guessed` when the statement does not say it. */
  readonly year: { readonly year: number; readonly guessed: boolean } | null;
  readonly facts: ReasonFacts;
  readonly records: string | null;
};
