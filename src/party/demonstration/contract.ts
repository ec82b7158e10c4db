import type { Bilingual } from '#kernel/indicator.ts';

/** Where the demonstration plays: a county, and the year of its agent bank. */
export type WorkplacesAt = {
  readonly provinceId: number;
  readonly countyCode: string;
  readonly budgetYear: number;
  /** What a sample office or branch of this place is called. */
  readonly name: (of: Bilingual) => { readonly nameFa: string; readonly nameEn: string };
};
export type WorkplaceNames = {
  readonly branch: Bilingual;
  readonly industry: Bilingual;
  /** Offices of a whole province with which requests for licences lie, by their agency. */
  readonly province: Readonly<Record<string, Bilingual>>;
};
