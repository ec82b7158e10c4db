import { z } from 'zod';
import { type Told, verdicts } from '#evidence/contract.ts';
import type { Day } from '#kernel/day.ts';
import { type Id, isId } from '#kernel/id.ts';
import { comparable, seenText } from '#kernel/persian.ts';
import { isoDay, readerText, writtenText } from '#place/contract.ts';

export const itemStates = [
  'drafted',
  'approved',
  'published',
  'amended',
  'corrected',
  'reamended',
  'archived',
  'withdrawn',
] as const;
export type ItemState = (typeof itemStates)[number];

export const itemActs = [
  'revise',
  'approve',
  'publish',
  'amend',
  'issue',
  'drop',
  'archive',
  'withdraw',
] as const;
export type ItemAct = (typeof itemActs)[number];

export const categories = ['credit', 'home_jobs', 'cooperatives', 'labour', 'announcement'] as const;
export type Category = (typeof categories)[number];

const ownId = z.uuid().refine(isId).meta({ fa: 'شناسهٔ درخواست', en: 'Id of the command' });
/** What everybody reads holds no sign that nobody sees: it would part a number for whoever checks it, or turn a line. */
const said = (longest: number) => z.string().overwrite(seenText).pipe(writtenText(1, longest));
const maySay = (longest: number) => said(longest).nullable().default(null);

/** The same tag in two spellings is one. */
const eachOnce = (tags: string[]): string[] => {
  const seen = new Set<string>();
  return tags.filter((tag) => seen.size < seen.add(comparable(tag).toLowerCase()).size);
};

/** The text of an item. `[words](f/<id>)` leads to a published figure, `![](<id>)` on a line shows a picture. */
export const itemTextShape = z.object({
  category: z.enum(categories).meta({ fa: 'دسته', en: 'Category' }),
  tags: z.array(said(40)).overwrite(eachOnce).max(8).meta({ fa: 'برچسب‌ها', en: 'Tags' }),
  datedOn: isoDay.meta({ fa: 'روز خبر', en: 'Day of the news' }),
  titleFa: said(200).meta({ fa: 'عنوان', en: 'Title' }),
  summaryFa: said(500).meta({ fa: 'چکیده', en: 'Summary' }),
  bodyFa: said(20_000).meta({ fa: 'متن', en: 'Text' }),
  titleEn: maySay(200).meta({ fa: 'عنوان انگلیسی', en: 'English title' }),
  summaryEn: maySay(500).meta({ fa: 'چکیدهٔ انگلیسی', en: 'English summary' }),
  bodyEn: maySay(20_000).meta({ fa: 'متن انگلیسی', en: 'English text' }),
});
export type ItemText = z.infer<typeof itemTextShape>;

export const itemOrderShape = itemTextShape.extend({ id: ownId });
export type ItemOrder = z.infer<typeof itemOrderShape>;

/** Another text of an item: of a draft, or (`erratum` said) a correction of what is public. */
export const revisionOrderShape = itemTextShape.extend({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  erratum: maySay(1000).meta({ fa: 'توضیح اصلاح', en: 'What is put right' }),
});
export type RevisionOrder = z.infer<typeof revisionOrderShape>;

export const itemActOrderShape = z.strictObject({
  id: ownId,
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  /** Why a text with a contradicted figure is made public, or why the item is archived or withdrawn. */
  reason: readerText(1, 1000).nullable().default(null).meta({ fa: 'دلیل', en: 'Reason' }),
});
export type ItemActOrder = z.infer<typeof itemActOrderShape>;

/** A text as it is being written, to be checked before it is kept; `item` where it has pictures already. */
export const itemCheckOrderShape = z.strictObject({
  item: z.uuid().nullable(),
  datedOn: isoDay.nullable(),
  titleFa: z.string().max(200),
  summaryFa: z.string().max(500),
  bodyFa: z.string().max(20_000),
  titleEn: z.string().max(200),
  summaryEn: z.string().max(500),
  bodyEn: z.string().max(20_000),
  erratum: z.string().max(1000).default(''),
  tags: z.array(z.string().max(300)).max(100),
});
export type ItemCheckOrder = z.infer<typeof itemCheckOrderShape>;

