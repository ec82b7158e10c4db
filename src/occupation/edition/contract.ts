import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { isoDay, nameText } from '#place/contract.ts';
import { categoryKey } from '../contract.ts';

export const editionStates = ['proposed', 'published', 'withdrawn'] as const;
export type EditionState = (typeof editionStates)[number];

export const editionShape = z.object({
  editionId: z.uuid(),
  nameFa: z.string(),
  nameEn: z.string().nullable(),
  /** The number of the decision by which the headquarters approved the list. */
  decisionNumber: z.string(),
  inForceFrom: z.iso.date(),
  occupations: z.int(),
  published: z.boolean(),
  /** Whether it is the one in force today. */
  inForce: z.boolean(),
  /** Of what is not published: the state and version of its case; null for the public. */
  waiting: z
    .object({ state: z.enum(editionStates), version: z.int(), proposedByYou: z.boolean() })
    .nullable(),
});
export type Edition = z.infer<typeof editionShape>;
export const editionList = z.object({ editions: z.array(editionShape) });

/** What an edition says of an occupation. `extraCheck` set: it is starred. */
export type EditionEntry = {
  readonly occupationId: number;
  readonly titleFa: string;
  readonly titleEn: string;
  readonly categoryKey: string;
  readonly agencyKey: string | null;
  readonly extraCheck: string | null;
};

const entryShape = z.object({ occupationId: z.int(), titleFa: z.string(), titleEn: z.string(), categoryKey });
const movedShape = entryShape.extend({ from: z.string(), to: z.string() });

/** What one edition changed against another. `from` and `to` are titles, or keys of categories and bodies. */
export const changesShape = z.object({
  added: z.array(entryShape),
  removed: z.array(entryShape),
  renamed: z.array(movedShape),
  recategorised: z.array(movedShape),
  /** Another competent agency. */
  reassigned: z.array(movedShape),
  /** A further approval came, went or changed its body; an empty key is none. */
  starred: z.array(movedShape),
  unchanged: z.int(),
});
export type Changes = z.infer<typeof changesShape>;

/** The columns of a list, each known by any of its headings. */
export const listColumns = ['code', 'title', 'titleEn', 'category', 'agency', 'extraCheck'] as const;
export type ListColumn = (typeof listColumns)[number];

/** The heading of each column in both languages, and other headings under which it comes. */
export const listHeadings = {
  code: { title: { fa: 'کد', en: 'Code' }, also: ['کد رشته', 'occupation_id'] },
  title: { title: { fa: 'عنوان رشته', en: 'Title' }, also: ['عنوان', 'رشته', 'title_fa'] },
  titleEn: { title: { fa: 'عنوان انگلیسی', en: 'English title' }, also: ['عنوان لاتین', 'title_en'] },
  category: { title: { fa: 'رسته', en: 'Category' }, also: ['category_key'] },
  agency: {
    title: { fa: 'دستگاه', en: 'Agency' },
    also: ['دستگاه اجرایی', 'دستگاه متولی', 'agency_key'],
  },
  extraCheck: {
    title: { fa: 'تأیید افزون', en: 'Extra approval' },
    also: ['ستاره‌دار', 'Starred', 'extra_check'],
  },
} as const satisfies Record<ListColumn, { readonly title: Bilingual; readonly also: readonly string[] }>;

/** A row of a list under its headings, as the sheet was read. */
export type ListRow = {
  readonly line: number;
  readonly cells: Readonly<Record<ListColumn, string | null>>;
};

export type KnownCategory = {
  readonly categoryKey: string;
  readonly nameFa: string;
  readonly nameEn: string;
  readonly agencyKey: string | null;
  readonly extraCheck: string | null;
};
export type KnownBody = { readonly agencyKey: string; readonly names: readonly string[] };

/** What a list is read against: occupations that have an id already, categories and bodies. */
export type Known = {
  readonly occupations: readonly Pick<EditionEntry, 'occupationId' | 'titleFa' | 'titleEn' | 'categoryKey'>[];
  readonly categories: readonly KnownCategory[];
  readonly bodies: readonly KnownBody[];
};

/** A row that is right; `occupationId` null: an occupation that no edition and no file of ours had. */
export type ReadRow = Omit<EditionEntry, 'occupationId'> & { readonly occupationId: number | null };

export const faultKinds = [
  'CodeUnknown',
  'CategoryNotKnown',
  'BodyNotKnown',
  'TitleTwice',
  'CodeTwice',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What is wrong with a cell of a list, its row as the spreadsheet counts it. */
export type RowFault = {
  readonly kind: FaultKind;
  readonly row: number;
  readonly column: ListColumn;
  readonly value: string;
  /** Of what stands twice: the row where it stood first. */
  readonly firstRow: number | null;
};

export const faultShape = z.object({
  row: z.int(),
  column: z.enum(listColumns),
  value: z.string(),
  /** Of ours (`CodeUnknown`), or the rule of the sheet that a cell broke (`needed`, `formula`). */
  kind: z.string(),
  fa: z.string(),
  en: z.string(),
});

export const previewShape = z.object({
  rows: z.int(),
  faults: z.array(faultShape),
  /** Against the edition in force on the day from which the new one is to hold; null while rows are wrong. */
  changes: changesShape.nullable(),
});
export type Fault = z.infer<typeof faultShape>;
export type Preview = z.infer<typeof previewShape>;

/** The list as a file, .xlsx or .csv: its bytes in base64, which fit beside the form. */
const mostLetters = 900_000;
const fileFields = {
  file: z.base64().min(1).max(mostLetters).meta({ fa: 'فایل فهرست', en: 'File of the list' }),
  inForceFrom: isoDay.meta({ fa: 'از روز', en: 'In force from' }),
};
export const previewForm = z.object(fileFields);
export const editionForm = z.object({
  ...fileFields,
  id: z.uuid(),
  nameFa: nameText(1, 200).meta({ fa: 'نام فهرست', en: 'Name of the list' }),
  nameEn: nameText(1, 200).nullable().meta({ fa: 'نام لاتین', en: 'English name' }),
  decisionNumber: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .meta({ fa: 'شمارهٔ مصوبهٔ ستاد', en: 'Number of the decision' }),
});
export type EditionForm = z.infer<typeof editionForm>;

export const editionActForm = z.object({
  id: z.uuid(),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
});

export type NewEdition = {
  readonly editionId: Id;
  readonly nameFa: string;
  readonly nameEn: string | null;
  readonly decisionNumber: string;
  readonly inForceFrom: Day;
  readonly sourceKey: string;
};

export type EditionRefusal =
  | { readonly kind: 'EditionMissing'; readonly editionId: string }
  | { readonly kind: 'EditionFileWrong'; readonly faults: number; readonly firstRow: number }
  | { readonly kind: 'EditionOfDayStands'; readonly inForceFrom: Day; readonly nameFa: string }
  | { readonly kind: 'EditionNeedsSecondPerson' };

export const editionRefusalStatus = {
  EditionMissing: 404,
  EditionFileWrong: 422,
  EditionOfDayStands: 409,
  EditionNeedsSecondPerson: 403,
} as const satisfies Record<EditionRefusal['kind'], number>;
