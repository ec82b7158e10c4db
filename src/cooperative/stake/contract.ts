import { z } from 'zod';
import { boardOffices, cooperativeShape, provinceAddress } from '../contract.ts';

export const stakeholderAddress = provinceAddress.extend({
  person: z.uuid().meta({ fa: 'شخص', en: 'Person' }),
});

/** The part of one person in a cooperative; who left has none of its shares any more. */
export const stakeShape = z.object({
  cooperative: cooperativeShape,
  shares: z.int(),
  paid: z.string(),
  /** Of the board of the latest assembly. */
  office: z.enum(boardOffices).nullable(),
});
export type Stake = z.infer<typeof stakeShape>;
export const stakesShape = z.object({ items: z.array(stakeShape) });
export type Stakes = z.infer<typeof stakesShape>;
