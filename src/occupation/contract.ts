import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { bilingual, isoDay, provinceSlug } from '#place/contract.ts';

/** Whether a source says it, or we read it so; a reading is shown as one. */
export const bases = ['source', 'reading'] as const;

/** A list item stands in a decision of the headquarters, a licence title on the portal; plan wording in news. */
export const titleKinds = ['list_item', 'licence_title', 'plan_wording', 'demonstration'] as const;

export const categoryKey = z.string().regex(/^[a-z_]+$/);

/** The word of a province on a category in a budget year, in force from a day on (ISO on the wire). */
export const loanOpening = z.object({
  open: z.boolean(),
  inForceFrom: z.iso.date(),
  reasonFa: z.string(),
  sourceKey: z.string(),
});

export const category = z.object({
  categoryKey,
  nameFa: z.string(),
  nameEn: z.string(),
  /** The agency of the first signature; null while not confirmed. */
  agencyKey: z.string().nullable(),
  agencyBasis: z.enum(bases).nullable(),
  agencyBasisName: bilingual.nullable(),
  /** The body of the further approval: occupations of such a category are starred. */
  extraCheck: z.string().nullable(),
  /** Jalali years; null when no source dates the category. */
  inUseFrom: z.int().nullable(),
  inUseUntil: z.int().nullable(),
  notes: z.array(bilingual),
  sourceKeys: z.array(z.string()),
  /** Null when not asked for a province and year, or when nothing was decided: then it is open. */
  loanOpening: loanOpening.nullable(),
});
export type Category = z.infer<typeof category>;

export const occupation = z.object({
  occupationId: z.int(),
  titleFa: z.string(),
  titleEn: z.string(),
  categoryKey,
  categoryBasis: z.enum(bases),
  /** The agency of the first signature; null while not confirmed. */
  agencyKey: z.string().nullable(),
  /** The body whose further approval a starred occupation needs. */
  extraCheck: z.string().nullable(),
  starred: z.boolean(),
  /** The word of the province on loans in the budget year asked for; null: none was said, so it is open. */
  loan: z
    .object({ open: z.boolean(), inForceFrom: z.iso.date(), reasonFa: z.string(), ofCategory: z.boolean() })
    .nullable(),
  /** The Jalali year of the oldest dated source; null when none is dated. */
  namedIn: z.int().nullable(),
  titleKind: z.enum(titleKinds),
  titleKindName: bilingual,
  notes: z.array(bilingual),
  sourceKeys: z.array(z.string()),
});
export type Occupation = z.infer<typeof occupation>;

export const categoryList = z.object({ categories: z.array(category) });
export const occupationPage = z.object({
  items: z.array(occupation),
  next: z.string().nullable(),
  total: z.int(),
  /** The edition whose list this is; null where none is published, and the titles are those of public sources. */
  editionId: z.uuid().nullable(),
});
export type OccupationPage = z.infer<typeof occupationPage>;

export const categoryQuery = z.object({
  province: provinceSlug.optional().meta({ fa: 'استان', en: 'Province' }),
  budgetYear: z.coerce
    .number()
    .int()
    .min(1300)
    .max(1500)
    .optional()
    .meta({ fa: 'سال بودجه', en: 'Budget year' }),
  on: isoDay.optional().meta({ fa: 'روز', en: 'Day' }),
});

/** The whole list fits in one answer; a phone asks for the first few. */
const mostOccupations = 5000;
export const occupationFilter = categoryQuery.extend({
  search: z.string().max(200).optional().meta({ fa: 'جست‌وجو', en: 'Search' }),
  category: categoryKey.optional().meta({ fa: 'رسته', en: 'Category' }),
  agency: z.string().max(40).optional().meta({ fa: 'دستگاه', en: 'Agency' }),
  starred: z.enum(['yes', 'no']).optional().meta({ fa: 'ستاره‌دار', en: 'Starred' }),
  edition: z.uuid().optional().meta({ fa: 'ویرایش', en: 'Edition' }),
  cursor: z.string().max(500).optional().meta({ fa: 'نشانگر صفحه', en: 'Cursor' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostOccupations)
    .default(50)
    .meta({ fa: 'شمار در هر صفحه', en: 'Limit' }),
});
export type OccupationFilter = z.infer<typeof occupationFilter>;

/** What a form sends to open or close a category; the province comes from the scope. */
export const loanOpeningForm = z.object({
  budgetYear: z.int().min(1300).max(1500).meta({ fa: 'سال بودجه', en: 'Budget year' }),
  categoryKey: categoryKey.meta({ fa: 'رسته', en: 'Category' }),
  open: z.boolean().meta({ fa: 'باز یا بسته', en: 'Open or closed' }),
  inForceFrom: isoDay.meta({ fa: 'از روز', en: 'In force from' }),
  reasonFa: z.string().max(1000).meta({ fa: 'دلیل', en: 'Reason' }),
});

export const occupationOpeningForm = loanOpeningForm
  .omit({ categoryKey: true })
  .extend({ occupationId: z.int().min(1).max(32_767).meta({ fa: 'رشته', en: 'Occupation' }) });

/** The same of one occupation, where the word on its category is too coarse. */
export type NewOccupationOpening = Omit<NewLoanOpening, 'loanOpeningId' | 'categoryKey'> & {
  readonly occupationOpeningId: Id;
  readonly occupationId: number;
};

/** A province opens or closes a category for loans in a budget year. The caller makes the id. */
export type NewLoanOpening = {
  readonly loanOpeningId: Id;
  readonly provinceId: number;
  readonly budgetYear: number;
  readonly categoryKey: string;
  readonly open: boolean;
  readonly inForceFrom: Day;
  readonly reasonFa: string;
  readonly sourceKey: string;
  readonly recordedAt: Date;
};

export type OccupationRefusal =
  | { readonly kind: 'CategoryUnknown'; readonly categoryKey: string }
  | { readonly kind: 'OccupationUnknown'; readonly occupationId: number }
  | { readonly kind: 'OpeningNeedsReason' }
  | { readonly kind: 'OpeningDecidedThatDay'; readonly inForceFrom: Day; readonly open: boolean };

export const occupationRefusalStatus = {
  CategoryUnknown: 404,
  OccupationUnknown: 404,
  OpeningNeedsReason: 422,
  OpeningDecidedThatDay: 409,
} as const satisfies Record<OccupationRefusal['kind'], number>;
