import { z } from 'zod';
import type { Bilingual } from '#kernel/indicator.ts';

/** What must hold at every instant, as its room says it for the board. */
export type Law = {
  /** `room.Kind`, stable. */
  readonly id: string;
  readonly title: Bilingual;
};

export type EvidenceBreach =
  | { readonly kind: 'PublishedApart'; readonly provinceId: number; readonly id: string }
  | {
      readonly kind: 'TallyApart';
      readonly provinceId: number;
      /** The conditions of the figure and the day or month. */
      readonly id: string;
      readonly due: string;
      readonly found: string;
    };

const bilingual = z.object({ fa: z.string(), en: z.string() });

export const lawStates = ['holds', 'broken', 'not_asked'] as const;
export type LawState = (typeof lawStates)[number];

/** The board: every law over all provinces. Counts only; the records stand where their readers are. */
export const lawBoardShape = z.object({
  askedAt: z.iso.datetime().nullable(),
  laws: z.array(
    z.object({
      id: z.string(),
      title: bilingual,
      state: z.enum(lawStates),
      breaches: z.int(),
      askedAt: z.iso.datetime().nullable(),
      since: z.iso.datetime().nullable(),
      /** Provinces in which it is broken. */
      provinces: z.array(z.object({ name: bilingual, breaches: z.int() })),
    }),
  ),
});
export type LawBoard = z.infer<typeof lawBoardShape>;

/** The offending records of one province, each in a sentence that names it. */
export const breachesShape = z.object({
  breaches: z.array(z.object({ law: z.string(), title: bilingual, says: bilingual })),
});