/** A figure of a published text as the check found it then. */
export type KeptFinding = Pick<Told, 'text' | 'verdict' | 'title' | 'unit' | 'actual' | 'year' | 'facts'>;

const bilingual = z.object({ fa: z.string(), en: z.string() });

/** What was checked of a text, as it is printed, and where in it something was found; in code points. */
const checkedTextShape = z.object({
  text: z.string(),
  figures: z.array(
    z.object({
      start: z.int(),
      end: z.int(),
      text: z.string(),
      verdict: z.enum(verdicts),
      title: bilingual.nullable(),
      why: bilingual,
    }),
  ),
});
export const itemCheckShape = z.object({ persian: checkedTextShape, english: checkedTextShape.nullable() });
export type ItemCheckAnswer = z.infer<typeof itemCheckShape>;
export type CheckedText = z.infer<typeof checkedTextShape>;

export const itemShape = z.object({
  id: z.uuid(),
  province: z.string(),
  place: bilingual,
  state: z.enum(itemStates),
  version: z.int(),
  number: z.int(),
  publicNumber: z.int().nullable(),
  ...itemTextShape.shape,
  tags: z.array(z.string()),
  titleEn: z.string().nullable(),
  summaryEn: z.string().nullable(),
  bodyEn: z.string().nullable(),
  writtenByYou: z.boolean(),
  writtenAt: z.iso.datetime(),
  /** When something was last done with it: by this the list is sorted. */
  movedAt: z.iso.datetime(),
  erratum: z.string().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  acts: z.array(z.object({ act: z.enum(itemActs), lawful: z.boolean(), because: bilingual.nullable() })),
});
export type ItemAnswer = z.infer<typeof itemShape>;

export const itemListShape = z.object({ items: z.array(itemShape) });

/** A published item as everybody reads it. */
export type PublicItem = {
  readonly provinceId: number;
  readonly itemId: Id;
  readonly slug: string;
  readonly provinceFa: string;
  readonly provinceEn: string;
  readonly state: string;
  readonly number: number;
  readonly category: Category;
  readonly tags: readonly string[];
  readonly datedOn: Day;
  readonly titleFa: string;
  readonly summaryFa: string;
  readonly bodyFa: string;
  readonly titleEn: string | null;
  readonly summaryEn: string | null;
  readonly bodyEn: string | null;
  readonly publishedAt: Date;
  readonly changedAt: Date;
  readonly findings: readonly KeptFinding[];
  readonly contradicted: number;
  readonly reason: string | null;
  readonly publishedRole: string;
};

/** What a correction put right. */
export type Erratum = { readonly number: number; readonly note: string; readonly publishedAt: Date };

/** A published figure that a text leads to, as it stands today. */
export type LinkedFigure = {
  readonly id: string;
  readonly title: { readonly fa: string; readonly en: string };
  readonly place: { readonly fa: string; readonly en: string };
  readonly unit: 'rial' | 'percent' | 'count';
  readonly value: string;
  readonly state: string;
};

export type ItemRefusal =
  | { readonly kind: 'ItemMissing'; readonly itemId: string }
  | { readonly kind: 'ItemOwnText' }
  | {
      readonly kind: 'ItemContradicted';
      readonly field: 'reason';
      readonly figures: readonly string[];
    }
  | { readonly kind: 'ItemErratumMissing'; readonly field: 'erratum' }
  | { readonly kind: 'ItemFigureUnknown'; readonly field: 'bodyFa'; readonly figure: string }
  | { readonly kind: 'ItemImageUnknown'; readonly field: 'bodyFa'; readonly image: string }
  | { readonly kind: 'ItemEnglishPartial'; readonly field: 'bodyEn' }
  | {
      readonly kind: 'ItemDayAhead';
      readonly field: 'datedOn';
      readonly rule: 'not_ahead';
      readonly today: string;
    };

export const itemRefusalStatus = {
  ItemMissing: 404,
  ItemOwnText: 403,
  ItemContradicted: 422,
  ItemErratumMissing: 422,
  ItemFigureUnknown: 422,
  ItemImageUnknown: 422,
  ItemEnglishPartial: 422,
  ItemDayAhead: 422,
} as const satisfies Record<ItemRefusal['kind'], number>;

/** The permanent address of an item. */
export const itemPath = (id: string): string => `/news/${id}`;
